"""The free checks: what must hold of any answer, told in this order, structure before values.

Each test looks at one result and returns the measurement where the claim does not hold, None where it does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Callable

from math4ml_lab.kernel import compare, plain_words, printing
from math4ml_lab.kernel.values import Opaque

if TYPE_CHECKING:
    from math4ml_lab.kernel.answered import Answered, Result

Test = Callable[["Result"], "str | None"]

STRUCTURE = ("defined", "runs", "kind", "shape", "unchanged", "finite")
OF_VALUE = ("kind", "shape", "agrees")
"""Claims that a relation to the right value explains."""
TITLES = {
    "defined": "{name} is defined",
    "runs": "{name} runs",
    "kind": "{name} gives the right kind of thing",
    "shape": "{name} gives the right shape",
    "unchanged": "{name} leaves its inputs alone",
    "finite": "{name} is finite",
    "agrees": "{name} is right",
}


def is_there(state: str) -> bool:
    """Tell whether the cell has anything under a name of this state."""
    return state not in ("undefined", "elsewhere")


def missing(name: str, state: str) -> str:
    """Say why there is nothing under a name."""
    if state == "undefined":
        return f"After the cell ran there is no {name!r}."
    return f"This cell does not define {name!r}: the one in the kernel is from another cell, or an earlier run."


def undefined(one: Answered) -> str | None:
    """Say why the learner's name cannot be checked at all."""
    if one.usable:
        return None
    if not is_there(one.state):
        return missing(one.name, one.state)
    if one.signature.callable:
        return f"{one.name!r} is a value; a function is needed."
    return f"{one.name!r} is a function; a value is needed."


def runs(result: Result) -> str | None:
    """Measure that nothing is raised, or what the solution raises too."""
    wanted = result.wanted
    if result.raised is None:
        return f"nothing was raised, needs {wanted.raised}" if wanted.raised else None
    if wanted.raised == result.raised["type"]:
        return None
    return plain_words.told(result.raised["type"], result.raised["message"])


def kind(result: Result) -> str | None:
    """Measure that it is what the solution gives: a number, an array, a tuple of two."""
    if result.raised is not None or compare.same_kind(result.value, result.wanted.value):
        return None
    got, seen = result.returned, result.wanted.seen
    if seen is not None and not isinstance(got, Opaque) and compare.kind(got) != seen:
        return f"{_said(got)}, needs {_noun(seen)}"  # what a view makes of it is nobody's business
    return _other_kind(result.value, result.wanted.value)


def _other_kind(got: Any, want: Any) -> str:
    """Say of what kind a value is and should be; of a tuple or list the first item of another kind."""
    if isinstance(want, (tuple, list)) and compare.kind(got) == compare.kind(want):
        index = next(index for index, pair in enumerate(zip(got, want)) if not compare.same_kind(*pair))
        return f"item [{index}]: {_other_kind(got[index], want[index])}"
    real = "a real " if compare.is_complex(got) and not compare.is_complex(want) else ""
    return f"{_said(got)}, needs {_noun(compare.kind(want), real)}"


def _said(value: Any) -> str:
    if isinstance(value, Opaque):
        return _noun(value.type_name)
    if value is None:
        return "None"
    return f"{printing.inline(value)} is {_noun(compare.kind(value), 'a complex ' * compare.is_complex(value))}"


_NOUNS = {
    "str": "text (a str)",
    "bool": "True or False (a bool)",
    "None": "None",
    "array of bools": "an array of True and False (dtype bool)",
}


def _noun(kind: str, adjective: str = "") -> str:
    if adjective:
        return adjective + kind
    return _NOUNS.get(kind) or f"{'an' if kind[:1].lower() in 'aeiou' else 'a'} {kind}"


def shape(result: Result) -> str | None:
    """Measure that it has the solution's shape, or as many items."""
    wanted = result.wanted
    if result.raised is not None or compare.same_shape(result.value, wanted.value):
        return None
    got, need = compare.shape(result.value), compare.shape(wanted.value)
    if got == need:
        return f"{printing.inline(result.value)}, needs items of other shapes: {printing.inline(wanted.value)}"
    if isinstance(need, int):
        return f"{printing.inline(result.value)} has {got} item{'' if got == 1 else 's'}, needs {need}"
    return f"shape {got}, needs {need}"


def unchanged(result: Result) -> str | None:
    """Measure that the call left its inputs as they were."""
    return "; ".join(_became(name, result.row[name], after) for name, after in result.changed.items()) or None


def _became(name: str, before: Any, after: Any) -> str:
    """Say what an input was and is; of large arrays the first entry that differs."""
    was, now = printing.inline(before), printing.inline(after)
    if was == now and hasattr(before, "dtype") and getattr(after, "shape", None) == before.shape:
        wrong = compare.wrong_entries(after, before).nonzero()
        if len(wrong[0] if wrong else ()):
            at = tuple(int(axis[0]) for axis in wrong)
            name = f"{name}[{', '.join(map(str, at))}]"
            was, now = printing.inline(before[at]), printing.inline(after[at])
    if was == now:
        return f"{name} is not what it was before the call"
    return f"{name} was {was}, is {now} after the call"


def finite(result: Result) -> str | None:
    """Measure that it is finite where the solution is."""
    wanted = result.wanted
    if result.raised is not None or not compare.finite(wanted.value) or compare.finite(result.value):
        return None
    return f"{printing.inline(result.value)} is not finite"


def agrees(result: Result) -> str | None:
    """Measure that it is what the solution gives."""
    if result.raised is not None or compare.equal(result.value, result.wanted.value):
        return None
    return _parted(result.value, result.wanted.value)


def _parted(got: Any, want: Any) -> str:
    """Say where two values part; of tuples, lists and dicts the first item that differs."""
    if compare.kind(got) != compare.kind(want):
        return f"{printing.inline(got)}, needs {printing.inline(want)}"
    if isinstance(want, (tuple, list)) and len(want) > 1 and len(got) == len(want):
        index = next(index for index, pair in enumerate(zip(got, want)) if not compare.equal(*pair))
        return f"item [{index}]: {_parted(got[index], want[index])}"
    if isinstance(want, dict) and want.keys() == got.keys():
        key = next(key for key in want if not compare.equal(got[key], want[key]))
        return f"item [{printing.inline(key)}]: {_parted(got[key], want[key])}"
    numeric = compare.kind(want) in ("number", "array", "array of bools") and compare.same_shape(got, want)
    wrong = compare.wrong_entries(got, want) if numeric else None
    return printing.against(got, want, wrong, compare.tolerance(got) if numeric else None)


def agrees_alone(result: Result) -> str | None:
    """Say the same of an exercise without inputs, where the right value would give the answer away."""
    if result.raised is not None or compare.equal(result.value, result.wanted.value):
        return None
    return f"{printing.inline(result.value)} is not it"


def tests(one: Answered) -> dict[str, Test]:
    """Return the tests by name, in order.

    Where the solution gives things of several kinds, None or a shape say, taking one for another is a wrong value.
    """
    last = agrees if one.signature.callable else agrees_alone
    kinds = {compare.kind(wanted.value) for wanted in one.wanted if not wanted.raised}

    def unless_swapped(test: Test) -> Test:
        def tested(result: Result) -> str | None:
            got = compare.kind(result.value)
            is_swapped = result.raised is None and got in kinds and got != compare.kind(result.wanted.value)
            return None if is_swapped else test(result)

        return tested

    structural = {"runs": runs, "kind": unless_swapped(kind), "shape": unless_swapped(shape)}
    return {**structural, "unchanged": unchanged, "finite": finite, "agrees": last}
