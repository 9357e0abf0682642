"""The link when the kernel restarts, dies, or keeps busy: whoever waits is told, and the next check works."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from live import Live
from test_runner import DOUBLE, LOOP, RIGHT

from math4ml_lab import wire
from math4ml_lab.server.link import Ended

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Future

pytestmark = pytest.mark.kernel

SLOW = {**DOUBLE, "limit": 30.0}


@pytest.fixture
def live(tmp_path: Path) -> Iterator[Live]:
    with Live(tmp_path) as kernel:
        yield kernel


def pending(live: Live) -> Future[wire.Verdict]:
    """Start a check that would take half a minute."""
    live.run(LOOP)
    job = live.jobs({"x": SLOW}, LOOP)[0]
    assert job.known is None
    return asyncio.run_coroutine_threadsafe(live.link.verdict(job.id), live.loop)


def children(pid: int) -> list[int]:
    """Return the processes whose parent is `pid`."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == pid:
            found.append(int(stat.parent.name))
    return found


def gone(live: Live, processes: list[int]) -> None:
    async def wait() -> None:
        while any(Path(f"/proc/{pid}").exists() for pid in processes):  # noqa: ASYNC110, ASYNC240 (no event to wait for)
            await asyncio.sleep(0.01)

    live.wait(wait(), 10)


def test_a_restart_in_the_middle_of_a_check(live: Live) -> None:
    future = pending(live)
    ours = children(int(live.value("__import__('os').getpid()")))
    assert len(ours) == 2, "the judge and the answer"
    live.wait(live.manager.restart_kernel(now=True))
    with pytest.raises(Ended) as ended:
        future.result(20)
    assert ended.value.outcome == wire.KernelRestarted()
    gone(live, ours)
    live.run(RIGHT)
    assert live.verdict(live.jobs({"x": DOUBLE}, RIGHT)[0]).outcome == wire.Passed(inputs=3)


def test_a_killed_kernel(live: Live) -> None:
    future = pending(live)
    pid = int(live.value("__import__('os').getpid()"))
    ours = children(pid)
    os.kill(pid, signal.SIGKILL)
    with pytest.raises(Ended) as ended:
        future.result(20)
    assert ended.value.outcome == wire.KernelDead()
    gone(live, ours)


def test_a_killed_judge_is_replaced(live: Live) -> None:
    live.run(LOOP)
    job = live.jobs({"x": DOUBLE}, LOOP)[0]
    pid = int(live.value("__import__('os').getpid()"))
    for process in children(pid):
        if b"control = socket" in Path(f"/proc/{process}/cmdline").read_bytes():
            os.kill(process, signal.SIGKILL)
    # The process of the case itself may have begun: then it carries on.
    assert isinstance(live.verdict(job).outcome, wire.Broken | wire.TimedOut)
    live.run(RIGHT)
    assert live.verdict(live.jobs({"x": DOUBLE}, RIGHT)[0]).outcome == wire.Passed(inputs=3)


def test_a_busy_kernel_answers_when_it_is_free(live: Live, tmp_path: Path) -> None:
    live.run(RIGHT)
    live.client.execute("import os, time; open('begun', 'w').close()\nwhile not os.path.exists('go'): time.sleep(0.01)")
    while not (tmp_path / "begun").exists():
        time.sleep(0.005)
    tags = [{"cell_id": "x", "exercise": "double", "digest": DOUBLE["digest"], "source": RIGHT}]
    future = asyncio.run_coroutine_threadsafe(live.link.check(tags, [DOUBLE]), live.loop)
    with pytest.raises(TimeoutError):
        future.result(0.3)
    (tmp_path / "go").touch()
    assert live.verdict(future.result(10)[0]).outcome == wire.Passed(inputs=3)


def test_two_links_share_one_runner(live: Live) -> None:
    async def second() -> str:
        from math4ml_lab.server.link import KernelLink

        other = KernelLink("kernel", live.manager)
        epoch = (await other.install()).epoch
        await other.close()
        return epoch

    assert live.link.hello is not None
    assert live.wait(second()) == live.link.hello.epoch
    assert live.value("len([f for f in get_ipython().events.callbacks['post_run_cell'] if 'Runner' in repr(f)])") == "1"


def test_a_cancelled_check_ends_and_says_so(live: Live) -> None:
    live.run(LOOP)
    job = live.jobs({"x": SLOW}, LOOP)[0]
    future = asyncio.run_coroutine_threadsafe(live.link.verdict(job.id), live.loop)
    live.wait(live.link.cancel([job.id]))
    assert future.result(10).outcome == wire.Cancelled()


def test_a_verdict_that_cannot_be_read_is_told_as_broken(live: Live) -> None:
    waiting = pending(live)
    (job,) = (job for job in live.link._verdicts)
    text = (
        f'{{"epoch": "{live.link.hello.epoch if live.link.hello else ""}", "type": "verdict", "id": "{job}", "x": 1}}'
    )
    live.loop.call_soon_threadsafe(live.link._on_runner, text)
    outcome = waiting.result(10).outcome
    assert isinstance(outcome, wire.Broken)
    assert "could not be read" in outcome.message
    live.wait(live.link.cancel([job]))


def test_what_is_lost_on_the_way_is_asked_for_again(live: Live) -> None:
    """A kernel that prints faster than anybody reads loses messages."""
    hear, lost = live.link._on_runner, set()

    def deaf(text: str) -> None:
        kind = text.split('"type": "')[1].split('"', maxsplit=1)[0]
        if kind in lost or kind == "hello":
            hear(text)
        lost.add(kind)

    live.run(RIGHT)
    live.link._on_runner = deaf  # type: ignore[method-assign]
    job = live.jobs({"x": DOUBLE}, RIGHT)[0]
    assert live.verdict(job).outcome == wire.Passed(inputs=3)
    assert {"taken", "verdict"} <= lost


def test_a_check_that_cannot_begin_says_so(live: Live) -> None:
    live.run(RIGHT)
    runner = "next(one for one in gc.get_objects() if type(one).__name__ == 'Runner')"
    live.run(f"import gc\n{runner}.openmp.look = lambda: 1 / 0")
    (job,) = live.jobs({"x": DOUBLE}, RIGHT)
    assert isinstance(job.known, wire.Broken)
    assert job.known.message.endswith("in this kernel: ZeroDivisionError: division by zero")
    live.run(f"del {runner}.openmp.look")
    assert live.verdict(live.jobs({"x": DOUBLE}, RIGHT)[0]).outcome == wire.Passed(inputs=3)
