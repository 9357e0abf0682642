"""Where a report is shown below a cell: in widgets, or as HTML where there are none."""

from __future__ import annotations

import html
import logging
import uuid
from typing import TYPE_CHECKING, Any, Protocol

from IPython.display import display, update_display

if TYPE_CHECKING:
    from collections.abc import Callable

    from math4ml_lab.fallback.page import Page

_log = logging.getLogger(__name__)


class Box(Protocol):
    """One exercise's report, in the output of the cell that answers it."""

    def show(self, page: Page) -> None:
        """Show it in the output of the cell that is running, for the first time."""

    def update(self, page: Page) -> None:
        """Show another page in the same place; any thread may ask for it, one at a time."""

    def close(self) -> None:
        """Take it away."""


class WidgetBox:
    """Widgets: the report, the hints, a button for the next one."""

    def __init__(self, name: str, title: str, on_hint: Callable[[], object]) -> None:
        import ipywidgets as widgets  # noqa: PLC0415 (may not be there)

        class Frame(widgets.VBox):  # type: ignore[misc]
            """A box that says what it is where widgets are not shown."""

            def __repr__(self) -> str:
                return f"The verdict on {name}, where widgets are shown. As text: %math4ml plain"

        self._title = title.replace("`", "")
        self._report = widgets.HTML()
        self._hints = widgets.HTMLMath()
        self._ask = widgets.Button(layout=widgets.Layout(width="auto", align_self="flex-start"))
        self._ask.on_click(lambda _: on_hint())
        self._frame = Frame([self._report, self._hints, self._ask])

    def show(self, page: Page) -> None:
        """Show it in the output of the cell that is running."""
        self._fill(page)
        display(self._frame)  # type: ignore[no-untyped-call]

    def update(self, page: Page) -> None:
        """Show another page in the same place."""
        self._fill(page)

    def close(self) -> None:
        """Take it away."""
        _close(self._frame)

    def _fill(self, page: Page) -> None:
        # Never disabled: whether a gate has opened is known when the hint is asked for.
        self._ask.description = ", ".join(filter(None, [page.ask, page.note]))
        self._ask.tooltip = f"{self._title}: {self._ask.description}"
        self._ask.layout.display = "" if page.ask else "none"
        self._report.value = page.report
        self._hints.value = page.hints
        self._hints.layout.display = "" if page.hints else "none"


class PlainBox:
    """HTML, and text for who shows none; the next hint is asked for by a magic."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._id = uuid.uuid4().hex

    def show(self, page: Page) -> None:
        """Show it in the output of the cell that is running."""
        display(self._bundle(page), raw=True, display_id=self._id)  # type: ignore[no-untyped-call]

    def update(self, page: Page) -> None:
        """Show another page in the same place."""
        update_display(self._bundle(page), raw=True, display_id=self._id)  # type: ignore[no-untyped-call]

    def close(self) -> None:
        """Leave an empty place."""
        update_display({"text/html": "", "text/plain": ""}, raw=True, display_id=self._id)  # type: ignore[no-untyped-call]

    def _bundle(self, page: Page) -> dict[str, str]:
        asking = f"{page.ask}: %math4ml hint {self._name}" if page.ask else ""
        asking += f" ({page.note})" if asking and page.note else ""
        more = f"<div>{html.escape(asking)}</div>" if asking else ""
        return {
            "text/html": page.report + page.hints + more,
            "text/plain": "\n  ".join(filter(None, [page.text, asking])),
        }


def make_box(name: str, title: str, on_hint: Callable[[], object], *, is_plain: bool) -> Box:
    """Return a box of widgets, or a plain one where it is wished, or where there are none."""
    if not is_plain:
        try:
            return WidgetBox(name, title, on_hint)
        except ImportError:
            pass
        except Exception:  # noqa: BLE001 (a broken or strange installation costs the buttons, not the verdict)
            _log.warning("math4ml: there are no widgets here", exc_info=True)
    return PlainBox(name)


def _close(widget: Any) -> None:
    for child in getattr(widget, "children", ()):
        _close(child)
    for part in (getattr(widget, "style", None), widget.layout, widget):
        if part is not None:
            part.close()
