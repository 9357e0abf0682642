"""Values as text for the learner's eye: short, aligned, the wrong entries marked."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from math4ml_lab.kernel.values import Function, Opaque, Seed, plain_text

if TYPE_CHECKING:
    from collections.abc import Mapping

LONG = 72
"""Characters of a value on one line, before it is cut."""
ROWS = 12
"""Rows and columns of an array that are printed in full."""
MANY = 200
"""Entries of an array on one line, before only its shape is told."""
SOME = 50
"""Items of a list on one line."""
MILLION = 1e6
"""Where whole floats begin to be written with exponents."""
PLANE = 2


def inline(value: Any, limit: int = LONG) -> str:
    """Return `value` on one line, as one would type it: `[[1, 2], [2, 2]]`, `(3, 4)`, `0.753`."""
    text = _inline(value)
    return plain_text(text if len(text) <= limit else text[: limit - 1] + "…", limit)


def _inline(value: Any) -> str:
    if isinstance(value, (Function, Seed, Opaque)):
        return repr(value)
    if hasattr(value, "tolist"):
        if getattr(value, "size", 0) > MANY or 0 in getattr(value, "shape", ()):
            return f"array of shape {value.shape}"
        return _inline(value.tolist())
    if isinstance(value, bool) or value is None or isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return number(value)
    if isinstance(value, complex):
        return f"{number(value.real)}{'-' if value.imag < 0 else '+'}{number(abs(value.imag))}j"
    if isinstance(value, (list, tuple)):
        inner = ", ".join(_inline(item) for item in value[:SOME]) + (", …" if len(value) > SOME else "")
        if isinstance(value, list):
            return f"[{inner}]"
        return f"({inner},)" if len(value) == 1 else f"({inner})"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_inline(key)}: {_inline(item)}" for key, item in list(value.items())[:SOME]) + "}"
    return repr(value)


def number(value: float) -> str:
    """Return a float with as many digits as one reads: whole numbers bare, others with four significant digits."""
    if not math.isfinite(value):
        return str(value)
    if value == int(value) and abs(value) < MILLION:
        return str(int(value))
    short = f"{value:.4g}"
    return short if float(short) != 0 or value == 0 else repr(value)


def given(inputs: Mapping[str, Any]) -> str:
    """Return a row of inputs as `A=[[1, 1]], k=1`."""
    return ", ".join(f"{name}={inline(value)}" for name, value in inputs.items())


def against(got: Any, want: Any, wrong: Any, rtol: float | None) -> str:
    """Return what came and what was needed; arrays as two tables, the entries where `wrong` is True marked `*`."""
    suffix = f" (rtol {rtol:g})" if rtol else ""
    shape = getattr(got, "shape", ())
    if not shape or 0 in shape or len(shape) > PLANE or max(shape) > ROWS or got.size <= 1:
        a, b = inline(got), inline(want)
        if a == b:
            a, b = _precise(got), _precise(want)
        return f"{a}, needs {b}{suffix}"
    lines = [*_table(got, wrong, "got   "), *_table(want, None, "needs ")]
    return "\n".join(lines) + (
        f"\n{suffix.strip()}; entries marked * differ" if suffix else "\nentries marked * differ"
    )


def _precise(value: Any) -> str:
    return plain_text(repr(value.tolist() if hasattr(value, "tolist") else value), LONG)


def _table(array: Any, wrong: Any, label: str) -> list[str]:
    rows = array.reshape(1, -1) if array.ndim == 1 else array
    marks = None if wrong is None else wrong.reshape(rows.shape)
    cells = [
        [("*" if marks is not None and marks[i, j] else "") + _inline(item) for j, item in enumerate(row)]
        for i, row in enumerate(rows.tolist())
    ]
    width = max(len(cell) for row in cells for cell in row)
    body = ["  ".join(cell.rjust(width) for cell in row) for row in cells]
    return [(label if index == 0 else " " * len(label)) + line for index, line in enumerate(body)]
