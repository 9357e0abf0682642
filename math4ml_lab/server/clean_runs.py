"""The clean runs of a server: one at a time for each notebook, and where they disagree with the live kernel."""

from __future__ import annotations

import asyncio
import time
from functools import partial
from typing import TYPE_CHECKING, Any

import msgspec

from math4ml_lab import wire
from math4ml_lab.server.checks import KEPT
from math4ml_lab.server.clean import CleanRun
from math4ml_lab.server.courses import plain_path
from math4ml_lab.server.link import Ended
from math4ml_lab.server.plans import make_plan
from math4ml_lab.server.refusals import Refused, no_clean_run
from math4ml_lab.server.reports import ATTEMPTS, Record

if TYPE_CHECKING:
    from math4ml_lab.server.checks import Task
    from math4ml_lab.server.grader import Grader
    from math4ml_lab.server.own_kernels import OwnKernels
    from math4ml_lab.server.plans import Plan

JUDGED = (*ATTEMPTS, wire.NotAttempted)
"""Outcomes of a clean run that can contradict a live one; all others are states of the run."""


class CleanRuns:
    """Starts, keeps and ends them, in kernels of our own."""

    def __init__(self, grader: Grader, kernels: OwnKernels, *, run_limit: float) -> None:
        self._grader = grader
        self._kernels = kernels
        self._run_limit = run_limit
        self._runs: dict[str, tuple[CleanRun, list[wire.Disagreement]]] = {}
        self._starting = asyncio.Lock()

    async def start(self, request: wire.CleanRunRequest, *, at_most: float) -> wire.CleanRunAnswer:
        """Start a run, or find the notebook's one under way, and wait for it a little."""
        path = plain_path(request.path)
        async with self._starting:  # or two requests at once would start two
            under_way = (run for run, _ in self._runs.values() if run.ended is None and run.plan.path == path)
            run = next(under_way, None) or await self._start(path, await self._epoch(request.kernel_id))
        return await self.answer(run.id, at_most=at_most)

    async def answer(self, run_id: str, *, at_most: float) -> wire.CleanRunAnswer:
        """Wait for a run a little, and return how far it is; raise Refused for an unknown one."""
        run, disagreements = self._get(run_id)
        await run.wait(at_most)
        return msgspec.structs.replace(run.answer(), disagreements=list(disagreements))

    async def cancel(self, run_id: str) -> wire.CleanRunAnswer:
        """End a run and its kernel."""
        run, _ = self._get(run_id)
        await run.cancel()
        return await self.answer(run_id, at_most=0)

    async def close(self) -> None:
        """End all that is under way."""
        await asyncio.gather(*(run.cancel() for run, _ in self._runs.values() if run.ended is None))

    def _get(self, run_id: str) -> tuple[CleanRun, list[wire.Disagreement]]:
        if run_id not in self._runs:
            raise no_clean_run(run_id)
        return self._runs[run_id]

    async def _start(self, path: str, epoch: str | None) -> CleanRun:
        if self._kernels.is_gateway:
            raise Refused(
                409, "The kernels of this server run behind a gateway, where notebooks cannot be checked.",
                "Check the exercises where the kernels are: jupyter math4ml check",
            )  # fmt: skip
        content = await self._grader.courses.notebook(path)
        plan = await make_plan(self._grader.courses, self._kernels.specs, path, content)
        disagreements: list[wire.Disagreement] = []
        report = self._reporter(plan, epoch, disagreements)
        run = CleanRun(
            plan,
            self._kernels.manager,
            partial(self._grader.desk.do, report),
            launch=self._kernels.launch(path),
            time_limit=self._grader.time_limit,
            run_limit=self._run_limit,
        )
        now = time.time()
        for old in [one for one, _ in self._runs.values() if one.ended is not None and one.ended < now - KEPT]:
            del self._runs[old.id]
        self._runs[run.id] = run, disagreements
        run.start()
        return run

    def _reporter(self, plan: Plan, epoch: str | None, disagreements: list[wire.Disagreement]) -> Any:
        def report(task: Task, job: wire.Job, verdict: wire.Verdict) -> wire.Report:
            record = Record(plan.place, task.loaded.exercise, self._grader.store, self._grader.gates)
            clean = record.told(task, job, record.first_failure_first(verdict))
            live = record.latest(task.cell.cell_id) if isinstance(clean.outcome, JUDGED) else None
            if live is not None and _kind(live) != _kind(clean):
                disagreements.append(_disagreement(live, clean, epoch))
            return clean

        return report

    async def _epoch(self, kernel_id: str | None) -> str | None:
        """Return which life of the learner's kernel is the present one, None where nothing is known of it."""
        if kernel_id is None:
            return None
        try:
            link = await self._grader.kernels.link(kernel_id)
        except Ended:
            return None
        return link.hello.epoch if link.hello is not None else None


def _kind(report: wire.Report) -> str:
    return str(msgspec.to_builtins(report.outcome)["kind"])


def _disagreement(live: wire.Report, clean: wire.Report, epoch: str | None) -> wire.Disagreement:
    kinds = _kind(live), _kind(clean)
    message = f"Live: {_words(live)}. From the top: {_words(clean)}."
    if live.source != clean.source:
        message += " The live verdict is about another text of this cell: save the notebook, or run the cell."
    elif epoch is not None and live.epoch != epoch:
        message += " The live verdict is from before the kernel's last start: run the cell again."
    elif kinds[0] == "passed":
        message += " The live kernel holds something that the notebook does not make by then: look for deleted or"
        message += " moved cells."
    return wire.Disagreement(clean.cell_id, clean.exercise, *kinds, message)


def _words(report: wire.Report) -> str:
    outcome = report.outcome
    if isinstance(outcome, wire.CellRaised):
        return f"the cell raised {outcome.error}"
    failures = [check for check in report.checks if check.state == "failed"]
    failed = next((check for check in failures if check.measurement), next(iter(failures), None))
    if isinstance(outcome, wire.Failed) and failed is not None:
        return f"failed ({failed.title}: {failed.measurement or 'it does not hold'})"
    return _kind(report).replace("_", " ")
