"""The rows of inputs on which an answer is judged: fixed cases, then drawn ones, frozen beside the module.

hypothesis draws differently from version to version, so what it drew once is kept as JSON, with the digest of the
`inputs` statement that it was drawn for.
"""

from __future__ import annotations

import ast
import hashlib
import importlib.util
import inspect
import json
import os
import tempfile
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from math4ml_lab.kernel.definition import Draw
from math4ml_lab.kernel.values import Seed, decode, encode

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from math4ml_lab.kernel.definition import Definition

Rows = list[dict[str, Any]]


class NeedsHypothesis(Exception):
    """Inputs have to be drawn, and hypothesis is not installed here."""


class Stale(Exception):
    """The frozen battery was drawn for other inputs."""


def digest(source: str) -> str:
    """Return the digest of the module's `inputs(...)` statements, blind to spaces and comments."""
    calls = [
        node
        for node in ast.parse(source).body
        if isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Call)
        and getattr(node.value.func, "id", "") == "inputs"
    ]
    return hashlib.sha256("\n".join(ast.unparse(node) for node in calls).encode()).hexdigest()[:16]


def rows(definition: Definition, source: str, frozen: str | None) -> Rows:
    """Return the battery: the cases, then the frozen rows, or rows drawn now where none are frozen."""
    if not definition.has_inputs:
        return [{}]
    fixed = [_prepared(case.values) for case in definition.cases]
    if not definition.strategies:
        return fixed
    if frozen is not None:
        held = json.loads(frozen)
        if held.get("inputs") != digest(source):
            raise Stale
        return fixed + [{name: decode(tree) for name, tree in row.items()} for row in held["rows"]]
    return fixed + draw(definition)


def freeze(definition: Definition, source: str) -> str | None:
    """Return the text of the file to keep beside the module, None where nothing is drawn."""
    if not definition.strategies:
        return None
    drawn = [{name: encode(value, readable=True) for name, value in row.items()} for row in draw(definition)]
    lines = ",\n  ".join(json.dumps(row) for row in drawn)
    return f'{{"inputs": "{digest(source)}",\n "rows": [\n  {lines}]}}\n'


def _prepared(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return a case's values as an answer gets them: nested lists stay lists, `rng=7` becomes a generator."""
    return {name: Seed(value) if name == "rng" and isinstance(value, int) else value for name, value in given.items()}


# -- Drawing -----------------------------------------------------------------------------------------------


def has_hypothesis() -> bool:
    """Tell whether inputs can be drawn here."""
    return importlib.util.find_spec("hypothesis") is not None


def draw(definition: Definition) -> Rows:
    """Draw up to `size` distinct rows, the simplest first; raise NeedsHypothesis where it is not installed."""
    if not has_hypothesis():
        raise NeedsHypothesis
    with hypothesis_home():
        found = _draw(definition)
    return sorted(found, key=size)


@contextmanager
def hypothesis_home() -> Iterator[None]:
    """Give hypothesis a folder to write to: it takes the working directory otherwise."""
    name = "HYPOTHESIS_STORAGE_DIRECTORY"
    before = os.environ.get(name)
    with tempfile.TemporaryDirectory() as home:
        os.environ[name] = home
        try:
            yield
        finally:
            if before is None:
                del os.environ[name]
            else:
                os.environ[name] = before


def quiet(**more: Any) -> Any:
    """Return hypothesis settings that remember nothing, say nothing, and draw the same each time."""
    from hypothesis import HealthCheck, Verbosity, settings

    return settings(
        database=None, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck),
        verbosity=Verbosity.quiet, print_blob=False, report_multiple_bugs=False, **more,
    )  # fmt: skip


def row(definition: Definition) -> Any:
    """Return hypothesis' strategy for one row of inputs; later inputs may depend on earlier ones."""
    from hypothesis import strategies as st

    @st.composite
    def draw_row(pick: Any) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for name, strategy in definition.strategies.items():
            values[name] = pick(_strategy(_resolved(strategy, values)))
        return values

    return draw_row()


def _draw(definition: Definition) -> Rows:
    from hypothesis import Phase, given

    kept: dict[str, dict[str, Any]] = {}

    def collect(values: dict[str, Any]) -> None:
        if len(kept) < definition.size:
            kept.setdefault(text(values), values)

    drawing: Any = given(row(definition))
    quiet(max_examples=definition.size * 3, phases=[Phase.generate])(drawing(collect))()
    return list(kept.values())


def _resolved(strategy: Any, values: Mapping[str, Any]) -> Any:
    if inspect.isfunction(strategy):
        names = inspect.signature(strategy).parameters
        return strategy(*(values[name] for name in names))
    return strategy


def _strategy(recipe: Any) -> Any:
    from hypothesis import strategies as st

    if isinstance(recipe, st.SearchStrategy):
        return recipe
    if not isinstance(recipe, Draw):
        return st.just(recipe)
    arguments = recipe.arguments
    if recipe.kind == "ints":
        return st.integers(*arguments)
    if recipe.kind == "choose":
        return st.sampled_from(arguments)
    if recipe.kind == "seeds":
        return st.integers(0, 2**32 - 1).map(Seed)
    sizes = [st.just(size) if isinstance(size, int) else st.integers(*size) for size in arguments]
    return st.tuples(*sizes).flatmap(_entries)


def _entries(shape: tuple[int, ...]) -> Any:
    import numpy as np
    from hypothesis import strategies as st

    count = int(np.prod(shape))
    entry = st.integers(-9, 9).filter(lambda value: value != 0)
    return st.lists(entry, min_size=count, max_size=count).map(lambda flat: np.array(flat, dtype=float).reshape(shape))


def text(row: Mapping[str, Any]) -> str:
    """Return what is the same for equal rows, and for no others."""
    return json.dumps({name: encode(value) for name, value in row.items()})


def size(row: Mapping[str, Any]) -> tuple[int, int, int]:
    """Return what orders rows from simple to complicated: the length as text, then minus signs, then digits' sum."""
    told = json.dumps({name: encode(value, readable=True) for name, value in row.items()})
    return len(told), told.count("-"), sum(int(digit) for digit in told if digit.isdecimal())
