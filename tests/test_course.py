"""The course, through the production path: each answer in a real kernel, over REST."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat
import pytest
from course_answers import ANSWERS
from panel import Panel

from math4ml_lab import catalogue, wire
from math4ml_lab.authoring import battery
from math4ml_lab.kernel.answer import normalised

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

ROOT = Path(__file__).resolve().parent.parent / "exercises"
COURSE = catalogue.read_course((ROOT / "course.toml").read_text(encoding="utf-8"))
VIDEOS = catalogue.read_videos((ROOT / "videos.toml").read_text(encoding="utf-8"))
UNIT_OF = {name: unit for unit in COURSE.units for name in unit.exercises}
EXERCISES = sorted(UNIT_OF)


def read(name: str) -> catalogue.Exercise:
    return catalogue.read_exercise(module(name).read_text(encoding="utf-8"), name, VIDEOS)


def module(name: str) -> Path:
    return (ROOT / UNIT_OF[name].notebook).parent / catalogue.module_file(name)


@pytest.mark.parametrize("name", EXERCISES)
def test_the_known_wrong_turns_are_all_there(name: str) -> None:
    exercise = read(name)
    assert {mistake.name for mistake in exercise.mistakes} >= ANSWERS[name].turns
    assert all(len(mistake.rungs) == 3 for mistake in exercise.mistakes)
    assert len(exercise.rungs) == 3
    assert len({mistake.rungs for mistake in exercise.mistakes}) == len(exercise.mistakes)
    assert set(ANSWERS[name].wrong) == {mistake.name for mistake in exercise.mistakes}


@pytest.mark.parametrize("name", EXERCISES)
def test_each_answer_is_tried_in_several_forms(name: str) -> None:
    assert len(ANSWERS[name].right) >= 3
    assert {mistake: len(forms) for mistake, forms in ANSWERS[name].wrong.items() if len(forms) < 2} == {}


def test_there_are_three_mistakes_to_an_exercise() -> None:
    assert sum(len(read(name).mistakes) for name in EXERCISES) >= 3 * len(EXERCISES)


def test_every_battery_is_frozen_and_fresh() -> None:
    stale = [path.name for path in battery.modules([ROOT]) if not battery.is_fresh(path)]
    assert stale == [], "run: python -m math4ml_lab.authoring.battery exercises"


@pytest.mark.parametrize("unit", COURSE.units, ids=lambda unit: unit.name)
def test_notebooks_hold_their_exercises_with_their_starters(unit: catalogue.Unit) -> None:
    notebook = nbformat.read(ROOT / unit.notebook, as_version=4)  # type: ignore[no-untyped-call]
    nbformat.validate(notebook)
    assert notebook.metadata["math4ml"] == {"course": COURSE.name, "unit": unit.name}
    cells = {
        tag.removeprefix("exercise:"): cell
        for cell in notebook.cells
        for tag in cell.metadata.get("tags", [])
        if tag.startswith("exercise:")
    }
    assert list(cells) == unit.exercises
    for name, cell in cells.items():
        assert normalised(cell.source) == normalised(read(name).starter), name
    assert not any(cell.get("outputs") for cell in notebook.cells)


@pytest.mark.kernel
@pytest.mark.timeout(180)
@pytest.mark.parametrize("name", EXERCISES)
async def test_right_and_wrong_answers_are_known_for_what_they_are(
    name: str, jp_fetch: Callable[..., Awaitable[Any]], jp_serverapp: Any, jp_root_dir: Path
) -> None:
    shutil.copytree(ROOT, jp_root_dir, dirs_exist_ok=True)
    panel = Panel(jp_fetch, jp_serverapp)
    panel.path = UNIT_OF[name].notebook
    await panel.start()
    try:
        await panel.run("import numpy as np", "setup")
        await panel.watch({"answer": name})
        told = [line async for line in surprises(panel, name)]
    finally:
        panel.client.stop_channels()
    assert told == []


async def surprises(panel: Panel, name: str) -> Any:
    """Yield a line for each answer that was not judged as it should be."""
    exercise = read(name)
    if not exercise.starter_counts:
        report = await panel.judged(exercise.starter, "answer", name)
        if report.outcome != wire.NotAttempted():
            yield f"starter: {report.outcome}"
    # A miss comes first, so that an exercise that wants one is content.
    for mistake, answers in ANSWERS[name].wrong.items():
        for source in answers:
            report = await panel.judged(source, "answer", name)
            key = report.ladder.key if report.ladder else None
            if not isinstance(report.outcome, wire.Failed) or key != f"mistake:{mistake}" or report.basis != "run":
                yield f"{mistake}: {report.outcome}, {key}\n{source}"
    for source in ANSWERS[name].right:
        report = await panel.judged(source, "answer", name)
        if not isinstance(report.outcome, wire.Passed):
            failed = [(check.name, check.measurement) for check in report.checks if check.state == "failed"]
            yield f"right: {report.outcome} {failed}\n{source}"
