"""`%math4ml hint` tells the hint that it opened, not one that was open on another ladder."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from msgspec import structs
from test_fallback_page import report

from math4ml_lab import wire
from math4ml_lab.fallback.magics import Magics

if TYPE_CHECKING:
    import pytest


def test_the_hint_that_was_opened_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    own, puzzle = wire.Hint(level=1, text="What is dropped?"), wire.Hint(level=4, text="Put the lines in order.")
    before = wire.Ladder(key="exercise", levels=5, opened=[puzzle], next=wire.HintReady(level=1))
    after = structs.replace(before, opened=[own, puzzle], next=wire.HintReady(level=2))
    entry = SimpleNamespace(name="double", report=structs.replace(report(wire.Failed()), ladder=before))
    session: Any = SimpleNamespace(entries={"a": entry}, last=entry, hint=lambda _: after)
    Magics(session).math4ml("hint")
    assert capsys.readouterr().out == "double, Hint 1 of 5: What is dropped?\n"
