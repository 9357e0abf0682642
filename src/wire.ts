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
  | CleanRunAnswer
  | AnswerRequest
  | Question
  | AttemptsRequest
  | AttemptsAnswer
  | CourseRequest
  | CourseAnswer
  | Preferences
  | RecordAnswer
  | ClipOpened
  | AuthorRequest
  | AuthorAnswer
  | ModuleRequest
  | ProofRequest
  | ProofAnswer;

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
 * A cell and the exercise that one of its tags names; `review` where it is a scratch cell for a second time.
 */
export interface CellTag {
  cell_id: string;
  exercise: string;
  review?: boolean;
}
/**
 * The answer: exercises in the order of the cells, what is wrong, and what the unit has besides.
 */
export interface ExercisesAnswer {
  course: string;
  exercises: ExerciseInfo[];
  forum?: string | null;
  missing?: Missing[];
  problems: Problem[];
  title: string;
  unit: string;
}
/**
 * An exercise as the panel shows it.
 *
 * `latest` is the last report of this learner, from whichever kernel; `hints` counts the levels of help that were
 * opened before it was solved. `solved` says how it was first passed; what was revealed is due again at `due_at`.
 * `is_changed`: the module is another one than when it was passed.
 */
export interface ExerciseInfo {
  attempts: number;
  cell_id: string;
  checks: CheckInfo[];
  clip?: Clip | null;
  due_at?: number | null;
  exercise: string;
  hints: number;
  is_changed?: boolean;
  latest?: Report | null;
  needs: string[];
  passed_at?: number | null;
  points: number;
  questions?: Question[];
  solved?: ('alone' | 'revealed' | 'with_hints') | null;
  starter?: string;
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
 * recognised, without naming it. `questions` are the exercise's, as they stand with this report; `solution`, after a
 * pass, is another right way to write it. `distinct` counts the distinct failures so far; `other_ladders` are those
 * that hints were opened of before.
 */
export interface Report {
  at: number;
  basis: 'live' | 'run';
  cell_id: string;
  checks: CheckResult[];
  distinct?: number;
  epoch?: string | null;
  execution_count?: number | null;
  exercise: string;
  isolation?: 'guarded' | 'snapshot';
  known_slip?: boolean;
  ladder?: Ladder | null;
  notes?: string[];
  other_ladders?: Ladder[];
  outcome:
    | Passed
    | Failed
    | NotAttempted
    | Lacks
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
  questions?: Question[];
  review?: boolean;
  seconds?: number;
  solution?: string | null;
  source: string;
}
/**
 * How one claim fared.
 *
 * `name` is the author's (or `defined`, `runs`, `kind`, `shape`, `unchanged`, `finite`, `agrees`); `answer` is
 * the learner's name that it is about. `wrong` of `inputs` did not satisfy it; None where that makes no sense.
 * `smallest_code` is the smallest input whole, as Python to be pasted; None where it is too long for that.
 */
export interface CheckResult {
  answer: string;
  clip?: Clip | null;
  inputs?: number | null;
  line?: Line | null;
  measurement?: string | null;
  name: string;
  observation?: string | null;
  smallest_code?: string | null;
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
 * An opened rung of a ladder; `text` is markdown. Level 4 has a `puzzle`, level 5 the `code` of a solution.
 */
export interface Hint {
  clip?: Clip | null;
  code?: string | null;
  level: number;
  puzzle?: Question | null;
  text: string;
}
/**
 * A question about an exercise, answered in the panel; wrong answers cost nothing.
 *
 * `ask` predicts before the verdict is shown, as one of the `options`, a number or a shape. `breaks` wants a value
 * for each of the `inputs` that has none among the `defaults`, on which the `lines` fail. `spot` wants the line of
 * `lines` that is wrong; `reflect` the same of the learner's own last failure. `beat` is answered by running a
 * wrong answer that passes a check. `order` puts `lines` in order; `choose` takes one of `slots[i]` for line i;
 * `explain` is a sentence.
 */
export interface Question {
  answer?: Answered | null;
  defaults?: {
    [k: string]: string;
  };
  form:
    | 'beat'
    | 'breaks'
    | 'choice'
    | 'choose'
    | 'explain'
    | 'number'
    | 'order'
    | 'reflect'
    | 'shape'
    | 'spot';
  inputs?: string[];
  lines?: string[];
  name: string;
  options?: string[];
  slots?: string[][];
  text: string;
  when: 'after' | 'before' | 'hint';
}
/**
 * What the learner said to a question, and when; `value` is None where it was skipped.
 *
 * `right`, `truth` (what is right, or a model answer, in words), `follow_up` and the `wrong` places among the
 * question's lines are None or empty where nobody can tell, or where it is not told yet.
 */
export interface Answered {
  at: number;
  follow_up?: string | null;
  right?: boolean | null;
  truth?: string | null;
  value: string | null;
  wrong?: number[];
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
 * Names that the check needs from elsewhere in the notebook are not defined in this kernel, or hold what is unfit.
 *
 * `exercise` is one that defines them, as far as that is known.
 */
export interface Lacks {
  exercise?: string | null;
  kind: 'lacks';
  names: string[];
  reason?: 'undefined' | 'unfit';
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
 * The answer was still computing at the limit, on this input, at this `line`.
 */
export interface TimedOut {
  kind: 'timed_out';
  line?: Line | null;
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
  line?: number | null;
  mend?: string | null;
  message: string;
}
/**
 * An exercise of the unit that no cell is tagged with; `names` are those that its cell would define.
 */
export interface Missing {
  exercise: string;
  names: string[];
  starter: string;
  title: string;
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
 *
 * `defined` are the names that code cells of the notebook define at top level, by cell: an answer that only lacks what
 * another cell defines is no attempt.
 */
export interface CheckRequest {
  /**
   * @minItems 1
   * @maxItems 500
   */
  cells: CellSource[];
  defined?: {
    [k: string]: string[];
  };
  kernel_id: string;
  path: string;
}
/**
 * The same, with the text that the cell holds now.
 */
export interface CellSource {
  cell_id: string;
  exercise: string;
  review?: boolean;
  source: string;
}
/**
 * The answer, after at most 2 s: `queued` behind other work of the kernel, `running`, or `done`.
 *
 * `cells` are those that have no report yet.
 */
export interface CheckAnswer {
  cells?: CellTag[];
  id: string;
  reports: Report[];
  state: 'done' | 'queued' | 'running';
}
/**
 * `POST math4ml/api/hint`: open the next rung of this ladder, if its gate is open. Answer: the ladder.
 *
 * The solution opens only when that is `confirmed`.
 */
export interface HintRequest {
  confirmed?: boolean;
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
/**
 * `POST math4ml/api/answer`: what the learner says to a question of an exercise. Answer: the question.
 *
 * `value` is a text (an option, a number, a shape, a sentence), the places of lines (`spot`, `reflect`: one; `order`:
 * all, in order; `choose`: one per slot), a text for each input of `breaks`, or None to skip.
 */
export interface AnswerRequest {
  exercise: string;
  kernel_id?: string | null;
  path: string;
  question: string;
  value:
    | string
    | number[]
    | {
        [k: string]: string;
      }
    | null;
}
/**
 * `POST math4ml/api/attempts`: the learner's earlier answers to an exercise.
 */
export interface AttemptsRequest {
  exercise: string;
  path: string;
}
/**
 * The answer: distinct texts, the newest first.
 */
export interface AttemptsAnswer {
  attempts: EarlierAnswer[];
}
/**
 * A text that was judged, with the kind of outcome; `at` in seconds since 1970.
 */
export interface EarlierAnswer {
  at: number;
  outcome: string;
  source: string;
}
/**
 * `POST math4ml/api/course`: the course that a notebook belongs to.
 */
export interface CourseRequest {
  path: string;
}
/**
 * The answer: where one stands, what is due again, where one was last; `record` is the file that all is kept in.
 *
 * `is_unread`: that could not be read now, and progress is what was known of it.
 */
export interface CourseAnswer {
  course: string;
  due?: Standing[];
  forum?: string | null;
  is_unread?: boolean;
  record?: string | null;
  resume?: Standing | null;
  title: string;
  units: UnitInfo[];
}
/**
 * How the learner stands with an exercise of a course; `path` is its notebook's.
 */
export interface Standing {
  at?: number | null;
  attempts: number;
  due_at?: number | null;
  exercise: string;
  hints: number;
  passed_at?: number | null;
  path: string;
  solved?: ('alone' | 'revealed' | 'with_hints') | null;
  title: string;
  unit: string;
}
/**
 * A unit of a course, its exercises in order.
 */
export interface UnitInfo {
  exercises: Standing[];
  name: string;
  path: string;
  title: string;
}
/**
 * `POST math4ml/api/preferences`, and its answer: what holds now, where an administrator's word comes first.
 */
export interface Preferences {
  gates?: ('gentle' | 'off' | 'strict') | null;
  time_limit?: number | null;
}
/**
 * `GET math4ml/api/progress`: the learner's whole record, row by row; `DELETE` erases it.
 */
export interface RecordAnswer {
  answers: {
    [k: string]: string | number | null;
  }[];
  attempts: {
    [k: string]: string | number | null;
  }[];
  hints: {
    [k: string]: string | number | null;
  }[];
}
/**
 * `POST math4ml/api/clip`: a passage of a video was opened, by the video's title. The answer is empty.
 */
export interface ClipOpened {
  course: string;
  exercise: string;
  start?: number | null;
  title: string;
}
/**
 * `POST math4ml/api/author`: a notebook beside which exercises are written.
 */
export interface AuthorRequest {
  path: string;
}
/**
 * The answer: the modules of the notebook's folder by name, and whether files may be written there.
 *
 * `proofs` are the last ones of its exercises that whoever asks may see.
 */
export interface AuthorAnswer {
  is_writable: boolean;
  modules: ModuleInfo[];
  proofs?: KnownProof[];
}
/**
 * A module beside a notebook, at `path`; `title` is None where it is broken, and `findings` say why.
 */
export interface ModuleInfo {
  exercise: string;
  findings?: Finding[];
  path: string;
  title?: string | null;
}
/**
 * What an author has to mend (`error`) or should look at (`warning`), in which file and line.
 */
export interface Finding {
  file: string;
  fix: string;
  line: number;
  message: string;
  severity: 'error' | 'warning';
}
/**
 * A proof under way, or one that has ended and is about its module as it is; `GET proof/{id}` tells what it found.
 *
 * `is_stale` where the module was saved since it began.
 */
export interface KnownProof {
  executed?: number;
  exercise: string;
  id: string;
  is_stale?: boolean;
  state: 'done' | 'running';
  total?: number;
}
/**
 * `POST math4ml/api/module`: write the module of an exercise, from what a cell defines. Answer: `ModuleInfo`.
 */
export interface ModuleRequest {
  exercise: string;
  path: string;
  source: string;
}
/**
 * `POST math4ml/api/proof`: prove an exercise in a fresh kernel, and freeze its battery where it is not fresh.
 */
export interface ProofRequest {
  exercise: string;
  path: string;
}
/**
 * The answer, after at most 2 s: how far the proof is, or what it found.
 *
 * `executed` of `total` answers have run. Of a module that cannot be read there is no `proof`, only `findings`.
 * `notes` say what was written; `message` why it ended early.
 */
export interface ProofAnswer {
  executed?: number;
  exercise: string;
  findings?: Finding[];
  id: string;
  message?: string | null;
  notes?: string[];
  path: string;
  proof?: Proof | null;
  state: 'broken' | 'cancelled' | 'done' | 'running';
  total?: number;
}
/**
 * What is proven of an exercise: `claims` are the author's checks, then the free ones that failed for some answer.
 *
 * `seeds` batteries of `inputs` rows each were drawn besides the frozen one, and gave the same verdicts.
 */
export interface Proof {
  claims: CheckInfo[];
  exercise: string;
  file: string;
  findings: Finding[];
  inputs: number;
  seconds: number;
  seeds: number;
  title: string;
  tried: Tried[];
}
/**
 * What became of one answer that an exercise was tried on.
 *
 * `name` is the mistake's, or says what a mutant changed. `failed` are the claims that did not hold, by name;
 * `recognised` is the mistake that it was taken for. `report` is what a learner would read of a mistake, all rungs of
 * its ladder open.
 */
export interface Tried {
  failed?: string[];
  kind: 'mistake' | 'mutant' | 'solution' | 'starter';
  name: string;
  outcome:
    | Passed
    | Failed
    | NotAttempted
    | Lacks
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
  recognised?: string | null;
  report?: Report | null;
}
