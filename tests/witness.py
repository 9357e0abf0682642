"""What a learner may own in a kernel, and whether it is still what it was: sent into the kernel as source."""

from __future__ import annotations

import base64
import builtins
import gc
import json
import math
import os
import random
import signal
import socket
import struct
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any

import numpy as np

HISTORY = "IPythonHistorySavingThread"
"""IPython ends it before each fork, and starts it again when it has something to save."""
EACH_CELL = {"builtins.input", "builtins.get_ipython"}
"""What the kernel itself sets anew for each cell."""
MODULES = (builtins, np, np.linalg, np.random, json, base64, struct, socket, os, signal, math, random)


def _descriptors() -> int:
    """Return how many there are, but for IPython's history, which comes and goes with its thread."""
    return sum("history.sqlite" not in os.path.realpath(entry) for entry in Path("/proc/self/fd").iterdir())


class Witness:
    """Gives the learner a few objects, in `names`, and remembers them and everybody's functions."""

    def __init__(self, names: dict[str, Any]) -> None:
        self.names = names
        with tempfile.NamedTemporaryFile("w", suffix=".txt", delete=False) as file:
            file.write("one\ntwo\nthree\n")
        handle = Path(file.name).open("r+", encoding="utf-8")  # noqa: SIM115 (it stays open)
        handle.readline()
        Path(file.name).unlink()
        self.objects: dict[str, Any] = {
            "kept": [1, [2, 3]],
            "table": {"a": 1, "b": [2]},
            "array": np.arange(6.0).reshape(2, 3),
            "generator": np.random.default_rng(7),
            "handle": handle,
        }
        names.update(self.objects)
        self.functions = {
            f"{module.__name__}.{name}": (module, name, value)
            for module in MODULES
            for name, value in vars(module).items()
        }
        self.values: dict[str, Any] = {}

    def begin(self) -> None:
        """Remember how things are."""
        self.values = self.now()

    def now(self) -> dict[str, Any]:
        """Return the values of all that should stay as it is."""
        one = self.objects
        return {
            "kept": repr(one["kept"]),
            "table": repr(one["table"]),
            "array": (one["array"].tobytes(), one["array"].shape, one["array"].flags.writeable),
            "generator": repr(one["generator"].bit_generator.state),
            "handle": (one["handle"].closed, one["handle"].tell(), os.pread(one["handle"].fileno(), 100, 0)),
            "random": (repr(np.random.get_state()), random.getstate()),  # noqa: NPY002 (others use it)
            "process": (os.getpid(), Path.cwd(), dict(os.environ), os.nice(0)),
            "interpreter": (sys.getrecursionlimit(), gc.isenabled(), gc.get_freeze_count(), np.geterr()),
            "signals": [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGALRM, signal.SIGTERM)],
            "threads": {thread.name for thread in threading.enumerate()} - {HISTORY},
            "descriptors": _descriptors(),
        }

    def changed(self) -> list[str]:
        """Return the names of all that is not what it was."""
        now = self.now()
        found = [f"{name}: {now[name]} was {value}"[:1500] for name, value in self.values.items() if now[name] != value]
        found += [f"the name {name}" for name, value in self.objects.items() if self.names.get(name) is not value]
        return found + [
            key
            for key, (module, name, value) in self.functions.items()
            if key not in EACH_CELL and vars(module).get(name) is not value
        ]
