import { COLLAPSE, expect, LINEAR, START, test } from './app';

test('a value: wrong, a hint, right, and still there after a reload', async ({ lessonOf }) => {
  const lesson = await lessonOf(START);
  const row = lesson.row('fail-on-purpose');

  await lesson.answer('fail-on-purpose', 'answer = 41');
  await lesson.becomes('fail-on-purpose', 'failed');
  await expect(lesson.failed('fail-on-purpose')).toContainText('41');
  await expect(lesson.failed('fail-on-purpose')).toContainText('answer = 41');

  await row.getByRole('button', { name: /^Hint 1 of/ }).click();
  await expect(row.getByRole('region', { name: /^Hint 1 of/ })).toContainText(
    'What does the report say'
  );
  await expect(row.getByRole('link', { name: /Getting Started/ })).toHaveAttribute(
    'href',
    'https://www.youtube.com/watch?v=99QfjbX6uxg'
  );

  await lesson.answer('fail-on-purpose', 'answer = 9');
  await lesson.becomes('fail-on-purpose', 'passed');

  await lesson.reload();
  await lesson.becomes('fail-on-purpose', 'passed');
});

test('a function: the claim, the smallest input, the line, the hint, the second of the video', async ({ lessonOf }) => {
  const lesson = await lessonOf(LINEAR);
  await lesson.prepare();
  const row = lesson.row('refactor-pipeline');
  await lesson.answer('refactor-pipeline', COLLAPSE.wrong);
  await lesson.becomes('refactor-pipeline', 'failed');
  const claim = lesson.failed('refactor-pipeline');
  await expect(claim).toContainText('smallest input');
  await expect(claim).toContainText('stages=');
  await expect(row).toContainText('known slip');
  await expect(row.getByRole('link', { name: /22:34/ })).toHaveAttribute(
    'href',
    /uZeDTwWcnuY&t=1354s$/
  );
  await row.getByRole('button', { name: /^Hint 1 of/ }).click();
  await expect(
    row.getByRole('region', { name: /^Hint 1 of/ })
  ).toBeVisible();
  await expect(row.getByText(/opens after an attempt|Hint 2 of/).first()).toBeVisible();

  const right = COLLAPSE.wrong.replace('product @ stage', 'stage @ product');
  await lesson.answer('refactor-pipeline', right);
  await lesson.becomes('refactor-pipeline', 'passed');

  await lesson.write('refactor-pipeline', `${right}  # later`);
  await expect(row).not.toHaveAttribute('data-math4ml-state', 'passed');
  await lesson.write('refactor-pipeline', right);
  await lesson.becomes('refactor-pipeline', 'passed');

  await lesson.reload();
  await lesson.becomes('refactor-pipeline', 'passed');
});

test('three names are one exercise', async ({ lessonOf }) => {
  const lesson = await lessonOf(LINEAR);
  await lesson.prepare();
  const row = lesson.row('verbs-as-matrices');
  const right = [
    'def running_total(n):',
    '    return np.tril(np.ones((n, n)))',
    '',
    'def drop_first(n):',
    '    return np.eye(n)[1:]',
    '',
    'def swap_ends(n):',
    '    order = np.arange(n)',
    '    order[[0, -1]] = order[[-1, 0]]',
    '    return np.eye(n)[order]'
  ].join('\n');

  await lesson.answer('verbs-as-matrices', right.replace('np.tril', 'np.triu'));
  await lesson.becomes('verbs-as-matrices', 'failed');
  const claim = lesson.failed('verbs-as-matrices');
  await expect(claim).toContainText('running_total');
  await expect(claim).toContainText('n=2');
  await expect(claim).toContainText('return np.triu(np.ones((n, n)))');
  await row.getByRole('button', { name: /^Hint 1 of/ }).click();
  await expect(
    row.getByRole('region', { name: /^Hint 1 of/ })
  ).toBeVisible();
  await expect(row.getByRole('link', { name: /7:53/ })).toHaveAttribute(
    'href',
    /&t=473s$/
  );

  await lesson.answer('verbs-as-matrices', right);
  await lesson.becomes('verbs-as-matrices', 'passed');

  await lesson.reload();
  await lesson.becomes('verbs-as-matrices', 'passed');
});

test('an endless loop times out while the next cell runs', async ({ lessonOf }) => {
  const lesson = await lessonOf(LINEAR);
  await lesson.prepare();
  const row = lesson.row('refactor-pipeline');
  await lesson.answer('refactor-pipeline', COLLAPSE.endless);
  expect(await lesson.answer('features-times-theta', '20 + 22')).toContain(
    '"42"'
  );
  await expect(row).toHaveAttribute('data-math4ml-state', 'checking');
  await lesson.becomes('refactor-pipeline', 'timed_out');
});

test('"Check all" is one request and runs no cell', async ({ page, lessonOf }) => {
  const lesson = await lessonOf(LINEAR);
  await lesson.prepare();
  await lesson.answer('refactor-pipeline', 'collapse = None');
  const requests: string[] = [];
  page.on('request', request => {
    if (request.method() === 'POST' && request.url().includes('/math4ml/api/check')) {
      requests.push(request.postData() ?? '');
    }
  });
  await lesson.panel.getByRole('button', { name: 'Check all' }).click();
  await expect(lesson.row('shapes-are-types')).toHaveAttribute(
    'data-math4ml-state',
    'not_run'
  );
  await expect(lesson.row('refactor-pipeline')).toHaveAttribute(
    'data-math4ml-state',
    'failed'
  );
  expect(requests).toHaveLength(1);
  expect(JSON.parse(requests[0]).cells).toHaveLength(
    await lesson.panel.locator('[data-math4ml-exercise]').count()
  );
});

test('"Run all" judges each answer by its own run', async ({ lessonOf }) => {
  const lesson = await lessonOf(START);
  await lesson.write('fail-on-purpose', 'answer = 40');
  await lesson.insertBelow('answer = 9');
  await lesson.runAll();
  await lesson.becomes('fail-on-purpose', 'failed');
  await expect(lesson.failed('fail-on-purpose')).toContainText('40');
});

test('without a kernel the panel says so and starts one', async ({ page, lessonOf }) => {
  const lesson = await lessonOf(START);
  await page.evaluate(() =>
    window.jupyterapp.commands.execute('kernelmenu:shutdown')
  );
  await expect(lesson.panel).toContainText('no running kernel');
  await lesson.panel.getByRole('button', { name: 'Start a kernel' }).click();
  await expect(lesson.panel).not.toContainText('no running kernel', {
    timeout: 20000
  });
});

test('what is wrong is said in words', async ({ lessonOf }) => {
  const lesson = await lessonOf(START);
  await lesson.retag('exercise:no-such');
  await expect(lesson.panel).toContainText("There is no exercise 'no-such'");
  await expect(lesson.panel).toContainText('no_such.py');
});

test('the next exercise comes into view with its title, and after the last one the next unit', async ({
  app,
  lessonOf,
  page
}) => {
  test.skip(app === 'notebook', 'a notebook opens in another tab there');
  await page.setViewportSize({ width: 1200, height: 850 });
  const lesson = await lessonOf(START);
  const row = lesson.row('fail-on-purpose');
  await lesson.answer('fail-on-purpose', 'answer = 41');
  await lesson.becomes('fail-on-purpose', 'failed');
  await lesson.answer('fail-on-purpose', 'answer = 9');
  await lesson.becomes('fail-on-purpose', 'passed');
  await row.getByRole('button', { name: 'Next: Linear algebra' }).click();

  await expect(lesson.row('refactor-pipeline')).toBeVisible({ timeout: 30000 });
  await lesson.isIdle();
  await lesson.prepare();
  await lesson.answer('refactor-pipeline', COLLAPSE.right);
  await lesson.becomes('refactor-pipeline', 'passed');
  await lesson
    .row('refactor-pipeline')
    .getByRole('button', { name: 'Next exercise' })
    .click();
  await expect(
    page.getByRole('heading', { name: 'One product instead of a for' })
  ).toBeInViewport();
  await expect(
    page.locator('.jp-Cell.jp-mod-active').filter({ hasText: 'apply_rows' })
  ).toBeInViewport();
});
