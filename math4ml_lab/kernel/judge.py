"""The verdict: holds the learner's outcomes against the reference, claim by claim.

It runs in a process that never ran the learner's code, and sees plain values only.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from math4ml_lab.kernel import answer, around, claims, compare, mention, printed, running, scripts, structure, values
from math4ml_lab.kernel.answered import ENDS, Answered, Disturbed, MemoryIsOut, TimeIsUp, read_line
from math4ml_lab.kernel.definition import Row

if TYPE_CHECKING:
    from collections.abc import Mapping

    from math4ml_lab.kernel.answered import Ask
    from math4ml_lab.kernel.reference import Reference


def judge(reference: Reference, ask: Ask, source: str) -> dict[str, Any]:
    """Return the verdict on the learner's names as a dict in the shape of `wire.Verdict`, without id and epoch."""
    tests = [test.fresh() for test in reference.tests]
    answered: dict[str, Answered] = {}
    try:
        return _judged(reference, ask, source, answered, tests)
    except around.NotRecorded:
        return {"outcome": {"kind": "not_run"}}
    except around.Unfit as unfit:
        return {"outcome": {"kind": "lacks", "names": list(unfit.args), "reason": "unfit"}}
    except scripts.Lacks as lacks:
        return {"outcome": {"kind": "lacks", "names": lacks.names}}
    except TimeIsUp as limit:
        return _timed_out(limit, answered, tests, source)
    except MemoryIsOut as limit:
        outcome = {"kind": "out_of_memory", "megabytes": limit.args[0]}
        return {"outcome": outcome, "fingerprint": answer.normalised(source)}


def _judged(
    reference: Reference, ask: Ask, source: str, answered: dict[str, Answered], tests: list[scripts.Test]
) -> dict[str, Any]:
    """Return the verdict where nothing ends it early; `answered` is filled on the way."""
    states = _of_this_cell(reference, _states(reference, ask), source)
    if _is_untouched(reference, states, source):
        return {"outcome": {"kind": "not_attempted"}}
    scripts.require(reference.elsewhere, states)
    about = around.Around(ask, source, states)
    if reference.live:
        there = {name for name in reference.live if structure.is_there(states[name])}
        live = {name: about.plain(name) if name in there else reference.own(name) for name in reference.live}
        reference = reference.settled(live)
    answered.update({name: Answered(name, reference, ask, about) for name in reference.answers})
    for name, one in answered.items():
        one.evaluate(states[name])
    if _is_the_starter(reference, answered):
        return {"outcome": {"kind": "not_attempted"}}
    scripts.try_all(tests, states, ask)
    told = [claim for one in answered.values() for claim in claims.all_claims(one, answered)]
    others = [*(scripts.defined(name, states[name]) for name in reference.bare), *(test.as_dict() for test in tests)]
    verdict: dict[str, Any] = {
        "fingerprint": _fingerprint(answered, tests, source),
        "notes": [note for test in tests for note in test.notes],
    }
    if all(claim.state == "held" for claim in told) and all(other["state"] == "held" for other in others):
        # What has tests from elsewhere alone was tried on no input.
        inputs = len(reference.rows) if reference.definition.has_inputs else int(bool(answered))
        verdict["outcome"] = {"kind": "passed", "inputs": inputs}
    else:
        verdict["outcome"] = {"kind": "failed"}
        verdict["mistake"] = _recognise(reference, answered, {c.one.name for c in told if c.state == "failed"})
    said = _printed(ask, answered, told)
    return {**verdict, "checks": claims.explained(told) + others, "printed": said}


def _states(reference: Reference, ask: Ask) -> dict[str, str]:
    """Return which of the names that count are defined, and how; raise Disturbed."""
    names = list(dict.fromkeys([*reference.definition.answers, *reference.elsewhere]))
    told = next(ask({"ask": "names", "names": names})).get("names")
    if not isinstance(told, dict) or any(told.get(name) not in ("undefined", "callable", "value") for name in names):
        raise Disturbed
    return {name: told[name] for name in names}


def _printed(ask: Ask, answered: Mapping[str, Answered], told: list[claims.Claim]) -> str | None:
    """Return what was printed on one input, the simplest that failed if it was there, and what was on the others."""
    failed = next(((claim.one, claim.failures[0][0]) for claim in told if claim.failures and not claim.is_fixed), None)
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


def _timed_out(
    limit: TimeIsUp, answered: Mapping[str, Answered], tests: list[scripts.Test], source: str
) -> dict[str, Any]:
    """Say on which input, or at which prompt, the answer was still computing."""
    busy = next((a for a in answered.values() if a.usable and len(a.results) < len(a.wanted)), None)
    standing = next((test.standing for test in tests if test.standing), None)
    text = busy.inputs_text(busy.reference.rows[len(busy.results)]) if busy is not None else standing
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


def _of_this_cell(reference: Reference, states: Mapping[str, str], source: str) -> dict[str, str]:
    """Return the states with `elsewhere` for answers that the kernel holds, but not by this cell.

    Tests from elsewhere are about the notebook as it stands: where there are only such, no cell has to say a name.
    """
    names = reference.definition.answers
    if not reference.answers or not mention.is_silent(source, names):
        return dict(states)
    return {n: "elsewhere" if n in names and state != "undefined" else state for n, state in states.items()}


def _is_untouched(reference: Reference, states: Mapping[str, str], source: str) -> bool:
    """Tell whether the cell is its starter, or holds nothing at all."""
    text = answer.normalised(source)
    if reference.untouched is not None and text == answer.normalised(reference.untouched):
        return True
    if not any(structure.is_there(states[name]) for name in reference.definition.answers):
        return text in (answer.normalised(""), answer.normalised("pass"))
    return False


def _is_the_starter(reference: Reference, answered: Mapping[str, Answered]) -> bool:
    """Tell whether the answers behave as the starter does."""
    starter = reference.starter
    return bool(starter) and all(name in starter and one.like(starter[name]) for name, one in answered.items())


def _fingerprint(answered: Mapping[str, Answered], tests: list[scripts.Test], source: str) -> str:
    """Return what tells distinct attempts apart: the outcomes, or the code where nothing ran."""
    outcomes = {
        name: [[r.raised["type"]] if r.raised else compare.canonical(r.value) for r in one.results]
        for name, one in answered.items()
    }
    said = [test.measurement for test in tests]
    if not any(outcomes.values()) and not any(said):
        return answer.normalised(source)
    told = [outcomes, *said] if said else outcomes
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:16]


# -- Recognising mistakes ----------------------------------------------------------------------------------


TYPOS = frozenset((
    "NameError", "UnboundLocalError", "SyntaxError", "IndentationError", "ImportError", "ModuleNotFoundError",
))  # fmt: skip
"""Exceptions of code that never ran: anybody's, so that the type alone shows no mistake."""


def _recognise(reference: Reference, answered: Mapping[str, Answered], failing: set[str]) -> str | None:
    for name, (of, outcomes) in reference.mistakes.items():
        one = answered[of]
        if of in failing and not _is_typo(one) and one.like(outcomes) and one.says(outcomes):
            return name
    for name, predicate in reference.definition.symptoms.items():
        of = reference.mistakes[name][0]
        if of in failing and _shows(predicate, answered[of]):
            return name
    return None


def _is_typo(one: Answered) -> bool:
    """Tell whether all that is wrong with an answer are exceptions that any typo raises."""
    wrong = [result for result in one.results if not result.right]
    return bool(wrong) and all(result.raised is not None and result.raised["type"] in TYPOS for result in wrong)


def _shows(predicate: Any, one: Answered) -> bool:
    if not one.results:
        return False
    rows: dict[bool, list[Row]] = {True: [], False: []}
    for result in one.results:
        got = result.raised["type"] if result.raised else result.value
        error = result.raised["message"] if result.raised else None
        row = Row(result.row, got, result.wanted.value, result.calls, error, result.changed)
        rows[result.right].append(row)
    try:
        with running.Piece(f"symptom {predicate.__name__!r}", predicate.__name__):
            return bool(predicate(rows[False], rows[True]))
    except Exception:  # a predicate that trips over an odd answer has not recognised it
        return False
