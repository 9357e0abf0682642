import * as path from 'path';

import { expect, START, test } from './app';
import { Lesson } from './lesson';

const EXERCISES = path.resolve(__dirname, '../../exercises');

test.skip(
  ({ app }) => app === 'notebook',
  'Notebook 7 has neither a launcher nor this editor of settings'
);

test('the panel goes to the side that is chosen, and stays open', async ({
  lessonOf
}) => {
  const lesson = await lessonOf(START);
  const { page, panel } = lesson;
  const left = page.locator('#jp-left-stack #math4ml-exercises');
  const right = page.locator('#jp-right-stack #math4ml-exercises');
  await expect(right).toBeVisible();
  await lesson.command('settingeditor:open', { query: 'Exercises' });
  const side = page.locator('select').filter({ hasText: 'LeftRight' });
  await side.selectOption({ label: 'Left' });
  await expect(left).toBeVisible();
  await expect(right).toHaveCount(0);
  await side.selectOption({ label: 'Right' });
  await expect(right).toBeVisible();
  await lesson.show();
  await expect(panel.getByRole('button', { name: 'Check all' })).toBeVisible();
});

test('the launcher has a card that opens the course of its folder', async ({
  app,
  page,
  tmpPath
}) => {
  await page.contents.uploadDirectory(EXERCISES, tmpPath);
  const lesson = new Lesson(page, app, `${tmpPath}/${START}`);
  await lesson.command('launcher:create', { cwd: tmpPath });
  await page
    .locator('.jp-LauncherCard', { hasText: 'Math exercises' })
    .last()
    .click();
  // Nothing was done before: the course begins.
  await lesson.isThere();
  await expect(lesson.row('fail-on-purpose')).toBeVisible();
});
