"""What a prompt was to give, as text, held against what it gave: by value where it states one, else as text."""

from __future__ import annotations

import ast
import builtins
import re
from typing import TYPE_CHECKING, Any

from math4ml_lab.kernel import compare, printing
from math4ml_lab.kernel.values import Opaque

if TYPE_CHECKING:
    from collections.abc import Mapping

_TYPE = re.compile(r"<class '([\w.]+)'>")
_NAMES: dict[str, Any] = {"nan": float("nan"), "inf": float("inf"), "True_": True, "False_": False}
_SCALARS = re.compile(r"(float|int|uint|complex)\d+|bool_?|str_")


class Unreadable(Exception):
    """A text states no value."""


def read(text: str) -> Any:
    """Return the value that a text states: a literal, also with nan, inf, numpy's scalars and whole arrays.

    Raise Unreadable.
    """
    try:
        return _value(ast.parse(text.strip(), mode="eval").body)
    except (SyntaxError, ValueError, TypeError, RecursionError, MemoryError, OverflowError) as error:
        raise Unreadable from error


def _is_readable(text: str) -> bool:
    try:
        read(text)
    except Unreadable:
        return False
    return True


def _value(node: ast.expr) -> Any:
    if isinstance(node, ast.Constant) and node.value is not Ellipsis:
        return node.value
    if isinstance(node, ast.Tuple):
        return tuple(_value(item) for item in node.elts)
    if isinstance(node, ast.List):
        return [_value(item) for item in node.elts]
    if isinstance(node, ast.Set):
        return {_value(item) for item in node.elts}
    if isinstance(node, ast.Dict):
        return {_value(key): _value(item) for key, item in zip(node.keys, node.values) if key is not None}
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.USub, ast.UAdd)):
        value = _value(node.operand)
        return -value if isinstance(node.op, ast.USub) else value
    if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Add, ast.Sub)):  # a complex number
        return ast.literal_eval(node)
    name = node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
    if name in _NAMES:
        return _NAMES[name]
    return _call(node)


def _call(node: ast.expr) -> Any:
    """Return what `array([1., 2.])`, `np.float64(2.0)` and `set()` state."""
    if not isinstance(node, ast.Call):
        raise Unreadable
    name = getattr(node.func, "attr", getattr(node.func, "id", ""))
    if name == "array" and len(node.args) == 1 and all(keyword.arg == "dtype" for keyword in node.keywords):
        import numpy as np

        return np.array(_value(node.args[0]))
    if _SCALARS.fullmatch(name) and len(node.args) == 1:
        return _value(node.args[0])
    if name == "set" and not node.args:
        return set()
    raise Unreadable


def exception(want: str, message: str | None) -> str | None:
    """Return the type of the exception that is expected: after a traceback, or as its bare name; None for none."""
    if message is not None:
        return re.split(r"[:\s]", message.strip(), maxsplit=1)[0].rpartition(".")[2]
    name = want.strip()
    kind = getattr(builtins, name, None) if name.isidentifier() else None
    return name if isinstance(kind, type) and issubclass(kind, BaseException) else None


def is_met(want: str, reply: Mapping[str, Any], value: Any, options: Mapping[int, bool]) -> bool:
    """Tell whether a prompt showed what it was to show; `value` is what it gave, where it gave one.

    `reply` holds what was `shown` as text, and the `class` by name where the value is one.
    """
    shown = str(reply.get("shown", ""))
    if not want.strip():
        return not shown
    import doctest  # heavy, and seldom needed

    if _opaque(value) and reply.get("own") and _is_readable(want):
        return False
    flags = sum(flag for flag, is_on in options.items() if is_on)
    if doctest.OutputChecker().check_output(want, shown, flags):
        return True
    kind = _TYPE.fullmatch(want.strip())
    if kind is not None:
        return _bare(kind[1]) == _bare(str(reply.get("class", "")))
    if "value" not in reply or _opaque(value):
        return False
    try:
        return _equal(value, read(want))
    except Unreadable:
        return False


def _bare(name: str) -> str:
    return name.rpartition(".")[2].rstrip("_")  # numpy.bool_ is numpy.bool by now


def _opaque(value: Any) -> bool:
    return isinstance(value, Opaque)


def _equal(got: Any, want: Any) -> bool:
    if getattr(want, "ndim", 0) == 0:
        return compare.equal(got, want)
    import numpy as np

    if compare.kind(got) != compare.kind(want) or got.shape != want.shape:
        return False
    if want.dtype.kind in "biufc" and got.dtype.kind in "biufc":
        return bool(np.allclose(got, want, equal_nan=True))
    return bool((got == want).all())


def told(reply: Mapping[str, Any], value: Any) -> str:
    """Return what came, on one line where it is a value."""
    shown = str(reply.get("shown", ""))
    if "value" in reply and not _opaque(value):
        return printing.inline(value)
    text = clipped(shown) if shown else "nothing"
    return f"{text} ({value.type_name})" if _opaque(value) and reply.get("own") else text


def clipped(text: str, limit: int = 300) -> str:
    """Return a text of some lines, cut where it is long."""
    text = text.strip("\n")
    return text if len(text) <= limit else text[: limit - 1] + "…"
