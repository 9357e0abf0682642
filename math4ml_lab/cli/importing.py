"""`jupyter math4ml import`: a course of another grader, as a course of ours, with a report."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from math4ml_lab.cli.counted import counted

if TYPE_CHECKING:
    from typing import NoReturn

    from math4ml_lab.importing.model import Kind
    from math4ml_lab.importing.report import ImportAnswer


@click.command("import")
@click.argument("source", type=click.Path(path_type=Path))
@click.argument("dest", type=click.Path(path_type=Path))
@click.option("--from", "kind", type=click.Choice(["okpy", "otter", "nbgrader"]),
              help="The grader that the source is for; found out where it is not given.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of words.")
def command(*, source: Path, dest: Path, kind: Kind | None, as_json: bool) -> None:
    """Import a course for okpy, otter or nbgrader from SOURCE into the new folder DEST.

    SOURCE is a folder, or one notebook. It is read as text: nothing of it is imported or run, and no network is asked.
    The report says of each question what came over, what was changed, what could not and why; it is printed in short,
    and stands in DEST as import-report.md. Exit codes: 0 the course was written, 1 it was not, 2 bad usage or input.
    """
    # The readers load nbformat, which no other command needs.
    from math4ml_lab.importing import report  # noqa: PLC0415
    from math4ml_lab.importing.courses import import_course  # noqa: PLC0415
    from math4ml_lab.importing.model import SourceError  # noqa: PLC0415

    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # titles know more letters than some terminals
    folder = dest.expanduser().absolute()
    _refuse_existing(folder)
    try:
        made = import_course(source.expanduser(), folder.name, kind)
    except SourceError as error:
        _refuse(error.message, error.fix)
    told = report.answer(made, str(folder))
    files = {**made.files, report.REPORT: report.markdown(told).encode("utf-8", "replace")}
    try:
        _write(folder, files)
    except OSError as error:
        click.echo(f"{error.filename or folder}: {error.strerror}\n  Name a folder that can be written.", err=True)
        sys.exit(1)
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(told), indent=1).decode())
    else:
        _say(told)


def _refuse_existing(folder: Path) -> None:
    """Refuse a folder that holds anything: an import never writes over what is there."""
    try:
        holds = folder.exists() and (not folder.is_dir() or any(folder.iterdir()))
    except OSError as error:
        _refuse(f"{folder}: {error.strerror}", "Name a new folder.")
    if holds:
        _refuse(f"{folder} exists already.", "Name a new folder: an import writes over nothing.")


def _write(folder: Path, files: dict[str, bytes]) -> None:
    for name, data in sorted(files.items()):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as new:
            new.write(data)


def _say(told: ImportAnswer) -> None:
    from math4ml_lab.importing import report  # noqa: PLC0415 (as above)

    found = f", found out: {told.detected}" if told.detected else ""
    click.echo(f"Imported from {told.kind}{found}")
    for book in told.notebooks:
        whole = [question for question in book.questions if question.exercise]
        count = len(book.questions)
        click.echo(f"  {book.notebook}: {len(whole)} of {counted(count, 'question')}")
        for question in book.questions:
            if not question.exercise:
                why = "; ".join(note.text for note in question.notes if note.state == "left")
                click.echo(f"    {question.question}: {why}")
            elif question.flaky:
                click.echo(f"    {question.question}: flaky, {question.flaky}")
        needed = [name for name, questions in book.libraries.items() if questions]
        if needed:
            click.echo(f"    checks need {', '.join(needed)}")
    for skipped in told.skipped:
        click.echo(f"  {skipped.source} left out: {skipped.why}")
    click.echo(report.summary(told))
    click.echo(f"The course is in {told.folder}, what was changed and left out in {report.REPORT}.")


def _refuse(message: str, fix: str) -> NoReturn:
    click.echo(f"{message}\n  {fix}", err=True)
    sys.exit(2)
