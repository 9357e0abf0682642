"""`jupyter math4ml progress`: the learner's own record, handed out and erased."""

from __future__ import annotations

import os
import sys
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from math4ml_lab import wire
from math4ml_lab.attempts import PLACE, UNREAD, AttemptStore
from math4ml_lab.cli.counted import counted

if TYPE_CHECKING:
    from typing import NoReturn


class Exported(wire.Wire, frozen=True):
    """What `export FILE --json` prints: how many rows of each kind were written there."""

    record: str
    file: str
    attempts: int
    hints: int
    answers: int


class Erased(wire.Wire, frozen=True):
    """What `erase --json` prints."""

    record: str
    course: str | None
    rows: int


@click.group("progress")
def command() -> None:
    """Hand out or erase your own record.

    The record holds your attempts with their text, the hints that you opened, and your answers to questions. It is a
    file of yours, and nobody else is told of it.
    """


store_option = click.option(
    "--store", type=click.Path(path_type=Path), metavar="PATH",
    help="The record's file; by default the one in Jupyter's data folder.",
)  # fmt: skip
json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of words.")


@command.command("export")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@json_option
@store_option
def export(*, file: Path | None, as_json: bool, store: Path | None) -> None:
    """Write the whole record to FILE as JSON; without FILE, print it.

    A file that exists already is left alone. Exit codes: 0 good, 1 it cannot be read or written, 2 bad usage or input.
    """
    path = _existing(store)
    if file is not None and file.exists():
        _refuse(f"{file} exists already.", "Name a new file.")
    with closing(AttemptStore(path)) as record:
        rows = record.everything()
        problems = _problems(record)
    answer = wire.RecordAnswer(attempts=rows["attempt"], hints=rows["hint"], answers=rows["answer"])
    text = msgspec.json.format(msgspec.json.encode(answer), indent=1)
    if file is None:
        click.echo(text)
    else:
        _write(file, text + b"\n")
        counts = len(answer.attempts), len(answer.hints), len(answer.answers)
        if as_json:
            _print(Exported(str(path), str(file), *counts))
        else:
            attempts, hints, answers = map(counted, counts, ("attempt", "hint", "answer"))
            click.echo(f"{attempts}, {hints} and {answers} written to {file}")
    _end(problems)


@command.command("erase")
@click.option("--course", metavar="NAME", help="Erase what is kept of this course alone.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@json_option
@store_option
def erase(*, course: str | None, yes: bool, as_json: bool, store: Path | None) -> None:
    """Erase the record, or what it holds of one course.

    Nothing of it can be had back. Exit codes: 0 good, 1 it was not erased, 2 bad usage or input.
    """
    path = _existing(store)
    if not yes and as_json:
        raise click.UsageError("With --json nothing is asked: add --yes.")
    if not yes:
        what = (
            f"what is kept of the course {course!r} in {path}" if course is not None else f"all that is kept in {path}"
        )
        click.confirm(f"Erase {what}?", abort=True)
    with closing(AttemptStore(path)) as record:
        known = record.everything(course)
        is_read = record.path is not None and record.unread == 0
        if course is not None and not any(known.values()) and is_read:
            _refuse(f"The record holds nothing of a course {course!r}.", f"It holds: {_courses(record)}.")
        count = record.erase(course)
        problems = _problems(record)
    if as_json:
        _print(Erased(str(path), course, count))
    elif not problems:
        click.echo(f"{counted(count, 'row')} erased from {path}")
    _end(problems)


def _existing(store: Path | None) -> Path:
    """Return the record's path; refuse one where there is none, since opening it would make it."""
    path = store if store is not None else _default()
    if not path.is_file():
        fix = "Check an exercise first." if store is None else "Name a record: a file *.sqlite."
        _refuse(f"There is no record {path}.", fix)
    return path


def _default() -> Path:
    # Jupyter takes a while to load, and no other command needs it.
    from jupyter_core.paths import jupyter_data_dir  # noqa: PLC0415

    return Path(jupyter_data_dir()) / PLACE


def _write(file: Path, text: bytes) -> None:
    """Write a new file that nobody else may read: answers are nobody else's business."""
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as new:
            new.write(text)
    except OSError as error:
        with suppress(OSError):
            if error.filename is None:  # it could be made, but not written
                file.unlink()
        click.echo(f"{file}: {error.strerror}\n  Name a file that can be written.", err=True)
        sys.exit(1)


def _problems(record: AttemptStore) -> list[str]:
    return [*record.problems, *[UNREAD] * (record.unread > 0)]


def _courses(record: AttemptStore) -> str:
    names = {str(row["course"]) for rows in record.everything().values() for row in rows}
    return ", ".join(sorted(names)) or "nothing"


def _print(answer: wire.Wire) -> None:
    click.echo(msgspec.json.format(msgspec.json.encode(answer), indent=1).decode())


def _refuse(message: str, fix: str) -> NoReturn:
    click.echo(f"{message}\n  {fix}", err=True)
    sys.exit(2)


def _end(problems: list[str]) -> None:
    """Say what was wrong with the record's file, if anything."""
    for problem in problems:
        click.echo(problem, err=True)
    sys.exit(1 if problems else 0)
