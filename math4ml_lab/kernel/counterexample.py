"""An input that a learner made up, and whether a known wrong solution differs from the right one on it.

It is tried in the judge's process, in a fork of its own. What the learner typed is read as a literal, or where the
input is a function as an expression of few words, with or without `lambda`, and never run as it stands. What is right
on it is told where that was asked for.
"""

from __future__ import annotations

import ast
import signal
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from math4ml_lab.kernel import compare, printing
from math4ml_lab.kernel.values import Function, Opaque, Seed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from math4ml_lab.kernel.outcomes import Outcome
    from math4ml_lab.kernel.reference import Reference

LONGEST = 2_000
"""Characters of an input."""
ENTRIES = 10_000
"""Numbers in an input."""
NUMPY = frozenset((
    "abs", "arctan", "cbrt", "ceil", "cos", "cosh", "cumprod", "cumsum", "diff", "dot", "e", "exp", "flip", "floor",
    "log", "max", "maximum", "mean", "min", "minimum", "ones_like", "pi", "prod", "roll", "sign", "sin", "sinh", "sort",
    "sqrt", "square", "std", "sum", "tan", "tanh", "where", "zeros_like",
))  # fmt: skip
"""What a function input may use of numpy."""
_TAKEN = ("np", "abs")
"""Names with a meaning of their own in a function input."""
_NODES = (
    ast.BinOp, ast.UnaryOp, ast.Compare, ast.operator, ast.unaryop, ast.cmpop, ast.expr_context,
    ast.List, ast.Tuple, ast.Subscript, ast.Slice,
)  # fmt: skip


class Unfit(Exception):
    """What was typed is no input of this exercise: `str` says why, `fix` what would be."""

    def __init__(self, message: str, fix: str) -> None:
        super().__init__(message)
        self.fix = fix


class TooLong(BaseException):
    """Solution or mistake were still computing at the limit; no author's `except Exception` catches it."""


def verdict(reference: Reference, question: Mapping[str, Any], limit: float) -> dict[str, Any]:
    """Return what is found in the shape of `wire.Verdict`: passed where the mistake shows, failed where it does not."""
    before = signal.signal(signal.SIGALRM, _stop)
    signal.setitimer(signal.ITIMER_REAL, limit)
    signal.setitimer(signal.ITIMER_PROF, 2 * limit + 1)  # ends what does not come back from C, with the process
    try:
        differs, note = _tried(reference, question)
    except Unfit as unfit:
        return {"outcome": {"kind": "not_attempted"}, "notes": [str(unfit), unfit.fix]}
    except TooLong:
        return {"outcome": {"kind": "timed_out", "seconds": limit}}
    except MemoryError:
        return {"outcome": {"kind": "out_of_memory", "megabytes": 0}}
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGALRM, before)
    return {"outcome": {"kind": "passed", "inputs": 1} if differs else {"kind": "failed"}, "notes": [note]}


def _stop(*_: Any) -> None:
    raise TooLong


def _tried(reference: Reference, question: Mapping[str, Any]) -> tuple[bool, str]:
    of = reference.mistakes[question["mistake"]][0]
    signature = reference.answers[of]
    known = {name for name, _ in signature.parameters if any(name in each for each in reference.rows)}
    given = {name: _value(reference, name, text) for name, text in question["inputs"].items() if name in known}
    # What has a default and was left out takes it; a generator is nobody's choice.
    left = {name for name, has_default in signature.parameters if has_default and name != "rng"}
    row = {**{name: value for name, value in reference.rows[0].items() if name not in left}, **given}
    where = printing.given(given)
    wanted, got = reference.wanted(of, row), reference.mistaken(question["mistake"], row)
    usual = {outcome.raised for outcome in reference.solution[of]}
    if wanted.raised is not None and wanted.raised not in usual:
        raise Unfit(f"{where} is no input of this exercise.", "Take one that a right answer can work with.")
    if _same(got, wanted):
        return False, f"On {where} it is right."
    said = f"ends with {got.raised}" if got.raised is not None else f"gives {printing.inline(got.value)}"
    if not question.get("is_told"):
        return True, f"On {where} it {said}." if got.raised is not None else f"On {where} it {said}, and that is wrong."
    right = f"ends with {wanted.raised}" if wanted.raised is not None else f"gives {printing.inline(wanted.value)}"
    return True, f"On {where} it {said}. A right answer {right}."


def _same(got: Outcome, wanted: Outcome) -> bool:
    if got.raised is not None or wanted.raised is not None:
        return got.raised == wanted.raised
    return not isinstance(got.value, Opaque) and compare.equal(got.value, wanted.value)


# -- What was typed ----------------------------------------------------------------------------------------


def _value(reference: Reference, name: str, text: str) -> Any:
    """Return what a text stands for, as the battery's own inputs of that name are; raise Unfit."""
    if len(text) > LONGEST:
        raise Unfit(f"{name} has more than {LONGEST} characters.", "Take a smaller input.")
    models = [row[name] for row in reference.rows if name in row]
    if any(isinstance(model, Function) for model in models):
        return _function(name, text, models)
    try:
        value = ast.literal_eval(_Numbers().visit(ast.parse(text.strip(), mode="eval")))
    except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
        raise Unfit(f"{name}: {text[:80]!r} is no value.", f"Write one such as {_example(models)}.") from None
    if any(isinstance(model, Seed) for model in models):
        return Seed(value) if type(value) is int and value >= 0 else _unfit(name, value, models)
    if any(hasattr(model, "dtype") and model.ndim for model in models):
        return _array(name, value, models)
    for model in models:
        fit = type(model)(value) if {type(model), type(value)} == {list, tuple} else value
        if compare.same_kind(fit, model):
            return fit
    return _unfit(name, value, models)


class _Numbers(ast.NodeTransformer):
    """Reads `nan` and `inf`, which are no literals."""

    def visit_Name(self, node: ast.Name) -> ast.expr:
        return ast.Constant(float(node.id)) if node.id in ("nan", "inf") else node

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        is_number = isinstance(node.value, ast.Name) and node.value.id == "np" and node.attr in ("nan", "inf")
        return ast.Constant(float(node.attr)) if is_number else node


def _array(name: str, value: Any, models: list[Any]) -> Any:
    import numpy as np

    try:
        array = np.array(value) if isinstance(value, (list, tuple)) else None
    except ValueError:
        raise Unfit(f"{name} has rows of different lengths.", "Give each row as many numbers.") from None
    arrays = [model for model in models if hasattr(model, "dtype")]
    if array is None or array.dtype.kind not in "biufc" or array.ndim not in {model.ndim for model in arrays}:
        return _unfit(name, value, models)
    if array.size > ENTRIES:
        raise Unfit(f"{name} has more than {ENTRIES} numbers.", "Take a smaller input.")
    is_float = all(model.dtype.kind == "f" for model in arrays)
    return array.astype(float) if is_float and array.dtype.kind in "biu" else array


def _function(name: str, text: str, models: list[Any]) -> Function:
    body = None
    with suppress(ValueError, SyntaxError, RecursionError, MemoryError):
        body = _in_x(ast.parse(text.strip(), mode="eval").body)
        body = body if body is not None and _is_plain(body) else None
    if body is None:
        words = "Write arithmetic in x, with numbers and functions of numpy, such as 2 * x + 1 or np.maximum(x, 0)"
        raise Unfit(f"{name}: {text[:80]!r} is no function that can be tried.", f"{words}; lambda t: 2 * t works too.")
    model = next(model for model in models if isinstance(model, Function))
    return Function(ast.unparse(body), model.ndim)


def _in_x(body: ast.expr) -> ast.expr | None:
    """Return what a function of one parameter does, in `x`; None for a lambda of any other kind."""
    if not isinstance(body, ast.Lambda):
        return body
    names = [argument.arg for argument in body.args.args]
    is_single = len(names) == 1 and names[0] not in _TAKEN and ast.unparse(body.args) == names[0]
    return _Renamed(names[0]).visit(body.body) if is_single else None


class _Renamed(ast.NodeTransformer):
    """Calls a parameter `x`; what was `x` before it is no name of that function."""

    def __init__(self, parameter: str) -> None:
        self._parameter = parameter

    def visit_Name(self, node: ast.Name) -> ast.expr:
        renamed = {self._parameter: "x", "x": self._parameter}
        return ast.copy_location(ast.Name(renamed.get(node.id, node.id), node.ctx), node)


def _is_plain(node: ast.AST) -> bool:
    """Tell whether an expression holds arithmetic in `x` only: nothing that reaches beyond."""
    if isinstance(node, ast.Constant):
        return type(node.value) in (int, float, type(None))
    if isinstance(node, ast.Name):
        return node.id == "x"
    if isinstance(node, ast.Attribute):
        return isinstance(node.value, ast.Name) and node.value.id == "np" and node.attr in NUMPY
    if isinstance(node, ast.Call):
        is_known = isinstance(node.func, ast.Attribute) or ast.unparse(node.func) == "abs"
        parts = [*node.args, *([node.func] if isinstance(node.func, ast.Attribute) else [])]
        return is_known and not node.keywords and all(map(_is_plain, parts))
    return isinstance(node, _NODES) and all(map(_is_plain, ast.iter_child_nodes(node)))


def _example(models: list[Any]) -> str:
    first = models[0]
    value = first.tolist() if hasattr(first, "tolist") else first.seed if isinstance(first, Seed) else first
    return repr(value) if len(repr(value)) < LONGEST // 10 else "[1, 2]"


def _unfit(name: str, value: Any, models: list[Any]) -> Any:
    raise Unfit(f"{name} cannot be {repr(value)[:80]}.", f"Write a value such as {_example(models)}.")
