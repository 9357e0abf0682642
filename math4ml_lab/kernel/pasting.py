"""Inputs as Python that a person can paste into a cell: exact and whole, or not at all."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from math4ml_lab.kernel.values import Function, Seed

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST = 4_000
"""Characters of all lines."""
MANY = 2_000
"""Entries of an array."""
USUAL = ("int64", "float64", "complex128", "bool")
"""The kinds of numbers that an array has by itself."""


class _Unfit(Exception):
    pass


def lines(inputs: Mapping[str, Any]) -> str | None:
    """Return a row of inputs as one assignment a line; None where they are too long, or have no literal."""
    try:
        text = "\n".join(f"{name} = {_code(value)}" for name, value in inputs.items())
    except (_Unfit, ValueError, RecursionError):  # ValueError: Python writes no integer of some thousand digits
        return None
    return text if 0 < len(text) <= LONGEST else None


def _code(value: Any) -> str:
    kind = type(value)
    if isinstance(value, Function):
        if value.given:
            raise _Unfit
        return f"lambda x: {value.text}"
    if isinstance(value, Seed):
        return f"np.random.default_rng({value.seed})"
    if hasattr(value, "dtype"):
        return _numbers(value)
    if kind is float:
        return _real(value)
    if kind in (list, tuple):
        inner = ", ".join(map(_code, value))
        return f"[{inner}]" if kind is list else f"({inner},)" if len(value) == 1 else f"({inner})"
    if kind is dict:
        return "{" + ", ".join(f"{_code(key)}: {_code(item)}" for key, item in value.items()) + "}"
    if value is None or kind in (bool, int, str, bytes):
        return repr(value)
    raise _Unfit


def _numbers(value: Any) -> str:
    if value.dtype.kind not in "biuf" or value.size > MANY:
        raise _Unfit
    if not hasattr(value, "__setitem__"):
        return f"np.{value.dtype.name}({_code(value.item())})"
    as_kind = "" if value.size and value.dtype.name in USUAL else f", dtype={value.dtype.name!r}"
    if not value.size:
        return f"np.zeros({value.shape}{as_kind})"
    return f"np.array({_code(value.tolist())}{as_kind})"


def _real(value: float) -> str:
    if math.isnan(value):
        return "np.nan"
    if math.isinf(value):
        return "np.inf" if value > 0 else "-np.inf"
    return repr(value)
