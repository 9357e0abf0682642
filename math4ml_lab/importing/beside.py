"""What a notebook needs beside it: modules of the course, data files; which libraries, and for which questions."""

from __future__ import annotations

import ast
import re
import sys
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from math4ml_lab.importing import asking, cells, names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from math4ml_lab.importing.folder import Folder
    from math4ml_lab.importing.model import Book

_STANDS_IN = {"autograd": "numpy"}
"""A library of numbers whose `numpy` module has plain numpy's names: checks do not need it."""
_LISTED = 6
"""Files that a note names; the rest is counted."""
_OLD = re.compile(
    r"(?i)(requirements.*\.txt|environment\.ya?ml|.*\.(?:ok|zip|otter|pdf|pyc)|config|otter_config\.json)"
)
"""Files beside a notebook that belong to its old grader, or to what was made of it."""


def gather(book: Book, folder: Folder) -> None:
    """Settle the imports of a notebook: copy the course's own modules, make optional what no check needs."""
    programs = [code for cell in book.cells if (code := _code(cell)) is not None]
    tests = [f"{claim.setup}\n{asking.code_of(claim.kind, claim.text)}" for q in book.questions for claim in q.claims]
    used = {name for text in [*programs, *tests] for name in names.reads_text(text)}
    for cell in book.cells:
        nodes = [node for node in cells.statements(cell) if isinstance(node, ast.Import | ast.ImportFrom)]
        for node in reversed(nodes):
            _settle(book, folder, cell, node, used)
    kept = [code for cell in book.cells if (code := _code(cell)) is not None]
    for text in [*kept, *tests]:
        tree = names.parse(text)
        for module in _modules(tree.body if tree else []):
            _copy_module(book, folder, module, PurePosixPath(book.path).parent)
    _empty_packages(book, [*kept, *tests])
    _copy_data(book, folder)
    _list_libraries(book)


def is_library(module: str) -> bool:
    """Tell whether a module has to be installed: it is no part of Python."""
    top = module.partition(".")[0]
    return bool(top) and top not in sys.stdlib_module_names


# -- Imports ------------------------------------------------------------------------------------------------


def _settle(
    book: Book, folder: Folder, cell: dict[str, str], node: ast.Import | ast.ImportFrom, used: set[str]
) -> None:
    modules = [module for module, _ in names.imports([node])]
    text = cell["source"]
    line = cells.segment(text, node)
    idle = not set(names.binds([node])) & used and "*" not in line
    local = any(folder.module(module, book.path) for module in modules)
    if idle and local:
        book.notes.left(f"`{line}`: a module of the course that nothing here uses")
        cell["source"] = cells.without(text, [node])
    elif not all(is_library(module) for module in modules) or local or modules == ["numpy"]:
        return
    elif any(module.partition(".")[0] in _STANDS_IN for module in modules):
        other = _instead(node)
        cell["source"] = _guarded(text, node, line, other)
        book.notes.changed(
            f"`{line}` is optional: where it is missing, {f'`{other}`' if other else 'checks do without'}"
        )
    elif idle:
        cell["source"] = _guarded(text, node, line, "")
        book.notes.changed(f"`{line}` is optional: nothing in the notebook uses it")


def _instead(node: ast.Import | ast.ImportFrom) -> str:
    """Return the import that takes the place of another one, "" for none."""
    if isinstance(node, ast.ImportFrom):
        top, _, rest = (node.module or "").partition(".")
        return f"from {_STANDS_IN[top]} import {ast.unparse(node).partition(' import ')[2]}" if rest == "numpy" else ""
    alias = node.names[0]
    top, _, rest = alias.name.partition(".")
    return f"import {_STANDS_IN[top]} as {alias.asname}" if rest == "numpy" and alias.asname else ""


def _guarded(text: str, node: ast.stmt, line: str, other: str) -> str:
    lines = text.split("\n")
    end = node.end_lineno or node.lineno
    comment = lines[end - 1][node.end_col_offset :]
    tail = (
        ["except ImportError:", f"    {other}"] if other else ["except ImportError as missing:", "    print(missing)"]
    )
    block = ["try:", *(f"    {one}" for one in f"{line}{comment}".split("\n")), *tail]
    return "\n".join([*lines[: node.lineno - 1], *block, *lines[end:]])


# -- Modules of the course ----------------------------------------------------------------------------------


def _modules(nodes: Iterable[ast.AST], package: str = "") -> Iterator[str]:
    """Yield every module that is imported below the nodes; names that may be modules count as such."""
    for top in nodes:
        for node in ast.walk(top):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
                base = ".".join([*filter(None, above), *([node.module] if node.module else [])])
                yield base
                yield from (f"{base}.{alias.name}" for alias in node.names)


def _copy_module(book: Book, folder: Folder, module: str, home: PurePosixPath) -> None:
    """Copy a module of the course beside the notebook, with the packages above it and what it imports itself."""
    parts = module.split(".")
    for count in range(1, len(parts) + 1):
        name = ".".join(parts[:count])
        path = folder.module(name, book.path)
        if path is None:
            return
        target = "/".join(parts[:count]) + ("/__init__.py" if path.endswith("__init__.py") else ".py")
        text = folder.text(path)
        if target in book.files:
            continue
        if text is None:
            book.notes.left(f"`{path}`, which is imported, cannot be read as text")
            return
        book.files[target] = text.encode()
        tree = names.parse(text)
        package = name if path.endswith("__init__.py") else ".".join(parts[: count - 1])
        if tree is not None and (count == len(parts) or not _is_index(tree)):
            for other in _modules(tree.body, package):
                _copy_module(book, folder, other, home)


def _empty_packages(book: Book, texts: list[str]) -> None:
    """Empty `__init__.py` files that only import what lies in them, where nobody asks the package itself."""
    named = {
        alias.name
        for text in texts
        for node in ast.walk(names.parse(text) or ast.Module([], []))
        if isinstance(node, ast.Import)
        for alias in node.names
    }
    for target, data in list(book.files.items()):
        package = ".".join(PurePosixPath(target).parts[:-1])
        tree = names.parse(data.decode()) if target.endswith("/__init__.py") else None
        if tree is None or not tree.body or not _is_index(tree) or package in named:
            continue
        taken = {name for text in texts for name in _taken_from(text, package)}
        if all(target.replace("__init__", name) in book.files for name in taken):
            book.files[target] = b""
            book.notes.changed(f"`{target}` is empty: it imported modules that nothing here uses")
    for target in sorted(book.files):
        book.notes.came(f"`{target}`, which the notebook imports")


def _taken_from(text: str, package: str) -> list[str]:
    """Return what a program takes from a package itself: `from package import this`."""
    return [
        alias.name
        for node in ast.walk(names.parse(text) or ast.Module([], []))
        if isinstance(node, ast.ImportFrom) and node.module == package
        for alias in node.names
    ]


def _is_index(tree: ast.Module) -> bool:
    """Tell whether a file only imports, and says what it has."""
    return all(
        isinstance(node, ast.Import | ast.ImportFrom)
        or (isinstance(node, ast.Assign) and names.binds([node]) == ["__all__"])
        or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
        for node in tree.body
    )


# -- Data and libraries -------------------------------------------------------------------------------------


def _copy_data(book: Book, folder: Folder) -> None:
    """Copy the files below the notebook's folder that its cells, tests or modules name; say which stay behind."""
    home = PurePosixPath(book.path).parent
    tests = [f"{claim.setup}\n{claim.text}" for question in book.questions for claim in question.claims]
    said = "\n".join([*(cell["source"] for cell in book.cells), *tests, *(d.decode() for d in book.files.values())])
    left = []
    for path in folder.below(str(home)):
        inside = PurePosixPath(path).relative_to(home).as_posix()
        if path.endswith((".py", ".ipynb", ".pyc")) or inside in book.files:
            continue
        if re.search(rf"(?<![\w/]){re.escape(inside)}(?!\w)", said):
            data = folder.data(path)
            if data is None:
                book.notes.left(f"`{inside}`, which the notebook names: it is too large to copy")
            else:
                book.files[inside] = data
                book.notes.came(f"`{inside}`, which the notebook names")
        elif "/" not in inside and not _OLD.fullmatch(inside):
            left.append(inside)
    left = list(dict.fromkeys(left))
    if left:
        more = f" and {len(left) - _LISTED} more" if len(left) > _LISTED else ""
        book.notes.left(f"files beside the notebook that it does not name: {', '.join(left[:_LISTED])}{more}")


def _list_libraries(book: Book) -> None:
    """Note which libraries the notebook imports, and which questions need each of them."""
    source: dict[str, set[str]] = {}
    uses: dict[str, set[str]] = {}
    for cell in book.cells:
        program = _code(cell)
        tree = names.parse(program) if program is not None else None
        for node in tree.body if tree else []:
            for module, bound in names.imports([node]):
                source.setdefault(bound, set()).add(module)
            for name in names.binds([node]):
                uses.setdefault(name, set()).update(names.reads([node]))
    for module in (module for modules in source.values() for module in modules):
        for top in _libraries_of(module, book):
            book.modules.setdefault(top, [])
    for question in book.questions:
        for top in sorted(_reached(asking.used(question), source, uses, book)):
            book.modules.setdefault(top, []).append(question.name)


def _reached(wanted: list[str], source: dict[str, set[str]], uses: dict[str, set[str]], book: Book) -> set[str]:
    found: set[str] = set()
    seen: set[str] = set()
    waiting = list(wanted)
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        for module in source.get(name, ()):
            found |= _libraries_of(module, book)
        waiting += uses.get(name, ())
    return found


def _libraries_of(module: str, book: Book) -> set[str]:
    """Return the libraries behind an import: of a module of the course, those that it imports itself."""
    path = module.replace(".", "/")
    data = book.files.get(f"{path}.py", book.files.get(f"{path}/__init__.py"))
    if data is None:
        top = module.partition(".")[0]
        return {top} if is_library(module) and top not in _STANDS_IN else set()
    tree = names.parse(data.decode())
    tops = {one.partition(".")[0] for one, _ in names.imports(tree.body if tree else [])}
    return {top for top in tops if is_library(top) and f"{top}.py" not in book.files}


def _code(cell: dict[str, str]) -> str | None:
    return cells.plain(cell["source"]) if cell["cell_type"] == "code" else None
