import type { TranslationBundle } from '@jupyterlab/translation';

import type { Outcome } from './rowState';
import { unreachable } from './rowState';
import type { ExerciseInfo } from './wire';

type Solved = NonNullable<ExerciseInfo['solved']>;

export type Tone = 'good' | 'bad' | 'busy' | 'plain' | 'odd';

/** A state in words. Colours and icons only repeat it. */
export interface IWords {
  readonly tone: Tone;
  /** A few words for the row. */
  readonly label: string;
  /** What happened and the next step, in sentences; empty where the label says it all. */
  readonly text: string;
}

export function outcomeWords(
  outcome: Outcome,
  trans: TranslationBundle
): IWords {
  switch (outcome.kind) {
    case 'passed':
      return passedWords(outcome.inputs, null, 0, trans);
    case 'failed':
      return { tone: 'bad', label: trans.__('not yet right'), text: '' };
    case 'not_attempted':
      return {
        tone: 'plain',
        label: trans.__('not attempted'),
        text: trans.__(
          'The cell still does what its starter does. Write your answer, then run it.'
        )
      };
    case 'lacks':
      return {
        tone: 'plain',
        label: trans.__('needs another cell'),
        text: lacksText(outcome, trans)
      };
    case 'not_run':
      return {
        tone: 'plain',
        label: trans.__('not run yet'),
        text: trans.__(
          'This cell has not run in this kernel. Run it: it is checked at once.'
        )
      };
    case 'edited':
      return editedWords(false, trans);
    case 'cell_raised':
    case 'timed_out':
    case 'out_of_memory':
      return stoppedWords(outcome, trans);
    case 'kernel_busy':
    case 'kernel_restarted':
    case 'kernel_dead':
    case 'not_python':
    case 'gateway':
    case 'no_snapshot':
      return kernelWords(outcome, trans);
    case 'cancelled':
      return {
        tone: 'plain',
        label: trans.__('check cancelled'),
        text: trans.__('Run the cell, or check it, when you want to know.')
      };
    case 'broken':
      return {
        tone: 'odd',
        label: trans.__('the check is broken'),
        text: `${trans.__('This check is broken, not your answer.')} ${outcome.message} ${outcome.fix}`.trim()
      };
    default:
      return unreachable(outcome);
  }
}

function lacksText(
  { names, reason, exercise }: Extract<Outcome, { kind: 'lacks' }>,
  trans: TranslationBundle
): string {
  const told = names.join(', ');
  const what =
    reason === 'unfit'
      ? trans.__(
          '%1 is not what the check needs: run the cell that defines it once more.',
          told
        )
      : trans.__(
          '%1 is not defined in this kernel: run the cell that defines it.',
          told
        );
  return exercise
    ? `${what} ${trans.__('That is the cell of the exercise %1.', exercise)}`
    : what;
}

/** A pass; `solved` says with how much help the exercise was first solved, where that is known. */
export function passedWords(
  inputs: number,
  solved: Solved | null,
  hints: number,
  trans: TranslationBundle
): IWords {
  return {
    tone: 'good',
    label: passedLabel(solved, hints, trans),
    text:
      inputs > 0
        ? trans._n(
            'Every claim holds, on %1 input.',
            'Every claim holds, on %1 inputs.',
            inputs
          )
        : trans.__('Every claim holds.')
  };
}

function passedLabel(
  solved: Solved | null,
  hints: number,
  trans: TranslationBundle
): string {
  switch (solved) {
    case null:
      return trans.__('passed');
    case 'alone':
      return trans.__('first passed without help');
    case 'with_hints':
      return trans._n(
        'first passed with %1 hint',
        'first passed with %1 hints',
        hints
      );
    case 'revealed':
      return trans.__('first passed after the solution was shown');
    default:
      return unreachable(solved);
  }
}

export function editedWords(passed: boolean, trans: TranslationBundle): IWords {
  return {
    tone: passed ? 'good' : 'plain',
    label: passed
      ? trans.__('passed, edited since')
      : trans.__('edited since it ran'),
    text: trans.__('Run the cell to check what it says now.')
  };
}

type Stopped = Extract<
  Outcome,
  { kind: 'cell_raised' | 'timed_out' | 'out_of_memory' }
>;

function stoppedWords(outcome: Stopped, trans: TranslationBundle): IWords {
  switch (outcome.kind) {
    case 'cell_raised':
      return {
        tone: 'bad',
        label: trans.__('the cell raised an error'),
        text: trans.__(
          'The cell ended with an error. Repair it, then run it again.'
        )
      };
    case 'timed_out':
      return {
        tone: 'bad',
        label: trans.__('took too long'),
        text: trans.__(
          'Your answer was still computing after %1 s. Look for a loop that never ends, or that does far too much.',
          String(outcome.seconds)
        )
      };
    case 'out_of_memory':
      return {
        tone: 'bad',
        label: trans.__('needed too much memory'),
        text: trans.__(
          'Your answer asked for more than %1 MB. Look for an array that is larger than it has to be.',
          String(outcome.megabytes)
        )
      };
    default:
      return unreachable(outcome);
  }
}

type OfKernel = Extract<
  Outcome,
  {
    kind:
      | 'kernel_busy'
      | 'kernel_restarted'
      | 'kernel_dead'
      | 'not_python'
      | 'gateway'
      | 'no_snapshot';
  }
>;

function kernelWords(outcome: OfKernel, trans: TranslationBundle): IWords {
  const tone = 'odd';
  switch (outcome.kind) {
    case 'kernel_busy':
      return {
        tone,
        label: trans.__('kernel busy'),
        text: trans.__(
          'A thread of your kernel kept computing. Check again when it has ended.'
        )
      };
    case 'kernel_restarted':
      return {
        tone,
        label: trans.__('kernel restarted'),
        text: trans.__(
          'The kernel started anew before the verdict was there. Run the cell again.'
        )
      };
    case 'kernel_dead':
      return {
        tone,
        label: trans.__('kernel ended'),
        text: trans.__(
          'The kernel died before the verdict was there. Restart it, then run the cell again.'
        )
      };
    case 'not_python':
      return {
        tone,
        label: trans.__('not a Python kernel'),
        text: trans.__(
          'These exercises need Python; this kernel speaks %1. Choose another kernel.',
          outcome.language
        )
      };
    case 'gateway':
      return {
        tone,
        label: trans.__('cannot check here'),
        text: trans.__(
          'This kernel runs behind a gateway, where checks cannot reach it. Choose a kernel on this server.'
        )
      };
    case 'no_snapshot':
      return {
        tone,
        label: trans.__('cannot check safely'),
        text: trans.__(
          'This kernel cannot be copied, so a check could harm what you computed: %1',
          outcome.why
        )
      };
    default:
      return unreachable(outcome);
  }
}
