"""NumPy's messages about shapes in plain words: understood as this NumPy writes them, and never guessed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import assume, given, strategies as st
from test_judge import judged, refer

from math4ml_lab.kernel.plain_words import meant, told

if TYPE_CHECKING:
    from collections.abc import Callable


def zeros(*shape: int) -> Any:
    return np.zeros(shape)


def message(call: Callable[[], Any]) -> str:
    try:
        call()
    except (ValueError, TypeError, IndexError) as error:
        return str(error)
    pytest.fail("nothing was raised")


def add_to(array: Any, more: Any) -> None:
    array += more


def put(array: Any, at: Any, value: Any) -> None:
    array[at] = value


SHAPE = st.lists(st.integers(0, 4), min_size=1, max_size=4).map(tuple)
PRODUCT = "a product needs as many columns on its left as rows on its right"
ONE_BY_ONE = "entry by entry, shapes are lined up at their last axes"


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: zeros(2, 3) @ zeros(4, 5), "here 3 and 4"),
        (lambda: zeros(3) @ zeros(4), "here 3 and 4"),
        (lambda: zeros(7, 2, 3) @ zeros(4), "here 3 and 4"),
        (lambda: zeros(2, 3).dot(zeros(4, 5)), "here 3 and 4"),
        (lambda: zeros(3).dot(zeros(4)), "here 3 and 4"),
        (lambda: np.dot(zeros(2, 3, 4), zeros(2, 5, 6)), "here 4 and 5"),
        (lambda: zeros(2, 3) @ 2, "one side of the product is a single number"),
        (lambda: np.matmul(2, zeros(3)), "one side of the product is a single number"),
        (lambda: zeros(2, 3) + zeros(4), "here 3 meets 4"),
        (lambda: zeros(2, 3) * zeros(3, 2), "here 3 meets 2"),
        (lambda: zeros(5, 1, 3) - zeros(4, 2, 3), "here 5 meets 4"),
        (lambda: np.where(zeros(2, 3) > 0, zeros(1), zeros(4)), "here 3 meets 4"),
        (lambda: add_to(zeros(2, 3), zeros(2)), "here 3 meets 2"),
        (lambda: np.broadcast_arrays(zeros(3), zeros(4)), "here 3 meets 4"),
        (lambda: add_to(zeros(3), zeros(2, 3)), "the result has shape (2, 3)"),
        (lambda: put(zeros(2, 3), 0, zeros(4)), "an array of shape (4,) does not fit into a place of shape (3,)"),
        (lambda: put(zeros(4), [0, 1], zeros(3)), "an array of shape (3,) does not fit into a place of shape (2,)"),
        (lambda: zeros(6).reshape(4, 2), "6 entries cannot fill shape (4, 2), which takes 8"),
        (lambda: zeros(1).reshape(2), "1 entry cannot fill shape (2,), which takes 2"),
        (lambda: np.array([[1, 2], [3]]), "the items of an array must all have the same shape"),
        (lambda: np.array([1, [2, 3]]), "the items of an array must all have the same shape"),
        (lambda: np.linalg.solve(zeros(3, 3), zeros(2, 4)), "as many rows as their matrix; here 2 and 3"),
        (lambda: np.linalg.solve(zeros(3, 3), zeros(2)), "as many rows as their matrix; here 2 and 3"),
    ],
)
def test_what_this_numpy_says_is_understood(call: Callable[[], Any], words: str) -> None:
    assert words in meant(message(call))


@pytest.mark.parametrize(
    "call",
    [
        lambda: np.tensordot(zeros(2, 3), zeros(4, 5), 1),
        lambda: np.stack([zeros(2), zeros(3)]),
        lambda: np.concatenate([zeros(2, 3), zeros(2, 4)]),
        lambda: np.einsum("ij,jk", zeros(2, 3), zeros(4, 5)),
        lambda: zeros(3)[zeros(4) > 0],
        lambda: np.matmul(zeros(2, 2), zeros(2, 2), out=zeros(3, 3)),
        lambda: zeros(2, 3, 4) @ zeros(3, 4, 5),
        lambda: zeros(6).reshape(4, -1),
        lambda: np.linalg.solve(zeros(3, 2), zeros(2)),
        lambda: put(zeros(3), 0, [1, 2]),
        lambda: int("four"),
    ],
)
def test_other_messages_are_left_as_they_are(call: Callable[[], Any]) -> None:
    assert meant(message(call)) == ""


@given(SHAPE, SHAPE, st.sampled_from([np.matmul, np.dot]))
def test_the_sizes_of_a_product_are_the_two_that_part(left: Any, right: Any, product: Any) -> None:
    columns, rows = left[-1], right[max(len(right) - 2, 0)]
    assume(columns != rows)
    text = meant(message(lambda: product(np.zeros(left), np.zeros(right))))
    assert text == "" or (text.startswith(PRODUCT) and text.endswith(f"here {columns} and {rows}"))
    assert text or (product is np.matmul and len(left) > 2 and len(right) > 2), "the batch axes are told first"


@given(SHAPE, SHAPE)
def test_the_sizes_that_meet_are_two_of_one_axis(left: Any, right: Any) -> None:
    try:
        np.broadcast_shapes(left, right)
    except ValueError:
        text = meant(message(lambda: np.zeros(left) + np.zeros(right)))
        assert text.startswith(ONE_BY_ONE)
        pairs = [
            f"here {a} meets {b}" for a, b in zip(left[::-1], right[::-1], strict=False) if 1 not in (a, b) != (b, a)
        ]
        assert any(text.endswith(pair) for pair in pairs)


@given(st.text())
def test_no_text_is_taken_for_one_of_them(text: str) -> None:
    assert meant(text) == ""
    assert told("ValueError", text, "!") == (f"ValueError: {text}!" if text else "ValueError!")


def test_only_numpys_own_exceptions_are_put_into_words() -> None:
    said = message(lambda: zeros(2, 3) + zeros(4))
    assert "In plain words" in told("ValueError", said)
    assert told("KeyError", said) == f"KeyError: {said}"
    assert meant(said + " and so on") == ""


def test_the_report_has_them_in_a_line_of_their_own() -> None:
    double = refer('''
        """Twice as much"""
        import numpy as np
        from math4ml_lab.exercise import case, inputs, solution

        @solution
        def double(x):
            return 2 * x

        inputs(case(x=np.array([1.0, 2.0, 4.0])))
    ''')
    verdict = judged(double, "def double(x):\n    return x + x[:2]")
    runs = next(check for check in verdict["checks"] if check["name"] == "runs")
    first, second = runs["measurement"].splitlines()
    assert first.startswith("ValueError: operands could not be broadcast")
    assert second.startswith("In plain words: entry by entry")
    assert second.endswith("here 3 meets 2.")
