"""Random numbers in tests: which are drawn without a seed, and where a right answer may fail by rounding."""

from __future__ import annotations

import ast

from math4ml_lab.importing import names

_CALLS = frozenset(("less_equal", "greater_equal", "equal"))
ROOM = 1e-9
"""How far apart, in parts of the right side, two numbers may be that are equal but for rounding."""
_SIGNS = {"less_equal": "+", "LtE": "+", "greater_equal": "-", "GtE": "-"}
_OPERATORS = {"LtE": "<=", "GtE": ">="}
_SHAPES = frozenset(("shape", "ndim", "size", "dtype"))


def unseeded(program: str) -> bool:
    """Tell whether a program draws random numbers and never sets a seed."""
    tree = names.parse(program)
    if tree is None:
        return False
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return any(_draws(call) for call in calls) and not any(_seeds(call) for call in calls)


def flaky(program: str) -> list[str]:
    """Return the comparisons that may fail for a right answer.

    These hold at equality too, and are of two numbers that both come from the answer, one of them through a result of
    the answer's own: such numbers may meet, and then rounding decides.
    """
    tree = names.parse(program)
    if tree is None or not unseeded(program):
        return []
    found: list[str] = []
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
                    found.append(ast.unparse(one))
    return found


def eased(code: str, comparisons: list[str]) -> str:
    """Return code in which these comparisons hold within rounding too."""
    tree = names.parse(code)
    if tree is None or not comparisons:
        return code
    ease = _Ease(comparisons)
    changed = ease.visit(tree)
    return ast.unparse(changed) if ease.done else code


class _Ease(ast.NodeTransformer):
    """Gives the right side of a comparison some room."""

    def __init__(self, comparisons: list[str]) -> None:
        self.comparisons = comparisons
        self.done = False

    def visit(self, node: ast.AST) -> ast.AST:
        """Return the node, with room where it is one of the comparisons."""
        sides = _sides(node)
        if not sides or ast.unparse(node) not in self.comparisons:
            visited: ast.AST = super().visit(node)
            return visited
        left, right = map(ast.unparse, sides)
        is_call = isinstance(node, ast.Call)
        word = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
        kind = (
            word.rpartition(".")[2] if is_call else type(node.ops[0]).__name__ if isinstance(node, ast.Compare) else ""
        )
        self.done = True
        if kind not in _SIGNS:
            text = f"abs({left} - {right}) <= {ROOM:g} * abs({right})"
        else:
            room = f"{right} {_SIGNS[kind]} {ROOM:g} * abs({right})"
            text = f"{word}({left}, {room})" if is_call else f"{left} {_OPERATORS[kind]} {room}"
        return ast.parse(text, mode="eval").body


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
