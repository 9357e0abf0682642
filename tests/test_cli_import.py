"""`jupyter math4ml import`: what it prints and writes, and that what it writes is judged in a real kernel."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import msgspec
import pytest
from click.testing import CliRunner
from foreign import book, ok_test, write

from math4ml_lab.cli import main
from math4ml_lab.importing.report import ImportAnswer

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

NEAR = ok_test(
    ">>> ## a function\n>>> callable(step)\nTrue\n"
    ">>> ## downhill\n>>> near = step(start)\n>>> np.less(loss(near), loss(start))\nTrue\n"
    ">>> ## to the middle\n>>> np.isclose(step(0.), [2.])\narray([ True])\n",
    setup='start = np.random.randn()\nprint(f"from {start}")',
)
LOSS = ok_test(">>> loss(2.)\n0.0\n>>> loss(3.) > loss(2.)\nTrue", setup=">>> far = 9.\n")
WORK = book(
    ("code", "import numpy as np\nimport wandb\nimport client\nimport torch\n!pip install okpy"),
    ("code", 'grader = client.Notebook("work.ok")'),
    ("markdown", "#### Define `loss`."),
    ("code", "def loss(x):\n    return"),
    ("code", 'grader.grade("q1")'),
    ("markdown", "#### Define `step`."),
    ("code", "def step(x):\n    return\n\ngrader.grade('q2')"),
)
RIGHT = {"work-q1": "def loss(x):\n    return (x - 2) ** 2", "work-q2": "def step(x):\n    return 2.0 + 0 * x"}
ASSERTS = '"""Doubles"""\nassert double(2) == 4\n### BEGIN HIDDEN TESTS\nassert double(3) == 6\n### END HIDDEN TESTS'
ALONE = """kept = helper
del helper
try:
    double(1)
except NameError:
    pass
else:
    raise AssertionError("helper is not used")
finally:
    helper = kept"""


def run(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(main, ["import", *map(str, arguments)])
    assert isinstance(result.exception, SystemExit | None), result.exception
    return result


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return write(tmp_path / "source", {"work.ipynb": WORK, "tests/q1.py": LOSS, "tests/q2.py": NEAR})


def fill(folder: Path, answers: dict[str, str]) -> list[Path]:
    """Write answers into the tagged cells of a course, and return its notebooks."""
    paths = sorted(folder.glob("*/*.ipynb"))
    for path in paths:
        notebook = json.loads(path.read_text())
        for cell in notebook["cells"]:
            for tag in cell["metadata"].get("tags", []):
                cell["source"] = answers.get(tag.removeprefix("exercise:"), cell["source"])
        path.write_text(json.dumps(notebook))
    return paths


def outcomes(*notebooks: Path) -> list[str]:
    result = CliRunner().invoke(main, ["check", "--json", *map(str, notebooks)])
    reports = [report for one in json.loads(result.stdout)["notebooks"] for report in one["reports"]]
    return [report["outcome"]["kind"] for report in reports]


def test_the_course_and_its_report_are_written(source: Path, tmp_path: Path) -> None:
    result = run(source, tmp_path / "new" / "course")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [
        "Imported from okpy, found out: work.ipynb calls grade(…)",
        "  work/work.ipynb: 2 of 2 questions",
        "    checks need numpy",
        "2 of 2 questions are exercises.",
        f"The course is in {tmp_path / 'new' / 'course'}, what was changed and left out in import-report.md.",
    ]
    report = (tmp_path / "new" / "course" / "import-report.md").read_text()
    for told in (
        "### q1: `work-q1`",
        "no solution and no known mistakes",
        "Left out: cell 1: `import wandb`",
        "`torch`",
    ):
        assert told in report


def test_json_holds_the_whole_report(source: Path, tmp_path: Path) -> None:
    result = run(source, tmp_path / "course", "--json", "--from", "okpy")
    told = msgspec.json.decode(result.stdout, type=ImportAnswer)
    assert (told.kind, told.detected, told.course) == ("okpy", None, "course")
    assert (told.summary.questions, told.summary.exercises, told.summary.graded_by_hand) == (2, 2, 0)
    assert [question.exercise for question in told.notebooks[0].questions] == ["work-q1", "work-q2"]
    assert told.notebooks[0].libraries == {"numpy": ["q2"], "torch": []}


@pytest.mark.parametrize("present", ["file", "folder", "course/kept.txt"])
def test_nothing_that_exists_is_written_over(present: str, source: Path, tmp_path: Path) -> None:
    write(tmp_path, {"file": "mine", "folder/kept.txt": "mine", "course/kept.txt": "mine"})
    before = {path: path.read_text() for path in tmp_path.rglob("*") if path.is_file()}
    result = run(source, tmp_path / present.partition("/")[0])
    assert (result.exit_code, "exists already" in result.stderr) == (2, True)
    assert {path: path.read_text() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_an_empty_folder_is_as_good_as_none(source: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert run(source, tmp_path / "empty").exit_code == 0


@pytest.mark.parametrize(
    ("files", "options", "message"),
    [
        ({}, [], "There is no"),
        ({"source/notes.txt": ""}, [], "There is no notebook in"),
        ({"source/a.ipynb": book(("code", "x = 1"))}, [], "No notebook there says which grader"),
        ({"source/a.ipynb": book(("code", "x = 1"))}, ["--from", "otter"], "has a question for otter"),
        ({"source/a.ipynb": "no notebook"}, ["--from", "okpy"], "is no notebook"),
    ],
)
def test_a_source_that_is_none_is_refused_and_nothing_written(
    files: dict[str, str], options: list[str], message: str, tmp_path: Path
) -> None:
    write(tmp_path, files)
    result = run(tmp_path / "source", tmp_path / "course", *options)
    assert (result.exit_code, result.stdout, (tmp_path / "course").exists()) == (2, "", False)
    assert message in result.stderr
    assert len(result.stderr.splitlines()) == 2, "what is wrong, and the next step"


@pytest.mark.kernel
def test_imported_prompts_judge_answers_in_a_real_kernel(source: Path, tmp_path: Path) -> None:
    run(source, tmp_path / "course")
    notebooks = sorted((tmp_path / "course").glob("*/*.ipynb"))
    assert outcomes(*notebooks) == ["not_attempted", "not_attempted"]
    assert outcomes(*fill(tmp_path / "course", RIGHT)) == ["passed", "passed"]
    wrong = {"work-q1": "def loss(x):\n    return x - 2", "work-q2": "def step(x):\n    return x + 9"}
    assert outcomes(*fill(tmp_path / "course", {**RIGHT, "work-q2": wrong["work-q2"]})) == ["passed", "failed"]
    assert outcomes(*fill(tmp_path / "course", {**wrong, "work-q2": "step = 3"})) == ["passed", "failed"]


@pytest.mark.kernel
def test_imported_asserts_judge_answers_in_a_real_kernel(tmp_path: Path) -> None:
    def about(name: str, **more: bool) -> dict[str, object]:
        return {"nbgrader": {"grade_id": name, "solution": False, "grade": False, **more}}

    text = book(
        ("code", "def helper(x):\n    return x"),
        (
            "code",
            "### BEGIN SOLUTION\ndef double(x):\n    return 2 * helper(x)\n### END SOLUTION",
            about("a", solution=True),
        ),
        ("code", ASSERTS, about("b", grade=True)),
        ("code", ALONE, about("c", grade=True)),
    )
    run(write(tmp_path / "source", {"ps1/work.ipynb": text}), tmp_path / "course")
    (path,) = (tmp_path / "course").glob("*/*.ipynb")
    assert outcomes(path) == ["not_attempted"]
    for answer, outcome in {
        "def double(x):\n    return 2 * helper(x)": "passed",
        "def double(x):\n    return 4 * helper(1)": "failed",
        "def double(x):\n    return 2 * x": "failed",
    }.items():
        fill(tmp_path / "course", {"ps1-a": answer})
        assert outcomes(path) == [outcome]


@pytest.mark.kernel
def test_imported_test_functions_judge_answers_in_a_real_kernel(tmp_path: Path) -> None:
    tests = (
        "from otter.test_files import test_case\nOK_FORMAT = False\nname = 'q1'\npoints = 1\n\n"
        "@test_case(hidden=False)\ndef test_all(env, double):\n    for x in range(3):\n"
        "        assert double(x) == 2 * x\n    assert env['double'] is double\n"
    )
    start = ("code", "import otter\ngrader = otter.Notebook()")
    cells = (start, ("code", "double = ..."), ("code", 'grader.check("q1")'))
    run(write(tmp_path / "source", {"hw.ipynb": book(*cells), "tests/q1.py": tests}), tmp_path / "course")
    for answer, outcome in {"double = lambda x: 2 * x": "passed", "double = lambda x: x * x": "failed"}.items():
        assert outcomes(*fill(tmp_path / "course", {"hw-q1": answer})) == [outcome]
