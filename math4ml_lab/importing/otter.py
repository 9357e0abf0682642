"""Assignments for otter: notebooks that call `grader.check("q1")`, with tests in files or in their metadata."""

from __future__ import annotations

import ast
import itertools
import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from math4ml_lab.importing import asking, assign, cells, notebooks, okfile, scripts, settle, stripping
from math4ml_lab.importing.model import Book, Question, SourceError

if TYPE_CHECKING:
    from math4ml_lab.importing.folder import Folder
    from math4ml_lab.importing.model import Cell

METHODS = frozenset(("check",))


def read(folder: Folder, path: str) -> Book:
    """Read one notebook, as its author wrote it or as learners get it."""
    book = Book(path, notebooks.load(folder.text(path) or "", path))
    if assign.is_source(book):
        assign.read(book)
        _unmark(book)
        stripping.strip(book, folder)
        return book
    if any(re.search(r"^```\s*\n\s*BEGIN QUESTION", cell["source"], re.MULTILINE) for cell in book.cells):
        message = "it is an assignment in otter's older form, without raw cells: that form is not read"
        raise SourceError(message, "Bring it into the newer form, as otter's documentation says.")
    known = settle.libraries(book)
    directories = _directories(book)
    stored = (book.notebook["metadata"].get("otter") or {}).get("tests")
    tests: dict[str, Any] = stored if isinstance(stored, dict) else {}
    calls = stripping.take_calls(book, METHODS)
    asked = {call.question: Question(call.question) for call in calls}
    for question in asked.values():
        _fill(question, tests.get(question.name), _file(folder, book, question.name, directories), folder, known)
    for name in tests:
        if name not in asked:
            book.notes.left(f"the tests {name!r} in the notebook's metadata: no cell asks for them")
    book.questions = list(asked.values())
    by_hand = _by_hand(book, {call.index for call in calls})
    settle.place(book, asked, calls)
    book.questions += by_hand
    _unmark(book)
    stripping.strip(book, folder)
    return book


def _fill(question: Question, stored: Any, file: str | None, folder: Folder, known: set[str]) -> None:
    """Read a question's tests: from the notebook's metadata, or from a file."""
    text = stored if isinstance(stored, str) else folder.text(file) if file and stored is None else None
    test: Any = stored
    if text is not None:
        if scripts.is_exception_file(text):
            scripts.fill(question, text)
            return
        test = okfile.literal(text)
    if isinstance(test, dict):
        okfile.fill(question, test, known)
    else:
        question.notes.left(f"its tests: {test}" if isinstance(test, str) else "there are no tests of this name")


def _directories(book: Book) -> list[str]:
    """Return where the tests of a notebook may lie: where it says, or where otter looks."""
    said = [
        one.value.value
        for cell in book.cells
        for node in cells.statements(cell)
        for one in ast.walk(node)
        if isinstance(one, ast.keyword) and one.arg == "tests_dir" and isinstance(one.value, ast.Constant)
    ]
    return [*(one for one in said if isinstance(one, str)), "tests"]


def _file(folder: Folder, book: Book, name: str, directories: list[str]) -> str | None:
    home = PurePosixPath(book.path).parent
    paths = [str(home.joinpath(directory, f"{name}.py")) for directory in directories]
    return next((path for path in paths if folder.has(path)), None)


def _by_hand(book: Book, graded: set[int]) -> list[Question]:
    """Return the questions that no call grades: between otter's comments for what a person reads, or an open text."""
    texts = [cell["source"] if cell["cell_type"] == "markdown" else "" for cell in book.cells]
    begun = [index for index, text in enumerate(texts) if "<!-- BEGIN QUESTION -->" in text]
    found: list[Question] = []
    told: set[int] = set()
    for begin, following in itertools.pairwise([*begun, len(texts)]):
        ends = (index for index in range(begin + 1, len(texts)) if "<!-- END QUESTION -->" in texts[index])
        end = min(next(ends, len(texts)), following)
        span = range(begin, end)
        told.update(span)
        if not graded & {*span, end}:
            found.append(_read_by_a_person(book.cells[begin:end], begin))
            if following == end and "<!-- END QUESTION -->" not in "".join(texts[end : end + 1]):
                found[-1].notes.changed("it has no end: it was ended with the next question, or with the notebook")
    start = 0
    for index, text in enumerate(texts):
        if text.strip() == assign.WRITTEN_STUB and index not in told:
            found.append(_read_by_a_person(book.cells[start:index], index))
        if text.strip() == assign.WRITTEN_STUB or index in graded or index in told:
            start = index + 1
    return found


def _read_by_a_person(asked: list[Cell], index: int) -> Question:
    title = asking.title(asked)
    question = Question(title or f"cell-{index + 1}", title=title, by_hand=True)
    question.notes.left("graded by hand: its cells are left as they are")
    return question


def _unmark(book: Book) -> None:
    for cell in book.cells:
        for key in ("deletable", "editable"):
            cell["metadata"].pop(key, None)
        tags = cell["metadata"].get("tags")
        if isinstance(tags, list):
            cell["metadata"]["tags"] = [tag for tag in tags if tag not in {"otter_answer_cell", "otter_include"}]
            if not cell["metadata"]["tags"]:
                del cell["metadata"]["tags"]
