"""The REST contract on a real server with real kernels: what the panel asks, and what goes wrong."""

from __future__ import annotations

import asyncio
import json
import shutil
import textwrap
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from panel import Panel
from tornado.httpclient import HTTPClientError

from math4ml_lab import wire

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator
    from pathlib import Path

pytestmark = pytest.mark.kernel

DOUBLE = textwrap.dedent('''
    """Twice as much
    - What is twice 1?
    - Twice is the number and the number again.
    - Add the input to itself."""
    from math4ml_lab.exercise import case, check, exercise, inputs, mistake, solution

    exercise(video="LA@473", points=2)

    @solution
    def double(x):
        return 2 * x

    inputs(case(x=1), case(x=3))

    @check
    def even(got):
        """It is even @14:31
        - What is left when you divide by 2?"""
        assert got % 2 == 0

    @mistake
    def squared(x):
        """A square is something else
        - What is the square of 3?
        - Twice 3 is 6.
        - Use a sum."""
        return x * x
''')
VIDEOS = """
[LA]
title = "Linear algebra"
url = "https://www.youtube.com/watch?v=uZeDTwWcnuY"
"""
COURSE = """
name = "tried"
title = "Tried"
[[units]]
name = "unit"
title = "A unit"
notebook = "unit/unit.ipynb"
exercises = ["double"]
"""
RIGHT = "def double(x):\n    return x + x"
WRONG = "def double(x):\n    return x ** 2"


@pytest.fixture
def course(jp_root_dir: Path) -> Path:
    folder = jp_root_dir / "unit"
    folder.mkdir()
    (jp_root_dir / "course.toml").write_text(COURSE)
    (jp_root_dir / "videos.toml").write_text(VIDEOS)
    (folder / "double.py").write_text(DOUBLE)
    (folder / "broken.py").write_text("def f(:\n")
    return folder


@pytest.fixture
def panel(jp_fetch: Callable[..., Awaitable[Any]], jp_serverapp: Any, course: Path) -> Iterator[Panel]:
    panel = Panel(jp_fetch, jp_serverapp)
    yield panel
    if panel.client is not None:
        panel.client.stop_channels()


async def test_what_a_notebook_holds(panel: Panel) -> None:
    answer = await panel.exercises({"a": "double"})
    assert (answer.course, answer.unit, answer.title, answer.problems) == ("tried", "unit", "A unit", [])
    (info,) = answer.exercises
    assert (info.exercise, info.title, info.points, info.attempts) == ("double", "Twice as much", 2, 0)
    assert info.clip is not None
    assert (info.clip.start, info.clip.url) == (473, "https://www.youtube.com/watch?v=uZeDTwWcnuY&t=473s")
    assert [(check.name, check.title) for check in info.checks] == [("even", "It is even")]


async def test_problems_are_told_beside_what_works(panel: Panel) -> None:
    answer = await panel.exercises({"a": "double", "b": "no-such", "c": "broken", "d": "double"})
    assert [info.exercise for info in answer.exercises] == ["double"]
    told = {problem.cell_id: problem.message for problem in answer.problems}
    assert "no_such.py" in told["b"]
    assert "broken.py, line 1" in told["c"]
    assert "Two cells" in told["d"]
    assert all(problem.fix for problem in answer.problems)


@pytest.mark.parametrize("file", ["course.toml", "videos.toml"])
async def test_a_broken_course_is_refused_in_words(panel: Panel, course: Path, file: str) -> None:
    (course.parent / file).write_text("title = [")
    cells = [wire.CellTag(cell_id="a", exercise="double")]
    code, refusal = await panel.refused("exercises", wire.ExercisesRequest(path=panel.path, cells=cells))
    assert code == 422
    assert file in refusal.message
    assert refusal.fix


async def test_the_way_from_a_wrong_answer_to_a_pass(panel: Panel) -> None:
    await panel.start()
    assert (await panel.watch({"a": "double"})).watched == 1
    report = await panel.judged(WRONG)
    assert isinstance(report.outcome, wire.Failed)
    assert report.basis == "run"
    assert report.known_slip
    assert report.source == WRONG
    assert report.ladder is not None
    assert (report.ladder.key, report.ladder.title, report.ladder.opened) == ("mistake:squared", None, [])
    assert report.ladder.next == wire.HintReady(level=1)
    claim = next(check for check in report.checks if check.state == "failed")
    assert (claim.measurement, claim.smallest_input) == ("1, needs 2 (rtol 1e-06)", "x=1")

    ladder = await panel.hint("mistake:squared")
    assert [hint.text for hint in ladder.opened] == ["What is the square of 3?"]
    assert isinstance(ladder.next, wire.HintWaits)
    again = await panel.hint("mistake:squared")
    assert len(again.opened) == 1
    report = await panel.judged("def double(n):\n    return n * n * 1.0")
    assert report.ladder is not None
    assert isinstance(report.ladder.next, wire.HintWaits), "the same outcomes are no new attempt"
    await panel.judged("def double(n):\n    return 5 * n")
    ladder = await panel.hint("mistake:squared")
    assert [hint.level for hint in ladder.opened] == [1, 2]
    assert ladder.title == "A square is something else"

    report = await panel.judged(RIGHT)
    assert report.outcome == wire.Passed(inputs=2)
    assert report.ladder is None
    (info,) = (await panel.exercises({"elsewhere": "double"})).exercises
    assert info.latest is not None
    assert (info.latest.cell_id, info.latest.outcome, info.hints) == ("elsewhere", wire.Passed(inputs=2), 2)
    assert info.passed_at is not None


async def test_claims_carry_their_titles_and_clips(panel: Panel) -> None:
    await panel.start()
    report = await panel.judged("def double(x):\n    return 2 * x + 1")
    claim = next(check for check in report.checks if check.name == "even")
    assert claim.title == "It is even"
    assert claim.clip is not None
    assert claim.clip.start == 14 * 60 + 31


async def test_an_unwatched_cell_is_judged_live_and_says_so(panel: Panel) -> None:
    await panel.start()
    await panel.run(RIGHT, "elsewhere")
    (report,) = await panel.check(("a", "double", RIGHT))
    assert (report.basis, report.outcome) == ("live", wire.Passed(inputs=2))


async def test_an_exercise_sets_its_own_limit_and_isolation(panel: Panel, course: Path) -> None:
    settings = 'points=2, limit=2, isolation="guarded"'
    (course / "double.py").write_text(DOUBLE.replace("points=2", settings))
    await panel.start()
    await panel.watch({"a": "double"})
    report = await panel.judged("def double(x):\n    while True: pass")
    line = wire.Line(text="while True: pass", number=2)
    limit = wire.TimedOut(seconds=2.0, smallest_input="x=1", line=line)
    assert (report.isolation, report.outcome) == ("guarded", limit)
    report = await panel.judged(RIGHT)
    assert (report.isolation, report.basis, report.outcome) == ("guarded", "run", wire.Passed(inputs=2))


async def test_a_long_check_is_answered_in_time_and_can_be_fetched_and_cancelled(panel: Panel) -> None:
    await panel.start()
    await panel.watch({"a": "double"})
    loop = "def double(x):\n    while True:\n        pass"
    await panel.run(loop, "a")
    cells = [wire.CellSource(cell_id="a", exercise="double", source=loop)]
    began = asyncio.get_running_loop().time()
    body = await panel.post("check", wire.CheckRequest(path=panel.path, kernel_id=panel.kernel, cells=cells))
    answer = msgspec.json.decode(body, type=wire.CheckAnswer)
    assert asyncio.get_running_loop().time() - began < 5
    assert (answer.state, answer.reports) == ("running", [])
    listed = await panel.fetch("math4ml", "api", "check", params={"kernel_id": panel.kernel})
    assert [one["id"] for one in json.loads(listed.body)] == [answer.id]
    ended = await panel.fetch("math4ml", "api", "check", answer.id, method="DELETE")
    reports = msgspec.json.decode(ended.body, type=wire.CheckAnswer).reports
    assert [report.outcome for report in reports] == [wire.Cancelled()]


async def test_check_all_is_one_request(panel: Panel, course: Path) -> None:
    for index in range(5):
        (course / f"more_{index}.py").write_text(DOUBLE.replace("double", f"double{index}"))
    await panel.start()
    cells = []
    for index in range(5):
        source = (RIGHT if index % 2 else WRONG).replace("double", f"double{index}")
        await panel.run(source, f"c{index}")
        cells.append((f"c{index}", f"more-{index}", source))
    reports = await panel.check(*cells)
    assert [report.cell_id for report in reports] == ["c0", "c1", "c2", "c3", "c4"]
    assert [type(report.outcome) for report in reports] == [wire.Failed, wire.Passed] * 2 + [wire.Failed]


async def test_what_cannot_be_met_is_refused_by_name(panel: Panel) -> None:
    cell = [wire.CellSource(cell_id="a", exercise="double", source="")]
    good = wire.CheckRequest(path=panel.path, kernel_id="none", cells=cell)
    status, refusal = await panel.refused("check", good)
    assert (status, "'none'" in refusal.message, bool(refusal.fix)) == (404, True, True)
    status, refusal = await panel.refused("watch", {"path": panel.path, "kernel_id": "none", "cells": []})
    assert (status, "'none'" in refusal.message) == (404, True)
    for kernel_id in ("", " "):
        status, refusal = await panel.refused("check", {**msgspec.to_builtins(good), "kernel_id": kernel_id})
        assert status == 400
        assert "kernel" in refusal.message
    await panel.start()
    unknown = msgspec.structs.replace(cell[0], exercise="no-such")
    status, refusal = await panel.refused(
        "check", msgspec.structs.replace(good, kernel_id=panel.kernel, cells=[unknown])
    )
    assert (status, "no-such" in refusal.message) == (404, True)
    broken = msgspec.structs.replace(cell[0], exercise="broken")
    status, refusal = await panel.refused(
        "check", msgspec.structs.replace(good, kernel_id=panel.kernel, cells=[broken])
    )
    assert (status, "broken" in refusal.message) == (422, True)
    status, refusal = await panel.refused("hint", wire.HintRequest(course="tried", exercise="no-such", ladder="x"))
    assert (status, "no-such" in refusal.message) == (404, True)
    await panel.exercises({"a": "double"})
    status, refusal = await panel.refused(
        "hint", wire.HintRequest(course="tried", exercise="double", ladder="mistake:x")
    )
    assert (status, "mistake:x" in refusal.message) == (404, True)


@pytest.mark.parametrize("call", ["exercises", "watch", "check", "hint", "answer", "attempts"])
@pytest.mark.parametrize(
    ("body", "named"),
    [
        (b"", "truncated"), (b"{", "truncated"), (b"[]", "array"), (b"\xff\xfe", ""), (b'{"path": 1}', "path"),
        (b'{"path": "a.ipynb", "cells": [{}], "kernel_id": "k", "course": "c", "ladder": "l"}', "field"),
    ],
)  # fmt: skip
async def test_a_malformed_body_is_refused_by_name(panel: Panel, call: str, body: bytes, named: str) -> None:
    status, refusal = await panel.refused(call, body)
    assert status == 400
    assert named in refusal.message


@pytest.mark.parametrize(
    "path", ["../../etc/passwd", "/etc/passwd.ipynb", "no/such/folder/x.ipynb", "RTC:unit/unit.ipynb"]
)
async def test_paths_stay_below_the_root(panel: Panel, path: str) -> None:
    panel.path = path
    answer = await panel.exercises({"a": "double"})
    assert bool(answer.exercises) == path.startswith("RTC:")


async def test_nobody_gets_in_without_credentials(panel: Panel, jp_base_url: str, jp_http_port: int) -> None:
    from tornado.httpclient import AsyncHTTPClient

    for call in ("exercises", "watch", "check", "hint", "answer", "attempts"):
        address = f"http://127.0.0.1:{jp_http_port}{jp_base_url}math4ml/api/{call}"
        with pytest.raises(HTTPClientError) as error:
            await AsyncHTTPClient().fetch(address, method="POST", body="{}")
        assert error.value.code == 403


async def test_an_unknown_address_is_refused_in_json(panel: Panel) -> None:
    status, refusal = await panel.refused("no-such-call", {})
    assert (status, "no-such-call" in refusal.message) == (404, True)


async def test_a_pass_without_a_failure_is_held_back_where_the_author_wants_one(panel: Panel, course: Path) -> None:
    module = DOUBLE.replace("points=2", 'wants_a_failure_first="""Miss once\\n- Go on.""", starter_counts=True')
    (course / "double.py").write_text(module)
    await panel.start()
    report = await panel.judged(RIGHT)
    assert isinstance(report.outcome, wire.Failed)
    assert report.ladder is not None
    assert report.ladder.key == "mistake:never_failed"
    assert not report.known_slip
    await panel.judged(WRONG)
    assert (await panel.judged(RIGHT)).outcome == wire.Passed(inputs=2)


async def test_a_changed_module_is_judged_anew(panel: Panel, course: Path) -> None:
    await panel.start()
    await panel.watch({"a": "double"})
    assert (await panel.judged(RIGHT)).outcome == wire.Passed(inputs=2)
    (course / "double.py").write_text(DOUBLE.replace("case(x=3)", "case(x=3), case(x=4)"))
    (report,) = await panel.check(("a", "double", RIGHT))
    assert (report.outcome, report.basis) == (wire.Passed(inputs=3), "live")


async def test_the_course_may_be_gone(panel: Panel, course: Path) -> None:
    shutil.rmtree(course)
    answer = await panel.exercises({"a": "double"})
    assert answer.exercises == []
    assert len(answer.problems) == 1


async def test_the_server_reads_modules_and_never_runs_them(panel: Panel, course: Path, tmp_path: Path) -> None:
    mark = tmp_path / "ran"
    (course / "double.py").write_text(DOUBLE + f"\nopen({str(mark)!r}, 'w').close()\n")
    await panel.start()
    assert [info.exercise for info in (await panel.exercises({"a": "double"})).exercises] == ["double"]
    await panel.watch({"a": "double"})
    assert not mark.exists(), "nothing was run, and nothing was asked for"
    await panel.judged(RIGHT)
    assert mark.exists(), "the judge ran it, in the kernel's care"
