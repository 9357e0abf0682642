"""Courses for OK: each point that an importer has to handle, on sources written here."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import nbformat
import pytest
from foreign import book, cells_of, imported, module, ok_test, only, told, write

from math4ml_lab.catalogue import read_course, read_exercise
from math4ml_lab.importing.model import SourceError

if TYPE_CHECKING:
    from pathlib import Path

    from foreign import Given

    from math4ml_lab.importing.courses import Imported

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


def small(folder: Path, test: str, *cells: Given) -> Imported:
    """Import a notebook with one question; by default it asks for `f`."""
    given = cells or (("code", "import numpy as np"), ("code", "f = ..."))
    text = book(*given, ("code", 'ok.grade("q1")'))
    return imported(write(folder, {"work.ipynb": text, "tests/q1.py": test}))


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


@pytest.mark.parametrize(
    ("test", "why"),
    [
        ("test = dict(name='x')", "no literal"),
        ("test = [1]", "no dictionary"),
        ("import os\n", "0 times"),
        ("test = {'suites': [}", "no Python"),
        ("test = {'suites': 3}", "no list of suites"),
        (ok_test(">>> f\n1").replace("'doctest'", "'scheme'"), "of the type 'scheme'"),
        (ok_test({"code": ">>> f\n1a2b3c", "locked": True}), "case 1 is locked"),
        (ok_test(">>> f\n1a2b3c\n# locked\n"), "its answer is locked"),
        (ok_test({"hidden": False}), "case 1 has no code"),
        (ok_test(">>> f(\n1"), "it is no Python"),
        (ok_test(">>> f\n1", setup="x = ("), "setup is no Python"),
    ],
)
def test_what_cannot_be_read_is_no_exercise_and_told(test: str, why: str, tmp_path: Path) -> None:
    made = small(tmp_path, test)
    question = only(made)
    assert question.tag == ""
    assert why in told(question.notes, "left")
    assert "no exercise" in told(question.notes, "left")
    assert not [path for path in made.files if path.endswith(".py")]


def test_questions_without_tests_without_a_cell_and_tests_without_a_call_are_told(tmp_path: Path) -> None:
    text = book(("markdown", "words"), ("code", 'ok.grade("q1")\nok.grade("q2")'))
    made = imported(
        write(tmp_path, {"work.ipynb": text, "tests/q1.py": ok_test(">>> f\n1"), "tests/q3.py": "test = {}"})
    )
    assert ["no cell answers it" in told(one.notes) for one in made.questions] == [True, False]
    assert "there is no file with its tests" in told(made.questions[1].notes)
    assert "no cell grades 'q3'" in told(made.books[0].notes)


def test_an_empty_cell_before_the_call_takes_the_answer(tmp_path: Path) -> None:
    made = small(tmp_path, ok_test(">>> f(g)\n1"), ("code", "g = 2"), ("code", "# YOUR CODE HERE\n..."))
    assert (only(made).answers, cells_of(made, "work")[1]["metadata"]["tags"]) == (["f"], ["exercise:work-q1"])


def test_parts_of_the_format_that_say_nothing_about_the_answer_are_told(tmp_path: Path) -> None:
    case = {"code": ">>> f\n1\n# choice: 2\n>>> f == 1\nTrue\n>>> ## no more", "hidden": True}
    test = ok_test(case, description="Find f.", points="many").replace("'teardown': ''", "'teardown': 'del f'")
    question = only(small(tmp_path, test))
    assert [claim.hidden for claim in question.claims] == [True]
    for part in ("# choice: 2", "teardown", "description", "no more"):
        assert part in told(question.notes, "left")
    assert "'many' is no number" in told(question.notes, "changed")


def test_a_case_whose_tests_change_what_others_use_stays_whole(tmp_path: Path) -> None:
    whole = [
        ">>> ## one\n>>> s = f()\n>>> s.push(1)\n>>> ## two\n>>> s.top\n1",
        ">>> ## one\n>>> s = f()\n>>> next(s)\n0\n>>> ## two\n>>> next(s)\n1",
        ">>> ## one\n>>> n = f()\n>>> n += 1\n>>> ## two\n>>> n\n2",
    ]
    for case in whole:
        question = only(small(tmp_path, ok_test(case)))
        (claim,) = question.claims
        assert (claim.hints, "one check for 2" in told(question.notes, "changed")) == (["one", "two"], True)
    parted = ">>> ## one\n>>> s = f()\n>>> s.count(1)\n1\n>>> ## two\n>>> np.sum(s)\n2\n>>> ## three\n>>> f()\n[2]"
    claims = only(small(tmp_path, ok_test(parted))).claims
    assert [claim.text.count(">>> ") for claim in claims] == [2, 2, 1]


def test_repeated_tests_are_told_once(tmp_path: Path) -> None:
    question = only(small(tmp_path, ok_test(">>> f\n1", ">>> f\n1\n", ">>> f + 1\n2")))
    assert (len(question.claims), "1 of the tests" in told(question.notes)) == (2, True)


def test_expected_texts_are_compared_by_what_they_are(tmp_path: Path) -> None:
    wants = ["True", "(1, 2)", "array([1., 2.])", "<class 'dict'>", "ZeroDivisionError", "a\nb", "", "<f at 0x1>"]
    question = only(small(tmp_path, ok_test("\n".join(f">>> f({n})\n{want}" for n, want in enumerate(wants)))))
    assert told(question.notes, "came") == (
        "compared by value (2), exact text (2), shape and numbers of an array (1), name of a type (1),"
        " type of an exception (1), nothing printed (1)"
    )


def test_modules_and_data_of_the_course_come_along_where_they_are_used(tmp_path: Path) -> None:
    setup = "from tools.area import circle\nimport tools.idle\nimport json\nrows = open('data/rows.csv')"
    files = {
        "tools/__init__.py": "from . import area, plots\n__all__ = ['area']\n",
        "tools/plots.py": "import matplotlib",
        "tools/area.py": "from .base import PI\nimport scipy\n",
        "tools/base.py": "PI = 3\n",
        "tools/idle.py": "",
        "data/rows.csv": "1,2\n",
        "notes.txt": "mine",
        "requirements.txt": "okpy",
    }
    write(tmp_path, files)
    made = small(tmp_path, ok_test(">>> circle(f)\n3"), ("code", setup), ("code", "f = ..."))
    beside = {path: data for path, data in made.files.items() if path.startswith("work/") and "work_q1" not in path}
    assert sorted(beside) == [
        "work/data/rows.csv", "work/tools/__init__.py", "work/tools/area.py", "work/tools/base.py", "work/work.ipynb",
    ]  # fmt: skip
    assert beside["work/tools/__init__.py"] == b""
    notes = told(made.books[0].notes)
    assert "`tools/__init__.py` is empty" in notes
    assert "notes.txt" in notes
    assert "requirements.txt" not in notes
    assert made.books[0].modules == {"scipy": ["q1"]}


def test_libraries_that_no_check_needs_are_optional(tmp_path: Path) -> None:
    lines = [
        "import autograd",
        "import autograd.numpy as np  # it differentiates",
        "import torch",
        "import pandas as pd",
    ]
    cells = (("code", "\n".join(lines)), ("code", "pd.options"), ("code", "f = ..."))
    made = small(tmp_path, ok_test(">>> np.sum(f)\n3"), *cells)
    text = cells_of(made, "work")[0]["source"]
    assert (
        "try:\n    import autograd.numpy as np  # it differentiates\nexcept ImportError:\n    import numpy as np"
        in text
    )
    assert "try:\n    import torch\nexcept ImportError" in text
    assert text.endswith("\nimport pandas as pd")
    assert made.books[0].modules == {"numpy": ["q1"], "pandas": [], "torch": []}


def test_draws_without_a_seed_are_told_and_a_comparison_by_rounding_is_marked(tmp_path: Path) -> None:
    setup = "x = np.random.randn(5)\nmean = np.mean(x)"
    near = ">>> best = f(x)\n>>> loss = f(best)\n>>> np.less_equal(f(mean), loss)\nTrue"
    question = only(small(tmp_path, ok_test(near, setup=setup)))
    assert "`np.less_equal(f(mean), loss)` compared two results" in question.flaky
    assert "np.less_equal(f(mean), loss + 1e-09 * abs(loss))" in question.claims[0].text
    assert "drawn without a seed" in told(question.notes, "changed")
    seeded = only(small(tmp_path, ok_test(near, setup=f"np.random.seed(1)\n{setup}")))
    assert (seeded.flaky, "seed" in told(seeded.notes)) == ("", False)
    for steady in (">>> f(x) <= 3\nTrue", ">>> f(x) <= f(mean)\nTrue", ">>> f(f(x)) > f(x)\nTrue"):
        assert only(small(tmp_path, ok_test(steady, setup=setup))).flaky == ""


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


def test_a_stub_with_blanks_takes_the_answer_though_it_is_no_python(tmp_path: Path) -> None:
    stub = "f = ...\n\nfor ... in ...:\n    ...\n\nf"
    made = small(tmp_path, ok_test(">>> f == 2\nTrue"), ("code", stub))
    assert (only(made).answers, cells_of(made, "work")[0]["source"]) == (["f"], stub)
    assert "no Python" in told(only(made).notes, "changed")
    assert read_exercise(module(made, "work-q1"), "work-q1").starter == stub


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
