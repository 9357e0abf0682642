"""How an answer is called, and what is raised where its author is to blame."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

from math4ml_lab.kernel.values import encode

if TYPE_CHECKING:
    from collections.abc import Mapping

    from math4ml_lab.kernel.definition import Definition


class Author(BaseException):
    """The exercise is broken: `str` says how, `fix` what to do about it. No module can take it for one of its own."""

    def __init__(self, message: str, fix: str, line: int | None = None) -> None:
        super().__init__(message)
        self.fix = fix
        self.line = line


class Signature:
    """How an answer is called: the inputs it takes by name, which one is unpacked, whether it is a function."""

    def __init__(self, function: Any, definition: Definition) -> None:
        parameters = list(inspect.signature(function).parameters.values())
        self.callable = definition.has_inputs
        self.star = next((p.name for p in parameters if p.kind is p.VAR_POSITIONAL), None)
        self.parameters = [(p.name, p.default is not p.empty) for p in parameters]
        self.defaults = {p.name: p.default for p in parameters if p.default is not p.empty}
        named = [p.name for p in parameters if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)]
        asked = [name for name, has_default in self.parameters if name in named and not has_default]
        self.live = [] if self.callable else asked

    def select(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """Return the row's inputs that the answer takes; raise Author where one without default is missing.

        A default that stands before another input is one of them: answers are called by position.
        """
        chosen = {}
        last = max((index for index, (name, _) in enumerate(self.parameters) if name in row), default=0)
        for index, (name, has_default) in enumerate(self.parameters):
            if name in row:
                chosen[name] = row[name]
            elif has_default and index < last:
                chosen[name] = self.defaults[name]
            elif not has_default:
                raise Author(f"inputs(...) gives no {name!r}, which the solution takes", f"add {name}=… to inputs(...)")
        return chosen

    def encoded(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """Return the inputs that the answer takes as JSON trees by name."""
        return {name: encode(value) for name, value in self.select(row).items()}
