"""A clean run: a notebook's copy, run from the top in a fresh kernel; each exercise is judged when its cell has run.

The server and the command line share it. The notebook is only read, nothing is recorded, and the kernel ends with the
run, however that ends.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import re
import subprocess
import time
import uuid
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, cast

from jupyter_client.multikernelmanager import AsyncMultiKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import DeadKernelError

from math4ml_lab import wire
from math4ml_lab.server.checks import Check
from math4ml_lab.server.kernels import Kernels
from math4ml_lab.server.link import Ended
from math4ml_lab.server.plans import Plan, is_run, tags_of, well_formed

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from jupyter_client.asynchronous.client import AsyncKernelClient
    from jupyter_client.kernelspec import KernelSpecManager

    from math4ml_lab.server.checks import Task

PATIENCE = 60.0
"""Seconds that the kernel may take to start."""
LONGEST = 1000
"""Characters of an error's text."""

_FIX = "Run it again; if it stays so, restart the server."
# The first is the cell's own frame: `----> 2 1/0`, or, for a syntax error, `Cell In[3], line 2`.
_LINE = re.compile(r"^(?:-+>[ ]*|[ ]*Cell In ?\[\d+\], line )(\d+)", re.MULTILINE)
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")
_log = logging.getLogger(__name__)


def kernel_manager(specs: KernelSpecManager, **traits: Any) -> AsyncMultiKernelManager:
    """Return a manager for kernels that nobody else sees, and that are not started anew when they die."""
    own = "jupyter_client.manager.AsyncKernelManager"
    return AsyncMultiKernelManager(kernel_manager_class=own, kernel_spec_manager=specs, **traits)


class _Executor(NotebookClient):
    """Runs cells and keeps nothing of what they print: an endless loop would fill our memory."""

    def output(self, *_: Any) -> None:
        """Drop what is to be shown."""


class CleanRun:
    """One run; `answer` tells how far it is.

    `report` makes a report of a verdict, `launch` is what the kernel is started with: its folder, as `cwd`, at least.
    The limits are in seconds: for each answer, for the whole run once the kernel is there, and for cells by their ids:
    those are interrupted then, and are in `cut`.
    """

    def __init__(  # noqa: PLR0913 (limits by name)
        self,
        plan: Plan,
        manager: AsyncMultiKernelManager,
        report: Callable[[Task, wire.Job, wire.Verdict], Awaitable[wire.Report]],
        *,
        launch: Mapping[str, Any],
        time_limit: float,
        run_limit: float | None,
        cell_limits: Mapping[str, float] = MappingProxyType({}),
    ) -> None:
        self.id = uuid.uuid4().hex
        self.plan = plan
        self.reports: dict[int, wire.Report] = {
            place: entry for place, entry in enumerate(plan.entries) if isinstance(entry, wire.Report)
        }
        self.errors: list[wire.CellError] = []
        self.executed = 0
        self.total = sum(is_run(cell) for cell in plan.notebook.cells)
        self.ended: float | None = None
        self._manager = manager
        self._kernels = Kernels(manager)
        self._report = report
        self._launch = launch
        self._time_limit = time_limit
        self._run_limit = run_limit
        self._cell_limits = cell_limits
        self.cut: set[str] = set()
        self._state: Literal["starting", "running", "done", "timed_out", "cancelled", "kernel_dead", "broken"]
        self._state = "starting"
        self._at: wire.CellPlace | None = None
        self._message: str | None = None
        self._running: asyncio.Task[None] | None = None
        self._stopping = False

    def start(self) -> None:
        """Begin; it goes on on its own."""
        self._running = asyncio.create_task(self._run())

    async def wait(self, seconds: float | None = None) -> None:
        """Return when it has ended, or after that time."""
        assert self._running is not None  # noqa: S101  (started)
        done, _ = await asyncio.wait([self._running], timeout=seconds)
        for one in done:
            one.result()

    async def cancel(self) -> None:
        """End it, and its kernel; return when both have ended."""
        assert self._running is not None  # noqa: S101  (started)
        if not self._stopping:  # or the kernel's end would be cancelled
            self._stopping = True
            self._running.cancel()
        await asyncio.wait([self._running])
        if self.ended is None:  # it was cancelled before its first step
            self._early("cancelled", "The run was cancelled", wire.Cancelled())
            self.ended = time.time()

    def answer(self) -> wire.CleanRunAnswer:
        """Return how far it is: reports in the order of the cells."""
        return wire.CleanRunAnswer(
            id=self.id,
            path=self.plan.path,
            state=self._state if self.ended is not None or self._state == "starting" else "running",
            executed=self.executed,
            total=self.total,
            reports=[self.reports[place] for place in sorted(self.reports)],
            errors=list(self.errors),
            notes=self.plan.notes,
            at=self._at,
            message=self._message,
        )

    # -- The run --------------------------------------------------------------------------------------------

    async def _run(self) -> None:
        # A start that is cut off half way could leave a process that nobody knows.
        starting = asyncio.create_task(self._start())
        try:
            await self._from_the_top(starting)
        except asyncio.CancelledError:
            self._early("cancelled", "The run was cancelled", wire.Cancelled())
        except TimeoutError:
            limit = self._run_limit or 0.0
            self._early("timed_out", f"The run took longer than {limit:g} s", wire.NotRun(), wire.TimedOut(limit))
        except DeadKernelError:
            self._early("kernel_dead", "The kernel died", wire.KernelDead())
        except Ended as ended:
            self._unable(ended.outcome)
        except Exception as error:  # noqa: BLE001 (whatever keeps a kernel from running is told)
            _log.warning("math4ml: a clean run of %s broke", self.plan.path, exc_info=True)
            why = well_formed(f"{type(error).__name__}: {error}")
            self._unable(wire.Broken(message=f"The notebook could not be run: {why}.", fix=_FIX))
        else:
            self._state, self._at = "done", None
        finally:
            self._stopping = True
            await self._end(starting)
            self.ended = time.time()

    async def _start(self) -> str:
        arguments = ["--HistoryManager.hist_file=:memory:"] if self.plan.is_ipykernel else []
        # What goes past Python's streams would come out of our own.
        silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        name = self.plan.kernel_name
        started = await self._manager.start_kernel(
            kernel_name=name, extra_arguments=arguments, **silent, **self._launch
        )
        return cast("str", started)

    async def _from_the_top(self, starting: asyncio.Task[str]) -> None:
        client: Any = None
        try:
            try:
                async with asyncio.timeout(PATIENCE):
                    kernel_id = await asyncio.shield(starting)
                    manager = self._manager.get_kernel(kernel_id)
                    client = manager.client(session=manager.session.clone())
                    client.start_channels(stdin=False, hb=False)
                    await client.wait_for_ready(timeout=None)
                    await self._watch(kernel_id)
            except TimeoutError:
                raise self._no_start(f"it was not there within {PATIENCE:g} s") from None
            except (OSError, RuntimeError) as error:
                raise self._no_start(str(error)) from error
            client.allow_stdin = False
            self._state = "running"
            executor = _Executor(self.plan.notebook, km=manager, allow_errors=True, on_cell_error=self._on_error)
            executor.kc = client
            async with asyncio.timeout(self._run_limit):
                for index, cell in enumerate(self.plan.notebook.cells):
                    if cell.cell_type == "code":
                        await self._cell(kernel_id, executor, client, cell, index)
        finally:
            if client is not None:
                client.stop_channels()

    def _no_start(self, why: str) -> Ended:
        message = f"The kernel {self.plan.kernel_name!r} could not be started: {well_formed(why)}."
        return Ended(wire.Broken(message=message, fix="Repair it, or take another one: jupyter kernelspec list"))

    async def _watch(self, kernel_id: str) -> None:
        tasks = [entry for entry in self.plan.entries if not isinstance(entry, wire.Report)]
        tags = [task.tag for task in tasks]
        link = await self._kernels.link(kernel_id)
        await link.watch(self.plan.path, tags, [task.loaded.for_kernel(self._time_limit) for task in tasks])

    async def _cell(
        self, kernel_id: str, executor: _Executor, client: AsyncKernelClient, cell: Any, index: int
    ) -> None:
        self._at = wire.CellPlace(cell_id=cell["id"], index=index)
        kernel: Any = self._manager.get_kernel(kernel_id)
        # As a notebook's client names its cells: by it the runner binds the verdict to the run.
        client.session.metadata = {"cellId": cell["id"]}
        running = asyncio.create_task(executor.async_execute_cell(cell, index))
        try:
            # nbclient takes it for the kernel's death when its call is cancelled, so it is not awaited itself.
            while not (await asyncio.wait([running], timeout=self._cell_limits.get(cell["id"])))[0]:
                self.cut.add(cell["id"])
                await kernel.interrupt_kernel()
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
        running.result()
        await self._judge(kernel_id, cell["id"])
        self.executed += is_run(cell)

    async def _judge(self, kernel_id: str, cell_id: str) -> None:
        """Judge what the cell answers, before the next one changes anything."""
        due = {
            place: entry
            for place, entry in enumerate(self.plan.entries)
            if not isinstance(entry, wire.Report) and entry.cell.cell_id == cell_id
        }
        if not due:
            return
        check = Check(kernel_id, list(due.values()), self._report)
        check.start(self._kernels, self._time_limit)
        try:
            await check.wait(None)
            self.reports.update(zip(due, check.answer().reports, strict=True))
        finally:
            await check.cancel(self._kernels)

    def _on_error(self, *, cell: Any, cell_index: int, execute_reply: dict[str, Any]) -> None:
        expected = "raises-exception" in cell.metadata.get("tags", ())
        if expected or tags_of(cell):
            return
        content = execute_reply["content"]
        name, value = content.get("ename", "an error"), str(content.get("evalue", ""))
        text = f"{name}: {value}" if value else str(name)
        traceback = _COLOURS.sub("", "\n".join(content.get("traceback", ())))
        line = _line(cell.source, traceback)
        error = well_formed(text[:LONGEST])
        self.errors.append(wire.CellError(cell_id=cell["id"], index=cell_index, error=error, line=line))

    # -- The end --------------------------------------------------------------------------------------------

    async def _end(self, starting: asyncio.Task[str]) -> None:
        """Leave no process behind."""
        with contextlib.suppress(Exception):  # the kernel's end comes first, whatever its link says
            await self._kernels.close()
        (kernel_id,) = await asyncio.gather(starting, return_exceptions=True)
        if isinstance(kernel_id, str) and kernel_id in self._manager:
            await self._manager.shutdown_kernel(kernel_id, now=True)

    def _early(
        self,
        state: Literal["timed_out", "cancelled", "kernel_dead", "broken"],
        message: str,
        rest: wire.Outcome,
        here: wire.Outcome | None = None,
    ) -> None:
        """Note why it ends early; what is not judged has the outcome `rest`, the cell where it stands `here`."""
        self._state, at = state, self._at
        if at is None:
            self._message = f"{message} before the first cell."
        else:
            first = next(iter(self.plan.notebook.cells[at.index].source.strip().splitlines()), "")
            self._message = f"{message} at cell {at.index + 1}: {first[:80]}"
        for place, entry in enumerate(self.plan.entries):
            if place in self.reports or isinstance(entry, wire.Report):
                continue
            stood = here is not None and at is not None and entry.cell.cell_id == at.cell_id
            self.reports[place] = self.plan.unjudged(entry.cell, here if stood and here is not None else rest)

    def _unable(self, outcome: wire.Outcome) -> None:
        if isinstance(outcome, wire.Broken):
            self._early("broken", outcome.message, outcome)
            self._message = f"{outcome.message} {outcome.fix}"
        elif isinstance(outcome, wire.KernelDead | wire.KernelRestarted):
            self._early("kernel_dead", "The kernel died", wire.KernelDead())
        else:
            self._early("broken", "No exercise can be checked in this kernel", outcome)


def _line(source: str, traceback: str) -> wire.Line | None:
    found = _LINE.search(traceback)
    lines = source.splitlines()
    if found is None or not 1 <= int(found[1]) <= len(lines):
        return None
    return wire.Line(text=lines[int(found[1]) - 1].strip(), number=int(found[1]))
