"""What the author of an exercise imports.

An exercise is a module that defines a solution and its inputs; checks, mistakes and hints add to it. The decorators
below collect what they see in the `Definition` that is being read, and change nothing in the functions themselves.
This file is sent into kernels: Python 3.9, standard library, numpy.
"""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any, Callable

from math4ml_lab.kernel.values import Function, Seed

if TYPE_CHECKING:
    from collections.abc import Mapping

Answer = Callable[..., Any]


class Case:
    """One row of inputs, fixed by the author."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self.values = dict(values)


class Draw:
    """A recipe for drawn inputs; hypothesis is imported only when something is drawn."""

    def __init__(self, kind: str, *arguments: Any) -> None:
        self.kind = kind
        self.arguments = arguments


class Claim:
    """A check: one claim about an answer. `overrides` replace inputs."""

    def __init__(self, function: Answer, of: str | None, overrides: Mapping[str, Any]) -> None:
        self.name = function.__name__
        self.function = function
        self.of = of
        self.overrides = dict(overrides)
        self.parameters = list(inspect.signature(function).parameters)


class Mistake:
    """A known wrong solution of the answer `of`; `edit` is an (old, new) pair that makes it from the solution."""

    def __init__(self, name: str, function: Answer | None, of: str | None, edit: Any = None, doc: Any = None) -> None:
        self.name = name
        self.function = function
        self.of = of
        self.edit: tuple[str, str] | None = edit
        self.__doc__ = doc or getattr(function, "__doc__", None)


class Row:
    """What a symptom sees of one input: `inputs` by name, `got` and `want`, `calls` of function inputs.

    Where the answer raised, `got` is the exception's type by name and `error` its message, which is None otherwise.
    """

    def __init__(
        self, inputs: Mapping[str, Any], got: Any, want: Any, calls: Mapping[str, int], error: str | None = None
    ) -> None:
        self.inputs = dict(inputs)
        self.got = got
        self.want = want
        self.calls = dict(calls)
        self.error = error


class Definition:
    """An exercise as its module defines it."""

    def __init__(self) -> None:
        self.solutions: dict[str, Answer] = {}
        self.cases: list[Case] = []
        self.strategies: dict[str, Any] = {}
        self.has_inputs = False
        self.size = 60
        self.checks: list[Claim] = []
        self.mistakes: dict[str, Mistake] = {}
        self.shown: list[tuple[Any, Answer]] = []
        self.symptoms: dict[str, Answer] = {}
        self.views: dict[str | None, Answer] = {}
        self.settings: dict[str, Any] = {}


_reading: list[Definition] = []


def read(source: str, filename: str, namespace: dict[str, Any]) -> Definition:
    """Run a module's source in `namespace` and return the exercise that it defines."""
    definition = Definition()
    _reading.append(definition)
    try:
        exec(compile(source, filename, "exec"), namespace)
    finally:
        _reading.pop()
    for name, value in namespace.items():
        if isinstance(value, Mistake) and value.edit is not None:
            value.name = name
            definition.mistakes[name] = value
    definition.symptoms = {
        (wrong.name if isinstance(wrong, Mistake) else wrong.__name__): predicate
        for wrong, predicate in definition.shown
    }
    return definition


def _current() -> Definition:
    # Outside of `read` (an author imports the module on its own) there is nothing to collect.
    return _reading[-1] if _reading else Definition()


# -- Decorators --------------------------------------------------------------------------------------------


def exercise(**settings: Any) -> None:
    """State what is true of the whole exercise: points, needs, video, limit, isolation, starter, starter_counts."""
    _current().settings.update(settings)


def solution(function: Answer) -> Answer:
    """Define the right answer: the function's name is the name that the learner defines."""
    _current().solutions[function.__name__] = function
    return function


def inputs(*cases: Case, size: int = 60, **strategies: Any) -> None:
    """Define the battery: fixed cases first, then up to `size` rows drawn from the strategies."""
    definition = _current()
    definition.has_inputs = True
    definition.cases.extend(cases)
    definition.strategies.update(strategies)
    definition.size = size


def case(**values: Any) -> Case:
    """Fix all inputs of one row."""
    return Case(values)


def check(
    function: Answer | None = None,
    *,
    of: Answer | None = None,
    hidden: bool = False,  # noqa: ARG001 (read as text)
    **overrides: Any,
) -> Any:
    """Define one claim; its docstring is the title and, in bullets, the hint ladder.

    One that is `hidden` can be left out of the learner's edition of a course.
    """

    def collect(claim: Answer) -> Answer:
        _current().checks.append(Claim(claim, of.__name__ if of else None, overrides))
        return claim

    return collect if function is None else collect(function)


def mistake(
    function: Answer | None = None,
    *,
    of: Answer | None = None,
    edit: tuple[str, str] | None = None,
    doc: str | None = None,
) -> Any:
    """Define a known wrong solution, as a function or as one edit of the solution's text with its `doc`."""
    if edit is not None:
        return Mistake("", None, of.__name__ if of else None, edit, doc)

    def collect(wrong: Answer) -> Answer:
        _current().mistakes[wrong.__name__] = Mistake(wrong.__name__, wrong, of.__name__ if of else None)
        return wrong

    return collect if function is None else collect(function)


def symptom(wrong: Any) -> Callable[[Answer], Answer]:
    """Recognise `wrong` by a predicate `(failing, passing)` over rows, where no behaviour is equal throughout."""

    def collect(predicate: Answer) -> Answer:
        _current().shown.append((wrong, predicate))
        return predicate

    return collect


def view(function: Answer | None = None, *, of: Answer | None = None) -> Any:
    """Turn a result into plain values where it cannot be compared as it stands."""

    def collect(viewer: Answer) -> Answer:
        _current().views[of.__name__ if of else None] = viewer
        return viewer

    return collect if function is None else collect(function)


# -- Questions ---------------------------------------------------------------------------------------------
# The server reads them as text; here they only have to be names.


def ask(text: str, **answer: Any) -> None:
    """Ask for a prediction: choices=[...] with right=..., number=... (within=...), or shape=...; follow_up=..."""


def breaks(wrong: Any, text: str = "", **more: Any) -> None:
    """Ask for an input on which a mistake differs from the solution."""


def spot(wrong: Any, *, lines: Any, text: str = "", **more: Any) -> None:
    """Ask for the line of a mistake that is wrong: any of `lines`, where its `def` is 1, without docstring."""


def beat(weak: Any, *, text: str = "", **more: Any) -> None:
    """Ask for a wrong answer that passes a check: it is answered by running one."""


def order(*, text: str = "", lines: Any = None, **more: Any) -> None:
    """Ask for the order of lines, which are given in the right one; those of the solution where none are."""


def explain(text: str, *, model: str, **more: Any) -> None:
    """Ask for a sentence, which is shown beside the model sentence and never judged."""


# -- Inputs ------------------------------------------------------------------------------------------------


def matrices(rows: Any, columns: Any) -> Draw:
    """Draw arrays (rows, columns) of small non-zero integers, as float64; sizes are ints or (low, high)."""
    return Draw("matrices", rows, columns)


def vectors(size: Any) -> Draw:
    """Draw arrays (size,) of small non-zero integers, as float64."""
    return Draw("vectors", size)


def ints(low: int, high: int) -> Draw:
    """Draw integers from low to high, both included."""
    return Draw("ints", low, high)


def choose(*values: Any) -> Draw:
    """Draw one of the values; the first is the simplest."""
    return Draw("choose", *values)


def seeds() -> Draw:
    """Give the answer a fresh generator, seeded per row."""
    return Draw("seeds")


def fn(text: str, ndim: int | None = None, **given: Any) -> Function:
    """Make a function input from an expression in `x`; it counts its calls."""
    return Function(text, ndim, given)


# -- Claims ------------------------------------------------------------------------------------------------


class ClaimFails(AssertionError):
    """What `near`, `same` and `finite` raise: the measurement is the message."""


def near(got: Any, want: Any, rtol: float = 1e-6, atol: float = 1e-9) -> None:
    """Claim that two numbers or arrays agree within `atol + rtol * |want|`, and are finite where `want` is."""
    import numpy as np

    a, b = np.asarray(got), np.asarray(want)
    if a.shape != b.shape:
        raise ClaimFails(f"shape {a.shape}, needs {b.shape}")
    if not np.allclose(a, b, rtol=rtol, atol=atol, equal_nan=True):
        raise ClaimFails(f"{show(got)}, needs {show(want)} (rtol {rtol:g})")


def same(got: Any, want: Any) -> None:
    """Claim that two plain values are equal, entry by entry."""
    import numpy as np

    if not np.array_equal(np.asarray(got), np.asarray(want)):
        raise ClaimFails(f"{show(got)}, needs {show(want)}")


def finite(got: Any) -> None:
    """Claim that there is no nan and no infinity."""
    import numpy as np

    if not np.all(np.isfinite(np.asarray(got, dtype=float))):
        raise ClaimFails(f"{show(got)} is not finite")


def show(value: Any) -> str:
    """Return a short text of a value, as one would type it."""
    from math4ml_lab.kernel.printing import inline

    return inline(value)


__all__ = [
    "Seed", "ask", "beat", "breaks", "case", "check", "choose", "exercise", "explain", "finite", "fn", "inputs", "ints",
    "matrices", "mistake", "near", "order", "same", "seeds", "solution", "spot", "symptom", "vectors", "view",
]  # fmt: skip
