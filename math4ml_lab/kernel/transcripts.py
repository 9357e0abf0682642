"""Tests that came from elsewhere, as text: the prompts of a transcript, the statements of a script. Nothing is run."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, Any

from math4ml_lab.kernel import expected

if TYPE_CHECKING:
    import doctest
    from collections.abc import Mapping

CUT = 200
"""Characters of a prompt that are told."""


class Unfit(ValueError):
    """A text is no Python, or no transcript: `str` says why, `line` where."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


class Prompt:
    """Some code, and of a transcript the text that is expected below it, with doctest's options."""

    def __init__(self, code: str, want: str = "", exception: str | None = None, options: Any = None) -> None:
        self.code = code
        self.want = want
        self.exception = exception
        self.options: Mapping[int, bool] = options or {}

    @property
    def title(self) -> str:
        """How it is named: its code, of more than one line the first."""
        lines = self.code.strip().splitlines() or [""]
        text = lines[0] + (" …" if len(lines) > 1 else "")
        return text if len(text) <= CUT else text[: CUT - 1] + "…"


def split(kind: str, text: str) -> list[Prompt]:
    """Return the prompts of a transcript, or the statements of a script; raise Unfit."""
    if kind == "transcript":
        found = [
            Prompt(example.source, example.want, expected.exception(example.want, example.exc_msg), example.options)
            for example in _examples(text)
        ]
        if not found:
            raise Unfit("there is no prompt in it", 1)
        for prompt in found:
            parsed(prompt.code)
        return found
    return [Prompt(ast.unparse(statement)) for statement in parsed(text).body]


def setup_code(text: str) -> str:
    """Return a setup without its prompts, if it has any; raise Unfit."""
    if any(line.lstrip().startswith(">>>") for line in text.splitlines()):
        text = "".join(example.source for example in _examples(text))
    parsed(text)
    return text


def _examples(text: str) -> list[doctest.Example]:
    import doctest  # heavy, and seldom needed

    try:
        return doctest.DocTestParser().get_examples(text)
    except ValueError as error:
        line = re.search(r"line (\d+)", str(error))
        raise Unfit(str(error), int(line[1]) if line else 1) from None


def parsed(code: str) -> ast.Module:
    """Return the tree of some code; raise Unfit."""
    try:
        return ast.parse(code)
    except (SyntaxError, ValueError) as error:
        text = getattr(error, "text", None) or code
        message = f"{getattr(error, 'msg', None) or error}: {text.strip()[:80]}"
        raise Unfit(message, getattr(error, "lineno", None) or 1) from None
