"""What is to be proven below some paths, and whether notebooks and modules match. Files are read, nothing is run."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

import nbformat
from msgspec import Struct

from math4ml_lab import catalogue, hints, wire
from math4ml_lab.authoring import proof
from math4ml_lab.errors import CatalogueError
from math4ml_lab.module_settings import LONGEST
from math4ml_lab.place import Loaded, Place, of_its_own, placed
from math4ml_lab.server.plans import tags_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from math4ml_lab.course import Course, Exercise, Videos

MARK = "math4ml_lab.exercise"
"""What a file holds that is the module of an exercise."""
_MOST = 2**26
"""Characters that are looked through for it."""


class Module(Struct, frozen=True):
    """One module: what was read, or the findings that say why it cannot be."""

    path: Path
    place: Place
    loaded: Loaded | None
    findings: list[wire.Finding]


class Folder:
    """The modules and notebooks of one folder, and the course that it belongs to."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.findings: list[wire.Finding] = []
        self.course: Course | None = None
        self._root = next((root for root in (path, path.parent) if (root / "course.toml").is_file()), path)
        self._videos_text = _text(self._root / "videos.toml") or ""
        self._videos: Videos = catalogue.read_videos("")
        try:
            self._videos = catalogue.read_videos(self._videos_text)
            text = _text(self._root / "course.toml")
            self.course = catalogue.read_course(text) if text is not None else None
        except CatalogueError as error:
            self.findings += _findings(error, self._root / error.file)
        self.notebooks = {book: _tags(book, self.findings) for book in sorted(path.glob("*.ipynb"))}

    def module(self, path: Path) -> Module:
        """Read a module; whatever is wrong with it is among its findings."""
        name = path.stem.replace("_", "-")
        place = self._place()
        try:
            with path.open(encoding="utf-8") as file:  # no more of a huge one than shows that it is
                source = file.read(LONGEST + 1)
            exercise = catalogue.read_exercise(source, name, self._videos)
        except CatalogueError as error:
            return Module(path, place, None, _findings(error, path))
        except (OSError, UnicodeDecodeError) as error:
            told = wire.Finding("error", str(path), 1, f"the module cannot be read: {error}", "write it as UTF-8 text")
            return Module(path, place, None, [told])
        battery = _text(path.with_suffix(".battery.json"))
        answers = _text(path.with_suffix(".answers.json"), _MOST) if exercise.stripped else None
        return Module(path, place, Loaded(exercise, source, battery, answers), list(self._clips(exercise, path)))

    def _place(self) -> Place:
        book = next(iter(self.notebooks), self.path / "none.ipynb")
        own = of_its_own(str(self.path), str(book), self._videos, self._videos_text)
        if self.course is None:
            return own
        root = str(self._root)
        return placed(root, str(book), self.course, self._videos, self._videos_text) or own

    def _clips(self, exercise: Exercise, path: Path) -> Iterator[wire.Finding]:
        """Yield the clips that begin after the end of their video."""
        refs = {ladder.clip for _, ladder in proof.ladders(exercise)} | {exercise.video}
        for ref in refs - {None}:
            length = getattr(self._videos.by_key.get(ref.key), "length", None) if ref is not None else None
            if ref is not None and length is not None and (ref.start or 0) >= hints.seconds(length):
                told = f"the clip {ref.key}@{ref.start} begins after the video's end, {length}"
                yield wire.Finding("error", str(path), 1, told, "look up the second, or leave it out")

    def unmatched(self, modules: Sequence[Path]) -> Iterator[wire.Finding]:
        """Yield tags without a module, modules without a tag, tags that stand twice, and what course.toml misses."""
        names = {path.stem.replace("_", "-") for path in modules}
        for book, tags in self.notebooks.items():
            for tag in dict.fromkeys(tags):
                course, _, name = tag.rpartition("/")
                if (not course or (self.course and course == self.course.name)) and name not in names:
                    told = f"the tag exercise:{tag} has no module {catalogue.module_file(name)}"
                    yield _wrong(book, told, f"write it (jupyter math4ml new {name}), or take the tag away")
                if tags.count(tag) > 1:
                    yield _wrong(book, f"two cells have the tag exercise:{tag}", "leave it on one of them")
        tagged = {tag.rpartition("/")[2] for tags in self.notebooks.values() for tag in tags}
        if self.notebooks:
            for path in modules:
                if path.stem.replace("_", "-") not in tagged:
                    fix = f"tag a cell with exercise:{path.stem.replace('_', '-')}"
                    yield _wrong(path, "no cell of a notebook beside it has its tag", fix)
        yield from self._unlisted()

    def _unlisted(self) -> Iterator[wire.Finding]:
        for unit in self.course.units if self.course else ():
            book = self._root / unit.notebook
            tags = [tag.rpartition("/")[2] for tag in self.notebooks.get(book, ())]
            if book in self.notebooks and tags != unit.exercises:
                fix = f"list them in the order of the cells: {', '.join(tags)}"
                yield _wrong(self._root / "course.toml", f"the exercises of {unit.name!r} are not its notebook's", fix)


def folders(paths: Sequence[Path]) -> tuple[dict[Path, list[Path]], list[Path]]:
    """Return the modules by folder that stand at or below the paths, and the paths where there are none."""
    found: dict[Path, list[Path]] = {}
    empty = []
    for path in paths:
        whole = path.resolve()
        modules = [whole] if whole.is_file() else [one for one in sorted(whole.rglob("*.py")) if _is_module(one, whole)]
        empty += [] if modules else [path]
        for module in modules:
            beside = found.setdefault(module.parent, [])
            beside += [] if module in beside else [module]
    return found, empty


def modules_in(folder: Path) -> list[Path]:
    """Return the modules of a folder, without those below it."""
    return [path for path in sorted(folder.glob("*.py")) if _is_module(path, folder)]


def _is_module(path: Path, root: Path) -> bool:
    hidden = any(part.startswith((".", "__")) for part in path.relative_to(root).parts)
    return not hidden and MARK in (_text(path, _MOST) or "")


def _text(path: Path, most: int = LONGEST + 1) -> str | None:
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            return file.read(most)
    except OSError:
        return None


def _tags(book: Path, findings: list[wire.Finding]) -> list[str]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            notebook: Any = nbformat.read(book, as_version=4)  # type: ignore[no-untyped-call]
        return [tag for cell in notebook.cells for tag in tags_of(cell)]
    except Exception as error:  # noqa: BLE001 (a notebook may hold anything)
        findings.append(_wrong(book, f"the notebook cannot be read: {error}"[:300], "open it and save it again"))
        return []


def _findings(error: CatalogueError, path: Path) -> list[wire.Finding]:
    return [wire.Finding("error", str(path), one.line, one.message, one.fix) for one in error.problems]


def _wrong(path: Path, message: str, fix: str) -> wire.Finding:
    return wire.Finding("error", str(path), 1, message, fix)
