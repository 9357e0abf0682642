import type { CheckRun } from './checkRun';
import type { IJudgement } from './rowState';
import type {
  CheckAnswer,
  CellTag,
  ExerciseInfo,
  Ladder,
  Question,
  Report
} from './wire';

export interface IPending {
  readonly run: CheckRun;
  readonly state: 'queued' | 'running';
}

/** The name of an exercise of a cell in the maps here. */
export function keyOf(tag: CellTag): string {
  return JSON.stringify([tag.cell_id, tag.exercise]);
}

/** The last report of every exercise, and the checks under way. */
export class Judgements {
  /** The reports that came last, together, in this page. */
  get latest(): readonly Report[] {
    return this._latest;
  }

  get isPending(): boolean {
    return this._pending.size > 0;
  }

  judgement(key: string): IJudgement | null {
    return this._judgements.get(key) ?? null;
  }

  pending(key: string): IPending | null {
    return this._pending.get(key) ?? null;
  }

  /** Whether the exercise was ever passed: an edit or a failure later takes nothing away. */
  hasPassed(info: ExerciseInfo): boolean {
    return typeof info.passed_at === 'number' || this._passed.has(keyOf(info));
  }

  /** Whether nothing is left to do: what comes next is in another notebook. */
  haveAllPassed(infos: readonly ExerciseInfo[]): boolean {
    return infos.length > 0 && infos.every(info => this.hasPassed(info));
  }

  /** Take the reports that the server kept, where they are newer; `sources` are the cells' texts now. */
  remember(
    infos: readonly ExerciseInfo[],
    sources: ReadonlyMap<string, string>,
    life: number
  ): void {
    for (const info of infos) {
      const { latest } = info;
      const known = this._judgements.get(keyOf(info));
      // What another text did wrong in another session says nothing about this one.
      const isOurs =
        latest?.outcome.kind === 'passed' ||
        latest?.source === sources.get(info.cell_id);
      if (latest && isOurs && !(known && known.report.at >= latest.at)) {
        this._set(keyOf(info), latest, life, true);
      }
    }
  }

  /** A check begins; from now on older checks of the same cells no longer count. */
  begin(run: CheckRun): void {
    for (const { cell_id } of run.request.cells) {
      this._newest.set(cell_id, run);
    }
    for (const cell of run.request.cells) {
      this._pending.set(keyOf(cell), { run, state: 'running' });
    }
    this._abandonSuperseded();
  }

  /** Take an answer; returns the reports that are new and still count. */
  hear(run: CheckRun, answer: CheckAnswer, life: number): Report[] {
    const current = answer.reports.filter(
      report =>
        this._newest.get(report.cell_id) === run &&
        this._pending.get(keyOf(report))?.run === run
    );
    if (current.some(report => !ofKernel(report))) {
      this._forgetKernel();
    }
    for (const report of current) {
      // That a cell has not run in this kernel takes no earlier pass away.
      const isNews =
        report.outcome.kind !== 'not_run' || !this._holdsPass(report);
      if (isNews) {
        this._set(keyOf(report), report, life);
      }
      this._pending.delete(keyOf(report));
    }
    if (current.length > 0) {
      this._latest = current;
    }
    const state = answer.state === 'queued' ? 'queued' : 'running';
    for (const [key, pending] of this._pending) {
      if (pending.run === run) {
        this._pending.set(key, { run, state });
      }
    }
    return current;
  }

  /** The check is over, with or without its reports. */
  end(run: CheckRun): void {
    for (const [key, pending] of this._pending) {
      if (pending.run === run) {
        this._pending.delete(key);
      }
    }
  }

  /** The ladder of a report was climbed. */
  climb(key: string, ladder: Ladder): void {
    const judgement = this._judgements.get(key);
    if (judgement?.report.ladder?.key === ladder.key) {
      const { report, life, isRemembered } = judgement;
      this._set(key, { ...report, ladder }, life, isRemembered);
    }
  }

  /** A puzzle among the hints was answered. */
  solvePuzzle(key: string, question: Question): void {
    const ladder = this._judgements.get(key)?.report.ladder;
    if (ladder) {
      const opened = ladder.opened.map(hint =>
        hint.puzzle?.name === question.name
          ? { ...hint, puzzle: question }
          : hint
      );
      this.climb(key, { ...ladder, opened });
    }
  }

  dispose(): void {
    for (const { run } of this._pending.values()) {
      run.abandon();
    }
    this._pending.clear();
  }

  /** A verdict came: what the kernel kept from other ones is over. */
  private _forgetKernel(): void {
    for (const [key, { report }] of this._judgements) {
      if (ofKernel(report)) {
        this._judgements.delete(key);
      }
    }
  }

  private _holdsPass(tag: CellTag): boolean {
    const known = this._judgements.get(keyOf(tag));
    return known?.report.outcome.kind === 'passed';
  }

  private _set(
    key: string,
    report: Report,
    life: number,
    isRemembered = false
  ): void {
    const received = Date.now();
    this._judgements.set(key, { report, life, received, isRemembered });
    if (report.outcome.kind === 'passed') {
      this._passed.add(key);
    }
  }

  private _abandonSuperseded(): void {
    const wanted = new Set(
      [...this._pending.values()].map(pending => pending.run)
    );
    for (const run of this._following) {
      if (!wanted.has(run)) {
        run.abandon();
      }
    }
    this._following = wanted;
  }

  private readonly _judgements = new Map<string, IJudgement>();
  private readonly _pending = new Map<string, IPending>();
  private readonly _newest = new Map<string, CheckRun>();
  private readonly _passed = new Set<string>();
  private _following = new Set<CheckRun>();
  private _latest: readonly Report[] = [];
}

/** Whether the report says of the kernel why there is no verdict, and would say another thing by now. */
function ofKernel({ outcome }: Report): boolean {
  return (
    outcome.kind === 'kernel_busy' ||
    outcome.kind === 'kernel_restarted' ||
    outcome.kind === 'kernel_dead'
  );
}
