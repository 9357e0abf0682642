"""What the handlers call: exercises, watching, checks, hints, questions; each method meets one request."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import logging
from typing import TYPE_CHECKING

from msgspec.structs import replace

from math4ml_lab import catalogue, hints, lacking, wire
from math4ml_lab.attempts import UNREAD
from math4ml_lab.errors import CatalogueError, UnknownLadderError
from math4ml_lab.server import progress
from math4ml_lab.server.checks import Check, Checks, Task
from math4ml_lab.server.events import Events
from math4ml_lab.server.link import Ended
from math4ml_lab.server.plans import Plan
from math4ml_lab.server.refusals import Refused, no_kernel
from math4ml_lab.server.reports import Record
from math4ml_lab.server.trials import answered

if TYPE_CHECKING:
    from math4ml_lab.attempts import AttemptStore
    from math4ml_lab.server.courses import Courses, Loaded, Place
    from math4ml_lab.server.kernels import Kernels

_log = logging.getLogger(__name__)


class Grader:
    """Courses, kernels and the learner's record, brought together.

    `fixed` names the preferences that are an administrator's, and no learner's to change.
    """

    def __init__(  # noqa: PLR0913 (settings by name)
        self,
        courses: Courses,
        kernels: Kernels,
        store: AttemptStore,
        *,
        time_limit: float,
        gates: hints.Gates,
        fixed: frozenset[str] = frozenset(),
        events: Events | None = None,
    ) -> None:
        self.courses = courses
        self.kernels = kernels
        self.store = store
        self.time_limit = time_limit
        self.gates = gates
        self.fixed = fixed
        self.desk = progress.Desk(store)
        self.events = events or Events()
        self.checks = Checks(kernels)
        self._watching: set[asyncio.Task[None]] = set()
        self._records: dict[tuple[str, str], Record] = {}

    async def close(self) -> None:
        """End all that is under way."""
        await self.checks.close()
        for task in self._watching:
            task.cancel()
        await self.kernels.close()
        await self.desk.close()

    # -- Exercises ------------------------------------------------------------------------------------------

    async def exercises(self, request: wire.ExercisesRequest) -> wire.ExercisesAnswer:
        """Return what the panel shows of a notebook; what is wrong with a tag or module is a problem, no refusal."""
        place = await self.courses.place(request.path)
        found: list[tuple[wire.CellTag, Loaded, Record]] = []
        problems: list[wire.Problem] = []
        seen: set[str] = set()
        for cell in request.cells:
            if cell.exercise in seen and not cell.review:
                problems.append(_twice(cell))
                continue
            if not cell.review:
                seen.add(cell.exercise)
            try:
                loaded = await self.courses.load(place, cell.exercise)
            except Refused as refused:
                problems.append(
                    wire.Problem(message=refused.message, fix=refused.fix, cell_id=cell.cell_id, exercise=cell.exercise)
                )
            except CatalogueError as error:
                problems.extend(_broken(cell, error))
            else:
                for old in await self.courses.gone(place, loaded.exercise.was):
                    await self.desk.do(self.store.follow, place.course, old, loaded.exercise.name)
                seen.add(loaded.exercise.name)  # the cell may have its old name
                found.append((cell, loaded, self._record(place, loaded)))
        if request.course and request.course != place.course:
            problems.append(_other_course(request.course, place))
        infos, is_whole = await self.desk.told(progress.infos, self.store, place, found)
        problems.extend(
            wire.Problem(message=text, fix="Nothing is lost that was saved.") for text in self.store.problems
        )
        if not is_whole:
            problems.append(wire.Problem(message=UNREAD, fix=progress.NOT_LOST))
        return wire.ExercisesAnswer(
            course=place.course,
            unit=place.unit,
            title=place.title,
            exercises=infos,
            problems=problems,
            forum=place.listed.forum if place.listed is not None else None,
            missing=await self._missing(place, seen),
        )

    async def _missing(self, place: Place, tagged: set[str]) -> list[wire.Missing]:
        """Return the unit's exercises that no cell is tagged with; broken ones are left out."""
        units = place.listed.units if place.listed is not None else []
        names = [name for unit in units if unit.name == place.unit for name in unit.exercises if name not in tagged]
        found = []
        for name in names:
            with contextlib.suppress(Refused, CatalogueError):
                exercise = (await self.courses.load(place, name)).exercise
                answers = [answer.name for answer in exercise.answers]
                found.append(wire.Missing(name, exercise.title, answers, exercise.starter))
        return found

    def _record(self, place: Place, loaded: Loaded) -> Record:
        """Return the learner's record of an exercise, and remember where its hints stand."""
        record = Record(place, loaded.exercise, self.store, self.gates)
        for name in (loaded.exercise.name, *loaded.exercise.was):
            self._records[place.course, name] = record
        return record

    async def _load(self, place: Place, name: str) -> Loaded:
        """Return an exercise that is to be used; raise Refused for a broken one too."""
        try:
            return await self.courses.load(place, name)
        except CatalogueError as error:
            raise Refused(422, f"The exercise {name!r} is broken: {error}", "Tell the course's author.") from error

    # -- Kernels --------------------------------------------------------------------------------------------

    async def watch(self, request: wire.WatchRequest, *, at_most: float) -> wire.WatchAnswer:
        """Have the cells judged whenever they have run; a busy kernel learns it when it is free."""
        if not request.kernel_id.strip():
            raise no_kernel()
        place = await self.courses.place(request.path)
        loaded: dict[str, Loaded] = {}
        for cell in request.cells:
            try:
                loaded[cell.exercise] = await self.courses.load(place, cell.exercise)
            except (Refused, CatalogueError):
                continue  # `exercises` has said what is wrong
        cells = [
            {"cell_id": cell.cell_id, "exercise": cell.exercise, "digest": loaded[cell.exercise].digest}
            for cell in request.cells
            if cell.exercise in loaded
        ]
        try:
            link = await self.kernels.link(request.kernel_id)
            known = [one.for_kernel(self.time_limit) for one in loaded.values()]
            task = asyncio.create_task(link.watch(request.path, cells, known))
            self._watching.add(task)
            task.add_done_callback(self._watched)
            done, _ = await asyncio.wait([task], timeout=at_most)
            for one in done:
                one.result()
        except Ended as ended:
            return wire.WatchAnswer(watched=0, outcome=_why_not(ended.outcome))
        if link.hello is not None and link.hello.isolation is None:
            return wire.WatchAnswer(watched=0, outcome=wire.NoSnapshot(why="the kernel's system cannot copy a process"))
        return wire.WatchAnswer(watched=len(cells), epoch=link.hello.epoch if link.hello else None)

    def _watched(self, task: asyncio.Task[None]) -> None:
        """Let a task go that nobody need be waiting for any more."""
        self._watching.discard(task)
        error = None if task.cancelled() else task.exception()
        if error is not None and not isinstance(error, Ended):
            _log.error("math4ml: cells could not be watched", exc_info=error)

    async def check(self, request: wire.CheckRequest, *, at_most: float) -> wire.CheckAnswer:
        """Start a check and wait for it a little."""
        if not request.kernel_id.strip():
            raise no_kernel()
        place = await self.courses.place(request.path)
        tasks, unfit = await self._tasks(place, request.cells)
        erasures = self.desk.erasures(place.course)

        async def report(task: Task, job: wire.Job, verdict: wire.Verdict) -> wire.Report:
            record = self._record(place, task.loaded)
            is_attempt = (
                not lacking.is_elsewhere(verdict, task.cell.cell_id, request.defined)
                and self.desk.erasures(place.course) == erasures
            )
            if isinstance(verdict.outcome, wire.Lacks):
                needed = await self.courses.defining(place, record.exercise, verdict.outcome.names)
                verdict = replace(verdict, outcome=replace(verdict.outcome, exercise=needed))
            made = await self.desk.do(record.report, task, job, verdict, is_attempt=is_attempt)
            if is_attempt and self.events.is_news(job.id, made):
                attempts = await self.desk.do(self.store.attempts, place.course, record.exercise.name)
                distinct = len(hints.first_seen(attempts))
                self.events.checked(place.course, record.exercise.name, job.id, made, distinct)
            return made

        check = self.checks.start(Check(request.kernel_id, tasks, report, unfit), self.time_limit)
        await check.wait(at_most)
        return check.answer()

    async def _tasks(self, place: Place, cells: list[wire.CellSource]) -> tuple[list[Task], list[wire.Report]]:
        """Return what is to be judged, and reports on what cannot be; raise Refused where there is nothing else."""
        tasks: list[Task] = []
        unfit: list[wire.Report] = []
        for cell in cells:
            try:
                tasks.append(Task(cell, await self._load(place, cell.exercise)))
            except Refused as refused:
                unfit.append(Plan.unjudged(cell, wire.Broken(message=refused.message, fix=refused.fix)))
                if len(unfit) == len(cells):
                    raise
        return tasks, unfit

    async def cancel(self, check_id: str) -> wire.CheckAnswer:
        """Cancel a check."""
        check = self.checks.get(check_id)
        await check.cancel(self.kernels)
        return check.answer()

    # -- Hints ----------------------------------------------------------------------------------------------

    async def hint(self, request: wire.HintRequest) -> wire.Ladder:
        """Open the next rung if its gate is open, and return the ladder."""
        record = self._in_use(request.course, request.exercise)
        try:
            climbed, ladder = await self.desk.do(_climb, record, request)
        except UnknownLadderError as error:
            raise Refused(404, error.message, error.fix) from error
        levels = [hint.level for hint in ladder.opened if hint.level > climbed]
        self.events.hints_opened(request.course, request.exercise, request.ladder, levels)
        return ladder

    def clip(self, opened: wire.ClipOpened) -> None:
        """Tell of a passage of one of the course's videos that was opened."""
        videos = self._in_use(opened.course, opened.exercise).place.videos.by_key
        key = next((key for key, video in videos.items() if video.title == opened.title), None)
        if key is None:
            raise Refused(404, f"The course has no video {opened.title!r}.", "Reload the notebook.")
        self.events.clip_opened(opened, key, videos[key])

    def _in_use(self, course: str, exercise: str) -> Record:
        record = self._records.get((course, exercise))
        if record is None:
            raise Refused(404, f"There is no exercise {exercise!r} of {course!r} in use.", "Reload the notebook.")
        return dataclasses.replace(record, gates=self.gates)

    # -- Progress -------------------------------------------------------------------------------------------

    async def course(self, request: wire.CourseRequest) -> wire.CourseAnswer:
        """Return the course that a notebook belongs to, and how the learner stands."""
        return await progress.overview(self.courses, self.desk, self.store, request.path)

    def prefer(self, wanted: wire.Preferences) -> wire.Preferences:
        """Follow the learner's settings where they are the learner's to make; return what holds."""
        if wanted.gates is not None and "gates" not in self.fixed:
            self.gates = wanted.gates
        if wanted.time_limit is not None and "time_limit" not in self.fixed:
            self.time_limit = min(max(wanted.time_limit, progress.SHORTEST), progress.LONGEST)
        return wire.Preferences(gates=self.gates, time_limit=self.time_limit)

    # -- Questions ------------------------------------------------------------------------------------------

    async def answer(self, request: wire.AnswerRequest) -> wire.Question:
        """Keep what the learner says to a question, and return it with what may be told."""
        place = await self.courses.place(request.path)
        loaded = await self._load(place, request.exercise)
        answers = self._record(place, loaded).answers
        erasures = self.desk.erasures(place.course)
        asked = await self.desk.do(answers.asked, request.question)
        answer = await answered(self.kernels, loaded, asked, request, self.time_limit)
        is_kept = self.desk.erasures(place.course) == erasures
        return await self.desk.do(answers.keep if is_kept else answers.shown, asked, answer)

    async def attempts(self, request: wire.AttemptsRequest) -> wire.AttemptsAnswer:
        """Return the learner's earlier answers to an exercise."""
        place = await self.courses.place(request.path)
        return await self.desk.read(self._record(place, await self._load(place, request.exercise)).answers.earlier)


def _climb(record: Record, request: wire.HintRequest) -> tuple[int, wire.Ladder]:
    """Return the level that was open before, and the ladder after the next rung was asked for."""
    climbed = max((hint.level for hint in record.ladder(request.ladder).opened), default=0)
    return climbed, record.open_next(request.ladder, confirmed=request.confirmed)


def _twice(cell: wire.CellTag) -> wire.Problem:
    return wire.Problem(
        message=f"Two cells have the tag exercise:{cell.exercise}.",
        fix="Remove the tag from the cell that is not your answer.",
        cell_id=cell.cell_id,
        exercise=cell.exercise,
    )


def _broken(cell: wire.CellTag, error: CatalogueError) -> list[wire.Problem]:
    file = catalogue.module_file(cell.exercise)
    return [
        wire.Problem(
            message=f"{file}, line {problem.line}: {problem.message}",
            fix=problem.fix,
            cell_id=cell.cell_id,
            exercise=cell.exercise,
        )
        for problem in error.problems
    ]


def _other_course(said: str, place: Place) -> wire.Problem:
    here = repr(place.course) if place.listed is not None else "a folder that no unit of a course is in"
    return wire.Problem(
        message=f"The notebook belongs to the course {said!r}, but it stands in {here}.",
        fix="Move it back beside its course, or mend its metadata.",
    )


def _why_not(outcome: wire.Outcome) -> wire.NotPython | wire.Gateway | wire.NoSnapshot | wire.KernelDead | wire.Broken:
    if isinstance(outcome, wire.NotPython | wire.Gateway | wire.NoSnapshot | wire.Broken):
        return outcome
    return wire.KernelDead()
