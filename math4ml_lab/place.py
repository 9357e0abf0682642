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
"""The name of the course that a folder without `course.toml` belongs to."""


@dataclass(frozen=True)
class Place:
    """Where a notebook stands: its folder, the course and unit it belongs to, and the course's videos."""

    folder: str
    course: str
    unit: str
    title: str
    videos: Videos
    videos_text: str = ""


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
            "names": [answer.name for answer in self.exercise.answers],
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


def place_in(course: Course, folder: str, path: str, videos: Videos, videos_text: str = "") -> Place:
    """Return the place of the notebook at `path`, which stands in `folder`, in its course."""
    here = {path, posixpath.basename(path), posixpath.join(posixpath.basename(folder), posixpath.basename(path))}
    for unit in course.units:
        if unit.notebook in here:
            return Place(folder, course.name, unit.name, unit.title, videos, videos_text)
    name = posixpath.basename(folder) or posixpath.basename(path).removesuffix(".ipynb")
    unit_here = next((unit for unit in course.units if unit.name == name), None)
    return Place(folder, course.name, name, unit_here.title if unit_here else course.title, videos, videos_text)
