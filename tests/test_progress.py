"""How an exercise was first passed, and when it is to be done once more: by examples, and for any order of events."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, strategies as st

from math4ml_lab.attempts import FAILURES, Attempt
from math4ml_lab.progress import DAY, STAGES, Progress, due_times, is_changed, progress, resume

if TYPE_CHECKING:
    from random import Random

TIMES = st.integers(0, 30 * 24).map(lambda hours: hours * 3600.0)
OUTCOMES = st.sampled_from(["passed", *sorted(FAILURES)])
ATTEMPTS = st.builds(
    Attempt, TIMES, st.none(), OUTCOMES, st.none(), st.just("job"), st.sampled_from(["old", "new"]), st.booleans()
)
HINTS = st.tuples(st.sampled_from(["exercise", "solution", "check:even"]), st.integers(1, 5), TIMES)


def passed(at: float, digest: str = "d", *, review: bool = False) -> Attempt:
    return Attempt(at, None, "passed", None, "job", digest, review)


def failed(at: float, *, review: bool = False) -> Attempt:
    return Attempt(at, "f", "failed", "exercise", "job", "d", review)


REVEAL = ("solution", 5, 10.0)
HINT = ("exercise", 1, 5.0)


# -- How it was first passed -------------------------------------------------------------------------------


def test_nothing_on_record() -> None:
    assert progress([], [], 1.0) == Progress()


@pytest.mark.parametrize(
    ("attempts", "hints", "solved", "counted"),
    [
        ([failed(1)], [HINT], None, 1),
        ([passed(20)], [], "alone", 0),
        ([passed(20)], [HINT], "with_hints", 1),
        ([passed(4)], [HINT], "alone", 0),
        ([passed(20)], [HINT, REVEAL], "revealed", 2),
        ([passed(20)], [REVEAL], "revealed", 1),
        ([passed(7)], [HINT, REVEAL], "with_hints", 1),
        ([passed(20)], [("solution", 4, 10.0)], "with_hints", 1),
        ([passed(20)], [("a", 1, 5.0), ("a", 2, 6.0), ("b", 1, 7.0), ("solution", 4, 10.0)], "with_hints", 3),
        ([passed(4), failed(6), passed(20)], [HINT, REVEAL], "alone", 0),
    ],
)
def test_what_counts_was_opened_before_the_first_pass(
    attempts: list[Attempt], hints: list[tuple[str, int, float]], solved: str | None, counted: int
) -> None:
    found = progress(attempts, hints, 100.0)
    assert (found.solved, found.hints, found.attempts) == (solved, counted, len(attempts))


@given(st.lists(ATTEMPTS), st.lists(HINTS), st.lists(ATTEMPTS), st.lists(HINTS))
def test_progress_never_falls(
    attempts: list[Attempt],
    hints: list[tuple[str, int, float]],
    more: list[Attempt],
    more_hints: list[tuple[str, int, float]],
) -> None:
    before = progress(attempts, hints, inf)
    if before.passed_at is None:
        return
    late = [Attempt(31 * DAY + one.at, None, one.outcome, None, "job", one.digest, one.review) for one in more]
    late_hints = [(ladder, level, 31 * DAY + at) for ladder, level, at in more_hints]
    after = progress([*attempts, *late], [*hints, *late_hints], inf)
    assert (after.passed_at, after.solved, after.hints) == (before.passed_at, before.solved, before.hints)


@given(st.lists(ATTEMPTS), st.lists(HINTS), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_says_nothing(
    attempts: list[Attempt], hints: list[tuple[str, int, float]], random: Random
) -> None:
    shuffled, shuffled_hints = list(attempts), list(hints)
    random.shuffle(shuffled)
    random.shuffle(shuffled_hints)
    assert progress(shuffled, shuffled_hints, 20 * DAY) == progress(attempts, hints, 20 * DAY)


@given(st.lists(ATTEMPTS), st.lists(HINTS))
def test_only_what_was_revealed_comes_back(attempts: list[Attempt], hints: list[tuple[str, int, float]]) -> None:
    found = progress(attempts, hints, 20 * DAY)
    is_open = any(level == 5 for _, level, _ in hints)
    if found.solved in ("alone", "with_hints") or not is_open:
        assert (found.due_at, found.review_since) == (None, None)
    if found.solved is None and is_open:
        assert found.due_at is not None, "revealed, and never passed: due as well"


# -- When it is due ----------------------------------------------------------------------------------------


def test_it_comes_back_after_one_three_and_seven_days() -> None:
    assert [stage / DAY for stage in STAGES] == [1, 3, 7]
    assert due_times([0.0], []) == [DAY]
    assert due_times([0.0], [DAY]) == [DAY, 4 * DAY]
    assert due_times([0.0], [2 * DAY, 5 * DAY]) == [DAY, 5 * DAY, 12 * DAY]
    assert due_times([0.0], [2 * DAY, 5 * DAY, 12 * DAY]) == [DAY, 5 * DAY, 12 * DAY, None]


def test_an_ordinary_pass_is_no_second_time() -> None:
    found = progress([passed(DAY), passed(3 * DAY)], [("solution", 5, 0.0)], 4 * DAY)
    assert (found.solved, found.due_at, found.review_since) == ("revealed", DAY, DAY)


def test_an_attempt_at_it_counts_from_when_it_was_due() -> None:
    reveal = [("solution", 5, 0.0)]
    assert progress([], reveal, DAY - 1).review_since is None
    assert progress([], reveal, DAY).review_since == DAY
    done = [passed(2 * DAY, review=True)]
    assert progress(done, reveal, 2 * DAY).review_since == DAY
    assert progress(done, reveal, 5 * DAY).review_since == 5 * DAY


@given(st.lists(TIMES, min_size=1), st.lists(TIMES))
def test_due_times_grow_and_end(reveals: list[float], reviews: list[float]) -> None:
    dues = due_times(reveals, reviews)
    assert dues[0] == max(reveals) + STAGES[0]
    known = [due for due in dues if due is not None]
    assert known == sorted(known)
    assert len(known) <= len(STAGES)
    assert (dues[-1] is None) == (len(dues) == len(STAGES) + 1)
    assert None not in dues[:-1]


@given(st.lists(TIMES, min_size=1), st.lists(TIMES), TIMES)
def test_a_time_too_early_counts_nothing_and_one_in_time_completes_the_stage(
    reveals: list[float], reviews: list[float], wait: float
) -> None:
    before = due_times(reveals, reviews)
    due = before[-1]
    if due is None:
        return
    assert due_times(reveals, [*reviews, due - 1]) == before
    in_time = max([due, *reviews]) + wait
    if all(at < due for at in reviews):
        after = due_times(reveals, [*reviews, in_time])
        assert after[:-1] == before
        assert after[-1] == (in_time + STAGES[len(before)] if len(before) < len(STAGES) else None)


@given(st.lists(TIMES, min_size=1), st.lists(TIMES))
def test_a_second_reveal_begins_anew(reveals: list[float], reviews: list[float]) -> None:
    late = max(reveals + reviews) + 1
    assert due_times([*reveals, late], reviews) == [late + STAGES[0]]


# -- The module, and where to go on ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("attempts", "changed"),
    [
        ([], False),
        ([failed(1)], False),
        ([passed(1, "old")], True),
        ([passed(1, "new")], False),
        ([passed(1, "old"), passed(2, "new")], False),
        ([passed(1, "new"), passed(2, "old")], False),
    ],
)
def test_passed_with_another_module_than_todays(attempts: list[Attempt], changed: bool) -> None:  # noqa: FBT001
    assert is_changed(attempts, "new") is changed


@pytest.mark.parametrize(
    ("attempts", "wanted"),
    [
        ({}, None),
        ({"elsewhere": [failed(9)]}, None),
        ({"a": [failed(1)]}, "a"),
        ({"a": [passed(1)]}, "b"),
        ({"a": [passed(1)], "b": [passed(2)]}, "c"),
        ({"a": [failed(1)], "b": [passed(2)]}, "c"),
        ({"b": [passed(1)], "c": [passed(2)]}, "a"),
        ({"b": [passed(1), failed(5)], "a": [failed(3)]}, "c"),
        ({"a": [passed(1), passed(9, review=True)], "b": [failed(5)]}, "b"),
        ({"a": [passed(1)], "b": [passed(2)], "c": [passed(3)]}, None),
    ],
)
def test_where_to_go_on(attempts: dict[str, list[Attempt]], wanted: str | None) -> None:
    assert resume(["a", "b", "c"], attempts) == wanted
