"""A learner's copy of a course: brought up to date without ever touching the learner's work."""

import hashlib
import json
import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path

from math4ml_lab.catalogue import read_course
from math4ml_lab.course_folder import course_files
from math4ml_lab.errors import CatalogueError

RECORD = ".math4ml-course.json"


@dataclass
class Copied:
    """What was done, file by file, as paths relative to the course."""

    added: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)


class CourseCopy:
    """The copy of the course in `source` that stands in `folder`.

    A record in the folder holds the digest of each file as it was handed out: what still has it was not changed.
    Of notebooks only the work in them counts: JupyterLab writes into each one that is opened.
    """

    def __init__(self, source: Path, folder: Path) -> None:
        self.source = source
        self.folder = folder

    def bring_up_to_date(self) -> Copied:
        """Add what is missing, renew what the learner did not change, keep the rest."""
        if self.folder.exists() and not self.folder.is_dir():
            raise NotADirectoryError(self.folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        handed_out = self._read_record()
        copied = Copied()
        for name in course_files(self.source):
            self._bring(name, handed_out, copied)
        self._write_record(handed_out)
        return copied

    def _bring(self, name: str, handed_out: dict[str, str], copied: Copied) -> None:
        original, copy = self.source / name, self.folder / name
        digest = _digest(original)
        if not os.path.lexists(copy):
            copied.added.append(name)
        elif not copy.is_file():
            copied.kept.append(name)
            return
        else:
            present = _digest(copy)
            if present == digest:
                handed_out[name] = digest
                return
            if handed_out.get(name) not in {present, _bytes_digest(copy)}:
                copied.kept.append(name)
                return
            copied.updated.append(name)
        _copy_file(original, copy)
        handed_out[name] = digest

    def _read_record(self) -> dict[str, str]:
        try:
            record = json.loads((self.folder / RECORD).read_text(encoding="utf-8"))
        except (OSError, ValueError):  # without a record nothing counts as unchanged, so everything is kept
            return {}
        return {str(name): str(digest) for name, digest in record.items()} if isinstance(record, dict) else {}

    def _write_record(self, handed_out: dict[str, str]) -> None:
        text = json.dumps(handed_out, indent=1, sort_keys=True) + "\n"
        (self.folder / RECORD).write_text(text, encoding="utf-8")


def first_notebook(folder: Path) -> Path | None:
    """Return the course's first notebook, relative to `folder`: of the first unit that has one."""
    notebooks = [path.relative_to(folder) for path in sorted(folder.glob("*/*.ipynb"))]
    try:
        units = read_course((folder / "course.toml").read_text(encoding="utf-8")).units
    except (OSError, ValueError, CatalogueError):  # the learner may have edited it; Lab opens all the same
        units = []
    named = [book for unit in units for book in notebooks if unit.notebook in {book.name, book.as_posix()}]
    return next(iter([*named, *notebooks]), None)


def _digest(path: Path) -> str:
    work = _work(path) if path.suffix == ".ipynb" else None
    return _bytes_digest(path) if work is None else hashlib.sha256(json.dumps(work).encode()).hexdigest()


def _bytes_digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _work(path: Path) -> list[list[object]] | None:
    """Return what somebody wrote into a notebook, cell by cell; None where that cannot be told.

    Left out is what opening, running and saving write: outputs, counts, ids, formats, kernels, a blank cell at the end.
    """
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
        cells: list[list[object]] = [
            [
                cell["cell_type"],
                "".join(cell["source"]).rstrip(),
                sorted(cell["metadata"].get("tags", ())),
                cell.get("attachments") or {},
            ]
            for cell in notebook["cells"]
        ]
        while cells and cells[-1] == ["code", "", [], {}]:
            cells.pop()
        return [[notebook["metadata"].get("math4ml")], *cells]
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _copy_file(original: Path, copy: Path) -> None:
    """Copy the bytes alone: a course installed read-only must still give files that one can write."""
    copy.parent.mkdir(parents=True, exist_ok=True)
    part = copy.with_name(f".{copy.name}.part")
    shutil.copyfile(original, part)
    part.replace(copy)
