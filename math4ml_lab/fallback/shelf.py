"""The exercises that a kernel can find by itself: modules in its folder, in the course around it, or installed.

Modules are read as text, anew each time: nothing of an exercise stays in the learner's process but what may be shown.
"""

from __future__ import annotations

import hashlib
import os
import posixpath
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from math4ml_lab import catalogue
from math4ml_lab.errors import CatalogueError
from math4ml_lab.installed import COURSE, find_course
from math4ml_lab.module_settings import LONGEST
from math4ml_lab.place import LOCAL, Loaded, Place, of_its_own, placed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_LISTED = 12
"""How many names a message lists."""


class NotFound(Exception):
    """What was asked for is not there; the text says what, and the next step."""


@dataclass(frozen=True)
class Known(Loaded):
    """An exercise as it may stay in the learner's process: without its text."""

    fixed: str = ""

    @property
    def digest(self) -> str:
        """The digest of the text that was read."""
        return self.fixed


class Shelf:
    """The exercises of one course, or of one folder; `unit` is the folder whose exercises come first."""

    def __init__(self, root: Path, unit: Path | None = None) -> None:
        self.root = root
        self.unit = unit
        self._read: dict[str, catalogue.Exercise] = {}
        toml, videos = _text(root / "course.toml"), _text(root / "videos.toml")
        self.course = catalogue.read_course(toml) if toml is not None else None
        self._videos_text = videos or ""
        self._videos = catalogue.read_videos(self._videos_text)

    @property
    def name(self) -> str:
        """The course's name."""
        return self.course.name if self.course else LOCAL

    @property
    def title(self) -> str:
        """What a learner calls it."""
        return self.course.title if self.course else f"the folder {self.root.name}"

    def names(self) -> list[str]:
        """Return all exercises, those of the unit first."""
        return [path.stem.replace("_", "-") for path in self._modules()]

    def named(self, name: str) -> list[Path]:
        """Return the modules of an exercise: of the unit, or else of all units that have one; raise NotFound."""
        split = catalogue.split_tag(name)
        if split is None or split[0] not in (None, self.name):
            raise NotFound(f"{name!r} names no exercise of {self.title}. {self._there()}")
        file = catalogue.module_file(split[1])
        found = [path for path in self._modules() if path.name == file]
        if not found:
            raise NotFound(f"There is no exercise {name!r} in {self.title}. {self._there()}")
        return self._nearest(found)

    def answering(self, names: Iterable[str]) -> dict[str, list[Path]]:
        """Return by name the modules that may ask for an answer of that name."""
        one = "|".join(map(re.escape, names))
        # A solution, or a name in quotes where there is none.
        wanted = re.compile(rf"^(?:def|class)[ \t]+({one})\b|[\"']({one})[\"']", re.MULTILINE)
        found: dict[str, list[Path]] = {}
        for path in self._modules():
            for name in {defined or quoted for defined, quoted in wanted.findall(_text(path) or "")}:
                found.setdefault(name, []).append(path)
        return found

    def load(self, path: Path) -> tuple[Place, Loaded]:
        """Return an exercise and its place; raise CatalogueError."""
        source, battery = _text(path) or "", _text(path.with_suffix(".battery.json"))
        key = hashlib.sha256(f"{path}\0{source}".encode()).hexdigest()
        if key not in self._read:
            self._read[key] = _without_code(catalogue.read_exercise(source, path.stem.replace("_", "-"), self._videos))
        return self._place(path.parent), Loaded(self._read[key], source, battery)

    def _place(self, folder: Path) -> Place:
        """Return the place of a folder's exercises: which notebook asks for them is not known here."""
        whole, notebook = os.path.realpath(folder), f"{folder.name}/{folder.name}.ipynb"
        if self.course is not None:
            below = folder.relative_to(self.root).as_posix()
            units = [unit.notebook for unit in self.course.units if posixpath.dirname(unit.notebook) == below]
            place = placed("", (units or [notebook])[0], self.course, self._videos, self._videos_text)
            if place is not None:
                return place
        return of_its_own(whole, notebook, self._videos, self._videos_text)

    def _modules(self) -> Iterator[Path]:
        units = self.root.glob("[!._]*") if self.course is not None else []
        folders = [self.root, *sorted(path for path in units if path.is_dir())]
        for folder in sorted(folders, key=lambda folder: folder != self.unit):
            for path in sorted(folder.glob("*.py")):
                if catalogue.is_tag(path.stem.replace("_", "-")) and _is_exercise(path):
                    yield path

    def _nearest(self, paths: list[Path]) -> list[Path]:
        return [path for path in paths if path.parent == self.unit] or paths

    def _there(self) -> str:
        names = self.names()
        more = f", and {len(names) - _LISTED} more" if len(names) > _LISTED else ""
        return f"It has {', '.join(names[:_LISTED])}{more}." if names else "It has none: choose %math4ml course PATH."


def shelf_at(folder: Path) -> Shelf | None:
    """Return what stands in a folder, or in the course that it is a unit of; None where no exercise does.

    Raise CatalogueError.
    """
    above = folder.parent
    if (folder / "course.toml").is_file():
        return Shelf(folder)
    shelf = Shelf(above, unit=folder) if (above / "course.toml").is_file() else Shelf(folder)
    return shelf if shelf.names() else None


def first_shelf(folder: Path) -> Shelf | None:
    """Return what a notebook in this folder is about: what stands there, else the course of this package."""
    shelf = shelf_at(folder)
    installed = find_course() if shelf is None else None
    return Shelf(installed) if installed is not None else shelf


def chosen_shelf(text: str, folder: Path, now: Shelf | None) -> Shelf:
    """Return the shelf that a learner names: a folder, an installed course, a unit; raise NotFound, CatalogueError."""
    path = (folder / text).expanduser()
    if path.is_dir():
        shelf = shelf_at(path.resolve())
        if shelf is None:
            raise NotFound(f"The folder {text!r} holds no exercise. Name one with course.toml, or with modules.")
        return shelf
    installed = find_course(text) if catalogue.is_tag(text) else None
    if installed is not None:
        return Shelf(installed)
    if now is not None and (now.root / text.replace("-", "_")).is_dir():
        return Shelf(now.root, unit=now.root / text.replace("-", "_"))
    raise NotFound(f"There is no folder, course or unit {text!r}. Name a folder with course.toml, or {COURSE}.")


def matching(shelf: Shelf, names: list[str]) -> tuple[list[Path], list[str]]:
    """Return the modules that a cell which defines these names answers, and what is ambiguous or broken, in lines."""
    found: dict[Path, None] = {}
    said: list[str] = []
    for name, paths in (shelf.answering(names) if names else {}).items():
        asking: dict[Path, set[str]] = {}
        for path in paths:
            try:
                asked = {answer.name for answer in shelf.load(path)[1].exercise.answers}
            except CatalogueError as error:
                said.append(f"An exercise is broken. {error}")
                continue
            if name in asked:
                asking[path] = asked
        best = _best(asking, set(names), shelf)
        if len(best) > 1:
            tags = [path.stem.replace("_", "-") for path in best]
            fix = f"Write # exercise: {tags[0]} in the cell's first line"
            said.append(
                f"{name!r} is asked for by {len(tags)} exercises: {', '.join(tags)}. {fix}, or another of them."
            )
        else:
            found.update(dict.fromkeys(best))
    return list(found), list(dict.fromkeys(said))


def _best(asking: dict[Path, set[str]], defined: set[str], shelf: Shelf) -> list[Path]:
    """Return the modules that fit best: of the unit, all of whose answers are there, the most of them."""
    here = [path for path in asking if path.parent == shelf.unit] or list(asking)
    full = [path for path in here if asking[path] <= defined] or here
    most = max((len(asking[path] & defined) for path in full), default=0)
    return [path for path in full if len(asking[path] & defined) == most]


def _without_code(exercise: catalogue.Exercise) -> catalogue.Exercise:
    """Return what may stay in the learner's process: no solution, no wrong one, no question that shows them."""
    mistakes = tuple(msgspec.structs.replace(mistake, source="") for mistake in exercise.mistakes)
    return msgspec.structs.replace(exercise, solution="", mistakes=mistakes, questions=())


def _is_exercise(path: Path) -> bool:
    text = _text(path)
    return text is not None and "math4ml_lab" in text and ("solution" in text or "script" in text)


def _text(path: Path) -> str | None:
    """Return a file's text, None where there is none that could be of a course."""
    try:
        return path.read_text(encoding="utf-8") if path.stat().st_size <= 4 * LONGEST else None
    except (OSError, ValueError):
        return None
