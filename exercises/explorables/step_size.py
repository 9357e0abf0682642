"""Step size against error: two errors pull on one h."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from explorables.words import BLUE, GREY, INK, PURPLE, RUST, said

if TYPE_CHECKING:
    from collections.abc import Callable

    from matplotlib.figure import Figure

TITLE = "Step size and error of a finite difference"
ASK = (
    "Which power of ten gives the smallest error, with a step to one side? And with steps to both sides? "
    "Say two numbers first."
)
EPS = 2.0**-53
SMALLEST = 15
FLOOR = 1e-17
CLEAR = 5.0
"""By how much one error has to exceed the other to be called the larger."""


class Curve(NamedTuple):
    """A function at a point, with the derivatives that the errors depend on."""

    f: Callable[[Any], Any]
    x: float
    first: float
    second: float
    third: float


CURVES = {
    "sin x at 1": Curve(np.sin, 1.0, float(np.cos(1.0)), -float(np.sin(1.0)), -float(np.cos(1.0))),
    "e to the x at 1": Curve(np.exp, 1.0, float(np.e), float(np.e), float(np.e)),
    "x³ at 1000": Curve(lambda x: x * x * x, 1000.0, 3e6, 6e3, 6.0),
    "1/x at 0.1": Curve(lambda x: 1 / x, 0.1, -100.0, 2e3, -6e4),
}
WAYS = ("to one side", "to both sides")


class Seen(NamedTuple):
    """A step size, what each error amounts to, and which is the larger."""

    curve: str
    both: bool
    h: float
    curving: float
    rounding: float
    larger: str
    sentence: str


def errors(curve: Curve, h: Any, *, both: bool) -> tuple[Any, Any]:
    """Return about how large the errors are that come of the curve's bend and of rounding, relative to the slope."""
    bend = abs(curve.third) * h**2 / 6 if both else abs(curve.second) * h / 2
    size = abs(float(curve.f(curve.x)))
    # What h loses when it is added to x counts as well: the step is not the one that is divided by.
    lost = EPS * (size + abs(curve.first * curve.x)) / h
    return bend / abs(curve.first), lost / abs(curve.first)


def measured(curve: Curve, h: Any, *, both: bool) -> Any:
    """Return how wrong the finite difference is, relative to the slope."""
    f, x = curve.f, curve.x
    slope = (f(x + h) - f(x - h)) / (2 * h) if both else (f(x + h) - f(x)) / h
    return np.abs(slope / curve.first - 1)


def seen(curve: str, way: str, power: int) -> Seen:
    """Return the errors for a step whose logarithm is minus that power."""
    h = float(10.0**-power)
    both = way == WAYS[1]
    bend, lost = (float(part) for part in errors(CURVES[curve], h, both=both))
    larger = "bend" if bend > CLEAR * lost else "rounding" if lost > CLEAR * bend else "neither"
    words = {
        "bend": "The bend is to blame: a smaller step would be better.",
        "rounding": "Rounding is to blame: the subtraction loses digits, and a larger step would be better.",
        "neither": "They are about even: this is close to the best step.",
    }
    sentence = (
        f"The slope of {curve}, by a step {way}, h = {said(h)}. Because the curve bends it is wrong by about "
        f"{said(bend, 1)} of its size, because numbers are rounded by up to about {said(lost, 1)}. {words[larger]}"
    )
    return Seen(curve, both, h, bend, lost, larger, sentence)


def draw(figure: Figure, state: Seen) -> None:
    """Draw the measured error for all step sizes, both parts, and the step that is chosen."""
    from explorables.base import plain, powers

    curve = CURVES[state.curve]
    axes = figure.subplots()
    way = WAYS[state.both]
    plain(axes, f"the slope of {state.curve}, step {way}", "h", "error, as a part of the slope")
    h = 10.0 ** -np.linspace(1 if curve.x < 1 else 0, SMALLEST, 121)
    bend, lost = errors(curve, h, both=state.both)
    found = np.maximum(measured(curve, h, both=state.both), FLOOR)
    at, log_h = np.log10(state.h), np.log10(h)
    axes.plot(log_h, np.log10(found), color=BLUE, linewidth=1, label="measured")
    axes.plot(log_h, np.log10(bend), color=RUST, linewidth=2, linestyle="--", label="the bend's part")
    axes.plot(log_h, np.log10(lost), color=PURPLE, linewidth=2, linestyle=":", label="rounding's part, at most about")
    axes.axvline(at, color=GREY, linewidth=1)
    total = np.log10(state.curving + state.rounding)
    axes.plot([at], [total], color=INK, marker="D", markersize=7, linestyle="none")
    axes.set_xlim(0.5, -SMALLEST - 0.5)
    axes.set_ylim(-17, 2)
    powers(axes.xaxis, -SMALLEST, 0)
    powers(axes.yaxis, -16, 0, 4)
    axes.legend(fontsize=8, loc="upper center", frameon=False, labelcolor=INK)
    figure.subplots_adjust(left=0.1, right=0.98, bottom=0.14, top=0.91)


def widget() -> Any:
    """Return the widget."""
    from explorables.base import Choice, Explorable, Number

    controls = {
        "curve": Choice("the slope of", list(CURVES), next(iter(CURVES))),
        "way": Choice("a step", list(WAYS), WAYS[0]),
        "power": Number("h = 10 to the minus", 1, SMALLEST, 1, 2),
    }
    return Explorable((TITLE, ASK), dict(controls), seen, draw)
