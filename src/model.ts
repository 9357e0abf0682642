import type { VDomRenderer } from '@jupyterlab/ui-components';
import { Signal } from '@lumino/signaling';

import { CheckRun } from './checkRun';
import { ClientError } from './client';
import { Expansion } from './expansion';
import { Judgements, keyOf } from './judgements';
import type { Obstacle } from './kernelWatch';
import { KernelWatch } from './kernelWatch';
import type { IRow } from './row';
import { createRow } from './row';
import { stateName } from './rowState';
import type { IExercisesClient, INotebook } from './tokens';
import type {
  CellTag,
  CheckAnswer,
  ExerciseInfo,
  ExercisesAnswer,
  Problem,
  Refusal,
  Report
} from './wire';

/** The exercises of one notebook, and how their checks stand. */
export class ExercisesModel implements VDomRenderer.IModel {
  constructor(
    private readonly _notebook: INotebook,
    private readonly _client: IExercisesClient,
    private readonly _isAutoCheck: () => boolean
  ) {
    this._watch = new KernelWatch(_notebook, _client);
    _notebook.tagsChanged.connect(this._onTags, this);
    _notebook.edited.connect(this._onEdited, this);
    _notebook.executed.connect(this._onExecuted, this);
    _notebook.activeCellChanged.connect(this._onActiveCell, this);
    _notebook.kernelChanged.connect(this._emit, this);
    _notebook.kernelReady.connect(this._onKernelReady, this);
    _notebook.kernelLost.connect(this._onKernelLost, this);
  }

  readonly stateChanged = new Signal<this, void>(this);

  /** What the server says of the notebook; null until it has answered. */
  get listing(): ExercisesAnswer | null {
    return this._listing;
  }

  get problems(): readonly Problem[] {
    return this._listing?.problems ?? [];
  }

  /** Why no cell of this kernel can be judged, where that is so. */
  get obstacle(): Obstacle | null {
    return this._watch.obstacle;
  }

  /** What went wrong last, until it is dismissed. */
  get notice(): Refusal | null {
    return this._notice;
  }

  /** The verdicts that came last, together, to be announced. */
  get verdicts(): readonly Report[] {
    return this._judgements.latest;
  }

  get hasTags(): boolean {
    return this._notebook.tags.length > 0;
  }

  get hasNoKernel(): boolean {
    return this._notebook.hasNoKernel;
  }

  get canCheck(): boolean {
    return this._notebook.kernelId !== null && this._known.length > 0;
  }

  get isChecking(): boolean {
    return this._judgements.isPending;
  }

  get passed(): number {
    return this._infos.filter(info => this._judgements.hasPassed(info)).length;
  }

  get rows(): IRow[] {
    const context = {
      notebook: this._notebook,
      judgements: this._judgements,
      life: this._watch.life,
      epoch: this._watch.epoch,
      expanded: this._expansion.key
    };
    return this._shown.map(info => createRow(info, context));
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    if (this._isDisposed) {
      return;
    }
    this._isDisposed = true;
    Signal.disconnectReceiver(this);
    this._judgements.dispose();
    this._notebook.dispose();
    Signal.clearData(this);
  }

  /** Ask the server again what this notebook holds, and arm its kernel. */
  async refresh(): Promise<void> {
    const request = (this._listRequest += 1);
    const { path, course, unit } = this._notebook;
    const cells = [...this._notebook.tags];
    await this._attempt(async () => {
      const listing = cells.length
        ? await this._client.exercises({ path, cells, course, unit })
        : null;
      if (request !== this._listRequest || this._isDisposed) {
        return;
      }
      this._listing = listing;
      this._judgements.remember(this._infos, this._watch.life);
      this._onActiveCell();
    });
    if (request === this._listRequest) {
      await this._arm();
    }
  }

  /** Check all exercises on what the kernel holds now; runs no cell. */
  checkAll(): Promise<void> {
    return this._check(this._known);
  }

  /** Check the exercises of a cell, by default of the active one. */
  checkCell(cellId = this._notebook.activeCellId): Promise<void> {
    return this._check(this._known.filter(tag => tag.cell_id === cellId));
  }

  cancel(row: IRow): Promise<void> {
    const pending = this._judgements.pending(row.key);
    return this._attempt(async () => pending?.run.cancel());
  }

  /** Open the next hint of the ladder that the row's report names. */
  openHint(row: IRow): Promise<void> {
    const ladder = row.report?.ladder;
    const course = this._listing?.course;
    return this._attempt(async () => {
      if (!ladder || course === undefined) {
        return;
      }
      const { exercise } = row.info;
      const key = ladder.key;
      const climbed = await this._client.hint({
        course,
        exercise,
        ladder: key
      });
      this._judgements.climb(row.key, climbed);
      this._countHints(row, climbed.opened.length - ladder.opened.length);
      this._emit();
    });
  }

  /** Select the row's cell, and show the row's details. */
  select(row: IRow): Promise<void> {
    this._expansion.toggle(row);
    this._emit();
    return row.isActive
      ? Promise.resolve()
      : this._attempt(() => this._notebook.select(row.info.cell_id));
  }

  reveal(row: IRow, line: number): Promise<void> {
    return this._attempt(() => this._notebook.reveal(row.info.cell_id, line));
  }

  startKernel(): Promise<void> {
    return this._attempt(() => this._notebook.startKernel());
  }

  dismissNotice(): void {
    this._notice = null;
    this._emit();
  }

  private get _infos(): readonly ExerciseInfo[] {
    return this._listing?.exercises ?? [];
  }

  /** The exercises that the server knows and the notebook still holds, in the order of the cells. */
  private get _shown(): ExerciseInfo[] {
    const infos = new Map(this._infos.map(info => [keyOf(info), info]));
    return this._notebook.tags.flatMap(tag => infos.get(keyOf(tag)) ?? []);
  }

  private get _known(): CellTag[] {
    return this._shown.map(({ cell_id, exercise }) => ({ cell_id, exercise }));
  }

  private async _check(tags: readonly CellTag[]): Promise<void> {
    const { kernelId, path } = this._notebook;
    if (kernelId === null || tags.length === 0) {
      return;
    }
    const cells = tags.map(tag => ({
      ...tag,
      source: this._notebook.source(tag.cell_id) ?? ''
    }));
    const run = new CheckRun(this._client, {
      path,
      kernel_id: kernelId,
      cells
    });
    this._judgements.begin(run);
    this._emit();
    await this._attempt(() => run.follow(answer => this._hear(run, answer)));
    this._judgements.end(run);
    this._emit();
  }

  private _hear(run: CheckRun, answer: CheckAnswer): void {
    const reports = this._judgements.hear(run, answer, this._watch.life);
    this._expansion.followReports(run, reports);
    this._emit();
  }

  private _arm(): Promise<void> {
    return this._attempt(async () => {
      await this._watch.arm(this._known);
      this._emit();
    });
  }

  private _countHints(row: IRow, opened: number): void {
    if (this._listing) {
      const exercises = this._infos.map(info =>
        keyOf(info) === row.key ? { ...info, hints: info.hints + opened } : info
      );
      this._listing = { ...this._listing, exercises };
    }
  }

  private async _attempt(action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (error) {
      this._notice = {
        message: error instanceof Error ? error.message : String(error),
        fix: error instanceof ClientError ? error.fix : ''
      };
      this._emit();
    }
  }

  private _onTags(): void {
    void this.refresh();
  }

  private _onEdited(): void {
    if (this._stateNames() !== this._emitted) {
      this._emit();
    }
  }

  private _onExecuted(_: INotebook, cellId: string): void {
    if (this._isAutoCheck()) {
      void this.checkCell(cellId);
    }
  }

  private _onActiveCell(): void {
    const rows = this._known
      .filter(tag => tag.cell_id === this._notebook.activeCellId)
      .map(keyOf);
    this._expansion.followCell(rows);
    this._emit();
  }

  private _onKernelReady(): void {
    this._watch.begin();
    void this._arm();
  }

  private _onKernelLost(): void {
    this._watch.end();
    this._emit();
  }

  private _stateNames(): string {
    return this.rows.map(row => stateName(row.state)).join();
  }

  private _emit(): void {
    if (!this._isDisposed) {
      this._emitted = this._stateNames();
      this.stateChanged.emit();
    }
  }

  private readonly _watch: KernelWatch;
  private readonly _judgements = new Judgements();
  private readonly _expansion = new Expansion(this._judgements);
  private _listing: ExercisesAnswer | null = null;
  private _notice: Refusal | null = null;
  private _emitted = '';
  private _listRequest = 0;
  private _isDisposed = false;
}
