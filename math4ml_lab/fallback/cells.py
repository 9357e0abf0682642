"""What a cell says of itself: the names that it defines, the exercises that it names."""

from __future__ import annotations

import ast
import re
import warnings
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_SAID = re.compile(r"^[ \t]*(?:#[ \t]*exercise:|%exercise[ \t])[ \t]*(\S+)", re.MULTILINE)
_BINDS = re.compile(r"^(?:(?:async[ \t]+)?def|class)[ \t]+(\w+)|^(\w+)[ \t]*(?::[^=\n]*)?=(?!=)", re.MULTILINE)
_CELL_MAGIC = re.compile(r"\s*%%(\w*)[^\n]*\n?")
_RUN_PYTHON = frozenset(("capture", "debug", "prun", "time"))
"""Cell magics that run what is below them in the notebook's own namespace."""
_BLOCKS = (ast.If, ast.Try, ast.With, ast.For, ast.While)


def exercises_said(source: str) -> list[str]:
    """Return the exercises that `%exercise NAME` or `# exercise: NAME` name, each once."""
    return list(dict.fromkeys(_SAID.findall(source)))


def names_defined(source: str, transform: Callable[[str], str]) -> list[str]:
    """Return the names that a cell binds at its top level; `transform` makes Python of IPython's own syntax.

    A cell that is no Python, yet, binds what its lines look like.
    """
    while (magic := _CELL_MAGIC.match(source)) is not None:
        if magic[1] not in _RUN_PYTHON:
            return []
        source = source[magic.end() :]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the learner saw them when the cell ran
            found = list(_bound(ast.parse(transform(source)).body))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        found = [match[1] or match[2] for match in _BINDS.finditer(source)]
    return list(dict.fromkeys(found))


def _bound(statements: list[ast.stmt]) -> Iterator[str]:
    for statement in statements:
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield statement.name
        elif isinstance(statement, ast.Assign):
            yield from (name for target in statement.targets for name in _names(target))
        elif isinstance(statement, ast.AnnAssign) and statement.value is not None:
            yield from _names(statement.target)
        elif isinstance(statement, _BLOCKS):
            for part in ("body", "orelse", "finalbody"):
                yield from _bound(getattr(statement, part, []))


def _names(target: ast.expr) -> Iterator[str]:
    if isinstance(target, ast.Name):
        yield target.id
    elif isinstance(target, ast.Tuple | ast.List):
        yield from (name for item in target.elts for name in _names(item))
