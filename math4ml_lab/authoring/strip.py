"""A module without its answers: for a learner's edition that is to hold none. Pure, the module is only read.

What stays is read by the same reader: titles, ladders, signatures, inputs, the checks that are not hidden, symptoms,
views, and what these need. Solutions and mistakes keep their names and parameters; what they do is recorded elsewhere.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from msgspec import Struct

from math4ml_lab import sources
from math4ml_lab.authoring.candidates import stored, used
from math4ml_lab.lines import Defined, parsed
from math4ml_lab.module_names import SCRIPTS
from math4ml_lab.question_reader import QUESTIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from math4ml_lab.course import Exercise

_MODULE = "math4ml_lab.exercise"
_SHOWS_CODE = ("breaks", "spot")
"""Questions that show a mistake, or need the solution for an answer to be judged."""


class Stripped(Struct, frozen=True):
    """The module's text, what was `left_out` of it, and which functions `stay` that a solution or a mistake uses."""

    text: str
    left_out: list[str]
    stay: list[str]


def strip(source: str, exercise: Exercise, *, solutions: bool, hidden: bool) -> Stripped:
    """Return a module without the code of its solutions and mistakes, without its hidden checks, or both."""
    return _Stripping(source, exercise, solutions=solutions, hidden=hidden).done()


class _Stripping:
    def __init__(self, source: str, exercise: Exercise, *, solutions: bool, hidden: bool) -> None:
        self._source = source
        self._tree = ast.parse(source)
        self._solutions = {answer.name for answer in exercise.answers} if solutions else set()
        self._mistakes = {mistake.name for mistake in exercise.mistakes} if solutions else set()
        self._checks = {check.name for check in exercise.checks}
        self._hidden = {check.name for check in exercise.checks if check.hidden} if hidden else set()
        self._without_solutions = solutions
        self._left_out: list[str] = []
        self._scripts = 0
        self._api = _Api(self._tree)

    def done(self) -> Stripped:
        """Return the result."""
        texts = {node: text for node in self._tree.body if (text := self._text_of(node)) is not None}
        texts = self._needed(texts)
        is_set = any(self._called(node) == "exercise" for node in texts)
        if self._without_solutions and not is_set:
            texts = self._with_setting(texts)
        return Stripped(_joined(texts), self._left_out, self._stay(texts))

    # -- One statement --

    def _text_of(self, node: ast.stmt) -> str | None:
        """Return how a statement stands in the stripped module; None for one that is left out."""
        if isinstance(node, Defined):
            return self._definition(node)
        if isinstance(node, ast.If) and self._without_solutions and "__name__" in used(node.test):
            self._left_out.append("what runs when the module is run by itself")
            return None
        called = self._called(node)
        if called in QUESTIONS and isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            return self._question(node.value, str(called), node)
        if called in SCRIPTS and self._hidden:
            return self._script(node, str(called))
        if called == "exercise" and self._without_solutions and isinstance(node, ast.Expr):
            return _set(node)
        if called == "mistake" and self._without_solutions and isinstance(node, ast.Assign):
            return self._without_edit(node)
        return self._segment(node)

    def _script(self, node: ast.stmt, called: str) -> str | None:
        """Return a test from elsewhere under the name that it had: those without one are named by their number."""
        self._scripts += 1
        name = f"{called}_{self._scripts}"
        words = {w.arg: w.value for w in getattr(getattr(node, "value", None), "keywords", ())}
        if "hidden" in words and ast.literal_eval(words["hidden"]):
            told = ast.literal_eval(words["name"]) if "name" in words else ""
            self._left_out.append(f"the check {(told or name)!r}")
            return None
        text = self._segment(node)
        if "name" in words:
            return text
        named = f"{text[:-1].rstrip().removesuffix(',')}, name={name!r})"
        return named if parsed(named) is not None else f"{ast.unparse(node)[:-1]}, name={name!r})"

    def _definition(self, node: Defined) -> str | None:
        if node.name in self._mistakes:
            return _stub(node, self._doc(node))
        if node.name in self._hidden:
            self._left_out.append(f"the check {node.name!r}")
            return None
        return _stub(node) if self._is_solution(node) else self._segment(node)

    def _is_solution(self, node: Defined) -> bool:
        """Tell whether it is the right answer: the author's starter has the same name."""
        is_starter = any(self._api.name(decorator) == "starter" for decorator in node.decorator_list)
        return node.name in self._solutions and not is_starter

    def _called(self, node: ast.stmt) -> str | None:
        value = node.value if isinstance(node, ast.Expr | ast.Assign) else None
        return self._api.name(value.func) if isinstance(value, ast.Call) else None

    def _question(self, call: ast.Call, api: str, node: ast.stmt) -> str | None:
        about = {inner.id for inner in call.args[:1] if isinstance(inner, ast.Name)} | {
            word.value.id for word in call.keywords if word.arg == "about" and isinstance(word.value, ast.Name)
        }
        is_of_solution = api == "order" and not any(word.arg == "lines" for word in call.keywords)
        is_left_out = (api in _SHOWS_CODE or is_of_solution) if self._without_solutions else False
        if is_left_out or (api == "beat" and about & self._hidden):
            self._left_out.append(f"the question {api}({', '.join(sorted(about))})")
            return None
        return self._segment(node)

    def _without_edit(self, node: ast.Assign) -> str:
        """Return an edited line's mistake without the edit, which tells the right line."""
        text = self._segment(node)
        edit = next((w.value for w in getattr(node.value, "keywords", ()) if w.arg == "edit"), None)
        told = ast.get_source_segment(self._source, edit) if edit is not None else None
        return text.replace(told, '("", "")', 1) if told else text

    def _doc(self, node: Defined) -> str:
        first = node.body[0]
        return (ast.get_source_segment(self._source, first) or "") if ast.get_docstring(node) is not None else "..."

    def _segment(self, node: ast.stmt) -> str:
        if not isinstance(node, Defined):
            return ast.get_source_segment(self._source, node) or ""
        above = [f"@{ast.get_source_segment(self._source, decorator)}" for decorator in node.decorator_list]
        return "\n".join([*above, sources.text_of(self._source, node)])

    # -- What is needed --

    def _needed(self, texts: dict[ast.stmt, str]) -> dict[ast.stmt, str]:
        """Return the statements without those that only what is gone has used."""
        if not self._without_solutions:
            return texts
        own = self._solutions | self._mistakes
        helpers = {node for node in texts if self._is_helper(node)}
        by_name: dict[str, list[ast.stmt]] = {}
        for node in helpers:
            for name in stored(node) - own:
                by_name.setdefault(name, []).append(node)
        kept = set(_reached([text for node, text in texts.items() if node not in helpers], by_name, texts))
        # What changes something that stays, stays: `M[0] = 1`.
        open_ = True
        while open_:
            more = {
                node for node in helpers - kept
                if not stored(node) and not any(set(by_name.get(name, ())) - kept for name in used(node))
            }  # fmt: skip
            kept |= more
            open_ = bool(more)
        return {node: text for node, text in texts.items() if node not in helpers or node in kept}

    def _is_helper(self, node: ast.stmt) -> bool:
        if isinstance(node, ast.Import | ast.ImportFrom):
            return False
        if isinstance(node, Defined):
            is_ours = any(self._api.name(decorator) is not None for decorator in node.decorator_list)
            return not is_ours
        is_text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        return not is_text and self._called(node) is None

    def _stay(self, texts: Iterable[ast.stmt]) -> list[str]:
        """Return the functions that stay although a solution or a mistake uses them, be it by way of others."""
        helpers = {node: self._segment(node) for node in self._tree.body if self._is_helper(node)}
        by_name: dict[str, list[ast.stmt]] = {}
        for node in helpers:
            for name in stored(node):
                by_name.setdefault(name, []).append(node)
        gone = [
            node for node in self._tree.body
            if isinstance(node, Defined) and (node.name in self._mistakes or self._is_solution(node))
        ]  # fmt: skip
        needed = set(_reached([self._segment(node) for node in gone], by_name, helpers))
        return [node.name for node in texts if isinstance(node, Defined) and node in needed]

    def _with_setting(self, texts: dict[ast.stmt, str]) -> dict[ast.stmt, str]:
        """Return the statements with `exercise(stripped=True)` behind the imports."""
        setting, changed = self._api.call("exercise"), dict(texts)
        if self._api.imports is not None and setting is None:
            names = ast.ImportFrom(_MODULE, [*self._api.imports.names, ast.alias("exercise")], 0)
            changed[self._api.imports] = ast.unparse(names)
        last = max((index for index, node in enumerate(changed) if isinstance(node, ast.Import | ast.ImportFrom)))
        nodes = list(changed.items())
        call = ast.parse(f"{setting or 'exercise'}(stripped=True)").body[0]
        return dict([*nodes[: last + 1], (call, ast.unparse(call)), *nodes[last + 1 :]])


class _Api:
    """Under which names a module has what it imports of ours."""

    def __init__(self, tree: ast.Module) -> None:
        self.imports: ast.ImportFrom | None = None
        self._names: dict[str, str] = {}
        self._modules: set[str] = set()
        self._is_all = False
        for node in tree.body:
            if isinstance(node, ast.ImportFrom) and node.module == _MODULE:
                self._is_all |= any(alias.name == "*" for alias in node.names)
                self.imports = node
                self._names |= {alias.asname or alias.name: alias.name for alias in node.names}
            elif isinstance(node, ast.Import | ast.ImportFrom):
                above = f"{node.module}." if isinstance(node, ast.ImportFrom) else ""
                self._modules |= {a.asname or a.name for a in node.names if above + a.name == _MODULE}

    def name(self, node: ast.AST) -> str | None:
        """Return which name of ours a decorator or a function is."""
        node = node.func if isinstance(node, ast.Call) else node
        if isinstance(node, ast.Name):
            return self._names.get(node.id) or (node.id if self._is_all else None)
        is_ours = isinstance(node, ast.Attribute) and ast.unparse(node.value) in self._modules
        return node.attr if is_ours and isinstance(node, ast.Attribute) else None

    def call(self, name: str) -> str | None:
        """Return how the module can call a name of ours, None where it has to import it."""
        direct = next((bound for bound, known in self._names.items() if known == name), None)
        if direct is not None or self._is_all:
            return direct or name
        return f"{min(self._modules)}.{name}" if self._modules else None


def _reached(texts: Iterable[str], by_name: dict[str, list[ast.stmt]], own: dict[ast.stmt, str]) -> Iterator[ast.stmt]:
    """Yield the statements that texts need, and what these need."""
    open_, seen = list(texts), set[ast.stmt]()
    while open_:
        for name in used(ast.parse(open_.pop())):
            for node in by_name.get(name, ()):
                if node not in seen:
                    seen.add(node)
                    open_.append(own[node])
                    yield node


def _stub(node: Defined, body: str = "...") -> str:
    """Return a definition's first lines: what calls it finds the same parameters."""
    above = "".join(f"@{ast.unparse(decorator)}\n" for decorator in node.decorator_list)
    if isinstance(node, ast.ClassDef):
        bases = ", ".join(ast.unparse(part) for part in (*node.bases, *node.keywords))
        fields = "".join(f"\n    {ast.unparse(part)}" for part in node.body if isinstance(part, ast.AnnAssign))
        made = [part for part in node.body if isinstance(part, Defined) and part.name == "__init__"]
        init = "".join("\n\n    " + _stub(part).replace("\n", "\n    ") for part in made)
        return f"{above}class {node.name}{f'({bases})' if bases else ''}:\n    {body}{fields}{init}"
    word = "async def" if isinstance(node, ast.AsyncFunctionDef) else "def"
    returns = f" -> {ast.unparse(node.returns)}" if node.returns else ""
    return f"{above}{word} {node.name}({ast.unparse(node.args)}){returns}:\n    {body}"


def _set(node: ast.Expr) -> str:
    call = node.value
    if not isinstance(call, ast.Call):  # the caller knows that it is one
        raise TypeError(call)
    known = [word for word in call.keywords if word.arg != "stripped"]
    return ast.unparse(ast.Call(call.func, call.args, [*known, ast.keyword("stripped", ast.Constant(value=True))]))


def _joined(texts: dict[ast.stmt, str]) -> str:
    """Return statements one below the other: definitions stand apart, the rest as close as it stood."""
    parts: list[str] = []
    before: ast.stmt | None = None
    for node, text in texts.items():
        if before is not None:
            is_close = getattr(node, "lineno", 0) == (getattr(before, "end_lineno", None) or 0) + 1
            is_apart = isinstance(before, Defined) or isinstance(node, Defined)
            parts.append("\n\n\n" if is_apart else "\n" if is_close else "\n\n")
        parts.append(text)
        before = node
    return "".join(parts) + "\n"
