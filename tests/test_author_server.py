"""Author mode on a real server: modules listed and written, exercises proven in kernels of their own."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from notebooks import exercise_cells, family, gone, notebook
from panel import Panel
from test_server import DOUBLE
from test_verify import GOOD, HOSTILE, VIDEOS
from tornado.httpclient import AsyncHTTPClient, HTTPClientError

from math4ml_lab import wire

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

pytestmark = pytest.mark.kernel

CELL = "%matplotlib inline\nimport numpy as np\n\ndef row_sums(A):\n    return A.sum(axis=1)"
PATH = "unit/unit.ipynb"
ENDLESS = GOOD + "\nopen('reads', 'w').write('1')\nwhile True: pass\n"


class Author(Panel):
    """What author mode does, without the panel."""

    root: Path

    def write(self, name: str, text: str) -> None:
        (self.root / "unit" / name).write_text(text, encoding="utf-8")

    async def look(self) -> wire.AuthorAnswer:
        return msgspec.json.decode(await self.post("author", {"path": PATH}), type=wire.AuthorAnswer)

    async def create(self, exercise: str, source: str) -> wire.ModuleInfo:
        body = {"path": PATH, "exercise": exercise, "source": source}
        return msgspec.json.decode(await self.post("module", body), type=wire.ModuleInfo)

    async def begin(self, exercise: str) -> wire.ProofAnswer:
        body = {"path": PATH, "exercise": exercise}
        return msgspec.json.decode(await self.post("proof", body), type=wire.ProofAnswer)

    async def told(self, proof: str, method: str = "GET") -> wire.ProofAnswer:
        reply = await self.fetch("math4ml", "api", "proof", proof, method=method)
        return msgspec.json.decode(reply.body, type=wire.ProofAnswer)

    async def prove(self, exercise: str) -> wire.ProofAnswer:
        answer = await self.begin(exercise)
        while answer.state == "running":
            answer = await self.told(answer.id)
        return answer


@pytest.fixture
def author(jp_fetch: Callable[..., Awaitable[Any]], jp_serverapp: Any, jp_root_dir: Path) -> Author:
    (jp_root_dir / "unit").mkdir()
    author = Author(jp_fetch, jp_serverapp)
    author.root = jp_root_dir
    author.write("videos.toml", VIDEOS)
    jp_serverapp.web_app.settings["math4ml_proofs"].seeds = 2
    author.write("unit.ipynb", notebook(exercise_cells((CELL, ""))))
    return author


async def test_modules_are_listed_and_a_broken_one_hides_no_other(author: Author) -> None:
    author.write("row_means.py", GOOD)
    author.write("broken.py", GOOD + "def f(:\n")
    author.write("Odd.py", GOOD)
    author.write("helper.py", "import numpy\n")
    answer = await author.look()
    assert answer.is_writable
    assert [(one.exercise, one.path, one.title) for one in answer.modules] == [
        ("Odd", "unit/Odd.py", None),
        ("broken", "unit/broken.py", None),
        ("row-means", "unit/row_means.py", "Mean of the rows"),
    ]
    odd, broken, good = (one.findings for one in answer.modules)
    assert (broken[0].file, broken[0].line, good) == ("unit/broken.py", GOOD.count("\n") + 1, [])
    assert all(finding.fix for finding in (*odd, *broken))


async def test_a_module_is_made_of_the_names_in_a_cell_and_can_be_proven(author: Author) -> None:
    made = await author.create("row-sums", CELL)
    assert (made.exercise, made.path, made.findings) == ("row-sums", "unit/row_sums.py", [])
    assert made.title
    text = (author.root / made.path).read_text()
    assert "def row_sums(A):" in text
    assert "#   %matplotlib inline\n" in text, "what is left out is said"
    assert [one.exercise for one in (await author.look()).modules] == ["row-sums"]
    answer = await author.prove("row-sums")
    assert (answer.state, answer.message) == ("done", None)
    assert answer.proof is not None
    assert {finding.file for finding in answer.proof.findings} == {"unit/row_sums.py"}
    assert all("still to be written" in finding.message for finding in answer.proof.findings), "and each has its line"
    assert len({finding.line for finding in answer.proof.findings}) > 1


async def test_a_run_counts_as_recorded_once_a_file_that_changed_elsewhere_was_noticed(author: Author) -> None:
    author.write("row_means.py", GOOD)
    tags = {"a": "row-means"}
    await author.start()
    await author.exercises(tags)
    await author.watch(tags)
    bases = []
    for change in (None, None, "1", None, "2", None):
        if change is not None:
            author.write("row_means.battery.json", change)
        bases.append((await author.judged("def row_means(A):\n    return A.mean(axis=0)", "a", "row-means")).basis)
    author.client.stop_channels()
    assert bases == ["run", "run", "live", "run", "live", "run"]


@pytest.mark.parametrize(("exercise", "source", "status", "named"), [
    ("Row Sums", CELL, 400, "'Row Sums'"),
    ("../row", CELL, 400, "'../row'"),
    ("numpy", CELL, 409, "numpy.py"),
    ("random", CELL, 409, "random.py"),
    ("row-means", CELL, 409, "unit/row_means.py"),
    ("row-sums", "def f(:", 422, "no Python"),
    ("row-sums", "print(1)", 422, "defines nothing"),
])  # fmt: skip
async def test_what_must_not_be_written_is_refused(
    author: Author, exercise: str, source: str, status: int, named: str
) -> None:
    author.write("row_means.py", GOOD)
    before = sorted(author.root.rglob("*"))
    code, refusal = await author.refused("module", {"path": PATH, "exercise": exercise, "source": source})
    assert (code, named in refusal.message, bool(refusal.fix)) == (status, True, True), refusal
    assert sorted(author.root.rglob("*")) == before
    assert (author.root / "unit/row_means.py").read_text() == GOOD


async def test_a_proof_freezes_the_battery_and_says_what_a_learner_reads(author: Author) -> None:
    rung = "- How many numbers does a row have?"
    author.write("row_means.py", GOOD.replace(rung, rung + "\n    - Look at what you divide by."))
    processes = family(os.getpid())
    answer = await author.prove("row-means")
    proof = answer.proof
    assert proof is not None
    assert (answer.state, answer.path, proof.file) == ("done", "unit/row_means.py", "unit/row_means.py")
    assert proof.findings == []
    assert (answer.notes, answer.findings) == (["The inputs were frozen in row_means.battery.json."], [])
    assert (answer.executed, answer.total) == (4, 4)
    assert (author.root / "unit/row_means.battery.json").is_file()
    read = {one.name: one.report for one in proof.tried if one.report is not None}
    assert sorted(read) == ["by_rows", "one_too_many"]
    report = read["by_rows"]
    assert report is not None
    failed = [check for check in report.checks if check.state == "failed"]
    assert [check.title for check in failed][-1] == "What is left over adds up to nothing"
    assert all(check.smallest_input for check in failed)
    assert report.known_slip
    assert report.ladder is not None
    assert report.ladder.title == "It divides by the number of rows"
    assert [hint.text for hint in report.ladder.opened] == [
        "How many numbers does a row have?",
        "Look at what you divide by.",
    ]
    await gone(family(os.getpid()) - processes)
    again = await author.prove("row-means")
    assert (again.notes, again.findings) == ([], [])
    for listing in ("kernels", "sessions"):
        assert json.loads((await author.fetch("api", listing)).body) == []
    record = await author.fetch("math4ml", "api", "progress")
    assert msgspec.json.decode(record.body, type=wire.RecordAnswer) == wire.RecordAnswer([], [], [])


async def test_a_folder_that_may_not_be_written_to_says_so(author: Author, monkeypatch: pytest.MonkeyPatch) -> None:
    author.write("row_means.py", GOOD)
    monkeypatch.setattr(author.server.contents_manager, "is_writable", lambda _path: False)
    assert not (await author.look()).is_writable
    answer = await author.prove("row-means")
    assert [finding.message for finding in answer.findings] == [
        "its battery is not frozen, and this folder may not be written to"
    ]
    assert answer.proof is not None
    assert not (author.root / "unit/row_means.battery.json").exists()


async def test_a_module_that_cannot_be_read_or_run_is_told_by_line(author: Author) -> None:
    author.write("broken.py", GOOD + "def f(:\n")
    author.write("raises.py", GOOD + "\n1 / 0\n")
    author.write("raises.battery.json", "{}")
    answer = await author.prove("broken")
    assert (answer.state, answer.proof, answer.findings[0].line) == ("done", None, GOOD.count("\n") + 1)
    answer = await author.prove("raises")
    assert answer.proof is not None
    assert answer.proof.findings[0].message == "the module does not run: ZeroDivisionError: division by zero"
    assert (author.root / "unit/raises.battery.json").exists(), "nothing is known of its inputs"


async def test_who_may_not_write_files_may_prove(author: Author, monkeypatch: pytest.MonkeyPatch) -> None:
    author.write("row_means.py", GOOD)
    monkeypatch.setattr(
        author.server.web_app.settings["authorizer"],
        "is_authorized",
        lambda _handler, _user, action, resource: (action, resource) != ("write", "contents"),
    )
    assert not (await author.look()).is_writable
    status, _ = await author.refused("module", {"path": PATH, "exercise": "row-sums", "source": CELL})
    assert status == 403
    answer = await author.prove("row-means")
    assert answer.proof is not None
    assert len(answer.findings) == 1
    assert sorted(path.name for path in (author.root / "unit").iterdir()) == [
        "row_means.py",
        "unit.ipynb",
        "videos.toml",
    ]


async def test_no_module_takes_the_server_down_and_each_gets_a_line(
    author: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("math4ml_lab.authoring.prover.DRAWING", 10.0)
    for name, (text, _) in HOSTILE.items():
        author.write(f"hostile_{name}.py", text)
    listed = {one.exercise.removeprefix("hostile-"): one for one in (await author.look()).modules}
    assert set(listed) == set(HOSTILE)
    unread = {name for name, one in listed.items() if one.findings}
    assert unread == {"syntax", "long", "nothing", "types"}
    for name in ("long", "exits", "greedy", "endless", "loop", "types"):
        answer = await author.prove(f"hostile-{name}")
        told = [*answer.findings, *(answer.proof.findings if answer.proof is not None else [])]
        assert (answer.state, len(told)) == ("done", 1), (name, told)
        expected = HOSTILE[name][1]
        assert expected is not None
        assert expected in told[0].message


async def test_one_proof_for_each_module_that_can_be_cancelled(author: Author) -> None:
    author.write("row_means.py", ENDLESS)
    author.write("double.py", DOUBLE.replace("LA@473", "LA@10").replace("@14:31", "@0:31"))
    processes = family(os.getpid())
    first, second = await author.begin("row-means"), await author.begin("row-means")
    assert (first.id, first.state) == (second.id, "running")
    other = await author.prove("double")
    assert (other.state, other.id != first.id) == ("done", True)
    answer = await author.told(first.id, "DELETE")
    assert (answer.state, answer.proof) == ("cancelled", None)
    await gone(family(os.getpid()) - processes)
    assert await author.told(first.id, "DELETE") == answer


async def test_a_page_that_comes_later_is_told_of_proofs(author: Author, monkeypatch: pytest.MonkeyPatch) -> None:
    author.write("row_means.py", ENDLESS)
    author.write("double.py", DOUBLE.replace("LA@473", "LA@10").replace("@14:31", "@0:31"))
    assert (await author.look()).proofs == []
    under_way, over = await author.begin("row-means"), await author.prove("double")

    async def known() -> list[tuple[str, str, str, bool]]:
        return [(one.id, one.exercise, one.state, one.is_stale) for one in (await author.look()).proofs]

    first = under_way.id, "row-means", "running", False
    assert await known() == [first, (over.id, "double", "done", False)]
    assert (await author.told(over.id)).proof == over.proof
    author.write("row_means.py", ENDLESS + "\n")
    author.write("double.py", DOUBLE)
    assert await known() == [(*first[:3], True)], "what is over is about another text"
    with monkeypatch.context() as patch:
        patch.setattr(
            author.server.web_app.settings["authorizer"],
            "is_authorized",
            lambda _handler, _user, _action, resource: resource != "kernels",
        )
        assert await known() == [], "who may not prove sees no proofs"
    await author.told(under_way.id, "DELETE")
    assert await known() == []


async def test_a_third_proof_waits_until_one_has_ended(author: Author) -> None:
    names = ("one", "two", "three")
    reads = {name: author.root / f"{name}-reads" for name in names}
    for name in names:
        author.write(f"{name}.py", ENDLESS.replace("'reads'", repr(str(reads[name]))))
    began = {name: (await author.begin(name)).id for name in names}
    while not (reads["one"].exists() and reads["two"].exists()):
        assert (await author.told(began["one"])).state == "running"
    third = await author.told(began["three"])
    assert (third.state, third.executed, reads["three"].exists()) == ("running", 0, False)
    await author.told(began["one"], "DELETE")
    while not reads["three"].exists():
        assert (await author.told(began["three"])).state == "running"
    assert [(await author.told(began[name], "DELETE")).state for name in names[1:]] == ["cancelled"] * 2


async def test_the_end_of_the_server_is_the_end_of_its_proofs(author: Author) -> None:
    author.write("row_means.py", ENDLESS)
    processes = family(os.getpid())
    started = await author.begin("row-means")
    await author.server.web_app.settings["math4ml_proofs"].close()
    await gone(family(os.getpid()) - processes)
    assert (await author.told(started.id)).state == "cancelled"


async def test_what_cannot_be_proven_is_refused_by_name(author: Author) -> None:
    for path, exercise, expected, named in [
        (PATH, "no-such", 404, "no_such.py"),
        ("unit/none.ipynb", "double", 404, "unit/none.ipynb"),
        (PATH, "../double", 404, "double.py"),
    ]:
        status, refusal = await author.refused("proof", {"path": path, "exercise": exercise})
        assert (status, named in refusal.message, bool(refusal.fix)) == (expected, True, True), refusal
    with pytest.raises(HTTPClientError) as error:
        await author.told("0123")
    assert error.value.code == 404


async def test_nobody_gets_in_without_credentials(author: Author, jp_base_url: str, jp_http_port: int) -> None:
    assert not author.kernel
    address = f"http://127.0.0.1:{jp_http_port}{jp_base_url}math4ml/api"
    for call, method, body in [
        ("author", "POST", "{}"), ("module", "POST", "{}"), ("proof", "POST", "{}"), ("proof/01", "GET", None),
        ("proof/01", "DELETE", None),
    ]:  # fmt: skip
        with pytest.raises(HTTPClientError) as error:
            await AsyncHTTPClient().fetch(f"{address}/{call}", method=method, body=body)
        assert error.value.code == 403
