"""Assignments for otter: as learners get them, and as their authors write them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from foreign import book, cells_of, imported, module, ok_test, only, result, told, write

from math4ml_lab.catalogue import read_exercise
from math4ml_lab.importing.solutions import solution_only, without_solution

if TYPE_CHECKING:
    from pathlib import Path

    from foreign import Given

    from math4ml_lab.importing.courses import Imported

START = ("code", "# Initialize Otter\nimport otter\ngrader = otter.Notebook('hw.ipynb', tests_dir='./checks')")
LOCKED: dict[str, Any] = {"deletable": False, "editable": False}
ANSWER: dict[str, Any] = {"tags": ["otter_answer_cell", "mine"]}
FUNCTIONS = '''from otter.test_files import test_case
import math

OK_FORMAT = False

name = "q1"
points = None
all_or_nothing = False
LIMIT = 3


@test_case(points=2, hidden=False, success_message="Well done", failure_message="Look at the sign.")
def test_small(double, env):
    """Small numbers are doubled"""
    for number in range(LIMIT):
        assert double(number) == 2 * number
    assert env["double"](math.pi) > 6


@test_case(points=None, hidden=True)
def test_early(double):
    if double is None:
        return
    assert double(-1) == -2
'''


def student(folder: Path, *cells: Given, files: dict[str, str] | None = None, **metadata: Any) -> Imported:
    return imported(write(folder, {"hw.ipynb": book(START, *cells, minor=4, **metadata), **(files or {})}))


def asked(name: str = "q1") -> list[Given]:
    return [("code", "double = ...", ANSWER), ("code", f'grader.check("{name}")', LOCKED)]


def test_ok_tests_are_found_in_the_notebooks_metadata(tmp_path: Path) -> None:
    case = {"code": ">>> double(2)\n4", "hidden": True, "locked": False, "points": 3, "success_message": "Yes"}
    test = {"name": "q1", "points": None, "suites": [{"cases": [case], "type": "doctest", "scored": True}]}
    made = student(tmp_path, *asked(), ("code", "grader.check_all()"), otter={"tests": {"q1": test, "q9": test}})
    question = only(made)
    assert (made.kind, question.points, question.claims[0].hidden) == ("otter", 3, True)
    assert "that passes: `Yes`" in told(question.notes, "left")
    assert "'q9'" in told(made.books[0].notes, "left")
    (cell,) = cells_of(made, "hw")
    assert cell["metadata"] == {"tags": ["mine", "exercise:hw-q1"]}


def test_test_functions_of_a_file_become_scripts(tmp_path: Path) -> None:
    made = student(tmp_path, *asked(), files={"checks/q1.py": FUNCTIONS})
    question = only(made)
    small, early = question.claims
    assert (small.kind, small.title, small.hints) == ("script", "Small numbers are doubled", ["Look at the sign."])
    assert small.text.startswith("env = globals()\nfor number in range(LIMIT):\n    assert")
    assert small.setup == "import math\nLIMIT = 3"
    assert early.text.endswith("test_early(double=double)"), "what returns early stays a function"
    assert ("@test_case" in early.text, early.hidden, question.points) == (False, True, 2)
    assert "for the whole question" in told(question.notes, "changed")
    assert "Well done" in told(question.notes, "left")
    read_exercise(module(made, "hw-q1"), "hw-q1")


def test_test_functions_may_also_stand_in_the_metadata(tmp_path: Path) -> None:
    made = student(tmp_path, *asked(), otter={"OK_FORMAT": False, "tests": {"q1": FUNCTIONS}})
    assert [claim.kind for claim in only(made).claims] == ["script", "script"]


def test_a_test_file_of_the_ok_form_is_read_as_such(tmp_path: Path) -> None:
    test = "OK_FORMAT = True\n\n" + ok_test({"code": ">>> double(1)\n2", "failure_message": "Twice!"}, points=[1, 0.5])
    question = only(student(tmp_path, *asked(), files={"tests/q1.py": test}))
    assert (question.points, question.claims[0].hints) == (1.5, ["Twice!"])


def test_questions_that_nobody_can_check_are_told(tmp_path: Path) -> None:
    written: list[Given] = [
        ("markdown", "<!-- BEGIN QUESTION -->\n\n**Question 2.** Why?\n\n_Points:_ 2"),
        ("markdown", "_Type your answer here, replacing this text._", ANSWER),
        ("markdown", "<!-- END QUESTION -->\n\n"),
    ]
    made = student(tmp_path, *asked("q7"), *written)
    missing, by_hand = made.questions
    assert "there are no tests" in told(missing.notes, "left")
    assert (by_hand.by_hand, by_hand.title) == (True, "Question 2. Why?")
    assert [cell["source"] for cell in cells_of(made, "hw")[1:]] == [text for _, text, *_ in written]


ASKED: Given = ("markdown", "<!-- BEGIN QUESTION -->\n\n**Question 2.** Why?")
OPEN: Given = ("markdown", "_Type your answer here, replacing this text._", ANSWER)
END: Given = ("markdown", "<!-- END QUESTION -->\n\n**Question 1.** Define `double`.")


@pytest.mark.parametrize(
    "cells",
    [
        [ASKED, OPEN, END, *asked()],
        [*asked(), ASKED, OPEN],
        [*asked(), ("markdown", "**Question 2.** Why?"), OPEN],
        [ASKED, OPEN, END],
    ],
)
def test_what_a_person_reads_is_told_with_and_without_otters_comments(tmp_path: Path, cells: list[Given]) -> None:
    made = student(tmp_path, *cells, files={"tests/q1.py": ok_test(">>> double\n1")})
    (by_hand,) = [one for one in made.questions if one.by_hand]
    assert by_hand.title == "Question 2. Why?"
    assert "graded by hand" in told(by_hand.notes, "left")
    assert (END in cells or cells[-2] != ASKED) == (told(by_hand.notes, "changed") == "")


def test_the_learners_edition_is_imported_and_not_the_graders(tmp_path: Path) -> None:
    text = book(START, *asked(), minor=4)
    files = {f"dist/{who}/hw.ipynb": text for who in ("autograder", "student")}
    made = imported(write(tmp_path, {**files, "dist/student/tests/q1.py": ok_test(">>> double\n1")}))
    assert made.skipped == [("dist/autograder/hw.ipynb", "it is another edition of dist/student/hw.ipynb")]
    assert (made.books[0].path, made.books[0].unit) == ("dist/student/hw.ipynb", "hw")


def test_the_older_form_of_assignments_is_refused_by_name(tmp_path: Path) -> None:
    old = book(("markdown", "**Question 1.**\n\n```\nBEGIN QUESTION\nname: q1\n```"), ("code", "x = 2 # SOLUTION"))
    new = book(START, *asked())
    made = imported(write(tmp_path, {"a.ipynb": new, "b.ipynb": old, "tests/q1.py": ok_test(">>> double\n1")}))
    assert [path for path, why in made.skipped if "older form" in why] == ["b.ipynb"]


# -- As authors write them ----------------------------------------------------------------------------------


def question(config: str, *inner: Given) -> list[Given]:
    return [("raw", f"# BEGIN QUESTION\n{config}"), ("markdown", "**Question.** Define `f`."), *inner,
            ("raw", "# END QUESTION")]  # fmt: skip


def solution(*inner: Given) -> list[Given]:
    return [("raw", "# BEGIN SOLUTION"), *inner, ("raw", "# END SOLUTION")]


def checks(*inner: Given) -> list[Given]:
    return [("raw", "# BEGIN TESTS"), *inner, ("raw", "# END TESTS")]


def assignment(folder: Path, *cells: Given) -> Imported:
    config = ("markdown", "```otter\n# ASSIGNMENT CONFIG\nname: hw\nseed:\n    variable: rng_seed\n```")
    start = ("code", "import numpy as np\nrng_seed = 42")
    return imported(write(folder, {"hw.ipynb": book(config, start, *cells, minor=4)}))


F = ("code", "def f(x):\n    # BEGIN SOLUTION\n    return 2 * x\n    # END SOLUTION")


def test_an_authors_notebook_becomes_the_learners(tmp_path: Path) -> None:
    made = assignment(
        tmp_path,
        *question(
            "name: q1\npoints: 3",
            *solution(F, ("markdown", "Keep.", {"tags": ["otter_include"]}), ("markdown", "Do not.")),
            *checks(("code", "f(2)", result("4")), ("code", "# HIDDEN\nf(3)", result("6"))),
        ),
        ("code", "# IGNORE\nsecret = 1"),
        ("code", '""" # BEGIN PLUGIN\nmy_plugin.Plugin\n""" # END PLUGIN\ny = 3'),
    )
    assert [cell["source"] for cell in cells_of(made, "hw")] == [
        "import numpy as np\nrng_seed = 42", "**Question.** Define `f`.", "def f(x):\n    ...", "Keep.", "y = 3",
    ]  # fmt: skip
    one = only(made)
    assert [(claim.text, claim.hidden) for claim in one.claims] == [(">>> f(2)\n4", False), (">>> f(3)\n6", True)]
    text = module(made, "hw-q1")
    assert text.endswith("# The solution of the source:\n# def f(x):\n#     return 2 * x\n")
    assert read_exercise(text, "hw-q1").starter == "def f(x):\n    ..."
    notes = told(made.books[0].notes)
    for part in ("name, seed", "`rng_seed` keeps", "(# IGNORE)", "plugins"):
        assert part in notes
    assert "the written solution" in told(one.notes, "left")


def test_test_cells_have_settings_functions_asserts_and_saved_outputs(tmp_path: Path) -> None:
    settings = '""" # BEGIN TEST CONFIG\npoints: 2\nhidden: true\nfailure_message: Twice!\n""" # END TEST CONFIG\n'
    made = assignment(
        tmp_path,
        *question(
            "name: q1",
            *solution(F),
            *checks(
                ("code", settings + "def test_two(f):\n    assert f(2) == 4\n\ntest_two(f)  # IGNORE"),
                ("code", "g = f(3)\nassert g == 6"),
                ("code", "def g(x):\n  return f(x)\n\nprint(g(1))\ng(2)",
                 {"outputs": [{"output_type": "stream", "name": "stdout", "text": ["2\n"]}, *result("4")["outputs"]]}),
                ("code", "f(1) == 2"),
                ("code", "f(1)"),
                ("code", "None"),
            ),
        ),
    )  # fmt: skip
    one = only(made)
    first, second, third, fourth = one.claims
    assert (first.text, first.hidden, first.hints, one.points) == ("assert f(2) == 4", True, ["Twice!"], 2)
    assert (second.kind, second.text, second.title) == ("script", "g = f(3)\nassert g == 6", "`g == 6` holds")
    assert third.text == ">>> def g(x):\n...   return f(x)\n>>> print(g(1))\n>>> g(2)\n2\n4"
    assert (fourth.text, "read as what must hold" in told(one.notes, "changed")) == ("assert f(1) == 2", True)
    assert "`f(1)`: its output was not saved" in told(one.notes, "left")
    assert "tests nothing" in told(one.notes, "left")


def test_what_a_person_grades_keeps_its_cells(tmp_path: Path) -> None:
    prompt: list[Given] = [("raw", "# BEGIN PROMPT"), ("markdown", "_Here._"), ("raw", "# END PROMPT")]
    made = assignment(
        tmp_path,
        *question("name: q1\nmanual: true\npoints: 4", *solution(("markdown", "Because."))),
        *question("name: q2\nmanual: true", *prompt, *solution(("markdown", "It is."), ("code", "a = 1 # SOLUTION"))),
    )
    assert [(one.by_hand, one.points) for one in made.questions] == [(True, 4), (True, 1)]
    assert [cell["source"] for cell in cells_of(made, "hw")][2::2] == [
        "_Type your answer here, replacing this text._", "_Here._",
    ]  # fmt: skip


def test_a_question_without_a_cell_of_its_own_tests_an_earlier_answer(tmp_path: Path) -> None:
    more: list[Given] = [("raw", "# BEGIN QUESTION\nname: q2"), *checks(("code", "f(5)", result("10"))),
                         ("raw", "# END QUESTION")]  # fmt: skip
    first = question("name: q1", *solution(F), *checks(("code", "f(2)", result("4"))))
    made = assignment(tmp_path, *first, *more)
    assert cells_of(made, "hw")[2]["metadata"]["tags"] == ["exercise:hw-q1", "exercise:hw-q2"]
    assert "an earlier question" in told(made.questions[1].notes, "changed")


def test_a_seed_that_the_tests_rely_on_stays(tmp_path: Path) -> None:
    answer = ("code", "np.random.seed(42) # SEED\nz = np.random.rand() # SOLUTION")
    made = assignment(tmp_path, *question("name: q1", *solution(answer), *checks(("code", "z > 1", result("False")))))
    assert cells_of(made, "hw")[2]["source"] == "np.random.seed(42) # SEED\nz = ..."
    assert "sets a seed" in told(only(made).notes, "changed")


@pytest.mark.parametrize(
    ("text", "shown", "solved"),
    [
        ("x = 2 # SOLUTION", "x = ...", "x = 2"),
        ("d['a'] == 3\nd['=='] = f(b=1)  # solution", "d['a'] == 3\nd['=='] = ...", "d['a'] == 3\nd['=='] = f(b=1)"),
        ("    y = x # SOLUTION\n    return y # SOLUTION", "    y = ...\n    ...", "    y = x\n    return y"),
        ("a # SOLUTION NO PROMPT\nb", "b", "a\nb"),
        (
            "# BEGIN SOLUTION NO PROMPT\na\n# END SOLUTION\n''' # BEGIN PROMPT\nb = ...\n'''; # END PROMPT",
            "b = ...",
            "a",
        ),
        ("# BEGIN IGNORE\na\n# END IGNORE\nb # IGNORE\nc", "c", "c"),
        ("f(1) # SOLUTION\ng(2) # SOLUTION", "...", "f(1)\ng(2)"),
    ],
)
def test_solutions_are_taken_out_by_their_marks(text: str, shown: str, solved: str) -> None:
    assert (without_solution(text), solution_only(text)) == (shown, solved)
