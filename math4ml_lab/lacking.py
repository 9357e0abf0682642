"""Names that an answer lacked: its own mistake, or what a cell that has not run would have brought. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from math4ml_lab import wire

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_LACKING = re.compile(r"NameError: name '(\w+)' is not defined")


def missing_name(report: wire.Report | wire.Verdict) -> str | None:
    """Return the name that was not defined when the cell ran or its answer was called; None where none was missing."""
    if isinstance(report.outcome, wire.CellRaised):
        said: str | None = report.outcome.error
    else:
        failed = (check for check in report.checks if check.name == "runs" and check.state == "failed")
        said = next((check.measurement for check in failed), None)
    match = _LACKING.match(said or "")
    return match[1] if match is not None else None


def is_elsewhere(report: wire.Report | wire.Verdict, cell_id: str, defined: Mapping[str, Sequence[str]]) -> bool:
    """Tell whether the name that was missing is one that another cell defines: that cell has not run.

    `defined` are the names that each code cell of the notebook defines, by its id.
    """
    name = missing_name(report)
    return name is not None and any(name in names for other, names in defined.items() if other != cell_id)
