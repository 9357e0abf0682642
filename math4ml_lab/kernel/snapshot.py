"""The snapshot: a copy of the live state in a process that can neither harm the kernel nor outlive it (Linux)."""

from __future__ import annotations

import ctypes
import gc
import os
import signal
import stat
import sys
import threading
import warnings
from typing import Any, Callable

from math4ml_lab.kernel import limits

_prctl = getattr(ctypes.CDLL(None), "prctl", None) if sys.platform == "linux" else None

# Where a thread that waits has its innermost frame: files of the standard library, and packages.
_WAITING_FILES = {"selectors.py", "threading.py", "queue.py", "socket.py", "socketserver.py", "thread.py"}
_WAITING_PACKAGES = {"ipykernel", "zmq", "tornado", "debugpy"}


def threads_computing(besides: threading.Thread) -> bool:
    """Tell whether a thread other than ours and `besides` may be inside BLAS, where a fork would deadlock the kernel.

    Threads that wait in known places are idle. Any other thread counts unless it slept, and with it all tasks that
    Python does not know (BLAS has some), at one and the same moment: then nobody computes, and no thread can enter
    BLAS between this look and a fork, since we hold the interpreter's lock.
    """
    ours = {threading.get_ident(), besides.ident}
    frames = sys._current_frames()
    busy = {ident for ident, frame in frames.items() if ident not in ours and not _waits(frame)}
    if not busy:
        return False
    idle = {thread.native_id for thread in threading.enumerate() if thread.ident not in busy}
    tasks = [task for task in os.listdir("/proc/self/task") if int(task) not in idle]
    before = [_sleeping(task) for task in tasks]
    # Whoever slept without a switch from the first look to the second slept in between, when all had been looked at.
    return None in before or before != [_sleeping(task) for task in tasks]


def _waits(frame: Any) -> bool:
    parts = frame.f_code.co_filename.split(os.sep)
    return parts[-1] in _WAITING_FILES or not _WAITING_PACKAGES.isdisjoint(parts)


def _sleeping(task: str) -> str | None:
    """Return how often a sleeping task was switched so far, None for one that runs; a task that has ended sleeps."""
    try:
        with open(f"/proc/self/task/{task}/status", encoding="ascii", errors="replace") as file:
            lines = file.read().splitlines()
    except OSError:
        return "ended"
    if any(line.startswith("State:") and line.split()[1] in "RD" for line in lines):
        return None
    return "".join(line for line in lines if "ctxt_switches" in line)


def fork() -> int:
    """Fork by `posix.fork`: the debugger replaces `os.fork`, and a check would hang. No warning about threads."""
    import posix

    ours = ("ignore", None, DeprecationWarning, None, 0)
    # The list itself, not `catch_warnings`: that would make the learner's "once" warnings appear again.
    warnings.filters.insert(0, ours)  # type: ignore[attr-defined]
    try:
        return posix.fork()
    finally:
        warnings.filters.remove(ours)  # type: ignore[attr-defined]


class OpenMP:
    """The OpenMP runtimes of this process: their threads do not exist in a copy, which would wait for them for ever."""

    def __init__(self) -> None:
        self._known = -1
        self._setters: list[Any] = []

    def look(self) -> None:
        """Find the runtimes that are loaded by now; before a fork, and again only when something was imported."""
        if len(sys.modules) == self._known:
            return
        self._known = len(sys.modules)
        with open("/proc/self/maps", encoding="utf-8", errors="replace") as file:
            paths = {line.split(None, 5)[-1].strip() for line in file if "omp" in line}
        names = ("libgomp", "libomp", "libiomp")
        libraries = [ctypes.CDLL(path) for path in paths if os.path.basename(path).startswith(names)]
        self._setters = [library.omp_set_num_threads for library in libraries]

    def alone(self) -> None:
        """Let the copy compute with the one thread that it has."""
        for setter in self._setters:
            setter(1)


def become_child(parent: int, keep: int, megabytes: int) -> None:
    """Cut all ties with the kernel: called first thing in the child, which keeps the descriptor `keep`."""
    _untrace()
    gc.freeze()
    if _prctl is not None:
        _prctl(1, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(0)
    os.setpgid(0, 0)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGALRM, signal.SIGCHLD):
        signal.signal(number, signal.SIG_DFL)
    _descriptors(keep)
    _first_to_die()
    limits.limit_memory(megabytes)
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _untrace() -> None:
    """Leave the debugger and profilers behind: they would wait for a client that the child has not."""
    sys.settrace(None)
    sys.setprofile(None)
    threading.settrace(None)  # type: ignore[arg-type, unused-ignore]
    threading.setprofile(None)
    monitoring: Any = getattr(sys, "monitoring", None)
    for tool in range(6) if monitoring is not None else ():
        if monitoring.get_tool(tool) is not None:
            monitoring.set_events(tool, 0)
            for event in range(20):
                try:
                    monitoring.register_callback(tool, 1 << event, None)
                except ValueError:
                    break
    evaluator = sys.modules.get("_pydevd_frame_eval.pydevd_frame_eval_main")
    stop: Callable[[], None] | None = getattr(evaluator, "stop_frame_eval", None)
    if stop is not None:
        stop()


def _descriptors(keep: int) -> None:
    """Close all that is not a file: the kernel's ports above all. Files get positions of their own, read-only."""
    null = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(null, number)
    for name in os.listdir("/proc/self/fd"):
        number = int(name)
        if number in (0, 1, 2, keep):
            continue
        try:
            if stat.S_ISREG(os.fstat(number).st_mode):
                _reopen(number)
            else:
                os.close(number)
        except OSError:
            continue  # the listing's own descriptor, closed by now


def _reopen(number: int) -> None:
    position = os.lseek(number, 0, os.SEEK_CUR)
    again = os.open(f"/proc/self/fd/{number}", os.O_RDONLY)
    os.lseek(again, position, os.SEEK_SET)
    os.dup2(again, number)
    os.close(again)


def _first_to_die() -> None:
    try:
        with open("/proc/self/oom_score_adj", "w", encoding="ascii") as file:
            file.write("1000")
    except OSError:
        pass  # not allowed here: the memory limit below still holds


def mute(shell: Any) -> None:
    """Let nothing that the answer does reach the learner's screen, and nobody be asked."""
    import builtins
    import getpass

    def nobody(*_: Any, **__: Any) -> str:
        raise EOFError("input() has nobody to ask while an answer is checked")

    builtins.input = nobody
    getpass.getpass = nobody
    session = getattr(getattr(shell, "kernel", None), "session", None)
    if session is not None:
        type(session).send = lambda *_, **__: None
