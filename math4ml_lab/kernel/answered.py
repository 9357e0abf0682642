"""What the learner's answer did on each row, beside what the solution did there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Callable

from math4ml_lab.kernel import compare, messages, printing, structure
from math4ml_lab.kernel.definition import Raised
from math4ml_lab.kernel.kept import known, proxied
from math4ml_lab.kernel.outcomes import viewed
from math4ml_lab.kernel.values import decode, encode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from math4ml_lab.kernel.around import Around
    from math4ml_lab.kernel.kept import Use
    from math4ml_lab.kernel.outcomes import Outcome
    from math4ml_lab.kernel.reference import Reference
    from math4ml_lab.kernel.signature import Signature

Ask = Callable[[Mapping[str, Any]], "Iterator[Any]"]
"""Puts a question to the respondent and gives its replies; raises Gone, TimeIsUp, MemoryIsOut or Disturbed."""


class Gone(Exception):
    """The answer's process ended by itself."""


class Disturbed(Exception):
    """What came back is no reply: the answer spoke on the check's own line."""


class Interrupted(Exception):
    """The learner interrupted the kernel that was answering."""


class MemoryIsOut(Exception):
    """The answer asked for more memory than it may have."""


class TimeIsUp(Exception):
    """The answer was still computing at the limit: of so many seconds, at the line that it tells."""


ENDS = (Gone, Disturbed, Interrupted, MemoryIsOut, TimeIsUp)
"""What ends a conversation with the respondent."""


def read_raised(told: Any) -> dict[str, Any]:
    """Return what is told of an exception; raise Disturbed where it is no such thing."""
    if not isinstance(told, dict) or not all(isinstance(told.get(part), str) for part in ("type", "message")):
        raise Disturbed
    return {"type": told["type"][:80], "message": told["message"][:500], "line": read_line(told.get("line"))}


def read_line(told: Any) -> dict[str, Any] | None:
    """Return a line of the cell; raise Disturbed where it is no such thing."""
    if told is None:
        return None
    if not isinstance(told, dict) or not isinstance(told.get("text"), str):
        raise Disturbed
    number = told.get("number")
    if number is not None and type(number) is not int:
        raise Disturbed
    return {"text": told["text"][:200], "number": number}


class Result:
    """What the learner's answer did on one row of inputs, and what the solution did."""

    def __init__(
        self, row: Mapping[str, Any], wanted: Outcome, reply: Mapping[str, Any], view: Any, use: Use | None = None
    ) -> None:
        self.row = row
        self.wanted = wanted
        try:
            self.raised = read_raised(reply["raised"]) if "raised" in reply else None
            self.raw = None if self.raised else decode(reply["value"], trusted=False)
            changed = reply.get("changed", {}).items()
            self.changed = {name: decode(tree, trusted=False) for name, tree in changed if name in row}
            said = reply.get("printed")
            self.printed = said if isinstance(said, str) else None
            self.calls = {str(name): int(count) for name, count in reply.get("calls", {}).items()}
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, RecursionError) as error:
            raise Disturbed from error
        self.value = self.returned = self.raw  # what was returned stays plain, whatever a view makes of it
        if use is not None and self.raised is None:
            self.raw = proxied(self.raw, reply.get("kept"), use)
            if view is not None:
                self._look(view)

    def _look(self, view: Any) -> None:
        """Compare the author's view of the value; a value that the view trips over is compared as it stands."""
        try:
            self.value = decode(encode(known(viewed(view, self.raw, self.row))))
        except ENDS:
            raise
        except Raised as error:  # the learner's own code, which the view called
            self.raised, self.value = dict(error.told), None
        except Exception:
            return

    @property
    def right(self) -> bool:
        """Whether it is what the solution did."""
        return alike(self, self.wanted)


def alike(result: Result, outcome: Outcome) -> bool:
    """Tell whether a result is that outcome: an equal value, or an exception of the same type."""
    if result.raised is not None or outcome.raised is not None:
        return result.raised is not None and outcome.raised == result.raised["type"]
    return compare.equal(result.value, outcome.value)


class Answered:
    """All results of one of the learner's names."""

    def __init__(self, name: str, reference: Reference, ask: Ask, around: Around) -> None:
        self.name = name
        self.around = around
        self.reference = reference
        self.signature: Signature = reference.answers[name]
        self.view = reference.view(name)
        self.wanted = reference.solution[name]
        self.results: list[Result] = []
        self.state = "undefined"
        self._ask = ask

    def one(self, question: Mapping[str, Any]) -> Any:
        """Put a question that has one reply."""
        return next(self._ask(question))

    def evaluate(self, state: str) -> None:
        """Ask for the answer's outcome on every row; what came before an end stays. One `elsewhere` is not asked."""
        self.state = state
        if not self.usable:
            return
        replies: list[Any] = []
        try:
            replies.extend(self._replies())
        except ENDS:
            self.results = self._results(self.reference.rows, self.wanted, replies, None)
            raise
        # A view may ask for more, which is possible only when all replies are there.
        self.results = self._results(self.reference.rows, self.wanted, replies, self.around.use)

    def _results(
        self, rows: list[dict[str, Any]], wanted: list[Outcome], replies: list[Any], use: Use | None
    ) -> list[Result]:
        return [Result(row, one, reply, self.view, use) for row, one, reply in zip(rows, wanted, replies)]

    def evaluate_one(self, row: Mapping[str, Any], wanted: Outcome) -> Result:
        """Return the answer's outcome on a row that is not of the battery."""
        question = {**self._question([self.signature.encoded(row)]), "aside": True}
        return Result(row, wanted, self.one(question), self.view, self.around.use)

    def evaluate_other(self, rows: list[dict[str, Any]], wanted: list[Outcome]) -> list[Result]:
        """Return the answer's outcomes on other rows, which count like those of the battery."""
        replies = list(self._ask(self._question([self.signature.encoded(row) for row in rows])))
        return self._results(rows, wanted, replies, self.around.use)

    def _question(self, rows: list[Any]) -> dict[str, Any]:
        question = {"ask": "evaluate", "name": self.name, "rows": rows, "star": self.signature.star}
        return {**question, "tells": self.reference.tells}

    @property
    def is_there(self) -> bool:
        """Whether this cell has anything under the name."""
        return structure.is_there(self.state)

    @property
    def usable(self) -> bool:
        """Whether the name is defined as what it has to be: a function, or a value."""
        return self.state == ("callable" if self.signature.callable else "value")

    def _replies(self) -> Iterator[Any]:
        if not self.signature.callable:
            return self._ask({"ask": "value", "name": self.name})
        return self._ask(self._question(self.reference.encoded(self.name)))

    def line(self, result: Result) -> Any:
        """Return the learner's own line that made a result; raise what ends the conversation."""
        if result.raised is not None:
            return result.raised["line"] or self.assignment()
        if self.signature.callable:
            row = self.signature.encoded(result.row)
            question = {"ask": "trace", "name": self.name, "row": row, "star": self.signature.star}
            line = read_line(self.one({**question, "aside": True}).get("line"))
            if line is not None:
                return line
        return self.assignment()

    def lines_run(self, result: Result) -> int:
        """Return how many lines of the learner's code run on a row, up to a limit; raise what ends the conversation."""
        question = {"ask": "lines_run", "name": self.name, "row": self.signature.encoded(result.row)}
        count = self.one({**question, "star": self.signature.star}).get("count")
        if type(count) is not int:
            raise Disturbed
        return count

    def writing_line(self, result: Result) -> Any:
        """Return the learner's own line that wrote into an input, None where it is not found."""
        row = self.signature.encoded(result.row)
        question = {"ask": "writes", "name": self.name, "row": row, "star": self.signature.star}
        return read_line(self.one({**question, "aside": True}).get("line"))

    def assignment(self) -> Any:
        """Return the line of the cell that binds the name; raise what ends the conversation."""
        return read_line(self.one({"ask": "line", "name": self.name, "aside": True}).get("line"))

    def inputs_text(self, row: Mapping[str, Any]) -> str | None:
        """Return a row as a person reads it; None for a value, which has no inputs."""
        return printing.given(self.signature.select(row)) if self.signature.callable else None

    def like(self, outcomes: list[Outcome]) -> bool:
        """Tell whether the learner's outcomes are these on ALL rows."""
        return len(self.results) == len(outcomes) and all(
            alike(result, outcome) for result, outcome in zip(self.results, outcomes)
        )

    def says(self, outcomes: list[Outcome]) -> bool:
        """Tell whether the exceptions say what these outcomes say, where the type alone would be anybody's.

        That is where all of them raise; where the solution raises the same type, the message is free.
        """
        return any(outcome.raised is None for outcome in outcomes) or all(
            outcome.said is None or result.right or outcome.said == messages.said(result.raised["message"])
            for result, outcome in zip(self.results, outcomes)
            if result.raised is not None
        )
