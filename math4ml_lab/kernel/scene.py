"""What a cell left behind while it ran: what it printed, and matplotlib's figures, before they are shown and closed."""

from __future__ import annotations

import sys
from typing import Any

from math4ml_lab.kernel import values
from math4ml_lab.kernel.printed import PRINTED

MANY = 100_000
"""Points of a line that are told."""


class _Echo:
    """Stands where the kernel's own stream has its echo, if any: keeps the beginning of what is written."""

    def __init__(self, stream: Any) -> None:
        self.stream = stream
        self.before = stream.echo
        self.text = ""

    def write(self, text: str) -> None:
        self.text += str(text)[: max(0, PRINTED - len(self.text))]
        if self.before is not None:
            self.before.write(text)

    def flush(self) -> None:
        if self.before is not None:
            self.before.flush()


class Scene:
    """One cell's run, from `begin` to `end`; `look` is called before figures are closed."""

    def __init__(self) -> None:
        self._echo: _Echo | None = None
        self._figures: list[Any] | None = None

    def begin(self) -> None:
        """Listen to what is printed from now on."""
        self._figures = []
        if hasattr(sys.stdout, "echo"):
            self._echo = _Echo(sys.stdout)
            sys.stdout.echo = self._echo

    def look(self, *_: Any) -> None:
        """Remember the figures that are open."""
        if self._figures is not None:
            self._figures = open_figures()

    def end(self) -> dict[str, Any] | None:
        """Return what there was, None where nobody began."""
        echo, figures = self._echo, self._figures
        self._echo = self._figures = None
        if echo is not None:
            echo.stream.echo = echo.before
        return None if figures is None else {"printed": echo.text if echo is not None else "", "figures": figures}


def open_figures() -> list[Any]:
    """Return matplotlib's open figures, none where it is not loaded."""
    helpers = sys.modules.get("matplotlib._pylab_helpers")
    managers = helpers.Gcf.get_all_fig_managers() if helpers is not None else []
    return [manager.canvas.figure for manager in managers]


def drawn(figure: Any) -> Any:
    """Return a figure as an encoded value: its axes, with titles, labels, lines, images, bars and legends."""
    return values.encode(
        {"title": _text(getattr(figure, "_suptitle", None)), "axes": [_axes(one) for one in figure.axes]}
    )


def _axes(axes: Any) -> dict[str, Any]:
    legend = axes.get_legend()
    return {
        "title": str(axes.get_title()),
        "xlabel": str(axes.get_xlabel()),
        "ylabel": str(axes.get_ylabel()),
        "xscale": str(axes.get_xscale()),
        "yscale": str(axes.get_yscale()),
        "xlim": [float(end) for end in axes.get_xlim()],
        "ylim": [float(end) for end in axes.get_ylim()],
        "lines": [_line(line) for line in axes.get_lines()],
        "points": [_points(collection) for collection in axes.collections],
        "bars": [[float(bar.get_x()), float(bar.get_width()), float(bar.get_height())] for bar in _bars(axes)],
        "images": [_image(image) for image in axes.get_images()],
        "legend": [] if legend is None else [_text(text) for text in legend.get_texts()],
    }


def _line(line: Any) -> dict[str, Any]:
    x, y = line.get_data(orig=False)
    return {"x": x[:MANY], "y": y[:MANY], "label": str(line.get_label())}


def _points(collection: Any) -> dict[str, Any]:
    places = collection.get_offsets()
    return {"x": places[:MANY, 0].data, "y": places[:MANY, 1].data, "label": str(collection.get_label())}


def _bars(axes: Any) -> list[Any]:
    return [patch for patch in axes.patches if hasattr(patch, "get_height") and hasattr(patch, "get_x")][:MANY]


def _image(image: Any) -> dict[str, Any]:
    array = image.get_array()
    return {"shape": tuple(int(size) for size in getattr(array, "shape", ()))}


def _text(text: Any) -> str:
    return "" if text is None else str(text.get_text())
