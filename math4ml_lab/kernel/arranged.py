"""A program that a learner put together of the author's lines, judged as an answer is: on all inputs, claim by claim.

It runs in the judge's process, in the case's fork where there is one, among copies of what the module gives its
solution, and under a guard: nothing in it is a learner's own. A right one tells that its order is right.
"""

from __future__ import annotations

import ast
import json
import signal
import sys
from typing import TYPE_CHECKING, Any

from math4ml_lab.kernel import answer, guard, judge
from math4ml_lab.kernel.answered import Gone, MemoryIsOut, TimeIsUp

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from math4ml_lab.kernel.answered import Ask
    from math4ml_lab.kernel.reference import Reference

LIMIT = 3.0
"""Seconds that a program may take at most, on all inputs: whoever put it together waits."""


def verdict(reference: Reference, program: str, limit: float, megabytes: int) -> dict[str, Any]:
    """Return the verdict on a program in the shape of `wire.Verdict`, without explanations."""
    limit = min(limit, LIMIT)
    signal.setitimer(signal.ITIMER_PROF, 2 * limit + 1)  # ends what does not come back from C, with the process
    try:
        names = _among(reference, program)
        with guard.Guard(limit, megabytes) as watch:
            respondent = answer.Respondent(names, program, guard=watch)
            sys.stdout = sys.stderr = respondent.printed  # the guard puts back what was there
            ran = respondent.guarded(lambda: _run(program, names))
            if ran:
                return {"outcome": {"kind": "failed"}}
            respondent.left = {"printed": respondent.printed.on("", 0), "figures": []}
            return judge.judge(reference, _asking(respondent, limit, megabytes), program)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _among(reference: Reference, program: str) -> dict[str, Any]:
    """Return the module's names for a program, what it reaches copied; none of the answers is there yet."""
    said = {node.id for node in ast.walk(ast.parse(program)) if isinstance(node, ast.Name)}
    names = guard.reached(reference.namespace, sorted(said.difference(reference.definition.answers)))
    for name in reference.definition.answers:
        names.pop(name, None)
    return names


def _run(program: str, names: dict[str, Any]) -> dict[str, Any]:
    exec(compile(program, "<arranged>", "exec"), names)
    return {}


def _asking(respondent: answer.Respondent, limit: float, megabytes: int) -> Ask:
    """Return what asks the program as `Remote.ask` asks a process; nothing is explained of it."""

    def ask(question: Mapping[str, Any]) -> Iterator[Any]:
        if question.get("aside"):
            raise Gone
        for reply in respondent.ask(question):
            if reply.get("stopped"):
                raise TimeIsUp(limit, None)
            if reply.get("memory"):
                raise MemoryIsOut(megabytes)
            yield json.loads(json.dumps(reply))

    return ask
