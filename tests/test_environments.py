"""Kernels in other environments: nothing of ours, and no hypothesis, is installed where the learner's code runs."""

from __future__ import annotations

import shutil
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from live import Live, exercise
from test_runner import DOUBLE, LOOP, RIGHT, WRONG

from math4ml_lab import exercise as authors, wire
from math4ml_lab.kernel import battery

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

pytestmark = [pytest.mark.kernel, pytest.mark.timeout(300)]

DRAWN = textwrap.dedent('''
    """Twice as much"""
    from math4ml_lab.exercise import inputs, solution, vectors

    @solution
    def double(x):
        return 2 * x

    inputs(x=vectors((1, 3)))
''')


def environment(name: str, python: str, *packages: str) -> str:
    """Return the Python of a virtual environment that holds only these packages, made once."""
    folder = Path(sys.prefix) / "kernels" / name
    if not (folder / "ready").exists():
        shutil.rmtree(folder, ignore_errors=True)
        subprocess.run([python, "-m", "venv", folder], check=True)
        subprocess.run([folder / "bin" / "pip", "install", "--quiet", *packages], check=True)
        (folder / "ready").touch()
    return str(folder / "bin" / "python")


def runs(python: str) -> bool:
    """Tell whether that Python starts and can make environments: a pyenv shim may name one that is not chosen."""
    return subprocess.run([python, "-c", "import venv"], check=False, capture_output=True).returncode == 0


def others(name: str, version: str, kernel: str) -> list[tuple[str, str, Sequence[str]]]:
    """Return an environment of another Python, where there is one."""
    found = (shutil.which(f"python{version}"), *sorted(Path.home().glob(f".pyenv/versions/{version}.*/bin/python")))
    packages: Sequence[str] = (kernel, "numpy")
    return [(name, str(python), packages) for python in found if python and runs(str(python))][:1]


ENVIRONMENTS: list[tuple[str, str, Sequence[str]]] = [
    ("bare", sys.executable, ("ipykernel", "numpy")),
    *others("oldest", "3.9", "ipykernel==6.29.*"),
    *others("newest", "3.13", "ipykernel"),
]


@pytest.fixture(scope="module", params=ENVIRONMENTS, ids=lambda made: made[0])
def live(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    name, python, packages = request.param
    with Live(tmp_path_factory.mktemp("kernel"), environment(name, python, *packages)) as kernel:
        yield kernel


def test_checks_work_where_nothing_of_ours_is_importable(live: Live) -> None:
    assert live.run("import math4ml_lab")["ename"] == "ModuleNotFoundError"
    assert live.run("import hypothesis")["ename"] == "ModuleNotFoundError"
    live.watch({"a": DOUBLE})
    assert live.judged(RIGHT, "a").outcome == wire.Passed(inputs=3)
    assert live.judged(WRONG, "a").mistake == "squared"
    assert isinstance(live.judged(LOOP, "a").outcome, wire.TimedOut)


TESTED = textwrap.dedent('''
    from math4ml_lab.exercise import exercise, script, transcript
    exercise(answers=["f"])
    transcript("Values", """
    >>> np.all(f(np.ones(2)) == 2)
    True
    >>> f(np.float64(1.5))
    3.0
    >>> f(np.array([1, 2]))
    array([2, 4])
    >>> [f(np.float64(0.5)), "x"]
    [1.0, 'x']
    >>> print([f(np.float64(0.25)), "x"])
    [0.5, 'x']
    >>> f(None)
    Traceback (most recent call last):
    TypeError: whatever
    """, names=["np"])
    script("Statements", "assert np.isclose(f(0.1), 0.2)\\nfor n in (1, 2):\\n    assert f(n) == 2 * n", names=["np"])
''')
VIEWED = textwrap.dedent("""
    from math4ml_lab.exercise import case, check, inputs, solution, view
    @solution
    def adder(n):
        return lambda x: x + n
    inputs(case(n=1), case(n=3))
    @view
    def of_ten(got):
        return got(10)
    @check
    def adds(adder, n, source, rng):
        "It adds"
        assert adder(n)(4) == n + 4
""")


def test_tests_from_elsewhere_and_views_work_alike_everywhere(live: Live) -> None:
    live.run("import numpy as np")
    live.watch({"t": exercise("tested", TESTED, ["f"]), "v": exercise("viewed", VIEWED, ["adder"])})
    assert live.judged("def f(x): return x + x", "t").outcome == wire.Passed(inputs=0)
    wrong = live.judged("def f(x): return x * 3", "t")
    assert "f(0.1) is 0.3" in str(wrong.checks[-1].measurement)
    assert live.judged("def adder(n):\n    def add(x): return n + x\n    return add", "v").outcome == wire.Passed(
        inputs=2
    )
    assert live.judged("def adder(n): return lambda x: n * x", "v").outcome == wire.Failed()


def test_a_frozen_battery_needs_no_hypothesis(live: Live) -> None:
    frozen = battery.freeze(authors.read(DRAWN, "double.py", {"__name__": "double"}), DRAWN)
    live.run(RIGHT)
    job = live.jobs({"x": exercise("frozen", DRAWN + "\n", ["double"], battery=frozen)}, RIGHT)[0]
    verdict = live.verdict(job)
    assert isinstance(verdict.outcome, wire.Passed)
    assert verdict.outcome.inputs > 10


def test_what_really_needs_hypothesis_says_what_to_install_and_where(live: Live) -> None:
    live.run(RIGHT)
    outcome = live.verdict(live.jobs({"x": exercise("drawn", DRAWN, ["double"])}, RIGHT)[0]).outcome
    assert isinstance(outcome, wire.Broken)
    assert "hypothesis" in outcome.message
    assert live.link.hello is not None
    assert f"{live.link.hello.executable} -m pip install hypothesis" in outcome.fix


def test_monitoring_in_the_kernel_does_not_reach_the_answer(live: Live) -> None:
    assert live.link.hello is not None
    if tuple(map(int, live.link.hello.python.split(".")))[:2] < (3, 12):
        return  # there is no sys.monitoring yet
    live.watch({"a": DOUBLE})
    live.run(
        "import os, sys\nm = sys.monitoring; home = os.getpid()\nm.use_tool_id(0, 'debugger')\n"
        "def line(code, number):\n    if os.getpid() != home and code.co_name == 'double': os._exit(9)\n"
        "m.register_callback(0, m.events.LINE, line)\nm.set_events(0, m.events.LINE)"
    )
    try:
        assert live.judged(RIGHT, "a").outcome == wire.Passed(inputs=3)
    finally:
        live.run("m.set_events(0, 0); m.free_tool_id(0)")
