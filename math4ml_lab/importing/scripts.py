"""Tests that are statements: cells of asserts, and otter's files of test functions."""

from __future__ import annotations

import ast
import copy
import inspect
import re
import textwrap
from typing import TYPE_CHECKING, Any

from math4ml_lab.importing import names, okfile, prompts
from math4ml_lab.importing.cells import segment
from math4ml_lab.importing.model import Claim, Question

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_OWN = frozenset(("OK_FORMAT", "name", "points", "all_or_nothing"))
"""What a file of otter's says of itself."""
_HIDDEN = re.compile(
    r"^[ \t]*###[ \t]*BEGIN HIDDEN TESTS.*?$\n?(?P<hidden>.*?)^[ \t]*###[ \t]*END HIDDEN TESTS.*?$\n?",
    re.MULTILINE | re.DOTALL,
)
_NOSE = {
    "assert_equal": "assertEqual", "assert_equals": "assertEqual", "assert_not_equal": "assertNotEqual",
    "assert_true": "assertTrue", "assert_false": "assertFalse", "assert_raises": "assertRaises",
    "assert_almost_equal": "assertAlmostEqual", "assert_in": "assertIn", "assert_not_in": "assertNotIn",
    "assert_is": "assertIs", "assert_is_none": "assertIsNone", "assert_is_instance": "assertIsInstance",
    "assert_greater": "assertGreater", "assert_less": "assertLess", "assert_list_equal": "assertListEqual",
    "assert_dict_equal": "assertDictEqual", "assert_set_equal": "assertSetEqual",
}  # fmt: skip
"""What a test takes from nose, which Python 3.10 and later cannot import, and what unittest calls it."""
_ASSERTING = re.compile(r"(?:\w+\.)*(?:assert\w*|fail)", re.IGNORECASE)
_RAISING = re.compile(r"(?:\w+\.)*(?:assertRaises\w*|assert_raises\w*|raises)", re.IGNORECASE)
_QUIET = re.compile(r"(?:\w+\.)*(?:print|display|seed|show|append|set_printoptions|simplefilter)")
"""Calls that state something, that do so of a block, and that state nothing."""


# -- Cells of asserts ---------------------------------------------------------------------------------------


def cell_claims(text: str, question: Question, setup: str = "") -> list[Claim]:
    """Return the claims of a cell of asserts: what is public, and what is hidden."""
    shown = without_nose(_HIDDEN.sub("", text), question)
    hidden = [textwrap.dedent(match["hidden"]) for match in _HIDDEN.finditer(text)]
    tree = names.parse(shown)
    if tree is None:
        question.notes.left(f"a test that is no Python: {prompts.short(shown)}")
        return []
    title, body = _titled(shown, tree)
    found = []
    if any(not isinstance(node, ast.Import | ast.ImportFrom) for node in body):
        found.append(Claim("script", title or script_title(body), _joined(shown, body), setup=setup))
    if hidden:
        # Asserts of the public part are told there; what it defines is needed here too.
        ready = _joined(shown, [node for node in body if not isinstance(node, ast.Assert | ast.Expr)])
        code = without_nose("\n".join(part.strip("\n") for part in [ready, *hidden] if part.strip()), question)
        if names.parse(code) is None:
            question.notes.left("hidden tests that are no Python")
        else:
            found.append(Claim("script", f"{title or 'The answer'} (hidden tests)", code, setup=setup, hidden=True))
    return found


def without_nose(text: str, question: Question) -> str:
    """Replace what a test imports from nose by what the standard library has."""
    tree = names.parse(text)
    for node in tree.body if tree else []:
        if not isinstance(node, ast.ImportFrom) or (node.module or "").partition(".")[0] != "nose":
            continue
        if all(alias.name in _NOSE for alias in node.names):
            lines = [f"{alias.asname or alias.name} = TestCase().{_NOSE[alias.name]}" for alias in node.names]
            new = "\n".join(["from unittest import TestCase", *lines])
            text = text.replace(segment(text, node), new, 1)
            question.notes.changed("what was taken from nose is taken from unittest: nose cannot be installed any more")
    return text


def script_title(nodes: Sequence[ast.stmt]) -> str:
    """Return what a test says, where it has no words: the first thing that it states, and how many there are more."""
    stated = [told for node in nodes for told in _stated(node, is_top=True)]
    if not stated:
        return f"{prompts.short(ast.unparse(nodes[-1]))} runs" if nodes else "The test runs"
    # What only has to run is told where there is nothing else.
    first = next((told for told in stated if not told.endswith(" runs")), stated[0])
    return first + (f", and {len(stated) - 1} more" if len(stated) > 1 else "")


def _stated(node: ast.AST, *, is_top: bool = False) -> Iterator[str]:
    """Yield each thing that a statement states: asserts, calls that assert, what must raise, and what must not."""
    if isinstance(node, ast.Assert):
        yield f"{prompts.short(ast.unparse(node.test))} holds"
    elif isinstance(node, ast.Raise):
        yield f"{prompts.short(ast.unparse(node))} is not reached"
    elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        called = ast.unparse(node.value.func)
        if _ASSERTING.fullmatch(called):
            yield f"{prompts.short(ast.unparse(node))} holds"
        elif is_top and not _QUIET.fullmatch(called):
            yield f"{prompts.short(ast.unparse(node))} runs"
    elif isinstance(node, ast.With) and _RAISING.fullmatch(_called(node.items[0].context_expr)):
        yield f"{prompts.short('; '.join(map(ast.unparse, node.body)))} raises"
    else:
        for inner in ast.iter_child_nodes(node):
            yield from _stated(inner)


def _called(node: ast.expr) -> str:
    return ast.unparse(node.func) if isinstance(node, ast.Call) else ""


def _titled(text: str, tree: ast.Module) -> tuple[str, list[ast.stmt]]:
    """Return a cell's docstring as a title, or the comment that heads it, and its other statements.

    Where comments head its parts the first one is not what the whole says, so the others are counted.
    """
    doc = ast.get_docstring(tree)
    first = (doc or "").strip().split("\n")[0].strip()
    if doc is None:
        comment = re.match(r"\s*#+[ \t]*(?P<words>[A-Za-z].*)", text)
        more = _headed(text, tree.body) - 1
        told = f", and {more} more" if more > 0 else ""
        return f"{comment['words'].strip().rstrip(':.')}{told}" if comment else "", tree.body
    return first, tree.body[1:]


def _headed(text: str, nodes: Sequence[ast.stmt]) -> int:
    """Return how many statements at top level stand below a comment of their own."""
    lines = text.split("\n")
    return sum(re.match(r"#+[ \t]*[A-Za-z]", lines[node.lineno - 2]) is not None for node in nodes if node.lineno > 1)


def _joined(text: str, nodes: Sequence[ast.stmt]) -> str:
    """Return the text of statements at top level, with the comments between them."""
    if not nodes:
        return ""
    lines = text.split("\n")
    kept: list[str] = []
    last = 0
    for node in nodes:
        first = min([node.lineno, *(one.lineno for one in getattr(node, "decorator_list", ()))])
        above = [line for line in lines[last : first - 1] if line.startswith("#")]
        kept += [*above, "\n".join(lines[first - 1 : node.end_lineno])]
        last = node.end_lineno or first
    return "\n".join(kept)


# -- Files of test functions --------------------------------------------------------------------------------


def is_exception_file(text: str) -> bool:
    """Tell whether a file has otter's form of test functions."""
    tree = names.parse(text)
    return tree is not None and any(_test_case(node) is not None for node in tree.body)


def fill(question: Question, text: str) -> None:
    """Add the claims of a file of test functions to a question."""
    tree = names.parse(text)
    if tree is None:
        question.notes.left("its tests are no Python")
        return
    said = {
        node.targets[0].id: _literal(node.value)
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }
    setup = [
        node
        for node in tree.body
        if _test_case(node) is None
        and not set(names.binds([node])) & {*_OWN, "test_case"}
        and not isinstance(node, ast.Expr)
    ]
    given: list[Any] = []
    for node in tree.body:
        settings = _test_case(node)
        if settings is not None and isinstance(node, ast.FunctionDef):
            given.append(settings.get("points"))
            claim = function_claim(text, node, settings, question)
            claim.setup = _joined(text, setup)
            question.claims.append(claim)
    question.points = okfile.points(said.get("points"), given, question.notes)
    if not said.get("all_or_nothing"):
        question.notes.changed("points count for the whole question, and not for each of its tests")
    okfile.tell_draws(question)


def function_claim(text: str, node: ast.FunctionDef, settings: dict[str, Any], question: Question) -> Claim:
    """Return the claim of a test function: its parameters are names of the notebook, `env` all of them."""
    parameters = [one.arg for one in [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]]
    doc = ast.get_docstring(node)
    body = node.body[1:] if doc is not None else node.body
    leaves = any(isinstance(one, ast.Return | ast.Yield | ast.YieldFrom | ast.Global | ast.Nonlocal)
                 for one in ast.walk(node))  # fmt: skip
    lines = ["env = globals()"] if "env" in parameters else []
    bound = set(names.binds(body)) & set(parameters)
    if leaves or bound or node.args.vararg or node.args.kwarg or not body:
        bare = copy.copy(node)
        bare.decorator_list = []
        given = ", ".join(f"{name}={name}" for name in parameters)
        lines += [ast.unparse(bare), f"{node.name}({given})"]
    else:
        lines.append(_dedented(text, body))
    if "env" in parameters:
        question.notes.changed(f"`{node.name}` gets the names of the check's copy as `env`")
    title = (doc or "").strip().split("\n")[0] or str(settings.get("name") or "") or script_title(body)
    return Claim(
        kind="script",
        title=title,
        text="\n".join(lines),
        hints=okfile.messages(settings, question.notes),
        hidden=bool(settings.get("hidden")),
    )


def _test_case(node: ast.stmt) -> dict[str, Any] | None:
    """Return the settings of a function that is decorated as a test case, None for anything else."""
    for decorator in node.decorator_list if isinstance(node, ast.FunctionDef) else []:
        call = decorator.func if isinstance(decorator, ast.Call) else decorator
        if ast.unparse(call).split(".")[-1] == "test_case":
            words = ["name", "points", "hidden", "success_message", "failure_message"]
            given = decorator if isinstance(decorator, ast.Call) else None
            settings = {word: _literal(value) for word, value in zip(words, given.args if given else [], strict=False)}
            return settings | {word.arg or "": _literal(word.value) for word in (given.keywords if given else [])}
    return None


def _literal(node: ast.expr) -> Any:
    try:
        return ast.literal_eval(node)
    except (*names.UNREADABLE, TypeError):
        return None


def _dedented(text: str, body: Sequence[ast.stmt]) -> str:
    lines = text.split("\n")
    first = min([body[0].lineno, *(one.lineno for one in getattr(body[0], "decorator_list", ()))])
    taken = lines[first - 1 : body[-1].end_lineno]
    dedented = inspect.cleandoc("\n" + "\n".join(taken))
    return dedented if names.parse(dedented) is not None else "\n".join(ast.unparse(node) for node in body)
