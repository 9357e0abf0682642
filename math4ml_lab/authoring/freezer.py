"""Runs a module in a process of its own: `python -m math4ml_lab.authoring.freezer`.

On standard input stands JSON with `name`, `source`, and the `seeds` to draw batteries with; on standard output the text
of the `frozen` battery, and of the one of each seed. Or JSON with `name`, `source`, `battery`, and the `stripped` text
of the module; on standard output then stands the file of its `answers`. Else the `error`, and its `fix` where one is
known. A module's code is run here, so it may do anything: the parent gives it a time.
"""

from __future__ import annotations

import contextlib
import io
import json
import signal
import sys
from typing import TYPE_CHECKING, Any

from math4ml_lab import exercise
from math4ml_lab.kernel import battery, recorded, running
from math4ml_lab.kernel.reference import Reference
from math4ml_lab.kernel.signature import Author

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

PATIENCE = 20
"""Seconds that a module may take to load."""
MEMORY = 2**31
"""Bytes that drawing may take."""


def freeze(name: str, source: str, seeds: list[int]) -> dict[str, Any]:
    """Return the texts of the batteries; None for a module that draws nothing."""
    with _limited(name):
        definition = exercise.read(source, f"{name}.py", {"__name__": name})
    frozen = battery.freeze(definition, source)
    again = [battery.freeze(definition, source, seed) for seed in seeds] if frozen is not None else []
    return {"frozen": frozen, "again": again}


@contextlib.contextmanager
def _limited(name: str) -> Iterator[None]:
    """Raise Author, with the line, where a module does not load."""

    def stop(_: int, frame: FrameType | None) -> None:
        raise Author(f"it takes more than {PATIENCE} s", "let it come to an end", running.at(frame, name))

    if not hasattr(signal, "setitimer"):  # there is none on Windows
        yield
        return
    signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, PATIENCE)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def record(name: str, source: str, battery: str | None, stripped: str) -> dict[str, Any]:
    """Return the file of what solution and mistakes do on a battery, for the stripped module."""
    reference = Reference(name, source, battery, {"__name__": name}, None)
    return {"answers": recorded.text(stripped, battery, *reference.told())}


def main() -> None:
    """Answer one request."""
    asked = json.load(sys.stdin)
    with contextlib.suppress(ImportError, ValueError, OSError):  # there is none on Windows
        import resource  # noqa: PLC0415

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    answer: dict[str, Any]
    with contextlib.redirect_stdout(io.StringIO()):
        try:
            answer = record(**asked) if "stripped" in asked else freeze(**asked)
        except Author as author:
            answer = {"error": str(author), "fix": author.fix, "line": author.line or 1}
        except MemoryError:
            answer = {"error": "it wants more memory than a module may have"}
        except BaseException as error:  # noqa: BLE001 (a module may raise anything, SystemExit too)
            at = running.raised_at(error.__traceback__, asked["name"])
            answer = {"error": f"{type(error).__name__}: {error}"[:500], "line": at or 1}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
