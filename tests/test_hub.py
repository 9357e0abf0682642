"""A real JupyterHub with two learners: each has verdicts and a record under an address of their own."""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
import uuid
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import quote, urljoin

import httpx
import msgspec
import pytest
from panel import Panel
from real_hub import LEARNERS, Hub
from tornado.httpclient import AsyncHTTPClient, HTTPClientError, HTTPRequest
from tornado.web import RequestHandler
from tornado.websocket import WebSocketClientConnection, websocket_connect

from math4ml_lab import wire
from math4ml_lab.server.author_routes import author_routes
from math4ml_lab.server.routes import routes

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [pytest.mark.kernel, pytest.mark.timeout(300)]

HERE = Path(__file__).resolve().parent
EXERCISE = "fail-on-purpose"
CELLS = {EXERCISE: EXERCISE}
WRONG, RIGHT = "answer = 41", "answer = 9"
OURS = [
    (method, pattern.removeprefix("/math4ml/api/").replace("([0-9a-f]+)", "abc").replace(".*", "no-such"))
    for pattern, handler in (*author_routes("/"), *routes("/"))
    for method in ("GET", "POST", "DELETE")
    if getattr(handler, method.lower()) is not getattr(RequestHandler, method.lower())
]
"""Our calls, reading and writing."""
JUPYTERS = [("GET", "api/contents"), ("POST", "api/kernels"), ("GET", "api/kernels"), ("GET", "lab/api/settings")]


class Learner(Panel):
    """A panel that reaches its server through the Hub, with a token of the learner's; in `async with` a kernel."""

    def __init__(self, hub: Hub, name: str) -> None:
        super().__init__(self._fetch, None)
        self.name = name
        self.address = hub.server(name)
        self.headers = {"Authorization": f"token {hub.enrol(name)}"}
        self.path = "math4ml-course/start/start.ipynb"
        self.socket: WebSocketClientConnection | None = None

    async def _fetch(self, *parts: str, method: str = "GET", body: Any = None) -> Any:
        return await self.ask(method, self.address + "/".join(parts), body)

    async def ask(self, method: str, address: str, body: Any = None) -> Any:
        request = HTTPRequest(address, method, self.headers, body, request_timeout=60, allow_nonstandard_methods=True)
        return await AsyncHTTPClient().fetch(request)

    async def status(self, method: str, address: str) -> int:
        """Return how a request ended that may be refused."""
        try:
            return int((await self.ask(method, address, "{}" if method == "POST" else None)).code)
        except HTTPClientError as error:
            return error.code

    async def connect(self, address: str) -> WebSocketClientConnection:
        return await websocket_connect(HTTPRequest(address.replace("http", "ws", 1), headers=self.headers))

    async def start(self) -> None:
        reply = await self._fetch("api", "kernels", method="POST", body='{"name": "python3"}')
        self.kernel = json.loads(reply.body)["id"]
        self.socket = await self.connect(f"{self.address}api/kernels/{self.kernel}/channels")

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self.socket is not None
        self.socket.close()
        while await self.socket.read_message() is not None:
            pass
        await self._fetch("api", "kernels", self.kernel, method="DELETE")

    async def run(self, code: str, cell_id: str) -> dict[str, Any]:
        assert self.socket is not None
        header = {
            "msg_id": uuid.uuid4().hex, "msg_type": "execute_request", "session": "s", "username": "", "version": "5.3",
            "date": "",
        }  # fmt: skip
        content = {"code": code, "silent": False, "store_history": True, "user_expressions": {}, "allow_stdin": False}
        message = {"header": header, "parent_header": {}, "metadata": {"cellId": cell_id}, "content": content}
        await self.socket.write_message(json.dumps({"channel": "shell", "buffers": [], **message}))
        while True:
            text = await self.socket.read_message()
            assert text is not None, "the kernel's connection was closed"
            reply: dict[str, Any] = json.loads(text)
            if reply["channel"] == "shell" and reply["parent_header"].get("msg_id") == header["msg_id"]:
                return reply

    async def tries(self, source: str) -> str:
        """Run an answer in the exercise's cell, have it checked, and return the kind of outcome."""
        report = await self.judged(source, EXERCISE, EXERCISE)
        assert report.basis == "run"
        return type(report.outcome).__struct_config__.tag  # type: ignore[return-value]

    async def stands(self) -> wire.Standing:
        """Return how the learner stands with the exercise, as the course's page shows it."""
        answer = msgspec.json.decode(
            await self.post("course", wire.CourseRequest(path=self.path)), type=wire.CourseAnswer
        )
        (standing,) = (one for unit in answer.units for one in unit.exercises if one.exercise == EXERCISE)
        return standing

    async def record(self) -> wire.RecordAnswer:
        """Return the learner's whole record."""
        return msgspec.json.decode((await self._fetch("math4ml", "api", "progress")).body, type=wire.RecordAnswer)


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hub]:
    with Hub(tmp_path_factory.mktemp("hub")) as hub:
        yield hub


@pytest.fixture(scope="module")
def learners(hub: Hub) -> tuple[Learner, Learner]:
    found = Learner(hub, LEARNERS[0]), Learner(hub, LEARNERS[1])
    for learner in found:
        # A learner's own file: the administrator's come first.
        own = hub.home(learner.name) / ".jupyter" / "jupyter_math4ml_lab_config.json"
        own.parent.mkdir(parents=True)
        own.write_text('{"Math4mlApp": {"gates": "off"}}')
        hub.start_server(learner.name)
    return found


def digests(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def rows(record: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(f"file:{quote(str(record))}?mode=ro", uri=True)) as database:
        return database.execute("SELECT exercise, outcome FROM attempt ORDER BY id").fetchall()


async def test_each_has_verdicts_and_progress_of_their_own(hub: Hub, learners: tuple[Learner, Learner]) -> None:
    master = digests(hub.course)
    first, second = learners
    async with first, second:
        for learner in learners:
            (shown,) = (await learner.exercises(CELLS)).exercises
            assert shown.title == "Make it red, then green"
            assert (await learner.watch(CELLS)).watched == 1

        assert [await first.tries(WRONG), await first.tries(RIGHT)] == ["failed", "passed"]
        assert (await first.stands()).solved == "alone"
        assert (await second.stands()).solved is None
        assert (await second.record()).attempts == []
        assert await second.tries(WRONG) == "failed"
        assert (await second.stands()).solved is None
        assert (await first.stands()).solved == "alone"

    assert rows(hub.record(first.name)) == [(EXERCISE, "failed"), (EXERCISE, "passed")]
    assert rows(hub.record(second.name)) == [(EXERCISE, "failed")]
    assert digests(hub.course) == master
    assert not any(path.stat().st_mode & 0o222 for path in hub.course.rglob("*"))
    assert all((hub.home(one.name) / one.path).stat().st_mode & 0o200 for one in learners)


async def test_a_notebook_in_the_read_only_course_itself_is_checked_too(
    hub: Hub, learners: tuple[Learner, Learner]
) -> None:
    name = learners[0].name
    (hub.home(name) / "shared").symlink_to(hub.course)
    async with Learner(hub, name) as elsewhere:
        elsewhere.path = "shared/start/start.ipynb"
        assert (await elsewhere.watch(CELLS)).watched == 1
        assert [await elsewhere.tries(WRONG), await elsewhere.tries(RIGHT)] == ["failed", "passed"]


async def test_files_of_the_administrator_come_first(learners: tuple[Learner, Learner]) -> None:
    for learner in learners:
        # What a learner prefers comes second.
        wanted = wire.Preferences(gates="off", time_limit=60.0)
        held = msgspec.json.decode(await learner.post("preferences", wanted), type=wire.Preferences)
        assert held == wire.Preferences(gates="strict", time_limit=5.0)
        settings = await learner.fetch("lab", "api", "settings", "math4ml-lab:plugin")
        assert json.loads(settings.body)["schema"]["properties"]["side"]["default"] == "left"


async def test_neither_reaches_the_others(learners: tuple[Learner, Learner]) -> None:
    tags = [wire.CellTag(EXERCISE, EXERCISE)]
    async with learners[0], learners[1]:
        for learner, other in (learners, learners[::-1]):
            before = await other.record()
            calls = [(method, f"{other.address}math4ml/api/{call}") for method, call in OURS]
            calls += [(method, f"{other.address}{call}") for method, call in JUPYTERS]
            found = {(method, address): await learner.status(method, address) for method, address in calls}
            assert set(found.values()) == {403}, found
            with pytest.raises(HTTPClientError) as refused:
                await learner.connect(f"{other.address}api/kernels/{other.kernel}/channels")
            assert refused.value.code == 403

            # Nor under one's own address, by the other's kernel or by a path out of one's home.
            stolen = wire.WatchRequest(path=learner.path, kernel_id=other.kernel, cells=tags)
            assert (await learner.refused("watch", stolen))[0] == 404
            outside = wire.ExercisesRequest(path=f"../{other.name}/{other.path}", cells=tags)
            shown = msgspec.json.decode(await learner.post("exercises", outside), type=wire.ExercisesAnswer)
            assert shown.exercises == []
            assert await other.record() == before


async def test_without_a_token_nothing_is_answered(learners: tuple[Learner, Learner]) -> None:
    for learner in learners:
        learner.headers, kept = {}, learner.headers
        found = {
            (method, call): await learner.status(method, f"{learner.address}math4ml/api/{call}")
            for method, call in OURS
        }
        learner.headers = kept
        assert set(found.values()) == {403}, found


def signed_in(hub: Hub, name: str) -> httpx.Client:
    """Sign in as a browser does, up to JupyterLab's page; return what holds the cookies."""
    browser = httpx.Client(follow_redirects=True, timeout=60)
    (token,) = re.findall(r'name="_xsrf" value="([^"]+)"', browser.get(f"{hub.address}hub/login").text)
    form = {"_xsrf": token, "username": name, "password": hub.password}
    assert browser.post(f"{hub.address}hub/login", data=form).is_success
    page = browser.get(hub.server(name))
    assert page.url == f"{hub.server(name)}lab/tree/math4ml-course/start/start.ipynb"
    assert "jupyter-config-data" in page.text
    return browser


def test_a_signed_in_browser_needs_the_token_against_forged_requests(
    hub: Hub, learners: tuple[Learner, Learner]
) -> None:
    learner, other = learners
    with closing(signed_in(hub, learner.name)) as browser:
        address = urljoin(learner.address, "math4ml/api/course")
        body = msgspec.json.encode(wire.CourseRequest(path=learner.path))
        assert browser.post(address, content=body).status_code == 403
        (token,) = (
            cookie.value
            for cookie in browser.cookies.jar
            if cookie.name == "_xsrf" and cookie.path.endswith(f"/user/{quote(learner.name)}/")
        )
        assert token is not None
        assert browser.post(address, content=body, headers={"X-XSRFToken": "x" + token}).status_code == 403
        answer = browser.post(address, content=body, headers={"X-XSRFToken": token})
        assert answer.status_code == 200, answer.text
        assert msgspec.json.decode(answer.content, type=wire.CourseAnswer).course == "math4ml"
        # The same browser at the other's server.
        strange = browser.post(f"{other.address}math4ml/api/course", content=body, headers={"X-XSRFToken": token})
        assert strange.status_code == 403
        assert browser.get(f"{other.address}lab").status_code == 403


async def test_a_restart_keeps_progress_and_work_and_brings_the_new_edition(
    hub: Hub, learners: tuple[Learner, Learner]
) -> None:
    learner, other = learners
    async with learner:
        await learner.watch(CELLS)
        assert [await learner.tries(WRONG), await learner.tries(RIGHT)] == ["failed", "passed"]
    stands = await learner.stands()
    work = hub.home(learner.name) / learner.path
    work.write_text(work.read_text().replace("answer = 41", "answer = 9"))
    mine = work.read_text()
    module = hub.course / "start" / "fail_on_purpose.py"
    module.chmod(0o644)
    module.write_text(module.read_text().replace("Make it red, then green", "Red first, then green"))
    module.chmod(0o444)

    hub.stop_server(learner.name)
    hub.start_server(learner.name)
    assert await learner.stands() == msgspec.structs.replace(stands, title="Red first, then green")
    assert work.read_text() == mine
    assert (await other.stands()).title == "Make it red, then green"


def test_the_page_for_administrators_shows_these_very_files() -> None:
    page = (HERE.parent / "docs" / "hub.md").read_text()
    files = [HERE / "hub" / "start-learner", *(HERE / "hub" / "etc").rglob("*.json")]
    assert len(files) == 4
    assert [path.name for path in files if path.read_text() not in page] == []
