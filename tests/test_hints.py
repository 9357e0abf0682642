import itertools
from typing import Any, get_args

import msgspec
import pytest
from hypothesis import given, strategies as st

from math4ml_lab import catalogue, hints, wire
from math4ml_lab.attempts import Attempt
from math4ml_lab.errors import UnknownLadderError
from math4ml_lab.hints import ClipRef

SOURCE = '''"""An exercise
- e1
- e2
- e3"""
from math4ml_lab.exercise import check, exercise, mistake, solution
exercise(video="LA@5", wants_a_failure_first=True)
@solution
def f(): ...
@check
def bare(): "No hints here"
@check
def rich():
    """Hints here @33:51
    - r1
    - r2"""
@mistake
def slip():
    """The name of the slip
    - s1
    - s2
    - s3"""
@mistake
def mute(): "No hints for this one"
'''
EXERCISE = catalogue.read_exercise(SOURCE, "an-exercise")
VIDEOS = catalogue.read_videos('[LA]\ntitle = "Linear algebra"\nurl = "https://youtu.be/a"')
KEYS = ["exercise", "check:rich", "mistake:slip", "structure:shape", "structure:runs", "mistake:never_failed"]
STRUCTURE = ["defined", "runs", "kind", "shape", "unchanged", "finite"]
NOW = 1_000.0


def failure(at: float, fingerprint: str | None, ladder: str | None = "check:rich", outcome: str = "failed") -> Attempt:
    return Attempt(at=at, fingerprint=fingerprint, outcome=outcome, ladder=ladder, job=f"{at}", digest="")


def failed(*names: str) -> list[wire.CheckResult]:
    held = [wire.CheckResult(name="agrees", answer="f", title="", state="held")]
    return held + [wire.CheckResult(name=name, answer="f", title="", state="failed") for name in names]


def next_state(
    key: str, opened: list[tuple[int, float]], attempts: list[Attempt], gates: hints.Gates = "gentle", now: float = NOW
) -> wire.NextHint:
    return hints.state(EXERCISE, key, opened, attempts, gates=gates, now=now, videos=VIDEOS).next


# -- How a ladder is written -------------------------------------------------------------------------------

words = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zs", "Zl", "Zp"]), min_size=1).filter(
    lambda word: not word.startswith(("-", "@")) and not set(word) & {'"', "\\"}
)
lines = st.lists(words, min_size=1, max_size=4).map(" ".join)
paragraphs = st.lists(lines, min_size=1, max_size=3)


@given(paragraphs, st.lists(paragraphs, max_size=3), st.sampled_from(["\n", "\n\n", "\n    "]))
def test_a_ladder_comes_back_as_it_was_written(title: list[str], rungs: list[list[str]], gap: str) -> None:
    text = gap.join(["\n".join(title), *("- " + gap.join(rung) for rung in rungs)])
    assert hints.split_ladder(text) == (" ".join(title), [" ".join(rung) for rung in rungs])


@given(st.text())
def test_any_text_is_split_without_loss_of_a_word(text: str) -> None:
    title, rungs = hints.split_ladder(text)
    kept = " ".join([title, *rungs]).replace("-", " ").split()
    assert kept == text.replace("-", " ").split()


@given(lines, st.integers(0, 99_999), st.integers(1, 999), st.sampled_from(["", "LA@", "MC3.2@", "3B-limits@"]))
def test_a_clip_is_taken_off_a_title(title: str, start: int, length: int, key: str) -> None:
    end = start + length
    for written in (f"{start}-{end}", f"{start // 60}:{start % 60:02}-{end // 60}:{end % 60:02}"):
        rest, ref = hints.split_title(f"{title} @{key}{written}")
        assert (rest, ref) == (title, f"{key or '@'}{written}")
        assert hints.read_ref(ref or "", "PR") == ClipRef(key[:-1] or "PR", start, end)


@pytest.mark.parametrize("title", ["W @ X", "X@F is wrong", "A @B", "mail me@33:51", "@", "T @33:61", "T @LA@"])
def test_not_every_at_is_a_clip(title: str) -> None:
    assert hints.split_title(title) == (title, None)


@pytest.mark.parametrize(
    ("text", "ref"),
    [
        ("LA", ClipRef("LA")), ("LA@473", ClipRef("LA", 473)), ("LA@2031-2295", ClipRef("LA", 2031, 2295)),
        ("LA@1:02:03", ClipRef("LA", 3723)), ("OCW-18.06-L29@0", ClipRef("OCW-18.06-L29", 0)),
    ],
)  # fmt: skip
def test_references(text: str, ref: ClipRef) -> None:
    assert hints.read_ref(text) == ref


@pytest.mark.parametrize(
    "text", ["", "@3", "a b", "LA@", "LA@x", "LA@3-2", "LA@3-3", "LA@1@2", "LA@-3", "LA@" + "9" * 5000]
)
def test_references_that_are_none(text: str) -> None:
    with pytest.raises(ValueError, match=r"is no clip|names no video|ends before"):
        hints.read_ref(text)


# -- Which ladder ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mistake", "names", "key"),
    [
        ("slip", ["shape", "rich"], "mistake:slip"),
        ("gone", ["shape", "rich"], "structure:shape"),
        ("mute", ["rich"], "check:rich"),
        (None, ["rich", "shape"], "structure:shape"),
        (None, ["agrees", "bare", "rich"], "check:rich"),
        (None, ["agrees", "bare"], "exercise"),
        (None, ["no_such_check"], "exercise"),
        (None, [], "exercise"),
        ("never_failed", [], "mistake:never_failed"),
    ],
)
def test_mistake_then_structure_then_check_then_exercise(mistake: str | None, names: list[str], key: str) -> None:
    assert hints.choose_ladder(EXERCISE, wire.Failed(), failed(*names), mistake) == key


@pytest.mark.parametrize("name", STRUCTURE)
def test_every_structural_check_has_a_ladder(name: str) -> None:
    key = hints.choose_ladder(EXERCISE, wire.Failed(), failed(name))
    assert key == f"structure:{name}"
    assert [level for level, _, _ in hints.rungs(EXERCISE, key)] == ([2, 3] if name == "runs" else [1, 2, 3])


def test_the_hint_on_an_exception_speaks_of_what_the_report_shows() -> None:
    (_, rung, _), *_ = hints.rungs(EXERCISE, "structure:runs")
    assert "error" in rung
    assert "your own line" in rung
    assert not any(word in rung for word in ("last line", "above", "traceback"))


def test_built_in_hints_hold_no_code() -> None:
    for ladder in (*hints.BUILT_IN.values(), hints.FAIL_FIRST):
        assert ladder.title
        assert not any("\n" in rung or "    " in rung for rung in ladder.rungs)
        assert ladder.first == 2 or ladder.rungs[0].endswith(("?", "exercise."))


@pytest.mark.parametrize("outcome", get_args(wire.Outcome), ids=lambda outcome: outcome.__name__)
def test_every_outcome_is_decided(outcome: type[Any]) -> None:
    numbers = ("inputs", "seconds", "megabytes")
    required = [field.name for field in msgspec.structs.fields(outcome) if field.required]
    values: dict[str, Any] = {name: 1 if name in numbers else "" for name in required}
    key = hints.choose_ladder(EXERCISE, outcome(**values))
    expected = {"Failed": "exercise", "NotAttempted": "exercise", "TimedOut": "exercise", "OutOfMemory": "exercise",
                "CellRaised": "structure:runs"}  # fmt: skip
    assert key == expected.get(outcome.__name__)


@pytest.mark.parametrize(
    ("outcome", "has_failed", "held_back"),
    [(wire.Passed(inputs=1), False, True), (wire.Passed(inputs=1), True, False), (wire.Failed(), False, False)],
)
def test_a_failure_first(outcome: wire.Outcome, has_failed: bool, held_back: bool) -> None:  # noqa: FBT001
    assert hints.never_failed(EXERCISE, outcome, has_failed=has_failed) is held_back
    plain = catalogue.read_exercise(SOURCE.replace(", wants_a_failure_first=True", ""), "an-exercise")
    assert not hints.never_failed(plain, outcome, has_failed=has_failed)
    with pytest.raises(UnknownLadderError):
        hints.rungs(plain, "mistake:never_failed")


@pytest.mark.parametrize("key", ["", "check:gone", "structure:agrees", "mistake:", "reveal"])
def test_an_unknown_ladder_says_what_to_do(key: str) -> None:
    with pytest.raises(UnknownLadderError, match="an-exercise") as caught:
        next_state(key, [], [])
    assert caught.value.fix


# -- What is shown -----------------------------------------------------------------------------------------


def test_the_clip_belongs_to_level_2() -> None:
    ladder = hints.state(EXERCISE, "check:rich", [(1, 1.0), (2, 2.0)], [], gates="gentle", now=NOW, videos=VIDEOS)
    assert [(hint.level, hint.text, hint.clip and hint.clip.start) for hint in ladder.opened] == [
        (1, "r1", None),
        (2, "r2", 2031),
    ]
    assert (ladder.levels, ladder.next, ladder.title) == (5, wire.HintReady(level=4), None)


@pytest.mark.parametrize(
    ("level", "title"), [(0, None), (1, None), (2, "The name of the slip"), (3, "The name of the slip")]
)
def test_a_mistake_is_named_from_level_2(level: int, title: str | None) -> None:
    opened = [(number, float(number)) for number in range(1, level + 1)]
    assert hints.state(EXERCISE, "mistake:slip", opened, [], gates="off", now=NOW, videos=VIDEOS).title == title


def test_an_exception_starts_at_level_2() -> None:
    attempts = [failure(1, "a", "structure:runs")]
    assert hints.open_next(EXERCISE, "structure:runs", [], attempts, gates="gentle", now=NOW) == 2
    ladder = hints.state(EXERCISE, "structure:runs", [(2, NOW)], attempts, gates="gentle", now=NOW, videos=VIDEOS)
    assert ([hint.level for hint in ladder.opened], ladder.levels, ladder.first) == ([2], 5, 2)
    assert ladder.next == wire.HintWaits(level=3, seconds=90.0)


# -- Gates -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("gates", ["gentle", "strict"])
def test_level_1_needs_a_failure_of_that_very_ladder(gates: hints.Gates) -> None:
    others = [failure(1, "a", "exercise"), failure(2, "b", None), failure(3, "c", outcome="passed")]
    assert next_state("check:rich", [], others, gates) == wire.HintWaits(level=1, seconds=None)
    assert next_state("check:rich", [], [*others, failure(4, None)], gates) == wire.HintReady(level=1)


@pytest.mark.parametrize(
    ("level", "gates", "later", "expected"),
    [
        (2, "gentle", 0, wire.HintWaits(level=2, seconds=60.0)),
        (2, "gentle", 59, wire.HintWaits(level=2, seconds=1.0)),
        (2, "gentle", 60, wire.HintReady(level=2)),
        (2, "gentle", -500, wire.HintWaits(level=2, seconds=60.0)),
        (3, "gentle", 60, wire.HintWaits(level=3, seconds=30.0)),
        (3, "gentle", 90, wire.HintReady(level=3)),
        (3, "strict", 9000, wire.HintWaits(level=3, seconds=None)),
        (2, "strict", 9000, wire.HintWaits(level=2, seconds=None)),
        (2, "off", 0, wire.HintReady(level=2)),
    ],
)
def test_time_opens_gentle_gates(level: int, gates: hints.Gates, later: float, expected: wire.NextHint) -> None:
    opened = [(number, NOW) for number in range(1, level)]
    seen = [failure(1, "a"), failure(2, "b")]
    assert next_state("mistake:slip", opened, seen, gates, NOW + later) == expected


@pytest.mark.parametrize("gates", ["gentle", "strict"])
@pytest.mark.parametrize(
    ("attempt", "opens"),
    [
        (failure(NOW + 1, "new"), True),
        (failure(NOW + 1, "new", "exercise"), True),
        (failure(NOW + 1, "old"), False),
        (failure(NOW + 1, None), False),
        (failure(NOW + 1, "new", None, "passed"), False),
        (failure(NOW - 1, "new"), False),
    ],
)
def test_only_a_failure_never_seen_before_is_a_new_attempt(gates: hints.Gates, attempt: Attempt, opens: bool) -> None:  # noqa: FBT001
    attempts = [failure(1, "old"), attempt]
    opened = hints.open_next(EXERCISE, "mistake:slip", [(1, NOW)], attempts, gates=gates, now=NOW + 2)
    assert opened == (2 if opens else None)


def test_gates_that_are_off_open_all_in_turn() -> None:
    opened: list[tuple[int, float]] = []
    for level in (1, 2, 3, 4, 5):
        assert hints.open_next(EXERCISE, "exercise", opened, [], gates="off", now=NOW, confirmed=True) == level
        opened.append((level, NOW))
    assert hints.open_next(EXERCISE, "exercise", opened, [], gates="off", now=NOW, confirmed=True) is None


events = st.lists(
    st.tuples(
        st.sampled_from(["ask", "fail", "pass"]),
        st.sampled_from(KEYS),
        st.sampled_from("abc"),
        st.floats(0, 100, width=16),
    ),
    max_size=40,
)


@given(events, st.sampled_from(["off", "gentle", "strict"]), st.booleans())
def test_open_hints_never_close(
    steps: list[tuple[str, str, str, float]],
    gates: hints.Gates,
    confirmed: bool,  # noqa: FBT001
) -> None:
    now, attempts, shared = 0.0, list[Attempt](), list[tuple[int, float]]()
    opened: dict[str, list[tuple[int, float]]] = {key: [] for key in KEYS}
    shown: dict[str, list[wire.Hint]] = {key: [] for key in KEYS}
    for what, key, fingerprint, seconds in steps:
        now += seconds
        if what == "ask":
            before = next_state(key, opened[key] + shared, attempts, gates, now)
            merged = opened[key] + shared
            level = hints.open_next(EXERCISE, key, merged, attempts, gates=gates, now=now, confirmed=confirmed)
            is_ready = isinstance(before, wire.HintReady) and (before.level < 5 or confirmed)
            assert (level is not None) == is_ready
            if level is not None:
                (shared if level > 3 else opened[key]).append((level, now))
        else:
            attempts.append(failure(now, fingerprint, key, "failed" if what == "fail" else "passed"))
        for each in KEYS:
            ladder = hints.state(EXERCISE, each, opened[each] + shared, attempts, gates=gates, now=now, videos=VIDEOS)
            assert all(hint in ladder.opened for hint in shown[each])
            levels = [hint.level for hint in ladder.opened]
            own = [level for level in levels if level < 4]
            assert all(b == a + 1 for a, b in itertools.pairwise(own))
            assert len(own) == len(opened[each])
            assert levels == own + [level for level, _ in shared]
            shown[each] = ladder.opened


@given(events, st.floats(0, 1000), st.floats(0, 1000))
def test_waiting_never_closes_a_gate(steps: list[tuple[str, str, str, float]], since: float, longer: float) -> None:
    attempts = [failure(at, fingerprint, key) for _, key, fingerprint, at in steps]
    for key, gates in itertools.product([*KEYS, "check:bare"], get_args(hints.Gates)):
        opened = [(1 if key != "structure:runs" else 2, since)]
        if key == "check:bare":
            opened = []  # its clock runs from the first failure
        start = since if opened else since + 100
        first = next_state(key, opened, attempts, gates, start)
        then = next_state(key, opened, attempts, gates, start + longer)
        assert isinstance(then, (type(first), wire.HintReady))
        if isinstance(first, wire.HintWaits) and first.seconds is not None:
            ready = next_state(key, opened, attempts, gates, start + first.seconds + 1e-6)
            assert isinstance(ready, wire.HintReady)
