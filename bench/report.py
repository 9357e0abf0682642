"""From milliseconds to ratios: what a run found, as JSON and as a table."""

from __future__ import annotations

import os
import statistics
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

BEGIN, END = "<!-- results -->", "<!-- end of results -->"
UNIT = "bare"
BARS: dict[str, float] = {
    "check, live": 25,
    "run and verdict": 25,
    "free again, run": 10,
    "free again, live check": 10,
    "run and verdict, failing": 150,
    "check all 50, live": 500,
}
"""The multiples of the unit that a measured thing may take."""
WORDS = {
    "bare": "bare execute round trip, the unit",
    "first check of a kernel": "first check of a kernel: the judge starts",
    "check, live": "check of 60 inputs by REST, the live state",
    "run and verdict": "the same, from running the cell to the verdict on that run",
    "run and verdict, failing": "the same, failing: the input shrunk, the relation and the line found",
    "free again, run": "cell and next cell, while the cell's check computes for 5 s",
    "free again, live check": "next cell, while a check of the live state computes for 5 s",
    "check all 50, live": "50 exercises of 20 inputs in one request, the live state",
    "run all 50 cells": "50 watched cells run, their snapshots taken",
    "run all 50 and every verdict": "the same, to the last of 50 verdicts",
    "run and verdict, 2 GB live": "run and verdict with 2 GB in the kernel",
    "free again, 2 GB live": "cell and next cell with 2 GB in the kernel",
    "bare, otter's kernel": "bare execute round trip in otter's kernel",
    "otter check": "otter's `check` on 60 inputs, in the learner's namespace, without limits",
    "nbgrader validate": "`nbgrader validate` of one answer and one test of 60 inputs",
}


def processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def results(samples: Mapping[str, list[float]], memory: Mapping[str, float], machine: Mapping[str, Any]) -> Any:
    """Return medians, quartiles and multiples of the unit; milliseconds and megabytes are rounded."""
    unit = statistics.median(samples[UNIT])
    measured = {}
    for name in WORDS:
        if name in samples:
            median = statistics.median(samples[name])
            low, high = _quartiles(samples[name])
            measured[name] = {
                "multiple": round(median / unit, 1), "bar": BARS.get(name), "milliseconds": round(median, 2),
                "quartiles": [round(low, 2), round(high, 2)], "times": len(samples[name]),
            }  # fmt: skip
    ratios = {}
    if "nbgrader validate" in samples:
        ours = statistics.median(samples["run and verdict"])
        ratios["nbgrader validate / run and verdict"] = round(statistics.median(samples["nbgrader validate"]) / ours, 1)
    kept = {name: round(megabytes, 1) for name, megabytes in memory.items()}
    return {"machine": dict(machine), "measured": measured, "ratios": ratios, "megabytes": kept}


def _quartiles(values: list[float]) -> tuple[float, float]:
    if len(values) == 1:
        return values[0], values[0]
    low, _, high = statistics.quantiles(values, n=4, method="inclusive")
    return low, high


def table(found: Any) -> str:
    """Return the results as markdown."""
    machine = found["machine"]
    about = ", ".join(f"{name} {value}" for name, value in machine.items() if name not in ("date", "processors"))
    lines = [f"Measured on {machine['date']}, {machine['processors']} processors, {about}.", ""]
    lines += ["| what | multiple of the unit | bar | ms (quartiles) | times |", "|---|--:|--:|--:|--:|"]
    for name, one in found["measured"].items():
        bar = "" if one["bar"] is None else f"{one['bar']:g} {'✓' if one['multiple'] <= one['bar'] else '✗'}"
        low, high = one["quartiles"]
        spread = f"{one['milliseconds']:.1f} ({low:.1f} to {high:.1f})"
        lines.append(f"| {WORDS[name]} | {one['multiple']:.1f} | {bar} | {spread} | {one['times']} |")
    for name, ratio in found["ratios"].items():
        lines += ["", f"{name}: **{ratio:.0f}** (bar: at least 20)."]
    told = ", ".join(f"{name} {megabytes:.0f} MB" for name, megabytes in found["megabytes"].items())
    return "\n".join([*lines, "", f"Memory, proportional: {told}."])


def insert(file: Path, text: str) -> None:
    """Put the table between its marks; raise ValueError where they are not there."""
    whole = file.read_text(encoding="utf-8")
    head, begin, rest = whole.partition(BEGIN)
    _, end, tail = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{file} has no place for the results: {BEGIN} … {END}")
    file.write_text(f"{head}{BEGIN}\n\n{text}\n\n{END}{tail}", encoding="utf-8")
