import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import type { ITranslator, TranslationBundle } from '@jupyterlab/translation';
import { nullTranslator } from '@jupyterlab/translation';
import { SidePanel, VDomRenderer } from '@jupyterlab/ui-components';
import { MessageLoop } from '@lumino/messaging';
import { Panel, Widget } from '@lumino/widgets';
import React from 'react';
import { flushSync } from 'react-dom';

import { Exercises } from './components/exercises';
import { exercisesIcon } from './icons';
import type { ExercisesModel } from './model';

/** The side panel; it shows the model it is given, or none. */
export class ExercisesPanel extends SidePanel {
  constructor(options: ExercisesPanel.IOptions) {
    const translator = options.translator ?? nullTranslator;
    super({ content: new Panel(), translator });
    const trans = translator.load('math4ml_lab');
    this.id = 'math4ml-exercises';
    this.addClass('jp-Math4mlPanel');
    this.title.icon = exercisesIcon;
    this.title.caption = trans.__('Exercises');
    this.title.dataset = { jpTabLabel: trans.__('Exercises') };
    this.node.setAttribute('role', 'region');
    this.node.setAttribute('aria-label', trans.__('Exercises'));
    const heading = document.createElement('h2');
    heading.textContent = trans.__('Exercises');
    this.header.addWidget(new Widget({ node: heading }));
    this._view = new ExercisesView(options, trans);
    this.addWidget(this._view);
    this.node.addEventListener('keydown', event => {
      // A menu or a dialog of the page takes its Escape before.
      if (event.key === 'Escape' && !event.defaultPrevented) {
        this.model?.notebook.focus();
      }
    });
  }

  get model(): ExercisesModel | null {
    return this._view.model;
  }
  set model(model: ExercisesModel | null) {
    this._view.model = model;
  }

  /** Put the focus on the row of the selected cell, else on the first thing that takes it; only when asked for. */
  focus(): void {
    const { node } = this._view;
    const row = node.querySelector<HTMLElement>(
      '.jp-Math4mlRow[aria-current="true"] .jp-Math4mlRow-head'
    );
    (row ?? node.querySelector<HTMLElement>('button, a'))?.focus();
  }

  private readonly _view: ExercisesView;
}

export namespace ExercisesPanel {
  export interface IOptions {
    translator?: ITranslator | null;
    rendermime?: IRenderMimeRegistry | null;
    /** Open a notebook of the course. */
    onOpen: (path: string) => void;
  }
}

/** Renders the model anew whenever it says that it changed. */
class ExercisesView extends VDomRenderer<ExercisesModel | null> {
  constructor(
    private readonly _options: ExercisesPanel.IOptions,
    private readonly _trans: TranslationBundle
  ) {
    super(null);
    this.addClass('jp-Math4mlView');
    this.modelChanged.connect(this._follow, this);
  }

  override dispose(): void {
    // The base class keeps its connection.
    this.model = null;
    super.dispose();
  }

  protected override render(): JSX.Element {
    return (
      <Exercises
        model={this.model ?? null}
        onOpen={this._options.onOpen}
        rendermime={this._options.rendermime ?? null}
        trans={this._trans}
      />
    );
  }

  private _follow(): void {
    this._followed?.reported.disconnect(this._draw, this);
    this._followed = this.model ?? null;
    this._followed?.reported.connect(this._draw, this);
  }

  private _draw(): void {
    if (this.isVisible) {
      flushSync(() => {
        MessageLoop.sendMessage(this, Widget.Msg.UpdateRequest);
      });
    }
  }

  private _followed: ExercisesModel | null = null;
}
