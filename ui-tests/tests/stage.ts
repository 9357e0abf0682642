import type { IJupyterLabPageFixture } from '@jupyterlab/galata';
import type { Request, Route } from '@playwright/test';
import { readFileSync } from 'fs';
import * as path from 'path';

import type {
  CellTag,
  CheckAnswer,
  CheckRequest,
  CleanRunAnswer,
  CourseAnswer,
  EarlierAnswer,
  ExerciseInfo,
  ExercisesAnswer,
  Ladder,
  Question,
  Report,
  WatchAnswer
} from '../../src/wire';
import type { App } from './app';
import { Lesson } from './lesson';

const EXERCISES = path.resolve(__dirname, '../../exercises');
const UNIT = 'linear_algebra/linear_algebra.ipynb';

/** The exercises that the stage keeps; the state to be seen is that of the first. */
const KEPT = ['refactor-pipeline', 'features-times-theta'];
export const SHOWN = KEPT[0];

/** What a test says in the server's place; what is missing, the server says itself. */
export interface IScript {
  /** Changes to what the server says of the notebook, and of the exercise that is shown. */
  listing?: Partial<ExercisesAnswer>;
  info?: Partial<ExerciseInfo>;
  /** The report that a check gives on it. */
  report?: Partial<Report>;
  /** How far a check is; it stays there. */
  check?: 'queued' | 'running';
  watch?: Partial<WatchAnswer>;
  ladder?: Ladder;
  question?: Question;
  attempts?: EarlierAnswer[];
  course?: Partial<CourseAnswer>;
  cleanRun?: Partial<CleanRunAnswer>;
  /** The server knows nothing of us. */
  isMissing?: boolean;
}

/** A lesson with two exercises, whose server says what the test wants to see. */
export class Stage {
  private constructor(
    readonly page: IJupyterLabPageFixture,
    readonly lesson: Lesson
  ) {}

  script: IScript = {};

  static async open(
    page: IJupyterLabPageFixture,
    app: App,
    folder: string
  ): Promise<Stage> {
    const stage = new Stage(page, new Lesson(page, app, `${folder}/${UNIT}`));
    await page.contents.uploadDirectory(EXERCISES, folder);
    await page.contents.uploadContent(fewCells(), 'text', `${folder}/${UNIT}`);
    await page.route('**/math4ml/api/**', route => stage._answer(route));
    await stage.lesson.reopen();
    return stage;
  }

  /** Say this from now on, and have the panel read it. */
  async says(script: IScript): Promise<void> {
    this.script = script;
    await this.read();
  }

  /** Have the panel read the exercises again. */
  async read(): Promise<void> {
    const read = this.page.waitForResponse(/math4ml\/api\/exercises/);
    await this.lesson.panel
      .getByRole('button', { name: 'Read the exercises again' })
      .click();
    await read;
  }

  /** Have all exercises checked, with this report on the one that is shown. */
  async finds(report: Partial<Report>, script: IScript = {}): Promise<void> {
    this.script = { ...script, report };
    if (script.info) {
      await this.read();
    }
    await this.checkAll();
    const state = report.outcome?.kind ?? 'failed';
    await this.lesson.becomes(SHOWN, state);
    await this.unfold();
  }

  async checkAll(): Promise<void> {
    await this.lesson.panel.getByRole('button', { name: 'Check all' }).click();
  }

  /** Open the row that is shown. */
  async unfold(): Promise<void> {
    const head = this.lesson.row(SHOWN).locator('.jp-Math4mlRow-head');
    if ((await head.getAttribute('aria-expanded')) !== 'true') {
      await head.click();
    }
  }

  /** The cells of the exercises. */
  async cells(): Promise<string[]> {
    return this.page.evaluate(() => {
      const { content } = window.jupyterapp.shell.currentWidget as unknown as {
        content: {
          widgets: {
            model: { id: string; getMetadata(key: string): unknown };
          }[];
        };
      };
      return content.widgets
        .filter(({ model }) => model.getMetadata('tags') !== undefined)
        .map(({ model }) => model.id);
    });
  }

  private async _answer(route: Route): Promise<void> {
    const request = route.request();
    const name = new URL(request.url()).pathname.split('/math4ml/api/')[1];
    const said = this.script.isMissing
      ? { status: 404, body: 'Not Found' }
      : await this._said(route, request, name);
    await (said === null ? route.continue() : route.fulfill(said));
  }

  private async _said(
    route: Route,
    request: Request,
    name: string
  ): Promise<{ json: object } | null> {
    const { script } = this;
    switch (name.split('/')[0]) {
      case 'exercises':
        return { json: await this._listing(route) };
      case 'watch':
        return script.watch ? { json: { watched: 0, ...script.watch } } : null;
      case 'check':
        return this._check(request);
      case 'hint':
        return script.ladder ? { json: script.ladder } : null;
      case 'answer':
        return script.question ? { json: script.question } : null;
      case 'attempts':
        return script.attempts
          ? { json: { attempts: script.attempts } }
          : null;
      case 'course':
        return script.course
          ? { json: { course: 'c', title: 'c', units: [], ...script.course } }
          : null;
      case 'clean-run':
        return this._cleanRun(request);
      default:
        return null;
    }
  }

  private async _listing(route: Route): Promise<ExercisesAnswer> {
    const response = await route.fetch();
    const told = (await response.json()) as ExercisesAnswer;
    const { listing, info } = this.script;
    return {
      ...told,
      missing: [],
      ...listing,
      exercises: told.exercises.map(each =>
        each.exercise === SHOWN ? { ...each, ...info } : each
      )
    };
  }

  private _check(request: Request): { json: object } | null {
    const { report, check } = this.script;
    if (!report && !check) {
      return null;
    }
    if (request.method() === 'POST') {
      this._asked = request.postDataJSON() as CheckRequest;
    } else if (request.url().includes('kernel_id')) {
      return { json: [] };
    } else if (request.method() === 'DELETE') {
      return { json: {} };
    }
    const cells = (this._asked?.cells ?? []).filter(
      cell => !check || cell.exercise === SHOWN
    );
    const answer: CheckAnswer = check
      ? { id: 'one', state: check, reports: [], cells: cells.map(tagOf) }
      : {
          id: 'one',
          state: 'done',
          reports: cells.map(cell => ({
            ...tagOf(cell),
            source: cell.source,
            at: Date.now() / 1000,
            basis: 'run',
            checks: [],
            ...(cell.exercise === SHOWN
              ? { outcome: { kind: 'failed' }, ...report }
              : { outcome: { kind: 'not_run' } })
          }))
        };
    return { json: answer };
  }

  private _cleanRun(request: Request): { json: object } | null {
    const { cleanRun } = this.script;
    if (!cleanRun) {
      return null;
    }
    const answer: CleanRunAnswer = {
      id: 'run',
      path: this.lesson.notebook,
      state: 'running',
      executed: 0,
      total: 9,
      reports: [],
      ...cleanRun
    };
    return {
      json:
        request.method() === 'DELETE'
          ? { ...answer, state: 'cancelled' }
          : answer
    };
  }

  private _asked: CheckRequest | null = null;
}

function tagOf({ cell_id, exercise }: CellTag): CellTag {
  return { cell_id, exercise };
}

/** The notebook of the unit with its heading, its imports and the exercises that are kept. */
function fewCells(): string {
  interface ICell {
    cell_type: string;
    metadata: { tags?: string[] };
  }
  const notebook = JSON.parse(
    readFileSync(path.join(EXERCISES, UNIT), 'utf8')
  ) as { cells: ICell[] };
  const tagged = notebook.cells.filter(({ metadata }) =>
    KEPT.some(name => metadata.tags?.includes(`exercise:${name}`))
  );
  const first = notebook.cells.findIndex(cell => cell.cell_type === 'code');
  return JSON.stringify({
    ...notebook,
    cells: [...notebook.cells.slice(0, first + 1), ...tagged]
  });
}
