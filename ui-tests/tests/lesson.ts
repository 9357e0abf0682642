import { expect } from '@jupyterlab/galata';
import type { IJupyterLabPageFixture } from '@jupyterlab/galata';
import type { Locator } from '@playwright/test';
import * as path from 'path';

const EXERCISES = path.resolve(__dirname, '../../exercises');

/** A notebook of the course, open in JupyterLab beside the panel. */
export class Lesson {
  constructor(
    readonly page: IJupyterLabPageFixture,
    readonly notebook: string
  ) {}

  /** Copy the course into the test's own folder and open one of its notebooks. */
  static async open(
    page: IJupyterLabPageFixture,
    folder: string,
    notebook: string
  ): Promise<Lesson> {
    await page.contents.uploadDirectory(EXERCISES, folder);
    const lesson = new Lesson(page, `${folder}/${notebook}`);
    await lesson.reopen();
    return lesson;
  }

  /** Open the notebook and wait for its kernel and for the panel. */
  async reopen(): Promise<void> {
    await this.page.notebook.openByPath(this.notebook);
    await this.page.notebook.activate(path.basename(this.notebook));
    await expect(this.panel).toBeVisible();
    await expect(this.rows.first()).toBeVisible();
    await this.page.waitForCondition(async () => this.isIdle());
  }

  get panel(): Locator {
    return this.page.getByRole('region', { name: 'Exercises' });
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

  async isIdle(): Promise<boolean> {
    return this.page.evaluate(() => {
      const widget = window.jupyterapp.shell.currentWidget as unknown as {
        sessionContext?: { session?: { kernel?: { status: string } } };
      };
      return widget.sessionContext?.session?.kernel?.status === 'idle';
    });
  }

  /** The index of the cell that holds an exercise. */
  async cell(exercise: string): Promise<number> {
    return this.page.evaluate(tag => {
      const widget = window.jupyterapp.shell.currentWidget as unknown as {
        content: {
          widgets: { model: { getMetadata(key: string): unknown } }[];
        };
      };
      return widget.content.widgets.findIndex(cell =>
        ((cell.model.getMetadata('tags') as string[] | undefined) ?? []).includes(tag)
      );
    }, `exercise:${exercise}`);
  }

  /** Put an answer into the exercise's cell, as typing would. */
  async write(exercise: string, source: string): Promise<number> {
    const index = await this.cell(exercise);
    expect(index).toBeGreaterThan(-1);
    await this.page.evaluate(
      ([at, text]) => {
        const widget = window.jupyterapp.shell.currentWidget as unknown as {
          content: {
            activeCellIndex: number;
            widgets: {
              model: { sharedModel: { setSource(text: string): void } };
            }[];
          };
        };
        widget.content.activeCellIndex = at as number;
        widget.content.widgets[at as number].model.sharedModel.setSource(
          text as string
        );
      },
      [index, source]
    );
    return index;
  }

  /** Write an answer and run its cell. */
  async answer(exercise: string, source: string): Promise<void> {
    const index = await this.write(exercise, source);
    await this.page.notebook.runCell(index, true);
  }

  /** Run the cells above the first exercise: imports. */
  async prepare(): Promise<void> {
    await this.page.evaluate(async () => {
      const widget = window.jupyterapp.shell.currentWidget as unknown as {
        content: { activeCellIndex: number };
      };
      widget.content.activeCellIndex = 0;
    });
    const first = await this.page.evaluate(() => {
      const widget = window.jupyterapp.shell.currentWidget as unknown as {
        content: { widgets: { model: { type: string } }[] };
      };
      return widget.content.widgets.findIndex(
        cell => cell.model.type === 'code'
      );
    });
    await this.page.notebook.runCell(first, true);
  }
}
