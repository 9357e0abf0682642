"""The pyproject.toml of a course that others install: pip puts it where `installed.find_course` looks. Pure."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from math4ml_lab.course import Course

FILE = "pyproject.toml"
_VERSION = re.compile(r"[0-9]+(\.[0-9]+)*((a|b|rc)[0-9]+)?(\.post[0-9]+)?(\.dev[0-9]+)?")


def is_version(text: str) -> bool:
    """Tell whether a text can be a package's version."""
    return _VERSION.fullmatch(text) is not None


def name_of(course: Course) -> str:
    """Return what the package of a course is called."""
    return f"math4ml-course-{course.name.strip('-')}"


def pyproject(course: Course, version: str, files: Sequence[str]) -> str:
    """Return the file for a course whose folder holds these files."""
    there = f"share/jupyter/math4ml/courses/{course.name}"
    shared = "\n".join(f"{_text(one)} = {_text(f'{there}/{one}')}" for one in files)
    return f"""\
[build-system]
requires = ["hatchling>=1.27"]
build-backend = "hatchling.build"

[project]
name = {_text(name_of(course))}
version = {_text(version)}
description = {_text(" ".join(course.title.split()))}
requires-python = ">=3.11"
dependencies = ["math4ml-lab"]

# There is no code to import: all of it is data, in the folder where Jupyter looks.
[tool.hatch.build.targets.wheel]
bypass-selection = true

[tool.hatch.build.targets.wheel.shared-data]
{shared}
"""


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
