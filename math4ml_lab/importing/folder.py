"""A source as a folder of files that are only read: which notebooks it has, which modules stand beside them."""

from __future__ import annotations

import configparser
import os
import re
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from math4ml_lab.importing import names
from math4ml_lab.importing.model import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST = 20_000_000
"""Bytes of a file that is read or copied."""
_LEFT_OUT = frozenset((".ipynb_checkpoints", "__pycache__", "node_modules", "submitted", "autograded", "feedback",
                       "downloaded"))  # fmt: skip
"""Folders with copies and learners' work."""


class Folder:
    """The files below `root`; `only` is the one notebook that was asked for, where a file was."""

    def __init__(self, source: Path) -> None:
        if not source.exists():
            raise SourceError(f"There is no {str(source)!r}.", "Name the folder of a course, or one notebook.")
        if source.is_file() and source.suffix != ".ipynb":
            raise SourceError(f"{str(source)!r} is no notebook.", "Name the folder of a course, or a file *.ipynb.")
        self.only = source.name if source.is_file() else None
        self.root = (source.parent if source.is_file() else source).resolve()

    def notebooks(self) -> list[str]:
        """Return the notebooks in the order of their paths, relative and with slashes."""
        return [self.only] if self.only else [path for path in self._walk(".") if path.endswith(".ipynb")]

    def below(self, folder: str, pattern: str = "") -> list[str]:
        """Return the files below a folder; with a pattern, those whose path in it fits, part by part."""
        wanted = PurePosixPath(pattern).parts
        found = []
        for path in self._walk(folder):
            parts = PurePosixPath(path).relative_to(folder).parts
            if not wanted or (len(parts) == len(wanted) and all(map(fnmatchcase, parts, wanted))):
                found.append(path)
        return found

    def has(self, path: str) -> bool:
        """Tell whether there is such a file, inside the source."""
        return self._inside(path) is not None

    def data(self, path: str) -> bytes | None:
        """Return a file's bytes; None where there is none, or too many."""
        file = self._inside(path)
        try:
            return file.read_bytes() if file is not None and file.stat().st_size <= LARGEST else None
        except OSError:
            return None

    def text(self, path: str) -> str | None:
        """Return a file's text; None where it has none."""
        data = self.data(path)
        try:
            return None if data is None else data.decode("utf-8-sig")
        except UnicodeDecodeError:
            return None

    def module(self, name: str, notebook: str) -> str | None:
        """Return the file of a module that a notebook would import from its folder or one above; None for others."""
        folder = PurePosixPath(notebook).parent
        for place in [folder, *folder.parents]:
            stem = place.joinpath(*name.split("."))
            for path in (f"{stem}.py", f"{stem}/__init__.py"):
                if name and self.has(path):
                    return path
        return None

    def origin(self) -> dict[str, str]:
        """Return where the source came from, as the git repository around it says: `url`, `commit` and `path`."""
        for place in [self.root, *self.root.parents]:
            git = place / ".git"
            if git.is_dir():
                found = {"url": _remote(git), "commit": _commit(git), "path": self.root.relative_to(place).as_posix()}
                return {key: value for key, value in found.items() if value and value != "."}
        return {}

    def licence(self) -> str | None:
        """Return the name of the source's licence file, None where none stands at its top."""
        return next(
            (path for path in self._walk(".", deep=False) if re.match(r"(?i)(LICEN[CS]E|COPYING)\b", path)), None
        )

    def _inside(self, path: str) -> Path | None:
        file = self.root.joinpath(path)
        try:
            good = file.is_file() and file.resolve().is_relative_to(self.root)
        except (OSError, ValueError, RuntimeError):
            return None
        return file if good else None

    def _walk(self, folder: str, *, deep: bool = True) -> Iterator[str]:
        for place, folders, files in os.walk(self.root / folder):
            folders[:] = sorted(one for one in folders if deep and one not in _LEFT_OUT and not one.startswith("."))
            for file in sorted(files):
                path = (Path(place) / file).relative_to(self.root).as_posix()
                if not file.startswith(".") and self.has(path):
                    yield path


def local_imports(text: str) -> list[str]:
    """Return the modules that a file imports, relative ones with their dots."""
    tree = names.parse(text)
    return [module for module, _ in names.imports(tree.body)] if tree else []


def _remote(git: Path) -> str:
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    try:
        parser.read(git / "config", encoding="utf-8")
        url = parser.get('remote "origin"', "url", fallback="")
    except (configparser.Error, OSError, UnicodeDecodeError):
        return ""
    return re.sub(r"//[^/@]*@", "//", url)  # a token in an address is nobody's business


def _commit(git: Path) -> str:
    try:
        head = (git / "HEAD").read_text(encoding="utf-8").strip()
        name = head.removeprefix("ref: ")
        if name == head:
            return head
        if (git / name).is_file():
            return (git / name).read_text(encoding="utf-8").strip()
        packed = (git / "packed-refs").read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return ""
    return next((line.split(" ")[0] for line in packed if line.endswith(f" {name}")), "")
