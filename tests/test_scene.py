"""What a cell printed and drew, as a check sees it: in a real kernel, where figures are shown and closed at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from live import Live, exercise

from math4ml_lab import wire

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.kernel

DRAWS = """
from math4ml_lab.exercise import *
@solution
def x():
    return 1

@check
def drawn(figures):
    "A parabola with labels"
    (figure,) = figures
    (axes,) = figure.axes
    near(axes.lines[0].y, axes.lines[0].x ** 2)
    assert (axes.title, axes.xlabel, axes.ylabel) == ("A parabola", "x", "y")
    assert axes.legend == ["squares"]
    assert [image.shape for image in axes.images] == [(2, 3)]
    assert len(axes.points) == 1 and len(axes.bars) == 2
    assert axes.yscale == "linear"
"""
PRINTS = """
from math4ml_lab.exercise import *
@solution
def x():
    return 1

@check
def said(printed):
    "It says hello"
    same(printed, "hello\\n")
"""
CALLED = PRINTS.replace("def x():", "def x(n):").replace("return 1", "return n\ninputs(case(n=1), case(n=2))")
CELL = """
import matplotlib.pyplot as plt, numpy as np
x = 1
t = np.linspace(0, 1, 5)
plt.plot(t, t ** 2, label="squares")
plt.scatter(t, t)
plt.bar([0, 1], [2, 3])
plt.imshow(np.zeros((2, 3)))
plt.title("A parabola"); plt.xlabel("x"); plt.ylabel("y")
plt.legend()
"""


@pytest.fixture(scope="module", params=["snapshot", "guarded"])
def live(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    with Live(tmp_path_factory.mktemp("scene")) as live:
        modules = {"draws": DRAWS, "prints": PRINTS, "called": CALLED}
        more = {"isolation": request.param}
        live.watch({name: exercise(name, text, ["x"], scene=True, **more) for name, text in modules.items()})
        live.run("%matplotlib inline")
        yield live


def test_figures_are_those_of_the_cell(live: Live) -> None:
    assert live.judged(CELL, "draws").outcome == wire.Passed(inputs=1)
    assert live.value("len(plt.get_fignums())") == "0", "they were shown and closed"
    verdict = live.judged(CELL.replace("A parabola", "A line"), "draws")
    assert "'A line', 'x', 'y'" in str(verdict.checks[-1].measurement)
    wrong = live.judged(CELL.replace("t ** 2", "t"), "draws")
    assert wrong.outcome == wire.Failed()
    assert live.judged("x = 1", "draws").outcome == wire.Failed(), "those of the run before do not count"


def test_what_a_cell_prints_is_known(live: Live) -> None:
    assert live.judged("x = 1\nprint('hello')", "prints").outcome == wire.Passed(inputs=1)
    assert live.judged("x = 1\nimport sys\nsys.stdout.write('hello\\n');", "prints").outcome == wire.Passed(inputs=1)
    verdict = live.judged("x = 1\nprint('hullo')", "prints")
    assert verdict.checks[-1].measurement == "'hullo\\n', needs 'hello\\n'"
    assert live.value("__import__('sys').stdout.echo") == "None", "nobody listens after the cell"
    last = [message for message in live.iopub if message["msg_type"] == "stream"][-1]
    assert last["content"]["text"] == "hullo\n", "the notebook gets it all the same"


def test_what_a_function_prints_is_known_by_input(live: Live) -> None:
    assert live.judged("def x(n):\n    print('hello')\n    return n", "called").outcome == wire.Passed(inputs=2)
    verdict = live.judged("def x(n):\n    if n < 2: print('hello')\n    return n", "called")
    assert (verdict.checks[-1].measurement, verdict.checks[-1].wrong) == ("'', needs 'hello\\n'", 1)


def test_a_run_that_nobody_watched_has_to_be_repeated(live: Live) -> None:
    live.run("x = 1\nprint('hello')")
    (job,) = live.jobs({"elsewhere": exercise("prints", PRINTS, ["x"], scene=True)})
    assert live.verdict(job).outcome == wire.NotRun()


def test_a_cell_that_raises_or_takes_the_stream_away_harms_nobody(live: Live) -> None:
    live.run("1 / 0", "prints")
    live.run("import io, sys; kept = sys.stdout; sys.stdout = io.StringIO()", "prints")
    live.run("import sys; sys.stdout = kept; del kept")
    assert live.value("__import__('sys').stdout.echo") == "None"
    assert live.judged("x = 1\nprint('hello')", "prints").outcome == wire.Passed(inputs=1)
