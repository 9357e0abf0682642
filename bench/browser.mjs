/** Measures JupyterLab in one browser: takes what is to be measured as JSON, prints what it found as JSON. */
import { createRequire } from 'node:module';

import { clocks } from './clocks.mjs';
import { longest } from './trace.mjs';

const { chromium } = createRequire(
  new URL('../ui-tests/package.json', import.meta.url)
)('@playwright/test');

/**
 * @typedef {{address: string, token: string, notebooks: Record<string, string>}} Lab One server's JupyterLab.
 * @typedef {{with: Lab, without: Lab, rounds: number, keys: number, outputs: number, quiet: number, chromium?: string,
 *   exercises: Record<string, string>}} Plan What is to be measured.
 */

/** @type {Plan} */
const plan = JSON.parse(process.argv[2]);
const PATIENCE = 60_000;
/** The exercises that are timed, in the order of their cells. */
const TIMED = Object.keys(plan.exercises);
const CATEGORIES = [
  'toplevel',
  'devtools.timeline',
  'disabled-by-default-v8.cpu_profiler'
];

class Page {
  /** Open a notebook in a JupyterLab of its own context. */
  static async open(browser, lab, notebook) {
    const context = await browser.newContext({
      viewport: { width: 1400, height: 900 }
    });
    const page = await context.newPage();
    await page.addInitScript(clocks);
    const one = new Page(page, await context.newCDPSession(page));
    await one.cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
    await page.goto(`${lab.address}/lab?reset&token=${lab.token}`);
    await page.waitForFunction(() => window.jupyterapp);
    await page.evaluate(() => window.jupyterapp.restored.then(() => true));
    await one.show(lab.notebooks[notebook]);
    return one;
  }

  constructor(page, cdp) {
    this.page = page;
    this.cdp = cdp;
  }

  async show(path) {
    // What the commands return is no plain data.
    await this.page.evaluate(async where => {
      await window.jupyterapp.commands.execute('docmanager:open', {
        path: where
      });
    }, path);
    await this.page.waitForFunction(
      () =>
        window.jupyterapp.shell.currentWidget?.sessionContext?.session?.kernel
          ?.status === 'idle',
      null,
      { timeout: PATIENCE }
    );
    // As one who works in a notebook has it.
    await this.page.evaluate(async () => {
      await window.jupyterapp.commands.execute('filebrowser:hide-main');
    });
    await this.page.evaluate(() => window.bench.settled(2000));
  }

  close() {
    return this.page.context().close();
  }

  /** Make a cell the active one, with this text, and nothing under it. */
  async prepare(index, text, mode = 'command') {
    await this.page.evaluate(
      ([at, source, how]) => window.bench.prepare(at, source, how),
      [index, text, mode]
    );
    await this.rest();
    if (!(await this.page.evaluate(at => window.bench.isAt(at), index))) {
      throw new Error(`Cell ${index} does not become the active one.`);
    }
  }

  rest() {
    return this.page.waitForTimeout(plan.quiet);
  }

  /** Milliseconds for which the main thread has worked so far. */
  async worked() {
    const { metrics } = await this.cdp.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'TaskDuration').value * 1e3;
  }

  /** Press run with the clock running; return the time it took, and for how long the main thread worked. */
  async run(clock, ...about) {
    await this.page.evaluate(
      ([name, given]) => window.bench[name](...given),
      [clock, about]
    );
    const before = await this.worked();
    await this.page.keyboard.press('Control+Enter');
    const took = await this.page.evaluate(() => window.bench.took());
    await this.rest();
    return { took, worked: (await this.worked()) - before };
  }

  async output() {
    await this.prepare(0, null);
    return this.run('output', '2');
  }

  /** Run an answer that has not been run before, until its row says that it passed. */
  async verdict(exercise, round) {
    const text = `${plan.exercises[exercise]}# ${round}\n`;
    await this.prepare(1 + TIMED.indexOf(exercise), text);
    const row = `[data-math4ml-exercise="${exercise}"]`;
    return this.run('state', row, 'passed');
  }

  /** Type in a cell; return each key's time to its frame, and the main thread's work a key. */
  async type(index) {
    await this.prepare(index, '', 'edit');
    const frames = [];
    const before = await this.worked();
    for (let key = 0; key < plan.keys; key += 1) {
      await this.page.evaluate(() => window.bench.frame());
      await this.page.keyboard.press('x');
      frames.push(await this.page.evaluate(() => window.bench.took()));
    }
    await this.rest();
    return { frames, worked: ((await this.worked()) - before) / plan.keys };
  }
}

const found = {};
function note(name, value) {
  (found[name] ??= []).push(value);
}

/** Run and verdict beside run and output, in turns in one page; the first round is not kept. */
async function session(browser) {
  const page = await Page.open(browser, plan.with, 'few');
  for (let round = 0; round <= plan.rounds; round += 1) {
    const output = await page.output();
    const verdicts = [];
    for (const exercise of TIMED) {
      verdicts.push(await page.verdict(exercise, round));
    }
    if (round > 0) {
      note('output', output.took);
      TIMED.forEach((exercise, index) =>
        note(`verdict, ${exercise}`, verdicts[index].took)
      );
    }
  }
  await page.close();
}

/** The notebook of 200 exercises, with the extension and without, in turns. */
async function many(browser) {
  const pages = {
    with: await Page.open(browser, plan.with, 'many'),
    without: await Page.open(browser, plan.without, 'many')
  };
  await pages.with.page.waitForSelector('[data-math4ml-exercise]');
  if (await pages.without.page.$('#math4ml-exercises')) {
    throw new Error('The extension is where it should not be.');
  }
  for (let round = 0; round <= plan.rounds; round += 1) {
    for (const [name, page] of Object.entries(pages)) {
      const runs = [];
      while (runs.length < plan.outputs) {
        runs.push(await page.output());
      }
      const typed = await page.type(10 + round);
      if (round > 0) {
        runs.forEach(({ took, worked }) => {
          note(`output, ${name}`, took);
          note(`work of a run, ${name}`, worked);
        });
        typed.frames.forEach(frame => note(`key, ${name}`, frame));
        note(`work of a key, ${name}`, typed.worked);
      }
    }
    const judged = await pages.with.verdict(TIMED.at(-1), round);
    if (round > 0) {
      note('verdict, many', judged.took);
    }
  }
  await pages.with.close();
  await pages.without.close();
}

/** The longest tasks of the extension, while a person does each thing once in the notebook of 200 exercises. */
async function tasks(browser) {
  const page = await Page.open(browser, plan.with, 'few');
  const deeds = {
    open: () => page.show(plan.with.notebooks.many),
    'run a cell': () => page.output(),
    'run an exercise': () => page.verdict(TIMED[0], 'traced'),
    type: () => page.type(100),
    'check all': async () => {
      await page.page.evaluate(async () => {
        await window.jupyterapp.commands.execute('math4ml:check-all');
      });
      await page.page.waitForFunction(
        () => !document.querySelector('[data-math4ml-state="checking"]'),
        null,
        { timeout: PATIENCE }
      );
    },
    'go through the cells': async () => {
      for (let cell = 10; cell < 60; cell += 10) {
        await page.prepare(cell, null);
      }
    }
  };
  found.longest = {};
  for (const [name, deed] of Object.entries(deeds)) {
    await browser.startTracing(page.page, { categories: CATEGORIES });
    await deed();
    await page.rest();
    found.longest[name] = longest(
      JSON.parse((await browser.stopTracing()).toString()).traceEvents
    );
  }
  await page.close();
}

const browser = await chromium.launch({
  executablePath: plan.chromium || undefined,
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking']
});
try {
  found.browser = browser.version();
  for (const part of [session, many, tasks]) {
    process.stderr.write(`${part.name} …\n`);
    await part(browser);
  }
} finally {
  await browser.close();
}
process.stdout.write(JSON.stringify(found));
