"""The end of a copy: how it ended by itself, and an end to all that it has started (Linux)."""

from __future__ import annotations

import os
import signal
import time
from typing import Callable

ROUNDS = 20
"""How often we look for what an answer has started, while it starts more."""


def ended(pid: int, patience: float) -> int | None:
    """Return how the child ended by itself; None where it lives on, or somebody else has reaped it."""
    end = time.monotonic() + patience
    while True:
        try:
            found, status = os.waitpid(pid, os.WNOHANG)
        except ChildProcessError:
            return None
        if found:
            return status
        if time.monotonic() > end:
            return None
        time.sleep(0.005)


def reap(pid: int) -> None:
    """Kill the child with all that it started, in sessions of their own too, and leave no zombie of it."""
    for _ in range(ROUNDS):
        others = [other for other in _below(pid) if not _is_dead(other)]
        if not others:
            break
        for other in (pid, *others):
            _signal(os.kill, other, signal.SIGSTOP if other == pid else signal.SIGKILL)
    _signal(os.killpg, pid, signal.SIGKILL)
    _signal(os.kill, pid, signal.SIGKILL)
    try:
        os.waitpid(pid, 0)
    except ChildProcessError:
        pass  # it was reaped before


def _signal(send: Callable[[int, int], None], to: int, number: int) -> None:
    try:
        send(to, number)
    except (ProcessLookupError, PermissionError):
        pass  # it has ended, or is another's by now


def _below(pid: int) -> list[int]:
    """Return the processes that descend from one."""
    found: list[int] = []
    try:
        tasks = os.listdir(f"/proc/{pid}/task")
    except OSError:
        return found
    for task in tasks:
        try:
            with open(f"/proc/{pid}/task/{task}/children", encoding="ascii") as file:
                children = [int(child) for child in file.read().split()]
        except OSError:
            continue
        for child in children:
            found += [child, *_below(child)]
    return found


def _is_dead(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as file:
            return file.read().rpartition(")")[2].split()[0] in "ZX"
    except (OSError, IndexError):
        return True
