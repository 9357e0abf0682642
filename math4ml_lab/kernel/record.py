"""What the runner remembers of a cell's last run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from math4ml_lab.kernel import answer, plain_words

if TYPE_CHECKING:
    from collections.abc import Mapping


class Record:
    """A cell's last run: its text, count and end, and the jobs that were started from that state."""

    def __init__(self, source: str, count: int, error: BaseException | None, namespace: Mapping[str, Any]) -> None:
        self.source = source
        self.count = count
        self.jobs: dict[str, dict[str, Any]] = {}
        self.raised: dict[str, Any] | None = None
        if error is not None:
            told = answer.Respondent(namespace, source).describe(error)
            text = plain_words.told(told["type"], told["message"])
            self.raised = {"kind": "cell_raised", "error": text, "line": told["line"]}

    def ended(self, stub: str | None) -> dict[str, Any] | None:
        """Return the outcome of a cell that raised: a `stub` that nobody touched may do so; None where it did not."""
        if self.raised is not None and stub and answer.normalised(stub) == answer.normalised(self.source):
            return {"kind": "not_attempted"}
        return self.raised
