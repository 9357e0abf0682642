"""Errors of the domain: each says what is wrong, by name and line, and the next step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Sequence

_TOLD = 5
"""Problems that the text of an error lists; the rest is counted."""


class ModuleProblem(Struct, frozen=True):
    """One thing that an author has to mend; `line` counts from 1."""

    line: int
    message: str
    fix: str


class CatalogueError(Exception):
    """A file of a course cannot be used: `file` names it, `problems` holds all that is wrong with it, by line."""

    def __init__(self, file: str, problems: Sequence[ModuleProblem]) -> None:
        self.file = file
        self.problems = sorted(problems, key=lambda problem: problem.line)
        super().__init__(self._text())

    def _text(self) -> str:
        told = [f"{self.file}, line {p.line}: {p.message}: {p.fix}." for p in self.problems[:_TOLD]]
        more = len(self.problems) - _TOLD
        return "\n".join([*told, f"and {more} more."] if more > 0 else told)


class UnknownLadderError(Exception):
    """A hint was asked for on a ladder that the exercise does not have; `message` and `fix` are sentences."""

    def __init__(self, exercise: str, key: str) -> None:
        self.message = f"The exercise {exercise!r} has no hints named {key!r}."
        self.fix = "Check the cell again: the exercise may have changed."
        super().__init__(self.message)


class UnfitAnswerError(Exception):
    """What was said is no answer to the question; `message` and `fix` are sentences."""

    def __init__(self, message: str, fix: str) -> None:
        self.message = message
        self.fix = fix
        super().__init__(message)
