"""Drawn inputs: the same each time, small, frozen as text, and without a trace in the working directory."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import numpy as np
import pytest

from math4ml_lab import exercise
from math4ml_lab.authoring import battery as files
from math4ml_lab.kernel import battery
from math4ml_lab.kernel.values import encode

if TYPE_CHECKING:
    from pathlib import Path

    from math4ml_lab.kernel.definition import Definition

DRAWN = textwrap.dedent('''
    """Best rank"""
    import numpy as np
    from math4ml_lab.exercise import case, inputs, ints, matrices, seeds, solution

    @solution
    def rank(A, k, rng):
        return A[:k]

    first = case(A=np.ones((1, 1)), k=1, rng=3)
    inputs(first, A=matrices((1, 4), (1, 4)), k=lambda A: ints(1, min(A.shape)), rng=seeds())
''')


def read(source: str = DRAWN) -> Definition:
    return exercise.read(source, "rank.py", {"__name__": "rank"})


def texts(rows: battery.Rows) -> list[str]:
    return [str(encode(tuple(row.values()))) for row in rows]


def test_drawing_leaves_no_trace_and_is_the_same_each_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("HYPOTHESIS_STORAGE_DIRECTORY", raising=False)
    first = battery.draw(read())
    assert list(tmp_path.iterdir()) == []
    assert texts(first) == texts(battery.draw(read()))
    assert len(set(texts(first))) == len(first) > 20


def test_entries_are_small_non_zero_integers_and_later_inputs_depend_on_earlier_ones() -> None:
    for row in battery.draw(read()):
        matrix = row["A"]
        assert matrix.dtype == np.float64
        assert np.all(matrix != 0)
        assert np.all(np.abs(matrix) <= 9)
        assert 1 <= row["k"] <= min(matrix.shape)


def test_a_frozen_battery_is_what_was_drawn_after_the_cases() -> None:
    definition = read()
    frozen = battery.freeze(definition, DRAWN)
    assert frozen is not None
    rows = battery.rows(definition, DRAWN, frozen)
    assert texts(rows[1:]) == texts(battery.draw(definition))
    assert rows[0]["A"].tolist() == [[1.0]]


def test_a_battery_is_stale_when_its_inputs_change_and_only_then() -> None:
    frozen = battery.freeze(read(), DRAWN)
    other = DRAWN.replace('"""Best rank"""', '"""Another title"""').replace("(1, 4), (1, 4)", "(1,4),  (1,4)")
    assert len(battery.rows(read(other), other, frozen)) > 1
    changed = DRAWN.replace("(1, 4), (1, 4)", "(1, 3), (1, 4)")
    with pytest.raises(battery.Stale):
        battery.rows(read(changed), changed, frozen)


def test_the_command_freezes_what_is_stale_and_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    module = tmp_path / "rank.py"
    module.write_text(DRAWN)
    assert files.main(["--check", str(tmp_path)]) == 1
    assert "stale: " in capsys.readouterr().out
    assert files.main([str(tmp_path)]) == 0
    assert files.main(["--check", str(tmp_path)]) == 0
    module.write_text(DRAWN.replace("A=matrices((1, 4), (1, 4)), k=lambda A: ints(1, min(A.shape)), rng=seeds()", ""))
    assert files.main([str(tmp_path)]) == 0
    assert not files.frozen_file(module).exists()
