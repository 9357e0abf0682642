"""From milliseconds to ratios: what a run found, as JSON and as tables."""

from __future__ import annotations

import os
import statistics
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

Samples = dict[str, list[tuple[float, float]]]
"""Milliseconds, each beside the unit of its turn, by name."""

BEGIN, END = "<!-- results -->", "<!-- end of results -->"
BARS: dict[str, float] = {
    "check, live": 25,
    "run and verdict": 25,
    "first failing check": 150,
    "run and verdict, failing": 150,
    "free again, run": 10,
    "free again, live check": 10,
    "check all 50, first": 500,
    "check all 50, live": 500,
}
"""The multiples of the unit that a measured thing may take."""
QUIET = 0.1
"""How many processors others may keep busy in a run that counts."""
FASTER = 20
"""How many times nbgrader's time has to be that of a check here."""
WORDS = {
    "bare": "bare execute round trip at rest, the unit",
    "check, live": "check of 60 inputs by REST, the live state",
    "run and verdict": "the same, from running the cell to the verdict on that run",
    "run and verdict, failing": "the same, failing: the input shrunk, the relation and the line found",
    "first passing check": "run and verdict, the first of a kernel, passing: the judge still starts",
    "first failing check": "run and verdict, the first of a kernel, failing",
    "free again, run": "cell and next cell, while the cell's check computes for 5 s",
    "free again, live check": "next cell, behind a check of the live state that computes for 5 s",
    "check all 50, first": "50 exercises of 20 inputs in one request, the live state, the first time",
    "check all 50, live": "the same, later",
    "run all 50 cells": "50 watched cells run, their snapshots taken",
    "run all 50 and every verdict": "the same, to the last of 50 verdicts",
    "run and verdict, 2 GB live": "run and verdict with 2 GB in the kernel",
    "free again, 2 GB live": "cell and next cell with 2 GB in the kernel",
    "bare, otter's kernel": "bare execute round trip in otter's kernel",
    "otter check": "otter's `check` on 60 inputs, in units of its own kernel",
    "nbgrader validate": "`nbgrader validate` of one answer and one test of 60 inputs",
    "run and verdict, beside nbgrader": "run and verdict here, in turns with nbgrader",
}
PHASES = {
    "reach": "until the kernel turns to it",
    "copy": "cell or comm message, and the copy taken",
    "start": "the judge's fork; the copy cut off from the kernel",
    "ask": "60 inputs asked, answered, compared",
    "report": "verdict to the server, report to the client",
}


def processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def results(
    samples: Samples,
    profile: Mapping[str, Mapping[str, list[float]]],
    memory: Mapping[str, float],
    machine: Mapping[str, Any],
) -> Any:
    """Return medians, quartiles and multiples of the unit; milliseconds and megabytes are rounded."""
    measured = {}
    for name in WORDS:
        if name in samples:
            took = [milliseconds for milliseconds, _ in samples[name]]
            low, high = quartiles(took)
            measured[name] = {
                # Each beside the unit of its own turn: the machine may be slower in one part than in another.
                "multiple": round(statistics.median(ms / unit for ms, unit in samples[name]), 1),
                "bar": BARS.get(name), "milliseconds": round(statistics.median(took), 2),
                "quartiles": [round(low, 2), round(high, 2)], "times": len(took),
            }  # fmt: skip
    ratios = {}
    if "nbgrader validate" in samples:
        theirs, ours = (
            statistics.median(milliseconds for milliseconds, _ in samples[name])
            for name in ("nbgrader validate", "run and verdict, beside nbgrader")
        )
        ratios["nbgrader validate / run and verdict"] = round(theirs / ours, 1)
    kept = {name: round(megabytes, 1) for name, megabytes in memory.items()}
    phases = {
        name: {basis: round(statistics.median(took), 2) for basis, took in profile[name].items()}
        for name in PHASES
        if name in profile
    }
    return {"machine": dict(machine), "measured": measured, "ratios": ratios, "profile": phases, "megabytes": kept}


def quartiles(values: list[float]) -> tuple[float, float]:
    """Return the first and the third quartile."""
    if len(values) == 1:
        return values[0], values[0]
    low, _, high = statistics.quantiles(values, n=4, method="inclusive")
    return low, high


def table(found: Any) -> str:
    """Return the results as markdown."""
    machine = found["machine"]
    apart = ("date", "processors", "others")
    about = ", ".join(f"{name} {value}" for name, value in machine.items() if name not in apart)
    lines = [f"Measured on {machine['date']}, {machine['processors']} processors, {about}."]
    lines += [f"While this rested, others kept {machine['others']:.2f} processors busy{_too(machine['others'])}.", ""]
    lines += ["| what | multiple of the unit | bar | ms (quartiles) | times |", "|---|--:|--:|--:|--:|"]
    for name, one in found["measured"].items():
        bar = "" if one["bar"] is None else f"{one['bar']:g} {'✓' if one['multiple'] <= one['bar'] else '✗'}"
        low, high = one["quartiles"]
        spread = f"{one['milliseconds']:.1f} ({low:.1f} to {high:.1f})"
        lines.append(f"| {WORDS[name]} | {one['multiple']:.1f} | {bar} | {spread} | {one['times']} |")
    for name, ratio in found["ratios"].items():
        lines += ["", f"{name}: **{ratio:.0f}** (bar: at least {FASTER} {'✓' if ratio >= FASTER else '✗'})."]
    return "\n".join([*lines, *_profile(found["profile"]), *_memory(found["megabytes"])])


def _too(others: float) -> str:
    return "" if others < QUIET else ": too many for a run that counts"


def _profile(phases: Mapping[str, Mapping[str, float]]) -> list[str]:
    if not phases:
        return []
    lines = ["", "| where the time of a passing check goes, ms | live state | run and verdict |", "|---|--:|--:|"]
    return lines + [f"| {PHASES[name]} | {took['live']:.1f} | {took['run']:.1f} |" for name, took in phases.items()]


def _memory(megabytes: Mapping[str, float]) -> list[str]:
    if not megabytes:
        return []
    bare = megabytes["bare kernel"]
    lines = ["", "| memory, proportional (PSS) | multiple of the bare kernel | MB |", "|---|--:|--:|"]
    return lines + [f"| {name} | {taken / bare:.2f} | {taken:.1f} |" for name, taken in megabytes.items()]


def insert(file: Path, text: str) -> None:
    """Put the tables between their marks; raise ValueError where they are not there."""
    whole = file.read_text(encoding="utf-8")
    head, begin, rest = whole.partition(BEGIN)
    _, end, tail = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{file} has no place for the results: {BEGIN} … {END}")
    file.write_text(f"{head}{BEGIN}\n\n{text}\n\n{END}{tail}", encoding="utf-8")
