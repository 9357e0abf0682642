import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest

from math4ml_lab import record_file, wire
from math4ml_lab.attempts import Attempt, AttemptStore

ROOT = Path(__file__).resolve().parent.parent
HERE = ("math4ml", "rank-k")
Opener = Callable[[Path], AttemptStore]


def report(outcome: wire.Outcome | None = None, at: float = 1.0, source: str = "x = 1") -> wire.Report:
    return wire.Report(
        cell_id="c", exercise="rank-k", outcome=outcome or wire.Failed(), checks=[], basis="run", source=source, at=at
    )


def keep(
    store: AttemptStore,
    job: str,
    kept: wire.Report | None = None,
    fingerprint: str | None = "f",
    ladder: str | None = "exercise",
) -> bool:
    return store.record(*HERE, job, fingerprint=fingerprint, ladder=ladder, report=kept or report(), digest="d")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "folder" / "record.sqlite"


@pytest.fixture
def opened() -> Iterator[Opener]:
    with ExitStack() as stack:
        yield lambda path: stack.enter_context(closing(AttemptStore(path)))


@pytest.fixture
def store(path: Path, opened: Opener) -> AttemptStore:
    return opened(path)


# -- What is kept ------------------------------------------------------------------------------------------


def test_an_empty_record(store: AttemptStore, path: Path) -> None:
    assert store.problems == []
    assert os.name != "posix" or path.stat().st_mode & 0o077 == 0
    assert (store.latest(*HERE), store.attempts(*HERE), store.passed_at(*HERE)) == (None, [], None)
    assert (store.distinct_failures(*HERE), store.has_failed(*HERE), len(store.opened_hints(*HERE))) == ({}, False, 0)
    assert store.opened(*HERE, "exercise") == []


def test_a_report_comes_back_and_counts_once(store: AttemptStore) -> None:
    kept = report(wire.Failed(), 7.5, "s = 'ä\0'")
    assert keep(store, "job", kept)
    assert not keep(store, "job", report(wire.Passed(inputs=3)))
    assert store.latest(*HERE) == kept
    assert store.attempts(*HERE) == [Attempt(7.5, "f", "failed", "exercise", "job", "d")]
    assert store.passed_at(*HERE) is None


def test_courses_and_exercises_are_kept_apart(store: AttemptStore) -> None:
    keep(store, "job")
    store.open_hint(*HERE, "exercise", 1, 1.0)
    for other in (("other", "rank-k"), ("math4ml", "rank-")):
        assert (store.latest(*other), store.attempts(*other), len(store.opened_hints(*other))) == (None, [], 0)


def test_progress_never_falls(store: AttemptStore) -> None:
    keep(store, "1", report(wire.Passed(inputs=60), 5.0))
    keep(store, "2", report(wire.Failed(), 6.0))
    keep(store, "3", report(wire.Passed(inputs=60), 7.0))
    keep(store, "4", report(wire.NotAttempted(), 0.5))
    assert store.passed_at(*HERE) == 5.0
    assert [attempt.outcome for attempt in store.attempts(*HERE)] == ["passed", "failed", "passed"]
    latest = store.latest(*HERE)
    assert latest is not None
    assert latest.outcome == wire.NotAttempted()  # kept last, whatever the clock says


@pytest.mark.parametrize(
    ("outcome", "failed"),
    [
        (wire.Failed(), True), (wire.CellRaised(error="E"), True), (wire.TimedOut(seconds=1), True),
        (wire.OutOfMemory(megabytes=1), True), (wire.Passed(inputs=1), False), (wire.NotAttempted(), False),
        (wire.KernelDead(), False), (wire.Broken(message="m", fix="f"), False), (wire.Cancelled(), False),
    ],
)  # fmt: skip
def test_what_speaks_against_an_answer(store: AttemptStore, outcome: wire.Outcome, failed: bool) -> None:  # noqa: FBT001
    keep(store, "job", report(outcome))
    assert store.has_failed(*HERE) is failed
    assert [attempt.failed for attempt in store.attempts(*HERE)] in ([failed], [])


def test_a_pass_that_was_held_back_is_no_failure_on_record(store: AttemptStore) -> None:
    keep(store, "1", ladder="mistake:never_failed")
    assert not store.has_failed(*HERE)
    keep(store, "2", ladder=None)
    assert store.has_failed(*HERE)


def test_distinct_failures_by_ladder(store: AttemptStore) -> None:
    rows = [("a", "exercise"), ("a", "exercise"), ("b", "exercise"), ("c", "check:c"), (None, "check:c"), ("d", None)]
    for number, (fingerprint, ladder) in enumerate(rows):
        keep(store, f"{number}", fingerprint=fingerprint, ladder=ladder)
    assert store.distinct_failures(*HERE) == {"exercise": 2, "check:c": 1}


def test_the_first_time_that_a_hint_opened_counts(store: AttemptStore) -> None:
    assert store.open_hint(*HERE, "exercise", 2, 9.0)
    assert store.open_hint(*HERE, "exercise", 1, 5.0)
    assert store.open_hint(*HERE, "check:c", 1, 6.0)
    assert not store.open_hint(*HERE, "exercise", 1, 50.0)
    assert store.opened(*HERE, "exercise") == [(1, 5.0), (2, 9.0)]
    assert len(store.opened_hints(*HERE)) == 3


def test_a_report_of_another_version_is_none(store: AttemptStore, path: Path) -> None:
    for stored in (b'{"cell_id": 1}', b"\xff", b"", b"[" * 5000, b"null", "text", 7):
        keep(store, f"{stored!r}")
        with sqlite3.connect(path) as other:
            other.execute("UPDATE attempt SET report = ?", (stored,))
        other.close()
        assert store.latest(*HERE) is None
    assert (len(store.attempts(*HERE)), store.problems) == (7, [])


def test_what_sqlite_cannot_hold_is_said_and_costs_nothing(store: AttemptStore) -> None:
    assert keep(store, "1", report(source="\ud800"))
    assert store.latest(*HERE) is None
    assert not store.record("\ud800", "x", "2", fingerprint=None, ladder=None, report=report(), digest="")
    assert not keep(store, "3", report(at=float("nan")))
    assert len(store.attempts(*HERE)) == 1
    assert len(store.problems) == 2


def test_the_memory_needs_no_path_and_a_closed_store_is_an_empty_one() -> None:
    store = AttemptStore()
    assert (keep(store, "1"), store.problems, len(store.attempts(*HERE))) == (True, [], 1)
    store.close()
    assert (keep(store, "2"), store.latest(*HERE), store.attempts(*HERE)) == (False, None, [])


# -- Shared ------------------------------------------------------------------------------------------------


def test_two_connections_see_each_other(store: AttemptStore, path: Path, opened: Opener) -> None:
    other = opened(path)
    assert keep(store, "1")
    assert not keep(other, "1")
    assert keep(other, "2")
    assert other.open_hint(*HERE, "exercise", 1, 1.0)
    assert not store.open_hint(*HERE, "exercise", 1, 2.0)
    assert [attempt.job for attempt in store.attempts(*HERE)] == ["1", "2"]
    assert store.problems == other.problems == []


def test_a_fresh_file_opened_by_many_threads(path: Path, opened: Opener) -> None:
    barrier = threading.Barrier(4)
    stores: list[AttemptStore] = []

    def work(number: int) -> None:
        barrier.wait()
        stores.append(opened(path))
        for job in range(10):
            keep(stores[0], f"{number}-{job}")
            stores[-1].open_hint(*HERE, "exercise", job, 1.0)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [(len(s.attempts(*HERE)), len(s.opened_hints(*HERE)), s.problems) for s in stores] == [(40, 10, [])] * 4


PROGRAM = """
import sys
from pathlib import Path
from math4ml_lab import wire
from math4ml_lab.attempts import AttemptStore
store = AttemptStore(Path(sys.argv[1]))
report = wire.Report(cell_id="c", exercise="e", outcome=wire.Failed(), checks=[], basis="run", source="", at=1.0)
keep = lambda job: store.record("c", "e", job, fingerprint=job, ladder=None, report=report, digest="d")
print(sum(keep(f"{sys.argv[2]}-{n}") + keep(f"both-{n}") for n in range(25)), store.problems)
"""


def test_two_processes_write_at_once_and_nothing_is_lost(path: Path, opened: Opener) -> None:
    command = [sys.executable, "-c", PROGRAM, str(path)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    settings: dict[str, Any] = {"stdout": subprocess.PIPE, "text": True, "env": environment}
    running = [subprocess.Popen([*command, name], **settings) for name in ("one", "two")]
    printed = [process.communicate(timeout=50)[0].split(maxsplit=1) for process in running]
    assert [problems.strip() for _, problems in printed] == ["[]", "[]"]
    assert sum(int(count) for count, _ in printed) == 75
    store = opened(path)
    assert len(store.attempts("c", "e")) == 75


def test_a_locked_file_costs_no_verdict(path: Path, opened: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record_file, "BUSY", 0.01)
    impatient = opened(path)
    keep(impatient, "0", report(wire.Passed(inputs=1), 3.0))
    locker = sqlite3.connect(path, isolation_level=None)
    locker.execute("BEGIN IMMEDIATE")
    assert not keep(impatient, "1")
    assert impatient.passed_at(*HERE) == 3.0
    late = opened(path)
    assert ("locked" in late.problems[0], late.passed_at(*HERE), keep(late, "2")) == (True, 3.0, True)
    locker.close()
    assert keep(impatient, "1")
    assert len(impatient.problems) == 1


# -- Damage ------------------------------------------------------------------------------------------------


def test_a_damaged_file_is_set_aside_and_a_new_one_begins(path: Path, opened: Opener) -> None:
    path.parent.mkdir()
    for number, text in enumerate((b"no database at all, " * 100, b"SQLite format 3\0" + b"\xff" * 5000), 1):
        path.write_bytes(text)
        path.with_name("record.sqlite-journal").write_bytes(b"left behind")
        store = opened(path)
        assert [f"record.sqlite.damaged-{number}" in problem for problem in store.problems] == [True]
        assert keep(store, "1")
        assert path.with_name(f"record.sqlite.damaged-{number}").read_bytes() == text
        assert not path.with_name("record.sqlite-journal").exists()
        store.close()
        again = opened(path)
        assert (again.problems, len(again.attempts(*HERE))) == ([], 1)


def test_tables_that_are_not_ours_are_set_aside(path: Path, opened: Opener) -> None:
    path.parent.mkdir()
    with sqlite3.connect(path) as foreign:
        foreign.execute("CREATE TABLE attempt (something)")
    foreign.close()
    store = opened(path)
    assert (len(store.problems), keep(store, "1")) == (1, True)


def test_damage_met_later_keeps_what_can_be_read(path: Path, opened: Opener) -> None:
    store = opened(path)
    store.open_hint(*HERE, "exercise", 1, 4.0)
    for number in range(60):
        keep(store, f"{number}", report(wire.Passed(inputs=1), 2.0 + number, "x" * 3000))
    size = path.stat().st_size
    with path.open("r+b") as file:  # the second half of the pages, tables' roots left whole
        file.seek(size // 2)
        file.write(b"\xff" * (size - size // 2))
    reopened = opened(path)
    assert keep(reopened, "new")
    assert reopened.passed_at(*HERE) == 2.0
    assert reopened.opened(*HERE, "exercise") == [(1, 4.0)]
    assert any("damaged-1" in problem for problem in reopened.problems)


def test_a_file_set_aside_by_another_process_is_followed(store: AttemptStore, path: Path, opened: Opener) -> None:
    keep(store, "1")
    path.rename(path.with_name("elsewhere"))
    other = opened(path)
    assert keep(store, "2")
    assert [attempt.job for attempt in other.attempts(*HERE)] == ["2"]
    assert path.with_name("elsewhere").exists()
    assert not list(path.parent.glob("*.damaged*"))


def test_a_record_of_a_later_version_is_left_alone(path: Path, opened: Opener) -> None:
    AttemptStore(path).close()
    with sqlite3.connect(path) as later:
        later.execute("PRAGMA user_version = 99")
    later.close()
    before = path.read_bytes()
    store = opened(path)
    assert ("later version" in store.problems[0], keep(store, "1")) == (True, True)
    assert path.read_bytes() == before


# -- Not writable ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("below", ["file/folder/record.sqlite", "folder"])
def test_a_path_that_cannot_be_a_file_falls_back_to_memory(tmp_path: Path, below: str, opened: Opener) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "folder").mkdir()
    store = opened(tmp_path / below)
    assert ["forgotten" in problem for problem in store.problems] == [True]
    assert (keep(store, "1"), keep(store, "1"), len(store.attempts(*HERE))) == (True, False, 1)


def test_a_read_only_file_goes_on_in_memory(path: Path, opened: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    store = opened(path)
    keep(store, "1", report(wire.Passed(inputs=1), 3.0))
    store.close()
    connect = sqlite3.connect  # to SQLite a file opened so is a read-only one; permissions would not bind root

    def read_only(database: object, **settings: object) -> sqlite3.Connection:
        if database != path:
            return connect(database, **settings)  # type: ignore[call-overload,no-any-return]
        return connect(f"file:{path}?mode=ro", uri=True, **settings)  # type: ignore[call-overload,no-any-return]

    monkeypatch.setattr(sqlite3, "connect", read_only)
    before = path.read_bytes()
    store = opened(path)
    assert ["readonly" in problem for problem in store.problems] == [True]
    assert (store.passed_at(*HERE), keep(store, "2")) == (3.0, True)
    assert [attempt.job for attempt in store.attempts(*HERE)] == ["1", "2"]
    assert path.read_bytes() == before


def test_a_disk_that_fills_up_is_continued_in_memory(store: AttemptStore, path: Path) -> None:
    keep(store, "1", report(wire.Passed(inputs=1), 3.0))
    pages = store._file._connection.execute("PRAGMA page_count").fetchone()[0]
    store._file._connection.execute(f"PRAGMA max_page_count = {pages}")
    big = report(source="x" * 100_000)
    assert keep(store, "2", big)
    assert ["full" in problem for problem in store.problems] == [True]
    assert (store.passed_at(*HERE), store.latest(*HERE)) == (3.0, big)
