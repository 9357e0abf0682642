"""Courses as the server sees them: files beside a notebook, read through the contents manager, never run."""

from __future__ import annotations

import contextlib
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
from math4ml_lab.server.text_files import TextFiles

__all__ = ["LOCAL", "Courses", "Loaded", "Place", "plain_path"]

_DRIVE = re.compile(r"^[A-Za-z][A-Za-z0-9_-]*:")


class Courses:
    """Finds what a notebook's tags name; `contents` is the server's contents manager."""

    def __init__(self, contents: Any) -> None:
        self._contents = contents
        self._files = TextFiles(contents)

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
            text = await self._files.text(posixpath.join(root, "course.toml"))
            if text is not None:
                videos = await self._files.text(posixpath.join(root, "videos.toml")) or ""
                try:
                    course, known = catalogue.read_course(text), _read_videos(videos)
                except CatalogueError as error:
                    raise broken_course(root, error) from error
                return placed(root, plain, course, known, videos) or of_its_own(whole, plain, known, videos)
        return of_its_own(whole, plain, catalogue.read_videos(""))

    async def rooted(self, path: str) -> Place | None:
        """Return the place of the first unit of the course whose own folder `path` is in, None where there is none."""
        root = posixpath.dirname(plain_path(path))
        text = await self._files.text(posixpath.join(root, "course.toml"))
        course = catalogue.read_course(text) if text is not None else None
        if course is None or not course.units:
            return None
        return await self.place(posixpath.normpath(posixpath.join(root, course.units[0].notebook)))

    def _whole(self, folder: str) -> str:
        # The folder itself, not its address here: every server has a folder named "".
        root = getattr(self._contents, "root_dir", None)
        return os.path.normpath(f"{os.path.realpath(root)}/{folder}") if root else folder

    async def title(self, place: Place, folder: str, tag: str) -> str:
        """Return the title of an exercise in another folder of the course, its name where the module cannot be read."""
        try:
            source = await self._files.text(posixpath.join(folder, catalogue.module_file(tag)))
            return _read_exercise(source, tag, place.videos_text).title if source is not None else tag
        except (Refused, CatalogueError):
            return tag

    async def load(self, place: Place, name: str) -> Loaded:
        """Return the exercise that a tag names; raise Refused where there is none, CatalogueError for a broken one."""
        tag = name.rpartition("/")[2]
        if not catalogue.is_tag(tag):
            raise no_exercise(name, place.folder)
        file = catalogue.module_file(tag)
        source = await self._files.text(posixpath.join(place.folder, file))
        if source is None:
            renamed = await self._renamed(place, tag)
            if renamed is None:
                raise no_exercise(name, place.folder)
            return renamed
        exercise = _read_exercise(source, tag, place.videos_text)
        beside = posixpath.join(place.folder, file.removesuffix(".py"))
        battery = await self._files.text(f"{beside}.battery.json")
        answers = await self._files.text(f"{beside}.answers.json") if exercise.stripped else None
        return Loaded(exercise, source, battery, answers)

    async def _renamed(self, place: Place, tag: str) -> Loaded | None:
        """Return the exercise of the unit that had this name before, None where there is none."""
        units = place.listed.units if place.listed is not None else []
        names = [name for unit in units if unit.name == place.unit for name in unit.exercises if name != tag]
        for name in names:
            source = await self._files.text(posixpath.join(place.folder, catalogue.module_file(name)))
            if source is None or f'"{tag}"' not in source.replace("'", '"'):
                continue
            with contextlib.suppress(CatalogueError):
                if tag in _read_exercise(source, name, place.videos_text).was:
                    return await self.load(place, name)
        return None

    async def gone(self, place: Place, names: tuple[str, ...]) -> list[str]:
        """Return those of the names that no module has any more."""
        files = {name: posixpath.join(place.folder, catalogue.module_file(name)) for name in names}
        return [name for name, file in files.items() if await self._files.text(file) is None]

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
