"""The learner's progress as the server tells it: the record off the server's loop, exercises, the whole course."""

from __future__ import annotations

import asyncio
import posixpath
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from math4ml_lab import catalogue, progress, wire
from math4ml_lab.attempts import UNREAD
from math4ml_lab.server.courses import plain_path
from math4ml_lab.server.plans import exercises_in
from math4ml_lab.server.refusals import Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from math4ml_lab.attempts import AttemptStore
    from math4ml_lab.progress import Progress
    from math4ml_lab.server.courses import Courses, Loaded, Place
    from math4ml_lab.server.reports import Record

SHORTEST, LONGEST = 0.1, 600.0
"""Seconds between which a learner may choose the time limit."""

NOT_LOST = "Nothing is lost. Try again in a moment."

P = ParamSpec("P")
T = TypeVar("T")


class Desk:
    """Where the record is read and written: in a thread, since another process may keep its file locked for a while."""

    def __init__(self, store: AttemptStore) -> None:
        self._store = store
        # One is enough: the store lets in one at a time.
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="math4ml_record")
        self._erasures: Counter[str | None] = Counter()

    async def do(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do what uses the record, in its turn."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, lambda: work(*args, **kwargs))

    async def told(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> tuple[T, bool]:
        """Do what reads the record; tell as well whether it could be read: where not, the rest is what was known."""

        def done() -> tuple[T, bool]:
            before = self._store.unread
            return work(*args, **kwargs), self._store.unread == before

        return await self.do(done)

    async def read(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do what makes no sense of a part of the record; raise Refused where it cannot be read."""
        found, is_whole = await self.told(work, *args, **kwargs)
        if not is_whole:
            raise Refused(409, UNREAD, NOT_LOST)
        return found

    async def close(self) -> None:
        """Close the record after what is under way."""
        await self.do(self._store.close)
        self._thread.shutdown(wait=False)

    async def everything(self, course: str | None) -> wire.RecordAnswer:
        """Return the whole record, or one course's."""
        return as_answer(await self.read(self._store.everything, course))

    async def erase(self, course: str | None) -> wire.RecordAnswer:
        """Forget all, or one course; return what is left of it."""
        self._erasures[course] += 1
        await self.do(self._store.erase, course)
        return await self.everything(course)

    def erasures(self, course: str) -> int:
        """Return how often what is kept of a course was to be erased: what began before does not count any more."""
        return self._erasures[None] + self._erasures[course]


def as_answer(rows: dict[str, list[dict[str, str | float | None]]]) -> wire.RecordAnswer:
    """Return the record as it is handed out."""
    return wire.RecordAnswer(attempts=rows["attempt"], hints=rows["hint"], answers=rows["answer"])


# -- A notebook's exercises --------------------------------------------------------------------------------


def infos(
    store: AttemptStore, place: Place, cells: Sequence[tuple[wire.CellTag, Loaded, Record]]
) -> list[wire.ExerciseInfo]:
    """Return what the panel shows of exercises; it reads the record."""
    attempts, hints, now = store.attempts_of(place.course), store.hints_of(place.course), time.time()
    found = []
    for cell, loaded, record in cells:
        exercise = loaded.exercise
        of = attempts.get(exercise.name, [])
        stands = progress.progress(of, hints.get(exercise.name, []), now)
        found.append(
            wire.ExerciseInfo(
                cell_id=cell.cell_id,
                exercise=exercise.name,
                title=exercise.title,
                points=exercise.points,
                checks=record.check_infos(),
                needs=list(exercise.needs),
                attempts=stands.attempts,
                hints=stands.hints,
                clip=place.videos.clip(exercise.video) if exercise.video else None,
                latest=_latest(record, cell, stands),
                passed_at=stands.passed_at,
                solved=stands.solved,
                due_at=stands.due_at,
                is_changed=progress.is_changed(of, loaded.digest),
                starter=exercise.starter,
                questions=record.answers.standing(),
            )
        )
    return found


def _latest(record: Record, cell: wire.CellTag, stands: Progress) -> wire.Report | None:
    """Return the last report on a cell; for a second time none from before that was due."""
    report = record.latest(cell.cell_id, review=cell.review)
    if cell.review and report is not None and (stands.review_since is None or report.at < stands.review_since):
        return None
    return report


# -- The course --------------------------------------------------------------------------------------------


async def overview(courses: Courses, desk: Desk, store: AttemptStore, path: str) -> wire.CourseAnswer:
    """Return the course that a notebook belongs to, and how the learner stands; a notebook may be its own course."""
    place = await courses.place(path)
    own = [] if place.listed is not None else await _own_unit(courses, place, plain_path(path))
    if place.listed is None and not own:
        # Whoever asks from the course's own folder, with no notebook, means the course.
        place = await courses.rooted(path) or place
    listed = place.listed
    units = listed.units if listed is not None else own
    exercises = [
        (unit, path, name, await courses.title(place, posixpath.dirname(path), name))
        for unit in units
        for path in [posixpath.normpath(posixpath.join(place.root, unit.notebook))]
        for name in unit.exercises
    ]
    (attempts, hints), is_whole = await desk.told(
        lambda: (store.attempts_of(place.course), store.hints_of(place.course))
    )
    now = time.time()
    standings = {
        name: _standing(
            unit.name, path, name, title, progress.progress(attempts.get(name, []), hints.get(name, []), now)
        )
        for unit, path, name, title in exercises
    }
    order = list(standings)
    here = progress.resume(order, attempts)
    return wire.CourseAnswer(
        course=place.course,
        title=listed.title if listed is not None else place.title,
        units=[
            wire.UnitInfo(
                name=unit.name,
                title=unit.title,
                path=posixpath.normpath(posixpath.join(place.root, unit.notebook)),
                exercises=[standings[name] for name in unit.exercises],
            )
            for unit in units
        ],
        due=_due(standings.values(), now),
        resume=standings[here] if here is not None else None,
        record=str(store.path) if store.path is not None else None,
        forum=listed.forum if listed is not None else None,
        is_unread=not is_whole,
    )


async def _own_unit(courses: Courses, place: Place, path: str) -> list[catalogue.Unit]:
    """Return a notebook of no course as a unit, nothing where it cannot be read or holds no exercise."""
    try:
        names = exercises_in(path, await courses.notebook(path))
    except Refused:
        return []
    names = [name for name in names if catalogue.is_tag(name)]
    return [catalogue.Unit(place.unit, place.title, path, names)] if names else []


def _standing(unit: str, path: str, exercise: str, title: str, stands: Progress) -> wire.Standing:
    return wire.Standing(
        unit=unit,
        path=path,
        exercise=exercise,
        title=title,
        attempts=stands.attempts,
        hints=stands.hints,
        solved=stands.solved,
        passed_at=stands.passed_at,
        due_at=stands.due_at,
        at=stands.at,
    )


def _due(standings: Iterable[wire.Standing], now: float) -> list[wire.Standing]:
    """Return what is to be done once more by now, the longest due first."""
    due = [(one.due_at, one) for one in standings if one.due_at is not None and one.due_at <= now]
    return [one for _, one in sorted(due, key=lambda pair: pair[0])]
