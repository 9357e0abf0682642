"""The text of a new module, from what a cell defines. Pure: nothing is run."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from msgspec import Struct

from math4ml_lab.lines import parsed

if TYPE_CHECKING:
    from collections.abc import Sequence

_INTS = frozenset("dkmnpq")


class UnfitNameError(Exception):
    """No module can be made of this: `message` says why, `fix` what would do."""

    def __init__(self, message: str, fix: str) -> None:
        super().__init__(message)
        self.message = message
        self.fix = fix


class Wanted(Struct, frozen=True):
    """A function that the learner defines; `text` is a right answer."""

    name: str
    parameters: str
    text: str


def of_cell(source: str) -> list[Wanted]:
    """Return the functions that a cell defines; raise UnfitNameError."""
    tree = parsed(source)
    if tree is None:
        raise UnfitNameError("the cell is no Python", "mend the cell")
    found = [
        Wanted(node.name, ast.unparse(node.args), ast.get_source_segment(source, node) or "")
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
    ]
    if not found:
        raise UnfitNameError("the cell defines nothing", "write the line that a learner completes: def rank_k(A, k):")
    return found


def imports_of(source: str) -> list[str]:
    """Return the lines of a cell that import something: a solution may need them."""
    tree = parsed(source)
    return [ast.unparse(node) for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)] if tree else []


def module(wanted: Sequence[Wanted], imports: Sequence[str] = ()) -> str:
    """Return a module that the reader accepts, with inputs guessed from the parameters."""
    names = [name for one in wanted for name in one.parameters.split(", ") if name.isidentifier()]
    drawn = {name: _strategy(name) for name in names}
    api = sorted({"solution", *(["inputs"] if drawn else []), *(text.partition("(")[0] for text in drawn.values())})
    lines = dict.fromkeys(["import numpy as np", *imports])
    given = ", ".join(f"{name}={text}" for name, text in drawn.items())
    return "\n".join([
        '"""TODO: a title, in a few words', "- TODO: ask. What should one look at first?",
        "- TODO: teach. Explain the idea on another example.", '- TODO: do. Say the next step in words."""',
        *lines, "", f"from math4ml_lab.exercise import {', '.join(api)}", "",
        *(f"\n@solution\n{one.text}\n" for one in wanted), *([f"\ninputs({given})"] if drawn else []), "",
    ])  # fmt: skip


def _strategy(parameter: str) -> str:
    if parameter in _INTS:
        return "ints(1, 4)"
    return "matrices((1, 3), (4, 5))" if parameter[:1].isupper() else "vectors((2, 4))"
