"""Courses for OK: each point that an importer has to handle, on sources written here."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import nbformat
import pytest
from foreign import book, cells_of, imported, module, ok_test, told, write

from math4ml_lab.catalogue import read_course, read_exercise
from math4ml_lab.importing.model import SourceError

if TYPE_CHECKING:
    from pathlib import Path


PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
SETUP = """%%capture

if "google.colab" in str(get_ipython()):
    %cd "/content"
    !git clone somewhere
else:
    pass

# libraries
import sys
import numpy as np
import wandb
%pip install okpy

import recorder
import helpers"""
LENGTH = '''def length(v):
    """The length of a vector"""
    return'''
CONFIG = json.dumps({"name": "Vectors", "tests": {"helpers/tests/q*.py": "ok_test"}, "protocols": ["grading"]})
Q1 = ok_test(
    r"""
                    >>> # TESTS BEGIN HERE
                    >>> ## a dictionary of numbers
                    >>> ## by letter
                    >>> type(sizes)
                    <class 'dict'>
                    >>> sizes["a"]
                    2
                    >>> ## b is the other one
                    >>> sizes["b"]
                    3
    """,
    name="Sizes",
    points=2,
)
Q2 = ok_test(
    ">>> ## of zeros\n>>> length(np.zeros(3))\n0.0\n"
    ">>> ## of any\n>>> got = length(drawn)\n>>> np.isclose(got, want)\nTrue",
    setup=">>> drawn = np.array([3., 4.])\n>>> for number in range(2):\n...     want = 5.\n",
)


@pytest.fixture
def course(tmp_path: Path) -> Path:
    (tmp_path / "README.md").write_text("# Vectors for all\n")
    (tmp_path / "LICENSE").write_text("As you like.\n")
    text = book(
        ("markdown", f"![picture](data:image/png;base64,{PIXEL})", {"id": "colab-id_1"}),
        ("markdown", '<a href="https://colab.research.google.com/x"><img src="badge.svg" alt="Open"/></a>'),
        ("code", SETUP),
        ("code", "wandb.login()"),
        ("code", 'try:\n    grader\nexcept NameError:\n    grader = recorder.Recorder("me", "helpers/config")'),
        ("markdown", "Run `grader.grade` to see it fail."),
        ("code", 'grader.grade("q01")'),
        (
            "markdown",
            "Some words.\n\n#### Store sizes in `sizes`, by letter.\n\n> _Hint:_ count\n> twice.\n\nMore words.",
        ),
        ("code", "a, b = [1, 2], [1, 2, 3]"),
        ("code", 'sizes = {"a": None}\n\ngrader.grade("q01")'),
        ("markdown", "#### Define `length`."),
        ("code", LENGTH),
        ("markdown", "Now check."),
        ("code", 'grader.grade("q02")\n'),
        ("markdown", "**Hint**: squares\n```python\n[9, 16]\n```\nadd up."),
        ("markdown", "The end."),
    )
    return write(
        tmp_path,
        {
            "recorder.py": "from client.api.notebook import Notebook\nimport wandb\nopen('ran', 'w')\n",
            "01_vectors/exercises.ipynb": text,
            "01_vectors/helpers/config": CONFIG,
            "01_vectors/helpers/tests/q01.py": Q1,
            "01_vectors/helpers/tests/q02.py": Q2,
            "01_vectors/helpers/__init__.py": "from . import plots\n",
            "01_vectors/helpers/plots.py": "import matplotlib",
        },
    )


def test_each_question_becomes_an_exercise_in_the_cell_that_answers_it(course: Path) -> None:
    made = imported(course)
    assert (made.kind, "grade" in made.detected) == ("okpy", True)
    listed = read_course(made.files["course.toml"].decode())
    assert (listed.title, listed.units[0].title) == ("Vectors for all", "Vectors")
    assert listed.units[0].exercises == ["vectors-q01", "vectors-q02"]
    tagged = {tag: cell["source"] for cell in cells_of(made, "vectors") for tag in cell["metadata"].get("tags", [])}
    assert tagged == {"exercise:vectors-q01": 'sizes = {"a": None}', "exercise:vectors-q02": LENGTH}
    assert "the call in cell 7 is gone" in told(made.questions[0].notes, "changed")
    first, second = (read_exercise(module(made, tag), tag) for tag in listed.units[0].exercises)
    assert (first.title, first.points) == ("Store sizes in `sizes`, by letter.", 2)
    assert ([answer.name for answer in first.answers], first.starter) == (["sizes"], 'sizes = {"a": None}')
    assert first.rungs == ("count twice.",)
    assert second.rungs == ("squares `[9, 16]` add up.",)


def test_comments_are_the_hints_of_the_checks_after_them(course: Path) -> None:
    first, second = (read_exercise(module(imported(course), f"vectors-q0{n}"), f"vectors-q0{n}") for n in (1, 2))
    assert [(check.title, check.rungs) for check in first.checks] == [
        ("`type(sizes)` gives `<class 'dict'>`, and 1 more", ("a dictionary of numbers by letter",)),
        ('`sizes["b"]` gives `3`', ("b is the other one",)),
    ]
    assert [check.rungs for check in second.checks] == [("of zeros",), ("of any",)]
    assert "names=['np']" in module(imported(course), "vectors-q02").replace('"', "'")


def test_what_only_the_old_grader_needs_is_taken_out_and_told(course: Path) -> None:
    made = imported(course)
    whole = "\n".join(cell["source"] for cell in cells_of(made, "vectors") if cell["cell_type"] == "code")
    assert whole.startswith("%%capture\n\n# libraries\nimport sys\nimport numpy as np")
    for gone in ("wandb", "recorder", "helpers", "colab", "%cd", "%pip", "!git", "grade"):
        assert gone not in whole
        assert gone in told(made.books[0].notes) or gone == "grade"
    assert "speak of the old grader, in cells 3" in told(made.books[0].notes, "left")
    assert made.books[0].modules == {"numpy": ["q02"]}
    assert not [path for path in made.files if "helpers" in path or "recorder" in path]


def test_the_notebook_is_of_the_newest_format_with_pictures_attached_and_ids_that_stay(course: Path) -> None:
    made, again = imported(course), imported(course)
    assert made.files == again.files
    notebook = json.loads(made.files["vectors/vectors.ipynb"])
    nbformat.validate(nbformat.from_dict(notebook))  # type: ignore[no-untyped-call]
    assert (notebook["nbformat_minor"], notebook["metadata"]["math4ml"]) == (
        5,
        {"course": "imported", "unit": "vectors"},
    )
    picture = notebook["cells"][0]
    assert picture["id"] == "colab-id_1"
    assert picture["source"] == "![picture](attachment:image-1.png)"
    assert picture["attachments"] == {"image-1.png": {"image/png": PIXEL}}
    assert "Colab" in told(made.books[0].notes, "left")
    assert made.files["LICENSE"] == b"As you like.\n"


def test_nothing_of_a_source_is_run(course: Path, tmp_path: Path) -> None:
    evil = f"open({str(tmp_path / 'ran')!r}, 'w')\n"
    for path in [*course.rglob("*.py")]:
        path.write_text(evil + path.read_text())
    made = imported(course)
    assert len(made.questions) == 2
    assert not (tmp_path / "ran").exists()


def test_questions_without_tests_without_a_cell_and_tests_without_a_call_are_told(tmp_path: Path) -> None:
    text = book(("markdown", "words"), ("code", 'ok.grade("q1")\nok.grade("q2")'))
    made = imported(
        write(tmp_path, {"work.ipynb": text, "tests/q1.py": ok_test(">>> f\n1"), "tests/q3.py": "test = {}"})
    )
    assert ["no cell answers it" in told(one.notes) for one in made.questions] == [True, False]
    assert "there is no file with its tests" in told(made.questions[1].notes)
    assert "no cell grades 'q3'" in told(made.books[0].notes)


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("work.ipynb", "{", "is no notebook"),
        ("work.ipynb", '{"nbformat": 4, "cells": [{"cell_type": "code"}, 3]}', "is no notebook"),
        ("work.ipynb", book(("code", "x = 1")), "no graded question"),
        ("work.ipynb", book(("code", 'ok.grade("q1")'), language="R"), "not Python"),
        ("readme.txt", "", "There is no notebook"),
    ],
)
def test_a_source_without_questions_is_refused_with_the_reason(name: str, text: str, why: str, tmp_path: Path) -> None:
    write(tmp_path, {name: text})
    with pytest.raises(SourceError, match=why):
        imported(tmp_path, "okpy")


def test_a_second_call_after_one_answer_tests_it_as_well(tmp_path: Path) -> None:
    text = book(("code", "from numpy import *"), ("code", "f = ..."), ("code", "_ = ok.grade('q1')"),
                ("code", "# Test cell; please do not change!\n_ = ok.grade('q2')"))  # fmt: skip
    tests = {"tests/q1.py": ok_test(">>> f\n1"), "tests/q2.py": ok_test(">>> f + ones(1)\narray([2.])")}
    made = imported(write(tmp_path, {"work.ipynb": text, **tests}))
    last = cells_of(made, "work")[-1]
    assert (last["source"], last["metadata"]["tags"]) == ("f = ...", ["exercise:work-q1", "exercise:work-q2"])
    second = told(made.questions[1].notes, "changed")
    assert "an earlier question" in second
    assert "`ones` by name; an `import *` may bring it" in second
