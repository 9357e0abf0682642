"""Cells that lost their tags are missed; hints that were read are not lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from test_server import WRONG, course, panel

from math4ml_lab import wire

if TYPE_CHECKING:
    from panel import Panel

__all__ = ["course", "panel"]

pytestmark = pytest.mark.kernel


async def test_exercises_of_the_unit_that_lost_their_cells_are_told(panel: Panel) -> None:
    answer = await panel.exercises({})
    assert [(one.exercise, one.names) for one in answer.missing] == [("double", ["double"])]
    assert answer.missing[0].starter == "def double(x):\n    ..."
    assert (await panel.exercises({"a": "double"})).missing == []


async def test_hints_that_were_read_stay_when_another_ladder_fits_better(panel: Panel) -> None:
    await panel.start()
    await panel.watch({"a": "double"})
    await panel.judged(WRONG)
    await panel.hint("mistake:squared")
    report = await panel.judged("def double(x):\n    return y")
    assert report.ladder is not None
    assert report.ladder.key == "structure:runs"
    assert [(ladder.key, len(ladder.opened)) for ladder in report.other_ladders] == [("mistake:squared", 1)]
    assert report.distinct == 2
    report = await panel.judged("def double(x):\n    return 2 * x")
    assert isinstance(report.outcome, wire.Passed)
    assert [ladder.key for ladder in report.other_ladders] == ["mistake:squared"]
