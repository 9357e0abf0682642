"""What hints say where the author said nothing: each ladder fits what it is offered for."""

import pytest

from math4ml_lab import catalogue, hints, wire

SOURCE = """"An exercise"
from math4ml_lab.exercise import solution
@solution
def f(): ...
"""
EXERCISE = catalogue.read_exercise(SOURCE, "an-exercise")


@pytest.mark.parametrize(
    ("error", "key"),
    [
        ("SyntaxError: '(' was never closed (a.py, line 2)", "structure:syntax"),
        ("IndentationError: unexpected indent (a.py, line 2)", "structure:syntax"),
        ("TabError: inconsistent use of tabs", "structure:syntax"), ("NameError: SyntaxError", "structure:runs"),
    ],
)  # fmt: skip
def test_what_python_could_not_read_has_a_ladder_of_its_own(error: str, key: str) -> None:
    assert hints.choose_ladder(EXERCISE, wire.CellRaised(error=error)) == key
    assert [level for level, _, _ in hints.rungs(EXERCISE, key)] == [2, 3]


def test_the_hint_on_what_python_could_not_read_fits_it() -> None:
    text = " ".join(text for _, text, _ in hints.rungs(EXERCISE, "structure:syntax"))
    assert [word for word in ("caret", "before", "bracket", "colon", "quote", "indented") if word not in text] == []
    assert not any(word in text for word in ("shape", "input", "traceback", "exception"))
