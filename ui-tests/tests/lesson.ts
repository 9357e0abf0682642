import { expect } from '@jupyterlab/galata';
import type { IJupyterLabPageFixture } from '@jupyterlab/galata';
import type { Locator } from '@playwright/test';
import * as path from 'path';

import type { App } from './app';
import { OpenNotebook } from './openNotebook';

const EXERCISES = path.resolve(__dirname, '../../exercises');

/** A notebook of the course, open beside the panel. */
export class Lesson extends OpenNotebook {
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
    // From now on verdicts belong to runs.
    await expect(this.panel.locator('[data-math4ml-watched]')).not.toHaveAttribute(
      'data-math4ml-watched',
      '0',
      { timeout: 30000 }
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

  /** Open another notebook of the same course beside this one: in Lab beside it, else on a page of its own. */
  async beside(notebook: string): Promise<Lesson> {
    const root = this.notebook.split('/')[0];
    const path = `${root}/${notebook}`;
    if (this.app === 'lab') {
      const other = new Lesson(this.page, this.app, path);
      await this.command('docmanager:open', {
        path,
        options: { mode: 'split-right' }
      });
      await other.isThere();
      return other;
    }
    const page = await this.page.context().newPage();
    const other = new Lesson(page as IJupyterLabPageFixture, this.app, path);
    await page.goto(new URL(`/notebooks/${path}`, this.page.url()).href);
    await other.isThere();
    return other;
  }

  /** Come back to this notebook. */
  async show(): Promise<void> {
    if (this.app === 'lab') {
      await this.command('docmanager:open', { path: this.notebook });
    } else {
      await this.page.bringToFront();
    }
  }
}
