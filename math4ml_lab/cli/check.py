"""`jupyter math4ml check`: a notebook's exercises, judged from the top in a fresh kernel, without a server."""

from __future__ import annotations

import asyncio
import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec
from rich.console import Console
from rich.progress import Progress
from rich.text import Text

from math4ml_lab import wire
from math4ml_lab.cli.counted import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from math4ml_lab.cli.headless import Headless
    from math4ml_lab.server.plans import Plan

INTERRUPTED = 130
"""The exit code after Ctrl-C, as shells have it."""
_STYLES = {"passed": "green", "not attempted": "yellow", "not run": "yellow"}


class Summary(wire.Wire, frozen=True):
    """How many exercises there are, and how many of them hold."""

    exercises: int
    passed: int


class CheckedNotebook(wire.Wire, frozen=True):
    """One notebook: a report on each exercise in the order of the cells, and how the run ended."""

    notebook: str
    state: str
    reports: list[wire.Report]
    errors: list[wire.CellError]
    notes: list[str]
    message: str | None
    summary: Summary


class BadInput(wire.Wire, frozen=True):
    """A path that could not be checked: what is wrong, and the next step."""

    notebook: str
    message: str
    fix: str


class CheckAnswer(wire.Wire, frozen=True):
    """What `--json` prints: `problems` are the paths that are not among the `notebooks`."""

    notebooks: list[CheckedNotebook]
    problems: list[BadInput]
    summary: Summary


@click.command("check")
@click.argument("notebooks", nargs=-1, required=True, metavar="NOTEBOOK...", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of words.")
@click.option("--time-limit", type=click.FloatRange(min=0.1), default=10.0, show_default=True, metavar="SECONDS",
              help="How long an answer may compute while it is checked.")  # fmt: skip
@click.option("--timeout", type=click.FloatRange(min=1.0), default=300.0, show_default=True, metavar="SECONDS",
              help="How long a notebook may run.")  # fmt: skip
@click.option("--kernel", metavar="NAME", help="Run in this kernel instead of the notebook's own.")
def command(
    *, notebooks: tuple[Path, ...], as_json: bool, time_limit: float, timeout: float, kernel: str | None
) -> None:
    """Check the exercises of notebooks, without a browser.

    A copy of each notebook runs from the top in a fresh kernel, and each exercise is judged when its cell has run.
    Nothing is written. Exit codes: 0 all exercises hold, 1 some do not, 2 bad usage or input; whatever is good among
    the input is judged all the same.
    """
    # Jupyter takes a second to load, and no other command needs it.
    from math4ml_lab.cli.headless import Headless  # noqa: PLC0415

    headless = Headless(kernel=kernel, time_limit=time_limit, run_limit=timeout)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # titles and answers know more letters than some terminals
    try:
        code = asyncio.run(_check(headless, notebooks, as_json=as_json))
    except KeyboardInterrupt:
        click.echo("Interrupted: the kernel was ended.", err=True)
        code = INTERRUPTED
    sys.exit(code)


async def _check(headless: Headless, paths: tuple[Path, ...], *, as_json: bool) -> int:
    plans, problems = await _plans(headless, paths)
    for problem in problems if not as_json else ():
        about = "" if repr(problem.notebook) in problem.message else f"{problem.notebook}: "
        click.echo(f"{about}{problem.message}\n  {problem.fix}", err=True)
    console = Console(highlight=False, markup=False, emoji=False)
    checked: list[CheckedNotebook] = []
    for path, plan in plans:
        answer = await _run(headless, path, plan)
        checked.append(_checked(str(path), answer))
        if not as_json:
            for line in _lines(checked[-1], plan):
                console.print(line, soft_wrap=True)
    total = Summary(sum(one.summary.exercises for one in checked), sum(one.summary.passed for one in checked))
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(CheckAnswer(checked, problems, total)), indent=1).decode())
    elif len(checked) > 1:
        console.print(f"In {len(checked)} notebooks: {_in_words(total)}", soft_wrap=True)
    if problems:
        return 2
    return 0 if total.passed == total.exercises and all(one.state == "done" for one in checked) else 1


async def _plans(headless: Headless, paths: tuple[Path, ...]) -> tuple[list[tuple[Path, Plan]], list[BadInput]]:
    """Return what there is to run, and what is wrong with the rest."""
    from math4ml_lab.server.refusals import Refused  # noqa: PLC0415 (as above)

    plans: list[tuple[Path, Plan]] = []
    problems = []
    for path in paths:
        try:
            plans.append((path, await headless.plan(path)))
        except Refused as refused:
            problems.append(BadInput(str(path), refused.message, refused.fix))
    return plans, problems


async def _run(headless: Headless, path: Path, plan: Plan) -> wire.CleanRunAnswer:
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        bar = progress.add_task(path.name, total=None)
        return await headless.run(path, plan, lambda done, total: progress.update(bar, completed=done, total=total))


def _checked(name: str, answer: wire.CleanRunAnswer) -> CheckedNotebook:
    passed = sum(isinstance(report.outcome, wire.Passed) for report in answer.reports)
    return CheckedNotebook(
        notebook=name,
        state=answer.state,
        reports=answer.reports,
        errors=answer.errors,
        notes=answer.notes,
        message=answer.message,
        summary=Summary(len(answer.reports), passed),
    )


# -- In words ----------------------------------------------------------------------------------------------


def _lines(checked: CheckedNotebook, plan: Plan) -> Iterator[Text]:
    yield Text(checked.notebook, "bold")
    for title, report in zip(plan.titles, checked.reports, strict=True):
        outcome, detail = _outcome(report.outcome)
        yield Text.assemble("  ", (f"{outcome:<14}", _STYLES.get(outcome, "red")), title, f": {detail}" * bool(detail))
        for check in report.checks:
            if check.state == "failed":
                yield from (Text(" " * 18 + line) for line in _claim(check))
        yield from (Text(" " * 18 + note, "dim") for note in report.notes)
    for error in checked.errors:
        where = f", line {error.line.number}: {error.line.text}" if error.line else ""
        yield Text.assemble("  ", (f"{'raised':<14}", "red"), f"cell {error.index + 1}{where}: {error.error}")
    told = {_outcome(report.outcome)[1] for report in checked.reports}
    yield from (Text(f"  {text}") for text in [*checked.notes, checked.message] if text and text not in told)
    yield Text(_in_words(checked.summary))


def _in_words(summary: Summary) -> str:
    noun, verb = ("exercise", "holds") if summary.exercises == 1 else ("exercises", "hold")
    return f"{summary.passed} of {summary.exercises} {noun} {verb}."


def _claim(check: wire.CheckResult) -> Iterator[str]:
    yield f"{check.title}: {check.measurement or 'it does not hold'}"
    if check.smallest_input:
        yield f"  on {check.smallest_input}"
    if check.observation:
        yield f"  {check.observation}"
    if check.line is not None:
        yield f"  {_line(check.line)}"


def _line(line: wire.Line) -> str:
    number = f"line {line.number}" if line.number is not None else "in another cell"
    return f"{number}: {line.text}"


def _where(line: wire.Line | None) -> str:
    return f" ({_line(line)})" if line is not None else ""


def _outcome(outcome: wire.Outcome) -> tuple[str, str]:
    """Return what became of an exercise, in words, and what more there is to say."""
    kind = str(msgspec.to_builtins(outcome)["kind"]).replace("_", " ")
    if isinstance(outcome, wire.Passed):
        return kind, f"on {counted(outcome.inputs, 'input')}" if outcome.inputs else ""
    if isinstance(outcome, wire.CellRaised):
        return kind, f"{outcome.error}{_where(outcome.line)}"
    if isinstance(outcome, wire.Lacks):
        what = "is not defined" if outcome.reason == "undefined" else "is not what the check needs"
        return kind, f"{', '.join(outcome.names)} {what}: run the cell that defines it"
    if isinstance(outcome, wire.TimedOut):
        on = f" on {outcome.smallest_input}" if outcome.smallest_input else ""
        return kind, f"still computing after {outcome.seconds:g} s{on}{_where(outcome.line)}"
    if isinstance(outcome, wire.OutOfMemory):
        return kind, f"wanted more than {outcome.megabytes} MB"
    if isinstance(outcome, wire.NoSnapshot):
        return kind, outcome.why
    if isinstance(outcome, wire.Broken):
        return kind, f"{outcome.message} {outcome.fix}"
    return kind, ""
