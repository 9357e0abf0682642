"""JupyterLab's debugger switched on, with and without a breakpoint in the answer: verdicts are as ever."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from live import Live
from processes import children, judge, until
from test_environments import environment, others
from test_runner import DOUBLE, LOOP, RIGHT, WRONG, failed

from math4ml_lab import wire
from math4ml_lab.server.checks import BUSY

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

pytestmark = [pytest.mark.kernel, pytest.mark.timeout(180)]

# Python 3.12 and later: the debugger watches by sys.monitoring.
PYTHONS: list[tuple[str, str | None, Sequence[str]]] = [("ours", None, ()), *others("newest", "3.13", "ipykernel")]


@pytest.fixture(params=PYTHONS, ids=lambda made: made[0])
def live(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Live]:
    name, python, packages = request.param
    with Live(tmp_path, None if python is None else environment(name, python, *packages)) as kernel:
        kernel.watch({"a": DOUBLE})
        yield kernel


class Debugger:
    """What JupyterLab says to the kernel, in its order, over the control channel."""

    def __init__(self, live: Live) -> None:
        self.live = live
        self.number = 0

    def ask(self, command: str, **arguments: Any) -> dict[str, Any]:
        return self.live.wait(self._ask(command, arguments))

    async def _ask(self, command: str, arguments: dict[str, Any]) -> dict[str, Any]:
        content = {"type": "request", "seq": self.number, "command": command, "arguments": arguments}
        self.number += 1
        client = self.live.client
        message = client.session.msg("debug_request", content)
        client.control_channel.send(message)
        while True:
            reply = await client.get_control_msg(timeout=30)
            if reply["parent_header"].get("msg_id") == message["header"]["msg_id"]:
                answer: dict[str, Any] = reply["content"]
                assert answer.get("success", True), answer
                return answer

    def switch_on(self) -> None:
        self.ask("debugInfo")
        self.ask(
            "initialize",
            clientID="jupyterlab", clientName="JupyterLab", adapterID="python3", pathFormat="path", linesStartAt1=True,
            columnsStartAt1=True, supportsVariableType=True, supportsVariablePaging=True,
            supportsRunInTerminalRequest=True, locale="en",
        )  # fmt: skip
        self.ask("attach")
        assert self.ask("debugInfo")["body"]["isStarted"]

    def breakpoints(self, source: str, *lines: int) -> None:
        path = self.ask("dumpCell", code=source)["body"]["sourcePath"]
        self.ask("debugInfo")
        reply = self.ask(
            "setBreakpoints",
            breakpoints=[{"line": line} for line in lines], source={"path": path}, sourceModified=False,
        )  # fmt: skip
        assert [point["line"] for point in reply["body"]["breakpoints"]] == list(lines)
        self.ask("configurationDone")

    def stopped(self) -> int:
        """Wait until a thread has stopped at a breakpoint, look at it as JupyterLab does, and return the thread."""
        event = self.live.heard(
            lambda said: said["msg_type"] == "debug_event" and said["content"]["event"] == "stopped"
        )
        thread = int(event["content"]["body"]["threadId"])
        frames = self.ask("stackTrace", threadId=thread)["body"]["stackFrames"]
        self.ask("scopes", frameId=frames[0]["id"])
        return thread


def judged(live: Live, source: str, cell_id: str = "a", *, run: bool = True) -> wire.Verdict:
    """Return the verdict; as the server does, ask again while a thread, of the debugger for one, computes."""
    if run:
        live.link.runs.pop(cell_id, None)
        live.run(source, cell_id)
    jobs = live.ran(cell_id).jobs if run else live.jobs({cell_id: DOUBLE}, source)
    end = time.monotonic() + BUSY
    while isinstance(jobs[0].known, wire.KernelBusy) and time.monotonic() < end:
        jobs = live.jobs({cell_id: DOUBLE}, source)
    return live.verdict(jobs[0])


def verdicts(live: Live) -> None:
    """Judge right, wrong and endless answers, of their runs and live; nothing stops, and the kernel is free."""
    assert judged(live, RIGHT, "a").outcome == wire.Passed(inputs=3)
    assert judged(live, RIGHT, "x", run=False).outcome == wire.Passed(inputs=3)
    assert judged(live, WRONG, "a").mistake == "squared"
    verdict = judged(live, WRONG, "x", run=False)
    assert failed(verdict).line == wire.Line(text="return y", number=3)
    assert isinstance(judged(live, LOOP, "a").outcome, wire.TimedOut)
    assert isinstance(judged(live, LOOP, "x", run=False).outcome, wire.TimedOut)


def free(live: Live, debugger: Debugger) -> None:
    """The kernel is not left stopped, still debugs, and nothing of the checks is left."""
    assert live.value("6 * 7") == "42"
    information = debugger.ask("debugInfo")["body"]
    assert (information["isStarted"], information["stoppedThreads"]) == (True, [])
    assert not [said for said in live.iopub if said["content"].get("event") == "stopped"]
    pid = int(live.value("__import__('os').getpid()"))
    live.wait(until(lambda: not copies(pid) and not children(judge(pid)), "an end of all that is judged"))


def copies(pid: int) -> list[int]:
    """Return the children that run what the kernel runs; the debugger has a process of its own."""
    own = Path(f"/proc/{pid}/cmdline").read_bytes()
    return [child for child in children(pid) if Path(f"/proc/{child}/cmdline").read_bytes() == own]


def test_without_a_breakpoint(live: Live) -> None:
    debugger = Debugger(live)
    debugger.switch_on()
    verdicts(live)
    free(live, debugger)
    debugger.ask("disconnect", restart=False, terminateDebuggee=False)
    verdicts(live)


def test_with_breakpoints_in_the_answers(live: Live) -> None:
    debugger = Debugger(live)
    debugger.switch_on()
    for source, line in ((RIGHT, 2), (WRONG, 3), (LOOP, 2)):
        debugger.breakpoints(source, line)
    verdicts(live)
    free(live, debugger)
    # They are breakpoints, nevertheless: the learner's own call stops.
    live.run(RIGHT, "a")
    sent = live.client.execute("called = double(4)")
    debugger.ask("continue", threadId=debugger.stopped())
    live.heard(
        lambda said: said["parent_header"].get("msg_id") == sent and said["content"].get("execution_state") == "idle"
    )
    assert live.value("called") == "8"


def test_a_cell_that_stops_at_a_breakpoint_while_it_runs(live: Live) -> None:
    source = f"{WRONG}\nseen = double(5)"
    debugger = Debugger(live)
    debugger.switch_on()
    debugger.breakpoints(source, 3, 4)
    live.link.runs.pop("a", None)
    message = live.client.session.msg(
        "execute_request",
        {"code": source, "silent": False, "store_history": True, "user_expressions": {}, "allow_stdin": False},
        metadata={"cellId": "a"},
    )
    live.client.shell_channel.send(message)
    for _ in range(2):
        thread = debugger.stopped()
        live.iopub[:] = [said for said in live.iopub if said["content"].get("event") != "stopped"]
        debugger.ask("continue", threadId=thread)
    verdict = live.verdict(live.ran("a").jobs[0])
    assert verdict.mistake == "squared"
    assert failed(verdict).line == wire.Line(text="return y", number=3)
    assert live.value("seen") == "25"
    assert judged(live, source, "x", run=False).mistake == "squared"
    free(live, debugger)
