import type { IJupyterLabPageFixture } from '@jupyterlab/galata';
import type { Page } from '@playwright/test';

import type { App } from './app';
import { expect, test } from './app';
import { Lesson } from './lesson';
import { fitsInto, isAccessible, setTheme } from './look';

const RIGHT = 'def row_means(A):\n    return A.mean(axis=1)';
const BY_ROWS = 'def row_means(A):\n    return A.sum(axis=1) / len(A)';
const OTHER = 'def row_means(A):\n    return A.sum(axis=1)';

const MODULE = `"""Mean of the rows
- What is one row's mean?
- Take the mean of each row of a 2 by 3 array, by hand.
- Add along each row, then divide by how many numbers it has."""
import numpy as np

from math4ml_lab.exercise import check, inputs, matrices, mistake, near, solution


@solution
def row_means(A):
    return A.mean(axis=1)


inputs(A=matrices((1, 3), (4, 5)), size=12)


@check
def deviations_vanish(got, A):
    """What is left over adds up to nothing
    - What is the sum of a row's distances from its mean?"""
    near((A - got[:, None]).sum(axis=1), np.zeros(len(A)))


@mistake
def by_rows(A):
    """It divides by the number of rows
    - How many numbers does a row have?
    - You divide by how many rows there are.
    - Divide by the number of columns."""
    return A.sum(axis=1) / A.shape[0]
`;

const EMPTY = JSON.stringify({
  cells: [
    {
      cell_type: 'code',
      id: 'first',
      source: '',
      metadata: {},
      outputs: [],
      execution_count: null
    }
  ],
  metadata: {
    kernelspec: { name: 'python3', display_name: 'Python 3', language: 'python' }
  },
  nbformat: 4,
  nbformat_minor: 5
});

/** Save a file as an editor of the page would. */
async function save(page: Page, path: string, content: string): Promise<void> {
  await page.evaluate(
    async ([where, text]) => {
      await window.jupyterapp.serviceManager.contents.save(where, {
        type: 'file',
        format: 'text',
        content: text
      });
    },
    [path, content] as const
  );
}

/** Open an empty notebook with the panel beside it, and author mode on. */
async function begin(
  page: IJupyterLabPageFixture,
  app: App,
  folder: string
): Promise<Lesson> {
  const lesson = new Lesson(page, app, `${folder}/means.ipynb`);
  await page.contents.uploadContent(EMPTY, 'text', lesson.notebook);
  if (app === 'notebook') {
    await page.goto(`notebooks/${lesson.notebook}`);
  } else {
    await lesson.command('docmanager:open', { path: lesson.notebook });
  }
  await lesson.isIdle();
  await lesson.command('math4ml:show-exercises');
  await expect(lesson.panel).toContainText('has no exercises');
  await expect(lesson.panel.getByText('Tag the cell')).toHaveCount(0);
  await lesson.panel.locator('.jp-Math4mlMore > summary').click();
  const mode = lesson.panel.getByRole('switch', { name: 'Author mode' });
  await mode.click();
  await expect(mode).toBeChecked();
  return lesson;
}

/** The line of the editor in front where the cursor is; null where there is none. */
async function editorLine(page: Page): Promise<number | null> {
  return page.evaluate(() => {
    const { content } = window.jupyterapp.shell.currentWidget as unknown as {
      content: { editor?: { getCursorPosition(): { line: number } } };
    };
    return content.editor ? content.editor.getCursorPosition().line + 1 : null;
  });
}

/** Make a module of the selected cell; the editor opens beside the notebook, or in a tab of its own. */
async function create(lesson: Lesson): Promise<void> {
  const { page, app, panel } = lesson;
  const tab =
    app === 'notebook' ? page.context().waitForEvent('page') : undefined;
  await panel.getByRole('button', { name: 'Create it from this cell' }).click();
  if (tab) {
    const editor = await tab;
    await editor.waitForURL(/edit.*row_means\.py/);
    await editor.close();
  } else {
    await page.locator('.jp-FileEditor').waitFor();
    await expect(page.locator('.jp-FileEditor')).toContainText('row_means');
    await lesson.show();
  }
}

test.afterEach(async ({ page }) => {
  await page.evaluate(async () => {
    const { commands } = window.jupyterapp;
    if (commands.isToggled('math4ml:toggle-author-mode')) {
      await commands.execute('math4ml:toggle-author-mode');
    }
  });
});

test('from an empty notebook to a proven exercise that a learner fails and passes', async ({
  page,
  app,
  tmpPath,
  request,
  baseURL
}) => {
  test.setTimeout(180000);
  await request.delete(`${baseURL}/math4ml/api/progress`);
  const lesson = await begin(page, app, tmpPath);
  const { panel } = lesson;
  await lesson.rewrite(RIGHT);

  const name = panel.getByRole('textbox', { name: 'A name for its exercise' });
  await expect(name).toHaveValue('row-means');
  await name.fill('Row means');
  await expect(panel).toContainText('small letters, digits and hyphens');
  await name.fill('row-means');
  await panel.getByRole('button', { name: 'Tag the cell', exact: true }).click();
  await expect(panel).toContainText('There is no row_means.py');
  await create(lesson);

  // What is wrong with a module that is saved is told at once, and so is that it is mended.
  const module = `${tmpPath}/row_means.py`;
  await save(page, module, MODULE.replace('def by_rows(A):', 'def by_rows(A:'));
  await expect(panel.locator('[data-math4ml-finding="error"]')).toContainText(
    'row_means.py, line 26'
  );
  if (app === 'lab') {
    await panel.getByRole('button', { name: 'row_means.py, line 26' }).click();
    await expect.poll(() => editorLine(page)).toBe(26);
    await lesson.show();
  }
  await save(page, module, MODULE);
  await expect(lesson.row('row-means')).toContainText('Mean of the rows');
  await expect(panel.locator('[data-math4ml-finding]')).toHaveCount(0);

  await panel.getByRole('button', { name: 'Prove row-means' }).click();
  const proof = panel.locator('[data-math4ml-proof]');
  await expect(proof).toHaveAttribute('data-math4ml-proof', 'done', {
    timeout: 90000
  });
  await expect(proof).toHaveAttribute('data-math4ml-errors', '0');
  await expect(proof).toContainText('frozen in row_means.battery.json');
  const tried = proof.locator('[data-math4ml-tried="by_rows"]');
  await expect(tried.getByRole('img', { name: 'fails', exact: true })).toHaveCount(2);
  await expect(
    proof.locator('[data-math4ml-tried="solution"] [data-math4ml-fails="true"]')
  ).toHaveCount(0);
  const read = proof.locator('[data-math4ml-read="by_rows"]');
  await read.locator('summary').first().click();
  await expect(read).toContainText('It divides by the number of rows');
  await expect(read).toContainText('Divide by the number of columns.');
  for (const theme of ['light', 'dark'] as const) {
    await setTheme(page, theme);
    await isAccessible(page, { onlyColours: theme === 'dark' });
    await fitsInto(page, 240);
  }
  await setTheme(page, 'light');

  // A learner finds the starter, meets the mistake, and gets there.
  await panel.getByRole('button', { name: 'Put the starter in' }).click();
  expect(await lesson.source()).toContain('def row_means(A):');
  expect(await lesson.source()).not.toContain('mean(axis');
  await panel.getByRole('button', { name: 'See it as a learner' }).click();
  await expect(proof).toHaveCount(0);
  const row = lesson.row('row-means');
  await lesson.run();
  await lesson.becomes('row-means', 'not_attempted');
  await lesson.answer('row-means', BY_ROWS);
  await lesson.becomes('row-means', 'failed');
  await expect(row).toContainText('This looks like a known slip.');
  await row.getByRole('button', { name: /^Hint 1 of/ }).click();
  await expect(row).toContainText('How many numbers does a row have?');
  await lesson.answer('row-means', OTHER);
  await expect(row).not.toContainText('This looks like a known slip.');
  await lesson.answer('row-means', BY_ROWS);
  await row.getByRole('button', { name: /^Hint 2 of/ }).click();
  await expect(row).toContainText('It divides by the number of rows');
  await lesson.answer('row-means', RIGHT);
  await lesson.becomes('row-means', 'passed');

  await panel.getByRole('button', { name: 'Back to author mode' }).click();
  await expect(proof).toBeVisible();
});
