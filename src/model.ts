import type { VDomRenderer } from '@jupyterlab/ui-components';
import { Signal } from '@lumino/signaling';

import { Author } from './author';
import { Checking } from './checking';
import type { CheckRun } from './checkRun';
import { CleanRun } from './cleanRun';
import { CourseView } from './courseView';
import { Expansion } from './expansion';
import { Judgements, keyOf } from './judgements';
import { KernelWatch } from './kernelWatch';
import { Listing } from './listing';
import type { IModelOptions } from './modelOptions';
import type { Topic } from './notices';
import { Notices } from './notices';
import { Questions } from './questions';
import type { IRepair } from './repairs';
import { findRepairs } from './repairs';
import type { IRow } from './row';
import { RowActions } from './rowActions';
import { Rows } from './rows';
import { stateName } from './rowState';
import type { INotebook } from './tokens';
import type { ExercisesAnswer, Report } from './wire';

/** The exercises of one notebook, and how their checks stand. */
export class ExercisesModel implements VDomRenderer.IModel {
  constructor(private readonly _options: IModelOptions) {
    const { notebook, client, author } = _options;
    this.notebook = notebook;
    this._listing = new Listing(notebook, client);
    this.watch = new KernelWatch(notebook, client);
    const emit = (): void => this._emit();
    this.cleanRun = new CleanRun(notebook, client, emit);
    this.course = new CourseView(notebook, client, emit);
    this._checking = new Checking({
      notebook,
      client,
      judgements: this._judgements,
      life: () => this.watch.life,
      attempt: action => this.attempt(action, 'check'),
      onReports: (run, reports) => this._hear(run, reports),
      emit
    });
    this.actions = new RowActions({
      notebook,
      client,
      judgements: this._judgements,
      questions: this._questions,
      expansion: this._expansion,
      listing: () => this._listing.answer,
      next: row => this._next(row),
      attempt: (action, topic) => this.attempt(action, topic),
      emit
    });
    this.author = author ? new Author(author, this, emit) : null;
    notebook.tagsChanged.connect(this.refresh, this);
    notebook.edited.connect(this._onEdited, this);
    notebook.executed.connect(this._onExecuted, this);
    notebook.activeCellChanged.connect(this._onActiveCell, this);
    notebook.kernelChanged.connect(this._emit, this);
    notebook.kernelReady.connect(this._onKernelReady, this);
    notebook.kernelLost.connect(this._onKernelLost, this);
  }

  readonly stateChanged = new Signal<this, void>(this);
  /** Reports came: to be drawn at once, since the next frame would be late. */
  readonly reported = new Signal<this, void>(this);
  readonly notebook: INotebook;
  readonly watch: KernelWatch;
  readonly cleanRun: CleanRun;
  readonly course: CourseView;
  readonly actions: RowActions;
  readonly author: Author | null;
  readonly notices = new Notices(() => this._emit());

  /** What the server says of the notebook; null until it has answered. */
  get listing(): ExercisesAnswer | null {
    return this._listing.answer;
  }

  /** What is wrong with tags and modules, and what a click can mend. */
  get repairs(): readonly IRepair[] {
    return findRepairs({
      notebook: this.notebook,
      problems: this._listing.answer?.problems ?? [],
      missing: this._listing.answer?.missing ?? [],
      activeCellId: this.notebook.activeCellId,
      trans: this._options.trans
    });
  }

  /** The verdicts that came last, together, to be announced; those that are held back are not. */
  get verdicts(): readonly Report[] {
    const held = new Set(
      this.rows.filter(row => row.state.kind === 'asked').map(row => row.key)
    );
    return this._judgements.latest.filter(report => !held.has(keyOf(report)));
  }

  get hasTags(): boolean {
    return this.notebook.tags.length > 0;
  }

  get canCheck(): boolean {
    return this.notebook.kernelId !== null && this._listing.known.length > 0;
  }

  get isChecking(): boolean {
    return this._judgements.isPending;
  }

  get passed(): number {
    return this._listing.infos.filter(info => this._judgements.hasPassed(info))
      .length;
  }

  /** The exercises in the order of the cells; a row that says the same as before is the same object. */
  get rows(): readonly IRow[] {
    this._drawn ??= this._rows.of(this._listing.shown, {
      notebook: this.notebook,
      sources: this.notebook.sources(),
      reviews: this._listing.reviews,
      judgements: this._judgements,
      questions: this._questions,
      earlier: this.actions.earlier,
      life: this.watch.life,
      epoch: this.watch.epoch,
      expanded: this._expansion.key
    });
    return this._drawn;
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
    this.cleanRun.dispose();
    this.author?.dispose();
    this.notebook.dispose();
    Signal.clearData(this);
  }

  /** Ask the server again what this notebook holds, and arm its kernel. */
  refresh(): Promise<void> {
    void this.author?.look();
    this._refreshed = this.attempt(async () => {
      if (await this._read()) {
        this._onActiveCell();
        await this._arm();
      }
    }, 'list');
    return this._refreshed;
  }

  /** Ask for the verdict on each cell's last run, on what the kernel holds now where none is known; runs no cell. */
  checkAll(): Promise<void> {
    return this._checking.check(this._listing.known);
  }

  /** Check the exercises of a cell, by default of the active one. */
  checkCell(
    cellId = this.notebook.activeCellId,
    isByHand = true
  ): Promise<void> {
    const tags = this._listing.known.filter(tag => tag.cell_id === cellId);
    return this._checking.check(tags, isByHand);
  }

  /** Cancel all checks under way. */
  async cancelAll(): Promise<void> {
    await Promise.all(this.rows.map(row => this.actions.cancel(row)));
  }

  /** Run a copy of the notebook from the top, in a kernel of its own. */
  runClean(): Promise<void> {
    return this.attempt(() => this.cleanRun.start(), 'clean');
  }

  /** Open the row of the active cell, if it has one. */
  showActive(): void {
    const row = this.rows.find(each => each.isActive);
    if (row) {
      this._expansion.open(row.key);
      this._emit();
    }
  }

  /** Whether the active cell has an exercise. */
  get hasActiveExercise(): boolean {
    const active = this.notebook.activeCellId;
    return this._listing.known.some(tag => tag.cell_id === active);
  }

  /** Go to the next exercise that is not passed yet, from the active one or the top. */
  async goOn(): Promise<void> {
    const rows = this.rows;
    const row = rows.find(each => each.isActive) ?? rows[rows.length - 1];
    if (row) {
      await this.actions.goOn(row);
    }
  }

  /** Do something that may fail; what went wrong is shown until the same is done well. */
  attempt(action: () => Promise<unknown>, topic?: Topic): Promise<void> {
    return this.notices.attempt(action, topic);
  }

  private _next(row: IRow): IRow | null {
    const rows = this.rows;
    const below = rows.slice(rows.findIndex(each => each.key === row.key) + 1);
    const isOpen = ({ info }: IRow): boolean =>
      !this._judgements.hasPassed(info);
    return below.find(isOpen) ?? rows.find(isOpen) ?? null;
  }

  private _hear(run: CheckRun, reports: readonly Report[]): void {
    reports.forEach(report => this._questions.hear(report));
    this._expansion.followReports(run, reports);
    this._emit();
    this.reported.emit();
    if (reports.some(({ outcome }) => outcome.kind === 'passed')) {
      // With a pass more is new than its report, which is to be seen first.
      setTimeout(() => this._hearPass());
    }
  }

  private _hearPass(): void {
    if (!this._isDisposed) {
      void this.attempt(() => this._read(), 'list');
      this.course.age(this._judgements.haveAllPassed(this._listing.infos));
    }
  }

  private async _read(): Promise<boolean> {
    if (!(await this._listing.read()) || this._isDisposed) {
      return false;
    }
    const { infos } = this._listing;
    const sources = this.notebook.sources();
    this._judgements.remember(infos, sources, this.watch.life);
    this._questions.remember(infos);
    this._emit();
    if (this._judgements.haveAllPassed(infos) && !this.course.answer) {
      this.course.age(true);
    }
    return true;
  }

  private async _arm(): Promise<void> {
    await this.watch.arm(this._listing.known);
    this._emit();
    await this._checking.adopt(this._listing.known);
  }

  private _onEdited(): void {
    this._drawn = null;
    if (this._stateNames() !== this._emitted) {
      this._emit();
    }
  }

  private async _onExecuted(_: INotebook, cellId: string): Promise<void> {
    if (this._options.settings.autoCheck) {
      // A cell that was tagged a moment ago is not listed yet.
      await this.notebook.settled();
      await this._refreshed;
      await this.checkCell(cellId, false);
    }
  }

  private _onActiveCell(): void {
    const rows = this._listing.known
      .filter(tag => tag.cell_id === this.notebook.activeCellId)
      .map(keyOf);
    this._expansion.followCell(rows);
    this._emit();
  }

  private _onKernelReady(): void {
    this.watch.begin();
    void this.attempt(() => this._arm(), 'kernel');
  }

  private _onKernelLost(): void {
    this.watch.end();
    this._checking.forget();
    this._emit();
  }

  private _stateNames(): string {
    return this.rows.map(row => stateName(row.state)).join();
  }

  private _emit(): void {
    this._drawn = null;
    if (!this._isDisposed) {
      this._emitted = this._stateNames();
      this.stateChanged.emit();
    }
  }

  private readonly _listing: Listing;
  private readonly _checking: Checking;
  private readonly _judgements = new Judgements();
  private readonly _questions = new Questions();
  private readonly _expansion = new Expansion(this._judgements);
  private readonly _rows = new Rows();
  private _refreshed: Promise<void> = Promise.resolve();
  private _emitted = '';
  private _drawn: readonly IRow[] | null = null;
  private _isDisposed = false;
}
