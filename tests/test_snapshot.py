"""The snapshot's process, looked at from outside while an answer computes: what it keeps, what it cannot harm."""

from __future__ import annotations

import asyncio
import os
import shutil
import stat
import subprocess
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import pytest
from live import Live, exercise
from test_runner import DOUBLE, LOOP, RIGHT

from math4ml_lab import wire

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.kernel

SLOW = {**DOUBLE, "limit": 30.0}


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    with Live(tmp_path_factory.mktemp("kernel")) as kernel:
        yield kernel


class Computing:
    """An answer that computes until it is cancelled."""

    def __init__(self, live: Live, code: str = LOOP) -> None:
        self.live = live
        live.run(code)
        self.kernel = int(live.value("__import__('os').getpid()"))
        self.job = live.jobs({"x": SLOW}, code)[0]
        (self.pid,) = (pid for pid in children(self.kernel) if b"control = socket" not in cmdline(pid))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        assert self.live.wait(self._cancelled()).outcome == wire.Cancelled()

    async def _cancelled(self) -> wire.Verdict:
        # Whoever waits is told; who asks later is not.
        waiting = asyncio.create_task(self.live.link.verdict(self.job.id))
        await asyncio.sleep(0)
        await self.live.link.cancel([self.job.id])
        return await waiting


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def cmdline(pid: int) -> bytes:
    return Path(f"/proc/{pid}/cmdline").read_bytes()


def settled(live: Live, holds: Any) -> None:
    """Wait until something holds: the child needs a moment to cut its ties."""
    live.run(f"import time\nend = time.time() + 5\nwhile not ({holds}) and time.time() < end: time.sleep(0.005)")


def test_it_holds_no_descriptor_of_the_kernel_but_files_and_its_own_socket(live: Live) -> None:
    with Computing(live) as computing:
        folder = f"/proc/{computing.pid}/fd"
        sockets = f"sum('socket' in os.readlink(f'{folder}/{{n}}') for n in os.listdir({folder!r}))"
        live.run("import os")
        settled(live, f"{sockets} == 1")
        kinds = [stat.S_IFMT(descriptor.stat().st_mode) for descriptor in Path(folder).iterdir()]
        assert kinds.count(stat.S_IFSOCK) == 1
        assert set(kinds) <= {stat.S_IFSOCK, stat.S_IFREG, stat.S_IFCHR}
        assert {str(Path(folder, str(number)).readlink()) for number in (0, 1, 2)} == {os.devnull}


def test_it_is_the_first_to_die_and_in_a_group_of_its_own(live: Live) -> None:
    with Computing(live) as computing:
        score = f"/proc/{computing.pid}/oom_score_adj"
        settled(live, f"open({score!r}).read() == '1000\\n'")
        assert Path(score).read_text() == "1000\n"
        assert os.getpgid(computing.pid) == computing.pid


def test_an_interrupt_of_the_kernel_is_not_for_the_answer(live: Live) -> None:
    with Computing(live) as computing:
        live.wait(live.manager.interrupt_kernel())
        assert live.run("1")["status"] in ("ok", "error")
        assert computing.pid in children(computing.kernel)


def test_much_memory_of_the_learners_is_no_obstacle_and_a_bomb_is_caught(live: Live) -> None:
    live.run("import numpy as np; large = np.ones(300 * 2 ** 17)")  # 300 MB
    blas = "def double(x):\n    m = np.ones((600, 600)); m @ m\n    return 2 * x"
    live.watch({"a": SLOW})
    assert live.judged(blas, "a").outcome == wire.Passed(inputs=3)
    bomb = "def double(x):\n    kept = []\n    while True:\n        kept.append(np.ones(2 ** 20))"
    assert isinstance(live.judged(bomb, "a").outcome, wire.OutOfMemory)
    assert live.value("large.sum()") in ("39321600.0", "np.float64(39321600.0)")
    live.run("del large")


def test_tracing_and_profiling_stay_in_the_kernel(live: Live) -> None:
    live.watch({"a": DOUBLE})
    live.run(
        "import os, sys, threading\nhome = os.getpid()\n"
        "def trace(frame, *_):\n    if os.getpid() != home and frame.f_code.co_name in ('double', 'run'): os._exit(9)\n"
        "    return trace\n"
        "threading.settrace(trace); sys.settrace(trace); sys.setprofile(trace)"
    )
    try:
        threads = "import threading\n" + RIGHT.replace(
            "return", "t = threading.Thread(target=int); t.start(); t.join()\n    return"
        )
        assert live.judged(threads, "a").outcome == wire.Passed(inputs=3)
    finally:
        live.run("sys.settrace(None); sys.setprofile(None); threading.settrace(None)")


def test_a_reference_is_computed_once_per_kernel_and_only_when_a_check_is_asked_for(live: Live, tmp_path: Path) -> None:
    mark = tmp_path / "loaded"
    source = DOUBLE["source"] + f"\nwith open({str(mark)!r}, 'a') as file:\n    file.write('once ')\n"
    counted = exercise("counted", source, ["double"])
    live.watch({"c": counted})
    assert not mark.exists()
    for _ in range(3):
        assert live.judged(RIGHT, "c").outcome == wire.Passed(inputs=3)
    assert mark.read_text() == "once "


def test_an_exercise_that_cannot_be_loaded_is_broken_and_the_others_go_on(live: Live) -> None:
    stuck = exercise("stuck", DOUBLE["source"] + "\nimport nothing_of_that_name\n", ["double"])
    live.run(RIGHT)
    jobs = live.jobs({"s": stuck, "x": DOUBLE}, RIGHT)
    outcome = live.verdict(jobs[0]).outcome
    assert isinstance(outcome, wire.Broken)
    assert "nothing_of_that_name" in outcome.message
    assert live.verdict(jobs[1]).outcome == wire.Passed(inputs=3)


def test_a_broken_check_of_the_authors_is_told_as_such(live: Live) -> None:
    source = DOUBLE["source"] + textwrap.dedent('''
        from math4ml_lab.exercise import check

        @check
        def trips(got):
            """It trips"""
            return got.no_such_attribute
    ''')
    live.run(RIGHT)
    outcome = live.verdict(live.jobs({"t": exercise("trips", source, ["double"])}, RIGHT)[0]).outcome
    assert isinstance(outcome, wire.Broken)
    assert "trips" in outcome.message
    assert "no_such_attribute" in outcome.message


def test_an_answer_that_computes_with_openmp(live: Live, tmp_path: Path) -> None:
    compiler = shutil.which("gcc")
    if compiler is None:
        pytest.skip("no compiler here")
    source, library = tmp_path / "many.c", tmp_path / "many.so"
    source.write_text(
        "int twice(int n) { int s = 0, i;\n#pragma omp parallel for reduction(+:s)\n"
        "for (i = 0; i < 2 * n; i++) s += 1; return s; }\n"
    )
    subprocess.run([compiler, "-fopenmp", "-shared", "-fPIC", "-o", library, source], check=True)
    # Used once with many threads: of these the copy has none.
    live.run(f"import ctypes\nmany = ctypes.CDLL({str(library)!r})\nassert many.twice(1000) == 2000")
    code = "def double(x):\n    return many.twice(1000 + x) - 2000"
    live.run(code)
    assert live.verdict(live.jobs({"x": DOUBLE}, code)[0]).outcome == wire.Passed(inputs=3)


def test_shared_memory_is_the_copys_own(live: Live) -> None:
    live.run(
        "import mmap, tempfile, numpy as np\n"
        "kept = np.memmap('kept.bin', mode='w+', shape=5000)\n"
        "gone = np.memmap(tempfile.TemporaryFile(), shape=400)\n"
        "bare, large = mmap.mmap(-1, 8192), mmap.mmap(-1, 100 << 20)"
    )
    state = "(kept.sum(), gone.sum(), bytes(bare[:2]), bytes(large[:2]), open('kept.bin', 'rb').read(3))"
    before = live.value(state)
    code = (
        "def double(x):\n    kept[:] = gone[:] = 7; bare[:2] = b'zz'\n"
        "    assert kept[4999] == gone[399] == 7 and bare[:2] == b'zz' and large[:2] == bytes(2)\n    return 2 * x"
    )
    live.run(code)
    assert live.verdict(live.jobs({"x": DOUBLE}, code)[0]).outcome == wire.Passed(inputs=3)
    live.run("def double(x):\n    large[:2] = b'zz'\n    return 2 * x")
    assert live.verdict(live.jobs({"x": DOUBLE})[0]).outcome == wire.Failed()
    assert live.value(state) == before
