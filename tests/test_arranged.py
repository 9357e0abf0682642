"""Programs of a puzzle's lines, judged as answers are: what is right, what is not, and what ends by itself."""

from __future__ import annotations

import os
import sys
import textwrap
from typing import TYPE_CHECKING, Any

import pytest
from arranging import ENDLESS, LARGER, LATER, STEPS, UPSIDE_DOWN, chosen, placed
from hypothesis import assume, given, strategies as st
from live import Live, exercise, tag
from test_course import EXERCISES, module, read

from math4ml_lab import questions, reveal, wire
from math4ml_lab.catalogue import read_exercise
from math4ml_lab.kernel import arranged
from math4ml_lab.kernel.reference import Reference
from math4ml_lab.lines import code_lines, misplaced

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCE = """
import numpy as np
from math4ml_lab.exercise import *

_RATES = np.array([1.0, 2.0])

class _Kept:
    def __init__(self, value): self.value = value

def _half(v):
    return v / 2

@solution
def halves(v):
    out = v.copy()
    out[0] = _RATES[1]
    return _Kept(_half(out))

@solution
def both(v):
    return halves(v).value + _RATES[0]

@view(of=halves)
def _seen(kept):
    return kept.value

inputs(case(v=np.array([4.0, 6.0])), case(v=np.array([-2.0])))

@check(of=halves)
def few_lines(lines_run):
    "Few lines run"
    assert lines_run < 9

@mistake
def wholes(v):
    "Wholes"
    return _Kept(v)
"""
HALVES = "def halves(v):\n    out = v.copy()\n    out[0] = _RATES[1]\n    return _Kept(_half(out))\n"
BOTH = "def both(v):\n    return halves(v).value + _RATES[0]"


def verdict(program: str, source: str = SOURCE, limit: float = 5.0) -> dict[str, Any]:
    reference = Reference("e", source, None, {}, None)
    found: dict[str, Any] = arranged.verdict(reference, program, limit, 512)["outcome"]
    return found


def test_a_program_has_what_the_module_gives_its_solution() -> None:
    assert verdict(HALVES + BOTH) == {"kind": "passed", "inputs": 2}
    assert verdict(BOTH + "\n" + HALVES) == {"kind": "passed", "inputs": 2}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("_half(out)", "out"),  # another result
        ("v.copy()", "v"),  # the input is changed, and the result right
        ("    out = v", "    for _ in v: [None for _ in range(9)]\n" + 9 * "    _\n" + "    out = v"),  # a check fails
        ("def halves", "def wholes"),  # the module's own solution is not there
        ("    out = v", "    import sys\n    sys.exit()\n    out = v"),
        ("def halves", "raise SystemExit\ndef halves"),
        ("    return _Kept", "    outs\n    return _Kept"),
        ("    return _Kept", "return _Kept"),  # it stands in no function
        ("def halves(v)", "def halves(v, w)"),
        (HALVES, "halves = 3\n"),
    ],
)
def test_what_is_wrong_with_a_program_is_found_as_with_any_answer(old: str, new: str) -> None:
    program = (HALVES + BOTH).replace(old, new, 1)
    assert program != HALVES + BOTH
    reference = Reference("e", SOURCE, None, {}, None)
    assert arranged.verdict(reference, program, 5.0, 512)["outcome"] == {"kind": "failed"}


def test_a_program_leaves_the_module_and_the_process_as_they_were() -> None:
    reference = Reference("e", SOURCE, None, {}, None)
    before, streams, leave = dict(reference.namespace), (sys.stdout, sys.stderr), os._exit
    program = f"_RATES[:] = 9\nimport os\nos.kept = _RATES\ndef _half(v): return v\nprint(1)\n{HALVES}{BOTH}"
    assert arranged.verdict(reference, program, 5.0, 512)["outcome"] == {"kind": "failed"}
    del os.kept  # type: ignore[attr-defined]
    assert reference.namespace == before
    assert reference.namespace["_RATES"].tolist() == [1, 2]
    assert ((sys.stdout, sys.stderr), os._exit) == (streams, leave)
    assert arranged.verdict(reference, HALVES + BOTH, 5.0, 512)["outcome"]["kind"] == "passed"


@pytest.mark.parametrize("loop", ["while True: pass", "while True:\n        try: 1 / 0\n        except: pass"])
def test_a_program_that_does_not_end_is_out_of_time(loop: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arranged, "LIMIT", 0.3)
    assert verdict((HALVES + BOTH).replace("    out = ", f"    {loop}\n    out = ", 1))["kind"] == "timed_out"
    assert verdict(f"{loop}\n".replace("\n    ", "\n") + HALVES + BOTH)["kind"] == "failed"


def test_a_value_and_what_was_printed_on_the_way() -> None:
    source = """"Sums"
from math4ml_lab.exercise import *

@solution
def total():
    parts = [1, 2]
    print(len(parts))
    return sum(parts)

@check
def tells(printed):
    "It tells how many"
    assert printed == "2\\n"
"""
    assert read_exercise(source, "e").solution.splitlines()[-1] == "total = sum(parts)"
    assert verdict("parts = [1, 2]\ntotal = sum(parts)\nprint(len(parts))", source)["kind"] == "passed"
    assert verdict("parts = [1, 2]\ntotal = sum(parts)\nprint(total)", source)["kind"] == "failed"


# -- What a puzzle accepts ---------------------------------------------------------------------------------


def program(source: str, value: Any, question: questions.Asked) -> str | None:
    return questions.program(question, "seed", value, read_exercise(source, "e").solution)


def test_an_order_across_an_if_is_another_right_one() -> None:
    first, words = read_exercise(STEPS, "e").questions
    for numbers, kind in ((LATER, "passed"), (ENDLESS, "timed_out"), (range(9), "passed")):
        value = placed(first, "seed", numbers)
        answer = questions.answered(first, "seed", value, 0.0)
        text = program(STEPS, value, first)
        assert text is not None
        assert sorted(text.split("\n")) == sorted(first.lines)
        assert (answer.right, verdict(text, STEPS, 0.5)["kind"]) == (numbers == range(9), kind)
        accepted = questions.accepted(first, answer)
        assert (accepted.right, accepted.wrong, accepted.follow_up, accepted.value) == (True, [], None, answer.value)
        assert "right order" in (accepted.truth or "")
    assert program(STEPS, [2, 0, 1], words) is None, "words are no program"
    assert program(STEPS, None, first) is None
    assert program(STEPS, placed(first, "seed", [1, 0, *range(2, 9)]), first) is None, "no Python"
    other = read_exercise(STEPS.replace("count + 1", "count + 2"), "e").solution
    assert questions.program(first, "seed", LATER, other) is None, "another version's lines"


def test_lines_of_several_mistakes_can_make_a_right_choice() -> None:
    of = read_exercise(LARGER, "e")
    question = questions.arrange(of.solution, [mistake.source for mistake in of.mistakes], "seed")
    value = chosen(question, UPSIDE_DOWN)
    assert questions.answered(question, "seed", value, 0.0).right is False
    text = program(LARGER, value, question)
    assert text == "\n".join(UPSIDE_DOWN)
    assert verdict(text, LARGER)["kind"] == "passed"
    wrong = program(LARGER, chosen(question, [*UPSIDE_DOWN[:2], "        return a", "    return a"]), question)
    assert wrong is not None
    assert verdict(wrong, LARGER)["kind"] == "failed"


def swapped(lines: list[str]) -> Iterator[tuple[str, ...]]:
    """Give all orders that the static rule accepts, as far as swaps of neighbours lead there."""
    found, new = {tuple(lines)}, [tuple(lines)]
    while new:
        one = new.pop()
        yield one
        for place in range(len(one) - 1):
            other = (*one[:place], one[place + 1], one[place], *one[place + 2 :])
            if other not in found and not misplaced(lines, other):
                found.add(other)
                new.append(other)


@pytest.mark.filterwarnings("ignore::RuntimeWarning")  # of the course's inputs, some divide by nothing
@pytest.mark.parametrize("name", EXERCISES)
def test_what_the_course_accepts_unseen_runs_right(name: str) -> None:
    of, path = read(name), module(name)
    battery = path.with_suffix(".battery.json")
    frozen = battery.read_text(encoding="utf-8") if battery.exists() else None
    reference = Reference(name, path.read_text(encoding="utf-8"), frozen, {}, of.starter)
    puzzle = reveal.arrange(of)
    seed = reveal.seed(of)
    right = placed(puzzle, seed, range(len(puzzle.lines))) if not puzzle.slots else chosen(puzzle, puzzle.lines)
    text = questions.program(puzzle, seed, right, of.solution)
    assert text is not None, "each puzzle of the course can be run"
    for one in {text, *("\n".join(order) for order in swapped(code_lines(of.solution)))}:
        assert arranged.verdict(reference, one, 5.0, 512)["outcome"]["kind"] == "passed", one


STATEMENTS = [
    "a = a + 1", "a = x", "b = y", "c = a + b", "b = c * 2", "log.append(a)", "log.append(c)", "c = sum(log)",
    "if a > b:\n        c = 0", "for a in log:\n        b = b + a", "a, b = b, a",
]  # fmt: skip


@given(st.lists(st.sampled_from(STATEMENTS), min_size=2, max_size=5), st.randoms(use_true_random=False))
def test_what_the_static_rule_accepts_runs_right(body: list[str], chance: Any) -> None:
    head = "def f(x, y):\n    a, b, c, log = x, y, 1, [2]\n"
    solution = head + textwrap.indent("\n".join(body), "    ").replace("\n            ", "\n        ")
    solution += "\n    return a, b, c, log"
    orders = list(swapped(code_lines(solution)))
    assume(len(orders) > 1)
    source = f"from math4ml_lab.exercise import *\n@solution\n{solution}\ninputs(case(x=1, y=4), case(x=3, y=-2))\n"
    assert verdict("\n".join(chance.choice(orders)), source)["kind"] == "passed"


# -- In a kernel -------------------------------------------------------------------------------------------


@pytest.mark.kernel
def test_the_judge_beside_a_kernel_tries_programs(tmp_path_factory: pytest.TempPathFactory) -> None:
    one = exercise("steps", STEPS, ["steps"], limit=0.5)
    lines = code_lines(read_exercise(STEPS, "steps").solution)
    with Live(tmp_path_factory.mktemp("kernel")) as live:
        live.run("steps = 'the learner has something else'")

        def judged(text: str) -> Any:
            (job,) = live.wait(live.link.check([{**tag("p", one), "source": "", "arranged": text}], [one]))
            return live.verdict(job).outcome

        assert isinstance(judged("\n".join(lines[number] for number in ENDLESS)), wire.TimedOut)
        assert judged("\n".join(lines[number] for number in LATER)) == wire.Passed(inputs=2)
        assert judged("def steps(n):\n    return 7") == wire.Failed()
        assert isinstance(judged("def steps(n):\n    return sum(range(10**15))"), wire.Broken), "it was in C"
        assert judged("\n".join(lines)) == wire.Passed(inputs=2), "the judge is there for the next one"
        assert live.value("steps") == "'the learner has something else'"
