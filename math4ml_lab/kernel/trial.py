"""Has the judge try an input of the learner's, without any answer of theirs: the kernel only passes it on."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, Any

from math4ml_lab.kernel import limits
from math4ml_lab.kernel.watcher import Case

if TYPE_CHECKING:
    from collections.abc import Mapping

    from math4ml_lab.kernel.runner import Runner


def begin(runner: Runner, tag: Mapping[str, Any]) -> dict[str, Any]:
    """Return the job that tries it: nobody is asked, so that nothing is copied."""
    if runner.isolation is None:
        return runner.known(tag, {"kind": "no_snapshot", "why": "there is no judge beside this kernel"})
    job = {**runner.known(tag, {}), "known": None}
    ours, theirs = socket.socketpair()
    theirs.close()
    limit = runner.exercises[tag["digest"]]["limit"]
    case = {"digest": tag["digest"], "limit": limit, "megabytes": limits.MEGABYTES, "breaks": tag["breaks"]}
    runner.watcher.add(Case(job["id"], None, ours, case))
    return job
