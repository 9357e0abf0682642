"""The two highest levels of every ladder: a solution's lines as a puzzle, then the solution. Pure, times are handed in.

They belong to the exercise: what one ladder opened is open on all of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from math4ml_lab import questions, wire

if TYPE_CHECKING:
    from collections.abc import Collection

    from math4ml_lab.course import Exercise

KEY = "solution"
"""The ladder under which these two are kept."""
ARRANGE = 4
REVEAL = 5
ATTEMPTS = 3
"""Distinct failures after which the puzzle opens."""
WAIT = 300.0
"""Seconds after the rung below was opened, after which it opens as well (gentle gates)."""


def top(exercise: Exercise, rungs: int) -> int:
    """Return the highest level of a ladder whose own highest is `rungs`."""
    return REVEAL if exercise.solution else rungs


def seed(exercise: Exercise) -> str:
    """Return what the order of shuffled lines comes from: the same puzzle each time, until the exercise changes."""
    return f"{exercise.name} {exercise.digest}"


def arrange(exercise: Exercise) -> questions.Asked:
    """Return the puzzle of an exercise."""
    return questions.arrange(exercise.solution, [mistake.source for mistake in exercise.mistakes], seed(exercise))


def opened(exercise: Exercise, levels: Collection[int], arranged: wire.Answered | None) -> list[wire.Hint]:
    """Return those of the two hints that are open; `arranged` is the last answer to the puzzle."""
    hints = []
    if ARRANGE in levels and exercise.solution:
        puzzle = questions.shown(arrange(exercise), seed(exercise), arranged)
        hints.append(wire.Hint(level=ARRANGE, text=puzzle.text, puzzle=puzzle))
    if REVEAL in levels and exercise.solution:
        text = "A right answer. Close it, and write yours in your own words."
        hints.append(wire.Hint(level=REVEAL, text=text, code=exercise.solution))
    return hints


def following(  # noqa: PLR0913 (pure: all that it depends on is handed in)
    exercise: Exercise,
    levels: Collection[int],
    failures: Collection[float],
    *,
    since: float | None,
    gates: wire.Gates,
    now: float,
) -> wire.NextHint:
    """Return what asking for the next one would do, once a ladder's own rungs are open.

    `failures` are when distinct ones were first seen, `since` is when the rung below was opened.
    """
    if not exercise.solution or REVEAL in levels:
        return wire.HintsDone()
    if ARRANGE in levels:
        return wire.HintReady(level=REVEAL)
    since = min(failures, default=None) if since is None else since
    wait = None
    if gates == "gentle" and since is not None:
        # A clock that was set back must not make the wait longer than it is.
        wait = min(WAIT - (now - since), WAIT)
    if gates == "off" or len(failures) >= ATTEMPTS or (wait is not None and wait <= 0):
        return wire.HintReady(level=ARRANGE)
    return wire.HintWaits(level=ARRANGE, seconds=wait)
