"""The claims about one answer, in the order in which they are told: structure first, then values, then the author's."""

from __future__ import annotations

import ast
import traceback
from typing import TYPE_CHECKING, Any, Callable

from math4ml_lab import exercise
from math4ml_lab.kernel import compare, printing
from math4ml_lab.kernel.values import Opaque

if TYPE_CHECKING:
    from collections.abc import Mapping

    from math4ml_lab.kernel.judge import Answered, Result

STRUCTURE = ("defined", "runs", "kind", "shape", "unchanged", "finite")
TITLES = {
    "defined": "{name} is defined",
    "runs": "{name} runs",
    "kind": "{name} gives the right kind of thing",
    "shape": "{name} gives the right shape",
    "unchanged": "{name} leaves its inputs alone",
    "finite": "{name} is finite",
    "agrees": "{name} is right",
}


def all_claims(one: Answered, answered: Mapping[str, Answered]) -> list[dict[str, Any]]:
    """Return the results of all checks on one answer; after a failed structure the rest is skipped."""
    told: list[dict[str, Any]] = []
    for name, test in _FREE.items():
        result = _skipped(one, name) if _failed(told) else _free(one, name, test)
        told = [*told, result]
    structure_holds = not any(check["state"] == "failed" and check["name"] in STRUCTURE for check in told)
    for claim in one.reference.definition.checks:
        if (claim.of or one.name) == one.name and _first(one, answered, claim):
            told.append(_authors(one, claim) if structure_holds else _result(one, claim.name, "", "skipped"))
    return told


def _failed(told: list[dict[str, Any]]) -> bool:
    return any(check["state"] == "failed" for check in told)


def _first(one: Answered, answered: Mapping[str, Answered], claim: exercise.Claim) -> bool:
    # A claim that names no answer is told once, with the first answer.
    return claim.of is not None or next(iter(answered)) == one.name


def _result(one: Answered, name: str, title: str, state: str, **details: Any) -> dict[str, Any]:
    return {"name": name, "answer": one.name, "title": title, "state": state, **details}


def _skipped(one: Answered, name: str) -> dict[str, Any]:
    return _result(one, name, TITLES[name].format(name=one.name), "skipped")


# -- The free checks ---------------------------------------------------------------------------------------


def _free(one: Answered, name: str, test: Callable[[Answered, Result], str | None]) -> dict[str, Any]:
    title = TITLES[name].format(name=one.name)
    if name == "defined":
        return _defined(one, title)
    failures = [(result, text) for result in one.results if (text := test(one, result)) is not None]
    if not failures:
        return _result(one, name, title, "held", inputs=len(one.results))
    result, text = failures[0]
    raised = result.raised if name == "runs" else None
    return _result(
        one, name, title, "failed",
        measurement=text,
        smallest_input=one.inputs_text(result.index),
        line=raised["line"] if raised else one.line(result.index),
        wrong=len(failures) if one.signature.callable else None,
        inputs=len(one.results) if one.signature.callable else None,
    )  # fmt: skip


def _defined(one: Answered, title: str) -> dict[str, Any]:
    if one.usable:
        return _result(one, "defined", title, "held")
    if one.state == "undefined":
        text = f"After the cell ran there is no {one.name!r}."
    else:
        text = (
            f"{one.name!r} is a value; a function is needed."
            if one.signature.callable
            else f"{one.name!r} is a function; a value is needed."
        )
    line = None if one.state == "undefined" else one.ask({"ask": "line", "name": one.name})["line"]
    return _result(one, "defined", title, "failed", measurement=text, line=line)


def _runs(one: Answered, result: Result) -> str | None:
    wanted = one.wanted[result.index]
    if result.raised is None:
        return f"nothing was raised, needs {wanted.raised}" if wanted.raised else None
    if wanted.raised == result.raised["type"]:
        return None
    message = result.raised["message"]
    return f"{result.raised['type']}: {message}" if message else str(result.raised["type"])


def _kind(one: Answered, result: Result) -> str | None:
    wanted = one.wanted[result.index]
    if result.raised is not None or compare.same_kind(result.value, wanted.value):
        return None
    return f"{_said(result.value)}, needs {_noun(compare.kind(wanted.value))}"


def _said(value: Any) -> str:
    if isinstance(value, Opaque):
        return f"a {value.type_name}"
    if value is None:
        return "None"
    return f"{printing.inline(value)} is {_noun(compare.kind(value))}"


def _noun(kind: str) -> str:
    words = {
        "str": "text (a str)",
        "bool": "True or False (a bool)",
        "None": "None",
        "array": "an array",
        "set": "a set",
    }
    return words.get(kind, f"a {kind}" if kind[0] not in "aeiou" or kind.startswith("array") is False else kind)


def _shape(one: Answered, result: Result) -> str | None:
    wanted = one.wanted[result.index]
    if result.raised is not None or compare.same_shape(result.value, wanted.value):
        return None
    got, need = compare.shape(result.value), compare.shape(wanted.value)
    if got == need:
        return f"{printing.inline(result.value)}, needs items of other shapes: {printing.inline(wanted.value)}"
    if isinstance(need, int):
        return f"{printing.inline(result.value)} has {got} items, needs {need}"
    return f"shape {got}, needs {need}"


def _unchanged(_: Answered, result: Result) -> str | None:
    return "the inputs are not what they were before the call" if result.changed else None


def _finite(one: Answered, result: Result) -> str | None:
    wanted = one.wanted[result.index]
    if result.raised is not None or not compare.finite(wanted.value) or compare.finite(result.value):
        return None
    return f"{printing.inline(result.value)} is not finite"


def _agrees(one: Answered, result: Result) -> str | None:
    wanted = one.wanted[result.index]
    if result.raised is not None or compare.equal(result.value, wanted.value):
        return None
    if not one.signature.callable:
        # The right value of an exercise without inputs would give the answer away.
        return f"{printing.inline(result.value)} is not it"
    numeric = compare.kind(wanted.value) in ("number", "array")
    wrong = compare.wrong_entries(result.value, wanted.value) if numeric else None
    return printing.against(result.value, wanted.value, wrong, compare.tolerance(result.value) if numeric else None)


_FREE: dict[str, Callable[[Any, Any], str | None]] = {
    "defined": lambda *_: None,
    "runs": _runs,
    "kind": _kind,
    "shape": _shape,
    "unchanged": _unchanged,
    "finite": _finite,
    "agrees": _agrees,
}


# -- The author's checks -----------------------------------------------------------------------------------


class BrokenClaim(Exception):
    """An author's check raised something that is no assertion."""


def _authors(one: Answered, claim: exercise.Claim) -> dict[str, Any]:
    per_row = bool(set(claim.parameters) & {*one.reference.rows[0], "got", "calls"})
    results = [result for result in one.results if result.raised is None]
    failures = []
    for result in results if per_row else results[:1]:
        text = _try(one, claim, result)
        if text is not None:
            failures.append((result, text))
    if not failures:
        return _result(one, claim.name, "", "held", inputs=len(results) if per_row else None)
    result, text = failures[0]
    counted = per_row and one.signature.callable
    return _result(
        one, claim.name, "", "failed",
        measurement=text,
        smallest_input=one.inputs_text(result.index) if per_row else None,
        line=one.line(result.index),
        wrong=len(failures) if counted else None,
        inputs=len(results) if counted else None,
    )  # fmt: skip


def _try(one: Answered, claim: exercise.Claim, result: Result) -> str | None:
    """Run the claim on one row; return the measurement where it does not hold."""
    row = {**one.reference.rows[result.index], **claim.overrides}
    known = {**row, "got": result.raw, "calls": dict(result.calls)}
    try:
        claim.function(**{name: known[name] for name in claim.parameters})
    except exercise.ClaimFails as fails:
        return str(fails)
    except AssertionError as fails:
        return str(fails) or _operands(fails, one.reference.source)
    except Exception as error:
        missing = f"it asks for {error}, which is no input" if isinstance(error, KeyError) else str(error)
        raise BrokenClaim(f"check {claim.name!r} raised {type(error).__name__}: {missing}") from error
    return None


def _operands(error: AssertionError, source: str) -> str:
    """Explain a bare `assert a <op> b` by the values of both sides."""
    frame, number = list(traceback.walk_tb(error.__traceback__))[-1]
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Assert) and node.lineno <= number <= (node.end_lineno or node.lineno):
            if isinstance(node.test, ast.Compare) and len(node.test.ops) == 1:
                sides = [_evaluated(side, frame) for side in (node.test.left, node.test.comparators[0])]
                return f"{sides[0]}, needs {_OPERATORS.get(type(node.test.ops[0]), 'another relation to')}{sides[1]}"
            return f"this does not hold: {ast.unparse(node.test)}"
    return "this claim does not hold"


_OPERATORS: dict[type, str] = {
    ast.Eq: "", ast.NotEq: "anything but ", ast.Lt: "less than ", ast.LtE: "at most ", ast.Gt: "more than ",
    ast.GtE: "at least ", ast.In: "one of ",
}  # fmt: skip


def _evaluated(node: ast.expr, frame: Any) -> str:
    code = compile(ast.Expression(node), "<assert>", "eval")
    return printing.inline(eval(code, frame.f_globals, frame.f_locals))
