"""Which piece of an author's module is running, so that an alarm which ends it can say so.

A piece is named as an author would: `mistake 'sums'`. Pieces may nest; the innermost counts.
"""

from __future__ import annotations

import ast
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from types import FrameType, TracebackType

_pieces: list[Piece] = []


class Piece:
    """A piece that runs while the `with` block does; `name` is what the module calls it, None for the module itself."""

    def __init__(self, what: str, name: str | None = None) -> None:
        self.what = what
        self.name = name
        self.since = 0.0

    def __enter__(self) -> None:
        self.since = time.monotonic()
        _pieces.append(self)

    def __exit__(self, *_: object) -> None:
        _pieces.pop()


def now() -> Piece | None:
    """Return the innermost piece that is running."""
    return _pieces[-1] if _pieces else None


def too_long(limit: float, frame: FrameType | None, name: str, source: str) -> tuple[str, int | None, str] | None:
    """Return what has run into an alarm after `limit` seconds, its line, and what mends it; None where nobody knows.

    What has had most of the time to itself does not end; otherwise many calls took it together.
    """
    piece = now()
    if piece is None:
        return None
    line = defined(source, piece.name) if piece.name is not None else at(frame, name)
    if time.monotonic() - piece.since > limit / 2:
        return f"{piece.what} does not end: it was stopped after {limit:g} s", line, "let it come to an end"
    told = f"the module takes more than {limit:g} s to be made ready: {piece.what} was running then"
    return told, line, "make it quick, or its inputs fewer"


def defined(source: str, name: str) -> int | None:
    """Return the line on which a module defines a name at its top level, None where it does not."""
    found = None
    for node in ast.parse(source).body:
        targets = node.targets if isinstance(node, ast.Assign) else []
        if getattr(node, "name", None) == name or any(getattr(target, "id", None) == name for target in targets):
            found = getattr(node, "lineno", None)
    return found


def at(frame: FrameType | None, name: str) -> int | None:
    """Return the line of the module `name` that a frame stands at, or whoever called it."""
    while frame is not None:
        if frame.f_code.co_filename == f"{name}.py":
            return frame.f_lineno
        frame = frame.f_back
    return None


def raised_at(traceback: TracebackType | None, name: str) -> int | None:
    """Return the last line of the module `name` that an exception came by."""
    found = None
    step: Any = traceback
    while step is not None:
        if step.tb_frame.f_code.co_filename == f"{name}.py":
            found = step.tb_lineno
        step = step.tb_next
    return found
