import { expect, test as base } from '@jupyterlab/galata';
import type { IJupyterLabPage } from '@jupyterlab/galata';
import type { Page } from '@playwright/test';

import { Lesson } from './lesson';

export { expect };

/** The applications that the panel stands in; each is a project of the configuration. */
export type App = 'lab' | 'notebook';

interface IFixtures {
  app: App;
  /** Opens a notebook of a fresh copy of the course. */
  lessonOf: (notebook: string) => Promise<Lesson>;
}

type Wait = (page: Page, helpers: IJupyterLabPage) => Promise<void>;

export const test = base.extend<IFixtures>({
  app: ['lab', { option: true }],
  waitForApplication: async ({ app, waitForApplication }, use) => {
    const notebook: Wait = async page => {
      await page.locator('.jp-Notebook').waitFor();
    };
    await use(app === 'notebook' ? notebook : waitForApplication);
  },
  lessonOf: async ({ app, baseURL, page, request, tmpPath }, use) => {
    // Each journey begins with an empty record.
    const erased = await request.delete(`${baseURL}/math4ml/api/progress`);
    expect(erased.ok()).toBe(true);
    await use(notebook => Lesson.open(page, app, tmpPath, notebook));
  }
});

export const LINEAR = 'linear_algebra/linear_algebra.ipynb';
export const START = 'start/start.ipynb';

/** Four functions, one function: right, and in the order of reading. */
export const COLLAPSE = {
  right: [
    'def collapse(*stages):',
    '    product = stages[0]',
    '    for stage in stages[1:]:',
    '        product = stage @ product',
    '    return product'
  ].join('\n'),
  wrong: [
    'def collapse(*stages):',
    '    product = stages[0]',
    '    for stage in stages[1:]:',
    '        product = product @ stage',
    '    return product'
  ].join('\n'),
  endless: 'def collapse(*stages):\n    while True:\n        pass'
} as const;
