import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { Contents } from '@jupyterlab/services';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import type { Widget } from '@lumino/widgets';

import type { IAuthorDesk } from './authorTokens';
import type { Settings } from './settings';

/** What we use of an editor. */
interface IEditor {
  readonly lineCount: number;
  setCursorPosition(position: { line: number; column: number }): void;
  revealPosition(position: { line: number; column: number }): void;
  focus(): void;
}

/** What `docmanager:open` gives for a text, where it opens it in this page. */
interface ITextWidget extends Widget {
  readonly context?: {
    readonly ready: Promise<void>;
    readonly model: { readonly dirty: boolean };
    save(): Promise<void>;
  };
  readonly revealed?: Promise<void>;
  readonly content?: { readonly editor?: IEditor };
}

/** Author mode's place in the application: its setting, its files, its editor. */
export class AuthorDesk implements IAuthorDesk {
  constructor(
    private readonly _app: JupyterFrontEnd,
    private readonly _settings: Settings
  ) {
    const { contents } = _app.serviceManager;
    contents.fileChanged.connect(this._onFile, this);
    this.changed = _settings.changed;
  }

  readonly changed: ISignal<unknown, void>;
  readonly saved = new Signal<this, string>(this);

  get isOn(): boolean {
    return this._settings.authorMode;
  }

  switch(isOn: boolean): Promise<void> {
    return this._settings.setAuthorMode(isOn);
  }

  async open(path: string, line?: number): Promise<void> {
    const opened = (await this._app.commands.execute('docmanager:open', {
      path,
      factory: 'Editor',
      options: this._place(path)
    })) as ITextWidget | undefined;
    if (opened) {
      this._opened.set(path, opened);
    }
    if (!opened || line === undefined) {
      return;
    }
    await opened.context?.ready;
    await opened.revealed;
    const editor = opened.content?.editor;
    if (editor) {
      const last = editor.lineCount - 1;
      const position = {
        line: Math.min(Math.max(line - 1, 0), last),
        column: 0
      };
      editor.setCursorPosition(position);
      editor.revealPosition(position);
      editor.focus();
    }
  }

  /** Beside the notebook; as a tab with the modules that stand there already. */
  private _place(path: string): { mode: string; ref?: string } {
    const others = [...this._opened].filter(
      ([other, { isDisposed, isAttached }]) =>
        other !== path && !isDisposed && isAttached
    );
    const last = others.pop()?.[1];
    return last ? { mode: 'tab-after', ref: last.id } : { mode: 'split-right' };
  }

  async save(path: string): Promise<void> {
    const opened = this._opened.get(path);
    if (opened && !opened.isDisposed && opened.context?.model.dirty) {
      await opened.context.save();
    }
  }

  private _onFile(_: unknown, change: Contents.IChangedArgs): void {
    const paths = [change.oldValue?.path, change.newValue?.path];
    for (const path of new Set(paths)) {
      if (path !== undefined) {
        this.saved.emit(path);
      }
    }
  }

  private readonly _opened = new Map<string, ITextWidget>();
}
