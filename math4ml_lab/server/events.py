"""What happens, told to whoever the administrator has named: off unless a handler is configured for events.

No answer's text, nothing printed or measured, and no path is part of an event.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from math4ml_lab import wire
from math4ml_lab.progress import REVEAL
from math4ml_lab.server.reports import ATTEMPTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jupyter_events import EventLogger

    from math4ml_lab.course import Video

SCHEMAS = Path(__file__).resolve().parent.parent / "events"
JUDGED = (*ATTEMPTS, wire.NotAttempted, wire.Broken)
"""Outcomes that are told; all others are states of a cell or a kernel."""
KEPT = 1000
"""How many jobs are remembered that were told already."""

_log = logging.getLogger(__name__)


class Events:
    """Emits; what goes wrong with a sink is logged and costs nothing else."""

    def __init__(self, logger: EventLogger | None = None) -> None:
        self._logger = logger
        self._told: OrderedDict[str, None] = OrderedDict()
        if logger is not None:
            for schema in sorted(SCHEMAS.glob("*.yaml")):
                logger.register_event_schema(schema)

    @property
    def is_on(self) -> bool:
        """Whether anybody is told. A page that listens for other events of the server is nobody."""
        return self._logger is not None and bool(self._logger.handlers)

    def is_news(self, job: str, report: wire.Report) -> bool:
        """Tell whether a report is to be told: somebody listens, an answer was judged, and it was not told before."""
        return self.is_on and isinstance(report.outcome, JUDGED) and job not in self._told

    def checked(self, course: str, exercise: str, job: str, report: wire.Report, distinct_failures: int) -> None:
        """Tell of a judged answer."""
        self._told[job] = None
        if len(self._told) > KEPT:
            self._told.popitem(last=False)
        self._emit(
            "checked",
            course=course,
            exercise=exercise,
            outcome=str(msgspec.to_builtins(report.outcome)["kind"]),
            failed=[check.name for check in report.checks if check.state == "failed"],
            known_slip=report.known_slip,
            distinct_failures=distinct_failures,
            basis=report.basis,
            seconds=report.seconds,
        )

    def hints_opened(self, course: str, exercise: str, ladder: str, levels: Sequence[int]) -> None:
        """Tell of rungs that were opened for the first time."""
        for level in levels:
            if level >= REVEAL:
                self._emit("revealed", course=course, exercise=exercise)
            else:
                self._emit("hint-opened", course=course, exercise=exercise, ladder=ladder, level=level)

    def clip_opened(self, opened: wire.ClipOpened, key: str, video: Video) -> None:
        """Tell of a passage that was opened."""
        said = {"key": key, "title": video.title, "start": opened.start}
        self._emit("clip-opened", course=opened.course, exercise=opened.exercise, **said)

    def _emit(self, name: str, **data: Any) -> None:
        if self._logger is None or not self.is_on:
            return
        try:
            self._logger.emit(schema_id=f"urn:math4ml-lab:{name}:1", data=data)
        except Exception:  # noqa: BLE001 (a sink is somebody else's code)
            _log.warning("math4ml: the event %r could not be told", name, exc_info=True)
