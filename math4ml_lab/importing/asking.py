"""Around a grade call: which cell answers the question, what it is called, which hints the notebook gives."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from math4ml_lab.importing import cells, names

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from math4ml_lab.importing.model import Cell, Question

_HINT = re.compile(r"^\s*(?:>\s*)?[_*]*hints?[_*]*\s*:[_*]*\s*", re.IGNORECASE)
_HEADING = re.compile(r"^#{4}\s+(?P<words>\S.*?)\s*#*\s*$", re.MULTILINE)
_ASKED = re.compile(r"^\s*(?:\*\*|#+\s*)?(?:question|problem|exercise|part)\b", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_ONLY_POINTS = re.compile(r"[_*]*points?[_*]*:", re.IGNORECASE)
_LONGEST_TITLE = 300


def used(question: Question) -> list[str]:
    """Return the names that a question's claims need from the notebook, in order."""
    found: dict[str, None] = {}
    for claim in question.claims:
        for name in names.reads_text(f"{claim.setup}\n{code_of(claim.kind, claim.text)}"):
            found[name] = None
    return list(found)


def code_of(kind: str, text: str) -> str:
    """Return a claim's program: of a transcript, its prompts."""
    if kind == "script":
        return text
    marked = [line[4:] for line in text.split("\n") if line.startswith((">>> ", "... "))]
    return "\n".join(marked)


def answer_cell(between: Sequence[Cell], wanted: Iterable[str], defined: Iterable[str]) -> Cell | None:
    """Return the last code cell that binds a name that is wanted.

    Where one of them is `defined` nowhere in the notebook, it is the last one that only waits for an answer.
    """
    code = [cell for cell in reversed(between) if cell["cell_type"] == "code"]
    needed = set(wanted)
    binding = [cell for cell in code if needed & set(cells.bound(cell))]
    waiting = [cell for cell in code if _waits(cell)]
    found = [*waiting, *binding] if needed - set(defined) else [*binding, *waiting]
    return next(iter(found), None)


def title(before: Sequence[Cell]) -> str:
    """Return what is asked, in one line: the `#### ` sentence before the answer, else its first words; "" for none."""
    texts = [cell["source"] for cell in before if cell["cell_type"] == "markdown"]
    for text in reversed(texts):
        found = list(_HEADING.finditer(text))
        if found:
            return one_line(found[-1]["words"])
    said = [line for text in reversed(texts) for line in _said(text)]
    asked = [line for line in said if _ASKED.match(line)]
    return one_line(re.sub(r"^#+\s*", "", (asked or said)[0])) if said else ""


def one_line(text: str) -> str:
    """Return a text as a title: one line that begins no bullet, with no emphasis around its first words."""
    line = " ".join(re.sub(r"[\x00-\x1f\x7f]", " ", text).split()).lstrip("-> ")
    line = re.sub(r"^\*\*(?P<bold>[^*]+)\*\*", r"\g<bold>", line)
    if len(line) <= _LONGEST_TITLE:
        return line
    cut = line[:_LONGEST_TITLE].rpartition(" ")[0]
    return (cut if cut.count("`") % 2 == 0 else cut.rpartition("`")[0].rstrip()) + " …"


def hints(around: Sequence[Cell]) -> list[str]:
    """Return the notes that begin with `Hint:` in markdown cells, each in one line, code in it as inline code."""
    return [hint for cell in around if cell["cell_type"] == "markdown" for hint in _hints(cell["source"])]


def after(following: Sequence[Cell]) -> list[Cell]:
    """Return the hints that stand right behind a question: markdown cells that begin with one."""
    found: list[Cell] = []
    for cell in following:
        if cell["cell_type"] != "markdown" or not _HINT.match(cell["source"].lstrip()):
            break
        found.append(cell)
    return found


def _said(text: str) -> list[str]:
    """Return the lines of a text that say something, without comments, rules and points."""
    lines = [line.strip() for line in _COMMENT.sub("", text).split("\n")]
    return [line for line in lines if line and not _ONLY_POINTS.match(line) and not re.fullmatch(r"[-*_`#]+", line)]


def _waits(cell: Cell) -> bool:
    """Tell whether a cell holds nothing but comments, `pass` and `...`."""
    tree = names.parse(cell["source"])
    return tree is not None and all(
        isinstance(node, ast.Pass) or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
        for node in tree.body
    )


def _hints(text: str) -> list[str]:
    found: list[list[str]] = []
    code: list[str] | None = None
    going = False
    for line in text.split("\n"):
        bare = line.removeprefix(">").strip() if line.startswith(">") else line.strip()
        if code is not None and bare.startswith("```"):
            found[-1].append(f"`{' '.join(' '.join(code).split())}`")
            code = None
        elif code is not None:
            code.append(bare)
        elif _HINT.match(line):
            found.append([_HINT.sub("", line)])
            going = True
        elif going and bare.startswith("```"):
            code = []
        elif going and bare:
            found[-1].append(bare)
        else:
            going = False
    return [" ".join(" ".join(parts).split()) for parts in found]
