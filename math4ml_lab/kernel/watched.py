"""Calls of an answer that are watched line by line, to tell which line of the learner's did it."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Any

from math4ml_lab.kernel import values

if TYPE_CHECKING:
    from collections.abc import Mapping

    from math4ml_lab.kernel.answer import Respondent

_settrace, _monotonic = sys.settrace, time.monotonic
SEARCH = 0.5
"""Seconds for which a line that writes into an input is looked for."""

MANY = 10_000
"""How many lines that run are counted."""


def returning(respondent: Respondent, name: str, row: Mapping[str, Any], star: str | None) -> Any:
    """Call again and watch which line of the answer returns."""
    target = getattr(respondent.namespace[name], "__code__", None)
    seen: list[int] = []

    def watch(frame: Any, event: str, _: Any) -> Any:
        if frame.f_code is not target:
            return watch if event == "call" else None
        if event == "return":
            seen.append(frame.f_lineno)
        return watch

    _call(respondent, name, {key: values.decode(tree) for key, tree in row.items()}, star, watch)
    return respondent.line((target.co_filename, seen[-1]) if target is not None and seen else None)


def writing(respondent: Respondent, name: str, row: Mapping[str, Any], star: str | None) -> Any:
    """Call again and find the learner's own line after which an input is no longer what it was."""
    inputs = {key: values.decode(tree) for key, tree in row.items()}
    before, end = data(inputs, star), _monotonic() + SEARCH
    at: list[tuple[str, int]] = []  # where the learner's code stands, while nothing has been written
    found: list[tuple[str, int]] = []

    def watch(frame: Any, event: str, _: Any) -> Any:
        if found or frame.f_globals is not respondent.namespace:
            return None
        if at and data(inputs, star) != before:
            found.extend(at)
        if found or _monotonic() > end:
            _settrace(None)
            return None
        here = respondent.place(frame.f_back if event == "return" else frame)
        at[:] = [here] if here is not None else []
        return watch

    _call(respondent, name, inputs, star, watch)
    return respondent.line(found[0] if found else None)


def lines_run(respondent: Respondent, name: str, row: Mapping[str, Any], star: str | None) -> int:
    """Call again and count the lines of the learner's code that run, each as often as it does, up to MANY."""
    count = 0

    def watch(frame: Any, event: str, _: Any) -> Any:
        nonlocal count
        if frame.f_globals is not respondent.namespace:
            return None
        count += event == "line"
        if count >= MANY:
            _settrace(None)
        return watch

    _call(respondent, name, {key: values.decode(tree) for key, tree in row.items()}, star, watch)
    return count


def _call(respondent: Respondent, name: str, inputs: Mapping[str, Any], star: str | None, watch: Any) -> None:
    def watched() -> None:
        _settrace(watch)
        try:
            respondent.namespace[name](*call_arguments(inputs, star))
        finally:
            _settrace(None)

    respondent.guarded(watched)


def call_arguments(inputs: Mapping[str, Any], star: str | None) -> list[Any]:
    """Return the positional arguments of one call; the input named `star` is unpacked at the end."""
    return values.arguments(unpacked(inputs, star))


def unpacked(inputs: Mapping[str, Any], star: str | None) -> list[Any]:
    """Return the inputs in the order in which a call takes them."""
    plain = [value for name, value in inputs.items() if name != star]
    return [*plain, *(inputs[star] if star is not None else ())]


def is_function(value: Any) -> bool:
    """Tell whether an input is a function, whose count may rise."""
    return type(value) is values.Function


def data(inputs: Mapping[str, Any], star: str | None) -> dict[str, Any]:
    """Return the inputs as JSON trees, without functions: their counts may rise, only data must stay as it was."""
    plain = {key: value for key, value in inputs.items() if not is_function(value)}
    if star in plain:
        plain[star] = type(plain[star])(value for value in plain[star] if not is_function(value))
    return {key: values.encode(value) for key, value in plain.items()}
