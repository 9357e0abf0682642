import type { Cell } from '@jupyterlab/cells';
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { IDisposable } from '@lumino/disposable';
import { Signal } from '@lumino/signaling';

import { iconOf } from './components/stateIcon';
import type { ExercisesModel } from './model';
import type { IRow } from './row';
import { stateName } from './rowState';
import type { Settings } from './settings';
import type { Report } from './wire';
import { stateWords } from './words';

const CELL = 'jp-Math4mlCell';
const BADGE = 'jp-Math4mlBadge';
const OFFER = 'jp-Math4mlOffer';
const ENOUGH = 3;
/** The level of a hint that is a solution: nobody is offered that. */
const REVEAL = 5;

interface IBadgesOptions {
  readonly widget: NotebookPanel;
  readonly model: ExercisesModel;
  readonly settings: Settings;
  readonly trans: TranslationBundle;
  /** Show the row in the panel. */
  onShow(row: IRow): void;
}

/** What stands beside the cells themselves: how each exercise is, and one quiet offer of help. */
export class CellBadges implements IDisposable {
  constructor(private readonly _options: IBadgesOptions) {
    const { model, settings } = _options;
    model.stateChanged.connect(this._schedule, this);
    settings.changed.connect(this._schedule, this);
    this._schedule();
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    this._isDisposed = true;
    cancelAnimationFrame(this._frame);
    Signal.disconnectReceiver(this);
  }

  private _schedule(): void {
    cancelAnimationFrame(this._frame);
    this._frame = requestAnimationFrame(() => this._draw());
  }

  private _draw(): void {
    const { widget, model, settings } = this._options;
    if (this._isDisposed || widget.isDisposed || model.isDisposed) {
      return;
    }
    const rows = settings.badges ? model.rows : [];
    const byCell = new Map(rows.map(row => [row.info.cell_id, row]));
    for (const cell of widget.content.widgets) {
      const row = byCell.get(cell.model.id) ?? null;
      if (this._drawn.get(cell) !== row) {
        this._drawn.set(cell, row);
        this._drawCell(cell, row);
      }
    }
  }

  private _drawCell({ node }: Cell, row: IRow | null): void {
    node.classList.toggle(CELL, row !== null);
    node.querySelector(`:scope > .${BADGE}`)?.remove();
    node.querySelector(`:scope > .${OFFER}`)?.remove();
    if (row) {
      node.append(this._badge(row));
      if (this._isOffered(row)) {
        node.append(this._offer(row));
      }
    }
  }

  private _badge(row: IRow): HTMLElement {
    const { trans, onShow } = this._options;
    const words = stateWords(row.state, row.info, trans);
    const badge = document.createElement('button');
    badge.type = 'button';
    badge.className = BADGE;
    badge.dataset.math4mlState = stateName(row.state);
    badge.dataset.tone = words.tone;
    badge.title = `${row.info.title}: ${words.label}`;
    badge.setAttribute(
      'aria-label',
      trans.__('Exercise %1: show it in the panel', badge.title)
    );
    iconOf(row.state, words.tone).element({
      container: badge,
      width: '12px',
      height: '12px'
    });
    badge.addEventListener('click', () => onShow(row));
    return badge;
  }

  private _isOffered({ key, state, report }: IRow): boolean {
    const next = report?.ladder?.next;
    const isOffered =
      state.kind === 'judged' &&
      state.outcome.kind === 'failed' &&
      (report?.distinct ?? 0) >= ENOUGH &&
      next?.state === 'ready' &&
      next.level < REVEAL;
    if (isOffered) {
      // A hint that was opened since, here or in the panel, was what it offered.
      const opened = openedHints(report);
      if (opened > (this._offered.get(key) ?? opened)) {
        this._declined.add(key);
      }
      this._offered.set(key, opened);
    }
    return isOffered && !this._declined.has(key);
  }

  private _offer(row: IRow): HTMLElement {
    const { trans, onShow } = this._options;
    const offer = document.createElement('div');
    offer.className = OFFER;
    offer.textContent = trans.__(
      '%1 different tries: that is how one learns. A hint?',
      String(row.report?.distinct)
    );
    const decline = (): void => {
      this._declined.add(row.key);
      offer.remove();
    };
    offer.append(
      button(trans.__('Show the next hint'), () => {
        decline();
        onShow(row);
        void this._openHint(row);
      }),
      button(trans.__('Not now'), decline)
    );
    return offer;
  }

  /** Open the row's next hint; where none opened, the panel says so. */
  private async _openHint({ key }: IRow): Promise<void> {
    const { model, trans } = this._options;
    const find = (): IRow | undefined =>
      model.rows.find(row => row.key === key);
    const row = find();
    const before = openedHints(row?.report ?? null);
    const { last } = model.notices;
    if (row) {
      await model.actions.openHint(row);
    }
    const isOpened = openedHints(find()?.report ?? null) > before;
    if (!isOpened && model.notices.last === last) {
      await model.attempt(() =>
        Promise.reject(
          new Error(
            trans.__('No hint opened: its button here says when it does.')
          )
        )
      );
    }
  }

  private readonly _offered = new Map<string, number>();
  private readonly _drawn = new WeakMap<Cell, IRow | null>();
  private readonly _declined = new Set<string>();
  private _frame = 0;
  private _isDisposed = false;
}

/** How many hints are open, on this ladder and on others. */
function openedHints(report: Report | null): number {
  const { ladder, other_ladders: others = [] } = report ?? {};
  return [...(ladder ? [ladder] : []), ...others].reduce(
    (count, { opened }) => count + opened.length,
    0
  );
}

function button(label: string, onClick: () => void): HTMLElement {
  const element = document.createElement('button');
  element.type = 'button';
  element.className = 'jp-Math4mlButton';
  element.textContent = label;
  element.addEventListener('click', onClick);
  return element;
}
