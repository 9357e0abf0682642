"""Cells as text: IPython's own lines, which statement stands where, what is left without some of them."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from math4ml_lab.importing import names

if TYPE_CHECKING:
    from collections.abc import Iterable

    from math4ml_lab.importing.model import Cell

_LINE = re.compile(r"(?P<indent>\s*)(?P<bound>[\w, ]+=\s*)?(?P<magic>[!%?].*|.*[^\s?]\?{1,2}\s*)$")
_ASSIGNED = re.compile(r"^([A-Za-z_]\w*)[ \t]*=(?!=)|^(?:def|class)[ \t]+(\w+)", re.MULTILINE)
_SHELL = re.compile(r"\s*(?:!|%(?:cd|pip|conda|system|sx)\b)")
_PYTHON_MAGICS = ("capture", "time", "timeit", "prun", "debug")
"""Cell magics whose body is Python."""


def text_of(cell: Cell) -> str:
    """Return a cell's text, which nbformat also allows as a list of lines."""
    source = cell.get("source", "")
    return source if isinstance(source, str) else "".join(str(line) for line in source)


def plain(text: str) -> str | None:
    """Return a cell's text as Python: each line of IPython's replaced by `pass`; None where that is none either."""
    if names.parse(text) is not None:
        return text
    lines = text.split("\n")
    if lines[0].startswith("%%"):
        if not lines[0][2:].startswith(_PYTHON_MAGICS):
            return None
        lines[0] = "pass"
    replaced = [_without_magic(line) for line in lines]
    program = "\n".join(replaced)
    return program if names.parse(program) is not None else None


def statements(cell: Cell) -> list[ast.stmt]:
    """Return the statements of a code cell at top level; none where it is no Python."""
    program = plain(text_of(cell)) if cell["cell_type"] == "code" else None
    tree = names.parse(program) if program is not None else None
    return tree.body if tree else []


def bound(cell: Cell) -> list[str]:
    """Return the names that a code cell binds; of a stub that is no Python yet, those that its lines assign."""
    if cell["cell_type"] != "code":
        return []
    if plain(text_of(cell)) is not None:
        return names.binds(statements(cell))
    return [one or other for one, other in _ASSIGNED.findall(text_of(cell))]


def without_shell(text: str) -> tuple[str, list[str]]:
    """Return a cell's text without lines for the shell (`!…`, `%cd`, `%pip`), and these lines."""
    if names.parse(text) is not None:
        return text, []
    gone = [line.strip() for line in text.split("\n") if _SHELL.match(line)]
    if not gone:
        return text, []
    # A block must keep a body, so its lines become `pass`; those at top level go.
    kept = [
        line if not _SHELL.match(line) else re.match(r"\s*", line)[0] + "pass"  # type: ignore[index]
        for line in text.split("\n")
        if not (_SHELL.match(line) and not line[:1].isspace())
    ]
    return "\n".join(kept), gone


def without(text: str, gone: Iterable[ast.stmt]) -> str:
    """Return a text without the lines of some of its statements at top level, and no blank lines left at its ends."""
    lines = text.split("\n")
    for node in gone:
        first = min([node.lineno, *(one.lineno for one in getattr(node, "decorator_list", ()))])
        for number in range(first - 1, node.end_lineno or first):
            lines[number] = "\0"
    kept = "\n".join(line for line in lines if line != "\0")
    return re.sub(r"\n{3,}", "\n\n", kept).strip("\n")


def says_nothing(text: str) -> bool:
    """Tell whether nothing but comments, `pass` and lines of IPython's are left of a code cell."""
    program = plain(text)
    tree = names.parse(program) if program is not None else None
    return tree is not None and all(isinstance(node, ast.Pass) for node in tree.body)


def segment(text: str, node: ast.AST) -> str:
    """Return the text of a node."""
    return ast.get_source_segment(text, node) or ast.unparse(node)


def _without_magic(line: str) -> str:
    match = _LINE.match(line)
    if match is None or line.lstrip().startswith("#"):
        return line
    return f"{match['indent']}{match['bound']}None" if match["bound"] else f"{match['indent']}pass"
