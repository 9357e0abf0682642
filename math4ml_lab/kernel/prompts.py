"""Tests that came from elsewhere, run beside the learner's names, and what came of them as plain data.

It runs in the respondent. What a transcript expects stays with the judge; of each prompt it is told what was shown, the
value, or the exception, and the operands of a comparison or a call, so that it need not take a bare True for one.
"""

from __future__ import annotations

import ast
import io
import operator
import sys
import traceback
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Callable

from math4ml_lab.kernel import values

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from math4ml_lab.kernel.answer import Respondent

FILE = "<test {}>"
SHOWN = 20_000
"""Characters of what one prompt shows."""
MESSAGE = 500
"""Characters of what an assertion says."""
LEGACY = "1.25"
"""The version of numpy whose way of printing older tests expect."""
OPERATORS: dict[str, Callable[[Any, Any], Any]] = {
    "Eq": operator.eq, "NotEq": operator.ne, "Lt": operator.lt, "LtE": operator.le, "Gt": operator.gt,
    "GtE": operator.ge, "Is": operator.is_, "IsNot": operator.is_not,
    "In": lambda item, container: item in container, "NotIn": lambda item, container: item not in container,
}  # fmt: skip


class _Shown(io.TextIOBase):
    """A stream that keeps the beginning of what is written."""

    encoding = "utf-8"

    def __init__(self) -> None:
        super().__init__()
        self.text = ""

    def write(self, text: str) -> int:
        self.text += str(text)[: max(0, SHOWN - len(self.text))]
        return len(text)

    def writable(self) -> bool:
        return True


class _Failed(Exception):
    """An assertion of the test does not hold; the argument is what is told of it."""


def replies(respondent: Respondent, question: Mapping[str, Any]) -> Iterator[Any]:
    """Run the setup, then one prompt after the other, and give one reply each.

    A transcript gets a copy of the learner's names. A script stands among them, for it may take one away to see what an
    answer does then; they are put back.
    """
    names = respondent.namespace
    before = dict(names)
    is_transcript = question["kind"] == "transcript"
    test = _Test(respondent, before if is_transcript else names, legacy=question["legacy"])
    try:
        for number, code in enumerate(question["rows"]):
            yield respondent.guarded(lambda code=code, number=number: test.run(code, number, is_transcript))
    finally:
        if not is_transcript:
            _put_back(names, before)


def _put_back(names: Any, before: Mapping[str, Any]) -> None:
    for name in [name for name in names if name not in before]:
        del names[name]
    names.update(before)


class _Test:
    """One claim's prompts, run in one scope."""

    def __init__(self, respondent: Respondent, scope: Any, *, legacy: bool) -> None:
        self.respondent = respondent
        self.scope = scope
        self.legacy = legacy
        self.trees: dict[str, ast.Module] = {}

    def run(self, code: str, number: int, is_transcript: bool) -> Any:
        """Return what came of one prompt; the first is the setup, which shows nothing."""
        file = FILE.format(number)
        tree = self.trees[file] = ast.parse(code, file)
        alone = tree.body[0] if number and len(tree.body) == 1 else None
        try:
            if is_transcript and number:
                return self._shown(tree, alone, file)
            if isinstance(alone, ast.Assert):
                return self._asserted(alone, file)
            exec(compile(tree, file, "exec"), self.scope)
        except _Failed as failed:
            return {"failed": failed.args[0]}
        except AssertionError as error:
            return self._assertion(error)
        return {}

    # -- Prompts --

    def _shown(self, tree: ast.Module, alone: Any, file: str) -> Any:
        out, seen = _Shown(), []
        told: dict[str, Any] = {}

        def display(value: Any) -> None:
            if value is not None:
                seen.append(value)
                out.write(f"{value!r}\n")

        with _replaced("stdout", out), _replaced("displayhook", display), _printing(legacy=self.legacy):
            if isinstance(alone, ast.Expr):
                value, told = self._operands(alone.value, self._evaluator(file))
                display(value)
            else:
                exec(compile(ast.Interactive(tree.body), file, "single"), self.scope)
        told["shown"] = values.plain_text(out.text, SHOWN)
        if len(seen) == 1:
            told["value"] = values.encode(seen[0])
            told["own"] = _is_own(type(seen[0]))
            if issubclass(type(seen[0]), type):
                told["class"] = values.type_name(seen[0])
        return told

    # -- Assertions --

    def _asserted(self, statement: ast.Assert, file: str) -> Any:
        evaluate = self._evaluator(file)
        value, told = self._operands(statement.test, evaluate)
        if value:
            return told
        message = str(evaluate(statement.msg)) if statement.msg is not None else ""
        raise _Failed({**told, "message": values.plain_text(message, MESSAGE), "test": ast.unparse(statement.test)})

    def _assertion(self, error: AssertionError) -> Any:
        """Tell of an assertion inside a loop or a function of the test; one of the learner's is an exception."""
        frames = [(frame, number) for frame, number in traceback.walk_tb(error.__traceback__)]
        ours = [(frame, number) for frame, number in frames if frame.f_code.co_filename in self.trees]
        learners = [frame for frame, _ in frames if frame.f_globals is self.respondent.namespace]
        if any(frame.f_code.co_filename not in self.trees for frame in learners):
            return {"raised": self.respondent.describe(error)}
        told: dict[str, Any] = {"message": values.plain_text(str(error), MESSAGE), "test": ""}
        if ours and ours[-1][0] is frames[-1][0]:
            frame, number = ours[-1]
            statement = _assert_at(self.trees[frame.f_code.co_filename], number)
            if statement is not None:
                told["test"] = ast.unparse(statement.test)
                try:
                    told.update(self._operands(statement.test, self._evaluator(FILE.format("operands"), frame))[1])
                except Exception:  # a second time it may end otherwise
                    told["op"] = ""
        return {"failed": told}

    # -- Expressions --

    def _evaluator(self, file: str, frame: Any = None) -> Callable[[ast.expr], Any]:
        scopes = (self.scope,) if frame is None else (frame.f_globals, frame.f_locals)
        return lambda node: eval(compile(ast.Expression(node), file, "eval"), *scopes)

    def _operands(self, node: ast.expr, evaluate: Callable[[ast.expr], Any]) -> tuple[Any, dict[str, Any]]:
        """Return the value of an expression, and as plain data the sides of a comparison or the parts of a call."""
        if isinstance(node, ast.Compare) and len(node.ops) == 1:
            sides = [evaluate(node.left), evaluate(node.comparators[0])]
            kind = type(node.ops[0]).__name__
            value = OPERATORS[kind](*sides)
            return value, {"op": kind, "sides": [values.encode(side) for side in sides]}
        if isinstance(node, ast.Call) and not _is_unpacked(node):
            function = evaluate(node.func)
            parts = [evaluate(part) for part in node.args]
            more = {str(keyword.arg): evaluate(keyword.value) for keyword in node.keywords}
            encoded = [values.encode(part) for part in parts]  # before it is called: it may write into them
            named = {name: values.encode(part) for name, part in more.items()}
            return function(*parts, **more), {"call": [encoded, named]}
        return evaluate(node), {}


def _is_own(kind: type) -> bool:
    """Tell whether a type is no library's: its `repr` says what the learner wants it to say."""
    module = type.__dict__["__module__"].__get__(kind)
    known = vars(sys.modules[module]) if module in sys.modules and module != "__main__" else {}
    return known.get(values.type_name(kind)) is not kind


def _is_unpacked(node: ast.Call) -> bool:
    """Tell whether a call's arguments are not there one by one, or whether it looks at where it stands."""
    looks = isinstance(node.func, ast.Name) and node.func.id in ("eval", "exec", "locals", "globals", "vars", "dir")
    starred = any(isinstance(part, ast.Starred) for part in node.args)
    return looks or starred or any(keyword.arg is None for keyword in node.keywords)


def _assert_at(tree: ast.Module, number: int) -> ast.Assert | None:
    found = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Assert) and node.lineno <= number <= (node.end_lineno or node.lineno)
    ]
    return found[-1] if found else None


@contextmanager
def _replaced(name: str, value: Any) -> Iterator[None]:
    before = getattr(sys, name)
    setattr(sys, name, value)
    try:
        yield
    finally:
        setattr(sys, name, before)


@contextmanager
def _printing(*, legacy: bool) -> Iterator[None]:
    numpy = sys.modules.get("numpy")
    if not legacy or numpy is None:
        yield
        return
    with numpy.printoptions(legacy=LEGACY):
        yield
