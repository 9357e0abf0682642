import { COLLAPSE, expect, LINEAR, START, test } from './app';

// Galata's stand-ins know neither a restart nor an interrupt.
test.use({ kernels: null, sessions: null });

test('a restart in the middle of a check ends it, and the new kernel answers', async ({
  lessonOf
}) => {
  const lesson = await lessonOf(LINEAR);
  await lesson.prepare();
  await lesson.answer('refactor-pipeline', COLLAPSE.endless);
  await lesson.becomes('refactor-pipeline', 'checking');
  await lesson.kernel('restart');
  await lesson.becomes('refactor-pipeline', 'kernel_restarted');
  await lesson.isIdle();
  await lesson.prepare();
  await lesson.answer('refactor-pipeline', COLLAPSE.right);
  await lesson.becomes('refactor-pipeline', 'passed');
});

test('a kernel that dies is said to be dead, and the one after it answers', async ({
  lessonOf
}) => {
  const lesson = await lessonOf(LINEAR);
  await lesson.prepare();
  await lesson.answer('refactor-pipeline', COLLAPSE.right);
  await lesson.becomes('refactor-pipeline', 'passed');
  await lesson.insertBelow('import os, signal; os.kill(os.getpid(), signal.SIGKILL)');
  await lesson.start();
  // Jupyter starts another one in its place; its dialog asks for a click.
  await lesson.becomes('refactor-pipeline', 'passed_earlier');
  await lesson.page
    .getByRole('button', { name: 'Ok' })
    .click({ timeout: 20000 })
    .catch(() => undefined);
  await lesson.isIdle();
  await lesson.prepare();
  await lesson.answer('refactor-pipeline', COLLAPSE.right);
  await lesson.becomes('refactor-pipeline', 'passed');
});

test('a check waits for a busy kernel, and can be cancelled', async ({
  lessonOf
}) => {
  const lesson = await lessonOf(LINEAR);
  await lesson.prepare();
  await lesson.answer('refactor-pipeline', COLLAPSE.right);
  await lesson.becomes('refactor-pipeline', 'passed');
  await lesson.insertBelow('import time; time.sleep(600)');
  await lesson.start();
  await lesson.panel.getByRole('button', { name: 'Check all' }).click();
  await lesson.becomes('shapes-are-types', 'queued');
  await lesson.row('shapes-are-types').getByRole('button', { name: /^Cancel/ }).click();
  await lesson.becomes('shapes-are-types', 'cancelled');
  await lesson.kernel('interrupt');
  await lesson.isIdle();
  await lesson.answer('refactor-pipeline', COLLAPSE.wrong);
  await lesson.becomes('refactor-pipeline', 'failed');
});

test('a page that is loaded again finds the verdict of the check that was under way', async ({
  lessonOf
}) => {
  const lesson = await lessonOf(LINEAR);
  await lesson.prepare();
  await lesson.answer('refactor-pipeline', COLLAPSE.endless);
  await lesson.becomes('refactor-pipeline', 'checking');
  await lesson.reload();
  // Nobody checks again: the page follows what was under way, or finds how it ended.
  await lesson.becomes('refactor-pipeline', 'timed_out');
});

test('an edit after a pass is marked, and undoing it takes the mark away', async ({
  lessonOf
}) => {
  const lesson = await lessonOf(LINEAR);
  await lesson.prepare();
  await lesson.answer('refactor-pipeline', COLLAPSE.right);
  await lesson.becomes('refactor-pipeline', 'passed');
  await lesson.pause();
  await lesson.write('refactor-pipeline', `${COLLAPSE.right}  # later`);
  await lesson.becomes('refactor-pipeline', 'passed_edited');
  await lesson.command('notebook:enter-edit-mode').catch(() => undefined);
  await lesson.undo();
  await lesson.becomes('refactor-pipeline', 'passed');
});

test('a clean run says where the notebook from the top disagrees', async ({
  lessonOf
}) => {
  const lesson = await lessonOf(START);
  await lesson.answer('fail-on-purpose', 'answer = 41');
  await lesson.becomes('fail-on-purpose', 'failed');
  await lesson.insertAbove('nine = 9');
  await lesson.run();
  await lesson.answer('fail-on-purpose', 'answer = nine');
  await lesson.becomes('fail-on-purpose', 'passed');
  await lesson.empty('nine = 9');
  await lesson.panel
    .getByRole('button', { name: 'Verify from a clean run' })
    .click();
  await expect(lesson.panel.locator('[data-math4ml-clean="done"]')).toBeVisible({
    timeout: 60000
  });
  await expect(
    lesson.panel.locator('[data-math4ml-disagrees="fail-on-purpose"]')
  ).toBeVisible();
});
