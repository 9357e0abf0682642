"""The report of an import: what came over, what was changed, what could not, and why; as data and in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from math4ml_lab import wire
from math4ml_lab.importing import modules
from math4ml_lab.importing.model import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from math4ml_lab.importing.courses import Imported
    from math4ml_lab.importing.model import Notes

REPORT = "import-report.md"
HEADINGS = {"came": "Came over", "changed": "Changed", "left": "Left out"}
NO_MISTAKES = (
    "Imported exercises have tests alone: no solution and no known mistakes, so no wrong answer is recognised, nothing"
    " is revealed, and what a test does not look at passes. A solution that"
    " came with the source is a comment in its module: delete it before learners get the module."
)


class NoteTold(wire.Wire, frozen=True):
    """One line: what came over, was changed or was left out."""

    state: Literal["came", "changed", "left"]
    text: str


class QuestionTold(wire.Wire, frozen=True):
    """A question of the source, and the exercise that it became, None for none."""

    question: str
    title: str
    exercise: str | None
    points: float
    checks: int
    graded_by_hand: bool
    flaky: str | None
    notes: list[NoteTold]


class NotebookTold(wire.Wire, frozen=True):
    """A notebook that came over; `libraries` have the questions that need each of them."""

    source: str
    notebook: str
    unit: str
    libraries: dict[str, list[str]]
    notes: list[NoteTold]
    questions: list[QuestionTold]


class SkippedTold(wire.Wire, frozen=True):
    """A notebook that did not come over, and why."""

    source: str
    why: str


class ImportSummary(wire.Wire, frozen=True):
    """How many questions there are, how many became exercises, and how many a person has to grade."""

    questions: int
    exercises: int
    graded_by_hand: int


class ImportAnswer(wire.Wire, frozen=True):
    """What `jupyter math4ml import --json` prints; `detected` is what the kind was found out by, if it was."""

    kind: Literal["okpy", "otter", "nbgrader"]
    detected: str | None
    course: str
    folder: str
    origin: dict[str, str]
    notebooks: list[NotebookTold]
    skipped: list[SkippedTold]
    summary: ImportSummary


def answer(made: Imported, folder: str) -> ImportAnswer:
    """Return an import as data; `folder` is where it stands."""
    questions = made.questions
    return ImportAnswer(
        kind=made.kind,
        detected=made.detected or None,
        course=made.name,
        folder=folder,
        origin=made.origin,
        notebooks=[
            NotebookTold(
                source=book.path,
                notebook=modules.notebook_path(book.unit),
                unit=book.unit,
                libraries=dict(sorted(book.modules.items())),
                notes=_told(book.notes),
                questions=[
                    QuestionTold(
                        question=question.name,
                        title=question.title,
                        exercise=question.tag or None,
                        points=question.points,
                        checks=len(question.claims) if question.tag else 0,
                        graded_by_hand=question.by_hand,
                        flaky=question.flaky or None,
                        notes=_told(question.notes),
                    )
                    for question in book.questions
                ],
            )
            for book in made.books
        ],
        skipped=[SkippedTold(path, why) for path, why in made.skipped],
        summary=ImportSummary(
            questions=len(questions),
            exercises=sum(bool(question.tag) for question in questions),
            graded_by_hand=sum(question.by_hand for question in questions),
        ),
    )


def summary(told: ImportAnswer) -> str:
    """Say how many questions became exercises."""
    count = told.summary
    hand = f"; {count.graded_by_hand} are graded by hand" if count.graded_by_hand else ""
    verb = "is an exercise" if count.exercises == 1 else "are exercises"
    return f"{count.exercises} of {counted(count.questions, 'question')} {verb}{hand}."


def markdown(told: ImportAnswer) -> str:
    """Return the report as a page."""
    return "\n".join(_lines(told)) + "\n"


def _lines(told: ImportAnswer) -> Iterator[str]:
    yield f"# Imported from {told.kind}"
    yield ""
    yield summary(told)
    if told.detected:
        yield f"The kind was found out: {told.detected}."
    for key, value in told.origin.items():
        if key != "kind":
            yield f"- {key}: `{value}`"
    yield ""
    yield NO_MISTAKES
    for book in told.notebooks:
        yield from ["", f"## {book.unit}", "", f"`{book.source}` became `{book.notebook}`.", ""]
        yield from _notes(book.notes)
        for library, needed in book.libraries.items():
            by = f"needed by the checks of {', '.join(needed)}" if needed else "no check needs it"
            yield f"- Library `{library}`: {by}"
        for question in book.questions:
            became = f"`{question.exercise}`" if question.exercise else "no exercise"
            yield from ["", f"### {question.question}: {became}", "", question.title, ""]
            if question.exercise:
                yield f"- {counted(question.checks, 'check')}, {counted(question.points, 'point')}"
            yield from _notes(question.notes)
    if told.skipped:
        yield from ["", "## Notebooks that were left out", ""]
        yield from (f"- `{one.source}`: {one.why}" for one in told.skipped)


def _notes(notes: list[NoteTold]) -> Iterator[str]:
    for state, heading in HEADINGS.items():
        yield from (f"- {heading}: {note.text}" for note in notes if note.state == state)


def _told(notes: Notes) -> list[NoteTold]:
    return [NoteTold(note.state, note.text) for note in notes]
