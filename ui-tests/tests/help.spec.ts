import { execFileSync } from 'child_process';

import { COLLAPSE, expect, LINEAR, test } from './app';
import type { Lesson } from './lesson';
import * as said from './said';
import { SHOWN, Stage } from './stage';

const DAY = 86_400;

/** Set the record back by some days: for what it says, the clock goes forward. */
async function forward(lesson: Lesson, days: number): Promise<void> {
  const origin = new URL(lesson.page.url()).origin;
  const answer = await lesson.page.request.post(
    `${origin}/math4ml/api/course`,
    { data: { path: lesson.notebook } }
  );
  const { record } = (await answer.json()) as { record: string };
  const program = [
    'import sqlite3, sys',
    'with sqlite3.connect(sys.argv[1]) as record:',
    '    for table in "attempt", "hint", "answer":',
    '        record.execute(f"UPDATE {table} SET at = at - ?", [float(sys.argv[2])])'
  ].join('\n');
  execFileSync('python', ['-c', program, record, String(days * DAY)]);
}

/** Wrong in ever new ways, for which one ladder fits. */
const WRONG = [2, 3, 4, 5, 6, 7, 8].map(
  factor => `def collapse(*stages):\n    return ${factor} * stages[-1]`
);

/** Answer wrongly in new ways, and open each hint as soon as it may be, up to this one. */
async function climb(lesson: Lesson, label: RegExp): Promise<void> {
  const row = lesson.row('refactor-pipeline');
  for (const wrong of WRONG) {
    await lesson.answer('refactor-pipeline', wrong);
    await lesson.becomes('refactor-pipeline', 'failed');
    for (;;) {
      const next = row.getByRole('button', { name: /^Hint \d of/ });
      if ((await row.getByRole('region', { name: label }).count()) > 0) {
        return;
      }
      if ((await next.getAttribute('aria-disabled')) === 'true') {
        break;
      }
      const name = (await next.textContent()) ?? '';
      await next.click();
      if (name.includes('solution')) {
        return;
      }
      await expect(row.getByRole('region', { name })).toBeVisible();
    }
  }
}

test('a prediction comes before the verdict, and is held against it', async ({
  lessonOf
}) => {
  const lesson = await lessonOf(LINEAR);
  await lesson.prepare();
  const row = lesson.row('matrix-from-function');
  await lesson.answer(
    'matrix-from-function',
    'def matrix_of(f, n):\n    return np.array([f(e) for e in np.eye(n)])'
  );
  await lesson.becomes('matrix-from-function', 'asked');
  await expect(row).not.toContainText('transpose');
  const first = row.locator('[data-math4ml-question="ask-1"]');
  await first.getByRole('textbox').fill('25');
  await first.getByRole('button', { name: /^Commit|^Answer/ }).click();
  await expect(first).not.toHaveAttribute('data-state', 'open');
  await lesson.becomes('matrix-from-function', 'asked');
  const second = row.locator('[data-math4ml-question="ask-2"]');
  await second.getByRole('button', { name: 'Skip' }).click();
  await lesson.becomes('matrix-from-function', 'failed');
  await expect(row).toContainText('transpose');
  // The next report tells what the first prediction was worth.
  await lesson.run();
  await expect(first).toHaveAttribute('data-state', 'wrong');
  await expect(first).toContainText('Which vectors is every vector');
});

test('the last hints are a puzzle and the solution; what was shown comes back', async ({
  lessonOf
}) => {
  test.setTimeout(120000);
  const lesson = await lessonOf(LINEAR);
  await lesson.prepare();
  const row = lesson.row('refactor-pipeline');
  await climb(lesson, /a puzzle/);
  const puzzle = row.getByRole('region', { name: /a puzzle/ });
  await puzzle.getByRole('button', { name: /Move down/ }).first().click();
  await puzzle.getByRole('button', { name: 'Check the order' }).click();
  await expect(
    puzzle.locator('[data-math4ml-question="arrange"]')
  ).toHaveAttribute('data-state', /right|wrong/);

  await row.getByRole('button', { name: /a solution/ }).click();
  await row.getByRole('button', { name: /^Show/ }).click();
  await expect(row.getByRole('region', { name: /a solution/ })).toBeVisible();

  await lesson.answer('refactor-pipeline', COLLAPSE.right);
  await lesson.becomes('refactor-pipeline', 'passed');
  await expect(row).toContainText('after the solution was shown');
  await expect(row).toContainText('comes back in 1 day');
  // Which line was wrong? One click says so, or skips it.
  const reflect = row.locator('[data-math4ml-question="reflect"]');
  if ((await reflect.count()) > 0) {
    await reflect.getByRole('button', { name: 'Skip' }).click();
    await expect(reflect).toHaveAttribute('data-state', 'skipped');
  }

  for (const days of [2, 4, 8]) {
    await forward(lesson, days);
    await lesson.reload();
    await lesson.select('refactor-pipeline');
    const first = row.first();
    await first.getByRole('button', { name: 'Write it once more' }).click();
    const again = lesson.page.locator('[data-math4ml-review]');
    await expect(again).toHaveCount(1);
    expect(await lesson.source()).toContain('def collapse(*stages)');
    expect(await lesson.source()).not.toContain('product');
    await lesson.isIdle();
    await lesson.rewrite(COLLAPSE.right);
    await lesson.run();
    await expect(again).toHaveAttribute('data-math4ml-state', 'passed', {
      timeout: 20000
    });
    await lesson.command('notebook:delete-cell');
    await expect(again).toHaveCount(0);
  }
  await forward(lesson, 30);
  await lesson.reload();
  await lesson.select('refactor-pipeline');
  await expect(row).toContainText(/passed/);
  await expect(
    row.getByRole('button', { name: 'Write it once more' })
  ).toHaveCount(0);
});

test('after three different failures help is offered once, in the notebook', async ({
  lessonOf
}) => {
  const lesson = await lessonOf(LINEAR);
  await lesson.prepare();
  const offer = lesson.page.locator('.jp-Math4mlOffer');
  for (const wrong of WRONG.slice(0, 2)) {
    await lesson.answer('refactor-pipeline', wrong);
    await lesson.becomes('refactor-pipeline', 'failed');
  }
  await expect(offer).toHaveCount(0);
  await lesson.answer('refactor-pipeline', WRONG[3]);
  await expect(offer).toBeVisible();
  await offer.getByRole('button', { name: 'Show the next hint' }).click();
  await expect(
    lesson
      .row('refactor-pipeline')
      .getByRole('region', { name: /^Hint 1 of/ })
  ).toBeVisible();
  await expect(offer).toHaveCount(0);
});

test('the offer goes when a hint is opened in the panel, and a click in vain says why', async ({
  app,
  page,
  tmpPath
}) => {
  const stage = await Stage.open(page, app, tmpPath);
  const { lesson } = stage;
  const offer = page.locator('.jp-Math4mlOffer');
  const row = lesson.row(SHOWN);
  await lesson.write(SHOWN, COLLAPSE.wrong);
  await stage.finds({ ...said.FAILED, ladder: said.ladder(0), distinct: 3 });
  await expect(offer).toBeVisible();
  stage.script.ladder = said.ladder(1);
  await row.getByRole('button', { name: 'Hint 1 of 5' }).click();
  await expect(row.getByRole('region', { name: 'Hint 1 of 5' })).toBeVisible();
  await expect(offer).toHaveCount(0);

  await lesson.reload();
  await stage.finds({ ...said.FAILED, ladder: said.ladder(1), distinct: 4 });
  stage.script.ladder = said.ladder(1, { next: { state: 'waits', level: 2, seconds: 42 } });
  await offer.getByRole('button', { name: 'Show the next hint' }).click();
  await expect(lesson.panel).toContainText('No hint opened');
});

test('earlier answers come back, and so does the starter', async ({
  lessonOf
}) => {
  const lesson = await lessonOf(LINEAR);
  await lesson.prepare();
  const row = lesson.row('refactor-pipeline');
  await lesson.answer('refactor-pipeline', COLLAPSE.wrong);
  await lesson.becomes('refactor-pipeline', 'failed');
  await row.getByText('Earlier answers, start over').click();
  await row.getByRole('button', { name: 'Start over' }).click();
  expect(await lesson.source()).toContain('...');
  await row.getByRole('listitem').getByText(/not yet right/).first().click();
  await row.getByRole('button', { name: 'Restore this answer' }).first().click();
  await expect.poll(() => lesson.source()).toBe(COLLAPSE.wrong);
});
