"""Whatever an answer does, it is told what it did, and neither the kernel nor the learner's objects notice."""

from __future__ import annotations

import os
import signal
import time
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Any

import cheating_answers
import clumsy_answers
import clumsy_forms
import clumsy_names
import escaping_answers
import forging_answers
import harming_answers
import hostile_answers
import msgspec
import pytest
from answers_table import EXERCISES, RIGHT, Row
from live import Live

from math4ml_lab import wire

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.kernel

MARK = "MATH4ML_TEST_KERNEL"
LONG = 2000
"""Characters of one measurement: more than that nobody reads."""
TABLES = (
    hostile_answers, harming_answers, escaping_answers, cheating_answers, forging_answers, clumsy_answers, clumsy_names,
    clumsy_forms,
)  # fmt: skip
ROWS = [row for module in TABLES for rows in vars(module).values() if isinstance(rows, list) for row in rows]
LOOK = "__import__('sys').modules['witness'].witness.changed()"
BESIDE = Path(__file__).parent


class Watched:
    """A kernel with a witness in it, and all processes that descend from it, wherever they went."""

    def __init__(self, live: Live, mark: str) -> None:
        self.live = live
        self.mark = f"{MARK}={mark}".encode()
        live.watch(EXERCISES)
        source = (BESIDE / "witness.py").read_text()
        live.run(
            "import sys, types\n"
            "sys.modules['witness'] = types.ModuleType('witness')\n"
            f"exec({source!r}, vars(sys.modules['witness']))\n"
        )
        for name, right in RIGHT.items():  # the judge and all exercises are there from now on
            assert isinstance(live.judged(right, name).outcome, wire.Passed)
        live.run("sys.modules['witness'].witness = sys.modules['witness'].Witness(globals())\ndel sys, types")
        self.begin()
        self.pid = int(live.value("__import__('os').getpid()"))
        assert live.link.hello is not None
        self.epoch = live.link.hello.epoch

    def begin(self) -> None:
        """Remember how things are when they stay so: the last check's end takes a moment."""
        end = time.monotonic() + 10
        same = 0
        while same < 10 and time.monotonic() < end:
            if same == 0:
                self.live.value("__import__('sys').modules['witness'].witness.begin()")
            time.sleep(0.01)
            same = same + 1 if self.live.value(LOOK) == "[]" else 0
        assert same == 10

    def processes(self) -> set[int]:
        """Return the kernel's process and all that came of it and are alive."""
        found = set()
        for entry in Path("/proc").iterdir():
            try:
                if entry.name.isdigit() and self.mark in (entry / "environ").read_bytes().split(b"\0"):
                    found.add(int(entry.name))
            except OSError:
                continue
        return found

    def alone(self) -> bool:
        """Wait until the kernel has no process but the judge beside it; end and tell of those that stay."""
        end = time.monotonic() + 10
        while len(left := self.processes() - {self.pid}) > 1 and time.monotonic() < end:
            time.sleep(0.01)
        if len(left) <= 1:
            return True
        for pid in sorted(left)[1:]:
            os.kill(pid, signal.SIGKILL)
        return False

    def changed(self) -> str:
        """Return what is not what it was; other threads of the kernel may hold a descriptor for a moment."""
        end = time.monotonic() + 5
        while (found := self.live.value(LOOK)) != "[]" and time.monotonic() < end:
            time.sleep(0.01)
        return found

    def outcome(self, row: Row) -> tuple[dict[str, Any], wire.Verdict | None]:
        """Run a row's cell and return what came of it; the verdict is None where none was needed."""
        self.live.link.runs.pop(row.of, None)
        self.live.run(row.source, row.of)
        job = self.live.ran(row.of).jobs[0]
        if job.known is not None:
            return msgspec.to_builtins(job.known), None
        verdict = self.live.wait(self.live.link.verdict(job.id), 20)
        return msgspec.to_builtins(verdict.outcome), verdict


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    mark = uuid.uuid4().hex
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(MARK, mark)
        live = Live(tmp_path_factory.mktemp("kernel"))
    with live:
        yield Watched(live, mark)


def told(outcome: dict[str, Any], verdict: wire.Verdict | None) -> list[str]:
    """Return all texts that the learner reads of an outcome."""
    texts = [str(value) for key, value in outcome.items() if key != "kind"]
    for check in verdict.checks if verdict is not None else []:
        if check.state == "failed":
            assert check.measurement, check
            line = check.line.text if check.line is not None else None
            texts += [text for text in (check.measurement, check.smallest_input, check.observation, line) if text]
    return texts


def holds(watched: Watched, row: Row) -> None:
    """Assert all that must hold after any answer."""
    live = watched.live
    try:
        outcome, verdict = watched.outcome(row)
        right = live.judged(RIGHT[row.of], row.of)
    finally:
        undone = live.run(row.undo)
    texts = told(outcome, verdict)
    assert outcome["kind"] == row.outcome, (outcome, texts)
    assert row.outcome == "passed" or any(row.told in text for text in texts), texts
    assert all(len(text) <= LONG and "Traceback" not in text and "math4ml_lab" not in text for text in texts)
    assert verdict is None or verdict.epoch == watched.epoch
    assert isinstance(right.outcome, wire.Passed), (right.outcome, told(msgspec.to_builtins(right.outcome), right))
    assert undone["status"] == "ok", undone
    assert live.value("1 + 1") == "2"
    assert watched.alone()
    assert watched.changed() == "[]"


@pytest.mark.parametrize("row", ROWS, ids=[f"{row.of}: {row.name}" for row in ROWS])
def test_an_answer_is_told_what_it_did_and_harms_nobody(watched: Watched, row: Row) -> None:
    holds(watched, row)


@pytest.mark.parametrize("library", list(clumsy_forms.LIBRARIES))
def test_results_of_other_libraries(watched: Watched, library: str) -> None:
    pytest.importorskip(library)
    for row in clumsy_forms.LIBRARIES[library]:
        holds(watched, row)


def test_answers_that_are_checked_at_once_do_not_touch_each_other(watched: Watched) -> None:
    right = ("means", "golden", "ends", "draws", "volume")
    hostile = {
        "loops": "def loops(X):\n    global means, golden\n    means = golden = None\n    while True:\n        pass",
        "norm": "def norm(v):\n    import os\n    os._exit(0)",
        "slope": "def slope(f, x):\n    raise SystemExit",
        "tally": "def tally(text):\n    return bytes(10**12)",
    }
    watched.live.run("\n".join([RIGHT[name] for name in right] + list(hostile.values())))
    jobs = watched.live.jobs({f"all {name}": EXERCISES[name] for name in (*hostile, *right)})
    kinds = {job.exercise: msgspec.to_builtins(watched.live.verdict(job).outcome)["kind"] for job in jobs}
    expected = {"loops": "timed_out", "norm": "failed", "slope": "failed", "tally": "out_of_memory"}
    assert kinds == {**expected, **dict.fromkeys(right, "passed")}
    assert watched.alone()
    assert watched.changed() == "[]"
