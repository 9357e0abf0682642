"""Questions: what an author asks, how it is shown, and whether an answer to it is right. Pure, nothing is run.

A wrong answer costs nothing, and any question may be skipped.
"""

from __future__ import annotations

import json
import math
import re
from typing import TYPE_CHECKING, Literal

from msgspec import Struct, structs

from math4ml_lab import wire
from math4ml_lab.errors import UnfitAnswerError
from math4ml_lab.lines import code_lines, misplaced, normalised, parsed
from math4ml_lab.puzzles import puzzle, shuffled

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Form = Literal["choice", "number", "shape", "breaks", "spot", "reflect", "beat", "order", "choose", "explain"]
Value = str | list[int] | dict[str, str] | None

ARRANGE = "arrange"
"""The name of the puzzle that is the fourth hint."""
REFLECT = "reflect"
"""The name of the question that follows a pass with much help."""
LONGEST = 2_000
"""Characters that an answer may have."""
EXACT = 1e-9
"""The relative tolerance of a number that is asked for exactly."""


class Asked(Struct, frozen=True, kw_only=True):
    """A question with its answer, as an author states it.

    `right` are the options that are accepted, `places` the lines, counted from 0; `lines` stand in the right order.
    `about` names a mistake (`breaks`, `spot`) or a check (`beat`). `follow_ups` belong to an option each,
    `follow_up` to any wrong answer. `defaults` are the texts of those that `inputs` have. Whoever answers a puzzle
    is told which lines are wrong, and never the right ones.
    """

    name: str
    form: Form
    text: str
    when: Literal["before", "after", "hint"]
    options: tuple[str, ...] = ()
    right: tuple[str, ...] = ()
    number: float | None = None
    within: float = EXACT
    shape: tuple[int, ...] | None = None
    lines: tuple[str, ...] = ()
    places: tuple[int, ...] = ()
    slots: tuple[tuple[str, ...], ...] = ()
    inputs: tuple[str, ...] = ()
    defaults: dict[str, str] = {}
    about: str | None = None
    model: str | None = None
    follow_up: str | None = None
    follow_ups: dict[str, str] = {}


# -- Questions that nobody wrote ---------------------------------------------------------------------------


def arrange(solution: str, mistakes: Sequence[str], seed: str) -> Asked:
    """Return the puzzle that a solution's lines make."""
    made = puzzle(solution, mistakes, seed)
    if made.slots:
        text, slots = "Choose each line of a right answer.", tuple(map(tuple, made.slots))
        return Asked(name=ARRANGE, form="choose", text=text, when="hint", lines=tuple(made.right), slots=slots)
    text = "Put the lines of a right answer in order."
    return Asked(name=ARRANGE, form="order", text=text, when="hint", lines=tuple(made.right))


def reflect(failed: str, passing: str) -> Asked | None:
    """Return the question which line of a failure was wrong; None where there is nothing to choose from.

    Its places are those of the lines that do not stand in the passing text: more cannot be known of any line.
    """
    lines, there = code_lines(failed), set(code_lines(passing))
    places = tuple(place for place, line in enumerate(lines) if line not in there)
    if len(lines) < 2 or not places:  # noqa: PLR2004 (one line needs no question)
        return None
    text = "Which line was wrong?"
    return Asked(name=REFLECT, form="reflect", text=text, when="after", lines=tuple(lines), places=places)


# -- How a question is shown -------------------------------------------------------------------------------


def shown(asked: Asked, seed: str, answer: wire.Answered | None = None, *, is_told: bool = True) -> wire.Question:
    """Return a question as it is shown; of an answer only what was said, unless it `is_told` what is right."""
    if answer is not None and not is_told:
        answer = wire.Answered(at=answer.at, value=answer.value)
    return wire.Question(
        name=asked.name,
        form=asked.form,
        text=asked.text,
        when=asked.when,
        options=list(asked.options),
        lines=_shown_lines(asked, seed),
        slots=[list(slot) for slot in asked.slots],
        inputs=list(asked.inputs),
        defaults=asked.defaults,
        answer=answer,
    )


def _shown_lines(asked: Asked, seed: str) -> list[str]:
    if asked.form == "order":
        return shuffled(asked.lines, f"{seed} {asked.name}")
    return [] if asked.form == "choose" else list(asked.lines)


# -- Whether an answer is right ----------------------------------------------------------------------------


def answered(asked: Asked, seed: str, value: Value, at: float) -> wire.Answered:
    """Return what is kept of an answer to a question; raise UnfitAnswerError for what is none."""
    if value is None:
        return wire.Answered(at=at, value=None)
    if isinstance(value, str) and len(value) > LONGEST:
        raise UnfitAnswerError(f"The answer has more than {LONGEST} characters.", "Say it in fewer words.")
    judge = _JUDGES.get(asked.form)
    if judge is None:
        raise UnfitAnswerError("This question is answered by running a cell.", "Write the answer in the cell, run it.")
    return structs.replace(judge(asked, seed, value), at=at)


def broken(asked: Asked, value: dict[str, str], at: float, *, differs: bool, note: str) -> wire.Answered:
    """Return what is kept of an input on which the mistake does, or does not, differ from the solution."""
    answer = wire.Answered(at=at, value=json.dumps(value, ensure_ascii=False), right=differs, truth=note)
    return answer if differs else structs.replace(answer, follow_up=asked.follow_up)


def beaten(asked: Asked, checks: Sequence[wire.CheckResult], at: float) -> wire.Answered | None:
    """Return the answer to a `beat` that a report gives: its check held although another one failed; None otherwise."""
    own = [check for check in checks if check.name == asked.about]
    failed = next((check for check in checks if check.state == "failed" and check.name not in _NO_CLAIM), None)
    if failed is None or not own or any(check.state != "held" for check in own):
        return None
    return wire.Answered(at=at, value=failed.title, right=True)


_NO_CLAIM = ("never_failed",)
"""What an answer may fail although it is right."""


def input_texts(asked: Asked, value: Value) -> dict[str, str]:
    """Return an answer to `breaks`: a text for each input that has no default; raise UnfitAnswerError otherwise."""
    needed = set(asked.inputs) - set(asked.defaults)
    if not isinstance(value, dict) or not value or not needed <= set(value) <= set(asked.inputs):
        fix = f"Fill in {', '.join(name for name in asked.inputs if name in needed) or asked.inputs[0]}."
        raise UnfitAnswerError("The answer does not give each input a value.", fix)
    long = next((name for name, text in value.items() if len(text) > LONGEST), None)
    if long is not None:
        raise UnfitAnswerError(f"{long} has more than {LONGEST} characters.", "Take a smaller input.")
    return value


def _choice(asked: Asked, _: str, value: Value) -> wire.Answered:
    if not isinstance(value, str) or value not in asked.options:
        raise UnfitAnswerError("This is none of the choices.", "Choose one of those that are shown.")
    right = value in asked.right if asked.right else None
    answer = _told(asked, value, right, " or ".join(asked.right) or None)
    return structs.replace(answer, follow_up=asked.follow_ups.get(value, answer.follow_up))


def _number(asked: Asked, _: str, value: Value) -> wire.Answered:
    try:
        number = float(str(value).strip().replace("\N{MINUS SIGN}", "-")) if isinstance(value, str) else math.nan
    except ValueError:
        number = math.nan
    if not isinstance(value, str) or math.isnan(number):
        raise UnfitAnswerError(f"{value!r} is no number.", "Write a number, such as 0.25, -3 or 1e-9.")
    wanted = asked.number or 0.0
    scale = abs(wanted) if wanted and math.isfinite(wanted) else 1.0
    right = number == wanted or abs(number - wanted) <= max(asked.within, EXACT) * scale
    return _told(asked, value, right, f"{wanted:.12g}")


_SIZES = re.compile(r"[(\[]?\s*(?P<sizes>\d{1,18}(?:\s*[,x\N{MULTIPLICATION SIGN}]\s*\d{1,18})*)?\s*,?\s*[)\]]?")


def _shape(asked: Asked, _: str, value: Value) -> wire.Answered:
    match = _SIZES.fullmatch(value.strip().lower()) if isinstance(value, str) and value.strip() else None
    if match is None or (match["sizes"] is None and "," in str(value)):
        raise UnfitAnswerError(f"{value!r} is no shape.", "Write a shape, such as (3, 4), or () for a number.")
    shape = tuple(int(size) for size in re.findall(r"\d+", match["sizes"] or ""))
    return _told(asked, str(value), shape == asked.shape, str(asked.shape))


def _line(asked: Asked, _: str, value: Value) -> wire.Answered:
    (place,) = _places(value, len(asked.lines), 1)
    right = place in asked.places if asked.places else None
    truth = "\n".join(asked.lines[place] for place in asked.places) or None
    return structs.replace(_told(asked, value, right, truth), wrong=[place] if right is False else [])


def _changed(asked: Asked, _: str, value: Value) -> wire.Answered:
    """Tell whether a line was changed, and no more: of several changed ones nobody knows which was wrong."""
    (place,) = _places(value, len(asked.lines), 1)
    return _told(asked, value, place in asked.places, None)


def _order(asked: Asked, seed: str, value: Value) -> wire.Answered:
    count = len(asked.lines)
    places = _places(value, count, count)
    if len(set(places)) < count:
        raise UnfitAnswerError("A line is missing.", "Put each line into its place, once.")
    lines = _shown_lines(asked, seed)
    wrong = misplaced(asked.lines, [lines[place] for place in places]) or []
    truth = "\n".join(asked.lines) if asked.name != ARRANGE else None
    return structs.replace(_told(asked, value, not wrong, truth), wrong=sorted(places[place] for place in wrong))


def _choose(asked: Asked, _: str, value: Value) -> wire.Answered:
    places = _places(value, max(map(len, asked.slots)), len(asked.slots))
    if any(place >= len(slot) for place, slot in zip(places, asked.slots, strict=True)):
        raise UnfitAnswerError("This is none of the choices.", "Choose one of those that are shown.")
    wrong = [number for number, place in enumerate(places) if asked.slots[number][place] != asked.lines[number]]
    return structs.replace(_told(asked, value, not wrong, None), wrong=wrong)


def program(asked: Asked, seed: str, value: Value, solution: str) -> str | None:
    """Return the text that an answer to a puzzle makes, of the lines that it shows and no others.

    None for what is no such answer, no Python, or where the lines are not those of the solution.
    """
    if asked.form not in ("order", "choose") or not isinstance(value, list):
        return None
    whole = normalised("\n".join(asked.lines))
    if whole is None or whole != normalised(solution):
        return None
    slots = asked.slots if asked.form == "choose" else [_shown_lines(asked, seed)] * len(value)
    text = "\n".join(lines[place] for lines, place in zip(slots, value, strict=True))
    return None if parsed(text) is None else text


def accepted(asked: Asked, answer: wire.Answered) -> wire.Answered:
    """Return an answer to a puzzle whose lines are not the author's, but a right program all the same."""
    other = "order" if asked.form == "order" else "choice"
    truth = f"Another right {other}: run on the inputs of the exercise, it passes every check."
    return structs.replace(answer, right=True, truth=truth, wrong=[], follow_up=None)


def _explain(asked: Asked, _: str, value: Value) -> wire.Answered:
    if not isinstance(value, str) or not value.strip():
        raise UnfitAnswerError("The answer is empty.", "Write a sentence, or skip the question.")
    return wire.Answered(at=0.0, value=value, truth=asked.model)


def _places(value: Value, below: int, count: int) -> list[int]:
    is_fit = isinstance(value, list) and len(value) == count and all(0 <= place < below for place in value)
    if not isinstance(value, list) or not is_fit:
        raise UnfitAnswerError("The answer names no lines of this question.", "Reload the notebook, then answer again.")
    return value


def _told(asked: Asked, value: Value, right: bool | None, truth: str | None) -> wire.Answered:  # noqa: FBT001
    follow_up = asked.follow_up if right is False else None
    text = value if isinstance(value, str) else json.dumps(value)
    return wire.Answered(at=0.0, value=text, right=right, truth=truth, follow_up=follow_up)


_JUDGES: dict[Form, Callable[[Asked, str, Value], wire.Answered]] = {
    "choice": _choice, "number": _number, "shape": _shape, "spot": _line, "reflect": _changed, "order": _order,
    "choose": _choose, "explain": _explain,
}  # fmt: skip
"""By form; `breaks` is judged in the kernel, `beat` by a report."""
