"""What solution and mistakes do on a battery, as data: a stripped exercise ships it in place of their code.

The file `<module>.answers.json` holds under `solutions` and `mistakes`, by name, one outcome for each row: its `value`
as `values.encode` writes it, with the kind that a view has `seen`, or the name of what was `raised` and what it `said`.
What a view was given stands under `returned`, where it is plain data. `of` says to which module and battery it belongs.
"""

from __future__ import annotations

import builtins
import hashlib
import json
from typing import TYPE_CHECKING, Any

from math4ml_lab.kernel.values import Opaque, decode, encode

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Told = dict[str, list[dict[str, Any]]]
"""Outcomes by name, one for each row."""


class Unfit(Exception):
    """There are no answers, or they belong to another module or battery."""


def digest(source: str, frozen: str | None) -> str:
    """Return what answers belong to: a module and its battery, blind to how their lines end."""
    lines = [*source.splitlines(), "\0", *(frozen or "").splitlines()]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


def text(source: str, frozen: str | None, solutions: Told, mistakes: Told) -> str:
    """Return the file of the answers that belong to a stripped module, one outcome a line."""
    parts = [f'{{"of": {json.dumps(digest(source, frozen))}']
    for key, told in (("solutions", solutions), ("mistakes", mistakes)):
        each = [
            f"  {json.dumps(name)}: [\n   " + ",\n   ".join(map(json.dumps, rows)) + "]" for name, rows in told.items()
        ]
        parts.append(f' "{key}": {{' + ("\n" + ",\n".join(each) if each else "") + "}")
    return ",\n".join(parts) + "}\n"


def with_returned(
    told: Sequence[dict[str, Any]], returned: Sequence[Mapping[str, Any]]
) -> list[dict[str, Any]]:  # fmt: skip
    """Add to what a view made of results the results themselves; nothing, where one of them is no plain data."""
    plain = all("raised" in one or _is_plain(decode(one["value"])) for one in returned)
    return [
        {**one, "returned": before["value"]} if plain and "value" in before else one
        for one, before in zip(told, returned)
    ]


def _is_plain(value: Any) -> bool:
    if isinstance(value, dict):
        return all(map(_is_plain, (*value, *value.values())))
    if isinstance(value, (list, tuple, set, frozenset)):
        return all(map(_is_plain, value))
    return not isinstance(value, Opaque)


class Recording:
    """The answers of one stripped exercise, read from their file; raise Unfit where they are not its own."""

    def __init__(self, file: str | None, source: str, frozen: str | None) -> None:
        if file is None:
            raise Unfit("the answers of a stripped exercise are missing")
        try:
            held = json.loads(file)
            self.solutions: Told = held["solutions"]
            self.mistakes: Told = held["mistakes"]
            of = held["of"]
        except (ValueError, LookupError, TypeError) as error:
            raise Unfit(f"the answers of a stripped exercise cannot be read: {error}") from error
        if of != digest(source, frozen):
            raise Unfit("the answers of a stripped exercise belong to another edition of it")

    def fits(self, solutions: Sequence[str], mistakes: Sequence[str], rows: int) -> bool:
        """Tell whether there is an outcome of each of these on each of so many rows."""
        named = list(self.solutions) == list(solutions) and list(self.mistakes) == list(mistakes)
        return named and all(len(told) == rows for told in (*self.solutions.values(), *self.mistakes.values()))


class StandIn:
    """Called in place of a function whose code is not there: it knows what that did on each row's arguments."""

    def __init__(self, name: str, calls: Sequence[Sequence[Any]], told: Sequence[Mapping[str, Any]]) -> None:
        self.__name__ = name
        self._told = {_key(arguments): outcome for arguments, outcome in zip(calls, told)}

    def __call__(self, *arguments: Any) -> Any:
        """Return or raise what the function did."""
        outcome = self._told.get(_key(arguments))
        if outcome is None:
            raise LookupError(f"a stripped exercise knows what {self.__name__!r} does on its own inputs only")
        if "returned" in outcome:
            return decode(outcome["returned"])
        if "raised" in outcome:
            name = outcome["raised"]
            kind: Any = getattr(builtins, name, None)
            is_error = isinstance(kind, type) and issubclass(kind, Exception)
            error: Any = kind if is_error else type(name, (Exception,), {})
            raise error("as recorded")
        return decode(outcome["value"])


def _key(arguments: Sequence[Any]) -> str:
    return json.dumps([encode(value) for value in arguments])
