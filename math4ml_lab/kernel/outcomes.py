"""What an author's function does on one row of inputs, as plain data."""

from __future__ import annotations

import copy
import inspect
from typing import TYPE_CHECKING, Any

from math4ml_lab.kernel import compare, messages, running, watched
from math4ml_lab.kernel.values import Function, decode, encode, message

if TYPE_CHECKING:
    from collections.abc import Mapping


class Outcome:
    """What an answer did on one row: a plain value, or the type of the exception it raised.

    Where the value is what a view made of it, `seen` is the kind of what the view was given. `said` is what the
    exception says, as `messages` has it, None where that is not known.
    """

    def __init__(
        self, value: Any = None, raised: str | None = None, seen: str | None = None, said: str | None = None
    ) -> None:
        self.value = value
        self.raised = raised
        self.seen = seen
        self.said = said

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Outcome:
        """Return the outcome that was told as a JSON tree."""
        if "value" not in told:
            return cls(raised=told["raised"], said=told.get("said"))
        return cls(decode(told["value"]), seen=told.get("seen"))


def outcome(function: Any, inputs: Mapping[str, Any], star: str | None, view: Any = None) -> Outcome:
    """Return what an author's function does on one row's inputs."""
    return Outcome.of(called(function, inputs, star, view))


def viewed(view: Any, value: Any, inputs: Mapping[str, Any]) -> Any:
    """Return an author's view of a value."""
    name = getattr(view, "__name__", "")
    with running.Piece(f"view {name!r}", name):
        return view(value, *(inputs[name] for name in asked_by(view)))


def asked_by(view: Any) -> list[str]:
    """Return the inputs that a view asks for: what its parameters name, but the first one."""
    if view is None:
        return []
    _, *others = inspect.signature(view).parameters.values()
    return [parameter.name for parameter in others if parameter.default is parameter.empty]


def call(function: Any, inputs: Mapping[str, Any], star: str | None) -> Any:
    """Call an author's function on fresh copies of one row's inputs; return and raise what it does."""
    fresh = {name: value if isinstance(value, Function) else copy.deepcopy(value) for name, value in inputs.items()}
    return function(*watched.call_arguments(fresh, star))


def called(function: Any, inputs: Mapping[str, Any], star: str | None, view: Any) -> dict[str, Any]:
    """Return what a call gives, as JSON: a `value`, with the kind `seen` by a view, or what is `raised` and `said`."""
    try:
        value = call(function, inputs, star)
        if view is None:
            return {"value": encode(value)}
        return {"value": encode(viewed(view, value, inputs)), "seen": compare.kind(decode(encode(value)))}
    except Exception as error:
        return {"raised": type(error).__name__, "said": messages.said(message(error))}
