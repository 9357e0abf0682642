"""The answers on which an exercise is proven, each as a cell that runs on its own. Pure: the module is only read."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from math4ml_lab import sources
from math4ml_lab.authoring import mutants
from math4ml_lab.lines import Defined, parsed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from math4ml_lab.course import Exercise, Mistake

Kind = Literal["starter", "solution", "mistake", "mutant"]
RIGHT = "_right"
"""What is added to a solution's name where a mistake calls the solution."""

_OURS = "math4ml_lab"


class Candidate(Struct, frozen=True):
    """One answer: `name` is the mistake's, or says what was changed; `text` is a cell that needs no other."""

    kind: Kind
    name: str
    text: str


def candidates(exercise: Exercise, source: str) -> list[Candidate]:
    """Return starter, solution and mistakes; the starter first, while none of its names is defined."""
    module = _Module(exercise, source)
    found = [Candidate("starter", "starter", exercise.starter)]
    if exercise.solution:
        found.append(Candidate("solution", "solution", module.alone(exercise.solution)))
        found += [Candidate("mistake", wrong.name, module.wrong(wrong)) for wrong in exercise.mistakes]
    return found


def mutated(exercise: Exercise, source: str, most: int) -> list[Candidate]:
    """Return up to `most` solutions with one thing changed, from all over the text."""
    module = _Module(exercise, source)
    return [
        Candidate("mutant", mutant.change, module.alone(mutant.text)) for mutant in mutants.of(exercise.solution, most)
    ]


class _Module:
    """What stands at a module's top level, and which of it a text needs to run on its own."""

    def __init__(self, exercise: Exercise, source: str) -> None:
        self._exercise = exercise
        self._source = source
        self._tree = ast.parse(source)
        self._helpers = dict(self._defining())

    def _defining(self) -> Iterator[tuple[str, ast.stmt]]:
        mistakes = {mistake.name for mistake in self._exercise.mistakes}
        answers = {answer.name for answer in self._exercise.answers}
        for node in self._tree.body:
            if isinstance(node, Defined):
                # A decorated helper keeps its decorators; what is decorated by us is a mistake that another one calls.
                if node.name in mistakes or (node.name not in answers and not node.decorator_list):
                    yield node.name, node
            elif not (isinstance(node, ast.ImportFrom) and (node.module or "").startswith(_OURS)):
                yield from ((name, node) for name in stored(node) - mistakes)

    def alone(self, text: str, above: str = "") -> str:
        """Return a text below what it needs of the module."""
        needed = self._needed(f"{above}\n{text}")
        parts = [self._text(node) for node in self._tree.body if node in needed]
        return "\n\n".join(part for part in (*parts, above, text) if part)

    def _needed(self, text: str) -> set[ast.stmt]:
        open_, found = [parsed(text)], set()
        while open_:
            tree = open_.pop()
            for name in used(tree) if tree is not None else ():
                node = self._helpers.get(name)
                if node is not None and node not in found:
                    found.add(node)
                    open_.append(ast.Module([node], []))
        return found

    def _text(self, node: ast.stmt) -> str:
        if isinstance(node, Defined):
            return sources.text_of(self._source, node)
        return ast.get_source_segment(self._source, node) or ""

    # -- Mistakes --

    def wrong(self, mistake: Mistake) -> str:
        """Return all answers, the one that the mistake is of as the mistake has it."""
        of = mistake.of or self._exercise.answers[0].name
        node = next((n for n in self._tree.body if isinstance(n, Defined) and n.name == mistake.name), None)
        if node is None:
            return self.alone(self._edited(mistake))
        names = [answer.name for answer in self._exercise.answers]
        others = "\n\n".join(self._answer(name) for name in names if name != of)
        text, above = sources.text_of(self._source, node), ""
        if of in used(parsed(text)):  # under the solution's name it would call itself
            text, above = _renamed(text, of, of + RIGHT), _renamed(self._answer(of), of, of + RIGHT)
        kind = next(answer.kind for answer in self._exercise.answers if answer.name == of)
        if kind == "value":
            taken = [] if isinstance(node, ast.ClassDef) else node.args.args
            arguments = ", ".join(argument.arg for argument in taken)
            text = f"{text}\n\n\n{of} = {node.name}({arguments})"
        else:
            text = _renamed(text, node.name, of)
        return self.alone(text, "\n\n\n".join(part for part in (others, above) if part))

    def _answer(self, name: str) -> str:
        kind = next(answer.kind for answer in self._exercise.answers if answer.name == name)
        node = next(n for n in self._tree.body if isinstance(n, Defined) and n.name == name)
        return sources.solution(self._source, {name: (node, kind)})

    def _edited(self, mistake: Mistake) -> str:
        """Return the solutions after an edit, which may be of a helper."""
        call = next(
            node.value for node in self._tree.body
            if isinstance(node, ast.Assign) and mistake.name in stored(node) and isinstance(node.value, ast.Call)
        )  # fmt: skip
        old, new = ast.literal_eval(next(word.value for word in call.keywords if word.arg == "edit"))
        head, mark, body = self._source.partition("@solution")
        edited = _Module(self._exercise, head + mark + body.replace(old, new, 1))
        answers = "\n\n\n".join(edited._answer(answer.name) for answer in self._exercise.answers)
        return edited.alone(answers)


def _renamed(text: str, old: str, new: str) -> str:
    return re.sub(rf"(?<![.\w]){re.escape(old)}\b", new, text)


def stored(node: ast.AST) -> set[str]:
    """Return the names that a statement binds at its own level, or below an `if`, `for`, `with` or `try`."""
    names = {
        alias.asname or alias.name.partition(".")[0] for alias in getattr(node, "names", ()) if hasattr(alias, "name")
    }
    if isinstance(node, Defined):
        return {node.name}
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
        return {node.id}
    inner = () if isinstance(node, ast.Lambda | ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp) else (
        ast.iter_child_nodes(node)
    )  # fmt: skip
    return names.union(*(stored(child) for child in inner))


def used(tree: ast.AST | None) -> set[str]:
    """Return the names that stand anywhere in a tree."""
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)} if tree is not None else set()
