"""Equality by kind, shape and value."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from math4ml_lab.kernel import compare

A = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])


@pytest.mark.parametrize(
    ("got", "want"),
    [
        (3, 3.0), (np.float64(3), 3), (np.array(3.0), 3), (np.int8(3), 3.0), (True, np.True_), ("a", np.str_("a")),
        ((2, 3), (np.int64(2), 3)), ((), ()), (None, None), ([1, 2.0], [1.0, 2]), (A.astype(int), A),
        (A.astype("f4") / 3, A / 3), (A * (1 + 1e-12), A), (np.zeros((0, 2)), np.zeros((0, 2))),
        (float("nan"), float("nan")), (float("inf"), np.inf), ({"a": A}, {"a": A}), (A + 0j, A), (1e-9 * A, 1e-9 * A),
    ],
)  # fmt: skip
def test_equal(got: Any, want: Any) -> None:
    assert compare.equal(got, want)


@pytest.mark.parametrize(
    ("got", "want"),
    [
        (True, 1), (1, True), (None, 0), ("9", 9), ([2, 3], (2, 3)), ((2,), (2, 3)), (A, A[0]), (A.T, A),
        ([1.0], np.ones(1)),
        (A[:1], A[0]), (float("nan"), 1.0), (1.0, float("nan")), (np.inf, -np.inf), (A * (1 + 1e-4), A), (A + 1j, A),
        (2e-9 * A, 1e-9 * A), (np.array([1, None]), np.array([1.0, 2.0])), (0.0, 1e-8), ({"a": 1}, {"b": 1}),
    ],
)  # fmt: skip
def test_not_equal(got: Any, want: Any) -> None:
    assert not compare.equal(got, want)


def test_the_wrong_entries_are_marked() -> None:
    other = A.copy()
    other[1, 2] = 7
    assert compare.wrong_entries(other, A).tolist() == [[False] * 3, [False, False, True]]
