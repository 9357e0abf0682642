"""What exercise modules, course.toml and videos.toml say, read from their text: nothing is run, no file is opened.

A file that has anything wrong with it is refused whole, by a `CatalogueError` that lists every problem with its line.
"""

from __future__ import annotations

import ast
import re
import tomllib
import warnings
from typing import TypeVar

import msgspec

from math4ml_lab.course import (
    HOSTS,
    Answer,
    Check,
    Course,
    Exercise,
    Mistake,
    Unit,
    Video,
    Videos,
    is_allowed,
    is_https,
    is_tag,
    module_file,
    split_tag,
)
from math4ml_lab.errors import CatalogueError, ModuleProblem
from math4ml_lab.module_reader import ModuleReader
from math4ml_lab.module_settings import LONGEST

__all__ = [
    "Answer", "Check", "Course", "Exercise", "Mistake", "Unit", "Video", "Videos", "is_tag", "module_file",
    "read_course", "read_exercise", "read_videos", "split_tag",
]  # fmt: skip

T = TypeVar("T")


def read_course(text: str) -> Course:
    """Read course.toml: name, title, forum, `[[units]]` with name, title, notebook, exercises; raise CatalogueError."""
    course = _toml(text, "course.toml", Course)
    tags = [unit.name for unit in course.units], [tag for unit in course.units for tag in unit.exercises]
    wrong = {name: "is no name" for name in (course.name, *tags[0], *tags[1]) if not is_tag(name)}
    wrong |= {name: "stands there twice" for names in tags for name in names if names.count(name) > 1}
    fix = "names are unique, of small letters, digits and hyphens"
    problems = [ModuleProblem(_line(text, name), f"{name!r} {what}", fix) for name, what in wrong.items()]
    if course.forum is not None and not is_https(course.forum):
        told, fix = f"the forum cannot be at {course.forum!r}", "its address begins with https:// and a host's name"
        key = re.search(r"^[ \t]*forum[ \t]*=", text, re.MULTILINE)
        problems.append(ModuleProblem(_line(text, key[0]) if key else 1, told, fix))
    _refuse("course.toml", problems)
    return course


def read_videos(text: str) -> Videos:
    """Read videos.toml: a table per key with title, url and chapters; raise CatalogueError."""
    by_key = _toml(text, "videos.toml", dict[str, Video])
    fix = f"addresses begin with https:// and one of {', '.join(sorted(HOSTS))}"
    urls = {key: video.url for key, video in by_key.items() if not is_allowed(video.url)}
    problems = [ModuleProblem(_line(text, url), f"{key!r} cannot lead to {url!r}", fix) for key, url in urls.items()]
    _refuse("videos.toml", problems)
    return Videos(by_key)


def _toml(text: str, file: str, kind: type[T]) -> T:
    """Decode a file; unknown fields are left for other readers."""
    try:
        return msgspec.convert(tomllib.loads(text[: LONGEST + 1]), kind)
    except (ValueError, RecursionError, msgspec.ValidationError) as error:
        line = re.search(r"at line (\d+)", str(error))
        fix = f"write it as in the {file} of the course that comes with this package"
        raise CatalogueError(file, [ModuleProblem(int(line[1]) if line else 1, str(error), fix)]) from error


def _line(text: str, part: str) -> int:
    return text.count("\n", 0, max(text.find(part), 0)) + 1


def _refuse(file: str, problems: list[ModuleProblem]) -> None:
    if problems:
        raise CatalogueError(file, problems)


def read_exercise(source: str, name: str, videos: Videos | None = None) -> Exercise:
    """Read a module; raise CatalogueError, and nothing else.

    `videos` that hold any video have to hold those that the module names.
    """
    file = module_file(name)
    if len(source) > LONGEST:
        _refuse(file, [ModuleProblem(1, f"the module has more than {LONGEST} characters", "leave data out of it")])
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # an escape in a docstring is looked at below
            tree = ast.parse(source)
        reader = ModuleReader(videos or Videos())
        reader.read(tree)
        exercise = reader.exercise(source, name)
    except SyntaxError as error:
        raise CatalogueError(file, [ModuleProblem(max(error.lineno or 1, 1), error.msg, "mend the syntax")]) from error
    except (ValueError, RecursionError, MemoryError) as error:
        problem = ModuleProblem(1, f"Python cannot read the module ({error})", "look for NUL bytes and deep nesting")
        raise CatalogueError(file, [problem]) from error
    _refuse(file, reader.problems)
    return exercise
