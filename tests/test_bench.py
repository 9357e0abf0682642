"""The bench's own arithmetic: multiples of the unit, bars, and where the table goes."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "bench"))
import report

SAMPLES = {
    "bare": [2.0, 1.0, 3.0],
    "check, live": [20.0, 30.0, 40.0],
    "run and verdict": [50.0],
    "run and verdict, failing": [400.0, 200.0, 900.0],
    "nbgrader validate": [3000.0],
}


def test_all_is_told_as_multiples_of_the_median_round_trip() -> None:
    found = report.results(SAMPLES, {"judge": 25.04}, {"date": "2000-01-01", "processors": 2})
    one = found["measured"]["check, live"]
    assert (one["multiple"], one["bar"], one["milliseconds"], one["quartiles"]) == (15.0, 25, 30.0, [25.0, 35.0])
    assert found["ratios"] == {"nbgrader validate / run and verdict": 60.0}
    assert found["megabytes"] == {"judge": 25.0}


def test_a_bar_that_is_missed_is_seen() -> None:
    lines = report.table(report.results(SAMPLES, {}, {"date": "2000-01-01", "processors": 2})).splitlines()
    assert any("| 15.0 | 25 ✓ |" in line for line in lines)
    assert any("| 200.0 | 150 ✗ |" in line for line in lines)


def test_the_table_replaces_the_last_one(tmp_path: Path) -> None:
    file = tmp_path / "README.md"
    file.write_text(f"before\n{report.BEGIN}\nold\n{report.END}\nafter\n", encoding="utf-8")
    report.insert(file, "new")
    report.insert(file, "newer")
    assert file.read_text(encoding="utf-8") == f"before\n{report.BEGIN}\n\nnewer\n\n{report.END}\nafter\n"
    file.write_text("no place", encoding="utf-8")
    with pytest.raises(ValueError, match="no place for the results"):
        report.insert(file, "new")
