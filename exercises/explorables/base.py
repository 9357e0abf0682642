"""What all of them share: controls with labels, a picture, and a sentence that says what it shows.

A number has a native box, which is what a screen reader names, and a slider beside it; a choice is a native list. The
sentence is the picture's text alternative as well. While a slider is dragged, the front end keeps only the newest value
until the last picture is done, so frames are dropped there and no queue grows.
"""

from __future__ import annotations

import base64
import html
import io
from typing import TYPE_CHECKING, Any, NamedTuple

import ipywidgets
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from explorables.words import CARD, GRID, INK, said

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from matplotlib.axes import Axes
    from matplotlib.axis import Axis

DOTS = 96
LINES = "line-height:1.45;min-height:4.35em"
"""Room for three lines, so that the picture stays where it is while they change."""


class Number(NamedTuple):
    """A number that one can move; a whole `step` makes a whole number."""

    label: str
    low: float
    high: float
    step: float
    value: float


class Choice(NamedTuple):
    """One of some texts."""

    label: str
    options: Sequence[str]
    value: str


class Explorable(ipywidgets.VBox):  # type: ignore[misc]
    """Title and question, controls, the sentence and the picture; `controls` hold the values, by name."""

    def __init__(
        self,
        texts: tuple[str, str],
        controls: dict[str, Number | Choice],
        seen: Callable[..., Any],
        draw: Callable[[Figure, Any], None],
        size: tuple[float, float] = (7.6, 3.6),
    ) -> None:
        self._seen, self._draw, self._size = seen, draw, size
        self._drawn: dict[str, Any] | None = None
        self.controls: dict[str, Any] = {}
        self.sliders: dict[str, Any] = {}
        rows = [self._row(name, control) for name, control in controls.items()]
        title, ask = map(html.escape, texts)
        head = ipywidgets.HTML(f'<div style="line-height:1.45"><strong>{title}</strong><br><em>{ask}</em></div>')
        self.sentence = ipywidgets.HTML()
        self.picture = ipywidgets.HTML()
        super().__init__([head, *rows, self.sentence, self.picture])
        for control in self.controls.values():
            control.observe(self._moved, "value")
        self._moved()

    def _row(self, name: str, control: Number | Choice) -> Any:
        wide = {"description_width": "16em"}
        if isinstance(control, Choice):
            box = ipywidgets.Dropdown(
                options=list(control.options),
                value=control.value,
                description=control.label,
                style=wide,
                layout={"width": "34em", "max_width": "100%"},
            )
            self.controls[name] = box
            return box
        whole = all(float(part).is_integer() for part in (control.step, control.low, control.value))
        box_kind, slider_kind = (
            (ipywidgets.BoundedIntText, ipywidgets.IntSlider)
            if whole
            else (ipywidgets.BoundedFloatText, ipywidgets.FloatSlider)
        )
        kind = int if whole else float
        limits = {"min": kind(control.low), "max": kind(control.high), "step": kind(control.step)}
        # The box changes what lies outside without a word, so its label says how far it goes.
        label = f"{control.label} ({said(control.low)} to {said(control.high)})"
        box = box_kind(
            value=kind(control.value),
            description=label,
            style=wide,
            layout={"width": "22em", "max_width": "100%"},
            **limits,
        )
        slider = slider_kind(value=kind(control.value), readout=False, layout={"width": "16em"}, **limits)
        ipywidgets.link((box, "value"), (slider, "value"))
        self.controls[name], self.sliders[name] = box, slider
        return ipywidgets.HBox([box, slider], layout={"flex_flow": "row wrap"})

    def values(self) -> dict[str, Any]:
        """Return what is set now."""
        return {name: control.value for name, control in self.controls.items()}

    def _moved(self, _change: Any = None) -> None:
        values = self.values()
        if values == self._drawn:
            return
        self._drawn = values
        state = self._seen(**values)
        text = html.escape(state.sentence, quote=True)
        self.sentence.value = f'<div role="status" aria-live="polite" style="{LINES}">{text}</div>'
        self.picture.value = (
            f'<img alt="{text}" src="data:image/png;base64,{self._png(state)}" '
            f'style="max-width:100%;height:auto;border-radius:4px">'
        )

    def _png(self, state: Any) -> str:
        figure = Figure(figsize=self._size, dpi=DOTS, facecolor=CARD)
        FigureCanvasAgg(figure)
        self._draw(figure, state)
        file = io.BytesIO()
        # Fast rather than small: it travels no further than from the kernel to the page.
        figure.savefig(file, format="png", facecolor=CARD, pil_kwargs={"compress_level": 1})
        return base64.b64encode(file.getvalue()).decode()


def plain(axes: Axes, title: str, across: str = "", up: str = "") -> None:
    """Give axes the colours of the card, whatever style the notebook has set."""
    axes.set_facecolor(CARD)
    axes.set_title(title, color=INK, fontsize=10, loc="left")
    axes.set_xlabel(across, color=INK, fontsize=9)
    axes.set_ylabel(up, color=INK, fontsize=9)
    axes.tick_params(colors=INK, labelsize=8)
    axes.grid(visible=False)
    for spine in axes.spines.values():
        spine.set_color(GRID)


def powers(axis: Axis, low: int, high: int, every: int = 2) -> None:
    """Label an axis of logarithms with powers of ten: a logarithmic axis takes twice as long to draw."""
    ticks = list(range(low, high + 1, every))
    axis.set_ticks(ticks, [said(10.0**tick) for tick in ticks])
