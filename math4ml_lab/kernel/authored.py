"""The author's checks: each is a function that asserts one claim about a result."""

from __future__ import annotations

import ast
import traceback
from typing import TYPE_CHECKING, Any, Callable

from math4ml_lab import exercise
from math4ml_lab.kernel import plain_words, printing, running
from math4ml_lab.kernel.answered import ENDS
from math4ml_lab.kernel.around import OF_THE_CELL, Misuse
from math4ml_lab.kernel.definition import Raised
from math4ml_lab.kernel.values import Seed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from math4ml_lab.kernel.answered import Answered, Result
    from math4ml_lab.kernel.definition import Claim


class BrokenClaim(Exception):
    """An author's check raised something that is no assertion: at which `line` of the module, and what mends it."""

    def __init__(self, message: str, line: int | None, fix: str) -> None:
        super().__init__(message)
        self.line = line
        self.fix = fix


def per_row(one: Answered, claim: Claim) -> bool:
    """Tell whether a check asks for anything that differs from row to row."""
    return bool(set(claim.parameters) & {*one.reference.rows[0], "got", "calls", "printed", "lines_run"})


def test(one: Answered, claim: Claim) -> Callable[[Result], str | None]:
    """Return the claim as a test of one result, which gives the measurement where it does not hold."""

    def holds(result: Result) -> str | None:
        given = {**result.row, **claim.overrides}
        known = {**one.around.known(claim, result), **{name: _made(value) for name, value in given.items()}}
        if "lines_run" in claim.parameters and "lines_run" not in known:
            known["lines_run"] = one.lines_run(result)
        for name in claim.parameters:
            if name not in known and name not in claim.optional:
                told = f"check {claim.name!r} asks for {name!r}, which is no input"
                raise BrokenClaim(told, running.defined(one.reference.source, claim.name), "ask for what there is")
        text: str | None = None
        try:
            _call(claim, known)
        except ENDS:
            raise
        except Exception as error:
            text = _measured(error, one, claim, lambda: _works_on_right(known, one, result, claim))
        if one.around.ended is not None:
            raise one.around.ended
        return text

    return holds


def _call(claim: Claim, known: Mapping[str, Any]) -> None:
    with running.Piece(f"check {claim.name!r}", claim.name):
        claim.function(**{name: known[name] for name in claim.parameters if name in known})


def _works_on_right(known: Mapping[str, Any], one: Answered, result: Result, claim: Claim) -> bool:
    """Tell whether a check comes to an end on the right result: then what it met is the answer's doing."""
    of_answers: dict[str, Any] = {"got": result.wanted.value}
    if one.view is not None and "got" in claim.parameters:  # what is known of the right one is the view of it
        if one.reference.recorded is not None:
            return True  # nothing more is known here; the check was proven before its solution was taken out
        try:
            of_answers["got"] = one.reference.unviewed(one.name, {**result.row, **claim.overrides})
        except Exception:
            return False
    for name, function in one.reference.definition.solutions.items():
        is_function = one.reference.answers[name].callable
        of_answers[name] = function if is_function else one.reference.solution[name][0].value
    if not known.keys() & of_answers.keys():
        return False
    return _ends({name: of_answers.get(name, value) for name, value in known.items()}, claim)


def _measured(error: Exception, one: Answered, claim: Claim, works: Callable[[], bool]) -> str:
    """Return what an exception of a check says of the answer; `works` tells whether a right one has none.

    Raise BrokenClaim where the check is to blame.
    """
    if isinstance(error, AssertionError):
        told = str(error)
        return told if told or isinstance(error, exercise.ClaimFails) else _operands(error, one.reference.source)
    if isinstance(error, Raised):
        return f"it raised {plain_words.told(error.told['type'], error.told['message'])}"
    what = f"{type(error).__name__}: {error}"
    if isinstance(error, Misuse):
        raise _broken(one, claim, error) from error
    if set(claim.parameters) & {*OF_THE_CELL, *one.reference.elsewhere}:
        return f"on this cell the claim cannot be tried: {what}"  # what a right one is, nobody knows here
    if works():
        return f"on this result the claim cannot be tried: {what}"
    raise _broken(one, claim, error) from error


def _broken(one: Answered, claim: Claim, error: Exception) -> BrokenClaim:
    at = running.raised_at(error.__traceback__, one.reference.name)
    line = at if at is not None else running.defined(one.reference.source, claim.name)
    return BrokenClaim(f"check {claim.name!r} raised {type(error).__name__}: {error}", line, "mend the check")


def _made(value: Any) -> Any:
    """Return an input as a check gets it: a fresh generator for a seed."""
    return value.generator() if isinstance(value, Seed) else value


def _ends(known: Mapping[str, Any], claim: Claim) -> bool:
    """Tell whether a check comes to an end, whatever it says."""
    try:
        _call(claim, known)
    except AssertionError:
        return True
    except Exception:
        return False
    return True


RELATIONS: dict[type, str] = {
    ast.Eq: "", ast.NotEq: "anything but ", ast.Lt: "less than ", ast.LtE: "at most ", ast.Gt: "more than ",
    ast.GtE: "at least ", ast.In: "one of ",
}  # fmt: skip
"""What stands before the right side of a comparison that has to hold."""


def _operands(error: AssertionError, source: str) -> str:
    """Explain a bare `assert a <op> b` by the values of both sides."""
    frame, number = list(traceback.walk_tb(error.__traceback__))[-1]
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Assert) and node.lineno <= number <= (node.end_lineno or node.lineno):
            if isinstance(node.test, ast.Compare) and len(node.test.ops) == 1:
                sides = [_evaluated(side, frame) for side in (node.test.left, node.test.comparators[0])]
                return f"{sides[0]}, needs {RELATIONS.get(type(node.test.ops[0]), 'another relation to ')}{sides[1]}"
            return f"this does not hold: {ast.unparse(node.test)}"
    return "this claim does not hold"


def _evaluated(node: ast.expr, frame: Any) -> str:
    code = compile(ast.Expression(node), "<assert>", "eval")
    return printing.inline(eval(code, frame.f_globals, frame.f_locals))
