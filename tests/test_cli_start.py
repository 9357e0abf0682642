"""`jupyter math4ml start`: the copy of the course, and the way to JupyterLab."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from math4ml_lab import installed as installed_course
from math4ml_lab.cli import course_copy, main, start
from math4ml_lab.cli.course_copy import CourseCopy, first_notebook
from math4ml_lab.course_folder import course_files
from math4ml_lab.installed import find_course

COURSE_TOML = """
name = "a-course"
title = "A course"
[[units]]
name = "last-letters"
title = "First"
notebook = "zebra/zebra one.ipynb"
exercises = ["rank-k"]
[[units]]
name = "first-letters"
title = "Second"
notebook = "apple/apple.ipynb"
exercises = []
"""


@pytest.fixture
def course(tmp_path: Path) -> Path:
    folder = tmp_path / "original"
    for name, text in {
        "course.toml": COURSE_TOML,
        "apple/apple.ipynb": "{}",
        "zebra/zebra one.ipynb": "{}",
        "zebra/rank_k.py": "k = 1\n",
        "zebra/__pycache__/rank_k.pyc": "junk",
        "zebra/.ipynb_checkpoints/old.ipynb": "{}",
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


@pytest.fixture
def commands(course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Collect the commands that would have become JupyterLab, from a shell in `tmp_path`."""
    monkeypatch.chdir(tmp_path)
    seen: list[list[str]] = []
    monkeypatch.setattr(start, "find_course", lambda: course)
    monkeypatch.setattr(start, "run_lab", seen.append)
    return seen


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["start", *arguments])


def test_a_first_copy_holds_the_course_and_no_caches(course: Path, tmp_path: Path) -> None:
    copied = CourseCopy(course, tmp_path / "mine").bring_up_to_date()
    expected = ["apple/apple.ipynb", "course.toml", "zebra/rank_k.py", "zebra/zebra one.ipynb"]
    assert copied.added == expected
    assert list(course_files(tmp_path / "mine")) == expected


def test_a_second_copy_changes_nothing(course: Path, tmp_path: Path) -> None:
    CourseCopy(course, tmp_path / "mine").bring_up_to_date()
    copied = CourseCopy(course, tmp_path / "mine").bring_up_to_date()
    assert (copied.added, copied.updated, copied.kept) == ([], [], [])


def test_work_of_the_learner_is_kept_when_the_course_changes(course: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    CourseCopy(course, mine).bring_up_to_date()
    (mine / "apple/apple.ipynb").write_text("my work")
    (course / "apple/apple.ipynb").write_text("a new edition")
    (course / "zebra/rank_k.py").write_text("k = 2\n")
    (course / "apple/extra.ipynb").write_text("{}")
    copied = CourseCopy(course, mine).bring_up_to_date()
    assert (copied.added, copied.updated, copied.kept) == (
        ["apple/extra.ipynb"], ["zebra/rank_k.py"], ["apple/apple.ipynb"],
    )  # fmt: skip
    assert (mine / "apple/apple.ipynb").read_text() == "my work"
    assert (mine / "zebra/rank_k.py").read_text() == "k = 2\n"


@pytest.mark.parametrize("record", [None, "{not json", "[1, 2]"])
def test_without_a_readable_record_every_difference_is_kept(course: Path, tmp_path: Path, record: str | None) -> None:
    mine = tmp_path / "mine"
    CourseCopy(course, mine).bring_up_to_date()
    (mine / course_copy.RECORD).unlink()
    if record is not None:
        (mine / course_copy.RECORD).write_text(record)
    (course / "apple/apple.ipynb").write_text("a new edition")
    copied = CourseCopy(course, mine).bring_up_to_date()
    assert copied.kept == ["apple/apple.ipynb"]
    assert (mine / "apple/apple.ipynb").read_text() == "{}"


def test_a_folder_of_the_learner_in_the_way_is_kept(course: Path, tmp_path: Path) -> None:
    (tmp_path / "mine/course.toml").mkdir(parents=True)
    assert CourseCopy(course, tmp_path / "mine").bring_up_to_date().kept == ["course.toml"]


def test_a_course_installed_read_only_gives_files_that_can_be_written(course: Path, tmp_path: Path) -> None:
    (course / "apple/apple.ipynb").chmod(0o444)
    CourseCopy(course, tmp_path / "mine").bring_up_to_date()
    assert (tmp_path / "mine/apple/apple.ipynb").stat().st_mode & 0o200


def test_the_first_notebook_is_the_first_units(course: Path) -> None:
    assert first_notebook(course) == Path("zebra/zebra one.ipynb")
    (course / "zebra/zebra one.ipynb").unlink()
    assert first_notebook(course) == Path("apple/apple.ipynb")
    (course / "apple/apple.ipynb").unlink()
    assert first_notebook(course) is None


@pytest.mark.parametrize("text", ["", "no toml [", "units = 3", "name = 'No Name'\ntitle = 'x'\nunits = []"])
def test_a_course_file_that_says_no_order_still_has_a_first_notebook(course: Path, text: str) -> None:
    (course / "course.toml").write_text(text)
    assert first_notebook(course) == Path("apple/apple.ipynb")


@pytest.mark.parametrize(
    ("arguments", "folder", "options"),
    [
        ([], "math4ml-course", []),
        (["--no-browser", "--port", "8899"], "math4ml-course", ["--no-browser", "--port", "8899"]),
        (["--", "--no-browser"], "math4ml-course", ["--no-browser"]),
        (["here", "--port", "1"], "here", ["--port", "1"]),
        (["here", "--", "--port", "1"], "here", ["--port", "1"]),
    ],
)
def test_options_for_lab_pass_through(
    commands: list[list[str]], tmp_path: Path, arguments: list[str], folder: str, options: list[str]
) -> None:
    result = run(*arguments)
    assert result.exit_code == 0, result.output
    assert "4 files added" in result.output
    assert commands == [
        [
            sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={tmp_path / folder}",
            "--LabApp.default_url=/lab/tree/zebra/zebra%20one.ipynb", *options,
        ]
    ]  # fmt: skip


def test_what_was_kept_and_renewed_is_said(commands: list[list[str]], course: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    run(str(mine))
    (mine / "apple/apple.ipynb").write_text("my work")
    (course / "zebra/rank_k.py").write_text("k = 2\n")
    output = run(str(mine)).output
    assert "apple/apple.ipynb of yours kept as you left it" in output
    assert "zebra/rank_k.py brought up to date: you had not changed it" in output
    assert len(commands) == 2


def test_a_file_where_the_folder_should_be_is_bad_input(commands: list[list[str]], tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("a file")
    result = run(str(tmp_path / "mine"))
    assert result.exit_code == 2
    assert "is a file" in result.output
    assert commands == []


def test_a_disk_that_cannot_be_written_is_said_without_a_traceback(
    commands: list[list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_original: Path, copy: Path) -> None:
        raise OSError(28, "No space left on device", str(copy))

    monkeypatch.setattr(course_copy, "_copy_file", full)
    result = run(str(tmp_path / "mine"))
    assert result.exit_code == 1
    assert "No space left on device" in result.output
    assert commands == []


def test_a_missing_course_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(start, "find_course", lambda: None)
    result = run(str(tmp_path / "mine"))
    assert result.exit_code == 1
    assert "pip install" in result.output


def test_an_installed_course_is_found_without_a_checkout(
    course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "jupyter/data"
    installed = data / "math4ml/courses/math4ml"
    installed.parent.mkdir(parents=True)
    course.rename(installed)
    monkeypatch.setenv("JUPYTER_PATH", str(data))
    monkeypatch.setattr(installed_course, "__file__", str(tmp_path / "site-packages/math4ml_lab/installed.py"))
    assert find_course() == installed


def test_jupyter_runs_the_command_and_becomes_lab(tmp_path: Path) -> None:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        [sys.executable, "-m", "jupyter", "math4ml", "start", str(tmp_path / "my course"), "--version"],
        env={**os.environ, "PATH": path}, capture_output=True, text=True, timeout=50, check=True,
    )  # fmt: skip
    assert done.stdout.splitlines()[0] == f"The course is in {tmp_path / 'my course'}"
    assert done.stdout.splitlines()[-1].startswith("4."), "the version of JupyterLab itself"
    assert (tmp_path / "my course/course.toml").is_file()


def test_a_copy_alone_opens_nothing(commands: list[list[str]], tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["copy"])
    assert result.exit_code == 0, result.output
    assert "4 files added" in result.output
    assert (tmp_path / start.DEFAULT_FOLDER / "course.toml").is_file()
    assert commands == []


def test_another_course_is_copied_by_its_folder(
    commands: list[list[str]], course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(start, "find_course", lambda: None)
    result = CliRunner().invoke(main, ["copy", "--from", str(course), str(tmp_path / "mine")])
    assert result.exit_code == 0, result.output
    assert (tmp_path / "mine/zebra/rank_k.py").read_text() == "k = 1\n"
    missing = CliRunner().invoke(main, ["copy", "--from", str(tmp_path / "none"), str(tmp_path / "mine")])
    assert missing.exit_code == 2
    empty = tmp_path / "empty"
    empty.mkdir()
    refused = CliRunner().invoke(main, ["copy", "--from", str(empty), str(tmp_path / "other")])
    assert refused.exit_code == 2
    assert "course.toml" in refused.output
    assert not (tmp_path / "other").exists()


def test_an_installed_course_is_copied_by_its_name(
    course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = tmp_path / "data" / "math4ml" / "courses" / "maths"
    there.parent.mkdir(parents=True)
    course.rename(there)
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    seen: list[list[str]] = []
    monkeypatch.setattr(start, "run_lab", seen.append)
    result = run("--from", "maths", "--", "--port", "8899")
    assert result.exit_code == 0, result.output
    assert list(course_files(tmp_path / "maths-course")) == list(course_files(there))
    assert seen[0][-2:] == ["--port", "8899"]
    refused = run("--from", "others")
    assert refused.exit_code == 2
    assert "no course of that name is installed" in refused.stderr
