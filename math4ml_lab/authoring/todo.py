"""Finds what an author has still to write: texts that say TODO, as `scaffold` leaves them. Pure."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from math4ml_lab import wire
from math4ml_lab.lines import Defined, parsed

if TYPE_CHECKING:
    from collections.abc import Iterator

_OPEN = re.compile(r"\bTODO:\s*(?P<what>.*)")


def findings(source: str, file: str) -> Iterator[wire.Finding]:
    """Yield a finding for each line of a text in the module that says TODO; comments and starters may say so."""
    tree = parsed(source)
    if tree is None:
        return
    names = {inner: node.name for node in tree.body if isinstance(node, Defined) for inner in ast.walk(node)}
    for node in sorted(_texts(tree), key=lambda node: node.lineno):
        for number, line in enumerate(str(node.value).splitlines(), node.lineno):
            if (match := _OPEN.search(line)) is not None:
                where = f" in {names[node]!r}" if node in names else ""
                told = f"something is still to be written{where}: {match['what']}"
                yield wire.Finding("error", file, number, told, "write it, and take TODO away")


def _texts(tree: ast.AST) -> Iterator[ast.Constant]:
    starters = {inner for node in ast.walk(tree) if _is_starter(node) for inner in ast.walk(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in starters:
            yield node


def _is_starter(node: ast.AST) -> bool:
    """Tell whether the learner reads this: what is to be written there is theirs to write."""
    if isinstance(node, ast.keyword):
        return node.arg == "starter"
    return isinstance(node, Defined) and any(
        (one.id if isinstance(one, ast.Name) else getattr(one, "attr", "")) == "starter" for one in node.decorator_list
    )
