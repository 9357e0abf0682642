import type { Judgements } from './judgements';
import { keyOf } from './judgements';
import type { RowState } from './rowState';
import { rowState } from './rowState';
import type { INotebook } from './tokens';
import type { ExerciseInfo, Report } from './wire';

/** One exercise of one cell, as the panel shows it. */
export interface IRow {
  readonly key: string;
  readonly info: ExerciseInfo;
  readonly state: RowState;
  readonly report: Report | null;
  /** When the report's ladder came, in milliseconds since 1970. */
  readonly received: number;
  readonly isActive: boolean;
  readonly isExpanded: boolean;
}

/** What the rows of a notebook have in common. */
export interface IRowContext {
  readonly notebook: INotebook;
  readonly judgements: Judgements;
  readonly life: number;
  readonly epoch: string | null;
  readonly expanded: string | null;
}

export function createRow(info: ExerciseInfo, context: IRowContext): IRow {
  const { notebook, judgements, life, epoch, expanded } = context;
  const key = keyOf(info);
  const judgement = judgements.judgement(key);
  const state = rowState({
    pending: judgements.pending(key)?.state ?? null,
    judgement,
    source: notebook.source(info.cell_id),
    life,
    epoch
  });
  return {
    key,
    info,
    state,
    report: judgement?.report ?? null,
    received: judgement?.received ?? 0,
    isActive: info.cell_id === notebook.activeCellId,
    isExpanded: key === expanded
  };
}
