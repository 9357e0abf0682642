"""`jupyter math4ml publish`: a course as learners get it, in a folder that others can install."""

from __future__ import annotations

import asyncio
import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from math4ml_lab.authoring import package
from math4ml_lab.cli.counted import counted
from math4ml_lab.cli.verify import INTERRUPTED, finding_line

if TYPE_CHECKING:
    from math4ml_lab.authoring.publishing import Published

PARTS = {"solutions": "solutions", "checks:hidden": "hidden"}


def _version(_context: click.Context, _option: click.Parameter, value: str) -> str:
    if not package.is_version(value):
        raise click.BadParameter(f"{value!r} is no version: write numbers such as 1.0 or 2026.1.")
    return value


@click.command("publish")
@click.argument("course", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--strip", "strip", multiple=True, type=click.Choice(list(PARTS)),
              help="Leave out the code of solutions and mistakes, or hidden checks. May be repeated.")  # fmt: skip
@click.option("--version", "version", default="1.0", show_default=True, callback=_version, metavar="VERSION",
              help="The version of the package.")  # fmt: skip
@click.option("--wheel", is_flag=True, help="Build a wheel in OUT/dist as well; needs hatchling.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of words.")
def command(  # noqa: PLR0913 (each is an option)
    *, course: Path, out: Path, strip: tuple[str, ...], version: str, wheel: bool, as_json: bool
) -> None:
    """Write the learner's edition of the course in the folder COURSE to OUT.

    Notebooks lose their outputs and hold the starters; modules and batteries go along. OUT is a package: others run
    pip install OUT, or install its wheel. By default modules go whole, so that answers are within a learner's reach;
    with --strip solutions their batteries go with recorded answers instead, and both editions have to give the same
    verdicts. Exit codes: 0 published, 1 something is to be mended and nothing was written, 2 bad usage or input.

    \b
    jupyter math4ml publish my-course my-course-for-learners
    jupyter math4ml publish my-course out --strip solutions --strip checks:hidden --wheel
    """
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        told = asyncio.run(_publish(course, out, set(strip), version, wheel=wheel))
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except OSError as error:
        raise click.ClickException(str(error)) from None
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(told), indent=1).decode())
    else:
        _show(told)
    sys.exit(0 if told.written else 2 if told.unfit else 1)


async def _publish(course: Path, out: Path, strip: set[str], version: str, *, wheel: bool) -> Published:
    # Jupyter takes a second to load, and no other command needs it.
    from math4ml_lab.authoring.edition import Parts  # noqa: PLC0415
    from math4ml_lab.authoring.publishing import publish  # noqa: PLC0415

    errors = Console(stderr=True)
    bars = Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
        console=errors, transient=True, disable=not errors.is_terminal,
    )  # fmt: skip
    tasks = {}

    def progress(path: Path, done: int, total: int) -> None:
        if path not in tasks:
            tasks[path] = bars.add_task(path.stem)
        bars.update(tasks[path], completed=done, total=total, visible=done < total)

    parts = Parts(**{PARTS[name]: True for name in strip})
    with bars:
        return await publish(course, out, parts=parts, version=version, wheel=wheel, progress=progress)


def _show(told: Published) -> None:
    console = Console(highlight=False, markup=False, emoji=False)
    for one in told.exercises:
        facts = [
            *(["stripped"] if one.stripped else []),
            *(["without " + ", ".join(one.left_out)] if one.left_out else []),
            *([f"the same verdicts on {counted(one.compared, 'answer')}"] if one.compared and told.written else []),
            *([f"{', '.join(one.stay)} stay, which a solution or a mistake uses"] if one.stay else []),
        ]
        console.print(f"  {one.exercise}: {'; '.join(facts) or 'whole'}", soft_wrap=True)
    for name in told.left_out:
        console.print(f"  left out: {name}", soft_wrap=True)
    for finding in told.findings:
        console.print(finding_line(finding), soft_wrap=True)
    if not told.written:
        console.print("Nothing was written.")
        return
    console.print(f"{told.course} is published in {told.out}: {counted(len(told.files), 'file')}.", soft_wrap=True)
    console.print(f"  pip install {told.wheel or told.out}", soft_wrap=True)
