"""The smallest input on which a claim fails, found by hypothesis where the exercise's inputs are drawn."""

from __future__ import annotations

import contextlib
import time
from typing import TYPE_CHECKING, Any, Callable

from math4ml_lab.kernel import battery
from math4ml_lab.kernel.answered import ENDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from math4ml_lab.kernel.answered import Answered, Result

Failure = tuple["Result", str]

CALLS = 200
"""How often the answer is called for it: a count, so that the same answer gets the same verdict on any machine."""
SECONDS = 1.0
"""How long it may take at most."""


class _Enough(BaseException):
    """Ends the search from inside, past hypothesis' own handling of exceptions."""


def smaller(one: Answered, test: Callable[[Result], str | None], first: Failure) -> Failure:
    """Return a failure on inputs at most as large as `first`'s; raise what ends the conversation.

    Without hypothesis, for answers that are slow, and where no solution can be asked for more, `first` is it.
    """
    reference = one.reference
    if reference.recorded or not reference.definition.strategies or not battery.has_hypothesis():
        return first
    search = _Search(one, test, first)
    with battery.hypothesis_home():
        search.run()
    if search.ended is not None:
        raise search.ended
    return search.best


class _Search:
    def __init__(self, one: Answered, test: Callable[[Result], str | None], first: Failure) -> None:
        self.one = one
        self.test = test
        self.best = first
        self.size = battery.size(first[0].row)
        self.calls = 0
        self.end = time.monotonic() + SECONDS
        self.ended: BaseException | None = None

    def run(self) -> None:
        from hypothesis import Phase, given

        settings = battery.quiet(max_examples=CALLS, phases=[Phase.generate, Phase.shrink])
        drawing: Any = given(battery.row(self.one.reference.definition))
        search = settings(drawing(self.attempt))
        # Whatever hypothesis says of the failure it was led to: `best` holds it.
        with contextlib.suppress(_Enough, Exception):
            search()

    def attempt(self, row: Mapping[str, Any]) -> None:
        if self.ended is not None:
            raise _Enough
        if self.calls >= CALLS or time.monotonic() > self.end:
            raise _Enough
        self.calls += 1
        wanted = self.one.reference.wanted(self.one.name, row)
        if wanted.raised is not None:
            return
        try:
            result = self.one.evaluate_one(row, wanted)
        except ENDS as ended:
            self.ended = ended
            raise _Enough from None
        text = self.test(result)
        if text is None:
            return
        size = battery.size(row)
        if size < self.size:
            self.best, self.size = (result, text), size
        raise AssertionError(text)
