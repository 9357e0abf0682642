"""How a wrong result is related to the right one: told when it holds on all failing inputs, else never."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, strategies as st
from hypothesis.extra.numpy import arrays
from test_judge import judged, refer

from math4ml_lab.kernel.answered import Result
from math4ml_lab.kernel.observe import observation
from math4ml_lab.kernel.outcomes import Outcome
from math4ml_lab.kernel.values import encode

A = np.array([[1.0, 2, 3], [4, 5, 7]])
B = np.array([[2.0, -1, 5, 1], [3, 3, 8, 0], [1, 9, 4, 2]])


def result(got: Any, want: Any, **row: Any) -> Result:
    return Result(row, Outcome(want), {"value": encode(got)}, None)


def observed(pairs: list[tuple[Any, Any]], *, alone: bool = False) -> str | None:
    return observation([result(got, want) for got, want in pairs], alone=alone)


def of_inputs(wrong: Any, right: Any, *inputs: Any) -> str | None:
    return observation([result(wrong(x), right(x), X=x) for x in inputs], alone=False)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (lambda x: x.T, "This is the transpose of what is needed."),
        (lambda x: -x, "Every number has the wrong sign."),
        (lambda x: 2 * x, "Every number is 2 times what is needed."),
        (lambda x: x / 4, "Every number is 0.25 times what is needed."),
        (lambda x: x + 1, "Every number is 1 too large."),
        (lambda x: x - 0.5, "Every number is 0.5 too small."),
        (lambda x: x[::-1], "This is what is needed in reverse order."),
        (lambda x: x[:, ::-1], "These are the right numbers in another order."),
        (lambda x: x.sum(), "This is the sum of all that is needed: an axis too many was used up."),
        (lambda x: np.stack([x, 0 * x]), "The sum of this along axis 0 is what is needed."),
        (lambda x: x**2, None),
    ],
)
def test_relations_of_arrays(wrong: Any, said: str | None) -> None:
    assert observed([(wrong(A), A), (wrong(B), B)]) == said
    # Only when it is true of all failing inputs.
    assert observed([(wrong(A), A), (B**3 + 1, B)]) is None
    # What is right says nothing about what is wrong.
    assert observed([(wrong(A), A), (wrong(B), B), (A, A)]) == said


def test_the_mean_of_equal_numbers_is_no_mean() -> None:
    six = np.full(3, 6.0)
    assert observed([(np.array(6.0), six)]) is None
    assert observed([(np.array(6.0), six), (np.array(2.0), np.array([1.0, 3.0]))]) is not None
    assert observed([(np.tile(six, (2, 1)), six)]) is None


@pytest.mark.parametrize(
    ("wrong", "right", "said"),
    [
        (
            lambda x: x.sum(axis=0),
            lambda x: x.mean(axis=0),
            "This is what is needed times X.shape[0]: a sum in place of an average?",
        ),
        (
            lambda x: x.mean(axis=1),
            lambda x: x.sum(axis=1),
            "This is what is needed divided by X.shape[1]: an average in place of a sum?",
        ),
        (
            lambda x: x.sum(axis=1),
            lambda x: x.sum(axis=0),
            "This is the sum of X along axis 1; along axis 0 is needed.",
        ),
        (
            lambda x: x - x.mean(axis=1, keepdims=True),
            lambda x: x - x.mean(axis=0),
            "This is the difference to the mean of X along axis 1; along axis 0 is needed.",
        ),
        (
            lambda x: x / x.max(),
            lambda x: x / x.max(axis=0),
            "This is the ratio to the maximum of X over all entries; along axis 0 is needed.",
        ),
    ],
)
def test_sums_and_averages_over_the_wrong_axis(wrong: Any, right: Any, said: str) -> None:
    assert of_inputs(wrong, right, A, B) == said


@pytest.mark.parametrize(
    "pairs",
    [
        [(3.0, 6.0)],
        [(3.0, 6.0), (3.0, 6.0)],
        [(1.0, 0.0), (2.0, 0.0)],
        [("a", "b")],
        [(np.array([[1.0, 5]]), np.array([[1.0]]))],
    ],
)
def test_what_could_not_have_been_otherwise_is_not_told(pairs: Any) -> None:
    assert observed(pairs) is None


def test_signs_of_lone_numbers_and_items_of_tuples() -> None:
    assert observed([(-3.0, 3.0)]) == "The sign is wrong."
    assert observed([(-3.0, 3.0)], alone=True) is None
    assert observed([((1, 2), (2, 1)), ((3, 5), (5, 3))]) == "These are the right items in reverse order."


def test_nothing_is_said_where_an_answer_raised() -> None:
    raised = Result({}, Outcome(A), {"raised": {"type": "ValueError", "message": "", "line": None}}, None)
    assert observation([result(-A, A), raised], alone=False) is None


numbers = st.one_of(
    st.floats(allow_nan=True, width=32),
    arrays(np.float64, st.tuples(st.integers(0, 3), st.integers(0, 3)), elements=st.floats(-9, 9)),
    arrays(np.int64, st.integers(0, 4), elements=st.integers(-3, 3)),
    arrays(np.complex128, (2,), elements=st.complex_numbers(max_magnitude=9)),
    st.lists(st.integers(), max_size=3),
    st.none(),
)


@given(st.lists(st.tuples(numbers, numbers, numbers), max_size=3))
def test_any_values_give_a_sentence_or_nothing(rows: Any) -> None:
    said = observation([result(got, want, X=x) for got, want, x in rows], alone=False)
    assert said is None or said.endswith((".", "?"))


SOMETIMES = '''
    """A shape, or nothing"""
    from math4ml_lab.exercise import case, inputs, solution

    @solution
    def half(n):
        return (n // 2,) if n % 2 == 0 else None

    inputs(case(n=2), case(n=3), case(n=6))
'''


@pytest.mark.parametrize(
    ("code", "claim", "measurement"),
    [
        ("def half(n): return (n // 2,)", "agrees", "(1,), needs None"),
        ("def half(n): return None if n > 3 or n % 2 else (1,)", "agrees", "None, needs (3,)"),
        ("def half(n): return n // 2", "kind", "1 is a number, needs a tuple"),
    ],
)
def test_where_several_kinds_are_due_taking_one_for_another_is_a_wrong_value(
    code: str, claim: str, measurement: str
) -> None:
    verdict = judged(refer(SOMETIMES), code)
    failed = [check for check in verdict["checks"] if check["state"] == "failed"]
    assert [(check["name"], check["measurement"]) for check in failed] == [(claim, measurement)]
