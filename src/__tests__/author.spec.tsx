import { nullTranslator } from '@jupyterlab/translation';
import { act, cleanup, fireEvent, screen } from '@testing-library/react';

import { ClientError } from '../client';
import { nameWords, suggestedName } from '../exerciseNames';
import type { ExercisesModel } from '../model';
import { AuthorScene, click, text } from './authorScene';
import type { FakeAuthorClient, FakeDesk } from './fakeAuthor';
import type { FakeNotebook } from './fakeNotebook';
import type { FakeClient } from './fakes';
import { settle } from './fakes';

const trans = nullTranslator.load('math4ml_lab');

let notebook: FakeNotebook;
let client: FakeClient;
let author: FakeAuthorClient;
let desk: FakeDesk;
let model: ExercisesModel;
let start: () => Promise<void>;

beforeEach(() => {
  ({ notebook, client, author, desk, model, start } = new AuthorScene());
});

afterEach(() => {
  cleanup();
  model.dispose();
});

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
