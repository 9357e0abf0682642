"""The judge's process: many cases at once, none at the cost of another; what an answer says is never believed."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import threading
from typing import TYPE_CHECKING, Any

import pytest
from live import Live, exercise
from test_runner import DOUBLE, LOOP, LOOPED, RIGHT, failed

from math4ml_lab import wire
from math4ml_lab.kernel import court, remote
from math4ml_lab.kernel.answered import Disturbed, Gone, MemoryIsOut, TimeIsUp

if TYPE_CHECKING:
    from collections.abc import Iterator

NAMES = {"ask": "names", "names": ["f"]}


@pytest.fixture
def line() -> Iterator[tuple[remote.Remote, socket.socket]]:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield remote.Remote(ours, 5.0, None, 512), theirs


def frame(message: Any) -> bytes:
    data = message if isinstance(message, bytes) else json.dumps(message).encode()
    return len(data).to_bytes(8, "big") + data


@pytest.mark.parametrize(
    ("sent", "met"),
    [
        (frame(b"no JSON"), Disturbed),
        (frame(b"[" * 100_000), Disturbed),
        (frame(b"\xff\xfe"), Disturbed),
        (frame([1, 2]), Disturbed),
        (frame("passed"), Disturbed),
        ((1 << 62).to_bytes(8, "big"), Disturbed),
        ((200 << 20).to_bytes(8, "big"), Gone),
        (frame({"memory": True}), MemoryIsOut),
        (frame({"stopped": "time"}), TimeIsUp),
        (b"", Gone),
        (b"\0\0", Gone),
    ],
)
def test_what_is_no_reply_ends_the_conversation(
    line: tuple[remote.Remote, socket.socket], sent: bytes, met: type[Exception]
) -> None:
    judge, answer = line
    answer.sendall(sent)
    answer.shutdown(socket.SHUT_WR)
    with pytest.raises(met):
        next(judge.ask(NAMES))
    with pytest.raises(Gone):
        next(judge.ask(NAMES))


def test_replies_that_are_too_many_bytes_are_out_of_memory(line: tuple[remote.Remote, socket.socket]) -> None:
    judge, answer = line
    judge.left = 1000
    data = frame({"value": "x" * 400})
    threading.Thread(target=answer.sendall, args=(data * 4,), daemon=True).start()
    replies = judge.ask({"ask": "evaluate", "rows": [{}] * 4})
    assert [len(next(replies)["value"]) for _ in range(2)] == [400, 400]
    with pytest.raises(MemoryIsOut):
        next(replies)


def test_an_answer_that_is_silent_is_out_of_time(line: tuple[remote.Remote, socket.socket]) -> None:
    judge, _ = line
    judge.deadline = 0.0
    with pytest.raises(TimeIsUp):
        next(judge.ask(NAMES))


@pytest.mark.kernel
def test_more_cases_than_processors(tmp_path_factory: pytest.TempPathFactory) -> None:
    quick = {**DOUBLE, "limit": 1.0}
    others = [exercise(f"e{i}", DOUBLE["source"].replace("double", f"f{i}"), [f"f{i}"], limit=20.0) for i in range(9)]
    with Live(tmp_path_factory.mktemp("kernel")) as live:
        live.run(LOOP + "".join("\n" + RIGHT.replace("double", f"f{i}") for i in range(9)))
        live.run("def f4(x):\n    import os\n    os._exit(0)\ndef f7(x):\n    return 3 * x")
        cells = {f"loop{i}": {**quick, "digest": f"loop{i}"} for i in range(5)}
        jobs = live.jobs({**cells, **{f"c{i}": one for i, one in enumerate(others)}})
        verdicts = {job.cell_id: live.verdict(job) for job in jobs}
    elsewhere = wire.Line(text=LOOPED.text, number=None)
    for i in range(5):
        assert verdicts[f"loop{i}"].outcome == wire.TimedOut(seconds=1.0, smallest_input="x=1", line=elsewhere)
    assert failed(verdicts["c4"]).measurement == "The answer ended the Python process."
    assert failed(verdicts["c7"]).measurement == "3, needs 2 (rtol 1e-06)"
    assert all(verdicts[f"c{i}"].outcome == wire.Passed(inputs=3) for i in (0, 1, 2, 3, 5, 6, 8))


@pytest.mark.kernel
def test_a_verdict_does_not_wait_for_another_case(tmp_path_factory: pytest.TempPathFactory) -> None:
    with Live(tmp_path_factory.mktemp("kernel")) as live:
        live.run(LOOP + "\n" + RIGHT.replace("double", "quick"))
        slow = {**DOUBLE, "limit": 30.0}
        quick = exercise("quick", DOUBLE["source"].replace("double", "quick"), ["quick"])
        loop, *others = live.jobs({"loop": slow, **{f"c{i}": quick for i in range(6)}})
        assert {type(live.verdict(job).outcome) for job in others} == {wire.Passed}
        assert not live.link._verdicts[loop.id].done()


IN_C = """
import os, socket, sys
from math4ml_lab.kernel import court

court.PATIENCE = court.IN_C = 0.1
court._verdict = lambda *_: sum(range(10**12))
reading, writing = os.pipe()
ours, theirs = socket.socketpair()
if os.fork() == 0:
    court._judgement(object(), court.Case({"limit": 0.1}, os.dup(theirs.fileno()), writing))
    os._exit(0)
print(os.WTERMSIG(os.wait()[1]))
"""


@pytest.mark.skipif(not court.FORKS, reason="cases have no process of their own here")
def test_a_check_that_computes_in_c_for_ever_is_ended() -> None:
    done = subprocess.run([sys.executable, "-c", IN_C], capture_output=True, text=True, check=False, timeout=30)
    assert (done.stdout.strip(), done.stderr) == (str(int(signal.SIGPROF)), "")
