"""The judge's process: started by the kernel, but never in touch with what the learner ran.

It loads an exercise when it is first judged, keeps the reference, and forks once per judgement, so that neither an
author's endless loop nor one learner's answer holds up another. It ends with its control socket.
"""

from __future__ import annotations

import base64
import ctypes
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

from math4ml_lab.kernel import counterexample, judge, limits
from math4ml_lab.kernel.answered import Disturbed, Gone, Interrupted
from math4ml_lab.kernel.authored import BrokenClaim
from math4ml_lab.kernel.battery import NeedsHypothesis
from math4ml_lab.kernel.reference import Author, Reference
from math4ml_lab.kernel.remote import Remote
from math4ml_lab.kernel.scripts import NeedsModule

if TYPE_CHECKING:
    from collections.abc import Mapping

HEAD = 8
"""Bytes of a message's length."""
PATIENCE = 20
"""Seconds that an author's module may take to load, and an author's checks beyond the answer's limit."""
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
        reference = self._reference(case.message["digest"])
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

    def _reference(self, digest: str) -> Reference | dict[str, Any]:
        if digest not in self.references:
            exercise = self.exercises.get(digest)
            if exercise is None:
                return broken("The judge does not know this exercise.", "Restart the kernel.")
            signal.signal(signal.SIGALRM, _too_slow)
            signal.setitimer(signal.ITIMER_REAL, PATIENCE)
            try:
                namespace = self.modules.namespace(exercise["name"])
                text = json.loads(zlib.decompress(base64.b64decode(exercise["packed"])))
                self.references[digest] = Reference(
                    exercise["name"], text["source"], text["battery"], namespace, text["starter"]
                )
            except NeedsHypothesis:
                self.references[digest] = _needs_hypothesis(exercise["name"])
            except Author as error:
                self.references[digest] = broken(str(error), error.fix)
            except Exception as error:
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


def _too_slow(*_: Any) -> None:
    raise Author(f"the module took more than {PATIENCE} s to load", "make it quick, or its inputs fewer")


def _needs_hypothesis(name: str) -> dict[str, Any]:
    return broken(
        f"The inputs of {name!r} are not frozen, and drawing them needs hypothesis, which the kernel's Python lacks.",
        f"Install it there: {sys.executable} -m pip install hypothesis",
    )


def broken(message: str, fix: str) -> dict[str, Any]:
    """Return the verdict that says: the check is broken, not the answer."""
    return {"outcome": {"kind": "broken", "message": message, "fix": fix}}


# -- In the process of one judgement -----------------------------------------------------------------------


def _judgement(reference: Reference | dict[str, Any], case: Case) -> None:
    # The answer's limit rules first; this one ends a check of the author's that does not come back.
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, case.message["limit"] + PATIENCE)
    limits.limit_memory(MEGABYTES)
    with os.fdopen(case.report, "wb") as pipe, socket.socket(fileno=case.answer) as sock:
        pipe.write(b" ")  # the watcher's clock starts now, not in the queue
        pipe.flush()
        verdict = reference if isinstance(reference, dict) else _verdict(reference, sock, case.message)
        pipe.write(json.dumps(verdict).encode("ascii"))


def _verdict(reference: Reference, sock: socket.socket, message: Mapping[str, Any]) -> dict[str, Any]:
    began = time.monotonic()
    if "breaks" in message:
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
        return broken(str(error), AUTHORS)
    except Exception as error:
        where = traceback.extract_tb(error.__traceback__)[-1]
        what = f"{type(error).__name__}: {error}"
        return broken(f"The check of {reference.name!r} broke in {where.name}: {what}", AUTHORS)
    return {**verdict, "seconds": time.monotonic() - began}


def _tried(reference: Reference, message: Mapping[str, Any]) -> dict[str, Any]:
    """Return whether a mistake shows on an input of the learner's."""
    try:
        return counterexample.verdict(reference, message["breaks"], message["limit"])
    except Exception as error:
        return broken(f"This input could not be tried: {type(error).__name__}: {error}", AUTHORS)


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
