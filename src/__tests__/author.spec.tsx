import { nullTranslator } from '@jupyterlab/translation';
import {
  act,
  cleanup,
  fireEvent,
  render,
  screen
} from '@testing-library/react';
import React from 'react';

import { ClientError } from '../client';
import { Exercises } from '../components/exercises';
import { nameWords, suggestedName } from '../exerciseNames';
import { ExercisesModel } from '../model';
import { FakeAuthorClient, FakeDesk, PROOF } from './fakeAuthor';
import { FakeNotebook } from './fakeNotebook';
import { FakeClient, settle } from './fakes';

const trans = nullTranslator.load('math4ml_lab');

let notebook: FakeNotebook;
let client: FakeClient;
let author: FakeAuthorClient;
let desk: FakeDesk;
let model: ExercisesModel;

beforeEach(() => {
  notebook = new FakeNotebook();
  client = new FakeClient();
  author = new FakeAuthorClient();
  desk = new FakeDesk();
  model = new ExercisesModel({
    notebook,
    client,
    settings: { autoCheck: true },
    trans,
    author: { client: author, desk }
  });
  notebook.course = null;
});

afterEach(() => {
  cleanup();
  model.dispose();
});

const panel = (): JSX.Element => (
  <Exercises model={model} onOpen={jest.fn()} rendermime={null} trans={trans} />
);

/** Read the notebook, and draw the panel again whenever the model changes. */
async function start(): Promise<void> {
  const { rerender } = render(panel());
  model.stateChanged.connect(() => rerender(panel()));
  await act(async () => {
    notebook.tagsChanged.emit();
    notebook.kernelReady.emit();
    await settle();
  });
}

async function click(name: string | RegExp): Promise<void> {
  await act(async () => {
    fireEvent.click(screen.getByRole('button', { name }));
    await settle();
  });
}

const text = (): string => document.body.textContent ?? '';

describe('a name', () => {
  it.each([
    ['def row_means(A):\n    pass', 'row-means'],
    ['import numpy\nclass RowMeans:\n    pass', 'row-means'],
    ['answer = 41', 'answer'],
    ['x: int = 3', 'x'],
    ['print(1)', ''],
    ['x == 1', ''],
    ['', '']
  ])('after %j is %j', (source, name) => {
    expect(suggestedName(source)).toBe(name);
  });

  it.each([
    ['', false, 'Type a name'],
    ['Row', false, 'small letters'],
    ['two', false, 'Another cell'],
    ['one', true, 'one.py is there'],
    ['row-means', true, 'will be row_means.py']
  ])('%j is told while it is typed', (name, isFit, words) => {
    const said = nameWords(name, new Set(['two']), new Set(['one']), trans);
    expect(said.isFit).toBe(isFit);
    expect(said.text).toContain(words);
  });
});

describe('author mode', () => {
  it('is nowhere for a learner, and a switch away', async () => {
    desk.isOn = false;
    notebook.add('A', 'def f(x): pass').activate('A');
    await start();
    expect(author.looks).toBe(0);
    expect(text()).not.toContain('Tag the cell');
    await act(async () => {
      fireEvent.click(screen.getByRole('switch', { hidden: true }));
      await settle();
    });
    expect(author.looks).toBe(1);
    expect(text()).toContain('Tag the cell');
  });

  it('tags the selected cell with a name or a module that no cell has', async () => {
    author.modules = [
      { exercise: 'one', path: 'one.py', title: 'One' },
      { exercise: 'free', path: 'free.py', title: 'Free' }
    ];
    notebook.add('A', 'a', 'one').add('B', 'def f_two(x): pass').activate('B');
    await start();
    expect(
      [...document.querySelectorAll('option')].map(each => each.textContent)
    ).toEqual(['free']);
    await click('Tag the cell with it');
    const field = screen.getByRole('textbox');
    expect((field as HTMLInputElement).value).toBe('f-two');
    fireEvent.change(field, { target: { value: 'one' } });
    await click('Tag the cell');
    fireEvent.change(field, { target: { value: 'two' } });
    await click('Tag the cell');
    expect(notebook.visits).toEqual([
      'tag B exercise:free',
      'tag B exercise:two'
    ]);
  });

  it('creates a module from the cell and opens it', async () => {
    notebook.add('A', 'def f(x): pass', 'one').activate('A');
    await start();
    await click('Create it from this cell');
    expect(author.created).toEqual([
      { path: 'linear.ipynb', exercise: 'one', source: 'def f(x): pass' }
    ]);
    expect(desk.opened).toEqual(['one.py']);
    expect(text()).toContain('Made');
  });

  it('says why a module was not made', async () => {
    author.failure = new ClientError('There is a file.', 'Open it.');
    notebook.add('A', 'def f(x): pass', 'one').activate('A');
    await start();
    await click('Create it from this cell');
    expect(screen.getByRole('alert').textContent).toBe(
      'There is a file. Open it.'
    );
    expect(desk.opened).toEqual([]);
  });

  it('writes nothing where nothing may be written', async () => {
    author.isWritable = false;
    notebook.add('A', 'def f(x): pass', 'one').activate('A');
    await start();
    expect(text()).toContain('may not be written to');
    await click('Create it from this cell');
    expect(author.created).toEqual([]);
  });

  it('tells of a broken module, and one hides no other', async () => {
    const findings = [
      {
        severity: 'error' as const,
        file: 'unit/two.py',
        line: 3,
        message: 'no syntax',
        fix: 'mend it'
      }
    ];
    author.modules = [
      { exercise: 'one', path: 'one.py', title: 'One' },
      { exercise: 'two', path: 'unit/two.py', findings }
    ];
    notebook.add('A', 'a', 'one').activate('A');
    await start();
    expect(screen.getByRole('button', { name: 'Prove one' })).toBeTruthy();
    expect(text()).toContain('no syntax');
    await click('two.py, line 3');
    expect(desk.opened).toEqual(['unit/two.py:3']);
  });

  it('reads again what was saved beside the notebook, and only that', async () => {
    notebook.add('A', 'a', 'one').activate('A');
    await start();
    const [listed, watched] = [client.listed.length, client.watched.length];
    for (const path of ['elsewhere/one.py', 'linear.ipynb', 'notes.md']) {
      desk.saved.emit(path);
    }
    await settle();
    expect(client.listed.length).toBe(listed);
    await act(async () => {
      desk.saved.emit('RTC:one.py');
      await settle();
    });
    expect(client.listed.length).toBe(listed + 1);
    expect(client.watched.length).toBe(watched + 1);
    expect(author.looks).toBe(2);
  });

  it('shows what a learner sees, one click away', async () => {
    notebook.add('A', 'a', 'one').activate('A');
    await start();
    await click('See it as a learner');
    expect(text()).toContain('You see what a learner sees.');
    expect(text()).not.toContain('exercise:one');
    await click('Back to author mode');
    expect(text()).toContain('exercise:one');
  });
});

describe('a proof', () => {
  beforeEach(async () => {
    author.modules = [{ exercise: 'one', path: 'one.py', title: 'One' }];
    notebook.add('A', 'a', 'one').activate('A');
    await start();
  });

  it('becomes a matrix, findings, and what a learner reads', async () => {
    author.proofs = [
      { state: 'running', executed: 1, total: 4 },
      { proof: PROOF, notes: ['The inputs were frozen in one.battery.json.'] }
    ];
    const before = client.listed.length;
    await click('Prove one');
    expect(desk.opened).toEqual(['save one.py']);
    expect(author.proven).toEqual([{ path: 'linear.ipynb', exercise: 'one' }]);
    // Its battery is another one now.
    expect(client.listed.length).toBe(before + 1);
    expect(text()).toContain('Proven.');
    const row = document.querySelector('[data-math4ml-tried="by_rows"]');
    expect(row?.querySelector('th')?.getAttribute('scope')).toBe('row');
    expect(
      [...(row?.querySelectorAll('td') ?? [])].map(each => each.textContent)
    ).toEqual(['·', '✗', 'by_rows']);
    expect(text()).toContain('1 changed solution11');
    const read = document.querySelector('[data-math4ml-read="by_rows"]');
    expect(read?.textContent).toContain('It divides by the rows');
    expect(read?.textContent).toContain('So many.');
    expect(read?.textContent).toContain('A=[[1, 2]]');
    expect(read?.querySelector('button[title="Go to this line"]')).toBeNull();
    await click('one.py, line 7');
    expect(desk.opened.at(-1)).toBe('one.py:7');
  });

  it('is none where there was no solution to try', async () => {
    author.proofs = [{ proof: { ...PROOF, tried: [] } }];
    await click('Prove one');
    expect(text()).toContain('Nothing could be proven. No solution was tried.');
    expect(text()).not.toContain('drawn anew');
  });

  it('is out of date once its module is saved', async () => {
    author.proofs = [{ proof: PROOF }];
    await click('Prove one');
    expect(text()).not.toContain('prove it again');
    await act(async () => {
      desk.saved.emit('one.py');
      await settle();
    });
    expect(text()).toContain('prove it again');
  });

  it('counts what is to be mended', async () => {
    const finding = { ...PROOF.findings[0], severity: 'error' as const };
    author.proofs = [{ findings: [finding] }];
    await click('Prove one');
    expect(text()).toContain('1 thing to mend.');
    expect(screen.queryByRole('table')).toBeNull();
  });

  it('can be cancelled while it runs', async () => {
    let answer: (() => void) | undefined;
    const { proofState } = author;
    author.proofState = () =>
      new Promise(resolve => {
        answer = () => resolve(proofState.call(author));
      });
    author.proofs = [
      { state: 'running', executed: 1, total: 4 },
      { state: 'cancelled' },
      { state: 'cancelled' }
    ];
    await click('Prove one');
    expect(text()).toContain('Proving: 1 of 4');
    expect(screen.queryByRole('button', { name: 'Prove one' })).toBeNull();
    await click('Cancel the proof');
    expect(author.cancelled).toEqual(['proof-1']);
    expect(text()).toContain('The proof was cancelled.');
    await act(async () => {
      answer?.();
      await settle();
    });
    expect(text()).toContain('The proof was cancelled.');
  });
});
