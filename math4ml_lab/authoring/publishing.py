"""Publishes a course: its learner's edition in a folder of its own, and a wheel of it where one is wanted."""

from __future__ import annotations

import asyncio
import importlib.util
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from jupyter_client.kernelspec import KernelSpecManager

from math4ml_lab import wire
from math4ml_lab.authoring import package
from math4ml_lab.authoring.agreement import Agreement, agreement
from math4ml_lab.authoring.edition import Parts, edition
from math4ml_lab.authoring.given import given, needed
from math4ml_lab.authoring.prover import Prover
from math4ml_lab.authoring.proving import AT_ONCE
from math4ml_lab.server.clean import kernel_manager

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from math4ml_lab.authoring.edition import Entry
    from math4ml_lab.place import Loaded

WHEELS = "dist"
_EPOCH = "1577836800"
"""The time of a wheel's files, where SOURCE_DATE_EPOCH says none: the same bytes each time."""


class PublishedExercise(wire.Wire, frozen=True):
    """What became of an exercise: `left_out` are its parts that did not go along, `stay` functions that did.

    `compared` counts the answers on which both editions were found to give the same verdict.
    """

    exercise: str
    stripped: bool
    left_out: list[str]
    stay: list[str]
    compared: int


class Published(wire.Wire, frozen=True):
    """The learner's edition of a course: its files, what was left out, and what keeps it from being written.

    `unfit` says that the folders themselves will not do, or that hatchling is missing.
    """

    course: str
    out: str
    written: bool
    files: list[str]
    left_out: list[str]
    exercises: list[PublishedExercise]
    findings: list[wire.Finding]
    wheel: str | None = None
    unfit: bool = False


async def publish(  # noqa: PLR0913 (each is an option)
    root: Path, out: Path, *, parts: Parts, version: str = "1.0", wheel: bool = False,
    progress: Callable[[Path, int, int], None] = lambda *_: None,
) -> Published:  # fmt: skip
    """Write the learner's edition of a course to `out`; nothing is written where anything has to be mended."""
    unfit = [*_unfit(root, out), *_no_course(root), *([] if not wheel or _has_hatchling() else [_no_hatchling()])]
    if unfit:
        return Published(str(root), str(out), False, [], [], [], findings=unfit, unfit=True)  # noqa: FBT003
    found = await edition(root, parts, version)
    compared: dict[str, Agreement] = {}
    if not found.has_errors:
        compared = await _compared(found.entries, progress)
        found.findings += [finding for one in compared.values() for finding in one.findings]
    exercises = [
        PublishedExercise(
            exercise=(name := entry.author.exercise.name), stripped=entry.learner.exercise.stripped,
            left_out=entry.left_out, stay=entry.stay, compared=compared[name].answers if name in compared else 0,
        )
        for entry in found.entries
    ]  # fmt: skip
    made = None
    if not found.has_errors:
        write(out, found.files)
        made = await build_wheel(out) if wheel else None
    return Published(
        str(root), str(out), written=not found.has_errors, files=sorted(found.files), left_out=found.left_out,
        exercises=exercises, findings=found.findings, wheel=made,
    )  # fmt: skip


def _unfit(root: Path, out: Path) -> list[wire.Finding]:
    """Return why a folder cannot be written to."""
    inner, outer = out.resolve(), root.resolve()
    if out.exists() and not out.is_dir():
        told, fix = "it is a file", "name a folder that does not exist yet"
    elif out.is_dir() and any(out.iterdir()):
        told, fix = "it is not empty", "name a folder that does not exist yet, or empty this one"
    elif inner == outer or outer in inner.parents or inner in outer.parents:
        told, fix = "one of the two folders stands in the other", "publish to a folder beside the course"
    else:
        return []
    return [wire.Finding("error", str(out), 1, told, fix)]


def _no_course(root: Path) -> list[wire.Finding]:
    if (root / "course.toml").is_file():
        return []
    fix = "name the folder that holds course.toml, or write one with name, title and [[units]]"
    return [wire.Finding("error", str(root), 1, "there is no course.toml in it", fix)]


async def _compared(entries: list[Entry], progress: Callable[[Path, int, int], None]) -> dict[str, Agreement]:
    changed = [entry for entry in entries if entry.is_changed]
    if not changed:
        return {}
    prover, gate = Prover(kernel_manager(KernelSpecManager())), asyncio.Semaphore(AT_ONCE)

    def beside(folder: Path) -> Callable[[str], Awaitable[Loaded | None]]:
        async def load(name: str) -> Loaded | None:
            found = (one for one in entries if one.author.exercise.name == name and one.module.path.parent == folder)
            return next((one.author for one in found), None)

        return load

    async def one(entry: Entry) -> Agreement:
        path = entry.module.path
        async with gate:
            before = given(entry.author, await needed(entry.author.exercise, beside(path.parent)))
            return await agreement(prover, entry, lambda done, total: progress(path, done, total), before.cells)

    return {found.exercise: found for found in await asyncio.gather(*map(one, changed))}


def write(out: Path, files: Mapping[str, bytes]) -> None:
    """Write all files at once: a folder that is there is whole."""
    out.parent.mkdir(parents=True, exist_ok=True)
    part = Path(tempfile.mkdtemp(prefix=f".{out.name}.", dir=out.parent))
    try:
        for name, data in files.items():
            path = part / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        part.chmod(0o755)  # a temporary folder is nobody else's to read
        if out.exists():
            out.rmdir()  # it is empty
        part.rename(out)
    finally:
        shutil.rmtree(part, ignore_errors=True)


# -- The wheel ---------------------------------------------------------------------------------------------


def _has_hatchling() -> bool:
    return importlib.util.find_spec("hatchling") is not None


def _no_hatchling() -> wire.Finding:
    told = "a wheel is built with hatchling, which is not installed"
    fix = "run pip install hatchling, or leave --wheel out: pip wheel OUT fetches it by itself"
    return wire.Finding("error", package.FILE, 1, told, fix)


async def build_wheel(out: Path) -> str:
    """Build the wheel of a published course, and return its path."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", WHEELS, cwd=out,
        env={"SOURCE_DATE_EPOCH": _EPOCH, **os.environ},
        stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    _, told = await process.communicate()
    if process.returncode:
        raise OSError(f"hatchling could not build the wheel: {told.decode(errors='replace').strip()[-500:]}")
    return str(next((out / WHEELS).glob("*.whl")))
