"""Stubs as nbgrader releases them, known by their text: what learners begin with, and no solution."""

from __future__ import annotations

import ast
import re
import textwrap

from math4ml_lab.importing import cells, names

_MARK = re.compile(r"[ \t]*#+[ \t]*YOUR (?:CODE|ANSWER|SOLUTION) HERE\b.*", re.IGNORECASE)
_NOTHING = re.compile(r"[ \t]*(?:\.\.\.|pass|raise NotImplementedError\b.*)?(?:[ \t]*#.*)?")


def is_stub(text: str, configured: str = "") -> bool:
    """Tell whether a cell waits for an answer; `configured` is the stub that the source's own settings name.

    A doubtful cell is none: a solution that is taken for a stub would be shown to learners.
    """
    if configured and _holds(text, configured):
        return True
    lines = text.split("\n")
    marked = [number for number, line in enumerate(lines) if _MARK.fullmatch(line)]
    if marked:
        return all(_is_open(lines, number) for number in marked)
    program = cells.plain(text)
    tree = names.parse(program) if program is not None else None
    return tree is not None and _waits(tree.body)


def configured(text: str) -> str:
    """Return the stub for Python in the text of `nbgrader_config.py`, "" for none; it is read and not run."""
    tree = names.parse(text)
    for node in tree.body if tree else []:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]).endswith("ClearSolutions.code_stub"):
            try:
                value = ast.literal_eval(node.value)
            except (*names.UNREADABLE, TypeError):
                continue
            found = value.get("python") if isinstance(value, dict) else None
            return found.strip("\n") if isinstance(found, str) else ""
    return ""


def _holds(text: str, stub: str) -> bool:
    """Tell whether a stub stands in a text, at whatever indentation."""
    lines, wanted = text.split("\n"), [line.rstrip() for line in stub.split("\n")]
    parts = (lines[start : start + len(wanted)] for start in range(len(lines) - len(wanted) + 1))
    return any([line.rstrip() for line in textwrap.dedent("\n".join(part)).split("\n")] == wanted for part in parts)


def _is_open(lines: list[str], number: int) -> bool:
    """Tell whether nothing stands in the block below a mark."""
    depth = len(lines[number]) - len(lines[number].lstrip())
    for line in lines[number + 1 :]:
        if line.strip() and len(line) - len(line.lstrip()) < depth:
            return True
        if not _NOTHING.fullmatch(line):
            return depth == 0 and _raises_before(lines, number, line)
    return True


def _raises_before(lines: list[str], number: int, line: str) -> bool:
    """Tell whether a mark at top level is followed by the raise that ends the cell's run, so the rest is given."""
    between = lines[number + 1 : lines.index(line, number + 1)]
    return any(one.startswith("raise NotImplementedError") for one in between)


def _waits(nodes: list[ast.stmt]) -> bool:
    """Tell whether a cell raises NotImplementedError at top level, or in each of its functions."""
    if any(_is_raise(node) for node in nodes):
        return True
    functions = [
        node
        for top in nodes
        for node in ast.walk(top)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name != "__init__"
    ]
    return bool(functions) and all(_is_raise(node.body[-1]) for node in functions)


def _is_raise(node: ast.stmt) -> bool:
    return (
        isinstance(node, ast.Raise)
        and node.exc is not None
        and ast.unparse(node.exc).partition("(")[0] == "NotImplementedError"
    )
