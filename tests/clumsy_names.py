"""Names that are bound in unusual ways, right and wrong ones. Data only."""

from __future__ import annotations

from answers_table import table

NAMES = table(
    "norm",
    r"""
=== a partial | passed
import functools, numpy
norm = functools.partial(numpy.linalg.norm, ord=2)
=== a builtin | failed | max
norm = max
=== a numpy function | passed
import numpy
norm = numpy.linalg.norm
=== a class | failed | a norm, needs a number
class norm:
    def __init__(self, v):
        self.v = v
=== a class whose call gives the answer | passed
class norm:
    def __new__(cls, v):
        return (v @ v) ** 0.5
=== a callable object | passed
class Norm:
    def __call__(self, v):
        return (v @ v) ** 0.5
norm = Norm()
=== a callable object that is rude | passed
class Norm:
    def __call__(self, v):
        return (v @ v) ** 0.5
    def __getattr__(self, name):
        raise KeyboardInterrupt(name)
    def __repr__(self):
        raise RuntimeError
norm = Norm()
=== a callable object that is rude, and wrong | failed | 0, needs 5
class Norm:
    def __call__(self, v):
        return 0.0
    def __getattr__(self, name):
        raise KeyboardInterrupt(name)
    def __repr__(self):
        raise RuntimeError
norm = Norm()
=== a bound method | passed
class Space:
    def norm(self, v):
        return (v @ v) ** 0.5
norm = Space().norm
=== a static method of a class | passed
class Space:
    @staticmethod
    def norm(v):
        return (v @ v) ** 0.5
norm = Space.norm
=== a lambda | passed
norm = lambda v: (v @ v) ** 0.5
=== any number of parameters | passed
def norm(*v):
    return (v[0] @ v[0]) ** 0.5
=== a parameter with a default | passed
def norm(v, p=2):
    return (abs(v) ** p).sum() ** (1 / p)
=== another name for the parameter | passed
def norm(vector):
    return (vector @ vector) ** 0.5
=== no parameter | failed | takes 0 positional arguments but 1 was given
def norm():
    return 5.0
=== a parameter too many | failed | missing 1 required positional argument: 'p'
def norm(v, p):
    return 5.0
=== keyword-only parameters | failed | takes 0 positional arguments but 1 was given
def norm(*, v):
    return (v @ v) ** 0.5
=== a value | failed | 'norm' is a value; a function is needed
norm = 5.0
=== a string | failed | 'norm' is a value; a function is needed
norm = "norm"
=== the type of itself | failed | needs a number
norm = type
=== deleted | failed | no 'norm'
def norm(v):
    return (v @ v) ** 0.5
del norm
=== a cache of unhashable inputs | failed | TypeError: unhashable type: 'numpy.ndarray'
import functools
@functools.lru_cache
def norm(v):
    return (v @ v) ** 0.5
=== a decorator that wraps | passed
import functools
def loud(function):
    @functools.wraps(function)
    def inner(*args):
        print("calling")
        return function(*args)
    return inner
@loud
def norm(v):
    return (v @ v) ** 0.5
=== a decorator that forgets to return | failed | None, needs a number
def loud(function):
    def inner(*args):
        function(*args)
    return inner
@loud
def norm(v):
    return (v @ v) ** 0.5
=== a decorator that returns nothing | failed | 'norm' is a value; a function is needed
def loud(function):
    pass
@loud
def norm(v):
    return (v @ v) ** 0.5
=== a coroutine function | failed | a coroutine, needs a number
async def norm(v):
    return (v @ v) ** 0.5
=== an async generator | failed | an async_generator, needs a number
async def norm(v):
    yield (v @ v) ** 0.5
=== right on the first call | failed | needs
calls = 0
def norm(v):
    global calls
    calls += 1
    return (v @ v) ** 0.5 if calls == 1 else 0.0
=== right on the first input | failed | 5, needs 3
def norm(v):
    return 5.0
=== wrong on the first call alone | failed | 0, needs 5
calls = []
def norm(v):
    calls.append(v)
    return 0.0 if len(calls) == 1 else (v @ v) ** 0.5
=== another answer each time | failed | needs
import itertools
count = itertools.count()
def norm(v):
    return (v @ v) ** 0.5 + next(count)
=== remembered by identity | failed | needs
known = {}
def norm(v):
    return known.setdefault(id(v), (v @ v) ** 0.5)
=== a mutable default | failed | needs
def norm(v, squares=[]):
    squares.extend(v**2)
    return sum(squares) ** 0.5
=== random | failed | needs
import random
def norm(v):
    return random.random()
=== an exception on the second input | failed | ZeroDivisionError
seen = []
def norm(v):
    seen.append(1)
    return float(v @ v) ** 0.5 / (len(seen) == 1)
=== cell that raises after a right answer | cell_raised | ZeroDivisionError: division by zero
def norm(v):
    return (v @ v) ** 0.5
1 / 0
=== cell with a syntax error | cell_raised | SyntaxError
def norm(v)
    return (v @ v) ** 0.5
=== cell that exits | cell_raised | SystemExit
import sys
sys.exit("enough")
""",
)
