"""What other cells give an exercise: the solutions of the exercises that it needs. Pure, nothing is run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from math4ml_lab.authoring import candidates

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from math4ml_lab.course import Exercise
    from math4ml_lab.place import Loaded


class Given(Struct, frozen=True):
    """The texts of `cells` to run first, by the exercise whose solution each is, and the names that are `missing`."""

    cells: dict[str, str] = {}
    missing: list[str] = []


async def needed(exercise: Exercise, load: Callable[[str], Awaitable[Loaded | None]]) -> list[Loaded]:
    """Return the exercises that one needs, and what these need, each behind what it needs itself."""
    found: dict[str, Loaded] = {}
    seen = {exercise.name}

    async def follow(one: Exercise) -> None:
        for name in one.needs:
            if name in seen:
                continue
            seen.add(name)
            loaded = await load(name)
            if loaded is not None:
                await follow(loaded.exercise)
                found[name] = loaded

    await follow(exercise)
    return list(found.values())


def given(exercise: Exercise, others: Sequence[Loaded]) -> Given:
    """Return what has to run before an exercise can be proven; `others` are those that it needs, in order."""
    wanted = list(exercise.elsewhere)
    bound: set[str] = set()
    cells: dict[str, str] = {}
    for other in reversed(others):
        solved = candidates.solved(other.exercise)
        if solved & set(wanted):
            cells[other.exercise.name] = candidates.solution(other.exercise, other.source)
            bound |= solved
            wanted += other.exercise.elsewhere
    missing = [name for name in dict.fromkeys(wanted) if name not in bound]
    return Given(dict(reversed(cells.items())), missing)
