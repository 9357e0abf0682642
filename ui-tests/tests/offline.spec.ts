import { COLLAPSE, expect, LINEAR, START, test } from './app';

test('nothing is asked of any other host, and a clip is only a link', async ({
  lessonOf,
  page
}) => {
  const hosts = new Set<string>();
  page.on('request', request => {
    const { protocol, host } = new URL(request.url());
    if (protocol.startsWith('http')) {
      hosts.add(host);
    }
  });
  await page.context().route(/youtube|youtu\.be/, route => route.abort());
  const lesson = await lessonOf(LINEAR);
  await lesson.prepare();
  await lesson.answer('refactor-pipeline', COLLAPSE.wrong);
  await lesson.becomes('refactor-pipeline', 'failed');
  const link = lesson.row('refactor-pipeline').getByRole('link').first();
  await expect(link).toHaveAttribute('rel', 'noopener noreferrer');
  const [tab] = await Promise.all([page.context().waitForEvent('page'), link.click()]);
  await tab.close();
  // Without the network the video does not come; the work goes on.
  await lesson.answer('refactor-pipeline', COLLAPSE.right);
  await lesson.becomes('refactor-pipeline', 'passed');
  await expect(lesson.panel.locator('iframe, video, img')).toHaveCount(0);
  expect([...hosts]).toEqual([new URL(page.url()).host]);
});

test('where the server’s part is missing the panel says so, and the notebook works', async ({
  lessonOf,
  page
}) => {
  const lesson = await lessonOf(START);
  // As a server without the extension answers.
  await page.route('**/math4ml/api/**', route =>
    route.fulfill({ status: 404, contentType: 'text/html', body: 'Not Found' })
  );
  await lesson.panel.getByRole('button', { name: 'Read the exercises again' }).click();
  await expect(lesson.panel.getByRole('alert')).toContainText(
    'The server part of math4ml-lab is not running here.'
  );
  await lesson.insertBelow('20 + 22');
  expect(await lesson.run()).toContain('42');
});

test('a server that is away for a while costs no verdict', async ({
  lessonOf,
  page
}) => {
  const lesson = await lessonOf(START);
  await page.route(/math4ml\/api\/check/, route => route.abort());
  await lesson.answer('fail-on-purpose', 'answer = 41');
  await expect(lesson.panel.getByRole('alert')).toContainText('does not answer');
  await page.unroute(/math4ml\/api\/check/);
  await lesson.panel.getByRole('button', { name: 'Check all' }).click();
  await lesson.becomes('fail-on-purpose', 'failed');
});
