"""Random numbers in tests: which are drawn without a seed, and where a right answer may fail by rounding."""

from __future__ import annotations

import ast

from math4ml_lab.importing import names

_CALLS = frozenset(("less_equal", "greater_equal", "equal", "array_equal"))
_SHAPES = frozenset(("shape", "ndim", "size", "dtype"))


def unseeded(program: str) -> bool:
    """Tell whether a program draws random numbers and never sets a seed."""
    tree = names.parse(program)
    if tree is None:
        return False
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return any(_draws(call) for call in calls) and not any(_seeds(call) for call in calls)


def flaky(program: str) -> str:
    """Say which comparison may fail for a right answer, "" for none.

    It is one that holds at equality too, of two numbers that both come from the answer, one of them through a result of
    the answer's own: such numbers may meet, and then rounding decides.
    """
    tree = names.parse(program)
    if tree is None or not unseeded(program):
        return ""
    answered = set(names.reads(tree.body))  # what the program neither binds nor imports is the notebook's
    depth: dict[str, int] = {}
    drawn: set[str] = set()
    for node in tree.body:
        value = getattr(node, "value", None)
        if isinstance(node, ast.Assign) and value is not None:
            for name in names.binds([node]):
                depth[name] = _depth(value, answered, depth)
                if _is_drawn(value, drawn):
                    drawn.add(name)
        for one in ast.walk(node):
            sides = _sides(one)
            if sides and all(_depth(side, answered, depth) for side in sides):
                twice = any(_depth(side, answered, depth) > 1 for side in sides)
                if twice and any(_is_drawn(side, drawn) for side in sides):
                    return f"`{ast.unparse(one)}` compares two results exactly, on random numbers without a seed"
    return ""


def _is_drawn(node: ast.AST, drawn: set[str]) -> bool:
    return any(
        (isinstance(one, ast.Name) and one.id in drawn) or (isinstance(one, ast.Call) and _draws(one))
        for one in ast.walk(node)
    )


def _sides(node: ast.AST) -> list[ast.expr]:
    match node:
        case ast.Compare(left=left, ops=[ast.LtE() | ast.GtE() | ast.Eq()], comparators=[right]):
            return [left, right]
        case ast.Call(func=ast.Attribute(attr=name), args=[left, right]) if name in _CALLS:
            return [left, right]
    return []


def _depth(node: ast.AST, answered: set[str], known: dict[str, int]) -> int:
    """Return how often the answer is applied to what it gave: 0 where a value has nothing to do with it."""
    if isinstance(node, ast.Attribute) and node.attr in _SHAPES:
        return 0
    if isinstance(node, ast.Name):
        return known.get(node.id, 0)
    below = max((_depth(child, answered, known) for child in ast.iter_child_nodes(node)), default=0)
    is_answer = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in answered
    return below + is_answer


def _draws(call: ast.Call) -> bool:
    parts = ast.unparse(call.func).split(".")
    if parts[-1] in {"seed", "SeedSequence", "set_state", "RandomState", "Generator"}:
        return False
    return ("random" in parts[:-1] or parts[0] == "random") and parts[-1] != "default_rng"


def _seeds(call: ast.Call) -> bool:
    name = ast.unparse(call.func).split(".")[-1]
    return name in {"seed", "RandomState", "default_rng", "manual_seed", "set_state"} and bool(
        call.args or call.keywords
    )
