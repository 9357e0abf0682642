"""Reads the titles, hint ladders and clips of a module's docstrings, with what is wrong with them."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from math4ml_lab.hints import ClipRef, Ladder, read_ref, split_ladder, split_title

if TYPE_CHECKING:
    from collections.abc import Callable

    from math4ml_lab.course import Videos
    from math4ml_lab.lines import Defined

RUNGS = 3
"""Hints that an author writes per ladder: ask, teach, do."""
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


class LadderReader:
    """Reads texts of one module; `video` is the exercise's own, to which `@33:51` refers."""

    def __init__(self, note: Callable[[int, str, str], None], videos: Videos) -> None:
        self.video: ClipRef | None = None
        self._note = note
        self._videos = videos

    def of(self, node: ast.Module | Defined, what: str) -> Ladder:
        """Return the ladder that the docstring of a definition, or of the module, states."""
        line = getattr(node, "lineno", 1)
        return self.ladder(ast.get_docstring(node), line, what, empty=_empty_hint(node))

    def ladder(self, doc: str | None, line: int, what: str, *, empty: int | None = None) -> Ladder:
        """Return the ladder that a text states; the line of its `empty` hint is told where it is known."""
        title, rungs = split_ladder(doc or "")
        title, clip = split_title(title)
        if not title:
            self._note(line, f"{what} has no title", "begin its docstring with one line that says what is claimed")
        if not all(rungs):
            self._note(empty or line, f"{what} has an empty hint", 'write a sentence behind each "- "')
        if len(rungs) > RUNGS:
            self._note(line, f"{what} has {len(rungs)} hints", f"a ladder has at most {RUNGS}: ask, teach, do")
        if _CONTROL.search(doc or ""):
            self._note(line, f"the text of {what} holds a control character", 'write r""" for text with backslashes')
        return Ladder(title=title, rungs=tuple(rungs), clip=self.ref(clip, line) if clip else None)

    def ref(self, text: str, line: int) -> ClipRef | None:
        """Return the clip that a text names, None where it names none."""
        try:
            ref = read_ref(text, self.video.key if self.video else None)
        except ValueError as error:
            self._note(line, str(error), "write KEY@seconds or KEY@from-to, with a key of videos.toml")
            return None
        if self._videos.by_key and ref.key not in self._videos.by_key:
            self._note(line, f"videos.toml has no {ref.key!r}", f"it has {', '.join(self._videos.by_key)}")
        return ref


def _empty_hint(node: ast.Module | Defined) -> int | None:
    """Return the line of the first bullet without a word in a docstring, None where there is none."""
    match node.body[:1]:
        case [ast.Expr(value=ast.Constant(value=str() as text), lineno=first)]:
            lines = [(first + index, line.strip()) for index, line in enumerate(text.splitlines())]
        case _:
            return None
    lines = [(number, line) for number, line in lines if line]
    for (number, line), (_, after) in zip(lines, [*lines[1:], (0, "-")], strict=True):
        if line == "-" and (after == "-" or after.startswith("- ")):
            return number
    return None
