"""A learner's own record: attempts, opened hints, answers to questions. Times are seconds since 1970.

Keeping the record never costs a verdict: what goes wrong with its file is said in `problems`.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct

from math4ml_lab import wire
from math4ml_lab.hints import NEVER_FAILED
from math4ml_lab.record_file import COLUMNS, RecordFile

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

PLACE = "math4ml/record.sqlite"
"""Where the record is kept, below Jupyter's data folder, unless another path is configured."""
FAILURES = frozenset(("failed", "cell_raised", "timed_out", "out_of_memory"))
"""The outcomes that speak against an answer; all others but `passed` are no attempts."""

UNREAD = "Your progress cannot be read now: another program keeps its file locked, or the file cannot be reached."

_OF = "course = ? AND exercise = ?"
_FAILED = f"outcome IN ({', '.join(repr(outcome) for outcome in sorted(FAILURES))})"


class Attempt(Struct, frozen=True):
    """One judged answer; `digest` is the module's as it was, `job` the check's own id.

    `review` tells that it was written once more, from the starter.
    """

    at: float
    fingerprint: str | None
    outcome: str
    ladder: str | None
    job: str
    digest: str
    review: bool = False

    @property
    def failed(self) -> bool:
        """Whether the answer was found wrong."""
        return self.outcome in FAILURES


class AttemptStore:
    """The record; any thread may use it. Without a path it lives in memory."""

    def __init__(self, path: Path | None = None) -> None:
        self._file = RecordFile(path)

    @property
    def problems(self) -> list[str]:
        """What went wrong with the file so far, in sentences."""
        return self._file.problems

    @property
    def unread(self) -> int:
        """How many reads have failed so far: each was answered with what was last known."""
        return self._file.unread

    @property
    def path(self) -> Path | None:
        """The file that all is kept in, None where that is the memory."""
        return self._file.path

    def close(self) -> None:
        """Close the file; whatever is asked afterwards is answered as by an empty record."""
        self._file.close()

    def record(  # noqa: PLR0913 (one row, column by column)
        self,
        course: str,
        exercise: str,
        job: str,
        *,
        fingerprint: str | None,
        ladder: str | None,
        report: wire.Report,
        digest: str,
    ) -> bool:
        """Keep a report, as of its time; return False where the job's is kept already, or nothing could be kept."""
        outcome = str(msgspec.to_builtins(report.outcome)["kind"])
        row = (course, exercise, report.at, fingerprint, outcome, ladder, job, digest, _encoded(report), report.review)
        return self._file.insert("attempt", row)

    def follow(self, course: str, old: str, new: str) -> None:
        """Let what was learned under an exercise's old name count for the new one."""
        if self._file.rows(
            "1 FROM (SELECT exercise FROM attempt WHERE course = ?1 AND exercise = ?2 UNION ALL"
            " SELECT exercise FROM hint WHERE course = ?1 AND exercise = ?2) LIMIT 1",
            course,
            old,
        ):
            self._file.rename(course, old, new)

    def latest(self, course: str, exercise: str, *, review: bool = False) -> wire.Report | None:
        """Return the report that was kept last; None where there is none, or none that can still be read.

        One on an answer that was written once more is asked for as `review`, and is another matter.
        """
        last = f"report FROM attempt WHERE {_OF} AND review = {review:d} ORDER BY id DESC LIMIT 1"
        rows = self._file.rows(last, course, exercise)
        return _decoded(rows[0][0]) if rows else None

    def attempts(self, course: str, exercise: str) -> list[Attempt]:
        """Return all judged answers, oldest first."""
        columns = "at, fingerprint, outcome, ladder, job, digest, review"
        judged = f"{_OF} AND (outcome = 'passed' OR {_FAILED})"
        rows = self._file.rows(f"{columns} FROM attempt WHERE {judged} ORDER BY id", course, exercise)
        return [_attempt(row) for row in rows]

    def attempts_of(self, course: str) -> dict[str, list[Attempt]]:
        """Return by exercise all judged answers of a course, oldest first."""
        columns = "exercise, at, fingerprint, outcome, ladder, job, digest, review"
        judged = f"course = ? AND (outcome = 'passed' OR {_FAILED})"
        found: dict[str, list[Attempt]] = {}
        for exercise, *row in self._file.rows(f"{columns} FROM attempt WHERE {judged} ORDER BY id", course):
            found.setdefault(exercise, []).append(_attempt(row))
        return found

    def hints_of(self, course: str) -> dict[str, list[tuple[str, int, float]]]:
        """Return by exercise ladder, level and time of all open hints of a course, the first opened first."""
        found: dict[str, list[tuple[str, int, float]]] = {}
        for exercise, *row in self._file.rows(
            "exercise, ladder, level, at FROM hint WHERE course = ? ORDER BY at", course
        ):
            found.setdefault(exercise, []).append(tuple(row))
        return found

    def distinct_failures(self, course: str, exercise: str) -> dict[str, int]:
        """Return by ladder how many failures differ in what they did."""
        failures = f"attempt WHERE {_OF} AND {_FAILED} AND ladder IS NOT NULL GROUP BY ladder"
        return dict(self._file.rows(f"ladder, count(DISTINCT fingerprint) FROM {failures}", course, exercise))

    def has_failed(self, course: str, exercise: str) -> bool:
        """Tell whether a wrong answer is on record; a right one that was held back for want of it is none."""
        wrong = f"1 FROM attempt WHERE {_OF} AND {_FAILED} AND ladder IS NOT ? LIMIT 1"
        return bool(self._file.rows(wrong, course, exercise, f"mistake:{NEVER_FAILED}"))

    def passed_at(self, course: str, exercise: str) -> float | None:
        """Return when the exercise was first passed: no later failure takes that back."""
        rows = self._file.rows(f"min(at) FROM attempt WHERE {_OF} AND outcome = 'passed'", course, exercise)
        return rows[0][0] if rows else None

    def open_hint(self, course: str, exercise: str, ladder: str, level: int, at: float) -> bool:
        """Keep that a hint was opened; return False where it was open already: the first time counts."""
        return self._file.insert("hint", (course, exercise, ladder, level, at))

    def opened(self, course: str, exercise: str, ladder: str) -> list[tuple[int, float]]:
        """Return level and time of the open hints of a ladder, lowest first."""
        found = f"level, at FROM hint WHERE {_OF} AND ladder = ? ORDER BY level"
        return self._file.rows(found, course, exercise, ladder)

    def reports(self, course: str, exercise: str) -> list[wire.Report]:
        """Return the reports that can still be read, the newest first."""
        every = f"report FROM attempt WHERE {_OF} ORDER BY id DESC"
        rows = self._file.rows(every, course, exercise, is_kept=False)  # they may be large
        return [report for row in rows if (report := _decoded(row[0])) is not None]

    def opened_hints(self, course: str, exercise: str) -> list[tuple[str, int, float]]:
        """Return ladder, level and time of all open hints of an exercise, the first opened first."""
        return self._file.rows(f"ladder, level, at FROM hint WHERE {_OF} ORDER BY at", course, exercise)

    def answer(self, course: str, exercise: str, question: str, answered: wire.Answered) -> bool:
        """Keep what was said to a question; return False where it could not be kept."""
        row = (course, exercise, question, answered.at, msgspec.json.encode(answered))
        return self._file.insert("answer", row)

    def answers(self, course: str, exercise: str) -> dict[str, list[wire.Answered]]:
        """Return by question what was said to it, the oldest first."""
        found: dict[str, list[wire.Answered]] = {}
        for question, row in self._file.rows(
            f"question, answered FROM answer WHERE {_OF} ORDER BY id", course, exercise
        ):
            with suppress(msgspec.DecodeError, UnicodeDecodeError):
                found.setdefault(question, []).append(msgspec.json.decode(row, type=wire.Answered))
        return found

    # -- All of it ------------------------------------------------------------------------------------------

    def everything(self, course: str | None = None) -> dict[str, list[dict[str, str | float | None]]]:
        """Return all rows by table, or those of one course, their columns by name."""
        of, values = ("", ()) if course is None else (" WHERE course = ?", (course,))
        found: dict[str, list[dict[str, str | float | None]]] = {}
        for table, columns in COLUMNS.items():
            every = f"{', '.join(columns)} FROM {table}{of} ORDER BY rowid"
            rows = self._file.rows(every, *values, is_kept=False)
            found[table] = [dict(zip(columns, map(_plain, row), strict=True)) for row in rows]
        return found

    def erase(self, course: str | None = None) -> int:
        """Forget all, or one course; return how many rows that were."""
        return self._file.erase(course)


def _attempt(row: Sequence[Any]) -> Attempt:
    at, fingerprint, outcome, ladder, job, digest, review = row
    return Attempt(at, fingerprint, outcome, ladder, job, digest, bool(review))


def _plain(value: str | float | bytes | None) -> str | float | None:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else value


def _encoded(report: wire.Report) -> bytes:
    try:
        return msgspec.json.encode(report)
    except UnicodeEncodeError:  # a lone surrogate: the attempt counts, its text is lost
        return b""


def _decoded(report: bytes) -> wire.Report | None:
    try:
        return msgspec.json.decode(report, type=wire.Report)
    except (msgspec.DecodeError, UnicodeDecodeError, TypeError, RecursionError):
        return None
