"""What a check may ask for besides inputs and result: the answers themselves, the cell, live names, figures.

Whatever is asked of the learner's process comes as plain data; a function of theirs stands here as one that asks.
"""

from __future__ import annotations

import ast
import builtins
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from math4ml_lab.kernel.answered import ENDS, Disturbed, read_raised
from math4ml_lab.kernel.definition import Raised
from math4ml_lab.kernel.kept import Named, Proxy, argument, is_opaque, proxied
from math4ml_lab.kernel.values import Opaque, Seed, decode, encode

if TYPE_CHECKING:
    from collections.abc import Mapping

    from math4ml_lab.kernel.answered import Ask, Result
    from math4ml_lab.kernel.definition import Claim

CALLS = 10_000
"""How often all checks and views together may call the learner's functions."""
FIGURES = 20
"""How many figures are told of."""
OF_THE_CELL = ("source", "printed", "figures")
"""What tells of the cell itself."""
SPECIAL = (*OF_THE_CELL, "rng", "calls", "got", "lines_run")
"""What a parameter of a check can name besides inputs and answers."""


class NotRecorded(Exception):
    """A check is about the run of a cell that was not recorded."""


class Misuse(Exception):
    """A check calls an answer too often, or with what cannot be sent."""


class Unfit(Exception):
    """A live name holds what no solution can work with; the arguments are names."""


class Around:
    """What surrounds the answers of one judgement; `source` is the cell's text, `states` say what is defined."""

    def __init__(self, ask: Ask, source: str, states: Mapping[str, str]) -> None:
        self.ended: BaseException | None = None
        self._ask = ask
        self._source = source
        self._states = states
        self._calls = 0
        self._kept: dict[str, Any] = {}

    def known(self, claim: Claim, result: Result) -> dict[str, Any]:
        """Return what the check's parameters name, as far as it is no input; names that nobody knows are left out."""
        return {
            name: self._one(name, result)
            for name in claim.parameters
            if self.knows(name) and name != "lines_run"  # that is asked of the answer
        }

    def knows(self, name: str) -> bool:
        """Tell whether a name is one that is asked for here."""
        return name in SPECIAL or name in self._states

    def _one(self, name: str, result: Result) -> Any:
        if name == "got":
            return result.raw
        if name == "calls":
            return dict(result.calls)
        if name == "printed":
            return self._printed(result)
        if name == "rng":
            return Seed(0).generator()
        if name not in self._kept:
            special = {"source": self._tree, "figures": self._figures}
            self._kept[name] = special[name]() if name in special else self.live(name)
        return self._kept[name]

    # -- Names of the learner's --

    def live(self, name: str) -> Any:
        """Return a live value as plain data, or a function that asks for what the learner's gives."""
        if self._states.get(name) == "callable":
            return self._asking(name)
        reply = self._asked({"ask": "value", "name": name})
        if "raised" in reply or "value" not in reply:
            raise Disturbed
        return self._decoded(reply)

    def _decoded(self, reply: Mapping[str, Any]) -> Any:
        return proxied(_decoded(reply["value"]), reply.get("kept"), self.use)

    def use(self, way: str, arguments: tuple[Any, ...], name: str) -> Any:
        """Have something done with kept objects: what `Proxy` is told to do."""
        try:
            told = [argument(one) for one in arguments]
        except ValueError as error:
            raise Misuse(str(error)) from None
        return self._answer({"ask": "use", "way": way, "arguments": told, "name": name})

    def _answer(self, question: Mapping[str, Any]) -> Any:
        self._calls += 1
        if self._calls > CALLS:
            raise Misuse(f"checks and views may ask answers {CALLS} times at most")
        reply = self._asked(question)
        if "raised" in reply:
            raise _exception(read_raised(reply["raised"]))
        if "value" not in reply:
            raise Disturbed
        return self._decoded(reply)

    def plain(self, name: str) -> Any:
        """Return a live value that a solution can work with; raise Unfit for any other."""
        value = self.live(name)
        if isinstance(value, (Opaque, Proxy)) and self._states[name] == "value":
            raise Unfit(name)
        return value

    def _asking(self, name: str) -> Any:
        def ask(*arguments: Any) -> Any:
            if any(isinstance(argument, Proxy) for argument in arguments):
                return self.use("call", (Named(name), *arguments), "")
            row = {str(number): encode(argument) for number, argument in enumerate(arguments)}
            if any(is_opaque(tree) for tree in row.values()):
                raise Misuse(f"{name}(...) can be called with plain values and fn(...) only")
            return self._answer({"ask": "evaluate", "name": name, "rows": [row], "star": None})

        ask.__name__ = ask.__qualname__ = name
        return ask

    def _asked(self, question: Mapping[str, Any]) -> Mapping[str, Any]:
        try:
            reply: Mapping[str, Any] = next(self._ask(question))
        except ENDS as ended:
            self.ended = ended  # whatever the author's code makes of it
            raise
        return reply

    # -- The cell --

    def _tree(self) -> ast.Module:
        """Return the cell's tree; lines that are IPython's, not Python's, are left out of it."""
        try:
            return ast.parse(self._source)
        except SyntaxError:
            lines = ["" if line.lstrip().startswith(("%", "!", "?")) else line for line in self._source.splitlines()]
            try:
                return ast.parse("\n".join(lines))
            except SyntaxError:
                return ast.Module([], [])

    def _printed(self, result: Result) -> str:
        if result.printed is None:
            raise NotRecorded
        return result.printed

    def _figures(self) -> list[SimpleNamespace]:
        told = self._asked({"ask": "figures"}).get("figures")
        if told is None:
            raise NotRecorded
        if not isinstance(told, list):
            raise Disturbed
        return [_shaped(_decoded(tree)) for tree in told[:FIGURES]]


def _decoded(tree: Any) -> Any:
    try:
        return decode(tree, trusted=False)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, RecursionError) as error:
        raise Disturbed from error


def _shaped(value: Any) -> Any:
    """Return a tree of dicts as one of attributes: `figure.axes[0].lines[0].x`."""
    if isinstance(value, dict):
        return SimpleNamespace(**{str(name): _shaped(item) for name, item in value.items()})
    return [_shaped(item) for item in value] if isinstance(value, list) else value


def _exception(told: Mapping[str, Any]) -> Exception:
    """Return what a check sees of an exception of the learner's: one of the same builtin type, where it is one."""
    kind = getattr(builtins, told["type"], None)
    message = f"{told['type']}: {told['message']}" if told["message"] else told["type"]
    if isinstance(kind, type) and issubclass(kind, Exception):
        try:
            error: Exception = type(told["type"], (Raised, kind), {"told": told})(message)
        except TypeError:  # one that is made of more than a message
            pass
        else:
            return error
    other = Raised(message)
    other.told = told
    return other
