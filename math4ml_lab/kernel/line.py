"""What the judge and the answer's process speak on: messages over a socket, each a length of 8 bytes and JSON."""

from __future__ import annotations

import json
import time
from socket import socket
from typing import Any

# Taken before the learner's code runs; they look up nothing that it could have replaced.
_written, _parsed = json.JSONEncoder().iterencode, json.JSONDecoder().raw_decode
_send, _recv = socket.sendall, socket.recv


class TooLarge(ValueError):
    """A value or a message is larger than there is room for."""


class Line:
    """Messages over a socket, each a length of 8 bytes and JSON; `until` ends the wait for one (monotonic seconds)."""

    def __init__(self, sock: Any) -> None:
        self.sock = sock
        self.until: float | None = None
        self._data = bytearray()

    def send(self, message: Any) -> None:
        """Write a message."""
        data = "".join(_written(message, True)).encode("ascii")  # noqa: FBT003 (in one piece)
        self._limit()
        _send(self.sock, len(data).to_bytes(8, "big") + data)

    def receive(self, most: int = 1 << 40) -> tuple[Any, int]:
        """Read a message of at most `most` bytes; return it and its size.

        Raise EOFError when the other side is gone, TooLarge, ValueError for what is no message, socket.timeout.
        """
        self._fill(8)
        size = int.from_bytes(self._data[:8], "big")
        if size > most:
            raise TooLarge(size)
        self._fill(8 + size)
        message, end = _parsed(self._data[8 : 8 + size].decode("ascii"))
        del self._data[: 8 + end]  # what a forged message leaves over is no message either
        return message, size

    def _fill(self, size: int) -> None:
        while len(self._data) < size:
            self._limit()
            part = _recv(self.sock, 1 << 18)
            if not part:
                raise EOFError("the other side has gone")
            self._data += part

    def _limit(self) -> None:
        if self.until is not None:
            self.sock.settimeout(max(0.001, self.until - time.monotonic()))
