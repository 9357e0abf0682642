"""What an exception says, and in plain words what NumPy means where it tells of shapes that do not fit.

A message that is not understood to the last character gets no such words.
"""

from __future__ import annotations

import math
import re
from typing import Callable

_SHAPE = r"(\((?:\d+,|\d+(?:,\d+)+|)\))"
_AXIS = r"(\d+) \(dim (\d+)\)"
_SIZES = r"\(size (\d+) is different from (\d+)\)"
_PRODUCT = "a product needs as many columns on its left as rows on its right (of a 1-D array, entries); here {} and {}"


def told(kind: str, message: str, end: str = "") -> str:
    """Return an exception as a report shows it; `end` closes its first line."""
    meaning = meant(message) if kind == "ValueError" else ""
    return (f"{kind}: {message}" if message else kind) + end + (f"\nIn plain words: {meaning}." if meaning else "")


def meant(message: str) -> str:
    """Return what one of NumPy's messages about shapes means; nothing where it is none that we know."""
    for pattern, words in _KNOWN.items():
        found = re.fullmatch(pattern, message.strip())
        if found is not None:
            return words(*found.groups())
    return ""


def _shape(text: str) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"\d+", text)))


def _aligned(left: str, right: str, *numbers: str) -> str:
    columns, at, rows, on = map(int, numbers)
    last, last_but_one = len(_shape(left)) - 1, max(len(_shape(right)) - 2, 0)
    return _PRODUCT.format(columns, rows) if (at, on) == (last, last_but_one) else ""


def _entry_by_entry(*texts: str) -> str:
    """Tell of the last axis where sizes other than 1 meet."""
    shapes = [_shape(text)[::-1] for text in re.findall(_SHAPE, " ".join(texts))]
    for axis in range(max(map(len, shapes))):
        sizes = list(dict.fromkeys(shape[axis] for shape in shapes if axis < len(shape) and shape[axis] != 1))
        if len(sizes) > 1:
            return (
                "entry by entry, shapes are lined up at their last axes, and two sizes that meet must be the same, or "
                f"one of them 1; here {sizes[0]} meets {sizes[1]}"
            )
    return ""


def _stored(given: str, room: str) -> str:
    return f"an array of shape {_shape(given)} does not fit into a place of shape {_shape(room)}"


def _into(room: str, result: str) -> str:
    into = f"what it is to go into, such as the left side of `+=`, has shape {_shape(room)}"
    return f"the result has shape {_shape(result)}, and {into}"


def _reshaped(size: str, shape: str) -> str:
    return f"{size} {_entries(int(size))} cannot fill shape {_shape(shape)}, which takes {math.prod(_shape(shape))}"


def _entries(count: int) -> str:
    return "entry" if count == 1 else "entries"


_PARTED = rf"Input operand 1 has a mismatch in its core dimension 0, with gufunc signature {{}} {_SIZES}"
_OF_MATMUL = r"\(n\?,k\),\(k,m\?\)->\(n\?,m\?\)"
_OF_SOLVE = r"\(m,m\),\(m(?:,n)?\)->\(m(?:,n)?\)"
_KNOWN: dict[str, Callable[..., str]] = {
    rf"matmul: {_PARTED.format(_OF_MATMUL)}": lambda rows, columns: _PRODUCT.format(columns, rows),
    rf"shapes {_SHAPE} and {_SHAPE} not aligned: {_AXIS} != {_AXIS}": _aligned,
    rf"matmul: Input operand [01] does not have enough dimensions \(has 0, .* {_OF_MATMUL} requires 1\)": lambda: (
        "one side of the product is a single number; `@` takes arrays only, `*` takes numbers too"
    ),
    rf"solve1?: {_PARTED.format(_OF_SOLVE)}": (
        "the right side of the equations needs as many rows as their matrix; here {} and {}".format
    ),
    rf"operands could not be broadcast together with shapes ((?: ?{_SHAPE})+)": _entry_by_entry,
    rf"shape mismatch: objects .* Mismatch is between arg \d+ with shape {_SHAPE} and arg \d+ with shape {_SHAPE}\.": (
        _entry_by_entry
    ),
    rf"non-broadcastable output operand with shape {_SHAPE} doesn't match the broadcast shape {_SHAPE}": _into,
    rf"could not broadcast input array from shape {_SHAPE} into shape {_SHAPE}": _stored,
    rf"shape mismatch: value array of shape {_SHAPE} could not be broadcast to indexing result of shape {_SHAPE}": (
        _stored
    ),
    rf"cannot reshape array of size (\d+) into shape {_SHAPE}": _reshaped,
    r"setting an array element with a sequence\. .* inhomogeneous shape after .* \+ inhomogeneous part\.": lambda: (
        "the items of an array must all have the same shape, and these have not"
    ),
}
