"""Hint ladders: how they are written, which one is offered, when the next rung opens.

All of it is pure: times are seconds since 1970 and handed in. Level 1 asks, 2 teaches, 3 says what to do; 4 and 5, the
exercise's own, are in `reveal`. A rung opens only when the learner asks for it, and stays open; gates only say when
asking helps.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, assert_never

from msgspec import Struct

from math4ml_lab import reveal, wire
from math4ml_lab.errors import UnknownLadderError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from math4ml_lab.attempts import Attempt
    from math4ml_lab.catalogue import Exercise, Videos

Gates = wire.Gates

TEACH = 2
"""The level that brings the clip, and from which a mistake's title shows."""
WAITS = {2: 60.0, 3: 90.0}
"""Seconds after the rung below was opened, for a level that opens by time as well (gentle gates)."""
NEVER_FAILED = "never_failed"
"""The mistake of passing an exercise that wants a failure first."""
FREE_CHECKS = {
    "defined": "{name} is defined",
    "runs": "{name} runs",
    "kind": "{name} gives the right kind of thing",
    "shape": "{name} gives the right shape",
    "unchanged": "{name} leaves its inputs alone",
    "finite": "{name} is finite",
    "agrees": "{name} is right",
}
"""The checks that every answer gets, in the order in which they are told; `{name}` is the answer's."""


# -- How a ladder is written -------------------------------------------------------------------------------


class ClipRef(Struct, frozen=True):
    """A passage as an author names it: a key of videos.toml, with seconds where they are known."""

    key: str
    start: int | None = None
    end: int | None = None


class Ladder(Struct, frozen=True, kw_only=True):
    """A title and up to three rungs of markdown; `clip` belongs to level 2, `first` is the lowest rung's level."""

    title: str
    rungs: tuple[str, ...] = ()
    clip: ClipRef | None = None
    first: int = 1

    @property
    def top(self) -> int:
        """The level of the highest rung, 0 without rungs."""
        return self.first + len(self.rungs) - 1 if self.rungs else 0


_TIME = r"[0-9]{1,6}(?::[0-5]?[0-9]){0,2}"
_REF = re.compile(rf"(?P<key>[\w.-]*)(?:@(?P<start>{_TIME})(?:-(?P<end>{_TIME}))?)?")
_TITLE_REF = re.compile(rf"(?:^|\s)@(?P<ref>(?:[\w.-]+@)?{_TIME}(?:-{_TIME})?)$")


def read_ref(text: str, key: str | None = None) -> ClipRef:
    """Read `KEY`, `KEY@473`, `KEY@33:51-35:10` or `@33:51`, where `key` stands in; raise ValueError."""
    match = _REF.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is no clip")
    named = match["key"] or key
    if not named:
        raise ValueError(f"{text!r} names no video")
    start, end = (_seconds(match[part]) if match[part] else None for part in ("start", "end"))
    if start is not None and end is not None and end <= start:
        raise ValueError(f"{text!r} ends before it starts")
    return ClipRef(named, start, end)


def _seconds(time: str) -> int:
    return sum(int(part) * 60**place for place, part in enumerate(reversed(time.split(":"))))


def split_title(title: str) -> tuple[str, str | None]:
    """Split `The error is s_k @33:51` into the title and what `read_ref` reads, None where there is no clip."""
    match = _TITLE_REF.search(title)
    if match is None:
        return title, None
    ref = match["ref"]
    return title[: match.start()].rstrip(), ref if "@" in ref else f"@{ref}"


def split_ladder(text: str) -> tuple[str, list[str]]:
    """Split a docstring into its title (with its clip) and its bullets; lines that go on are joined by a space."""
    parts: list[list[str]] = [[]]
    for line in (line.strip() for line in text.splitlines()):
        if line == "-" or line.startswith("- "):
            parts.append([line[1:].strip()])
        elif line:
            parts[-1].append(line)
    title, *rungs = (" ".join(part).strip() for part in parts)
    return title, rungs


# -- What is said where the author said nothing ------------------------------------------------------------


def _written(text: str, first: int = 1) -> Ladder:
    title, bullets = split_ladder(text)
    return Ladder(title=title, rungs=tuple(bullets), first=first)


BUILT_IN = {
    "defined": _written("""The name is not there
        - Which name does the exercise ask for, and which names does your cell define?
        - A cell leaves behind the names that it assigns, spelled exactly so, once it has run to its end.
        - Give your function or value the exercise's own name, letter by letter, and run the cell again."""),
    "runs": _written("""It ends with an exception
        - Read the error first: it says what Python could not do. Then look at your own line, which the report names
          under it, and at the shape and type of each value on it.
        - Take the smallest input from the report, run your lines on it one by one, and print what goes into the line
          that fails. Change what arrives there, or the line itself.""", first=TEACH),
    "kind": _written("""Another kind of thing was expected
        - What does your code hand back: a number, an array, several things, or nothing?
        - `print` shows a value and hands nothing back, and a function without `return` gives None. An array with one
          entry is not yet a number, and a list is not yet an array.
        - Look at the type of the result on the smallest input. Turn it into the kind that the report names, in the
          line that returns it."""),
    "shape": _written("""The shape is another one
        - Which axes should the result have, and what does each of them count?
        - A product uses up the axes that meet, a sum the axis it runs along, and an axis of length 1 is still an axis.
          Write down the shape after every step on the smallest input.
        - Find the first step whose shape is not what you wrote down. Change the axis, the order of the factors or the
          transpose there."""),
    "unchanged": _written("""An input was changed
        - After the call, are the arrays that went in still what they were?
        - A function gets the caller's own array, not a copy: `+=`, `*=`, assigning to entries and sorting in place all
          write into it.
        - Find the line that writes into an argument. Let it make a new array, or copy the argument first."""),
    "finite": _written("""There is a nan or an infinity
        - Which step turns ordinary numbers into nan or inf: a division, a logarithm, a power?
        - Floats end near 1e308 and vanish near 1e-308: exp of a large number overflows, a product of many small ones
          becomes 0, and 0/0 or inf - inf is nan.
        - Evaluate the steps on the smallest input until one is not finite. Rearrange the formula so that nothing there
          gets that large or that small, or treat the special case apart."""),
}  # fmt: skip
"""The ladders `structure:<name>`. `runs` has no level 1: a question does not help with a traceback."""

FAIL_FIRST = _written("""It has to fail once first
    - What would the panel say about a wrong answer? Find out: here a miss is part of the exercise.
    - A failed check names the claim, what it measured, and your own line. A miss costs nothing, ever.
    - Make your answer wrong on purpose, run the cell, read the report, and put it right again.""")
"""What an exercise says that wants a failure first, unless its author says it."""


# -- Which ladder ------------------------------------------------------------------------------------------


def choose_ladder(
    exercise: Exercise, outcome: wire.Outcome, checks: Sequence[wire.CheckResult] = (), mistake: str | None = None
) -> str | None:
    """Return the key of the ladder that fits a verdict; None where there is nothing to help with."""
    match outcome:
        case wire.Failed():
            return _of_failure(exercise, [check.name for check in checks if check.state == "failed"], mistake)
        case wire.CellRaised():
            return "structure:runs"
        case wire.NotAttempted() | wire.TimedOut() | wire.OutOfMemory():
            return "exercise"
        case wire.Passed() | wire.Lacks() | wire.NotRun() | wire.Edited() | wire.KernelBusy() | wire.KernelRestarted():
            return None
        case (
            wire.KernelDead() | wire.NotPython() | wire.Gateway() | wire.NoSnapshot() | wire.Cancelled() | wire.Broken()
        ):
            return None
        case _:
            assert_never(outcome)


def _of_failure(exercise: Exercise, failed: Sequence[str], mistake: str | None) -> str:
    """Rank them: a recognised mistake, structure, the author's first failed check with rungs, the exercise."""
    structure = next((name for name in FREE_CHECKS if name in failed and name in BUILT_IN), None)
    wanted = [f"mistake:{mistake}", f"structure:{structure}", *(f"check:{name}" for name in failed)]
    known = _ladders(exercise)
    return next((key for key in wanted if key in known and known[key].rungs), "exercise")


def never_failed(exercise: Exercise, outcome: wire.Outcome, *, has_failed: bool) -> bool:
    """Tell whether a pass does not count yet, because this exercise wants a failure first."""
    return isinstance(outcome, wire.Passed) and exercise.wants_a_failure_first is not None and not has_failed


def _ladders(exercise: Exercise) -> dict[str, Ladder]:
    first = exercise.wants_a_failure_first
    return {
        "exercise": exercise,
        **({f"mistake:{NEVER_FAILED}": first} if first else {}),
        **{f"structure:{name}": ladder for name, ladder in BUILT_IN.items()},
        **{f"check:{check.name}": check for check in exercise.checks},
        **{f"mistake:{mistake.name}": mistake for mistake in exercise.mistakes},
    }


def has_ladder(exercise: Exercise, key: str) -> bool:
    """Tell whether the exercise still has a ladder: its module may have changed since hints were opened."""
    return key in _ladders(exercise)


def rungs(exercise: Exercise, key: str) -> list[tuple[int, str, ClipRef | None]]:
    """Return level, text and clip of each rung of a ladder; raise UnknownLadderError."""
    ladder = _ladder(exercise, key)
    levels = enumerate(ladder.rungs, ladder.first)
    return [(level, text, ladder.clip if level == TEACH else None) for level, text in levels]


def _ladder(exercise: Exercise, key: str) -> Ladder:
    ladder = _ladders(exercise).get(key)
    if ladder is None:
        raise UnknownLadderError(exercise.name, key)
    return ladder


# -- When the next rung opens ------------------------------------------------------------------------------


def state(  # noqa: PLR0913 (pure: all that it depends on is handed in)
    exercise: Exercise,
    key: str,
    opened: Sequence[tuple[int, float]],
    attempts: Sequence[Attempt],
    *,
    gates: Gates,
    now: float,
    videos: Videos,
    arranged: wire.Answered | None = None,
) -> wire.Ladder:
    """Return a ladder as far as it is climbed. Raise UnknownLadderError.

    `opened` holds (level, time) of its rungs, and of those that all ladders share. `attempts` are all of this exercise,
    oldest first; `now` and all times are seconds since 1970. `arranged` is the last answer to the puzzle of level 4.
    """
    ladder = _ladder(exercise, key)
    levels = {level for level, _ in opened}
    climbed = max((level for level in levels if level < reveal.ARRANGE), default=0)
    own = [
        wire.Hint(level=level, text=text, clip=videos.clip(clip) if clip else None)
        for level, text, clip in rungs(exercise, key)
        if level <= climbed
    ]
    return wire.Ladder(
        key=key,
        levels=reveal.top(exercise, ladder.top),
        first=ladder.first if ladder.rungs else reveal.ARRANGE,
        opened=own + reveal.opened(exercise, levels, arranged),
        next=next_hint(exercise, key, opened, attempts, gates=gates, now=now),
        title=ladder.title if key.startswith("mistake:") and climbed >= TEACH else None,
    )


def open_next(  # noqa: PLR0913 (as above)
    exercise: Exercise,
    key: str,
    opened: Sequence[tuple[int, float]],
    attempts: Sequence[Attempt],
    *,
    gates: Gates,
    now: float,
    confirmed: bool = False,
) -> int | None:
    """Return the level that opens now that it is asked for, None where its gate is closed or all are open.

    The solution opens only when that is `confirmed`.
    """
    following = next_hint(exercise, key, opened, attempts, gates=gates, now=now)
    is_open = isinstance(following, wire.HintReady) and (confirmed or following.level < reveal.REVEAL)
    return following.level if is_open and isinstance(following, wire.HintReady) else None


def next_hint(  # noqa: PLR0913 (as above)
    exercise: Exercise,
    key: str,
    opened: Sequence[tuple[int, float]],
    attempts: Sequence[Attempt],
    *,
    gates: Gates,
    now: float,
) -> wire.NextHint:
    """Return what asking for the next rung would do: it opens, it waits, or there is none. Raise UnknownLadderError."""
    ladder = _ladder(exercise, key)
    climbed, since = max(((level, at) for level, at in opened if level < reveal.ARRANGE), default=(0, None))
    level = max(climbed + 1, ladder.first)
    if level > ladder.top:
        levels, failures = {level for level, _ in opened}, first_seen(attempts).values()
        return reveal.following(exercise, levels, failures, since=since, gates=gates, now=now)
    if gates == "off":
        return wire.HintReady(level=level)
    if since is None or climbed < ladder.first:
        is_ready, wait = any(attempt.failed and attempt.ladder == key for attempt in attempts), None
    else:
        is_ready = any(at > since for at in first_seen(attempts).values())
        # A clock that was set back must not make the wait longer than it is.
        wait = min(WAITS[level] - (now - since), WAITS[level]) if gates == "gentle" else None
    if is_ready or (wait is not None and wait <= 0):
        return wire.HintReady(level=level)
    return wire.HintWaits(level=level, seconds=wait)


def first_seen(attempts: Sequence[Attempt]) -> dict[str, float]:
    """Return when each distinct failure of an exercise was first seen, by fingerprint: repeating one is no attempt."""
    seen: dict[str, float] = {}
    for attempt in attempts:
        if attempt.failed and attempt.fingerprint is not None:
            seen[attempt.fingerprint] = min(attempt.at, seen.get(attempt.fingerprint, attempt.at))
    return seen
