"""The modules beside a notebook, as their author sees them: listed, written, frozen. Files are read, never run."""

from __future__ import annotations

import keyword
import posixpath
import sys
from typing import TYPE_CHECKING, Any

from jupyter_core.utils import ensure_async
from tornado import web

from math4ml_lab import catalogue, wire
from math4ml_lab.authoring import scaffold
from math4ml_lab.authoring.folders import MARK
from math4ml_lab.errors import CatalogueError
from math4ml_lab.server.courses import plain_path
from math4ml_lab.server.refusals import Refused

if TYPE_CHECKING:
    from math4ml_lab.place import Loaded
    from math4ml_lab.server.courses import Courses, Place

_MOST = 2**24
"""Bytes of a file that is looked into."""
_TAKEN = frozenset((*sys.stdlib_module_names, *keyword.kwlist, "numpy", "math4ml_lab"))
"""What no module beside a notebook may be called: an import of the kernel's would find it instead."""


class Workshop:
    """Reads and writes the modules of a notebook's folder; `contents` is the server's contents manager."""

    def __init__(self, contents: Any, courses: Courses) -> None:
        self.courses = courses
        self._contents = contents

    async def look(self, request: wire.AuthorRequest, *, may_write: bool) -> wire.AuthorAnswer:
        """Return the modules beside a notebook; what is wrong with one is told of that one."""
        place = await self.courses.place(request.path)
        folder = await self._folder(place.folder)
        found = []
        for entry in sorted(folder["content"], key=lambda entry: str(entry["name"])):
            if entry["type"] == "file" and entry["name"].endswith(".py") and (entry.get("size") or 0) <= _MOST:
                text = await self.text(entry["path"])
                if text is not None and MARK in text:
                    found.append(_info(place, plain_path(entry["path"]), text))
        return wire.AuthorAnswer(found, is_writable=may_write and bool(folder.get("writable", True)))

    async def create(self, request: wire.ModuleRequest) -> wire.ModuleInfo:
        """Write the module of an exercise from what a cell defines; raise Refused where that cannot be, or must not."""
        name = request.exercise
        if not catalogue.is_tag(name):
            raise Refused(400, f"{name!r} is no name of an exercise.", "Take small letters, digits and hyphens: rank-k")
        file = catalogue.module_file(name)
        if file.removesuffix(".py") in _TAKEN:
            raise Refused(409, f"{file} would stand before a module that others import.", "Take another name.")
        place = await self.courses.place(request.path)
        path = posixpath.join(place.folder, file)
        if await ensure_async(self._contents.file_exists(path)):
            raise Refused(409, f"There is a file {path!r} already.", "Open it, or take another name.")
        text = _module(request.source)
        await self._save(path, text)
        return _info(place, path, text)

    async def freeze(self, place: Place, loaded: Loaded, battery: str | None) -> tuple[list[str], list[wire.Finding]]:
        """Write the battery of a module where another one stands; return what was done, and what could not be."""
        if loaded.battery == battery:
            return [], []
        module = module_path(place, loaded.exercise.name)
        path = module.removesuffix(".py") + ".battery.json"
        name = posixpath.basename(path)
        if await self.text(module) != loaded.source:
            fix = "prove it again"
            return [], [
                wire.Finding("warning", module, 1, "it was changed while it was proven: nothing is frozen", fix)
            ]
        try:
            if battery is None:
                await ensure_async(self._contents.delete(path))
                return [f"{name} was deleted: the module draws no inputs."], []
            await self._save(path, battery)
        except (Refused, web.HTTPError):
            return [], [self.unfrozen(place, loaded)]
        return [f"The inputs were frozen in {name}."], []

    @staticmethod
    def unfrozen(place: Place, loaded: Loaded) -> wire.Finding:
        """Say that a battery is not the module's and cannot be written."""
        told = "not frozen" if loaded.battery is None else "stale"
        message = f"its battery is {told}, and this folder may not be written to"
        fix = "prove it in a copy that is yours"
        return wire.Finding("error", module_path(place, loaded.exercise.name), 1, message, fix)

    async def is_writable(self, place: Place) -> bool:
        """Tell whether files may be written beside a notebook."""
        return bool((await self._folder(place.folder)).get("writable", True))

    async def _folder(self, folder: str) -> Any:
        try:
            return await ensure_async(self._contents.get(folder, content=True, type="directory"))
        except web.HTTPError as error:
            message = f"The folder {folder!r} cannot be listed: {error.log_message}"
            raise Refused(error.status_code, message, "Save the notebook, then try again.") from error

    async def text(self, path: str) -> str | None:
        """Return the text of a file, None where there is none."""
        try:
            model = await ensure_async(self._contents.get(path, content=True, type="file", format="text"))
        except web.HTTPError:
            return None
        return str(model["content"])

    async def _save(self, path: str, text: str) -> None:
        model = {"type": "file", "format": "text", "content": text}
        try:
            await ensure_async(self._contents.save(model, path))
        except (web.HTTPError, OSError) as error:
            raise Refused(403, f"{path!r} cannot be written.", "Work in a copy of the course that is yours.") from error


def module_path(place: Place, name: str) -> str:
    """Return where the module of an exercise stands."""
    return posixpath.join(place.folder, catalogue.module_file(name))


def _module(source: str) -> str:
    """Return a module from what a cell defines; raise Refused where that gives none."""
    try:
        return scaffold.of_text(source)
    except scaffold.UnfitNameError as error:
        message = f"No module can be made from this: {error.message}."
        raise Refused(422, message, f"{error.fix[:1].upper()}{error.fix[1:]}") from error


def findings(path: str, error: CatalogueError) -> list[wire.Finding]:
    """Return what is wrong with a module, by line."""
    return [wire.Finding("error", path, one.line, one.message, one.fix) for one in error.problems]


def _info(place: Place, path: str, text: str) -> wire.ModuleInfo:
    stem = posixpath.basename(path).removesuffix(".py")
    name = stem.replace("_", "-")
    if not catalogue.is_tag(name) or catalogue.module_file(name) != f"{stem}.py":
        fix = "name it with small letters, digits and underscores"
        return wire.ModuleInfo(name, path, None, [wire.Finding("error", path, 1, "no tag leads to this file", fix)])
    try:
        return wire.ModuleInfo(name, path, catalogue.read_exercise(text, name, place.videos).title)
    except CatalogueError as error:
        return wire.ModuleInfo(name, path, None, findings(path, error))
