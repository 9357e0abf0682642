import { TextItem } from '@jupyterlab/statusbar';
import type { TranslationBundle } from '@jupyterlab/translation';
import { VDomRenderer } from '@jupyterlab/ui-components';
import { Signal } from '@lumino/signaling';
import React from 'react';

import type { ExercisesModel } from './model';

/** How many exercises of the notebook are passed; a click shows the panel. */
export class StatusItem extends VDomRenderer<ExercisesModel | null> {
  constructor(
    private readonly _trans: TranslationBundle,
    private readonly _onClick: () => void
  ) {
    super(null);
    this.addClass('jp-mod-highlighted');
    this.addClass('jp-Math4mlStatus');
  }

  get isShown(): boolean {
    return (this.model?.rows.length ?? 0) > 0;
  }

  /** Emitted when it may be shown or hidden now. */
  readonly shown = new Signal<this, void>(this);

  override dispose(): void {
    // The base class keeps its connection.
    this.model = null;
    super.dispose();
  }

  protected override render(): JSX.Element | null {
    const { model } = this;
    this._say();
    if (!model || !this.isShown) {
      return null;
    }
    const trans = this._trans;
    const count = trans.__(
      'Exercises: %1 of %2',
      String(model.passed),
      String(model.rows.length)
    );
    return (
      <TextItem
        source={model.isChecking ? trans.__('%1, checking…', count) : count}
        title={trans.__('Show the exercises')}
        role="button"
        tabIndex={0}
        onClick={this._onClick}
        onKeyDown={event => {
          if (event.key === 'Enter' || event.key === ' ') {
            event.preventDefault();
            this._onClick();
          }
        }}
      />
    );
  }

  // The status bar draws the item anew whenever this is said.
  private _say(): void {
    if (this.isShown !== this._wasShown) {
      this._wasShown = this.isShown;
      this.shown.emit();
    }
  }

  private _wasShown = false;
}
