"""The tests of OK files: what of the format is read, how it is compared, and what is told of the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from foreign import cells_of, module, ok_test, only, small, told, write

from math4ml_lab.catalogue import read_exercise

if TYPE_CHECKING:
    from pathlib import Path


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


def test_a_stub_with_blanks_takes_the_answer_though_it_is_no_python(tmp_path: Path) -> None:
    stub = "f = ...\n\nfor ... in ...:\n    ...\n\nf"
    made = small(tmp_path, ok_test(">>> f == 2\nTrue"), ("code", stub))
    assert (only(made).answers, cells_of(made, "work")[0]["source"]) == (["f"], stub)
    assert "no Python" in told(only(made).notes, "changed")
    assert read_exercise(module(made, "work-q1"), "work-q1").starter == stub


def test_a_hidden_test_does_not_tell_what_it_tests(tmp_path: Path) -> None:
    cases = [
        {"code": f">>> ## it is {n}\n>>> f\n{n}", "hidden": True, "failure_message": "Look again."} for n in (4, 5)
    ]
    question = only(small(tmp_path, ok_test(*cases)))
    assert [claim.title for claim in question.claims] == ["Hidden test 1 holds", "Hidden test 2 holds"]
    assert [claim.hints for claim in question.claims] == [["Look again."]] * 2
    assert "comments of hidden tests" in told(question.notes, "left")
