"""Courses for OK (okpy): notebooks that call `grader.grade("q01")`, and a file `q01.py` for each question."""

from __future__ import annotations

import ast
import json
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from math4ml_lab.importing import cells, notebooks, okfile, settle, stripping
from math4ml_lab.importing.model import Book, Question

if TYPE_CHECKING:
    from math4ml_lab.importing.folder import Folder
METHODS = frozenset(("grade",))


def read(folder: Folder, path: str) -> Book:
    """Read one notebook and the tests that it grades with; a book without questions where it grades none."""
    book = Book(path, notebooks.load(folder.text(path) or "", path))
    known = settle.libraries(book)
    configured = _configured(book, folder)
    calls = stripping.take_calls(book, METHODS)
    if not calls:
        return book
    files = _tests(book, folder, configured)
    asked = {call.question: Question(call.question) for call in calls}
    for question in asked.values():
        fill(question, folder, files.pop(question.name, None), known)
    for name, file in files.items():
        book.notes.left(f"`{file}`: no cell grades {name!r}")
    book.questions = list(asked.values())
    settle.place(book, asked, calls)
    stripping.strip(book, folder)
    return book


def fill(question: Question, folder: Folder, file: str | None, known: set[str]) -> None:
    """Read the test file of a question."""
    text = folder.text(file) if file else None
    if text is None:
        question.notes.left("there is no file with its tests")
        return
    test = okfile.literal(text)
    if isinstance(test, str):
        question.notes.left(f"`{file}`: {test}")
        return
    question.title = str(test.get("name") or question.name)
    okfile.fill(question, test, known)


def _configured(book: Book, folder: Folder) -> list[tuple[str, str]]:
    """Return the patterns of test files, each with the folder it starts from, of the configurations that cells name."""
    home = str(PurePosixPath(book.path).parent)
    named = [
        one.value
        for cell in book.cells
        for node in cells.statements(cell)
        for one in ast.walk(node)
        if isinstance(one, ast.Constant) and isinstance(one.value, str)
    ]
    found = [str(PurePosixPath(home, name)) for name in named if 0 < len(name) < 200 and "\n" not in name]  # noqa: PLR2004 (a path)
    found += folder.below(home, "*.ok")
    patterns = []
    for path in dict.fromkeys(found):
        text = folder.text(path) if folder.has(path) else None
        patterns += [(home, pattern) for pattern in _patterns(text, book)] if text is not None else []
    return patterns


def _patterns(text: str, book: Book) -> list[str]:
    """Return the patterns of a configuration, whose name is the notebook's title; none for another file."""
    try:
        config = json.loads(text)
        tests = config["tests"]
        book.title = str(config.get("name") or "")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return []
    if not isinstance(tests, dict):
        return []
    for pattern, kind in tests.items():
        if kind != "ok_test":
            book.notes.left(f"tests {pattern!r} of the type {kind!r}: only ok_test can be imported")
    return [pattern for pattern, kind in tests.items() if kind == "ok_test"]


def _tests(book: Book, folder: Folder, patterns: list[tuple[str, str]]) -> dict[str, str]:
    """Return the test file of each question: where the configuration says, else in a folder `tests`."""
    home = str(PurePosixPath(book.path).parent)
    files = [file for base, pattern in patterns for file in folder.below(base, pattern.partition(":")[0])]
    files = files or folder.below(home, "tests/*.py") or folder.below(home, "*/tests/*.py")
    return {PurePosixPath(file).stem: file for file in files if not file.endswith("__init__.py")}
