"""Answers that try to pass without being right: equal to everything, patched, looked up. Data only."""

from __future__ import annotations

from answers_table import table

EQUAL = table(
    "means",
    r"""
--- equal to everything | failed | an Equal, needs an array
class Equal:
    def __eq__(self, other):
        return True
    __hash__ = None
return Equal()
--- an array by protocol | failed | an Any, needs an array
class Any:
    shape = X[0].shape
    dtype = X.dtype
    ndim = 1
    def __array__(self, *_, **__):
        return X.mean(axis=0)
    def __array_ufunc__(self, *_, **__):
        return True
    def __float__(self):
        return 1.0
    def __eq__(self, other):
        return True
    def __getattr__(self, name):
        return lambda *_, **__: self
return Any()
--- an array class that is equal to everything | failed | a Sub, needs an array
import numpy
class Sub(numpy.ndarray):
    def __eq__(self, other):
        return True
    def __sub__(self, other):
        return 0 * X[0]
    __rsub__ = __sub__
    def __array_wrap__(self, *_, **__):
        return 0 * X[0]
    def tolist(self):
        return X.mean(axis=0).tolist()
return numpy.zeros(X.shape[1]).view(Sub)
--- a float class that is near to everything | failed | a Near, needs an array
class Near(float):
    def __eq__(self, other):
        return True
    def __sub__(self, other):
        return 0.0
    __rsub__ = __sub__
return Near()
--- a list class that is equal to everything | failed | a Same, needs an array
class Same(list):
    def __eq__(self, other):
        return True
return Same([0.0] * X.shape[1])
--- a class that calls itself an array | failed | needs an array
import numpy
class Fake:
    __class__ = numpy.ndarray
return Fake()
--- a class named ndarray | failed | needs an array
return type("ndarray", (), {"__eq__": lambda *_: True})()
--- objects equal to everything in an array | failed | an array of objects, needs an array
import numpy
class Equal:
    def __eq__(self, other):
        return True
return numpy.array([Equal() for _ in X[0]], dtype=object)
""",
)

PATCHED = table(
    "means",
    r"""
--- numpy's comparisons patched inside | failed | needs
import numpy
for name in ("allclose", "array_equal", "isclose", "all", "abs", "isfinite", "isnan"):
    setattr(numpy, name, lambda *_, **__: True)
return 0 * X[0]
--- numpy's conversions patched inside | failed | needs
import numpy
numpy.asarray = numpy.array = lambda *_, **__: None
return 0 * X[0]
--- builtins patched inside | failed | needs
import builtins
builtins.len = lambda _: 0
builtins.isinstance = lambda *_: True
builtins.type = lambda _: float
return 0 * X[0]
--- json patched inside | failed | needs
import json
json.dumps = lambda *_, **__: '{"value": 1}'
json.loads = lambda *_, **__: {"ask": "printed"}
return 0 * X[0]
--- the encoder patched inside | failed | needs
import json
json.JSONEncoder.encode = json.JSONEncoder.iterencode = lambda *_: "{"
return 0 * X[0]
--- base64 patched inside | failed | needs
import base64
base64.b64encode = lambda _: b"AAAAAAAAAAA="
return 0 * X[0]
--- sockets patched inside | failed | needs
import socket
socket.socket.sendall = lambda *_: None
return 0 * X[0]
--- standard output patched inside | failed | needs
import sys
sys.stdout = sys.stderr = None
print("x")
return 0 * X[0]
=== numpy patched in the cell | failed | needs
import numpy
saved = {name: getattr(numpy, name) for name in ("allclose", "array_equal", "all", "abs", "isfinite", "asarray", "sum")}
for name in saved:
    setattr(numpy, name, lambda *_, **__: True)
def means(X):
    return 0 * X[0]
--- undo
for name in saved:
    setattr(numpy, name, saved[name])
del saved, numpy, name
=== json, base64, struct and socket patched in the cell | failed | needs
import base64, json, socket, struct
saved = base64.b64encode, struct.pack, json.JSONDecodeError
base64.b64encode = lambda *_: b""
struct.pack = lambda *_: b""
json.JSONDecodeError = KeyError
def means(X):
    return 0 * X[0]
--- undo
base64.b64encode, struct.pack, json.JSONDecodeError = saved
del saved, base64, json, socket, struct
=== print and open patched in the cell | failed | needs
import builtins
saved = builtins.print, builtins.open
builtins.print = builtins.open = lambda *_, **__: None
def means(X):
    return 0 * X[0]
--- undo
builtins.print, builtins.open = saved
del saved, builtins
=== builtins shadowed | failed | needs
list = sum = len = range = type = dict = min = max = abs = round = print = isinstance = None
def means(X):
    return 0 * X[0]
--- undo
del list, sum, len, range, type, dict, min, max, abs, round, print, isinstance
=== builtins shadowed, and used | failed | TypeError: 'NoneType' object is not callable
sum = None
def means(X):
    return sum(X) / 2
--- undo
del sum
=== np shadowed | failed | AttributeError: 'NoneType' object has no attribute 'mean'
np = None
def means(X):
    return np.mean(X, axis=0)
--- undo
del np
=== os.fork patched in the cell | failed | needs
import os
saved = os.fork, os.wait, os.popen
os.fork = os.wait = os.popen = lambda *_: 1 / 0
def means(X):
    return 0 * X[0]
--- undo
os.fork, os.wait, os.popen = saved
del saved, os
=== the cell's own names for ours | failed | needs
import sys, types
for name in ("math4ml_lab", "math4ml_lab.exercise", "math4ml_lab.kernel", "math4ml_lab.kernel.compare"):
    sys.modules[name] = types.ModuleType(name)
    sys.modules[name].equal = sys.modules[name].near = lambda *_, **__: True
def means(X):
    return 0 * X[0]
--- undo
for name in [name for name in sys.modules if name.startswith("math4ml_lab")]:
    del sys.modules[name]
del name, sys, types
""",
)

LOOKED_UP = table(
    "means",
    r"""
--- the frames above | failed | LookupError: nothing in the frames
import sys
frame = sys._getframe(1)
while frame is not None:
    for name, value in {**frame.f_globals, **frame.f_locals}.items():
        if type(value).__name__ in ("Reference", "Definition", "Outcome", "Result", "Answered"):
            return value
        if name in ("wanted", "want", "solution", "expected"):
            return value
    frame = frame.f_back
raise LookupError("nothing in the frames")
--- the whole stack | failed | LookupError: nothing on the stack
import inspect
for record in inspect.stack():
    if "solution" in record.frame.f_locals or "wanted" in record.frame.f_locals:
        return record.frame.f_locals
raise LookupError("nothing on the stack")
--- all objects: classes | failed | LookupError: no object of the judge
import gc
gc.unfreeze()
for thing in gc.get_objects():
    if type(thing).__name__ in ("Reference", "Definition", "Outcome", "Result", "Answered", "Claim"):
        return thing
raise LookupError("no object of the judge")
--- all objects: another function of that name | failed | LookupError: no other function
import gc, types
gc.unfreeze()
for thing in gc.get_objects():
    if type(thing) is types.FunctionType and thing.__name__ == "means" and thing is not means:
        return thing(X)
raise LookupError("no other function")
--- all objects: the right array | failed | LookupError: no such array
import gc, numpy
right = X.mean(axis=0)
gc.unfreeze()
for thing in gc.get_objects():
    for value in gc.get_referents(thing):
        if type(value) is numpy.ndarray and value is not right and numpy.array_equal(value, right):
            return value
raise LookupError("no such array")
--- all modules | failed | LookupError: no module of ours
import sys
for name, module in list(sys.modules.items()):
    if "math4ml" in name or hasattr(module, "ClaimFails"):
        return module
raise LookupError("no module of ours")
""",
)
