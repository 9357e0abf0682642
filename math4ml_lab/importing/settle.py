"""What questions of every kind go through: their answer cells, titles, hints, tags, and names from elsewhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from math4ml_lab.course import is_tag
from math4ml_lab.importing import asking, cells, names
from math4ml_lab.importing.model import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from math4ml_lab.importing.model import Book, Cell, Question
    from math4ml_lab.importing.stripping import Call

_OLD_WORDS = re.compile(r"grader\.|\bok\.grade\b|\b(?:wandb|okpy|otter|nbgrader)\b|Weights & Biases", re.IGNORECASE)


_GRADES = re.compile(r"#.*\b(?:test|tests|grade|grader|check|do not|don't|just run|run this)\b", re.IGNORECASE)
_PLAIN_FOLDERS = frozenset(("student", "autograder", "source", "release", "dist", "src", "notebooks", "assignments"))
"""Folders whose names say nothing of what is in them."""


def libraries(book: Book) -> set[str]:
    """Return the names that a notebook imports."""
    return {bound for cell in book.cells for _, bound in names.imports(cells.statements(cell))}


def defined(notebook: Sequence[Cell]) -> set[str]:
    """Return the names that cells bind."""
    return {name for cell in notebook for name in cells.bound(cell)}


def place(book: Book, questions: dict[str, Question], calls: Sequence[Call]) -> None:
    """Find the answer cell of each question that is graded somewhere, with its title and hints.

    It is looked for between the call before and the question's own.
    """
    start, end = 0, 0
    hinted: list[Cell] = []
    known = defined(book.cells)
    emptied = [call.cell for call in calls if _is_spent(call.cell["source"])]
    for call in calls:
        if call.index >= end:  # a cell may grade several questions
            start, end = end, call.index + 1
        question = questions[call.question]
        if question.cell is not None:
            continue
        between = [cell for cell in book.cells[start:end] if not any(cell is one for one in [*emptied, *hinted])]
        cell = asking.answer_cell(between, asking.used(question), known)
        if cell is None:
            question.notes.changed(f"the call in cell {call.index + 1} is gone: no cell before it is an answer")
            continue
        asked = between[: next(number for number, one in enumerate(between, 1) if one is cell)]
        hinted += asking.after(book.cells[end:])
        describe(question, cell, asked, [*between[len(asked) :], *asking.after(book.cells[end:])])
    book.notebook["cells"] = [cell for cell in book.cells if not any(cell is one for one in emptied)]
    share(list(questions.values()))


def share(questions: Sequence[Question]) -> None:
    """Give questions without a cell of their own the answer cell of an earlier one that they test as well."""
    before: list[Cell] = []
    for question in questions:
        if question.cell is not None:
            before.append(question.cell)
        elif question.claims and (cell := asking.answer_cell(before, asking.used(question), defined(before))):
            describe(question, cell, [], [])
            question.notes.changed("it has no cell of its own: it tests the answer to an earlier question")


def describe(question: Question, cell: Cell, before: Sequence[Cell], behind: Sequence[Cell]) -> None:
    """Give a question its answer cell, and what the notebook says around it."""
    question.cell = cell
    question.title = asking.title(before) or question.title or question.name
    question.hints = asking.hints([*before, *behind])
    if question.hints:
        what = counted(len(question.hints), "hint")
        question.notes.came(f"{what} of the notebook, on the ladder as well: the text keeps it")


def _is_spent(text: str) -> bool:
    """Tell whether nothing is left of a cell that graded, or a comment that says no more than that it does."""
    return not text.strip() or (cells.says_nothing(text) and _GRADES.search(text) is not None)


def name_units(books: Sequence[Book]) -> None:
    """Give each notebook a unit's name: its folder's where it is alone there, else its own too."""
    folders = [book.path.rpartition("/")[0] for book in books]
    for book, folder in zip(books, folders, strict=True):
        own = slug(book.path.rpartition("/")[2].removesuffix(".ipynb"))
        above = slug(re.sub(r"^[0-9]+[\s._-]*(?=[A-Za-z])", "", folder.rpartition("/")[2]))
        book.unit = (
            own if not above or above in _PLAIN_FOLDERS else above if folders.count(folder) == 1 else f"{above}-{own}"
        )
    taken: set[str] = set()
    for book in books:
        wanted, number = book.unit, 2
        while book.unit in taken:
            book.unit, number = f"{wanted}-{number}", number + 1
        taken.add(book.unit)


def name_exercises(book: Book, taken: set[str]) -> None:
    """Give each question its tag, tag its cell, and say which names it needs from elsewhere."""
    known = defined(book.cells)
    has_star = any(bound == "*" for cell in book.cells for _, bound in names.imports(cells.statements(cell)))
    for question in book.questions:
        if question.by_hand:
            continue
        if question.cell is None or not question.claims:
            why = "no cell answers it" if question.claims else "there is no test that could be imported"
            question.notes.left(f"the question is no exercise: {why}")
            continue
        wanted = asking.used(question)
        bound = cells.bound(question.cell)
        question.answers = [name for name in bound if name in wanted]
        if not question.answers:
            question.answers = [name for name in wanted if name not in known]
        if not question.answers:
            question.notes.left("the question is no exercise: its tests use no name that its answer defines")
            question.cell = None
            continue
        lost = [name for name in wanted if name not in known and name not in question.answers]
        if lost:
            told = ", ".join(f"`{name}`" for name in lost)
            maybe = " by name; an `import *` may bring it" if has_star else ""
            question.notes.changed(f"nothing in the notebook defines {told}{maybe}")
        if cells.plain(question.cell["source"]) is None:
            question.notes.changed("its stub is no Python: the names that it assigns were read off its lines")
        # Reading a starter drops blanks in empty lines, and the cell must be the same text.
        question.cell["source"] = re.sub(r"^[ \t]+$", "", question.cell["source"], flags=re.MULTILINE).strip("\n")
        _hide_titles(question)
        _tell_hidden(question)
        question.tag = _unique(f"{book.unit}-{slug(question.name)}", taken)
        tags = question.cell["metadata"].setdefault("tags", [])
        tags.append(f"exercise:{question.tag}")


def _hide_titles(question: Question) -> None:
    """Give hidden claims titles that do not tell what is tested."""
    hidden = [claim for claim in question.claims if claim.hidden]
    for number, claim in enumerate(hidden, 1):
        if not claim.title.endswith("(hidden tests)"):
            claim.title = f"Hidden test {number} holds" if len(hidden) > 1 else "The hidden test holds"


def _tell_hidden(question: Question) -> None:
    hidden = sum(claim.hidden for claim in question.claims)
    if hidden:
        them = "it counts, and learners are told of it" if hidden == 1 else "they count, and learners are told of each"
        question.notes.came(f"{counted(hidden, 'hidden test')}: {them} only whether it holds")


def tell_old_words(book: Book) -> None:
    """Say which texts still speak of the old grader."""
    found = [str(i) for i, cell in enumerate(book.cells, 1)
             if cell["cell_type"] == "markdown" and _OLD_WORDS.search(cell["source"])]  # fmt: skip
    if found:
        book.notes.left(f"texts that still speak of the old grader, in cells {', '.join(found)}: read and mend them")


def slug(text: str) -> str:
    """Return a name of small letters, digits and hyphens; "" where nothing is left."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:60].strip("-")


def _unique(wanted: str, taken: set[str]) -> str:
    name, number = wanted, 2
    while name in taken or not is_tag(name):
        name, number = f"{wanted if is_tag(wanted) else 'exercise'}-{number}", number + 1
    taken.add(name)
    return name
