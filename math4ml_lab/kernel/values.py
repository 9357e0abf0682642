"""Plain values: what crosses between the answer's process and the judge's, and what a frozen battery holds.

A value is encoded as a JSON tree. Whatever is not plain (a function, a generator, an object of the learner's) crosses
as its type's name and a short text, so that nothing that the learner made ever runs in the judge.
"""

from __future__ import annotations

import base64
import json
import sys
import time
from typing import TYPE_CHECKING, Any, Callable

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
        self.calls = 0
        self._code = compile(text, "<function input>", "eval")

    def __call__(self, x: Any) -> Any:
        """Return the expression's value at `x`; raise TypeError for what `ndim` refuses."""
        import numpy as np

        self.calls += 1
        if self.ndim is not None and (not isinstance(x, np.ndarray) or x.ndim != self.ndim):
            shape = f"of shape {x.shape}" if isinstance(x, np.ndarray) else f"but a {type(x).__name__}"
            what = "one 1-D vector" if self.ndim == 1 else f"one array of {self.ndim} axes"
            raise TypeError(
                f"this function takes {what}; it got {'an array ' if 'shape' in shape else 'no array '}{shape}"
            )
        given = {name: np.array(value) if isinstance(value, list) else value for name, value in self.given.items()}
        return eval(self._code, {"np": np, **given, "x": x})

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
    budget = [ITEMS]
    return _encode(value, readable, 0, budget)


def _encode(value: Any, readable: bool, depth: int, budget: list[int]) -> Any:
    budget[0] -= 1
    kind = type(value)
    if value is None or kind is bool:
        return value
    if kind is str:
        return value if len(value) < ITEMS else _opaque(value)
    if kind is int:
        return value if -(2**53) < value < 2**53 else {"int": hex(value)}
    if kind is float:
        return value if value - value == 0 else {"float": repr(value)}
    if kind is complex:
        return {"complex": [repr(value.real), repr(value.imag)]}
    if value is Ellipsis:
        return {"ellipsis": None}
    if depth > DEPTH or budget[0] < 0:
        return _opaque(value)
    if kind in (tuple, list, set, frozenset, dict):
        return _encode_container(value, kind, readable, depth, budget)
    if kind in (Function, Seed):
        return _encode_input(value, readable, budget)
    return _encode_numpy(value, readable, depth, budget)


def _encode_container(value: Any, kind: type, readable: bool, depth: int, budget: list[int]) -> Any:
    if kind is dict:
        pairs = [
            [_encode(k, readable, depth + 1, budget), _encode(v, readable, depth + 1, budget)] for k, v in value.items()
        ]
        return {"dict": pairs}
    items = [_encode(item, readable, depth + 1, budget) for item in value]
    if kind in (set, frozenset):
        return {"set": sorted(items, key=json.dumps)}
    return {kind.__name__: items}


def _encode_input(value: Any, readable: bool, budget: list[int]) -> Any:
    if type(value) is Seed:
        return {"seed": value.seed}
    given = {name: _encode(item, readable, 1, budget) for name, item in value.given.items()}
    return {"fn": {"text": value.text, "ndim": value.ndim, "given": given}}


def _encode_numpy(value: Any, readable: bool, depth: int, budget: list[int]) -> Any:
    np = sys.modules.get("numpy")
    if np is None or not isinstance(value, (np.ndarray, np.generic)):
        return _opaque(value)
    masked = getattr(sys.modules.get("numpy.ma"), "MaskedArray", None)
    if masked is not None and isinstance(value, masked):
        return _opaque(value)
    array = np.asarray(value).view(np.ndarray)
    budget[0] -= array.size
    if budget[0] < 0:
        return _opaque(value)
    if array.dtype.kind == "O":
        items = [_encode(item, readable, depth + 1, budget) for item in array.ravel().tolist()]
        body = {"dtype": "object", "shape": list(array.shape), "items": items}
    elif array.dtype.kind in "biufcUS" and not (readable and array.dtype.kind in "biuf"):
        data = base64.b64encode(np.ascontiguousarray(array).tobytes()).decode("ascii")
        body = {"dtype": array.dtype.str, "shape": list(array.shape), "data": data}
    elif readable:
        items = [_encode(item, readable, depth + 1, budget) for item in array.ravel().tolist()]
        body = {"dtype": array.dtype.str, "shape": list(array.shape), "items": items}
    else:
        return _opaque(value)
    if isinstance(value, np.generic):
        return {"scalar": body}
    if type(value) is not np.ndarray:
        body["subclass"] = type_name(type(value))
    return {"array": body}


def type_name(kind: type) -> str:
    """Return the name under which a person knows a type: `generator`, `DataFrame`, `matrix`."""
    return str(type.__dict__["__name__"].__get__(kind))[:80]


def _opaque(value: Any) -> Any:
    try:
        text = str.__str__(value if type(value) is str else repr(value))[:TEXT]
    except BaseException:  # a learner's __repr__ may do anything
        text = ""
    return {"opaque": {"type": type_name(type(value)), "text": text}}


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
    return np.frombuffer(base64.b64decode(body["data"]), dtype=body["dtype"]).reshape(shape).copy()


def _subclassed(body: Any, read: Callable[[Any], Any]) -> Any:
    if "subclass" in body:
        return Opaque(body["subclass"], str(_array(body, read).tolist())[:TEXT])
    return _array(body, read)


def _function(body: Any, read: Callable[[Any], Any]) -> Function:
    return Function(body["text"], body["ndim"], {name: read(value) for name, value in body["given"].items()})


_PLAIN: dict[str, Reader] = {
    "int": lambda body, _: int(body, 16),
    "float": lambda body, _: float(body),
    "complex": lambda body, _: complex(float(body[0]), float(body[1])),
    "ellipsis": lambda *_: Ellipsis,
    "tuple": lambda body, read: tuple(read(item) for item in body),
    "list": lambda body, read: [read(item) for item in body],
    "set": lambda body, read: {read(item) for item in body},
    "dict": lambda body, read: {read(key): read(value) for key, value in body},
    "array": _subclassed,
    "scalar": lambda body, read: _array(body, read)[()],
    "opaque": lambda body, _: Opaque(str(body["type"]), str(body["text"])),
}
_READERS: dict[str, Reader] = {**_PLAIN, "seed": lambda body, _: Seed(body), "fn": _function}


# -- Frames on a socket ------------------------------------------------------------------------------------


class TooLarge(ValueError):
    """A message is larger than there is room for."""


class Line:
    """Messages over a socket, each a length of 8 bytes and JSON; `until` ends the wait for one (monotonic seconds)."""

    def __init__(self, sock: Any) -> None:
        self.sock = sock
        self.until: float | None = None
        self._data = bytearray()

    def send(self, message: Any) -> None:
        """Write a message."""
        data = json.dumps(message).encode("ascii")
        self._limit()
        self.sock.sendall(len(data).to_bytes(8, "big") + data)

    def receive(self, most: int = 1 << 40) -> tuple[Any, int]:
        """Read a message of at most `most` bytes; return it and its size.

        Raise EOFError when the other side is gone, TooLarge, ValueError for what is no message, socket.timeout.
        """
        self._fill(8)
        size = int.from_bytes(self._data[:8], "big")
        if size > most:
            raise TooLarge(f"{size} bytes")
        self._fill(8 + size)
        message = json.loads(bytes(self._data[8 : 8 + size]))
        del self._data[: 8 + size]
        return message, size

    def _fill(self, size: int) -> None:
        while len(self._data) < size:
            self._limit()
            part = self.sock.recv(1 << 18)
            if not part:
                raise EOFError("the other side has gone")
            self._data += part

    def _limit(self) -> None:
        if self.until is not None:
            self.sock.settimeout(max(0.001, self.until - time.monotonic()))


def plain_text(text: str, limit: int = 2000) -> str:
    """Return `text` without lone surrogates, cut at `limit` characters."""
    safe = text.encode("utf-8", "backslashreplace").decode("utf-8")
    return safe if len(safe) <= limit else safe[: limit - 1] + "…"


def arguments(values: Sequence[Any]) -> list[Any]:
    """Return fresh inputs for one call: generators anew, counts at 0."""
    return [
        value.generator() if type(value) is Seed else value.fresh() if type(value) is Function else value
        for value in values
    ]
