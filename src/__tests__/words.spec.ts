import { nullTranslator } from '@jupyterlab/translation';

import type { Outcome, RowState } from '../rowState';
import { rowState, stateName } from '../rowState';
import { announcement, outcomeWords, stateWords } from '../words';
import type { ExerciseInfo } from '../wire';
import { info, report } from './fakes';

const trans = nullTranslator.load('math4ml_lab');

/** One of each kind: a kind that is missing here does not compile. */
const OUTCOMES: { [K in Outcome['kind']]: Extract<Outcome, { kind: K }> } = {
  passed: { kind: 'passed', inputs: 60 },
  failed: { kind: 'failed' },
  not_attempted: { kind: 'not_attempted' },
  lacks: { kind: 'lacks', names: ['W'], exercise: 'first' },
  not_run: { kind: 'not_run' },
  edited: { kind: 'edited' },
  cell_raised: { kind: 'cell_raised', error: 'NameError: x' },
  timed_out: { kind: 'timed_out', seconds: 10 },
  out_of_memory: { kind: 'out_of_memory', megabytes: 64 },
  kernel_busy: { kind: 'kernel_busy' },
  kernel_restarted: { kind: 'kernel_restarted' },
  kernel_dead: { kind: 'kernel_dead' },
  not_python: { kind: 'not_python', language: 'R' },
  gateway: { kind: 'gateway' },
  no_snapshot: { kind: 'no_snapshot', why: 'CUDA is in use.' },
  cancelled: { kind: 'cancelled' },
  broken: { kind: 'broken', message: 'No module f.', fix: 'Tell its author.' }
};
const all = Object.values<Outcome>(OUTCOMES);

describe('outcomeWords', () => {
  it('has a label of its own for every outcome', () => {
    const labels = all.map(outcome => outcomeWords(outcome, trans).label);
    expect(labels.every(label => label.length > 3)).toBe(true);
    // A cell that has not run reads the same wherever that is known from.
    expect(new Set(labels).size).toBe(all.length);
  });

  it.each(all.filter(outcome => outcome.kind !== 'failed'))(
    'says what to do after $kind',
    outcome => {
      const { text } = outcomeWords(outcome, trans);
      expect(text).not.toMatch(/%\d|undefined/);
      expect(text.length).toBeGreaterThan(15);
    }
  );

  it.each([
    ['passed', '60 inputs'],
    [
      'lacks',
      'W is not defined in this kernel: run the cell that defines it. That is the cell of the exercise first.'
    ],
    ['timed_out', '10 s'],
    ['out_of_memory', '64 MB'],
    ['not_python', 'speaks R'],
    ['no_snapshot', 'CUDA is in use.'],
    ['broken', 'not your answer. No module f. Tell its author.']
  ] as const)('gives the details of %s', (kind, detail) => {
    expect(outcomeWords(OUTCOMES[kind], trans).text).toContain(detail);
  });

  it('counts one input as one', () => {
    const words = outcomeWords({ kind: 'passed', inputs: 1 }, trans);
    expect(words.text).toBe('Every claim holds, on 1 input.');
  });
});

describe('stateWords', () => {
  const exercise = info({ cell_id: 'A', exercise: 'one' });
  const label = (
    state: RowState,
    changes: Partial<ExerciseInfo> = {}
  ): string => stateWords(state, { ...exercise, ...changes }, trans).label;

  it('tells what was solved alone from what was not', () => {
    const state: RowState = { kind: 'judged', outcome: OUTCOMES.passed };
    expect(label(state)).toBe('passed');
    expect(label(state, { solved: 'alone' })).toBe('first passed without help');
    expect(label(state, { solved: 'with_hints', hints: 1 })).toBe(
      'first passed with 1 hint'
    );
    expect(label(state, { solved: 'with_hints', hints: 2 })).toBe(
      'first passed with 2 hints'
    );
    expect(label(state, { solved: 'revealed', hints: 5 })).toBe(
      'first passed after the solution was shown'
    );
  });

  it('tells the states around a report', () => {
    expect(label({ kind: 'unknown' })).toBe('not run yet');
    expect(label({ kind: 'edited', passed: true })).toBe(
      'passed, edited since'
    );
    expect(label({ kind: 'edited', passed: false })).toBe(
      'edited since it ran'
    );
    const now = Date.now() / 1000;
    expect(label({ kind: 'earlier', passed: true, at: now })).toBe(
      'passed today; not run in this kernel'
    );
    expect(label({ kind: 'unknown' }, { passed_at: now - 3 * 86_400 })).toMatch(
      /^passed on \w+day; not run in this kernel$/
    );
    expect(label({ kind: 'asked' })).toBe('your prediction first');
    expect(stateWords({ kind: 'queued' }, exercise, trans).text).toContain(
      'as soon as it is free'
    );
  });
});

describe('announcement', () => {
  const titles = new Map([['one', 'Shapes']]);

  it('names the exercise and the verdict', () => {
    const verdict = report('A', 'one', { outcome: OUTCOMES.failed });
    expect(announcement([verdict], titles, trans)).toBe(
      'Shapes: not yet right'
    );
    expect(announcement([], titles, trans)).toBe('');
  });

  it('counts many verdicts', () => {
    const verdicts = [
      report('A', 'one'),
      report('B', 'two', { outcome: OUTCOMES.failed }),
      report('C', 'three'),
      report('D', 'four', { outcome: OUTCOMES.not_run })
    ];
    const said = (...chosen: number[]): string =>
      announcement(
        chosen.map(at => verdicts[at]),
        titles,
        trans
      );
    expect(said(0, 1, 2)).toBe('Checked 3 exercises: 2 passed');
    expect(said(0, 2)).toBe('Checked 2 exercises: all passed');
    expect(said(1, 1)).toBe('Checked 2 exercises: none passed yet');
    expect(said(0, 3)).toBe('Checked 1 exercise: passed; 1 not run yet');
    expect(said(1, 3, 3)).toBe(
      'Checked 1 exercise: not yet right; 2 not run yet'
    );
    expect(said(3, 3)).toBe('Nothing to check yet: no exercise has been run');
  });
});

describe('rowState', () => {
  const judgement = {
    report: report('A', 'one', { source: 'a', epoch: 'first' }),
    life: 0,
    received: 0,
    isRemembered: false
  };
  const now = {
    pending: null,
    isAsked: false,
    judgement,
    source: 'a',
    life: 0,
    epoch: 'first'
  };

  it('puts a check under way before all, and an edit before a restart', () => {
    const name = (changes: object): string =>
      stateName(rowState({ ...now, ...changes }));
    expect(name({})).toBe('passed');
    expect(name({ pending: 'queued', source: 'b' })).toBe('queued');
    expect(name({ pending: 'running' })).toBe('checking');
    expect(name({ source: 'b', life: 1 })).toBe('passed_edited');
    expect(name({ life: 1 })).toBe('passed_earlier');
    expect(name({ epoch: 'second' })).toBe('passed_earlier');
    expect(name({ epoch: null })).toBe('passed');
    expect(name({ isAsked: true })).toBe('asked');
    expect(name({ isAsked: true, source: 'b' })).toBe('passed_edited');
    expect(name({ judgement: null })).toBe('not_run');
    // The cell was deleted: there is nothing to compare with.
    expect(name({ source: null })).toBe('passed');
  });

  it('leaves what is no verdict on the answer as it is after a restart', () => {
    const restarted = {
      ...judgement,
      report: { ...judgement.report, outcome: OUTCOMES.kernel_restarted }
    };
    expect(rowState({ ...now, judgement: restarted, life: 1 }).kind).toBe(
      'judged'
    );
  });
});
