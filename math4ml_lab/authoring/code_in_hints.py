"""Finds hints that hold code: until the reveal a ladder leads in words. Pure."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from math4ml_lab import wire
from math4ml_lab.authoring import proof
from math4ml_lab.lines import Defined, parsed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from math4ml_lab.course import Exercise

_FENCE = re.compile(r"(```|~~~).*?(\1|$)", re.DOTALL)
_INLINE = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_WORKS = ast.Call | ast.BinOp | ast.Subscript | ast.Lambda | ast.ListComp | ast.GeneratorExp | ast.Compare | ast.IfExp


def findings(exercise: Exercise, source: str, file: str) -> Iterator[wire.Finding]:
    """Yield a finding for each rung that holds statements, or an expression of the solution's."""
    given_away = _expressions(exercise.solution)
    tree = ast.parse(source)
    nodes = {"": tree, **{node.name: node for node in tree.body if isinstance(node, Defined)}}
    for name, ladder in proof.ladders(exercise):
        for index, rung in enumerate(ladder.rungs):
            for code in _codes(rung):
                if (why := _is_code(code, given_away)) is not None:
                    told = f"hint {ladder.first + index} of {name or 'the exercise'!r} holds code: {code[:60]!r} {why}"
                    yield wire.Finding("error", file, _line(source, nodes.get(name), code), told, "say it in words")


def _line(source: str, node: ast.Module | Defined | None, code: str) -> int:
    """Return the line of a docstring that holds a piece of code; the definition's own where none does."""
    first, own = code.splitlines()[0], getattr(node, "lineno", 1)
    doc = node.body[0] if node is not None and ast.get_docstring(node) is not None else None
    if doc is None:
        return own
    below = enumerate(source.splitlines()[doc.lineno - 1 : doc.end_lineno], doc.lineno)
    return next((number for number, text in below if first in text), own)


def _codes(rung: str) -> Iterator[str]:
    yield from (match[0] for match in _FENCE.finditer(rung))
    yield from (match[2].strip() for match in _INLINE.finditer(_FENCE.sub("", rung)))


def _is_code(code: str, given_away: set[str]) -> str | None:
    if code.startswith(("```", "~~~")):
        return "stands in a block"
    tree = parsed(code)
    if tree is None:
        # A piece such as `return x @ y` is a statement, but of no module.
        tree = parsed(f"def piece():\n    {code}")
        tree = (
            ast.Module(tree.body[0].body, [])
            if tree is not None and isinstance(tree.body[0], ast.FunctionDef)
            else None
        )
    if tree is None or not tree.body:
        return None
    if not isinstance(tree.body[0], ast.Expr):
        return "is a statement"
    return "stands in the solution" if _expressions(code) & given_away else None


def _expressions(text: str) -> set[str]:
    """Return what a text computes, each expression in one way of writing it; names and bare calls are none."""
    tree = parsed(text)
    if tree is None:
        return set()
    return {
        ast.unparse(node)
        for node in ast.walk(tree)
        if isinstance(node, _WORKS) and not (isinstance(node, ast.Call) and not node.args and not node.keywords)
    }
