"""`jupyter math4ml publish`: the learner's edition, whole and stripped, and its installation."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import re
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner, Result
from notebooks import cell, notebook
from test_verify import GOOD, VIDEOS

from math4ml_lab import catalogue, wire
from math4ml_lab.authoring import battery
from math4ml_lab.authoring.edition import Parts, edition
from math4ml_lab.authoring.publishing import Published
from math4ml_lab.cli import main

COURSE = """name = "means"
title = "Means"

[[units]]
name = "rows"
title = "Rows"
notebook = "rows/rows.ipynb"
exercises = ["row-means"]
"""
ROOT = Path(__file__).resolve().parents[1]


def answered() -> dict[str, Any]:
    """Return the cell as its author left it: run, and answered."""
    done = cell(1, "def row_means(A):\n    return A.mean(axis=1)", "exercise:row-means")
    output = {"output_type": "stream", "name": "stdout", "text": "secret"}
    execution = {"iopub.execute_input": "2024-01-01T00:00:00Z"}
    return {
        **done, "execution_count": 7, "outputs": [output],
        "metadata": {**done["metadata"], "execution": execution, "collapsed": False, "slideshow": {"slide_type": "-"}},
    }  # fmt: skip


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """Return a course as its author has it: one exercise, proven before, and what an author leaves about."""
    root = tmp_path / "course"
    (root / "rows" / ".ipynb_checkpoints").mkdir(parents=True)
    (root / "course.toml").write_text(COURSE)
    (root / "videos.toml").write_text(VIDEOS)
    (root / "rows" / "row_means.py").write_text(GOOD)
    (root / "rows" / "data.csv").write_bytes(b"1,2\r\n")
    (root / "rows" / "draft.ipynb").write_text(notebook([cell(0, "secret = 1")]))
    (root / "rows" / ".ipynb_checkpoints" / "rows.ipynb").write_text("{}")
    text = json.loads(notebook([cell(0, "# Words", kind="markdown"), answered(), cell(2, "1 + 1")]))
    text["metadata"] |= {"widgets": {"state": {}}, "language_info": {"name": "python", "version": "3.11.2"}}
    (root / "rows" / "rows.ipynb").write_text(json.dumps(text))
    battery.freeze(root / "rows" / "row_means.py")
    return root


def publish(*arguments: str | Path) -> tuple[int, Published]:
    result = invoked(*arguments, "--json")
    return result.exit_code, msgspec.json.decode(result.stdout, type=Published)


def invoked(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(main, ["publish", *map(str, arguments)])
    assert isinstance(result.exception, SystemExit | None), result.exception
    return result


def tree(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*") if path.is_file()
    }  # fmt: skip


def test_a_whole_edition(course: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    code, told = publish(course, out)
    assert (code, told.written, told.findings, told.left_out) == (0, True, [], ["rows/draft.ipynb"])
    names = ["course.toml", "pyproject.toml", "rows/data.csv", "rows/row_means.battery.json", "rows/row_means.py",
             "rows/rows.ipynb", "videos.toml"]  # fmt: skip
    assert (told.files, sorted(tree(out))) == (names, names)
    before = tree(course)
    same = ("course.toml", "videos.toml", "rows/data.csv", "rows/row_means.py", "rows/row_means.battery.json")
    assert {name: tree(out)[name] for name in same} == {name: before[name] for name in same}


def test_the_learners_notebook(course: Path, tmp_path: Path) -> None:
    publish(course, tmp_path / "out")
    found = json.loads((tmp_path / "out/rows/rows.ipynb").read_text())
    words, tagged, other = found["cells"]
    assert ("".join(tagged["source"]), tagged["outputs"], tagged["execution_count"]) == (
        "def row_means(A):\n    ...", [], None,
    )  # fmt: skip
    assert tagged["metadata"] == {"tags": ["exercise:row-means"], "slideshow": {"slide_type": "-"}}
    assert ("".join(words["source"]), "".join(other["source"])) == ("# Words", "1 + 1")
    assert [one["id"] for one in found["cells"]] == ["c0", "c1", "c2"]
    assert found["metadata"]["language_info"] == {"name": "python"}
    assert "widgets" not in found["metadata"]


def test_publishing_again_gives_the_same_bytes(course: Path, tmp_path: Path) -> None:
    publish(course, tmp_path / "one")
    publish(course, tmp_path / "two")
    publish(tmp_path / "one", tmp_path / "three")
    assert tree(tmp_path / "one") == tree(tmp_path / "two") == tree(tmp_path / "three")


def test_an_empty_folder_is_taken_and_any_other_refused(course: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert publish(course, tmp_path / "empty")[0] == 0
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine").write_text("mine")
    (tmp_path / "file").write_text("mine")
    for out, said in {
        tmp_path / "full": "it is not empty", tmp_path / "file": "it is a file", course / "rows" / "out": "stands in",
        course: "it is not empty",
    }.items():  # fmt: skip
        before = tree(tmp_path)
        code, told = publish(course, out)
        assert code == 2
        assert said in told.findings[0].message
        assert told.findings[0].fix
        assert tree(tmp_path) == before


@pytest.mark.parametrize(("file", "old", "new", "said"), [
    ("course.toml", COURSE, "name = 1", "Expected `str`"),
    ("course.toml", "rows/rows.ipynb", "rows/gone.ipynb", "there is no notebook 'rows/gone.ipynb'"),
    ("course.toml", '["row-means"]', "[]", "the exercises of 'rows' are not its notebook's"),
    ("rows/row_means.py", "(4, 5)", "(4, 6)", "its frozen battery is stale"),
    ("rows/row_means.py", "@solution\n", "", "the module defines no @solution"),
    ("rows/rows.ipynb", "exercise:row-means", "exercise:other", "the tag exercise:other has no module"),
    ("rows/rows.ipynb", "{", "[", "the notebook cannot be read"),
])  # fmt: skip
def test_a_course_that_is_to_be_mended_is_not_published(  # noqa: PLR0913, PLR0917 (a table)
    course: Path, tmp_path: Path, file: str, old: str, new: str, said: str
) -> None:
    text = (course / file).read_text()
    assert old in text
    (course / file).write_text(text.replace(old, new, 1))
    code, told = publish(course, tmp_path / "out")
    assert (code, told.written, (tmp_path / "out").exists()) == (1, False, False)
    assert any(said in finding.message and finding.fix for finding in told.findings), told.findings


def test_a_folder_that_is_no_course(course: Path, tmp_path: Path) -> None:
    result = invoked(course / "rows", tmp_path / "out")
    assert result.exit_code == 2
    assert "there is no course.toml in it" in result.stdout
    assert "Nothing was written." in result.stdout
    assert invoked(course, tmp_path / "out", "--version", "new").exit_code == 2
    assert invoked(tmp_path / "none", tmp_path / "out").exit_code == 2


# -- Stripped ------------------------------------------------------------------------------------------------


@pytest.mark.kernel
def test_a_stripped_edition_gives_the_same_verdicts(course: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    code, told = publish(course, out, "--strip", "solutions")
    assert (code, told.findings) == (0, [])
    (one,) = told.exercises
    assert (one.exercise, one.stripped, one.left_out) == ("row-means", True, [])
    assert one.compared > 10
    text = (out / "rows/row_means.py").read_text()
    assert "/ count(A)" not in text
    assert catalogue.read_exercise(text, "row-means").stripped
    again = asyncio.run(edition(course, Parts(solutions=True), "1.0")).files
    assert tree(out) == {name: hashlib.sha256(data).hexdigest() for name, data in again.items()}


HIDDEN = GOOD.replace("@check\n", "@check(hidden=True)\n")
VIEW = "@view\ndef length(got):\n    return len(got)\n\n\n"
VIEWED = HIDDEN.replace("inputs(A=", f"{VIEW}inputs(A=").replace("import check,", "import view, check,")


def publish_text(course: Path, out: Path, text: str, *strip: str) -> tuple[int, Published]:
    module = course / "rows" / "row_means.py"
    module.write_text(text)
    battery.freeze(module)
    return publish(course, out, *(part for one in strip for part in ("--strip", one)))


@pytest.mark.kernel
def test_a_hidden_check_is_left_out_where_others_tell_the_same(course: Path, tmp_path: Path) -> None:
    code, told = publish_text(course, tmp_path / "out", HIDDEN, "checks:hidden", "solutions")
    assert (code, told.findings, told.exercises[0].left_out) == (0, [], ["the check 'deviations_vanish'"])
    assert "deviations" not in (tmp_path / "out/rows/row_means.py").read_text()


@pytest.mark.kernel
def test_a_hidden_check_that_alone_finds_a_slip_is_missed(course: Path, tmp_path: Path) -> None:
    code, told = publish_text(course, tmp_path / "out", VIEWED, "checks:hidden")
    assert (code, told.written, (tmp_path / "out").exists()) == (1, False, False)
    message = "the mistake 'by_rows' is failed, and passed when stripped, since only deviations_vanish fails it"
    assert message in [finding.message for finding in told.findings]


CALLS = GOOD.replace("near((A - got[:, None]).sum(axis=1), np.zeros(len(A)))", "near(got, row_means(A))")
BEYOND = CALLS.replace("row_means(A))", "row_means(2 * A) / 2)")


@pytest.mark.kernel
@pytest.mark.timeout(120)  # two editions are compared, in four kernels
def test_a_check_may_ask_the_solution_about_the_battery_only(course: Path, tmp_path: Path) -> None:
    assert publish_text(course, tmp_path / "out", CALLS, "solutions")[0] == 0
    code, told = publish_text(course, tmp_path / "other", BEYOND, "solutions")
    assert (code, told.written) == (1, False)
    assert any("knows what 'row_means' does on its own inputs only" in one.message for one in told.findings)


@pytest.mark.kernel
def test_answers_are_judged_without_the_solution(course: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    publish(course, out, "--strip", "solutions")
    path, page = out / "rows/rows.ipynb", json.loads((out / "rows/rows.ipynb").read_text())
    page["cells"][1]["source"] = "def row_means(A):\n    return A.sum(axis=1) / (A.shape[1] + 1)"
    path.write_text(json.dumps(page))
    result = CliRunner().invoke(main, ["check", "--json", str(path)])
    (report,) = json.loads(result.stdout)["notebooks"][0]["reports"]
    assert report["outcome"]["kind"] == "failed"
    agrees = next(check for check in report["checks"] if check["name"] == "agrees")
    rows = json.loads((out / "rows/row_means.battery.json").read_text())["rows"]
    first = rows[0]["A"]["array"]["items"]
    shape = rows[0]["A"]["array"]["shape"]
    shown = [[int(number) for number in first[start : start + shape[1]]] for start in range(0, len(first), shape[1])]
    assert agrees["smallest_input"] == f"A={shown}"  # nothing smaller can be asked for
    proven = msgspec.json.decode(
        CliRunner().invoke(main, ["verify", "--json", "--no-write", str(out)]).stdout, type=wire.Proofs
    )
    assert [(one.severity, one.message) for one in proven.every()] == [
        ("warning", "it is stripped: only its starter was tried")
    ]
    assert publish(out, tmp_path / "twice", "--strip", "solutions")[1].findings[0].message == "it is stripped already"
    assert publish(out, tmp_path / "copy")[0] == 0
    assert tree(tmp_path / "copy").keys() == tree(out).keys()


# -- Installed -----------------------------------------------------------------------------------------------


def environment(folder: Path) -> Path:
    """Return the Python of a new environment that sees what is installed here, and nothing from outside."""
    import hatchling  # type: ignore[import-not-found,unused-ignore]

    venv.create(folder, with_pip=False)
    python = folder / "bin" / "python"
    packages = Path(sysconfig.get_path("purelib", vars={"base": str(folder), "platbase": str(folder)}))
    seen = [sysconfig.get_path("purelib"), str(Path(hatchling.__file__).parents[1])]
    (packages / "seen.pth").write_text("\n".join(seen) + "\n")
    return python


def ran(python: Path, *arguments: str | Path, cwd: Path) -> str:
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [python, *arguments], cwd=cwd, env=env, capture_output=True, text=True, check=False, timeout=50
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.kernel
def test_the_commands_of_the_guide(course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    course.rename(tmp_path / "my-course")
    monkeypatch.chdir(tmp_path)
    guide = (ROOT / "docs" / "publish.md").read_text()
    commands = re.findall(r"^jupyter math4ml (publish .+)$", guide, re.MULTILINE)
    assert len(commands) == 2
    results = [CliRunner().invoke(main, command.split()) for command in commands]
    assert [result.exit_code for result in results] == [0, 0], results[-1].output
    assert "row-means: stripped; the same verdicts on" in results[-1].stdout
    assert (tmp_path / "my-course-for-learners" / "pyproject.toml").is_file()


@pytest.mark.kernel
@pytest.mark.skipif(sys.platform == "win32", reason="environments look different there")
def test_a_course_is_installed_and_found(course: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    publish(course, out)
    python = environment(tmp_path / "env")
    ran(python, "-m", "pip", "install", "--no-index", "--no-build-isolation", out, cwd=tmp_path)
    command = "from math4ml_lab.cli import main; main()"
    told = ran(python, "-c", command, "copy", "--from", "means", cwd=tmp_path)
    assert told.startswith(f"The course is in {tmp_path / 'means-course'}")
    copied = tree(tmp_path / "means-course")
    for name, digest in tree(out).items():
        assert name == "pyproject.toml" or copied[name] == digest


@pytest.mark.kernel
def test_a_wheel_is_the_same_each_time(course: Path, tmp_path: Path) -> None:
    wheels = []
    for name in ("one", "two"):
        code, told = publish(course, tmp_path / name, "--wheel", "--version", "2026.1")
        assert (code, told.findings) == (0, [])
        assert told.wheel is not None
        wheels.append(Path(told.wheel))
    assert [wheel.name for wheel in wheels] == ["math4ml_course_means-2026.1-py3-none-any.whl"] * 2
    assert wheels[0].read_bytes() == wheels[1].read_bytes()
