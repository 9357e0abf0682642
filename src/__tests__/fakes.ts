import type { Outcome } from '../rowState';
import type { IExercisesClient } from '../tokens';
import type {
  AnswerRequest,
  AttemptsAnswer,
  CellTag,
  CheckAnswer,
  CheckRequest,
  CheckResult,
  CleanRunAnswer,
  ClipOpened,
  CourseAnswer,
  EarlierAnswer,
  ExerciseInfo,
  ExercisesAnswer,
  ExercisesRequest,
  HintRequest,
  Ladder,
  Preferences,
  Question,
  Report,
  WatchAnswer,
  WatchRequest
} from '../wire';

/** One outcome of each kind. */
export const OUTCOMES: {
  [K in Outcome['kind']]: Extract<Outcome, { kind: K }>;
} = {
  passed: { kind: 'passed', inputs: 3 },
  failed: { kind: 'failed' },
  not_attempted: { kind: 'not_attempted' },
  lacks: { kind: 'lacks', names: ['W'] },
  not_run: { kind: 'not_run' },
  edited: { kind: 'edited' },
  cell_raised: { kind: 'cell_raised', error: 'KeyError: 1' },
  timed_out: { kind: 'timed_out', seconds: 8, smallest_input: 'n=2' },
  out_of_memory: { kind: 'out_of_memory', megabytes: 64 },
  kernel_busy: { kind: 'kernel_busy' },
  kernel_restarted: { kind: 'kernel_restarted' },
  kernel_dead: { kind: 'kernel_dead' },
  not_python: { kind: 'not_python', language: 'R' },
  gateway: { kind: 'gateway' },
  no_snapshot: { kind: 'no_snapshot', why: 'Threads.' },
  cancelled: { kind: 'cancelled' },
  broken: { kind: 'broken', message: 'Line 3.', fix: 'Mend it.' }
};

/** A server whose answers to checks a test gives by hand. */
export class FakeClient implements IExercisesClient {
  listing: Partial<ExercisesAnswer> = {};
  infos: Record<string, Partial<ExerciseInfo>> = {};
  watchAnswer: Partial<WatchAnswer> = {};
  failure: Error | null = null;
  readonly listed: ExercisesRequest[] = [];
  readonly watched: WatchRequest[] = [];
  readonly checked: CheckRequest[] = [];
  readonly polled: string[] = [];
  readonly asked: string[] = [];
  readonly cancelled: string[] = [];
  readonly hinted: HintRequest[] = [];
  /** What each check answers first, and then at each question. */
  readonly answers = new Map<string, (CheckAnswer | Error)[]>();
  climbed: Ladder | null = null;
  question: Question | null = null;
  underWay: CheckAnswer[] = [];
  earlier: EarlierAnswer[] = [];
  cleanRuns: (Partial<CleanRunAnswer> & Pick<CleanRunAnswer, 'state'>)[] = [];
  readonly answered: AnswerRequest[] = [];
  readonly watchedClips: ClipOpened[] = [];
  readonly preferred: Preferences[] = [];

  async exercises(request: ExercisesRequest): Promise<ExercisesAnswer> {
    this.listed.push(request);
    if (this.failure) {
      throw this.failure;
    }
    return {
      course: 'math4ml',
      unit: 'linear',
      title: 'Linear algebra',
      exercises: request.cells.map(cell => ({
        ...info(cell),
        ...this.infos[cell.exercise]
      })),
      problems: [],
      ...this.listing
    };
  }

  async watch(request: WatchRequest): Promise<WatchAnswer> {
    this.watched.push(request);
    return { watched: request.cells.length, ...this.watchAnswer };
  }

  async check(request: CheckRequest): Promise<CheckAnswer> {
    this.checked.push(request);
    return this._next(`check-${this.checked.length}`);
  }

  async checkState(id: string): Promise<CheckAnswer> {
    this.polled.push(id);
    return this._next(id);
  }

  async cancelCheck(id: string): Promise<void> {
    this.cancelled.push(id);
  }

  async checksUnderWay(kernelId: string): Promise<CheckAnswer[]> {
    this.asked.push(kernelId);
    return this.underWay;
  }

  async answer(request: AnswerRequest): Promise<Question> {
    this.answered.push(request);
    if (!this.question) {
      throw new Error('no question');
    }
    return this.question;
  }

  async attempts(): Promise<AttemptsAnswer> {
    return { attempts: this.earlier };
  }

  async course(): Promise<CourseAnswer> {
    return { course: 'math4ml', title: 'The course', units: [] };
  }

  async preferences(preferences: Preferences): Promise<Preferences> {
    this.preferred.push(preferences);
    return preferences;
  }

  async clip(opened: ClipOpened): Promise<void> {
    this.watchedClips.push(opened);
  }

  async cleanRun(): Promise<CleanRunAnswer> {
    return this._cleanRun();
  }

  async cleanRunState(): Promise<CleanRunAnswer> {
    return this._cleanRun();
  }

  async cancelCleanRun(id: string): Promise<CleanRunAnswer> {
    this.cancelled.push(id);
    return this._cleanRun();
  }

  async hint(request: HintRequest): Promise<Ladder> {
    this.hinted.push(request);
    if (!this.climbed) {
      throw new Error('no ladder');
    }
    return this.climbed;
  }

  private _cleanRun(): CleanRunAnswer {
    const next = this.cleanRuns.shift();
    if (!next) {
      throw new Error('no clean run');
    }
    return {
      id: 'run-1',
      path: 'linear.ipynb',
      executed: 0,
      total: 4,
      reports: [],
      ...next
    };
  }

  private _next(id: string): CheckAnswer {
    const answers = this.answers.get(id) ?? [];
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    if (answer instanceof Error) {
      throw answer;
    }
    return { id, state: 'running', reports: [], ...answer };
  }
}

export function info(tag: CellTag): ExerciseInfo {
  return {
    ...tag,
    title: `Title of ${tag.exercise}`,
    points: 1,
    checks: [{ name: 'value', title: 'The value is right' }],
    needs: [],
    attempts: 0,
    hints: 0
  };
}

export function report(
  cellId: string,
  exercise: string,
  changes: Partial<Report> = {}
): Report {
  return {
    cell_id: cellId,
    exercise,
    outcome: { kind: 'passed', inputs: 60 },
    checks: [],
    basis: 'run',
    source: '',
    at: 1000,
    ...changes
  };
}

export function claim(changes: Partial<CheckResult> = {}): CheckResult {
  return {
    name: 'value',
    answer: 'f',
    title: 'The value is right',
    state: 'held',
    ...changes
  };
}

export function done(id: string, ...reports: Report[]): CheckAnswer {
  return { id, state: 'done', reports };
}

/** A report with a claim of every state. */
export const FAILED = report('A', 'one', {
  outcome: { kind: 'failed' },
  known_slip: true,
  source: 'a',
  checks: [
    claim({ name: 'defined' }),
    claim({ name: 'shape' }),
    claim({ name: 'finite', state: 'skipped' }),
    claim({ name: 'symmetric', title: 'The result is symmetric' }),
    claim({
      title: 'The error is the dropped part',
      state: 'failed',
      measurement: '0.753, needs 1.003\n(rtol 1e-6)',
      smallest_input: 'M=[[1, 2],\n   [2, 2]]',
      observation: 'Twice the value.',
      wrong: 4,
      inputs: 60,
      line: { number: 3, text: '    return U[:, :k]' },
      clip: {
        title: 'Rank',
        url: 'https://www.youtube.com/watch?v=x&t=845s',
        start: 845
      }
    }),
    claim({ name: 'late', title: 'It is fast', state: 'skipped' })
  ]
});

/** A ladder with one hint open, and 42 s to the next. */
export const LADDER: Ladder = {
  key: 'check:value',
  levels: 3,
  opened: [{ level: 1, text: 'What is **dropped**?' }],
  next: { state: 'waits', level: 2, seconds: 42 }
};

/** Let all promises that can settle do so. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) {
    await Promise.resolve();
  }
}
