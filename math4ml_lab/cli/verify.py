"""`jupyter math4ml verify`: proves exercises in a real kernel, and freezes their batteries."""

from __future__ import annotations

import asyncio
import io
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table
from rich.text import Text

from math4ml_lab.cli.counted import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from math4ml_lab import wire

INTERRUPTED = 130
GLANCE = 0.5
"""Seconds between two looks at the files, with `--watch`."""
_STYLES = {"error": "red", "warning": "yellow"}


@click.command("verify")
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of words.")
@click.option("--watch", is_flag=True, help="Prove again whatever is saved, until Ctrl-C.")
@click.option("--seeds", type=click.IntRange(0, 1000), default=20, show_default=True,
              help="How many batteries to draw anew besides the frozen one.")  # fmt: skip
@click.option("--no-write", is_flag=True, help="Freeze nothing: a battery that is missing or stale is an error.")
@click.option("--quiet", is_flag=True, help="Print no matrix, only what is to be mended.")
def command(  # noqa: PLR0913 (each is an option)
    *, paths: tuple[Path, ...], as_json: bool, watch: bool, seeds: int, no_write: bool, quiet: bool
) -> None:
    """Prove the exercises of modules and folders; those of the folder where you are, without a PATH.

    In a fresh kernel the solution has to pass, the starter to count as not attempted, and every mistake to fail and be
    recognised, on the frozen inputs and on inputs drawn anew. Every check has to be failed by a mistake or by a small
    change of the solution. Batteries are frozen beside their modules. Exit codes: 0 proven, 1 something is to be
    mended, 2 there is nothing to prove. Warnings do not count.
    """
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # titles know more letters than some terminals
    verify = _Verify(seeds=seeds, write=not no_write, as_json=as_json, quiet=quiet)
    wanted = paths or (Path(),)
    try:
        code = asyncio.run(verify.again(wanted) if watch else verify.once(wanted))
    except KeyboardInterrupt:
        code = 0 if watch else INTERRUPTED
    sys.exit(code)


class _Verify:
    def __init__(self, *, seeds: int, write: bool, as_json: bool, quiet: bool) -> None:
        self._seeds = seeds
        self._write = write
        self._as_json = as_json
        self._quiet = quiet
        self._console = Console(highlight=False, markup=False, emoji=False)

    async def once(self, paths: Sequence[Path]) -> int:
        """Prove what is there, and return the exit code."""
        # Jupyter takes a second to load, and no other command needs it.
        from math4ml_lab.authoring.proving import prove  # noqa: PLC0415

        errors = Console(stderr=True)
        columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()
        bars = Progress(*columns, console=errors, transient=True, disable=not errors.is_terminal)
        tasks: dict[Path, int] = {}

        def progress(path: Path, done: int, total: int) -> None:
            if path not in tasks:
                tasks[path] = bars.add_task(path.stem)
            bars.update(tasks[path], completed=done, total=total, visible=done < total)  # type: ignore[arg-type]

        with bars:
            told = await prove(paths, seeds=self._seeds, write=self._write, progress=progress)
        self._show(told)
        if not told.proofs and all(finding.message.startswith("there is no") for finding in told.findings):
            return 2
        return int(any(finding.severity == "error" for finding in told.every()))

    async def again(self, paths: Sequence[Path]) -> int:
        """Prove what is there, then whatever changes."""
        seen = _times(paths)
        await self.once(paths)
        self._watching(seen)
        while True:
            await asyncio.sleep(GLANCE)
            now = _times(paths)
            changed = [path for path, at in now.items() if seen.get(path) != at]
            seen = now
            if changed:
                await self.once(changed)
                self._watching(now)

    # -- In words --

    def _watching(self, files: Mapping[Path, float]) -> None:
        click.echo(f"Watching {counted(len(files), 'file')}; Ctrl+C ends.", err=self._as_json)

    def _show(self, told: wire.Proofs) -> None:
        if self._as_json:
            click.echo(msgspec.json.format(msgspec.json.encode(told), indent=1).decode())
            return
        for proof in told.proofs:
            for part in _proof(proof, quiet=self._quiet):
                self._console.print(part, soft_wrap=True)
        for finding in told.findings:
            self._console.print(finding_line(finding), soft_wrap=True)
        every = told.every()
        counts = [(sum(one.severity == kind for one in every), kind) for kind in ("error", "warning")]
        words = ", ".join(counted(count, kind) for count, kind in counts)
        proven = sum(_is_tried(proof) and not _is_bad(proof) for proof in told.proofs)
        self._console.print(f"{proven} of {len(told.proofs)} proven; {words}.")


def _times(paths: Sequence[Path]) -> dict[Path, float]:
    from math4ml_lab.authoring.folders import folders  # noqa: PLC0415 (as above)

    found: dict[Path, float] = {}
    for path in (path for modules in folders(paths)[0].values() for path in modules):
        with suppress(OSError):  # it is being saved
            found[path] = path.stat().st_mtime
    return found


def _is_bad(proof: wire.Proof) -> bool:
    return any(one.severity == "error" for one in proof.findings)


def _is_tried(proof: wire.Proof) -> bool:
    """Tell whether there was a solution to try; a finding says why there was none."""
    return any(one.kind == "solution" for one in proof.tried)


def _proof(proof: wire.Proof, *, quiet: bool) -> Iterator[Text | Table]:
    bad = _is_bad(proof)
    own = [one for one in proof.tried if one.kind != "mutant"]
    mistakes, mutants = sum(one.kind == "mistake" for one in own), len(proof.tried) - len(own)
    facts = [
        counted(proof.inputs, "input"),
        *([counted(proof.seeds, "seed")] if proof.seeds else []),
        counted(mistakes, "mistake"),
        *([counted(mutants, "mutant")] if mutants else []),
        f"{proof.seconds:.1f} s",
    ]
    mark = ("✗ ", "red") if bad else ("✓ ", "green")
    if not bad and not _is_tried(proof):
        mark, facts = ("· ", "yellow"), ["nothing could be proven: no solution was tried"]
    yield Text.assemble(mark, (proof.exercise, "bold"), f"  {', '.join(facts)}")
    if not quiet and proof.claims and own:
        yield _matrix(proof, own)
    yield from (finding_line(one) for one in proof.findings)


def _matrix(proof: wire.Proof, own: Sequence[wire.Tried]) -> Table:
    """Return which answer fails which claim; the last line counts the mutants that do."""
    table = Table(box=None, padding=(0, 1), show_edge=False)
    table.add_column("", no_wrap=True)
    for claim in proof.claims:
        table.add_column(claim.name, justify="center", overflow="fold")
    table.add_column("found to be", no_wrap=True)
    for one in own:
        marks = [Text("✗", "red") if claim.name in one.failed else Text("·", "dim") for claim in proof.claims]
        table.add_row(f"  {one.name}", *marks, one.recognised or _outcome(one.outcome))
    mutants = [one for one in proof.tried if one.kind == "mutant"]
    if mutants:
        counts = [sum(claim.name in one.failed for one in mutants) for claim in proof.claims]
        table.add_row("  mutants", *(str(count or "·") for count in counts), "")
    return table


def _outcome(outcome: wire.Outcome) -> str:
    return str(msgspec.to_builtins(outcome)["kind"]).replace("_", " ")


def finding_line(finding: wire.Finding) -> Text:
    """Return a finding as a line, with its place and what mends it."""
    place = f"{_near(finding.file)}:{finding.line}"
    return Text.assemble(
        "  ", (finding.severity, _STYLES[finding.severity]), f" {place}: {finding.message}\n    {finding.fix}"
    )


def _near(file: str) -> str:
    """Return a path from here, where it is below."""
    path = Path(file)
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else file
