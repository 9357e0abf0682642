"""What learners may write and say, by exercise: one file each, under `course/<unit>/<exercise>.py`.

`RIGHT` holds cells that pass; `WRONG[mistake]` holds cells that are recognised as that mistake; `np` is there when a
cell runs, as in the notebooks. `SAID[question]` holds what is right, and what is wrong. `TURNS` are the wrong turns
that have to be among the mistakes.
"""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any, NamedTuple

FOLDER = Path(__file__).resolve().parent / "course"


class Answers(NamedTuple):
    """What is known of one exercise."""

    turns: set[str]
    said: dict[str, tuple[Any, list[Any]]]
    right: list[str]
    wrong: dict[str, list[str]]


def _read(path: Path) -> Answers:
    found = runpy.run_path(str(path))
    return Answers(found["TURNS"], found["SAID"], found["RIGHT"], found["WRONG"])


ANSWERS = {path.stem.replace("_", "-"): _read(path) for path in sorted(FOLDER.glob("*/*.py"))}
"""By exercise."""
