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
    from collections.abc import Iterator

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


def oldest() -> list[tuple[str, str, tuple[str, ...]]]:
    """Return the oldest Python and ipykernel that we support, where that Python can be found."""
    for candidate in (shutil.which("python3.9"), *sorted(Path.home().glob(".pyenv/versions/3.9.*/bin/python"))):
        if (
            candidate
            and subprocess.run([candidate, "-c", "import venv"], check=False, capture_output=True).returncode == 0
        ):
            return [("oldest", str(candidate), ("ipykernel==6.29.*", "numpy"))]
    return []


ENVIRONMENTS = [("bare", sys.executable, ("ipykernel", "numpy")), *oldest()]


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
