"""Modules made of broken or hostile Python: each gets a clear line, and none takes another exercise down."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from live import Live, exercise
from test_authoring_rules import COURSE, PLAIN, RIGHT

from math4ml_lab import bundle, wire

if TYPE_CHECKING:
    from pathlib import Path

    from panel import Panel

pytestmark = pytest.mark.kernel


@pytest.fixture
def unit(jp_root_dir: Path) -> Path:
    (jp_root_dir / "course.toml").write_text(COURSE)
    folder = jp_root_dir / "unit"
    folder.mkdir(exist_ok=True)
    (folder / "double.py").write_text(PLAIN)
    return folder


BROKEN: dict[str, tuple[str, str]] = {
    "syntax": ("def f(:\n", "line 1"),
    "a loop of imports": ("import double\nfrom double import x\n", "defines no @solution"),
    "an unknown name": (PLAIN + "\nfrom math4ml_lab.exercise import chek", "has no 'chek'"),
    "a hint without text": (PLAIN.replace("A title", "A title\n- "), "has an empty hint"),
    "a clip that is not there": (PLAIN.replace("A title", "A title @NO@33"), "videos.toml has no 'NO'"),
    "no docstring": (PLAIN + "\n@check\ndef c(got): assert got", "check 'c' has no title"),
    "a wrong type": (PLAIN.replace("@solution", "exercise(points='2')\n@solution", 1), "points= is not a number"),
    "much text": ('"""' + "x" * 10_000_000 + '"""\n', "10"),
    "nothing": ("", "defines no @solution"),
    "bytes of zero": (PLAIN + "\0", "line 1"),
    "an edit of nothing": (PLAIN + "\nm = mistake(edit=('y', 'z'), doc='T')", "the solution holds no 'y'"),
    "an input of nobody": (PLAIN + "\n@check\ndef c(got, y): 'T'", "asks for 'y', which is no input"),
}


@pytest.mark.parametrize(("source", "message"), BROKEN.values(), ids=BROKEN)
async def test_a_broken_module_hides_no_other(panel: Panel, unit: Path, source: str, message: str) -> None:
    (unit.parent / "videos.toml").write_text('[LA]\ntitle = "L"\nurl = "https://youtu.be/abc"\n')
    (unit / "other.py").write_text(source)
    answer = await panel.exercises({"b": "other", "a": "double"})
    assert [info.exercise for info in answer.exercises] == ["double"]
    assert any(message in problem.message for problem in answer.problems), answer.problems
    for problem in answer.problems:
        assert (problem.exercise, problem.cell_id) == ("other", "b")
        assert problem.message.startswith("other.py, line ")
        assert problem.fix
        assert len(problem.message) < 500


async def test_beside_a_broken_module_the_others_are_judged(panel: Panel, unit: Path) -> None:
    (unit / "other.py").write_text("def f(:\n")
    await panel.start()
    assert (await panel.watch({"b": "other", "a": "double"})).watched == 1
    assert (await panel.judged(RIGHT)).outcome == wire.Passed(inputs=2)
    await panel.run(RIGHT, "b")
    _, refusal = await panel.refused("check", _check(panel, "other"))
    assert "other.py, line 1" in refusal.message
    good, bad = await panel.check(("a", "double", RIGHT), ("b", "other", RIGHT))
    assert good.outcome == wire.Passed(inputs=2)
    assert isinstance(bad.outcome, wire.Broken)
    assert "other.py, line 1" in bad.outcome.message


def _check(panel: Panel, name: str) -> Any:
    cell = wire.CellSource(cell_id="b", exercise=name, source=RIGHT)
    return wire.CheckRequest(path=panel.path, kernel_id=panel.kernel, cells=[cell])


@pytest.mark.parametrize(
    ("module", "message"),
    [
        (PLAIN + "\nimport double", "ModuleNotFoundError"),
        (PLAIN + "\nraise SystemExit", "SystemExit"),
        (PLAIN + "\n1 / 0", "ZeroDivisionError"),
        (PLAIN.replace("import numpy as np", "import no_such_module as np"), "no_such_module"),
    ],
)
async def test_a_module_that_does_not_run_gets_one_clear_line(
    panel: Panel, unit: Path, module: str, message: str
) -> None:
    (unit / "other.py").write_text(module)
    await panel.start()
    report = await panel.judged(RIGHT, "b", "other")
    assert isinstance(report.outcome, wire.Broken)
    assert message in report.outcome.message
    assert "\n" not in report.outcome.message
    assert (await panel.judged(RIGHT)).outcome == wire.Passed(inputs=2), msgspec.json.encode(report)


ENDLESS_PIECES = {
    "mistake 'wrong'": "@mistake\ndef wrong(x):\n    'T'\n    while True: pass",
    "view 'seen'": "from math4ml_lab.exercise import view\n@view\ndef seen(got):\n    while True: pass",
    "check 'holds'": "@check\ndef holds(got):\n    'T'\n    while True: pass",
}
ENDLESS = {
    "a loop": "while True: pass",
    "a loop that swallows": "while True:\n    try:\n        while True: pass\n    except Exception: pass",
    "a loop that swallows all": "while True:\n    try:\n        while True: pass\n    except BaseException: pass",
    "an exit": "import os\nos._exit(3)",
}


def test_a_module_that_never_loads_gets_one_clear_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sources = dict(bundle.sources())
    court = "math4ml_lab.kernel.court"
    sources[court] = sources[court].replace("PATIENCE = 20", "PATIENCE = 0.5").replace("AGAIN = 0.5", "AGAIN = 0.01")
    bundle.injection.cache_clear()
    monkeypatch.setattr(bundle, "sources", lambda: sources)
    try:
        with Live(tmp_path) as live:
            modules = {name: exercise(name, PLAIN + f"\n{body}", ["double"]) for name, body in ENDLESS.items()}
            live.watch({**modules, "plain": exercise("plain", PLAIN, ["double"])})
            for name in modules:
                outcome = live.judged(RIGHT, name).outcome
                assert isinstance(outcome, wire.Broken)
                told = "the module itself does not end: it was stopped after 0.5 s"
                assert outcome.message.startswith((told, "The judge ended"))
                assert live.judged(RIGHT, "plain").outcome == wire.Passed(inputs=2), name
            for what, body in ENDLESS_PIECES.items():
                live.watch({"piece": exercise("piece", f"{PLAIN}\n{body}", ["double"], limit=1.0)})
                outcome = live.judged(RIGHT, "piece").outcome
                assert isinstance(outcome, wire.Broken)
                assert outcome.message.startswith(f"{what} does not end: it was stopped after ")
                at = f"{PLAIN}\n{body}".splitlines()[(outcome.line or 0) - 1]
                assert at.startswith(f"def {what.split(chr(39))[1]}(")
    finally:
        bundle.injection.cache_clear()
