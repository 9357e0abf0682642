"""A mistake that raises on every input: an answer is taken for it where it says the same, however it is written."""

from __future__ import annotations

import json
import textwrap
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from test_judge import judged, refer
from test_strip import reference, stripped

from math4ml_lab.kernel import messages, recorded
from math4ml_lab.kernel.definition import Row

if TYPE_CHECKING:
    from math4ml_lab.kernel.reference import Reference


def predict(x: Any) -> Any:
    return x


def other(y: Any) -> Any:
    return y


NAMES = {"np": np, "A": np.ones((4, 2)), "v": np.ones(3), "predict": predict, "other": other}


def raised(code: str) -> str:
    with pytest.raises((ValueError, TypeError, LookupError, AttributeError)) as caught:
        eval(code, dict(NAMES))
    return str(caught.value)


@pytest.mark.parametrize("code", [
    "A @ v",
    "np.matmul(A, v)",
    "np.dot(A, v)",
    "A.dot(v)",
    "v @ A[:2]",
    "np.inner(A, v)",
    "np.linalg.multi_dot([A, v])",
    "np.einsum('nd,d->n', A, v)",
    "np.einsum('nd,d->n', A, v, optimize=True)",
    "np.einsum('ij,j,jk->ik', np.eye(3), np.ones(2), np.eye(2))",
    "A * v",
    "np.ones((4, 2, 1, 7)) + np.ones((3, 5, 7))",
    "np.zeros(3).__setitem__(slice(None), np.ones(2))",
])  # fmt: skip
def test_the_sizes_that_clash_are_told_however_it_is_written(code: str) -> None:
    assert messages.clash(raised(code)) == (2, 3)
    assert messages.said(raised(code)) == "sizes 2, 3"


@pytest.mark.parametrize("code", [
    "A @ 2.0",
    "A[5]",
    "A.reshape(3, 3)",
    "np.linalg.inv(A)",
    "np.hstack([A, np.ones((3, 1))])",
    "np.zeros((1, 2)).__iadd__(A)",
    "int('three')",
])  # fmt: skip
def test_other_errors_name_no_such_sizes(code: str) -> None:
    assert messages.clash(raised(code)) == ()
    assert messages.said(raised(code))


@pytest.mark.parametrize(("one", "two"), [
    ("predict()", "(lambda theta: theta)()"),
    ("len(3)", "len(np.float64(3))"),
    ("[] + predict", "[] + other"),
    ("int(predict)", "int(other)"),
    ("int('three')", "int('four')"),
    ("np.hstack([A, np.ones((3, 1))])", "np.column_stack([v, A])"),
    ("np.hstack([A, v])", "np.concatenate([v, A])"),
])  # fmt: skip
def test_names_that_a_writer_chose_and_kinds_of_numbers_make_no_difference(one: str, two: str) -> None:
    assert messages.said(raised(one)) == messages.said(raised(two))


@pytest.mark.parametrize(("one", "two"), [
    ("[] + 3", "[] + None"),
    ("A[5]", "A[4]"),
    ("predict()", "predict(1, 2)"),
    ("A.append(3)", "A.extend(3)"),
    ("A.reshape(3, 3)", "A.reshape(7)"),
    ("A @ v", "A @ np.ones(5)"),
    ("A @ v", "np.hstack([A, v])"),
])  # fmt: skip
def test_types_and_counts_do(one: str, two: str) -> None:
    assert messages.said(raised(one)) != messages.said(raised(two))


@pytest.mark.parametrize("text", ["", "('" * 250, "(1," * 160, "<" * 500, "broadcast " + "(9" * 240, "'" * 500])
def test_any_text_is_read(text: str) -> None:
    assert isinstance(messages.said(text), str)
    assert messages.clash(text) == ()


MODULE = '''
    """A table times a list"""
    import numpy as np
    from math4ml_lab.exercise import case, inputs, mistake, solution, symptom

    @solution
    def predict(X, theta):
        if not theta.size:
            raise ValueError("no theta")
        return X @ theta[1:] + theta[0]

    inputs(
        case(X=np.array([[2.0, 1], [3, 5], [1, 4], [7, 2]]), theta=np.array([10.0, 4, 1])),
        case(X=np.array([[1.0, -2, 3], [2, 0, 1]]), theta=np.array([5.0, 2, -1, 3])),
        case(X=np.zeros((2, 0)), theta=np.array([])),
    )

    @mistake
    def whole(X, theta):
        """All of theta
        - How many columns?"""
        if not theta.size:
            raise ValueError("there is no theta")
        return X @ theta

    @mistake
    def some(X, theta):
        """Some raise
        - Which?"""
        if len(X) == 2:
            raise ValueError("two rows")
        return X[:, 0]
'''


@pytest.fixture(scope="module", params=["whole", "stripped"])
def module(request: pytest.FixtureRequest) -> Reference:
    if request.param == "whole":
        return refer(MODULE)
    source = textwrap.dedent(MODULE)
    text = stripped(source).text
    return reference(text, recorded.text(text, None, *reference(source).told()))


def taken_for(module: Reference, body: str) -> Any:
    checked = "    if not theta.size:\n        raise ValueError('empty')\n"
    return judged(module, f"def predict(X, theta):\n{checked}    {body}")["mistake"]


@pytest.mark.parametrize("body", [
    "return X @ theta",
    "return np.dot(X, theta) + theta[0]",
    "return np.einsum('ij,j->i', X, theta)",
    "return (X * theta).sum(axis=1)",
])  # fmt: skip
def test_a_mistake_that_raises_everywhere_is_recognised_however_it_is_written(module: Reference, body: str) -> None:
    assert taken_for(module, body) == "whole"


@pytest.mark.parametrize("body", [
    "raise ValueError",
    "raise ValueError('X @ theta')",
    "return X @ theta[:-2]",
    "return np.column_stack([np.ones(7), X]) @ theta",
    "return theta[1:] @ X[:, :1]",
    "return float('theta')",
    "raise TypeError('(size 2 is different from 3)')",
    "raise ValueError('(size 2 is different from 3)')",
])  # fmt: skip
def test_another_exception_of_its_type_is_not(module: Reference, body: str) -> None:
    assert taken_for(module, body) is None


def test_where_a_mistake_has_values_too_the_type_is_enough(module: Reference) -> None:
    assert taken_for(module, "return X[:, 0] if len(X) > 2 else [].index(3)") == "some"


def test_answers_published_without_messages_go_by_the_type() -> None:
    source = textwrap.dedent(MODULE)
    text = stripped(source).text
    solutions, mistakes = reference(source).told()
    assert "said" not in json.dumps(solutions)
    old = {name: [{k: v for k, v in one.items() if k != "said"} for one in told] for name, told in mistakes.items()}
    module = reference(text, recorded.text(text, None, solutions, old))
    assert taken_for(module, "raise ValueError") == "whole"


def test_a_symptom_is_given_the_sizes() -> None:
    assert Row({}, "ValueError", 1, {}, raised("A @ v")).clash == (2, 3)
    assert Row({}, 1, 1, {}).clash == ()
