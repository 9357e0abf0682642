"""Little-o by zooming: does f vanish beside g?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from explorables.words import BLUE, GREY, GRID, INK, RUST, said

if TYPE_CHECKING:
    from collections.abc import Callable

    from matplotlib.figure import Figure

TITLE = "Little-o by zooming"
ASK = (
    "Choose a pair, and say before you zoom: will f vanish beside g, the closer you look? Which pair fools you "
    "longest, and what gives it away in the end?"
)
DEEPEST = 8
SAME = 1e-3
"""How much a ratio may differ from the one before and still count as the same."""


class Pair(NamedTuple):
    """Two functions of x, near 0."""

    f: Callable[[np.ndarray], np.ndarray]
    g: Callable[[np.ndarray], np.ndarray]


def _itself(x: np.ndarray) -> np.ndarray:
    return x


def _square(x: np.ndarray) -> np.ndarray:
    return x * x


PAIRS = {
    "f = x², g = x": Pair(_square, _itself),
    "f = 1000000·x³, g = x²": Pair(lambda x: 1e6 * x * x * x, _square),
    "f = |x| to the power 1.5, g = x": Pair(lambda x: np.abs(x) ** 1.5, _itself),
    "f = 0, g = x": Pair(np.zeros_like, _itself),
    "f = 5·x, g = x": Pair(lambda x: 5 * x, _itself),
    "f = 0.000000001·x, g = x": Pair(lambda x: 1e-9 * x, _itself),
    "f = e to the x, g = x": Pair(np.exp, _itself),
    "f = x, g = x²": Pair(_itself, _square),
}


class Seen(NamedTuple):
    """A window around 0, the ratios at its right edge so far, and their trend."""

    pair: str
    edge: float
    ratios: list[float]
    trend: str
    sentence: str


def ratios_of(pair: str) -> list[float]:
    """Return f/g at 1, at 0.1, and so on, down to the deepest zoom."""
    edges = np.array([10.0**-zoom for zoom in range(DEEPEST + 1)])
    f, g = PAIRS[pair]
    return [float(ratio) for ratio in np.abs(f(edges) / g(edges))]


def trend_of(ratios: list[float]) -> str:
    """Return what the last ratio is beside the one before."""
    if len(ratios) == 1:
        return "unknown"
    before, now = ratios[-2:]
    if now == 0:
        return "zero"
    if abs(now / before - 1) < SAME:
        return "same"
    return "falling" if now < before else "growing"


def seen(pair: str, zoom: int) -> Seen:
    """Return what one sees of a pair near 0, after so many zooms of ten times each."""
    edge = float(10.0**-zoom)
    ratios = ratios_of(pair)[: zoom + 1]
    trend, now = trend_of(ratios), said(ratios[-1])
    before = said(ratios[-2]) if zoom else ""
    words = {
        "unknown": f"f/g has the size {now}. One look tells nothing: zoom in.",
        "zero": "f/g is 0, as it was before: there is nothing of f left to see.",
        "same": f"f/g has the size {now}, the same as one zoom before. However small or large it is, it stays.",
        "falling": f"f/g has the size {now}, and it was {before} one zoom before: it falls.",
        "growing": f"f/g has the size {now}, and it was {before} one zoom before: it grows.",
    }
    told = f"{pair}. The window reaches from {said(-edge)} to {said(edge)}. At its right edge {words[trend]}"
    return Seen(pair, edge, ratios, trend, told)


def draw(figure: Figure, state: Seen) -> None:
    """Draw both functions in the window, and the ratios so far."""
    from explorables.base import plain, powers

    f, g = PAIRS[state.pair]
    window, trend = figure.subplots(1, 2)
    x = np.linspace(-1, 1, 201) * state.edge
    high = float(np.abs(g(np.array([state.edge]))[0]))
    plain(window, "both in the window, g just fits", "x, in widths of the window", "in heights of g")
    window.axhline(0, color=GRID, linewidth=1)
    window.plot(x / state.edge, g(x) / high, color=GREY, linewidth=2, linestyle="--", label="g")
    window.plot(x / state.edge, np.clip(f(x) / high, -9, 9), color=BLUE, linewidth=2, label="f")
    window.set_ylim(-1.25, 1.25)
    window.set_xlim(-1, 1)
    window.set_xticks([-1, 0, 1])
    window.legend(fontsize=9, loc="lower right", frameon=False, labelcolor=INK)
    plain(trend, "the size of f/g at the edge, zoom by zoom", "zooms", "")
    if state.ratios[-1] > 0:
        logs = np.log10(state.ratios)
        trend.plot(logs, color=RUST, marker="s", markersize=5, linewidth=1)
        low, high = int(np.floor(min(*logs, -2))) - 1, int(np.ceil(max(*logs, 1))) + 1
        trend.set_ylim(low, high)
        powers(trend.yaxis, low, high)
    else:
        trend.plot(state.ratios, color=RUST, marker="s", markersize=5, linewidth=1)
        trend.set_ylim(-1, 1)
    trend.set_xticks(range(DEEPEST + 1))
    trend.set_xlim(-0.5, DEEPEST + 0.5)
    figure.subplots_adjust(left=0.09, right=0.98, bottom=0.15, top=0.91, wspace=0.26)


def widget() -> Any:
    """Return the widget."""
    from explorables.base import Choice, Explorable, Number

    controls = {
        "pair": Choice("the pair", list(PAIRS), next(iter(PAIRS))),
        "zoom": Number("zooms, ten times each", 0, DEEPEST, 1, 0),
    }
    return Explorable((TITLE, ASK), dict(controls), seen, draw)
