"""Reads a module's tests from elsewhere, `transcript(...)` and `script(...)`, with what is wrong with them."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from math4ml_lab.kernel.transcripts import Unfit, setup_code, split

if TYPE_CHECKING:
    from collections.abc import Callable

_TAKES = ("setup", "names", "answers", "name", "hidden")


class Script(Struct, frozen=True):
    """What is known of a test without running it: `doc` is its title and ladder, `answers` what the learner defines."""

    name: str
    doc: str
    answers: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    hidden: bool = False


class ScriptReader:
    """One reading of one module's tests; `note` takes line, message and fix of what is wrong."""

    def __init__(self, note: Callable[[int, str, str], None]) -> None:
        self._note = note
        self._count = 0

    def read(self, api: str, call: ast.Call) -> Script | None:
        """Return the test that a call states, None where that cannot be told."""
        self._count += 1
        nodes = self._arguments(api, call)
        if nodes is None:
            return None
        found = {name: _value(node) for name, node in nodes.items()}
        fits = [self._fits(api, name, nodes[name], value) for name, value in found.items()]
        texts = [
            self._is_code(api, name, nodes[name], found[name])
            for name in ("text", "setup")
            if name in found and isinstance(found[name], str)
        ]
        if not all((*fits, *texts)):
            return None
        name = found.get("name") or f"{api}_{self._count}"
        answers, names = (tuple(found.get(kind) or ()) for kind in ("answers", "names"))
        return Script(name, found["doc"], answers, names, hidden=bool(found.get("hidden")))

    def _arguments(self, api: str, call: ast.Call) -> dict[str, ast.expr] | None:
        second = "code" if api == "script" else "text"
        nodes = {("text" if keyword.arg == second else str(keyword.arg)): keyword.value for keyword in call.keywords}
        nodes |= dict(zip(("doc", "text"), call.args, strict=False))
        strange = nodes.keys() - {"doc", "text", *_TAKES}
        if strange or not {"doc", "text"} <= nodes.keys() or len(call.args) > 2:  # noqa: PLR2004 (doc and text)
            fix = f'write {api}("title", "{second}"), and by name {", ".join(_TAKES)}'
            self._note(call.lineno, f"{api}(...) does not take these arguments", fix)
            return None
        return nodes

    def _fits(self, api: str, name: str, node: ast.expr, value: Any) -> bool:
        if name in ("doc", "text", "setup"):
            is_fit, what = isinstance(value, str), "a text, in quotes"
        elif name == "hidden":
            is_fit, what = isinstance(value, bool), "True or False"
        elif name == "name":
            is_fit, what = value == "" or is_name(value), "a name, in quotes"
        else:
            is_fit, what = are_names(value) or (name == "answers" and value is None), 'a list of names: ["f", "g"]'
        if not is_fit:
            self._note(node.lineno, f"{name}= of {api}(...) is not {what}", f"write {what}, as a literal")
        return is_fit

    def _is_code(self, api: str, name: str, node: ast.expr, text: str) -> bool:
        try:
            if name == "setup":
                setup_code(text)
            else:
                split(api, text)
        except Unfit as error:
            is_block = (node.end_lineno or node.lineno) > node.lineno
            line = node.lineno + (error.line - 1 if is_block else 0)
            what = "the setup" if name == "setup" else "the text"
            fix = 'write ">>> f(2)" with the expected "4" below it' if api == "transcript" else "write plain Python"
            self._note(line, f"{what} of {api}(...) cannot be read: {error}", fix)
            return False
        return True


def _value(node: ast.expr) -> Any:
    try:
        return ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
        return node  # which is nothing that fits


def is_name(value: Any) -> bool:
    """Tell whether a value is a Python name as text."""
    return isinstance(value, str) and value.isidentifier()


def are_names(value: Any) -> bool:
    """Tell whether a value is a list or tuple of such."""
    return isinstance(value, list | tuple) and all(is_name(item) for item in value)
