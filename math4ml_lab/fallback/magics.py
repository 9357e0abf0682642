"""The magics `%math4ml` and `%exercise`: what a learner asks for by name."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from IPython.core.error import UsageError

from math4ml_lab import wire
from math4ml_lab.attempts import UNREAD
from math4ml_lab.errors import CatalogueError
from math4ml_lab.fallback import words
from math4ml_lab.fallback.shelf import NotFound, chosen_shelf

if TYPE_CHECKING:
    from collections.abc import Callable

    from math4ml_lab.fallback.session import Entry, Session

USAGE = "Write %math4ml followed by status, check [EXERCISE], hint [EXERCISE], course PATH, plain or widgets."


class Magics:
    """What stands behind the magics; each word is a method."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._words: dict[str, Callable[[str], None]] = {
            "status": self._status,
            "check": self._check,
            "hint": self._hint,
            "course": self._course,
            "plain": self._plain,
            "widgets": self._widgets,
        }

    def math4ml(self, line: str) -> None:
        """Show how exercises stand, check again, open a hint, choose a course: status, check, hint, course PATH."""
        word, _, rest = line.strip().partition(" ")
        if word not in self._words:
            raise UsageError(f"%math4ml does not know {word!r}. {USAGE}" if word else USAGE)
        rest = rest.strip()
        if rest and word in ("status", "plain", "widgets"):
            raise UsageError(f"%math4ml {word} takes nothing behind it, not {rest!r}. {USAGE}")
        self._words[word](rest)

    def exercise(self, line: str) -> None:
        """Say which exercise this cell answers: `%exercise NAME` as its first line."""
        if not line.strip():
            # The cell runs on: its answer is worth more than this line.
            _say("%exercise names no exercise. Write %exercise NAME, with a name that %math4ml status lists.")

    def _status(self, _: str) -> None:
        shelf = self._session.shelf
        _say(self._session.where())
        for entry in self._session.entries.values():
            _say(f"  {entry.name}: {_state(entry)}")
        seen = {entry.name for entry in self._session.entries.values()}
        unread = self._session.store.unread
        rest = [name for name in (shelf.names() if shelf else ()) if name not in seen]
        passed = [name for name in rest if shelf and self._session.store.passed_at(shelf.name, name) is not None]
        for label, names in (
            (words.EARLIER, passed),
            (words.TEXTS["not_run"].label, [name for name in rest if name not in passed]),
        ):
            if names:
                _say(f"  {label}: {', '.join(names)}")
        for problem in self._session.store.problems:
            _say(problem)
        if self._session.store.unread != unread:
            _say(UNREAD)

    def _check(self, name: str) -> None:
        entries = [self._entry(name)] if name else list(self._session.entries.values())
        if not entries:
            raise UsageError("No exercise has run in this session. Run the cell of one: it is checked at once.")
        for entry in entries:
            self._session.check(entry)
        _say(f"Checking {', '.join(entry.name for entry in entries)}: each box says what comes of it. No cell is run.")

    def _hint(self, name: str) -> None:
        entry = self._entry(name)
        before = entry.report.ladder if entry.report is not None else None
        ladder = self._session.hint(entry)
        if ladder is None:
            _say(f"{entry.name}: {_state(entry)}. There is nothing to hint at.")
        elif before is not None and len(ladder.opened) > len(before.opened):
            known = {hint.level for hint in before.opened}
            hint = next(hint for hint in ladder.opened if hint.level not in known)
            _say(f"{entry.name}, {words.hint_label(hint.level, ladder)}: {hint.text}")
        elif isinstance(ladder.next, wire.HintsDone):
            _say(f"{entry.name}: all hints are open, below its cell.")
        else:
            _say(f"{entry.name}: {self._session.page(entry).ask} {self._session.page(entry).note}.")

    def _entry(self, name: str) -> Entry:
        """Return the exercise of that name, or the last one."""
        entries = {entry.name: entry for entry in self._session.entries.values()}
        if not name and self._session.last is not None:
            return self._session.last
        if name in entries:
            return entries[name]
        ran = f"These have run: {', '.join(entries)}." if entries else "Run the cell of an exercise first."
        raise UsageError(f"The exercise {name!r} has not run in this session. {ran}" if name else ran)

    def _course(self, text: str) -> None:
        if not text:
            raise UsageError("%math4ml course names no course. Write a folder with course.toml, or math4ml.")
        text = text.strip("\"'")
        try:
            self._session.shelf = chosen_shelf(text, Path.cwd(), self._session.shelf)
        except NotFound as error:
            raise UsageError(str(error)) from None
        except CatalogueError as error:
            raise UsageError(f"The course {text!r} is broken. {error} Tell its author.") from None
        _say(self._session.where())

    def _plain(self, _: str) -> None:
        self._session.is_plain = True
        _say("From the next run on, reports are shown without widgets.")

    def _widgets(self, _: str) -> None:
        self._session.is_plain = False
        _say("From the next run on, reports are shown in widgets, where there are any.")


def _state(entry: Entry) -> str:
    return words.outcome_words(entry.report.outcome).label if entry.report else words.TEXTS["checking"].label


def _say(text: str) -> None:
    print(text)  # noqa: T201 (a cell's output is where a magic answers)
