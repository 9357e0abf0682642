"""The answer's process, seen from the judge: questions and replies over a socket, within limits.

What comes back was written by a process that runs the learner's code: it is parsed, counted and never believed.
"""

from __future__ import annotations

import os
import signal
import socket
import time
from typing import TYPE_CHECKING, Any

from math4ml_lab.kernel.answered import Disturbed, Gone, Interrupted, MemoryIsOut, TimeIsUp
from math4ml_lab.kernel.line import Line, TooLarge

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MOST = 256 << 20
"""Bytes of all replies together."""
ASIDE = 1.0
"""Seconds for a question that only explains a verdict; an answer that hangs there costs the explanation."""
MOMENT = 0.5
"""Seconds in which an answer whose time is up may tell where it stands."""
SMALL = 1 << 16
"""Bytes of what it tells."""
OWN = 2.0
"""Seconds that a guarded kernel has to end its answer."""


class Remote:
    """One conversation; `pid` is the process to end when time is up, None where it must live on."""

    def __init__(self, sock: socket.socket, limit: float, pid: int | None, megabytes: int) -> None:
        self.line = Line(sock)
        self.limit = limit
        self.pid = pid
        self.megabytes = megabytes
        # A kernel that is its own respondent ends the answer by itself, and says so.
        self.deadline = time.monotonic() + limit + (OWN if pid is None else 0)
        self.left = MOST
        self.over = False

    def ask(self, question: Mapping[str, Any]) -> Iterator[Any]:
        """Put one question and give its replies; raise TimeIsUp, MemoryIsOut, Gone or Disturbed."""
        if self.over:
            raise Gone
        until = time.monotonic() + ASIDE if question.get("aside") else self.deadline
        try:
            self.line.until = until
            self.line.send(question)
            for _ in question.get("rows", (None,)):
                yield self._reply()
        except socket.timeout:
            at = None if question.get("aside") else self._at()
            self._end()
            raise TimeIsUp(self.limit, at) from None
        except (EOFError, OSError):
            self.over = True
            raise Gone from None

    def _reply(self) -> Mapping[str, Any]:
        try:
            reply, size = self.line.receive(self.left)
        except TooLarge as error:
            self._end()
            raise (MemoryIsOut(self.megabytes) if error.args[0] <= MOST else Disturbed) from None
        except (ValueError, RecursionError):
            self._end()
            raise Disturbed from None
        self.left -= size
        if not isinstance(reply, dict):
            self._end()
            raise Disturbed
        if reply.get("memory"):
            self._end()
            raise MemoryIsOut(self.megabytes)
        if reply.get("stopped"):
            self._end()
            raise TimeIsUp(self.limit, reply.get("at")) if reply["stopped"] == "time" else Interrupted
        return reply

    def _at(self) -> Any:
        """Ask the answer, now that its time is up, at which line it stands; it need not tell, nor tell the truth."""
        if self.pid is None:
            return None
        self.line.until = time.monotonic() + MOMENT
        try:
            os.kill(self.pid, signal.SIGUSR1)
            for _ in range(2):  # a reply may have come in between
                reply, _ = self.line.receive(SMALL)
                if isinstance(reply, dict) and "at" in reply:
                    return reply["at"]
        except (OSError, EOFError, ValueError, RecursionError):
            pass  # it computes below Python, or has other plans with that signal
        return None

    def _end(self) -> None:
        self.over = True
        if self.pid is None:
            self.line.sock.close()
            return
        try:
            os.killpg(self.pid, signal.SIGKILL)
        except OSError:
            pass  # it has ended by itself
