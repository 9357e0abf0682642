"""What learners are told of objects in their answers: the class, and what can be taken instead."""

from __future__ import annotations

from typing import Any

import pytest
from test_course import module
from test_judge import judged, refer

GROUPS = """
import dataclasses, enum

class Thing:
    pass

@dataclasses.dataclass(frozen=True)
class Name:
    number: int

def factor(f):
    first = {}
    for x in f:
        first.setdefault(f[x], x)
    names = {x: NAMES(number) for number, x in enumerate(first.values())}
    return {x: first[f[x]] for x in f}, names, {names[x]: f[x] for x in first.values()}
"""


@pytest.mark.parametrize(
    ("names", "kind"),
    [
        ("Name", "Name"),
        ("lambda number: Thing()", "Thing"),
        ("lambda number: ('name', Name(number))", "Name"),
        ("lambda number: frozenset([enum.Enum('Colour', 'A B C D E F')(number + 1)])", "Colour"),
    ],
)
def test_objects_as_names_are_said_to_be_none_that_can_be_checked(names: str, kind: str) -> None:
    exercise = refer(module("any-function-in-three-steps").read_text(encoding="utf-8"))
    verdict = judged(exercise, GROUPS.replace("NAMES", f"({names})"))
    first = next(check for check in verdict["checks"] if check["state"] == "failed" and check["name"] != "agrees")
    assert (
        first["measurement"] == f"rename holds an object of class {kind}: take numbers, strings, tuples or frozensets"
    )
    assert verdict["mistake"] is None


@pytest.mark.parametrize("names", ["str", "lambda number: (number, None)", "lambda number: np.float64(number) * 1j"])
def test_plain_names_pass(names: str) -> None:
    exercise = refer(module("any-function-in-three-steps").read_text(encoding="utf-8"))
    assert judged(exercise, GROUPS.replace("NAMES", f"({names})"))["outcome"]["kind"] == "passed"


def kind_of(verdict: dict[str, Any]) -> str:
    return str(next(check["measurement"] for check in verdict["checks"] if check["name"] == "kind"))


def test_an_object_that_a_view_hands_on_is_told_by_its_class() -> None:
    pair = refer('''
        """Both ends"""
        from math4ml_lab.exercise import case, inputs, solution, view

        @solution
        def ends(x): return x[0], x[-1]
        inputs(case(x=[1, 2, 3]), case(x=[4, 6]))
        @view
        def of_two(got): return tuple(got) if isinstance(got, (tuple, list)) else got
    ''')
    own = "class Pair:\n    pass\n"
    assert kind_of(judged(pair, own + "def ends(x): return Pair()")) == "a Pair, needs a tuple"
    assert (
        kind_of(judged(pair, own + "def ends(x): return [x[0], Pair()]"))
        == "[1, <Pair object>] is a list, needs a tuple"
    )
