"""Memory and time of processes, as /proc has it."""

from __future__ import annotations

import os
from pathlib import Path


def proportional(pid: int) -> float:
    """Return the megabytes of a process, what it shares with others counted by its share."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def judge_of(kernel: int) -> int:
    """Return the process of a kernel's judge: the one child that is there when no answer is judged."""
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(status.read_text(encoding="utf-8").rpartition(")")[2].split()[1])
            command = (status.parent / "cmdline").read_bytes()
        except (OSError, ValueError):  # it has ended
            continue
        if parent == kernel and b"math4ml_lab.kernel.court" in command:
            return int(status.parent.name)
    raise RuntimeError(f"the kernel {kernel} has no judge")


def busy_seconds() -> float:
    """Return for how long this machine's processors have worked since its start, for whomever."""
    user, nice, system, _, _, irq, softirq = map(int, Path("/proc/stat").read_text(encoding="ascii").split()[1:8])
    return (user + nice + system + irq + softirq) / os.sysconf("SC_CLK_TCK")
