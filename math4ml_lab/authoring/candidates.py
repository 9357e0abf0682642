"""The answers on which an exercise is proven, each as a cell that runs on its own. Pure: the module is only read."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from math4ml_lab import sources
from math4ml_lab.authoring import mutants
from math4ml_lab.lines import Defined, parsed
from math4ml_lab.module_names import ModuleNames

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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
    found = [Candidate("starter", "starter", exercise.starter)]
    if exercise.solution and not unsolved(exercise):
        module = _Module(exercise, source)
        found.append(Candidate("solution", "solution", solution(exercise, source)))
        found += [Candidate("mistake", wrong.name, module.wrong(wrong)) for wrong in exercise.mistakes]
    return found


def mutated(exercise: Exercise, source: str, most: int) -> list[Candidate]:
    """Return up to `most` solutions with one thing changed, from all over the text."""
    if unsolved(exercise):
        return []
    module = _Module(exercise, source)
    return [
        Candidate("mutant", mutant.change, module.alone(module.called(mutant.text)))
        for mutant in mutants.of(exercise.solution, most)
    ]


def solution(exercise: Exercise, source: str) -> str:
    """Return all solutions as a cell that needs no other of the module."""
    module = _Module(exercise, source)
    return module.alone(module.called(exercise.solution))


def own(exercise: Exercise, source: str, names: Sequence[str]) -> tuple[str, set[str]]:
    """Return a cell that defines what a module's top level knows of these names, and which they are."""
    return _Module(exercise, source).own(names)


def solved(exercise: Exercise) -> set[str]:
    """Return the answers that the module has the code of a solution for."""
    return {answer.name for answer in exercise.answers if answer.kind != "any"} if exercise.solution else set()


def unsolved(exercise: Exercise) -> list[str]:
    """Return the answers that only tests are about."""
    return [answer.name for answer in exercise.answers if answer.kind == "any"]


class _Module:
    """What stands at a module's top level, and which of it a text needs to run on its own."""

    def __init__(self, exercise: Exercise, source: str) -> None:
        self._exercise = exercise
        self._kinds = {answer.name: answer.kind for answer in exercise.answers}
        self._source = source
        self._tree = ast.parse(source)
        self._api = ModuleNames(lambda *_: None)
        self._api.read(self._tree)
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

    def own(self, names: Sequence[str]) -> tuple[str, set[str]]:
        """Return the statements that define these names, as far as there are any, and which they are."""
        known = {name for name in names if name in self._helpers}
        nodes = self._needed("\n".join(sorted(known)))
        return "\n\n".join(self._text(node) for node in self._tree.body if node in nodes), known

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
        of = mistake.of or next(answer.name for answer in self._exercise.answers)
        node = next((n for n in self._tree.body if isinstance(n, Defined) and n.name == mistake.name), None)
        if node is None:
            return self._edited(mistake, of)
        text, above = sources.text_of(self._source, node), ""
        if of in used(parsed(text)):  # under the solution's name it would call itself
            text, above = _renamed(text, of, of + RIGHT), _renamed(self._answer(of), of, of + RIGHT)
        is_value = self._kinds[of] == "value"
        text = f"{text}\n\n\n{of} = {_call(node)}" if is_value else _renamed(text, node.name, of)
        texts = [text if name == of else self._answer(name) for name in self._kinds]
        return self.alone("\n\n\n".join(texts), above)

    def _answer(self, name: str) -> str:
        """Return one solution as a learner would write it, in a cell of its own."""
        return self.called(sources.definition(self._source, name, self._solution(name), self._kinds[name]))

    def _solution(self, name: str) -> Defined:
        return next(
            node for node in self._tree.body
            if isinstance(node, Defined) and node.name == name
            and any(self._api.api(decorator) == "solution" for decorator in node.decorator_list)
        )  # fmt: skip

    def called(self, text: str) -> str:
        """Return solutions so that values are no functions: one that returns in several places is called."""
        tree = parsed(text)
        defined = [node for node in tree.body if isinstance(node, ast.FunctionDef)] if tree is not None else []
        made = [node for node in defined if self._kinds.get(node.name) == "value"]
        return "\n\n\n".join([text, *(f"{node.name} = {_call(node)}" for node in made)])

    def _edited(self, mistake: Mistake, of: str) -> str:
        """Return all answers, the one that the mistake is of with one edit."""
        call = next(
            node.value for node in self._tree.body
            if isinstance(node, ast.Assign) and mistake.name in stored(node) and isinstance(node.value, ast.Call)
        )  # fmt: skip
        old, new = ast.literal_eval(next(word.value for word in call.keywords if word.arg == "edit"))
        right = sources.text_of(self._source, self._solution(of))
        edited = _Module(self._exercise, self._source.replace(right, right.replace(old, new, 1), 1))
        return edited.alone("\n\n\n".join(edited._answer(name) for name in self._kinds))


def _call(node: Defined) -> str:
    taken = [] if isinstance(node, ast.ClassDef) else [*node.args.posonlyargs, *node.args.args]
    needed = taken[: len(taken) - len(node.args.defaults)] if not isinstance(node, ast.ClassDef) else []
    return f"{node.name}({', '.join(argument.arg for argument in needed)})"


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
