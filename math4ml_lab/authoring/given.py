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
    """The texts of `cells` to run first, by the exercise whose module each is of, and the names that are `missing`."""

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


def given(loaded: Loaded, others: Sequence[Loaded]) -> Given:
    """Return what has to run before an exercise can be proven; `others` are those that it needs, in order.

    What none of their solutions defines may stand in its own module: an import, say, or data.
    """
    wanted = list(loaded.exercise.elsewhere)
    bound: set[str] = set()
    cells: dict[str, str] = {}
    for other in reversed(others):
        solved = candidates.solved(other.exercise)
        if solved & set(wanted):
            cells[other.exercise.name] = candidates.solution(other.exercise, other.source)
            bound |= solved
            wanted += [name for name in other.exercise.elsewhere if name not in wanted]
    text, own = candidates.own(loaded.exercise, loaded.source, [name for name in wanted if name not in bound])
    cells |= {loaded.exercise.name: text} if own else {}
    missing = [name for name in dict.fromkeys(wanted) if name not in bound | own]
    return Given(dict(reversed(cells.items())), missing)
