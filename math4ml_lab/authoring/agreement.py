"""Proves that two editions of an exercise give the same verdicts: each answer runs once, and both judge that run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from math4ml_lab import wire
from math4ml_lab.authoring import candidates
from math4ml_lab.authoring.prover import MUTANT_LIMIT, TIME_LIMIT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from math4ml_lab.authoring.candidates import Candidate
    from math4ml_lab.authoring.edition import Entry
    from math4ml_lab.authoring.prover import Prover

MUTANTS = 20
"""Small changes of a solution that both editions judge."""


class Agreement(wire.Wire, frozen=True):
    """What both editions of an exercise have judged: how many answers, and where they differ."""

    exercise: str
    answers: int
    findings: list[wire.Finding]


async def agreement(
    prover: Prover, entry: Entry, progress: Callable[[int, int], None], before: Mapping[str, str]
) -> Agreement:
    """Have starter, solution, mistakes and mutants judged by both editions, in a fresh kernel behind cells `before`."""
    exercise, source = entry.author.exercise, entry.author.source
    own = candidates.candidates(exercise, source)
    mutants = candidates.mutated(exercise, source, MUTANTS)
    path, answers, findings = entry.module.path, 0, []
    for those, limit in ((own, TIME_LIMIT), (mutants, MUTANT_LIMIT)):
        if not those:
            continue
        cells = {one: [entry.author, entry.learner] for one in those}
        verdicts, early = await prover.run(entry.module.place, path.parent, cells, limit, progress, before)
        if early is not None:
            fix = f"run jupyter math4ml verify {path}"
            findings.append(wire.Finding("error", str(path), 1, f"the comparison ended early: {early}", fix))
        for candidate, pair in _pairs(those, verdicts, entry):
            answers += 1
            findings += [_finding(entry, candidate, told) for told in _differences(*pair)]
    return Agreement(exercise.name, answers, findings)


def _pairs(
    those: Sequence[Candidate], verdicts: Mapping[tuple[str, str], wire.Verdict], entry: Entry
) -> Iterator[tuple[Candidate, tuple[wire.Verdict, wire.Verdict]]]:
    """Yield the verdicts of both editions; what is cut off by the clock tells nothing of either."""
    for index, candidate in enumerate(those):
        pair = tuple(verdicts.get((f"cell-{index}", one.digest)) for one in (entry.author, entry.learner))
        match pair:
            case (wire.Verdict() as whole, wire.Verdict() as stripped):
                if not any(isinstance(one.outcome, wire.TimedOut) for one in (whole, stripped)):
                    yield candidate, (whole, stripped)
            case _:
                pass


def _differences(whole: wire.Verdict, stripped: wire.Verdict) -> Iterator[str]:
    if whole.outcome != stripped.outcome:
        hidden = {check.name for check in whole.checks if check.state == "failed"} - {c.name for c in stripped.checks}
        only = f", since only {', '.join(sorted(hidden))} fails it" if hidden else ""
        yield f"is {_told(whole.outcome)}, and {_told(stripped.outcome)} when stripped{only}"
    elif whole.mistake != stripped.mistake:
        yield f"is taken for {whole.mistake or 'no mistake'}, and for {stripped.mistake or 'none'} when stripped"
    else:
        states = {(check.answer, check.name): check.state for check in whole.checks}
        for check in stripped.checks:
            if states.get((check.answer, check.name)) != check.state:
                yield f"finds the check {check.name!r} {check.state} when stripped, which it was not before"
                return


def _told(outcome: wire.Outcome) -> str:
    kind = str(msgspec.to_builtins(outcome)["kind"]).replace("_", " ")
    return f"{kind} ({outcome.message})" if isinstance(outcome, wire.Broken) else kind


def _finding(entry: Entry, candidate: Candidate, told: str) -> wire.Finding:
    what = "the starter" if candidate.kind == "starter" else f"the {candidate.kind} {candidate.name!r}"
    what = "the solution" if candidate.kind == "solution" else what
    fix = "let checks stand that ask for got and inputs only, or publish this course whole"
    return wire.Finding("error", str(entry.module.path), 1, f"{what} {told}", fix)
