"""A learner's answers to the questions of an exercise: which are asked now, which are kept, what is told of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from math4ml_lab import hints, lacking, questions, reveal, wire
from math4ml_lab.lines import holds
from math4ml_lab.server.refusals import Refused

if TYPE_CHECKING:
    from math4ml_lab.attempts import Attempt, AttemptStore
    from math4ml_lab.course import Exercise

EARLIER = 50
"""How many earlier texts are told, at most."""
MUCH_HELP = 3
"""The lowest level of a hint after which one is asked which line was wrong."""


@dataclass(frozen=True)
class Answers:
    """One learner's answers to the questions of one exercise."""

    course: str
    exercise: Exercise
    store: AttemptStore

    def standing(self) -> list[wire.Question]:
        """Return the questions that are asked now, with what was said to them.

        What follows a pass is not shown before. What is right is told of a prediction once an attempt came after it.
        """
        attempts = self.store.attempts(self.course, self.exercise.name)
        said = self.store.answers(self.course, self.exercise.name)
        found = [
            self._shown(asked, next(reversed(said.get(asked.name, [])), None), attempts)
            for asked in self.exercise.questions
            if asked.when == "before" or any(attempt.outcome == "passed" for attempt in attempts)
        ]
        if (pair := self._reflect(attempts)) is not None:
            asked, since = pair
            later = [answer for answer in said.get(asked.name, []) if answer.at >= since]
            found.append(self._shown(asked, next(reversed(later), None), attempts))
        return found

    def _shown(self, asked: questions.Asked, answer: wire.Answered | None, attempts: list[Attempt]) -> wire.Question:
        is_told = asked.when != "before" or (answer is not None and bool(attempts))
        return questions.shown(asked, reveal.seed(self.exercise), answer, is_told=is_told)

    def _reflect(self, attempts: list[Attempt]) -> tuple[questions.Asked, float] | None:
        """Return the question which line was wrong, and when it was first asked; None where it is not."""
        since, before = None, 0.0  # the first pass after the failures, and the one before them
        wrong: list[Attempt] = []
        for attempt in attempts:
            if attempt.outcome == "passed":
                since = attempt.at if since is None else since
                continue
            if since is not None:
                before, since, wrong = since, None, []
            if attempt.failed and attempt.ladder != f"mistake:{hints.NEVER_FAILED}":
                wrong.append(attempt)
        if since is None or not wrong:
            return None
        opened = self.store.opened_hints(self.course, self.exercise.name)
        if not any(level >= MUCH_HELP and before < at <= since for _, level, at in opened):
            return None
        reports = {report.at: report for report in self.store.reports(self.course, self.exercise.name)}
        found = [report for attempt in wrong if (report := reports.get(attempt.at)) is not None]
        failure = next((report for report in reversed(found) if _says_much(report)), found[-1] if found else None)
        if failure is None or since not in reports:
            return None
        asked = questions.reflect(failure.source, reports[since].source)
        return (asked, since) if asked is not None else None

    # -- What is said ---------------------------------------------------------------------------------------

    def asked(self, name: str) -> questions.Asked:
        """Return a question that may be answered now; raise Refused for any other."""
        attempts = self.store.attempts(self.course, self.exercise.name)
        if name == questions.ARRANGE and self.exercise.solution:
            levels = [level for level, _ in self.store.opened(self.course, self.exercise.name, reveal.KEY)]
            if reveal.ARRANGE in levels:
                return reveal.arrange(self.exercise)
            raise Refused(409, "This puzzle is a hint that is not open yet.", "Ask for the hint first.")
        if name == questions.REFLECT and (pair := self._reflect(attempts)) is not None:
            return pair[0]
        found = next((asked for asked in self.exercise.questions if asked.name == name), None)
        if found is None:
            message = f"The exercise {self.exercise.name!r} asks no question {name!r} now."
            raise Refused(404, message, "Reload the notebook: the exercise may have changed.")
        if found.when != "before" and all(attempt.outcome != "passed" for attempt in attempts):
            raise Refused(409, f"The question {name!r} comes after a pass.", "Solve the exercise first.")
        return found

    def keep(self, asked: questions.Asked, answer: wire.Answered) -> wire.Question:
        """Keep what was said to a question, and return the question."""
        self.store.answer(self.course, self.exercise.name, asked.name, answer)
        return self.shown(asked, answer)

    def shown(self, asked: questions.Asked, answer: wire.Answered) -> wire.Question:
        """Return a question with what was said to it, and with what may be told now."""
        return self._shown(asked, answer, self.store.attempts(self.course, self.exercise.name))

    def arranged(self) -> wire.Answered | None:
        """Return the last answer to the puzzle of level 4."""
        said = self.store.answers(self.course, self.exercise.name).get(questions.ARRANGE, [])
        return next(reversed(said), None)

    def note(self, report: wire.Report) -> None:
        """Keep which checks a report's wrong answer has passed, where that was asked for."""
        for asked in self.exercise.questions:
            answer = questions.beaten(asked, report.checks, report.at) if asked.form == "beat" else None
            if answer is not None:
                self.store.answer(self.course, self.exercise.name, asked.name, answer)

    # -- What reports say besides ---------------------------------------------------------------------------

    def completed(self, report: wire.Report) -> wire.Report:
        """Return a report with the questions as they stand, and after a pass with another right way to write it."""
        is_passed = isinstance(report.outcome, wire.Passed)
        is_other = is_passed and not holds(report.source, self.exercise.solution)
        solution = self.exercise.solution if is_other else ""
        return msgspec.structs.replace(report, questions=self.standing(), solution=solution or None)

    def earlier(self) -> wire.AttemptsAnswer:
        """Return the learner's distinct texts, the newest first."""
        found: dict[str, wire.EarlierAnswer] = {}
        for report in self.store.reports(self.course, self.exercise.name):
            kind = str(msgspec.to_builtins(report.outcome)["kind"])
            found.setdefault(report.source, wire.EarlierAnswer(at=report.at, outcome=kind, source=report.source))
        return wire.AttemptsAnswer(attempts=list(found.values())[:EARLIER])


def _says_much(report: wire.Report) -> bool:
    """Tell whether an answer ran and failed a claim: a slip of the pen is not worth looking back at."""
    return isinstance(report.outcome, wire.Failed) and lacking.missing_name(report) is None
