"""A learner's own record: attempts and opened hints, in one SQLite file that several servers may share.

Keeping the record never costs a verdict: a damaged file is set aside, one that cannot be written is continued in
memory, and `problems` says so in sentences. Times are seconds since 1970.
"""

from __future__ import annotations

import itertools
import sqlite3
import threading
from contextlib import closing, suppress
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import quote

import msgspec
from msgspec import Struct

from math4ml_lab import wire
from math4ml_lab.hints import NEVER_FAILED

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

VERSION = 1
"""The schema's version, kept in `user_version`."""
BUSY = 5.0
"""Seconds to wait for another process that is writing."""
FAILURES = frozenset(("failed", "cell_raised", "timed_out", "out_of_memory"))
"""The outcomes that speak against an answer; all others but `passed` are no attempts."""

_SCHEMA = (
    """CREATE TABLE attempt (
        id INTEGER PRIMARY KEY, course TEXT NOT NULL, exercise TEXT NOT NULL, at REAL NOT NULL, fingerprint TEXT,
        outcome TEXT NOT NULL, ladder TEXT, job TEXT NOT NULL UNIQUE, digest TEXT NOT NULL, report BLOB NOT NULL)""",
    "CREATE INDEX attempt_of ON attempt (course, exercise, outcome)",
    """CREATE TABLE hint (
        course TEXT NOT NULL, exercise TEXT NOT NULL, ladder TEXT NOT NULL, level INTEGER NOT NULL, at REAL NOT NULL,
        PRIMARY KEY (course, exercise, ladder, level))""",
)
_COLUMNS = {
    "attempt": "course, exercise, at, fingerprint, outcome, ladder, job, digest, report",
    "hint": "course, exercise, ladder, level, at",
}
_OF = "course = ? AND exercise = ?"
_FAILED = f"outcome IN ({', '.join(repr(outcome) for outcome in sorted(FAILURES))})"

# Result codes of SQLite. 1 is damage too: the tables are not ours.
_BUSY_CODES = {5, 6}
_DAMAGE_CODES = {1, 11, 24, 26}
_UNWRITABLE_CODES = {3, 8, 10, 13, 14, 15, 23}
_MOVED = 8 | 4 << 8
_TRIES = 3

T = TypeVar("T")


class Attempt(Struct, frozen=True):
    """One judged answer; `digest` is the module's as it was, `job` the check's own id."""

    at: float
    fingerprint: str | None
    outcome: str
    ladder: str | None
    job: str
    digest: str

    @property
    def failed(self) -> bool:
        """Whether the answer was found wrong."""
        return self.outcome in FAILURES


class AttemptStore:
    """The record; any thread may use it. Without a path it lives in memory."""

    def __init__(self, path: Path | None = None) -> None:
        self._file = _File(path)

    @property
    def problems(self) -> list[str]:
        """What went wrong with the file so far, in sentences."""
        return self._file.problems

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
        row = (course, exercise, report.at, fingerprint, outcome, ladder, job, digest, _encoded(report))
        return self._file.insert("attempt", row)

    def latest(self, course: str, exercise: str) -> wire.Report | None:
        """Return the report that was kept last; None where there is none, or none that can still be read."""
        rows = self._file.rows(f"report FROM attempt WHERE {_OF} ORDER BY id DESC LIMIT 1", course, exercise)
        return _decoded(rows[0][0]) if rows else None

    def attempts(self, course: str, exercise: str) -> list[Attempt]:
        """Return all judged answers, oldest first."""
        columns = "at, fingerprint, outcome, ladder, job, digest"
        judged = f"{_OF} AND (outcome = 'passed' OR {_FAILED})"
        rows = self._file.rows(f"{columns} FROM attempt WHERE {judged} ORDER BY id", course, exercise)
        return [Attempt(*row) for row in rows]

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

    def hint_count(self, course: str, exercise: str) -> int:
        """Return how many hints were opened, over all ladders of an exercise."""
        rows = self._file.rows(f"count(*) FROM hint WHERE {_OF}", course, exercise)
        return int(rows[0][0]) if rows else 0


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


class _NewerError(Exception):
    """The file was written by a later version of this package."""


class _File:
    """The SQLite file behind a store: it opens, mends what it can, and gives way to the memory."""

    def __init__(self, path: Path | None) -> None:
        self.problems: list[str] = []
        self._path = path
        self._origin: Path | None = None
        self._identity: tuple[int, int] | None = None
        self._lock = threading.Lock()
        self._connection = self._open()

    def close(self) -> None:
        with self._lock:
            self._connection.close()

    def rows(self, select: str, *values: str) -> list[Any]:
        """Return what `SELECT` finds, nothing where the file fails."""
        return self._run(lambda connection: connection.execute(f"SELECT {select}", values).fetchall(), otherwise=[])

    def insert(self, table: str, row: tuple[object, ...]) -> bool:
        """Add a row; return False where it stands there already, or cannot be kept."""
        return self._run(lambda connection: connection.execute(_insertion(table), row).rowcount == 1, otherwise=False)

    def _run(self, work: Callable[[sqlite3.Connection], T], otherwise: T) -> T:
        with self._lock:
            for _ in range(_TRIES):
                try:
                    return work(self._connection)
                except sqlite3.Error as error:
                    if not self._recovers(error):
                        break
                except (UnicodeError, OverflowError) as error:
                    self._say(f"Something could not be kept in your record: {error}.")
                    break
        return otherwise

    def _say(self, problem: str) -> None:
        if problem not in self.problems:
            self.problems.append(problem)

    def _recovers(self, error: sqlite3.Error) -> bool:
        """Mend the store, so that the work can be tried again; return False where that is no use."""
        code = _code(error)
        if self._path is None or (code != _MOVED and code & 0xFF not in _DAMAGE_CODES | _UNWRITABLE_CODES):
            self._say(f"Something could not be kept in your record: {error}.")
            return False
        self._connection.close()
        if code != _MOVED and not self._sets_aside(error):
            self._give_up(error)
        self._connection = self._open()
        return True

    def _open(self) -> sqlite3.Connection:
        """Open the file, a new one in place of a damaged one, or the memory."""
        for _ in range(_TRIES):
            if self._path is None:
                break
            try:
                return self._taken_over(self._open_file(self._path))
            except (sqlite3.Error, OSError, _NewerError) as error:
                if not self._sets_aside(error):
                    self._give_up(error)
        else:
            self._give_up(OSError("it is damaged again and again"))
        return self._taken_over(_prepared(sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)))

    def _open_file(self, path: Path) -> sqlite3.Connection:
        path.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError):
            path.touch(mode=0o600, exist_ok=False)  # answers are nobody else's business
        self._identity = _identity(path)
        connection = sqlite3.connect(path, timeout=BUSY, isolation_level=None, check_same_thread=False)
        try:
            return _prepared(connection)
        except BaseException:
            connection.close()
            raise

    def _taken_over(self, connection: sqlite3.Connection) -> sqlite3.Connection:
        """Copy what can be read of the file that is given up: progress never falls."""
        origin, self._origin = self._origin, None
        if origin is None:
            return connection
        for table in _COLUMNS:
            rows: list[Any] = []
            with suppress(sqlite3.Error), closing(_readable(origin)) as source:
                rows.extend(source.execute(_selection(table)))  # keeps what comes before an error
            with suppress(sqlite3.Error), connection:
                connection.execute("BEGIN")
                connection.executemany(_insertion(table), rows)
        return connection

    def _give_up(self, error: Exception) -> None:
        name, self._origin, self._path = self._path, self._path, None
        self._say(f"Your record {name} cannot be written ({error}): what comes now is forgotten when the server stops.")

    def _sets_aside(self, error: Exception) -> bool:
        """Rename a damaged file; return False where it is not damaged, or cannot be renamed."""
        path = self._path
        if path is None or not isinstance(error, sqlite3.Error) or _code(error) & 0xFF not in _DAMAGE_CODES:
            return False
        if _identity(path) != self._identity:
            return True  # another process was faster
        names = (path.with_name(f"{path.name}.damaged-{number}") for number in itertools.count(1))
        aside = next(name for name in names if not name.exists())
        try:
            path.rename(aside)
            with suppress(FileNotFoundError):  # left behind, it would be played into the new file
                path.with_name(f"{path.name}-journal").rename(f"{aside}-journal")
        except OSError:
            return False
        self._origin = aside
        self._say(f"Your record was damaged ({error}). It is kept as {aside.name}; what could be read was taken over.")
        return True


def _prepared(connection: sqlite3.Connection) -> sqlite3.Connection:
    """Make the tables where they are missing, and make sure that they can be written."""
    connection.execute("PRAGMA journal_mode = DELETE")  # write-ahead logs need shared memory, which NFS lacks
    connection.execute("BEGIN IMMEDIATE")
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > VERSION:
        raise _NewerError(f"it was written by a later version, {version}")
    for statement in _SCHEMA if version == 0 else ():
        connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {VERSION}")  # every time: only writing tells whether it can be written
    for table in _COLUMNS:
        connection.execute(f"{_selection(table)} LIMIT 0")
    connection.execute("COMMIT")
    return connection


def _selection(table: str) -> str:
    return f"SELECT {_COLUMNS[table]} FROM {table}"  # noqa: S608 (our own names)


def _insertion(table: str) -> str:
    columns = _COLUMNS[table]
    marks = ", ".join("?" * len(columns.split(",")))
    return f"INSERT INTO {table} ({columns}) VALUES ({marks}) ON CONFLICT DO NOTHING"  # noqa: S608 (our own names)


def _readable(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True, timeout=BUSY)


def _code(error: sqlite3.Error) -> int:
    return int(getattr(error, "sqlite_errorcode", 0))


def _identity(path: Path) -> tuple[int, int] | None:
    """Return what tells a file from its successor of the same name, None where there is none."""
    with suppress(OSError):
        found = path.stat()
        return found.st_dev, found.st_ino
    return None
