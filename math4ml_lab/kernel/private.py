"""Modules that exist for us alone: loaded from sources that were sent, never put into `sys.modules`.

Nothing of ours need be installed where a kernel runs, and nothing of ours can be imported, shadowed or patched by
name from the learner's side. The builtins, and the modules of the standard library that we stand on, are copied when we
first import them, before the learner's code ran wherever the panel was there first.
"""

from __future__ import annotations

import builtins
import types
from typing import Any

ROOT = "math4ml_lab"
OWN = {
    "base64", "ctypes", "gc", "json", "mmap", "os", "re", "selectors", "signal", "socket", "stat", "subprocess",
    "tempfile", "threading", "time", "uuid",
}  # fmt: skip
"""Modules of which we have copies: what a learner puts into the others does not reach us."""

_import = builtins.__import__


class Modules:
    """Loads `math4ml_lab.*` from `sources` (full name to text); everything else is imported as ever."""

    def __init__(self, sources: dict[str, str]) -> None:
        self.sources = sources
        self.loaded: dict[str, types.ModuleType] = {}
        self.builtins = dict(vars(builtins), __import__=self.import_)

    def namespace(self, name: str) -> dict[str, Any]:
        """Return fresh globals in which our modules can be imported."""
        return {"__name__": name, "__builtins__": self.builtins}

    def import_(self, name: str, scope: Any = None, inner: Any = None, fromlist: Any = (), level: int = 0) -> Any:
        """Stand in for `__import__`."""
        if name in OWN and not level:
            return self._copy(name, scope, inner, fromlist)
        if level or name.partition(".")[0] != ROOT:
            return _import(name, scope, inner, fromlist, level)
        module = self.load(name)
        for item in fromlist or ():
            if f"{name}.{item}" in self.sources:
                setattr(module, item, self.load(f"{name}.{item}"))
        return module if fromlist else self.load(ROOT)

    def load(self, name: str) -> types.ModuleType:
        """Return the module of that full name, running its source the first time."""
        if name not in self.loaded:
            if name not in self.sources:
                raise ImportError(f"there is no {name} here")
            module = types.ModuleType(name)
            self.loaded[name] = module
            vars(module).update(self.namespace(name))
            exec(compile(self.sources[name], f"<{name}>", "exec"), vars(module))
        return self.loaded[name]

    def _copy(self, name: str, *how: Any) -> types.ModuleType:
        if name not in self.loaded:
            self.loaded[name] = types.ModuleType(name)
            vars(self.loaded[name]).update(vars(_import(name, *how)))
        return self.loaded[name]
