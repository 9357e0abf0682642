import { nullTranslator } from '@jupyterlab/translation';
import {
  act,
  cleanup,
  fireEvent,
  render,
  screen
} from '@testing-library/react';
import React from 'react';

import type { IRowActions } from '../components/exerciseRow';
import { ExerciseRow } from '../components/exerciseRow';
import type { Onward } from '../onward';
import type { IRow } from '../row';
import { FAILED, info, LADDER, settle } from './fakes';

const trans = nullTranslator.load('math4ml_lab');

afterEach(cleanup);

function rowOf(changes: Partial<IRow> = {}): IRow {
  return {
    key: 'A one',
    info: info({ cell_id: 'A', exercise: 'one' }),
    state: { kind: 'judged', outcome: FAILED.outcome },
    report: FAILED,
    received: 0,
    questions: [],
    earlier: null,
    lack: null,
    source: 'a',
    isReview: false,
    isActive: true,
    isExpanded: true,
    ...changes
  };
}

function renderRow(
  row: IRow,
  onward: Onward | null = null
): {
  onOpen: jest.Mock;
  actions: Record<keyof IRowActions, jest.Mock>;
  item: HTMLElement;
  show: (row: IRow) => void;
} {
  const actions = {
    select: jest.fn(),
    reveal: jest.fn(),
    openHint: jest.fn(),
    cancel: jest.fn(),
    goTo: jest.fn(),
    goToLack: jest.fn(),
    answer: jest.fn(),
    drafts: jest.fn(),
    recall: jest.fn(),
    restore: jest.fn(),
    startOver: jest.fn(),
    review: jest.fn(),
    goOn: jest.fn(),
    hasNext: jest.fn(),
    watch: jest.fn()
  };
  const onOpen = jest.fn();
  const view = (each: IRow): JSX.Element => (
    <ExerciseRow
      row={each}
      actions={actions}
      forum={null}
      onward={onward}
      onOpen={onOpen}
      rendermime={null}
      trans={trans}
    />
  );
  const { container, rerender } = render(view(row));
  const item = container.querySelector<HTMLElement>('[data-math4ml-exercise]');
  if (!item) {
    throw new Error('no row');
  }
  return { actions, item, onOpen, show: each => rerender(view(each)) };
}

describe('a row', () => {
  it('carries its state, and is current with its cell', () => {
    const { item, actions } = renderRow(rowOf({ isExpanded: false }));
    expect(item.dataset.math4mlExercise).toBe('one');
    expect(item.dataset.math4mlState).toBe('failed');
    expect(item.getAttribute('aria-current')).toBe('true');
    const head = screen.getByRole('button', { expanded: false });
    expect(head.textContent).toBe('Title of onenot yet right');
    fireEvent.click(head);
    expect(actions.select).toHaveBeenCalledTimes(1);
    expect(item.querySelector('[data-math4ml-check]')).toBeNull();
  });

  it('shows a failed claim with its evidence in order', () => {
    const { item } = renderRow(rowOf());
    const failed = item.querySelector(
      '[data-state="failed"][data-math4ml-check]'
    );
    const text = failed?.textContent ?? '';
    const parts = [
      'The error is the dropped part',
      '0.753, needs 1.003\n(rtol 1e-6)',
      'smallest input',
      'M=[[1, 2],\n   [2, 2]]',
      'Twice the value.',
      'Wrong on 4 of 60 inputs.',
      'your line 3: return U[:, :k]',
      'Watch 14:05 — Rank'
    ];
    const places = parts.map(part => text.indexOf(part));
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  it('copies the smallest input whole, as Python, or not at all', async () => {
    const writeText = jest.fn().mockResolvedValue(undefined);
    Object.assign(navigator, { clipboard: { writeText } });
    const code = 'M = np.array([[1, 2], [2, 2]])';
    const checks = FAILED.checks.map(check => ({
      ...check,
      smallest_code: code
    }));
    const { item } = renderRow(rowOf({ report: { ...FAILED, checks } }));
    fireEvent.click(screen.getByRole('button', { name: 'Copy this input' }));
    await act(settle);
    expect(writeText.mock.calls).toEqual([[code]]);
    expect(item.textContent).toContain('Copied.');
    cleanup();
    const cut = checks.map(check => ({
      ...check,
      smallest_input: 'M=[[1, 2, …',
      smallest_code: null
    }));
    renderRow(rowOf({ report: { ...FAILED, checks: cut } }));
    expect(screen.queryByRole('button', { name: /^Copy/ })).toBeNull();
    expect(screen.queryByText('(too long to be copied)')).not.toBeNull();
  });

  it('puts the structure that holds on one line', () => {
    const { item } = renderRow(rowOf());
    const shape = item.querySelector('[data-math4ml-check="shape"]');
    expect(shape?.parentElement?.textContent).toBe('defined, shape');
    const finite = item.querySelector('[data-math4ml-check="finite"]');
    expect(finite?.getAttribute('data-state')).toBe('skipped');
    expect(finite?.parentElement?.textContent).toBe('finite');
    const states = [...item.querySelectorAll('li[data-math4ml-check]')].map(
      each => each.getAttribute('data-state')
    );
    expect(states).toEqual(['held', 'failed', 'skipped']);
  });

  it('names the claim about inputs as its title does', () => {
    const checks = FAILED.checks.map(check =>
      check.name === 'shape' ? { ...check, name: 'unchanged' } : check
    );
    const { item } = renderRow(rowOf({ report: { ...FAILED, checks } }));
    const check = item.querySelector('[data-math4ml-check="unchanged"]');
    expect(check?.textContent).toBe('inputs unchanged');
  });

  it('shows the names in a title as code', () => {
    const title = 'One product instead of a `for`';
    const { item } = renderRow(
      rowOf({ info: { ...info({ cell_id: 'A', exercise: 'one' }), title } })
    );
    expect(item.querySelector('button code')?.textContent).toBe('for');
    expect(item.textContent).not.toContain('`');
  });

  it('goes to the learner’s line', () => {
    const row = rowOf();
    const { actions } = renderRow(row);
    fireEvent.click(screen.getByRole('button', { name: /your line 3/ }));
    expect(actions.reveal).toHaveBeenCalledWith(row, 3);
  });

  it('goes to the line at which an answer ran out of time', () => {
    const line = { text: 'while True: pass', number: 2 };
    const row = rowOf({
      report: {
        ...FAILED,
        outcome: {
          kind: 'timed_out',
          seconds: 10,
          smallest_input: 'x=1',
          line
        },
        checks: []
      }
    });
    const { actions, item } = renderRow(row);
    expect(item.querySelector('pre')?.textContent).toBe('x=1');
    fireEvent.click(screen.getByRole('button', { name: /your line 2/ }));
    expect(actions.reveal).toHaveBeenCalledWith(row, 2);
  });

  it('names a slip only once the server does', () => {
    renderRow(rowOf());
    expect(screen.queryByText('This looks like a known slip.')).not.toBeNull();
    cleanup();
    const ladder = { ...LADDER, title: 'The kept part is measured' };
    renderRow(rowOf({ report: { ...FAILED, ladder } }));
    expect(screen.queryByText('This looks like a known slip.')).toBeNull();
    expect(screen.queryByText('The kept part is measured')).not.toBeNull();
  });

  it('says when it judged the state of now', () => {
    renderRow(rowOf({ report: { ...FAILED, basis: 'live' } }));
    expect(screen.queryByText(/run was not recorded/)).not.toBeNull();
  });

  it('that was the last one of its notebook leads to the next unit', () => {
    const outcome = { kind: 'passed' as const, inputs: 3 };
    const row = rowOf({ state: { kind: 'judged', outcome } });
    const unit = {
      name: 'two',
      title: 'Calculus',
      path: 'c.ipynb',
      exercises: []
    };
    const { onOpen } = renderRow(row, { unit });
    fireEvent.click(screen.getByRole('button', { name: 'Next: Calculus' }));
    expect(onOpen.mock.calls).toEqual([['c.ipynb']]);
    cleanup();
    renderRow(row, { unit: null });
    expect(
      screen.queryByText('This was the last exercise of the course.')
    ).not.toBeNull();
    cleanup();
    renderRow(row);
    expect(screen.queryByRole('button', { name: /^Next/ })).toBeNull();
  });

  it('folds an answered question below the verdict that came after it', () => {
    const question = {
      name: 'ask-1',
      form: 'number',
      when: 'before',
      text: 'How *many* $\\epsilon$ has `2 * M**2` once the small part of it is gone?',
      answer: { at: FAILED.at - 1, value: '5', right: false, truth: '7' }
    } as const;
    const { item } = renderRow(rowOf({ questions: [question] }));
    const folded = item.querySelector<HTMLDetailsElement>('.jp-Math4mlFolded');
    expect(folded?.open).toBe(false);
    expect(folded?.querySelector('summary')?.textContent).toBe(
      'How many epsilon has 2 * M**2 once the small… Not as you predicted.'
    );
    const claims = item.querySelector('[data-math4ml-check]');
    expect(claims && folded && claims.compareDocumentPosition(folded)).toBe(
      Node.DOCUMENT_POSITION_FOLLOWING
    );
    cleanup();
    const late = { ...question.answer, at: FAILED.at + 1 };
    renderRow(rowOf({ questions: [{ ...question, answer: late }] }));
    expect(document.querySelector('.jp-Math4mlFolded')).toBeNull();
    expect(screen.queryByText(/once the small/)).not.toBeNull();
  });

  it('says of which run the verdict is while the next is checked', () => {
    const says = (changes: Partial<IRow>): boolean => {
      cleanup();
      const { item } = renderRow(rowOf(changes));
      return !!item.textContent?.includes('is of the run before');
    };
    expect(says({})).toBe(false);
    expect(says({ state: { kind: 'checking' } })).toBe(true);
    expect(says({ state: { kind: 'checking' }, report: null })).toBe(false);
  });

  it('reads earlier answers again when a report came while they are open', () => {
    const { actions, item, show } = renderRow(rowOf());
    const details = item.querySelector<HTMLDetailsElement>('.jp-Math4mlStuck');
    expect(actions.recall).not.toHaveBeenCalled();
    if (details) {
      details.open = true;
      fireEvent(details, new Event('toggle'));
    }
    expect(actions.recall).toHaveBeenCalledTimes(1);
    show(rowOf({ source: 'b' }));
    expect(actions.recall).toHaveBeenCalledTimes(1);
    show(rowOf({ report: { ...FAILED, at: FAILED.at + 5 } }));
    expect(actions.recall).toHaveBeenCalledTimes(2);
  });

  it('can be cancelled while it is checked', () => {
    const row = rowOf({ state: { kind: 'queued' }, report: null });
    const { actions } = renderRow(row);
    expect(screen.queryByText(/as soon as it is free/)).not.toBeNull();
    fireEvent.click(screen.getByRole('button', { name: /Cancel the check/ }));
    expect(actions.cancel).toHaveBeenCalledWith(row);
  });

  it('keeps what was printed folded, and a strange clip a text', () => {
    const clip = { title: 'Elsewhere', url: 'https://evil.test/' };
    const { item } = renderRow(
      rowOf({
        info: { ...info({ cell_id: 'A', exercise: 'one' }), clip },
        report: { ...FAILED, checks: [], notes: ['A note.'], printed: 'hello' }
      })
    );
    expect(item.querySelector('details')?.open).toBe(false);
    expect(item.querySelector('details pre')?.textContent).toBe('hello');
    expect(screen.queryByText('A note.')).not.toBeNull();
    expect(screen.queryByText('Watch — Elsewhere')).not.toBeNull();
    expect(screen.queryByRole('link')).toBeNull();
  });

  it('opens a clip apart from this page', () => {
    const { actions } = renderRow(rowOf());
    const link = screen.getByRole('link');
    expect(link.getAttribute('rel')).toBe('noopener noreferrer');
    expect(link.getAttribute('target')).toBe('_blank');
    fireEvent.click(link);
    expect(actions.watch).toHaveBeenCalledTimes(1);
  });
});
