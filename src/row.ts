import type { Judgements } from './judgements';
import { keyOf } from './judgements';
import type { ILack } from './lack';
import { findLack } from './lack';
import type { Questions } from './questions';
import type { RowState } from './rowState';
import { rowState } from './rowState';
import type { INotebook } from './tokens';
import type { EarlierAnswer, ExerciseInfo, Question, Report } from './wire';

/** One exercise of one cell, as the panel shows it. */
export interface IRow {
  readonly key: string;
  readonly info: ExerciseInfo;
  readonly state: RowState;
  readonly report: Report | null;
  /** When the report's ladder came, in milliseconds since 1970. */
  readonly received: number;
  readonly questions: readonly Question[];
  /** Earlier answers, the newest first; null until they are asked for. */
  readonly earlier: readonly EarlierAnswer[] | null;
  /** What the answer lacked, where another cell has it. */
  readonly lack: ILack | null;
  /** The cell's text now. */
  readonly source: string;
  /** This is the scratch cell of a second time. */
  readonly isReview: boolean;
  readonly isActive: boolean;
  readonly isExpanded: boolean;
}

/** What the rows of a notebook have in common. */
export interface IRowContext {
  readonly notebook: INotebook;
  readonly sources: ReadonlyMap<string, string>;
  readonly reviews: ReadonlySet<string>;
  readonly judgements: Judgements;
  readonly questions: Questions;
  readonly earlier: ReadonlyMap<string, readonly EarlierAnswer[]>;
  readonly life: number;
  readonly epoch: string | null;
  readonly expanded: string | null;
}

export function createRow(info: ExerciseInfo, context: IRowContext): IRow {
  const { notebook, judgements, questions, life, epoch, expanded } = context;
  const key = keyOf(info);
  const judgement = judgements.judgement(key);
  const source = context.sources.get(info.cell_id) ?? null;
  const now = {
    pending: null,
    judgement,
    source,
    life,
    epoch,
    isAsked: info.attempts === 0 && questions.isAsked(key)
  };
  const pending = judgements.pending(key)?.state ?? null;
  const state = rowState({ ...now, pending });
  // What is held back is not handed on, not even while the next run is checked.
  const isHeld = rowState(now).kind === 'asked';
  const report = isHeld ? null : (judgement?.report ?? null);
  return {
    key,
    info,
    state,
    report,
    lack: findLack(report, context.sources),
    received: judgement?.received ?? 0,
    questions: questions.of(key),
    earlier: context.earlier.get(key) ?? null,
    source: source ?? '',
    isReview: context.reviews.has(info.cell_id),
    isActive: info.cell_id === notebook.activeCellId,
    isExpanded: key === expanded
  };
}
