"""The claims about one answer, in the order in which they are told, and what makes a failed one understood."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Callable

from math4ml_lab.kernel import authored, observe, pasting, shrink, structure
from math4ml_lab.kernel.answered import ENDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from math4ml_lab.kernel import definition as authors
    from math4ml_lab.kernel.answered import Answered, Result


class Claim:
    """One claim about one answer, and how it fared: `state` is held, failed or skipped.

    `failures` are the results on which it does not hold, each with its measurement; `inputs` says on how many it was
    tried, None where that makes no sense. `of_value` says that it is about the value that the answer gives, `is_fixed`
    that its inputs are the author's.
    """

    def __init__(self, one: Answered, name: str, title: str, state: str) -> None:
        self.one = one
        self.name = name
        self.title = title
        self.state = state
        self.is_authored = name not in structure.TITLES
        self.of_value = name in structure.OF_VALUE
        self.is_fixed = False
        self.test: Callable[[Result], str | None] | None = None
        self.failures: list[tuple[Result, str]] = []
        self.inputs: int | None = None

    def tried(self, test: Callable[[Result], str | None], results: list[Result], *, counted: bool) -> Claim:
        """Try it on results, and know how it fared."""
        self.test = test
        self.failures = [(result, text) for result in results if (text := test(result)) is not None]
        self.state = "failed" if self.failures else "held"
        self.inputs = len(results) if counted else None
        return self

    def as_dict(self, **details: Any) -> dict[str, Any]:
        """Return it in the shape of `wire.CheckResult`."""
        known = {"name": self.name, "answer": self.one.name, "title": self.title, "state": self.state}
        return {**known, "inputs": self.inputs, **details}


def all_claims(one: Answered, answered: Mapping[str, Answered]) -> list[Claim]:
    """Return all claims about one answer, tried in order; after a failed structure the rest is skipped."""
    told = [_defined(one)]
    for name, test in structure.tests(one).items():
        claim = Claim(one, name, structure.TITLES[name].format(name=one.name), "skipped")
        told.append(claim if _failed(told) else claim.tried(test, one.results, counted=one.signature.callable))
    sound = not any(claim.state == "failed" and claim.name in structure.STRUCTURE for claim in told)
    authors = [author for author in one.reference.definition.checks if _about(one, answered, author)]
    told += [
        _authored(one, author) if sound and _can_ask(author, answered) else Claim(one, author.name, "", "skipped")
        for author in authors
    ]
    return told


def _failed(told: list[Claim]) -> bool:
    return any(claim.state == "failed" for claim in told)


def _can_ask(author: authors.Claim, answered: Mapping[str, Answered]) -> bool:
    return all(answered[name].usable for name in author.parameters if name in answered)


def _about(one: Answered, answered: Mapping[str, Answered], author: authors.Claim) -> bool:
    # A claim that names no answer is told once, with the first answer.
    return (author.of or next(iter(answered))) == one.name


def _defined(one: Answered) -> Claim:
    title = structure.TITLES["defined"].format(name=one.name)
    return Claim(one, "defined", title, "held" if one.usable else "failed")


def _authored(one: Answered, author: authors.Claim) -> Claim:
    other = one.reference.overridden.get(author.name)
    all_results = one.results if other is None else one.evaluate_other(*other)
    results = [result for result in all_results if result.raised is None]
    rowwise = authored.per_row(one, author)
    test = authored.test(one, author)
    counted = rowwise and one.signature.callable
    claim = Claim(one, author.name, "", "held")
    claim.of_value = "got" in author.parameters and other is None
    claim.is_fixed = other is not None
    return claim.tried(test, results if rowwise else results[:1], counted=counted)


# -- What makes a failed claim understood ------------------------------------------------------------------


def explained(told: list[Claim]) -> list[dict[str, Any]]:
    """Return all claims as dicts; failed ones with measurement, smallest input, observation and line.

    What the answer does while it is asked for more can end the conversation, but takes no verdict back.
    """
    teller = _Teller({claim.one.name for claim in told if claim.state == "failed" and claim.is_authored})
    return [teller.failed(claim) if claim.state == "failed" else claim.as_dict() for claim in told]


class _Teller:
    """Tells of failed claims; `explained` are the answers of which claims of the author's failed."""

    def __init__(self, explained: set[str]) -> None:
        self.explained = explained
        self.shrunk: set[str] = set()
        self.ended = False

    def failed(self, claim: Claim) -> dict[str, Any]:
        one = claim.one
        if not claim.failures:
            measurement = structure.undefined(one)
            line = self.asked(one.assignment) if one.is_there else None
            return claim.as_dict(measurement=measurement, line=line)
        # What parts two views is in no words of a learner's: the author's claims say what is wrong.
        is_told = claim.name != "agrees" or one.view is None or one.name not in self.explained
        result, text = self.smallest(claim) if is_told else claim.failures[0]
        rowwise = claim.inputs is not None
        return claim.as_dict(
            measurement=text if is_told else None,
            smallest_input=one.inputs_text(result.row) if rowwise else None,
            smallest_code=pasting.lines(one.signature.select(result.row)) if rowwise else None,
            observation=observe.observation(one.results, alone=not one.signature.callable) if claim.of_value else None,
            line=self.asked(lambda: (one.writing_line if claim.name == "unchanged" else one.line)(result)),
            wrong=len(claim.failures) if rowwise else None,
        )

    def smallest(self, claim: Claim) -> tuple[Result, str]:
        """Return the simplest failing result: the battery's first, or one that hypothesis finds below it."""
        one, test, first = claim.one, claim.test, claim.failures[0]
        # The first claim that says by how much it fails is the one that is told; one search an answer is enough.
        if claim.inputs is None or claim.is_fixed or test is None or one.name in self.shrunk or self.ended:
            return first
        self.shrunk.add(one.name)
        return self.asked(lambda: shrink.smaller(one, test, first)) or first

    def asked(self, question: Callable[[], Any]) -> Any:
        if self.ended:
            return None
        try:
            return question()
        except ENDS:
            self.ended = True
            return None
