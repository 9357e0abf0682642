"""Memory: what control groups leave, and a kernel in a group of 1 GB that outlives every answer."""

from __future__ import annotations

import os
import uuid
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from live import Live
from test_runner import DOUBLE, RIGHT

from math4ml_lab import wire
from math4ml_lab.kernel import limits

if TYPE_CHECKING:
    from collections.abc import Iterator

GIGABYTE = 1 << 30


def group(folder: Path, most: str, used: str, cached: int, names: tuple[str, str, str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in ((names[0], most), (names[1], used), ("memory.stat", f"anon 1\n{names[2]} {cached}\n")):
        (folder / name).write_text(text + "\n", encoding="ascii")


@pytest.mark.parametrize(
    ("membership", "base", "names"),
    [
        ("0::/user/kernel\n", "", limits._V2),
        ("0::/user/kernel\n", "unified", limits._V2),
        ("5:cpu:/\n4:memory:/user/kernel\n0::/\n", "memory", limits._V1),
    ],
)
def test_the_tightest_group_counts_and_cached_files_do_not(
    tmp_path: Path, membership: str, base: str, names: tuple[str, str, str]
) -> None:
    (tmp_path / "cgroup").write_text(membership, encoding="ascii")
    root = tmp_path / base if base else tmp_path
    group(root / "user", "1000", "700", 100, names)
    group(root / "user" / "kernel", "max" if names is limits._V2 else str(2**62), "600", 0, names)
    assert limits.group_room(str(tmp_path), str(tmp_path / "cgroup")) == 400


def test_no_group_is_no_limit(tmp_path: Path) -> None:
    assert limits.group_room(str(tmp_path), str(tmp_path / "none")) == limits.NONE
    (tmp_path / "cgroup").write_text("0::/\nnonsense\n", encoding="ascii")
    assert limits.group_room(str(tmp_path), str(tmp_path / "cgroup")) == limits.NONE


@contextmanager
def of_a_gigabyte() -> Iterator[Path]:
    """Make a control group with 1 GB, where this machine lets us."""
    own = Path("/proc/self/cgroup").read_text(encoding="utf-8").splitlines()
    v1 = next((line.split(":", 2)[2] for line in own if ":memory:" in line), None)
    base = Path(f"/sys/fs/cgroup/memory{v1}") if v1 is not None else Path("/sys/fs/cgroup") / own[-1][4:]
    folder = base / f"test-{uuid.uuid4().hex[:8]}"
    try:
        folder.mkdir()
        (folder / (limits._V1[0] if v1 is not None else limits._V2[0])).write_text(str(GIGABYTE), encoding="ascii")
    except OSError as error:
        with suppress(OSError):
            folder.rmdir()
        pytest.skip(f"no control group can be made here: {error}")
    try:
        yield folder
    finally:
        folder.rmdir()


@pytest.mark.kernel
def test_bombs_in_a_group_of_a_gigabyte_never_end_the_kernel(tmp_path: Path) -> None:
    bombs = [
        "np.ones(2 * 10**8)",
        "[bytearray(10**7) for _ in range(200)]",
        "b'.' * 2**30",
        "sum(np.full(10**6, i)[0] for i in iter(lambda: kept.append(np.ones(10**6)) or 1, 0))",
    ]
    hungry = {**DOUBLE, "digest": "hungry", "megabytes": 4096, "limit": 20.0}
    with of_a_gigabyte() as folder, Live(tmp_path) as live:
        live.run("import os, numpy as np\nkept = []")
        kernel = int(live.value("os.getpid()"))
        (folder / "cgroup.procs").write_text(str(kernel), encoding="ascii")
        for bomb in bombs:
            live.run(f"def double(x):\n    return {bomb}")
            verdict = live.verdict(live.jobs({"x": hungry})[0])
            assert isinstance(verdict.outcome, wire.OutOfMemory), bomb
            assert live.value("(os.getpid(), len(kept))") == f"({kernel}, 0)"
        live.run(RIGHT)
        assert live.verdict(live.jobs({"x": hungry}, RIGHT)[0]).outcome == wire.Passed(inputs=3)
        live.run("big = np.ones(10**8)")
        assert live.verdict(live.jobs({"x": hungry}, RIGHT)[0]).outcome == wire.Passed(inputs=3)
    assert not os.path.exists(folder)  # noqa: PTH110 (a group is no file)
