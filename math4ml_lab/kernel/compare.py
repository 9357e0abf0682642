"""Equality by kind: what makes two plain values the same answer, and where they part.

The order is kind, shape, then values, so that a wrong shape is never told as a wrong value. Tolerances follow the
precision of what came: rtol 1e-6 for float64, less for smaller floats.
"""

from __future__ import annotations

from typing import Any

from math4ml_lab.kernel.values import Function, Opaque

RTOL = {2: 2e-2, 4: 2e-4}
"""Relative tolerance by the size of a float's item in bytes; 1e-6 for all others."""


def kind(value: Any) -> str:
    """Return the word for what `value` is; an int counts as a number, a 0-d array as what it holds."""
    if value is None:
        return "None"
    if isinstance(value, Opaque):
        return value.type_name
    if hasattr(value, "dtype"):
        return _array_kind(value)
    if isinstance(value, (bool, str, tuple, list, dict, set)):
        return type(value).__name__
    if isinstance(value, (int, float, complex)):
        return "number"
    if isinstance(value, Function):
        return "function"
    if value is Ellipsis:
        return "..."
    return type(value).__name__


def _array_kind(value: Any) -> str:
    letter = value.dtype.kind
    if value.ndim == 0:
        return "bool" if letter == "b" else "str" if letter in "US" else "number" if letter in "iufc" else "object"
    if letter == "O":
        return "array of objects"
    if letter == "b":
        return "array of bools"
    return "array of text" if letter in "US" else "array"


def same_kind(got: Any, want: Any) -> bool:
    """Tell whether two values are of one kind, tuples and lists item by item."""
    if kind(got) != kind(want) and (kind(got), kind(want)) != ("array of bools", "array"):
        return False
    if isinstance(want, (tuple, list)):
        return len(got) != len(want) or all(same_kind(a, b) for a, b in zip(got, want))
    if isinstance(want, complex) or _letter(want) == "c":
        return True
    # A complex answer where a real one is due is another kind, unless its imaginary part is nothing.
    return not (_letter(got) == "c" or isinstance(got, complex)) or bool(_real(got))


def _letter(value: Any) -> str:
    return str(value.dtype.kind) if hasattr(value, "dtype") else ""


def _real(value: Any) -> bool:
    import numpy as np

    return bool(np.all(np.abs(np.imag(value)) <= 1e-12 * (1 + np.abs(np.real(value)))))


def shape(value: Any) -> Any:
    """Return an array's shape, a tuple's or list's length, None for what has neither."""
    if hasattr(value, "shape"):
        return tuple(value.shape)
    return len(value) if isinstance(value, (tuple, list, dict, set)) else None


def same_shape(got: Any, want: Any) -> bool:
    """Tell whether two values of one kind have one shape, items of tuples and lists included."""
    a, b = shape(got), shape(want)
    if (a or ()) != (b or ()) and not (a is None and b is None):
        return False
    if isinstance(want, (tuple, list)):
        return all(same_shape(x, y) for x, y in zip(got, want))
    return True


def tolerance(got: Any) -> float:
    """Return the relative tolerance that the precision of `got` allows."""
    if _letter(got) in ("f", "c"):
        return RTOL.get(got.dtype.itemsize // (2 if got.dtype.kind == "c" else 1), 1e-6)
    return 1e-6


def wrong_entries(got: Any, want: Any, rtol: float | None = None) -> Any:
    """Return a mask of the entries that differ; both are numbers or arrays of one shape."""
    import numpy as np

    a, b = np.asarray(got), np.asarray(want)
    if a.dtype.kind not in "biufc" or b.dtype.kind not in "biufc":
        return np.array(a != b)
    a, b = (side.astype(int) if side.dtype.kind == "b" else side for side in (a, b))
    rtol = tolerance(got) if rtol is None else rtol
    with np.errstate(all="ignore"):
        usual = np.abs(b[np.isfinite(b)]).max(initial=0.0)
        near = np.abs(a - b) <= rtol * np.abs(b) + 1e-9 * usual + (1e-12 if usual == 0 else 0.0)
        alike = (a == b) | (np.isnan(a) & np.isnan(b))
    return ~(near & np.isfinite(b) | alike)


def equal(got: Any, want: Any) -> bool:
    """Tell whether two plain values are the same answer."""
    if not same_kind(got, want) or not same_shape(got, want):
        return False
    if isinstance(want, (tuple, list)):
        return all(equal(a, b) for a, b in zip(got, want))
    if isinstance(want, dict):
        return got.keys() == want.keys() and all(equal(got[key], want[key]) for key in want)
    if isinstance(want, (Opaque, Function)):
        return repr(got) == repr(want)
    if hasattr(want, "dtype") or (isinstance(want, (int, float, complex)) and not isinstance(want, bool)):
        return not bool(wrong_entries(got, want).any())
    return bool(got == want)


def finite(value: Any) -> bool:
    """Tell whether all numbers in `value` are finite; what holds no numbers is."""
    import numpy as np

    if isinstance(value, (tuple, list)):
        return all(finite(item) for item in value)
    array = np.asarray(value) if kind(value) in ("number", "array") else None
    return array is None or array.dtype.kind not in "fc" or bool(np.isfinite(array).all())


def canonical(value: Any) -> Any:
    """Return what is the same for values that are the same answer: numbers with six digits, whatever their type."""
    import numpy as np

    if isinstance(value, (tuple, list)):
        return [kind(value), *(canonical(item) for item in value)]
    if isinstance(value, dict):
        return [[str(key), canonical(item)] for key, item in value.items()]
    if kind(value) in ("number", "array", "array of bools", "bool"):
        array = np.asarray(value)
        return [list(array.shape), [f"{item:.6g}" for item in array.ravel().tolist()]]
    return repr(value)
