"""Which names a piece of code reads and binds: by Python's own symbol tables, nothing is run."""

from __future__ import annotations

import ast
import builtins
import symtable
import warnings
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

KNOWN = frozenset(dir(builtins)) | {"get_ipython", "display", "In", "Out", "_", "__name__", "__file__"}
"""Names that are there without anybody's doing, in a kernel."""
UNREADABLE = (SyntaxError, ValueError, RecursionError, MemoryError)
"""What Python raises at a text that is no program."""
_READS_FIRST = ast.Assign | ast.AugAssign | ast.AnnAssign


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
    found: dict[str, None] = {}
    for node in nodes:
        for symbol in _table(node).get_symbols():
            if symbol.is_assigned() or symbol.is_imported() or symbol.is_namespace():
                found[symbol.get_name()] = None
    return list(found)


def reads(nodes: Iterable[ast.stmt]) -> list[str]:
    """Return the names that statements need from outside: read before they are bound, in order."""
    bound: set[str] = set()
    found: dict[str, None] = {}
    for node in nodes:
        own = set(binds([node]))
        before = bound if isinstance(node, _READS_FIRST) else bound | (own - _deleted(node))
        for name in _referenced(_table(node)):
            if name not in before and name not in KNOWN:
                found[name] = None
        for name in (_deleted(node) | _added_to(node)) - bound:
            found[name] = None
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


def _deleted(node: ast.stmt) -> set[str]:
    targets = node.targets if isinstance(node, ast.Delete) else []
    return {target.id for target in targets if isinstance(target, ast.Name)}


def _added_to(node: ast.stmt) -> set[str]:
    return {node.target.id} if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name) else set()


def _table(node: ast.stmt) -> symtable.SymbolTable:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return symtable.symtable(ast.unparse(node), "<source>", "exec")
        except UNREADABLE:  # a lone `return`, which parses and does not compile
            return symtable.symtable("", "<source>", "exec")


def _referenced(table: symtable.SymbolTable) -> Iterator[str]:
    for symbol in table.get_symbols():
        if symbol.is_referenced() and (table.get_type() == "module" or symbol.is_global()):
            yield symbol.get_name()
    for child in table.get_children():
        yield from _referenced(child)
