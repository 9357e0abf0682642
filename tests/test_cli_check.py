"""`jupyter math4ml check`: what it prints, its exit codes, and that it leaves nothing behind."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest
from click.testing import CliRunner
from notebooks import cell, exercise_cells, family, notebook, runs
from test_server import COURSE, DOUBLE, RIGHT, VIDEOS, WRONG

from math4ml_lab.cli import main
from math4ml_lab.cli.check import CheckAnswer, Summary

if TYPE_CHECKING:
    from click.testing import Result

pytestmark = pytest.mark.kernel

EXERCISES = Path(__file__).resolve().parent.parent / "exercises"


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    folder = tmp_path / "course" / "unit"
    folder.mkdir(parents=True)
    (folder.parent / "course.toml").write_text(COURSE)
    (folder.parent / "videos.toml").write_text(VIDEOS)
    (folder / "double.py").write_text(DOUBLE)
    (folder / "triple.py").write_text(DOUBLE.replace("double", "triple").replace("2 * x", "3 * x").split("@check")[0])
    return folder


def write(path: Path, *cells: tuple[str, str], kernel: str = "python3") -> Path:
    path.write_text(notebook(exercise_cells(*cells), kernel))
    return path


def check(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(main, ["check", *map(str, arguments)])
    assert isinstance(result.exception, SystemExit | None), result.exception
    return result


def answer(*arguments: str | Path) -> tuple[int, CheckAnswer]:
    result = check("--json", *arguments)
    return result.exit_code, msgspec.json.decode(result.stdout, type=CheckAnswer)


def test_all_that_hold_are_a_success_and_nothing_is_written(unit: Path, tmp_path: Path) -> None:
    path = write(unit / "unit.ipynb", ("factor = 2", ""), ("def double(x):\n    return factor * x", "double"))
    before, files = path.read_bytes(), sorted(unit.parent.rglob("*"))
    result = check(path)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [
        str(path),
        "  passed        Twice as much: on 2 inputs",
        "1 of 1 exercise holds.",
    ]
    assert (path.read_bytes(), sorted(unit.parent.rglob("*"))) == (before, files)
    assert not list(tmp_path.rglob("*.sqlite")), "nothing is recorded"


def test_a_failure_is_told_with_claim_measurement_input_and_line(unit: Path) -> None:
    path = write(unit / "unit.ipynb", (WRONG, "double"), ("1 / 0", ""), ("def triple(x):\n    ...", "triple"))
    result = check(path)
    assert result.exit_code == 1
    lines = [line.strip() for line in result.stdout.splitlines()]
    assert lines[1] == "failed        Twice as much"
    assert lines[2] == "double is right: 1, needs 2 (rtol 1e-06)"
    assert "on x=1" in lines
    assert "line 2: return x ** 2" in lines
    assert lines[-3] == "not attempted Twice as much"
    assert lines[-2] == "raised        cell 2, line 1: 1 / 0: ZeroDivisionError: division by zero"
    assert lines[-1] == "0 of 2 exercises hold."


def test_json_is_all_of_stdout_and_holds_every_report(unit: Path) -> None:
    noise = (
        "import os, sys\nos.system('echo noise'); os.write(1, b'noise'); print('noise'); sys.__stdout__.write('noise')"
    )
    first = write(unit / "a.ipynb", (noise, ""), (RIGHT, "double"), (WRONG.replace("double", "triple"), "triple"))
    second = write(unit / "b.ipynb", ("raise ValueError('no')", "double"), ("x = 1", "no-such"), kernel="no such")
    command = [
        sys.executable,
        "-c",
        "from math4ml_lab.cli import main; main()",
        "check",
        "--json",
        str(first),
        str(second),
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=50, check=False)
    assert (done.returncode, done.stderr) == (1, "")
    told = msgspec.json.decode(done.stdout, type=CheckAnswer)
    assert [one.notebook for one in told.notebooks] == [str(first), str(second)]
    assert [one.summary for one in told.notebooks] == [Summary(2, 1), Summary(2, 0)]
    assert told.summary == Summary(4, 1)
    assert [one["outcome"]["kind"] for book in json.loads(done.stdout)["notebooks"] for one in book["reports"]] == [
        "passed", "failed", "cell_raised", "broken",
    ]  # fmt: skip
    assert "'no such' is not installed" in told.notebooks[1].notes[0]


def test_the_courses_own_notebooks_are_not_attempted(tmp_path: Path) -> None:
    shutil.copytree(EXERCISES, tmp_path / "mine")
    code, told = answer(tmp_path / "mine/linear_algebra/linear_algebra.ipynb")
    assert code == 1
    kinds = [msgspec.to_builtins(report.outcome)["kind"] for report in told.notebooks[0].reports]
    assert kinds
    assert set(kinds) == {"not_attempted"}
    result = check(tmp_path / "mine/linear_algebra/linear_algebra.ipynb")
    assert result.stdout.count("not attempted") == len(kinds)


def test_an_answer_that_wants_a_failure_first_passes_without_a_record(unit: Path) -> None:
    module = DOUBLE.replace("points=2", 'wants_a_failure_first="""Miss once\n- Go on.""", starter_counts=True')
    (unit / "double.py").write_text(module)
    assert answer(write(unit / "unit.ipynb", (RIGHT, "double")))[0] == 0


def test_limits(unit: Path) -> None:
    endless = write(unit / "a.ipynb", ("def double(x):\n    while True: pass", "double"))
    result = check("--time-limit", "0.5", endless)
    assert result.exit_code == 1
    said = "timed out     Twice as much: still computing after 0.5 s on x=1 (line 2: while True: pass)"
    assert said in result.stdout
    stands = write(unit / "b.ipynb", (RIGHT, "double"), ("while True: pass", ""))
    result = check("--timeout", "1", stands)
    assert result.exit_code == 1, "it holds, but the notebook does not come to its end"
    assert "The run took longer than 1 s at cell 2: while True: pass" in result.stdout
    assert "1 of 1 exercise holds." in result.stdout


def test_a_kernel_that_dies_is_told_in_words(unit: Path) -> None:
    path = write(unit / "a.ipynb", ("import os; os._exit(1)", ""), (RIGHT, "double"))
    code, told = answer(path)
    assert (code, told.notebooks[0].state) == (1, "kernel_dead")
    assert told.notebooks[0].message == "The kernel died at cell 1: import os; os._exit(1)"


def test_a_kernel_that_does_not_start_is_told_once(unit: Path, tmp_path: Path) -> None:
    spec = tmp_path / "jupyter/data/kernels/gone/kernel.json"
    spec.parent.mkdir(parents=True)
    argv = [str(tmp_path / "no-such-python"), "{connection_file}"]
    spec.write_text(json.dumps({"argv": argv, "display_name": "Gone", "language": "python"}))
    result = check(write(unit / "a.ipynb", (RIGHT, "double"), kernel="gone"))
    assert (result.exit_code, result.stderr) == (1, "")
    assert result.stdout.count("The kernel 'gone' could not be started") == 1
    spec.write_text(json.dumps({"argv": [sys.executable, "-c", ""], "display_name": "Gone", "language": "python"}))
    code, told = answer(unit / "a.ipynb")
    assert (code, told.notebooks[0].state) == (1, "broken")


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("no-such.ipynb", None, ("There is no file", "Notebooks there: good.ipynb.")),
        ("none/such.ipynb", None, ("There is no file", "There is no folder")),
        ("text.ipynb", "text", ("is not a notebook", "Restore it")),
        ("empty.ipynb", "", ("is not a notebook", "Restore it")),
        ("odd.ipynb", '{"cells": [{}], "nbformat": 4}', ("is not a notebook", "Restore it")),
        ("list.ipynb", "[]", ("is not a notebook", "Restore it")),
        ("text.md", "text", ("is not a notebook", "Name a notebook: a file *.ipynb.")),
        ("none.ipynb", notebook([cell(0, "x")]), ("There is no exercise", "Give a code cell the tag")),
        ("other.ipynb", notebook([cell(0, RIGHT, "exercise:double")], kernel="lisp"), ("speaks lisp", "Python kernel")),
    ],
)
def test_bad_input_is_named_once_and_good_input_is_judged(
    unit: Path, tmp_path: Path, name: str, text: str | None, said: tuple[str, str]
) -> None:
    lisp = tmp_path / "jupyter/data/kernels/lisp/kernel.json"
    lisp.parent.mkdir(parents=True)
    lisp.write_text(json.dumps({"argv": ["lisp"], "display_name": "Lisp", "language": "lisp"}))
    good = write(unit / "good.ipynb", (RIGHT, "double"))
    bad = unit / name
    if text is not None:
        bad.write_text(text)
    result = check(bad, good)
    assert result.exit_code == 2
    message, fix = result.stderr.splitlines()
    assert (said[0] in message, message.count(str(bad)), said[1] in fix) == (True, 1, True)
    assert result.stdout.splitlines()[-1] == "1 of 1 exercise holds."


def test_bad_input_is_a_part_of_the_json_object(unit: Path) -> None:
    result = check("--json", unit, unit / "no-such.ipynb")
    assert (result.exit_code, result.stderr) == (2, "")
    told = json.loads(result.stdout)
    assert (told["notebooks"], told["summary"]) == ([], {"exercises": 0, "passed": 0})
    assert [sorted(problem) for problem in told["problems"]] == [["fix", "message", "notebook"]] * 2
    good = write(unit / "good.ipynb", (RIGHT, "double"))
    code, mixed = answer(unit / "no-such.ipynb", good)
    assert (code, mixed.summary, [one.notebook for one in mixed.notebooks]) == (2, Summary(1, 1), [str(good)])
    (problem,) = mixed.problems
    assert problem.notebook == str(unit / "no-such.ipynb")
    assert (problem.message, problem.fix) == (f"There is no file {problem.notebook!r}.", "Notebooks there: good.ipynb.")


def test_bad_usage(unit: Path) -> None:
    good = write(unit / "good.ipynb", (RIGHT, "double"))
    result = check("--kernel", "no-such", good)
    assert (result.exit_code, "'no-such'" in result.stderr, "python3" in result.stderr) == (2, True, True)
    assert check().exit_code == 2
    assert check("--time-limit", "0", good).exit_code == 2
    assert check("--kernel", "python3", good).exit_code == 0


def test_an_interrupt_ends_the_kernel_without_a_traceback(unit: Path) -> None:
    stand = "import os, time\nopen('stands', 'w').write(str(os.getpid()))\nwhile True: time.sleep(0.01)"
    path = write(unit / "unit.ipynb", (RIGHT, "double"), (stand, ""))
    program = "import signal; signal.signal(2, signal.default_int_handler); from math4ml_lab.cli import main; main()"
    command = [sys.executable, "-c", program, "check", str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        while not (unit / "stands").exists() or not (unit / "stands").read_text():
            time.sleep(0.01)
        processes = family(process.pid)
        assert int((unit / "stands").read_text()) in processes
        os.kill(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err) == (130, "", "Interrupted: the kernel was ended.\n")
    while any(runs(pid) for pid in processes):
        time.sleep(0.01)
