"""Reads the titles, hint ladders and clips of a module's docstrings, with what is wrong with them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from math4ml_lab.hints import ClipRef, Ladder, read_ref, split_ladder, split_title

if TYPE_CHECKING:
    from collections.abc import Callable

    from math4ml_lab.course import Videos

RUNGS = 3
"""Hints that an author writes per ladder: ask, teach, do."""
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


class LadderReader:
    """Reads texts of one module; `video` is the exercise's own, to which `@33:51` refers."""

    def __init__(self, note: Callable[[int, str, str], None], videos: Videos) -> None:
        self.video: ClipRef | None = None
        self._note = note
        self._videos = videos

    def ladder(self, doc: str | None, line: int, what: str) -> Ladder:
        """Return the ladder that a docstring states."""
        title, rungs = split_ladder(doc or "")
        title, clip = split_title(title)
        if not title:
            self._note(line, f"{what} has no title", "begin its docstring with one line that says what is claimed")
        if not all(rungs):
            self._note(line, f"{what} has an empty hint", 'write a sentence behind each "- "')
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
