import { COLLAPSE, expect, test } from './app';
import * as said from './said';
import { SHOWN, Stage } from './stage';

test('the sign in the margin leaves room for three digits, the panel for whole lines', async ({ app, page, tmpPath }) => {
  const stage = await Stage.open(page, app, tmpPath);
  const { lesson } = stage;
  await lesson.write(SHOWN, COLLAPSE.wrong);
  await stage.finds({ checks: [], ladder: said.LADDERS.puzzle });
  const room = await page.evaluate(() => {
    const badge = document.querySelector('.jp-Math4mlBadge');
    const prompt = badge?.parentElement?.querySelector('.jp-InputPrompt');
    if (!badge || !prompt) {
      return null;
    }
    prompt.textContent = '[123]:';
    const text = document.createRange();
    text.selectNodeContents(prompt);
    return (
      text.getBoundingClientRect().left - badge.getBoundingClientRect().right
    );
  });
  expect(room).toBeGreaterThan(0);

  const cut = await lesson.panel.evaluate(panel => {
    panel.style.minWidth = '0';
    panel.style.width = '250px';
    const lines = [...panel.querySelectorAll('.jp-Math4mlArrange-line')];
    return lines.map(line => line.scrollWidth - line.clientWidth);
  });
  expect(cut).toEqual([0, 0, 0, 0, 0]);
});
