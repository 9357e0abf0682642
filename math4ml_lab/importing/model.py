"""What an importer reads out of a source, whatever its kind: notebooks, questions, claims, and notes on each."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal["okpy", "otter", "nbgrader"]
State = Literal["came", "changed", "left"]
Cell = dict[str, Any]
Notebook = dict[str, Any]


class SourceError(Exception):
    """A source cannot be imported: `message` says what is wrong, `fix` the next step."""

    def __init__(self, message: str, fix: str) -> None:
        self.message = message
        self.fix = fix
        super().__init__(message)


@dataclass(frozen=True)
class Note:
    """One line of the report: what came over, what was changed, what was left out, and why."""

    state: State
    text: str


class Notes(list[Note]):
    """Notes in the order in which they were made; the same one twice counts once."""

    def _add(self, state: State, text: str) -> None:
        note = Note(state, text)
        if note not in self:
            self.append(note)

    def came(self, text: str) -> None:
        """Say what came over as it was."""
        self._add("came", text)

    def changed(self, text: str) -> None:
        """Say what is not as it was, and why."""
        self._add("changed", text)

    def left(self, text: str) -> None:
        """Say what did not come over, and why."""
        self._add("left", text)


@dataclass
class Claim:
    """One test: doctest prompts (`transcript`), or statements that must not raise (`script`)."""

    kind: Literal["transcript", "script"]
    title: str
    text: str
    hints: list[str] = field(default_factory=list)
    setup: str = ""
    hidden: bool = False


@dataclass
class Question:
    """One question: `cell` is where it is answered, if anywhere; `by_hand` says that a person grades it."""

    name: str
    points: float = 1
    title: str = ""
    claims: list[Claim] = field(default_factory=list)
    hints: list[str] = field(default_factory=list)
    solution: str = ""
    flaky: str = ""
    cell: Cell | None = None
    tag: str = ""
    answers: list[str] = field(default_factory=list)
    by_hand: bool = False
    notes: Notes = field(default_factory=Notes)


@dataclass
class Book:
    """One notebook: `path` is where it stands in the source, `files` what has to stand beside it."""

    path: str
    notebook: Notebook
    unit: str = ""
    title: str = ""
    questions: list[Question] = field(default_factory=list)
    notes: Notes = field(default_factory=Notes)
    files: dict[str, bytes] = field(default_factory=dict)
    modules: dict[str, list[str]] = field(default_factory=dict)
    """Libraries that the notebook imports, each with the questions that need it."""

    @property
    def cells(self) -> list[Cell]:
        """The cells, to be changed in place."""
        cells: list[Cell] = self.notebook["cells"]
        return cells


def counted(count: float, noun: str) -> str:
    """Return a number with its noun."""
    return f"{count:g} {noun}{'s' * (count != 1)}"
