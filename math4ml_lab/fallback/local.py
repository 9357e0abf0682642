"""The runner in this very process: the server's link without a server, a socket or a message in between.

It is the runner that a server would install, and the same one where a server did.
"""

from __future__ import annotations

import json
import logging
import uuid
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import msgspec

from math4ml_lab import bundle, wire
from math4ml_lab.kernel.private import Modules

if TYPE_CHECKING:
    from collections.abc import Callable

    from math4ml_lab.place import Task

TARGET = "math4ml"
OURS = "math4ml:here"
"""The name under which our cells are watched: no notebook's path."""

_log = logging.getLogger(__name__)
_decode = msgspec.json.Decoder(wire.KernelMessage).decode


class LocalRunner:
    """Has cells judged, each under an id of ours: `heard` gets verdicts, from the watcher's thread."""

    def __init__(self, shell: Any, heard: Callable[[wire.Verdict], None]) -> None:
        self._shell = shell
        self._heard = heard
        self._tags: dict[str, dict[str, str]] = {}
        self._attached: Any = None

    def install(self) -> None:
        """Put the runner into this kernel, or find the one that is there."""
        self._runner()

    def close(self) -> None:
        """Hear no more, and have nothing judged any more."""
        runner, self._attached = self._attached, None
        if runner is not None:
            runner.watched.pop(OURS, None)
            if self._on_message in runner.listeners:
                runner.listeners.remove(self._on_message)

    def is_watched(self, cell_id: str | None = None) -> bool:
        """Tell whether a server has this cell judged, or any cell where none is named."""
        found = self._found()
        watched = [cells for path, cells in found.watched.items() if path != OURS] if found is not None else []
        return any(cells if cell_id is None else cell_id in cells for cells in watched)

    def hook_place(self) -> int:
        """Return where among the hooks after a cell ours belongs: behind the runner's, before all others."""
        hooks = self._shell.events.callbacks["post_run_cell"]
        return hooks.index(self._runner().after_cell) + 1 if self._runner().after_cell in hooks else 0

    def judge(self, task: Task, exercise: dict[str, Any], result: Any) -> wire.Job:
        """Have the state that a cell has just left judged."""
        runner = self._taught(task, exercise)
        info = SimpleNamespace(cell_id=task.cell.cell_id, raw_cell=task.cell.source)
        runner.after_cell(
            SimpleNamespace(
                info=info,
                execution_count=result.execution_count,
                error_before_exec=result.error_before_exec,
                error_in_exec=result.error_in_exec,
            )
        )
        return self.check(task, exercise)

    def check(self, task: Task, exercise: dict[str, Any]) -> wire.Job:
        """Have a cell judged: by its own run where that was recorded, by the state as it is otherwise."""
        runner = self._taught(task, exercise)
        job = msgspec.convert(runner.job(task.tag), wire.Job)
        runner.do_again({"jobs": [job.id]})
        return job

    def _taught(self, task: Task, exercise: dict[str, Any]) -> Any:
        runner, tag = self._runner(), task.tag
        if tag["digest"] not in runner.exercises:
            runner.exercises[tag["digest"]] = exercise
            runner.watcher.teach(exercise)
        self._tags[tag["cell_id"]] = {name: tag[name] for name in ("cell_id", "exercise", "digest")}
        runner.do_watch({"id": uuid.uuid4().hex, "path": OURS, "cells": list(self._tags.values())})
        return runner

    def _found(self) -> Any:
        return getattr(self._shell.kernel.comm_manager.targets.get(TARGET), "__self__", None)

    def _runner(self) -> Any:
        """Return the runner that stands here now: a server of another version may have put its own in place."""
        runner = self._found()
        if runner is None:
            modules = Modules(bundle.sources())
            modules.load("math4ml_lab.kernel.runner").install(self._shell, bundle.sources(), bundle.private())
            runner = self._found()
        if runner is not self._attached:
            self._attached = runner
            runner.listeners.append(self._on_message)
        return runner

    def _on_message(self, text: str) -> None:
        """Pass verdicts on; whatever goes wrong, the runner's work does."""
        try:
            verdict = _verdict(text)
            if verdict is not None:
                self._heard(verdict)
        except Exception:  # noqa: BLE001 (it is our listener, in its thread)
            _log.warning("math4ml: a verdict could not be shown", exc_info=True)


def _verdict(text: str) -> wire.Verdict | None:
    try:
        message = _decode(text)
    except msgspec.DecodeError as error:
        said = json.loads(text)
        if said.get("type") != "verdict":
            raise
        outcome = wire.Broken(message=f"The verdict could not be read: {error}", fix="Tell the course's author.")
        return wire.Verdict(epoch=str(said["epoch"]), id=str(said["id"]), outcome=outcome)
    return message if isinstance(message, wire.Verdict) else None
