"""Has the judge try what needs no answer of the learner's: an input of theirs, a puzzle's lines as they arranged them.

The kernel only passes it on.
"""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, Any

from math4ml_lab.kernel import limits
from math4ml_lab.kernel.watcher import Case

if TYPE_CHECKING:
    from collections.abc import Mapping

    from math4ml_lab.kernel.runner import Runner

KINDS = ("breaks", "arranged")
"""What is tried: a mistake on an input (`counterexample.py`), a program (`arranged.py`)."""


def is_one(tag: Mapping[str, Any]) -> bool:
    """Tell whether a tag asks for a trial, and not for the check of a cell."""
    return any(kind in tag for kind in KINDS)


def begin(runner: Runner, tag: Mapping[str, Any]) -> dict[str, Any]:
    """Return the job that tries it: nobody is asked, so that nothing is copied."""
    if runner.isolation is None:
        return runner.known(tag, {"kind": "no_snapshot", "why": "there is no judge beside this kernel"})
    job = {**runner.known(tag, {}), "known": None}
    ours, theirs = socket.socketpair()
    theirs.close()
    limit = runner.exercises[tag["digest"]]["limit"]
    tried = {kind: tag[kind] for kind in KINDS if kind in tag}
    case = {"digest": tag["digest"], "limit": limit, "megabytes": limits.MEGABYTES, **tried}
    runner.watcher.add(Case(job["id"], None, ours, case))
    return job
