"""Checks under way: one request, many cells, each with a report of its own as soon as it is there."""

from __future__ import annotations

import asyncio
import contextlib
import time
import uuid
from contextvars import Context
from typing import TYPE_CHECKING, Literal

from math4ml_lab import wire
from math4ml_lab.place import Task
from math4ml_lab.server.link import Ended
from math4ml_lab.server.refusals import Refused, no_check

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from math4ml_lab.server.kernels import Kernels
    from math4ml_lab.server.link import KernelLink

__all__ = ["Check", "Checks", "Task"]

KEPT = 600
"""Seconds for which a finished check can still be fetched."""
BUSY = 5.0
"""Seconds for which a snapshot is asked for again while another thread computes."""

_NOT_JUDGED = (wire.KernelBusy,)


class Check:
    """One request for reports; `answer` tells how far it is.

    `report` makes a report of a verdict, in its own time; `unfit` are those on cells that cannot be judged.
    """

    def __init__(
        self,
        kernel_id: str,
        tasks: Sequence[Task],
        report: Callable[[Task, wire.Job, wire.Verdict], Awaitable[wire.Report]],
        unfit: Sequence[wire.Report] = (),
    ) -> None:
        self.id = uuid.uuid4().hex
        self.kernel_id = kernel_id
        self.tasks = list(tasks)
        self.reports: dict[int, wire.Report] = {}
        self.unfit = unfit
        self.jobs: list[str] = []
        self.taken = False
        self.ended: float | None = None
        self._report = report
        self._running: asyncio.Task[None] | None = None

    def start(self, kernels: Kernels, time_limit: float) -> None:
        """Begin; the reports come in on their own."""
        # In a context of its own: the request's would keep its handler, connection and all.
        self._running = asyncio.create_task(self._run(kernels, time_limit), context=Context())

    async def wait(self, seconds: float | None) -> None:
        """Return when all reports are there, or after that time; raise what refused the check."""
        assert self._running is not None  # noqa: S101  (started)
        done, _ = await asyncio.wait([self._running], timeout=seconds)
        if done and not self._running.cancelled():
            self._running.result()

    def answer(self) -> wire.CheckAnswer:
        """Return the reports so far, in the order of the cells."""
        state: Literal["queued", "running", "done"]
        state = "done" if self.ended is not None else "running" if self.taken else "queued"
        waiting = [task.cell for index, task in enumerate(self.tasks) if index not in self.reports]
        return wire.CheckAnswer(
            id=self.id,
            state=state,
            reports=[*(self.reports[i] for i in sorted(self.reports)), *self.unfit],
            cells=[wire.CellTag(cell.cell_id, cell.exercise, cell.review) for cell in waiting],
        )

    async def cancel(self, kernels: Kernels) -> None:
        """End it: what has no report yet is reported as cancelled."""
        if self._running is None or self.ended is not None:
            return
        # First, so that whoever waits finds the reports, even if the check had not begun.
        if not await self._all(wire.Cancelled()):
            return
        jobs = list(self.jobs)
        self._end()
        self._running.cancel()
        await asyncio.wait([self._running])
        if jobs:
            with contextlib.suppress(Refused, Ended):  # a kernel that is gone has ended them itself
                link = await kernels.link(self.kernel_id)
                await link.cancel(jobs)
                for job in jobs:
                    link.forget(job)

    async def _run(self, kernels: Kernels, time_limit: float) -> None:
        try:
            link = await kernels.link(self.kernel_id)
            jobs = await self._jobs(link, list(range(len(self.tasks))), time_limit)
            self.taken = True
            await asyncio.gather(*(self._one(link, index, job, time_limit) for index, job in jobs.items()))
        except Ended as ended:
            await self._all(ended.outcome)
        finally:
            self._end()

    def _end(self) -> None:
        """Keep the reports alone: a course's texts for each check would fill the memory of a long day."""
        if self.ended is None:
            self.ended = time.time()
            self.tasks.clear()
            self.jobs.clear()
            del self._report

    async def _jobs(self, link: KernelLink, indices: Sequence[int], time_limit: float) -> dict[int, wire.Job]:
        """Return each task's job: the one of the cell's own run where it is known, else one that the kernel names."""
        jobs = {index: job for index in indices if (job := _bound(link, self.tasks[index])) is not None}
        open_ = [index for index in indices if index not in jobs]
        if open_:
            tasks = [self.tasks[index] for index in open_]
            exercises = [task.loaded.for_kernel(time_limit) for task in tasks]
            taken = await link.check([task.tag for task in tasks], exercises)
            jobs.update(zip(open_, taken, strict=True))
        self.jobs.extend(job.id for job in jobs.values() if job.known is None)
        return jobs

    async def _one(self, link: KernelLink, index: int, job: wire.Job, time_limit: float) -> None:
        end = time.monotonic() + BUSY
        try:
            while isinstance(job.known, _NOT_JUDGED) and time.monotonic() < end:
                await asyncio.sleep(0.1)
                job = (await self._jobs(link, [index], time_limit))[index]
            verdict = _known(job, link) if job.known is not None else await link.verdict(job.id)
        except Ended as ended:
            verdict = wire.Verdict(epoch="", id=job.id, outcome=ended.outcome)
        if job.basis == "live":
            link.forget(job.id)
        self.reports[index] = await self._report(self.tasks[index], job, verdict)

    async def _all(self, outcome: wire.Outcome) -> bool:
        """Report what has no report yet; return False where the check has ended meanwhile."""
        report, made = self._report, {}
        for index, task in enumerate(list(self.tasks)):
            if index not in self.reports:
                job = wire.Job(
                    id=uuid.uuid4().hex, cell_id=task.cell.cell_id, exercise=task.cell.exercise,
                    digest=task.loaded.digest, basis="live",
                )  # fmt: skip
                made[index] = await report(task, job, wire.Verdict(epoch="", id=job.id, outcome=outcome))
        if self.ended is not None:
            return False
        self.reports = made | self.reports
        return True


def _bound(link: KernelLink, task: Task) -> wire.Job | None:
    """Return the job that the run of exactly this text started; None where only the kernel can tell."""
    run = link.runs.get(task.cell.cell_id)
    if run is None or run.source != task.cell.source:
        return None
    for job in run.jobs:
        if job.digest == task.loaded.digest and not isinstance(job.known, _NOT_JUDGED):
            return job
    return None


def _known(job: wire.Job, link: KernelLink) -> wire.Verdict:
    assert job.known is not None  # noqa: S101  (asked by the caller)
    return wire.Verdict(epoch=link.hello.epoch if link.hello else "", id=job.id, outcome=job.known)


class Checks:
    """All checks of this server that can still be asked about."""

    def __init__(self, kernels: Kernels) -> None:
        self._kernels = kernels
        self._checks: dict[str, Check] = {}

    def start(self, check: Check, time_limit: float) -> Check:
        """Begin a check and keep it."""
        now = time.time()
        for old in [old for old in self._checks.values() if old.ended is not None and old.ended < now - KEPT]:
            del self._checks[old.id]
        self._checks[check.id] = check
        check.start(self._kernels, time_limit)
        return check

    def get(self, check_id: str) -> Check:
        """Return a check by its id; raise Refused for an unknown one."""
        if check_id not in self._checks:
            raise no_check(check_id)
        return self._checks[check_id]

    def of_kernel(self, kernel_id: str) -> list[Check]:
        """Return the checks under way in a kernel, for a browser that was loaded again."""
        return [check for check in self._checks.values() if check.kernel_id == kernel_id and check.ended is None]

    async def close(self) -> None:
        """Cancel whatever is under way."""
        for check in self._checks.values():
            await check.cancel(self._kernels)
