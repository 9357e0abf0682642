"""From a source to the files of a course: which kind it is, each notebook read, the report."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from math4ml_lab.catalogue import read_course, read_exercise
from math4ml_lab.course import module_file
from math4ml_lab.errors import CatalogueError
from math4ml_lab.importing import beside, modules, nbgrader, notebooks, okpy, otter, settle, titles
from math4ml_lab.importing.folder import Folder
from math4ml_lab.importing.model import Book, SourceError

if TYPE_CHECKING:
    from math4ml_lab.importing.model import Kind, Question

_EDITIONS = {"release": "source", "autograder": "student"}
"""Folders of editions that the graders make, and which other one is imported."""
READERS = {"okpy": okpy.read, "otter": otter.read, "nbgrader": nbgrader.read}


@dataclass
class Imported:
    """A course as files, and what has to be said of it."""

    kind: Kind
    detected: str
    name: str
    origin: dict[str, str]
    books: list[Book] = field(default_factory=list)
    skipped: list[tuple[str, str]] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)

    @property
    def questions(self) -> list[Question]:
        """All questions of all notebooks."""
        return [question for book in self.books for question in book.questions]


def import_course(source: Path, name: str, kind: Kind | None = None) -> Imported:
    """Read a source and return the course that it becomes; raise SourceError. Nothing is written."""
    folder = Folder(source)
    found: list[str] = folder.notebooks()
    if not found:
        raise SourceError(f"There is no notebook in {str(source)!r}.", "Name the folder of a course, or one notebook.")
    why = ""
    if kind is None:
        kind, why = detect(folder, found)
    made = Imported(kind, why, settle.slug(name) or "imported", {"kind": kind, **folder.origin()})
    for path in found:
        twin = _twin(path, found)
        if twin is not None:
            made.skipped.append((path, f"it is another edition of {twin}"))
        else:
            _read(made, folder, path)
    if not made.books:
        told = "; ".join(f"{path}: {reason}" for path, reason in made.skipped[:3])
        raise SourceError(f"No notebook there has a question for {kind} ({told}).", "Name another kind with --from.")
    settle.name_units(made.books)
    taken: set[str] = set()
    for book in made.books:
        beside.gather(book, folder)
        settle.name_exercises(book, taken)
        titles.tell_apart(book)
        notebooks.tidy(book.notebook, book.notes)
        settle.tell_old_words(book)
        _write(made, book)
    licence = folder.licence()
    if licence is not None and (text := folder.data(licence)) is not None:
        made.files[licence] = text
    listing = modules.course_text(made.name, _title(folder, source), made.books, made.origin)
    read_course(listing)
    made.files["course.toml"] = listing.encode()
    return made


def detect(folder: Folder, found: list[str]) -> tuple[Kind, str]:
    """Return which kind of grader the notebooks are for, and what says so; raise SourceError."""
    for path in found:
        try:
            notebook = notebooks.load(folder.text(path) or "", path)
        except SourceError:
            continue
        texts = [cell["source"] for cell in notebook["cells"]]
        if any("nbgrader" in cell["metadata"] for cell in notebook["cells"]):
            return "nbgrader", f"{path} has cells with nbgrader's metadata"
        if "otter" in notebook["metadata"] or any(_is_otter(text) for text in texts):
            return "otter", f"{path} is written for otter"
        if any(re.search(r"\.grade\(\s*[\"']", text) for text in texts):
            return "okpy", f"{path} calls grade(…)"
    fix = "Name it with --from okpy, otter or nbgrader, if it is one of these."
    raise SourceError("No notebook there says which grader it is for.", fix)


def _twin(path: str, found: list[str]) -> str | None:
    """Return the edition of a notebook that is imported in its place, None for none."""
    parts = path.split("/")
    for other, chosen in _EDITIONS.items():
        if other in parts[:-1]:
            twin = "/".join(chosen if part == other else part for part in parts)
            return twin if twin in found else None
    return None


def _is_otter(text: str) -> bool:
    return (
        re.search(r"^# ASSIGNMENT CONFIG|^# BEGIN QUESTION|^\s*import otter\b|^\s*from otter", text, re.MULTILINE)
        is not None
    )


def _read(made: Imported, folder: Folder, path: str) -> None:
    """Read one notebook, or say why it is left out."""
    try:
        notebook = notebooks.load(folder.text(path) or "", path)
        if not notebooks.is_python(notebook):
            made.skipped.append((path, "its language is not Python"))
            return
        book = READERS[made.kind](folder, path)
    except SourceError as error:
        made.skipped.append((path, error.message))
        return
    if book.questions:
        made.books.append(book)
    else:
        told = "; ".join(note.text for note in book.notes)
        made.skipped.append((path, "it has no graded question" + (f" ({told})" if told else "")))


def _write(made: Imported, book: Book) -> None:
    folder = modules.folder_of(book.unit)
    for question in book.questions:
        if not question.tag or question.cell is None:
            continue
        text = modules.module_text(question)
        try:
            read_exercise(text, question.tag)
        except CatalogueError as error:
            question.notes.left(f"the question is no exercise: {error}")
            question.cell["metadata"]["tags"].remove(f"exercise:{question.tag}")
            question.tag = ""
            continue
        made.files[f"{folder}/{module_file(question.tag)}"] = text.encode()
    made.files[modules.notebook_path(book.unit)] = notebooks.write(book.notebook, made.name, book.unit)
    for target, data in book.files.items():
        path = f"{folder}/{target}"
        if path in made.files:
            book.notes.left(f"`{target}`: an exercise has this name")
        else:
            made.files[path] = data


def _title(folder: Folder, source: Path) -> str:
    """Return a course's title: the first heading of its README, else the name of its folder."""
    for name in ("README.md", "readme.md", "Readme.md"):
        heading = re.search(r"^#\s+(\S.*)$", folder.text(name) or "", re.MULTILINE)
        if heading:
            return heading[1].strip()
    return PurePosixPath(source.resolve().as_posix()).name.removesuffix(".ipynb").replace("_", " ").replace("-", " ")
