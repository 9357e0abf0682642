"""An answer whose time is up tells where it stands, if it can; what it tells is a line of the cell and no more."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from live import Live
from test_court import frame
from test_judge import refer
from test_runner import DOUBLE

from math4ml_lab import wire
from math4ml_lab.kernel import judge, remote

if TYPE_CHECKING:
    from collections.abc import Iterator

MODULE = str(DOUBLE["source"])
SOURCE = "def double(x):\n    while True: pass"
SWALLOWS = """def double(x):
    while True:
        try:
            while True: x += 0
        except BaseException:
            pass"""
IGNORES = """def double(x):
    import signal
    signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
    while True: pass"""
WAITS = """def double(x):
    import threading
    lock = threading.Lock()
    with lock:
        lock.acquire()"""
OWN_ANSWER = """def double(x):
    import signal
    signal.signal(signal.SIGUSR1, lambda *_: 1 / 0)
    while True: x"""
DEEP = "def double(x):\n    return max(iter(lambda: forever(x), None))"


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    with Live(tmp_path_factory.mktemp("kernel")) as live:
        live.watch({"a": {**DOUBLE, "limit": 0.5}})
        yield live


@pytest.mark.kernel
@pytest.mark.parametrize(
    ("code", "line"),
    [
        (SOURCE, wire.Line(text="while True: pass", number=2)),
        (SWALLOWS, wire.Line(text="while True: x += 0", number=4)),
        (WAITS, wire.Line(text="lock.acquire()", number=5)),
        (DEEP, wire.Line(text="while True: y", number=None)),
        (IGNORES, None),
        (OWN_ANSWER, None),
        ("def double(x):\n    return sum(iter(int, 1))", None),  # no line of Python ends meanwhile
    ],
)
def test_the_line_at_the_limit_is_told_where_the_answer_can_tell_it(
    live: Live, code: str, line: wire.Line | None
) -> None:
    live.run("def forever(y):\n    while True: y")
    outcome = live.judged(code, "a").outcome
    assert outcome == wire.TimedOut(seconds=0.5, smallest_input="x=1", line=line)


@pytest.mark.kernel
def test_an_answer_within_its_time_is_not_asked(live: Live) -> None:
    code = "def double(x):\n    import time\n    end = time.monotonic() + 0.1\n    while time.monotonic() < end: pass\n"
    assert live.judged(code + "    return 2 * x", "a").outcome == wire.Passed(inputs=3)


TELLER = """
import os, signal, sys
signal.signal(signal.SIGUSR1, lambda *_: os.write(int(sys.argv[1]), bytes.fromhex(sys.argv[2])))
print("ready", flush=True)
while True:
    signal.pause()
"""


@pytest.mark.parametrize(
    ("said", "line"),
    [
        (frame({"at": {"text": "All is well.", "number": 2}}), {"text": "while True: pass", "number": 2}),
        (frame({"value": 1}) + frame({"at": {"text": "", "number": 1}}), {"text": "def double(x):", "number": 1}),
        (frame({"at": {"text": "y" * 1000, "number": None}}), {"text": "y" * 200, "number": None}),
        (frame({"at": {"text": "All is well.", "number": 3}}), None),
        (frame({"at": {"text": "All is well.", "number": True}}), None),
        (frame({"at": "here"}), None),
        (frame({"at": None}), None),
        (frame({"value": 1}) * 3, None),
        (frame([1]) + frame(b"no JSON"), None),
        ((1 << 40).to_bytes(8, "big"), None),
        (b"\0", None),
    ],
)
def test_what_an_answer_tells_at_its_limit_is_a_line_or_nothing(said: bytes, line: Any) -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        parts = [sys.executable, "-c", TELLER, str(theirs.fileno()), said.hex()]
        with subprocess.Popen(
            parts, pass_fds=[theirs.fileno()], start_new_session=True, stdout=subprocess.PIPE
        ) as teller:
            assert teller.stdout is not None
            teller.stdout.readline()
            one = remote.Remote(ours, 0.01, teller.pid, 512)
            verdict = judge.judge(refer(MODULE), one.ask, SOURCE)
    assert teller.returncode == -signal.SIGKILL
    assert verdict["outcome"] == {"kind": "timed_out", "seconds": 0.01, "smallest_input": None, "line": line}
