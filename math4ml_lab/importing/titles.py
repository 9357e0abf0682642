"""Titles that only number an exercise, "Part A": what it is about comes from a heading above it, or from its names."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from math4ml_lab.importing import asking

if TYPE_CHECKING:
    from collections.abc import Iterator

    from math4ml_lab.importing.model import Book, Question

_POINTS = re.compile(r"\s*[(\[][^()\[\]]*\b(?:points?|pts?|marks?)\b[^()\[\]]*[)\]]", re.IGNORECASE)
_NUMBER = r"(?:\d+[a-z]?|[ivx]+|[a-z])"
_LABEL = re.compile(
    rf"(?:(?:question|problem|exercise|part|section|task|q)\s*)?[(#]?{_NUMBER}(?:[._-]{_NUMBER})*\)?", re.IGNORECASE
)
_HEADING = re.compile(r"^(?P<level>#{1,6})\s+(?P<words>\S.*?)\s*#*\s*$", re.MULTILINE)
_FENCED = re.compile(r"^(```|~~~).*?(?:^\1|\Z)", re.MULTILINE | re.DOTALL)


def tell_apart(book: Book) -> None:
    """Say in the titles of a notebook's exercises what each is about, where they only number it, or are alike."""
    made = [question for question in book.questions if question.tag]
    counts = Counter(question.title for question in made)
    for question in made:
        label = _label(question)
        if label is None and counts[question.title] == 1:
            continue
        answer = f"`{question.answers[0]}`"
        above = _above(book, question) if label is not None else ""
        if above:
            question.title = f"{above}: {answer if label == question.name else label}"
        elif not any(re.search(rf"\b{re.escape(name)}\b", question.title) for name in question.answers):
            question.title = f"{label or question.title.rstrip(' .:')}: {answer}"


def _label(question: Question) -> str | None:
    """Return a title that only numbers the question, without its points; None for any other."""
    bare = _POINTS.sub("", question.title).strip(" .:")
    return bare if bare == question.name or _LABEL.fullmatch(bare) else None


def _above(book: Book, question: Question) -> str:
    """Return the heading under which an answer stands and that says more than a number; "" for none.

    The notebook's own title says nothing of one of its exercises.
    """
    index = next((number for number, cell in enumerate(book.cells) if cell is question.cell), 0)
    headings = list(_headings(book, index))
    within = 7
    for level, words in reversed(headings[1:] if headings and headings[0][0] == 1 else headings):
        if level < within:
            bare = _POINTS.sub("", words).strip(" .:")
            if not _LABEL.fullmatch(bare):
                return asking.one_line(bare)
            within = level
    return ""


def _headings(book: Book, end: int) -> Iterator[tuple[int, str]]:
    for cell in book.cells[:end]:
        if cell["cell_type"] == "markdown":
            for found in _HEADING.finditer(_FENCED.sub("", cell["source"])):
                yield len(found["level"]), found["words"]
