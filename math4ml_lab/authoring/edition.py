"""The learner's edition of a course, file by file. All is read; a module runs only where it is stripped."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from math4ml_lab import catalogue, wire
from math4ml_lab.authoring import notebooks, package
from math4ml_lab.authoring.folders import Folder, modules_in
from math4ml_lab.authoring.prover import run_apart
from math4ml_lab.authoring.strip import strip
from math4ml_lab.course_folder import course_files
from math4ml_lab.errors import CatalogueError
from math4ml_lab.importing.modules import SOLUTION
from math4ml_lab.installed import COURSE
from math4ml_lab.place import Loaded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from math4ml_lab.authoring.folders import Module
    from math4ml_lab.course import Course

BATTERY, ANSWERS = ".battery.json", ".answers.json"


class Parts(Struct, frozen=True):
    """What is stripped: `solutions` are the code of solutions and mistakes, `hidden` the hidden checks."""

    solutions: bool = False
    hidden: bool = False

    @property
    def any(self) -> bool:
        """Whether anything is."""
        return self.solutions or self.hidden


class Entry(Struct, frozen=True):
    """One exercise in both editions; the learner's is the author's own where nothing is stripped."""

    module: Module
    author: Loaded
    learner: Loaded
    left_out: list[str] = []
    stay: list[str] = []

    @property
    def is_changed(self) -> bool:
        """Whether the editions differ."""
        return self.author.source != self.learner.source


class Edition(Struct):
    """What was found of a course: the files of its learner's edition by name, its exercises, what is wrong."""

    course: Course | None = None
    files: dict[str, bytes] = {}
    entries: list[Entry] = []
    left_out: list[str] = []
    findings: list[wire.Finding] = []

    @property
    def has_errors(self) -> bool:
        """Whether anything has to be mended before it can be published."""
        return any(finding.severity == "error" for finding in self.findings)


async def edition(root: Path, parts: Parts, version: str) -> Edition:
    """Return the learner's edition of the course in a folder."""
    found = Edition()
    modules = _read(root, found)
    if found.course is None or found.has_errors:
        return found
    for module in modules:
        await _add(module, parts, found)
    found.findings += _given_away(found.entries)
    if not found.has_errors:
        _fill(root, version, found.course, found)
    return found


# -- Reading -----------------------------------------------------------------------------------------------


def _read(root: Path, found: Edition) -> list[Module]:
    """Return the modules of a course's units; what keeps it from being published is found."""
    toml = root / "course.toml"
    try:
        found.course = catalogue.read_course(toml.read_text(encoding="utf-8"))
    except (CatalogueError, OSError, UnicodeDecodeError) as error:
        problems = error.problems if isinstance(error, CatalogueError) else []
        found.findings += [wire.Finding("error", str(toml), one.line, one.message, one.fix) for one in problems]
        if not problems:
            found.findings.append(_error(toml, f"it cannot be read: {error}", "write it as UTF-8 text"))
        return []
    for unit in found.course.units:
        if not (root / unit.notebook).is_file():
            found.findings.append(_error(toml, f"there is no notebook {unit.notebook!r}", "mend the unit's notebook"))
    modules: list[Module] = []
    for parent in sorted({(root / unit.notebook).parent for unit in found.course.units}):
        folder, paths = Folder(parent), modules_in(parent)
        found.findings += [*folder.findings, *folder.unmatched(paths)]
        modules += [folder.module(path) for path in paths]
    for module in modules:
        found.findings += [*module.findings, *_unfrozen(module)]
    found.findings = list(dict.fromkeys(found.findings))  # course.toml is read once a folder
    if found.course.name == COURSE:
        told = f"the course that comes with this package is named {COURSE!r}, too: installed, one hides the other"
        fix = "give it another name in course.toml, if others are to install it"
        found.findings.append(wire.Finding("warning", str(toml), 1, told, fix))
    return modules


def _unfrozen(module: Module) -> Iterator[wire.Finding]:
    """Yield that a battery is missing, or is another one's."""
    if module.loaded is None:
        return
    calls = [node.value for node in ast.parse(module.loaded.source).body if isinstance(node, ast.Expr)]
    drawn = {
        word.arg for call in calls if isinstance(call, ast.Call) and ast.unparse(call.func).endswith("inputs")
        for word in call.keywords
    } - {"size"}  # fmt: skip
    battery, fix = module.loaded.battery, f"run jupyter math4ml verify {module.path}"
    if drawn and battery is None:
        yield _error(module.path, "its battery is not frozen", fix)
    elif battery is not None and f'"inputs": "{module.loaded.exercise.inputs_digest}"' not in battery:
        yield _error(module.path, "its frozen battery is stale", fix)


def _given_away(entries: list[Entry]) -> Iterator[wire.Finding]:
    """Yield where an imported module hands out the solution that came with its source."""
    for entry in entries:
        lines = entry.learner.source.splitlines()
        if SOLUTION in lines:
            told = "the source's own solution stands in it as a comment, which goes to learners as well"
            fix = "delete the comment in the module, if learners must not see it"
            yield wire.Finding("warning", str(entry.module.path), lines.index(SOLUTION) + 1, told, fix)


def _error(path: Path, message: str, fix: str) -> wire.Finding:
    return wire.Finding("error", str(path), 1, message, fix)


# -- Exercises ---------------------------------------------------------------------------------------------


async def _add(module: Module, parts: Parts, found: Edition) -> None:
    author = module.loaded
    if author is None:  # its findings say why
        return
    if not parts.any:
        found.entries.append(Entry(module, author, author))
        return
    if author.exercise.stripped:
        fix = "publish the author's edition of the course"
        found.findings.append(_error(module.path, "it is stripped already", fix))
        return
    name, battery = author.exercise.name, author.battery
    stripped = strip(author.source, author.exercise, solutions=parts.solutions, hidden=parts.hidden)
    if not parts.solutions and not stripped.left_out:
        found.entries.append(Entry(module, author, author))
        return
    try:
        exercise, answers = catalogue.read_exercise(stripped.text, name), None
    except CatalogueError as error:  # only hidden tests were there
        message = f"without {', '.join(stripped.left_out)} it is no exercise: {error.problems[0].message}"
        fix = "let a test stand, or publish without --strip checks:hidden"
        found.findings.append(_error(module.path, message, fix))
        return
    if parts.solutions:
        asked = {"name": name, "source": author.source, "battery": battery, "stripped": stripped.text}
        told = await run_apart(asked)
        if told.get("error") is not None:
            message = f"the answers of its solution cannot be recorded: {told['error']}"
            fix = told.get("fix") or f"run jupyter math4ml verify {module.path}"
            found.findings.append(_error(module.path, message, fix))
            return
        answers = str(told["answers"])
    learner = Loaded(exercise, stripped.text, battery, answers)
    found.entries.append(Entry(module, author, learner, stripped.left_out, stripped.stay))


# -- Files -------------------------------------------------------------------------------------------------


def _fill(root: Path, version: str, course: Course, found: Edition) -> None:
    """Put all files of the edition together."""
    units = {Path(unit.notebook).as_posix() for unit in course.units}
    entries = {entry.module.path.resolve().relative_to(root.resolve()).as_posix(): entry for entry in found.entries}
    starters = {entry.author.exercise.name: entry.learner.exercise.starter for entry in found.entries}
    others = {path.relative_to(root).as_posix() for folder in root.rglob("*") if folder.is_dir()
              for path in modules_in(folder)} - entries.keys()  # fmt: skip
    for name in course_files(root):
        path = root / name
        entry = entries.get(name)
        if entry is not None:
            stem = name.removesuffix(".py")
            found.files[name] = entry.learner.source.encode()
            if entry.learner.battery is not None:
                found.files[stem + BATTERY] = entry.learner.battery.encode()
            if entry.learner.answers is not None:
                found.files[stem + ANSWERS] = entry.learner.answers.encode()
        elif name in units:
            try:
                text = notebooks.cleared(path.read_text(encoding="utf-8"), course.name, starters)
                found.files[name] = text.encode()
            except (notebooks.UnreadNotebookError, UnicodeDecodeError) as error:
                found.findings.append(_error(path, str(error), "open it in JupyterLab and save it"))
        elif (
            path.suffix in (".ipynb", ".whl")
            or name in others
            or name == package.FILE
            or name.endswith((BATTERY, ANSWERS))
        ):
            if f"{name.removesuffix(BATTERY).removesuffix(ANSWERS)}.py" not in entries:
                found.left_out.append(name)
        else:
            found.files[name] = path.read_bytes()
    found.files[package.FILE] = package.pyproject(course, version, sorted(found.files)).encode()
