"""What the functions of a module ask for by their parameters' names, and who gives it: inputs, answers, other cells."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from msgspec import Struct

from math4ml_lab.kernel.around import SPECIAL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from math4ml_lab.lines import Defined

SCENE = frozenset(("printed", "figures"))
"""What a check can only know where the cell's run was watched."""


class Asking(Struct, frozen=True):
    """A solution or a check: the parameters that have to be given, those that it overrides, all by name."""

    what: str
    line: int
    needs: tuple[str, ...]
    overrides: tuple[str, ...] = ()


def asking(what: str, node: Defined, overrides: Iterable[str] = ()) -> Asking:
    """Return what a function asks for; parameters with a default, and classes, ask for nothing."""
    if isinstance(node, ast.ClassDef):
        return Asking(what, node.lineno, ())
    plain = [argument.arg for argument in (*node.args.posonlyargs, *node.args.args)]
    needs = plain[: len(plain) - len(node.args.defaults)]
    only = zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True)
    needs += [argument.arg for argument, default in only if default is None]
    return Asking(what, node.lineno, tuple(needs), tuple(overrides))


class Given:
    """Who gives what in one module: `calls` are its `inputs(...)`, `names` come from elsewhere by its own word."""

    def __init__(self, calls: list[ast.Call], answers: Iterable[str], names: Iterable[str]) -> None:
        keywords = [word for call in calls for node in ast.walk(call) for word in getattr(node, "keywords", ())]
        self.has_inputs = bool(calls)
        self.inputs = {word.arg for word in keywords if word.arg is not None}
        # What is unpacked into a call, or made elsewhere, is not known before it runs.
        self.is_open = any(word.arg is None for word in keywords) or any(call.args for call in calls if _is_made(call))
        self.answers = set(answers)
        self.names = list(names)

    def elsewhere(self, solutions: Iterable[Asking], checks: Iterable[Asking]) -> list[str]:
        """Return the names that other cells of the notebook have to define."""
        asked = list(self.names)
        if not self.has_inputs:
            asked += [name for one in solutions for name in one.needs]
            asked += [name for one in checks for name in self._unknown(one)]
        return list(dict.fromkeys(asked))

    def look(
        self, solutions: Iterable[Asking], checks: Iterable[Asking], note: Callable[[int, str, str], None]
    ) -> None:
        """Note what nobody gives; without inputs, other cells give what is not there."""
        if not self.has_inputs or self.is_open:
            return
        told = ", ".join(sorted(self.inputs)) or "none"
        for one in solutions:
            for name in one.needs:
                if name not in self.inputs:
                    note(
                        one.line,
                        f"inputs(...) gives no {name!r}, which {one.what} takes",
                        f"add {name}=… to inputs(...)",
                    )
        for one in checks:
            for name in self._unknown(one):
                fix = f"inputs are {told}; names of other cells are given by exercise(names=[...])"
                note(one.line, f"{one.what} asks for {name!r}, which is no input", fix)

    def _unknown(self, one: Asking) -> list[str]:
        known = {*self.inputs, *self.answers, *self.names, *SPECIAL, *one.overrides}
        return [name for name in one.needs if name not in known]


def _is_made(call: ast.Call) -> bool:
    """Tell whether rows come from anything but calls that stand there."""
    return not all(isinstance(argument, ast.Call) for argument in call.args)


def wants_scene(checks: Iterable[Asking], given: Given) -> bool:
    """Tell whether a check looks at what the cell printed or drew; of functions it is what they print when called."""
    asked = {name for one in checks for name in one.needs} & SCENE
    return bool(asked - ({"printed"} if given.has_inputs else set()))


def inputs_of(node: Defined | None, given: Mapping[str, object] | set[str]) -> dict[str, str | None]:
    """Return the inputs that a learner can choose for an answer, with their defaults' text: its generator is none."""
    if not isinstance(node, ast.FunctionDef):
        return {}
    plain = [*node.args.posonlyargs, *node.args.args]
    defaults = [*[None] * (len(plain) - len(node.args.defaults)), *map(ast.unparse, node.args.defaults)]
    taken = {argument.arg: default for argument, default in zip(plain, defaults, strict=True)}
    taken |= {node.args.vararg.arg: None} if node.args.vararg else {}
    return {name: default for name, default in taken.items() if name in given and name != "rng"}
