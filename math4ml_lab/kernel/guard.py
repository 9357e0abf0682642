"""The guarded check: in the kernel itself, for processes that cannot be copied or whose copy would die.

The answer works on copies of what it reaches, under a timer and a memory limit, and whatever the check changed in the
process is put back. What a copy of the process cannot harm at all, this only makes unlikely: a report says which of
the two it was.
"""

from __future__ import annotations

import builtins
import copy
import getpass
import os
import signal
import socket
import sys
import time
import types
from typing import TYPE_CHECKING, Any, Callable

from math4ml_lab.kernel import answer

if TYPE_CHECKING:
    from collections.abc import Mapping

AGAIN = 0.05
"""Seconds after which an answer that swallowed the end of its time is stopped again."""
SLACK = 30
"""Seconds beyond the limit for which the kernel waits for the judge."""
_signal, _settrace = signal.signal, sys.settrace
_setitimer: Any = getattr(signal, "setitimer", None)
# The learner's, of which our own names may be copies.
_os, _signals = sys.modules["os"], sys.modules["signal"]
_FORBIDDEN: dict[Any, tuple[str, ...]] = {
    _os: ("_exit", "abort", "kill", "killpg", "fork", "forkpty", "execv", "execve", "closerange"),
    _signals: ("signal", "setitimer", "alarm", "pthread_kill", "raise_signal"),
    sys: ("settrace", "setprofile", "setrecursionlimit"),
}


_LOADED = {"tensorflow": "TensorFlow", "cupy": "CuPy"}


class Stop(BaseException):
    """Ends the answer from inside: its time is up, or the learner interrupted the kernel."""


def dies_in_a_copy() -> str | None:
    """Return what this process uses that does not survive a fork, None where it can be copied."""
    torch = sys.modules.get("torch")
    initialised = getattr(getattr(torch, "cuda", None), "is_initialized", None)
    if initialised is not None and initialised():
        return "CUDA"
    backends = getattr(sys.modules.get("jax._src.xla_bridge"), "_backends", None)
    if backends or ("jax" in sys.modules and backends is None):
        return "JAX"
    return next((title for name, title in _LOADED.items() if name in sys.modules), None)


# -- Copies ------------------------------------------------------------------------------------------------


def reached(namespace: Mapping[str, Any], names: list[str]) -> dict[str, Any]:
    """Return a namespace of its own for the answers `names`: what they reach is copied, the rest is shared."""
    ours = dict(namespace)
    memo: dict[int, Any] = {}
    todo, seen = list(names), set()
    while todo:
        name = todo.pop()
        if name in seen or name not in namespace:
            continue
        seen.add(name)
        value = namespace[name]
        ours[name] = _copied(value, namespace, ours, memo)
        todo.extend(_names(getattr(value, "__code__", None)))
    return ours


def _names(code: Any) -> list[str]:
    if not isinstance(code, types.CodeType):
        return []
    return [*code.co_names, *(name for constant in code.co_consts for name in _names(constant))]


def _copied(value: Any, theirs: Mapping[str, Any], ours: dict[str, Any], memo: dict[int, Any]) -> Any:
    if isinstance(value, types.FunctionType):
        return _function(value, theirs, ours, memo)
    if isinstance(value, (types.ModuleType, type)):
        return value
    try:
        return copy.deepcopy(value, memo)
    except Exception:  # an open file, a lock: there is only one
        return value


def _function(function: Any, theirs: Mapping[str, Any], ours: dict[str, Any], memo: dict[int, Any]) -> Any:
    if function.__globals__ is not theirs:
        return function
    cells = []
    for cell in function.__closure__ or ():
        try:
            cells.append(types.CellType(_copied(cell.cell_contents, theirs, ours, memo)))
        except ValueError:  # an empty cell
            cells.append(types.CellType())
    twin = types.FunctionType(
        function.__code__, ours, function.__name__, copy.deepcopy(function.__defaults__, memo), tuple(cells)
    )
    twin.__kwdefaults__ = copy.deepcopy(function.__kwdefaults__, memo)
    twin.__dict__.update(function.__dict__)
    return twin


# -- The process as it was ---------------------------------------------------------------------------------


class Guard:
    """Keeps the process as it is: a context in which an answer may be called, `inside` that call a timer rules.

    `stopped_at` is what `place` says of the frame that stood there when the answer was stopped.
    """

    def __init__(self, limit: float, megabytes: int) -> None:
        self.limit = limit
        self.megabytes = megabytes
        self.inside = False
        self.over: str | None = None
        self.place: Callable[[Any], Any] | None = None
        self.stopped_at: Any = None
        self._undo: list[Callable[[], None]] = []
        self._mend: list[Callable[[], None]] = []

    def __enter__(self) -> Guard:  # noqa: PYI034 (Self is not there before Python 3.11)
        try:
            self._keep()
            self._limit_memory()
            self._start_timer()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.inside = False
        while self._undo:
            try:
                self._undo.pop()()
            except Exception:  # one thing that cannot be put back must not keep the others
                continue

    def call(self, work: Callable[[], Any]) -> Any:
        """Run an answer until it returns, raises, or its time is up: then Stop comes out of it."""
        if self.over:
            raise Stop
        tracer = sys.gettrace()
        self.inside = True
        try:
            return work()
        finally:
            self.inside = False
            _settrace(tracer)
            # What we are made of calls builtins too: they must be whole before anything of ours goes on.
            for mend in self._mend:
                mend()

    def _set(self, owner: Any, name: str, value: Any) -> None:
        before = getattr(owner, name)
        self._undo.append(lambda: setattr(owner, name, before))
        setattr(owner, name, value)

    def _keep(self) -> None:
        def nobody(*_: Any, **__: Any) -> str:
            raise EOFError("input() has nobody to ask while an answer is checked")

        self._set(sys, "stdout", sys.stdout)
        self._set(sys, "stderr", sys.stderr)
        self._set(builtins, "input", nobody)
        self._set(getpass, "getpass", nobody)
        recursion, folder = sys.getrecursionlimit(), os.getcwd()
        self._undo.append(lambda: sys.setrecursionlimit(recursion))
        self._undo.append(lambda: os.chdir(folder))
        self._undo.append(_resetting(os.environ))
        self._keep_modules()
        for module, names in _FORBIDDEN.items():
            for name in names:
                if hasattr(module, name):
                    self._set(module, name, _refuse(f"{module.__name__}.{name}"))

    def _keep_modules(self) -> None:
        random, numpy = sys.modules.get("random"), sys.modules.get("numpy")
        if random is not None:
            state = random.getstate()
            self._undo.append(lambda: random.setstate(state))
        if numpy is not None:
            numbers, errors = numpy.random.get_state(), numpy.geterr()
            self._undo.append(lambda: numpy.random.set_state(numbers))
            self._undo.append(lambda: numpy.seterr(**errors))
        for module in (builtins, numpy):
            if module is not None:
                self._mend.append(_resetting(vars(module)))

    def _limit_memory(self) -> None:
        import resource

        from math4ml_lab.kernel import limits

        before = resource.getrlimit(resource.RLIMIT_AS)
        self._undo.append(lambda: resource.setrlimit(resource.RLIMIT_AS, before))
        limits.limit_memory(self.megabytes)

    def _start_timer(self) -> None:
        timer, interrupt = signal.getsignal(signal.SIGALRM), signal.getsignal(signal.SIGINT)
        pending = signal.getitimer(signal.ITIMER_REAL)
        began = time.monotonic()

        def stop() -> None:
            left = max(1e-6, pending[0] - (time.monotonic() - began)) if pending[0] else 0.0
            _setitimer(signal.ITIMER_REAL, 0)
            _signal(signal.SIGALRM, timer)
            _signal(signal.SIGINT, interrupt)
            _setitimer(signal.ITIMER_REAL, left, pending[1])

        self._undo.append(stop)
        _signal(signal.SIGALRM, lambda _, frame: self._stop("time", frame))
        _signal(signal.SIGINT, lambda _, frame: self._stop("cancelled", frame))
        _setitimer(signal.ITIMER_REAL, self.limit, AGAIN)

    def _stop(self, why: str, frame: Any) -> None:
        if self.stopped_at is None and self.inside and self.place is not None:
            self.stopped_at = self.place(frame)
        self.over = self.over or why
        if not self.inside:
            return
        # Whoever catches this one is met by the next at the line where he would go on.
        while frame is not None and frame.f_code is not Guard.call.__code__:
            frame.f_trace = self._trace
            frame = frame.f_back
        _settrace(self._trace)
        raise Stop

    def _trace(self, *_: Any) -> None:
        if self.inside:
            raise Stop


def _refuse(name: str) -> Any:
    def refuse(*_: Any, **__: Any) -> Any:
        raise PermissionError(f"{name} is not for answers while they are checked")

    return refuse


def _resetting(mapping: Any) -> Callable[[], None]:
    before = dict(mapping)

    def reset() -> None:
        for name in [name for name in mapping if name not in before]:
            del mapping[name]
        for name, value in before.items():
            if mapping.get(name) is not value:
                mapping[name] = value

    return reset


def isolation() -> str | None:
    """Return how checks are kept apart from this kernel: by a copy, under guard, or not at all."""
    if sys.platform == "linux" and os.path.isdir("/proc/self/task"):
        return "snapshot"
    return "guarded" if hasattr(socket, "send_fds") and hasattr(signal, "setitimer") else None


def serve(
    sock: Any,
    namespace: Mapping[str, Any],
    names: list[str],
    case: Mapping[str, Any],
    left: Mapping[str, Any] | None = None,
) -> None:
    """Answer the judge's questions from the kernel's main thread, then leave everything as it was."""
    sock.settimeout(case["limit"] + SLACK)
    with sock, Guard(case["limit"], case["megabytes"]) as guard:
        respondent = answer.Respondent(reached(namespace, names), case["source"], guard=guard, left=left)
        try:
            answer.converse(sock, respondent)
        except Stop:  # between two questions
            return
