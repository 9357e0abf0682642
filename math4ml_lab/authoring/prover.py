"""Proves exercises in a real kernel: their own answers run as a learner's would, and are judged by the same way."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from msgspec import Struct, structs
from nbformat.v4 import new_code_cell, new_notebook

from math4ml_lab import wire
from math4ml_lab.authoring import candidates, code_in_hints, given, proof, reading, todo
from math4ml_lab.place import Loaded, Task
from math4ml_lab.server.clean import CleanRun
from math4ml_lab.server.plans import DEFAULT_KERNEL, Plan

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from jupyter_client.multikernelmanager import AsyncMultiKernelManager

    from math4ml_lab.authoring.candidates import Candidate
    from math4ml_lab.course import Exercise
    from math4ml_lab.place import Place

SEEDS = 20
"""Batteries that are drawn besides the frozen one."""
MUTANTS = 60
"""Changes of a solution that are tried to fail a check that no mistake fails."""
DRAWING = 60.0
"""Seconds for which a module may run while its batteries are drawn."""
TIME_LIMIT = 10.0
MUTANT_LIMIT = 2.0
"""Seconds for an answer, and for a mutant, which may not come to an end."""
RUN_LIMIT = 600.0
"""Seconds for all answers of an exercise."""

_BEFORE = "before-"
_HERE = Path(__file__).resolve().parents[2]


class Batteries(Struct, frozen=True):
    """A module's drawn inputs: the ones to freeze, and the ones of each seed; `error` says why there are none."""

    frozen: str | None = None
    again: list[str] = []
    error: str | None = None
    fix: str = "mend it"
    line: int = 1


async def draw(name: str, source: str, seeds: Sequence[int]) -> Batteries:
    """Run a module in a process of its own and return its batteries."""
    return Batteries(**await run_apart({"name": name, "source": source, "seeds": list(seeds)}))


async def run_apart(asked: Mapping[str, Any]) -> dict[str, Any]:
    """Return what `freezer` answers in a process of its own; `error` says why there is nothing else."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "math4ml_lab.authoring.freezer",
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        async with asyncio.timeout(DRAWING):
            told, _ = await process.communicate(json.dumps(asked).encode())
    except TimeoutError:
        return {"error": f"it was not read within {DRAWING:g} s"}
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    try:
        answer: dict[str, Any] = json.loads(told)
    except ValueError:
        return {"error": "it ended the process that read it"}
    return answer


class Prover:
    """Proves exercises, each in a kernel of its own that `manager` starts, with `launch` besides its folder."""

    def __init__(
        self, manager: AsyncMultiKernelManager, *, seeds: int = SEEDS, kernel: str = DEFAULT_KERNEL,
        launch: Mapping[str, Any] | None = None,
    ) -> None:  # fmt: skip
        self._manager = manager
        self._seeds = seeds
        self._kernel = kernel
        self._launch = dict(launch or {})

    async def prove(
        self, place: Place, folder: Path, loaded: Loaded, progress: Callable[[int, int], None] = lambda *_: None,
        *, needed: Sequence[Loaded] = (),
    ) -> tuple[wire.Proof, str | None]:  # fmt: skip
        """Return what is proven of an exercise, and the battery that it should be frozen with.

        The solutions of the exercises `needed` run before its answers: they define what these take of other cells.
        """
        began = time.monotonic()
        exercise, file = loaded.exercise, f"{loaded.exercise.name.replace('-', '_')}.py"
        path = str(folder / file)
        if still := list(todo.findings(loaded.source, path)):  # nothing to run yet
            return _unproven(exercise, path, still), loaded.battery
        findings = list(code_in_hints.findings(exercise, loaded.source, path))
        drawn = Batteries(frozen=loaded.battery)
        if not exercise.stripped:  # its answers belong to the battery that stands beside it
            drawn = await draw(exercise.name, loaded.source, range(1, self._seeds + 1))
        verdicts = proof.Verdicts(exercise, loaded.source, path)
        if drawn.error is not None:
            told = f"the module does not run: {drawn.error}"
            findings.insert(0, wire.Finding("error", path, drawn.line, told, drawn.fix))
        fresh = Loaded(exercise, loaded.source, drawn.frozen, loaded.answers)
        if drawn.error is None:
            before = given.given(fresh, needed)
            run = _Run(self, place, folder, fresh, drawn.again, progress, before)
            verdicts.found = await run.all()
            findings += [*run.findings(path), *verdicts.findings()]
            findings += [wire.Finding("warning", path, 1, *why) for why in proof.untried(exercise, before.missing)]
        proven = wire.Proof(
            exercise=exercise.name, file=path, title=exercise.title, inputs=run_inputs(verdicts),
            seeds=len(drawn.again), claims=verdicts.claims(), tried=reading.tried(place, fresh, verdicts),
            findings=findings, seconds=round(time.monotonic() - began, 3),
        )  # fmt: skip
        # Nothing is known of the inputs of a module that does not run: what is frozen stays.
        return proven, drawn.frozen if drawn.error is None else loaded.battery

    async def run(  # noqa: PLR0913, PLR0917 (one run)
        self, place: Place, folder: Path, cells: Mapping[Candidate, Sequence[Loaded]], limit: float,
        progress: Callable[[int, int], None], before: Mapping[str, str] = MappingProxyType({}),
        *, whole: bool = True,
    ) -> tuple[dict[tuple[str, str], wire.Verdict], str | None]:  # fmt: skip
        """Run cells in a fresh kernel; return each one's verdicts by cell and battery, and what ended the run early.

        The cells `before` are answers to other exercises, by their names. Mutants that do not end are interrupted.
        Unless it is to be `whole`, the run ends with the first verdict that says that the exercise is broken.
        """
        notebook = new_notebook()  # type: ignore[no-untyped-call]
        tasks: list[Task] = []
        for name, text in before.items():
            notebook.cells.append(new_code_cell(text, id=f"{_BEFORE}{name}"[:64]))  # type: ignore[no-untyped-call]
        for index, (candidate, loadeds) in enumerate(cells.items()):
            cell = new_code_cell(candidate.text, id=f"cell-{index}")  # type: ignore[no-untyped-call]
            notebook.cells.append(cell)
            tasks += [
                Task(wire.CellSource(cell["id"], loaded.exercise.name, candidate.text), loaded) for loaded in loadeds
            ]
        found: dict[tuple[str, str], wire.Verdict] = {}
        is_broken = asyncio.Event()

        async def note(task: Task, _job: wire.Job, verdict: wire.Verdict) -> wire.Report:
            found[task.cell.cell_id, task.loaded.digest] = verdict
            if isinstance(verdict.outcome, wire.Broken) and not whole:
                is_broken.set()
            return Plan.unjudged(task.cell, verdict.outcome)

        path = tasks[0].loaded.exercise.name
        plan = Plan(path, place, notebook, self._kernel, is_ipykernel=True, entries=[*tasks], notes=[])
        launch = {"cwd": str(folder), **self._launch}
        limits = {f"cell-{index}": limit for index, one in enumerate(cells) if one.kind == "mutant"}
        run = CleanRun(
            plan, self._manager, note, launch=launch, time_limit=limit, run_limit=RUN_LIMIT, cell_limits=limits
        )
        run.start()
        try:
            while run.ended is None and not is_broken.is_set():
                await run.wait(0.1)
                progress(run.executed, run.total)
        finally:
            await run.cancel()
        for (cell_id, digest), verdict in found.items():
            if cell_id in run.cut and isinstance(verdict.outcome, wire.CellRaised):
                found[cell_id, digest] = structs.replace(verdict, outcome=wire.TimedOut(limit))
        if is_broken.is_set():
            return found, None
        told = run.answer()
        broken = next((error for error in told.errors if error.cell_id.startswith(_BEFORE)), None)
        if broken is not None:
            name = list(before)[broken.index]
            return found, f"what it needs of {name!r} raises {broken.error}"
        return found, None if told.state == "done" else told.message or told.state


class _Run:
    """All answers of one exercise: its own on every battery, mutants on the frozen one where claims are left."""

    def __init__(  # noqa: PLR0913, PLR0917 (one call)
        self, prover: Prover, place: Place, folder: Path, loaded: Loaded, again: Sequence[str],
        progress: Callable[[int, int], None], before: given.Given,
    ) -> None:  # fmt: skip
        self._prover = prover
        self._before = before
        self._place = place
        self._folder = folder
        self._loaded = loaded
        self._again = [Loaded(loaded.exercise, loaded.source, battery) for battery in again]
        self._progress = progress
        self._early: list[str] = []

    async def all(self) -> list[tuple[Candidate, dict[int, wire.Verdict]]]:
        """Return the verdicts of each candidate by the number of the battery."""
        exercise, source = self._loaded.exercise, self._loaded.source
        own = candidates.candidates(exercise, source)
        if self._before.missing:  # without what other cells give, every answer lacks it
            own = [one for one in own if one.kind == "starter"]
        found = await self._tried({one: [] if one.kind == "starter" else self._again for one in own}, TIME_LIMIT)
        so_far = proof.Verdicts(exercise, source, "")
        so_far.found = list(found)
        is_broken = any(isinstance(one.outcome, wire.Broken) for _, verdicts in found for one in verdicts.values())
        if len(own) > 1 and not self._early and not is_broken and proof.survivors(exercise, so_far.tried()):
            mutants = candidates.mutated(exercise, source, MUTANTS)
            found += await self._tried({one: [] for one in mutants}, MUTANT_LIMIT)
        return found

    def findings(self, file: str) -> list[wire.Finding]:
        """Return what kept answers from being judged."""
        fix = "mend the answer at which it ended"
        return [wire.Finding("error", file, 1, f"the proof ended early: {why}", fix) for why in self._early]

    async def _tried(
        self, cells: Mapping[Candidate, Sequence[Loaded]], limit: float
    ) -> list[tuple[Candidate, dict[int, wire.Verdict]]]:
        if not cells:
            return []
        every = {one: [self._loaded, *again] for one, again in cells.items()}
        verdicts, early = await self._prover.run(
            self._place, self._folder, every, limit, self._progress, self._before.cells, whole=False
        )
        self._early += [early] if early is not None else []
        return [
            (one, {
                number: verdicts[f"cell-{index}", loaded.digest]
                for number, loaded in enumerate(batteries)
                if (f"cell-{index}", loaded.digest) in verdicts
            })
            for index, (one, batteries) in enumerate(every.items())
        ]  # fmt: skip


def _unproven(exercise: Exercise, path: str, findings: list[wire.Finding]) -> wire.Proof:
    return wire.Proof(
        exercise=exercise.name, file=path, title=exercise.title, inputs=0, seeds=0, claims=[], tried=[],
        findings=findings, seconds=0.0,
    )  # fmt: skip


def run_inputs(verdicts: proof.Verdicts) -> int:
    """Return on how many inputs the solution passed."""
    passed = (one.outcome for one in verdicts.tried() if one.kind == "solution")
    return next((outcome.inputs for outcome in passed if isinstance(outcome, wire.Passed)), 0)
