"""Results that are not plain, such as a function or an object of the learner's class: kept where they are, and asked.

The respondent keeps them under numbers. In the judge a `Proxy` stands for each: whoever calls it, reads an attribute or
computes with it has the respondent do so, and gets a plain value, another proxy, or an exception.
"""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING, Any, Callable

from math4ml_lab.kernel.values import Opaque, decode, encode

if TYPE_CHECKING:
    from collections.abc import Mapping

MANY = 100_000
"""How many objects are kept."""
_BINARY = (
    "add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "matmul", "eq", "ne", "lt", "le", "gt", "ge", "getitem",
    "contains",
)  # fmt: skip
_REFLECTED = ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "matmul")
_UNARY = ("neg", "pos", "abs", "invert")
_BUILTINS: dict[str, Any] = {
    "len": len, "float": float, "int": int, "bool": bool, "str": str, "repr": repr, "list": list, "complex": complex,
}  # fmt: skip
_WAYS: dict[str, Any] = {name: getattr(operator, name) for name in (*_BINARY, *_UNARY)} | _BUILTINS


def is_opaque(tree: Any) -> bool:
    """Tell whether an encoded value is only known by its name."""
    return isinstance(tree, dict) and ("opaque" in tree or "subclass" in (tree.get("array") or {}))


def _stays(tree: Any) -> bool:
    """Tell whether what came back is kept: it is only known by its name, or a function input that was returned."""
    return is_opaque(tree) or (isinstance(tree, dict) and "fn" in tree)


# -- In the respondent -------------------------------------------------------------------------------------


class Kept:
    """What is kept, and what is done with it."""

    def __init__(self, namespace: Mapping[str, Any] | None = None) -> None:
        self._namespace = namespace or {}
        self._objects: list[Any] = []

    def told(self, value: Any, tree: Any = None) -> dict[str, Any]:
        """Return a value as a reply: encoded, with the numbers under which it, or its items, are kept."""
        tree = encode(value) if tree is None else tree
        if _stays(tree):
            return {"value": tree, "kept": self._number(value)}
        if type(value) in (tuple, list) and tree.keys() & {"tuple", "list"}:
            (items,) = tree.values()
            numbers = [self._number(item) if _stays(one) else None for item, one in zip(value, items)]
            return {"value": tree, "kept": numbers}
        return {"value": tree}

    def _number(self, value: Any) -> int | None:
        if len(self._objects) >= MANY:
            return None
        self._objects.append(value)
        return len(self._objects) - 1

    def use(self, question: Mapping[str, Any]) -> dict[str, Any]:
        """Do with a kept object what is asked, and return what comes of it."""
        way, arguments = question["way"], [self._argument(one) for one in question["arguments"]]
        if way == "call":
            return self.told(arguments[0](*arguments[1:]))
        if way == "attribute":
            return self.told(getattr(arguments[0], question["name"]))
        return self.told(_WAYS[way](*arguments))

    def _argument(self, told: Mapping[str, Any]) -> Any:
        if "name" in told:
            return self._namespace[told["name"]]
        return self._objects[told["kept"]] if "kept" in told else decode(told["value"])


# -- In the judge ------------------------------------------------------------------------------------------

Use = Callable[[str, "tuple[Any, ...]", str], Any]
"""Has something done with kept objects: the way, its arguments, and the name of an attribute."""


class Proxy:
    """Stands for an object that is kept elsewhere; `opaque` is what is known of it without asking."""

    __array_ufunc__ = None  # an array leaves it to us what becomes of `array * proxy`
    __hash__ = None  # type: ignore[assignment]

    def __init__(self, number: int, use: Use, opaque: Opaque) -> None:
        self.__dict__.update(_number=number, _use=use, _opaque=opaque)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self._use("attribute", (self,), name)

    def __call__(self, *arguments: Any) -> Any:
        """Have it called."""
        return self._use("call", (self, *arguments), "")

    def __iter__(self) -> Any:
        return iter(self._use("list", (self,), ""))

    def __repr__(self) -> str:
        return repr(self._opaque)


class Named:
    """Stands for one of the learner's names."""

    def __init__(self, name: str) -> None:
        self.name = name


def _forward(way: str, *, is_reflected: bool = False) -> Any:
    def forwarded(self: Proxy, *others: Any) -> Any:
        arguments = (*others, self) if is_reflected else (self, *others)
        return self._use(way, arguments, "")

    return forwarded


for _way in (*_BINARY, *_UNARY):
    setattr(Proxy, f"__{_way}__", _forward(_way))
for _way in _REFLECTED:
    setattr(Proxy, f"__r{_way}__", _forward(_way, is_reflected=True))
for _way in ("len", "float", "int", "bool", "str", "complex"):
    setattr(Proxy, f"__{_way}__", _forward(_way))


def argument(value: Any) -> dict[str, Any]:
    """Return an argument as it is sent: a kept object by its number; raise ValueError for what cannot be sent."""
    if isinstance(value, Proxy):
        return {"kept": value.__dict__["_number"]}
    if isinstance(value, Named):
        return {"name": value.name}
    tree = encode(value)
    if is_opaque(tree):
        raise ValueError(f"{value!r} cannot be sent: plain values and fn(...) can")
    return {"value": tree}


def known(value: Any) -> Any:
    """Return a value with what is known of its proxies in their place."""
    if isinstance(value, Proxy):
        return value.__dict__["_opaque"]
    if type(value) in (tuple, list):
        return type(value)(known(item) for item in value)
    return {key: known(item) for key, item in value.items()} if type(value) is dict else value


def proxied(value: Any, kept: Any, use: Use) -> Any:
    """Return a decoded value with proxies for what is kept of it."""
    if isinstance(value, Opaque) and type(kept) is int:
        return Proxy(kept, use, value)
    if isinstance(value, (tuple, list)) and isinstance(kept, list) and len(kept) == len(value):
        return type(value)(proxied(item, one, use) for item, one in zip(value, kept))
    return value
