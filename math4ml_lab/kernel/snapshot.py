"""The snapshot: a copy of the live state in a process that can neither harm the kernel nor outlive it (Linux)."""

from __future__ import annotations

import ctypes
import gc
import os
import signal
import stat
import sys
import threading
import time
import warnings
from typing import Any, Callable

from math4ml_lab.kernel import limits, mappings

_prctl = getattr(ctypes.CDLL(None), "prctl", None) if sys.platform == "linux" else None

_libc = ctypes.PyDLL(None) if sys.platform == "linux" else None
"""The C library by calls that keep the interpreter's lock."""
HOLD = 0.05
"""Seconds for which no other thread may ask for the interpreter's lock while we look and fork."""

# Where a thread that waits has its innermost frame: files of the standard library, and packages.
_WAITING_FILES = {"selectors.py", "threading.py", "queue.py", "socket.py", "socketserver.py", "thread.py"}
_WAITING_PACKAGES = {"ipykernel", "zmq", "tornado", "debugpy"}


def settle(shell: Any) -> None:
    """Leave nothing half done in the kernel that a copy would do again, or wait for."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except Exception:  # a learner may have put anything there
            continue
    # IPython waits for this thread when it forks, which would give the interpreter's lock away in the last moment.
    stop_history = getattr(getattr(shell, "history_manager", None), "_stop_save_thread", None)
    if stop_history is not None:
        stop_history()


def fork_at_rest(besides: threading.Thread, patience: float) -> int | None:
    """Fork when no other thread is inside BLAS, where a fork would deadlock; return None where one was all the time.

    No thread may enter BLAS between the look and the fork. So we hold the interpreter's lock from the one to the other:
    nothing in between reads or writes by Python's own calls, which give the lock away, and nobody asks for it so soon.
    """
    end = time.monotonic() + patience
    interval = sys.getswitchinterval()
    sys.setswitchinterval(HOLD)
    try:
        while True:
            tasks = os.listdir("/proc/self/task")
            threads = threading.enumerate()
            time.sleep(0.0001)  # whoever waits for the lock waits anew, and for as long as we hold it
            began = time.monotonic()
            if not _computing(besides, tasks, threads) and time.monotonic() - began < HOLD / 2:
                return fork()
            if time.monotonic() > end:
                return None
            time.sleep(0.005)
    finally:
        sys.setswitchinterval(interval)


def _computing(besides: threading.Thread, tasks: list[str], threads: list[threading.Thread]) -> bool:
    """Tell whether a thread other than ours and `besides` may be inside BLAS.

    Threads that wait in known places are idle. Any other thread counts unless it slept, and with it all tasks that
    Python does not know (BLAS has some), at one and the same moment.
    """
    ours = {threading.get_ident(), besides.ident}
    frames = sys._current_frames()
    busy = {ident for ident, frame in frames.items() if ident not in ours and not _waits(frame)}
    if not busy:
        return False
    if f"\nThreads:\t{len(tasks)}\n" not in _read("/proc/self/status"):
        return True  # one has come or gone since
    idle = {thread.native_id for thread in threads if thread.ident not in busy}
    tasks = [task for task in tasks if int(task) not in idle]
    before = [_sleeping(task) for task in tasks]
    # Whoever slept without a switch from the first look to the second slept in between, when all had been looked at.
    return None in before or before != [_sleeping(task) for task in tasks]


def _waits(frame: Any) -> bool:
    parts = frame.f_code.co_filename.split(os.sep)
    return parts[-1] in _WAITING_FILES or not _WAITING_PACKAGES.isdisjoint(parts)


def _sleeping(task: str) -> str | None:
    """Return how often a sleeping task was switched so far, None for one that runs; a task that has ended sleeps."""
    lines = _read(f"/proc/self/task/{task}/status").splitlines()
    if any(line.startswith("State:") and line.split()[1] in "RD" for line in lines):
        return None
    return "".join(line for line in lines if "ctxt_switches" in line)


def _read(path: str) -> str:
    """Return a file of `/proc` without giving the interpreter's lock away; nothing where it is gone."""
    assert _libc is not None  # noqa: S101  (only Linux is asked)
    number = _libc.open(path.encode("ascii"), os.O_RDONLY)
    if number < 0:
        return ""
    buffer = ctypes.create_string_buffer(1 << 14)
    size = _libc.read(number, buffer, len(buffer))
    _libc.close(number)
    return buffer.raw[: max(size, 0)].decode("ascii", "replace")


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


class _Library(ctypes.Structure):
    """The start of `dl_phdr_info`, as `dl_iterate_phdr(3)` has it."""

    _fields_ = [
        ("address", ctypes.c_void_p),
        ("name", ctypes.c_char_p),
        ("headers", ctypes.c_void_p),
        ("count", ctypes.c_uint16),
        ("loaded", ctypes.c_ulonglong),
    ]


def _libraries_loaded() -> int:
    """Return how many libraries this process has loaded so far."""
    found = []

    def visit(library: Any, *_: Any) -> int:
        found.append(library.contents.loaded)
        return 1

    kind = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(_Library), ctypes.c_size_t, ctypes.c_void_p)
    ctypes.CDLL(None).dl_iterate_phdr(kind(visit), None)
    return int(found[0])


class OpenMP:
    """The OpenMP runtimes of this process: their threads do not exist in a copy, which would wait for them for ever."""

    def __init__(self) -> None:
        self._known = -1
        self._setters: list[Any] = []

    def look(self) -> None:
        """Find the runtimes that are loaded by now; before a fork, and again only when a library was loaded."""
        loaded = _libraries_loaded()
        if loaded == self._known:
            return
        self._known = loaded
        with open("/proc/self/maps", encoding="utf-8", errors="replace") as file:
            paths = {line.split(None, 5)[-1].strip() for line in file if "omp" in line}
        names = ("libgomp", "libomp", "libiomp")
        libraries = [ctypes.CDLL(path) for path in paths if os.path.basename(path).startswith(names)]
        self._setters = [library.omp_set_num_threads for library in libraries]

    def alone(self) -> None:
        """Let the copy compute with the one thread that it has."""
        for setter in self._setters:
            setter(1)


class Numpy:
    """The numpy that was there first: a copy makes its inputs with it, whatever goes by that name since."""

    def __init__(self) -> None:
        self._first: Any = None

    def look(self) -> None:
        """Remember it, before a fork; with its generators, which every copy would otherwise load anew."""
        if self._first is None and "numpy" in sys.modules:
            self._first = sys.modules["numpy"]
            try:
                import numpy.random  # noqa: F401
            except Exception:  # a learner may have put anything there
                return

    def restore(self) -> None:
        """Put it back, in the copy."""
        if self._first is not None:
            sys.modules["numpy"] = self._first


def become_child(parent: int, keep: int, megabytes: int) -> None:
    """Cut all ties with the kernel: called first thing in the child, which keeps the descriptor `keep`."""
    _untrace()
    gc.freeze()
    if _prctl is not None:
        _prctl(1, signal.SIGKILL)
        # Whatever the answer starts stays below this process, where the watcher finds it.
        _prctl(36, 1, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(0)
    os.setpgid(0, 0)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGALRM, signal.SIGCHLD):
        signal.signal(number, signal.SIG_DFL)
    mappings.make_private()
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
