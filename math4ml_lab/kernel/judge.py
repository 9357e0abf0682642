"""The verdict: holds the learner's outcomes against the reference, claim by claim.

It runs in a process that never ran the learner's code, and sees plain values only.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from math4ml_lab import exercise
from math4ml_lab.kernel import answer, claims, compare, mention, printed, values
from math4ml_lab.kernel.answered import ENDS, Answered, Disturbed, MemoryIsOut, TimeIsUp, read_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from math4ml_lab.kernel.answered import Ask
    from math4ml_lab.kernel.reference import Reference


def judge(reference: Reference, ask: Ask, source: str) -> dict[str, Any]:
    """Return the verdict on the learner's names as a dict in the shape of `wire.Verdict`, without id and epoch."""
    answered = {name: Answered(name, reference, ask) for name in reference.answers}
    try:
        states = next(ask({"ask": "names", "names": list(reference.answers)})).get("names")
        silent = mention.is_silent(source, list(answered))
        for name, one in answered.items():
            one.evaluate(states.get(name) if isinstance(states, dict) else None, is_here=not silent)
    except TimeIsUp as limit:
        return _timed_out(limit, answered, source)
    except MemoryIsOut as limit:
        outcome = {"kind": "out_of_memory", "megabytes": limit.args[0]}
        return {"outcome": outcome, "fingerprint": answer.normalised(source)}
    if _not_attempted(reference, answered, source):
        return {"outcome": {"kind": "not_attempted"}}
    told = [claim for one in answered.values() for claim in claims.all_claims(one, answered)]
    verdict: dict[str, Any] = {"fingerprint": _fingerprint(answered, source)}
    if all(claim.state == "held" for claim in told):
        verdict["outcome"] = {"kind": "passed", "inputs": len(reference.rows) if reference.definition.has_inputs else 1}
    else:
        verdict["outcome"] = {"kind": "failed"}
        verdict["mistake"] = _recognise(reference, answered, {c.one.name for c in told if c.state == "failed"})
    said = _printed(ask, answered, told)
    return {**verdict, "checks": claims.explained(told), "printed": said}


def _printed(ask: Ask, answered: Mapping[str, Answered], told: list[claims.Claim]) -> str | None:
    """Return what was printed on one input, the simplest that failed if it was there, and what was on the others."""
    failed = next(((claim.one, claim.failures[0][0]) for claim in told if claim.failures), None)
    of = [failed[0].name, failed[0].results.index(failed[1])] if failed is not None else None
    try:
        said = next(ask({"ask": "printed", "of": of, "aside": True})).get("printed")
        text = said["text"]
        if not isinstance(text, str) or not text:
            return None
        name, row = said.get("of") or ("", 0)
        one = answered[name]
        on = one.inputs_text(one.results[row].row)
        same, others = (min(int(said.get(count, 0)), len(one.results)) for count in ("same", "others"))
    except ENDS:
        return None
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):  # it need not tell the truth
        return None
    text = text[: 2 * printed.PRINTED]
    if on is None:
        return text
    more = (
        f"; {'the same' if same == others else 'more'} on {others} other input{'s' * (others != 1)}"
        if others > 0
        else ""
    )
    return f"{text.rstrip()}\n(printed on {on}{more})"


def _timed_out(limit: TimeIsUp, answered: Mapping[str, Answered], source: str) -> dict[str, Any]:
    """Say on which input the answer was still computing."""
    busy = next((a for a in answered.values() if a.usable and len(a.results) < len(a.wanted)), None)
    text = busy.inputs_text(busy.reference.rows[len(busy.results)]) if busy is not None else None
    seconds, at = limit.args
    outcome = {"kind": "timed_out", "seconds": seconds, "smallest_input": text, "line": _where(at, source)}
    return {"outcome": outcome, "fingerprint": answer.normalised(source)}


def _where(told: Any, source: str) -> Any:
    """Return the line that an answer says it stands at, as the cell has it; None for what is no line."""
    try:
        line = read_line(told)
    except Disturbed:
        return None
    if line is None or line["number"] is None:
        return line
    own = source.splitlines()
    if not 0 < line["number"] <= len(own):
        return None
    return {**line, "text": values.plain_text(own[line["number"] - 1].strip(), 200)}


def _not_attempted(reference: Reference, answered: Mapping[str, Answered], source: str) -> bool:
    if not any(one.is_there for one in answered.values()):
        return answer.normalised(source) in (answer.normalised(""), answer.normalised("pass"))
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


def _recognise(reference: Reference, answered: Mapping[str, Answered], failing: set[str]) -> str | None:
    for name, (of, outcomes) in reference.mistakes.items():
        if of in failing and answered[of].like(outcomes):
            return name
    for name, predicate in reference.definition.symptoms.items():
        of = reference.mistakes[name][0]
        if of in failing and _shows(predicate, answered[of]):
            return name
    return None


def _shows(predicate: Any, one: Answered) -> bool:
    if not one.results:
        return False
    rows: dict[bool, list[exercise.Row]] = {True: [], False: []}
    for result in one.results:
        got = result.raised["type"] if result.raised else result.value
        error = result.raised["message"] if result.raised else None
        rows[result.right].append(exercise.Row(result.row, got, result.wanted.value, result.calls, error))
    try:
        return bool(predicate(rows[False], rows[True]))
    except Exception:  # a predicate that trips over an odd answer has not recognised it
        return False
