import { act, cleanup, screen } from '@testing-library/react';

import type { ExercisesModel } from '../model';
import type { KnownProof } from '../wire';
import { AuthorScene, click, text } from './authorScene';
import type { FakeAuthorClient, FakeDesk } from './fakeAuthor';
import { PROOF } from './fakeAuthor';
import type { FakeNotebook } from './fakeNotebook';
import type { FakeClient } from './fakes';
import { settle } from './fakes';

let notebook: FakeNotebook;
let client: FakeClient;
let author: FakeAuthorClient;
let desk: FakeDesk;
let model: ExercisesModel;
let start: () => Promise<void>;

/** What looks again when the panel has another width. */
const resized = new Set<() => void>();

class FakeObserver {
  constructor(look: () => void) {
    this._look = look;
  }

  observe(): void {
    resized.add(this._look);
  }

  disconnect(): void {
    resized.delete(this._look);
  }

  private readonly _look: () => void;
}

beforeEach(() => {
  window.ResizeObserver = FakeObserver as unknown as typeof ResizeObserver;
  ({ notebook, client, author, desk, model, start } = new AuthorScene());
});

afterEach(() => {
  cleanup();
  model.dispose();
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

  it('says that its matrix is cut, where it is', async () => {
    const width = jest.spyOn(Element.prototype, 'scrollWidth', 'get');
    author.proofs = [{ proof: PROOF }, { proof: PROOF }];
    await click('Prove one');
    expect(text()).not.toContain('scroll sideways');
    width.mockReturnValue(400);
    act(() => resized.forEach(look => look()));
    expect(text()).toContain('scroll sideways');
    width.mockRestore();
    act(() => resized.forEach(look => look()));
    expect(text()).not.toContain('scroll sideways');
  });

  it('of a module that cannot be read says once what is wrong', async () => {
    const finding = { ...PROOF.findings[0], severity: 'error' as const };
    author.modules = [{ exercise: 'one', path: 'one.py', findings: [finding] }];
    author.proofs = [{ findings: [finding] }];
    client.listing = {
      problems: [
        {
          message: `one.py, line 7: ${finding.message}`,
          fix: finding.fix,
          exercise: 'one',
          cell_id: 'A'
        }
      ]
    };
    await act(async () => {
      await model.refresh();
      await settle();
    });
    await click('Prove one');
    expect(text()).toContain('1 thing to mend.');
    expect(text().split(finding.message).length).toBe(2);
    await click('See it as a learner');
    expect(text().split(finding.message).length).toBe(2);
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

  /** The page is loaded again, while the server knows of a proof. */
  async function reload(known: KnownProof): Promise<void> {
    author.known = [known];
    await act(async () => {
      await model.author?.look();
      await settle();
    });
  }

  it('is followed where another page began it', async () => {
    author.proofs = [
      { state: 'running', executed: 2, total: 4 },
      { proof: PROOF, notes: ['The inputs were frozen.'] }
    ];
    author.known = [{ id: 'proof-1', exercise: 'one', state: 'running' }];
    const before = client.listed.length;
    await reload(author.known[0]);
    expect(author.proven).toEqual([]);
    expect(author.asked).toEqual(['proof-1', 'proof-1']);
    expect(text()).toContain('Proven.');
    expect(text()).not.toContain('prove it again');
    expect(client.listed.length).toBe(before + 1);
    // What is shown is not asked for again.
    await reload({ id: 'proof-1', exercise: 'one', state: 'done' });
    expect(author.asked.length).toBe(2);
  });

  it('that another page began can be cancelled, and tells that it is stale', async () => {
    author.proofState = () => new Promise(() => undefined);
    author.proofs = [{ message: 'As asked.' }];
    await reload({
      id: 'proof-7',
      exercise: 'one',
      state: 'running',
      executed: 1,
      total: 4,
      is_stale: true
    });
    expect(text()).toContain('Proving: 1 of 4');
    expect(screen.queryByRole('button', { name: 'Prove one' })).toBeNull();
    await click('Cancel the proof');
    expect(author.cancelled).toEqual(['proof-7']);
    expect(text()).toContain('The proof was cancelled.');
    expect(text()).toContain('prove it again');
  });

  it('that is over is shown, unless another was begun before it came', async () => {
    let come: (() => void) | undefined;
    const { proofState } = author;
    author.proofState = id =>
      new Promise(resolve => {
        come = () => resolve(proofState.call(author, id));
      });
    await reload({ id: 'proof-1', exercise: 'one', state: 'done' });
    author.proofs = [{ proof: PROOF }, { proof: PROOF, message: 'old' }];
    await click('Prove one');
    const shown = model.author?.proof('one')?.answer;
    await act(async () => {
      come?.();
      await settle();
    });
    expect(model.author?.proof('one')?.answer).toBe(shown);
  });

  it('can be cancelled while it runs', async () => {
    let answer: (() => void) | undefined;
    const { proofState } = author;
    author.proofState = () =>
      new Promise(resolve => {
        answer = () => resolve(proofState.call(author, 'proof-1'));
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
