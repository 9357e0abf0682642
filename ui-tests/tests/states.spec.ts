import type { TestInfo } from '@playwright/test';

import { COLLAPSE, expect, test } from './app';
import type { Theme } from './look';
import { fitsInto, isAccessible, setTheme, takePicture } from './look';
import * as said from './said';
import { SHOWN, Stage } from './stage';

/** How a state comes about, after the one before it. */
type Arrange = (stage: Stage) => Promise<void>;

// The server's words are given by the test: every outcome can be seen without waiting for it.
// What really leads to them is the matter of the journeys.
test.skip(({ app }) => app === 'notebook', 'seen.spec.ts looks at Notebook 7');
test.use({ viewport: { width: 1000, height: 1500 }, actionTimeout: 10_000 });

const THEMES: readonly Theme[] = ['light', 'dark'];

/** Bring each state about and look at it in every theme, at the width of a picture and at the least. */
async function look(
  stage: Stage,
  info: TestInfo,
  states: Readonly<Record<string, Arrange>>
): Promise<void> {
  const { page } = stage;
  await page.sidebar.setWidth(340, 'right');
  let themes = THEMES;
  for (const [name, arrange] of Object.entries(states)) {
    await test.step(name, async () => {
      await arrange(stage);
      await page.mouse.move(0, 0);
      await fitsInto(page, 240);
      for (const theme of themes) {
        await setTheme(page, theme);
        await isAccessible(page);
        await takePicture(page, info, `${name}-${theme}`);
      }
    });
    // The theme stays for the next state.
    themes = [...themes].reverse();
  }
}

test('the states of a check', async ({ app, page, tmpPath }, info) => {
  test.slow();
  const stage = await Stage.open(page, app, tmpPath);
  const { lesson } = stage;
  const others = said.OTHERS.map(
    outcome =>
      [
        outcome.kind.replace(/_/g, '-'),
        () => stage.finds({ outcome })
      ] as const
  );
  await look(stage, info, {
    'first-open': async () => {
      await expect(lesson.panel.locator('.jp-Math4mlLegend')).toHaveAttribute('open');
    },
    ...Object.fromEntries(others),
    checking: async () => {
      await lesson.write(SHOWN, COLLAPSE.wrong);
      stage.script = { check: 'running' };
      await stage.checkAll();
      await lesson.becomes(SHOWN, 'checking');
    },
    waiting: async () => {
      stage.script = { check: 'queued' };
      await lesson.becomes(SHOWN, 'queued');
    },
    failed: async () => {
      stage.script = { report: said.FAILED };
      await lesson.becomes(SHOWN, 'failed');
    },
    'failed-hints': () =>
      stage.finds({ ...said.FAILED, ladder: said.ladder(3), distinct: 3 }),
    'known-slip': () =>
      stage.finds({ ...said.FAILED, known_slip: true, ladder: said.ladder(0) }),
    'known-slip-named': () =>
      stage.finds({
        ...said.FAILED,
        known_slip: true,
        ladder: said.ladder(2, { title: 'The product applies the last stage first' })
      }),
    notes: () =>
      stage.finds({
        ...said.FAILED,
        ladder: null,
        basis: 'live',
        isolation: 'guarded',
        notes: ['The answer drew random numbers; they were fixed for the check.'],
        printed: 'stage (2, 2)\nstage (2, 2)\n',
        other_ladders: [said.ladder(2)]
      }),
    edited: async () => {
      await lesson.write(SHOWN, `${COLLAPSE.wrong}  # again`);
      await lesson.becomes(SHOWN, 'edited');
    },
    passed: async () => {
      await lesson.write(SHOWN, COLLAPSE.right);
      await stage.finds(said.PASSED, {
        info: { solved: 'with_hints', hints: 2, passed_at: Date.now() / 1000 }
      });
      await expect(
        lesson.panel.getByRole('button', { name: 'Next exercise' })
      ).toBeVisible();
      await lesson.panel.getByText('Another right way').click();
    },
    'passed-edited': async () => {
      await lesson.write(SHOWN, `${COLLAPSE.right}  # once more`);
      await lesson.becomes(SHOWN, 'passed_edited');
    },
    'passed-earlier': async () => {
      await lesson.write(SHOWN, COLLAPSE.right);
      await stage.says({ report: { ...said.PASSED, epoch: 'another life' } });
      await stage.checkAll();
      await lesson.becomes(SHOWN, 'passed_earlier');
    }
  });
});
