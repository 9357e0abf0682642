"""What is sent into a kernel: the sources of this package, the code that installs the runner, exercises."""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from functools import cache
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent / "kernel"
_MODULES = (
    "answer", "answered", "around", "arranged", "authored", "battery", "claims", "compare", "counterexample", "court",
    "definition", "expected", "guard", "judge", "kept", "limits", "line", "mappings", "mention", "messages", "observe",
    "outcomes", "pasting", "plain_words", "printed", "printing", "prompts", "readings", "reaper", "record", "recorded",
    "reference", "remote", "runner", "running", "scene", "scripts", "shrink", "signature", "snapshot", "structure",
    "transcripts", "trial", "values", "watched", "watcher",
)  # fmt: skip


@cache
def sources() -> dict[str, str]:
    """Return the modules by full name, and under `version` the digest of them all."""
    found = {"math4ml_lab": "", "math4ml_lab.kernel": ""}
    for name in _MODULES:
        found[f"math4ml_lab.kernel.{name}"] = (_HERE / f"{name}.py").read_text(encoding="utf-8")
    found["math4ml_lab.exercise"] = (_HERE.parent / "exercise.py").read_text(encoding="utf-8")
    found["version"] = hashlib.sha256("\0".join(sorted(found.values())).encode()).hexdigest()
    return found


@cache
def private() -> str:
    """Return the module that loads the others."""
    return (_HERE / "private.py").read_text(encoding="utf-8")


@cache
def injection() -> str:
    """Return one silent cell that installs the runner and leaves no name behind.

    It uses an import statement and no builtin by name: a learner may have shadowed `exec`, `compile` or `__import__`.
    """
    installer = (
        "names = {'__name__': 'math4ml_lab.kernel.private'}\n"
        "exec(PRIVATE, names)\n"
        "modules = names['Modules'](SOURCES)\n"
        "modules.load('math4ml_lab.kernel.runner').install(SHELL, SOURCES, PRIVATE)\n"
    )
    return (
        "import builtins as __math4ml__\n"
        "try:\n"
        f"    __math4ml__.exec({installer!r}, {{'PRIVATE': {private()!r}, 'SOURCES': {sources()!r}, "
        "'SHELL': __math4ml__.get_ipython()})\n"
        "finally:\n"
        "    del __math4ml__\n"
    )


def packed(exercise: dict[str, Any]) -> dict[str, Any]:
    """Return an exercise whose text is not there to be read in the kernel, which only passes it on to the judge."""
    inside = {name: exercise.get(name) for name in ("source", "battery", "starter", "answers")}
    text = base64.b64encode(zlib.compress(json.dumps(inside).encode("ascii"))).decode("ascii")
    return {**{name: value for name, value in exercise.items() if name not in inside}, "packed": text}
