"""`jupyter math4ml progress`: what it prints and writes, its exit codes, and that it makes nothing by looking."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest
from click.testing import CliRunner

from math4ml_lab import wire
from math4ml_lab.attempts import PLACE, AttemptStore
from math4ml_lab.cli import main
from math4ml_lab.cli.progress import Erased, Exported

if TYPE_CHECKING:
    from click.testing import Result


@pytest.fixture
def record() -> Path:
    """Return the path of a record in Jupyter's data folder, with two courses in it."""
    path = Path(os.environ["JUPYTER_DATA_DIR"]) / PLACE
    with closing(AttemptStore(path)) as store:
        for course in ("tried", "other"):
            report = wire.Report("a", "double", wire.Passed(inputs=2), [], "run", "x = 'ä'", at=1.0)
            store.record(course, "double", f"{course}", fingerprint="f", ladder=None, report=report, digest="d")
        store.open_hint("tried", "double", "exercise", 1, 2.0)
    return path


def run(*arguments: str | Path, typed: str | None = None) -> Result:
    result = CliRunner().invoke(main, ["progress", *map(str, arguments)], input=typed)
    assert isinstance(result.exception, SystemExit | None), result.exception
    return result


def courses(path: Path) -> list[str]:
    with closing(AttemptStore(path)) as store:
        return [str(row["course"]) for row in store.everything()["attempt"]]


# -- Export ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("options", [[], ["--json"]])
def test_without_a_file_the_record_is_printed(record: Path, options: list[str]) -> None:
    result = run("export", *options)
    assert (result.exit_code, result.stderr) == (0, "")
    answer = msgspec.json.decode(result.stdout, type=wire.RecordAnswer)
    assert [(row["course"], row["outcome"]) for row in answer.attempts] == [("tried", "passed"), ("other", "passed")]
    report = msgspec.json.decode(str(answer.attempts[0]["report"]), type=wire.Report)
    assert (report.source, len(answer.hints), answer.answers) == ("x = 'ä'", 1, [])


def test_a_file_is_written_for_its_owner_alone_and_never_over_another(record: Path, tmp_path: Path) -> None:
    file = tmp_path / "mine.json"
    result = run("export", file)
    assert (result.exit_code, result.stdout) == (0, f"2 attempts, 1 hint and 0 answers written to {file}\n")
    assert len(msgspec.json.decode(file.read_bytes(), type=wire.RecordAnswer).attempts) == 2
    assert os.name != "posix" or file.stat().st_mode & 0o077 == 0
    file.write_text("mine")
    result = run("export", file)
    assert (result.exit_code, "exists already" in result.stderr, file.read_text()) == (2, True, "mine")


def test_another_record_can_be_named(record: Path, tmp_path: Path) -> None:
    elsewhere = record.rename(tmp_path / "elsewhere.sqlite")
    result = run("export", tmp_path / "out.json", "--json", "--store", elsewhere)
    answer = msgspec.json.decode(result.stdout, type=Exported)
    assert answer == Exported(str(elsewhere), str(tmp_path / "out.json"), 2, 1, 0)


@pytest.mark.parametrize("call", [["export"], ["erase", "--yes"]])
def test_where_there_is_no_record_none_is_made(tmp_path: Path, call: list[str]) -> None:
    for options in ([], ["--store", str(tmp_path / "no-such.sqlite")], ["--store", str(tmp_path)]):
        before = sorted(tmp_path.rglob("*"))
        result = run(*call, *options)
        assert (result.exit_code, "There is no record" in result.stderr, result.stdout) == (2, True, "")
        assert sorted(tmp_path.rglob("*")) == before


def test_what_cannot_be_written_is_said(record: Path, tmp_path: Path) -> None:
    result = run("export", tmp_path / "no" / "such.json")
    assert (result.exit_code, "No such file" in result.stderr) == (1, True)


def test_what_can_be_read_of_a_damaged_record_is_exported_and_the_damage_said(record: Path) -> None:
    record.write_bytes(b"no database at all, " * 100)
    result = run("export")
    assert (result.exit_code, "damaged" in result.stderr) == (1, True)
    assert msgspec.json.decode(result.stdout, type=wire.RecordAnswer) == wire.RecordAnswer([], [], [])


# -- Erase -------------------------------------------------------------------------------------------------


def test_all_of_it_is_erased(record: Path) -> None:
    result = run("erase", "--yes")
    assert (result.exit_code, result.stdout) == (0, f"3 rows erased from {record}\n")
    assert courses(record) == []


def test_one_course_is_erased(record: Path) -> None:
    result = run("erase", "--course", "tried", "--yes", "--json")
    assert result.exit_code == 0
    assert msgspec.json.decode(result.stdout, type=Erased) == Erased(str(record), "tried", 2)
    assert courses(record) == ["other"]
    result = run("erase", "--course", "tried", "--yes")
    assert (result.exit_code, "It holds: other." in result.stderr) == (2, True)


def test_it_asks_first(record: Path) -> None:
    result = run("erase", typed="n\n")
    assert (result.exit_code, str(record) in result.stdout, len(courses(record))) == (1, True, 2)
    result = run("erase", "--course", "other", typed="y\n")
    assert (result.exit_code, courses(record)) == (0, ["tried"])
    assert run("erase", "--json").exit_code == 2


def test_what_could_not_be_erased_is_no_success(record: Path) -> None:
    with closing(sqlite3.connect(record)) as later, later:
        later.execute("PRAGMA user_version = 99")
    before = record.read_bytes()
    result = run("erase", "--yes")
    assert (result.exit_code, "later version" in result.stderr, "erased" in result.stdout) == (1, True, False)
    assert record.read_bytes() == before
