"""A real kernel with the runner in it, driven from plain test functions."""

from __future__ import annotations

import asyncio
import hashlib
import os
import threading
import time
from typing import TYPE_CHECKING, Any, Self, TypeVar

from jupyter_client.manager import AsyncKernelManager

from math4ml_lab import wire
from math4ml_lab.server.link import KernelLink

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path


T = TypeVar("T")


class Live:
    """One kernel, the client of a notebook, and our link; everything runs in a loop of its own thread."""

    def __init__(self, cwd: Path, python: str | None = None) -> None:
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()
        self.manager = AsyncKernelManager(kernel_name="python3")
        if python is not None:
            assert self.manager.kernel_spec is not None
            self.manager.kernel_spec.argv = [python, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        self.iopub: list[dict[str, Any]] = []
        self.wait(self._start(cwd))

    async def _start(self, cwd: Path) -> None:
        # Only what is installed there counts, not what the tests themselves can import.
        env = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        await self.manager.start_kernel(cwd=str(cwd), env=env)
        self.client = self.manager.client()
        self.client.start_channels()
        await self.client.wait_for_ready(timeout=30)
        self.reader = asyncio.create_task(self._read())
        self.link = KernelLink("kernel", self.manager)
        await self.link.install()

    async def _read(self) -> None:
        while True:
            self.iopub.append(await self.client.iopub_channel.get_msg(timeout=None))

    def wait(self, work: Awaitable[T], timeout: float = 40) -> T:
        """Run a coroutine in the kernel's loop."""

        async def done() -> T:
            return await work

        return asyncio.run_coroutine_threadsafe(done(), self.loop).result(timeout)

    def close(self) -> None:
        """End the kernel, and only this kernel."""
        self.wait(self._close())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.loop.close()

    async def _close(self) -> None:
        self.reader.cancel()
        await self.link.close()
        self.client.stop_channels()
        await self.manager.shutdown_kernel(now=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # -- As the notebook does it ----------------------------------------------------------------------------

    def run(self, code: str, cell_id: str | None = None, *, stop_on_error: bool = False) -> dict[str, Any]:
        """Run a cell and return the content of its reply."""
        return self.wait(self._run([(code, cell_id)], stop_on_error=stop_on_error))[0]

    def run_all(self, cells: list[tuple[str, str]]) -> list[dict[str, Any]]:
        """Queue all cells at once, as "Run all" does, and return their replies."""
        return self.wait(self._run([(code, cell_id) for cell_id, code in cells], stop_on_error=False))

    async def _run(self, cells: list[tuple[str, str | None]], *, stop_on_error: bool) -> list[dict[str, Any]]:
        sent = []
        for code, cell_id in cells:
            content = {
                "code": code, "silent": False, "store_history": True, "user_expressions": {},
                "allow_stdin": False, "stop_on_error": stop_on_error,
            }  # fmt: skip
            message = self.client.session.msg(
                "execute_request", content, metadata={"cellId": cell_id} if cell_id else {}
            )
            self.client.shell_channel.send(message)
            sent.append(message["header"]["msg_id"])
        replies: dict[str, dict[str, Any]] = {}
        while len(replies) < len(sent):
            reply = await self.client.get_shell_msg(timeout=30)
            if reply["parent_header"].get("msg_id") in sent:
                replies[reply["parent_header"]["msg_id"]] = reply["content"]
        return [replies[key] for key in sent]

    def value(self, expression: str) -> str:
        """Return the repr of an expression in the learner's namespace, seen without a trace in the history."""
        reply = self.wait(self._value(expression))
        assert reply["status"] == "ok", reply
        return str(reply["data"]["text/plain"])

    def becomes(self, expression: str, wanted: str) -> str:
        """Return an expression's repr as soon as it is the wanted one, or what it is after 5 s."""
        end = time.monotonic() + 5
        while (found := self.value(expression)) != wanted and time.monotonic() < end:
            time.sleep(0.01)
        return found

    async def _value(self, expression: str) -> dict[str, Any]:
        key = self.client.execute("", silent=True, store_history=False, user_expressions={"it": expression})
        while True:
            reply = await self.client.get_shell_msg(timeout=30)
            if reply["parent_header"].get("msg_id") == key:
                found: dict[str, Any] = reply["content"]["user_expressions"]["it"]
                return found

    def heard(self, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Return the first message on iopub that is wanted, as soon as it is there."""

        async def arrived() -> dict[str, Any]:
            while True:
                for message in self.iopub:
                    if wanted(message):
                        return message
                await asyncio.sleep(0.005)

        return self.wait(arrived(), 10)

    # -- As the server does it ------------------------------------------------------------------------------

    def watch(self, cells: dict[str, dict[str, Any]], path: str = "lesson.ipynb") -> None:
        """Have cells judged after each run: cell id to exercise."""
        tags = [tag(cell_id, exercise) for cell_id, exercise in cells.items()]
        self.wait(self.link.watch(path, tags, list(cells.values())))

    def jobs(self, cells: dict[str, dict[str, Any]], source: str | None = None) -> list[wire.Job]:
        """Ask for checks of cells with that source, or one that names what is asked for, and return the jobs."""
        tags = [
            {**tag(cell_id, exercise), "source": "\n".join(exercise["names"]) if source is None else source}
            for cell_id, exercise in cells.items()
        ]
        return self.wait(self.link.check(tags, list(cells.values())))

    def verdict(self, job: wire.Job) -> wire.Verdict:
        """Return the verdict of a job."""
        assert job.known is None, job
        return self.wait(self.link.verdict(job.id))

    def ran(self, cell_id: str) -> wire.Ran:
        """Return what the runner said of a cell's last run."""

        async def arrived() -> wire.Ran:
            while cell_id not in self.link.runs:  # noqa: ASYNC110 (no event to wait for)
                await asyncio.sleep(0.005)
            return self.link.runs[cell_id]

        return self.wait(arrived(), 10)

    def judged(self, code: str, cell_id: str) -> wire.Verdict:
        """Run a watched cell and return the verdict on that very run; once more where the kernel was busy then."""
        tries = 5
        while True:
            self.link.runs.pop(cell_id, None)
            self.run(code, cell_id)
            job = self.ran(cell_id).jobs[0]
            tries -= 1
            if not isinstance(job.known, wire.KernelBusy) or tries == 0:
                return self.verdict(job)


def tag(cell_id: str, exercise: dict[str, Any]) -> dict[str, str]:
    """Return what the runner needs to know of a tagged cell."""
    return {"cell_id": cell_id, "exercise": exercise["name"], "digest": exercise["digest"]}


def exercise(name: str, source: str, names: list[str], *, limit: float = 5.0, **more: Any) -> dict[str, Any]:
    """Return an exercise as the server sends it into a kernel."""
    digest = hashlib.sha256(source.encode()).hexdigest()
    return {
        "digest": digest, "name": name, "source": source, "battery": None, "starter": None, "names": names,
        "limit": limit, **more,
    }  # fmt: skip
