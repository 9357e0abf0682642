"""Reads the questions of an exercise module: `ask(...)`, `spot(...)` and the like, with what is wrong with them."""

from __future__ import annotations

import ast
from collections import Counter
from typing import TYPE_CHECKING, Any, cast

from msgspec import Struct

from math4ml_lab.lines import code_lines
from math4ml_lab.questions import EXACT, Asked

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from math4ml_lab.course import Check, Mistake

QUESTIONS = frozenset(("ask", "beat", "breaks", "explain", "order", "spot"))
"""The names of the API that ask something."""

_TAKES = {
    "ask": ("choices", "right", "number", "within", "shape"),
    "breaks": (),
    "spot": ("lines",),
    "beat": (),
    "order": ("lines",),
    "explain": ("model",),
}
_COMMON = ("text", "follow_up", "when")
_LONGEST_SHAPE = 32


class Known(Struct, frozen=True):
    """What a question may be about: mistakes and checks by name, the solution's lines, the inputs of an answer."""

    mistakes: Mapping[str, Mistake]
    checks: Mapping[str, Check]
    solution: str
    inputs: Callable[[str | None], Mapping[str, str | None]]


class _Stop(Exception):
    """A question cannot be read any further."""


class QuestionReader:
    """One reading of one module's questions; `note` takes line, message and fix of what is wrong."""

    def __init__(self, note: Callable[[int, str, str], None], known: Known) -> None:
        self._note = note
        self._known = known
        self._count: Counter[str] = Counter()

    def read(self, api: str, call: ast.Call) -> Asked | None:
        """Return the question that a call states, None where that cannot be told."""
        try:
            arguments = self._arguments(api, call)
            self._count[api] += 1
            common = self._common(api, call, arguments)
            more: dict[str, Any] = getattr(self, f"_{api}")(call, arguments, common)
        except _Stop:
            return None
        return Asked(**{"name": f"{api}-{self._count[api]}", **common, **more})

    def _wrong(self, node: ast.AST, message: str, fix: str) -> _Stop:
        self._note(getattr(node, "lineno", 1), message, fix)
        return _Stop()

    # -- Arguments --

    def _arguments(self, api: str, call: ast.Call) -> dict[str, ast.expr]:
        first = ("about", "text") if api in ("breaks", "spot", "beat") else ("text",) if api != "order" else ()
        found = dict(zip(first, call.args, strict=False))
        known = {*_TAKES[api], *_COMMON} - ({"text"} & found.keys())
        for keyword in call.keywords:
            if keyword.arg not in known:
                fix = f"it takes {', '.join(sorted(known))}"
                raise self._wrong(call, f"{api}(...) has no argument {keyword.arg!r}", fix)
            found[str(keyword.arg)] = keyword.value
        if len(call.args) > len(first):
            raise self._wrong(call, f"{api}(...) takes its arguments by name", f"it takes {', '.join(sorted(known))}")
        return found

    def _literal(self, api: str, node: ast.expr | None, name: str) -> Any:
        if node is None:
            return None
        try:
            return ast.literal_eval(node)
        except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
            raise self._wrong(node, f"{name}= of {api}(...) is no literal", "write the value itself") from None

    def _text(self, api: str, call: ast.Call, arguments: Mapping[str, ast.expr], name: str) -> str | None:
        value = self._literal(api, arguments.get(name), name)
        if value is None or (isinstance(value, str) and value.strip() and value.isprintable()):
            return value
        raise self._wrong(call, f"{name}= of {api}(...) is no text", "write one line of words, in quotes")

    def _common(self, api: str, call: ast.Call, arguments: Mapping[str, ast.expr]) -> dict[str, Any]:
        when = self._literal(api, arguments.get("when"), "when")
        if when not in (None, "before", "after"):
            raise self._wrong(call, f"when={when!r} is no time", 'write when="before" or when="after"')
        text = self._text(api, call, arguments, "text")
        if text is None and api in ("ask", "explain"):
            raise self._wrong(call, f"{api}(...) asks nothing", f'write {api}("the question", ...)')
        follow_up = self._literal(api, arguments.get("follow_up"), "follow_up")
        follow_ups = follow_up if isinstance(follow_up, dict) else {}
        texts = [*follow_ups, *follow_ups.values()] if follow_ups else [follow_up or ""]
        if not all(isinstance(one, str) for one in texts) or (follow_ups and api != "ask"):
            fix = "write a text" + (", or {choice: text}" if api == "ask" else "")
            raise self._wrong(call, f"follow_up= of {api}(...) is no text", fix)
        return {
            "text": text or "",
            "when": when or ("before" if api in ("ask", "beat") else "after"),
            "follow_ups": follow_ups,
            "follow_up": None if follow_ups else follow_up,
        }

    # -- Forms --

    def _ask(self, call: ast.Call, arguments: Mapping[str, ast.expr], common: Mapping[str, Any]) -> dict[str, Any]:
        given = [name for name in ("choices", "number", "shape") if name in arguments]
        value = {name: self._literal("ask", node, name) for name, node in arguments.items() if name in _TAKES["ask"]}
        if len(given) != 1:
            raise self._wrong(
                call, "ask(...) wants one kind of answer", "give choices=, number= or shape=, one of them"
            )
        strange = {"right": "choices", "within": "number"}
        for name, kind in strange.items():
            if name in value and given != [kind]:
                raise self._wrong(call, f"{name}= belongs to {kind}=", f"leave it out, or give {kind}=")
        if common["follow_ups"] and given != ["choices"]:
            raise self._wrong(call, "follow_up= has choices, but the question has none", "write a text")
        return cast("dict[str, Any]", getattr(self, f"_ask_{given[0]}")(call, value, common))

    def _ask_choices(self, call: ast.Call, value: Mapping[str, Any], common: Mapping[str, Any]) -> dict[str, Any]:
        options = value["choices"]
        is_fit = isinstance(options, list | tuple) and all(isinstance(one, str) and one.strip() for one in options)
        if not is_fit or len(options) < 2 or len(set(options)) < len(options):  # noqa: PLR2004 (a choice)
            raise self._wrong(call, "choices= is no choice", 'write at least two different texts: choices=["a", "b"]')
        right = [value["right"]] if isinstance(value.get("right"), str) else list(value.get("right") or [])
        for option in [*right, *common["follow_ups"]]:
            if option not in options:
                raise self._wrong(call, f"{option!r} is none of the choices", f"they are {', '.join(options)}")
        return {"form": "choice", "options": tuple(options), "right": tuple(right)}

    def _ask_number(self, call: ast.Call, value: Mapping[str, Any], _: Mapping[str, Any]) -> dict[str, Any]:
        number, within = value["number"], value.get("within", EXACT)
        if type(number) not in (int, float) or type(within) not in (int, float) or not 0 <= within < 1:
            raise self._wrong(call, "number= is no number", "write number=42.0, and within=0.05 for 5 percent")
        return {"form": "number", "number": float(number), "within": float(within)}

    def _ask_shape(self, call: ast.Call, value: Mapping[str, Any], _: Mapping[str, Any]) -> dict[str, Any]:
        shape = value["shape"]
        is_fit = isinstance(shape, tuple) and all(type(size) is int and size >= 0 for size in shape)
        if not is_fit or len(shape) > _LONGEST_SHAPE:
            raise self._wrong(call, "shape= is no shape", "write a tuple: shape=(3, 4), shape=(3,), or shape=()")
        return {"form": "shape", "shape": shape}

    def _about(self, api: str, call: ast.Call, arguments: Mapping[str, ast.expr], known: Mapping[str, Any]) -> str:
        node = arguments.get("about")
        if isinstance(node, ast.Name) and node.id in known:
            return node.id
        kind = "check" if api == "beat" else "mistake"
        fix = f"write {api}(the_{kind}, ...) with the name of a {kind} of this module, without quotes"
        raise self._wrong(call, f"{api}(...) names no {kind}", fix)

    def _code(self, api: str, call: ast.Call, about: str) -> tuple[str, ...]:
        lines = tuple(code_lines(self._known.mistakes[about].source))
        if not lines:
            fix = "let its edit hold text of the solution, or write it as a function"
            raise self._wrong(call, f"{api}(...): the mistake {about!r} has no lines to show", fix)
        return lines

    def _breaks(self, call: ast.Call, arguments: Mapping[str, ast.expr], common: Mapping[str, Any]) -> dict[str, Any]:
        about = self._about("breaks", call, arguments, self._known.mistakes)
        inputs = self._known.inputs(self._known.mistakes[about].of)
        if not inputs:
            fix = "ask for an input only of a function that takes inputs(...)"
            raise self._wrong(call, f"breaks({about}) asks for no input", fix)
        text = "This answer is wrong. Find an input on which it shows."
        lines = self._code("breaks", call, about)
        defaults = {name: default for name, default in inputs.items() if default is not None}
        return {
            "form": "breaks", "about": about, "inputs": tuple(inputs), "defaults": defaults, "lines": lines,
            **_or(common, text),
        }  # fmt: skip

    def _spot(self, call: ast.Call, arguments: Mapping[str, ast.expr], common: Mapping[str, Any]) -> dict[str, Any]:
        about = self._about("spot", call, arguments, self._known.mistakes)
        lines = self._code("spot", call, about)
        value = self._literal("spot", arguments.get("lines"), "lines")
        numbers = list(value) if isinstance(value, set | list | tuple) else [value]
        if not numbers or not all(type(number) is int and 1 <= number <= len(lines) for number in numbers):
            told = "; ".join(f"{number}: {line.strip()}" for number, line in enumerate(lines, 1))
            raise self._wrong(call, f"lines= of spot({about}) names no lines of it", f"write lines={{2}}, of {told}")
        text = "This answer is wrong. Which line is it?"
        places = tuple(number - 1 for number in sorted(numbers))
        return {"form": "spot", "about": about, "lines": lines, "places": places, **_or(common, text)}

    def _beat(self, call: ast.Call, arguments: Mapping[str, ast.expr], common: Mapping[str, Any]) -> dict[str, Any]:
        about = self._about("beat", call, arguments, self._known.checks)
        text = f"Write a wrong answer of which this holds all the same: {self._known.checks[about].title}."
        return {"form": "beat", "about": about, **_or(common, text)}

    def _order(self, call: ast.Call, arguments: Mapping[str, ast.expr], common: Mapping[str, Any]) -> dict[str, Any]:
        lines = self._literal("order", arguments.get("lines"), "lines")
        if lines is None:
            lines = code_lines(self._known.solution)
        is_fit = isinstance(lines, list | tuple) and all(isinstance(line, str) and line.strip() for line in lines)
        if not is_fit or len(set(lines)) < 3:  # noqa: PLR2004 (two are a choice)
            fix = "write at least three different lines, in the right order, as a list of texts"
            raise self._wrong(call, "order(...) has no lines to put in order", fix)
        return {"form": "order", "lines": tuple(lines), **_or(common, "Put the lines in order.")}

    def _explain(self, call: ast.Call, arguments: Mapping[str, ast.expr], _: Mapping[str, Any]) -> dict[str, Any]:
        model = self._text("explain", call, arguments, "model")
        if model is None:
            raise self._wrong(call, "explain(...) has no model sentence", 'write explain("why?", model="Because ...")')
        return {"form": "explain", "model": model}


def _or(common: Mapping[str, Any], text: str) -> dict[str, Any]:
    """Return the question's text: the author's, or the one that its form has."""
    return {"text": common["text"] or text}
