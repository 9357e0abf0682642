import { expect, test } from '@playwright/test';

import { Hub } from './hub';

let hub: Hub;

test.beforeAll(async () => {
  test.setTimeout(120000);
  hub = await Hub.start();
});

test.afterAll(async () => {
  test.setTimeout(120000);
  await hub?.stop();
});

test('two learners of a Hub each have a panel with progress of their own', async ({
  browser
}) => {
  test.setTimeout(180000);
  const [one, other] = hub.learners;

  const page = await hub.signIn(browser, one);
  const lesson = await Hub.open(page, 'start/start.ipynb');
  await lesson.answer('fail-on-purpose', 'answer = 41');
  await lesson.becomes('fail-on-purpose', 'failed');
  await expect(lesson.failed('fail-on-purpose')).toContainText('41');
  await lesson.answer('fail-on-purpose', 'answer = 9');
  await lesson.becomes('fail-on-purpose', 'passed');
  // Where the administrator's file says.
  await expect(page.locator('#jp-left-stack #math4ml-exercises')).toBeVisible();

  const others = await hub.signIn(browser, other);
  expect(others.url()).toContain(hub.server(other));
  const theirs = await Hub.open(others, 'start/start.ipynb');
  await expect(theirs.row('fail-on-purpose')).toHaveAttribute(
    'data-math4ml-state',
    'not_run'
  );
  await theirs.answer('fail-on-purpose', 'answer = 40');
  await theirs.becomes('fail-on-purpose', 'failed');
  await expect(theirs.failed('fail-on-purpose')).toContainText('40');

  await lesson.reload();
  await lesson.becomes('fail-on-purpose', 'passed');

  const refused = await others.goto(`${hub.server(one)}lab`);
  expect(refused?.status()).toBe(403);
});
