"""What happens to a kernel, its judge or an answer in the middle of a check: told at once, and nothing stays behind."""

from __future__ import annotations

import asyncio
import os
import signal
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from live import Live
from processes import Process, children, family, gone, judge, respondents, until
from test_runner import DOUBLE, LOOP, RIGHT, WRONG

from math4ml_lab import wire
from math4ml_lab.server.checks import Check
from math4ml_lab.server.link import Ended

if TYPE_CHECKING:
    from pathlib import Path

    from panel import Panel

pytestmark = pytest.mark.kernel

FOLLOWED = "def double(x):\n    while not os.path.exists({mark!r}):\n        pass\n    return 2 * x"
"""An answer that computes until a file is there."""


@pytest.fixture
def jp_server_config(jp_server_config: dict[str, Any]) -> dict[str, Any]:
    return {**jp_server_config, "Math4mlApp": {"time_limit": 50.0}}


class Pending:
    """A check of an answer that computes for as long as it may."""

    def __init__(self, panel: Panel, source: str) -> None:
        self.panel = panel
        self.source = source

    async def begin(self, *, watched: bool) -> Pending:
        """Return when the judge has put a question to the answer."""
        await self.panel.start()
        self.kernel = await kernel_process(self.panel)
        if watched:
            await self.panel.watch({"a": "double"})
        await self.panel.run("import os", "other")
        assert (await self.panel.judged(RIGHT)).outcome == wire.Passed(inputs=3)
        await self.panel.run(self.source, "a")
        self.reports = asyncio.create_task(self.panel.check(("a", "double", self.source)))
        while not (found := await self.listed()) or found[0].state != "running":  # noqa: ASYNC110 (no event to wait for)
            await asyncio.sleep(0.01)
        self.id = found[0].id
        self.judge = judge(self.kernel)
        await until(lambda: children(self.judge), "a judge of this case")
        await until(lambda: respondents(self.kernel), "an answer that computes")
        self.processes = family(self.kernel)
        self.ours = [one for one in self.processes if one.pid != self.kernel]
        assert len(self.ours) == 3, "the judge, the judge of this case, the answer"
        return self

    async def listed(self) -> list[wire.CheckAnswer]:
        """Return the checks under way, as a browser that was loaded again sees them."""
        reply = await self.panel.fetch("math4ml", "api", "check", params={"kernel_id": self.panel.kernel})
        return msgspec.json.decode(reply.body, type=list[wire.CheckAnswer])

    async def outcome(self) -> wire.Outcome:
        """Wait for the report."""
        (report,) = await asyncio.wait_for(self.reports, 30)
        return report.outcome


async def kernel_process(panel: Panel) -> int:
    """Return the process of the kernel as it is now."""
    key = panel.client.execute("", silent=True, user_expressions={"pid": "__import__('os').getpid()"})
    while True:
        reply = await panel.client.get_shell_msg(timeout=30)
        if reply["parent_header"].get("msg_id") == key:
            return int(reply["content"]["user_expressions"]["pid"]["data"]["text/plain"])


async def answers(panel: Panel) -> None:
    """The kernel answers, and checks are right: of the run where it is watched, live where it is not."""
    panel.client.stop_channels()
    panel.client = panel.server.kernel_manager.get_kernel(panel.kernel).client()
    panel.client.start_channels()
    await panel.client.wait_for_ready(timeout=30)
    assert (await panel.judged(RIGHT, "live")).outcome == wire.Passed(inputs=3)
    assert (await panel.watch({"a": "double"})).watched == 1
    report = await panel.judged(RIGHT)
    assert (report.outcome, report.basis) == (wire.Passed(inputs=3), "run")
    report = await panel.judged(WRONG)
    assert (type(report.outcome), report.basis) == (wire.Failed, "run")
    pid = await kernel_process(panel)
    await until(lambda: family(pid)[1:] == family(judge(pid)), "only the kernel and its judge")


async def ended(pending: Pending, old: list[Process]) -> None:
    """Nothing of the check's processes is left, and it is under way no more."""
    await gone(old)
    assert await pending.listed() == []


@pytest.mark.parametrize("watched", [True, False], ids=["run", "live"])
async def test_a_restart_by_rest(panel: Panel, *, watched: bool) -> None:
    pending = await Pending(panel, LOOP).begin(watched=watched)
    await panel.fetch("api", "kernels", panel.kernel, "restart", method="POST", body="")
    assert await pending.outcome() == wire.KernelRestarted()
    await ended(pending, pending.processes)
    await answers(panel)


@pytest.mark.parametrize("watched", [True, False], ids=["run", "live"])
async def test_a_shutdown_by_rest(panel: Panel, *, watched: bool) -> None:
    pending = await Pending(panel, LOOP).begin(watched=watched)
    await panel.fetch("api", "kernels", panel.kernel, method="DELETE")
    assert await pending.outcome() == wire.KernelDead()
    await ended(pending, pending.processes)
    cells = [{"cell_id": "a", "exercise": "double", "source": LOOP}]
    status, refusal = await panel.refused("check", {"path": panel.path, "kernel_id": panel.kernel, "cells": cells})
    assert (status, panel.kernel in refusal.message) == (404, True)
    panel.client.stop_channels()
    await panel.start()
    await answers(panel)


async def test_a_killed_kernel_that_the_server_starts_again(panel: Panel) -> None:
    pending = await Pending(panel, LOOP).begin(watched=True)
    os.kill(pending.kernel, signal.SIGKILL)
    assert await pending.outcome() in (wire.KernelDead(), wire.KernelRestarted())
    await ended(pending, pending.processes)
    manager = panel.server.kernel_manager.get_kernel(panel.kernel)
    await until(lambda: manager.provisioner.pid != pending.kernel, "another kernel")
    await answers(panel)


@pytest.mark.parametrize("by", ["rest", "signal"])
async def test_an_interrupt_is_not_for_the_answer(panel: Panel, tmp_path: Path, by: str) -> None:
    mark = tmp_path / "go on"
    pending = await Pending(panel, FOLLOWED.format(mark=str(mark))).begin(watched=True)
    if by == "rest":
        await panel.fetch("api", "kernels", panel.kernel, "interrupt", method="POST", body="")
    else:
        os.kill(pending.kernel, signal.SIGINT)
    assert await kernel_process(panel) == pending.kernel
    assert all(one.lives for one in pending.ours)
    mark.touch()
    assert await pending.outcome() == wire.Passed(inputs=3)
    await gone(one for one in pending.ours if one.pid != pending.judge)
    await answers(panel)


async def test_a_cancelled_check(panel: Panel) -> None:
    pending = await Pending(panel, LOOP).begin(watched=True)
    await panel.fetch("math4ml", "api", "check", pending.id, method="DELETE")
    assert await pending.outcome() == wire.Cancelled()
    await ended(pending, [one for one in pending.ours if one.pid != pending.judge])
    await answers(panel)


async def test_what_was_cancelled_can_be_checked_again(panel: Panel, tmp_path: Path) -> None:
    mark = tmp_path / "go on"
    source = FOLLOWED.format(mark=str(mark))
    pending = await Pending(panel, source).begin(watched=True)
    await panel.fetch("math4ml", "api", "check", pending.id, method="DELETE")
    assert await pending.outcome() == wire.Cancelled()
    await gone(one for one in pending.ours if one.pid != pending.judge)
    mark.touch()
    (report,) = await panel.check(("a", "double", source))
    assert report.outcome == wire.Passed(inputs=3)


async def test_a_check_that_is_cancelled_before_it_has_begun(panel: Panel) -> None:
    kernels: Any = None
    check = Check("none", [], lambda *_: pytest.fail("there is nothing to report"))
    check.start(kernels, 1.0)
    await check.cancel(kernels)
    await check.wait(0)
    assert check.answer() == wire.CheckAnswer(id=check.id, state="done", reports=[])


async def test_a_killed_judge_whose_case_is_under_way(panel: Panel, tmp_path: Path) -> None:
    mark = tmp_path / "go on"
    pending = await Pending(panel, FOLLOWED.format(mark=str(mark))).begin(watched=True)
    os.kill(pending.judge, signal.SIGKILL)
    await until(lambda: pending.judge not in children(pending.kernel), "the judge's end, seen by the kernel")
    mark.touch()
    assert await pending.outcome() == wire.Passed(inputs=3), "the case has a judge of its own"
    await ended(pending, pending.ours)
    await answers(panel)


async def test_a_killed_judge_of_one_case(panel: Panel) -> None:
    pending = await Pending(panel, LOOP).begin(watched=True)
    os.kill(children(pending.judge)[0], signal.SIGKILL)
    outcome = await pending.outcome()
    assert isinstance(outcome, wire.Broken)
    assert "before its verdict" in outcome.message
    await ended(pending, [one for one in pending.ours if one.pid != pending.judge])
    await answers(panel)


async def test_a_killed_answer(panel: Panel) -> None:
    pending = await Pending(panel, LOOP).begin(watched=True)
    os.kill(respondents(pending.kernel)[0], signal.SIGKILL)
    # It is no want of memory: the system has ended nobody.
    assert isinstance(await pending.outcome(), wire.Failed)
    await ended(pending, [one for one in pending.ours if one.pid != pending.judge])
    await answers(panel)


@pytest.mark.parametrize("now", [True, False], ids=["at once", "asked to"])
def test_a_restart_by_the_manager_while_run_and_live_checks_wait(tmp_path: Path, *, now: bool) -> None:
    slow = {**DOUBLE, "limit": 50.0}
    with Live(tmp_path) as live:
        live.watch({"a": slow})
        live.run(LOOP, "a")
        jobs = [live.ran("a").jobs[0], *live.jobs({"x": slow}, LOOP)]
        assert [job.basis for job in jobs] == ["run", "live"]
        waiting = [asyncio.run_coroutine_threadsafe(live.link.verdict(job.id), live.loop) for job in jobs]
        old = family(int(live.value("__import__('os').getpid()")))
        live.wait(live.manager.restart_kernel(now=now))
        for future in waiting:
            with pytest.raises(Ended) as error:
                future.result(20)
            assert error.value.outcome == wire.KernelRestarted()
        live.wait(gone(old))
        live.watch({"a": DOUBLE})
        assert live.judged(RIGHT, "a").outcome == wire.Passed(inputs=3)
