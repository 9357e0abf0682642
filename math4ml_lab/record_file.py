"""The file of a learner's record: SQLite that several servers may share, on any kind of disk.

A damaged file is set aside and what can be read of it taken over; one that cannot be written is continued in memory;
`problems` says so in sentences. An older schema is brought up to date in place.
"""

from __future__ import annotations

import itertools
import sqlite3
import threading
from contextlib import closing, suppress
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

VERSION = 2
"""The schema's version, kept in `user_version`."""
BUSY = 5.0
"""Seconds to wait for another process that is writing."""
IMPATIENT = 0.05
"""The same, once that was in vain: many questions in a row must not each wait as long."""
KNOWN = 2_000
"""How many answers of the file are remembered for when it cannot be read."""

_STEPS = (
    (
        """CREATE TABLE attempt (
            id INTEGER PRIMARY KEY, course TEXT NOT NULL, exercise TEXT NOT NULL, at REAL NOT NULL, fingerprint TEXT,
            outcome TEXT NOT NULL, ladder TEXT, job TEXT NOT NULL UNIQUE, digest TEXT NOT NULL,
            report BLOB NOT NULL)""",
        "CREATE INDEX attempt_of ON attempt (course, exercise, outcome)",
        """CREATE TABLE hint (
            course TEXT NOT NULL, exercise TEXT NOT NULL, ladder TEXT NOT NULL, level INTEGER NOT NULL,
            at REAL NOT NULL, PRIMARY KEY (course, exercise, ladder, level))""",
    ),
    (
        "ALTER TABLE attempt ADD COLUMN review INTEGER NOT NULL DEFAULT 0",
        """CREATE TABLE answer (
            id INTEGER PRIMARY KEY, course TEXT NOT NULL, exercise TEXT NOT NULL, question TEXT NOT NULL,
            at REAL NOT NULL, answered BLOB NOT NULL, UNIQUE (course, exercise, question, at))""",
    ),
)
"""What leads from each version of the schema to the next."""
COLUMNS = {
    "attempt": ("course", "exercise", "at", "fingerprint", "outcome", "ladder", "job", "digest", "report", "review"),
    "hint": ("course", "exercise", "ladder", "level", "at"),
    "answer": ("course", "exercise", "question", "at", "answered"),
}
"""The tables, and what a row of each holds."""
# Result codes of SQLite. 1 is damage too: the tables are not ours.
_BUSY_CODES = {5, 6}
_DAMAGE_CODES = {1, 11, 24, 26}
_UNWRITABLE_CODES = {3, 8, 10, 13, 14, 15, 23}
_MOVED = 8 | 4 << 8
_TRIES = 3

T = TypeVar("T")
D = TypeVar("D")


class _NewerError(Exception):
    """The file was written by a later version of this package."""


class RecordFile:
    """The SQLite file behind a store: it opens, mends what it can, and gives way to the memory.

    `unread` counts the reads that failed.
    """

    def __init__(self, path: Path | None) -> None:
        self.problems: list[str] = []
        self.unread = 0
        self._known: dict[tuple[str, ...], list[Any]] = {}
        self._path = path
        self._origin: Path | None = None
        self._identity: tuple[int, int] | None = None
        self._patience = BUSY
        self._lock = threading.Lock()
        self._connection = self._open()

    @property
    def path(self) -> Path | None:
        """Where the record is kept, None for the memory."""
        return self._path

    def close(self) -> None:
        """Close it; whatever is asked afterwards finds nothing."""
        with self._lock:
            self._connection.close()
            self._known.clear()

    def erase(self, course: str | None) -> int:
        """Delete all rows, or those of one course; return how many there were."""
        of, values = ("", ()) if course is None else (" WHERE course = ?", (course,))

        def work(connection: sqlite3.Connection) -> int:
            with connection:
                connection.execute("BEGIN IMMEDIATE")
                self._known.clear()
                return sum(connection.execute(f"DELETE FROM {table}{of}", values).rowcount for table in COLUMNS)  # noqa: S608

        return self._run(work, otherwise=0)

    def rename(self, course: str, old: str, new: str) -> int:
        """Give the rows of one exercise to another; return how many there were. What that one has already stays."""

        def work(connection: sqlite3.Connection) -> int:
            with connection:
                connection.execute("BEGIN IMMEDIATE")
                change = "SET exercise = ? WHERE course = ? AND exercise = ?"
                renamed = [
                    connection.execute(f"UPDATE OR IGNORE {table} {change}", (new, course, old)) for table in COLUMNS
                ]
                return sum(cursor.rowcount for cursor in renamed)

        return self._run(work, otherwise=0)

    def rows(self, select: str, *values: str, is_kept: bool = True) -> list[Any]:
        """Return what `SELECT` finds; where the file fails what it found last, if that `is_kept`, or nothing."""

        def work(connection: sqlite3.Connection) -> list[Any]:
            rows = connection.execute(f"SELECT {select}", values).fetchall()
            if is_kept:
                self._known.pop((select, *values), None)
                self._known[select, *values] = list(rows)
                if len(self._known) > KNOWN:
                    del self._known[next(iter(self._known))]
            return rows

        found = self._run(work, otherwise=None, is_read=True)
        if found is None:
            self.unread += 1
            return list(self._known.get((select, *values), []))
        return found

    def insert(self, table: str, row: tuple[object, ...]) -> bool:
        """Add a row; return False where it stands there already, or cannot be kept."""
        return self._run(
            lambda connection: connection.execute(_insertion(table, COLUMNS[table]), row).rowcount == 1, otherwise=False
        )

    def _run(self, work: Callable[[sqlite3.Connection], T], otherwise: D, *, is_read: bool = False) -> T | D:
        with self._lock:
            for _ in range(_TRIES):
                try:
                    found = work(self._connection)
                except sqlite3.Error as error:
                    if not self._recovers(error):
                        if not is_read:
                            self._say(f"Something could not be kept in your record: {error}.")
                        break
                except (UnicodeError, OverflowError) as error:
                    self._say(f"Something could not be kept in your record: {error}.")
                    break
                else:
                    self._wait_at_most(BUSY)
                    return found
        return otherwise

    def _wait_at_most(self, seconds: float) -> None:
        if seconds != self._patience:
            self._connection.execute(f"PRAGMA busy_timeout = {round(1000 * seconds)}")
            self._patience = seconds

    def _say(self, problem: str) -> None:
        if problem not in self.problems:
            self.problems.append(problem)

    def _recovers(self, error: sqlite3.Error) -> bool:
        """Mend the store, so that the work can be tried again; return False where that is no use."""
        code = _code(error)
        if code & 0xFF in _BUSY_CODES:
            self._wait_at_most(min(BUSY, IMPATIENT))
        if self._path is None or (code != _MOVED and code & 0xFF not in _DAMAGE_CODES | _UNWRITABLE_CODES):
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
        self._patience = BUSY
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
        for table, wanted in COLUMNS.items():
            rows: list[Any] = []
            columns: tuple[str, ...] = ()
            with suppress(sqlite3.Error), closing(_readable(origin)) as source:
                there = {row[1] for row in source.execute(f"PRAGMA table_info({table})")}
                columns = tuple(column for column in wanted if column in there)
                rows.extend(source.execute(_selection(table, columns)))  # keeps what comes before an error
            with suppress(sqlite3.Error), connection:
                connection.execute("BEGIN")
                connection.executemany(_insertion(table, columns), rows)
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
    connection.execute("PRAGMA secure_delete = ON")  # what is erased is not to be read in the file either
    connection.execute("BEGIN IMMEDIATE")
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > VERSION:
        raise _NewerError(f"it was written by a later version, {version}")
    for statement in itertools.chain.from_iterable(_STEPS[version:]):
        connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {VERSION}")  # every time: only writing tells whether it can be written
    for table, columns in COLUMNS.items():
        connection.execute(f"{_selection(table, columns)} LIMIT 0")
    connection.execute("COMMIT")
    return connection


def _selection(table: str, columns: tuple[str, ...]) -> str:
    return f"SELECT {', '.join(columns)} FROM {table}"  # noqa: S608 (our own names)


def _insertion(table: str, columns: tuple[str, ...]) -> str:
    marks = ", ".join("?" * len(columns))
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks}) ON CONFLICT DO NOTHING"  # noqa: S608


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
