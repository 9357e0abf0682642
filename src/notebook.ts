import type { ISessionContext } from '@jupyterlab/apputils';
import type { Cell, ICellModel } from '@jupyterlab/cells';
import { isCodeCellModel } from '@jupyterlab/cells';
import type {
  INotebookModel,
  Notebook,
  NotebookPanel
} from '@jupyterlab/notebook';
import { NotebookActions } from '@jupyterlab/notebook';
import type { Kernel } from '@jupyterlab/services';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import { JSONExt } from '@lumino/coreutils';
import { Throttler } from '@lumino/polling';
import { Signal } from '@lumino/signaling';

import { unreachable } from './rowState';
import { goToCell, showAbove, showLine } from './scroll';
import { exercisesOf, metadataOf, parseTag, tagsOf } from './tags';
import type { INotebook } from './tokens';
import type { CellTag } from './wire';

const SETTLE = 150;

/** A notebook of JupyterLab, as the model sees it. */
export class LabNotebook implements INotebook {
  constructor(
    panel: NotebookPanel,
    private readonly _dialogs: ISessionContext.IDialogs
  ) {
    this._context = panel.context;
    this._content = panel.content;
    this._model = panel.context.model;
    this._session = panel.sessionContext;
    this._settled = new Throttler(() => this._onSettled(), {
      limit: SETTLE,
      edge: 'trailing'
    });
    this._context.pathChanged.connect(this._onChanged, this);
    this._model.contentChanged.connect(this._onChanged, this);
    // A tag is a cell's metadata, of whose changes the notebook's own signal says nothing.
    this._model.cells.changed.connect(this._onCells, this);
    this._follow();
    this._model.metadataChanged.connect(this._onChanged, this);
    this._content.activeCellChanged.connect(this._onActiveCell, this);
    NotebookActions.executed.connect(this._onExecuted, this);
    this._session.kernelChanged.connect(this._onKernel, this);
    this._session.statusChanged.connect(this._onStatus, this);
    void this._start();
  }

  readonly tagsChanged = new Signal<this, void>(this);
  readonly edited = new Signal<this, void>(this);
  readonly executed = new Signal<this, string>(this);
  readonly activeCellChanged = new Signal<this, void>(this);
  readonly kernelChanged = new Signal<this, void>(this);
  readonly kernelReady = new Signal<this, void>(this);
  readonly kernelLost = new Signal<this, void>(this);

  get path(): string {
    return this._context.path;
  }

  get course(): string | null {
    return metadataOf(this._model, 'course');
  }

  get unit(): string | null {
    return metadataOf(this._model, 'unit');
  }

  get tags(): readonly CellTag[] {
    this._tags ??= this._cells.flatMap(exercisesOf);
    return this._tags;
  }

  get kernelId(): string | null {
    return this._session.session?.kernel?.id ?? null;
  }

  get hasNoKernel(): boolean {
    return this._isStarted && this._session.hasNoKernel;
  }

  get activeCellId(): string | null {
    return this._content.activeCell?.model.id ?? null;
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
    this._settled.dispose();
    Signal.clearData(this);
  }

  source(cellId: string): string | null {
    return this._cell(cellId)?.sharedModel.getSource() ?? null;
  }

  executionCount(cellId: string): number | null {
    const cell = this._cell(cellId);
    return cell && isCodeCellModel(cell) ? cell.executionCount : null;
  }

  sources(): ReadonlyMap<string, string> {
    this._sources ??= new Map(
      this._cells
        .filter(cell => cell.type === 'code')
        .map(cell => [cell.id, cell.sharedModel.getSource()])
    );
    return this._sources;
  }

  write(cellId: string, source: string): void {
    this._cell(cellId)?.sharedModel.setSource(source);
  }

  async insert(
    after: string | null,
    source: string,
    tag: string
  ): Promise<void> {
    const cells = this._cells;
    const above = cells.findIndex(cell => cell.id === after);
    const index = above < 0 ? cells.length : above + 1;
    this._model.sharedModel.insertCell(index, {
      cell_type: 'code',
      source,
      metadata: { tags: [tag], trusted: true }
    });
    await goToCell(this._content, cells.length ? this._cells[index].id : null);
  }

  tag(cellId: string, tag: string): void {
    const cell = this._cell(cellId);
    cell?.setMetadata('tags', [...new Set([...tagsOf(cell), tag])]);
  }

  untag(cellId: string, exercise: string): void {
    const cell = this._cell(cellId);
    cell?.setMetadata(
      'tags',
      tagsOf(cell).filter(tag => parseTag(cellId, tag)?.exercise !== exercise)
    );
  }

  async select(cellId: string): Promise<void> {
    const cell = await goToCell(this._content, cellId);
    if (cell) {
      await showAbove(this._content, cell);
    }
  }

  focus(): void {
    this._content.mode = 'command';
    this._content.activate();
  }

  reveal(cellId: string, line: number): Promise<void> {
    return showLine(this._content, cellId, line);
  }

  async startKernel(): Promise<void> {
    if (await this._session.startKernel()) {
      await this._dialogs.selectKernel(this._session);
    }
  }

  async settled(): Promise<void> {
    this._onSettled();
  }

  async save(): Promise<void> {
    await this._context.save();
  }

  private get _cells(): ICellModel[] {
    return Array.from(this._model.cells);
  }

  private _cell(cellId: string): ICellModel | undefined {
    return this._cells.find(cell => cell.id === cellId);
  }

  private _follow(): void {
    // Connecting twice is connecting once.
    this._cells.forEach(cell =>
      cell.metadataChanged.connect(this._onChanged, this)
    );
  }

  private _onCells(): void {
    this._follow();
    this._onChanged();
  }

  private async _start(): Promise<void> {
    await this._context.ready;
    if (this._isDisposed) {
      return;
    }
    this._onSettled();
    await this._session.ready;
    if (this._isDisposed) {
      return;
    }
    this._isStarted = true;
    this.kernelChanged.emit();
    const status = this._session.session?.kernel?.status;
    this._onStatus(this._session, status);
  }

  private _onChanged(): void {
    this._tags = null;
    this._sources = null;
    void this._settled.invoke().catch(() => undefined);
  }

  private _onSettled(): void {
    if (this._isDisposed || !this._context.isReady) {
      return;
    }
    const { path, course, unit } = this;
    const listed = {
      path,
      course,
      unit,
      tags: this.tags.map(tag => ({ ...tag }))
    };
    if (!this._listed || !JSONExt.deepEqual(listed, this._listed)) {
      this._listed = listed;
      this.tagsChanged.emit();
    }
    this.edited.emit();
  }

  private _onActiveCell(): void {
    this.activeCellChanged.emit();
  }

  private _onExecuted(
    _: unknown,
    { notebook, cell }: { notebook: Notebook; cell: Cell }
  ): void {
    if (notebook === this._content && cell.model.type === 'code') {
      this.executed.emit(cell.model.id);
    }
  }

  private _onKernel(): void {
    this._isArmed = false;
    this._lose();
    this.kernelChanged.emit();
  }

  private _onStatus(_: ISessionContext, status?: Kernel.Status): void {
    switch (status) {
      case 'idle':
        this._isAlive = true;
        if (!this._isArmed && this.kernelId) {
          this._isArmed = true;
          this.kernelReady.emit();
        }
        return;
      case 'busy':
        this._isAlive = true;
        return;
      case 'starting':
      case 'restarting':
      case 'autorestarting':
      case 'terminating':
      case 'dead':
        this._isArmed = false;
        this._lose();
        return;
      case 'unknown':
      case undefined:
        return;
      default:
        return unreachable(status);
    }
  }

  private _lose(): void {
    if (this._isAlive) {
      this._isAlive = false;
      this.kernelLost.emit();
    }
  }

  private readonly _context: NotebookPanel['context'];
  private readonly _content: Notebook;
  private readonly _model: INotebookModel;
  private readonly _session: ISessionContext;
  private readonly _settled: Throttler;
  // Reading 200 cells takes milliseconds, and each drawing asks many times.
  private _tags: readonly CellTag[] | null = null;
  private _sources: ReadonlyMap<string, string> | null = null;
  private _listed: ReadonlyPartialJSONObject | null = null;
  private _isStarted = false;
  private _isArmed = false;
  private _isAlive = false;
  private _isDisposed = false;
}
