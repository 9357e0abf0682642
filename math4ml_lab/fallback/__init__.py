"""Exercises without the server extension: `%load_ext math4ml_lab` in a notebook on Colab, in VS Code or elsewhere.

This package runs in the learner's kernel and drives the runner there; it imports nothing of Jupyter's server.
"""

from __future__ import annotations

from typing import Any

from IPython.core.error import UsageError

from math4ml_lab.fallback.magics import Magics
from math4ml_lab.fallback.session import Session

_sessions: dict[int, Session] = {}


def load(shell: Any) -> None:
    """Watch the cells of this shell; raise UsageError where there is no kernel to watch."""
    if getattr(shell, "kernel", None) is None:
        raise UsageError("math4ml-lab checks cells of notebooks: load it in a notebook, not in a terminal.")
    unload(shell)
    session = _sessions[id(shell)] = Session(shell)
    magics = Magics(session)
    shell.register_magic_function(magics.math4ml, "line", "math4ml")
    shell.register_magic_function(magics.exercise, "line", "exercise")
    for line in session.start():
        print(f"math4ml: {line}")  # noqa: T201 (a line in the cell's output)


def unload(shell: Any) -> None:
    """Take back what `load` did; the boxes go with it, the record stays."""
    session = _sessions.pop(id(shell), None)
    if session is not None:
        session.close()
        for name in ("math4ml", "exercise"):
            shell.magics_manager.magics["line"].pop(name, None)
