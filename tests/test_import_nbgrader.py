"""Assignments for nbgrader: as authors write them, and as they are released."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from foreign import book, cells_of, imported, module, told, write

from math4ml_lab.authoring.edition import Parts, edition
from math4ml_lab.catalogue import read_exercise

if TYPE_CHECKING:
    from foreign import Given

    from math4ml_lab.importing.courses import Imported

STUB = "# YOUR CODE HERE\nraise NotImplementedError()"


def said(name: str, **more: Any) -> dict[str, Any]:
    about = {"grade": False, "solution": False, "locked": False, "schema_version": 3, "grade_id": name} | more
    return {"nbgrader": about, "deletable": False}


def answer(name: str, text: str) -> Given:
    return ("code", text, said(name, solution=True))


def graded(name: str, text: str, points: float = 1) -> Given:
    return ("code", text, said(name, grade=True, locked=True, points=points))


def assignment(folder: Path, *cells: Given, **files: str) -> Imported:
    return imported(write(folder, {"ps1/work.ipynb": book(*cells, minor=2), **files}))


DOUBLE = """def double(x):
    ### BEGIN SOLUTION
    return 2 * x
    ### END SOLUTION"""
TRIPLE = """def triple(x):
    ### BEGIN SOLUTION
    return double(x) + x
    ### END SOLUTION"""


def test_a_test_cell_tests_the_answer_whose_names_it_uses(tmp_path: Path) -> None:
    made = assignment(
        tmp_path,
        ("markdown", "## Part A (2 points)\n\nDefine `double`."),
        answer("double", DOUBLE),
        answer("triple", TRIPLE),
        ("code", "double(4)"),
        graded("of_double", '"""Doubles numbers"""\nassert double(1) == 2', 0.5),
        graded("of_triple", "assert triple(1) == 3\nassert triple(2) == double(2) + 2"),
        graded("of_both", "# Nothing is changed\nx = [1]\ndouble(x)\nassert x == [1]"),
        graded("of_nothing", "assert 1 + 1 == 2"),
    )
    double, triple = made.questions
    assert [claim.title for claim in double.claims] == ["Doubles numbers", "Nothing is changed"]
    assert [claim.title for claim in triple.claims] == ["`triple(1) == 3` holds, and 1 more", "`1 + 1 == 2` holds"]
    assert "`of_nothing` names nothing" in told(triple.notes, "changed")
    assert (double.points, triple.points, double.title) == (1.5, 2, "Part A: `double`")
    exercise = read_exercise(module(made, "ps1-triple"), "ps1-triple")
    assert ([one.name for one in exercise.answers], exercise.starter.endswith("NotImplementedError()")) == (
        ["triple"],
        True,
    )
    assert (exercise.title, read_exercise(module(made, "ps1-double"), "ps1-double").title) == ("triple", double.title)
    assert "names=['double']" in module(made, "ps1-triple").replace('"', "'")
    assert [cell["metadata"] for cell in cells_of(made, "ps1")] == [
        {}, {"tags": ["exercise:ps1-double"]}, {"tags": ["exercise:ps1-triple"]}, {},
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("assert double(1) == 2\nassert_allclose(double(2), 4)\nnp.testing.assert_equal(double(0), 0)",
         "`double(1) == 2` holds, and 2 more"),
        ("np.testing.assert_equal(double(0), 0)\nprint(double(1))", "`np.testing.assert_equal(double(0), 0)` holds"),
        ("with raises(TypeError):\n    double(None)\nassert double(1) == 2", "`double(None)` raises, and 1 more"),
        ("try:\n    double(0)\nexcept TypeError:\n    pass\nelse:\n    raise IOError\nassert double(1) == 2",
         "`raise IOError` is not reached, and 1 more"),
        ("double(1)\ndouble(2)\nx = [1]\nx.append(2)", "`double(1)` runs, and 1 more"),
        ("check(double)\nassert double(1) == 2", "`double(1) == 2` holds, and 1 more"),
        ("# Small:\nassert double(1) == 2\n\n# Large\n# ones\nassert double(99) == 198", "Small, and 1 more"),
        ("# Small numbers\nassert double(1) == 2\nassert double(2) == 4", "Small numbers"),
    ],
)  # fmt: skip
def test_a_title_claims_no_less_than_the_cell(tmp_path: Path, text: str, title: str) -> None:
    made = assignment(tmp_path, answer("double", DOUBLE), graded("t", text))
    assert [claim.title for claim in made.questions[0].claims] == [title]


RELEASED = 'def double(x):\n    """Twice."""\n    # YOUR CODE HERE\n    raise NotImplementedError()'


@pytest.mark.parametrize(
    "text",
    [
        RELEASED,
        RELEASED + "\n\nprint(double(2))",
        "def double(x):\n    # your code here",
        "def double(x):\n    y = x\n    raise NotImplementedError",
        "def double(x):\n    # Your turn!\n    y = None\n    return y",
    ],
)
def test_a_released_stub_without_checksum_stays_whole(tmp_path: Path, text: str) -> None:
    settings = "c = get_config()\nc.ClearSolutions.code_stub = {'python': '# Your turn!\\ny = None'}\n"
    made = assignment(tmp_path, answer("double", text), graded("t", "assert double(1) == 2"),
                      **{"nbgrader_config.py": settings})  # fmt: skip
    assert cells_of(made, "ps1")[0]["source"] == text
    assert "solution of the source" not in module(made, "ps1-double")
    (question,) = made.questions
    assert "the source has none" in told(question.notes, "left")
    assert "names nothing" not in told(question.notes)
    assert question.answers == ["double"]


@pytest.mark.parametrize(
    "text",
    [
        "class Base:\n    def area(self):\n        raise NotImplementedError\n\n\ndef double(x):\n    return 2 * x",
        "def double(x):\n    # YOUR CODE HERE\n    return 2 * x",
        "# YOUR CODE HERE\ndef double(x):\n    return 2 * x",
    ],
)
def test_a_solution_is_taken_for_no_stub(tmp_path: Path, text: str) -> None:
    made = assignment(tmp_path, answer("double", text), graded("t", "assert double(1) == 2"))
    assert cells_of(made, "ps1")[0]["source"] == STUB
    assert module(made, "ps1-double").endswith("return 2 * x\n")
    assert "names nothing" not in told(made.questions[0].notes)


def test_solutions_leave_the_cells_and_stay_in_the_module(tmp_path: Path) -> None:
    bare = answer("bare", "half = 1 / 2")
    made = assignment(tmp_path, answer("double", DOUBLE), graded("t", "assert double(1) == 2"), bare,
                      graded("u", "assert half == 0.5"))  # fmt: skip
    first, second = cells_of(made, "ps1")
    assert (first["source"], second["source"]) == (
        "def double(x):\n    # YOUR CODE HERE\n    raise NotImplementedError()",
        STUB,
    )
    assert module(made, "ps1-double").endswith("# The solution of the source:\n# def double(x):\n#     return 2 * x\n")
    assert made.questions[1].answers == ["half"]


def test_publishing_says_that_a_module_holds_the_sources_solution(tmp_path: Path) -> None:
    cells = [answer("double", DOUBLE), graded("t", "assert double(1) == 2"), answer("triple", RELEASED),
             graded("u", "assert triple(1) == 3")]  # fmt: skip
    root = write(tmp_path / "course", {})
    for name, data in assignment(tmp_path / "source", *cells).files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)
    warned = [one for one in asyncio.run(edition(root, Parts(), "1.0")).findings if one.severity == "warning"]
    assert [(Path(one.file).name, "source's own solution" in one.message) for one in warned] == [
        ("ps1_double.py", True)
    ]
    assert (root / "ps1" / "ps1_double.py").read_text().splitlines()[warned[0].line - 1].startswith("# The solution")


def test_a_released_notebook_is_left_as_it_is(tmp_path: Path) -> None:
    about = said("double", solution=True)
    about["nbgrader"]["checksum"] = "1f"
    text = f"def double(x):\n    {STUB.splitlines()[1]}"
    made = assignment(tmp_path, ("code", text, about), graded("t", "assert double(1) == 2"))
    assert cells_of(made, "ps1")[0]["source"] == text
    assert "solution of the source" not in module(made, "ps1-double")


def test_hidden_tests_are_hidden_and_have_what_the_others_define(tmp_path: Path) -> None:
    public = "from math import pi\nassert double(1) == 2\n"
    text = f"{public}### BEGIN HIDDEN TESTS\nassert double(pi) > 6\n### END HIDDEN TESTS"
    made = assignment(tmp_path, answer("double", DOUBLE), graded("t", text), graded("u", "double(1)"))
    shown, hidden, silent = made.questions[0].claims
    assert (shown.text, shown.hidden) == ("from math import pi\nassert double(1) == 2", False)
    assert (hidden.text, hidden.hidden) == ("from math import pi\nassert double(pi) > 6", True)
    assert silent.title == "`double(1)` runs"
    assert "1 hidden test: it counts, and learners are told of it only whether" in told(made.questions[0].notes, "came")


def test_what_an_earlier_test_defined_comes_along_and_nose_is_replaced(tmp_path: Path) -> None:
    first = "from nose.tools import assert_equal, assert_raises as fails\ndef both(x):\n    return x, double(x)"
    first += "\nassert_equal(double(1), 2)"
    second = "assert_equal(both(2), (2, 4))\nfails(TypeError, double, None)"
    made = assignment(tmp_path, answer("double", DOUBLE), graded("t", first), graded("u", second))
    one, two = made.questions[0].claims
    lines = "from unittest import TestCase\nassert_equal = TestCase().assertEqual\nfails = TestCase().assertRaises"
    assert one.text.startswith(lines)
    assert all(
        line in two.setup for line in ["def both(x):", "assert_equal = TestCase().assertEqual", "import TestCase"]
    )
    assert ["`both`" in told(made.questions[0].notes), "nose" in told(made.questions[0].notes)] == [True, True]
    assert made.books[0].modules == {}


def test_what_a_person_grades_is_told_and_left_as_it_is(tmp_path: Path) -> None:
    scheme = "Do it.\n\n=== BEGIN MARK SCHEME ===\n1 point\n=== END MARK SCHEME ==="
    made = assignment(
        tmp_path,
        ("markdown", "Because.", said("why", grade=True, solution=True, points=2)),
        ("markdown", scheme, said("task", task=True, points=4)),
        ("code", "plot()", said("plot", grade=True, solution=True, points=1)),
    )
    assert [(one.name, one.by_hand, one.points) for one in made.questions] == [
        ("why", True, 2), ("task", True, 4), ("plot", True, 1),
    ]  # fmt: skip
    cells = cells_of(made, "ps1")
    assert [cell["source"] for cell in cells] == ["YOUR ANSWER HERE", "Do it.", STUB]
    assert all("nbgrader" in cell["metadata"] for cell in cells)
    left = told(made.books[0].notes, "left")
    assert [name for name in ("`why`", "`task`", "`plot`") if name not in left] == []


def test_tests_that_nbgrader_would_make_and_tests_before_any_answer_are_told(tmp_path: Path) -> None:
    automatic = '"""Doubles"""\n### AUTOTEST double(1); double(2)\n### HASHED AUTOTEST double(3)'
    first = graded("early", "assert True")
    made = assignment(tmp_path, first, answer("double", DOUBLE), answer("triple", TRIPLE), graded("t", automatic))
    double, triple = made.questions if len(made.questions) == 2 else (made.questions[0], None)
    assert triple is None, "an answer without tests is no question"
    assert "2 tests of `t` that nbgrader makes by running the solution" in told(double.notes, "left")
    assert "the test `early`" in told(made.books[0].notes, "left")
    assert cells_of(made, "ps1")[0]["source"] == "assert True"


def test_the_authors_edition_is_imported_and_learners_work_is_not(tmp_path: Path) -> None:
    text = book(answer("double", DOUBLE), graded("t", "assert double(1) == 2"))
    folders = ("source", "release", "submitted/ada", "autograded/ada")
    made = imported(write(tmp_path, {f"{folder}/ps1/work.ipynb": text for folder in folders}))
    assert [one.path for one in made.books] == ["source/ps1/work.ipynb"]
    assert made.skipped == [("release/ps1/work.ipynb", "it is another edition of source/ps1/work.ipynb")]
