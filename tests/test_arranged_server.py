"""Puzzles on a real server with a real kernel: another right order is accepted, and whatever cannot be tried is not."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from arranging import ENDLESS, LARGER, LATER, STEPS, UPSIDE_DOWN, chosen, placed

from math4ml_lab import questions, reveal, wire
from math4ml_lab.catalogue import read_exercise
from math4ml_lab.server import trials

if TYPE_CHECKING:
    from pathlib import Path

    from panel import Panel

    from math4ml_lab.course import Exercise

pytestmark = pytest.mark.kernel

STEPPED, LARGEST = read_exercise(STEPS, "steps"), read_exercise(LARGER, "larger")
ORDER = STEPPED.questions[0]
RIGHT = [*range(9)]
COURSE = """
name = "tried"
title = "Tried"
[[units]]
name = "unit"
title = "A unit"
notebook = "unit/unit.ipynb"
exercises = ["steps", "larger"]
"""


@pytest.fixture(autouse=True)
def _course(panel: Panel, jp_root_dir: Path) -> None:
    (jp_root_dir / "course.toml").write_text(COURSE)
    (jp_root_dir / "unit" / "steps.py").write_text(STEPS)
    (jp_root_dir / "unit" / "larger.py").write_text(LARGER)
    store = panel.server.web_app.settings["math4ml_grader"].store
    for exercise in (STEPPED, LARGEST):
        store.open_hint("tried", exercise.name, reveal.KEY, reveal.ARRANGE, time.time())


async def said(panel: Panel, exercise: Exercise, value: Any, name: str = questions.ARRANGE) -> wire.Answered:
    reply = await panel.post("answer", panel.answering(name, value, exercise.name))
    answer = msgspec.json.decode(reply, type=wire.Question).answer
    assert answer is not None
    return answer


def order(numbers: list[int], question: questions.Asked | None = None) -> list[int]:
    return placed(question or reveal.arrange(STEPPED), reveal.seed(STEPPED), numbers)


async def test_another_right_order_is_right(panel: Panel) -> None:
    await panel.start()
    answer = await said(panel, STEPPED, order(LATER))
    assert (answer.right, answer.wrong) == (True, [])
    assert answer.truth == "Another right order: run on the inputs of the exercise, it passes every check."
    answer = await said(panel, STEPPED, order(RIGHT))
    assert (answer.right, answer.truth) == (True, None), "the author's needs no try"


async def test_a_question_for_the_order_is_judged_in_the_same_way(panel: Panel) -> None:
    await panel.start()
    right = "def steps(n):\n    return max(n, 0)"
    await panel.judged(right, name="steps")
    answer = await said(panel, STEPPED, order(LATER, ORDER), ORDER.name)
    assert (answer.right, answer.follow_up, "right order" in (answer.truth or "")) == (True, None, True)
    answer = await said(panel, STEPPED, order(ENDLESS, ORDER), ORDER.name)
    assert (answer.right, answer.truth) == (False, "\n".join(ORDER.lines))
    assert answer.follow_up == "What does a step take away?"
    words = STEPPED.questions[1]
    assert (await said(panel, STEPPED, order([1, 0, 2], words), words.name)).right is False


async def test_a_right_choice_that_nobody_thought_of(panel: Panel) -> None:
    await panel.start()
    question = reveal.arrange(LARGEST)
    answer = await said(panel, LARGEST, chosen(question, UPSIDE_DOWN))
    assert (answer.right, answer.wrong, "right choice" in (answer.truth or "")) == (True, [], True)
    answer = await said(panel, LARGEST, chosen(question, [*UPSIDE_DOWN[:3], "    return b"]))
    assert (answer.right, answer.wrong, answer.truth) == (False, [1, 2], None)


async def test_an_order_that_does_not_end_is_what_it_was(panel: Panel) -> None:
    await panel.start()
    places = order(ENDLESS)
    answer = await said(panel, STEPPED, places)
    assert (answer.right, answer.truth) == (False, None)
    (wrong,) = answer.wrong
    lines = questions.shown(reveal.arrange(STEPPED), reveal.seed(STEPPED)).lines
    assert lines[wrong] == "    step = 0"
    assert (await said(panel, STEPPED, order(LATER))).right is True, "the judge is there for the next one"


@pytest.mark.parametrize("kernel", ["", "no-such-kernel"])
async def test_without_a_kernel_only_the_authors_order_is_known(panel: Panel, kernel: str) -> None:
    panel.kernel = kernel
    assert (await said(panel, STEPPED, order(LATER))).right is False
    assert (await said(panel, STEPPED, order(RIGHT))).right is True


async def test_a_kernel_that_computes_keeps_nobody_waiting(panel: Panel, monkeypatch: pytest.MonkeyPatch) -> None:
    await panel.start()
    assert (await said(panel, STEPPED, order(LATER))).right is True
    monkeypatch.setattr(trials, "MOMENT", 0.5)
    panel.client.execute("while True: pass")
    while (await panel.client.get_iopub_msg(timeout=30))["msg_type"] != "execute_input":
        pass
    assert (await said(panel, STEPPED, order(LATER))).right is False


async def test_a_line_that_was_not_given_out_is_refused(panel: Panel) -> None:
    await panel.start()
    strange: list[Any] = [
        ["import os", *range(8)], [9, *range(8)], [-1, *range(8)], [0, *range(8)], [[0], *range(8)], [0.5, *range(8)],
        [*range(8)], [*range(9), 0], [], {"0": "x"}, "def steps(n):\n    return n",
    ]  # fmt: skip
    request = {"path": panel.path, "exercise": "steps", "question": "arrange", "kernel_id": panel.kernel}
    for value in strange:
        status, refusal = await panel.refused("answer", msgspec.json.encode({**request, "value": value}))
        assert (status, bool(refusal.fix)) == (400, True), value
    store = panel.server.web_app.settings["math4ml_grader"].store
    assert store.answers("tried", "steps") == {}


async def test_a_choice_that_was_not_given_out_is_refused(panel: Panel) -> None:
    await panel.start()
    for value in ([0, 0, 0, 4], [1, 0, 0, 0], [0, 0, 0], UPSIDE_DOWN[0]):
        status, _ = await panel.refused("answer", panel.answering("arrange", value, "larger"))
        assert status == 400
