"""The guarded check in a real kernel: for processes that cannot be copied, and for exercises that ask for it."""

from __future__ import annotations

import os
import signal
import textwrap
from typing import TYPE_CHECKING, Any

import pytest
from live import Live, exercise
from test_runner import DOUBLE, LOOPED, RIGHT, WRONG, failed

from math4ml_lab import bundle, wire

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.kernel

GUARDED: dict[str, Any] = exercise(
    "guarded", DOUBLE["source"] + "\n# of its own", ["double"], limit=1.0, isolation="guarded"
)
PRELUDE = """
import numpy as np, random
kept = {'list': [1, 2], 'array': np.arange(3.0), 'other': 7}
mine = [1, 2, 3]
random.seed(7); np.random.seed(7)
"""
STATE = (
    "(id(kept), kept['list'], kept['array'].tolist(), kept['other'], mine, random.getstate()[1][:3],"
    " np.random.get_state()[1][:3].tolist(), id(np.abs), id(len), id(__import__('os')._exit),"
    " __import__('os').getcwd(),"
    " 'planted' in __import__('os').environ, __import__('sys').getrecursionlimit(),"
    " __import__('signal').getsignal(__import__('signal').SIGALRM), __import__('resource').getrlimit(9),"
    " id(__import__('sys').stdout), __import__('sys').gettrace())"
)


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    with Live(tmp_path_factory.mktemp("kernel")) as kernel:
        kernel.run(PRELUDE)
        kernel.watch({"a": GUARDED})
        yield kernel


@pytest.fixture(autouse=True)
def untouched(live: Live) -> Iterator[None]:
    before = live.value(STATE)
    yield
    assert live.value(STATE) == before
    assert live.judged(RIGHT, "a").outcome == wire.Passed(inputs=3)


def test_a_report_says_that_the_check_was_guarded(live: Live) -> None:
    live.judged(RIGHT, "a")
    assert live.ran("a").jobs[0].isolation == "guarded"


def test_a_wrong_answer_gets_all_that_helps(live: Live) -> None:
    verdict = live.judged(WRONG, "a")
    assert verdict.mistake == "squared"
    assert failed(verdict).line == wire.Line(text="return y", number=3)


@pytest.mark.parametrize(
    ("body", "number"),
    [
        ("while True: pass", 2),
        ("while True:\n        try:\n            while True: pass\n        except BaseException: pass", 4),
        ("while True:\n        try:\n            while True: pass\n        finally: continue", 4),
    ],
)
def test_an_endless_loop_times_out_and_the_kernel_goes_on(live: Live, body: str, number: int) -> None:
    outcome = live.judged(f"def double(x):\n    {body}", "a").outcome
    line = wire.Line(text="while True: pass", number=number)
    assert outcome == wire.TimedOut(seconds=1.0, smallest_input="x=1", line=line)
    assert live.value("1 + 1") == "2"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("import os; os._exit(3)", "os._exit is not for answers"),
        ("import os; os.fork()", "os.fork is not for answers"),
        ("import signal; signal.alarm(0)", "signal.alarm is not for answers"),
        ("import sys; sys.exit(2)", "SystemExit: 2"),
        ("input('?')", "nobody to ask"),
        ("return double(x)", "RecursionError"),
        ("raise KeyboardInterrupt", "KeyboardInterrupt"),
    ],
)
def test_what_would_end_the_kernel_is_the_answers_own_failure(live: Live, body: str, said: str) -> None:
    claim = failed(live.judged(f"def double(x):\n    {body}", "a"))
    assert claim.name == "runs"
    assert said in str(claim.measurement)


@pytest.mark.parametrize(
    "bomb", ["[0] * 10**12", "np.ones(10**10)", "b'.' * 2**33", "[bytearray(10**8) for _ in 'x' * 99]"]
)
def test_a_memory_bomb_is_out_of_memory(live: Live, bomb: str) -> None:
    assert live.judged(f"def double(x):\n    return {bomb}", "a").outcome == wire.OutOfMemory(megabytes=512)


@pytest.mark.parametrize(
    "body",
    [
        "kept['list'].append(9); kept['array'][:] = 0; mine.clear(); return 2 * x",
        "global mine; mine = None; kept.pop('other', 0); return 2 * x",
        "np.random.seed(1); random.random(); return 2 * x",
        "import os, sys; os.chdir('/'); os.environ['planted'] = '1'; return 2 * x",
        "print('loud' * 100); return 2 * x",
    ],
)
def test_what_an_answer_changes_is_a_copy(live: Live, body: str) -> None:
    assert live.judged(f"def double(x):\n    {body}", "a").outcome == wire.Passed(inputs=3)


@pytest.mark.parametrize(
    "patch",
    [
        "np.abs = np.isfinite = np.asarray = lambda *a, **k: True",
        "import builtins; builtins.len = builtins.isinstance = lambda *a: True",
        "import builtins; builtins.print = None; builtins.planted = 1",
    ],
)
def test_patched_functions_are_whole_again_and_help_nobody(live: Live, patch: str) -> None:
    assert isinstance(live.judged(f"def double(x):\n    {patch}\n    return 2 * x + 1", "a").outcome, wire.Failed)


def test_closures_and_defaults_are_copied_too(live: Live) -> None:
    code = """
        def counted():
            calls = []
            def double(x, seen=[]):
                calls.append(x); seen.append(x)
                return 2 * x
            return double, calls
        double, calls = counted()
    """
    assert live.judged(textwrap.dedent(code), "a").outcome == wire.Passed(inputs=3)
    assert live.value("(calls, double.__defaults__)") == "([], ([],))"


def test_an_interrupt_cancels_the_check_and_nothing_else(live: Live) -> None:
    slow = {**GUARDED, "digest": "slow", "limit": 30.0}
    live.run("def double(x):\n    globals_seen = open('running', 'w').close()\n    while True: pass")
    kernel = int(live.value("__import__('os').getpid()"))
    folder = live.value("__import__('os').getcwd()").strip("'")

    async def interrupted() -> wire.Verdict:
        import asyncio

        tags = [{"cell_id": "z", "exercise": "guarded", "digest": "slow", "source": "double"}]
        asking = asyncio.create_task(live.link.check(tags, [slow]))
        while not os.path.exists(f"{folder}/running"):  # noqa: ASYNC110, ASYNC240, PTH110 (a state of the kernel)
            await asyncio.sleep(0.01)
        os.kill(kernel, signal.SIGINT)
        return await live.link.verdict((await asking)[0].id)

    assert live.wait(interrupted()).outcome == wire.Cancelled()


def test_a_library_that_dies_in_a_copy_is_seen(live: Live) -> None:
    plain = {**DOUBLE, "digest": "plain"}
    live.run("import sys, types\nsys.modules['tensorflow'] = types.ModuleType('tensorflow')\n" + RIGHT)
    try:
        job = live.jobs({"x": plain})[0]
        assert job.isolation == "guarded"
        assert live.verdict(job).outcome == wire.Passed(inputs=3)
    finally:
        live.run("del sys.modules['tensorflow']")
    job = live.jobs({"x": plain})[0]
    assert job.isolation == "snapshot"
    assert live.verdict(job).outcome == wire.Passed(inputs=3)


def test_where_nothing_can_be_copied_the_judge_does_without_processes_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on macOS: the runner cannot fork, and the judge does not."""
    sources = dict(bundle.sources())
    for module in ("guard", "court"):
        name = f"math4ml_lab.kernel.{module}"
        sources[name] = sources[name].replace('sys.platform == "linux"', 'sys.platform == "elsewhere"')
        assert "elsewhere" in sources[name]
    bundle.injection.cache_clear()
    monkeypatch.setattr(bundle, "sources", lambda: sources)
    try:
        with Live(tmp_path) as live:
            live.watch({"a": DOUBLE})
            assert live.link.hello is not None
            assert live.link.hello.isolation == "guarded"
            assert live.judged(RIGHT, "a").outcome == wire.Passed(inputs=3)
            assert live.judged(WRONG, "a").mistake == "squared"
            loop = live.judged("def double(x):\n    while True: pass", "a")
            assert loop.outcome == wire.TimedOut(seconds=2.0, smallest_input="x=1", line=LOOPED)
            jobs = live.jobs({"x": DOUBLE, "y": DOUBLE})
            live.run(RIGHT)
            assert [job.isolation for job in jobs] == ["guarded", "guarded"]
            assert live.verdict(live.jobs({"x": DOUBLE}, RIGHT)[0]).outcome == wire.Passed(inputs=3)
    finally:
        bundle.injection.cache_clear()
