"""Events on a real server: nobody is told by default; a handler gets them without code, prints or paths."""

from __future__ import annotations

import io
import json
import logging
import time
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from learning import info
from test_server import RIGHT, WRONG

from math4ml_lab import wire
from math4ml_lab.server.events import SCHEMAS, Events

if TYPE_CHECKING:
    from panel import Panel

    from math4ml_lab.attempts import AttemptStore

pytestmark = pytest.mark.kernel

SERVER = {"jpserver_extensions": {"math4ml_lab": True}, "allow_unauthenticated_access": False}
NAMES = ("checked", "clip-opened", "hint-opened", "revealed")


class Sink(logging.StreamHandler[io.StringIO]):
    """Keeps what it is told; `breaks` makes it raise, as somebody else's code may."""

    def __init__(self) -> None:
        super().__init__(io.StringIO())
        self.breaks = False

    def emit(self, record: logging.LogRecord) -> None:
        if self.breaks and "math4ml" in str(record.msg):  # the server tells it of files, too
            raise OSError("the disk of the sink is full")
        super().emit(record)

    def told(self) -> list[tuple[str, dict[str, Any]]]:
        """Return schema and data of each of our events."""
        events = [json.loads(line) for line in self.stream.getvalue().splitlines()]
        ours = [event for event in events if event["__schema__"].startswith("urn:math4ml-lab:")]
        return [(e["__schema__"], {k: v for k, v in e.items() if k[:2] != "__" and k != "taskName"}) for e in ours]


@pytest.fixture
def sink() -> Sink:
    return Sink()


@pytest.fixture
def handlers(sink: Sink) -> list[Sink]:
    return [sink]


@pytest.fixture
def jp_server_config(handlers: list[Sink]) -> dict[str, object]:
    return {"ServerApp": SERVER, **({"EventLogger": {"handlers": handlers}} if handlers else {})}


async def test_a_handler_is_told_what_happens_and_nothing_of_the_answer(course_panel: Panel, sink: Sink) -> None:
    panel, secret = course_panel, "def double(x):\n    print('secret')\n    return x ** 2"
    await panel.start()
    await panel.watch({"a": "double"})
    await panel.exercises({"a": "double"})
    report = await panel.judged(secret)
    assert report.ladder is not None
    await panel.check(("a", "double", secret))
    await panel.hint(report.ladder.key)
    await panel.hint(report.ladder.key)
    await panel.judged("def double(x):\n    return 5 * x + 1")
    await panel.judged(RIGHT)
    told = sink.told()
    of = {"course": "tried", "exercise": "double"}
    checks = [data for schema, data in told if schema == "urn:math4ml-lab:checked:1"]
    assert [(one["outcome"], one["known_slip"], one["distinct_failures"], one["basis"]) for one in checks] == [
        ("failed", True, 1, "run"), ("failed", False, 2, "run"), ("passed", False, 2, "run"),
    ]  # fmt: skip
    assert ["agrees" in one["failed"] for one in checks] == [True, True, False]
    assert checks[-1]["failed"] == []
    assert all(one["seconds"] >= 0 for one in checks)
    assert [(schema, data) for schema, data in told if "checked" not in schema] == [
        ("urn:math4ml-lab:hint-opened:1", {**of, "ladder": "mistake:squared", "level": 1})
    ]
    assert all({"course": one["course"], "exercise": one["exercise"]} == of for one in checks)
    assert not any(word in sink.stream.getvalue() for word in ("secret", "return", "unit.ipynb", str(panel.path)))


async def test_a_state_of_a_cell_is_no_event(course_panel: Panel, sink: Sink) -> None:
    await course_panel.start()
    await course_panel.watch({"a": "double"})
    await course_panel.run(RIGHT, "a")
    (report,) = await course_panel.check(("a", "double", WRONG))
    assert report.outcome == wire.Edited()
    assert sink.told() == []


async def test_clips_are_told_by_what_the_course_says(course_panel: Panel, sink: Sink) -> None:
    opened = wire.ClipOpened("tried", "double", "Linear algebra", 473)
    status, _ = await course_panel.refused("clip", opened)
    assert status == 404, "no exercise of this name is in use"
    await info(course_panel)
    assert await course_panel.post("clip", opened) == b""
    await course_panel.post("clip", msgspec.structs.replace(opened, start=None))
    status, refusal = await course_panel.refused("clip", msgspec.structs.replace(opened, title="def double(x): ..."))
    assert (status, bool(refusal.fix)) == (404, True)
    said = {"course": "tried", "exercise": "double", "key": "LA", "title": "Linear algebra"}
    assert sink.told() == [("urn:math4ml-lab:clip-opened:1", {**said, "start": start}) for start in (473, None)]


async def test_a_sink_that_breaks_costs_no_verdict(course_panel: Panel, sink: Sink) -> None:
    await course_panel.start()
    await course_panel.watch({"a": "double"})
    sink.breaks = True
    report = await course_panel.judged(WRONG)
    assert isinstance(report.outcome, wire.Failed)
    assert report.ladder is not None
    assert len((await course_panel.hint(report.ladder.key)).opened) == 1
    sink.breaks = False
    assert (await course_panel.judged(RIGHT)).outcome == wire.Passed(inputs=2)
    assert [data["outcome"] for _, data in sink.told()] == ["passed"]


@pytest.mark.parametrize("handlers", [[]])
async def test_nobody_is_told_by_default_and_nothing_is_worked_out(
    course_panel: Panel, store: AttemptStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even where a page listens for the server's events, as JupyterLab's does."""
    logger = course_panel.server.event_logger
    heard: list[str] = []

    async def listen(*, schema_id: str, **_: object) -> None:
        heard.append(schema_id)

    assert set(logger.schemas.schema_ids) >= {f"urn:math4ml-lab:{name}:1" for name in NAMES}
    logger.add_listener(listener=listen)
    monkeypatch.setattr(Events, "checked", lambda *_: pytest.fail("worked out for nobody"))
    await info(course_panel)
    await course_panel.start()
    report = await course_panel.judged(WRONG)
    assert report.ladder is not None
    await course_panel.hint(report.ladder.key)
    await course_panel.post("clip", wire.ClipOpened("tried", "double", "Linear algebra"))
    assert [one.outcome for one in store.attempts("tried", "double")] == ["failed"]
    assert heard, "the server's own events"
    assert not any("math4ml" in schema for schema in heard)


def test_a_reveal_is_told_as_such() -> None:
    from jupyter_events import EventLogger

    sink = Sink()
    events = Events(EventLogger(handlers=[sink]))
    events.hints_opened("c", "e", "solution", [4, 5])
    assert sink.told() == [
        ("urn:math4ml-lab:hint-opened:1", {"course": "c", "exercise": "e", "ladder": "solution", "level": 4}),
        ("urn:math4ml-lab:revealed:1", {"course": "c", "exercise": "e"}),
    ]


def test_each_job_is_told_once_and_the_list_of_them_does_not_grow() -> None:
    from jupyter_events import EventLogger

    events = Events(EventLogger(handlers=[Sink()]))
    report = wire.Report("a", "double", wire.Passed(inputs=1), [], "run", "", at=time.time())
    assert events.is_news("job", report)
    events.checked("c", "double", "job", report, 0)
    assert not events.is_news("job", report)
    assert not events.is_news("other", msgspec.structs.replace(report, outcome=wire.NotRun()))
    for number in range(1500):
        events.checked("c", "double", f"{number}", report, 0)
    assert len(events._told) == 1000
    assert not Events().is_news("new", report)


def test_the_schemas_are_shipped_with_the_package() -> None:
    assert sorted(path.stem.replace("_", "-") for path in SCHEMAS.iterdir()) == sorted(NAMES)
