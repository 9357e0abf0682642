"""Inputs as Python: what is pasted is what the answer was given."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, strategies as st
from hypothesis.extra.numpy import array_shapes, arrays, floating_dtypes, integer_dtypes

from math4ml_lab.kernel.pasting import lines
from math4ml_lab.kernel.values import Function, Opaque, Seed, encode

KINDS = st.one_of(st.just(np.dtype(bool)), integer_dtypes(endianness="="), floating_dtypes(endianness="="))
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.tuples(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


def pasted(text: str | None) -> dict[str, Any]:
    assert text is not None
    found: dict[str, Any] = {"np": np}
    exec(text, found)
    return found


@given(value=PLAIN | arrays(KINDS, array_shapes(min_dims=0, min_side=0, max_side=3)))
def test_what_is_pasted_is_the_same_value(value: Any) -> None:
    assert encode(pasted(lines({"A": value}))["A"]) == encode(value)


def test_each_input_has_a_line() -> None:
    inputs = {"A": np.array([[1, 2], [2, 0]]), "k": 1, "v": np.array([0.1 + 0.2, np.nan])}
    assert lines(inputs) == "A = np.array([[1, 2], [2, 0]])\nk = 1\nv = np.array([0.30000000000000004, np.nan])"


def test_functions_and_generators_can_be_pasted() -> None:
    found = pasted(lines({"f": Function("x ** 2"), "rng": Seed(3)}))
    assert found["f"](4) == 16
    assert found["rng"].random() == np.random.default_rng(3).random()


@pytest.mark.parametrize(
    "value",
    [np.arange(2001), "a" * 5000, 10**5000, Opaque("Thing"), Function("x + a", given={"a": 1}), {1, 2}, [Opaque("T")]],
    ids=range(7),
)
def test_what_cannot_be_whole_is_not_given(value: Any) -> None:
    assert lines({"A": value}) is None


def test_no_inputs_are_no_lines() -> None:
    assert lines({}) is None
