import type { NotebookPanel } from '@jupyterlab/notebook';
import { Token } from '@lumino/coreutils';
import type { IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';

import type { ExercisesModel } from './model';
import type {
  AnswerRequest,
  AttemptsAnswer,
  AttemptsRequest,
  CellTag,
  CheckAnswer,
  CheckRequest,
  CleanRunAnswer,
  CleanRunRequest,
  ClipOpened,
  CourseAnswer,
  CourseRequest,
  ExercisesAnswer,
  ExercisesRequest,
  HintRequest,
  Ladder,
  Preferences,
  Question,
  WatchAnswer,
  WatchRequest
} from './wire';

/** The models of the notebooks that are open. */
export interface IExercisesTracker {
  /** The model of the current notebook. */
  readonly current: ExercisesModel | null;
  readonly currentChanged: ISignal<IExercisesTracker, ExercisesModel | null>;
  get(panel: NotebookPanel): ExercisesModel | null;
}

export const IExercisesTracker = new Token<IExercisesTracker>(
  'math4ml-lab:IExercisesTracker',
  'The exercises of the open notebooks, and how their checks stand.'
);

/** The calls to the server. Each rejects with a `ClientError` only. */
export interface IExercisesClient {
  exercises(request: ExercisesRequest): Promise<ExercisesAnswer>;
  watch(request: WatchRequest): Promise<WatchAnswer>;
  check(request: CheckRequest): Promise<CheckAnswer>;
  checkState(id: string): Promise<CheckAnswer>;
  cancelCheck(id: string): Promise<void>;
  /** The checks under way in a kernel, for a page that was loaded again. */
  checksUnderWay(kernelId: string): Promise<CheckAnswer[]>;
  hint(request: HintRequest): Promise<Ladder>;
  answer(request: AnswerRequest): Promise<Question>;
  attempts(request: AttemptsRequest): Promise<AttemptsAnswer>;
  course(request: CourseRequest): Promise<CourseAnswer>;
  preferences(preferences: Preferences): Promise<Preferences>;
  /** Tell that a passage of a video was opened. */
  clip(opened: ClipOpened): Promise<void>;
  cleanRun(request: CleanRunRequest): Promise<CleanRunAnswer>;
  cleanRunState(id: string): Promise<CleanRunAnswer>;
  cancelCleanRun(id: string): Promise<CleanRunAnswer>;
}

/** The learner's settings as they stand. */
export interface ISettings {
  readonly autoCheck: boolean;
}

/** What a model needs to know of a notebook, and may do with it. */
export interface INotebook extends IDisposable {
  readonly path: string;
  readonly course: string | null;
  readonly unit: string | null;
  /** Which cells hold which exercises, in the order of the cells. */
  readonly tags: readonly CellTag[];
  readonly kernelId: string | null;
  /** There is no kernel, and none is on its way. */
  readonly hasNoKernel: boolean;
  readonly activeCellId: string | null;

  /** Path, course, unit or tags are others now. */
  readonly tagsChanged: ISignal<INotebook, void>;
  /** Some cell's text may be another now. */
  readonly edited: ISignal<INotebook, void>;
  /** The code cell with this id ran, well or not. */
  readonly executed: ISignal<INotebook, string>;
  readonly activeCellChanged: ISignal<INotebook, void>;
  /** There is another kernel, or none. */
  readonly kernelChanged: ISignal<INotebook, void>;
  /** The kernel is idle for the first time in its life. */
  readonly kernelReady: ISignal<INotebook, void>;
  /** What the kernel held is gone: it restarts, was changed, or ended. */
  readonly kernelLost: ISignal<INotebook, void>;

  source(cellId: string): string | null;
  /** The number in brackets beside the cell; null where it has none. */
  executionCount(cellId: string): number | null;
  /** The texts of all code cells by id, in their order. */
  sources(): ReadonlyMap<string, string>;
  /** Replace the cell's text, as typing would: it can be undone. */
  write(cellId: string, source: string): void;
  /** Insert a tagged code cell below another, or at the end, and go there. */
  insert(after: string | null, source: string, tag: string): Promise<void>;
  tag(cellId: string, tag: string): void;
  /** Take all tags from the cell that name the exercise. */
  untag(cellId: string, exercise: string): void;
  /** Select the cell and bring it into view; the focus stays. */
  select(cellId: string): Promise<void>;
  /** Put the focus on the selected cell, in command mode. */
  focus(): void;
  /** Put the cursor on that line of the cell; lines count from 1. */
  reveal(cellId: string, line: number): Promise<void>;
  startKernel(): Promise<void>;
  save(): Promise<void>;
  /** Resolves when `tagsChanged` has been emitted for all that was changed before. */
  settled(): Promise<void>;
}
