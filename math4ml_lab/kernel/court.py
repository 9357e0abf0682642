"""The judge's process: started by the kernel, but never in touch with what the learner ran.

It loads an exercise when it is first judged, keeps the reference, and forks once per judgement, so that neither an
author's endless loop nor one learner's answer holds up another. It ends with its control socket.
"""

from __future__ import annotations

import base64
import ctypes
import gc
import json
import os
import selectors
import signal
import socket
import sys
import time
import traceback
import zlib
from collections import deque
from typing import TYPE_CHECKING, Any

from math4ml_lab.kernel import arranged, counterexample, judge, limits, running
from math4ml_lab.kernel.answered import Disturbed, Gone, Interrupted
from math4ml_lab.kernel.authored import BrokenClaim
from math4ml_lab.kernel.battery import NeedsHypothesis
from math4ml_lab.kernel.reference import Reference
from math4ml_lab.kernel.remote import Remote
from math4ml_lab.kernel.scripts import NeedsModule
from math4ml_lab.kernel.signature import Author

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import FrameType

HEAD = 8
"""Bytes of a message's length."""
PATIENCE = 20
"""Seconds that an author's module may take to load, and an author's checks beyond the answer's limit."""
AGAIN = 0.5
"""Seconds after which a module that goes on all the same is stopped once more."""
STOPS = 5
"""How often it is stopped."""
IN_C = 2
"""Seconds of computing beyond that after which a case is ended although no handler could run."""
FORKS = sys.platform == "linux"
"""Whether each case gets a process: elsewhere numpy may not survive a fork."""
MEGABYTES = 2048
"""How much memory the judge may add for one case: what an answer sends is not its own to choose."""
AUTHORS = "This is for the course's author, not for you."


class Case:
    """A case to be judged: the message, the answer's socket and the pipe for the verdict."""

    def __init__(self, message: Mapping[str, Any], answer: int, report: int) -> None:
        self.message = message
        self.answer = answer
        self.report = report

    def close(self) -> None:
        """Close what was handed over: the process that judges has it."""
        os.close(self.answer)
        os.close(self.report)


class Court:
    """Receives modules and cases over `control`; each case brings the answer's socket and a pipe for the verdict.

    As many are judged at once as there are processors: time limits are in seconds, and answers that compete for
    processors would use up each other's. A case of a kernel that waits for it goes first.
    """

    def __init__(self, control: socket.socket, modules: Any) -> None:
        self.control = control
        self.modules = modules
        self.buffer = b""
        self.descriptors: list[int] = []
        self.exercises: dict[str, Mapping[str, Any]] = {}
        self.references: dict[str, Reference | dict[str, Any]] = {}
        self.endless: dict[str, dict[str, Any]] = {}
        self.waiting: deque[Case] = deque()
        self.judging = 0
        self.slots = max(2, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 2)
        self.selector = selectors.DefaultSelector()
        self.selector.register(control, selectors.EVENT_READ)

    def run(self) -> None:
        """Serve until the kernel hangs up."""
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        while True:
            for key, _ in self.selector.select():
                if key.fileobj is not self.control:
                    self._judged(key.fd)
                elif not self._receive():
                    return
            while self.waiting and (self.judging < self.slots or self.waiting[0].message.get("waits")):
                self._judge(self.waiting.popleft())
            if not self.judging and self.exercises and "hypothesis" not in sys.modules:
                _prepare()

    def _receive(self) -> bool:
        data, descriptors, _, _ = socket.recv_fds(self.control, 1 << 16, 16)
        self.descriptors.extend(descriptors)
        self.buffer += data
        while len(self.buffer) >= HEAD:
            size = HEAD + int.from_bytes(self.buffer[:HEAD], "big")
            if len(self.buffer) < size:
                break
            message, self.buffer = json.loads(self.buffer[HEAD:size]), self.buffer[size:]
            self._take(message)
        return bool(data)

    def _take(self, message: Mapping[str, Any]) -> None:
        if message["op"] == "exercise":
            self.exercises[message["digest"]] = message
            return
        case = Case(message, self.descriptors.pop(0), self.descriptors.pop(0))
        if message.get("waits"):
            self.waiting.appendleft(case)
        else:
            self.waiting.append(case)

    def _judge(self, case: Case) -> None:
        reference = self._reference(case)
        # The child holds the other end as long as it lives, however it ends.
        ours, theirs = os.pipe()
        if not FORKS:
            _judgement(reference, case)
            signal.setitimer(signal.ITIMER_REAL, 0)
            os.close(ours)
            os.close(theirs)
            return
        if os.fork() == 0:
            try:
                gc.freeze()  # a collection would copy every page of what is shared with the parent
                self.control.close()
                # What belongs to other cases would be seen to end only when this one ends.
                for other in self.waiting:
                    other.close()
                for number in self.descriptors:
                    os.close(number)
                _judgement(reference, case)
            finally:
                os._exit(0)
        os.close(theirs)
        case.close()
        self.judging += 1
        self.selector.register(ours, selectors.EVENT_READ)

    def _judged(self, ours: int) -> None:
        self.selector.unregister(ours)
        os.close(ours)
        self.judging -= 1

    def _reference(self, case: Case) -> Reference | dict[str, Any]:
        digest = case.message["digest"]
        if digest not in self.references:
            exercise = self.exercises.get(digest)
            if exercise is None:
                return broken("The judge does not know this exercise.", "Restart the kernel.")
            text = json.loads(zlib.decompress(base64.b64decode(exercise["packed"])))
            if text["source"] in self.endless:  # with other inputs it would take as long
                self.references[digest] = self.endless[text["source"]]
                return self.references[digest]
            signal.signal(signal.SIGALRM, _stopping(exercise["name"], text["source"], case.report))
            signal.setitimer(signal.ITIMER_REAL, PATIENCE, AGAIN)
            try:
                namespace = self.modules.namespace(exercise["name"])
                self.references[digest] = Reference(
                    exercise["name"], text["source"], text["battery"], namespace, text["starter"], text.get("answers")
                )
            except NeedsHypothesis:
                self.references[digest] = _needs_hypothesis(exercise["name"])
            except Author as error:
                told = broken(str(error), error.fix, error.line)
                self.references[digest] = told
                if isinstance(error, _Endless):
                    self.endless[text["source"]] = told
            except BaseException as error:
                self.references[digest] = broken(
                    f"the exercise {exercise['name']!r} cannot be prepared: {type(error).__name__}: {error}",
                    "run `jupyter math4ml doctor`, or tell the course's author",
                )
            finally:
                signal.setitimer(signal.ITIMER_REAL, 0)
        return self.references[digest]


def _prepare() -> None:
    """Import, while nobody waits, what shrinks an input: a failed check would wait for it."""
    try:
        import hypothesis  # noqa: F401
    except ImportError:
        sys.modules["hypothesis"] = None  # type: ignore[assignment]  # looked for once


class _Endless(Author):
    """The module was stopped at the limit."""


def _stopping(name: str, source: str, report: int) -> Any:
    """Return the handler that stops a module which takes too long, and the judge where it cannot be stopped."""
    left = STOPS
    told: tuple[str, int | None, str] | None = None

    def stop(_: int, frame: FrameType | None) -> None:
        nonlocal left, told
        told = told or running.too_long(PATIENCE, frame, name, source)
        what, line, fix = told or (f"the module took more than {PATIENCE} s to load", None, "make it quick")
        left -= 1
        if left < 0:  # it swallows whatever is raised
            os.write(report, json.dumps(broken(what, fix, line)).encode("ascii"))
            os._exit(1)
        raise _Endless(what, fix, line)

    return stop


def _needs_hypothesis(name: str) -> dict[str, Any]:
    return broken(
        f"The inputs of {name!r} are not frozen, and drawing them needs hypothesis, which the kernel's Python lacks.",
        f"Install it there: {sys.executable} -m pip install hypothesis",
    )


def broken(message: str, fix: str, line: int | None = None, mend: str | None = None) -> dict[str, Any]:
    """Return the verdict that says: the check is broken, not the answer; its author finds it at `line`."""
    return {"outcome": {"kind": "broken", "message": message, "fix": fix, "line": line, "mend": mend}}


# -- In the process of one judgement -----------------------------------------------------------------------


def _judgement(reference: Reference | dict[str, Any], case: Case) -> None:
    # The answer's limit rules first; this one ends a check of the author's that does not come back.
    limit = case.message["limit"] + PATIENCE
    signal.signal(signal.SIGALRM, _ending(reference, limit, case.report))
    signal.setitimer(signal.ITIMER_REAL, limit)
    if FORKS:  # a call into C that computes lets no handler run: the system ends this process without one
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_PROF, limit + IN_C)
    limits.limit_memory(MEGABYTES)
    with os.fdopen(case.report, "wb") as pipe, socket.socket(fileno=case.answer) as sock:
        pipe.write(b" ")  # the watcher's clock starts now, not in the queue
        pipe.flush()
        verdict = reference if isinstance(reference, dict) else _verdict(reference, sock, case.message)
        pipe.write(json.dumps(verdict).encode("ascii"))


def _ending(reference: Reference | dict[str, Any], limit: float, report: int) -> Any:
    """Return the handler that ends this process, and says which of the author's functions did not come back."""

    def end(_: int, frame: FrameType | None) -> None:
        told = None
        if not isinstance(reference, dict):
            told = running.too_long(limit, frame, reference.name, reference.source)
        if told is not None:
            what, line, fix = told
            os.write(report, json.dumps(broken(what, AUTHORS, line, fix)).encode("ascii"))
        os._exit(1)

    return end


def _verdict(reference: Reference, sock: socket.socket, message: Mapping[str, Any]) -> dict[str, Any]:
    began = time.monotonic()
    if "breaks" in message or "arranged" in message:
        return _tried(reference, message)
    remote = Remote(sock, message["limit"], message["pid"], message["megabytes"])
    try:
        verdict = judge.judge(reference, remote.ask, message["source"])
    except Gone:
        return {"gone": True}
    except Disturbed:
        return {"disturbed": True}
    except MemoryError:  # small replies can unpack to much
        return {"outcome": {"kind": "out_of_memory", "megabytes": message["megabytes"]}}
    except Interrupted:
        return {"outcome": {"kind": "cancelled"}}
    except NeedsModule as error:
        return broken(str(error), error.fix)
    except (BrokenClaim, Author) as error:
        return broken(str(error), AUTHORS, error.line, error.fix)
    except Exception as error:
        where = traceback.extract_tb(error.__traceback__)[-1]
        what = f"{type(error).__name__}: {error}"
        line = running.raised_at(error.__traceback__, reference.name)
        return broken(f"The check of {reference.name!r} broke in {where.name}: {what}", AUTHORS, line, "mend it there")
    return {**verdict, "seconds": time.monotonic() - began}


def _tried(reference: Reference, message: Mapping[str, Any]) -> dict[str, Any]:
    """Return whether a mistake shows on an input of the learner's, or what a program of a puzzle's lines comes to."""
    try:
        if "arranged" in message:
            return arranged.verdict(reference, message["arranged"], message["limit"], message["megabytes"])
        return counterexample.verdict(reference, message["breaks"], message["limit"])
    except (Exception, Author) as error:
        return broken(f"This could not be tried: {type(error).__name__}: {error}", AUTHORS)


def main(control: socket.socket, modules: Any) -> None:
    """Serve as the judge of one kernel; end when the kernel does."""
    try:
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)
    except (OSError, AttributeError):
        pass  # without it the closed socket ends us
    try:
        import numpy as np  # noqa: F401  (imported once, so that every fork has it)
    except ImportError:
        pass
    Court(control, modules).run()
