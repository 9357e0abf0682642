"""Results of other kinds, shapes and precisions than expected, right and wrong ones. Data only."""

from __future__ import annotations

from answers_table import table

KINDS = table(
    "means",
    r"""
--- None | failed | None, needs an array
X.mean(axis=0)
--- NotImplemented | failed | a NotImplementedType, needs an array
return NotImplemented
--- Ellipsis | failed | a ..., needs an array
return ...
--- a generator | failed | a generator, needs an array
return (column.mean() for column in X.T)
--- a generator function | failed | a generator, needs an array
yield X.mean(axis=0)
--- a map | failed | a map, needs an array
return map(float, X[0])
--- an iterator | failed | an iterator, needs an array
return iter(X[0])
--- a coroutine | failed | a coroutine, needs an array
async def later():
    return X.mean(axis=0)
return later()
--- a lambda | failed | a function, needs an array
return lambda: X.mean(axis=0)
--- a class | failed | a type, needs an array
return int
--- a module | failed | a module, needs an array
import math
return math
--- a bound method | failed | a builtin_function_or_method, needs an array
return X.mean
--- a masked array | failed | a MaskedArray, needs an array
import numpy
return numpy.ma.masked_array(X.mean(axis=0), X[0] > 100)
--- a matrix | failed | a matrix, needs an array
import numpy
return X.mean(axis=0).view(numpy.matrix)
--- a list of the right numbers | failed | is a list, needs an array
return X.mean(axis=0).tolist()
--- a tuple | failed | is a tuple, needs an array
return tuple(X.mean(axis=0).tolist())
--- an array and more | failed | is a tuple, needs an array
return X.mean(axis=0), X
--- a dict | failed | is a dict, needs an array
return dict(enumerate(X.mean(axis=0)))
--- a dict with odd keys | failed | is a dict, needs an array
return {(1, 2): 1, frozenset([1]): 2, None: 3, 1.5: 4, b"k": 5}
--- a dict with objects for keys | failed | needs an array
class Key:
    def __repr__(self):
        raise RuntimeError
return {Key(): 1, Key: 2}
--- a list that holds itself | failed | is a list, needs an array
items = [1]
items.append(items)
return items
--- a list nested a thousand deep | failed | is a list, needs an array
items = []
for _ in range(100_000):
    items = [items]
return items
--- a set | failed | is a set, needs an array
return {1, 2, "a", None}
--- a set of tuples and lists in tuples | failed | is a set, needs an array
return {(1, 2), (3, ("a", None)), frozenset([2])}
--- bytes | failed | a bytes, needs an array
return b"12"
--- a text | failed | is text (a str), needs an array
return "1, 2"
--- half a character | failed | \ud800
return "\ud800 and more"
--- half a character in a list | failed | \ud800
return ["\ud800", {"\udfff": 1}]
--- half a character in a repr | failed | needs an array
return type("Half", (), {"__repr__": lambda self: "\ud800"})()
--- half a character printed | failed | needs
print("\ud800")
return 0 * X[0]
--- half a character in an array | failed | array of text
import numpy
return numpy.array(["\ud800", "b"])
--- a date | failed | a date, needs an array
import datetime
return datetime.date(2020, 1, 1)
--- an array of dates | failed | an array of dates, needs an array
import numpy
return numpy.array(["2020-01-01", "NaT"], dtype="datetime64[D]")
--- a structured array | failed | an array of records, needs an array
import numpy
return numpy.zeros(X.shape[1], dtype=[("a", "f8"), ("b", "i4")])
--- an array of objects | failed | an array of objects, needs an array
return X.mean(axis=0).astype(object)
--- an array of Fractions | failed | an array of objects, needs an array
import fractions, numpy
return numpy.array([fractions.Fraction(1, 3)] * X.shape[1])
--- an array that holds itself | failed | an array of objects, needs an array
import numpy
items = numpy.empty(1, dtype=object)
items[0] = items
return items
--- text in an array | failed | an array of text, needs an array
return X.mean(axis=0).astype(str)
--- an array of bools | failed | needs
return X.mean(axis=0) > 0
--- a number | failed | is a number, needs an array
return X.mean()
--- a repr that raises | failed | a Rude, needs an array
class Rude:
    def __repr__(self):
        raise RuntimeError
return Rude()
--- a repr that is no text | failed | a Rude, needs an array
class Rude:
    def __repr__(self):
        return 7
return Rude()
--- a repr that exits | failed | a Rude, needs an array
class Rude:
    def __repr__(self):
        raise SystemExit
return Rude()
--- properties that raise | failed | a Rude, needs an array
class Rude:
    @property
    def dtype(self):
        raise RuntimeError
    shape = tolist = __array__ = __len__ = __iter__ = dtype
    def __getattr__(self, name):
        raise KeyboardInterrupt(name)
return Rude()
--- a metaclass that raises | failed | needs an array
class Meta(type):
    def __getattribute__(cls, name):
        raise RuntimeError(name)
class Rude(metaclass=Meta):
    pass
return Rude()
--- a sparse memory view | failed | a memoryview, needs an array
return memoryview(X)
""",
)

SHAPES = table(
    "means",
    r"""
--- an empty array | failed | shape (0,), needs (2,)
return X.mean(axis=0)[:0]
--- a column | failed | shape (2, 1), needs (2,)
return X.mean(axis=0)[:, None]
--- another axis | failed | This is the mean of X along axis 1; along axis 0 is needed.
return X.mean(axis=1)
--- forty axes | failed | needs (2,)
return X.mean(axis=0).reshape((-1,) + (1,) * 40)
--- nan | failed | not finite
return X.mean(axis=0) + float("nan")
--- infinity | failed | not finite
return X.mean(axis=0) / 0.0
--- no imaginary part | passed
return X.mean(axis=0) + 0j
--- float32 | passed
return X.mean(axis=0).astype("float32")
--- float16 | passed
return X.mean(axis=0).astype("float16")
--- longdouble | passed
return X.mean(axis=0).astype("longdouble")
--- longdouble, wrong | failed | needs
return X.mean(axis=0).astype("longdouble") * 2
--- big-endian | passed
return X.mean(axis=0).astype(">f8")
--- read-only | passed
result = X.mean(axis=0)
result.flags.writeable = False
return result
--- every other entry | passed
import numpy
return numpy.repeat(X.mean(axis=0), 2)[::2]
--- backwards in memory | passed
return X.mean(axis=0)[::-1].copy()[::-1]
--- a view of something large | passed
import numpy
wide = numpy.zeros((1000, X.shape[1]), order="F")
wide[0] = X.mean(axis=0)
return wide[0]
--- integers, rounded | failed | needs
return X.mean(axis=0).astype(int)
--- the inputs changed on the way | failed | after the call
X -= X.mean(axis=0)
return X.mean(axis=0)
--- the inputs changed, with a right answer | failed | after the call
result = X.mean(axis=0)
X[:] = 0
return result
--- the inputs sorted in place | failed | after the call
X[::-1].sort(axis=0)
return X.mean(axis=0)
--- the inputs made read-only | passed
X.flags.writeable = False
return X.mean(axis=0)
--- the inputs' shape changed | failed | after the call
result = X.mean(axis=0)
X.shape = (-1,)
return result
""",
)

NUMBERS = table(
    "norm",
    r"""
--- a 0-d array | passed
import numpy
return numpy.array((v @ v) ** 0.5)
--- a numpy float | passed
return (v @ v) ** 0.5
--- a Python float | passed
return float((v @ v) ** 0.5)
--- float32 | passed
import numpy
return numpy.float32((v @ v) ** 0.5)
--- a complex number without imaginary part | passed
return complex((v @ v) ** 0.5)
--- shape (1,) | failed | needs a number
import numpy
return numpy.array([(v @ v) ** 0.5])
--- a bool | failed | True is True or False (a bool), needs a number
return True
--- a Decimal | failed | a Decimal, needs a number
import decimal
return decimal.Decimal(float((v @ v) ** 0.5))
--- a Fraction | failed | a Fraction, needs a number
import fractions
return fractions.Fraction(float((v @ v) ** 0.5))
--- a text | failed | text (a str), needs a number
return str((v @ v) ** 0.5)
--- nan | failed | nan is not finite
return float("nan")
--- infinity | failed | inf is not finite
return float("inf")
--- a large negative integer | failed | needs 5
return -(2**64)
--- the smallest float | failed | needs 5
return 5e-324
--- minus zero | failed | needs 5
return -0.0
--- None | failed | None, needs a number
print(v)
--- an int enumeration | failed | needs a number
import enum
return enum.IntEnum("Colour", "RED").RED
--- a nan with a payload | failed | nan is not finite
import struct
return struct.unpack("d", b"\x01\x02\x03\x04\x05\x06\xf8\x7f")[0]
""",
)
