"""Titles of imported exercises that only number them in the source."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from foreign import book, imported, ok_test, write

if TYPE_CHECKING:
    from pathlib import Path

    from foreign import Given

A = ("code", "double = ..."), ("code", 'ok.grade("q1")')
B = ("code", "triple = ..."), ("code", 'ok.grade("q2")')


def text(said: str) -> Given:
    return ("markdown", said)


@pytest.mark.parametrize(
    ("cells", "titles"),
    [
        ([text("## Part A (2 points)"), *A, text("## Part B [3 pts]:"), *B],
         ["Part A: `double`", "Part B: `triple`"]),
        ([text("# Set 1"), text("## Twice"), text("### Question 1"), *A, text("## Thrice"), text("**Part (b)**"), *B],
         ["Twice: Question 1", "Thrice: Part (b)"]),
        ([text("## Notes"), text("# Problem 1"), *A, text("## Rules"), text("# Problem 2."), *B],
         ["Problem 1: `double`", "Problem 2: `triple`"]),
        ([text("## Numbers\n```\n# a comment\n```"), text("### Part A\n\nDefine it."), *A, text("### 1.2"), *B],
         ["Numbers: Part A", "Numbers: 1.2"]),
        ([text("Define what it takes."), *A, text("Define what it takes."), *B],
         ["Define what it takes: `double`", "Define what it takes: `triple`"]),
        ([text("Question 1. Define double."), *A, text("Part of a whole"), *B],
         ["Question 1. Define double.", "Part of a whole"]),
        ([*A, *B], ["A test: `double`", "A test: `triple`"]),
    ],
)  # fmt: skip
def test_a_title_says_what_the_exercise_is_about(tmp_path: Path, cells: list[Given], titles: list[str]) -> None:
    tests = {f"tests/q{number}.py": ok_test(f">>> {name}\n2") for number, name in enumerate(("double", "triple"), 1)}
    made = imported(write(tmp_path, {"work.ipynb": book(("code", "import numpy"), *cells), **tests}))
    assert [question.title for question in made.questions] == titles
