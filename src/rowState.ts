import type { Report } from './wire';

export type Outcome = Report['outcome'];

/** How an exercise stands. */
export type RowState =
  | { kind: 'queued' }
  | { kind: 'checking' }
  | { kind: 'unknown' }
  | { kind: 'asked' }
  | { kind: 'edited'; passed: boolean }
  | { kind: 'earlier'; passed: boolean; at: number }
  | { kind: 'judged'; outcome: Outcome };

/** A report, and what is known of the moment it came. */
export interface IJudgement {
  readonly report: Report;
  /** The life of the kernel it came in. */
  readonly life: number;
  /** When its ladder came, in milliseconds since 1970 by this machine's clock. */
  readonly received: number;
  /** It comes from the learner's record, not from a check of this page. */
  readonly isRemembered: boolean;
}

export interface ICircumstances {
  readonly pending: 'queued' | 'running' | null;
  readonly judgement: IJudgement | null;
  /** The text of the cell now; null when the cell is gone. */
  readonly source: string | null;
  /** The present life of the kernel, as this page counts. */
  readonly life: number;
  /** Its name by the server's word; null while that is not known. */
  readonly epoch: string | null;
  /** A prediction is wanted before the verdict is shown. */
  readonly isAsked: boolean;
}

export function rowState(now: ICircumstances): RowState {
  if (now.pending) {
    return { kind: now.pending === 'queued' ? 'queued' : 'checking' };
  }
  if (!now.judgement) {
    return { kind: 'unknown' };
  }
  const { report, life, isRemembered } = now.judgement;
  const passed = report.outcome.kind === 'passed';
  if (now.source !== null && report.source !== now.source) {
    return { kind: 'edited', passed };
  }
  const isVerdict = passed || report.outcome.kind === 'failed';
  if (now.isAsked && isVerdict && !isRemembered) {
    return { kind: 'asked' };
  }
  const isOther = !!report.epoch && !!now.epoch && report.epoch !== now.epoch;
  const isEarlier = life !== now.life || isOther;
  if (isEarlier && isVerdict) {
    return { kind: 'earlier', passed, at: report.at };
  }
  return { kind: 'judged', outcome: report.outcome };
}

/** The state's name for styles and tests: an outcome's kind, or one of the states around it. */
export function stateName(state: RowState): string {
  switch (state.kind) {
    case 'queued':
    case 'checking':
    case 'asked':
      return state.kind;
    case 'unknown':
      return 'not_run';
    case 'edited':
      return state.passed ? 'passed_edited' : 'edited';
    case 'earlier':
      return state.passed ? 'passed_earlier' : 'failed_earlier';
    case 'judged':
      return state.outcome.kind;
    default:
      return unreachable(state);
  }
}

/** The end of every switch over a union. */
export function unreachable(value: never): never {
  throw new Error(`Not in the contract: ${JSON.stringify(value)}`);
}
