"""Small changes of a right answer: each should make some claim fail. Pure, nothing is run."""

from __future__ import annotations

import ast
import copy
from typing import TYPE_CHECKING

from msgspec import Struct

from math4ml_lab.lines import parsed

if TYPE_CHECKING:
    from collections.abc import Iterator


class Mutant(Struct, frozen=True):
    """A text with one thing changed, and which: `line 3: + becomes -`."""

    change: str
    text: str


_OPERATORS: dict[type[ast.operator], tuple[type[ast.operator], ...]] = {
    ast.Add: (ast.Sub,), ast.Sub: (ast.Add,), ast.Mult: (ast.Div, ast.Add), ast.Div: (ast.Mult,),
    ast.Pow: (ast.Mult,), ast.FloorDiv: (ast.Mult,), ast.Mod: (ast.FloorDiv,),
}  # fmt: skip
_COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
_DELETED = ast.Assign | ast.AugAssign | ast.Expr


def of(text: str, most: int) -> list[Mutant]:
    """Return up to `most` different mutants of a text, taken evenly from all there are."""
    tree = parsed(text)
    if tree is None:
        return []
    found: dict[str, Mutant] = {}
    same = ast.unparse(tree)
    for index, node in enumerate(ast.walk(tree)):
        for change, altered in _changes(node):
            mutant = _put(tree, index, altered)
            if mutant not in (None, same):
                found.setdefault(str(mutant), Mutant(f"line {getattr(node, 'lineno', 1)}: {change}", str(mutant)))
    every = list(found.values())
    if len(every) <= most:
        return every
    return [every[index * len(every) // most] for index in range(most)]


def _put(tree: ast.Module, index: int, altered: ast.AST) -> str | None:
    """Return the text of a tree whose node number `index` is another one; None for what cannot be written."""
    mutant = copy.deepcopy(tree)
    node = next(node for number, node in enumerate(ast.walk(mutant)) if number == index)
    replaced = _Replace(node, altered).visit(mutant)
    try:
        return ast.unparse(ast.fix_missing_locations(replaced))
    except (AttributeError, ValueError, RecursionError):
        return None


class _Replace(ast.NodeTransformer):
    def __init__(self, node: ast.AST, by: ast.AST) -> None:
        self._node = node
        self._by = by

    def visit(self, node: ast.AST) -> ast.AST:
        return self._by if node is self._node else self.generic_visit(node)


def _changes(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:  # noqa: C901, PLR0912 (a table)
    """Yield what a node could be instead, in words and as a node."""
    match node:
        case ast.BinOp(op=ast.MatMult()):
            yield "the factors of @ change places", ast.BinOp(node.right, ast.MatMult(), node.left)
        case ast.BinOp() | ast.AugAssign():
            for sign in _OPERATORS.get(type(node.op), ()):
                yield f"{_sign(node.op)} becomes {_sign(sign())}", _with(node, op=sign())
        case ast.Compare(ops=[op]) if type(op) in _COMPARISONS:
            relation = _COMPARISONS[type(op)]()
            yield f"{_relation(op)} becomes {_relation(relation)}", _with(node, ops=[relation])
        case ast.BoolOp():
            is_and = isinstance(node.op, ast.And)
            yield (
                ("and becomes or", _with(node, op=ast.Or()))
                if is_and
                else ("or becomes and", _with(node, op=ast.And()))
            )
        case ast.UnaryOp(op=ast.USub() | ast.Not()):
            yield f"{ast.unparse(node)} becomes {ast.unparse(node.operand)}", node.operand
        case ast.Constant(value=bool() as truth):
            yield f"{truth} becomes {not truth}", ast.Constant(not truth)
        case ast.Constant(value=int() | float() as number):
            yield f"{number} becomes {number + 1}", ast.Constant(number + 1)
        case ast.Attribute(attr="T"):
            yield ".T is left out", node.value
        case ast.Slice():
            yield from _slices(node)
        case ast.Call():
            yield from _calls(node)
        case ast.If() | ast.IfExp() | ast.While():
            yield "the condition is reversed", _with(node, test=ast.UnaryOp(ast.Not(), node.test))
        case ast.FunctionDef() | ast.For():
            yield from _without(node)
        case ast.Return(value=ast.expr() as value):
            yield "the result is negated", ast.Return(ast.UnaryOp(ast.USub(), value))
            yield "the result is 1 more", ast.Return(ast.BinOp(value, ast.Add(), ast.Constant(1)))
        case _:
            pass


def _slices(node: ast.Slice) -> Iterator[tuple[str, ast.AST]]:
    for bound in ("lower", "upper", "step"):
        if getattr(node, bound) is not None:
            yield f"the slice {ast.unparse(node)} loses its {bound} bound", _with(node, **{bound: None})


def _calls(node: ast.Call) -> Iterator[tuple[str, ast.AST]]:
    name = ast.unparse(node.func)
    if isinstance(node.func, ast.Name):
        twice = ast.Tuple([node, copy.deepcopy(node)], ast.Load())
        yield f"{name}(…) is called twice", ast.Subscript(twice, ast.Constant(1), ast.Load())
    if len(node.args) == 1 and not isinstance(node.args[0], ast.Starred):
        yield f"{name}(…) is left out", node.args[0]
    elif isinstance(node.func, ast.Attribute) and not node.args and not isinstance(node.func.value, ast.Name):
        yield f".{node.func.attr}() is left out", node.func.value
    if len(node.args) == 2 and not any(isinstance(argument, ast.Starred) for argument in node.args):  # noqa: PLR2004
        yield f"the arguments of {name} change places", _with(node, args=node.args[::-1])
    for index, keyword in enumerate(node.keywords):
        rest = [*node.keywords[:index], *node.keywords[index + 1 :]]
        yield f"{name} loses {ast.unparse(keyword)}", _with(node, keywords=rest)


def _without(node: ast.FunctionDef | ast.For) -> Iterator[tuple[str, ast.AST]]:
    for index, statement in enumerate(node.body):
        if isinstance(statement, _DELETED) and len(node.body) > 1:
            text = ast.unparse(statement).splitlines()[0]
            yield f"`{text}` is left out", _with(node, body=[*node.body[:index], *node.body[index + 1 :]])


def _with(node: ast.AST, **fields: object) -> ast.AST:
    other = copy.copy(node)
    for name, value in fields.items():
        setattr(other, name, value)
    return other


def _sign(op: ast.operator) -> str:
    return ast.unparse(ast.BinOp(ast.Name("a"), op, ast.Name("b"))).strip("ab").strip()


def _relation(op: ast.cmpop) -> str:
    return ast.unparse(ast.Compare(ast.Name("a"), [op], [ast.Name("b")])).strip("ab").strip()
