"""How a learner stands with an exercise: how it was first passed, and when it is to be done once more.

All of it is pure: times are seconds since 1970 and handed in. Progress never falls: what counts is the first pass.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from math4ml_lab import wire
    from math4ml_lab.attempts import Attempt

Opened = tuple[str, int, float]
"""An open hint: its ladder, its level, and when it was opened."""

REVEAL = 5
"""The level of a hint that shows the solution."""
DAY = 86_400.0
STAGES = (1 * DAY, 3 * DAY, 7 * DAY)
"""How long after the reveal, and after each time that it was done once more, an exercise comes back."""


class Progress(Struct, frozen=True):
    """What a record says of one exercise; `hints` counts the levels that were opened before the first pass.

    `at` is the last attempt's time. `due_at` says when it is to be done once more; an attempt at that counts from
    `review_since` on, where it has begun.
    """

    attempts: int = 0
    hints: int = 0
    at: float | None = None
    passed_at: float | None = None
    solved: wire.Solved | None = None
    due_at: float | None = None
    review_since: float | None = None


def progress(attempts: Sequence[Attempt], opened: Sequence[Opened], now: float) -> Progress:
    """Return how an exercise stands at the time `now`, given all its attempts and open hints, in any order."""
    passed_at = min((attempt.at for attempt in attempts if attempt.outcome == "passed"), default=None)
    before = [(level, at) for _, level, at in opened if passed_at is None or at < passed_at]
    was_revealed = any(level >= REVEAL for level, _ in before)
    # Who looks at the solution after passing has nothing to learn again.
    reveals = [at for _, level, at in opened if level >= REVEAL] if was_revealed else []
    reviews = [attempt.at for attempt in attempts if attempt.review and attempt.outcome == "passed"]
    dues = due_times(reveals, reviews)
    return Progress(
        attempts=len(attempts),
        # As ladders count them: what was read on two ladders is one level of help.
        hints=len({level for level, _ in before}),
        at=max((attempt.at for attempt in attempts), default=None),
        passed_at=passed_at,
        solved=None if passed_at is None else "revealed" if was_revealed else "with_hints" if before else "alone",
        due_at=dues[-1] if dues else None,
        review_since=max((due for due in dues if due is not None and due <= now), default=None),
    )


def due_times(reveals: Sequence[float], reviews: Sequence[float]) -> list[float | None]:
    """Return when what was last revealed was due, time by time, and last when it is: None where it is done for good.

    `reviews` are the passes from the starter. One before it is due counts nothing; a new reveal begins anew.
    """
    if not reveals:
        return []
    since = max(reveals)
    dues: list[float | None] = [since + STAGES[0]]
    stage = 0
    for at in sorted(reviews):
        if stage < len(STAGES) and at >= since + STAGES[stage]:
            since, stage = at, stage + 1
            dues.append(since + STAGES[stage] if stage < len(STAGES) else None)
    return dues


def is_changed(attempts: Sequence[Attempt], digest: str) -> bool:
    """Tell whether the exercise was passed, but never as its module is today."""
    passed = {attempt.digest for attempt in attempts if attempt.outcome == "passed"}
    return bool(passed) and digest not in passed


def resume(order: Sequence[str], attempts: Mapping[str, Sequence[Attempt]]) -> str | None:
    """Return the exercise to go on with: the one last tried, or after a pass the next unsolved one; None for none.

    `order` is the course's. What was done once more says nothing of where one was.
    """
    last = {name: [one for one in attempts.get(name, ()) if not one.review] for name in order}
    tried = [name for name in order if last[name]]
    if not tried:
        return None
    here = max(tried, key=lambda name: max(attempt.at for attempt in last[name]))
    solved = {name for name in order if any(one.outcome == "passed" for one in attempts.get(name, ()))}
    place = list(order).index(here)
    return next((name for name in [*order[place:], *order[:place]] if name not in solved), None)
