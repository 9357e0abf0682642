"""What the verdicts on an exercise's answers prove, and what an author has to mend. Pure."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from math4ml_lab import hints, wire
from math4ml_lab.kernel.judge import TYPOS
from math4ml_lab.lines import Defined

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from math4ml_lab.authoring.candidates import Candidate
    from math4ml_lab.course import Exercise
    from math4ml_lab.hints import Ladder

MAIN = 0
"""The number of the battery that learners are judged on; the others are redrawn."""


MEANT = frozenset(("ValueError", "TypeError"))
"""Exceptions that a mistake may be about: numpy raises them for what does not fit."""


class Verdicts:
    """The verdicts on an exercise's answers: by candidate, and by the number of the battery."""

    def __init__(self, exercise: Exercise, source: str, file: str) -> None:
        self.exercise = exercise
        self.file = file
        self.found: Sequence[tuple[Candidate, Mapping[int, wire.Verdict]]] = []
        self._lines = _lines(source)

    def findings(self) -> Iterator[wire.Finding]:
        """Yield what is wrong, candidate by candidate, then claim by claim."""
        every = ((number, verdict.outcome) for _, verdicts in self.found for number, verdict in verdicts.items())
        broken = [(number, outcome) for number, outcome in every if isinstance(outcome, wire.Broken)]
        for number, outcome in sorted(broken, key=lambda one: one[0])[:1]:
            # Once: what cannot be judged is none of the answers' doing.
            what, fix = outcome.message.rstrip(".") + _on(number), (outcome.mend or outcome.fix).rstrip(".")
            yield wire.Finding("error", self.file, outcome.line or 1, what, fix)
        if broken:
            return
        told = {"starter": self._starter, "solution": self._solution, "mistake": self._mistake}
        for candidate, verdicts in self.found:
            if candidate.kind in told and MAIN in verdicts:
                yield from told[candidate.kind](candidate, verdicts)
        if any(candidate.kind == "solution" for candidate, _ in self.found):
            yield from self._alive()

    def tried(self) -> list[wire.Tried]:
        """Return each candidate with its verdict on the battery that learners are judged on."""
        return [
            wire.Tried(candidate.kind, candidate.name, verdict.outcome, _failed(verdict), verdict.mistake)
            for candidate, verdicts in self.found
            if (verdict := verdicts.get(MAIN)) is not None
        ]

    def claims(self) -> list[wire.CheckInfo]:
        """Return the author's checks, then the free ones that failed somewhere."""
        own = [wire.CheckInfo(check.name, check.title) for check in self.exercise.checks]
        failed = {name for one in self.tried() for name in one.failed} - {check.name for check in own}
        answer = self.exercise.answers[0].name
        return own + [
            wire.CheckInfo(name, title.format(name=answer))
            for name, title in hints.FREE_CHECKS.items()
            if name in failed
        ]

    # -- One answer --

    def _starter(self, _candidate: Candidate, verdicts: Mapping[int, wire.Verdict]) -> Iterator[wire.Finding]:
        outcome = verdicts[MAIN].outcome
        if self.exercise.starter_counts:
            if not isinstance(outcome, wire.Failed):
                yield self._error("", f"the starter is graded, and {_told(outcome)}", "write a starter that fails")
        elif not isinstance(outcome, wire.NotAttempted):
            fix = "write a starter that answers nothing, or exercise(starter_counts=True) where it should be graded"
            yield self._error("", f"the starter is not found to be unattempted: it {_told(outcome)}", fix)

    def _solution(self, _candidate: Candidate, verdicts: Mapping[int, wire.Verdict]) -> Iterator[wire.Finding]:
        for number, verdict in sorted(verdicts.items()):
            if isinstance(verdict.outcome, wire.Passed):
                continue
            on = _on(number)
            failures = [check for check in verdict.checks if check.state == "failed"]
            claim = next((check for check in failures if check.measurement), next(iter(failures), None))
            told = f"the solution {_told(verdict.outcome)}{on}"
            if isinstance(verdict.outcome, wire.NotAttempted):
                yield self._error("", "the starter does what the solution does", "write a starter that answers nothing")
            elif claim is None:
                yield self._error("", told, "mend the solution, or what it is held against")
            else:
                where = f"{claim.name!r}: {claim.measurement}" + (
                    f", on {claim.smallest_input}" if claim.smallest_input else ""
                )
                yield self._error(claim.name, f"{told}; {where}", "mend the solution or the check")
            return

    def _mistake(self, candidate: Candidate, verdicts: Mapping[int, wire.Verdict]) -> Iterator[wire.Finding]:
        name = candidate.name
        for number, verdict in sorted(verdicts.items()):
            on = _on(number)
            raised = _raised(verdict)
            kind = raised.partition(":")[0]
            if isinstance(verdict.outcome, wire.Passed):
                fix = "give inputs or a check that tell it from the solution, or take it out"
                yield self._error(name, f"the mistake {name!r} passes{on}", fix)
            elif not isinstance(verdict.outcome, wire.Failed):
                fix = "a mistake is a wrong answer that runs: let it come to an end"
                yield self._error(name, f"the mistake {name!r} {_told(verdict.outcome)}{on}", fix)
            elif kind == "AttributeError" or (kind in TYPOS and verdict.mistake != name):
                fix = "mend it: a learner's own typo would be told as this mistake"
                yield self._error(name, f"the mistake {name!r} raises on every input: {raised}{on}", fix)
            elif verdict.mistake is None:
                fix = "add a @symptom that knows it, where it depends on a constant or on chance"
                yield self._error(name, f"the mistake {name!r} is not recognised{on}", fix)
            elif verdict.mistake != name:
                fix = "take one of them out, add inputs on which they differ, or narrow the symptom"
                told = f"the mistake {name!r} is taken for {verdict.mistake!r}{on}"
                yield self._error(name, told, fix)
            elif kind and kind not in MEANT:
                fix = "let it give a wrong result, or show by a @symptom which exceptions are meant"
                yield self._warning(name, f"the mistake {name!r} raises on every input: {raised}{on}", fix)
            else:
                continue
            return

    # -- Claims --

    def _alive(self) -> Iterator[wire.Finding]:
        """Yield the checks that no wrong answer has failed: they may assert nothing."""
        killed = {name for one in self.tried() if one.kind in ("mistake", "mutant") for name in one.failed}
        for check in self.exercise.checks:
            if check.name not in killed:
                told = f"no mistake and no small change of the solution fails the check {check.name!r}"
                fix = "add a mistake that it catches, or look whether it asserts what its title says"
                yield self._warning(check.name, told, fix)

    def _error(self, name: str, message: str, fix: str) -> wire.Finding:
        return wire.Finding("error", self.file, self._lines.get(name, 1), message, fix)

    def _warning(self, name: str, message: str, fix: str) -> wire.Finding:
        return wire.Finding("warning", self.file, self._lines.get(name, 1), message, fix)


def untried(exercise: Exercise, missing: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield why only the starter of an exercise was tried, and what to do about it."""
    only = "only its starter was tried"
    bare = [answer.name for answer in exercise.answers if answer.kind == "any"]
    if exercise.stripped:
        yield f"it is stripped: {only}", "prove the edition that has the solution"
    elif bare:
        fix = "answer it in a notebook and look at the verdicts, or add a @solution, and mistakes"
        yield f"it has no @solution for {', '.join(map(repr, bare))}: {only}", fix
    elif missing:
        names = ", ".join(map(repr, missing))
        fix = "name the exercises that define them in exercise(needs=[...]), or define them in the module"
        yield f"it takes {names} of other cells, which neither it nor an exercise that it needs defines: {only}", fix


def survivors(exercise: Exercise, tried: Sequence[wire.Tried]) -> set[str]:
    """Return the author's checks that no answer has failed so far."""
    return {check.name for check in exercise.checks} - {name for one in tried for name in one.failed}


def ladders(exercise: Exercise) -> Iterator[tuple[str, Ladder]]:
    """Yield all ladders of an exercise with the names of what they belong to; the exercise's own has none."""
    yield "", exercise
    yield from ((check.name, check) for check in exercise.checks)
    yield from ((mistake.name, mistake) for mistake in exercise.mistakes)


def _on(number: int) -> str:
    return "" if number == MAIN else f" on inputs drawn anew (seed {number})"


def _raised(verdict: wire.Verdict) -> str:
    """Return what an answer raised where it raised on all inputs, with its message; nothing where it did not."""
    runs = (check for check in verdict.checks if check.name == "runs" and check.state == "failed")
    return next((check.measurement or "" for check in runs if check.inputs and check.wrong == check.inputs), "")


def _failed(verdict: wire.Verdict) -> list[str]:
    return [check.name for check in verdict.checks if check.state == "failed"]


def _told(outcome: wire.Outcome) -> str:
    match outcome:
        case wire.Passed():
            return "passes"
        case wire.Failed():
            return "fails"
        case wire.NotAttempted():
            return "counts as not attempted"
        case wire.CellRaised(error=error):
            return f"raises {error} where it is defined"
        case wire.TimedOut(seconds=seconds, smallest_input=on):
            return f"still computes after {seconds:g} s" + (f" on {on}" if on else "")
        case wire.OutOfMemory(megabytes=megabytes):
            return f"wants more than {megabytes} MB"
        case wire.NoSnapshot(why=why):
            return f"cannot be judged here: {why}"
        case wire.KernelDead():
            return "ends the kernel"
        case wire.Lacks(names=names):
            return f"lacks {', '.join(map(repr, names))}, which other cells define"
        case _:
            return f"has no verdict ({type(outcome).__name__})"


def _lines(source: str) -> dict[str, int]:
    """Return where the names of a module's top level are defined."""
    found = {}
    for node in ast.parse(source).body:
        if isinstance(node, Defined):
            found[node.name] = node.lineno
        elif isinstance(node, ast.Assign):
            found.update({target.id: node.lineno for target in node.targets if isinstance(target, ast.Name)})
    return found
