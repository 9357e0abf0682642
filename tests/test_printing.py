"""Measurements for the eye: small arrays whole with the wrong entries marked, of large ones the place."""

from __future__ import annotations

import textwrap
from typing import Any

import numpy as np
import pytest
from hypothesis import given, strategies as st
from hypothesis.extra.numpy import arrays

from math4ml_lab.exercise import ClaimFails, near
from math4ml_lab.kernel import compare
from math4ml_lab.kernel.answered import Result
from math4ml_lab.kernel.outcomes import Outcome
from math4ml_lab.kernel.structure import agrees
from math4ml_lab.kernel.values import encode

WIDE = np.arange(60.0).reshape(3, 20)


def said(got: Any, want: Any) -> str | None:
    return agrees(Result({}, Outcome(want), {"value": encode(got)}, None))


@pytest.mark.parametrize(
    ("got", "want", "text"),
    [
        (0.753, 1.003, "0.753, needs 1.003 (rtol 1e-06)"),
        (1.0000125, 1.0, "1.0000125, needs 1.0 (rtol 1e-06)"),
        ("abc", "abd", "'abc', needs 'abd'"),
        (True, False, "True, needs False"),
        ((1, 2.5), (1, 3), "item [1]: 2.5, needs 3 (rtol 1e-06)"),
        ({"a": [1, 2]}, {"a": [1, 4]}, "item ['a']: item [1]: 2, needs 4 (rtol 1e-06)"),
        (
            WIDE + (WIDE > 57),
            WIDE,
            "2 of 60 entries differ, the first at [2, 18]: 59, needs 58 (rtol 1e-06)",
        ),
        (WIDE + (WIDE > 58), WIDE, "1 of 60 entries differs, at [2, 19]: 60, needs 59 (rtol 1e-06)"),
        (np.float32(2.5), 2.0, "2.5, needs 2 (rtol 0.0002)"),
    ],
)
def test_a_measurement_says_what_came_and_what_is_needed(got: Any, want: Any, text: str) -> None:
    assert said(got, want) == text


@pytest.mark.parametrize(
    ("got", "tolerances", "text"),
    [
        (2.5, {}, "2.5, needs 2.2 (rtol 1e-06)"),
        (2.2000001, {"rtol": 1e-8, "atol": 0}, "2.2000001, needs 2.2 (rtol 1e-08)"),
        (2.5, {"rtol": 0, "atol": 0.002}, "2.5, needs 2.2 (within 0.002)"),
    ],
)
def test_a_claim_about_nearness_says_how_near_with_digits_that_differ(
    got: float, tolerances: dict[str, float], text: str
) -> None:
    with pytest.raises(ClaimFails) as failed:
        near(got, 2.2, **tolerances)
    assert str(failed.value) == text


def test_small_arrays_stand_under_each_other() -> None:
    assert said(np.array([[1, -2.5], [10, 4]]), np.array([[1, 2.5], [10, 4]])) == textwrap.dedent("""\
        got    1  *-2.5
              10      4
        needs  1    2.5
              10      4
        (rtol 1e-06); entries marked * differ""")


def test_entries_that_look_alike_are_told_with_more_digits() -> None:
    text = said(np.array([1.00001, 2]), np.array([1.0, 2]))
    assert text is not None
    assert "*1.00001" in text


values = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5), st.complex_numbers(),
    arrays(np.float64, st.lists(st.integers(0, 4), max_size=3).map(tuple)),
    arrays(np.int8, st.integers(0, 30)),
    arrays(bool, (2, 2)),
)  # fmt: skip
nested = st.recursive(values, lambda inner: st.lists(inner, max_size=3) | st.tuples(inner, inner), max_leaves=5)


@given(nested, nested)
def test_any_two_values_have_a_short_measurement_or_are_equal(got: Any, want: Any) -> None:
    if compare.same_kind(got, want) and compare.same_shape(got, want):
        text = said(got, want)
        assert (text is None) == compare.equal(got, want)
        assert text is None or 0 < len(text) < 2000


@pytest.mark.parametrize("value", [10**100000, -(10**400), 3 * 10**61 + 7], ids=["huge", "negative", "large"])
def test_integers_beyond_reading_are_told_by_their_first_digits(value: int) -> None:
    text = said(value, 5)
    assert text is not None
    assert text.endswith("needs 5 (rtol 1e-06)")
    assert len(text) < 60
