"""Answers that raise odd things, or reach for what the learner and the kernel own. Data only."""

from __future__ import annotations

from answers_table import table

RAISES = table(
    "means",
    r"""
--- KeyboardInterrupt | failed | KeyboardInterrupt
raise KeyboardInterrupt
--- GeneratorExit | failed | GeneratorExit
raise GeneratorExit
--- an exception of its own | failed | Mine: no
class Mine(BaseException):
    pass
raise Mine("no")
--- an exception that cannot be told | failed | Silent
class Silent(Exception):
    def __str__(self):
        raise RuntimeError
raise Silent
--- an exception that exits when told | failed | Leaves
class Leaves(Exception):
    def __str__(self):
        import os
        raise SystemExit
raise Leaves
--- an exception with half a character | failed | \ud800
raise ValueError("\ud800")
--- an exception named like a builtin | failed | ValueError: mine
class ValueError(BaseException):
    pass
raise ValueError("mine")
--- an exception group | failed | ExceptionGroup
raise ExceptionGroup("several", [ValueError("a"), TypeError("b")])
--- recursion without end | failed | RecursionError
def down(n):
    return down(n + 1)
return down(0)
--- recursion without end below Python | failed | The answer crashed Python (signal 11)
import functools, sys
sys.setrecursionlimit(10**9)
down = functools.partial(lambda n: sorted([n], key=down))
return down(0)
--- a recursion limit of 10 | failed | RecursionError: cannot set the recursion limit
import sys
sys.setrecursionlimit(10)
return X.sum(axis=0) / X.shape[0]
--- a recursion limit that leaves us nothing | failed | RecursionError
import inspect, sys
sys.setrecursionlimit(len(inspect.stack()) + 4)
return X.sum(axis=0) / X.shape[0]
--- deep recursion with a right answer | passed
def down(n):
    return n and down(n - 1)
down(700)
return X.sum(axis=0) / X.shape[0]
--- input() | failed | nobody to ask
return float(input("?"))
--- getpass | failed | nobody to ask
import getpass
return getpass.getpass()
--- a breakpoint | failed | needs
breakpoint()
return 0 * X[0]
--- an exception with itself as its cause | failed | ValueError: round
error = ValueError("round")
error.__cause__ = error
raise error
--- a traceback a thousand frames deep | failed | ZeroDivisionError
def down(n):
    return down(n - 1) if n else 1 / 0
return down(800)
""",
)

HARM = table(
    "means",
    r"""
--- the learner's list extended | failed | needs
kept.append(4)
kept[0] = 0
return 0 * X[0]
--- the learner's dict emptied | failed | needs
table.clear()
return 0 * X[0]
--- the learner's array overwritten | failed | needs
array[:] = 0
return 0 * X[0]
--- the learner's array overwritten below Python | failed | needs
import ctypes
ctypes.memset(array.ctypes.data, 0, array.nbytes)
return 0 * X[0]
--- the learner's generator used | failed | needs
generator.random(100)
return 0 * X[0]
--- the learner's file read | failed | needs
handle.read()
return 0 * X[0]
--- the learner's file written to | failed | OSError: [Errno 9] Bad file descriptor
handle.write("gone")
handle.flush()
return 0 * X[0]
--- the learner's file cut | failed | OSError: [Errno 22]
handle.truncate(0)
return 0 * X[0]
--- the learner's file cut below Python | failed | OSError: [Errno 22]
import os
os.ftruncate(handle.fileno(), 0)
return 0 * X[0]
--- the learner's file closed | failed | needs
handle.close()
return 0 * X[0]
--- all names deleted | failed | KeyError: 'means'
globals().clear()
return 0 * X[0]
--- a global counted up | failed | needs
global counted
counted = counted + 1 if "counted" in globals() else 1
return 0 * X[0]
--- the working directory and the environment changed | failed | needs
import os
os.chdir("/")
os.environ["PATH"] = ""
os.putenv("HOME", "/")
return 0 * X[0]
--- the collector switched off | failed | needs
import gc
gc.disable()
gc.freeze()
return 0 * X[0]
--- handlers for signals | failed | needs
import signal
signal.signal(signal.SIGINT, signal.SIG_IGN)
signal.signal(signal.SIGALRM, lambda *_: None)
return 0 * X[0]
--- the shell's hooks removed | failed | needs
get_ipython().events.callbacks.clear()
get_ipython().kernel.comm_manager.targets.clear()
return 0 * X[0]
--- output to the learner's screen | failed | needs
from IPython.display import display
display("here", X)
get_ipython().kernel.iopub_socket.send_multipart([b"junk"])
return 0 * X[0]
--- a cell run from inside | failed | needs
get_ipython().run_cell("kept = None; array = None")
return 0 * X[0]
--- the history written to | failed | needs
get_ipython().history_manager.store_inputs(999, "never written")
return 0 * X[0]
--- a shutdown | failed | needs
get_ipython().kernel.do_shutdown(False)
get_ipython().ask_exit()
return 0 * X[0]
--- random numbers seeded anew | failed | needs
import numpy, random
numpy.random.seed(1)
random.seed(1)
return 0 * X[0]
--- numpy told to raise | failed | FloatingPointError
import numpy
numpy.seterr(all="raise")
return X[0] / 0.0
--- priorities and limits lowered | failed | needs
import os, resource
os.nice(19)
resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))
return 0 * X[0]
=== numpy told to raise in the cell | passed
import numpy
saved = numpy.seterr(all="raise")
def means(X):
    return X.sum(axis=0) / X.shape[0]
--- undo
numpy.seterr(**saved)
del saved, numpy
=== warnings made errors in the cell | passed
import warnings
saved = warnings.filters[:]
warnings.simplefilter("error")
def means(X):
    return X.sum(axis=0) / X.shape[0]
--- undo
warnings.filters[:] = saved
del saved, warnings
=== the collector switched off in the cell | passed
import gc
gc.disable()
def means(X):
    return X.sum(axis=0) / X.shape[0]
--- undo
gc.enable()
del gc
=== a tracer set in the cell | passed
import sys
def tracer(*_):
    1 / 0
sys.setprofile(tracer) if False else None
def means(X):
    return X.sum(axis=0) / X.shape[0]
--- undo
del tracer, sys
=== a recursion limit lowered in the cell | passed
import sys
saved = sys.getrecursionlimit()
sys.setrecursionlimit(200)
def means(X):
    return X.sum(axis=0) / X.shape[0]
--- undo
sys.setrecursionlimit(saved)
del saved, sys
""",
)
