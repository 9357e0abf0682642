import type { Page } from '@playwright/test';
import { gzipSync } from 'zlib';

import { START, expect, test } from './app';

test.use({ autoGoto: false });

/** Bytes of the extension's scripts, compressed; a wheel's are smaller than those that are tested here. */
const LIMIT = 150_000;
const SCRIPTS = /\/extensions\/math4ml-lab\/.*\.js(\?|$)/;
const CALLS = /\/math4ml\/api\//;

test('the extension is small', async ({ app, page, lessonOf }) => {
  const sizes = new Map<string, Promise<number>>();
  page.on('response', response => {
    if (SCRIPTS.test(response.url())) {
      const size = response.body().then(body => gzipSync(body).length);
      sizes.set(response.url(), size);
    }
  });
  if (app === 'lab') {
    await page.goto();
  }
  await lessonOf(START);
  const all = await Promise.all(sizes.values());
  // Its entry, its code, its styles: with fewer it was not seen.
  expect(all.length).toBeGreaterThanOrEqual(3);
  expect(all.reduce((sum, size) => sum + size, 0)).toBeLessThan(LIMIT);
});

/** The functions of the extension that ran while something was done in the page. */
async function ran(page: Page, deed: () => Promise<void>): Promise<string[]> {
  await page.coverage.startJSCoverage({ resetOnNavigation: false });
  await deed();
  const scripts = await page.coverage.stopJSCoverage();
  return scripts
    .filter(script => SCRIPTS.test(script.url))
    .flatMap(script => script.functions)
    .filter(called => called.ranges[0].count > 0)
    .map(called => called.functionName);
}

test('nothing of it runs on a page without a notebook', async ({
  app,
  context
}) => {
  const page = await context.newPage();
  const scripts: string[] = [];
  const calls: string[] = [];
  page.on('request', request => {
    const url = request.url();
    (CALLS.test(url) ? calls : SCRIPTS.test(url) ? scripts : []).push(url);
  });
  await page.goto(app === 'lab' ? 'lab?reset' : 'tree');
  await page.waitForFunction(() => window.jupyterapp);
  await page.evaluate(() => window.jupyterapp.restored.then(() => true));
  const files = page.locator('.jp-DirListing-content').first();
  await expect(files).toBeVisible();
  const functions = await ran(page, async () => {
    await page.evaluate(() =>
      window.jupyterapp.commands.execute('apputils:change-theme', {
        theme: 'JupyterLab Dark'
      })
    );
    await files.click();
    await page.keyboard.press('ArrowDown');
  });
  expect(scripts.length).toBeGreaterThan(0);
  expect(functions).toEqual([]);
  expect(calls).toEqual([]);
  await expect(page.locator('#math4ml-exercises')).toBeHidden();
  await expect(page.locator('[data-math4ml-exercise]')).toHaveCount(0);
});
