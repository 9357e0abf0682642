"""Tests that came from elsewhere, in a real kernel: right answers, wrong ones, hostile ones; and their report."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from live import Live, exercise

from math4ml_lab import wire

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from panel import Panel

pytestmark = pytest.mark.kernel

HEAD = "from math4ml_lab.exercise import *\nexercise(answers=['f'])\n"
STUB = "def f(x):\n    # YOUR CODE HERE\n    raise NotImplementedError()"
PROMPTS = (
    HEAD + "transcript('A', '>>> np.allclose(f(2), 4)\\nTrue\\n>>> f(3) == 9\\nTrue\\n>>> f(2)\\n4', names=['np'])"
)
STATED = HEAD + "script('A', 'assert f(2) == 4\\nassert np.isclose(f(3), 9)\\nassert f(f) is None', names=['np'])"
SOLVED = HEAD.replace("'f'", "'g'") + (
    "inputs(case(x=1))\n@solution\ndef f(x):\n    return x\nscript('A', 'assert g == f(1)')"
)
RIGHT = "def f(x):\n    return x * x if x is not f else None"
LIMIT = 2.0


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    with Live(tmp_path_factory.mktemp("scripts")) as live:
        stubs = {"top": "raise NotImplementedError"}
        cells = {"prompts": PROMPTS, "stated": STATED, "top": HEAD + "script('A', 'assert f')"}
        cells["solved"] = SOLVED
        names = {"solved": ["f", "g"]}
        live.watch({
            name: exercise(name, text, names.get(name, ["f"]), limit=LIMIT, starter=STUB, stub=stubs.get(name, STUB))
            for name, text in cells.items()
        })  # fmt: skip
        live.run("import numpy as np")
        yield live


@pytest.mark.parametrize("cell", ["prompts", "stated"])
def test_right_and_wrong_answers(live: Live, cell: str) -> None:
    assert live.judged(RIGHT, cell).outcome == wire.Passed(inputs=0)
    verdict = live.judged(RIGHT.replace("x * x", "2 * x"), cell)
    measurement = {"prompts": "f(3) == 9: 6, needs 9", "stated": "np.isclose(f(3), 9): f(3) is 6"}[cell]
    assert (verdict.outcome, verdict.checks[-1].measurement) == (wire.Failed(), measurement)
    assert live.judged(STUB + "  # later", cell).outcome == wire.NotAttempted()
    raised = live.judged("def f(x):\n    y = x\n    return y.shape", cell)
    assert raised.checks[-1].line == wire.Line("return y.shape", 3)


def test_where_only_tests_are_the_notebook_is_judged_whatever_a_cell_says(live: Live) -> None:
    live.judged(RIGHT, "prompts")
    assert live.judged("answered = 'above'", "prompts").outcome == wire.Passed(inputs=0)


def test_a_cell_that_says_nothing_of_a_solved_answer_is_not_tested(live: Live) -> None:
    assert live.judged("def f(x):\n    return x\n\ng = 1", "solved").outcome == wire.Passed(inputs=1)
    verdict = live.judged("other = 1", "solved")
    told = "This cell does not define %r: the one in the kernel is from another cell, or an earlier run."
    assert verdict.outcome == wire.Failed()
    assert {(one.answer, one.measurement) for one in verdict.checks if one.state == "failed"} == {
        ("f", told % "f"), ("g", told % "g"),
    }  # fmt: skip
    assert {one.state for one in verdict.checks if one.name == "script_1"} == {"skipped"}


def test_a_stub_that_raises_at_once_is_not_attempted(live: Live) -> None:
    live.link.runs.pop("top", None)
    live.run("raise NotImplementedError  # soon", "top")
    assert live.ran("top").jobs[0].known == wire.NotAttempted()
    live.link.runs.pop("top", None)
    live.run("raise KeyError", "top")
    assert isinstance(live.ran("top").jobs[0].known, wire.CellRaised)


@pytest.mark.parametrize("cell", ["prompts", "stated"])
def test_an_endless_answer_is_told_with_the_prompt(live: Live, cell: str) -> None:
    outcome = live.judged("def f(x):\n    while x == 2:\n        pass", cell).outcome
    assert isinstance(outcome, wire.TimedOut)
    assert outcome.smallest_input == {"prompts": "np.allclose(f(2), 4)", "stated": "assert f(2) == 4"}[cell]
    assert outcome.line is not None
    assert outcome.line.number in (2, 3)


def test_what_another_cell_defines_is_asked_for(live: Live) -> None:
    live.run("kept = np; del np")
    try:
        assert live.judged(RIGHT, "prompts").outcome == wire.Lacks(names=["np"])
    finally:
        live.run("np = kept; del kept")
    assert live.judged(RIGHT, "prompts").outcome == wire.Passed(inputs=0)


EQUAL = """
class Equal{base}:
    def __eq__(self, other): return True
    def __ne__(self, other): return False
    def __repr__(self): return "4"
    __hash__ = None
def f(x): return Equal()
"""
HOSTILE = {
    "equal to everything": EQUAL.format(base=""),
    "a number equal to everything": EQUAL.format(base="(int)"),
    "an array equal to everything": EQUAL.format(base="(np.ndarray)").replace("Equal()", "np.zeros(()).view(Equal)"),
    "numpy patched": "np.allclose = np.isclose = lambda *_, **__: True\ndef f(x): return 5",
    "AssertionError patched": "import builtins\nbuiltins.AssertionError = ()\ndef f(x): return 5",
    "operator patched": "import operator\noperator.eq = lambda *_: True\ndef f(x): return 5",
    "the display forged": "import sys\ndef f(x):\n    sys.displayhook = print\n    sys.stdout.write('4')\n    return 5",
    "the end of the process": "import os\ndef f(x): os._exit(0)",
    "SystemExit": "def f(x): raise SystemExit",
    "output without end": "def f(x):\n    while True: print('on and on')",
    "memory without end": "def f(x): return [0] * 10**12",
    "words on the check's own line": (
        "import os\ndef f(x):\n    for n in range(3, 60):\n        try: os.write(n, b'{}' * 99)\n"
        "        except OSError: pass\n    return 5"
    ),
}


@pytest.mark.parametrize("cell", ["prompts", "stated"])
@pytest.mark.parametrize("code", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_answer_does_not_pass(live: Live, cell: str, code: str) -> None:
    kept = "import builtins, operator; kept = np.allclose, np.isclose, AssertionError, operator.eq"
    back = "np.allclose, np.isclose, builtins.AssertionError, operator.eq = kept"
    live.run(kept)
    verdict = live.judged(code, cell)
    live.run(back)
    assert isinstance(verdict.outcome, wire.Failed | wire.TimedOut | wire.OutOfMemory), verdict
    assert live.judged(RIGHT, cell).outcome == wire.Passed(inputs=0)


def test_a_test_leaves_nothing_behind(live: Live) -> None:
    live.run("before = set(globals()) | {'before', 'f'}")
    assert live.judged(RIGHT, "stated").outcome == wire.Passed(inputs=0)
    assert live.value("[name for name in globals() if name not in before and name[0] != '_']") == "[]"


async def test_the_report_has_titles_notes_and_no_solution(panel: Panel, jp_root_dir: Path) -> None:
    (jp_root_dir / "course.toml").write_text(
        'name = "tried"\ntitle = "T"\n[[units]]\nname = "unit"\ntitle = "U"\nnotebook = "unit/unit.ipynb"\n'
        'exercises = ["double"]\n'
    )
    (jp_root_dir / "unit").mkdir(exist_ok=True)
    module = '"""Doubles\n- Which?"""\n' + HEAD.replace("['f']", "['f'], flaky='a coin decides'")
    (jp_root_dir / "unit" / "double.py").write_text(
        module + "script('''It doubles\n- Look.\n- Add.''', 'assert f(2) == 4')"
    )
    await panel.start()
    (info,) = (await panel.exercises({"a": "double"})).exercises
    assert ([check.title for check in info.checks], info.starter) == (["It doubles"], "f = ...")
    report = await panel.judged("def f(x): return x")
    assert (report.outcome, report.checks[-1].title) == (wire.Failed(), "It doubles")
    assert report.notes == ["A right answer may fail here by chance: a coin decides"]
    assert report.ladder is not None
    assert (report.ladder.key, report.ladder.levels) == ("check:script_1", 2), "no puzzle and no reveal"
    assert (await panel.judged("def f(x): return x + x")).solution is None
