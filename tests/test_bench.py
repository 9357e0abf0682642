"""The bench's own arithmetic: multiples of the unit, bars, and where the table goes."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "bench"))
import report
import run

SAMPLES = {
    "bare": [(2.0, 2.0), (1.0, 1.0), (4.0, 4.0)],
    "check, live": [(20.0, 2.0), (30.0, 1.0), (60.0, 4.0)],
    "run and verdict, failing": [(400.0, 2.0), (200.0, 1.0), (900.0, 4.0)],
    "otter check": [(9.0, 3.0)],
    "nbgrader validate": [(3000.0, 2.0)],
    "run and verdict, beside nbgrader": [(50.0, 2.0)],
}
PROFILE = {"copy": {"live": [1.0, 9.0, 2.0], "run": [4.0]}}
MEMORY = {"bare kernel": 50.04, "kernel with runner": 55.0, "judge": 25.0}
MACHINE = {"date": "2000-01-01", "processors": 2, "others": 0.04}


def found(samples: report.Samples = SAMPLES) -> Any:
    return report.results(samples, PROFILE, MEMORY, MACHINE)


def test_each_sample_is_a_multiple_of_the_unit_of_its_own_turn() -> None:
    one = found()["measured"]["check, live"]
    # 10, 30 and 15 units: the slow machine of the last turn is in both.
    assert (one["multiple"], one["bar"], one["milliseconds"], one["quartiles"]) == (15.0, 25, 30.0, [25.0, 45.0])
    assert found()["measured"]["otter check"]["multiple"] == 3.0


def test_nbgrader_is_compared_with_the_checks_of_the_same_minutes() -> None:
    assert found()["ratios"] == {"nbgrader validate / run and verdict": 60.0}
    assert "60** (bar: at least 20 ✓)" in report.table(found())
    slower = {**SAMPLES, "run and verdict, beside nbgrader": [(300.0, 2.0)]}
    assert "10** (bar: at least 20 ✗)" in report.table(found(slower))


def test_a_bar_that_is_missed_is_seen() -> None:
    lines = report.table(found()).splitlines()
    assert any("| 15.0 | 25 ✓ |" in line for line in lines)
    assert any("| 200.0 | 150 ✗ |" in line for line in lines)


def test_a_run_on_a_busy_machine_says_that_it_does_not_count() -> None:
    assert "others kept 0.04 processors busy." in report.table(found())
    busy = report.results(SAMPLES, PROFILE, MEMORY, {**MACHINE, "others": 0.7})
    assert "0.70 processors busy: too many for a run that counts" in report.table(busy)


def test_profile_and_memory_have_tables_of_their_own() -> None:
    lines = report.table(found()).splitlines()
    assert f"| {report.PHASES['copy']} | 2.0 | 4.0 |" in lines
    assert "| judge | 0.50 | 25.0 |" in lines
    assert "| kernel with runner | 1.10 | 55.0 |" in lines


def test_the_table_replaces_the_last_one(tmp_path: Path) -> None:
    file = tmp_path / "README.md"
    file.write_text(f"before\n{report.BEGIN}\nold\n{report.END}\nafter\n", encoding="utf-8")
    report.insert(file, "new")
    report.insert(file, "newer")
    assert file.read_text(encoding="utf-8") == f"before\n{report.BEGIN}\n\nnewer\n\n{report.END}\nafter\n"
    file.write_text("no place", encoding="utf-8")
    with pytest.raises(ValueError, match="no place for the results"):
        report.insert(file, "new")


def test_what_was_measured_is_shown_and_written_only_where_it_may_be(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    readme = tmp_path / "README.md"
    readme.write_text(f"{report.BEGIN}{report.END}", encoding="utf-8")
    assert (run.options().parse_args([]).write, run.options().parse_args(["--no-write"]).write) == (True, False)
    run.show(found(), None)
    assert report.table(found()) in capsys.readouterr().out
    assert [path.name for path in tmp_path.iterdir()] == ["README.md"]
    run.show(found(), tmp_path)
    assert report.table(found()) in readme.read_text(encoding="utf-8")
    assert (tmp_path / "results.json").exists()
