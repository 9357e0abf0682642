import { expect } from '@jupyterlab/galata';
import type { IJupyterLabPageFixture } from '@jupyterlab/galata';
import type { Locator } from '@playwright/test';
import * as path from 'path';

import type { App } from './app';

const EXERCISES = path.resolve(__dirname, '../../exercises');

/** What the tests use of a notebook's widget in the page. */
interface INotebookWidget {
  content: {
    activeCellIndex: number;
    widgets: {
      node: HTMLElement;
      model: {
        id: string;
        type: string;
        getMetadata(key: string): unknown;
        setMetadata(key: string, value: unknown): void;
        sharedModel: { setSource(text: string): void; getSource(): string };
        outputs?: { toJSON(): unknown };
      };
    }[];
  };
  sessionContext: { session?: { kernel?: { status: string } } };
}

/** A notebook of the course, open in JupyterLab or in Notebook 7, beside the panel. */
export class Lesson {
  constructor(
    readonly page: IJupyterLabPageFixture,
    readonly app: App,
    readonly notebook: string
  ) {}

  /** Copy the course into the test's own folder and open one of its notebooks. */
  static async open(
    page: IJupyterLabPageFixture,
    app: App,
    folder: string,
    notebook: string
  ): Promise<Lesson> {
    await page.contents.uploadDirectory(EXERCISES, folder);
    const lesson = new Lesson(page, app, `${folder}/${notebook}`);
    await lesson.reopen();
    return lesson;
  }

  /** Open the notebook and wait for its kernel and for the panel. */
  async reopen(): Promise<void> {
    if (this.app === 'notebook') {
      await this.page.goto(`notebooks/${this.notebook}`);
    } else {
      await this.command('docmanager:open', { path: this.notebook });
    }
    await this.isThere();
  }

  /** Wait for the kernel and for the panel's rows. */
  async isThere(): Promise<void> {
    await expect(this.rows.first()).toBeVisible({ timeout: 30000 });
    await this.isIdle();
  }

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

  /** Load the browser's page again, and come back to the notebook. */
  async reload(): Promise<void> {
    await this.command('docmanager:save');
    // Galata's own would wait for the launcher, which a restored layout has not.
    const loaded = this.page.waitForEvent('load');
    await this.page.evaluate(() => {
      setTimeout(() => window.location.reload(), 0);
    });
    await loaded;
    await this.page.waitForFunction(() => !!window.jupyterapp?.restored);
    await this.page.evaluate(() => window.jupyterapp.restored.then(() => true));
    if (this.app === 'lab') {
      await this.command('docmanager:open', { path: this.notebook });
    }
    await expect(this.rows.first()).toBeVisible({ timeout: 30000 });
  }

  get panel(): Locator {
    return this.page.locator('#math4ml-exercises');
  }

  get rows(): Locator {
    return this.page.locator('[data-math4ml-exercise]');
  }

  row(exercise: string): Locator {
    return this.page.locator(`[data-math4ml-exercise="${exercise}"]`);
  }

  /** The first claim in a row that does not hold. */
  failed(exercise: string): Locator {
    return this.row(exercise)
      .locator('[data-math4ml-check][data-state="failed"]')
      .first();
  }

  /** Give the row this long to get there: a verdict takes its time on a busy machine. */
  async becomes(exercise: string, state: string): Promise<void> {
    await expect(this.row(exercise)).toHaveAttribute(
      'data-math4ml-state',
      state,
      { timeout: 20000 }
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
}
