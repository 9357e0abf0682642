"""Courses as the server sees them: files beside a notebook, read through the contents manager, never run."""

from __future__ import annotations

import os
import posixpath
import re
from functools import lru_cache
from typing import Any

from jupyter_core.utils import ensure_async
from tornado import web

from math4ml_lab import catalogue
from math4ml_lab.errors import CatalogueError
from math4ml_lab.place import LOCAL, Loaded, Place, of_its_own, placed
from math4ml_lab.server.refusals import Refused, broken_course, no_exercise, no_notebook

__all__ = ["LOCAL", "Courses", "Loaded", "Place", "plain_path"]

_DRIVE = re.compile(r"^[A-Za-z][A-Za-z0-9_-]*:")


class Courses:
    """Finds what a notebook's tags name; `contents` is the server's contents manager."""

    def __init__(self, contents: Any) -> None:
        self._contents = contents

    async def notebook(self, path: str) -> Any:
        """Return the content of the notebook at `path` as it is saved; raise Refused where there is none."""
        if not path.endswith(".ipynb"):
            raise no_notebook(path, "its name does not end with .ipynb")
        try:
            model = await ensure_async(self._contents.get(path, content=True, type="notebook"))
        except web.HTTPError as error:
            if error.status_code == 404:  # noqa: PLR2004
                raise Refused(404, f"There is no notebook {path!r} on this server.", "Save it first.") from error
            raise no_notebook(path, str(error.log_message)) from error
        return model["content"]

    async def place(self, path: str) -> Place:
        """Return where the notebook at `path` stands; a drive's prefix (`RTC:`) is no part of it."""
        plain = plain_path(path)
        folder = posixpath.dirname(plain)
        whole = self._whole(folder)
        for root in (folder, posixpath.dirname(folder)) if folder else (folder,):
            text = await self._text(posixpath.join(root, "course.toml"))
            if text is not None:
                videos = await self._text(posixpath.join(root, "videos.toml")) or ""
                try:
                    course, known = catalogue.read_course(text), _read_videos(videos)
                except CatalogueError as error:
                    raise broken_course(root, error) from error
                return placed(root, plain, course, known, videos) or of_its_own(whole, plain, known, videos)
        return of_its_own(whole, plain, catalogue.read_videos(""))

    def _whole(self, folder: str) -> str:
        # The folder itself, not its address here: every server has a folder named "".
        root = getattr(self._contents, "root_dir", None)
        return os.path.normpath(f"{os.path.realpath(root)}/{folder}") if root else folder

    async def title(self, place: Place, folder: str, tag: str) -> str:
        """Return the title of an exercise in another folder of the course, its name where the module cannot be read."""
        try:
            source = await self._text(posixpath.join(folder, catalogue.module_file(tag)))
            return _read_exercise(source, tag, place.videos_text).title if source is not None else tag
        except (Refused, CatalogueError):
            return tag

    async def load(self, place: Place, name: str) -> Loaded:
        """Return the exercise that a tag names; raise Refused where there is none, CatalogueError for a broken one."""
        tag = name.rpartition("/")[2]
        if not catalogue.is_tag(tag):
            raise no_exercise(name, place.folder)
        file = catalogue.module_file(tag)
        source = await self._text(posixpath.join(place.folder, file))
        if source is None:
            raise no_exercise(name, place.folder)
        battery = await self._text(posixpath.join(place.folder, file.removesuffix(".py") + ".battery.json"))
        return Loaded(_read_exercise(source, tag, place.videos_text), source, battery)

    async def defining(self, place: Place, exercise: catalogue.Exercise, names: list[str]) -> str | None:
        """Return which of the exercises that one needs defines any of these names, None where none of them does."""
        for need in exercise.needs:
            try:
                answers = (await self.load(place, need)).exercise.answers
            except (Refused, CatalogueError):
                continue
            if any(answer.name in names for answer in answers):
                return need
        return None

    async def _text(self, path: str) -> str | None:
        try:
            model = await ensure_async(self._contents.get(path, content=True, type="file", format="text"))
        except web.HTTPError as error:
            if error.status_code == 404:  # noqa: PLR2004
                return None
            raise Refused(400, f"{path!r} cannot be read: {error.log_message}", "Look at the file.") from error
        return str(model["content"])


@lru_cache(maxsize=1000)
def _read_videos(text: str) -> catalogue.Videos:
    return catalogue.read_videos(text)


@lru_cache(maxsize=1000)
def _read_exercise(source: str, tag: str, videos: str) -> catalogue.Exercise:
    # The same text is asked for with every check, and says the same each time.
    return catalogue.read_exercise(source, tag, _read_videos(videos))


def plain_path(path: str) -> str:
    """Return a path as the contents manager knows it, without a drive's prefix (`RTC:`)."""
    return _DRIVE.sub("", path).strip("/")
