"""What is no attempt: an answer that lacks what another cell brings, and one from before the record was erased."""

from __future__ import annotations

import asyncio
import gc
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from learning import fetched, info, record
from test_server import RIGHT, WRONG

from math4ml_lab import wire

if TYPE_CHECKING:
    from pathlib import Path

    from panel import Panel

    from math4ml_lab.attempts import AttemptStore
    from math4ml_lab.server.grader import Grader

pytestmark = pytest.mark.kernel

NUMPY = "def double(x):\n    return np.add(x, x)"
TYPO = "def double(x):\n    return nq.add(x, x)"
AT_ONCE = "two = np.int64(2)\ndef double(x):\n    return int(two) * x"


async def begun(panel: Panel, source: str, defined: dict[str, list[str]] | None = None) -> wire.CheckAnswer:
    """Run a cell and ask for its report; it may not be there yet."""
    await panel.run(source, "a")
    cells = [wire.CellSource("a", "double", source)]
    request = wire.CheckRequest(path=panel.path, kernel_id=panel.kernel, cells=cells, defined=defined or {})
    return msgspec.json.decode(await panel.post("check", request), type=wire.CheckAnswer)


async def ended(panel: Panel, answer: wire.CheckAnswer) -> wire.Report:
    while answer.state != "done":
        answer = await fetched(panel, answer.id)
    (report,) = answer.reports
    return report


def grader(panel: Panel) -> Grader:
    found: Grader = panel.server.web_app.settings["math4ml_grader"]
    return found


# -- What another cell would have brought -------------------------------------------------------------------


@pytest.mark.parametrize("source", [NUMPY, AT_ONCE])
async def test_what_only_another_cell_lacks_is_no_attempt(
    course_panel: Panel, store: AttemptStore, source: str
) -> None:
    await course_panel.start()
    await course_panel.watch({"a": "double"})
    report = await ended(course_panel, await begun(course_panel, source, {"i": ["np", "plt"], "a": ["double"]}))
    assert isinstance(report.outcome, wire.Failed | wire.CellRaised)
    assert (report.ladder, report.distinct, store.attempts("tried", "double")) == (None, 0, [])
    assert ((await info(course_panel)).attempts, (await info(course_panel)).latest) == (0, None)
    await course_panel.run("import numpy as np", "i")
    report = await ended(course_panel, await begun(course_panel, source, {"i": ["np"]}))
    assert isinstance(report.outcome, wire.Passed)
    assert (await info(course_panel)).solved == "alone"


@pytest.mark.parametrize(
    ("source", "defined"),
    [(TYPO, {"i": ["np"]}), (NUMPY, {}), (NUMPY, {"a": ["np"], "i": ["n", "npp"]}), (WRONG, {"i": ["np", "x"]})],
)
async def test_what_no_other_cell_defines_is_the_learners_own(
    course_panel: Panel, source: str, defined: dict[str, list[str]]
) -> None:
    await course_panel.start()
    report = await ended(course_panel, await begun(course_panel, source, defined))
    assert report.ladder is not None
    assert (report.distinct, (await info(course_panel)).attempts) == (1, 1)


# -- Erased meanwhile ---------------------------------------------------------------------------------------


def waits(folder: Path) -> str:
    """Return a right answer that takes until there is a file `go`, and tells by another that it has begun."""
    return (
        "def double(x):\n    import os, time\n"
        f"    while not os.path.exists({str(folder / 'go')!r}): time.sleep(0.01)\n    return 2 * x"
    )


@pytest.mark.parametrize("query", [{}, {"course": "tried"}])
async def test_a_check_that_began_before_the_erasure_is_not_recorded(
    course_panel: Panel, store: AttemptStore, tmp_path: Path, query: dict[str, str]
) -> None:
    await course_panel.start()
    await course_panel.watch({"a": "double"})
    answer = await begun(course_panel, waits(tmp_path))
    assert answer.state == "running"
    assert (await record(course_panel, "DELETE", **query)).attempts == []
    (tmp_path / "go").touch()
    report = await ended(course_panel, answer)
    assert isinstance(report.outcome, wire.Passed), "the verdict is told all the same"
    assert store.attempts("tried", "double") == []
    assert (await info(course_panel)).solved is None
    await ended(course_panel, await begun(course_panel, RIGHT))
    assert (await info(course_panel)).solved == "alone", "what begins afterwards counts"


async def test_an_erasure_of_another_course_costs_nothing(course_panel: Panel, tmp_path: Path) -> None:
    await course_panel.start()
    await course_panel.watch({"a": "double"})
    answer = await begun(course_panel, waits(tmp_path))
    await record(course_panel, "DELETE", course="other")
    (tmp_path / "go").touch()
    await ended(course_panel, answer)
    assert (await info(course_panel)).solved == "alone"


# -- A kernel that dies while it is told what to watch ------------------------------------------------------


async def test_a_kernel_that_dies_after_the_answer_leaves_no_complaint(course_panel: Panel) -> None:
    await course_panel.start()
    course_panel.client.execute("while True: pass")
    complaints: list[dict[str, Any]] = []
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda _, context: complaints.append(context))
    one = grader(course_panel)
    request = wire.WatchRequest(
        path=course_panel.path, kernel_id=course_panel.kernel, cells=[wire.CellTag("a", "double")]
    )
    try:
        answer = await one.watch(request, at_most=0.1)
        assert (answer.epoch, len(one._watching)) == (None, 1)
        await course_panel.server.kernel_manager.shutdown_kernel(course_panel.kernel, now=True)
        while one._watching:  # noqa: ASYNC110 (no event to wait for)
            await asyncio.sleep(0.01)
        gc.collect()
        await asyncio.sleep(0)
    finally:
        loop.set_exception_handler(None)
    assert complaints == []
