"""Python text as lines: which lines a piece of code has, and which orders of them are right. Pure, nothing is run."""

from __future__ import annotations

import ast
import io
import textwrap
import tokenize
import warnings
from bisect import bisect_left
from contextlib import suppress
from itertools import groupby
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Defined = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
_MOVABLE = ast.Assign | ast.AugAssign | ast.AnnAssign | ast.Import | ast.ImportFrom
_EFFECTS = ast.Call | ast.Await | ast.Yield | ast.YieldFrom
_STRINGS = (tokenize.STRING, getattr(tokenize, "FSTRING_MIDDLE", -1))
_BLOCKS = ("body", "orelse", "finalbody", "handlers", "cases")
_GENERATOR = "rng"
"""The name whose every call changes what it draws next."""


def parsed(text: str) -> ast.Module | None:
    """Return the tree of a text, None where it is no Python."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


# -- Lines -------------------------------------------------------------------------------------------------


def code_lines(text: str) -> list[str]:
    """Return the lines of code with their indentation: no docstrings, comments or empty lines.

    What is written on several lines within brackets counts as one. A text that is no Python keeps all its lines.
    """
    text = textwrap.dedent(text.replace("\r\n", "\n").replace("\r", "\n"))
    tree = parsed(text)
    if tree is not None:
        left_out = set(_docstring_rows(tree))
        with suppress(tokenize.TokenError, SyntaxError):
            return [line for row, line in _logical(text) if row not in left_out]
    return [line.rstrip() for line in text.split("\n") if line.strip()]


def _docstring_rows(tree: ast.Module) -> Iterator[int]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | Defined) and len(node.body) > 1 and ast.get_docstring(node) is not None:
            row = node.body[0].lineno
            yield from [row] if row > getattr(node, "lineno", 0) else []


def _logical(text: str) -> Iterator[tuple[int, str]]:
    rows = io.StringIO(text).readlines()
    comments: dict[int, int] = {}
    whole: set[int] = set()  # rows whose end is inside a string
    first = last = 0
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            comments[token.start[0]] = token.start[1]
        elif token.type == tokenize.NEWLINE and first:
            yield first, _joined(rows, first, last, comments, whole)
            first = 0
        elif token.type not in (tokenize.NL, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER, tokenize.NEWLINE):
            first, last = first or token.start[0], token.end[0]
            if token.type in _STRINGS:
                whole.update(range(token.start[0], token.end[0]))


def _joined(rows: list[str], first: int, last: int, comments: dict[int, int], whole: set[int]) -> str:
    line = rows[first - 1][: comments.get(first)].rstrip("\n")
    for row in range(first + 1, last + 1):
        more = rows[row - 1][: comments.get(row)].rstrip("\n")
        if row - 1 in whole:
            line += "\n" + more
            continue
        line, more = line.rstrip().removesuffix("\\").rstrip(), more.strip()
        gap = "" if line.endswith(("(", "[", "{")) or more.startswith((")", "]", "}")) or not more else " "
        line += gap + more
    return line.rstrip()


def without_docstrings(tree: ast.AST) -> ast.AST:
    """Take docstrings, decorators and annotations out of a tree, and return it."""
    for node in ast.walk(tree):
        if isinstance(node, Defined):
            node.decorator_list = []
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            node.returns = None
        if isinstance(node, ast.arg):
            node.annotation = None
        if isinstance(node, ast.Module | Defined) and len(node.body) > 1 and ast.get_docstring(node) is not None:
            del node.body[0]
    return tree


def normalised(text: str) -> str | None:
    """Return what is the same for texts that differ in layout, comments, docstrings and annotations only."""
    tree = parsed(text)
    return None if tree is None else ast.dump(without_docstrings(tree))


def holds(text: str, part: str) -> bool:
    """Tell whether each statement of `part` stands in `text`, however it is laid out."""
    there, wanted = parsed(text), parsed(part)
    if there is None or wanted is None:
        return False
    known, needed = ({ast.dump(without_docstrings(node)) for node in tree.body} for tree in (there, wanted))
    return needed <= known


# -- Orders ------------------------------------------------------------------------------------------------


class _Place(Struct, frozen=True):
    """What a line of code does: its block and run of simple statements, and the names that it reads and writes."""

    run: int
    reads: frozenset[str] = frozenset()
    writes: frozenset[str] = frozenset()

    def before(self, later: _Place) -> bool:
        """Tell whether this line has to stay before that one."""
        is_apart = self.run != later.run or self.run < 0
        return is_apart or bool(self.writes & (later.reads | later.writes) or self.reads & later.writes)


def misplaced(lines: Sequence[str], order: Sequence[str]) -> list[int] | None:
    """Return which places of `order` hold a line that belongs elsewhere, as few as may be; none where it is right.

    `lines` stand in the right order; equal lines may change places, and so may simple statements of which neither reads
    or writes what the other writes, and definitions that follow each other. None: these are not the same lines.
    """
    if sorted(lines) != sorted(order):
        return None
    tree = parsed(textwrap.dedent("\n".join(lines)))
    if tree is not None:
        lines = _as_defined(tree, lines, order)
        tree = parsed(textwrap.dedent("\n".join(lines)))
    found = _numbered(lines, order)
    rank = {number: place for place, number in enumerate(_nearest(_places(tree, lines), found))}
    kept = _longest_rise([rank[number] for number in found])
    return [place for place in range(len(found)) if place not in kept]


def _numbered(lines: Sequence[str], order: Sequence[str]) -> list[int]:
    """Return which line of `lines` stands at each place: of equal ones the first that is left."""
    left: dict[str, list[int]] = {}
    for number, line in enumerate(lines):
        left.setdefault(line, []).append(number)
    return [left[line].pop(0) for line in order]


def _rows(lines: Sequence[str]) -> list[int]:
    """Return the row on which each line begins when they are written below each other."""
    rows, row = [], 1
    for line in lines:
        rows.append(row)
        row += line.count("\n") + 1
    return rows


def _as_defined(tree: ast.Module, lines: Sequence[str], order: Sequence[str]) -> list[str]:
    """Return the lines with functions, classes and methods that follow each other in the order of `order`."""
    rows = _rows(lines)

    def span(node: ast.stmt) -> list[int]:
        decorators = node.decorator_list if isinstance(node, Defined) else []
        first = min([node.lineno, *(decorator.lineno for decorator in decorators)])
        return [number for number, row in enumerate(rows) if first <= row <= (node.end_lineno or node.lineno)]

    def place(node: ast.stmt) -> int:
        return order.index(lines[rows.index(node.lineno)]) if node.lineno in rows else 0

    def flat(block: Sequence[ast.stmt]) -> list[int]:
        found: list[int] = []
        for is_defined, group in groupby(block, lambda node: isinstance(node, Defined)):
            for node in sorted(group, key=place) if is_defined else group:
                own = span(node)
                inner = flat(node.body) if isinstance(node, ast.ClassDef) else []
                found += [number for number in own if number not in inner] + inner
        return found

    return [lines[number] for number in flat(tree.body)]


def _places(tree: ast.Module | None, lines: Sequence[str]) -> list[_Place]:
    """Return what each line does; a line that has to stay where it is has a run of its own."""
    rows = {row: number for number, row in enumerate(_rows(lines))}
    places = [_Place(-1)] * len(lines)
    runs = 0
    for block in _blocks(tree) if tree is not None else ():
        for node in block:
            number = rows.get(node.lineno)
            if not _is_movable(node) or number is None or sum(n.lineno == node.lineno for n in block) > 1:
                runs += 1
            else:
                places[number] = _Place(runs, *_names(node))
        runs += 1
    return places


def _is_movable(node: ast.stmt) -> bool:
    """Tell whether a statement may change places; a lone word does nothing, and stands for what somebody says."""
    if isinstance(node, ast.Expr):
        return any(isinstance(inner, _EFFECTS) for inner in ast.walk(node))
    return isinstance(node, _MOVABLE)


def _blocks(tree: ast.AST) -> Iterator[list[ast.stmt]]:
    for node in ast.walk(tree):
        for name in _BLOCKS:
            block = getattr(node, name, None)
            if isinstance(block, list) and block and isinstance(block[0], ast.stmt):
                yield block


def _names(statement: ast.stmt) -> tuple[frozenset[str], frozenset[str]]:
    """Return the names that a simple statement reads, and those that it writes or changes."""
    reads: set[str] = set()
    writes: set[str] = set()
    for node in ast.walk(statement):
        if isinstance(node, ast.Name):
            (reads if isinstance(node.ctx, ast.Load) else writes).add(node.id)
        elif isinstance(node, ast.Attribute | ast.Subscript) and not isinstance(node.ctx, ast.Load):
            writes.add(_base(node))
        elif isinstance(node, ast.Call) and _base(node.func) == _GENERATOR:
            writes.add(_GENERATOR)
        elif isinstance(node, ast.alias):
            writes.add(node.asname or node.name.partition(".")[0])
    if isinstance(statement, ast.AugAssign):
        reads |= writes
    # An expression that stands alone is there for what it changes.
    return frozenset(reads), frozenset(writes | reads if isinstance(statement, ast.Expr) else writes)


def _base(node: ast.AST) -> str:
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Call):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""


def _nearest(places: Sequence[_Place], found: Sequence[int]) -> list[int]:
    """Return a right order of the numbers that keeps to `found` where it can."""
    left = list(found)
    target = []
    while left:
        free = next(
            number
            for number in left
            if not any(other < number and places[other].before(places[number]) for other in left)
        )
        left.remove(free)
        target.append(free)
    return target


def _longest_rise(numbers: Sequence[int]) -> set[int]:
    """Return the places of a longest rising part of different numbers."""
    tails: list[int] = []
    ends: list[int] = []
    below: list[int | None] = []
    for place, number in enumerate(numbers):
        at = bisect_left(tails, number)
        below.append(ends[at - 1] if at else None)
        tails[at : at + 1] = [number]
        ends[at : at + 1] = [place]
    kept: set[int] = set()
    place_ = ends[-1] if ends else None
    while place_ is not None:
        kept.add(place_)
        place_ = below[place_]
    return kept
