"""Checking notebooks without a server: files, a kernel of one's own, no record."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

import nbformat
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager

from math4ml_lab.attempts import AttemptStore
from math4ml_lab.server.clean import CleanRun, kernel_manager
from math4ml_lab.server.courses import Courses
from math4ml_lab.server.plans import make_plan
from math4ml_lab.server.refusals import Refused, no_notebook
from math4ml_lab.server.reports import Record

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import Any

    from math4ml_lab import wire
    from math4ml_lab.server.checks import Task
    from math4ml_lab.server.plans import Plan

GLANCE = 0.1
"""Seconds between two looks at the progress."""
SOME = 5
"""How many notebooks are named in place of one that is not there."""


class Headless:
    """Plans and runs notebooks; limits are in seconds, for each answer and for each notebook."""

    def __init__(self, *, kernel: str | None, time_limit: float, run_limit: float) -> None:
        self._kernel = kernel
        self._time_limit = time_limit
        self._run_limit = run_limit
        self._specs = KernelSpecManager()
        self._manager = kernel_manager(self._specs)

    async def plan(self, path: Path) -> Plan:
        """Return what there is to run in a notebook; raise Refused."""
        content = _read(path)
        folder = path.parent.resolve()
        # A course stands in the notebook's folder or in the one above.
        contents = AsyncLargeFileManager(root_dir=str(folder.parent), allow_hidden=True)
        inside = (folder / path.name).relative_to(folder.parent).as_posix()
        try:
            return await make_plan(Courses(contents), self._specs, inside, content, self._kernel)
        except Refused as refused:  # which knows the notebook by another path
            message = refused.message.replace(repr(inside), repr(str(path)))
            raise Refused(refused.status, message, refused.fix) from None

    async def run(self, path: Path, plan: Plan, progress: Callable[[int, int], None]) -> wire.CleanRunAnswer:
        """Run a notebook; `progress` is told how many cells of how many have run."""

        async def report(task: Task, job: wire.Job, verdict: wire.Verdict) -> wire.Report:
            return Record(plan.place, task.loaded.exercise, store, "off").told(task, job, verdict)

        store = AttemptStore()
        launch = {"cwd": str(path.parent.resolve())}
        run = CleanRun(
            plan, self._manager, report, launch=launch, time_limit=self._time_limit, run_limit=self._run_limit
        )
        run.start()
        try:
            while run.ended is None:
                await run.wait(GLANCE)
                progress(run.executed, run.total)
        finally:
            await run.cancel()
            store.close()
        return run.answer()


def _read(path: Path) -> Any:
    """Return a notebook's content; raise Refused."""
    name = str(path)
    try:
        text = path.read_text(encoding="utf-8")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what an old notebook lacks is mended in the copy
            return nbformat.reads(text, as_version=4)  # type: ignore[no-untyped-call]
    except FileNotFoundError:
        raise Refused(404, f"There is no file {name!r}.", _beside(path)) from None
    except PermissionError:
        raise Refused(403, f"{name!r} may not be read.", "Take the right to read it, or name another one.") from None
    except OSError as error:
        raise no_notebook(name, str(error.strerror)) from None
    except (ValueError, AttributeError, KeyError, TypeError, nbformat.ValidationError) as error:
        raise no_notebook(name, (str(error).splitlines() or ["it is empty"])[0][:200].rstrip(".")) from None


def _beside(path: Path) -> str:
    """Return what helps where there is no such file: the notebooks that are there."""
    if not path.parent.is_dir():
        return f"There is no folder {str(path.parent)!r} either: look at the path."
    there = sorted(book.name for book in path.parent.glob("*.ipynb"))
    if not there:
        return "There is no notebook in that folder: look at the path."
    return f"Notebooks there: {', '.join(there[:SOME])}{', …' if len(there) > SOME else ''}."
