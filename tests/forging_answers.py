"""Answers that speak in our place, or reach for our processes. Data only."""

from __future__ import annotations

from answers_table import table

FORGED = table(
    "means",
    r"""
--- a forged reply on every socket | failed | needs an array
import json, os, stat
data = json.dumps({"value": {"list": [0.0, 0.0]}, "changed": {}, "calls": {}}).encode()
for name in os.listdir("/proc/self/fd"):
    try:
        if stat.S_ISSOCK(os.fstat(int(name)).st_mode):
            os.write(int(name), len(data).to_bytes(8, "big") + data)
    except OSError:
        pass
return 0 * X[0]
--- forged replies of other kinds | failed | wrote to a file descriptor that is not its own
import json, os, stat
def say(message):
    data = json.dumps(message).encode()
    for name in os.listdir("/proc/self/fd"):
        try:
            if stat.S_ISSOCK(os.fstat(int(name)).st_mode):
                os.write(int(name), len(data).to_bytes(8, "big") + data)
        except OSError:
            pass
for message in ({"value": {"fn": {"text": "1", "ndim": None, "given": {}}}}, [], 7, {"raised": 1}, {"calls": 1}):
    say(message)
return 0 * X[0]
--- a reply nested without end | failed | wrote to a file descriptor that is not its own
import os, stat
data = b"[" * 1_000_000
for name in os.listdir("/proc/self/fd"):
    try:
        if stat.S_ISSOCK(os.fstat(int(name)).st_mode):
            os.write(int(name), len(data).to_bytes(8, "big") + data)
    except OSError:
        pass
return 0 * X[0]
--- the judge's questions read away | failed | needs
import os, socket, stat
for name in os.listdir("/proc/self/fd"):
    try:
        if stat.S_ISSOCK(os.fstat(int(name)).st_mode):
            os.set_blocking(int(name), False)
            while os.read(int(name), 100000):
                pass
    except OSError:
        pass
return 0 * X[0]
""",
)

REACHED = table(
    "means",
    r"""
--- the judge's processes killed | broken | The judge ended before its verdict
import os, signal
kernel = os.getppid()
parents = {}
for name in os.listdir("/proc"):
    if name.isdigit():
        with open(f"/proc/{name}/stat") as file:
            parents[int(name)] = int(file.read().rpartition(")")[2].split()[1])
judges = {pid for pid, parent in parents.items() if parent == kernel and pid != os.getpid()}
for pid in judges | {pid for pid, parent in parents.items() if parent in judges}:
    os.kill(pid, signal.SIGKILL)
return X.sum(axis=0) / X.shape[0]
--- our replies patched: a value | failed | needs an array
import sys
frame = sys._getframe(1)
while "respondent" not in frame.f_locals:
    frame = frame.f_back
frame.f_locals["respondent"]._evaluate = lambda *_: {"value": True}
return 0 * X[0]
--- our replies patched: calls | failed | not its own
import sys
frame = sys._getframe(1)
while "respondent" not in frame.f_locals:
    frame = frame.f_back
frame.f_locals["respondent"]._evaluate = lambda *_: {"value": 1, "calls": 7}
return 0 * X[0]
--- our replies patched: names | failed | needs
import sys
frame = sys._getframe(1)
while "respondent" not in frame.f_locals:
    frame = frame.f_back
frame.f_locals["respondent"]._describe = lambda _: 7
return 0 * X[0]
=== os.waitpid patched in the cell | failed | needs
import os
saved = os.waitpid
os.waitpid = lambda *_: 1 / 0
def means(X):
    return 0 * X[0]
--- undo
os.waitpid = saved
del saved, os
""",
)
