"""The three steps of the SVD on a small picture: throw away, rename, insert."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from explorables.words import BLUE, GREY, INK, PURPLE, RUST, said

if TYPE_CHECKING:
    from matplotlib.figure import Figure

TITLE = "The three steps of the SVD, on a picture"
ASK = (
    "How many of the parts do you need before you recognise the picture? How many before nothing changes any more? "
    "Say two numbers, then move. Follow one column on its way: where do its numbers become few?"
)
ROWS, COLUMNS = 24, 36
WHITE = 9
"""The brightest pixel; 0 is black."""


def picture() -> np.ndarray:
    """Return a small picture in whole numbers from 0 to 9: a house on a hill, with a moon."""
    y, x = np.mgrid[0:ROWS, 0:COLUMNS]
    image = 2 + y // 5  # the sky, lighter towards the ground
    image[(x - 28) ** 2 + (y - 5) ** 2 <= 9] = WHITE
    image[y > 19 - 3 * np.exp(-(((x - 12) / 8.0) ** 2)) + 2.02] = 1
    house = (x >= 8) & (x < 19) & (y >= 11) & (y < 20)
    image[house] = 7
    image[(y >= 6) & (y < 11) & (abs(x - 13) <= (y - 5) * 1.3)] = 1
    image[(x >= 10) & (x < 12) & (y >= 13) & (y < 16)] = 0
    image[(x >= 14) & (x < 17) & (y >= 14) & (y < 20)] = 1
    return image.astype(float)


class Steps(NamedTuple):
    """The three steps of a matrix: M = insert @ diag(stretch) @ throw."""

    throw: np.ndarray
    stretch: np.ndarray
    insert: np.ndarray


def steps_of(image: np.ndarray) -> Steps:
    """Return the three steps of a picture, with a choice of signs that is the same on every machine."""
    insert, stretch, throw = np.linalg.svd(image, full_matrices=False)
    rank = int((stretch > 1e-10 * stretch[0]).sum())
    insert, stretch, throw = insert[:, :rank], stretch[:rank], throw[:rank]
    signs = np.where(insert.sum(axis=0) < 0, -1.0, 1.0)
    return Steps(throw * signs[:, None], stretch, insert * signs)


PICTURE = picture()
STEPS = steps_of(PICTURE)
RANK = len(STEPS.stretch)


class Seen(NamedTuple):
    """The picture from its first parts, and one column on its way."""

    keep: int
    column: int
    rebuilt: np.ndarray
    thrown: np.ndarray
    renamed: np.ndarray
    inserted: np.ndarray
    sentence: str


def seen(keep: int, column: int) -> Seen:
    """Return what `keep` parts make of the picture, and of one of its columns, counted from 1."""
    throw, stretch, insert = STEPS.throw[:keep], STEPS.stretch[:keep], STEPS.insert[:, :keep]
    rebuilt = (insert * stretch) @ throw
    thrown = throw[:, column - 1]
    renamed = stretch * thrown
    worst = float(np.abs(rebuilt - PICTURE).max())
    part = 100 * float((stretch**2).sum() / (STEPS.stretch**2).sum())
    stored = keep * (ROWS + COLUMNS + 1)
    kept = f"{keep} of {RANK} parts kept: {stored} numbers stand for {ROWS * COLUMNS} pixels"
    if keep == RANK:
        kept += ", and nothing is lost."
    else:
        share = said(part, 4)
        kept += f" and hold {share} % of the sum of their squares; one is off by {said(worst, 2)} of {WHITE}."
    numbers, stretched, them = f"{keep} numbers", "each by its own amount", "them"
    if keep == 1:
        numbers, stretched, them = "one number", f"it by {said(float(stretch[0]))}", "it"
    sentence = (
        f"{kept} A column is one of {COLUMNS}: throw leaves {numbers} of that choice, rename stretches {stretched}, "
        f"insert makes {ROWS} pixels of {them}. Column {column} comes out with an error "
        f"of {said(_error(rebuilt, column), 2)} a pixel."
    )
    return Seen(keep, column, rebuilt, thrown, renamed, rebuilt[:, column - 1], sentence)


def _error(rebuilt: np.ndarray, column: int) -> float:
    """Return the mean size of a column's errors, 0 where there is only rounding."""
    return round(float(np.abs(rebuilt - PICTURE)[:, column - 1].mean()), 6)


def draw(figure: Figure, state: Seen) -> None:
    """Draw the picture before and after, and a column through the three steps."""
    from explorables.base import plain

    grid = figure.add_gridspec(2, 6)
    shown = {"cmap": "gray", "vmin": 0, "vmax": WHITE, "interpolation": "nearest", "aspect": "auto"}
    for place, image, title in (
        (grid[0, :3], PICTURE, f"the picture, {ROWS} by {COLUMNS}"),
        (grid[0, 3:], state.rebuilt, f"rebuilt from {state.keep} of {RANK} parts"),
    ):
        axes = figure.add_subplot(place)
        plain(axes, title)
        axes.imshow(image, **shown)
        axes.axvline(state.column - 1, color=RUST, linewidth=1.5, linestyle="--")
        axes.set_xticks([])
        axes.set_yticks([])
    bars = ((grid[1, :2], state.thrown, BLUE, "1 throw"), (grid[1, 2:4], state.renamed, PURPLE, "2 rename"))
    for place, numbers, colour, title in bars:
        axes = figure.add_subplot(place)
        plain(axes, f"{title}: {state.keep} number{'s' * (state.keep > 1)}")
        axes.vlines(np.arange(state.keep) + 1, 0, numbers, color=colour, linewidth=4)
        axes.axhline(0, color=GREY, linewidth=0.5)
        axes.set_xticks([1, RANK])
        axes.set_xlim(0, RANK + 1)
        high = 1 if colour == BLUE else 30
        axes.set_yticks([-high, 0, high])
        axes.set_ylim(-high * 1.05, high * 1.05)
    axes = figure.add_subplot(grid[1, 4:])
    plain(axes, f"3 insert: {ROWS} pixels")
    axes.plot(PICTURE[:, state.column - 1], color=GREY, linewidth=2, linestyle="--", label="the column")
    axes.plot(state.inserted, color=RUST, linewidth=1.5, label="rebuilt")
    axes.set_yticks([0, WHITE])
    axes.set_xticks([0, ROWS - 1])
    axes.set_ylim(-3, 13)
    axes.legend(fontsize=8, loc="upper left", frameon=False, labelcolor=INK, ncol=2)
    figure.subplots_adjust(left=0.05, right=0.98, bottom=0.08, top=0.93, wspace=0.75, hspace=0.25)


def widget() -> Any:
    """Return the widget."""
    from explorables.base import Explorable, Number

    controls = {
        "keep": Number("parts to keep", 1, RANK, 1, 2),
        "column": Number("follow column", 1, COLUMNS, 1, 14),
    }
    return Explorable((TITLE, ASK), dict(controls), seen, draw, size=(7.6, 4.8))
