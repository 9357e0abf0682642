"""The watcher: one idle thread of the kernel that passes cases to the judge, and verdicts on.

It never forks. Whatever goes wrong, each job that was started ends in a verdict.
"""

from __future__ import annotations

import json
import os
import selectors
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import deque
from typing import Any, Callable

from math4ml_lab.kernel import limits, reaper

GRACE = 45
"""Seconds beyond the answer's limit after which the watcher ends a case that the judge did not."""
PATIENCE = 0.3
"""Seconds that a process whose line is cut may take to end by itself, so that it is known how."""
START = """
import json, socket, sys
control = socket.socket(fileno=int(sys.argv[1]))
def exactly(size):
    data = b""
    while len(data) < size:
        part = control.recv(size - len(data))
        if not part:
            raise SystemExit
        data += part
    return data
given = json.loads(exactly(int.from_bytes(exactly(8), "big")))
sys.path[:] = given["path"]
names = {"__name__": "math4ml_lab.kernel.private"}
exec(given["private"], names)
modules = names["Modules"](given["sources"])
modules.load("math4ml_lab.kernel.court").main(control, modules)
"""


class Case:
    """An answer being judged: its socket for the judge, the pipe of the verdict, and the copy's process, if any."""

    def __init__(self, job: str, pid: int | None, answer: socket.socket, case: dict[str, Any]) -> None:
        self.job = job
        self.pid = pid
        self.answer = answer
        self.case = case
        self.deadline = 0.0
        self.killed = limits.killed_for_memory()
        self.report, self.writer = os.pipe()
        os.set_blocking(self.report, False)
        self.text = b""
        self.begin()

    @property
    def judging(self) -> bool:
        """Whether the judge has begun: it says so by the first byte."""
        return bool(self.text)

    def begin(self) -> None:
        """Let the clock run from now."""
        self.deadline = time.monotonic() + self.case["limit"] + GRACE


class Watcher:
    """Runs the judge's process and waits for it; `publish(job, verdict)` is called from the watcher's thread."""

    def __init__(self, sources: dict[str, str], private: str, publish: Callable[[str, dict[str, Any]], None]) -> None:
        self.sources = sources
        self.private = private
        self.publish = publish
        self.cases: dict[int, Case] = {}
        self.exercises: dict[str, bytes] = {}
        self.queue: deque[Any] = deque()
        self.selector = selectors.DefaultSelector()
        self.wake_reader, self.wake_writer = os.pipe()
        self.control: socket.socket | None = None
        self.process: subprocess.Popen[bytes] | None = None
        self.closed = False
        self.thread = threading.Thread(target=self._run, name="math4ml watcher", daemon=True)

    def start(self) -> None:
        """Begin to watch; without it, what is put in waits."""
        os.set_blocking(self.wake_reader, False)
        os.set_blocking(self.wake_writer, False)
        self.selector.register(self.wake_reader, selectors.EVENT_READ)
        self.thread.start()

    # -- From the kernel's main thread ----------------------------------------------------------------------

    def teach(self, exercise: dict[str, Any]) -> None:
        """Make an exercise known to the judge."""
        self._put(("teach", exercise))

    def add(self, case: Case) -> None:
        """Take over a case that was just forked."""
        self._put(("case", case))

    def cancel(self, job: str) -> None:
        """End a case; its verdict says that the learner cancelled it."""
        self._put(("cancel", job))

    def close(self) -> None:
        """End the judge and the thread."""
        self.closed = True
        self._wake()

    def _put(self, item: Any) -> None:
        self.queue.append(item)
        self._wake()

    def _wake(self) -> None:
        try:
            os.write(self.wake_writer, b".")
        except BlockingIOError:
            pass  # it is awake already

    # -- The thread -----------------------------------------------------------------------------------------

    def _run(self) -> None:
        while not self.closed:
            try:
                self._step()
            except Exception as error:  # the watcher must outlive whatever happens to one case
                self._fail_all(f"the watcher met {type(error).__name__}: {error}")
        if self.control is not None:
            self.control.close()
        if self.process is not None:
            self.process.wait()

    def _step(self) -> None:
        wait = min((case.deadline for case in self._timed()), default=None)
        timeout = None if wait is None else max(0.0, wait - time.monotonic())
        ready = [key.fd for key, _ in self.selector.select(timeout)]
        # First, so that what comes next is not given to a judge that is gone.
        if self.control is not None and self.control.fileno() in ready:
            self._judge_gone()
        for descriptor in ready:
            if descriptor == self.wake_reader:
                self._awake()
            elif descriptor in self.cases:
                self._read(self.cases[descriptor])
        for case in [case for case in self._timed() if case.deadline < time.monotonic()]:
            self._end(
                case, broken("The check did not come to an end.", "This is for the course's author, not for you.")
            )

    def _timed(self) -> list[Case]:
        """Return the cases whose clock counts: those being judged, or where none is, those that wait for it."""
        judging = [case for case in self.cases.values() if case.judging]
        return judging or list(self.cases.values())

    def _awake(self) -> None:
        os.read(self.wake_reader, 65536)
        while self.queue:
            what, item = self.queue.popleft()
            if what == "teach":
                self._teach(item)
            elif what == "case":
                self._take(item)
            else:
                for case in [case for case in self.cases.values() if case.job == item]:
                    self._end(case, {"outcome": {"kind": "cancelled"}})

    def _teach(self, exercise: dict[str, Any]) -> None:
        data = json.dumps({"op": "exercise", **exercise}).encode("ascii")
        if self.exercises.get(exercise["digest"]) != data:
            self.exercises[exercise["digest"]] = data
            try:
                if self.control is not None:
                    self._send(data)
                else:
                    self._start()
            except ConnectionError:  # it ended just now
                self._judge_gone()
                self._start()

    def _take(self, case: Case) -> None:
        self.cases[case.report] = case
        self.selector.register(case.report, selectors.EVENT_READ)
        try:
            try:
                self._hand(case)
            except ConnectionError:  # it ended just now
                self._judge_gone()
                self._hand(case)
        except OSError as error:
            self._end(case, broken(f"The judge could not be started: {error}", "Restart the kernel."))
        finally:
            case.answer.close()
            os.close(case.writer)

    def _hand(self, case: Case) -> None:
        if self.control is None:
            self._start()
        data = json.dumps({"op": "judge", "pid": case.pid, **case.case}).encode("ascii")
        self._send(data, [case.answer.fileno(), case.writer])

    def _send(self, data: bytes, descriptors: list[int] | None = None) -> None:
        control = self.control
        if control is None:
            raise ConnectionError("the judge is not there")
        head = len(data).to_bytes(8, "big")
        if descriptors:
            socket.send_fds(control, [head], descriptors)
        else:
            control.sendall(head)
        control.sendall(data)

    def _start(self) -> None:
        """Start the judge in a session of its own: an interrupt of the kernel is not for it."""
        ours, theirs = socket.socketpair()
        here = os.getcwd()
        environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
        try:
            self.process = subprocess.Popen(
                [sys.executable, "-c", START, str(theirs.fileno())],
                pass_fds=[theirs.fileno()], cwd=tempfile.gettempdir(), env=environment, start_new_session=True,
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            )  # fmt: skip
        finally:
            theirs.close()
        self.control = ours
        path = [entry for entry in sys.path if entry not in ("", ".", here)]
        self._send(json.dumps({"private": self.private, "sources": self.sources, "path": path}).encode("ascii"))
        for data in self.exercises.values():
            self._send(data)
        self.selector.register(ours, selectors.EVENT_READ)

    def _judge_gone(self) -> None:
        if self.control is not None:
            if self.control in self.selector.get_map():  # not yet, where it ended while it was started
                self.selector.unregister(self.control)
            self.control.close()
            self.control = None
        if self.process is not None:
            self.process.wait()

    def _read(self, case: Case) -> None:
        try:
            data = os.read(case.report, 1 << 20)
        except BlockingIOError:
            return
        if data:
            if not case.judging:
                case.begin()
            case.text += data
            return
        try:
            verdict = json.loads(case.text)
        except ValueError:
            verdict = broken(
                "The judge ended before its verdict.", "Check again; if it stays so, tell the course's author."
            )
        self._end(case, verdict)

    def _end(self, case: Case, verdict: dict[str, Any]) -> None:
        """Publish, and leave nothing of the child: whatever the verdict is made of."""
        del self.cases[case.report]
        for waiting in self.cases.values():
            if not waiting.judging:
                waiting.begin()
        self.selector.unregister(case.report)
        os.close(case.report)
        if case.pid is None:
            if verdict.get("gone") or verdict.get("disturbed"):
                verdict = broken("The check inside the kernel broke off.", "Restart the kernel, then run the cell.")
            self.publish(case.job, verdict)
        elif verdict.get("gone") or verdict.get("disturbed"):
            status = reaper.ended(case.pid, PATIENCE if verdict.get("gone") else 0)
            if status is None:
                reaper.reap(case.pid)
            is_memory = limits.killed_for_memory() > case.killed
            megabytes = case.case["megabytes"] if is_memory else None
            self.publish(case.job, lost(status, megabytes, disturbed="disturbed" in verdict))
        else:
            try:
                self.publish(case.job, verdict)
            finally:
                reaper.reap(case.pid)

    def _fail_all(self, why: str) -> None:
        for case in list(self.cases.values()):
            try:
                self._end(case, broken(why, "Check again; restart the kernel if it stays so."))
            except Exception:  # its verdict is out: `_end` publishes in its `finally`
                continue


def broken(message: str, fix: str) -> dict[str, Any]:
    """Return the verdict that says: the check is broken, not the answer."""
    return {"outcome": {"kind": "broken", "message": message, "fix": fix}}


def lost(status: int | None, megabytes: int | None, *, disturbed: bool = False) -> dict[str, Any]:
    """Return the verdict on an answer whose process ended by itself, or spoke on the check's own line.

    `megabytes` is None unless the system has ended a process for its memory since the check began.
    """
    by = os.WTERMSIG(status) if status is not None and os.WIFSIGNALED(status) else None
    if by == signal.SIGKILL and megabytes is not None and not disturbed:
        return {"outcome": {"kind": "out_of_memory", "megabytes": megabytes}}
    how = "ended the Python process"
    if disturbed:
        how = "wrote to a file descriptor that is not its own"
    elif by is not None:
        how = f"crashed Python (signal {by})"
    check = {
        "name": "runs",
        "answer": "",
        "title": "the answer runs",
        "state": "failed",
        "measurement": f"The answer {how}.",
    }
    return {"outcome": {"kind": "failed"}, "checks": [check]}
