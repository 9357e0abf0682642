import type { IJupyterLabPageFixture } from '@jupyterlab/galata';
import { expect } from '@jupyterlab/galata';
import type { Browser, Page } from '@playwright/test';
import { type ChildProcess, spawn } from 'child_process';
import { once } from 'events';
import * as path from 'path';
import { createInterface } from 'readline';

import { Lesson } from './lesson';

const PROGRAM = path.resolve(__dirname, '../../tests/real_hub.py');

/** A real JupyterHub; the tests of the Python side have the same. */
export class Hub {
  private constructor(
    private readonly process: ChildProcess,
    readonly address: string,
    readonly password: string,
    readonly learners: string[]
  ) {}

  static async start(): Promise<Hub> {
    const process = spawn('python', [PROGRAM], {
      stdio: ['pipe', 'pipe', 'inherit']
    });
    for await (const line of createInterface(process.stdout)) {
      const { address, password, learners } = JSON.parse(line);
      return new Hub(process, address, password, learners);
    }
    throw new Error('The Hub has not started.');
  }

  /** Stop it; fail if anything that it started is left. */
  async stop(): Promise<void> {
    const ended = once(this.process, 'exit');
    this.process.stdin?.end();
    expect(await ended).toEqual([0, null]);
  }

  /** The address of a learner's server, as the browser shows it. */
  server(learner: string): string {
    return new URL(`user/${learner}/`, this.address).href;
  }

  /** Sign in with a browser of the learner's own, and wait for JupyterLab. */
  async signIn(browser: Browser, learner: string): Promise<Page> {
    const context = await browser.newContext({ baseURL: this.address });
    const page = await context.newPage();
    await page.goto('hub/login');
    await page.getByLabel('Username').fill(learner);
    await page.getByLabel('Password').fill(this.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL(url => url.href.startsWith(this.server(learner)), {
      timeout: 60000
    });
    await page.waitForFunction(() => !!window.jupyterapp?.restored);
    await page.evaluate(() => window.jupyterapp.restored.then(() => true));
    return page;
  }

  /** Open a notebook of the learner's copy of the course. */
  static async open(page: Page, notebook: string): Promise<Lesson> {
    const lesson = new Lesson(
      page as IJupyterLabPageFixture,
      `math4ml-course/${notebook}`
    );
    await lesson.reopen();
    return lesson;
  }
}
