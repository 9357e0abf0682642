import type { TranslationBundle } from '@jupyterlab/translation';

import type { IWords } from './outcomeWords';
import { editedWords, outcomeWords, passedWords } from './outcomeWords';
import type { RowState } from './rowState';
import { unreachable } from './rowState';
import type { ExerciseInfo, Report } from './wire';

export type { IWords, Tone } from './outcomeWords';
export { outcomeWords } from './outcomeWords';

export function stateWords(
  state: RowState,
  info: ExerciseInfo,
  trans: TranslationBundle
): IWords {
  switch (state.kind) {
    case 'queued':
      return {
        tone: 'busy',
        label: trans.__('waiting…'),
        text: trans.__(
          'The kernel is busy; the check comes as soon as it is free.'
        )
      };
    case 'checking':
      return { tone: 'busy', label: trans.__('checking…'), text: '' };
    case 'unknown':
      return unknownWords(info, trans);
    case 'asked':
      return {
        tone: 'plain',
        label: trans.__('your prediction first'),
        text: trans.__(
          'The verdict is there. Say first what you expect, or skip the question.'
        )
      };
    case 'edited':
      return editedWords(state.passed, trans);
    case 'earlier':
      return earlierWords(state.passed, state.at, trans);
    case 'judged':
      return state.outcome.kind === 'passed'
        ? passedWords(
            state.outcome.inputs,
            info.solved ?? null,
            info.hints,
            trans
          )
        : outcomeWords(state.outcome, trans);
    default:
      return unreachable(state);
  }
}

function unknownWords(info: ExerciseInfo, trans: TranslationBundle): IWords {
  const text = trans.__('Run the cell: it is checked at once.');
  return typeof info.passed_at === 'number'
    ? {
        tone: 'good',
        label: trans.__(
          'passed %1; not run in this kernel',
          dayWords(info.passed_at, trans)
        ),
        text
      }
    : { tone: 'plain', label: trans.__('not run yet'), text };
}

function earlierWords(
  passed: boolean,
  at: number,
  trans: TranslationBundle
): IWords {
  return {
    tone: passed ? 'good' : 'plain',
    label: passed
      ? trans.__('passed %1; not run in this kernel', dayWords(at, trans))
      : trans.__('not yet right; not run in this kernel'),
    text: trans.__(
      'The kernel started anew since. Run the cells above, then this one, to check it again.'
    )
  };
}

/** When that was, in seconds since 1970, as one says it: today, on Tuesday, on 3 May 2026. */
export function dayWords(at: number, trans: TranslationBundle): string {
  const then = new Date(at * 1000);
  const midnight = new Date().setHours(0, 0, 0, 0);
  const days = Math.floor((midnight - then.getTime()) / 86_400_000) + 1;
  if (days <= 0) {
    return trans.__('today');
  }
  const form: Intl.DateTimeFormatOptions =
    days < 7 ? { weekday: 'long' } : { dateStyle: 'medium' };
  const language = document.documentElement.lang || undefined;
  return trans.__(
    'on %1',
    new Intl.DateTimeFormat(language, form).format(then)
  );
}

/** What a screen reader hears when verdicts come: the verdict, or of many how many are good. */
export function announcement(
  verdicts: readonly Report[],
  titles: ReadonlyMap<string, string>,
  trans: TranslationBundle
): string {
  if (verdicts.length > 1) {
    const judged = verdicts.filter(
      ({ outcome }) => outcome.kind !== 'not_run' && outcome.kind !== 'edited'
    );
    const passed = judged.filter(({ outcome }) => outcome.kind === 'passed');
    const told = allWords(judged.length, passed.length, trans);
    const unrun = verdicts.length - judged.length;
    if (judged.length === 0 || unrun === 0) {
      return told;
    }
    return trans.__('%1; %2 not run yet', told, String(unrun));
  }
  return verdicts
    .map(({ exercise, outcome }) =>
      trans.__(
        '%1: %2',
        titles.get(exercise) ?? exercise,
        outcomeWords(outcome, trans).label
      )
    )
    .join();
}

/** How all that were checked are. */
function allWords(
  judged: number,
  passed: number,
  trans: TranslationBundle
): string {
  if (judged === 0) {
    return trans.__('Nothing to check yet: no exercise has been run');
  }
  if (judged === 1) {
    return passed
      ? trans.__('Checked 1 exercise: passed')
      : trans.__('Checked 1 exercise: not yet right');
  }
  const count = String(judged);
  switch (passed) {
    case judged:
      return trans.__('Checked %1 exercises: all passed', count);
    case 0:
      return trans.__('Checked %1 exercises: none passed yet', count);
    default:
      return trans.__('Checked %1 exercises: %2 passed', count, String(passed));
  }
}
