"""Sources in the formats of other graders, written for tests."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from math4ml_lab.importing.courses import import_course

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from math4ml_lab.importing.courses import Imported
    from math4ml_lab.importing.model import Kind, Question

Given = tuple[str, str] | tuple[str, str, dict[str, Any]]
"""A cell: its type, its text, and its metadata where it has any."""


def book(*cells: Given, minor: int = 0, language: str = "python", **metadata: Any) -> str:
    """Return a notebook's text; a key `outputs` in a cell's metadata stands for its outputs."""
    whole = []
    for index, (kind, text, *more) in enumerate(cells):
        about = dict(more[0]) if more else {}
        outputs = about.pop("outputs", [])
        cell: dict[str, Any] = {"cell_type": kind, "metadata": about, "source": text.splitlines(keepends=True)}
        if kind == "code":
            cell |= {"outputs": outputs, "execution_count": index}
        whole.append(cell)
    spec = {"kernelspec": {"name": "course", "display_name": "course", "language": language}}
    return json.dumps({"cells": whole, "metadata": {**spec, **metadata}, "nbformat": 4, "nbformat_minor": minor})


def result(text: str) -> dict[str, Any]:
    """Return the metadata of a cell whose saved value is this text."""
    output = {"output_type": "execute_result", "data": {"text/plain": text}, "metadata": {}, "execution_count": 1}
    return {"outputs": [output]}


def ok_test(*cases: str | dict[str, Any], setup: str = "", **more: Any) -> str:
    """Return an OK test's file; a case is its code, or a dictionary."""
    listed = [{"code": one, "hidden": False, "locked": False} if isinstance(one, str) else one for one in cases]
    suite = {"cases": listed, "setup": setup, "teardown": "", "type": "doctest"}
    return f"test = { ({'name': 'A test', 'points': 1, 'suites': [suite]} | more)!r}\n"


def write(folder: Path, files: Mapping[str, str]) -> Path:
    """Write files; return the folder."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def imported(source: Path, kind: Kind | None = None) -> Imported:
    return import_course(source, "imported", kind)


def only(made: Imported) -> Question:
    """Return the only question of an import."""
    (question,) = made.questions
    return question


def cells_of(made: Imported, unit: str) -> list[dict[str, Any]]:
    """Return the cells of a unit's notebook, as it was written."""
    folder = unit.replace("-", "_")
    cells: list[dict[str, Any]] = json.loads(made.files[f"{folder}/{folder}.ipynb"])["cells"]
    return cells


def told(notes: Any, state: str = "") -> str:
    """Return notes as one text."""
    return "\n".join(note.text for note in notes if state in {"", note.state})


def module(made: Imported, tag: str) -> str:
    """Return the module of an exercise."""
    name = f"{tag.replace('-', '_')}.py"
    (found,) = [data for path, data in made.files.items() if path.endswith(f"/{name}")]
    return found.decode()


def small(folder: Path, test: str, *cells: Given) -> Imported:
    """Import a notebook with one question; by default it asks for `f`."""
    given = cells or (("code", "import numpy as np"), ("code", "f = ..."))
    text = book(*given, ("code", 'ok.grade("q1")'))
    return imported(write(folder, {"work.ipynb": text, "tests/q1.py": test}))
