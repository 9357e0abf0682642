"""Questions: how an author writes them, how they are shown, which answers are right."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import assume, given, strategies as st

from math4ml_lab import questions, wire
from math4ml_lab.catalogue import read_exercise
from math4ml_lab.errors import CatalogueError, UnfitAnswerError
from math4ml_lab.questions import Asked

IMPORTS = '"""A title"""\nfrom math4ml_lab.exercise import *\n'
SOLVED = '''
@solution
def f(A, k, rng):
    """Doc"""
    # how
    left = A @ A.T
    right = k + 1  # why
    for _ in range(k):
        left = left * right
    return left

inputs(case(A=[[1]], k=2, rng=3))

@check
def fits(got): "It fits"

@mistake
def slip(A, k, _rng):
    """A slip
    - Why?"""
    left = A @ A  # here
    return left * k

edited = mistake(edit=("k + 1", "k"), doc="One too few")
'''


def asked(body: str) -> Asked:
    (question,) = read_exercise(IMPORTS + SOLVED + body, "f").questions
    return question


def said(question: Asked, value: Any) -> wire.Answered:
    return questions.answered(question, "seed", value, 5.0)


def first_line(question: Asked, text: str) -> int:
    return questions.shown(question, "seed").lines.index(text)


# -- How an author writes them -----------------------------------------------------------------------------


def test_all_forms_are_read() -> None:
    body = """
ask("Which?", choices=["a", "b"], right="b", follow_up={"a": "Why a?"})
ask("How many?", number=42, within=0.05, follow_up="Count again.")
ask("Which shape?", shape=(3, 4), when="after")
breaks(slip, "Where?")
spot(edited, lines={2, 3})
beat(fits)
order()
order(text="Which way?", lines=["one", "two", "three"])
explain("Why?", model="Because.")
"""
    read = read_exercise(IMPORTS + SOLVED + body, "f").questions
    assert [(one.name, one.form, one.when) for one in read] == [
        ("ask-1", "choice", "before"), ("ask-2", "number", "before"), ("ask-3", "shape", "after"),
        ("breaks-1", "breaks", "after"), ("spot-1", "spot", "after"), ("beat-1", "beat", "before"),
        ("order-1", "order", "after"), ("order-2", "order", "after"), ("explain-1", "explain", "after"),
    ]  # fmt: skip
    assert read[3].inputs == ("A", "k"), "a generator is nobody's choice"
    assert read[3].defaults == {}
    assert read[3].lines == ("def f(A, k, _rng):", "    left = A @ A", "    return left * k")
    assert read[4].lines[2] == "    right = k"
    assert "It fits" in read[5].text
    assert read[6].lines[-1] == "    return left"
    assert all(one.text for one in read)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ('ask("?")', "one kind of answer"), ('ask("?", number=1, shape=())', "one kind of answer"),
        ("ask(number=1)", "asks nothing"), ('ask("", number=1)', "no text"), ("ask(11, number=1)", "no text"),
        ("ask(text(), number=1)", "no literal"), ('ask("?", number=1, size=3)', "no argument 'size'"),
        ('ask("?", 3, number=1)', "by name"), ('ask("?", number="1")', "no number"),
        ('ask("?", number=True)', "no number"),
        ('ask("?", number=1, within=2)', "no number"),
        ('ask("?", number=1, right="1")', "right= belongs to choices="),
        ('ask("?", shape=3)', "no shape"), ('ask("?", shape=(1, -1))', "no shape"),
        ('ask("?", choices=["a"])', "no choice"),
        ('ask("?", choices=["a", "a"])', "no choice"), ('ask("?", choices=["a", "b"], right="c")', "'c' is none"),
        ('ask("?", choices=["a", "b"], follow_up={"c": ""})', "'c' is none"),
        ('ask("?", number=1, when="now")', "no time"),
        ('ask("?", number=1, follow_up={"1": "a"})', "has choices"), ('ask("?", number=1, follow_up=3)', "no text"),
        ("spot(slip, lines={9})", "1: def f(A, k, _rng):; 2: left = A @ A"),
        ("spot(slip, lines=set())", "names no lines"),
        ('spot(slip, lines={1, "a"})', "names no lines"), ("spot(slip)", "names no lines"),
        ('lost = mistake(edit=("k + 7", "k"), doc="Not there")\nspot(lost, lines={1})', "no lines to show"),
        ('spot("slip", lines={1})', "names no mistake"), ("breaks(fits)", "names no mistake"),
        ("breaks()", "names no mistake"),
        ("beat(slip)", "names no check"), ('order(lines=["a", "b"])', "no lines"), ("order(lines=3)", "no lines"),
        ('explain("?")', "no model"), ('explain("?", model="a\\n")', "no text"),
        ("x = spot(slip, lines={1})", "not read"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_question(call: str, message: str) -> None:
    with pytest.raises(CatalogueError) as caught:
        read_exercise(IMPORTS + SOLVED + call, "f")
    problem = caught.value.problems[-1]
    assert message in f"{problem.message} {problem.fix}"
    assert problem.line == (IMPORTS + SOLVED + call).count("\n") + 1
    assert problem.fix


def test_a_value_has_no_input_to_break_it() -> None:
    with pytest.raises(CatalogueError, match="asks for no input"):
        read_exercise(IMPORTS + '@solution\ndef v(): return 1\n@mistake\ndef w(): "W"\nbreaks(w)\n', "v")


# -- Which answers are right -------------------------------------------------------------------------------


def test_choices() -> None:
    question = asked('ask("?", choices=["a", "b", "c"], right=["b", "c"], follow_up={"a": "Why?"})')
    answer = said(question, "a")
    assert answer == wire.Answered(at=5.0, value="a", right=False, truth="b or c", follow_up="Why?")
    assert said(question, "c").right is True
    assert said(asked('ask("?", choices=["a", "b"])'), "a").right is None


@given(
    st.floats(-1e9, 1e9).filter(lambda number: number == 0 or abs(number) > 1e-300), st.floats(0, 0.5), st.floats(-2, 2)
)
def test_numbers_within_their_tolerance(number: float, within: float, off: float) -> None:
    question = Asked(name="ask-1", form="number", text="?", when="before", number=number, within=within)
    assert said(question, repr(number)).right is True
    assume(not 0.99 < abs(off) < 1.01)
    near = number + off * max(within, 1e-9) * (abs(number) or 1)
    if near != number and abs(near - number) > 1e-12 * abs(number):
        assert said(question, repr(near)).right is (abs(off) < 1)


@pytest.mark.parametrize(
    ("text", "right"),
    [("42", True), (" 43.5 ", True), ("4.2e1", True), ("45", False), ("\N{MINUS SIGN}42", False), ("inf", False)],
)
def test_a_number_as_it_is_typed(text: str, right: bool) -> None:  # noqa: FBT001
    answer = said(asked('ask("?", number=42.0, within=0.05, follow_up="Again.")'), text)
    assert (answer.right, answer.truth, answer.follow_up) == (right, "42", None if right else "Again.")


@given(
    st.lists(st.integers(0, 10**6), max_size=5),
    st.sampled_from(["({})", "{}", "[{}]", " ( {} ) "]),
    st.sampled_from([",", ", ", "x", " x ", " \N{MULTIPLICATION SIGN} "]),
)
def test_shapes_however_they_are_typed(sizes: list[int], form: str, between: str) -> None:
    text = form.format(between.join(map(str, sizes)))
    assume(sizes or "(" in text or "[" in text)
    question = Asked(name="ask-1", form="shape", text="?", when="before", shape=tuple(sizes))
    assert said(question, text).right is True
    assert said(question, f"({', '.join(map(str, [*sizes, 7]))},)").right is False


@pytest.mark.parametrize(
    ("body", "value"),
    [
        ('ask("?", shape=())', ""), ('ask("?", shape=())', "3 4"), ('ask("?", shape=())', "(,)"),
        ('ask("?", shape=())', "a"),
        ('ask("?", shape=())', [1]), ('ask("?", number=1)', "one"), ('ask("?", number=1)', "nan"),
        ('ask("?", number=1)', [1]),
        ('ask("?", number=1)', "9" * 5000), ('ask("?", choices=["a", "b"])', "c"), ("spot(slip, lines=2)", [3]),
        ("spot(slip, lines=2)", [-1]), ("spot(slip, lines=2)", [1, 2]), ("spot(slip, lines=2)", "1"),
        ("order()", [0, 1]),
        ("order()", [0] * 6), ("order()", [0, 1, 2, 3, 4, 6]), ('explain("?", model="!")', " "), ("beat(fits)", "x"),
    ],
)  # fmt: skip
def test_what_is_no_answer_is_refused_in_words(body: str, value: Any) -> None:
    with pytest.raises(UnfitAnswerError) as caught:
        said(asked(body), value)
    assert caught.value.message
    assert caught.value.fix


@pytest.mark.parametrize("body", ['ask("?", number=1)', "spot(slip, lines=2)", "order()", "beat(fits)", "breaks(slip)"])
def test_any_question_can_be_skipped(body: str) -> None:
    assert said(asked(body), None) == wire.Answered(at=5.0, value=None)


def test_any_of_the_accepted_lines_is_right() -> None:
    question = asked('spot(slip, lines={2, 3}, follow_up="Which is it?")')
    assert [said(question, [place]).right for place in range(3)] == [False, True, True]
    wrong = said(question, [0])
    assert (wrong.wrong, wrong.value, wrong.follow_up) == ([0], "[0]", "Which is it?")
    assert wrong.truth == "    left = A @ A\n    return left * k"


def test_lines_are_put_in_order() -> None:
    question = asked("order()")
    lines = questions.shown(question, "seed").lines
    right = [lines.index(line) for line in question.lines]
    assert said(question, right).right is True
    right[1], right[2] = right[2], right[1]
    assert said(question, right).right is True, "neither line needs the other"
    right[0], right[5] = right[5], right[0]
    answer = said(question, right)
    assert answer.right is False
    assert {lines[place].strip() for place in answer.wrong} == {"def f(A, k, rng):", "return left"}
    assert said(question, list(range(6))).right is False


@given(st.permutations(range(6)))
def test_an_arrangement_is_told_where_it_is_wrong_and_not_what_is_right(order: list[int]) -> None:
    exercise = read_exercise(IMPORTS + SOLVED, "f")
    question = questions.arrange(exercise.solution, [], "seed")
    answer = said(question, order)
    assert answer.truth is None
    assert answer.right is (not answer.wrong)
    assert json.loads(answer.value or "") == order


def test_lines_are_chosen() -> None:
    question = questions.arrange("def f(x):\n    y = x + 1\n    return y * x", ["def s(x):\n    return x"], "seed")
    shown = questions.shown(question, "seed")
    assert (shown.form, shown.lines, len(shown.slots)) == ("choose", [], 3)
    right = [slot.index(line) for slot, line in zip(shown.slots, question.lines, strict=True)]
    assert said(question, right).right is True
    right[1] = 1 - min(right[1], 1)
    answer = said(question, right)
    assert (answer.right, answer.wrong, answer.truth) == (False, [1], None)
    with pytest.raises(UnfitAnswerError):
        said(question, [1, 0, 0])


def test_a_sentence_is_never_judged() -> None:
    answer = said(asked('explain("?", model="Because.")'), "I think so.")
    assert (answer.right, answer.truth) == (None, "Because.")


def test_which_line_was_wrong() -> None:
    failed = "# mine\nx = 1\ny = x - 1"
    for passing, is_changed in (
        ("x = 1\ny = x + 1", [False, True]),
        ("y = x - 1  # first\nx = 2", [True, False]),
        ("a = 3", [True, True]),
    ):
        question = questions.reflect(failed, passing)
        assert question is not None
        answers = [said(question, [place]) for place in range(2)]
        assert [answer.right for answer in answers] == is_changed
        assert {answer.truth for answer in answers} == {None}, "which of them was wrong, nobody knows"
    assert questions.reflect("x = 1", "x = 2") is None


@pytest.mark.parametrize("passing", ["x = 1\ny = x - 1\nz = 3", "y = x - 1\nx = 1"])
def test_where_each_line_stands_in_the_right_answer_none_was_wrong(passing: str) -> None:
    assert questions.reflect("x = 1\ny = x - 1", passing) is None


@pytest.mark.parametrize(
    ("states", "beaten"),
    [
        ({"fits": "held", "agrees": "failed"}, True), ({"fits": "failed", "agrees": "failed"}, False),
        ({"fits": "held", "agrees": "held"}, False), ({"agrees": "failed"}, False),
        ({"fits": "skipped", "runs": "failed"}, False),
        ({"fits": "held", "never_failed": "failed"}, False),
    ],
)  # fmt: skip
def test_a_check_is_beaten_by_a_report(states: dict[str, Any], beaten: bool) -> None:  # noqa: FBT001
    checks = [wire.CheckResult(name=name, answer="f", title=name, state=state) for name, state in states.items()]
    answer = questions.beaten(asked("beat(fits)"), checks, 3.0)
    assert answer == (wire.Answered(at=3.0, value="agrees", right=True) if beaten else None)


def test_what_is_not_told_yet_is_hidden() -> None:
    question = asked('ask("?", number=1, follow_up="No?")')
    answer = said(question, "2")
    assert questions.shown(question, "seed", answer).answer == answer
    assert questions.shown(question, "seed", answer, is_told=False).answer == wire.Answered(at=5.0, value="2")
