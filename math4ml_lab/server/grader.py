"""What the handlers call: exercises, watching, checks, hints, questions; each method meets one request."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from math4ml_lab import catalogue, wire
from math4ml_lab.errors import CatalogueError, UnknownLadderError
from math4ml_lab.server.checks import Check, Checks, Task
from math4ml_lab.server.link import Ended
from math4ml_lab.server.refusals import Refused, no_kernel
from math4ml_lab.server.reports import Record
from math4ml_lab.server.trials import tried

if TYPE_CHECKING:
    from math4ml_lab import hints
    from math4ml_lab.attempts import AttemptStore
    from math4ml_lab.server.courses import Courses, Loaded, Place
    from math4ml_lab.server.kernels import Kernels


class Grader:
    """Courses, kernels and the learner's record, brought together."""

    def __init__(
        self, courses: Courses, kernels: Kernels, store: AttemptStore, *, time_limit: float, gates: hints.Gates
    ) -> None:
        self.courses = courses
        self.kernels = kernels
        self.store = store
        self.time_limit = time_limit
        self.gates = gates
        self.checks = Checks(kernels)
        self._watching: set[asyncio.Task[None]] = set()
        self._records: dict[tuple[str, str], Record] = {}

    async def close(self) -> None:
        """End all that is under way."""
        await self.checks.close()
        for task in self._watching:
            task.cancel()
        await self.kernels.close()
        self.store.close()

    # -- Exercises ------------------------------------------------------------------------------------------

    async def exercises(self, request: wire.ExercisesRequest) -> wire.ExercisesAnswer:
        """Return what the panel shows of a notebook; what is wrong with a tag or module is a problem, no refusal."""
        place = await self.courses.place(request.path)
        found: list[wire.ExerciseInfo] = []
        problems: list[wire.Problem] = []
        seen: dict[str, str] = {}
        for cell in request.cells:
            if cell.exercise in seen:
                problems.append(_twice(cell))
                continue
            seen[cell.exercise] = cell.cell_id
            try:
                loaded = await self.courses.load(place, cell.exercise)
            except Refused as refused:
                problems.append(
                    wire.Problem(message=refused.message, fix=refused.fix, cell_id=cell.cell_id, exercise=cell.exercise)
                )
            except CatalogueError as error:
                problems.extend(_broken(cell, error))
            else:
                found.append(self._info(place, cell.cell_id, loaded))
        if request.course and request.course != place.course:
            problems.append(_other_course(request.course, place.course))
        problems.extend(
            wire.Problem(message=text, fix="Nothing is lost that was saved.") for text in self.store.problems
        )
        return wire.ExercisesAnswer(
            course=place.course, unit=place.unit, title=place.title, exercises=found, problems=problems
        )

    def _info(self, place: Place, cell_id: str, loaded: Loaded) -> wire.ExerciseInfo:
        exercise = loaded.exercise
        record = self._record(place, loaded)
        return wire.ExerciseInfo(
            cell_id=cell_id,
            exercise=exercise.name,
            title=exercise.title,
            points=exercise.points,
            checks=record.check_infos(),
            needs=list(exercise.needs),
            attempts=len(self.store.attempts(place.course, exercise.name)),
            hints=self.store.hint_count(place.course, exercise.name),
            clip=place.videos.clip(exercise.video) if exercise.video else None,
            latest=record.latest(cell_id),
            passed_at=self.store.passed_at(place.course, exercise.name),
            questions=record.answers.standing(),
        )

    def _record(self, place: Place, loaded: Loaded) -> Record:
        """Return the learner's record of an exercise, and remember where its hints stand."""
        record = Record(place, loaded.exercise, self.store, self.gates)
        self._records[place.course, loaded.exercise.name] = record
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
            task.add_done_callback(self._watching.discard)
            done, _ = await asyncio.wait([task], timeout=at_most)
            for one in done:
                one.result()
        except Ended as ended:
            return wire.WatchAnswer(watched=0, outcome=_why_not(ended.outcome))
        if link.hello is not None and link.hello.isolation is None:
            return wire.WatchAnswer(watched=0, outcome=wire.NoSnapshot(why="the kernel's system cannot copy a process"))
        return wire.WatchAnswer(watched=len(cells), epoch=link.hello.epoch if link.hello else None)

    async def check(self, request: wire.CheckRequest, *, at_most: float) -> wire.CheckAnswer:
        """Start a check and wait for it a little."""
        if not request.kernel_id.strip():
            raise no_kernel()
        place = await self.courses.place(request.path)
        tasks = [Task(cell, await self._load(place, cell.exercise)) for cell in request.cells]

        def report(task: Task, job: wire.Job, verdict: wire.Verdict) -> wire.Report:
            return self._record(place, task.loaded).report(task, job, verdict)

        check = self.checks.start(Check(request.kernel_id, tasks, report), self.time_limit)
        await check.wait(at_most)
        return check.answer()

    async def cancel(self, check_id: str) -> wire.CheckAnswer:
        """Cancel a check."""
        check = self.checks.get(check_id)
        await check.cancel(self.kernels)
        return check.answer()

    # -- Hints ----------------------------------------------------------------------------------------------

    def hint(self, request: wire.HintRequest) -> wire.Ladder:
        """Open the next rung if its gate is open, and return the ladder."""
        record = self._records.get((request.course, request.exercise))
        if record is None:
            raise Refused(
                404, f"There is no exercise {request.exercise!r} of {request.course!r} in use.", "Reload the notebook."
            )
        try:
            return record.open_next(request.ladder, confirmed=request.confirmed)
        except UnknownLadderError as error:
            raise Refused(404, error.message, error.fix) from error

    # -- Questions ------------------------------------------------------------------------------------------

    async def answer(self, request: wire.AnswerRequest) -> wire.Question:
        """Keep what the learner says to a question, and return it with what may be told."""
        place = await self.courses.place(request.path)
        loaded = await self._load(place, request.exercise)
        answers = self._record(place, loaded).answers
        asked = answers.asked(request.question)
        if asked.form != "breaks" or request.value is None:
            return answers.answered(asked, request.value)
        return answers.keep(asked, await tried(self.kernels, loaded, asked, request, self.time_limit))

    async def attempts(self, request: wire.AttemptsRequest) -> wire.AttemptsAnswer:
        """Return the learner's earlier answers to an exercise."""
        place = await self.courses.place(request.path)
        return self._record(place, await self._load(place, request.exercise)).answers.earlier()


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


def _other_course(said: str, here: str) -> wire.Problem:
    return wire.Problem(
        message=f"The notebook belongs to the course {said!r}, but it stands in {here!r}.",
        fix="Move it back beside its course, or mend its metadata.",
    )


def _why_not(outcome: wire.Outcome) -> wire.NotPython | wire.Gateway | wire.NoSnapshot | wire.KernelDead | wire.Broken:
    if isinstance(outcome, wire.NotPython | wire.Gateway | wire.NoSnapshot | wire.Broken):
        return outcome
    return wire.KernelDead()
