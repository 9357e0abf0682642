"""Clean runs on a real server: a copy, a fresh kernel, each exercise judged in its place, and nothing left behind."""

from __future__ import annotations

import asyncio
import json
import os
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from notebooks import cell, exercise_cells, family, gone, notebook
from panel import Panel
from test_server import COURSE, DOUBLE, RIGHT, VIDEOS, WRONG
from tornado.httpclient import HTTPClientError

from math4ml_lab import wire

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator
    from pathlib import Path

pytestmark = pytest.mark.kernel

STAND = "import os, time\nopen('stands', 'w').write(str(os.getpid()))\nwhile True: time.sleep(0.01)"
TRIPLE = RIGHT.replace("double(x)", "triple(x)").replace("x + x", "3 * x")


class Cleaner(Panel):
    """A panel that also asks for clean runs."""

    root: Path

    def write(self, *cells: tuple[str, str], path: str = "unit/unit.ipynb", **more: Any) -> None:
        (self.root / path).write_text(notebook(exercise_cells(*cells), **more))

    async def clean(self, path: str = "unit/unit.ipynb", **more: Any) -> wire.CleanRunAnswer:
        return self.decoded(await self.post("clean-run", {"path": path, **more}))

    async def told(self, run: str, method: str = "GET") -> wire.CleanRunAnswer:
        return self.decoded((await self.fetch("math4ml", "api", "clean-run", run, method=method)).body)

    async def ended(self, answer: wire.CleanRunAnswer) -> wire.CleanRunAnswer:
        while answer.state in ("starting", "running"):
            answer = await self.told(answer.id)
        return answer

    async def run_clean(self, path: str = "unit/unit.ipynb", **more: Any) -> wire.CleanRunAnswer:
        return await self.ended(await self.clean(path, **more))

    async def attempts(self) -> int:
        (info,) = (await self.exercises({"c0": "double"})).exercises
        return info.attempts

    async def there(self, name: str) -> str:
        """Return what a cell wrote into a file of its folder, as soon as it has."""
        path = self.root / "unit" / name
        while not path.exists() or not path.read_text():  # noqa: ASYNC110 (no event to wait for)
            await asyncio.sleep(0.01)
        return path.read_text()

    @staticmethod
    def decoded(body: bytes) -> wire.CleanRunAnswer:
        return msgspec.json.decode(body, type=wire.CleanRunAnswer)


@pytest.fixture
def jp_server_config(request: pytest.FixtureRequest, jp_server_config: dict[str, Any]) -> dict[str, Any]:
    return {**jp_server_config, "Math4mlApp": {"clean_run_limit": getattr(request, "param", 300.0)}}


@pytest.fixture
def panel(jp_fetch: Callable[..., Awaitable[Any]], jp_serverapp: Any, jp_root_dir: Path) -> Iterator[Cleaner]:
    folder = jp_root_dir / "unit"
    folder.mkdir()
    (jp_root_dir / "course.toml").write_text(COURSE)
    (jp_root_dir / "videos.toml").write_text(VIDEOS)
    (folder / "double.py").write_text(DOUBLE)
    (folder / "triple.py").write_text(DOUBLE.replace("double", "triple").replace("2 * x", "3 * x").split("@check")[0])
    panel = Cleaner(jp_fetch, jp_serverapp)
    panel.root = jp_root_dir
    yield panel
    if panel.client is not None:
        panel.client.stop_channels()


def kinds(answer: wire.CleanRunAnswer) -> list[str]:
    return [msgspec.to_builtins(report.outcome)["kind"] for report in answer.reports]


async def test_all_pass_and_nothing_is_written_recorded_or_left(panel: Cleaner) -> None:
    panel.write(("factor = 2", ""), ("def double(x):\n    return factor * x", "double"), (TRIPLE, "triple"), ("", ""))
    path = panel.root / "unit/unit.ipynb"
    before, files, processes = path.read_bytes(), sorted(path.parent.iterdir()), family(os.getpid())
    answer = await panel.run_clean()
    assert (answer.state, answer.executed, answer.total, answer.at, answer.message) == ("done", 3, 3, None, None)
    assert [(report.cell_id, report.exercise) for report in answer.reports] == [("c1", "double"), ("c2", "triple")]
    assert kinds(answer) == ["passed", "passed"]
    assert all(report.basis == "run" and report.ladder is None for report in answer.reports)
    assert (answer.errors, answer.disagreements, answer.notes) == ([], [], [])
    assert [check.title for check in answer.reports[0].checks][-1] == "It is even"
    assert (path.read_bytes(), sorted(path.parent.iterdir())) == (before, files)
    assert await panel.attempts() == 0
    await gone(family(os.getpid()) - processes)


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("def double(x):\n    return factor * x", "failed"),
        ("f = factor\ndef double(x):\n    return f * x", "cell_raised"),
    ],
)
async def test_a_name_of_a_deleted_cell_is_a_disagreement(panel: Cleaner, source: str, kind: str) -> None:
    panel.write((source, "double"))
    await panel.start()
    await panel.watch({"c0": "double"})
    await panel.run("factor = 2", "deleted")
    assert (await panel.judged(source, "c0")).outcome == wire.Passed(inputs=2)
    answer = await panel.run_clean(kernel_id=panel.kernel)
    (disagreement,) = answer.disagreements
    assert (disagreement.exercise, disagreement.cell_id) == ("double", "c0")
    assert (disagreement.live, disagreement.clean) == ("passed", kind)
    assert "NameError" in disagreement.message
    assert "deleted or moved" in disagreement.message
    assert await panel.attempts() == 1, "the live one"
    panel.write(("factor = 2", ""), (source, "double"))
    assert (await panel.run_clean()).disagreements == []


async def test_a_verdict_on_another_text_or_of_an_earlier_kernel_is_told_apart(panel: Cleaner) -> None:
    panel.write((RIGHT, "double"))
    await panel.start()
    epoch = (await panel.watch({"c0": "double"})).epoch
    await panel.judged(WRONG, "c0")
    (disagreement,) = (await panel.run_clean()).disagreements
    assert (disagreement.live, disagreement.clean) == ("failed", "passed")
    assert "another text" in disagreement.message
    source = "def double(x):\n    return factor * x"
    panel.write((source, "double"))
    await panel.run("factor = 2", "deleted")
    await panel.judged(source, "c0")
    await panel.server.kernel_manager.restart_kernel(panel.kernel)
    while (await panel.watch({"c0": "double"})).epoch in (None, epoch):
        pass  # a restart calls nobody back
    (disagreement,) = (await panel.run_clean(kernel_id=panel.kernel)).disagreements
    assert (disagreement.live, disagreement.clean) == ("passed", "failed")
    assert "last start" in disagreement.message


async def test_each_exercise_is_judged_before_a_later_cell_changes_anything(panel: Cleaner) -> None:
    panel.write((RIGHT, "double"), ("double = None", ""), (TRIPLE, "triple"), ("triple = double", ""))
    assert kinds(await panel.run_clean()) == ["passed", "passed"]
    panel.write(("double = None", "double"), (RIGHT, ""))
    assert kinds(await panel.run_clean()) == ["failed"]


async def test_errors_elsewhere_are_told_and_do_not_end_the_run(panel: Cleaner) -> None:
    cells = [
        cell(0, "text", kind="markdown"), cell(1, "1 / 0", "raises-exception"), cell(2, "a = 1\na / 0"), cell(3, "f(:"),
        cell(4, "input()"), cell(5, RIGHT, "exercise:double"), cell(6, "raise ValueError", "exercise:triple"),
    ]  # fmt: skip
    (panel.root / "unit/unit.ipynb").write_text(notebook(cells))
    answer = await panel.run_clean()
    assert (answer.state, answer.executed, kinds(answer)) == ("done", 6, ["passed", "cell_raised"])
    assert [error.index for error in answer.errors] == [2, 3, 4]
    assert [error.error.partition(":")[0] for error in answer.errors] == [
        "ZeroDivisionError", "SyntaxError", "StdinNotImplementedError",
    ]  # fmt: skip
    assert [error.line for error in answer.errors] == [
        wire.Line("a / 0", 2), wire.Line("f(:", 1), wire.Line("input()", 1),
    ]  # fmt: skip


async def test_a_run_can_be_cancelled_and_leaves_no_process(panel: Cleaner) -> None:
    child = "import subprocess\nopen('child', 'w').write(str(subprocess.Popen(['sleep', '1000']).pid))"
    panel.write((RIGHT, "double"), (child, ""), (STAND, ""), (TRIPLE, "triple"))
    started = await panel.clean()
    kernel = int(await panel.there("stands"))
    processes = family(kernel)
    assert int(await panel.there("child")) in processes
    assert len(processes) > 2, "the judge is there too"
    answer = await panel.told(started.id, "DELETE")
    assert (answer.state, answer.executed, kinds(answer)) == ("cancelled", 2, ["passed", "cancelled"])
    assert answer.at == wire.CellPlace("c2", 2)
    assert answer.message == "The run was cancelled at cell 3: import os, time"
    await gone(processes)
    assert await panel.told(started.id, "DELETE") == answer
    assert await panel.told(started.id) == answer


async def test_a_run_is_cancelled_while_an_answer_is_judged(panel: Cleaner) -> None:
    panel.write(("def double(x):\n    open('stands', 'w').write('1')\n    while True: pass", "double"))
    processes = family(os.getpid())
    started = await panel.clean()
    await panel.there("stands")
    answer = await panel.told(started.id, "DELETE")
    assert (answer.state, kinds(answer)) == ("cancelled", ["cancelled"])
    await gone(family(os.getpid()) - processes)


@pytest.mark.parametrize("jp_server_config", [1.0], indirect=True)
async def test_the_time_limit_names_the_cell_where_it_stood(panel: Cleaner) -> None:
    panel.write(("def double(x): pass\nwhile True: print('y' * 1000, flush=True)", "double"), (TRIPLE, "triple"))
    processes = family(os.getpid())
    answer = await panel.run_clean()
    assert (answer.state, answer.executed, kinds(answer)) == ("timed_out", 0, ["timed_out", "not_run"])
    assert answer.at == wire.CellPlace("c0", 0)
    assert answer.message == "The run took longer than 1 s at cell 1: def double(x): pass"
    assert answer.disagreements == []
    await gone(family(os.getpid()) - processes)


async def test_two_notebooks_at_once_and_one_run_for_each(panel: Cleaner) -> None:
    meet = "import time\nfrom pathlib import Path\nPath('{}').touch()\nwhile not Path('{}').exists(): time.sleep(0.01)"
    panel.write((meet.format("a", "b"), ""), (RIGHT, "double"), path="unit/a.ipynb")
    panel.write((meet.format("b", "a"), ""), (TRIPLE, "triple"), path="unit/b.ipynb")
    first, again = await asyncio.gather(panel.clean("unit/a.ipynb"), panel.clean("RTC:unit/a.ipynb"))
    assert first.id == again.id
    assert (first.state, first.executed) != ("done", 2), "they wait for one another"
    second = await panel.clean("unit/b.ipynb")
    answers = [await panel.ended(first), await panel.ended(second)]
    assert [[report.exercise for report in answer.reports] for answer in answers] == [["double"], ["triple"]]
    assert [kinds(answer) for answer in answers] == [["passed"], ["passed"]]
    assert (await panel.clean("unit/a.ipynb")).id != first.id


async def test_progress_grows_and_nobody_else_sees_the_kernel(panel: Cleaner) -> None:
    wait = "import time\nfrom pathlib import Path\nwhile not Path('go').exists(): time.sleep(0.01)"
    panel.write((RIGHT, "double"), (wait, ""), (TRIPLE, "triple"))
    answer = await panel.clean()
    while answer.executed < 1:
        answer = await panel.told(answer.id)
    assert (answer.state, answer.executed, answer.total, kinds(answer)) == ("running", 1, 3, ["passed"])
    assert answer.at == wire.CellPlace("c1", 1)
    for listing in ("kernels", "sessions"):
        assert json.loads((await panel.fetch("api", listing)).body) == []
    (panel.root / "unit/go").touch()
    answer = await panel.ended(answer)
    assert (answer.state, answer.executed, kinds(answer)) == ("done", 3, ["passed", "passed"])


async def test_a_kernel_that_dies_is_told(panel: Cleaner) -> None:
    panel.write((RIGHT, "double"), ("import os; os._exit(1)", ""), (TRIPLE, "triple"))
    answer = await panel.run_clean()
    assert (answer.state, answer.executed, kinds(answer)) == ("kernel_dead", 1, ["passed", "kernel_dead"])
    assert answer.message == "The kernel died at cell 2: import os; os._exit(1)"


async def test_the_end_of_the_server_is_the_end_of_its_runs(panel: Cleaner) -> None:
    panel.write((STAND, ""), (RIGHT, "double"))
    started = await panel.clean()
    processes = family(int(await panel.there("stands")))
    await panel.server.web_app.settings["math4ml_clean_runs"].close()
    await gone(processes)
    assert (await panel.told(started.id)).state == "cancelled"


async def test_what_cannot_be_judged_is_reported_beside_what_can(panel: Cleaner) -> None:
    (panel.root / "unit/broken.py").write_text("def f(:\n")
    panel.write(
        (RIGHT, "double"), ("x = 1", "broken"), ("y = 1", "no-such"), (WRONG, "double"), kernel="no such kernel"
    )
    answer = await panel.run_clean()
    assert kinds(answer) == ["passed", "broken", "broken"]
    assert "'no such kernel' is not installed" in answer.notes[0]
    assert "Two cells have the tag exercise:double" in answer.notes[1]


async def test_what_cannot_be_met_is_refused_by_name(panel: Cleaner, jp_data_dir: Path) -> None:
    lisp = jp_data_dir / "kernels/lisp/kernel.json"
    lisp.parent.mkdir(parents=True)
    lisp.write_text(json.dumps({"argv": ["lisp"], "display_name": "Lisp", "language": "lisp"}))
    panel.write((RIGHT, "double"))
    panel.write((RIGHT, ""), path="unit/none.ipynb")
    panel.write((RIGHT, "double"), path="unit/lisp.ipynb", kernel="lisp")
    for name, text in {"plain.txt": "text", "bad.ipynb": "{", "odd.ipynb": '{"cells": [{}], "nbformat": 4}'}.items():
        (panel.root / "unit" / name).write_text(text)
    for body, expected, named in [
        ({"path": "unit/no-such.ipynb"}, 404, "unit/no-such.ipynb"),
        ({"path": "../x.ipynb"}, 404, "x.ipynb"),
        ({"path": "unit/plain.txt"}, 400, "unit/plain.txt"),
        ({"path": "unit/bad.ipynb"}, 400, "unit/bad.ipynb"),
        ({"path": "unit/odd.ipynb"}, 400, "unit/odd.ipynb"),
        ({"path": "unit/none.ipynb"}, 422, "no exercise"),
        ({"path": "unit/lisp.ipynb"}, 422, "lisp"),
        ({"path": "unit/unit.ipynb", "kernel_id": "none"}, 404, "none"),
        ({"path": ""}, 400, "path"),
        ({"path": "unit/unit.ipynb", "more": 1}, 400, "more"),
    ]:
        status, refusal = await panel.refused("clean-run", body)
        assert (status, named in refusal.message, bool(refusal.fix)) == (expected, True, True), refusal
    for method in ("GET", "DELETE"):
        with pytest.raises(HTTPClientError) as error:
            await panel.told("0123", method)
        assert error.value.code == 404
        assert error.value.response is not None
        assert "'0123'" in msgspec.json.decode(error.value.response.body, type=wire.Refusal).message


async def test_nobody_gets_in_without_credentials(panel: Cleaner, jp_base_url: str, jp_http_port: int) -> None:
    from tornado.httpclient import AsyncHTTPClient

    address = f"http://127.0.0.1:{jp_http_port}{jp_base_url}math4ml/api/clean-run"
    for url, method, body in [
        (address, "POST", "{}"),
        (f"{address}/01", "GET", None),
        (f"{address}/01", "DELETE", None),
    ]:
        with pytest.raises(HTTPClientError) as error:
            await AsyncHTTPClient().fetch(url, method=method, body=body)
        assert error.value.code == 403
