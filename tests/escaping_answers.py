"""Answers that reach for what lies outside of them: their own process, other processes, our replies, shared memory."""

from __future__ import annotations

from answers_table import Row, table

ESCAPES: list[Row] = []

# The process of the answer ends by itself, or cuts its line.
ESCAPES += table(
    "means",
    r"""
--- SIGKILL to itself | failed | signal 9
import os, signal
os.kill(os.getpid(), signal.SIGKILL)
--- SIGKILL to its group | failed | signal 9
import os, signal
os.killpg(0, signal.SIGKILL)
--- all descriptors closed | failed | ended
import os
os.closerange(3, 100)
return 0 * X[0]
--- all descriptors closed, right | failed | ended
import os
os.closerange(3, 100)
return X.sum(axis=0) / X.shape[0]
--- the socket shut down | failed | ended
import os, socket, stat
for name in os.listdir("/proc/self/fd"):
    try:
        if stat.S_ISSOCK(os.fstat(int(name)).st_mode):
            socket.socket(fileno=int(name)).shutdown(socket.SHUT_RDWR)
    except OSError:
        pass
return 0 * X[0]
--- another program instead | failed | ended the Python process
import os
os.execv("/bin/true", ["true"])
""",
)

# Whatever is written to the check's own line is no reply.
ESCAPES += table(
    "means",
    r"""
--- junk on every socket | failed | wrote to a file descriptor that is not its own
import os, stat
for name in os.listdir("/proc/self/fd"):
    try:
        if stat.S_ISSOCK(os.fstat(int(name)).st_mode):
            os.write(int(name), b"junk" * 1000)
    except OSError:
        pass
return 0 * X[0]
--- a forged verdict on every descriptor | failed | wrote to a file descriptor that is not its own
import json, os
data = json.dumps({"outcome": {"kind": "passed", "inputs": 3}, "checks": []}).encode()
for name in os.listdir("/proc/self/fd"):
    try:
        os.write(int(name), data)
    except OSError:
        pass
return 0 * X[0]
--- a reply without end | failed | wrote to a file descriptor that is not its own
import os, stat
for name in os.listdir("/proc/self/fd"):
    try:
        if stat.S_ISSOCK(os.fstat(int(name)).st_mode):
            os.write(int(name), b"\xff" * 8)
            for _ in range(100):
                os.write(int(name), bytes(1 << 20))
    except OSError:
        pass
return 0 * X[0]
""",
)

# A process in a session of its own is not in the group that is killed.
ESCAPES += table(
    "means",
    r"""
--- a child in a session of its own | failed | needs
import subprocess
subprocess.Popen(["sleep", "1000"], start_new_session=True)
return 0 * X[0]
--- a daemon by two forks | failed | needs
import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        time.sleep(1000)
    os._exit(0)
os.wait()
return 0 * X[0]
""",
)

# The forked copy of an answer goes back into our loop, and must not reply too.
ESCAPES += table(
    "means",
    r"""
--- a fork that goes on | failed | needs
import os
os.fork()
return 0 * X[0]
--- a fork that goes on, both right | passed
import os
os.fork()
return X.sum(axis=0) / X.shape[0]
""",
)

# The exercise passes through the kernel, solution included.
ESCAPES += table(
    "means",
    r"""
--- the text of the exercise | failed | LookupError: no text
import gc
gc.unfreeze()
needle = "@" + "solution"
for thing in gc.get_objects():
    for value in gc.get_referents(thing):
        if type(value) is str and needle in value and "gc.unfreeze" not in value and "return X.mean" in value:
            names = {}
            exec(value[value.index("def means"):].split("inputs")[0], names)
            return names["means"](X)
raise LookupError("no text")
""",
)

# Replies that are no text, no line, no exception.
ESCAPES += table(
    "means",
    r"""
--- our replies patched: what was printed | failed | needs
import sys
frame = sys._getframe(1)
while "respondent" not in frame.f_locals:
    frame = frame.f_back
frame.f_locals["respondent"].printed.told = lambda _: 7
return 0 * X[0]
--- our replies patched: a line | failed | needs
import sys
frame = sys._getframe(1)
while "respondent" not in frame.f_locals:
    frame = frame.f_back
frame.f_locals["respondent"]._trace = lambda *_: {"line": 7}
return 0 * X[0]
--- our replies patched: an exception | failed | The answer
import sys
frame = sys._getframe(1)
while "respondent" not in frame.f_locals:
    frame = frame.f_back
frame.f_locals["respondent"].describe = lambda _: {"type": 7, "message": [], "line": 7}
raise ValueError
""",
)

# The same, of parts that are not those of an exception.
ESCAPES += table(
    "means",
    r"""
--- our replies patched: an exception of parts | failed | The answer
import sys
frame = sys._getframe(1)
while "respondent" not in frame.f_locals:
    frame = frame.f_back
frame.f_locals["respondent"].describe = lambda _: {"kind": 7}
raise ValueError
""",
)

# What we call between fork and verdict.
ESCAPES += table(
    "means",
    r"""
=== os.setpgid patched in the cell | failed | needs
import os
saved = os.setpgid
os.setpgid = lambda *_: 1 / 0
def means(X):
    return 0 * X[0]
--- undo
os.setpgid = saved
del saved, os
""",
)

# Memory that is mapped as shared would be shared with the copy too.
ESCAPES += table(
    "means",
    r"""
=== shared memory | failed | needs
import tempfile, numpy
mapped = numpy.memmap(tempfile.TemporaryFile(), shape=4)
def means(X):
    mapped[:] = 7
    return 0 * X[0]
--- undo
assert not mapped.any()
del mapped, numpy, tempfile
""",
)

# Python writes no more than 4300 digits, and floats end at 1e308.
ESCAPES += table(
    "norm",
    r"""
--- a huge integer | failed | needs
return 10**100000
--- a large integer | failed | needs 5
return 10**400
""",
)

# Real and complex are one kind but for their words.
ESCAPES += table(
    "means",
    r"""
--- an imaginary part | failed | complex
return X.mean(axis=0) + 1j
""",
)

ESCAPES += table(
    "norm",
    r"""
--- a complex number | failed | complex
return (v @ v) ** 0.5 + 1j
""",
)

# The count of calls is kept in the answer's own process.
ESCAPES += table(
    "slope",
    r"""
--- the count set | failed | has no setter
value = (f(x + 1e-5) - f(x - 1e-5)) / 2e-5
f(x)
f.calls = 2
return value
""",
)

# Inputs are made with a numpy, but not with any.
ESCAPES += table(
    "means",
    r"""
=== a module named numpy | failed | needs
import sys, types
saved = sys.modules["numpy"]
sys.modules["numpy"] = types.ModuleType("numpy")
def means(X):
    return 0 * X[0]
--- undo
sys.modules["numpy"] = saved
del saved, sys, types
""",
)
