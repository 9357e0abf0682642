"""Assignments for nbgrader: cells whose metadata say which are answers, tests, or graded by hand."""

from __future__ import annotations

import ast
import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from math4ml_lab.importing import asking, cells, names, notebooks, okfile, scripts, settle, stripping, stubs
from math4ml_lab.importing.model import Book, Question, counted

if TYPE_CHECKING:
    from math4ml_lab.importing.folder import Folder
    from math4ml_lab.importing.model import Cell

STUB = "# YOUR CODE HERE\nraise NotImplementedError()"
WRITTEN_STUB = "YOUR ANSWER HERE"
_SOLUTION = re.compile(
    r"^(?P<indent>[ \t]*)###[ \t]*BEGIN SOLUTION.*?$\n?.*?^[ \t]*###[ \t]*END SOLUTION[^\n]*$", re.MULTILINE | re.DOTALL
)
_MARKER = re.compile(r"^[ \t]*###[ \t]*(?:BEGIN|END) SOLUTION.*\n?", re.MULTILINE)
_AUTOTEST = re.compile(r"^[ \t]*###[ \t]*(?:HASHED )?AUTOTEST.*$", re.MULTILINE)
_SCHEME = re.compile(r"^===[ \t]*BEGIN MARK SCHEME.*?^===[ \t]*END MARK SCHEME[^\n]*$\n?", re.MULTILINE | re.DOTALL)


def read(folder: Folder, path: str) -> Book:
    """Read one notebook, as its author wrote it or as it was released."""
    book = Book(path, notebooks.load(folder.text(path) or "", path))
    said = [_said(cell) for cell in book.cells]
    if not any(said):
        return book
    if not any("checksum" in one for one in said):
        _release(book, _configured(folder, path))
    by_cell: dict[int, Question] = {}
    tests: list[Cell] = []
    start = 0
    for index, cell in enumerate(book.cells):
        about = _said(cell)
        if _is_by_hand(about):
            book.questions.append(_by_hand(book, index, about))
        elif about.get("solution"):
            question = Question(str(about.get("grade_id") or f"cell-{index + 1}"), points=0)
            question.solution = cell.pop("solution", "")
            settle.describe(question, cell, book.cells[start : index + 1], [])
            by_cell[index] = question
            book.questions.append(question)
            start = index + 1
        elif about.get("grade") and cell["cell_type"] == "code":
            _test(book, index, by_cell, tests)
    kept = [cell for cell in book.cells if not any(cell is test for test in tests)]
    book.notebook["cells"] = kept
    _unmark(book)
    _lend(book, tests)
    for question in by_cell.values():
        if question.claims:
            okfile.tell_draws(question)
            if not question.solution:
                question.notes.left("a solution: the source has none of it, so its cell is what learners begin with")
    book.questions = [one for one in book.questions if one.by_hand or one.claims or one.notes]
    stripping.strip(book, folder)
    return book


def _said(cell: Cell) -> dict[str, Any]:
    about = cell["metadata"].get("nbgrader")
    return about if isinstance(about, dict) else {}


def _is_by_hand(about: dict[str, Any]) -> bool:
    return bool(about.get("task") or (about.get("grade") and about.get("solution")))


def _by_hand(book: Book, index: int, about: dict[str, Any]) -> Question:
    question = Question(str(about.get("grade_id") or f"cell-{index + 1}"), by_hand=True)
    question.title = asking.title(book.cells[: index + bool(about.get("task"))])
    question.points = okfile.points(about.get("points"), [], question.notes)
    what = "a task" if about.get("task") else "an answer"
    question.notes.left(
        f"{what} that is graded by hand ({counted(question.points, 'point')}): its cell is left as it is"
    )
    return question


def _test(book: Book, index: int, by_cell: dict[int, Question], tests: list[Cell]) -> None:
    """Add the claims of a test cell to the question that it tests."""
    cell = book.cells[index]
    about = _said(cell)
    automatic = _AUTOTEST.findall(cell["source"])
    wanted = set(names.reads_text(cells.plain(cell["source"]) or ""))
    wanted |= {name for line in automatic for name in names.reads_text(line.partition("AUTOTEST")[2].strip())}
    before = [number for number in reversed(by_cell) if number < index]
    binding = [one for one in before if wanted & {*cells.bound(book.cells[one]), *_solved(by_cell[one])}]
    if not before:
        book.notes.left(f"the test `{about.get('grade_id')}`: no answer stands before it, so the cell is left as it is")
        return
    question = by_cell[(binding or before)[0]]
    if not binding:
        question.notes.changed(
            f"`{about.get('grade_id')}` names nothing that an answer defines: it tests the one before"
        )
    text = cells.without_shell(cell["source"])[0]
    if automatic:
        question.notes.left(
            f"{counted(len(automatic), 'test')} of `{about.get('grade_id')}` that nbgrader makes by running the"
            " solution: import the released notebook, which has them"
        )
    made = scripts.cell_claims(_AUTOTEST.sub("", text), question)
    if automatic:
        made = [claim for claim in made if "assert" in claim.text]
    if made:
        points = okfile.points(about.get("points"), [], question.notes)
        question.points += points
        question.notes.came(f"`{about.get('grade_id')}` ({counted(points, 'point')}): {counted(len(made), 'check')}")
    question.claims += made
    tests.append(cell)


def _solved(question: Question) -> list[str]:
    """Return the names that an answer's solution binds, of which a stub may show none."""
    return cells.bound({"cell_type": "code", "source": question.solution})


def _release(book: Book, stub: str) -> None:
    """Take the solutions out of a notebook that its author wrote; each stays with its cell.

    What is a stub already stays whole: it has no solution. `stub` is the text that the source's settings name.
    """
    for cell in book.cells:
        about = _said(cell)
        if cell["cell_type"] == "markdown" and _SCHEME.search(cell["source"]):
            cell["source"] = _SCHEME.sub("", cell["source"]).strip("\n")
            book.notes.left(f"the mark scheme of `{about.get('grade_id')}`, which learners must not see")
        if not about.get("solution"):
            continue
        whole = cell["source"]
        if cell["cell_type"] == "markdown":
            cell["source"] = WRITTEN_STUB
        elif _SOLUTION.search(whole):
            cell["source"] = _SOLUTION.sub(lambda found: _indented(STUB, found["indent"]), whole)
        elif not stubs.is_stub(whole, stub):
            cell["source"] = STUB
        if whole.strip() and cell["source"] != whole:
            if _is_by_hand(about):
                book.notes.left(f"the model answer of `{about.get('grade_id')}`, which learners must not see")
            else:
                cell["solution"] = _MARKER.sub("", whole)


def _configured(folder: Folder, path: str) -> str:
    """Return the stub that nbgrader's settings beside a notebook, or above it, name; "" for none."""
    places = PurePosixPath(path).parents
    texts = [folder.text(str(place / "nbgrader_config.py")) for place in places]
    return next((found for text in texts if text and (found := stubs.configured(text))), "")


def _indented(text: str, indent: str) -> str:
    return "\n".join(indent + line for line in text.split("\n"))


def _unmark(book: Book) -> None:
    """Take nbgrader's metadata off the cells that it no longer grades."""
    for cell in book.cells:
        if not _is_by_hand(_said(cell)):
            for key in ("nbgrader", "deletable", "editable"):
                cell["metadata"].pop(key, None)


def _lend(book: Book, tests: list[Cell]) -> None:
    """Give claims what an earlier test cell defined for them."""
    at_hand = settle.defined(book.cells)
    shelf: dict[str, tuple[str, ast.stmt]] = {}
    for cell in tests:
        holder = Question("")
        text = scripts.without_nose(cells.plain(cell["source"]) or "", holder)
        tree = names.parse(text)
        for node in tree.body if tree else []:
            for name in names.binds([node]) if not isinstance(node, ast.Delete) else []:
                shelf.setdefault(name, (text, node))
    for question in book.questions:
        for claim in question.claims:
            lent: list[str] = []
            waiting = [name for name in names.reads_text(claim.text) if name in shelf and name not in at_hand]
            seen: set[str] = set()
            while waiting:
                name = waiting.pop(0)
                if name in seen or name not in shelf or name in at_hand:
                    continue
                seen.add(name)
                text, node = shelf[name]
                lent.insert(0, cells.segment(text, node))
                waiting += names.reads([node])
            if lent:
                claim.setup = "\n".join(dict.fromkeys(lent))
                told = ", ".join(f"`{name}`" for name in sorted(seen))
                question.notes.changed(f"{told}: defined in an earlier test, brought along in each that needs it")
    needed = {name for cell in book.cells for name in names.reads(cells.statements(cell))}
    for name in sorted(needed & shelf.keys() - at_hand):
        book.notes.left(f"`{name}`, which a cell of the notebook uses and only a test defined")
