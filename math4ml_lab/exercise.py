"""What the author of an exercise imports.

An exercise is a module that defines a solution and its inputs; checks, mistakes and hints add to it. The decorators
below collect what they see in the `Definition` that is being read, and change nothing in the functions themselves.
This file is sent into kernels: Python 3.9, standard library, numpy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Callable

from math4ml_lab.kernel.definition import Case, Claim, Definition, Draw, Mistake, Script
from math4ml_lab.kernel.values import Function, Seed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from math4ml_lab.kernel.definition import Answer


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


def starter(function: Answer) -> Answer:
    """Define what the learner begins with, under the answer's own name; it is read as text."""
    return _current().solutions.get(function.__name__, function)  # the name stays the solution's


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

    Its parameters name what it gets: `got`, inputs, answers, `calls` of function inputs, `lines_run` (how many lines
    of the learner's code ran), `source`, `printed`, `figures`, `rng`. One that is `hidden` can be left out of the
    learner's edition of a course.
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
    """Define a known wrong solution, as a function or as one edit of the solution's text with its `doc`.

    An answer is recognised as it that does the same on all inputs; where it raises on all, by what is said, too.
    """
    if edit is not None:
        return Mistake("", None, of.__name__ if of else None, edit, doc)

    def collect(wrong: Answer) -> Answer:
        _current().mistakes[wrong.__name__] = Mistake(wrong.__name__, wrong, of.__name__ if of else None)
        return wrong

    return collect if function is None else collect(function)


def symptom(wrong: Any) -> Callable[[Answer], Answer]:
    """Recognise `wrong` by a predicate `(failing, passing)` over rows, where no behaviour is equal throughout.

    A row has `inputs`, `got`, `want`, `calls`, `changed`; of an exception its `error`, and the sizes that `clash`.
    """

    def collect(predicate: Answer) -> Answer:
        _current().shown.append((wrong, predicate))
        return predicate

    return collect


def view(function: Answer | None = None, *, of: Answer | None = None) -> Any:
    """Turn a result into plain values where it cannot be compared as it stands.

    Other parameters name inputs, which the view gets too.
    """

    def collect(viewer: Answer) -> Answer:
        _current().views[of.__name__ if of else None] = viewer
        return viewer

    return collect if function is None else collect(function)


# -- Tests that came from elsewhere ------------------------------------------------------------------------


def transcript(  # noqa: PLR0913 (settings by name)
    doc: str,  # noqa: ARG001 (read as text, by the server)
    text: str,
    *,
    setup: str = "",
    names: Sequence[str] = (),
    answers: Sequence[str] | None = None,
    name: str = "",
    hidden: bool = False,
) -> None:
    """Claim, as `doc` says, that prompts (`>>> f(2)`) give the text below them; `setup` runs before the first.

    They see a copy of the learner's names. `names` come from other cells; `answers` are what the learner defines.
    """
    _script("transcript", text, setup=setup, names=names, answers=answers, name=name, hidden=hidden)


def script(  # noqa: PLR0913 (the same)
    doc: str,  # noqa: ARG001 (the same)
    code: str,
    *,
    setup: str = "",
    names: Sequence[str] = (),
    answers: Sequence[str] | None = None,
    name: str = "",
    hidden: bool = False,
) -> None:
    """Claim, as `doc` says, that statements do not raise; an `assert` is explained by its operands.

    They stand among the learner's names, as a cell at the notebook's end would; what they bind is put back.
    """
    _script("script", code, setup=setup, names=names, answers=answers, name=name, hidden=hidden)


def _script(kind: str, text: str, *, name: str, **more: Any) -> None:
    scripts = _current().scripts
    scripts.append(Script(kind, text, name=name or f"{kind}_{len(scripts) + 1}", **more))


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
    """Ask for the order of lines, which are given in the right one; those of the solution where none are.

    Of a solution's lines any order is right that makes a program which passes every check.
    """


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
        from math4ml_lab.kernel.printing import pair

        raise ClaimFails(f"{pair(got, want)} ({f'rtol {rtol:g}' if rtol else f'within {atol:g}'})")


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
    "matrices", "mistake", "near", "order", "same", "script", "seeds", "solution", "spot", "starter", "symptom",
    "transcript", "vectors", "view",
]  # fmt: skip
