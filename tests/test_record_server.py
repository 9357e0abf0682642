"""The record on a real server: handed out, erased, locked, shared; and the learner's preferences."""

from __future__ import annotations

import asyncio
import json
import shutil
import sqlite3
import sys
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from learning import course, fetched, info, keep, record
from test_server import RIGHT
from tornado.httpclient import AsyncHTTPClient, HTTPClientError

from math4ml_lab import wire
from math4ml_lab.attempts import AttemptStore

if TYPE_CHECKING:
    from panel import Panel

pytestmark = pytest.mark.kernel


# -- The record ---------------------------------------------------------------------------------------------


async def test_the_whole_record_is_handed_out_and_erased(course_panel: Panel, store: AttemptStore) -> None:
    keep(store, "double", 5.0, job="1")
    keep(store, "double", 6.0, job="2", course="other")
    store.open_hint("tried", "double", "exercise", 1, 7.0)
    store.answer("tried", "double", "shape", wire.Answered(at=8.0, value="(2, 3)"))
    whole = await record(course_panel)
    assert [(row["course"], row["at"], row["outcome"]) for row in whole.attempts] == [
        ("tried", 5.0, "passed"), ("other", 6.0, "passed"),
    ]  # fmt: skip
    assert json.loads(str(whole.attempts[0]["report"]))["source"] == RIGHT
    assert [(row["ladder"], row["level"]) for row in whole.hints] == [("exercise", 1)]
    assert json.loads(str(whole.answers[0]["answered"]))["value"] == "(2, 3)"
    assert len((await record(course_panel, course="other")).attempts) == 1

    nothing = wire.RecordAnswer([], [], [])
    assert await record(course_panel, "DELETE", course="tried") == nothing
    assert [row["course"] for row in (await record(course_panel)).attempts] == ["other"]
    assert await record(course_panel, "DELETE") == nothing
    assert (await info(course_panel)).solved is None
    assert store.path is not None
    assert b"def double" not in store.path.read_bytes(), "what is erased cannot be read in the file either"


async def test_progress_is_nobody_elses(course_panel: Panel, jp_base_url: str, jp_http_port: int) -> None:
    for method, call in (("GET", "progress"), ("DELETE", "progress"), ("POST", "course"), ("POST", "preferences")):
        address = f"http://127.0.0.1:{jp_http_port}{jp_base_url}math4ml/api/{call}"
        with pytest.raises(HTTPClientError) as error:
            await AsyncHTTPClient().fetch(address, method=method, body="{}" if method == "POST" else None)
        assert error.value.code == 403


LOCKER = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN EXCLUSIVE")
print("locked", flush=True)
sys.stdin.readline()
"""


async def test_a_locked_record_stops_no_server(course_panel: Panel, store: AttemptStore) -> None:
    await course_panel.start()
    await course_panel.watch({"a": "double"})
    await course_panel.run(RIGHT, "a")
    store._file._connection.execute("PRAGMA busy_timeout = 40000")
    other = await asyncio.create_subprocess_exec(
        sys.executable, "-c", LOCKER, str(store.path), stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    assert other.stdout is not None
    assert await other.stdout.readline() == b"locked\n"
    cell = wire.CellSource("a", "double", RIGHT)
    request = wire.CheckRequest(path=course_panel.path, kernel_id=course_panel.kernel, cells=[cell])
    answer = msgspec.json.decode(await course_panel.post("check", request), type=wire.CheckAnswer)
    assert (answer.state, answer.reports) == ("running", []), "the record is waited for, and the request is answered"
    await course_panel.fetch("api", "status")
    await other.communicate(b"\n")
    while answer.state != "done":
        answer = await fetched(course_panel, answer.id)
    assert [report.outcome for report in answer.reports] == [wire.Passed(inputs=2)]
    assert ((await info(course_panel)).attempts, store.problems) == (1, [])


async def test_progress_survives_and_is_shared(course_panel: Panel, store: AttemptStore) -> None:
    """A second server on the same data folder: another store on the same file."""
    await course_panel.start()
    await course_panel.judged(RIGHT)
    other = AttemptStore(store.path)
    try:
        assert [one.outcome for one in other.attempts("tried", "double")] == ["passed"]
        keep(other, "more", 9.0, job="elsewhere")
    finally:
        other.close()
    standings = {one.exercise: one.solved for unit in (await course(course_panel)).units for one in unit.exercises}
    assert standings == {"double": "alone", "more": "alone", "gone": None, "broken": None}


async def test_a_record_in_memory_names_no_file(course_panel: Panel, store: AttemptStore) -> None:
    assert store.path is not None
    shutil.copy(store.path, store.path.with_name("copy"))
    with sqlite3.connect(store.path) as later:
        later.execute("PRAGMA user_version = 99")
    later.close()
    store.close()
    grader = course_panel.server.web_app.settings["math4ml_grader"]
    grader.store = AttemptStore(store.path)
    assert (await course(course_panel)).record is None
    grader.store.close()


# -- Preferences --------------------------------------------------------------------------------------------


async def prefer(course_panel: Panel, **wanted: Any) -> tuple[str | None, float | None]:
    answer = msgspec.json.decode(await course_panel.post("preferences", wanted), type=wire.Preferences)
    return answer.gates, answer.time_limit


async def test_the_learners_settings_hold(course_panel: Panel) -> None:
    assert await prefer(course_panel) == ("gentle", 10.0)
    assert await prefer(course_panel, time_limit=1e9) == ("gentle", 600.0)
    assert await prefer(course_panel, time_limit=-1) == ("gentle", 0.1)
    status, refusal = await course_panel.refused("preferences", {"gates": "open"})
    assert (status, "gates" in refusal.message) == (400, True)
    await course_panel.start()
    await course_panel.exercises({"a": "double"})
    await course_panel.watch({"a": "double"})
    assert await prefer(course_panel, time_limit=0.5) == ("gentle", 0.5)
    await course_panel.watch({"a": "double"})
    report = await course_panel.judged("def double(x):\n    while True: pass")
    assert isinstance(report.outcome, wire.TimedOut)
    assert report.outcome.seconds == 0.5
    assert isinstance((await course_panel.hint("check:even")).next, wire.HintWaits)
    assert await prefer(course_panel, gates="off") == ("off", 0.5)
    assert [hint.level for hint in (await course_panel.hint("check:even")).opened] == [1]


@pytest.mark.parametrize("jp_argv", [["--Math4mlApp.time_limit=10"]])
@pytest.mark.parametrize(
    "jp_server_config",
    [
        {
            "ServerApp": {"jpserver_extensions": {"math4ml_lab": True}, "allow_unauthenticated_access": False},
            "Math4mlApp": {"gates": "gentle"},
        }
    ],
)
async def test_what_an_administrator_set_is_no_learners_to_change(course_panel: Panel) -> None:
    """Be it set to what it is anyway, by a file or on the command line."""
    assert await prefer(course_panel, gates="off", time_limit=20) == ("gentle", 10.0)
