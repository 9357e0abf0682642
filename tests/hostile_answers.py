"""Answers without end and without measure, and what each is told. Data only; `answers_table.table` reads it."""

from __future__ import annotations

from answers_table import table

ENDLESS = table(
    "loops",
    r"""
--- endless loop | timed_out | X=[[1, 2], [3, 5], [6, 7]]
while True:
    pass
--- endless loop that swallows everything | timed_out | X=[[1, 2]
while True:
    try:
        while True:
            pass
    except BaseException:
        continue
--- endless output | timed_out | X=[[1, 2]
while True:
    print("on and on")
--- endless output below Python | timed_out | X=[[1, 2]
import os
while True:
    os.write(1, b"on and on")
--- waiting for a lock | timed_out | X=[[1, 2]
import threading
lock = threading.Lock()
lock.acquire()
lock.acquire()
--- stopped by itself | timed_out | X=[[1, 2]
import os, signal
os.kill(os.getpid(), signal.SIGSTOP)
--- signals ignored | timed_out | X=[[1, 2]
import signal
for number in (1, 2, 14, 15):
    signal.signal(number, signal.SIG_IGN)
while True:
    pass
--- a repr without end | timed_out | X=[[1, 2]
class Endless:
    def __repr__(self):
        while True:
            pass
return Endless()
--- one long computation below Python | timed_out | X=[[1, 2]
return 7 ** 10**9
--- a child that is waited for | timed_out | X=[[1, 2]
import subprocess
subprocess.run(["sleep", "1000"])
--- a tracer that never comes back | timed_out | X=[[1, 2]
import sys, time
sys.settrace(lambda *_: time.sleep(1000))
return sorted(X, key=lambda x: 1)
--- an endless iterator, read | timed_out | X=[[1, 2]
import itertools
return sum(itertools.count())
""",
)

MEMORY = table(
    "means",
    r"""
--- a list that grows | out_of_memory | 512
items = []
while True:
    items.append("x" * 1000000 + str(len(items)))
--- many small objects | out_of_memory | 512
items = []
while True:
    items.append([None] * 400)
--- a growing dict | out_of_memory | 512
items = {}
while True:
    items[len(items)] = bytes(100000)
--- a huge array | out_of_memory | 512
import numpy
return numpy.ones((10**6, 10**6))
--- huge bytes | out_of_memory | 512
return bytes(10**12)
--- a huge text | out_of_memory | 512
return "ab" * 10**11
--- a text that doubles | out_of_memory | 512
text = "x"
while True:
    text += text
--- a huge array, caught | passed
try:
    bytes(10**12)
except MemoryError:
    pass
return X.sum(axis=0) / X.shape[0]
--- a huge text printed | out_of_memory | 512
print("x" * 10**12)
--- 100 MB printed at once | passed | x
print("x" * 100_000_000)
return X.sum(axis=0) / X.shape[0]
--- 100 MB written below Python | passed
import os
os.write(1, bytes(100_000_000))
os.write(2, bytes(100_000_000))
return X.sum(axis=0) / X.shape[0]
--- an exception that tells 10 MB | failed | RuntimeError: xxxx
raise RuntimeError("x" * 10_000_000)
--- a repr of 100 MB | failed | a Long, needs an array
class Long:
    def __repr__(self):
        return "x" * 100_000_000
return Long()
--- a text of 100 MB | failed | needs an array
return "x" * 100_000_000
--- an array of 10**8 entries | failed | an array too large to check, of shape (100000000,), needs an array
import numpy
return numpy.zeros(10**8, dtype="int8")
--- a view of 10**12 entries | failed | an array too large to check, of shape (1000000, 1000000)
import numpy
return numpy.broadcast_to(1.0, (10**6, 10**6))
--- a list of 10**7 items | failed | a list too large to check, needs an array
return [0] * 10**7
""",
)

PROCESSES = table(
    "means",
    r"""
--- os._exit(0) | failed | ended the Python process
import os
os._exit(0)
--- os._exit(1) | failed | ended the Python process
import os
os._exit(1)
--- os.abort | failed | crashed Python (signal 6)
import os
os.abort()
--- SIGTERM to itself | failed | signal 15
import os, signal
os.kill(os.getpid(), signal.SIGTERM)
--- SIGTERM to its group | failed | signal 15
import os, signal
os.killpg(0, signal.SIGTERM)
--- a null pointer | failed | signal 11
import ctypes
ctypes.string_at(0)
--- an alarm | failed | signal 14
import signal, time
signal.alarm(1)
time.sleep(9)
--- a timer with a handler | failed | ZeroDivisionError
import signal, time
signal.signal(signal.SIGALRM, lambda *_: 1 / 0)
signal.setitimer(signal.ITIMER_REAL, 0.01)
time.sleep(9)
--- sys.exit | failed | SystemExit
import sys
sys.exit()
--- sys.exit with a text | failed | SystemExit: done
import sys
sys.exit("done")
--- exit() | failed | None, needs an array
exit()
--- quit() | failed | None, needs an array
quit()
--- a child that sleeps | failed | needs
import subprocess
subprocess.Popen(["sleep", "1000"])
return 0 * X[0]
--- a fork that sleeps | failed | needs
import os, time
if os.fork() == 0:
    time.sleep(1000)
    os._exit(0)
return 0 * X[0]
--- twenty forks | failed | needs
import os, time
for _ in range(20):
    if os.fork() == 0:
        time.sleep(1000)
        os._exit(0)
return 0 * X[0]
--- a move into the kernel's process group | failed | needs
import os
os.setpgid(0, os.getpgid(os.getppid()))
return 0 * X[0]
--- a thread that sleeps | passed
import threading, time
threading.Thread(target=time.sleep, args=(1000,)).start()
return X.sum(axis=0) / X.shape[0]
--- a thread that spins | failed | needs
import threading
def spin():
    while True:
        pass
threading.Thread(target=spin).start()
return 0 * X[0]
--- a pool of processes | passed
import multiprocessing
with multiprocessing.get_context("fork").Pool(2) as pool:
    pool.map(abs, [1, 2])
return X.sum(axis=0) / X.shape[0]
--- a process left behind | failed | needs
import multiprocessing, time
multiprocessing.get_context("fork").Process(target=time.sleep, args=(1000,)).start()
return 0 * X[0]
--- work left for the exit | passed
import atexit, time
atexit.register(time.sleep, 1000)
return X.sum(axis=0) / X.shape[0]
""",
)
