"""A course to learn from, and what the panel asks about progress in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from test_server import COURSE, DOUBLE, RIGHT, VIDEOS

from math4ml_lab import wire

if TYPE_CHECKING:
    from pathlib import Path

    from panel import Panel

    from math4ml_lab.attempts import AttemptStore

FORUM = "https://forum.example/c/tried"
MORE = """
[[units]]
name = "next"
title = "The next unit"
notebook = "later/next.ipynb"
exercises = ["more", "gone", "broken"]
"""


def make_course(root: Path) -> None:
    """Write a course of two units, with a forum, and a folder of one's own beside them."""
    (root / "course.toml").write_text(f'forum = "{FORUM}"{COURSE}{MORE}')
    (root / "videos.toml").write_text(VIDEOS)
    for folder in ("unit", "later", "own"):
        (root / folder).mkdir()
        (root / folder / "double.py").write_text(DOUBLE)
    (root / "later" / "more.py").write_text(DOUBLE.replace("Twice as much", "More"))
    (root / "later" / "broken.py").write_text("def f(:\n")


def keep(store: AttemptStore, name: str, at: float, *, job: str, course: str = "tried", **more: Any) -> None:
    settings = {"outcome": wire.Passed(inputs=2), "source": RIGHT, **more}
    report = wire.Report(cell_id="a", exercise=name, checks=[], basis="run", at=at, **settings)
    assert store.record(course, name, job, fingerprint=job, ladder=None, report=report, digest="of then")


async def info(panel: Panel, *, review: bool = False) -> wire.ExerciseInfo:
    cells = [wire.CellTag("a", "double"), *[wire.CellTag("b", "double", review=True)] * review]
    request = wire.ExercisesRequest(path=panel.path, cells=cells)
    answer = msgspec.json.decode(await panel.post("exercises", request), type=wire.ExercisesAnswer)
    assert answer.problems == []
    return answer.exercises[-1]


async def course(panel: Panel, path: str | None = None) -> wire.CourseAnswer:
    body = await panel.post("course", wire.CourseRequest(path=path or panel.path))
    return msgspec.json.decode(body, type=wire.CourseAnswer)


async def record(panel: Panel, method: str = "GET", **query: str) -> wire.RecordAnswer:
    reply = await panel.fetch("math4ml", "api", "progress", method=method, params=query)
    return msgspec.json.decode(reply.body, type=wire.RecordAnswer)


async def checked(panel: Panel, *cells: wire.CellSource) -> list[wire.Report]:
    request = wire.CheckRequest(path=panel.path, kernel_id=panel.kernel, cells=list(cells))
    answer = msgspec.json.decode(await panel.post("check", request), type=wire.CheckAnswer)
    while answer.state != "done":
        answer = await fetched(panel, answer.id)
    assert answer.cells == []
    return answer.reports


async def fetched(panel: Panel, check: str) -> wire.CheckAnswer:
    reply = await panel.fetch("math4ml", "api", "check", check)
    return msgspec.json.decode(reply.body, type=wire.CheckAnswer)
