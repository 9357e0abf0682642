"""Plain values: what crosses between the answer's process and the judge's, and what a frozen battery holds.

A value is encoded as a JSON tree. Whatever is not plain (a function, a generator, an object of the learner's) crosses
as its type's name and a short text, so that nothing that the learner made ever runs in the judge.
"""

from __future__ import annotations

import json
import sys
from binascii import a2b_base64, b2a_base64
from collections import Counter, OrderedDict, defaultdict
from typing import TYPE_CHECKING, Any, Callable

from math4ml_lab.kernel.line import TooLarge

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

DEPTH = 30
"""How deeply containers may be nested before they count as opaque."""
TEXT = 200
"""How many characters of an opaque value's text cross."""
ITEMS = 2_000_000
"""How many elements one value may have before it counts as opaque."""


class Opaque:
    """A value that is not plain: the name of its type, and a short text for the eye."""

    def __init__(self, type_name: str, text: str = "") -> None:
        self.type_name = type_name
        self.text = text

    def __repr__(self) -> str:
        return self.text or f"<{self.type_name}>"


class Seed:
    """An input that is a random generator: each call of the answer gets a fresh one from this seed."""

    def __init__(self, seed: int) -> None:
        self.seed = seed

    def generator(self) -> Any:
        """Return a new `numpy.random.Generator`."""
        import numpy as np

        return np.random.default_rng(self.seed)

    def __repr__(self) -> str:
        return f"default_rng({self.seed})"


class Function:
    """A function input: an expression in `x`, with `np` and the `given` names; it counts its calls.

    With `ndim` it refuses, by TypeError, whatever is not an array of that many axes.
    """

    def __init__(self, text: str, ndim: int | None = None, given: Mapping[str, Any] | None = None) -> None:
        self.text = text
        self.ndim = ndim
        self.given = dict(given or {})
        self._code = compile(text, "<function input>", "eval")
        self.__calls = 0

    def __call__(self, x: Any) -> Any:
        """Return the expression's value at `x`; raise TypeError for what `ndim` refuses."""
        import numpy as np

        self.__calls += 1
        if self.ndim is not None and (not isinstance(x, np.ndarray) or x.ndim != self.ndim):
            shape = f"of shape {x.shape}" if isinstance(x, np.ndarray) else f"but a {type(x).__name__}"
            what = "one 1-D vector" if self.ndim == 1 else f"one array of {self.ndim} axes"
            raise TypeError(
                f"this function takes {what}; it got {'an array ' if 'shape' in shape else 'no array '}{shape}"
            )
        given = {name: np.array(value) if isinstance(value, list) else value for name, value in self.given.items()}
        return eval(self._code, {"np": np, **given, "x": x})

    @property
    def calls(self) -> int:
        """How often it was called."""
        return self.__calls

    def fresh(self) -> Function:
        """Return the same function with its count at 0."""
        return Function(self.text, self.ndim, self.given)

    def __repr__(self) -> str:
        names = {name: value.tolist() if hasattr(value, "tolist") else value for name, value in self.given.items()}
        shown = ", ".join(f"{name}={value}" for name, value in names.items())
        return f"x ↦ {self.text}" + (f" with {shown}" if shown else "")


# -- Encoding ----------------------------------------------------------------------------------------------


def encode(value: Any, *, readable: bool = False) -> Any:
    """Return a JSON tree for `value`; `readable` writes arrays as nested lists, for files that people read."""
    try:
        return _encode(value, readable, 0, [ITEMS])
    except TooLarge as error:
        return _opaque(value, str(error), "")


def _encode(value: Any, readable: bool, depth: int, budget: list[int]) -> Any:
    budget[0] -= 1
    kind = type(value)
    if value is None or kind is bool or (kind is str and len(value) < ITEMS):
        return value
    if kind is int:
        return value if -(2**53) < value < 2**53 else {"int": hex(value)}
    if kind is float:
        return value if value - value == 0 else {"float": repr(value)}
    if kind is complex:
        return {"complex": [repr(value.real), repr(value.imag)]}
    if value is Ellipsis:
        return {"ellipsis": None}
    if depth > DEPTH:
        return _opaque(value)
    if (plain := _container(kind)) is not None:
        return _encode_container(value, plain, readable, depth, budget)
    if kind is Seed:
        return {"seed": value.seed}
    if kind is Function:
        given = {name: _encode(item, readable, 1, budget) for name, item in value.given.items()}
        return {"fn": {"text": value.text, "ndim": value.ndim, "given": given}}
    return _encode_numpy(value, readable, depth, budget)


def _container(kind: type) -> type | None:
    """Return the plain kind of container that a type is: a named tuple is a tuple, a Counter a dict."""
    if kind in (tuple, list, set, frozenset, dict, OrderedDict, defaultdict, Counter):
        return dict if issubclass(kind, dict) else kind
    return tuple if issubclass(kind, tuple) and hasattr(kind, "_fields") else None


def _encode_container(value: Any, kind: type, readable: bool, depth: int, budget: list[int]) -> Any:
    if kind.__len__(value) > budget[0]:  # type: ignore[attr-defined]
        raise TooLarge(f"{kind.__name__} too large to check")
    if kind is dict:
        return {"dict": [[_encode(item, readable, depth + 1, budget) for item in pair] for pair in dict.items(value)]}
    items = [_encode(item, readable, depth + 1, budget) for item in kind.__iter__(value)]  # type: ignore[attr-defined]
    if kind in (set, frozenset):
        return {"set": sorted(items, key=json.dumps)}
    return {kind.__name__: items}


def _encode_numpy(value: Any, readable: bool, depth: int, budget: list[int]) -> Any:
    np = sys.modules.get("numpy")
    kind = type(value)  # what `__class__` says may be a lie
    if np is None or not issubclass(kind, (np.ndarray, np.generic)):
        return _opaque(value)
    masked = getattr(sys.modules.get("numpy.ma"), "MaskedArray", None)
    if masked is not None and issubclass(kind, masked):
        return _opaque(value)
    array = np.ndarray.view(value if issubclass(kind, np.ndarray) else np.generic.__array__(value), np.ndarray)
    budget[0] -= array.size
    if budget[0] < 0:
        raise TooLarge(f"array too large to check, of shape {array.shape}")
    if array.dtype.char in "gG":  # a long double is another thing on each machine
        array = array.astype(array.dtype.char.replace("g", "d").replace("G", "D"))
    letter, body = array.dtype.kind, {"dtype": array.dtype.str, "shape": list(array.shape)}
    if letter in "biufcUS" and not (readable and letter in "biuf"):
        body["data"] = b2a_base64(array.tobytes(), newline=False).decode("ascii")
    elif letter == "O" or readable:
        body["items"] = [_encode(item, readable, depth + 1, budget) for item in array.ravel().tolist()]
    else:
        return _opaque(value, {"M": "array of dates", "V": "array of records"}.get(letter) if array.ndim else None)
    if issubclass(kind, np.generic):
        return {"scalar": body}
    if kind is not np.ndarray:
        body["subclass"] = type_name(kind)
    return {"array": body}


def type_name(kind: type) -> str:
    """Return the name under which a person knows a type: `generator`, `DataFrame`, `matrix`."""
    return str(type.__dict__["__name__"].__get__(kind))[:80]


def _opaque(value: Any, name: str | None = None, text: str | None = None) -> Any:
    if type(value) is Opaque:
        return {"opaque": {"type": value.type_name, "text": value.text}}
    try:
        text = str.__str__(value if type(value) is str else repr(value))[:TEXT] if text is None else text
    except BaseException:  # a learner's __repr__ may do anything
        text = ""
    return {"opaque": {"type": name or type_name(type(value)), "text": text}}


# -- Decoding ----------------------------------------------------------------------------------------------


def decode(tree: Any, *, trusted: bool = True) -> Any:
    """Return the value of a JSON tree; raise ValueError where it is none.

    What an answer sent is not `trusted`: it holds no functions, whose text would be compiled here.
    """
    return _decode(tree, _READERS if trusted else _PLAIN)


def _decode(tree: Any, readers: Mapping[str, Reader]) -> Any:
    if tree is None or isinstance(tree, (bool, int, float, str)):
        return tree
    if not isinstance(tree, dict) or len(tree) != 1:
        raise ValueError(f"no encoded value: {str(tree)[:80]}")
    ((tag, body),) = tree.items()
    reader = readers.get(tag)
    if reader is None:
        raise ValueError(f"no encoded value: unknown tag {tag!r}")
    return reader(body, lambda item: _decode(item, readers))


Reader = Callable[[Any, Callable[[Any], Any]], Any]


def _array(body: Any, read: Callable[[Any], Any]) -> Any:
    import numpy as np

    shape = tuple(body["shape"])
    if "items" in body:
        items = [read(item) for item in body["items"]]
        array = np.empty(len(items), dtype=body["dtype"])
        for index, item in enumerate(items):
            array[index] = item
        return array.reshape(shape)
    return np.frombuffer(a2b_base64(body["data"]), dtype=body["dtype"]).reshape(shape).copy()


def _subclassed(body: Any, read: Callable[[Any], Any]) -> Any:
    if "subclass" in body:
        return Opaque(body["subclass"], str(_array(body, read).tolist())[:TEXT])
    return _array(body, read)


def _function(body: Any, read: Callable[[Any], Any]) -> Function:
    return Function(body["text"], body["ndim"], {name: read(value) for name, value in body["given"].items()})


def _hashable(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(_hashable(item) for item in value)
    return frozenset(value) if isinstance(value, set) else value  # both kinds of sets cross as one


def _told(body: Any, read: Callable[[Any], Any]) -> Opaque:
    function = Function.__new__(Function)  # nothing is compiled
    function.text, function.given = str(body["text"]), {str(name): read(value) for name, value in body["given"].items()}
    return Opaque("function", repr(function))


_PLAIN: dict[str, Reader] = {
    "int": lambda body, _: int(body, 16),
    "float": lambda body, _: float(body),
    "complex": lambda body, _: complex(float(body[0]), float(body[1])),
    "ellipsis": lambda *_: Ellipsis,
    "tuple": lambda body, read: tuple(read(item) for item in body),
    "list": lambda body, read: [read(item) for item in body],
    "set": lambda body, read: {_hashable(read(item)) for item in body},
    "dict": lambda body, read: {_hashable(read(key)): read(value) for key, value in body},
    "array": _subclassed,
    "scalar": lambda body, read: _array(body, read)[()],
    "opaque": lambda body, _: Opaque(str(body["type"]), str(body["text"])),
    "fn": _told,
}
_READERS: dict[str, Reader] = {**_PLAIN, "seed": lambda body, _: Seed(body), "fn": _function}


# -- Texts -------------------------------------------------------------------------------------------------


def well_formed(tree: Any) -> Any:
    """Return a JSON tree in whose texts lone surrogates are written out: strict readers refuse them."""
    if isinstance(tree, str):
        return tree.encode("utf-8", "backslashreplace").decode("utf-8")
    if isinstance(tree, dict):
        return {well_formed(key): well_formed(value) for key, value in tree.items()}
    return [well_formed(item) for item in tree] if isinstance(tree, list) else tree


def plain_text(text: str, limit: int = 2000) -> str:
    """Return `text` without lone surrogates, cut at `limit` characters."""
    safe = text.encode("utf-8", "backslashreplace").decode("utf-8")
    return safe if len(safe) <= limit else safe[: limit - 1] + "…"


def message(error: BaseException) -> str:
    """Return what an exception says as plain text; nothing where that cannot be had."""
    try:
        text = str(error)
    except BaseException:
        text = ""
    return plain_text(text, 500)


def arguments(values: Sequence[Any]) -> list[Any]:
    """Return fresh inputs for one call: generators anew, counts at 0."""
    return [
        value.generator() if type(value) is Seed else value.fresh() if type(value) is Function else value
        for value in values
    ]
