"""Questions and the highest hints on a real server with real kernels: what is asked, kept, told, and when."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from test_server import COURSE, DOUBLE, RIGHT, VIDEOS, WRONG

from math4ml_lab import wire

if TYPE_CHECKING:
    from pathlib import Path

    from panel import Panel

    from math4ml_lab.attempts import AttemptStore

pytestmark = pytest.mark.kernel

ASKED = DOUBLE.replace("import case", "import ask, beat, breaks, explain, spot, case")
ASKED += """
ask("What is twice 3?", choices=["6", "9"], right="6", follow_up={"9": "Which is 3 times 3?"})
beat(even)
spot(squared, lines={2})
explain("Why?", model="It is the sum.")
"""
BROKEN = """
breaks(squared, when="before", follow_up="Where do a square and a double meet?")
@mistake
def hangs(x):
    "It never ends"
    while x > 10: pass
    return 0
breaks(hangs)
"""


@pytest.fixture(autouse=True)
def _course(panel: Panel, jp_root_dir: Path) -> None:
    (jp_root_dir / "course.toml").write_text(COURSE)
    (jp_root_dir / "videos.toml").write_text(VIDEOS)
    (jp_root_dir / "unit" / "double.py").write_text(ASKED)


async def questions(panel: Panel) -> dict[str, wire.Question]:
    (info,) = (await panel.exercises({"a": "double"})).exercises
    return {question.name: question for question in info.questions}


def named(report: wire.Report, name: str) -> wire.Question:
    return next(question for question in report.questions if question.name == name)


async def test_a_prediction_is_kept_and_held_against_the_verdict(panel: Panel) -> None:
    await panel.start()
    asked = await questions(panel)
    assert [question.name for question in asked.values()] == ["ask-1", "beat-1"], "the others follow a pass"
    assert asked["ask-1"].options == ["6", "9"]
    said = await panel.answer("ask-1", "9")
    assert (said.value, said.right, said.truth, said.follow_up) == ("9", None, None, None)
    assert (await questions(panel))["ask-1"].answer == said, "nothing is told before the verdict"
    report = await panel.judged(WRONG)
    told = named(report, "ask-1").answer
    assert told is not None
    assert (told.at, told.right, told.truth, told.follow_up) == (said.at, False, "6", "Which is 3 times 3?")
    assert (await questions(panel))["ask-1"].answer == told
    (info,) = (await panel.exercises({"a": "double"})).exercises
    assert info.latest is not None
    assert named(info.latest, "ask-1").answer == told, "a reload loses nothing"
    assert (await panel.answer("ask-1", None)).value is None


async def test_what_follows_a_pass(panel: Panel) -> None:
    await panel.start()
    status, refusal = await panel.refused("answer", panel.answering("spot-1", [1]))
    assert (status, "after a pass" in refusal.message, bool(refusal.fix)) == (409, True, True)
    report = await panel.judged(RIGHT)
    assert [question.name for question in report.questions] == ["ask-1", "beat-1", "spot-1", "explain-1"]
    assert named(report, "spot-1").lines == ["def double(x):", "    return x * x"]
    said = await panel.answer("spot-1", [0])
    assert (said.right, said.wrong, said.truth) == (False, [0], "    return x * x")
    assert (await panel.answer("spot-1", [1])).right is True
    assert (await panel.answer("explain-1", "So.")).truth == "It is the sum."
    assert {name: one.answer is not None for name, one in (await questions(panel)).items()} == {
        "ask-1": False, "beat-1": False, "spot-1": True, "explain-1": True,
    }  # fmt: skip


async def test_a_weak_check_is_beaten_by_running_a_wrong_answer(panel: Panel) -> None:
    await panel.start()
    status, _ = await panel.refused("answer", panel.answering("beat-1", "I did"))
    assert status == 400
    report = await panel.judged("def double(x):\n    return 3 * x")
    assert named(report, "beat-1").answer is None
    report = await panel.judged(RIGHT)
    assert named(report, "beat-1").answer is None
    report = await panel.judged("def double(x):\n    return 4 * x")
    answer = named(report, "beat-1").answer
    assert answer is not None
    assert (answer.right, answer.at, answer.value) == (True, report.at, "double is right")


async def test_from_the_puzzle_to_the_solution_and_what_was_wrong(panel: Panel) -> None:
    await panel.start()
    key = "mistake:squared"
    status, _ = await panel.refused("answer", panel.answering("arrange", [0, 0]))
    assert status == 409
    for factor in range(3):
        await panel.judged(f"n = {factor}\ndef double(x):\n    return x ** 2 + n * (x - 1)")
        await panel.judged(WRONG)
        await panel.hint(key)
    (info,) = (await panel.exercises({"a": "double"})).exercises
    assert info.latest is not None
    ladder = info.latest.ladder
    assert ladder is not None
    assert ladder.next == wire.HintReady(level=4)
    ladder = await panel.hint(key)
    puzzle = ladder.opened[-1].puzzle
    assert puzzle is not None
    assert (ladder.opened[-1].level, puzzle.form, puzzle.slots[0]) == (4, "choose", ["def double(x):"])
    assert "    return x * x" in puzzle.slots[1]
    right = puzzle.slots[1].index("    return 2 * x")
    said = await panel.answer("arrange", [0, puzzle.slots[1].index("    return x * x")])
    assert (said.right, said.wrong, said.truth) == (False, [1], None)
    assert (await panel.answer("arrange", [0, right])).right is True
    ladder = await panel.hint(key)
    assert ([hint.level for hint in ladder.opened], ladder.next) == ([1, 2, 3, 4], wire.HintReady(level=5))
    assert ladder.opened[-1].puzzle is not None
    assert ladder.opened[-1].puzzle.answer is not None
    assert ladder.opened[-1].puzzle.answer.right
    ladder = await panel.hint(key, confirmed=True)
    assert (ladder.opened[-1].code, ladder.next) == ("def double(x):\n    return 2 * x", wire.HintsDone())
    elsewhere = await panel.hint("exercise")
    assert [hint.level for hint in elsewhere.opened][-2:] == [4, 5], "they belong to the exercise"

    report = await panel.judged(RIGHT)
    assert report.solution == "def double(x):\n    return 2 * x"
    reflect = named(report, "reflect")
    assert (reflect.form, reflect.lines) == ("reflect", ["def double(x):", "    return x ** 2"])
    assert (await panel.answer("reflect", [1])).right is True
    report = await panel.judged("def double(x): return 2*x  # twice")
    assert report.solution is None
    answer = named(report, "reflect").answer
    assert answer is not None, "it is asked once"
    assert answer.right
    await panel.judged(WRONG)
    report = await panel.judged(RIGHT)
    assert "reflect" not in [question.name for question in report.questions], "no hint was opened since"


async def test_one_looks_back_at_the_last_answer_that_ran(panel: Panel) -> None:
    """Not at one with a slip of the pen; and only what is known of a line is told."""
    store: AttemptStore = panel.server.web_app.settings["math4ml_grader"].store
    await panel.start()
    await panel.judged(WRONG)
    store.open_hint("tried", "double", "exercise", 3, time.time())
    ran = "def double(x):\n    y = 3\n    z = x\n    return z * y"
    await panel.judged(ran)
    await panel.judged("def double(x):\n    return nq.dot(2, x)")
    await panel.judged("def double(x):\n    return 2 * (x")
    report = await panel.judged("def double(x):\n    z = x\n    w = 2\n    return z * w")
    reflect = named(report, "reflect")
    assert reflect.lines == ran.split("\n")
    told = [await panel.answer("reflect", [place]) for place in range(4)]
    assert [(one.right, one.truth, one.wrong) for one in told] == [
        (False, None, []), (True, None, []), (False, None, []), (True, None, []),
    ]  # fmt: skip
    await panel.judged("def double(x):\n    return (")
    await panel.judged("def double(x):\n    return 2 *")
    store.open_hint("tried", "double", "check:even", 3, time.time())
    report = await panel.judged(RIGHT)
    assert named(report, "reflect").lines[1] == "    return 2 *", "where none ran, the last one is better than none"


async def test_earlier_answers_are_told_once_each(panel: Panel) -> None:
    await panel.start()
    for source in (WRONG, RIGHT, WRONG):
        await panel.judged(source)
    body = await panel.post("attempts", wire.AttemptsRequest(path=panel.path, exercise="double"))
    found = msgspec.json.decode(body, type=wire.AttemptsAnswer).attempts
    assert [(one.source, one.outcome) for one in found] == [(WRONG, "failed"), (RIGHT, "passed")]
    assert found[0].at > found[1].at


@pytest.mark.parametrize(
    ("question", "value", "status", "named"),
    [
        ("ask-1", "12", 400, "none of the choices"), ("ask-1", [1], 400, "none of the choices"),
        ("ask-9", "6", 404, "ask-9"), ("reflect", [1], 404, "reflect"), ("arrange", None, 409, "not open"),
    ],
)  # fmt: skip
async def test_what_is_no_answer_is_refused_in_words(
    panel: Panel, question: str, value: Any, status: int, named: str
) -> None:
    code, refusal = await panel.refused("answer", panel.answering(question, value))
    assert (code, bool(refusal.fix)) == (status, True)
    assert named in refusal.message
    code, refusal = await panel.refused("answer", panel.answering(question, value, "no-such"))
    assert (code, "no-such" in refusal.message) == (404, True)


async def test_an_input_that_breaks_a_wrong_answer(panel: Panel, jp_root_dir: Path) -> None:
    (jp_root_dir / "unit" / "double.py").write_text(ASKED.replace("points=2", "points=2, limit=0.5") + BROKEN)
    status, refusal = await panel.refused("answer", panel.answering("breaks-1", {"x": "3"}))
    assert (status, "no running kernel" in refusal.message) == (400, True)
    await panel.start()
    question = (await questions(panel))["breaks-1"]
    assert (question.inputs, question.lines) == (["x"], ["def double(x):", "    return x * x"])
    assert (await panel.answer("breaks-1", {"x": "2"})).right is None, "it is told with the verdict"
    report = await panel.judged(RIGHT)
    told = named(report, "breaks-1").answer
    assert told is not None
    assert (told.right, told.truth) == (False, "On x=2 it is right.")
    assert told.follow_up == "Where do a square and a double meet?"
    await panel.answer("breaks-1", {"x": "3"})
    told = named(await panel.judged(RIGHT), "breaks-1").answer
    assert told is not None
    assert (told.right, told.value, told.follow_up) == (True, '{"x": "3"}', None)
    assert told.truth == "On x=3 it gives 9, and that is wrong."
    assert question.defaults == {}
    for value, why in (({"x": "[1]"}, "x cannot be"), ({"y": "1"}, "each input"), ("3", "each input"), ({}, "input")):
        status, refusal = await panel.refused("answer", panel.answering("breaks-1", value))
        assert (status, why in refusal.message, bool(refusal.fix)) == (400, True, True), refusal
    status, refusal = await panel.refused("answer", panel.answering("breaks-2", {"x": "11"}))
    assert (status, "too long" in refusal.message) == (400, True)
    assert (await panel.answer("breaks-2", {"x": "1"})).right is True, "the judge is there for the next one"
