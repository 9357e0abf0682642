"""What an exception's message says, without what hangs on how the code is written. Pure.

`A @ B`, `np.dot`, `einsum` and `*` word it differently when sizes do not fit; the sizes are the same.
"""

from __future__ import annotations

import re

_NUMBER = r"(\d+)"
_PAIRS = [
    re.compile(pattern, re.ASCII)
    for pattern in (
        rf"\(size {_NUMBER} is different from {_NUMBER}\)",
        rf": {_NUMBER} \(dim \d+\) != {_NUMBER} \(dim \d+\)",
        rf"\({_NUMBER}\) does not match previous terms \({_NUMBER}\)",
    )
]
"""How products tell the two sizes that should be one."""
_SHAPE = re.compile(r"(->)?\(([\d, ]|newaxis)*\)", re.ASCII)
_LENGTH = re.compile(r"\d+|newaxis", re.ASCII)
_JOINED = re.compile(rf"array at index \d+ has (size )?{_NUMBER}", re.ASCII)
"""How joining tells sizes, or else numbers of axes."""
_QUOTED = re.compile(r"(attribute )?(?<!\w)(['\"])([^'\"]*)\2")
_CALLED = re.compile(r"[\w.<>]+\(\)")
_ADDRESS = re.compile(r"(?<=<function )\S+| at 0x[0-9a-fA-F]+")
_TYPES = {
    "bool", "builtin_function_or_method", "bytes", "complex", "dict", "ellipsis", "enumerate", "filter", "function",
    "generator", "list", "map", "method", "module", "numpy.ndarray", "range", "reversed", "set", "slice", "str",
    "tuple", "type", "zip", "NoneType",
}  # fmt: skip
_NUMBERS = re.compile(r"(int|float|numpy\.(int|uint|float)\d*)", re.ASCII)


def clash(message: str | None) -> tuple[int, ...]:
    """Return the sizes that did not fit one another, as numpy names them, in rising order; none where it names none."""
    message = message or ""
    for pattern in _PAIRS:
        found = pattern.search(message)
        if found:
            return tuple(sorted({int(found[1]), int(found[2])}))
    return _not_broadcast(message) if "broadcast" in message else ()


def said(message: str) -> str:
    """Return what a message says: the sizes that clash, or its text without the names that the code's writer chose."""
    if sizes := clash(message):
        return f"sizes {', '.join(map(str, sizes))}"
    if joined := _JOINED.findall(message):
        numbers = sorted(int(number) for _, number in joined)
        return f"joined {joined[0][0] or 'axes '}{', '.join(map(str, numbers))}"
    text = _QUOTED.sub(lambda found: found[0] if found[1] else f"'{_type(found[3])}'", message)
    return _CALLED.sub("()", _ADDRESS.sub("", text))


def _type(quoted: str) -> str:
    if _NUMBERS.fullmatch(quoted):  # whether a number is numpy's says nothing of the slip
        return "number"
    return quoted if quoted in _TYPES else ""


def _not_broadcast(message: str) -> tuple[int, ...]:
    """Return the sizes that stand at the same place from the right, counted where none of them stretches."""
    found = list(_SHAPE.finditer(message))
    remapped = [one for one in found if one[1]]  # einsum tells first what it was given
    shapes = [_LENGTH.findall(one[0])[::-1] for one in remapped or found]
    sizes: set[int] = set()
    for place in range(max(map(len, shapes), default=0)):
        here = {int(shape[place]) for shape in shapes if place < len(shape) and shape[place] != "newaxis"} - {1}
        sizes |= here if len(here) > 1 else set()
    return tuple(sorted(sizes))
