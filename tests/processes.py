"""Processes seen from outside, through `/proc`: who belongs to a kernel, and what each of them holds."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


class Process(NamedTuple):
    """A process; its start tells it from a later one of the same number."""

    pid: int
    started: str

    @property
    def lives(self) -> bool:
        """Whether it is still there; one that has ended and waits for its parent is not."""
        now = _stat(self.pid)
        return now is not None and now[19] == self.started and now[0] not in "ZX"


def _stat(pid: int) -> list[str] | None:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None


def children(pid: int) -> list[int]:
    """Return the children of all threads of a process, zombies among them."""
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found.extend(int(child) for child in task.read_text().split())
        except OSError:
            continue  # the thread has ended
    return found


def zombies(pid: int) -> list[int]:
    """Return the children that have ended and were not waited for."""
    return [child for child in children(pid) if (stat := _stat(child)) is not None and stat[0] == "Z"]


def family(pid: int) -> list[Process]:
    """Return a process with all its descendants."""
    stat = _stat(pid)
    if stat is None:
        return []
    return [Process(pid, stat[19]), *(one for child in children(pid) for one in family(child))]


def judge(kernel: int) -> int:
    """Return the judge of a kernel."""
    (found,) = (pid for pid in children(kernel) if _is_judge(pid))
    return found


def respondents(kernel: int) -> list[int]:
    """Return the copies of a kernel that are being judged."""
    return [pid for pid in children(kernel) if not _is_judge(pid)]


def _is_judge(pid: int) -> bool:
    try:
        return b"control = socket" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False


def tasks(pid: int) -> int:
    """Return how many threads a process has."""
    return len(list(Path(f"/proc/{pid}/task").iterdir()))


def descriptors(pid: int) -> int:
    """Return how many descriptors a process holds; what we need to look at our own is counted too."""
    return len(list(Path(f"/proc/{pid}/fd").iterdir()))


def anonymous(pid: int) -> int:
    """Return the bytes in memory that are no file's."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Anonymous:"):
            return int(line.split()[1]) << 10
    raise AssertionError(pid)


async def until(holds: Callable[[], object], what: str, seconds: float = 20) -> None:
    """Wait until something holds; fail with what was waited for."""
    end = asyncio.get_running_loop().time() + seconds
    while not holds():
        assert asyncio.get_running_loop().time() < end, f"in {seconds} s not: {what}"
        await asyncio.sleep(0.01)


async def gone(old: Iterable[Process], seconds: float = 20) -> None:
    """Wait until these processes have ended."""
    waited = list(old)
    await until(lambda: not any(one.lives for one in waited), f"an end of {waited}", seconds)
