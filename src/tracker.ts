import type { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';
import type { IDisposable } from '@lumino/disposable';
import { Signal } from '@lumino/signaling';

import type { ExercisesModel } from './model';
import type { IExercisesTracker } from './tokens';

/** Keeps one model per open notebook, as long as the notebook is open. */
export class ExercisesTracker implements IExercisesTracker, IDisposable {
  constructor(
    private readonly _notebooks: INotebookTracker,
    private readonly _create: (panel: NotebookPanel) => ExercisesModel
  ) {
    _notebooks.forEach(panel => this._add(panel));
    _notebooks.widgetAdded.connect(this._onAdded, this);
    _notebooks.currentChanged.connect(this._onCurrent, this);
  }

  readonly currentChanged = new Signal<this, ExercisesModel | null>(this);
  readonly modelAdded = new Signal<this, ExercisesModel>(this);

  get current(): ExercisesModel | null {
    const panel = this._notebooks.currentWidget;
    return panel && this.get(panel);
  }

  get models(): readonly ExercisesModel[] {
    return [...this._models.values()];
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  get(panel: NotebookPanel): ExercisesModel | null {
    return this._models.get(panel) ?? null;
  }

  dispose(): void {
    if (this._isDisposed) {
      return;
    }
    this._isDisposed = true;
    this._notebooks.widgetAdded.disconnect(this._onAdded, this);
    this._notebooks.currentChanged.disconnect(this._onCurrent, this);
    for (const panel of [...this._models.keys()]) {
      this._onDisposed(panel);
    }
    Signal.clearData(this);
  }

  private _onAdded(_: INotebookTracker, panel: NotebookPanel): void {
    this._add(panel);
    this._onCurrent();
  }

  private _onCurrent(): void {
    this.currentChanged.emit(this.current);
  }

  private _add(panel: NotebookPanel): void {
    const model = this._create(panel);
    this._models.set(panel, model);
    panel.disposed.connect(this._onDisposed, this);
    this.modelAdded.emit(model);
  }

  private _onDisposed(panel: NotebookPanel): void {
    panel.disposed.disconnect(this._onDisposed, this);
    this._models.get(panel)?.dispose();
    this._models.delete(panel);
  }

  private readonly _models = new Map<NotebookPanel, ExercisesModel>();
  private _isDisposed = false;
}
