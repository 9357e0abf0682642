"""Plain values survive the way between processes; what is not plain crosses as a name."""

from __future__ import annotations

import json
from collections import Counter, OrderedDict, defaultdict
from typing import Any, NamedTuple

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


class Pair(NamedTuple):
    a: float
    b: float

    def __iter__(self) -> Any:
        raise RuntimeError


@pytest.mark.parametrize(
    ("value", "plain"),
    [(Pair(1.0, 2.0), (1.0, 2.0)), (Counter("abb"), {"a": 1, "b": 2}), (OrderedDict(a=1), {"a": 1}),
     (defaultdict(int, a=1), {"a": 1}), (frozenset({1, 2}), {1, 2}), ({(1, frozenset({2})), None}, None),
     ({frozenset({1}): 2, (1, 2): 3}, None)],
)  # fmt: skip
def test_containers_of_the_standard_library_cross_as_what_they_are(value: Any, plain: Any) -> None:
    got = through(value)
    assert got == (value if plain is None else plain)
    assert type(got) is (type(value) if plain is None else type(plain))


@pytest.mark.parametrize("name", ["longdouble", "clongdouble"])
def test_long_doubles_cross_as_doubles(name: str) -> None:
    got = through(np.array([1.5, -0.1], dtype=name))
    assert got.dtype == ("f8" if name == "longdouble" else "c16")
    assert got.tolist() == [1.5, -0.1]


@pytest.mark.parametrize(
    ("value", "name"),
    [([0] * (values.ITEMS + 1), "list too large to check"), ([[0] * 1000] * 3000, "list too large to check"),
     (np.broadcast_to(1.0, (10**6, 10**6)), "array too large to check, of shape (1000000, 1000000)"),
     (np.zeros(2, dtype="M8[D]"), "array of dates"), (np.zeros(2, dtype="i4,f8"), "array of records")],
    ids=["list", "lists", "view", "dates", "records"],
)  # fmt: skip
def test_what_cannot_be_compared_says_what_it_is(value: Any, name: str) -> None:
    assert through(value).type_name == name


def test_an_answers_function_is_told_and_not_compiled() -> None:
    tree = values.encode(values.Function("M @ x", None, {"M": [[1]]}))
    got = values.decode(tree, trusted=False)
    assert isinstance(got, values.Opaque)
    assert (got.type_name, repr(got)) == ("function", repr(values.decode(tree)))
    tree["fn"]["text"] = "no python ("
    assert values.decode(tree, trusted=False).type_name == "function"


def test_an_array_that_holds_itself_ends() -> None:
    endless = np.empty(1, dtype=object)
    endless[0] = endless
    assert "opaque" in json.dumps(values.encode(endless))


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
