"""Two hundred checks in a row leave nothing behind, and the fiftieth verdict is the first one."""

from __future__ import annotations

import asyncio
import gc
import json
import logging
import os
import textwrap
import threading
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from live import Live, exercise
from processes import anonymous, children, descriptors, judge, respondents, tasks, until
from test_runner import DOUBLE, LOOP, RIGHT, WRONG

from math4ml_lab import wire
from math4ml_lab.server import checks

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from panel import Panel

pytestmark = [pytest.mark.kernel, pytest.mark.timeout(180)]

RAISES = "def double(x):\n    return x.no_such_attribute"
ENDS = "def double(x):\n    import os\n    os._exit(3)"
PRINTS = "def double(x):\n    print('looking at', x)\n    return 2 * x"
CELL_RAISES = RIGHT + "\n1 / 0"
RUNNER = "get_ipython().events.callbacks['post_run_cell'][0].__self__"
MEGABYTE = 1 << 20

DRAWS = textwrap.dedent('''
    """Draws from a normal distribution"""
    from math4ml_lab.exercise import case, check, inputs, ints, mistake, seeds, solution

    @solution
    def draw(n, rng):
        return rng.normal(3.0, 0.5, size=n)

    inputs(case(n=40, rng=3), n=ints(40, 90), rng=seeds())

    @check
    def centred(got):
        """Its mean is about 3"""
        assert abs(got.mean() - 3) < 0.6

    @mistake
    def standard(n, rng):
        """The standard normal distribution has mean 0
        - What is the mean of what you drew?"""
        return rng.normal(size=n)
''')


@pytest.fixture
def jp_server_config(jp_server_config: dict[str, Any]) -> dict[str, Any]:
    return {**jp_server_config, "Math4mlApp": {"time_limit": 2.0}}


@pytest.fixture
def _no_logs() -> Iterator[None]:
    """Keep pytest from remembering what the server logs: that is memory too."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def _more(before: dict[str, Any], now: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Return what is more now: other tests in this process may have left something that is gone by now."""

    def size(held: Any) -> int:
        return held if isinstance(held, int) else len(held)

    def sizes(held: Any) -> list[int]:
        return [size(item) for item in (json.loads(held) if isinstance(held, str) else held)]

    return {
        name: (was, now[name])
        for name, was in before.items()
        if any(later > earlier for earlier, later in zip(sizes(was), sizes(now[name]), strict=True))
    }


class Course:
    """A long course of checks through the server, and what kernel, judge and server hold meanwhile."""

    def __init__(self, panel: Panel) -> None:
        self.panel = panel
        self.grader = panel.server.web_app.settings["math4ml_grader"]
        self.checked = 0

    async def begin(self) -> None:
        await self.panel.start()
        await self.panel.watch({"a": "double"})
        self.link = await self.grader.kernels.link(self.panel.kernel)
        self.kernel = int(await self.value("__import__('os').getpid()"))
        # The watcher starts it in a thread of its own.
        await until(lambda: len(children(self.kernel)) > len(respondents(self.kernel)), "a judge")
        self.judge = judge(self.kernel)

    async def value(self, expression: str) -> str:
        key = self.panel.client.execute("", silent=True, user_expressions={"it": expression})
        while True:
            reply = await self.panel.client.get_shell_msg(timeout=30)
            if reply["parent_header"].get("msg_id") == key:
                return str(reply["content"]["user_expressions"]["it"]["data"]["text/plain"])

    async def check(self, source: str, cell: str = "a") -> str:
        self.checked += 1
        (report,) = await self.panel.check((cell, "double", source))
        return str(msgspec.to_builtins(report.outcome)["kind"])

    async def run(self, source: str) -> str:
        await self.panel.run(source, "a")
        return await self.check(source)

    async def cancelled(self) -> str:
        """Cancel a check of an endless loop while another request waits for it."""
        await self.panel.run(LOOP, "a")
        waiting = asyncio.create_task(self.check(LOOP))
        under_way = self.grader.checks.of_kernel
        await until(lambda: under_way(self.panel.kernel), "a check under way")
        await self.panel.fetch("math4ml", "api", "check", under_way(self.panel.kernel)[0].id, method="DELETE")
        return await waiting

    async def twenty(self, last: str) -> None:
        """Check answers of all kinds, of runs and live; only the last of them takes its time."""
        for _ in range(2):
            assert await self.run(RIGHT) == "passed"
            assert await self.check(RIGHT, "never-run") == "passed"
            assert await self.check(WRONG) == "edited"
            assert await self.run(WRONG) == "failed"
            assert await self.check(WRONG, "never-run") == "failed"
            assert await self.run(RAISES) == "failed"
            assert await self.run(CELL_RAISES) == "cell_raised"
            assert await self.run(ENDS) == "failed"
            assert await self.run(PRINTS) == "passed"
        assert await self.cancelled() == "cancelled"
        assert await self.run(last) == ("timed_out" if last is LOOP else "passed")
        while await self.panel.client.iopub_channel.msg_ready():  # a browser reads too
            await self.panel.client.iopub_channel.get_msg(timeout=1)

    async def held(self) -> dict[str, Any]:
        """Count what must be the same however many checks there were."""
        parts = ["records", "verdicts", "exercises", "watcher.cases", "watcher.queue", "watcher.exercises"]
        link, grader, server = self.link, self.grader, os.getpid()
        # The server's pools of threads grow to a size of their own, whoever uses them.
        pooled = sum(thread.name.startswith(("asyncio_", "AnyIO")) for thread in threading.enumerate())
        return {
            "processes": (children(self.kernel), children(self.judge), children(server)),
            "threads": (tasks(self.kernel), tasks(self.judge), tasks(server) - pooled),
            "descriptors": (descriptors(self.kernel), descriptors(self.judge), descriptors(server)),
            "runner": await self.value("[" + ", ".join(f"len({RUNNER}.{part})" for part in parts) + "]"),
            "link": [len(kept) for kept in (link._verdicts, link._early, link._requests, link._replies, link.runs)],
            "grader": [len(kept) for kept in (grader._records, grader._watching)],
        }

    async def grown(self, before: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
        """Return what is more than it was, when nothing of the last check is under way any more."""
        end = asyncio.get_running_loop().time() + 10
        while (found := _more(before, await self.held())) and asyncio.get_running_loop().time() < end:  # noqa: ASYNC110
            await asyncio.sleep(0.05)
        return found

    async def objects(self) -> tuple[int, int]:
        """Return how many containers live in kernel and server."""
        count = "(__import__('gc').collect(), len(__import__('gc').get_objects()))[1]"
        kernel = int(await self.value(count))
        gc.collect()
        return kernel, len(gc.get_objects())

    async def server_keeps_less_than(self, limit: int) -> bool:
        """Tell whether that holds once the loop has let go of timers and connections that are over."""
        end = asyncio.get_running_loop().time() + 30
        while (await self.objects())[1] >= limit:
            if asyncio.get_running_loop().time() > end:
                return False
            await asyncio.sleep(0.5)
        return True

    def memory(self) -> list[int]:
        return [anonymous(pid) for pid in (self.kernel, self.judge, os.getpid())]


@pytest.mark.usefixtures("_no_logs")
async def test_two_hundred_checks_leave_nothing_behind(panel: Panel, monkeypatch: pytest.MonkeyPatch) -> None:
    course = Course(panel)
    await course.begin()
    for last in (LOOP, RIGHT):
        await course.twenty(last)
    before = await course.held()
    assert before["processes"][0] == [course.judge]
    objects, memory = [await course.objects()], [course.memory()]
    for last in (LOOP, RIGHT, RIGHT, RIGHT, RIGHT) * 2:
        await course.twenty(last)
        if course.checked % 100 == 40:
            objects.append(await course.objects())
            memory.append(course.memory())
    assert course.checked == 240
    assert await course.grown(before) == {}

    # The second hundred tells growth from what is filled once: caches, pools, arenas.
    kernel, server = (later - earlier for earlier, later in zip(objects[1], objects[2], strict=True))
    assert kernel < 100, "less than one object a check"
    assert server < 30 * 100, "no more than the reports, which are kept for a while"
    for process, earlier, later in zip(("kernel", "judge", "server"), memory[1], memory[2], strict=True):
        assert later - earlier < 2 * MEGABYTE, process

    assert len(course.grader.checks._checks) == course.checked
    monkeypatch.setattr(checks, "KEPT", 0)
    await course.check(LOOP)
    assert len(course.grader.checks._checks) == 1
    assert await course.server_keeps_less_than(objects[0][1] + 200), "less than one object a check"


ALIKE: list[tuple[str, dict[str, Any], str, type[wire.Outcome]]] = [
    ("right", DOUBLE, RIGHT, wire.Passed),
    ("wrong", DOUBLE, WRONG, wire.Failed),
    (
        "drawn",
        exercise("draw", DRAWS, ["draw"]),
        "def draw(n, rng):\n    return 3 + 0.5 * rng.normal(size=n)",
        wire.Passed,
    ),
    ("drawn wrong", exercise("draw", DRAWS, ["draw"]), "def draw(n, rng):\n    return rng.normal(size=n)", wire.Failed),
]


def often(live: Live, judged: dict[str, Any], source: str) -> list[dict[str, Any]]:
    """Return what 26 checks of one answer found, half of them of its runs, half live, but for what names a check."""
    found = []
    live.watch({"a": judged})
    for _ in range(13):
        found.append(live.judged(source, "a"))
        found.append(live.verdict(live.jobs({"never-run": judged}, source)[0]))
    named = {"id", "epoch", "seconds"}
    return [{key: value for key, value in msgspec.to_builtins(one).items() if key not in named} for one in found]


def test_a_verdict_is_the_same_fifty_times_and_in_every_kernel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hashes: set[str] = set()
    first: dict[str, dict[str, Any]] = {}
    for seed in ("1", "2"):
        monkeypatch.setenv("PYTHONHASHSEED", seed)
        with Live(tmp_path) as live:
            hashes.add(live.value("hash('a')"))
            for name, judged, source, _ in ALIKE:
                for found in often(live, judged, source):
                    assert found == first.setdefault(name, found)
    assert len(hashes) == 2
    for name, _, _, outcome in ALIKE:
        assert isinstance(msgspec.convert(first[name]["outcome"], wire.Outcome), outcome), name
