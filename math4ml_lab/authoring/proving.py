"""Proves all exercises below some paths, several at a time, and freezes their batteries."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import msgspec
from jupyter_client.kernelspec import KernelSpecManager

from math4ml_lab import catalogue, wire
from math4ml_lab.authoring.folders import Folder, folders, modules_in
from math4ml_lab.authoring.given import needed
from math4ml_lab.authoring.prover import Prover
from math4ml_lab.server.clean import kernel_manager

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator, Sequence
    from pathlib import Path

    from math4ml_lab.authoring.folders import Module
    from math4ml_lab.place import Loaded

AT_ONCE = 2
"""Exercises that are proven at the same time, each in a kernel of its own."""


async def prove(
    paths: Sequence[Path], *, seeds: int, write: bool,
    progress: Callable[[Path, int, int], None] = lambda *_: None,
) -> wire.Proofs:  # fmt: skip
    """Prove what stands at or below the paths; `progress` is told of each file how many answers of how many have run.

    With `write`, batteries that are missing or stale are written; otherwise each is an error.
    """
    found, empty = folders(paths)
    findings = [
        wire.Finding("error", str(path), 1, "there is no exercise here", "name a module or a folder of modules")
        for path in empty
    ]
    gate = asyncio.Semaphore(AT_ONCE)
    beside: dict[Path, Folder] = {}
    prover = Prover(kernel_manager(KernelSpecManager()), seeds=seeds)

    async def one(module: Module) -> wire.Proof | None:
        path, loaded = module.path, module.loaded
        if loaded is None:
            findings.extend(module.findings)
            return None
        async with gate:
            proof, battery = await prover.prove(
                module.place, path.parent, loaded, lambda done, total: progress(path, done, total),
                needed=await needed(loaded.exercise, _beside(beside[path.parent])),
            )  # fmt: skip
        more = [*module.findings, *_freeze(module, battery, write=write)]
        return msgspec.structs.replace(proof, findings=[*more, *proof.findings])

    modules = []
    for parent, chosen in found.items():
        folder = beside[parent] = Folder(parent)
        findings += folder.findings
        if chosen == modules_in(parent):
            findings += folder.unmatched(chosen)
        modules += [folder.module(path) for path in chosen]
    proofs = [proof for proof in await asyncio.gather(*map(one, modules)) if proof is not None]
    return wire.Proofs(proofs, findings)


def _beside(folder: Folder) -> Callable[[str], Awaitable[Loaded | None]]:
    """Return what reads the modules of a folder by their exercises' names."""

    async def load(name: str) -> Loaded | None:
        path = folder.path / catalogue.module_file(name.rpartition("/")[2])
        return folder.module(path).loaded if path.is_file() else None

    return load


def _freeze(module: Module, battery: str | None, *, write: bool) -> Iterator[wire.Finding]:
    """Write the battery where it is not the one of the module's inputs, or say that it is not."""
    if module.loaded is None or module.loaded.battery == battery:
        return
    file = module.path.with_suffix(".battery.json")
    if not write:
        told = "its battery is not frozen" if module.loaded.battery is None else "its frozen battery is stale"
        yield wire.Finding("error", str(module.path), 1, told, f"run jupyter math4ml verify {module.path}")
    elif battery is None:
        file.unlink()
    else:
        file.write_text(battery, encoding="utf-8")
