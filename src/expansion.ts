import type { CheckRun } from './checkRun';
import type { Judgements } from './judgements';
import { keyOf } from './judgements';
import type { IRow } from './row';
import type { Report } from './wire';

/** Which row is open: one at a time, by default the active cell's or the first setback's. */
export class Expansion {
  constructor(private readonly _judgements: Judgements) {}

  get key(): string | null {
    return this._key;
  }

  toggle(row: IRow): void {
    this._key = row.isExpanded && row.isActive ? null : row.key;
  }

  open(key: string): void {
    this._key = key;
  }

  /** Another cell is active, with these rows. */
  followCell(keys: readonly string[]): void {
    if (keys.length > 0 && !keys.some(key => key === this._key)) {
      this._key = keys.find(key => this._hasSetback(key)) ?? keys[0];
    }
  }

  /** Reports came; the first setback of a check stays open. */
  followReports(run: CheckRun, reports: readonly Report[]): void {
    const setback = reports.find(isSetback);
    const isShown = run.request.cells
      .map(keyOf)
      .some(key => key === this._key && this._hasSetback(key));
    if (setback && !isShown) {
      this._key = keyOf(setback);
    }
  }

  private _hasSetback(key: string): boolean {
    const report = this._judgements.judgement(key)?.report;
    return report !== undefined && isSetback(report);
  }

  private _key: string | null = null;
}

/** Whether the report is something to look at. */
function isSetback({ outcome }: Report): boolean {
  return outcome.kind !== 'passed' && outcome.kind !== 'cancelled';
}
