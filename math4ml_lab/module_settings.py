"""What `exercise(...)` takes in a module: a test of each setting, and what it has to be in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from math4ml_lab.course import split_tag
from math4ml_lab.script_reader import are_names

if TYPE_CHECKING:
    from collections.abc import Callable

LONGEST = 1_000_000
"""Characters that a file may have, as in `wire.Source`."""


def _is_tags(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(tag, str) and split_tag(tag) for tag in value)


SETTINGS: dict[str, tuple[Callable[[Any], bool], str]] = {
    "points": (lambda value: type(value) in (int, float) and 0 <= value <= LONGEST, "a number, 0 or more"),
    "limit": (lambda value: type(value) in (int, float) and 0 < value <= LONGEST, "a number of seconds, more than 0"),
    "isolation": (lambda value: value in ("snapshot", "guarded"), '"snapshot" or "guarded"'),
    "needs": (_is_tags, "a list of exercise names"),
    "was": (_is_tags, "a list of exercise names"),
    "answers": (are_names, 'a list of names: ["f", "g"]'),
    "names": (are_names, 'a list of names: ["W", "X"]'),
    "flaky": (lambda value: isinstance(value, str) and bool(value.strip()), "a text that says why"),
    "video": (lambda value: isinstance(value, str), 'a text such as "LA@2031-2295"'),
    "starter": (lambda value: isinstance(value, str), "a text"),
    "starter_counts": (lambda value: isinstance(value, bool), "True or False"),
    "wants_a_failure_first": (lambda value: isinstance(value, bool | str), "True, or a title with hints"),
}
