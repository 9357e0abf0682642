import type { IJupyterLabPageFixture } from '@jupyterlab/galata';

import type { App } from './app';

/** What the tests use of a notebook's widget in the page. */
interface INotebookWidget {
  content: {
    activeCellIndex: number;
    widgets: {
      editor: {
        setCursorPosition(position: { line: number; column: number }): void;
      } | null;
      model: {
        id: string;
        type: string;
        getMetadata(key: string): unknown;
        setMetadata(key: string, value: unknown): void;
        sharedModel: {
          setSource(text: string): void;
          getSource(): string;
          undo(): void;
          undoManager?: { stopCapturing(): void };
        };
        outputs?: { toJSON(): unknown };
      };
    }[];
  };
  context: { rename(name: string): Promise<void> };
  sessionContext: {
    session?: {
      kernel?: {
        status: string;
        restart(): Promise<void>;
        interrupt(): Promise<void>;
      };
    };
  };
}

/** A notebook that is open in JupyterLab or in Notebook 7, and what one does with its cells. */
export class OpenNotebook {
  constructor(
    readonly page: IJupyterLabPageFixture,
    readonly app: App,
    readonly notebook: string
  ) {}

  async isIdle(): Promise<void> {
    await this.page.waitForFunction(() => {
      const widget = window.jupyterapp.shell
        .currentWidget as unknown as INotebookWidget | null;
      return widget?.sessionContext?.session?.kernel?.status === 'idle';
    });
  }

  /** Run a command of the application. */
  async command(id: string, args: object = {}): Promise<void> {
    await this.page.evaluate(
      async ([name, given]) => {
        await window.jupyterapp.commands.execute(
          name as string,
          given as Record<string, string>
        );
      },
      [id, args] as const
    );
  }

  /** Put an answer into the exercise's cell, as typing would, and select the cell. */
  async write(exercise: string, source: string): Promise<void> {
    await this.page.evaluate(
      ([tag, text]) => {
        const { content } = window.jupyterapp.shell
          .currentWidget as unknown as INotebookWidget;
        content.activeCellIndex = content.widgets.findIndex(cell =>
          ((cell.model.getMetadata('tags') as string[]) ?? []).includes(tag)
        );
        content.widgets[content.activeCellIndex].model.sharedModel.setSource(
          text
        );
      },
      [`exercise:${exercise}`, source]
    );
  }

  /** Select the cell of an exercise. */
  async select(exercise: string): Promise<void> {
    await this.page.evaluate(tag => {
      const { content } = window.jupyterapp.shell
        .currentWidget as unknown as INotebookWidget;
      content.activeCellIndex = content.widgets.findIndex(cell =>
        ((cell.model.getMetadata('tags') as string[]) ?? []).includes(tag)
      );
    }, `exercise:${exercise}`);
  }

  /** The text of the selected cell. */
  async source(): Promise<string> {
    return this.page.evaluate(() => {
      const { content } = window.jupyterapp.shell
        .currentWidget as unknown as INotebookWidget;
      return content.widgets[
        content.activeCellIndex
      ].model.sharedModel.getSource();
    });
  }

  /** Give the selected cell these tags. */
  async tag(...tags: string[]): Promise<void> {
    await this.page.evaluate(given => {
      const { content } = window.jupyterapp.shell
        .currentWidget as unknown as INotebookWidget;
      content.widgets[content.activeCellIndex].model.setMetadata('tags', given);
    }, tags);
  }

  /** Start running the selected cell, and do not wait for it. */
  async start(): Promise<void> {
    await this.page.evaluate(() => {
      void window.jupyterapp.commands.execute('notebook:run-cell');
    });
  }

  /** Run the selected cell, and return what it put out when it has ended. */
  async run(): Promise<string> {
    return this.page.evaluate(async () => {
      const { content } = window.jupyterapp.shell
        .currentWidget as unknown as INotebookWidget;
      const cell = content.widgets[content.activeCellIndex];
      await window.jupyterapp.commands.execute('notebook:run-cell');
      return JSON.stringify(cell.model.outputs?.toJSON() ?? []);
    });
  }

  /** Write an answer and run its cell. */
  async answer(exercise: string, source: string): Promise<string> {
    await this.write(exercise, source);
    return this.run();
  }

  /** Add a code cell below the selected one. */
  async insertBelow(source: string): Promise<void> {
    await this.page.evaluate(async text => {
      const { content } = window.jupyterapp.shell
        .currentWidget as unknown as INotebookWidget;
      await window.jupyterapp.commands.execute('notebook:insert-cell-below');
      content.widgets[content.activeCellIndex].model.sharedModel.setSource(
        text
      );
    }, source);
  }

  async runAll(): Promise<void> {
    await this.page.evaluate(() =>
      window.jupyterapp.commands.execute('notebook:run-all-cells')
    );
  }

  /** Run the notebook's first code cell, which imports. */
  async prepare(): Promise<void> {
    await this.page.evaluate(() => {
      const { content } = window.jupyterapp.shell
        .currentWidget as unknown as INotebookWidget;
      content.activeCellIndex = content.widgets.findIndex(
        cell => cell.model.type === 'code'
      );
    });
    await this.run();
  }

  /** Give the first tagged cell another tag. */
  async retag(tag: string): Promise<void> {
    await this.page.evaluate(text => {
      const { content } = window.jupyterapp.shell
        .currentWidget as unknown as INotebookWidget;
      content.widgets
        .find(cell => cell.model.getMetadata('tags') !== undefined)
        ?.model.setMetadata('tags', [text]);
    }, tag);
  }

  /** Restart or interrupt the kernel as the menu would, with nothing to confirm; Galata must not stand in between. */
  async kernel(action: 'restart' | 'interrupt'): Promise<void> {
    await this.page.evaluate(async name => {
      const widget = window.jupyterapp.shell
        .currentWidget as unknown as INotebookWidget;
      await widget.sessionContext.session?.kernel?.[name]();
    }, action);
  }

  /** From here on an edit is taken back on its own: edits in quick succession are one. */
  async pause(): Promise<void> {
    await this.page.evaluate(() => {
      const { content } = window.jupyterapp.shell
        .currentWidget as unknown as INotebookWidget;
      content.widgets[
        content.activeCellIndex
      ].model.sharedModel.undoManager?.stopCapturing();
    });
  }

  /** Take back the last edit of the selected cell. */
  async undo(): Promise<void> {
    await this.page.evaluate(() => {
      const { content } = window.jupyterapp.shell
        .currentWidget as unknown as INotebookWidget;
      content.widgets[content.activeCellIndex].model.sharedModel.undo();
    });
  }

  /** Give the selected cell another text. */
  async rewrite(source: string): Promise<void> {
    await this.page.evaluate(text => {
      const { content } = window.jupyterapp.shell
        .currentWidget as unknown as INotebookWidget;
      content.widgets[content.activeCellIndex].model.sharedModel.setSource(
        text
      );
    }, source);
  }

  async insertAbove(source: string): Promise<void> {
    await this.command('notebook:insert-cell-above');
    await this.rewrite(source);
  }

  /** Empty the cell that holds this text. */
  async empty(source: string): Promise<void> {
    await this.page.evaluate(text => {
      const { content } = window.jupyterapp.shell
        .currentWidget as unknown as INotebookWidget;
      content.widgets
        .find(cell => cell.model.sharedModel.getSource() === text)
        ?.model.sharedModel.setSource('');
    }, source);
  }

  /** Put the cursor at the beginning of a line of the selected cell; lines count from 0. */
  async cursorAtLine(line: number): Promise<void> {
    await this.command('notebook:enter-edit-mode');
    await this.page.evaluate(number => {
      const { content } = window.jupyterapp.shell
        .currentWidget as unknown as INotebookWidget;
      content.widgets[content.activeCellIndex].editor?.setCursorPosition({
        line: number,
        column: 0
      });
    }, line);
  }

  async rename(name: string): Promise<void> {
    await this.command('docmanager:save');
    await this.page.evaluate(async given => {
      const widget = window.jupyterapp.shell
        .currentWidget as unknown as INotebookWidget;
      await widget.context.rename(given);
    }, name);
  }
}
