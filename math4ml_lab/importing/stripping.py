"""Strips a notebook of what belongs to its old grader: imports, logins, grade calls, lines for the shell."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from math4ml_lab.importing import cells, names
from math4ml_lab.importing.folder import local_imports
from math4ml_lab.importing.prompts import short

if TYPE_CHECKING:
    from math4ml_lab.importing.folder import Folder
    from math4ml_lab.importing.model import Book, Cell

GRADERS = frozenset(("wandb", "client", "okpy", "ok", "otter", "gofer", "nbgrader", "google.colab"))
"""Modules of graders and of the places where they run."""
_COLAB = re.compile(r"google\.colab|COLAB|colab")


@dataclass
class Call:
    """A question that is graded, and the place of the call: in `cell`, which may be shared with the answer."""

    question: str
    cell: Cell
    index: int


def take_calls(book: Book, methods: frozenset[str]) -> list[Call]:
    """Take the grade calls (`grader.grade("q01")`) out of a notebook's cells, and return them in order."""
    calls: list[Call] = []
    for index, cell in enumerate(book.cells):
        program = cells.plain(cell["source"]) if cell["cell_type"] == "code" else None
        tree = names.parse(program) if program is not None else None
        if tree is None or program is None:
            continue
        gone: list[ast.stmt] = []
        for node in tree.body:
            asked = [question for one in ast.walk(node) if (question := _asked(one, methods)) is not None]
            calls += [Call(question, cell, index) for question in asked]
            if asked and _is_lone(node, methods):
                gone.append(node)
            elif asked:
                _quieten(cell, node, methods, book)
        if gone:
            cell["source"] = cells.without(cell["source"], gone)
    return calls


def strip(book: Book, folder: Folder) -> None:
    """Take out what only the old grader needs, and say so; cells of which nothing is left go too."""
    tainted: set[str] = set()
    kept: list[Cell] = []
    for number, cell in enumerate(book.cells, 1):
        if cell["cell_type"] != "code":
            kept.append(cell)
            continue
        before = cell["source"]
        text, shell = cells.without_shell(before)
        for line in shell:
            book.notes.left(f"cell {number}: `{line}`, a line for the shell")
        cell["source"] = text
        gone = _of_the_grader(cells.statements(cell), tainted, book, folder)
        for node in gone:
            line = short(cells.segment(cells.plain(text) or text, node))
            book.notes.left(f"cell {number}: {line}, which belongs to the old grader")
        if gone:
            cell["source"] = cells.without(text, gone)
        if cell["source"] != before and (not cell["source"].strip() or cells.says_nothing(cell["source"])):
            continue
        kept.append(cell)
    book.notebook["cells"] = kept


def _of_the_grader(nodes: list[ast.stmt], tainted: set[str], book: Book, folder: Folder) -> list[ast.stmt]:
    gone: list[ast.stmt] = []
    for node in nodes:
        if isinstance(node, ast.Import | ast.ImportFrom):
            if all(_is_grader(module, book, folder) for module, _ in names.imports([node])):
                tainted |= set(names.binds([node]))
                gone.append(node)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            if tainted & set(names.reads([node])):
                book.notes.changed(f"`{node.name}` uses the old grader, which is gone: it will not run")
        elif isinstance(node, ast.If) and _is_for_colab(node):
            gone.append(node)
        elif tainted & set(names.reads([node])):
            tainted |= set(names.binds([node]))
            gone.append(node)
    return gone


def _is_for_colab(node: ast.If) -> bool:
    """Tell whether a branch is for Colab alone: there is nothing to do elsewhere."""
    elsewhere = all(isinstance(one, ast.Pass) for one in node.orelse)
    return elsewhere and _COLAB.search(ast.unparse(node.test)) is not None


def _is_grader(module: str, book: Book, folder: Folder) -> bool:
    """Tell whether a module is a grader's, or a file of the course around one."""
    if module in GRADERS or module.partition(".")[0] in GRADERS:
        return True
    path = folder.module(module, book.path)
    text = folder.text(path) if path else None
    return text is not None and any(one.partition(".")[0] in GRADERS for one in local_imports(text))


def _asked(node: ast.AST, methods: frozenset[str]) -> str | None:
    match node:
        case ast.Call(func=ast.Attribute(value=ast.Name(), attr=method), args=[ast.Constant(value=str(question)), *_]):
            return question if method in methods else None
        case _:
            return None


def _is_lone(node: ast.stmt, methods: frozenset[str]) -> bool:
    value = node.value if isinstance(node, ast.Expr | ast.Assign) else None
    return value is not None and _asked(value, methods) is not None


def _quieten(cell: Cell, node: ast.stmt, methods: frozenset[str], book: Book) -> None:
    """Put None in the place of a call inside of a longer statement."""
    program = cells.plain(cell["source"]) or ""
    for one in ast.walk(node):
        if _asked(one, methods) is not None:
            text = cells.segment(program, one)
            cell["source"] = cell["source"].replace(text, "None")
            book.notes.changed(f"`{text}` inside of a longer statement became `None`")
