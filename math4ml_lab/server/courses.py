"""Courses as the server sees them: files beside a notebook, read through the contents manager, never run."""

from __future__ import annotations

import hashlib
import os
import posixpath
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from jupyter_core.utils import ensure_async
from tornado import web

from math4ml_lab import catalogue
from math4ml_lab.errors import CatalogueError
from math4ml_lab.server.refusals import Refused, broken_course, no_exercise, no_notebook

LOCAL = "local"
"""What the name of the course begins with that a folder of no course is by itself."""

_DRIVE = re.compile(r"^[A-Za-z][A-Za-z0-9_-]*:")


@dataclass(frozen=True)
class Place:
    """Where a notebook stands: its folder, the course and unit it belongs to, and the course's videos.

    `listed` is what course.toml says, in the folder `root`; None where the notebook belongs to no course.
    """

    folder: str
    course: str
    unit: str
    title: str
    videos: catalogue.Videos
    videos_text: str = ""
    root: str = ""
    listed: catalogue.Course | None = None


@dataclass(frozen=True)
class Loaded:
    """An exercise as its module states it, with all that a kernel needs to judge it."""

    exercise: catalogue.Exercise
    source: str
    battery: str | None

    @property
    def digest(self) -> str:
        """What tells versions of the exercise apart: module and battery."""
        return hashlib.sha256(f"{self.source}\0{self.battery or ''}".encode()).hexdigest()

    def for_kernel(self, time_limit: float) -> dict[str, Any]:
        """Return what the runner passes on to the judge."""
        return {
            "digest": self.digest,
            "name": self.exercise.name,
            "source": self.source,
            "battery": self.battery,
            "starter": self.exercise.starter,
            "names": [answer.name for answer in self.exercise.answers],
            "limit": self.exercise.limit or time_limit,
            "isolation": self.exercise.isolation,
        }


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
        for root in (folder, posixpath.dirname(folder)) if folder else (folder,):
            text = await self._text(posixpath.join(root, "course.toml"))
            if text is not None:
                videos = await self._text(posixpath.join(root, "videos.toml")) or ""
                try:
                    return self._placed(root, plain, catalogue.read_course(text), videos)
                except CatalogueError as error:
                    raise broken_course(root, error) from error
        return self._of_its_own(plain, "")

    def _placed(self, root: str, path: str, course: catalogue.Course, videos_text: str) -> Place:
        """Return the place of a notebook in the course of the folder `root`, or in a folder of its own below that."""
        folder, name = posixpath.split(path)
        below = path[len(root) :].strip("/")
        own = posixpath.dirname(below)
        unit = next((unit for unit in course.units if posixpath.normpath(unit.notebook) == below), None)
        if not any(posixpath.dirname(posixpath.normpath(one.notebook)) == own for one in course.units):
            return self._of_its_own(path, videos_text)
        videos = _read_videos(videos_text)
        if unit is not None:
            return Place(folder, course.name, unit.name, unit.title, videos, videos_text, root, course)
        # Another notebook beside a unit's, a copy of it say: the exercises are the same.
        stem = name.removesuffix(".ipynb")
        return Place(folder, course.name, stem, stem.replace("_", " "), videos, videos_text, root, course)

    def _of_its_own(self, path: str, videos_text: str) -> Place:
        """Return the place of a notebook that is in no course: what is learned there belongs to its folder."""
        folder, name = posixpath.split(path)
        stem = name.removesuffix(".ipynb")
        # The folder itself, not its address here: every server has a folder named "".
        root = getattr(self._contents, "root_dir", None)
        whole = os.path.normpath(f"{os.path.realpath(root)}/{folder}") if root else folder
        course = f"{LOCAL}-{hashlib.sha256(whole.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"
        return Place(folder, course, stem, stem.replace("_", " "), _read_videos(videos_text), videos_text)

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
