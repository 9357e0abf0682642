"""A verdict becomes a report: titles and clips from the module, the attempt recorded, the ladder chosen."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from math4ml_lab import hints, reveal, wire
from math4ml_lab.errors import UnknownLadderError
from math4ml_lab.server.answers import Answers

if TYPE_CHECKING:
    from math4ml_lab.attempts import AttemptStore
    from math4ml_lab.catalogue import Exercise
    from math4ml_lab.server.checks import Task
    from math4ml_lab.server.courses import Place

HELD_BACK = f"mistake:{hints.NEVER_FAILED}"
"""The ladder of a pass that does not count yet: it is no failure of the answer."""
ATTEMPTS = (wire.Passed, wire.Failed, wire.TimedOut, wire.OutOfMemory, wire.CellRaised)
"""Outcomes that say something about an answer; all others are states of a cell or a kernel."""


@dataclass(frozen=True)
class Record:
    """One learner's record of one exercise, under the gates of this server."""

    place: Place
    exercise: Exercise
    store: AttemptStore
    gates: hints.Gates

    @property
    def answers(self) -> Answers:
        """What was said to the exercise's questions."""
        return Answers(self.place.course, self.exercise, self.store)

    def _opened(self, key: str) -> list[tuple[int, float]]:
        """Return level and time of the open hints of a ladder, those that all ladders share among them."""
        course, name = self.place.course, self.exercise.name
        return self.store.opened(course, name, key) + self.store.opened(course, name, reveal.KEY)

    def ladder(self, key: str) -> wire.Ladder:
        """Return a ladder as far as it is climbed; raise UnknownLadderError."""
        attempts = self.store.attempts(self.place.course, self.exercise.name)
        return hints.state(
            self.exercise,
            key,
            self._opened(key),
            attempts,
            gates=self.gates,
            now=time.time(),
            videos=self.place.videos,
            arranged=self.answers.arranged(),
        )

    def open_next(self, key: str, *, confirmed: bool = False) -> wire.Ladder:
        """Open the next rung if its gate is open, and return the ladder; raise UnknownLadderError."""
        course, name, now = self.place.course, self.exercise.name, time.time()
        opened, attempts = self._opened(key), self.store.attempts(course, name)
        level = hints.open_next(self.exercise, key, opened, attempts, gates=self.gates, now=now, confirmed=confirmed)
        if level is not None:
            self.store.open_hint(course, name, reveal.KEY if level >= reveal.ARRANGE else key, level, now)
        return self.ladder(key)

    def report(self, task: Task, job: wire.Job, verdict: wire.Verdict) -> wire.Report:
        """Return the report on a verdict; an attempt is recorded once, however often its report is asked for."""
        verdict = self.first_failure_first(verdict)
        key = hints.choose_ladder(self.exercise, verdict.outcome, verdict.checks, verdict.mistake)
        report = self.told(task, job, verdict)
        if isinstance(verdict.outcome, ATTEMPTS):
            self._keep(report, job, verdict, key, task.loaded.digest)
        return self._completed(report, key)

    def told(self, task: Task, job: wire.Job, verdict: wire.Verdict) -> wire.Report:
        """Return the report on a verdict without a ladder, and record nothing."""
        return wire.Report(
            cell_id=task.cell.cell_id,
            exercise=task.cell.exercise,
            outcome=verdict.outcome,
            checks=[self._titled(check) for check in verdict.checks],
            basis=job.basis,
            source=task.cell.source,
            at=time.time(),
            seconds=verdict.seconds,
            epoch=verdict.epoch or None,
            execution_count=job.execution_count,
            isolation=job.isolation,
            known_slip=verdict.mistake not in (None, hints.NEVER_FAILED),
            notes=[*verdict.notes, *self._flaky()],
            printed=verdict.printed,
            review=task.cell.review,
        )

    def _flaky(self) -> list[str]:
        why = self.exercise.flaky
        return [] if why is None else [f"A right answer may fail here by chance: {why}"]

    def _keep(self, report: wire.Report, job: wire.Job, verdict: wire.Verdict, key: str | None, digest: str) -> None:
        fingerprint = verdict.fingerprint or _fingerprint(verdict.outcome)
        is_new = self.store.record(
            self.place.course,
            self.exercise.name,
            job.id,
            fingerprint=fingerprint,
            ladder=key,
            report=report,
            digest=digest,
        )
        if is_new:
            self.answers.note(report)

    def _completed(self, report: wire.Report, key: str | None) -> wire.Report:
        """Add what stands besides: questions, the ladder that fits, and those that hints were opened of before."""
        course, name = self.place.course, self.exercise.name
        opened = self.store.opened_hints(course, name)
        others = dict.fromkeys(ladder for ladder, _, _ in opened if ladder not in (key, reveal.KEY))
        return msgspec.structs.replace(
            self.answers.completed(report),
            ladder=self.ladder(key) if key is not None else None,
            other_ladders=[self.ladder(other) for other in others if hints.has_ladder(self.exercise, other)],
            distinct=len(hints.first_seen(self.store.attempts(course, name))),
        )

    def latest(self, cell_id: str, *, review: bool = False) -> wire.Report | None:
        """Return the last report, for the cell that holds the exercise now, its ladder as it stands now."""
        report = self.store.latest(self.place.course, self.exercise.name, review=review)
        if report is None:
            return None
        attempts = self.store.attempts(self.place.course, self.exercise.name)
        attempts = [attempt for attempt in attempts if attempt.review == review]
        report = msgspec.structs.replace(report, cell_id=cell_id)
        try:
            return self._completed(report, attempts[-1].ladder if attempts else None)
        except UnknownLadderError:  # the module has changed since
            return self.answers.completed(report)

    def first_failure_first(self, verdict: wire.Verdict) -> wire.Verdict:
        """Hold back a first pass of an exercise that wants a failure first."""
        if not hints.never_failed(self.exercise, verdict.outcome, has_failed=False):
            return verdict
        attempts = self.store.attempts(self.place.course, self.exercise.name)
        has_failed = any(attempt.failed and attempt.ladder != HELD_BACK for attempt in attempts)
        if not hints.never_failed(self.exercise, verdict.outcome, has_failed=has_failed):
            return verdict
        claim = wire.CheckResult(
            name=hints.NEVER_FAILED,
            answer=self.exercise.answers[0].name,
            title="A wrong answer was tried first",
            state="failed",
            measurement="Your answer is right, and there is no failed attempt on record yet.",
        )
        return msgspec.structs.replace(
            verdict, outcome=wire.Failed(), checks=[*verdict.checks, claim], mistake=hints.NEVER_FAILED
        )

    def _titled(self, result: wire.CheckResult) -> wire.CheckResult:
        """Give a claim its author's title and clip."""
        check = next((check for check in self.exercise.checks if check.name == result.name), None)
        if check is None:
            return result
        clip = self.place.videos.clip(check.clip) if check.clip else None
        return msgspec.structs.replace(result, title=check.title, clip=clip)

    def check_infos(self) -> list[wire.CheckInfo]:
        """Return the author's claims."""
        return [
            wire.CheckInfo(
                name=check.name, title=check.title, clip=self.place.videos.clip(check.clip) if check.clip else None
            )
            for check in self.exercise.checks
        ]


def _fingerprint(outcome: wire.Outcome) -> str:
    # Where a line stands is no part of what went wrong.
    if isinstance(outcome, wire.CellRaised):
        outcome = wire.CellRaised(error=outcome.error)
    return hashlib.sha256(msgspec.json.encode(outcome)).hexdigest()[:16]
