"""Where exercises stand: a folder, the course and unit that it belongs to; an exercise as a kernel needs it."""

from __future__ import annotations

import hashlib
import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from math4ml_lab import wire
    from math4ml_lab.course import Course, Exercise, Videos

LOCAL = "local"
"""What the name of the course begins with that a folder of no course is by itself."""


@dataclass(frozen=True)
class Place:
    """Where a notebook stands: its folder, the course and unit it belongs to, and the course's videos.

    `listed` is what course.toml says, in the folder `root`; None where the notebook belongs to no course.
    """

    folder: str
    course: str
    unit: str
    title: str
    videos: Videos
    videos_text: str = ""
    root: str = ""
    listed: Course | None = None


@dataclass(frozen=True)
class Loaded:
    """An exercise as its module states it, with all that a kernel needs to judge it."""

    exercise: Exercise
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
            "stub": None if self.exercise.starter_counts else self.exercise.starter,
            "names": [answer.name for answer in self.exercise.answers],
            "elsewhere": list(self.exercise.elsewhere),
            "scene": self.exercise.wants_scene,
            "limit": self.exercise.limit or time_limit,
            "isolation": self.exercise.isolation,
        }


@dataclass(frozen=True)
class Task:
    """One exercise of one cell to be judged."""

    cell: wire.CellSource
    loaded: Loaded

    @property
    def tag(self) -> dict[str, str]:
        """What the runner needs to know of it."""
        return {
            "cell_id": self.cell.cell_id,
            "exercise": self.cell.exercise,
            "digest": self.loaded.digest,
            "source": self.cell.source,
        }


def placed(root: str, path: str, course: Course, videos: Videos, videos_text: str = "") -> Place | None:
    """Return the place of the notebook at `path` in the course of `root`; None where no unit stands beside it."""
    folder, name = posixpath.split(path)
    below = path[len(root) :].strip("/")
    own = posixpath.dirname(below)
    unit = next((unit for unit in course.units if posixpath.normpath(unit.notebook) == below), None)
    if not any(posixpath.dirname(posixpath.normpath(one.notebook)) == own for one in course.units):
        return None
    if unit is not None:
        return Place(folder, course.name, unit.name, unit.title, videos, videos_text, root, course)
    # Another notebook beside a unit's, a copy of it say: the exercises are the same.
    stem = name.removesuffix(".ipynb")
    return Place(folder, course.name, stem, stem.replace("_", " "), videos, videos_text, root, course)


def of_its_own(whole: str, path: str, videos: Videos, videos_text: str = "") -> Place:
    """Return the place of a notebook in no course: what is learned there belongs to the folder, `whole` on the disk."""
    folder, name = posixpath.split(path)
    stem = name.removesuffix(".ipynb")
    course = f"{LOCAL}-{hashlib.sha256(whole.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"
    return Place(folder, course, stem, stem.replace("_", " "), videos, videos_text)
