"""Whether a cell's own code has anything to do with an answer, or the kernel only still holds one from before."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection

_UNSEEN = frozenset(("__dict__", "__import__", "eval", "exec", "get_ipython", "globals", "locals", "setattr", "vars"))
"""Names by which code can define another one without saying it."""


def is_silent(source: str, names: Collection[str]) -> bool:
    """Tell whether a cell says none of the names, and nothing that could define them unseen."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        # A magic can define anything, and IPython turned a line such as `!ls` into Python before it ran.
        return False
    return not any(said in _UNSEEN or said in names for node in ast.walk(tree) for said in _said(node))


def _said(node: Any) -> list[str]:
    """Return the names that a node says itself; a star import may bring any."""
    if isinstance(node, ast.Name):
        return [node.id]
    if isinstance(node, ast.Attribute):
        return [node.attr]
    if isinstance(node, ast.alias):
        return ["exec" if node.name == "*" else node.asname or node.name.partition(".")[0]]
    if isinstance(node, (ast.Global, ast.Nonlocal)):
        return list(node.names)
    name = getattr(node, "name", None)  # of functions, classes, handlers and patterns
    return [name] if isinstance(name, str) else []
