"""The words of states, claims and hints: the panel's own, which a test compares; `%1` and `%2` are filled in."""

from __future__ import annotations

from typing import NamedTuple

from math4ml_lab import wire


class Words(NamedTuple):
    """A state: a few words for it, then what happened and the next step, empty where the label says it all."""

    label: str
    text: str = ""


TEXTS = {
    "checking": Words("checking…"),
    "passed": Words("passed", "Every claim holds."),
    "failed": Words("not yet right"),
    "not_attempted": Words(
        "not attempted", "The cell still does what its starter does. Write your answer, then run it."
    ),
    "lacks": Words("needs another cell", "%1 is not defined in this kernel: run the cell that defines it."),
    "not_run": Words("not run yet", "This cell has not run in this kernel. Run it: it is checked at once."),
    "edited": Words("edited since it ran", "Run the cell to check what it says now."),
    "cell_raised": Words(
        "the cell raised an error", "The cell ended with an error. Repair it, then run it again."
    ),
    "timed_out": Words(
        "took too long",
        "Your answer was still computing after %1 s. Look for a loop that never ends, or that does far too much.",
    ),
    "out_of_memory": Words(
        "needed too much memory",
        "Your answer asked for more than %1 MB. Look for an array that is larger than it has to be.",
    ),
    "kernel_busy": Words(
        "kernel busy", "A thread of your kernel kept computing. Check again when it has ended."
    ),
    "kernel_restarted": Words(
        "kernel restarted", "The kernel started anew before the verdict was there. Run the cell again."
    ),
    "kernel_dead": Words(
        "kernel ended", "The kernel died before the verdict was there. Restart it, then run the cell again."
    ),
    "not_python": Words(
        "not a Python kernel", "These exercises need Python; this kernel speaks %1. Choose another kernel."
    ),
    "gateway": Words(
        "cannot check here",
        "This kernel runs behind a gateway, where checks cannot reach it. Choose a kernel on this server.",
    ),
    "no_snapshot": Words(
        "cannot check safely", "This kernel cannot be copied, so a check could harm what you computed: %1"
    ),
    "cancelled": Words("check cancelled", "Run the cell, or check it, when you want to know."),
    "broken": Words("the check is broken", "This check is broken, not your answer."),
}  # fmt: skip
"""Words by kind of outcome, and while there is none."""
UNFIT = "%1 is not what the check needs: run the cell that defines it once more."
PASSED = {
    "label": "first passed with %1 hint",
    "labels": "first passed with %1 hints",
    "alone": "first passed without help",
}
INPUTS = {"text": "Every claim holds, on %1 input.", "texts": "Every claim holds, on %1 inputs."}

EARLIER = "passed before; not run in this kernel"
CLAIMS = "Claims"
MARKS = {"held": ("✓", "holds:"), "failed": ("✗", "does not hold:"), "skipped": ("○", "not looked at:")}
"""A mark by state of a claim, and its word for those who do not see it."""
STRUCTURE = {
    "defined": "defined", "runs": "runs", "kind": "kind", "shape": "shape", "unchanged": "inputs unchanged",
    "finite": "finite",
}  # fmt: skip
"""What every answer must do: told in one line as long as it holds."""
SMALLEST = "smallest input"
ON_THIS_INPUT = "on this input"
WRONG = {"one": "Wrong on %2 of %1 input.", "many": "Wrong on %2 of %1 inputs."}
LINE, ELSEWHERE = "your line %1:", "in another cell:"
SLIP = "This looks like a known slip."
PRINTED = "Printed while it was checked"
LIVE = "Checked against the kernel’s state now; this cell’s own run was not recorded."  # noqa: RUF001 (the panel's letters)
GUARDED = "Checked inside the kernel itself, on copies of your objects: its process cannot be copied here."
HINT = "Hint %1 of %2"
EARLY = "Opened with an earlier verdict"
OPENS = "opens after an attempt that behaves differently"
OPENS_IN = "opens after an attempt that behaves differently, or in %1 s"
WATCH, WATCH_AT = "Watch — %1", "Watch %1 — %2"


def fill(text: str, *values: object) -> str:
    """Put values where `%1`, `%2` stand."""
    for number, value in enumerate(values, 1):
        text = text.replace(f"%{number}", str(value))
    return text


def outcome_words(outcome: wire.Outcome, hints: int | None = None) -> Words:
    """Return the words for an outcome; `hints` counts levels opened before the first pass, None where nobody did."""
    label, text = TEXTS[str(outcome.__struct_config__.tag)]
    match outcome:
        case wire.Passed():
            return _passed(outcome.inputs, hints)
        case wire.Lacks():
            return Words(label, fill(text if outcome.reason == "undefined" else UNFIT, ", ".join(outcome.names)))
        case wire.TimedOut():
            return Words(label, fill(text, f"{outcome.seconds:g}"))
        case wire.OutOfMemory():
            return Words(label, fill(text, outcome.megabytes))
        case wire.NotPython():
            return Words(label, fill(text, outcome.language))
        case wire.NoSnapshot():
            return Words(label, fill(text, outcome.why))
        case wire.Broken():
            return Words(label, f"{text} {outcome.message} {outcome.fix}".strip())
        case _:
            return Words(label, text)


def _passed(inputs: int, hints: int | None) -> Words:
    label, text = TEXTS["passed"]
    if hints is not None:
        label = PASSED["alone"] if hints == 0 else fill(PASSED["label" if hints == 1 else "labels"], hints)
    if inputs > 0:
        text = fill(INPUTS["text" if inputs == 1 else "texts"], inputs)
    return Words(label, text)


def hint_label(level: int, ladder: wire.Ladder) -> str:
    """Return what a hint is called: a ladder may begin above level 1, the learner counts the hints that there are."""
    below = ladder.first - 1
    return fill(HINT, level - below, ladder.levels - below)


def clip_words(clip: wire.Clip) -> str:
    """Return from when on to watch, and what."""
    return fill(WATCH_AT, _clock(clip.start), clip.title) if clip.start is not None else fill(WATCH, clip.title)


def _clock(seconds: int) -> str:
    minutes, hours = seconds // 60 % 60, seconds // 3600
    return f"{hours}:{minutes:02}:{seconds % 60:02}" if hours else f"{minutes}:{seconds % 60:02}"
