"""The text of exercise modules and of course.toml."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from math4ml_lab.importing import asking, names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from math4ml_lab.importing.model import Book, Claim, Question

SOLUTION = "# The solution of the source:"
"""The line above an author's solution, which is a comment."""
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def module_text(question: Question) -> str:
    """Return the module of a question: its settings and its claims, the source's solution as a comment."""
    uses = sorted({"exercise", *(claim.kind for claim in question.claims)})
    settings = [
        f"points={question.points:g}",
        f"answers={_list(question.answers)}",
        *([f"starter={_text(question.cell['source'])}"] if question.cell is not None else []),
        *([f"flaky={_text(question.flaky)}"] if question.flaky else []),
    ]
    parts = [
        _doc(question.title, question.hints) + "\n",
        f"from math4ml_lab.exercise import {', '.join(uses)}\n",
        "exercise(\n" + "".join(f"    {setting},\n" for setting in settings) + ")",
        *(_claim(claim, question) for claim in question.claims),
        *([_solution(question.solution)] if question.solution else []),
    ]
    return _CONTROL.sub("", "\n".join(parts)) + "\n"


def course_text(name: str, title: str, books: Sequence[Book], origin: dict[str, str]) -> str:
    """Return course.toml, with where the course came from."""
    lines = [f"name = {_toml(name)}", f"title = {_toml(title)}"]
    for book in books:
        tags = [question.tag for question in book.questions if question.tag]
        heading = book.title or _heading(book) or book.unit.replace("-", " ")
        lines += ["", "[[units]]", f"name = {_toml(book.unit)}", f"title = {_toml(heading)}"]
        lines += [f"notebook = {_toml(notebook_path(book.unit))}"]
        lines += ["exercises = [", *(f"    {_toml(tag)}," for tag in tags), "]"] if tags else ["exercises = []"]
    lines += ["", "[imported]", *(f"{key} = {_toml(value)}" for key, value in origin.items())]
    return "\n".join(lines) + "\n"


def folder_of(unit: str) -> str:
    """Return the folder of a unit."""
    return unit.replace("-", "_")


def notebook_path(unit: str) -> str:
    """Return where a unit's notebook stands in the course."""
    return f"{folder_of(unit)}/{folder_of(unit)}.ipynb"


def _claim(claim: Claim, question: Question) -> str:
    wanted = names.reads_text(f"{claim.setup}\n{asking.code_of(claim.kind, claim.text)}")
    elsewhere = [name for name in wanted if name not in question.answers]
    arguments = [
        _doc(claim.title, claim.hints, indent="    "),
        _text(claim.text),
        *([f"setup={_text(claim.setup)}"] if claim.setup else []),
        *([f"names={_list(elsewhere)}"] if elsewhere else []),
        *(["hidden=True"] if claim.hidden else []),
    ]
    return f"\n{claim.kind}(\n" + "".join(f"    {argument},\n" for argument in arguments) + ")"


def _solution(text: str) -> str:
    lines = ["", SOLUTION, *(f"# {line}".rstrip() for line in text.strip("\n").split("\n"))]
    return "\n".join(lines)


def _doc(title: str, hints: Sequence[str], indent: str = "") -> str:
    lines = [
        asking.one_line(title) or "The answer",
        *(f"{indent}- {' '.join(hint.split())}" for hint in hints if hint.strip()),
    ]
    return _text("\n".join(lines))


def _text(text: str) -> str:
    """Return a text as a literal, raw and in its lines where that is possible."""
    clean = _CONTROL.sub("", text)
    if "\n" not in clean and "\\" not in clean:
        return repr(clean) if '"' in clean else f'"{clean}"'
    for quotes in ('"""', "'''"):
        if quotes not in clean and not clean.endswith((quotes[0], "\\")):
            return f"{'r' if chr(92) in clean else ''}{quotes}{clean}{quotes}"
    return repr(clean)


def _list(items: Sequence[str]) -> str:
    return "[" + ", ".join(f'"{item}"' for item in items) + "]"


def _toml(text: str) -> str:
    """Return a TOML string: JSON's escapes are among TOML's, but for a lone surrogate and DEL."""
    return json.dumps(text.encode("utf-8", "replace").decode(), ensure_ascii=False).replace("\x7f", "")


def _heading(book: Book) -> str:
    """Return the first heading of a notebook."""
    for cell in book.cells:
        found = re.search(r"^#\s+(\S.*)$", cell["source"], re.MULTILINE) if cell["cell_type"] == "markdown" else None
        if found and not re.match(r"(?i)set-?\s?up\b", found[1]):
            return asking.one_line(found[1])
    return ""
