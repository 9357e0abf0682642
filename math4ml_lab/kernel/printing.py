"""Values as text for the learner's eye: short, aligned, the wrong entries marked."""

from __future__ import annotations

import math
import re
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
HUGE = 10**60
"""Where integers are told by their first digits: Python itself writes no more than a few thousand."""
PLANE = 2
_PLACE = re.compile(r"(?<=<)__main__\.| at 0x[0-9A-Fa-f]+")
"""Where an object is: another place in each run."""


def inline(value: Any, limit: int = LONG) -> str:
    """Return `value` on one line, as one would type it: `[[1, 2], [2, 2]]`, `(3, 4)`, `0.753`."""
    text = _inline(value)
    return plain_text(text if len(text) <= limit else text[: limit - 1] + "…", limit)


def _inline(value: Any) -> str:
    if isinstance(value, (Function, Seed, Opaque)):
        return _PLACE.sub("", repr(value))
    if hasattr(value, "tolist"):
        if getattr(value, "size", 0) > MANY or 0 in getattr(value, "shape", ()):
            return f"array of shape {value.shape}"
        return _inline(value.tolist())
    if value is None or isinstance(value, int):
        return _integer(value) if type(value) is int else str(value)
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


def _integer(value: int) -> str:
    if abs(value) < HUGE:
        return str(value)
    exponent = int((value.bit_length() - 1) * math.log10(2)) - 20
    first = str(abs(value) // 10**exponent)
    return f"{'-' if value < 0 else ''}{first[0]}.{first[1:4]}e+{exponent + len(first) - 1}"


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
    """Return what came and what was needed; of arrays the entries where `wrong` is True are marked `*`.

    Small arrays are printed whole, of large ones the first wrong entry and how many there are.
    """
    suffix = f" (rtol {rtol:g})" if rtol else ""
    shape = getattr(got, "shape", ())
    if not shape or got.size <= 1 or wrong is None:
        return f"{pair(got, want)}{suffix}"
    if len(shape) > PLANE or max(shape) > ROWS:
        at = tuple(int(axis[0]) for axis in wrong.nonzero())
        both = against(got[at], want[at], None, rtol)
        where = ", ".join(str(index) for index in at)
        count = int(wrong.sum())
        differ = "differs," if count == 1 else "differ, the first"
        return f"{count} of {got.size} entries {differ} at [{where}]: {both}"
    cells = _cells(got, wrong, want), _cells(want, None, got)
    widths = [max(map(len, column)) for column in zip(*cells[0], *cells[1])]
    lines = [line for label, table in zip(("got", "needs"), cells) for line in _table(label, table, widths)]
    return "\n".join([*lines, f"{suffix.strip()}; entries marked * differ".lstrip("; ")])


def pair(got: Any, want: Any) -> str:
    """Return what came and what was needed, with as many digits as tell them apart."""
    a, b = inline(got), inline(want)
    if a == b:
        a, b = _precise(got), _precise(want)
    return f"{a}, needs {b}"


def _precise(value: Any) -> str:
    return plain_text(repr(value.tolist() if hasattr(value, "tolist") else value), LONG)


def _cells(array: Any, wrong: Any, other: Any) -> list[list[str]]:
    rows, others = (side.reshape(1, -1) if side.ndim == 1 else side for side in (array, other))
    marks = None if wrong is None else wrong.reshape(rows.shape)
    return [
        [
            ("*" if marks is not None and marks[i, j] else "") + _entry(item, others[i, j].item())
            for j, item in enumerate(row)
        ]
        for i, row in enumerate(rows.tolist())
    ]


def _table(label: str, cells: list[list[str]], widths: list[int]) -> list[str]:
    body = ["  ".join(cell.rjust(width) for cell, width in zip(row, widths)) for row in cells]
    return [(label if index == 0 else "").ljust(6) + line for index, line in enumerate(body)]


def _entry(item: Any, other: Any) -> str:
    """Return an entry with as many digits as tell it from the other one."""
    text = _inline(item)
    return f"{item:.9g}" if isinstance(item, float) and item != other and text == _inline(other) else text
