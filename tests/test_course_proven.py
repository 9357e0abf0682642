"""The course's exercises, proven in a real kernel."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from math4ml_lab.authoring.proving import prove

EXERCISES = Path(__file__).resolve().parent.parent / "exercises"


@pytest.mark.kernel
@pytest.mark.timeout(900)
def test_every_exercise_of_the_course_is_proven_without_a_warning() -> None:
    told = asyncio.run(prove([EXERCISES], seeds=20, write=False))
    assert told.every() == []
    assert {proof.file for proof in told.proofs} == {
        str(path) for path in EXERCISES.rglob("*.py") if "math4ml_lab.exercise" in path.read_text(encoding="utf-8")
    }
