"""The last hints of an exercise: a solution's lines to be put in order, or told from wrong ones, then the solution."""

from __future__ import annotations

import ast
import random
import re
import textwrap
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from msgspec import Struct

from math4ml_lab.lines import Defined, code_lines, misplaced, parsed, without_docstrings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

FEW = 4
"""With fewer lines than these below its `def`, a solution is no puzzle to arrange: each line is chosen."""
WRONG_LINES = 3
"""How many wrong lines stand beside a right one, at most."""

_WORD = re.compile(r"[^\W\d]\w*")


class Puzzle(Struct, frozen=True):
    """Lines in the order in which they are shown (`order`), or `slots` with what may stand there (`choose`).

    `right` are the lines of the solution.
    """

    right: list[str]
    lines: list[str] = []
    slots: list[list[str]] = []


def shuffled(lines: Sequence[str], seed: str) -> list[str]:
    """Return the lines in an order that is not right, where there is one; the same each time."""
    chance = random.Random(seed)  # noqa: S311 (no secret)
    found = list(lines)
    for _ in range(20):
        chance.shuffle(found)
        if misplaced(lines, found):
            return found
    return found[::-1] if misplaced(lines, found[::-1]) else found


def puzzle(solution: str, mistakes: Sequence[str], seed: str) -> Puzzle:
    """Return the puzzle that a solution makes, with the texts of its mistakes."""
    lines = code_lines(solution)
    heads = sum(isinstance(node, Defined) for node in getattr(parsed(solution), "body", []))
    if len(lines) - heads >= FEW:
        return Puzzle(right=lines, lines=shuffled(lines, seed))
    right = _unparsed(solution)
    return Puzzle(right=right, slots=_slots(right, solution, mistakes, random.Random(seed)))  # noqa: S311 (no secret)


def _unparsed(text: str) -> list[str]:
    """Return the lines of a text, all written in one and the same way."""
    tree = parsed(text)
    return [] if tree is None else [line for line in ast.unparse(without_docstrings(tree)).splitlines() if line]


def _slots(right: list[str], solution: str, mistakes: Sequence[str], chance: random.Random) -> list[list[str]]:
    wrong = [_unparsed(_renamed(text, solution)) for text in mistakes]
    slots = []
    for place, line in enumerate(right):
        options = list(dict.fromkeys([*_instead(place, right, wrong), *_changed(line)]))[:WRONG_LINES]
        if line.lstrip().startswith(("def ", "class ", "@", "else:", "try:")):
            options = []  # nothing is decided there
        slot = [line, *options]
        chance.shuffle(slot)
        slots.append(slot)
    return slots


def _instead(place: int, right: list[str], wrong: Sequence[list[str]]) -> Iterator[str]:
    """Yield what the mistakes have in the place of a line."""
    depth, known = _depth(right[place]), set(_WORD.findall("\n".join(right)))
    for lines in wrong:
        for step, first, last, start, end in SequenceMatcher(None, right, lines, autojunk=False).get_opcodes():
            if step == "replace" and first <= place < last and place - first < end - start:
                line = lines[start + place - first]
                helpers = {word for word in _WORD.findall(line) if word.startswith("_")}
                if _depth(line) == depth and line not in right and helpers <= known and _is_like(line, right[place]):
                    yield line


def _is_like(line: str, right: str) -> bool:
    """Tell whether two lines are statements of one kind: anything else would be seen at a glance."""
    return line.split(maxsplit=1)[:1] == right.split(maxsplit=1)[:1] or ("=" in line and "=" in right)


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip())


def _renamed(text: str, solution: str) -> str:
    """Return a mistake with the solution's names for itself and for its parameters: they would give it away."""
    tree, model = parsed(text), parsed(solution)
    mine = next(iter(tree.body), None) if tree is not None else None
    if tree is None or not isinstance(mine, ast.FunctionDef):
        return text
    same = [node for node in getattr(model, "body", []) if isinstance(node, ast.FunctionDef)]
    theirs = next((node for node in same if node.name == mine.name), next(iter(same), None))
    if theirs is not None:
        names = {mine.name: theirs.name}
        names.update((a.arg, b.arg) for a, b in zip(mine.args.args, theirs.args.args, strict=False))
        for node in ast.walk(mine):
            if isinstance(node, ast.Name):
                node.id = names.get(node.id, node.id)
            elif isinstance(node, ast.arg):
                node.arg = names.get(node.arg, node.arg)
        mine.name = theirs.name
        mine.args = theirs.args
    return ast.unparse(tree)


# -- Wrong lines where no mistake has one ------------------------------------------------------------------


class _OneChange(ast.NodeTransformer):
    """Changes the node with a number, where that is a node to be changed."""

    def __init__(self, change: Callable[[ast.AST], ast.AST | None], number: int) -> None:
        self.change = change
        self.left = number
        self.is_done = False

    def visit_keyword(self, node: ast.keyword) -> ast.AST:
        """Leave a switch (`full_matrices=True`) as it is: the other way round the line is often right as well."""
        is_switch = isinstance(node.value, ast.Constant) and isinstance(node.value.value, bool)
        return node if is_switch else self.generic_visit(node)

    def generic_visit(self, node: ast.AST) -> ast.AST:
        """Count the node, change it if it is its turn, and go on below it."""
        self.left -= 1
        if self.left == -1 and (instead := self.change(node)) is not None:
            self.is_done = True
            return instead
        return super().generic_visit(node)


def _changed(line: str) -> Iterator[str]:
    """Yield the line with one small change each, the surest to be wrong first."""
    indent, text = line[: _depth(line)], line.strip()
    is_block = text.endswith(":")
    whole = f"{text}\n    pass" if is_block else text
    tree = parsed(whole)  # `return` and the like parse anywhere
    count = sum(1 for _ in ast.walk(tree)) if tree is not None else 0
    for change in (_other_operator, _other_axis, _other_comparison, _other_constant, _untransposed, _negated):
        for number in range(count):
            one = _OneChange(change, number)
            tree = one.visit(ast.parse(whole))
            if one.is_done:
                told = ast.unparse(ast.fix_missing_locations(tree))
                yield textwrap.indent(told.splitlines()[0] if is_block else told, indent)


_OPERATORS: dict[type[ast.operator], type[ast.operator] | None] = {
    ast.Add: ast.Sub, ast.Mult: ast.Add, ast.MatMult: ast.Mult,
    ast.Sub: None, ast.Div: None, ast.Pow: None, ast.FloorDiv: None, ast.Mod: None,
}  # fmt: skip
"""What stands instead of an operator; None: its operands change sides."""
_COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.GtE, ast.LtE: ast.Gt, ast.Gt: ast.LtE, ast.GtE: ast.Lt,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip


def _other_operator(node: ast.AST) -> ast.AST | None:
    if not isinstance(node, ast.BinOp) or type(node.op) not in _OPERATORS:
        return None
    instead = _OPERATORS[type(node.op)]
    if instead is None:
        return ast.BinOp(node.right, node.op, node.left)
    return ast.BinOp(node.left, instead(), node.right)


def _other_axis(node: ast.AST) -> ast.AST | None:
    if isinstance(node, ast.keyword) and node.arg == "axis" and isinstance(node.value, ast.Constant):
        return ast.keyword("axis", ast.Constant(1 if node.value.value == 0 else 0))
    return None


def _other_comparison(node: ast.AST) -> ast.AST | None:
    if isinstance(node, ast.Compare) and type(node.ops[0]) in _COMPARISONS:
        return ast.Compare(node.left, [_COMPARISONS[type(node.ops[0])](), *node.ops[1:]], node.comparators)
    return None


def _other_constant(node: ast.AST) -> ast.AST | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, bool):
        return ast.Constant(not node.value)
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        return ast.Constant(node.value + 1)
    return None


def _untransposed(node: ast.AST) -> ast.AST | None:
    return node.value if isinstance(node, ast.Attribute) and node.attr == "T" else None


def _negated(node: ast.AST) -> ast.AST | None:
    if isinstance(node, ast.IfExp):
        return ast.IfExp(node.test, node.orelse, node.body)
    if isinstance(node, ast.Return | ast.Assign) and isinstance(node.value, ast.Name | ast.Call | ast.Subscript):
        node.value = ast.UnaryOp(ast.USub(), node.value)
        return node
    return None
