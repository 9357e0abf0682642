"""What a respondent says of a prompt, read as data: its word that something holds is not taken where data can tell."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from math4ml_lab.kernel import compare, expected, printing
from math4ml_lab.kernel.answered import read_line
from math4ml_lab.kernel.authored import RELATIONS
from math4ml_lab.kernel.prompts import MESSAGE, OPERATORS
from math4ml_lab.kernel.values import Function, Opaque, decode, plain_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from math4ml_lab.kernel.transcripts import Prompt

_COMPARING = ("allclose", "array_equal", "isclose")
"""Functions of numpy that the judge calls itself."""
_BY_IDENTITY = ("Is", "IsNot")


class Failure:
    """Why a claim does not hold; `is_text` where what was printed is another text."""

    def __init__(self, text: str, line: Any = None, *, is_text: bool = False) -> None:
        self.text = text
        self.line = read_line(line)
        self.is_text = is_text


class Reading:
    """A reply of the respondent's, decoded: it was written by a process that runs the learner's code."""

    def __init__(self, reply: Mapping[str, Any]) -> None:
        self.reply = reply
        self.failed: Mapping[str, Any] | None = reply.get("failed")
        self.value = decode(reply["value"], trusted=False) if "value" in reply else None
        told = self.failed or reply
        self.op = str(told.get("op", ""))
        self.sides = [decode(tree, trusted=False) for tree in told.get("sides", ())][:2]
        parts, named = told.get("call") or ([], {})
        self.parts = [decode(tree, trusted=False) for tree in parts]
        self.named = {str(name): decode(tree, trusted=False) for name, tree in named.items()}

    def truth(self) -> bool | None:
        """Return the value where it is True or False, numpy's among them; None for any other."""
        return bool(self.value) if compare.kind(self.value) == "bool" else None

    def holds(self, code: str) -> bool:
        """Tell whether a statement's assertion holds."""
        return self.failed is None and self.known(code) is not False

    def known(self, code: str) -> bool | None:
        """Return what the data say of a comparison, or of a call that compares; None where they cannot tell."""
        try:
            if self.op and self.op not in _BY_IDENTITY and all(_is_plain(side) for side in self.sides):
                return bool(OPERATORS[self.op](*self.sides))
            name = _compared_by(_expression(code))
            if name is not None and all(_is_plain(part) for part in (*self.parts, *self.named.values())):
                import numpy as np

                result = getattr(np, name)(*self.parts, **self.named)
                return bool(result) if np.ndim(result) == 0 else None
        except Exception:  # what it compared with itself there is nothing to compare here
            return False
        return None

    def why(self, what: str, code: str) -> str:
        """Say why an assertion does not hold."""
        told = self.failed or {}
        test = _expression(str(told.get("test", "")) or code)
        text = self.operands(test) if test is not None else None
        text = text or (f"this does not hold: {ast.unparse(test)}" if test is not None else "")
        message = plain_text(expected.clipped(str(told.get("message", ""))), MESSAGE)
        if message and text:
            return f"{message} ({text})"
        return message or text or f"{what}: this does not hold"

    def operands(self, node: ast.expr) -> str | None:
        """Return an expression with the values of its two sides, or of a call's parts; None for any other."""
        text = ast.unparse(node)
        if isinstance(node, ast.Compare) and self.op and len(self.sides) == 2:  # noqa: PLR2004 (its two sides)
            left, right = (printing.inline(side) for side in self.sides)
            return f"{text}: {left}, needs {RELATIONS.get(type(node.ops[0]), 'another relation to ')}{right}"
        if isinstance(node, ast.Call) and (self.parts or self.named):
            if ast.unparse(node.func) == "isinstance" and len(self.parts) == len(node.args) == 2:  # noqa: PLR2004
                return f"{ast.unparse(node.args[0])} is {_with_type(self.parts[0])}, needs {_types(node.args[1])}"
            pairs = [*zip(node.args, self.parts), *((one.value, self.named.get(str(one.arg))) for one in node.keywords)]
            told = [
                f"{ast.unparse(part)} is {printing.inline(value)}"
                for part, value in pairs
                if not isinstance(part, ast.Constant)
            ]
            return f"{text}: {', '.join(told)}" if told else None
        return None


def _expression(code: str) -> ast.expr | None:
    """Return the expression that a prompt is, or that its one assertion tests."""
    try:
        body = ast.parse(code.strip()).body
    except (SyntaxError, ValueError):
        return None
    statement = body[0] if len(body) == 1 else None
    if isinstance(statement, ast.Assert):
        return statement.test
    return statement.value if isinstance(statement, ast.Expr) else None


def _with_type(value: Any) -> str:
    """Return a value with the name of its type: `86400.0, a float`."""
    if value is None:
        return "None"
    is_whole = isinstance(value, float) and value.is_integer()
    text = repr(float(value)) if is_whole else printing.inline(value)
    return f"{text}, {_with_article(value.type_name if isinstance(value, Opaque) else type(value).__name__)}"


def _types(node: ast.expr) -> str:
    """Return the types that a value may have, in words: `an int or a float`."""
    if isinstance(node, ast.Tuple) and node.elts:
        return " or ".join(map(_types, node.elts))
    if isinstance(node, ast.BinOp):
        return f"{_types(node.left)} or {_types(node.right)}"
    name = ast.unparse(node).rpartition(".")[2]
    return name if name == "None" else _with_article(name)


def _with_article(noun: str) -> str:
    return f"{'an' if noun.lower().startswith(('a', 'e', 'i', 'o', 'nd')) else 'a'} {noun}"


def _compared_by(node: ast.expr | None) -> str | None:
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return None
    owner = node.func.value
    is_numpy = isinstance(owner, ast.Name) and owner.id in ("np", "numpy")
    return node.func.attr if is_numpy and node.func.attr in _COMPARING else None


def _is_plain(value: Any) -> bool:
    """Tell whether a value came whole, with nothing in it that is only known by its name."""
    if isinstance(value, (tuple, list, set)):
        return all(_is_plain(item) for item in value)
    if isinstance(value, dict):
        return all(_is_plain(item) for pair in value.items() for item in pair)
    if getattr(getattr(value, "dtype", None), "kind", "") == "O":
        return all(_is_plain(item) for item in value.ravel().tolist())
    return not isinstance(value, (Opaque, Function))


def compared(prompt: Prompt, reading: Reading) -> Failure | None:
    """Return why a prompt did not show what it was to show, None where it did."""
    truth, known = reading.truth(), reading.known(prompt.code)
    is_forged = truth is not None and known is not None and truth != known
    if expected.is_met(prompt.want, reading.reply, reading.value, prompt.options) and not is_forged:
        return None
    want, node = expected.clipped(prompt.want), _expression(prompt.code)
    told = reading.operands(node) if node is not None and want == "True" and truth is not None else None
    if told is not None:
        return Failure(told)
    came = expected.told(reading.reply, reading.value)
    if "\n" in want or "\n" in came:
        return Failure(f"{prompt.title}:\n{came}\n\nneeds\n{want or 'nothing'}", is_text=True)
    return Failure(f"{prompt.title}: {came}, needs {want or 'nothing'}", is_text=True)
