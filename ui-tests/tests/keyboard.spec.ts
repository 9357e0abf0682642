import type { Page } from '@playwright/test';

import { COLLAPSE, expect, test } from './app';
import { isAccessible } from './look';
import * as said from './said';
import { SHOWN, Stage } from './stage';

// The server's words are given by the test, the keys are real.
test.use({ actionTimeout: 10_000 });

/** The thing that has the focus, by what it is called; null outside of the panel. */
function focused(page: Page): Promise<string | null> {
  return page.evaluate(() => {
    const node = document.activeElement;
    return node?.closest('#math4ml-exercises')
      ? (node.getAttribute('aria-label') ??
          ((node as HTMLInputElement).labels?.[0]?.textContent ||
            node.textContent ||
            node.className))
      : null;
  });
}

/** Press Tab, or Shift+Tab, until this has the focus. */
async function tabTo(page: Page, name: RegExp, key = 'Tab'): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    if (name.test((await focused(page)) ?? '')) {
      return;
    }
    await page.keyboard.press(key);
  }
  throw new Error(`Tab does not lead to ${name.source}`);
}

/** Put the focus into the panel, with its own shortcut. */
async function enter(page: Page): Promise<void> {
  await page.keyboard.press('Control+Alt+e');
  await expect.poll(() => focused(page)).not.toBeNull();
}

/** Whether keys go to the selected cell as a whole, not into its text. */
function commands(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const notebook = document.activeElement?.closest('.jp-Notebook');
    return !!notebook?.classList.contains('jp-mod-commandMode');
  });
}

function announced(stage: Stage, words: string): Promise<void> {
  const announcer = stage.page.locator(
    '#math4ml-exercises .jp-Math4mlAnnouncer[aria-live="polite"][role="status"]'
  );
  return expect(announcer).toContainText(words);
}

test('the keyboard alone: check, cancel, rows, hints', async ({ app, page, tmpPath }) => {
  const stage = await Stage.open(page, app, tmpPath);
  const { lesson } = stage;
  await lesson.write(SHOWN, COLLAPSE.wrong);

  // The cell that was written in is the selected one.
  await enter(page);
  expect(await focused(page)).toMatch(/^Four functions/);
  stage.script = { check: 'running' };
  await tabTo(page, /^Check all/, 'Shift+Tab');
  await page.keyboard.press('Enter');
  await lesson.becomes(SHOWN, 'checking');
  await tabTo(page, /^Cancel$/, 'Shift+Tab');
  stage.script = { report: { outcome: { kind: 'cancelled' } } };
  await page.keyboard.press('Enter');
  await lesson.becomes(SHOWN, 'cancelled');
  expect(await focused(page)).not.toBeNull();

  stage.script = { report: { ...said.FAILED, ladder: said.ladder(0) } };
  await tabTo(page, /^Check all/, 'Shift+Tab');
  await page.keyboard.press('Enter');
  await lesson.becomes(SHOWN, 'failed');
  await announced(stage, 'Checked 1 exercise: not yet right; 1 not run yet');
  expect(await focused(page)).toMatch(/Check all|Cancel/);

  const row = lesson.row(SHOWN);
  const head = row.locator('.jp-Math4mlRow-head');
  await tabTo(page, /^Four functions/);
  if ((await head.getAttribute('aria-expanded')) === 'true') {
    await page.keyboard.press('Enter');
    await expect(head).toHaveAttribute('aria-expanded', 'false');
    expect(await focused(page)).toMatch(/^Four functions/);
  }
  await page.keyboard.press('Enter');
  await expect(head).toHaveAttribute('aria-expanded', 'true');
  expect(await focused(page)).toMatch(/^Four functions/);

  stage.script.ladder = said.ladder(1);
  await tabTo(page, /^Hint 1 of 5$/);
  await page.keyboard.press('Enter');
  await expect(row.getByRole('region', { name: 'Hint 1 of 5' })).toBeVisible();
  expect(await focused(page)).not.toBeNull();
  await tabTo(page, /^Hint 2 of 5$/);
  await isAccessible(page);
});

test('the keyboard alone: a puzzle and a question', async ({ app, page, tmpPath }) => {
  const stage = await Stage.open(page, app, tmpPath);
  const { lesson } = stage;
  await lesson.write(SHOWN, COLLAPSE.wrong);
  await stage.finds({ checks: [], ladder: said.LADDERS.puzzle });
  await enter(page);

  const lines = lesson.row(SHOWN).locator('.jp-Math4mlArrange-line');
  await expect(lines.first()).toContainText('whole = stage @ whole');
  await tabTo(page, /^Move down: whole = stage @ whole/);
  await page.keyboard.press('Enter');
  await expect(lines.nth(1)).toContainText('whole = stage @ whole');
  expect(await focused(page)).toMatch(/^Move down: whole = stage @ whole/);
  await page.keyboard.press('Space');
  await expect(lines.nth(2)).toContainText('whole = stage @ whole');

  await stage.finds({ ...said.PASSED, questions: [said.NUMBER] });
  await enter(page);
  stage.script.question = {
    ...said.NUMBER,
    answer: { at: Date.now() / 1000 + 60, value: '3', right: true, truth: '3' }
  };
  await tabTo(page, /^A number/);
  await page.keyboard.type('3');
  await page.keyboard.press('Enter');
  await expect(lesson.row(SHOWN)).toContainText('That is right.');
  expect(await focused(page)).not.toBeNull();
});

test('a verdict takes no focus from a cell', async ({ app, page, tmpPath }) => {
  const stage = await Stage.open(page, app, tmpPath);
  const { lesson } = stage;
  await lesson.write(SHOWN, COLLAPSE.wrong);
  stage.script = { check: 'running' };
  await lesson.start();
  await lesson.becomes(SHOWN, 'checking');
  await lesson.select('features-times-theta');
  await lesson.command('notebook:enter-edit-mode');
  await page.keyboard.press('Control+End');
  await page.keyboard.type('# a');
  stage.script = { report: said.FAILED };
  await lesson.becomes(SHOWN, 'failed');
  await page.keyboard.type('bc');
  expect(await lesson.source()).toContain('# abc');
  await announced(stage, 'Four functions, one function: not yet right');
});

test('the next exercise opens with Enter, and Escape leads back from the panel', async ({ app, page, tmpPath }) => {
  const stage = await Stage.open(page, app, tmpPath);
  const { lesson } = stage;
  const next = 'features-times-theta';
  await lesson.write(SHOWN, COLLAPSE.right);
  await stage.finds(said.PASSED, { info: { passed_at: said.AT } });
  for (const from of ['panel', 'editor'] as const) {
    await lesson.select(SHOWN);
    if (from === 'panel') {
      await enter(page);
    } else {
      await lesson.command('notebook:enter-edit-mode');
    }
    await page.keyboard.press('Control+Alt+j');
    await expect(lesson.row(next)).toHaveAttribute('aria-current', 'true');
    await expect.poll(() => commands(page)).toBe(true);
    await lesson.rewrite('');
    await page.keyboard.press('Enter');
    await page.keyboard.type('# a');
    expect(await lesson.source()).toBe('# a');
  }

  await enter(page);
  await page.keyboard.press('Escape');
  expect(await commands(page)).toBe(true);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+End');
  await page.keyboard.type('b');
  expect(await lesson.source()).toBe('# ab');
});
