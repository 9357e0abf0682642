"""A notebook that was merely opened, run or saved is brought up to date; one that somebody worked in never is."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import nbformat
import pytest
from nbformat import v4

from math4ml_lab.cli import course_copy
from math4ml_lab.cli.course_copy import CourseCopy
from math4ml_lab.installed import find_course

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NAME = "linear_algebra/linear_algebra.ipynb"
SPEC = {"display_name": "Other", "language": "python", "name": "other"}
INFO = {"name": "python", "version": "3.12.1", "file_extension": ".py", "codemirror_mode": {"name": "ipython"}}


class Pair:
    """The course and somebody's copy of it."""

    def __init__(self, folder: Path) -> None:
        original = find_course()
        assert original is not None
        self.course, self.mine = folder / "course", folder / "mine"
        shutil.copytree(original, self.course)
        CourseCopy(self.course, self.mine).bring_up_to_date()

    def rewrite(self, folder: Path, change: Callable[[Any], object] | None) -> None:
        """Read a notebook and write it as Jupyter does, with a change on the way."""
        notebook: Any = nbformat.read(folder / NAME, as_version=4)  # type: ignore[no-untyped-call]
        if change is not None:
            change(notebook)
        nbformat.write(notebook, folder / NAME)  # type: ignore[no-untyped-call]

    def next_edition(self) -> str:
        """Change the course's notebook, bring the copy up to date, and return what became of it."""
        self.rewrite(self.course, lambda book: book.cells.append(v4.new_markdown_cell("New")))  # type: ignore[no-untyped-call]
        copied = CourseCopy(self.course, self.mine).bring_up_to_date()
        same = (self.course / NAME).read_bytes() == (self.mine / NAME).read_bytes()
        assert same == (copied.updated == [NAME]) == (copied.kept != [NAME])
        return "updated" if same else "kept"


@pytest.fixture
def pair(tmp_path: Path) -> Pair:
    return Pair(tmp_path)


def code(book: Any) -> Any:
    return next(cell for cell in book.cells if cell.cell_type == "code")


def ran(book: Any) -> None:
    output = v4.new_output("stream", name="stdout", text="hello")  # type: ignore[no-untyped-call]
    code(book).update(execution_count=7, outputs=[output])
    code(book).metadata.update(execution={"iopub.status.busy": "2026"}, collapsed=True)


def renamed(book: Any) -> None:
    for index, cell in enumerate(book.cells):
        cell.id = f"other-{index}"


def of_an_older_format(book: Any) -> None:
    book.nbformat_minor = 4
    for cell in book.cells:
        cell.pop("id", None)


@pytest.mark.parametrize(
    "change",
    [
        None,
        lambda book: book.metadata.update(kernelspec=SPEC, language_info=INFO, widgets={}),
        ran,
        renamed,
        of_an_older_format,
        lambda book: code(book).update(source=code(book).source + "\n \n"),
        lambda book: book.cells.extend([v4.new_code_cell(), v4.new_code_cell("\n")]),  # type: ignore[no-untyped-call]
    ],
)
def test_a_notebook_that_was_merely_opened_is_brought_up_to_date(pair: Pair, change: Callable[[Any], object]) -> None:
    pair.rewrite(pair.mine, change)
    copied = CourseCopy(pair.course, pair.mine).bring_up_to_date()
    assert (copied.added, copied.updated, copied.kept) == ([], [], [])
    pair.rewrite(pair.mine, change)
    assert pair.next_edition() == "updated"


@pytest.mark.parametrize(
    "change",
    [
        lambda book: code(book).update(source=code(book).source + "\n    return 1"),
        lambda book: code(book).update(source=" " + code(book).source),
        lambda book: book.cells.insert(1, v4.new_code_cell()),  # type: ignore[no-untyped-call]
        lambda book: book.cells.append(v4.new_markdown_cell("A note")),  # type: ignore[no-untyped-call]
        lambda book: book.cells.pop(),
        lambda book: book.cells.reverse(),
        lambda book: code(book).metadata.update(tags=["mine"]),
        lambda book: code(book).update(cell_type="raw"),
        lambda book: book.cells[0].update(attachments={"a.png": {"image/png": "AA=="}}),
    ],
)
def test_work_in_a_notebook_is_never_overwritten(pair: Pair, change: Callable[[Any], object]) -> None:
    def changed(book: Any) -> None:
        change(book)
        for cell in book.cells:  # a cell that is no longer code has neither
            for name in ("outputs", "execution_count") if cell.cell_type != "code" else ():
                cell.pop(name, None)

    pair.rewrite(pair.mine, changed)
    before = (pair.mine / NAME).read_bytes()
    assert CourseCopy(pair.course, pair.mine).bring_up_to_date().kept == [NAME]
    assert pair.next_edition() == "kept"
    assert (pair.mine / NAME).read_bytes() == before


def test_what_an_earlier_record_says_still_counts(pair: Pair) -> None:
    handed_out = course_copy._bytes_digest(pair.mine / NAME)
    record = CourseCopy(pair.course, pair.mine)
    record._write_record({**record._read_record(), NAME: handed_out})
    assert pair.next_edition() == "updated"


@pytest.mark.parametrize("text", ["", "[]", '{"cells": 3, "metadata": {}}', '{"cells": [{}], "metadata": {}}', "\0"])
def test_a_notebook_that_cannot_be_read_is_somebodys_work(pair: Pair, text: str) -> None:
    (pair.mine / NAME).write_text(text)
    assert pair.next_edition() == "kept"
    assert (pair.mine / NAME).read_text() == text
