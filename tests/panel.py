"""What the panel asks of the server, without the panel; and a notebook's client that runs cells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from tornado.httpclient import HTTPClientError

from math4ml_lab import wire

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable


class Panel:
    """What the panel does, without the panel."""

    def __init__(self, fetch: Callable[..., Awaitable[Any]], server: Any) -> None:
        self.fetch = fetch
        self.server = server
        self.path = "unit/unit.ipynb"
        self.kernel = ""
        self.client: Any = None

    async def post(self, call: str, body: Any) -> Any:
        data = body if isinstance(body, bytes) else msgspec.json.encode(body)
        answer = await self.fetch("math4ml", "api", call, method="POST", body=data.decode("latin-1"))
        return answer.body

    async def refused(self, call: str, body: Any) -> tuple[int, wire.Refusal]:
        with pytest.raises(HTTPClientError) as error:
            await self.post(call, body)
        assert error.value.response is not None
        return error.value.code, msgspec.json.decode(error.value.response.body, type=wire.Refusal)

    async def start(self) -> None:
        self.kernel = await self.server.kernel_manager.start_kernel(kernel_name="python3")
        client = self.server.kernel_manager.get_kernel(self.kernel).client()
        client.start_channels()
        await client.wait_for_ready(timeout=30)
        self.client = client

    async def run(self, code: str, cell_id: str) -> dict[str, Any]:
        content = {
            "code": code, "silent": False, "store_history": True, "user_expressions": {}, "allow_stdin": False,
            "stop_on_error": False,
        }  # fmt: skip
        message = self.client.session.msg("execute_request", content, metadata={"cellId": cell_id})
        self.client.shell_channel.send(message)
        while True:
            reply: dict[str, Any] = await self.client.get_shell_msg(timeout=30)
            if reply["parent_header"].get("msg_id") == message["header"]["msg_id"]:
                return reply

    async def exercises(self, cells: dict[str, str]) -> wire.ExercisesAnswer:
        tags = [wire.CellTag(cell_id=cell, exercise=name) for cell, name in cells.items()]
        request = wire.ExercisesRequest(path=self.path, cells=tags)
        return msgspec.json.decode(await self.post("exercises", request), type=wire.ExercisesAnswer)

    async def watch(self, cells: dict[str, str]) -> wire.WatchAnswer:
        tags = [wire.CellTag(cell_id=cell, exercise=name) for cell, name in cells.items()]
        request = wire.WatchRequest(path=self.path, kernel_id=self.kernel, cells=tags)
        return msgspec.json.decode(await self.post("watch", request), type=wire.WatchAnswer)

    async def check(self, *cells: tuple[str, str, str]) -> list[wire.Report]:
        sources = [wire.CellSource(cell_id=cell, exercise=name, source=source) for cell, name, source in cells]
        request = wire.CheckRequest(path=self.path, kernel_id=self.kernel, cells=sources)
        answer = msgspec.json.decode(await self.post("check", request), type=wire.CheckAnswer)
        while answer.state != "done":
            reply = await self.fetch("math4ml", "api", "check", answer.id)
            answer = msgspec.json.decode(reply.body, type=wire.CheckAnswer)
        return answer.reports

    async def judged(self, source: str, cell: str = "a", name: str = "double") -> wire.Report:
        await self.run(source, cell)
        (report,) = await self.check((cell, name, source))
        return report

    async def hint(self, key: str, exercise: str = "double", *, confirmed: bool = False) -> wire.Ladder:
        request = wire.HintRequest(course="tried", exercise=exercise, ladder=key, confirmed=confirmed)
        return msgspec.json.decode(await self.post("hint", request), type=wire.Ladder)

    def answering(self, question: str, value: Any, exercise: str = "double") -> wire.AnswerRequest:
        kernel = self.kernel or None
        return wire.AnswerRequest(path=self.path, exercise=exercise, question=question, value=value, kernel_id=kernel)

    async def answer(self, question: str, value: Any) -> wire.Answered:
        reply = await self.post("answer", self.answering(question, value))
        answered = msgspec.json.decode(reply, type=wire.Question).answer
        assert answered is not None
        return answered
