"""The author's checks: each is a function that asserts one claim about a result."""

from __future__ import annotations

import ast
import traceback
from typing import TYPE_CHECKING, Any, Callable

from math4ml_lab import exercise
from math4ml_lab.kernel import printing

if TYPE_CHECKING:
    from math4ml_lab.kernel.answered import Answered, Result
    from math4ml_lab.kernel.definition import Claim


class BrokenClaim(Exception):
    """An author's check raised something that is no assertion."""


def per_row(one: Answered, claim: Claim) -> bool:
    """Tell whether a check asks for anything that differs from row to row."""
    return bool(set(claim.parameters) & {*one.reference.rows[0], "got", "calls"})


def test(one: Answered, claim: Claim) -> Callable[[Result], str | None]:
    """Return the claim as a test of one result, which gives the measurement where it does not hold."""

    def holds(result: Result) -> str | None:
        known = {**result.row, **claim.overrides, "got": result.raw, "calls": dict(result.calls)}
        for name in claim.parameters:
            if name not in known:
                raise BrokenClaim(f"check {claim.name!r} asks for {name!r}, which is no input")
        try:
            claim.function(**{name: known[name] for name in claim.parameters})
        except exercise.ClaimFails as fails:
            return str(fails)
        except AssertionError as fails:
            return str(fails) or _operands(fails, one.reference.source)
        except Exception as error:
            if one.view is None and "got" in known and _works({**known, "got": result.wanted.value}, claim):
                return f"on this result the claim cannot be tried: {type(error).__name__}: {error}"
            raise BrokenClaim(f"check {claim.name!r} raised {type(error).__name__}: {error}") from error
        return None

    return holds


def _works(known: dict[str, Any], claim: Claim) -> bool:
    """Tell whether a check comes to an end on the right result: then what it met is the answer's doing."""
    try:
        claim.function(**{name: known[name] for name in claim.parameters})
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
