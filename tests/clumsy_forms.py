"""Answers to exercises of other forms: two names, a value, functions, random numbers, tuples, dicts. Data only."""

from __future__ import annotations

from answers_table import table

TWO = table(
    "ends",
    r"""
=== one name of two | failed | no 'high'
globals().pop("high", None)
def low(v):
    return v.min()
=== the second is a value | failed | 'high' is a value; a function is needed
def low(v):
    return v.min()
high = 3
=== the two exchanged | failed | needs
def low(v):
    return v.max()
def high(v):
    return v.min()
=== one that depends on the other | failed | needs
def low(v):
    global last
    last = v
    return v.min()
def high(v):
    return last.max()
--- undo
globals().pop("last", None)
=== one that deletes the other | failed | KeyError: 'high'
def low(v):
    globals().pop("high", None)
    return v.min()
def high(v):
    return v.min()
=== one that replaces the other | failed | needs
def low(v):
    global high
    high = lambda v: v.max()
    return v.max()
def high(v):
    return v.min()
=== one that ends the process | failed | ended the Python process
def low(v):
    return v.min()
def high(v):
    import os
    os._exit(0)
""",
)

VALUES = table(
    "golden",
    r"""
=== a right value, rounded | failed | is not it
golden = 1.618
=== a right value as a 0-d array | passed
import numpy
golden = numpy.array((1 + 5**0.5) / 2)
--- undo
del numpy
=== a function | failed | 'golden' is a function; a value is needed
def golden():
    return (1 + 5**0.5) / 2
=== a rude object | failed | a Rude, needs a number
class Rude:
    def __eq__(self, other):
        return True
    def __repr__(self):
        raise RuntimeError
    def __float__(self):
        return 1.618
golden = Rude()
=== a repr that ends the process | failed | ended the Python process
class Rude:
    def __repr__(self):
        import os
        os._exit(0)
golden = Rude()
=== text | failed | text (a str), needs a number
golden = "1.618"
=== a list of it | failed | is a list, needs a number
golden = [(1 + 5**0.5) / 2]
""",
)

CALLS = table(
    "slope",
    r"""
--- too many calls | failed | 3, needs 2
f(x)
return (f(x + 1e-5) - f(x - 1e-5)) / 2e-5
--- calls by a copy | failed | 0, needs 2
import copy
f = copy.deepcopy(f)
return (f(x + 1e-5) - f(x - 1e-5)) / 2e-5
--- the input function itself | failed | a function, needs a number
return f
--- a forged input function | failed | a function, needs a number
return type(f)("().__class__")
--- forward differences | failed | needs
return (f(x + 1e-5) - f(x)) / 1e-5
--- the function patched | failed | needs
type(f).__call__ = lambda *_: 0.0
return (f(x + 1e-5) - f(x - 1e-5)) / 2e-5
""",
)

DRAWS = table(
    "draws",
    r"""
--- numpy's own generator | failed | needs
import numpy
return numpy.random.default_rng().normal(size=n)
--- the global generator | failed | needs
import numpy
return numpy.random.standard_normal(n)
--- the generator spent before | failed | needs
rng.random()
return rng.standard_normal(n)
--- a list | failed | is a list, needs an array
return list(rng.standard_normal(n))
--- one at a time | passed
import numpy
return numpy.array([rng.standard_normal() for _ in range(n)])
--- another generator | failed | needs
import numpy
return numpy.random.RandomState(0).standard_normal(n)
""",
)

TUPLES = table(
    "volume",
    r"""
--- a named tuple of numpy's | passed
import numpy
return numpy.linalg.slogdet(A)
--- a tuple of Python's floats | passed
import math
size = A[0, 0] * A[1, 1] - A[0, 1] * A[1, 0]
return math.copysign(1, size), math.log(abs(size))
--- a named tuple that is rude | passed
import collections, numpy
class Pair(collections.namedtuple("Pair", "a b")):
    def __iter__(self):
        raise RuntimeError
    __eq__ = __getitem__ = __repr__ = __len__ = __iter__
sign, size = numpy.linalg.slogdet(A)
return Pair(sign, size)
--- a list | failed | is a list, needs a tuple
import numpy
return list(numpy.linalg.slogdet(A))
--- the other way round | failed | These are the right items in reverse order.
import numpy
return tuple(numpy.linalg.slogdet(A))[::-1]
--- one too many | failed | has 3 items, needs 2
import numpy
return (*numpy.linalg.slogdet(A), 1)
--- text in it | failed | is text (a str), needs a number
import numpy
sign, size = numpy.linalg.slogdet(A)
return sign, str(size)
--- only the first | failed | has 1 item, needs 2
import numpy
return (numpy.linalg.slogdet(A)[0],)
--- one array | failed | is an array, needs a tuple
import numpy
return numpy.array(numpy.linalg.slogdet(A))
--- a wrong item that is equal to everything | failed | needs
class Equal(float):
    def __eq__(self, other):
        return True
return 1.0, Equal()
--- nothing in it | failed | () has 0 items, needs 2
return ()
""",
)

DICTS = table(
    "tally",
    r"""
--- a Counter | passed
import collections
return collections.Counter(text)
--- a defaultdict | passed
import collections
found = collections.defaultdict(int)
for letter in text:
    found[letter] += 1
return found
--- numpy's numbers | passed
import numpy
return {letter: numpy.int8(text.count(letter)) for letter in text}
--- pairs | failed | is a list, needs a dict
return [(letter, text.count(letter)) for letter in text]
--- an item too many | failed | needs
return {letter: text.count(letter) for letter in text + "z"}
--- other keys | failed | needs
return {letter.upper(): text.count(letter) for letter in text}
--- a dict that is equal to everything | failed | an Equal, needs a dict
class Equal(dict):
    def __eq__(self, other):
        return True
return Equal()
--- keys that are equal to everything | failed | needs
class Key:
    def __eq__(self, other):
        return True
    def __hash__(self):
        return 0
return {Key(): 1, "b": 1}
""",
)

LIBRARIES = {
    "pandas": table(
        "means",
        r"""
--- a Series | failed | a Series, needs an array
import pandas
return pandas.Series(X.mean(axis=0))
--- a DataFrame | failed | a DataFrame, needs an array
import pandas
return pandas.DataFrame(X).mean().to_frame()
--- its values | passed
import pandas
return pandas.DataFrame(X).mean().to_numpy()
""",
    ),
    "torch": table(
        "means",
        r"""
--- a tensor | failed | a Tensor, needs an array
import torch
return torch.from_numpy(X).mean(dim=0)
--- its numbers | passed
import torch
return torch.from_numpy(X).mean(dim=0).numpy()
""",
    ),
}
"""Rows that need a library which may not be there."""
