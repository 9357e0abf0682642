"""What an exercise module may import from `math4ml_lab.exercise`, and under which names it has done so."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from math4ml_lab.question_reader import QUESTIONS

if TYPE_CHECKING:
    from collections.abc import Callable

MODULE = "math4ml_lab.exercise"
DECORATORS = ("solution", "check", "mistake", "symptom", "view")
SCRIPTS = frozenset(("script", "transcript"))
"""The names of the API that bring tests from elsewhere."""
TOP_LEVEL = frozenset((*DECORATORS, *QUESTIONS, *SCRIPTS, "exercise", "inputs"))
"""What defines a part of the exercise, and is read at top level only."""
API = TOP_LEVEL | {
    "Seed", "case", "choose", "finite", "fn", "ints", "matrices", "near", "same", "seeds", "vectors",
}  # fmt: skip
"""All names that a module may import."""


class ModuleNames:
    """The names of the API in one module; `note` takes line, message and fix of what is wrong with its imports."""

    def __init__(self, note: Callable[[int, str, str], None]) -> None:
        self._note = note
        self._names: dict[str, str] = {}
        self._modules: set[str] = set()

    def read(self, tree: ast.Module) -> None:
        """Look at the imports at top level."""
        for node in tree.body:
            if isinstance(node, ast.Import | ast.ImportFrom):
                self._read_import(node)

    def _read_import(self, node: ast.Import | ast.ImportFrom) -> None:
        for alias in node.names:
            bound = alias.asname or alias.name
            if isinstance(node, ast.Import):
                if alias.name == MODULE:
                    self._modules.add(bound)
            elif (node.module, alias.name) == tuple(MODULE.split(".")):
                self._modules.add(bound)
            elif node.module == MODULE and alias.name == "*":
                self._names.update((name, name) for name in API)
            elif node.module == MODULE and alias.name in API:
                self._names[bound] = alias.name
            elif node.module == MODULE:
                self._note(node.lineno, f"{MODULE} has no {alias.name!r}", f"it has {', '.join(sorted(API))}")

    def api(self, node: ast.AST) -> str | None:
        """Return which name of the API a decorator or a call uses, however it was imported."""
        node = node.func if isinstance(node, ast.Call) else node
        if isinstance(node, ast.Name):
            return self._names.get(node.id)
        is_ours = isinstance(node, ast.Attribute) and ast.unparse(node.value) in self._modules
        return node.attr if is_ours and isinstance(node, ast.Attribute) else None
