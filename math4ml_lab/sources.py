"""The texts of solutions and mistakes, as they stand in an exercise's module: without their decorators."""

from __future__ import annotations

import ast
import re
import textwrap
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from math4ml_lab.lines import Defined

Kind = Literal["function", "class", "value", "any"]


def text_of(module: str, node: Defined) -> str:
    """Return a definition's text, from its `def` or `class` on."""
    return ast.get_source_segment(module, node) or ""


def solution(module: str, solutions: Mapping[str, tuple[Defined, Kind]]) -> str:
    """Return all solutions as a learner would write them: a value is no function."""
    texts = [definition(module, name, node, kind) for name, (node, kind) in solutions.items()]
    gap = "\n" if all(kind == "value" for _, kind in solutions.values()) else "\n\n\n"
    return gap.join(texts)


def definition(module: str, name: str, node: Defined, kind: Kind) -> str:
    """Return one answer as a learner would write it."""
    return _value(module, name, node) if kind == "value" else text_of(module, node)


def stub(node: Defined, kind: Kind) -> str:
    """Return what a learner begins with where the author says nothing else."""
    if isinstance(node, ast.ClassDef):
        return f"class {node.name}:\n    ..."
    if kind == "value":
        return f"{node.name} = ..."
    returns = f" -> {ast.unparse(node.returns)}" if node.returns else ""
    return f"def {node.name}({ast.unparse(node.args)}){returns}:\n    ..."


def _value(module: str, name: str, node: Defined) -> str:
    """Return what assigns a solution's value to its name; the function itself where it returns in several places."""
    last = node.body[-1]
    returns = [inner for inner in ast.walk(node) if isinstance(inner, ast.Return)]
    text = ast.get_source_segment(module, last) or ""
    if len(returns) != 1 or returns[0] is not last or last.value is None or not text.startswith("return"):
        return text_of(module, node)
    has_title = len(node.body) > 1 and ast.get_docstring(node) is not None
    first = node.body[1 if has_title else 0]
    rows = module.splitlines(keepends=True)[first.lineno - 1 : last.lineno - 1]
    above = textwrap.dedent("".join(rows)) if first is not last else ""
    below = textwrap.dedent(" " * last.col_offset + text)
    return above + re.sub(r"^return\b\s*", f"{name} = ", below, count=1)


def mistake(module: str, node: Defined | None, edit: tuple[str, str] | None, of: Defined) -> str:
    """Return a mistake's text under the name of the answer `of`, for its own may say what is wrong; "" for none."""
    if node is not None:
        return re.sub(rf"(?<![.\w]){re.escape(node.name)}\b", of.name, text_of(module, node))
    text = text_of(module, of)
    old, new = edit or ("", "")
    return text.replace(old, new, 1) if old and old in text else ""
