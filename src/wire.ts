// Generated from math4ml_lab/wire.py by 'make wire': do not edit.

export type Wire =
  | ExercisesRequest
  | ExercisesAnswer
  | WatchRequest
  | WatchAnswer
  | CheckRequest
  | CheckAnswer
  | HintRequest
  | Ladder
  | Refusal
  | CleanRunRequest
  | CleanRunAnswer;

/**
 * `POST math4ml/api/exercises`: a notebook whose exercises are to be shown.
 */
export interface ExercisesRequest {
  cells: CellTag[];
  course?: string | null;
  path: string;
  unit?: string | null;
}
/**
 * A cell and the exercise that one of its tags names.
 */
export interface CellTag {
  cell_id: string;
  exercise: string;
}
/**
 * The answer: exercises in the order of the cells, and what is wrong.
 */
export interface ExercisesAnswer {
  course: string;
  exercises: ExerciseInfo[];
  problems: Problem[];
  title: string;
  unit: string;
}
/**
 * An exercise as the panel shows it.
 *
 * `latest` is the last report of this learner, from whichever kernel; `hints` counts the hints that were opened.
 */
export interface ExerciseInfo {
  attempts: number;
  cell_id: string;
  checks: CheckInfo[];
  clip?: Clip | null;
  exercise: string;
  hints: number;
  latest?: Report | null;
  needs: string[];
  passed_at?: number | null;
  points: number;
  title: string;
}
/**
 * One claim about the answer, as the module states it.
 */
export interface CheckInfo {
  clip?: Clip | null;
  name: string;
  title: string;
}
/**
 * A passage of a video; seconds are None where none is known, never estimated.
 */
export interface Clip {
  end?: number | null;
  start?: number | null;
  title: string;
  url: string;
}
/**
 * What one check of one cell found.
 *
 * `basis` says what was judged: `run`, the state right after the cell ran; `live`, the state when the check was
 * asked for. `isolation` says on what: `snapshot`, a copy of the kernel's process; `guarded`, the kernel itself.
 * `source` is the text judged, in which lines are counted. `at` is in seconds since 1970, by the server's clock;
 * `seconds` is how long the answer took; `epoch` names the life of the kernel. `known_slip` says that a mistake was
 * recognised, without naming it.
 */
export interface Report {
  at: number;
  basis: 'live' | 'run';
  cell_id: string;
  checks: CheckResult[];
  epoch?: string | null;
  execution_count?: number | null;
  exercise: string;
  isolation?: 'guarded' | 'snapshot';
  known_slip?: boolean;
  ladder?: Ladder | null;
  notes?: string[];
  outcome:
    | Passed
    | Failed
    | NotAttempted
    | NotRun
    | Edited
    | CellRaised
    | TimedOut
    | OutOfMemory
    | KernelBusy
    | KernelRestarted
    | KernelDead
    | NotPython
    | Gateway
    | NoSnapshot
    | Cancelled
    | Broken;
  printed?: string | null;
  seconds?: number;
  source: string;
}
/**
 * How one claim fared.
 *
 * `name` is the author's (or `defined`, `runs`, `kind`, `shape`, `unchanged`, `finite`, `agrees`); `answer` is
 * the learner's name that it is about. `wrong` of `inputs` did not satisfy it; None where that makes no sense.
 */
export interface CheckResult {
  answer: string;
  clip?: Clip | null;
  inputs?: number | null;
  line?: Line | null;
  measurement?: string | null;
  name: string;
  observation?: string | null;
  smallest_input?: string | null;
  state: 'failed' | 'held' | 'skipped';
  title: string;
  wrong?: number | null;
}
/**
 * A line of the learner's cell; `number` counts from 1, None when it stands in another cell.
 */
export interface Line {
  number?: number | null;
  text: string;
}
/**
 * A ladder as far as the learner has climbed it.
 *
 * `key` is `mistake:<name>`, `check:<name>`, `structure:<name>` or `exercise`. `title` names a recognised
 * mistake, and is None until level 2 is open. `first` is the lowest level that the ladder has.
 */
export interface Ladder {
  first?: number;
  key: string;
  levels: number;
  next: HintReady | HintWaits | HintsDone;
  opened: Hint[];
  title?: string | null;
}
/**
 * The next hint opens when it is asked for.
 */
export interface HintReady {
  level: number;
  state: 'ready';
}
/**
 * The next hint opens after a new distinct attempt, or in `seconds` (None: only after an attempt).
 */
export interface HintWaits {
  level: number;
  seconds: number | null;
  state: 'waits';
}
/**
 * All rungs are open.
 */
export interface HintsDone {
  state: 'done';
}
/**
 * An opened rung of a ladder; `text` is markdown.
 */
export interface Hint {
  clip?: Clip | null;
  level: number;
  text: string;
}
/**
 * Every claim holds, on that many inputs.
 */
export interface Passed {
  inputs: number;
  kind: 'passed';
}
/**
 * At least one claim does not hold.
 */
export interface Failed {
  kind: 'failed';
}
/**
 * The cell still behaves like its starter.
 */
export interface NotAttempted {
  kind: 'not_attempted';
}
/**
 * The cell has not run in this kernel.
 */
export interface NotRun {
  kind: 'not_run';
}
/**
 * The cell's text is not the text that ran.
 */
export interface Edited {
  kind: 'edited';
}
/**
 * The cell itself ended with an exception.
 */
export interface CellRaised {
  error: string;
  kind: 'cell_raised';
  line?: Line | null;
}
/**
 * The answer was still computing at the limit.
 */
export interface TimedOut {
  kind: 'timed_out';
  seconds: number;
  smallest_input?: string | null;
}
/**
 * The answer asked for more memory than a check may have.
 */
export interface OutOfMemory {
  kind: 'out_of_memory';
  megabytes: number;
}
/**
 * A thread in the kernel kept computing, so that no snapshot could be taken.
 */
export interface KernelBusy {
  kind: 'kernel_busy';
}
/**
 * The kernel started anew before the verdict was there.
 */
export interface KernelRestarted {
  kind: 'kernel_restarted';
}
/**
 * The kernel died, or was shut down, before the verdict was there.
 */
export interface KernelDead {
  kind: 'kernel_dead';
}
/**
 * The notebook's kernel is not a Python kernel that we can check in.
 */
export interface NotPython {
  kind: 'not_python';
  language: string;
}
/**
 * The kernel runs behind a gateway, where checks cannot reach it.
 */
export interface Gateway {
  kind: 'gateway';
}
/**
 * The kernel's process cannot be copied here, so that a check could harm it.
 */
export interface NoSnapshot {
  kind: 'no_snapshot';
  why: string;
}
/**
 * The learner cancelled the check.
 */
export interface Cancelled {
  kind: 'cancelled';
}
/**
 * The check itself is broken: the author's fault or the environment's, never the learner's.
 */
export interface Broken {
  fix: string;
  kind: 'broken';
  message: string;
}
/**
 * What is wrong with a cell's tag or with a module, and the next step.
 */
export interface Problem {
  cell_id?: string | null;
  exercise?: string | null;
  fix: string;
  message: string;
}
/**
 * `POST math4ml/api/watch`: judge each of these cells whenever it has run.
 */
export interface WatchRequest {
  cells: CellTag[];
  kernel_id: string;
  path: string;
}
/**
 * The answer: how many cells are watched; `outcome` says why none is, where that is so.
 *
 * `epoch` names the kernel's life, None while a busy kernel has not answered.
 */
export interface WatchAnswer {
  epoch?: string | null;
  outcome?: (NotPython | Gateway | NoSnapshot | KernelDead | Broken) | null;
  watched: number;
}
/**
 * `POST math4ml/api/check`: cells of which it is to be said what holds.
 */
export interface CheckRequest {
  /**
   * @minItems 1
   * @maxItems 500
   */
  cells: CellSource[];
  kernel_id: string;
  path: string;
}
/**
 * The same, with the text that the cell holds now.
 */
export interface CellSource {
  cell_id: string;
  exercise: string;
  source: string;
}
/**
 * The answer, after at most 2 s: `queued` behind other work of the kernel, `running`, or `done`.
 */
export interface CheckAnswer {
  id: string;
  reports: Report[];
  state: 'done' | 'queued' | 'running';
}
/**
 * `POST math4ml/api/hint`: open the next rung of this ladder, if its gate is open. Answer: the ladder.
 */
export interface HintRequest {
  course: string;
  exercise: string;
  ladder: string;
}
/**
 * The body of every 4xx: what was wrong, by name, and the next step.
 */
export interface Refusal {
  fix: string;
  message: string;
}
/**
 * `POST math4ml/api/clean-run`: run the notebook, as saved, from the top in a fresh kernel.
 *
 * With `kernel_id`, verdicts of an earlier life of that kernel are told apart where live and clean disagree.
 */
export interface CleanRunRequest {
  kernel_id?: string | null;
  path: string;
}
/**
 * The answer, after at most 2 s: how far the run is, or how it ended.
 *
 * `executed` of `total` code cells have run, and it stands, or stood when it ended early, at the cell `at`. Once it
 * has ended there is a report on each exercise, and `message` says why it ended early.
 */
export interface CleanRunAnswer {
  at?: CellPlace | null;
  disagreements?: Disagreement[];
  errors?: CellError[];
  executed: number;
  id: string;
  message?: string | null;
  notes?: string[];
  path: string;
  reports: Report[];
  state:
    | 'broken'
    | 'cancelled'
    | 'done'
    | 'kernel_dead'
    | 'running'
    | 'starting'
    | 'timed_out';
  total: number;
}
/**
 * A cell of the notebook; `index` counts all cells from 0.
 */
export interface CellPlace {
  cell_id: string;
  index: number;
}
/**
 * An exercise whose last live verdict is not the one from the top; `live` and `clean` are kinds of outcome.
 */
export interface Disagreement {
  cell_id: string;
  clean: string;
  exercise: string;
  live: string;
  message: string;
}
/**
 * A cell without an exercise ended with an exception; the run went on.
 */
export interface CellError {
  cell_id: string;
  error: string;
  index: number;
  line?: Line | null;
}
