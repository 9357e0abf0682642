"""A module without its answers, and the answers that go along as data."""

from __future__ import annotations

import ast
import json

import numpy as np
import pytest
from test_verify import GOOD

from math4ml_lab import catalogue, reveal
from math4ml_lab.authoring.strip import Stripped, strip
from math4ml_lab.kernel import recorded
from math4ml_lab.kernel.reference import Reference
from math4ml_lab.kernel.signature import Author

WHOLE = '''"""Scale
- Which rows?"""
# The right answer is A / 2, of course.
import numpy as np

from math4ml_lab.exercise import (
    beat, breaks, case, check, explain, inputs, mistake, near, order, solution, spot, symptom
)

SECRET = 2
LIMIT = 1e-9
TABLE = np.zeros(3)
TABLE[0] = SECRET


def by_secret(A):
    return A / SECRET if length(A) else A


def length(A):
    return np.sqrt((A * A).sum())


def _half(A):
    return by_secret(A)


@solution
def halve(A, scale=LIMIT):
    """Halves: A / 2."""
    return _half(A)


@solution
def size(A):
    return length(A)


inputs(case(A=np.array([2.0, 6.0])), case(A=np.array([4.0])))


@check(of=size)
def positive(got):
    """It is positive
    - Is it?"""
    assert got > LIMIT


@check(of=halve, hidden=True)
def twice_is_whole(got, A):
    """Twice a half is the whole
    - Is it?"""
    near(2 * got, A)


@check(of=size)
def as_long(got, A):
    """It is as long
    - Is it?"""
    near(got, length(A))


@mistake(of=halve)
def doubled(A):
    """It doubles
    - Which way?"""
    return A * SECRET


thirds = mistake(edit=("_half(A)", "A / 3"), of=halve, doc="""Thirds
    - How many parts?""")


@symptom(doubled)
def grows(failing, passing):
    return all(abs(row.got).sum() == abs(doubled(row.inputs["A"])).sum() for row in failing)


breaks(doubled)
spot(doubled, lines={2})
order()
order(text="Which first?", lines=["a = 1", "b = a", "c = b"])
beat(twice_is_whole)
if __name__ == "__main__":
    assert halve(SECRET) == 1
explain("Why?", model="Because.")
'''


def stripped(source: str = WHOLE, *, solutions: bool = True, hidden: bool = False) -> Stripped:
    return strip(source, catalogue.read_exercise(source, "scale"), solutions=solutions, hidden=hidden)


def test_nothing_of_an_answer_stays() -> None:
    found = stripped(hidden=True)
    for secret in (
        "A / SECRET",
        "A * SECRET",
        "by_secret",
        "TABLE",
        "A / 3",
        "A / 2",
        "SECRET",
        "__name__",
        "twice_is_whole",
    ):
        assert secret not in found.text
    assert found.left_out == [
        "the check 'twice_is_whole'", "the question breaks(doubled)", "the question spot(doubled)",
        "the question order()", "the question beat(twice_is_whole)", "what runs when the module is run by itself",
    ]  # fmt: skip
    assert found.stay == ["length"]


def test_what_stays_is_read_by_the_same_reader() -> None:
    before, after = catalogue.read_exercise(WHOLE, "scale"), catalogue.read_exercise(stripped().text, "scale")
    for same in ("title", "rungs", "answers", "checks", "symptoms", "starter", "inputs_digest", "points"):
        assert getattr(before, same) == getattr(after, same), same
    told = [(one.name, one.of, one.title, one.rungs) for one in before.mistakes]
    assert told == [(one.name, one.of, one.title, one.rungs) for one in after.mistakes]
    assert (after.stripped, after.solution, {one.source for one in after.mistakes}) == (True, "", {""})
    assert [question.name for question in after.questions] == ["order-1", "beat-1", "explain-1"]


def test_the_highest_rungs_are_off() -> None:
    exercise = catalogue.read_exercise(stripped().text, "scale")
    assert reveal.top(exercise, 3) == 3
    assert reveal.opened(exercise, {4, 5}, None) == []


def test_only_hidden_checks_are_left_out() -> None:
    found = stripped(solutions=False, hidden=True)
    exercise = catalogue.read_exercise(found.text, "scale")
    assert [check.name for check in exercise.checks] == ["positive", "as_long"]
    assert (exercise.stripped, exercise.solution) == (False, catalogue.read_exercise(WHOLE, "scale").solution)
    assert "TABLE[0] = SECRET" in found.text


@pytest.mark.parametrize(("imports", "setting"), [
    ("from math4ml_lab.exercise import inputs, matrices, solution", "exercise(stripped=True)"),
    ("from math4ml_lab.exercise import inputs, matrices, solution, exercise as e", "e(stripped=True)"),
    ("from math4ml_lab.exercise import *", "exercise(stripped=True)"),
    ("import math4ml_lab.exercise as ex\nfrom math4ml_lab.exercise import inputs, matrices, solution",
     "ex.exercise(stripped=True)"),
    ("from math4ml_lab.exercise import exercise, inputs, matrices, solution\nexercise(points=2)",
     "exercise(points=2, stripped=True)"),
])  # fmt: skip
def test_the_module_says_that_it_is_stripped(imports: str, setting: str) -> None:
    source = f'"""T\n- a"""\n{imports}\n\n@solution\ndef f(A):\n    return A\n\ninputs(A=matrices(2, 3))\n'
    text = stripped(source).text
    assert setting in text
    assert catalogue.read_exercise(text, "scale").stripped


def test_a_class_keeps_how_it_is_made() -> None:
    source = WHOLE.replace("def size(A):\n    return length(A)", '''class size(dict):
    total: float

    def __init__(self, A):
        """Made of A."""
        self.total = length(A)

    def told(self):
        return self.total''')  # fmt: skip
    tree = ast.parse(stripped(source).text)
    found = next(node for node in tree.body if isinstance(node, ast.ClassDef))
    wanted = "@solution\nclass size(dict):\n    ...\n    total: float\n\n    def __init__(self, A):\n        ..."
    assert ast.unparse(found) == wanted


# -- What goes along as data ---------------------------------------------------------------------------------


def reference(source: str, answers: str | None = None, battery: str | None = None) -> Reference:
    return Reference("scale", source, battery, {"__name__": "scale"}, None, answers)


def told(source: str) -> tuple[str, str]:
    text = stripped(source).text
    return text, recorded.text(text, None, *reference(source).told())


def test_the_answers_are_those_of_the_code() -> None:
    text, answers = told(WHOLE)
    whole, found = reference(WHOLE), reference(text, answers)
    for mine, other in (
        (whole.solution, found.solution),
        (dict(whole.mistakes.values()), dict(found.mistakes.values())),
    ):
        assert mine.keys() == other.keys()
        for name, outcomes in mine.items():
            for one, two in zip(outcomes, other[name], strict=True):
                np.testing.assert_array_equal(one.value, two.value)
                assert one.raised == two.raised
    assert answers == told(WHOLE)[1]
    assert list(json.loads(answers)) == ["of", "solutions", "mistakes"]


def test_a_check_finds_what_a_function_did_on_the_battery() -> None:
    source = WHOLE.replace("    return _half(A)", "    return {'zero': 1}[A] if A.size == 1 else _half(A)")
    text, answers = told(source)
    halve = reference(text, answers).namespace["halve"]
    assert halve(np.array([2.0, 6.0])).tolist() == [1.0, 3.0]
    with pytest.raises(TypeError, match="as recorded"):
        halve(np.array([4.0]))
    with pytest.raises(LookupError, match="knows what 'halve' does on its own inputs only"):
        halve(np.array([5.0]))


def test_an_error_of_a_kind_of_its_own_keeps_its_name() -> None:
    stand_in = recorded.StandIn("f", [[1], [2]], [{"raised": "SingularMatrixError"}, {"raised": "KeyError"}])
    with pytest.raises(Exception, match="as recorded") as caught:
        stand_in(1)
    assert caught.type.__name__ == "SingularMatrixError"
    with pytest.raises(KeyError):
        stand_in(2)


@pytest.mark.parametrize(("change", "message"), [
    (lambda text, _: (text, None), "are missing"),
    (lambda text, _: (text, "{"), "cannot be read"),
    (lambda text, _: (text, '{"of": 1}'), "cannot be read"),
    (lambda text, answers: (text.replace("- Is it?", "- It is."), answers), "belong to another edition"),
    (lambda text, answers: (text, json.dumps({**json.loads(answers), "mistakes": {}})), "not those of its battery"),
    (lambda text, answers: (text, json.dumps({**json.loads(answers), "solutions": {"halve": [], "size": []}})),
     "not those of its battery"),
])  # fmt: skip
def test_answers_of_something_else_are_refused(change: object, message: str) -> None:
    assert callable(change)
    with pytest.raises(Author, match=message):
        reference(*change(*told(WHOLE)))


def test_how_lines_end_does_not_matter() -> None:
    text, answers = told(WHOLE)
    assert reference(text.replace("\n", "\r\n"), answers).recorded is not None


def test_a_stripped_exercise_is_asked_for_nothing_more() -> None:
    with pytest.raises(Author, match="knows its solution on its own inputs only"):
        reference(*told(WHOLE)).wanted("halve", {"A": np.ones(2)})


def test_the_example_of_verify_can_be_stripped() -> None:
    found = stripped(GOOD)
    assert (found.left_out, found.stay) == ([], [])
    assert "count(A)" not in found.text


TESTED = '''"""Doubled
- What comes out?"""
from math4ml_lab.exercise import case, inputs, script, solution, starter


@solution
def double(x):
    return 2 * x


@starter
def double(x):
    """Twice x."""
    ...


inputs(case(x=1))
script("It doubles more", "assert double(2) == 4", hidden=True)
script("It doubles", "assert double(1) == 2")
script("It doubles again", """
assert double(3) == 6
""",  # once more
)
'''


def test_the_starter_stays_and_a_hidden_test_goes() -> None:
    found = stripped(TESTED, hidden=True)
    exercise = catalogue.read_exercise(found.text, "scale")
    assert ("2 * x" in found.text, exercise.starter) == (False, 'def double(x):\n    """Twice x."""\n    ...')
    assert ([check.name for check in exercise.checks], found.left_out) == (
        ["script_2", "script_3"],
        ["the check 'script_1'"],
    )


@pytest.mark.parametrize(("old", "new", "message"), [
    ("inputs(case(x=1))", "", "what is right needs the solution on the learner's 'x'"),
    ('script("It doubles"', '@check(x=3)\ndef c(got):\n    "T"\n\nscript("It doubles"',
     "the check 'c' needs the solution on inputs of its own"),
])  # fmt: skip
def test_what_needs_the_solution_itself_cannot_be_recorded(old: str, new: str, message: str) -> None:
    source = TESTED.replace("import case", "import case, check").replace(old, new)
    with pytest.raises(Author, match=message):
        told(source)
