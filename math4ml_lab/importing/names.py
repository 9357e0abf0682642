"""Which names a piece of code reads and binds: read off its tree, the same on every Python."""

from __future__ import annotations

import ast
import builtins
import warnings
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

KNOWN = frozenset(dir(builtins)) | {"get_ipython", "display", "In", "Out", "_", "__name__", "__file__"}
"""Names that are there without anybody's doing, in a kernel."""
UNREADABLE = (SyntaxError, ValueError, RecursionError, MemoryError)
"""What Python raises at a text that is no program."""
_READS_FIRST = ast.Assign | ast.AugAssign | ast.AnnAssign | ast.Delete


def parse(text: str) -> ast.Module | None:
    """Return the tree of a text, None where it has none."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text)
    except UNREADABLE:
        return None


def binds(nodes: Iterable[ast.stmt]) -> list[str]:
    """Return the names that statements bind at top level, in order."""
    return list(dict.fromkeys(name for node in nodes for name in _scope(node).stored))


def reads(nodes: Iterable[ast.stmt]) -> list[str]:
    """Return the names that statements need from outside: read before they are bound, in order."""
    bound: set[str] = set()
    found: dict[str, None] = {}
    for node in nodes:
        scope = _scope(node)
        own = set(scope.stored)
        before = bound if isinstance(node, _READS_FIRST) else bound | own
        found |= dict.fromkeys(name for name in scope.loaded if name not in before and name not in KNOWN)
        bound |= own
    return list(found)


def reads_text(text: str) -> list[str]:
    """Return the names that a program needs from outside; none where it cannot be read."""
    tree = parse(text)
    return reads(tree.body) if tree else []


def imports(nodes: Iterable[ast.AST]) -> Iterator[tuple[str, str]]:
    """Yield each import below the nodes: the module with dots, and the name that it is bound to."""
    for top in nodes:
        for node in ast.walk(top):
            if isinstance(node, ast.Import):
                for alias in node.names:
                    yield alias.name, alias.asname or alias.name.partition(".")[0]
            elif isinstance(node, ast.ImportFrom):
                for alias in node.names:
                    yield "." * node.level + (node.module or ""), alias.asname or alias.name


def _scope(node: ast.AST) -> _Scope:
    scope = _Scope()
    try:
        scope.visit(node)
    except RecursionError:
        return _Scope()
    return scope


class _Scope(ast.NodeVisitor):
    """The names that one scope loads and stores; what inner scopes need from outside is loaded here."""

    def __init__(self) -> None:
        self.loaded: list[str] = []
        self.stored: list[str] = []

    def visit_Name(self, node: ast.Name) -> None:
        """Take a name as what its context says."""
        if not isinstance(node.ctx, ast.Store):
            self.loaded.append(node.id)
        if not isinstance(node.ctx, ast.Load):
            self.stored.append(node.id)

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        """Load x for `x += 1` as well."""
        if isinstance(node.target, ast.Name):
            self.loaded.append(node.target.id)
        self.generic_visit(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        """Bind nothing for a bare `x: int`."""
        self.visit(node.annotation)
        if node.value is not None:
            self.visit(node.value)
            self.visit(node.target)

    def visit_alias(self, node: ast.alias) -> None:
        """Bind what is imported."""
        if node.name != "*":
            self.stored.append(node.asname or node.name.partition(".")[0])

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:
        """Bind what follows `as`."""
        self._named(node.name, node)

    def visit_MatchAs(self, node: ast.MatchAs) -> None:
        """Bind what a pattern names."""
        self._named(node.name, node)

    def visit_MatchStar(self, node: ast.MatchStar) -> None:
        """Do the same."""
        self._named(node.name, node)

    def visit_MatchMapping(self, node: ast.MatchMapping) -> None:
        """Do the same."""
        self._named(node.rest, node)

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        """Take a function's body as a scope of its own."""
        self.stored.append(node.name)
        for one in [*node.decorator_list, *([node.returns] if node.returns else [])]:
            self.visit(one)
        self._function(node.args, node.body)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        """Do the same."""
        self.visit_FunctionDef(node)

    def visit_Lambda(self, node: ast.Lambda) -> None:
        """Do the same."""
        self._function(node.args, [node.body])

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        """Take a class's body as a scope that its functions do not see."""
        self.stored.append(node.name)
        for one in [*node.decorator_list, *node.bases, *node.keywords]:
            self.visit(one)
        bound: set[str] = set()
        for one in node.body:
            inner = _Scope()
            inner.visit(one)
            hidden = set() if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef) else bound
            self.loaded += [name for name in inner.loaded if name not in hidden]
            bound |= set(inner.stored)

    def visit_ListComp(self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp) -> None:
        """Leave what a comprehension runs over to it; what `:=` binds is not its own."""
        inner = _Scope()
        inner.generic_visit(node)
        outside = {one.target.id for one in ast.walk(node) if isinstance(one, ast.NamedExpr)}
        self.loaded += [name for name in inner.loaded if name not in inner.stored]
        self.stored += [name for name in inner.stored if name in outside]

    visit_SetComp = visit_GeneratorExp = visit_DictComp = visit_ListComp  # noqa: N815 (the visitor's names)

    def _function(self, arguments: ast.arguments, body: Sequence[ast.AST]) -> None:
        self.visit(arguments)
        inner = _Scope()
        for one in body:
            inner.visit(one)
        given = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg]
        own = {*inner.stored, *(one.arg for one in given if one is not None)}
        own -= {name for one in body for node in ast.walk(one) if isinstance(node, ast.Global) for name in node.names}
        self.loaded += [name for name in inner.loaded if name not in own]

    def _named(self, name: str | None, node: ast.AST) -> None:
        if name is not None:
            self.stored.append(name)
        self.generic_visit(node)
