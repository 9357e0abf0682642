"""A puzzle of which other orders are right than the author's, and answers to it."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from math4ml_lab import questions

if TYPE_CHECKING:
    from collections.abc import Sequence

STEPS = textwrap.dedent('''
    """How many steps"""
    from math4ml_lab.exercise import case, exercise, inputs, order, solution

    exercise(limit=0.7)

    @solution
    def steps(n):
        count = 0
        step = 0
        if n > 0:
            step = 1
        while n > 0:
            n = n - step
            count = count + 1
        return count

    inputs(case(n=0), case(n=3))
    order(follow_up="What does a step take away?")
    order(lines=["one", "two", "three"])
''')
LATER = [0, 2, 3, 4, 1, 5, 6, 7, 8]
"""The places of the solution's lines where `count` stands behind the `if`: as right as the author's order."""
ENDLESS = [0, 1, 3, 4, 2, 5, 6, 7, 8]
"""Those where no step takes anything away."""
LARGER = textwrap.dedent('''
    """The larger one"""
    from math4ml_lab.exercise import case, inputs, mistake, solution

    @solution
    def larger(a, b):
        if a > b:
            return a
        return b

    inputs(case(a=1, b=2), case(a=5, b=3), case(a=-1, b=-4))

    @mistake
    def smaller(a, b):
        """The smaller one"""
        if a < b:
            return a
        return b

    @mistake
    def second(a, b):
        """Always the second"""
        if a > b:
            return b
        return b

    @mistake
    def first(a, b):
        """Always the first"""
        if a > b:
            return a
        return a
''')
UPSIDE_DOWN = ["def larger(a, b):", "    if a < b:", "        return b", "    return a"]
"""A right choice of lines, each of which but the first stands in a mistake."""


def placed(question: questions.Asked, seed: str, numbers: Sequence[int]) -> list[int]:
    """Return the answer to `order` that puts the author's lines of these numbers below each other."""
    places: dict[str, list[int]] = {}
    for place, line in enumerate(questions.shown(question, seed).lines):
        places.setdefault(line, []).append(place)
    own = [places[line].pop(0) for line in question.lines]
    return [own[number] for number in numbers]


def chosen(question: questions.Asked, lines: Sequence[str]) -> list[int]:
    """Return the answer to `choose` that takes these lines."""
    return [slot.index(line) for slot, line in zip(question.slots, lines, strict=True)]
