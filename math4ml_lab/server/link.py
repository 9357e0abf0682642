"""The link to one kernel: one client, kept; one reader per channel; what the runner says, by id.

A kernel may restart at any time, and an explicit restart calls nobody back: `status: starting` on iopub, a runner with
another epoch, or a comm target that is gone, each end what was pending as restarted.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import re
import uuid
from contextvars import Context
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from math4ml_lab import bundle, wire

if TYPE_CHECKING:
    from collections.abc import Sequence

TARGET = "math4ml"
STEP = 0.5
"""Seconds after which a question to the runner is put again."""
LONGEST = 30.0
"""Seconds between two questions at most: they queue up in a kernel that is busy."""
EARLY = 100
"""How many verdicts are kept of jobs that are not known yet; those of other clients' jobs never will be."""

_log = logging.getLogger(__name__)
_decode = msgspec.json.Decoder(wire.KernelMessage).decode


T = TypeVar("T")


class Ended(Exception):
    """The kernel cannot answer any more, or never could; `outcome` says why."""

    def __init__(self, outcome: wire.Outcome) -> None:
        super().__init__(type(outcome).__name__)
        self.outcome = outcome


class _NoRunner(Ended):
    """The question reached a kernel that had restarted before."""


class KernelLink:
    """Speaks with the runner in one kernel; installs it when it is not there."""

    def __init__(self, kernel_id: str, manager: Any) -> None:
        self.kernel_id = kernel_id
        self.manager = manager
        self.hello: wire.Hello | None = None
        self.runs: dict[str, wire.Ran] = {}
        self._verdicts: dict[str, asyncio.Future[wire.Verdict]] = {}
        self._early: dict[str, wire.Verdict] = {}
        self._requests: dict[str, asyncio.Future[wire.Taken]] = {}
        self._replies: dict[str, asyncio.Future[dict[str, Any]]] = {}
        self._known: set[str] = set()
        self._installing = asyncio.Lock()
        self._greeted = asyncio.Event()
        # A session of our own: the manager's would share its message ids with other clients.
        self._client = manager.client(session=manager.session.clone())
        self._client.session.session = uuid.uuid4().hex
        self._client.start_channels(stdin=False, hb=False, control=False)
        # In a context of their own: that of the first request would keep its handler.
        self._readers = [
            asyncio.create_task(self._read(self._client.iopub_channel, self._on_iopub), context=Context()),
            asyncio.create_task(self._read(self._client.shell_channel, self._on_shell), context=Context()),
        ]

    async def close(self) -> None:
        """Hang up; whoever waits learns that the kernel is gone."""
        for reader in self._readers:
            reader.cancel()
        await asyncio.gather(*self._readers, return_exceptions=True)
        self._end(wire.KernelDead())
        self._client.stop_channels()

    # -- Questions ------------------------------------------------------------------------------------------

    async def watch(self, path: str, cells: Sequence[dict[str, str]], exercises: Sequence[dict[str, Any]]) -> None:
        """Have these cells judged whenever they have run; raise Ended."""
        await self._ask("watch", exercises, path=path, cells=list(cells))

    async def check(self, cells: Sequence[dict[str, str]], exercises: Sequence[dict[str, Any]]) -> list[wire.Job]:
        """Have these cells judged, and return their jobs in the order of the cells; raise Ended."""
        taken = await self._ask("check", exercises, cells=list(cells))
        return taken.jobs

    async def verdict(self, job: str) -> wire.Verdict:
        """Wait for a job's verdict; raise Ended."""
        future = self._verdicts.get(job)
        if future is None:  # of an earlier life of the kernel
            raise Ended(wire.KernelRestarted())
        return await self._heard(future, {"op": "again", "jobs": [job]})

    async def cancel(self, jobs: Sequence[str]) -> None:
        """End these jobs; their verdicts say so, and no later check takes them for those of its cell."""
        self._comm({"op": "cancel", "jobs": list(jobs)})
        for cell, run in self.runs.items():
            self.runs[cell] = msgspec.structs.replace(run, jobs=[job for job in run.jobs if job.id not in jobs])

    async def _ask(self, op: str, exercises: Sequence[dict[str, Any]], **data: Any) -> wire.Taken:
        try:
            return await self._put(op, exercises, **data)
        except _NoRunner:
            return await self._put(op, exercises, **data)

    async def _put(self, op: str, exercises: Sequence[dict[str, Any]], **data: Any) -> wire.Taken:
        await self.install()
        request = uuid.uuid4().hex
        future: asyncio.Future[wire.Taken] = asyncio.get_running_loop().create_future()
        self._requests[request] = future
        new = [exercise for exercise in exercises if _identity(exercise) not in self._known]
        self._known.update(_identity(exercise) for exercise in new)
        question = {"op": op, "id": request, "exercises": [bundle.packed(exercise) for exercise in new], **data}
        self._comm(question, request)
        try:
            return await self._heard(future, question, request)
        finally:
            self._requests.pop(request, None)

    async def _heard(self, future: asyncio.Future[T], question: dict[str, Any], comm_id: str = "") -> T:
        """Wait for what the runner says, and ask again in growing intervals; raise Ended.

        A kernel that prints faster than anybody reads loses messages, and one that is gone says so by closing the comm.
        """
        pause = 4 * STEP
        while not (await asyncio.wait([future], timeout=pause))[0]:
            await self._alive()
            self._comm(question, comm_id)
            pause = min(2 * pause, LONGEST)
        return future.result()

    def _expect(self, jobs: Sequence[wire.Job]) -> None:
        """Keep the verdicts on these jobs; a quick one has come before its job did."""
        for job in jobs:
            if job.known is None and job.id not in self._verdicts:
                future = self._verdicts[job.id] = asyncio.get_running_loop().create_future()
                if job.id in self._early:
                    future.set_result(self._early.pop(job.id))

    async def _alive(self) -> None:
        if not await self.manager.is_alive():
            self._end(wire.KernelDead())
            raise Ended(wire.KernelDead())

    # -- The runner -----------------------------------------------------------------------------------------

    async def install(self) -> wire.Hello:
        """Put the runner into the kernel unless it is there; raise Ended where that cannot be."""
        async with self._installing:
            if self.hello is None:
                self._greeted.clear()
                await self._inject()
                while not self._greeted.is_set():
                    # The first words may have come before our subscription did.
                    self._comm({"op": "hello"})
                    with contextlib.suppress(TimeoutError):
                        await asyncio.wait_for(self._greeted.wait(), STEP)
                    await self._alive()
            assert self.hello is not None  # noqa: S101  (greeted)
            return self.hello

    async def _inject(self) -> None:
        content = {
            "code": bundle.injection(),
            "silent": True,
            "store_history": False,
            "user_expressions": {},
            "allow_stdin": False,
            "stop_on_error": False,
        }
        message = self._client.session.msg("execute_request", content)
        key = message["header"]["msg_id"]
        future = self._replies[key] = asyncio.get_running_loop().create_future()
        self._client.shell_channel.send(message)
        try:
            while not (await asyncio.wait([future], timeout=4 * STEP))[0]:
                await self._alive()
        finally:
            self._replies.pop(key, None)
        reply = future.result()
        if reply.get("status") == "error":
            why = f"{reply.get('ename')}: {reply.get('evalue')}"
            _log.warning("math4ml: no runner in kernel %s: %s", self.kernel_id, why)
            raise Ended(
                wire.Broken(
                    message=f"The checks could not be installed in this kernel: {why}", fix="Restart the kernel."
                )
            )

    def _comm(self, data: dict[str, Any], comm_id: str = "") -> None:
        content = {"comm_id": comm_id or uuid.uuid4().hex, "target_name": TARGET, "data": data}
        self._client.shell_channel.send(self._client.session.msg("comm_open", content))

    # -- Readers --------------------------------------------------------------------------------------------

    async def _read(self, channel: Any, handle: Any) -> None:
        while True:
            try:
                message = await channel.get_msg(timeout=None)
                handle(message)
            except asyncio.CancelledError:
                raise
            except Exception:  # noqa: BLE001 (one bad message must not end the link)
                _log.warning("math4ml: a message of kernel %s could not be read", self.kernel_id, exc_info=True)
                await asyncio.sleep(0)

    def _on_shell(self, message: dict[str, Any]) -> None:
        future = self._replies.get(message["parent_header"].get("msg_id", ""))
        if future is not None and not future.done() and message["msg_type"] == "execute_reply":
            future.set_result(message["content"])

    def _on_iopub(self, message: dict[str, Any]) -> None:
        kind, content = message["msg_type"], message["content"]
        if kind == "comm_msg" and TARGET in content.get("data", {}):
            self._on_runner(content["data"][TARGET])
        elif kind == "status" and content.get("execution_state") == "starting":
            self._end(wire.KernelRestarted())
        elif kind == "comm_close" and message["parent_header"].get("session") == self._client.session.session:
            # Our comms are never closed by a runner: nobody there knew the target.
            asked = self._requests.get(content.get("comm_id", ""))
            if asked is not None and not asked.done():
                asked.set_exception(_NoRunner(wire.KernelRestarted()))
            self._end(wire.KernelRestarted())

    def _on_runner(self, text: str) -> None:
        try:
            message = _decode(text)
        except msgspec.DecodeError as error:
            self._unreadable(text, error)
            return
        if isinstance(message, wire.Hello):
            if self.hello is not None and self.hello.epoch != message.epoch:
                self._end(wire.KernelRestarted())
            self.hello = message
            self._greeted.set()
        elif self.hello is None or message.epoch != self.hello.epoch:
            return
        elif isinstance(message, wire.Taken):
            future = self._requests.get(message.id)
            if future is not None and not future.done():
                self._expect(message.jobs)
                future.set_result(message)
        elif isinstance(message, wire.Ran):
            old = self.runs.get(message.cell_id)
            for job in old.jobs if old else []:
                self.forget(job.id)
            self._expect(message.jobs)
            self.runs[message.cell_id] = message
        else:
            self._on_verdict(message)

    def _unreadable(self, text: str, error: msgspec.DecodeError) -> None:
        """Let nobody wait for a verdict that came, but cannot be read."""
        _log.warning("math4ml: kernel %s said what cannot be read: %s", self.kernel_id, error)
        found = re.search(r'"type": "verdict", "id": "([0-9a-f]+)"', text)
        if found is not None and self.hello is not None:
            broken = wire.Broken(message=f"The verdict could not be read: {error}", fix="Tell the course's author.")
            self._on_verdict(wire.Verdict(epoch=self.hello.epoch, id=found[1], outcome=broken))

    def _on_verdict(self, verdict: wire.Verdict) -> None:
        future = self._verdicts.get(verdict.id)
        if future is None:
            self._early[verdict.id] = verdict
            while len(self._early) > EARLY:
                del self._early[next(iter(self._early))]
        elif not future.done():
            future.set_result(verdict)

    def forget(self, job: str) -> None:
        """Drop a verdict that nobody will ask for again, once it is there: somebody may wait for it."""
        future = self._verdicts.get(job)
        if future is not None:
            future.add_done_callback(lambda _: self._verdicts.pop(job, None))

    def _end(self, outcome: wire.Outcome) -> None:
        """Forget this life of the kernel; whoever waits learns what happened."""
        self.hello = None
        self.runs.clear()
        self._early.clear()
        self._known.clear()
        waiting: list[asyncio.Future[Any]] = [*self._verdicts.values(), *self._requests.values()]
        for future in waiting:
            if not future.done():
                future.set_exception(Ended(outcome))
                future.exception()  # nobody need be waiting
        self._verdicts.clear()


def _identity(exercise: dict[str, Any]) -> str:
    return f"{exercise['digest']} {exercise['limit']} {hash(exercise['battery'])}"
