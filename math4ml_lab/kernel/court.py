"""The judge's process: started by the kernel, but never in touch with what the learner ran.

It loads an exercise when it is first judged, keeps the reference, and forks once per judgement, so that neither an
author's endless loop nor one learner's answer holds up another. It ends with its control socket.
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import socket
import sys
import time
import traceback
from typing import TYPE_CHECKING, Any

from math4ml_lab.kernel import claims, judge
from math4ml_lab.kernel.battery import NeedsHypothesis
from math4ml_lab.kernel.reference import Author, Reference
from math4ml_lab.kernel.values import receive, send

if TYPE_CHECKING:
    from collections.abc import Mapping

HEAD = 8
"""Bytes of a message's length."""
PATIENCE = 20
"""Seconds that an author's module may take to load, and an author's checks beyond the answer's limit."""


class Court:
    """Receives modules and cases over `control`; each case brings the answer's socket and a pipe for the verdict."""

    def __init__(self, control: socket.socket, modules: Any) -> None:
        self.control = control
        self.modules = modules
        self.buffer = b""
        self.descriptors: list[int] = []
        self.exercises: dict[str, Mapping[str, Any]] = {}
        self.references: dict[str, Reference | dict[str, Any]] = {}

    def run(self) -> None:
        """Serve until the kernel hangs up."""
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        while True:
            message = self._receive()
            if message is None:
                return
            if message["op"] == "exercise":
                self.exercises[message["digest"]] = message
            else:
                answer, report = self.descriptors.pop(0), self.descriptors.pop(0)
                self._judge(message, answer, report)
                os.close(answer)
                os.close(report)

    def _receive(self) -> Any:
        while len(self.buffer) < HEAD or len(self.buffer) < HEAD + int.from_bytes(self.buffer[:HEAD], "big"):
            data, descriptors, _, _ = socket.recv_fds(self.control, 1 << 16, 16)
            self.descriptors.extend(descriptors)
            if not data:
                return None
            self.buffer += data
        size = HEAD + int.from_bytes(self.buffer[:HEAD], "big")
        message, self.buffer = json.loads(self.buffer[HEAD:size]), self.buffer[size:]
        return message

    def _judge(self, message: Mapping[str, Any], answer: int, report: int) -> None:
        reference = self._reference(message["digest"])
        if os.fork():
            return
        try:
            # The answer's limit rules first; this one ends a check of the author's that does not come back.
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            signal.setitimer(signal.ITIMER_REAL, message["limit"] + PATIENCE)
            self.control.close()
            sock = socket.socket(fileno=answer)
            verdict = reference if isinstance(reference, dict) else _verdict(reference, sock, message)
            with os.fdopen(report, "wb") as pipe:
                pipe.write(json.dumps(verdict).encode("ascii"))
        finally:
            os._exit(0)

    def _reference(self, digest: str) -> Reference | dict[str, Any]:
        if digest not in self.references:
            exercise = self.exercises.get(digest)
            if exercise is None:
                return broken("The judge does not know this exercise.", "Restart the kernel.")
            signal.signal(signal.SIGALRM, _too_slow)
            signal.setitimer(signal.ITIMER_REAL, PATIENCE)
            try:
                namespace = self.modules.namespace(exercise["name"])
                self.references[digest] = Reference(
                    exercise["name"], exercise["source"], exercise["battery"], namespace, exercise["starter"]
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


def _verdict(reference: Reference, sock: socket.socket, message: Mapping[str, Any]) -> dict[str, Any]:
    began = time.monotonic()
    remote = Remote(sock, message["limit"], message["pid"], message["megabytes"])
    try:
        verdict = judge.judge(reference, remote.ask, message["source"])
    except judge.Gone:
        return {"gone": True}
    except (claims.BrokenClaim, Author) as error:
        return broken(str(error), "This is for the course's author, not for you.")
    except Exception as error:
        where = traceback.extract_tb(error.__traceback__)[-1]
        return broken(
            f"The check of {reference.name!r} broke in {where.name}: {type(error).__name__}: {error}",
            "This is for the course's author, not for you.",
        )
    return {**verdict, "seconds": time.monotonic() - began}


class Remote:
    """The answer's process, seen from the judge: questions over a socket, within one time limit for all."""

    def __init__(self, sock: socket.socket, limit: float, pid: int, megabytes: int) -> None:
        self.sock = sock
        self.limit = limit
        self.pid = pid
        self.megabytes = megabytes
        self.deadline = time.monotonic() + limit

    def ask(self, question: Mapping[str, Any]) -> Any:
        """Put one question; raise TimeIsUp, MemoryIsOut or Gone."""
        self.sock.settimeout(max(0.001, self.deadline - time.monotonic()))
        try:
            send(self.sock, question)
            reply = receive(self.sock)
        except socket.timeout:
            os.killpg(self.pid, signal.SIGKILL)
            raise judge.TimeIsUp(self.limit) from None
        except (EOFError, OSError):
            raise judge.Gone from None
        if reply.get("memory"):
            raise judge.MemoryIsOut(self.megabytes)
        return reply


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
