"""The verdict: holds the learner's outcomes against the reference, claim by claim.

It runs in a process that never ran the learner's code, and sees plain values only. What the answer is asked, and
what comes back, passes through a `Remote`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Callable

from math4ml_lab import exercise
from math4ml_lab.kernel import answer, claims, compare, printing
from math4ml_lab.kernel.values import decode, encode

if TYPE_CHECKING:
    from math4ml_lab.kernel.reference import Outcome, Reference, Signature

Ask = Callable[[Mapping[str, Any]], Any]
"""Puts one question to the respondent; raises Gone, TimeIsUp or MemoryIsOut."""


class Gone(Exception):
    """The answer's process ended by itself."""


class MemoryIsOut(Exception):
    """The answer asked for more memory than it may have."""


class TimeIsUp(Exception):
    """The answer was still computing at the limit."""


class Result:
    """What the learner's answer did on one row."""

    def __init__(self, index: int, reply: Mapping[str, Any]) -> None:
        self.index = index
        raised = reply.get("raised")
        self.raised: Mapping[str, Any] | None = raised
        self.value = None if raised else decode(reply["value"])
        self.raw = self.value
        self.changed = bool(reply.get("changed"))
        self.calls: Mapping[str, int] = reply.get("calls", {})


class Answered:
    """All results of one of the learner's names, beside what the solution did."""

    def __init__(self, name: str, reference: Reference, ask: Ask) -> None:
        self.name = name
        self.reference = reference
        self.ask = ask
        self.signature: Signature = reference.answers[name]
        self.wanted = reference.solution[name]
        self.results: list[Result] = []
        self.state = "undefined"

    def evaluate(self, state: str) -> None:
        """Ask for the answer's outcome on every row."""
        self.state = state
        if not self.usable:
            return
        view = self.reference.view(self.name)
        for index in range(len(self.reference.rows)):
            result = Result(index, self._reply(index))
            if view is not None and result.raised is None:
                result.value = _viewed(view, result.value)
            self.results.append(result)

    @property
    def usable(self) -> bool:
        """Whether the name is defined as what it has to be: a function, or a value."""
        return self.state == ("callable" if self.signature.callable else "value")

    def _reply(self, index: int) -> Any:
        if not self.signature.callable:
            return self.ask({"ask": "value", "name": self.name})
        row = {name: encode(value) for name, value in self.reference.row(self.name, index).items()}
        return self.ask({"ask": "evaluate", "name": self.name, "row": row, "star": self.signature.star})

    def line(self, index: int) -> Any:
        """Return the learner's own line that made the result of row `index`."""
        if not self.signature.callable:
            return self.ask({"ask": "line", "name": self.name})["line"]
        row = {name: encode(value) for name, value in self.reference.row(self.name, index).items()}
        reply = self.ask({"ask": "trace", "name": self.name, "row": row, "star": self.signature.star})
        return reply.get("line") or self.ask({"ask": "line", "name": self.name})["line"]

    def inputs_text(self, index: int) -> str | None:
        """Return row `index` as a person reads it; None for a value, which has no inputs."""
        return printing.given(self.reference.row(self.name, index)) if self.signature.callable else None

    def like(self, outcomes: list[Outcome]) -> bool:
        """Tell whether the learner's outcomes are these on ALL rows."""
        return len(self.results) == len(outcomes) and all(
            alike(result, outcome) for result, outcome in zip(self.results, outcomes)
        )


def _viewed(view: Any, value: Any) -> Any:
    """Return an author's view of a value; a value that the view trips over is compared as it stands."""
    try:
        return decode(encode(view(value)))
    except Exception:
        return value


def alike(result: Result, outcome: Outcome) -> bool:
    """Tell whether a result is that outcome: an equal value, or an exception of the same type."""
    if result.raised is not None or outcome.raised is not None:
        return result.raised is not None and outcome.raised == result.raised["type"]
    return compare.equal(result.value, outcome.value)


def judge(reference: Reference, ask: Ask, source: str) -> dict[str, Any]:
    """Return the verdict on the learner's names as a dict in the shape of `wire.Verdict`, without id and epoch."""
    answered = {name: Answered(name, reference, ask) for name in reference.answers}
    try:
        states = ask({"ask": "names", "names": list(reference.answers)})["names"]
        for name, one in answered.items():
            one.evaluate(states[name])
        if _not_attempted(reference, answered, source):
            return {"outcome": {"kind": "not_attempted"}}
        checks = [check for one in answered.values() for check in claims.all_claims(one, answered)]
    except TimeIsUp as limit:
        return _timed_out(limit, answered, source)
    except MemoryIsOut as limit:
        return {
            "outcome": {"kind": "out_of_memory", "megabytes": limit.args[0]},
            "fingerprint": answer.normalised(source),
        }
    verdict: dict[str, Any] = {"checks": checks, "fingerprint": _fingerprint(answered, source)}
    if all(check["state"] == "held" for check in checks):
        verdict["outcome"] = {"kind": "passed", "inputs": len(reference.rows) if reference.definition.has_inputs else 1}
    else:
        verdict["outcome"] = {"kind": "failed"}
        verdict["mistake"] = _recognise(reference, answered, checks)
    printed = ask({"ask": "printed"})["printed"]
    return {**verdict, "printed": printed or None}


def _timed_out(limit: TimeIsUp, answered: Mapping[str, Answered], source: str) -> dict[str, Any]:
    """Say on which input the answer was still computing."""
    busy = next((a for a in answered.values() if a.usable and len(a.results) < len(a.wanted)), None)
    text = busy.inputs_text(len(busy.results)) if busy is not None else None
    outcome = {"kind": "timed_out", "seconds": limit.args[0], "smallest_input": text}
    return {"outcome": outcome, "fingerprint": answer.normalised(source)}


def _not_attempted(reference: Reference, answered: Mapping[str, Answered], source: str) -> bool:
    if not any(one.state != "undefined" for one in answered.values()):
        return answer.normalised(source) == answer.normalised("") or answer.normalised(source) == answer.normalised(
            "pass"
        )
    starter = reference.starter
    return bool(starter) and all(name in starter and one.like(starter[name]) for name, one in answered.items())


def _fingerprint(answered: Mapping[str, Answered], source: str) -> str:
    """Return what tells distinct attempts apart: the outcomes, or the code where nothing ran."""
    outcomes = {
        name: [[r.raised["type"]] if r.raised else compare.canonical(r.value) for r in one.results]
        for name, one in answered.items()
    }
    if not any(outcomes.values()):
        return answer.normalised(source)
    return hashlib.sha256(json.dumps(outcomes, sort_keys=True).encode()).hexdigest()[:16]


# -- Recognising mistakes ----------------------------------------------------------------------------------


def _recognise(reference: Reference, answered: Mapping[str, Answered], checks: list[dict[str, Any]]) -> str | None:
    failing = {check["answer"] for check in checks if check["state"] == "failed"}
    for name, (of, outcomes) in reference.mistakes.items():
        if of in failing and answered[of].like(outcomes):
            return name
    for name, predicate in reference.definition.symptoms.items():
        of = reference.mistakes[name][0]
        if of in failing and _shows(predicate, reference, answered[of]):
            return name
    return None


def _shows(predicate: Any, reference: Reference, one: Answered) -> bool:
    if not one.results:
        return False
    rows: dict[bool, list[exercise.Row]] = {True: [], False: []}
    for result, wanted in zip(one.results, one.wanted):
        got = result.raised["type"] if result.raised else result.value
        error = result.raised["message"] if result.raised else None
        row = exercise.Row(reference.rows[result.index], got, wanted.value, result.calls, error)
        rows[alike(result, wanted)].append(row)
    try:
        return bool(predicate(rows[False], rows[True]))
    except Exception:  # a predicate that trips over an odd answer has not recognised it
        return False
