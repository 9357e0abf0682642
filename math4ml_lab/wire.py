"""Every structure that crosses a process, typed once.

`make wire` writes `wire.schema.json` and `src/wire.ts` from this module; a test regenerates both. Unknown
fields are refused, unions carry a tag, and every number that a learner reads crosses as text: NaN and lone
surrogates are not JSON.
"""

from __future__ import annotations

from typing import Annotated, Literal, Union

from msgspec import Meta, Struct

Name = Annotated[str, Meta(min_length=1, max_length=200)]
Path = Annotated[str, Meta(min_length=1, max_length=4096)]
Isolation = Literal["snapshot", "guarded"]
Gates = Literal["off", "gentle", "strict"]
Solved = Literal["alone", "with_hints", "revealed"]
Source = Annotated[str, Meta(max_length=1_000_000)]


class Wire(Struct, frozen=True, forbid_unknown_fields=True):
    """The base of all structures here: immutable and strict."""


# -- What stands in a notebook, and what a course says about it ---------------------------------------------


class Clip(Wire, frozen=True):
    """A passage of a video; seconds are None where none is known, never estimated."""

    title: str
    url: str
    start: int | None = None
    end: int | None = None


class Line(Wire, frozen=True):
    """A line of the learner's cell; `number` counts from 1, None when it stands in another cell."""

    text: str
    number: int | None = None


class CellTag(Wire, frozen=True):
    """A cell and the exercise that one of its tags names; `review` where it is a scratch cell for a second time."""

    cell_id: Name
    exercise: Name
    review: bool = False


class CellSource(Wire, frozen=True):
    """The same, with the text that the cell holds now."""

    cell_id: Name
    exercise: Name
    source: Source
    review: bool = False


class CheckInfo(Wire, frozen=True):
    """One claim about the answer, as the module states it."""

    name: str
    title: str
    clip: Clip | None = None


class Problem(Wire, frozen=True):
    """What is wrong with a cell's tag or with a module, and the next step."""

    message: str
    fix: str
    cell_id: str | None = None
    exercise: str | None = None


class Refusal(Wire, frozen=True):
    """The body of every 4xx: what was wrong, by name, and the next step."""

    message: str
    fix: str


# -- Questions ---------------------------------------------------------------------------------------------


class Answered(Wire, frozen=True):
    """What the learner said to a question, and when; `value` is None where it was skipped.

    `right`, `truth` (what is right, or a model answer, in words), `follow_up` and the `wrong` places among the
    question's lines are None or empty where nobody can tell, or where it is not told yet.
    """

    at: float
    value: str | None
    right: bool | None = None
    truth: str | None = None
    follow_up: str | None = None
    wrong: list[int] = []


class Question(Wire, frozen=True):
    """A question about an exercise, answered in the panel; wrong answers cost nothing.

    `ask` predicts before the verdict is shown, as one of the `options`, a number or a shape. `breaks` wants a value
    for each of the `inputs` that has none among the `defaults`, on which the `lines` fail. `spot` wants the line of
    `lines` that is wrong; `reflect` the same of the learner's own last failure. `beat` is answered by running a
    wrong answer that passes a check. `order` puts `lines` in order; `choose` takes one of `slots[i]` for line i;
    `explain` is a sentence.
    """

    name: str
    form: Literal["choice", "number", "shape", "breaks", "spot", "reflect", "beat", "order", "choose", "explain"]
    text: str
    when: Literal["before", "after", "hint"]
    options: list[str] = []
    lines: list[str] = []
    slots: list[list[str]] = []
    inputs: list[str] = []
    defaults: dict[str, str] = {}
    answer: Answered | None = None


# -- Hints -------------------------------------------------------------------------------------------------


class Hint(Wire, frozen=True):
    """An opened rung of a ladder; `text` is markdown. Level 4 has a `puzzle`, level 5 the `code` of a solution."""

    level: int
    text: str
    clip: Clip | None = None
    puzzle: Question | None = None
    code: str | None = None


class HintReady(Wire, frozen=True, tag_field="state", tag="ready"):
    """The next hint opens when it is asked for."""

    level: int


class HintWaits(Wire, frozen=True, tag_field="state", tag="waits"):
    """The next hint opens after a new distinct attempt, or in `seconds` (None: only after an attempt)."""

    level: int
    seconds: float | None


class HintsDone(Wire, frozen=True, tag_field="state", tag="done"):
    """All rungs are open."""


NextHint = Union[HintReady, HintWaits, HintsDone]


class Ladder(Wire, frozen=True):
    """A ladder as far as the learner has climbed it.

    `key` is `mistake:<name>`, `check:<name>`, `structure:<name>` or `exercise`. `title` names a recognised
    mistake, and is None until level 2 is open. `first` is the lowest level that the ladder has.
    """

    key: str
    levels: int
    opened: list[Hint]
    next: NextHint
    first: int = 1
    title: str | None = None


# -- The report --------------------------------------------------------------------------------------------


class Passed(Wire, frozen=True, tag_field="kind", tag="passed"):
    """Every claim holds, on that many inputs."""

    inputs: int


class Failed(Wire, frozen=True, tag_field="kind", tag="failed"):
    """At least one claim does not hold."""


class NotAttempted(Wire, frozen=True, tag_field="kind", tag="not_attempted"):
    """The cell still behaves like its starter."""


class Lacks(Wire, frozen=True, tag_field="kind", tag="lacks"):
    """Names that the check needs from elsewhere in the notebook are not defined in this kernel, or hold what is unfit.

    `exercise` is one that defines them, as far as that is known.
    """

    names: list[str]
    reason: Literal["undefined", "unfit"] = "undefined"
    exercise: str | None = None


class NotRun(Wire, frozen=True, tag_field="kind", tag="not_run"):
    """The cell has not run in this kernel."""


class Edited(Wire, frozen=True, tag_field="kind", tag="edited"):
    """The cell's text is not the text that ran."""


class CellRaised(Wire, frozen=True, tag_field="kind", tag="cell_raised"):
    """The cell itself ended with an exception."""

    error: str
    line: Line | None = None


class TimedOut(Wire, frozen=True, tag_field="kind", tag="timed_out"):
    """The answer was still computing at the limit, on this input, at this `line`."""

    seconds: float
    smallest_input: str | None = None
    line: Line | None = None


class OutOfMemory(Wire, frozen=True, tag_field="kind", tag="out_of_memory"):
    """The answer asked for more memory than a check may have."""

    megabytes: int


class KernelBusy(Wire, frozen=True, tag_field="kind", tag="kernel_busy"):
    """A thread in the kernel kept computing, so that no snapshot could be taken."""


class KernelRestarted(Wire, frozen=True, tag_field="kind", tag="kernel_restarted"):
    """The kernel started anew before the verdict was there."""


class KernelDead(Wire, frozen=True, tag_field="kind", tag="kernel_dead"):
    """The kernel died, or was shut down, before the verdict was there."""


class NotPython(Wire, frozen=True, tag_field="kind", tag="not_python"):
    """The notebook's kernel is not a Python kernel that we can check in."""

    language: str


class Gateway(Wire, frozen=True, tag_field="kind", tag="gateway"):
    """The kernel runs behind a gateway, where checks cannot reach it."""


class NoSnapshot(Wire, frozen=True, tag_field="kind", tag="no_snapshot"):
    """The kernel's process cannot be copied here, so that a check could harm it."""

    why: str


class Cancelled(Wire, frozen=True, tag_field="kind", tag="cancelled"):
    """The learner cancelled the check."""


class Broken(Wire, frozen=True, tag_field="kind", tag="broken"):
    """The check itself is broken: the author's fault or the environment's, never the learner's."""

    message: str
    fix: str
    line: int | None = None
    """The line of the module that it is about."""
    mend: str | None = None
    """What the exercise's author can do, where `fix` is for the learner."""


Outcome = Union[
    Passed, Failed, NotAttempted, Lacks, NotRun, Edited, CellRaised, TimedOut, OutOfMemory, KernelBusy,
    KernelRestarted, KernelDead, NotPython, Gateway, NoSnapshot, Cancelled, Broken,
]  # fmt: skip


class CheckResult(Wire, frozen=True):
    """How one claim fared.

    `name` is the author's (or `defined`, `runs`, `kind`, `shape`, `unchanged`, `finite`, `agrees`); `answer` is
    the learner's name that it is about. `wrong` of `inputs` did not satisfy it; None where that makes no sense.
    `smallest_code` is the smallest input whole, as Python to be pasted; None where it is too long for that.
    """

    name: str
    answer: str
    title: str
    state: Literal["held", "failed", "skipped"]
    measurement: str | None = None
    smallest_input: str | None = None
    smallest_code: str | None = None
    observation: str | None = None
    line: Line | None = None
    wrong: int | None = None
    inputs: int | None = None
    clip: Clip | None = None


class Report(Wire, frozen=True):
    """What one check of one cell found.

    `basis` says what was judged: `run`, the state right after the cell ran; `live`, the state when the check was
    asked for. `isolation` says on what: `snapshot`, a copy of the kernel's process; `guarded`, the kernel itself.
    `source` is the text judged, in which lines are counted. `at` is in seconds since 1970, by the server's clock;
    `seconds` is how long the answer took; `epoch` names the life of the kernel. `known_slip` says that a mistake was
    recognised, without naming it. `questions` are the exercise's, as they stand with this report; `solution`, after a
    pass, is another right way to write it. `distinct` counts the distinct failures so far; `other_ladders` are those
    that hints were opened of before.
    """

    cell_id: str
    exercise: str
    outcome: Outcome
    checks: list[CheckResult]
    basis: Literal["run", "live"]
    source: str
    at: float
    seconds: float = 0.0
    epoch: str | None = None
    execution_count: int | None = None
    isolation: Isolation = "snapshot"
    known_slip: bool = False
    ladder: Ladder | None = None
    notes: list[str] = []
    printed: str | None = None
    questions: list[Question] = []
    solution: str | None = None
    review: bool = False
    distinct: int = 0
    other_ladders: list[Ladder] = []


# -- The calls ---------------------------------------------------------------------------------------------


class ExercisesRequest(Wire, frozen=True):
    """`POST math4ml/api/exercises`: a notebook whose exercises are to be shown."""

    path: Path
    cells: list[CellTag]
    course: str | None = None
    unit: str | None = None


class ExerciseInfo(Wire, frozen=True):
    """An exercise as the panel shows it.

    `latest` is the last report of this learner, from whichever kernel; `hints` counts the levels of help that were
    opened before it was solved. `solved` says how it was first passed; what was revealed is due again at `due_at`.
    `is_changed`: the module is another one than when it was passed.
    """

    cell_id: str
    exercise: str
    title: str
    points: float
    checks: list[CheckInfo]
    needs: list[str]
    attempts: int
    hints: int
    clip: Clip | None = None
    latest: Report | None = None
    passed_at: float | None = None
    solved: Solved | None = None
    due_at: float | None = None
    is_changed: bool = False
    starter: str = ""
    questions: list[Question] = []


class Missing(Wire, frozen=True):
    """An exercise of the unit that no cell is tagged with; `names` are those that its cell would define."""

    exercise: str
    title: str
    names: list[str]
    starter: str


class ExercisesAnswer(Wire, frozen=True):
    """The answer: exercises in the order of the cells, what is wrong, and what the unit has besides."""

    course: str
    unit: str
    title: str
    exercises: list[ExerciseInfo]
    problems: list[Problem]
    forum: str | None = None
    missing: list[Missing] = []


class WatchRequest(Wire, frozen=True):
    """`POST math4ml/api/watch`: judge each of these cells whenever it has run."""

    path: Path
    kernel_id: Name
    cells: list[CellTag]


class WatchAnswer(Wire, frozen=True):
    """The answer: how many cells are watched; `outcome` says why none is, where that is so.

    `epoch` names the kernel's life, None while a busy kernel has not answered.
    """

    watched: int
    epoch: str | None = None
    outcome: NotPython | Gateway | NoSnapshot | KernelDead | Broken | None = None


class CheckRequest(Wire, frozen=True):
    """`POST math4ml/api/check`: cells of which it is to be said what holds.

    `defined` are the names that code cells of the notebook define at top level, by cell: an answer that only lacks what
    another cell defines is no attempt.
    """

    path: Path
    kernel_id: Name
    cells: Annotated[list[CellSource], Meta(min_length=1, max_length=500)]
    defined: dict[str, list[str]] = {}


class CheckAnswer(Wire, frozen=True):
    """The answer, after at most 2 s: `queued` behind other work of the kernel, `running`, or `done`.

    `cells` are those that have no report yet.
    """

    id: str
    state: Literal["queued", "running", "done"]
    reports: list[Report]
    cells: list[CellTag] = []


class HintRequest(Wire, frozen=True):
    """`POST math4ml/api/hint`: open the next rung of this ladder, if its gate is open. Answer: the ladder.

    The solution opens only when that is `confirmed`.
    """

    course: Name
    exercise: Name
    ladder: Name
    confirmed: bool = False


class AnswerRequest(Wire, frozen=True):
    """`POST math4ml/api/answer`: what the learner says to a question of an exercise. Answer: the question.

    `value` is a text (an option, a number, a shape, a sentence), the places of lines (`spot`, `reflect`: one; `order`:
    all, in order; `choose`: one per slot), a text for each input of `breaks`, or None to skip.
    """

    path: Path
    exercise: Name
    question: Name
    value: str | list[int] | dict[str, str] | None
    kernel_id: Name | None = None


class AttemptsRequest(Wire, frozen=True):
    """`POST math4ml/api/attempts`: the learner's earlier answers to an exercise."""

    path: Path
    exercise: Name


class EarlierAnswer(Wire, frozen=True):
    """A text that was judged, with the kind of outcome; `at` in seconds since 1970."""

    at: float
    outcome: str
    source: str


class AttemptsAnswer(Wire, frozen=True):
    """The answer: distinct texts, the newest first."""

    attempts: list[EarlierAnswer]


class CourseRequest(Wire, frozen=True):
    """`POST math4ml/api/course`: the course that a notebook belongs to."""

    path: Path


class Standing(Wire, frozen=True):
    """How the learner stands with an exercise of a course; `path` is its notebook's."""

    unit: str
    path: str
    exercise: str
    title: str
    attempts: int
    hints: int
    solved: Solved | None = None
    passed_at: float | None = None
    due_at: float | None = None
    at: float | None = None


class UnitInfo(Wire, frozen=True):
    """A unit of a course, its exercises in order."""

    name: str
    title: str
    path: str
    exercises: list[Standing]


class CourseAnswer(Wire, frozen=True):
    """The answer: where one stands, what is due again, where one was last; `record` is the file that all is kept in.

    `is_unread`: that could not be read now, and progress is what was known of it.
    """

    course: str
    title: str
    units: list[UnitInfo]
    due: list[Standing] = []
    resume: Standing | None = None
    record: str | None = None
    forum: str | None = None
    is_unread: bool = False


class ClipOpened(Wire, frozen=True):
    """`POST math4ml/api/clip`: a passage of a video was opened, by the video's title. The answer is empty."""

    course: Name
    exercise: Name
    title: Name
    start: int | None = None


class Preferences(Wire, frozen=True):
    """`POST math4ml/api/preferences`, and its answer: what holds now, where an administrator's word comes first."""

    gates: Gates | None = None
    time_limit: float | None = None


class RecordAnswer(Wire, frozen=True):
    """`GET math4ml/api/progress`: the learner's whole record, row by row; `DELETE` erases it."""

    attempts: list[dict[str, str | float | None]]
    hints: list[dict[str, str | float | None]]
    answers: list[dict[str, str | float | None]]


class CleanRunRequest(Wire, frozen=True):
    """`POST math4ml/api/clean-run`: run the notebook, as saved, from the top in a fresh kernel.

    With `kernel_id`, verdicts of an earlier life of that kernel are told apart where live and clean disagree.
    """

    path: Path
    kernel_id: Name | None = None


class CellPlace(Wire, frozen=True):
    """A cell of the notebook; `index` counts all cells from 0."""

    cell_id: str
    index: int


class CellError(Wire, frozen=True):
    """A cell without an exercise ended with an exception; the run went on."""

    cell_id: str
    index: int
    error: str
    line: Line | None = None


class Disagreement(Wire, frozen=True):
    """An exercise whose last live verdict is not the one from the top; `live` and `clean` are kinds of outcome."""

    cell_id: str
    exercise: str
    live: str
    clean: str
    message: str


class CleanRunAnswer(Wire, frozen=True):
    """The answer, after at most 2 s: how far the run is, or how it ended.

    `executed` of `total` code cells have run, and it stands, or stood when it ended early, at the cell `at`. Once it
    has ended there is a report on each exercise, and `message` says why it ended early.
    """

    id: str
    path: str
    state: Literal["starting", "running", "done", "timed_out", "cancelled", "kernel_dead", "broken"]
    executed: int
    total: int
    reports: list[Report]
    disagreements: list[Disagreement] = []
    errors: list[CellError] = []
    notes: list[str] = []
    at: CellPlace | None = None
    message: str | None = None


# -- Proofs ------------------------------------------------------------------------------------------------


class Tried(Wire, frozen=True):
    """What became of one answer that an exercise was tried on.

    `name` is the mistake's, or says what a mutant changed. `failed` are the claims that did not hold, by name;
    `recognised` is the mistake that it was taken for. `report` is what a learner would read of a mistake, all rungs of
    its ladder open.
    """

    kind: Literal["starter", "solution", "mistake", "mutant"]
    name: str
    outcome: Outcome
    failed: list[str] = []
    recognised: str | None = None
    report: Report | None = None


class Finding(Wire, frozen=True):
    """What an author has to mend (`error`) or should look at (`warning`), in which file and line."""

    severity: Literal["error", "warning"]
    file: str
    line: int
    message: str
    fix: str


class Proof(Wire, frozen=True):
    """What is proven of an exercise: `claims` are the author's checks, then the free ones that failed for some answer.

    `seeds` batteries of `inputs` rows each were drawn besides the frozen one, and gave the same verdicts.
    """

    exercise: str
    file: str
    title: str
    inputs: int
    seeds: int
    claims: list[CheckInfo]
    tried: list[Tried]
    findings: list[Finding]
    seconds: float


class Proofs(Wire, frozen=True):
    """A proof of each exercise that could be read; `findings` are those of no exercise that could."""

    proofs: list[Proof]
    findings: list[Finding]

    def every(self) -> list[Finding]:
        """Return all findings."""
        return [*self.findings, *(finding for proof in self.proofs for finding in proof.findings)]


# -- Author mode -------------------------------------------------------------------------------------------


class AuthorRequest(Wire, frozen=True):
    """`POST math4ml/api/author`: a notebook beside which exercises are written."""

    path: Path


class ModuleInfo(Wire, frozen=True):
    """A module beside a notebook, at `path`; `title` is None where it is broken, and `findings` say why."""

    exercise: str
    path: str
    title: str | None = None
    findings: list[Finding] = []


class KnownProof(Wire, frozen=True):
    """A proof under way, or one that has ended and is about its module as it is; `GET proof/{id}` tells what it found.

    `is_stale` where the module was saved since it began.
    """

    id: str
    exercise: str
    state: Literal["running", "done"]
    executed: int = 0
    total: int = 0
    is_stale: bool = False


class AuthorAnswer(Wire, frozen=True):
    """The answer: the modules of the notebook's folder by name, and whether files may be written there.

    `proofs` are the last ones of its exercises that whoever asks may see.
    """

    modules: list[ModuleInfo]
    is_writable: bool
    proofs: list[KnownProof] = []


class ModuleRequest(Wire, frozen=True):
    """`POST math4ml/api/module`: write the module of an exercise, from what a cell defines. Answer: `ModuleInfo`."""

    path: Path
    exercise: Name
    source: Source


class ProofRequest(Wire, frozen=True):
    """`POST math4ml/api/proof`: prove an exercise in a fresh kernel, and freeze its battery where it is not fresh."""

    path: Path
    exercise: Name


class ProofAnswer(Wire, frozen=True):
    """The answer, after at most 2 s: how far the proof is, or what it found.

    `executed` of `total` answers have run. Of a module that cannot be read there is no `proof`, only `findings`.
    `notes` say what was written; `message` why it ended early.
    """

    id: str
    exercise: str
    path: str
    state: Literal["running", "done", "cancelled", "broken"]
    executed: int = 0
    total: int = 0
    proof: Proof | None = None
    findings: list[Finding] = []
    notes: list[str] = []
    message: str | None = None


REST: tuple[type[Wire], ...] = (
    ExercisesRequest, ExercisesAnswer, WatchRequest, WatchAnswer, CheckRequest, CheckAnswer, HintRequest, Ladder,
    Refusal, CleanRunRequest, CleanRunAnswer, AnswerRequest, Question, AttemptsRequest, AttemptsAnswer, CourseRequest,
    CourseAnswer, Preferences, RecordAnswer, ClipOpened, AuthorRequest, AuthorAnswer, ModuleRequest, ProofRequest,
    ProofAnswer,
)  # fmt: skip
"""What crosses between browser and server: the roots of the schema."""


# -- Between server and kernel -----------------------------------------------------------------------------


class Hello(Wire, frozen=True, tag_field="type", tag="hello"):
    """The runner stands in the kernel; `epoch` names this life of the kernel; `isolation` is None where none is."""

    epoch: str
    python: str
    executable: str
    isolation: Isolation | None


class Taken(Wire, frozen=True, tag_field="type", tag="taken"):
    """The kernel took the request `id`; each job will end in a verdict."""

    epoch: str
    id: str
    jobs: list[Job]


class Ran(Wire, frozen=True, tag_field="type", tag="ran"):
    """A watched cell ran; its jobs were started from that very state."""

    epoch: str
    cell_id: str
    source: str
    execution_count: int
    jobs: list[Job]


class Verdict(Wire, frozen=True, tag_field="type", tag="verdict"):
    """What the judge found in job `id`; `mistake` is a recognised one; `fingerprint` tells attempts apart."""

    epoch: str
    id: str
    outcome: Outcome
    checks: list[CheckResult] = []
    mistake: str | None = None
    fingerprint: str | None = None
    seconds: float = 0.0
    notes: list[str] = []
    printed: str | None = None


class Job(Wire, frozen=True):
    """One exercise of one cell being judged. `known` is set where no judging is needed."""

    id: str
    cell_id: str
    exercise: str
    digest: str
    basis: Literal["run", "live"]
    execution_count: int | None = None
    isolation: Isolation = "snapshot"
    known: NotAttempted | NotRun | Edited | CellRaised | KernelBusy | NoSnapshot | Broken | None = None


KernelMessage = Union[Hello, Taken, Ran, Verdict]
