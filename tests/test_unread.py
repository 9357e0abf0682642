"""A record that cannot be read is not taken for an empty one: what was last known stays, and it is said."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from learning import course, keep, record
from tornado.httpclient import HTTPClientError

from math4ml_lab import record_file, wire
from math4ml_lab.attempts import UNREAD, AttemptStore
from math4ml_lab.cli.progress import command

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from panel import Panel

HERE = ("tried", "double")


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record_file, "BUSY", 0.01)


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[AttemptStore]:
    with closing(AttemptStore(tmp_path / "record.sqlite")) as found:
        keep(found, "double", 1.0, job="1")
        yield found


def locked(path: Path | None) -> closing[sqlite3.Connection]:
    """Lock a record as another process does that writes."""
    assert path is not None
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("BEGIN EXCLUSIVE")
    return closing(connection)


def test_what_was_known_stays(kept: AttemptStore) -> None:
    known = kept.attempts(*HERE), kept.latest(*HERE), kept.attempts_of("tried")
    assert len(known[0]) == 1
    with locked(kept.path):
        assert (kept.attempts(*HERE), kept.latest(*HERE), kept.attempts_of("tried")) == known
        assert (kept.unread, kept.problems) == (3, []), "a read that fails keeps nothing from being kept"
        assert (kept.reports(*HERE), len(kept.opened_hints(*HERE)), kept.unread) == ([], 0, 5), (
            "and what was not is nothing"
        )
    keep(kept, "double", 2.0, job="2")
    assert (len(kept.attempts(*HERE)), kept.unread) == (2, 5)


def test_what_was_erased_is_not_known_any_more(kept: AttemptStore) -> None:
    assert len(kept.attempts(*HERE)) == 1
    assert kept.erase() == 1
    with locked(kept.path):
        assert kept.attempts(*HERE) == []


def test_what_is_remembered_is_limited(kept: AttemptStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record_file, "KNOWN", 2)
    for name in ("double", "more", "double", "other"):
        kept.attempts("tried", name)
    assert [key[-1] for key in kept._file._known] == ["double", "other"]


def test_an_export_that_found_nothing_to_read_says_so(kept: AttemptStore, monkeypatch: pytest.MonkeyPatch) -> None:
    assert kept.path is not None
    opened = AttemptStore(kept.path)
    monkeypatch.setattr("math4ml_lab.cli.progress.AttemptStore", lambda _: opened)
    with locked(kept.path):
        result = CliRunner().invoke(command, ["export", "--store", str(kept.path)])
    assert (result.exit_code, UNREAD in result.stderr) == (1, True)


def test_an_erasure_that_could_not_be_done_says_so(kept: AttemptStore, monkeypatch: pytest.MonkeyPatch) -> None:
    assert kept.path is not None
    opened = AttemptStore(kept.path)
    monkeypatch.setattr("math4ml_lab.cli.progress.AttemptStore", lambda _: opened)
    with locked(kept.path):
        result = CliRunner().invoke(command, ["erase", "--yes", "--course", "tried", "--store", str(kept.path)])
    assert (result.exit_code, UNREAD in result.stderr, "holds nothing" in result.stderr) == (1, True, False)
    assert len(kept.attempts(*HERE)) == 1


@pytest.mark.kernel
async def test_the_panel_keeps_progress_and_is_told(course_panel: Panel, store: AttemptStore) -> None:
    keep(store, "double", 1.0, job="1")
    before = await course_panel.exercises({"a": "double"})
    overview = await course(course_panel)
    assert (before.exercises[0].solved, before.problems, overview.is_unread) == ("alone", [], False)
    with locked(store.path):
        answer = await course_panel.exercises({"a": "double"})
        assert answer.exercises[0].solved == "alone"
        assert [problem.message for problem in answer.problems] == [UNREAD]
        now = await course(course_panel)
        assert (now.units, now.is_unread) == (overview.units, True)
        status, refusal = await course_panel.refused(
            "attempts", wire.AttemptsRequest(path=course_panel.path, exercise="double")
        )
        assert (status, refusal.message, bool(refusal.fix)) == (409, UNREAD, True)
        for method in ("GET", "DELETE"):
            with pytest.raises(HTTPClientError) as error:
                await record(course_panel, method)
            assert error.value.code == 409, "nobody takes it for an empty record"
    assert (await course_panel.exercises({"a": "double"})).exercises == before.exercises
    assert not (await course(course_panel)).is_unread
