"""Ten notebooks with ten kernels on one server, checked at once: each gets its own reports, and nobody else waits."""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING, Any

import pytest
from panel import Panel
from test_runner import DOUBLE

from math4ml_lab import wire

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator
    from pathlib import Path

pytestmark = [pytest.mark.kernel, pytest.mark.timeout(180)]

NOTEBOOKS = 10
WAITS = "def double(x):\n    while not os.path.exists({go!r}):\n        pass\n    return 1000 * {number} + x"
"""An answer that can be told from all others, and that computes until a file is there."""


@pytest.fixture
def jp_server_config(jp_server_config: dict[str, Any]) -> dict[str, Any]:
    return {**jp_server_config, "Math4mlApp": {"time_limit": 50.0}}


@pytest.fixture
def panels(jp_fetch: Callable[..., Awaitable[Any]], jp_serverapp: Any, jp_root_dir: Path) -> Iterator[list[Panel]]:
    panels = []
    for number in range(NOTEBOOKS):
        panel = Panel(jp_fetch, jp_serverapp)
        panel.path = f"unit{number}/unit.ipynb"
        (jp_root_dir / f"unit{number}").mkdir()
        module = DOUBLE["source"].replace("return 2 * x", f"return {number + 2} * x")
        (jp_root_dir / f"unit{number}" / "double.py").write_text(module)
        panels.append(panel)
    yield panels
    for panel in panels:
        if panel.client is not None:
            panel.client.stop_channels()


def failed(report: wire.Report) -> wire.CheckResult:
    return next(check for check in report.checks if check.state == "failed")


async def test_no_report_reaches_another_notebook_and_the_server_answers_meanwhile(
    panels: list[Panel], tmp_path: Path
) -> None:
    go = tmp_path / "go"
    sources = [WAITS.format(go=str(go), number=number) for number in range(NOTEBOOKS)]

    await asyncio.gather(*(panel.start() for panel in panels))

    async def begun(panel: Panel, source: str) -> asyncio.Task[list[wire.Report]]:
        # The same cell ids everywhere: the notebooks may be copies of each other.
        assert (await panel.watch({"a": "double"})).watched == 1
        await panel.run("import os", "imports")
        await panel.run(source, "a")
        return asyncio.create_task(panel.check(("a", "double", source), ("never-run", "double", source)))

    checks = await asyncio.gather(*(map(begun, panels, sources)))
    status = await panels[0].fetch("api", "status")
    listed = await panels[0].fetch("api", "kernels")
    contents = await panels[0].fetch("api", "contents", "unit0")
    assert [reply.code for reply in (status, listed, contents)] == [200, 200, 200]
    (shown,) = (await panels[3].exercises({"a": "double"})).exercises
    assert shown.title == "Twice as much"
    assert not any(check.done() for check in checks), "all this was answered while each of them computed"

    go.touch()
    found = await asyncio.gather(*checks)
    epochs = set()
    for number, (panel, reports) in enumerate(zip(panels, found, strict=True)):
        assert [(report.cell_id, report.basis) for report in reports] == [("a", "run"), ("never-run", "live")]
        for report in reports:
            assert isinstance(report.outcome, wire.Failed)
            assert report.source == sources[number]
            claim = failed(report)
            assert claim.measurement is not None
            assert claim.measurement.startswith(f"{1000 * number + 1}, needs {number + 2}"), panel.path
            epochs.add(report.epoch)
    assert len(epochs) == NOTEBOOKS


async def test_many_checks_at_once_in_each_notebook(panels: list[Panel]) -> None:
    async def thrice(number: int, panel: Panel) -> None:
        await panel.start()
        for turn in range(3):
            factor = number + 2 if turn != 1 else 100 + number
            source = f"def double(x):\n    return {factor} * x"
            report = await panel.judged(source, "a")
            if turn != 1:
                assert report.outcome == wire.Passed(inputs=3)
            else:
                assert (failed(report).measurement or "").startswith(f"{100 + number}, needs {number + 2}")

    await asyncio.gather(*(thrice(number, panel) for number, panel in enumerate(panels)))
    kernels = [panel.server.kernel_manager.get_kernel(panel.kernel).provisioner.pid for panel in panels]
    assert len(set(kernels)) == NOTEBOOKS
    assert os.getpid() not in kernels
