"""Plain values survive the way between processes; what is not plain crosses as a name."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given, strategies as st
from hypothesis.extra import numpy as npst

from math4ml_lab.kernel import compare, values

plain: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.floats()
    | st.complex_numbers(allow_nan=False)
    | st.text()
    | npst.arrays(st.sampled_from(["f8", "f4", "i8", "u1", "?", "c16"]), npst.array_shapes(min_dims=0, min_side=0)),
    lambda inner: (
        st.lists(inner, max_size=3).map(tuple)
        | st.lists(inner, max_size=3)
        | st.dictionaries(st.text(), inner, max_size=3)
    ),
    max_leaves=8,
)


def through(value: Any, *, readable: bool = False) -> Any:
    return values.decode(json.loads(json.dumps(values.encode(value, readable=readable))))


@given(plain)
def test_a_plain_value_survives(value: Any) -> None:
    assert values.encode(through(value)) == values.encode(value)


@given(plain)
def test_a_plain_value_survives_the_readable_form(value: Any) -> None:
    assert compare.kind(through(value, readable=True)) == compare.kind(value)
    # A nan's sign and payload are not for reading.
    assert values.encode(through(value, readable=True), readable=True) == values.encode(value, readable=True)


class Rude:
    def __repr__(self) -> str:
        raise RuntimeError


class Equal:
    __hash__ = None  # type: ignore[assignment]

    def __eq__(self, _: object) -> bool:
        return True


@pytest.mark.parametrize(
    ("value", "name"),
    [(Rude(), "Rude"), (Equal(), "Equal"), ((i for i in "ab"), "generator"), (len, "builtin_function_or_method"),
     (np.ma.masked_array([1.0], [True]), "MaskedArray"), (np.ones((1, 1)).view(np.matrix), "matrix")],
)  # fmt: skip
def test_what_is_not_plain_crosses_as_its_types_name(value: Any, name: str) -> None:
    got = through(value)
    assert isinstance(got, values.Opaque)
    assert got.type_name == name
    assert not compare.equal(got, 1)


def test_a_list_that_holds_itself_ends() -> None:
    endless: list[Any] = []
    endless.append(endless)
    assert "opaque" in json.dumps(values.encode(endless))


@pytest.mark.parametrize("tree", [{"unknown": 1}, {}, {"a": 1, "b": 2}, [1]])
def test_what_no_encoder_wrote_is_refused(tree: Any) -> None:
    with pytest.raises(ValueError, match="no encoded value"):
        values.decode(tree)


def test_a_function_input_counts_and_refuses() -> None:
    function = values.Function("M @ x", 1, {"M": [[1, 2], [3, 4]]})
    assert function(np.array([1.0, 0.0])).tolist() == [1.0, 3.0]
    with pytest.raises(TypeError, match=r"one 1-D vector; it got an array of shape \(2, 2\)"):
        function(np.eye(2))
    with pytest.raises(TypeError, match="no array but a list"):
        function([1, 2])
    assert function.calls == 3
    assert through(function).calls == 0
    assert repr(through(function)) == "x ↦ M @ x with M=[[1, 2], [3, 4]]"
