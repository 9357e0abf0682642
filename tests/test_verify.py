"""`jupyter math4ml verify`: what it proves in a real kernel, what it finds, and that no module takes it down."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import msgspec
import pytest
from click.testing import CliRunner
from notebooks import exercise_cells, notebook

from math4ml_lab import wire
from math4ml_lab.cli import main

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

pytestmark = pytest.mark.kernel

GOOD = '''"""Mean of the rows
- What is one row's mean?
- Take the mean of each row of a 2 by 3 array, by hand.
- Sum along each row, then divide by how many there are."""
import numpy as np

from math4ml_lab.exercise import check, exercise, inputs, matrices, mistake, near, solution

exercise(video="LA@10")


def count(A):
    return A.shape[1]


@solution
def row_means(A):
    return A.sum(axis=1) / count(A)


inputs(A=matrices((1, 3), (4, 5)), size=12)


@check
def deviations_vanish(got, A):
    """What is left over adds up to nothing
    - What is the sum of a row's distances from its mean?"""
    near((A - got[:, None]).sum(axis=1), np.zeros(len(A)))


@mistake
def by_rows(A):
    """It divides by the number of rows
    - How many numbers does a row have?"""
    return row_means(A) * count(A) / A.shape[0]


one_too_many = mistake(edit=("/ count(A)", "/ (count(A) + 1)"), doc="One too many\\n- Count the columns.")
'''
VIDEOS = '[LA]\ntitle = "A video"\nurl = "https://www.youtube.com/watch?v=uZeDTwWcnuY"\nlength = "1:00"\n'


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    folder = tmp_path / "unit"
    folder.mkdir()
    (folder / "videos.toml").write_text(VIDEOS)
    return folder


def module(unit: Path, text: str = GOOD, name: str = "row_means") -> Path:
    path = unit / f"{name}.py"
    path.write_text(text, encoding="utf-8")
    return path


def verify(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(main, ["verify", *map(str, arguments)])
    assert isinstance(result.exception, SystemExit | None), result.exception
    return result


def told(*arguments: str | Path) -> tuple[int, wire.Proofs]:
    result = verify("--json", "--seeds", "3", *arguments)
    return result.exit_code, msgspec.json.decode(result.stdout, type=wire.Proofs)


def messages(*arguments: str | Path) -> list[str]:
    code, answer = told(*arguments)
    assert code == int(any(finding.severity == "error" for finding in answer.every()))
    return [finding.message for finding in answer.every()]


def test_a_good_exercise_is_proven_and_its_battery_frozen(unit: Path) -> None:
    path = module(unit)
    assert messages(path, "--no-write") == ["its battery is not frozen"]
    code, answer = told(path)
    (proof,) = answer.proofs
    assert (code, proof.findings, proof.inputs, proof.seeds) == (0, [], 12, 3)
    assert {one.name: (one.failed, one.recognised) for one in proof.tried if one.kind == "mistake"} == {
        "by_rows": (["agrees", "deviations_vanish"], "by_rows"),
        "one_too_many": (["agrees", "deviations_vanish"], "one_too_many"),
    }
    assert [type(one.outcome) for one in proof.tried[:2]] == [wire.NotAttempted, wire.Passed]
    assert messages(path, "--no-write") == []
    module(unit, GOOD.replace("(4, 5)", "(4, 6)"))
    assert messages(path, "--no-write") == ["its frozen battery is stale"]


def test_the_matrix_in_words(unit: Path) -> None:
    result = verify("--seeds", "0", module(unit))
    assert result.exit_code == 0
    assert result.stdout.startswith("✓ row-means  12 inputs, 2 mistakes, ")
    assert [line.split() for line in result.stdout.splitlines()[2:6]] == [
        ["starter", "·", "·", "not", "attempted"],
        ["solution", "·", "·", "passed"],
        ["by_rows", "✗", "✗", "by_rows"],
        ["one_too_many", "✗", "✗", "one_too_many"],
    ]
    assert result.stdout.endswith("1 of 1 proven; 0 errors, 0 warnings.\n")


def test_one_of_each_is_said_as_one(unit: Path) -> None:
    one = GOOD.partition("one_too_many =")[0].replace("size=12", "size=1")
    assert verify("--seeds", "1", module(unit, one)).stdout.startswith("✓ row-means  1 input, 1 seed, 1 mistake, ")


@pytest.mark.parametrize("as_json", [False, True])
def test_watching_is_said_each_time(unit: Path, *, as_json: bool) -> None:
    path = module(unit, "def f(:\n" + GOOD)
    command = [sys.executable, "-u", "-c", "from math4ml_lab.cli import main; main()", "verify", "--watch", str(unit)]
    pipe = subprocess.PIPE
    process = subprocess.Popen(
        [*command, *(["--json"] if as_json else [])], stdout=pipe, stderr=pipe, text=True, encoding="utf-8"
    )
    told = process.stderr if as_json else process.stdout
    assert told is not None
    try:
        for files in ("1 file", "2 files"):
            lines = iter(told.readline, "")
            assert f"Watching {files}; Ctrl+C ends.\n" in lines
            module(unit, path.read_text(), "another")
        process.send_signal(signal.SIGINT)
        output, _ = process.communicate(timeout=30)
    finally:
        process.kill()
        process.wait()
    assert process.returncode == 0
    assert not as_json or "Watching" not in output


ASLEEP = '''

@check
def sleeps(got):
    """It is a number
    - Is it?"""
    assert got is not None
'''
ALIKE = '''

@mistake
def rows_again(A):
    """Rows again
    - Which way?"""
    return A.sum(axis=1) / A.shape[0]
'''
HARMLESS = '''

@mistake
def harmless(A):
    """It is right
    - Is it?"""
    return A.mean(axis=1)
'''
CODE = '''

@check
def told_too_much(got, A):
    """Means
    - Which?
    - Look at `A.sum(axis=1)`.
    - Write `return A.mean(axis=1)`."""
    near(got, A.mean(axis=1))
'''


@pytest.mark.parametrize(("more", "found"), [
    pytest.param(ASLEEP, "no mistake and no small change of the solution fails the check 'sleeps'", id="asleep"),
    pytest.param(ALIKE, "the mistake 'rows_again' is taken for 'by_rows'", id="alike"),
    pytest.param(HARMLESS, "the mistake 'harmless' passes", id="harmless"),
    pytest.param(CODE, "hint 2 of 'told_too_much' holds code: 'A.sum(axis=1)' stands in the solution", id="expression"),
    pytest.param(CODE, "hint 3 of 'told_too_much' holds code: 'return A.mean(axis=1)' is a statement", id="statement"),
])  # fmt: skip
def test_what_does_not_hold_is_found(unit: Path, more: str, found: str) -> None:
    assert found in messages(module(unit, GOOD + more))


@pytest.mark.parametrize(("old", "new", "found"), [
    ("near((A - got", "near((A + got", "the solution fails; 'deviations_vanish': "),
    ("LA@10", "LA@61", "the clip LA@61 begins after the video's end, 1:00"),
    ("LA@10", "LB@1", "videos.toml has no 'LB'"),
    ('video="LA@10"', 'starter="def row_means(A):\\n    return A.mean(axis=1)"', "the starter does what"),
    ("return row_means(A) * count(A)", "import os\n    os._exit(1)", "The judge ended before its verdict"),
])  # fmt: skip
def test_what_was_broken_is_found(unit: Path, old: str, new: str, found: str) -> None:
    assert old in GOOD
    assert any(message.startswith(found) for message in messages(module(unit, GOOD.replace(old, new)))), found


STEPS = '''"""How many times three halves
- How often?
- Multiply until it is too much.
- Count."""
from math4ml_lab.exercise import check, mistake, solution


@solution
def steps():
    size, count = 1.0, 0
    while size < 10:
        size, count = size * 1.5, count + 1
    return count


@check
def whole(got):
    """It is a whole number
    - Is it?"""
    assert isinstance(got, int)


@mistake
def none():
    """None at all
    - Is it big enough?"""
    return 0
'''


def test_a_changed_value_that_never_comes_is_ended_like_a_function(unit: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("math4ml_lab.authoring.prover.MUTANT_LIMIT", 1.0)
    monkeypatch.setattr("math4ml_lab.authoring.prover.RUN_LIMIT", 40.0)
    code, answer = told(module(unit, STEPS, "steps"))
    (proof,) = answer.proofs
    mutants = [one for one in proof.tried if one.kind == "mutant"]
    assert any(one.outcome == wire.TimedOut(1.0) for one in mutants)
    assert any(one.failed for one in mutants), "those behind it are tried, too"
    assert (code, [one.message for one in proof.findings]) == (
        0, ["no mistake and no small change of the solution fails the check 'whole'"],
    )  # fmt: skip


HOSTILE = {
    "syntax": (GOOD + "def f(:\n", "invalid syntax"),
    "endless": (GOOD + "\nwhile True: pass\n", "the module does not run: it was not read within"),
    "exits": (GOOD + "\nimport os\nos._exit(0)\n", "the module does not run: it ended the process that read it"),
    "leaves": (GOOD + "\nraise SystemExit(0)\n", "the module does not run: SystemExit: 0"),
    "raises": (GOOD + "\n1 / 0\n", "the module does not run: ZeroDivisionError: division by zero"),
    "loop": (
        GOOD.replace("import numpy", "import hostile_loop\nimport numpy"),
        "the module does not run: ModuleNotFoundError: No module named",
    ),
    "greedy": (GOOD + "\nx = [0] * 10**10\n", "the module does not run: it wants more memory"),
    "long": ('"""' + "x" * 10_000_000 + '"""\n' + GOOD, "the module has more than 1000000 characters"),
    "prints": (GOOD + "\nprint('{')\nimport sys\nsys.stderr.write('noise')\n", None),
    "types": (GOOD.replace("solution\ndef row_means(A)", "solution\ndef row_means(A, B)"), "inputs(...) gives no 'B'"),
    "nothing": (
        '"""A title\n- A hint."""\nfrom math4ml_lab.exercise import check\n',
        "the module defines no @solution",
    ),
}


def test_no_module_takes_it_down_and_each_gets_a_line(unit: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("math4ml_lab.authoring.prover.DRAWING", 10.0)
    for name, (text, _) in HOSTILE.items():
        module(unit, text, f"hostile_{name}")
    module(unit)
    code, answer = told(unit)
    assert code == 1
    assert [finding for finding in answer.every() if finding.file.endswith("row_means.py")] == []
    for name, (_, expected) in HOSTILE.items():
        mine = [one.message for one in answer.every() if one.file.endswith(f"hostile_{name}.py")]
        if expected is None:
            assert mine == []
        else:
            assert len(mine) == 1, (name, mine)
            assert expected in mine[0], (name, mine)
            assert len(mine[0]) < 400, name


def test_notebook_and_modules_match_one_to_one(unit: Path) -> None:
    module(unit)
    module(unit, GOOD.replace("row_means", "other_means"), "other_means")
    cells = exercise_cells(("row_means = ...", "row-means"), ("x = 1", "no-such"), ("y = 1", "row-means"))
    (unit / "unit.ipynb").write_text(notebook(cells, "python3"))
    (unit / "broken.ipynb").write_text(json.dumps({"cells": 3}))
    found = messages(unit)
    assert found[0].startswith("the notebook cannot be read: ")
    assert found[1:] == [
        "two cells have the tag exercise:row-means",
        "the tag exercise:no-such has no module no_such.py",
        "no cell of a notebook beside it has its tag",
    ]


def test_a_path_with_nothing_to_prove_is_bad_input(unit: Path) -> None:
    result = verify(unit / "nowhere")
    assert result.exit_code == 2
    assert "there is no exercise here" in result.stdout
