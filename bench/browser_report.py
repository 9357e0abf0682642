"""What was found in the browser, as ratios and as tables."""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING, Any

from report import QUIET, quartiles

if TYPE_CHECKING:
    from collections.abc import Mapping

ROWS: dict[str, tuple[str, str | None, float | None]] = {
    "output": ("run pressed to the output of `1 + 1`", None, None),
    "verdict, rank-few": ("run pressed to the verdict in the panel, an exercise of 11 inputs", "output", 3),
    "verdict, rank-k": ("the same, of 60 inputs", "output", 3),
    "output, without": ("200 exercises, without the extension: run pressed to the output of `1 + 1`", None, None),
    "output, with": ("the same with the extension", "output, without", 1.2),
    "work of a run, without": ("without: the main thread's work for that run", None, None),
    "work of a run, with": ("the same with the extension", "work of a run, without", 1.2),
    "key, without": ("without: a key pressed to its frame", None, None),
    "key, with": ("the same with the extension", "key, without", None),
    "work of a key, without": ("without: the main thread's work for a key", None, None),
    "work of a key, with": ("the same with the extension", "work of a key, without", None),
    "verdict, many": ("with: run pressed to the verdict in the panel, 11 inputs", "output, with", None),
}
"""By name: the words, what it is divided by, and the most that this may be."""
TASK = 100
"""Milliseconds that a task of ours may take."""
BUNDLE = 150_000
"""Bytes that the bundle may have, compressed."""


def results(found: Mapping[str, Any], machine: Mapping[str, Any]) -> Any:
    """Return medians, quartiles, and quotients of medians."""
    middle = {name: statistics.median(found[name]) for name in ROWS}
    measured = {}
    for name, (_, beside, bar) in ROWS.items():
        low, high = quartiles(found[name])
        measured[name] = {
            "ratio": round(middle[name] / middle[beside], 2) if beside else 1.0,
            "beside": beside, "bar": bar, "milliseconds": round(middle[name], 2),
            "quartiles": [round(low, 2), round(high, 2)], "times": len(found[name]),
        }  # fmt: skip
    longest = {
        deed: {name: round(milliseconds, 1) for name, milliseconds in task.items()}
        for deed, task in found["longest"].items()
    }
    about = {**machine, "chromium": found["browser"]}
    return {"machine": about, "measured": measured, "longest": longest, "bundle": found["bundle"]}


def table(found: Any) -> str:
    """Return the results as markdown."""
    machine = found["machine"]
    loud = "" if machine["others"] < QUIET else ": too many for a run that counts"
    apart = ("date", "others")
    about = ", ".join(f"{name} {value}" for name, value in machine.items() if name not in apart)
    lines = ["### In one browser", "", f"Measured on {machine['date']}, {about}."]
    lines += [f"Before this began, others kept {machine['others']:.2f} processors busy{loud}.", ""]
    lines += ["| what | ratio | bar | ms (quartiles) | times |", "|---|--:|--:|--:|--:|"]
    for name, one in found["measured"].items():
        low, high = one["quartiles"]
        spread = f"{one['milliseconds']:.1f} ({low:.1f} to {high:.1f})"
        bar = "" if one["bar"] is None else _held(one["ratio"], one["bar"])
        lines.append(f"| {ROWS[name][0]} | {one['ratio']:.2f} | {bar} | {spread} | {one['times']} |")
    lines += ["", "| the longest task of the extension, ms | its part | bar | the whole task |", "|---|--:|--:|--:|"]
    for deed, task in found["longest"].items():
        ours = task["ours"] + task["react"]
        lines.append(f"| {deed} | {ours:.0f} | {_held(ours, TASK)} | {task['task']:.0f} |")
    size = found["bundle"]
    lines += ["", f"The bundle, compressed: **{size / 1000:.0f} kB** (bar: at most {_held(size, BUNDLE, 1000)})."]
    return "\n".join(lines)


def _held(value: float, bar: float, unit: float = 1) -> str:
    return f"{bar / unit:g} {'✓' if value <= bar else '✗'}"
