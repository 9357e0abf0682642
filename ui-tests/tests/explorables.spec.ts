import AxeBuilder from '@axe-core/playwright';
import type { Locator } from '@playwright/test';
import * as path from 'path';

import { expect, test } from './app';
import { setTheme } from './look';
import { OpenNotebook } from './openNotebook';

const EXPLORABLES = path.resolve(__dirname, '../../exercises/explorables');

const cell = (id: string, source: string): object => ({
  cell_type: 'code',
  id,
  source,
  metadata: {},
  outputs: [],
  execution_count: null
});

const NOTEBOOK = JSON.stringify({
  cells: [
    cell('import', "import sys; sys.path.append('..')\nimport explorables"),
    cell('cliff', 'explorables.learning_rate_cliff()'),
    cell('zoom', 'explorables.little_o_by_zooming()')
  ],
  metadata: { kernelspec: { name: 'python3', display_name: 'Python 3', language: 'python' } },
  nbformat: 4,
  nbformat_minor: 5
});

/** The alternative of a cell's picture, which is what the sentence above it says. */
async function told(output: Locator): Promise<string> {
  const picture = output.getByRole('img');
  await expect(picture).toBeVisible();
  const sentence = (await output.getByRole('status').textContent()) ?? '';
  await expect(picture).toHaveAttribute('alt', sentence);
  return sentence;
}

test('the moving pictures work by keyboard, and say what is seen', async ({ app, page, tmpPath }) => {
  test.setTimeout(120000);
  await page.contents.uploadDirectory(EXPLORABLES, `${tmpPath}/explorables`);
  const open = new OpenNotebook(page, app, `${tmpPath}/unit/moving.ipynb`);
  await page.contents.uploadContent(NOTEBOOK, 'text', open.notebook);
  if (app === 'notebook') {
    await page.goto(`notebooks/${open.notebook}`);
  } else {
    await open.command('docmanager:open', { path: open.notebook });
  }
  await open.isIdle();
  await open.command('notebook:run-all-cells');
  const outputs = page.locator('.jp-OutputArea-output:has([role="status"])');
  await expect(outputs).toHaveCount(2, { timeout: 60000 });
  const [cliff, zoom] = [outputs.nth(0), outputs.nth(1)];
  expect(await told(cliff)).toContain('1 − 0.25·1 = 0.75');

  // A number by its box, which has a name: typed, and by the arrow keys.
  const rate = cliff.getByRole('spinbutton', { name: 'learning rate' });
  await rate.fill('2');
  await rate.press('Enter');
  await expect(cliff.getByRole('status')).toContainText('bounces between');
  await rate.press('ArrowUp');
  await rate.press('Enter');
  await expect(cliff.getByRole('status')).toContainText('blows up');
  await told(cliff);

  // The slider beside it is the next stop.
  await rate.press('Tab');
  const handle = cliff.locator('[role="slider"]:focus');
  await expect(handle).toHaveCount(1);
  await handle.press('Home');
  await expect(rate).toHaveValue('0.05');
  await expect(cliff.getByRole('status')).toContainText('walks down on one side');

  // A choice by its list.
  await zoom.getByRole('combobox', { name: 'the pair' }).selectOption('f = 5·x, g = x');
  await expect(zoom.getByRole('status')).toContainText('has the size 5');
  await zoom.getByRole('spinbutton', { name: 'zooms' }).fill('3');
  await zoom.getByRole('spinbutton', { name: 'zooms' }).press('Enter');
  await expect(zoom.getByRole('status')).toContainText('it stays');
  await told(zoom);

  for (const theme of ['light', 'dark'] as const) {
    await setTheme(page, theme);
    const { violations } = await new AxeBuilder({ page })
      .setLegacyMode(true)
      .include('.jp-OutputArea-output:has([role="status"])')
      // ipywidgets gives its handles no name: the box before each has one, and says the same.
      .exclude('[role="slider"]')
      .analyze();
    const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    expect(grave.flatMap(({ id, nodes }) => nodes.map(node => `${id}: ${node.html}`))).toEqual([]);
    if (process.env.LOOK) {
      await page.screenshot({ path: `${process.env.LOOK}/${app}-${theme}.png` });
    }
  }
});
