"""The course in other Pythons and numpys: each known answer is judged there as it is here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from course_answers import ANSWERS
from live import Live
from test_course import EXERCISES, module, read
from test_environments import ENVIRONMENTS, environment

from math4ml_lab import wire
from math4ml_lab.place import Loaded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

LIMIT = 10.0
"""Seconds for an answer, as the server has it."""


def loaded(name: str) -> Loaded:
    path = module(name)
    frozen = path.with_suffix(".battery.json")
    battery = frozen.read_text(encoding="utf-8") if frozen.exists() else None
    return Loaded(read(name), path.read_text(encoding="utf-8"), battery)


def surprises(live: Live, name: str) -> Iterator[str]:
    """Yield a line for each answer that was not judged as it should be."""
    live.watch({"a": loaded(name).for_kernel(LIMIT)})
    for source in ANSWERS[name].right:
        verdict = live.judged(source, "a")
        if not isinstance(verdict.outcome, wire.Passed):
            yield f"{name}, right: {verdict.outcome}\n{source}"
    for mistake, answers in ANSWERS[name].wrong.items():
        for source in answers:
            verdict = live.judged(source, "a")
            if not isinstance(verdict.outcome, wire.Failed) or verdict.mistake != mistake:
                yield f"{name}, {mistake}: {verdict.outcome}, {verdict.mistake}\n{source}"


@pytest.mark.kernel
@pytest.mark.timeout(900)
@pytest.mark.parametrize(("name", "python", "packages"), [one for one in ENVIRONMENTS if one[0] != "bare"])
def test_every_known_answer_is_judged_the_same(name: str, python: str, packages: Sequence[str], tmp_path: Path) -> None:
    with Live(tmp_path, environment(name, python, *packages)) as live:
        live.run("import numpy as np")
        assert [line for exercise in EXERCISES for line in surprises(live, exercise)] == []
