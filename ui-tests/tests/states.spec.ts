import { COLLAPSE, expect, LINEAR, test } from './app';
import * as around from './around';
import type { Theme } from './look';
import { fitsInto, isAccessible, setTheme, takePicture, unfold } from './look';
import * as said from './said';
import { SHOWN, Stage } from './stage';

/** How a state comes about, after the one before it. */
type Arrange = (stage: Stage) => Promise<unknown>;
type States = Readonly<Record<string, Arrange>>;

// The server's words are given by the test: every outcome can be seen without waiting for it.
// What really leads to them is the matter of the journeys.
test.skip(({ app }) => app === 'notebook', 'the panel is the same there');
test.use({ viewport: { width: 1000, height: 1500 }, actionTimeout: 10_000 });

const ROW = `[data-math4ml-exercise="${SHOWN}"]`;

const THEMES: readonly Theme[] = ['light', 'dark'];

/** These have all colours that there are. */
const IN_CONTRAST: ReadonlySet<string> = new Set([
  'failed-hints',
  'puzzle-wrong',
  'question-wrong',
  'reveal',
  'problems'
]);

/** Bring each state about and look at it in every theme, at the width of a picture and at the least. */
async function look(
  stage: Stage,
  states: States,
  part?: string
): Promise<void> {
  const { page } = stage;
  let themes = THEMES;
  for (const [name, arrange] of Object.entries(states)) {
    await test.step(name, async () => {
      await arrange(stage);
      await page.mouse.move(0, 0);
      await fitsInto(page, 240);
      for (const theme of themes) {
        await setTheme(page, theme);
        await isAccessible(page, { onlyColours: theme === themes[1] });
        await takePicture(page, `states/${name}-${theme}`, part);
      }
      if (IN_CONTRAST.has(name)) {
        await setTheme(page, 'contrast');
        await isAccessible(page, { onlyColours: true });
      }
    });
    // The theme stays for the next state.
    themes = [...themes].reverse();
  }
}

test('the states of a check', async ({ app, page, tmpPath }) => {
  test.slow();
  const stage = await Stage.open(page, app, tmpPath);
  const { lesson } = stage;
  await page.sidebar.setWidth(340, 'right');
  await look(stage, { 'first-open': async () => {
      await expect(lesson.panel.locator('.jp-Math4mlLegend')).toHaveAttribute('open');
    }});
  const others = said.OTHERS.map(
    outcome =>
      [
        outcome.kind.replace(/_/g, '-'),
        () => stage.finds({ outcome })
      ] as const
  );
  await look(stage, {
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
      stage.finds({ ...said.SLIP, ladder: said.ladder(0) }),
    'known-slip-named': () =>
      stage.finds({
        ...said.SLIP,
        ladder: said.ladder(2, { title: 'The product applies the last stage first' })
      }),
    notes: () =>
      stage.finds({
        ...said.SLIP,
        known_slip: false,
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
  }, ROW);
});

test('questions, puzzles and solutions', async ({ app, page, tmpPath }) => {
  test.slow();
  const stage = await Stage.open(page, app, tmpPath);
  const { lesson } = stage;
  await page.sidebar.setWidth(340, 'right');
  await lesson.write(SHOWN, COLLAPSE.wrong);
  const row = lesson.row(SHOWN);
  const ladders = Object.entries(said.LADDERS).map(
    ([name, ladder]) =>
      [name, () => stage.finds({ checks: [], ladder })] as const
  );
  const questions = Object.entries(said.QUESTIONS).map(([name, question]) => {
    const answered = { ...said.PASSED, questions: [question] };
    return [name, () => stage.finds(answered).then(() => unfold(row))] as const;
  });
  await look(
    stage,
    {
      ...Object.fromEntries(ladders),
      'reveal-asked': async () => {
        await stage.finds({
          checks: [],
          ladder: said.ladder(0, { next: { state: 'ready', level: 5 } })
        });
        await row.getByRole('button', { name: /a solution/ }).click();
        await expect(row.getByText('Show a solution?')).toBeVisible();
      },
      'prediction-asked': async () => {
        await stage.says({ report: { ...said.SLIP, questions: [said.PREDICTION] } });
        await stage.checkAll();
        await lesson.becomes(SHOWN, 'asked');
        await stage.unfold();
      },
      'prediction-kept': async () => {
        stage.script.question = {
          ...said.PREDICTION,
          answer: { at: Date.now() / 1000, value: '(2, 2)', right: false, truth: '(4, 3)' }
        };
        await row.getByRole('textbox').fill('(2, 2)');
        await row.getByRole('button', { name: 'Commit to this' }).click();
        await lesson.becomes(SHOWN, 'failed');
      },
      ...Object.fromEntries(questions),
      reflect: () =>
        stage.finds({ outcome: { kind: 'passed', inputs: 11 }, questions: [said.REFLECTION] })
    },
    ROW
  );
});

test('the states around the exercises', async ({ app, page, tmpPath }) => {
  test.slow();
  const stage = await Stage.open(page, app, tmpPath);
  const { lesson } = stage;
  const { panel } = lesson;
  await page.sidebar.setWidth(340, 'right');
  await look(
    stage,
    {
      due: async () => {
        await lesson.write(SHOWN, COLLAPSE.right);
        await stage.finds(said.PASSED, {
          info: { solved: 'revealed', passed_at: said.AT, due_at: said.AT }
        });
        await expect(panel).toContainText('Write it once more');
      },
      'due-later': async () => {
        await stage.says({
          info: {
            solved: 'revealed',
            passed_at: said.AT,
            is_changed: true,
            due_at: Date.now() / 1000 + 200_000
          }
        });
        await expect(panel).toContainText('it comes back in');
      },
      earlier: async () => {
        await stage.says({
          attempts: around.ATTEMPTS,
          listing: { forum: 'https://forum.example.org/c/math4ml' }
        });
        await panel.getByText('Earlier answers, start over').click();
        await panel.locator('.jp-Math4mlEarlier summary').first().click();
        await panel.getByText('Ask in the forum').click();
      }
    },
    ROW
  );
  await look(stage, {
    course: async () => {
      await lesson.row(SHOWN).locator('.jp-Math4mlRow-head').click();
      stage.script = { course: around.COURSE };
      await panel.getByText('The course', { exact: true }).click();
      await expect(panel).toContainText('Go on where you were');
    },
    'clean-run-starting': async () => {
      await panel.getByText('The course', { exact: true }).click();
      stage.script = { cleanRun: { state: 'starting', total: 0 } };
      await panel.getByRole('button', { name: 'Verify from' }).click();
      await expect(panel).toContainText('Starting a fresh kernel');
    },
    'clean-run': async () => {
      stage.script = { cleanRun: { executed: 3 } };
      await expect(panel).toContainText('Running cell 4 of 9');
    },
    'clean-run-done': async () => {
      const [first] = await stage.cells();
      stage.script = { cleanRun: around.cleanRun(first) };
      await expect(panel).toContainText('Clean run done');
    },
    problems: async () => {
      await panel.getByRole('button', { name: 'Close' }).click();
      const [first, second] = await stage.cells();
      await stage.says({ listing: around.problems(first, second) });
      await expect(panel).toContainText('No cell has the exercise');
    },
    'duplicate-tag': async () => {
      await lesson.select('features-times-theta');
      await lesson.tag(`exercise:${SHOWN}`);
      await stage.says({});
      await expect(panel).toContainText('2 cells have the tag');
    },
    obstacle: async () => {
      await lesson.tag('exercise:features-times-theta');
      await stage.says({
        watch: { outcome: { kind: 'not_python', language: 'R' } }
      });
      await expect(panel).toContainText('this kernel speaks R');
    },
    'no-kernel': async () => {
      await lesson.command('kernelmenu:shutdown');
      await expect(panel).toContainText('no running kernel');
    },
    'no-server': async () => {
      stage.script = { isMissing: true };
      await stage.read();
      await expect(panel).toContainText('The server part of math4ml-lab');
    },
    'no-exercises': async () => {
      stage.script = {};
      await lesson.select(SHOWN);
      await lesson.tag();
      await lesson.select('features-times-theta');
      await lesson.tag();
      await expect(panel).toContainText('This notebook has no exercises');
    },
    'no-notebook': async () => {
      await lesson.command('application:close-all');
      const dialog = page.getByRole('button', { name: 'Discard' });
      await dialog.click();
      await expect(panel).toContainText('Open a notebook');
    }
  });
});

test.describe('the notebook and the panel', () => {
  test.use({ viewport: { width: 1300, height: 850 } });

  test('side by side, as the server says it', async ({ page, lessonOf }) => {
    const lesson = await lessonOf(LINEAR);
    await page.sidebar.close('left');
    await page.sidebar.setWidth(420, 'right');
    await lesson.prepare();
    await lesson.answer(SHOWN, COLLAPSE.wrong);
    await lesson.becomes(SHOWN, 'failed');
    const row = lesson.row(SHOWN);
    await row.getByRole('button', { name: /^Hint 1 of/ }).click();
    const hint = row.getByRole('region', { name: /^Hint 1 of/ });
    await expect(hint).toBeVisible();
    await row.evaluate(node => node.scrollIntoView({ block: 'start' }));
    await page.evaluate(() =>
      document
        .querySelector('.jp-Notebook .jp-Cell.jp-mod-active')
        ?.scrollIntoView({ block: 'center' })
    );
    for (const theme of THEMES) {
      await setTheme(page, theme);
      await takePicture(page, `panel-${theme}`, '#main');
    }
  });
});
