"""Descent on a long valley: steep across, flat along."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from explorables.words import BLUE, GREY, GRID, INK, RUST, said

if TYPE_CHECKING:
    from matplotlib.figure import Figure

TITLE = "Descent on a long valley"
ASK = (
    "Across the valley the ground curves with 1, along it with 1 divided by the condition number. Which rate brings "
    "you down soonest when that number is 20? How many steps will it take? Say both, then look."
)
STEPS = 40
START = (1.0, 0.6)
"""Along the valley, across it."""
NEAR = 0.01
EXACT = 1e-9


class Seen(NamedTuple):
    """A walk; what a step leaves of the way along and across; how many steps it needs, None where it never arrives."""

    condition: float
    walk: np.ndarray
    along: float
    across: float
    needed: int | None
    sentence: str


def steps_needed(factors: tuple[float, ...]) -> int | None:
    """Return after how many steps all that is left is at most a hundredth of each coordinate; None for never."""
    size = max(abs(factor) for factor in factors)
    if size >= 1 - EXACT:
        return None
    if size <= NEAR:
        return 1
    return math.ceil(math.log(NEAR) / math.log(size) - EXACT)


def seen(condition: float, rate: float) -> Seen:
    """Return the walk in a valley with this condition number, with this rate."""
    along, across = 1 - rate / condition, 1 - rate
    powers = np.arange(STEPS + 1)
    walk = np.stack([START[0] * along**powers, START[1] * across**powers], axis=1)
    needed = steps_needed((along, across))
    sentence = (
        f"Condition number {said(condition)}, rate {said(rate)}. Each step leaves {said(along)} of the way along the "
        f"valley and {said(across)} of the way across. "
    )
    if abs(across) > 1 + EXACT:
        sentence += "Across, each jump is larger than the last: it blows up, however gentle the slope along the valley."
    elif needed is None:
        sentence += "Across, it bounces from wall to wall and never comes nearer."
    else:
        slow = "along the valley" if abs(along) >= abs(across) else "across it, from wall to wall"
        sentence += f"After {needed} step{'s' * (needed != 1)} only a hundredth of the way is left"
        sentence += "." if abs(abs(along) - abs(across)) < EXACT else f"; what takes so long is the way {slow}."
    return Seen(condition, walk, along, across, needed, sentence)


def draw(figure: Figure, state: Seen) -> None:
    """Draw the valley from above, with the walk in it."""
    from explorables.base import plain, powers

    axes, left = figure.subplots(1, 2, gridspec_kw={"width_ratios": (3, 2)})
    plain(axes, f"from above: the first {STEPS} steps", "along", "across")
    angle = np.linspace(0, 2 * np.pi, 91)
    for level in (0.02, 0.08, 0.2, 0.4, 0.7, 1.1):
        radius = math.sqrt(2 * level)
        axes.plot(radius * math.sqrt(state.condition) * np.cos(angle), radius * np.sin(angle), color=GRID, linewidth=1)
    shown = state.walk[: 1 + int(np.argmax(np.append(np.abs(state.walk).max(axis=1), np.inf) > 3))]
    axes.plot(*shown.T, color=BLUE, marker="o", markersize=4, linewidth=1)
    axes.plot([0], [0], marker="*", markersize=11, color=RUST, linestyle="none")
    axes.annotate("start", START, (4, 4), textcoords="offset points", color=BLUE, fontsize=9)
    axes.annotate("lowest", (0, 0), (-6, 10), textcoords="offset points", color=RUST, fontsize=9, ha="right")
    axes.set_xlim(-1.3, 1.3)
    axes.set_ylim(-1.1, 1.1)
    plain(left, "how far from the lowest point", "step", "")
    sizes = np.log10(np.clip(np.abs(state.walk) / START, 1e-4, 1e4))
    left.plot(sizes[:, 0], color=INK, linewidth=2, label="along")
    left.plot(sizes[:, 1], color=RUST, linewidth=2, linestyle="--", label="across")
    near = math.log10(NEAR)
    left.axhline(near, color=GREY, linewidth=1, linestyle=":")
    left.annotate("a hundredth", (STEPS, near), (0, 3), textcoords="offset points", color=GREY, fontsize=8, ha="right")
    powers(left.yaxis, -4, 2, 1)
    left.set_ylim(-4.3, 2.3)
    left.legend(fontsize=8, loc="upper left", frameon=False, labelcolor=INK)
    figure.subplots_adjust(left=0.1, right=0.98, bottom=0.15, top=0.91, wspace=0.2)


def widget() -> Any:
    """Return the widget."""
    from explorables.base import Explorable, Number

    controls = {
        "condition": Number("condition number", 1, 40, 1, 10),
        "rate": Number("learning rate", 0.05, 2.2, 0.05, 0.5),
    }
    return Explorable((TITLE, ASK), dict(controls), seen, draw)
