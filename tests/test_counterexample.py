"""Inputs that learners make up: read as literals, tried on the mistake and the solution, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from math4ml_lab.catalogue import read_exercise
from math4ml_lab.kernel import counterexample
from math4ml_lab.kernel.reference import Reference

COURSE = Path(__file__).resolve().parent.parent / "exercises" / "linear_algebra"
SOURCE = """
import numpy as np
from math4ml_lab.exercise import *

@solution
def norm(v, k, rng, scale=1.0):
    if k < 0:
        raise ValueError("never")
    while k > 99:
        pass
    return np.sqrt((v ** 2).sum()) * k

inputs(case(v=np.array([3.0, 4.0]), k=2, rng=1), case(v=np.array([1.0]), k=1, rng=2))

@mistake
def total(v, k, rng, scale=1.0):
    "The sum of absolute values"
    if len(v) == 7:
        raise ZeroDivisionError
    return abs(v).sum() * k
"""
FUNCTIONS = """
import numpy as np
from math4ml_lab.exercise import *

@solution
def is_even(f, pair):
    return bool(f(2.0) == f(-2.0))

inputs(case(f=fn("x ** 2"), pair=(1, "a")))

@mistake
def always(f, pair):
    "Always"
    return True
"""


def tried(
    inputs: dict[str, str], source: str = SOURCE, mistake: str = "total", *, is_told: bool = False
) -> tuple[str, list[str]]:
    reference = Reference("e", source, None, {}, None)
    question = {"mistake": mistake, "inputs": inputs, "is_told": is_told}
    found = counterexample.verdict(reference, question, 0.7)
    return found["outcome"]["kind"], found.get("notes", [])


@pytest.mark.parametrize(
    ("v", "k", "kind", "note"),
    [
        ("[3, 4]", "1", "passed", "On v=[3, 4], k=1 it gives 7, and that is wrong."),
        ("(3, -4)", "1", "passed", "and that is wrong."),
        ("[0, 4]", "1", "failed", "On v=[0, 4], k=1 it is right."),
        ("[nan, 1]", "1", "failed", "it is right."),
        ("[-inf]", "1.5", "failed", "it is right."),
        ("[1, 2, 3, 4, 5, 6, 7]", "1", "passed", "it ends with ZeroDivisionError."),
        ("[1, 2]", "-1", "not_attempted", "v=[1, 2], k=-1 is no input of this exercise."),
        ("[1, 2]", "1e3", "timed_out", ""),
        ("3", "1", "not_attempted", "v cannot be 3."),
        ("[[1, 2]]", "1", "not_attempted", "v cannot be [[1, 2]]."),
        ("[[1], [1, 2]]", "1", "not_attempted", "rows of different lengths"),
        ("['a']", "1", "not_attempted", "v cannot be ['a']."),
        ("[1, 2]", "'a'", "not_attempted", "k cannot be 'a'."),
        ("[1, 2]", "[1]", "not_attempted", "k cannot be [1]."),
        ("", "1", "not_attempted", "'' is no value"),
        ("[1] * 10 ** 9", "1", "not_attempted", "is no value"),
        ("__import__('os')._exit(3)", "1", "not_attempted", "is no value"),
        ("[" * 1000, "1", "not_attempted", "is no value"),
        ("[" + "1," * 1500 + "]", "1", "not_attempted", "more than 2000 characters"),
    ],
)
def test_what_a_learner_types(v: str, k: str, kind: str, note: str) -> None:
    found, notes = tried({"v": v, "k": k})
    assert (found, note in " ".join(notes)) == (kind, True), notes
    assert found != "not_attempted" or len(notes) == 2, "what is refused comes with a next step"


OPTIONAL = """
import numpy as np
from math4ml_lab.exercise import *

@solution
def total(v, scale=1.0, shift=0.0):
    return v.sum() * scale + shift

inputs(case(v=np.array([3.0, 4.0]), shift=7.0), case(v=np.array([1.0]), scale=2.0))

@mistake
def forgets(v, scale=1.0, shift=0.0):
    "It forgets the scale"
    return v.sum() + shift
"""


@pytest.mark.parametrize(
    ("inputs", "kind", "note"),
    [
        ({"v": "[3]", "scale": "2"}, "passed", "On v=[3], scale=2 it gives 3. A right answer gives 6."),
        ({"v": "[3]"}, "failed", "On v=[3] it is right."),
        ({"v": "[3]", "shift": "1"}, "failed", "On v=[3], shift=1 it is right."),
        ({"v": "[3]", "shift": "1", "scale": "3"}, "passed", "it gives 4. A right answer gives 10."),
        ({"v": "[3]", "scale": "'a'"}, "not_attempted", "scale cannot be 'a'."),
    ],
)
def test_what_has_a_default_may_be_chosen_or_left_out(inputs: dict[str, str], kind: str, note: str) -> None:
    (question,) = read_exercise(f"'Total\\n- What is added?'\n{OPTIONAL}\nbreaks(forgets)\n", "total").questions
    assert (question.inputs, question.defaults) == (("v", "scale", "shift"), {"scale": "1.0", "shift": "0.0"})
    found, notes = tried(inputs, OPTIONAL, "forgets", is_told=True)
    assert (found, note in " ".join(notes)) == (kind, True), notes


def test_an_input_is_handed_over_at_its_own_place() -> None:
    reference = Reference("e", OPTIONAL, None, {}, None)
    assert [outcome.value for outcome in reference.solution["total"]] == [14.0, 2.0]
    assert [list(reference.answers["total"].select(row)) for row in reference.rows] == [
        ["v", "scale", "shift"],
        ["v", "scale"],
    ]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("x ** 2", "failed"), ("x + 1", "passed"), ("np.maximum(x, 0)", "passed"), ("abs(x)", "failed"),
        ("np.where(x > 0, x, -x)", "failed"), ("np.abs(np.array)", "not_attempted"), ("np.load('a')", "not_attempted"),
        ("x.__class__", "not_attempted"), ("np.sum.__self__", "not_attempted"), ("open('a')", "not_attempted"),
        ("(lambda: 1)()", "not_attempted"), ("[y for y in x]", "not_attempted"), ("np.max(x, out=x)", "not_attempted"),
        ("x +", "not_attempted"), ("y", "not_attempted"), ("'a'", "not_attempted"),
        ("lambda x: x ** 2", "failed"), ("lambda t: t + 1", "passed"), ("lambda n: np.maximum(n, 0)", "passed"),
        ("lambda t: x", "not_attempted"), ("lambda t: t.__class__", "not_attempted"), ("lambda: 1", "not_attempted"),
        ("lambda x, y: x", "not_attempted"), ("lambda *x: 1", "not_attempted"),
        ("lambda np: np.pi", "not_attempted"), ("lambda abs: abs(1)", "not_attempted"),
        ("lambda x=open('a'): x", "not_attempted"), ("lambda x: lambda y: 1", "not_attempted"),
        ("lambda t: open('a')", "not_attempted"),
    ],
)  # fmt: skip
def test_functions_are_arithmetic_only(text: str, kind: str) -> None:
    assert tried({"f": text, "pair": "[2, 'b']"}, FUNCTIONS, "always")[0] == kind


def test_a_lambda_is_told_as_what_it_does() -> None:
    _, (note,) = tried({"f": "lambda t: t + 1", "pair": "[2, 'b']"}, FUNCTIONS, "always")
    assert "x ↦ x + 1" in note


def test_a_refused_function_comes_with_those_that_are_not() -> None:
    _, (_, fix) = tried({"f": "lambda x, y: x", "pair": "[2, 'b']"}, FUNCTIONS, "always")
    examples = re.findall(r"\d \* x \+ \d|np\.\w+\(x, 0\)|lambda t: 2 \* t", fix)
    assert len(examples) == 3
    for example in examples:
        assert tried({"f": example, "pair": "[2, 'b']"}, FUNCTIONS, "always")[0] != "not_attempted"


@pytest.mark.parametrize(
    ("name", "inputs", "kind"),
    [
        ("shapes-are-types", {"left": "(2, 3)", "right": "(3, 4)"}, "passed"),
        ("shapes-are-types", {"left": "(2, 3)", "right": "(2, 3)"}, "passed"),
        ("shapes-are-types", {"left": "(4, 4)", "right": "(4, 4)"}, "failed"),
        ("shapes-are-types", {"left": "[7, 2, 3]", "right": "(3, 4)"}, "passed"),
        ("is-it-linear", {"f": "x ** 2", "n": "2"}, "passed"),
        ("is-it-linear", {"f": "np.maximum(x, 0)", "n": "3"}, "passed"),
        ("is-it-linear", {"f": "3 * x", "n": "2"}, "failed"),
        ("is-it-linear", {"f": "3 * x + 1", "n": "2"}, "failed"),
    ],
)
def test_the_courses_own(name: str, inputs: dict[str, str], kind: str) -> None:
    path = COURSE / name.replace("-", "_")
    source = path.with_suffix(".py").read_text(encoding="utf-8")
    question = next(one for one in read_exercise(source, name).questions if one.form == "breaks")
    assert sorted(question.inputs) == sorted(inputs)
    assert tried(inputs, source, str(question.about))[0] == kind


def test_nothing_of_the_right_answer_is_told() -> None:
    for v in ("[3, 4]", "[0, 4]"):
        _, notes = tried({"v": v, "k": "11"})
        assert "55" not in " ".join(notes)
        assert "44" not in " ".join(notes)


def test_an_unknown_mistake_is_no_verdict() -> None:
    reference: Any = Reference("e", SOURCE, None, {}, None)
    with pytest.raises(KeyError):
        counterexample.verdict(reference, {"mistake": "gone", "inputs": {}}, 0.5)


@pytest.mark.parametrize(
    ("v", "k", "note"),
    [
        ("[3, 4]", "1", "On v=[3, 4], k=1 it gives 7. A right answer gives 5."),
        ("[1, 2, 3, 4, 5, 6, 7]", "0", "it ends with ZeroDivisionError. A right answer gives 0."),
        ("[0, 4]", "1", "On v=[0, 4], k=1 it is right."),
    ],
)
def test_what_is_right_is_told_where_it_may_be(v: str, k: str, note: str) -> None:
    _, (said,) = tried({"v": v, "k": k}, is_told=True)
    assert said.endswith(note)
