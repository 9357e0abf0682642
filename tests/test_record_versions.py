"""A record of the first version is brought up to date, whatever state it is in; and what all of it is."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import ExitStack, closing
from typing import TYPE_CHECKING

import msgspec
import pytest
from test_attempts import HERE, keep, report

from math4ml_lab import record_file, wire
from math4ml_lab.attempts import Attempt, AttemptStore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Opener = Callable[[Path], AttemptStore]

FIRST = """
CREATE TABLE attempt (
    id INTEGER PRIMARY KEY, course TEXT NOT NULL, exercise TEXT NOT NULL, at REAL NOT NULL, fingerprint TEXT,
    outcome TEXT NOT NULL, ladder TEXT, job TEXT NOT NULL UNIQUE, digest TEXT NOT NULL, report BLOB NOT NULL);
CREATE INDEX attempt_of ON attempt (course, exercise, outcome);
CREATE TABLE hint (
    course TEXT NOT NULL, exercise TEXT NOT NULL, ladder TEXT NOT NULL, level INTEGER NOT NULL,
    at REAL NOT NULL, PRIMARY KEY (course, exercise, ladder, level));
PRAGMA user_version = 1;
"""
INSERTION = (
    "INSERT INTO attempt (course, exercise, at, fingerprint, outcome, ladder, job, digest, report)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
PASS = report(wire.Passed(inputs=1), 3.0)
ANSWERED = wire.Answered(at=5.0, value="(2, 3)", right=False, follow_up="Count the columns.")


@pytest.fixture
def opened() -> Iterator[Opener]:
    with ExitStack() as stack:
        yield lambda path: stack.enter_context(closing(AttemptStore(path)))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where a record of the first version is, as that version wrote it."""
    path = tmp_path / "record.sqlite"
    old = sqlite3.connect(path)
    old.executescript(FIRST)
    old.execute(INSERTION, (*HERE, 3.0, "f", "passed", None, "old", "d", msgspec.json.encode(PASS)))
    old.execute("INSERT INTO hint VALUES (?, ?, 'exercise', 1, 2.0)", HERE)
    old.commit()
    old.close()
    return path


def holds_the_old(store: AttemptStore) -> bool:
    return (
        store.attempts(*HERE)[0] == Attempt(3.0, "f", "passed", None, "old", "d", review=False)
        and store.latest(*HERE) == PASS
        and store.opened_hints(*HERE) == [("exercise", 1, 2.0)]
        and store.answers(*HERE) == {}
    )


def version(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


# -- From one version to the next --------------------------------------------------------------------------


def test_a_record_of_the_first_version_is_brought_up_to_date(path: Path, opened: Opener) -> None:
    store = opened(path)
    assert (store.problems, version(path)) == ([], 2)
    assert holds_the_old(store)
    assert keep(store, "new", msgspec.structs.replace(report(wire.Failed(), 9.0), review=True))
    assert store.answer(*HERE, "shape", ANSWERED)
    again = opened(path)
    assert [(one.job, one.review) for one in again.attempts(*HERE)] == [("old", False), ("new", True)]
    assert again.answers(*HERE) == {"shape": [ANSWERED]}


def test_many_servers_bring_one_file_up_to_date_at_once(path: Path, opened: Opener) -> None:
    barrier = threading.Barrier(4)
    stores: list[AttemptStore] = []

    def work() -> None:
        barrier.wait()
        stores.append(opened(path))

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [(store.problems, holds_the_old(store)) for store in stores] == [([], True)] * 4


def test_a_damaged_record_of_the_first_version_is_taken_over(path: Path, opened: Opener) -> None:
    with closing(sqlite3.connect(path)) as old:
        old.execute("DROP TABLE hint")  # not what that version left: it cannot be brought up to date
        old.execute("CREATE TABLE answer (something)")
    store = opened(path)
    assert ["damaged-1" in problem for problem in store.problems] == [True]
    assert version(path) == 2
    assert store.attempts(*HERE) == [Attempt(3.0, "f", "passed", None, "old", "d", review=False)]
    assert (store.latest(*HERE), store.opened_hints(*HERE)) == (PASS, [])
    assert version(path.with_name("record.sqlite.damaged-1")) == 1
    assert keep(store, "new")


def test_what_can_be_read_of_a_damaged_record_of_the_first_version_is_taken_over(path: Path, opened: Opener) -> None:
    with closing(sqlite3.connect(path)) as old, old:
        for number in range(60):
            old.execute(INSERTION, (*HERE, 4.0 + number, "f", "failed", None, f"{number}", "d", b"x" * 3000))
    size = path.stat().st_size
    with path.open("r+b") as file:  # the second half of the pages, tables' roots left whole
        file.seek(size // 2)
        file.write(b"\xff" * (size - size // 2))
    store = opened(path)
    assert keep(store, "new")
    kept = store.attempts(*HERE)
    assert kept[0] == Attempt(3.0, "f", "passed", None, "old", "d", review=False)
    assert (1 < len(kept) < 62, kept[-1].job, version(path)) == (True, "new", 2)
    assert store.opened_hints(*HERE) == [("exercise", 1, 2.0)]


def test_a_read_only_record_of_the_first_version_goes_on_in_memory(
    path: Path, opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect = sqlite3.connect  # to SQLite a file opened so is a read-only one; permissions would not bind root

    def read_only(database: object, **settings: object) -> sqlite3.Connection:
        if database != path:
            return connect(database, **settings)  # type: ignore[call-overload,no-any-return]
        return connect(f"file:{path}?mode=ro", uri=True, **settings)  # type: ignore[call-overload,no-any-return]

    monkeypatch.setattr(sqlite3, "connect", read_only)
    before = path.read_bytes()
    store = opened(path)
    assert (["readonly" in problem for problem in store.problems], store.path) == ([True], None)
    assert holds_the_old(store)
    assert (keep(store, "new"), store.answer(*HERE, "shape", ANSWERED)) == (True, True)
    assert path.read_bytes() == before


def test_a_full_disk_costs_neither_answers_nor_second_times(path: Path, opened: Opener) -> None:
    store = opened(path)
    assert keep(store, "1", msgspec.structs.replace(PASS, review=True))
    assert store.answer(*HERE, "shape", ANSWERED)
    pages = store._file._connection.execute("PRAGMA page_count").fetchone()[0]
    store._file._connection.execute(f"PRAGMA max_page_count = {pages}")
    assert store.answer(*HERE, "shape", wire.Answered(at=6.0, value="x" * 100_000))
    assert ["full" in problem for problem in store.problems] == [True]
    assert store.path is None
    assert [one.value and one.value[:6] for one in store.answers(*HERE)["shape"]] == ["(2, 3)", "xxxxxx"]
    assert [one.review for one in store.attempts(*HERE)] == [False, True]


def test_two_stores_share_answers_and_what_is_erased(path: Path, opened: Opener) -> None:
    store, other = opened(path), opened(path)
    assert store.answer(*HERE, "shape", ANSWERED)
    assert not other.answer(*HERE, "shape", ANSWERED), "the same was said at the same time"
    assert other.answers(*HERE) == {"shape": [ANSWERED]}
    assert other.erase() == 3
    assert (store.attempts(*HERE), store.answers(*HERE), len(store.opened_hints(*HERE))) == ([], {}, 0)
    assert keep(store, "old"), "what was erased can be done again"
    assert len(other.attempts(*HERE)) == 1


# -- A file that stays locked ------------------------------------------------------------------------------


def test_only_the_first_question_waits_for_a_file_that_stays_locked(
    path: Path, opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record_file, "BUSY", 0.2)
    store = opened(path)
    locker = sqlite3.connect(path, isolation_level=None)
    locker.execute("BEGIN EXCLUSIVE")

    def patience() -> int:
        return int(store._file._connection.execute("PRAGMA busy_timeout").fetchone()[0])

    assert (patience(), store.attempts(*HERE), patience()) == (200, [], 50)
    assert not keep(store, "1")
    locker.close()
    assert (len(store.attempts(*HERE)), patience()) == (1, 200)


# -- All of it ---------------------------------------------------------------------------------------------


def test_everything_is_all_columns_of_all_rows(path: Path, opened: Opener) -> None:
    store = opened(path)
    store.answer(*HERE, "shape", ANSWERED)
    store.open_hint("other", "rank-k", "exercise", 1, 4.0)
    whole = store.everything()
    assert {table: [set(row) for row in rows] for table, rows in whole.items()} == {
        "attempt": [set(record_file.COLUMNS["attempt"])],
        "hint": [set(record_file.COLUMNS["hint"])] * 2,
        "answer": [set(record_file.COLUMNS["answer"])],
    }
    assert msgspec.json.decode(str(whole["attempt"][0]["report"]), type=wire.Report) == PASS
    assert msgspec.json.decode(str(whole["answer"][0]["answered"]), type=wire.Answered) == ANSWERED
    assert [len(rows) for rows in store.everything("other").values()] == [0, 1, 0]


def test_a_report_that_is_no_text_is_handed_out_as_far_as_it_is(path: Path, opened: Opener) -> None:
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("UPDATE attempt SET report = ?", (b"\xff{",))
    assert opened(path).everything()["attempt"][0]["report"] == "\ufffd{"


def test_answers_that_cannot_be_read_are_left_out(path: Path, opened: Opener) -> None:
    store = opened(path)
    for number, value in enumerate(("first", None, "third"), 1):
        store.answer(*HERE, "shape", wire.Answered(at=number, value=value))
    store.answer(*HERE, "beat", ANSWERED)
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("UPDATE answer SET answered = ? WHERE at = 1", (b"\xff",))
    assert {name: [one.value for one in said] for name, said in store.answers(*HERE).items()} == {
        "shape": [None, "third"],
        "beat": ["(2, 3)"],
    }


def test_erasing_a_course_leaves_the_others(path: Path, opened: Opener) -> None:
    store = opened(path)
    store.open_hint("other", "rank-k", "exercise", 1, 4.0)
    assert store.erase("no-such") == 0
    assert store.erase(HERE[0]) == 2
    assert (store.attempts(*HERE), len(store.opened_hints(*HERE)), len(store.opened_hints("other", "rank-k"))) == (
        [],
        0,
        1,
    )
    assert store.erase() == 1
    assert store.everything() == {"attempt": [], "hint": [], "answer": []}


def test_what_is_erased_cannot_be_read_in_the_file(path: Path, opened: Opener) -> None:
    store = opened(path)
    for number in range(20):
        keep(store, f"{number}", report(source=f"a text of the learner's {'x' * 3000}"))
    assert b"a text of the learner's" in path.read_bytes()
    store.erase()
    assert b"a text of the learner's" not in path.read_bytes()


def test_second_times_are_told_apart(path: Path, opened: Opener) -> None:
    store = opened(path)
    again = msgspec.structs.replace(report(wire.Failed(), 9.0), review=True)
    keep(store, "again", again)
    assert (store.latest(*HERE), store.latest(*HERE, review=True)) == (PASS, again)
    assert [one.review for one in store.attempts_of(HERE[0])[HERE[1]]] == [False, True]
    assert store.attempts_of(HERE[0]) == {HERE[1]: store.attempts(*HERE)}
    assert store.hints_of(HERE[0]) == {HERE[1]: store.opened_hints(*HERE)}
    assert (store.attempts_of("other"), store.hints_of("other")) == ({}, {})
