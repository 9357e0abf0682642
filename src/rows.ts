import type { IRow, IRowContext } from './row';
import { createRow } from './row';
import type { RowState } from './rowState';
import type { ExerciseInfo } from './wire';

/** Keeps rows that say the same as before, so that nothing is drawn again that did not change. */
export class Rows {
  of(infos: readonly ExerciseInfo[], context: IRowContext): readonly IRow[] {
    const rows = infos.map(info => {
      const row = createRow(info, context);
      const known = this._rows.get(row.key);
      return known && isSame(known, row) ? known : row;
    });
    this._rows = new Map(rows.map(row => [row.key, row]));
    return rows;
  }

  private _rows: ReadonlyMap<string, IRow> = new Map();
}

function isSame(one: IRow, other: IRow): boolean {
  return (
    one.info === other.info &&
    one.report === other.report &&
    one.received === other.received &&
    one.earlier === other.earlier &&
    one.lack?.cellId === other.lack?.cellId &&
    one.isReview === other.isReview &&
    one.isActive === other.isActive &&
    one.isExpanded === other.isExpanded &&
    // The text is shown only where the row is open.
    (one.source === other.source || !one.isExpanded) &&
    one.questions.length === other.questions.length &&
    one.questions.every((question, at) => question === other.questions[at]) &&
    isSameState(one.state, other.state)
  );
}

/** States are made anew each time, but what they hold is not. */
function isSameState(one: RowState, other: RowState): boolean {
  const fields = Object.entries(one);
  return (
    fields.length === Object.keys(other).length &&
    fields.every(([name, value]) => value === other[name as keyof RowState])
  );
}
