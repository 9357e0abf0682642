"""A matrix acting on the plane."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from explorables.words import BLUE, GREY, GRID, INK, PURPLE, RUST, point, said

if TYPE_CHECKING:
    from matplotlib.figure import Figure

TITLE = "A matrix acting on the plane"
ASK = (
    "Before you move anything: which four numbers would press the whole plane onto one line? "
    "And which would turn it over, like a page? Write down one matrix for each, then try them."
)
FLAT = 1e-9
REACH = 3


class Seen(NamedTuple):
    """What a matrix does to the plane."""

    matrix: np.ndarray
    determinant: float
    longest: float
    shortest: float
    sentence: str


def seen(a: float, b: float, c: float, d: float) -> Seen:
    """Return what the matrix [[a, b], [c, d]] does."""
    matrix = np.array([[a, b], [c, d]], dtype=float)
    determinant = a * d - b * c
    longest, shortest = (float(value) for value in np.linalg.svd(matrix, compute_uv=False))
    sentence = f"(1, 0) goes to {point(a, c)}, the first column; (0, 1) goes to {point(b, d)}, the second. "
    if longest < FLAT:
        sentence += "Everything lands on one point: all is lost."
    elif abs(determinant) < FLAT:
        sentence += (
            "The determinant is 0: the whole plane lands on one line, and the circle becomes a stretch of it, "
            f"{said(longest)} to each side. Nobody can tell afterwards where a point came from."
        )
    else:
        sentence += (
            f"The determinant is {said(determinant, 4)}: every area {_area(abs(determinant))}, {_side(determinant)} "
        )
        sentence += (
            f"The circle becomes a circle of radius {said(longest)}."
            if longest - shortest < FLAT
            else f"The circle becomes an ellipse that reaches {said(longest)} at most and {said(shortest)} at least."
        )
    return Seen(matrix, determinant, longest, shortest, sentence)


def _area(factor: float) -> str:
    return "stays as it is" if abs(factor - 1) < FLAT else f"becomes {said(factor, 4)} times as large"


def _side(determinant: float) -> str:
    return (
        "and the plane keeps its face up." if determinant > 0 else "and the plane is turned over: left and right swap."
    )


def draw(figure: Figure, state: Seen) -> None:
    """Draw grid, circle and the two columns: before and after."""
    from explorables.base import plain

    before, after = figure.subplots(1, 2)
    for axes, matrix, title in ((before, np.eye(2), "before"), (after, state.matrix, "after")):
        plain(axes, title)
        _grid(axes, matrix)
        angle = np.linspace(0, 2 * np.pi, 73)
        axes.plot(*(matrix @ np.array([np.cos(angle), np.sin(angle)])), color=PURPLE, linewidth=2)
        for column, colour, mark, name in ((0, BLUE, "o", "1st"), (1, RUST, "s", "2nd")):
            x, y = matrix[:, column]
            axes.plot([0, x], [0, y], color=colour, marker=mark, markevery=[1], linewidth=2.5)
            axes.annotate(name, (x, y), (4, 4), textcoords="offset points", color=colour, fontsize=9, weight="bold")
        axes.set_xlim(-REACH, REACH)
        axes.set_ylim(-REACH, REACH)
        axes.set_aspect("equal")
    figure.subplots_adjust(left=0.05, right=0.98, bottom=0.08, top=0.92, wspace=0.1)


def _grid(axes: Any, matrix: np.ndarray) -> None:
    lines = []
    for at in range(-REACH, REACH + 1):
        lines += [((-REACH, at), (REACH, at)), ((at, -REACH), (at, REACH))]
    ends = np.array(lines, dtype=float) @ matrix.T
    xs, ys = (np.insert(ends[:, :, axis], 2, np.nan, axis=1).ravel() for axis in (0, 1))
    axes.plot(xs, ys, color=GRID, linewidth=1)
    axes.plot([0], [0], marker="+", color=INK)
    axes.axhline(0, color=GREY, linewidth=0.5, linestyle=":")
    axes.axvline(0, color=GREY, linewidth=0.5, linestyle=":")


def widget() -> Any:
    """Return the widget."""
    from explorables.base import Explorable, Number

    def number(label: str, value: float) -> Number:
        return Number(label, -2, 2, 0.25, value)

    controls = {
        "a": number("row 1, column 1", 1),
        "b": number("row 1, column 2", 0.5),
        "c": number("row 2, column 1", -0.25),
        "d": number("row 2, column 2", 1.25),
    }
    return Explorable((TITLE, ASK), dict(controls), seen, draw)
