"""Progress on a real server: how exercises were solved, second times, folders of one's own, the course."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import msgspec
import pytest
from learning import FORUM, checked, course, info, keep
from notebooks import exercise_cells, notebook
from test_server import COURSE, DOUBLE, RIGHT, WRONG

from math4ml_lab import catalogue, wire
from math4ml_lab.progress import DAY

if TYPE_CHECKING:
    from pathlib import Path

    from panel import Panel

    from math4ml_lab.attempts import AttemptStore

pytestmark = pytest.mark.kernel


# -- Exercises ----------------------------------------------------------------------------------------------


async def test_how_it_was_solved_and_the_starter(course_panel: Panel, store: AttemptStore) -> None:
    found = await info(course_panel)
    assert (found.solved, found.due_at, found.is_changed, found.hints) == (None, None, False, 0)
    await course_panel.start()
    await course_panel.watch({"a": "double"})
    report = await course_panel.judged(WRONG)
    assert report.ladder is not None
    await course_panel.hint(report.ladder.key)
    assert (await info(course_panel)).hints == 1
    await course_panel.judged(RIGHT)
    await course_panel.judged("def double(x):\n    return 3 * x")
    store.open_hint("tried", "double", "exercise", 1, time.time())
    found = await info(course_panel)
    assert (found.solved, found.hints, found.attempts, found.is_changed) == ("with_hints", 1, 3, False)


async def test_the_starter_is_handed_out(course_panel: Panel) -> None:
    exercise = catalogue.read_exercise(DOUBLE, "double")
    assert exercise.starter
    assert (await info(course_panel)).starter == exercise.starter


async def test_a_module_that_changed_since_the_pass_is_told(course_panel: Panel, store: AttemptStore) -> None:
    keep(store, "double", 1.0, job="1")
    assert (await info(course_panel)).is_changed
    await course_panel.start()
    await course_panel.judged(RIGHT)
    assert not (await info(course_panel)).is_changed


async def test_a_second_time_is_judged_and_kept_as_such(course_panel: Panel, store: AttemptStore) -> None:
    store.open_hint("tried", "double", "solution", 5, time.time() - 2 * DAY)
    keep(store, "double", time.time() - 1.9 * DAY, job="1")
    early = time.time() - 1.5 * DAY
    keep(store, "double", early, job="2", review=True)
    found = await info(course_panel, review=True)
    assert (found.cell_id, found.exercise, found.solved, found.latest) == ("b", "double", "revealed", None)
    assert found.due_at is not None
    assert found.due_at < time.time()
    assert [one.exercise for one in (await course(course_panel)).due] == ["double"]

    await course_panel.start()
    await course_panel.run(WRONG, "b")
    reports = await checked(course_panel, wire.CellSource("b", "double", WRONG, review=True))
    assert [(report.review, type(report.outcome)) for report in reports] == [(True, wire.Failed)]
    found = await info(course_panel, review=True)
    assert found.latest is not None
    assert (found.latest.source, found.solved, found.due_at) == (WRONG, "revealed", found.due_at)
    first = (await info(course_panel)).latest
    assert first is not None
    assert (first.source, first.review) == (RIGHT, False), "the exercise's own cell keeps its verdict"

    await course_panel.run(RIGHT, "b")
    before = time.time()
    await checked(course_panel, wire.CellSource("b", "double", RIGHT, review=True))
    found = await info(course_panel, review=True)
    assert found.latest is not None
    assert (found.latest.outcome, found.latest.review) == (wire.Passed(inputs=2), True)
    assert found.due_at is not None
    assert before + 3 * DAY <= found.due_at <= time.time() + 3 * DAY
    assert (await course(course_panel)).due == []


async def test_a_check_under_way_names_the_cells_that_wait(course_panel: Panel) -> None:
    await course_panel.start()
    loop = "def double(x):\n    while True:\n        pass"
    await course_panel.run(loop, "b")
    cell = wire.CellSource("b", "double", loop, review=True)
    request = wire.CheckRequest(path=course_panel.path, kernel_id=course_panel.kernel, cells=[cell])
    answer = msgspec.json.decode(await course_panel.post("check", request), type=wire.CheckAnswer)
    assert (answer.state, answer.cells) == ("running", [wire.CellTag("b", "double", review=True)])
    await course_panel.fetch("math4ml", "api", "check", answer.id, method="DELETE")


# -- Folders of one's own -----------------------------------------------------------------------------------


async def test_a_folder_of_ones_own_is_no_part_of_the_course_above(course_panel: Panel, store: AttemptStore) -> None:
    keep(store, "double", 1.0, job="1")
    course_panel.path = "own/my_notes.ipynb"
    answer = await course_panel.exercises({"a": "double"})
    assert answer.title == "my notes"
    assert answer.course.startswith("local-")
    assert answer.problems == []
    (found,) = answer.exercises
    assert (found.attempts, found.solved, found.latest) == (0, None, None)
    assert found.clip is not None, "the videos beside course.toml can be named all the same"


async def test_a_copy_beside_a_units_notebook_is_of_the_course(course_panel: Panel, store: AttemptStore) -> None:
    keep(store, "double", 1.0, job="1")
    course_panel.path = "unit/unit-Copy1.ipynb"
    answer = await course_panel.exercises({"a": "double"})
    assert (answer.course, answer.title, answer.exercises[0].solved) == ("tried", "unit-Copy1", "alone")


async def test_folders_without_a_course_are_kept_apart(course_panel: Panel, jp_root_dir: Path) -> None:
    (jp_root_dir / "course.toml").unlink()
    await course_panel.start()
    await course_panel.judged(RIGHT)
    solved = {}
    for folder in ("unit", "own"):
        course_panel.path = f"{folder}/any.ipynb"
        answer = await course_panel.exercises({"a": "double"})
        solved[answer.course] = answer.exercises[0].solved
    assert list(solved.values()) == ["alone", None]


# -- The course ---------------------------------------------------------------------------------------------


async def test_a_course_is_found_from_its_own_folder(course_panel: Panel) -> None:
    course_panel.path = "any.ipynb"
    answer = await course(course_panel)
    assert (answer.course, answer.units[0].path) == ("tried", "unit/unit.ipynb")


async def test_the_course_as_a_whole(course_panel: Panel, store: AttemptStore) -> None:
    answer = await course(course_panel)
    assert (answer.course, answer.title, answer.forum) == ("tried", "Tried", FORUM)
    assert [(unit.name, unit.title, unit.path) for unit in answer.units] == [
        ("unit", "A unit", "unit/unit.ipynb"),
        ("next", "The next unit", "later/next.ipynb"),
    ]
    standings = [one for unit in answer.units for one in unit.exercises]
    assert [(one.exercise, one.title) for one in standings] == [
        ("double", "Twice as much"), ("more", "More"), ("gone", "gone"), ("broken", "broken"),
    ]  # fmt: skip
    assert (answer.due, answer.resume) == ([], None)
    assert answer.record == str(store.path)
    assert (await course_panel.exercises({"a": "double"})).forum == FORUM


async def test_where_one_was_and_what_is_due(course_panel: Panel, store: AttemptStore) -> None:
    keep(store, "double", 5.0, job="1", outcome=wire.Failed())
    answer = await course(course_panel, "later/next.ipynb")
    assert answer.resume is not None
    assert (answer.resume.exercise, answer.resume.path, answer.resume.at) == ("double", "unit/unit.ipynb", 5.0)
    keep(store, "double", 6.0, job="2")
    now = time.time()
    for name, days in (("double", 2), ("more", 3), ("gone", 0.5)):
        store.open_hint("tried", name, "solution", 5, now - days * DAY)
    answer = await course(course_panel)
    assert answer.resume is not None
    assert answer.resume.exercise == "more"
    assert [(one.exercise, one.due_at) for one in answer.due] == [("more", now - 2 * DAY)], "double was passed before"


async def test_a_notebook_of_no_course_is_a_course_by_itself(course_panel: Panel, jp_root_dir: Path) -> None:
    answer = await course(course_panel, "own/no-such.ipynb")
    assert (answer.units, answer.due, answer.resume, answer.forum) == ([], [], None, None)
    cells = exercise_cells((RIGHT, "double"), ("1", ""), (RIGHT, "no/double"), ("2", "No name"))
    (jp_root_dir / "own" / "mine.ipynb").write_text(notebook(cells))
    answer = await course(course_panel, "RTC:own/mine.ipynb")
    assert answer.title == "mine"
    (unit,) = answer.units
    assert (unit.path, [one.title for one in unit.exercises]) == ("own/mine.ipynb", ["Twice as much"])
    (jp_root_dir / "own" / "mine.ipynb").write_text("no notebook")
    assert (await course(course_panel, "own/mine.ipynb")).units == []


async def test_a_forum_is_somewhere_by_https(course_panel: Panel, jp_root_dir: Path) -> None:
    (jp_root_dir / "course.toml").write_text(COURSE.replace("[[", 'forum = "http://forum.example/"\n[[', 1))
    status, refusal = await course_panel.refused("course", wire.CourseRequest(path=course_panel.path))
    assert (status, "line 4" in refusal.message, "https://" in refusal.message) == (422, True, True)
