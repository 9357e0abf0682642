import { COLLAPSE, expect, LINEAR, START, test } from './app';

test('a pasted copy of an exercise is told, and a click mends it', async ({
  lessonOf
}) => {
  const lesson = await lessonOf(START);
  await lesson.answer('fail-on-purpose', 'answer = 41');
  await lesson.becomes('fail-on-purpose', 'failed');
  await lesson.command('notebook:copy-cell');
  await lesson.command('notebook:paste-cell-below');
  const problem = lesson.panel.locator(
    '[data-math4ml-problem="fail-on-purpose"]'
  );
  await expect(problem).toContainText('2 cells have the tag');
  await problem.getByRole('button').first().click();
  await expect(problem).toHaveCount(0);
  await lesson.answer('fail-on-purpose', 'answer = 9');
  await lesson.becomes('fail-on-purpose', 'passed');
});

test('a cell that lost its tag is found again by what it defines', async ({
  lessonOf
}) => {
  const lesson = await lessonOf(LINEAR);
  await lesson.prepare();
  await lesson.answer('refactor-pipeline', COLLAPSE.wrong);
  await lesson.becomes('refactor-pipeline', 'failed');
  await lesson.tag();
  const problem = lesson.panel.locator(
    '[data-math4ml-problem="refactor-pipeline"]'
  );
  await expect(problem).toContainText('No cell has the exercise');
  await problem.getByRole('button', { name: 'Tag that cell' }).click();
  await expect(problem).toHaveCount(0);
  await lesson.answer('refactor-pipeline', COLLAPSE.right);
  await lesson.becomes('refactor-pipeline', 'passed');
});

test('a deleted exercise is put back with its starter', async ({ lessonOf }) => {
  const lesson = await lessonOf(LINEAR);
  await lesson.select('refactor-pipeline');
  await lesson.command('notebook:delete-cell');
  const problem = lesson.panel.locator(
    '[data-math4ml-problem="refactor-pipeline"]'
  );
  await problem.getByRole('button', { name: 'Put it back' }).click();
  await expect(lesson.row('refactor-pipeline')).toBeVisible();
  expect(await lesson.source()).toContain('def collapse(*stages)');
});

test('a split leaves the exercise with the part that has the tag; undo joins it', async ({
  lessonOf
}) => {
  const lesson = await lessonOf(LINEAR);
  await lesson.prepare();
  await lesson.write('refactor-pipeline', `${COLLAPSE.right}\n\nprint(1)`);
  await lesson.cursorAtLine(6);
  await lesson.command('notebook:split-cell-at-cursor');
  // Both parts carry the tag: one click says which is the answer.
  const problem = lesson.panel.locator(
    '[data-math4ml-problem="refactor-pipeline"]'
  );
  await expect(problem).toContainText('2 cells have the tag');
  await lesson.command('notebook:undo-cell-action');
  await expect(problem).toHaveCount(0);
  await lesson.select('refactor-pipeline');
  await lesson.run();
  await lesson.becomes('refactor-pipeline', 'passed');
});

test('a cell that becomes an exercise is judged by its very next run', async ({
  lessonOf
}) => {
  const lesson = await lessonOf(START);
  await lesson.select('fail-on-purpose');
  await lesson.tag();
  await expect(lesson.row('fail-on-purpose')).toHaveCount(0);
  await lesson.rewrite('answer = 41');
  await lesson.tag('exercise:fail-on-purpose');
  await lesson.run();
  await lesson.becomes('fail-on-purpose', 'failed');
  await expect(lesson.failed('fail-on-purpose')).toContainText('41');
});

test('a renamed notebook keeps its progress', async ({ lessonOf }) => {
  const lesson = await lessonOf(START);
  await lesson.answer('fail-on-purpose', 'answer = 41');
  await lesson.becomes('fail-on-purpose', 'failed');
  await lesson.rename('mine.ipynb');
  await lesson.answer('fail-on-purpose', 'answer = 9');
  await lesson.becomes('fail-on-purpose', 'passed');
  await expect(lesson.panel.getByRole('progressbar').first()).toHaveAttribute(
    'aria-valuenow',
    '1'
  );
});

test('two notebooks side by side each have their own verdicts', async ({
  lessonOf
}) => {
  const lesson = await lessonOf(START);
  await lesson.answer('fail-on-purpose', 'answer = 41');
  await lesson.becomes('fail-on-purpose', 'failed');
  const other = await lesson.beside(LINEAR);
  await other.prepare();
  await other.answer('refactor-pipeline', COLLAPSE.right);
  await other.becomes('refactor-pipeline', 'passed');
  await lesson.show();
  await lesson.becomes('fail-on-purpose', 'failed');
  await lesson.answer('fail-on-purpose', 'answer = 9');
  await lesson.becomes('fail-on-purpose', 'passed');
  await other.show();
  await other.becomes('refactor-pipeline', 'passed');
});
