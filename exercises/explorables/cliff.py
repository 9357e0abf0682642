"""The learning-rate cliff: gradient descent on half of a times x squared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from explorables.words import BLUE, GREY, GRID, RUST, said

if TYPE_CHECKING:
    from matplotlib.figure import Figure

TITLE = "The learning-rate cliff: walking down ½·a·x²"
ASK = (
    "Find the largest rate that still comes to rest. Say a guess first. Then make a twice as large: "
    "where is the cliff now?"
)
STEPS = 12
START = 1.0
SAME = 1e-9
REACH = 2.5


class Seen(NamedTuple):
    """A walk, the number that each step multiplies by, and what becomes of it."""

    a: float
    factor: float
    walk: np.ndarray
    kind: str
    sentence: str


def kind_of(factor: float) -> str:
    """Return what repeated multiplication by a number does."""
    size = abs(factor)
    if size < SAME:
        return "lands"
    if abs(size - 1) < SAME:
        return "bounces" if factor < 0 else "stands"
    if size > 1:
        return "blows up"
    return "walks" if factor > 0 else "hops"


WORDS = {
    "lands": "the first step lands on the lowest point. Luck? No: here the rate is 1/a.",
    "stands": "nothing moves.",
    "bounces": "it bounces between 1 and −1 for ever, no nearer and no further. This is the very edge.",
    "blows up": "each jump lands further out than it began: it blows up.",
    "walks": "it walks down on one side and comes to rest.",
    "hops": "it hops across the lowest point each time, a little nearer, and comes to rest.",
}


def seen(a: float, rate: float) -> Seen:
    """Return the walk with this curvature and rate."""
    factor = 1 - rate * a
    walk = START * factor ** np.arange(STEPS + 1)
    kind = kind_of(factor)
    sentence = (
        f"With a = {said(a)} and rate {said(rate)}, each step multiplies x by 1 − {said(rate)}·{said(a)} = "
        f"{said(factor)}: {WORDS[kind]} After {STEPS} steps x is {said(walk[-1])}."
    )
    return Seen(a, factor, walk, kind, sentence)


def draw(figure: Figure, state: Seen) -> None:
    """Draw the cup with the walk in it, and x step by step."""
    from explorables.base import plain

    cup, diary = figure.subplots(1, 2)
    plain(cup, "the walk in its cup", "x", "½·a·x²")
    x = np.linspace(-REACH, REACH, 101)
    cup.plot(x, state.a * x**2 / 2, color=GREY, linewidth=1.5)
    shown = state.walk[: 1 + int(np.argmax(np.append(np.abs(state.walk), np.inf) > REACH))]
    cup.plot(shown, state.a * shown**2 / 2, color=BLUE, marker="o", markersize=5, linewidth=1, linestyle="--")
    cup.annotate("start", (1, state.a / 2), (6, -4), textcoords="offset points", color=BLUE, fontsize=9)
    cup.set_xlim(-REACH, REACH)
    cup.set_ylim(-0.2, state.a * REACH**2 / 2)
    plain(diary, f"x after each step: it {state.kind}", "step", "x")
    edge = max(1.5, min(float(np.abs(state.walk).max()), 20.0)) * 1.1
    diary.axhline(0, color=GRID, linewidth=1)
    diary.plot(state.walk, color=RUST, marker="s", markersize=5, linewidth=1)
    diary.set_ylim(-edge, edge)
    figure.subplots_adjust(left=0.08, right=0.98, bottom=0.15, top=0.91, wspace=0.24)


def widget() -> Any:
    """Return the widget."""
    from explorables.base import Explorable, Number

    controls = {"a": Number("curvature a", 0.5, 4, 0.5, 1), "rate": Number("learning rate", 0.05, 4.5, 0.05, 0.25)}
    return Explorable((TITLE, ASK), dict(controls), seen, draw)
