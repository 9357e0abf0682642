"""The proofs of a server: one at a time for each module, in a fresh kernel that nobody else sees."""

from __future__ import annotations

import asyncio
import logging
import posixpath
import time
import uuid
from contextvars import Context
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import msgspec
from jupyter_client.kernelspec import NoSuchKernel

from math4ml_lab import wire
from math4ml_lab.authoring.given import needed
from math4ml_lab.authoring.prover import SEEDS, Prover
from math4ml_lab.errors import CatalogueError
from math4ml_lab.server.checks import KEPT
from math4ml_lab.server.courses import plain_path
from math4ml_lab.server.plans import DEFAULT_KERNEL
from math4ml_lab.server.refusals import Refused, no_proof
from math4ml_lab.server.workshop import findings, module_path

if TYPE_CHECKING:
    from math4ml_lab.place import Loaded, Place
    from math4ml_lab.server.own_kernels import OwnKernels
    from math4ml_lab.server.workshop import Workshop

_log = logging.getLogger(__name__)
AT_ONCE = 2
"""How many proofs are under way; the others wait. Each has a kernel and a judge of its own."""


class _Proving:
    """One proof under way."""

    def __init__(self, exercise: str, module: str) -> None:
        self.id = uuid.uuid4().hex
        self.exercise = exercise
        self.module = module
        self.source: str | None = None
        """The module's text, None where it could not be read."""
        self.state: Literal["running", "done", "cancelled", "broken"] = "running"
        self.progress = 0, 0
        self.proof: wire.Proof | None = None
        self.findings: list[wire.Finding] = []
        self.notes: list[str] = []
        self.message: str | None = None
        self.ended: float | None = None
        self.task: asyncio.Task[None] | None = None

    def end(self, state: Literal["done", "cancelled", "broken"], message: str | None = None) -> None:
        """Note how it ended."""
        self.state, self.message, self.ended = state, message, time.time()

    def answer(self) -> wire.ProofAnswer:
        """Return how far it is."""
        executed, total = self.progress
        return wire.ProofAnswer(
            id=self.id, exercise=self.exercise, path=self.module, state=self.state, executed=executed, total=total,
            proof=self.proof, findings=self.findings, notes=self.notes, message=self.message,
        )  # fmt: skip


class Proofs:
    """Starts, keeps and ends them; `seeds` batteries are drawn for each besides the frozen one."""

    def __init__(self, workshop: Workshop, kernels: OwnKernels, *, seeds: int = SEEDS) -> None:
        self._workshop = workshop
        self._kernels = kernels
        self.seeds = seeds
        self._proofs: dict[str, _Proving] = {}
        self._starting = asyncio.Lock()
        self._slots = asyncio.Semaphore(AT_ONCE)

    async def start(self, request: wire.ProofRequest, *, may_write: bool, at_most: float) -> wire.ProofAnswer:
        """Start a proof, or find the module's one under way, and wait for it a little."""
        place = await self._workshop.courses.place(request.path)
        module = module_path(place, request.exercise.rpartition("/")[2])
        async with self._starting:  # or two requests at once would start two
            under_way = (one for one in self._proofs.values() if one.ended is None and one.module == module)
            one = next(under_way, None) or await self._start(request, place, module, may_write=may_write)
        return await self.answer(one.id, at_most=at_most)

    async def answer(self, proof_id: str, *, at_most: float) -> wire.ProofAnswer:
        """Wait for a proof a little, and return how far it is; raise Refused for an unknown one."""
        one = self._get(proof_id)
        if one.task is not None:
            await asyncio.wait([one.task], timeout=at_most)
        return one.answer()

    async def known(self, path: str) -> list[wire.KnownProof]:
        """Return the last proof of each exercise beside a notebook that is under way, or still about its module."""
        place = await self._workshop.courses.place(path)
        last: dict[str, wire.KnownProof] = {}
        for one in list(self._proofs.values()):
            if posixpath.dirname(one.module) != place.folder or one.source is None:
                continue
            is_stale = await self._workshop.text(one.module) != one.source
            if one.state == "running" or (one.state == "done" and not is_stale):
                executed, total = one.progress
                last[one.module] = wire.KnownProof(one.id, one.exercise, one.state, executed, total, is_stale)
        return list(last.values())

    async def cancel(self, proof_id: str) -> wire.ProofAnswer:
        """End a proof and its kernel."""
        await self._cancel(self._get(proof_id))
        return await self.answer(proof_id, at_most=0)

    async def close(self) -> None:
        """End all that is under way."""
        await asyncio.gather(*(self._cancel(one) for one in self._proofs.values() if one.ended is None))

    @staticmethod
    async def _cancel(one: _Proving) -> None:
        if one.task is not None and one.ended is None:
            one.task.cancel()
            await asyncio.wait([one.task])
        if one.ended is None:  # it was cancelled before its first step
            one.end("cancelled")

    def _get(self, proof_id: str) -> _Proving:
        if proof_id not in self._proofs:
            raise no_proof(proof_id)
        return self._proofs[proof_id]

    async def _start(self, request: wire.ProofRequest, place: Place, module: str, *, may_write: bool) -> _Proving:
        if self._kernels.is_gateway:
            raise Refused(
                409, "The kernels of this server run behind a gateway, where nothing can be proven.",
                "Prove the exercises where the kernels are: jupyter math4ml verify",
            )  # fmt: skip
        path = plain_path(request.path)
        kernel = self._kernel(await self._workshop.courses.notebook(path))
        one = _Proving(request.exercise, module)
        now = time.time()
        for old in [old for old in self._proofs.values() if old.ended is not None and old.ended < now - KEPT]:
            del self._proofs[old.id]
        self._proofs[one.id] = one
        try:
            loaded = await self._workshop.courses.load(place, request.exercise)
        except CatalogueError as error:
            one.findings = findings(module, error)
            one.end("done")
            return one
        one.source = loaded.source
        launch = self._kernels.launch(path)
        prover = Prover(self._kernels.manager, seeds=self.seeds, kernel=kernel, launch=launch)
        proving = self._prove(one, prover, place, loaded, Path(launch["cwd"]), may_write=may_write)
        # In a context of its own: the request's would keep its handler, connection and all.
        one.task = asyncio.create_task(proving, context=Context())
        return one

    async def _prove(  # noqa: PLR0913 (one call)
        self, one: _Proving, prover: Prover, place: Place, loaded: Loaded, folder: Path, *, may_write: bool
    ) -> None:
        def progress(executed: int, total: int) -> None:
            one.progress = executed, total

        try:
            others = await needed(loaded.exercise, lambda name: self._beside(place, name))
            async with self._slots:
                proof, battery = await prover.prove(place, folder, loaded, progress, needed=others)
            moved = [msgspec.structs.replace(finding, file=one.module) for finding in proof.findings]
            one.proof = msgspec.structs.replace(proof, file=one.module, findings=moved)
            await self._freeze(one, place, loaded, battery, may_write=may_write)
        except asyncio.CancelledError:
            one.end("cancelled")
        except Exception:  # noqa: BLE001 (whatever it was, the panel has to be told)
            _log.exception("math4ml: %s could not be proven", one.module)
            one.end("broken", "The server could not prove it: its log says more.")
        else:
            one.end("done")

    async def _beside(self, place: Place, name: str) -> Loaded | None:
        try:
            return await self._workshop.courses.load(place, name)
        except (Refused, CatalogueError):
            return None

    async def _freeze(
        self, one: _Proving, place: Place, loaded: Loaded, battery: str | None, *, may_write: bool
    ) -> None:
        if loaded.battery == battery:
            return
        if may_write and await self._workshop.is_writable(place):
            one.notes, one.findings = await self._workshop.freeze(place, loaded, battery)
        else:
            one.findings = [self._workshop.unfrozen(place, loaded)]

    def _kernel(self, notebook: Any) -> str:
        """Return the notebook's own kernel where it is Python's, else the usual one."""
        name = (notebook.get("metadata") or {}).get("kernelspec", {}).get("name")
        try:
            spec = self._kernels.specs.get_kernel_spec(str(name))
        except NoSuchKernel:
            return DEFAULT_KERNEL
        return str(name) if any("ipykernel" in argument for argument in spec.argv) else DEFAULT_KERNEL
