"""Levels 4 and 5 of every ladder: the solution's lines as a puzzle, then the solution."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import msgspec
import pytest
from test_hints import EXERCISE, NOW, VIDEOS, failure, next_state

from math4ml_lab import hints, wire

if TYPE_CHECKING:
    from math4ml_lab.attempts import Attempt


def test_a_ladder_without_rungs_begins_with_the_puzzle() -> None:
    assert next_state("check:bare", [], []) == wire.HintWaits(level=4, seconds=None)
    attempts = [failure(NOW - 100, "a", "check:bare")]
    assert next_state("check:bare", [], attempts) == wire.HintWaits(level=4, seconds=200.0)
    ladder = hints.state(EXERCISE, "check:bare", [], attempts, gates="off", now=NOW, videos=VIDEOS)
    assert (ladder.first, ladder.levels, ladder.next) == (4, 5, wire.HintReady(level=4))


def test_rungs_that_the_author_took_away_do_no_harm() -> None:
    opened = [(1, 1.0), (2, 2.0), (3, 3.0)]
    assert next_state("check:rich", opened, []) == wire.HintReady(level=4)
    assert next_state("check:rich", [*opened, (4, 4.0), (5, 5.0)], []) == wire.HintsDone()


def test_without_a_solution_a_ladder_ends_with_its_rungs() -> None:
    stripped = msgspec.structs.replace(EXERCISE, solution="")
    opened = [(1, 1.0), (2, 2.0), (4, 3.0), (5, 4.0)]
    ladder = hints.state(stripped, "check:rich", opened, [], gates="off", now=NOW, videos=VIDEOS)
    assert ([hint.level for hint in ladder.opened], ladder.levels, ladder.next) == ([1, 2], 2, wire.HintsDone())


def distinct(count: int, at: float = NOW) -> list[Attempt]:
    return [failure(at + number, f"{number}") for number in range(count)]


@pytest.mark.parametrize(
    ("gates", "attempts", "later", "expected"),
    [
        ("gentle", 2, 0, wire.HintWaits(level=4, seconds=300.0)),
        ("gentle", 2, -50, wire.HintWaits(level=4, seconds=300.0)),
        ("gentle", 2, 299, wire.HintWaits(level=4, seconds=1.0)),
        ("gentle", 0, 300, wire.HintReady(level=4)),
        ("gentle", 3, 0, wire.HintReady(level=4)),
        ("strict", 2, 9000, wire.HintWaits(level=4, seconds=None)),
        ("strict", 3, 0, wire.HintReady(level=4)),
        ("off", 0, 0, wire.HintReady(level=4)),
    ],
)
def test_the_puzzle_opens_after_three_attempts_or_five_minutes(
    gates: hints.Gates, attempts: int, later: float, expected: wire.NextHint
) -> None:
    for key, count in (("check:rich", 2), ("exercise", 3)):
        opened = [(level, NOW) for level in range(1, count + 1)]
        assert next_state(key, opened, distinct(attempts), gates, NOW + later) == expected
    again = [*distinct(2), *distinct(2, NOW + 10)]
    assert next_state("check:rich", [(1, NOW), (2, NOW)], again, "strict") == wire.HintWaits(level=4, seconds=None)


@pytest.mark.parametrize("gates", get_args(hints.Gates))
def test_the_solution_opens_after_the_puzzle_and_when_confirmed(gates: hints.Gates) -> None:
    opened = [(1, NOW), (2, NOW), (4, NOW)]
    assert next_state("check:rich", opened, [], gates) == wire.HintReady(level=5)
    assert hints.open_next(EXERCISE, "check:rich", opened, [], gates=gates, now=NOW) is None
    assert hints.open_next(EXERCISE, "check:rich", opened, [], gates=gates, now=NOW, confirmed=True) == 5
    early = hints.open_next(EXERCISE, "check:rich", opened[:2], distinct(3), gates=gates, now=NOW, confirmed=True)
    assert early == 4


def test_what_they_show() -> None:
    said = wire.Answered(at=1.0, value="[0]", right=True)
    ladder = hints.state(
        EXERCISE, "check:rich", [(1, NOW), (4, NOW), (5, NOW)], [], gates="off", now=NOW, videos=VIDEOS, arranged=said
    )
    assert [hint.level for hint in ladder.opened] == [1, 4, 5], "another ladder opened the last two"
    assert ladder.next == wire.HintReady(level=2), "its own rungs are still there"
    puzzle, solution = ladder.opened[1].puzzle, ladder.opened[2].code
    assert puzzle is not None
    assert (puzzle.name, puzzle.form, puzzle.when, puzzle.answer) == ("arrange", "choose", "hint", said)
    assert puzzle.slots[0] == ["def f():"]
    assert solution == "def f(): ..."
