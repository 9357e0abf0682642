"""What is known of an exercise before any answer is seen: the battery, and what solution and mistakes do on it."""

from __future__ import annotations

import builtins
import copy
import inspect
from typing import TYPE_CHECKING, Any

from math4ml_lab import exercise
from math4ml_lab.kernel import answer, around, battery, printing, scripts, transcripts
from math4ml_lab.kernel.values import Function, Opaque, decode, encode

if TYPE_CHECKING:
    from collections.abc import Mapping

    from math4ml_lab.kernel.definition import Claim, Definition, Mistake


class Outcome:
    """What an answer did on one row: a plain value, or the type of the exception it raised."""

    def __init__(self, value: Any = None, raised: str | None = None) -> None:
        self.value = value
        self.raised = raised


class Author(Exception):
    """The exercise is broken: `str` says how, `fix` what to do about it."""

    def __init__(self, message: str, fix: str) -> None:
        super().__init__(message)
        self.fix = fix


class Reference:
    """An exercise, its battery, and the outcomes of solution, mistakes and starter on it."""

    def __init__(
        self, name: str, source: str, frozen: str | None, namespace: dict[str, Any], starter: str | None
    ) -> None:
        self.name = name
        self.source = source
        self.namespace = namespace
        self.definition = _read(name, source, namespace)
        self.rows = _rows(self.definition, source, frozen)
        self.answers = {
            answer_name: Signature(f, self.definition) for answer_name, f in self.definition.solutions.items()
        }
        self.tells = any("printed" in claim.parameters for claim in self.definition.checks)
        self.untouched = None if starter is None or self.definition.settings.get("starter_counts") else starter
        self.tests = _tests(self.definition)
        self.overridden: dict[str, tuple[battery.Rows, list[Outcome]]] = {}
        self._encoded: dict[str, list[Any]] = {}
        if not self.live:
            self._settle()

    @property
    def live(self) -> list[str]:
        """The learner's own names that solutions of values take: what is right depends on them."""
        return list(dict.fromkeys(n for one in self.answers.values() for n in one.live))

    @property
    def elsewhere(self) -> list[str]:
        """All names that are neither answers nor inputs: other cells of the notebook define them."""
        asked = [*self.live, *self.definition.settings.get("names", ())]
        if not self.definition.has_inputs:
            known = {*around.SPECIAL, *self.definition.answers}
            asked += [
                name
                for claim in self.definition.checks
                for name in claim.parameters
                if name not in known and name not in claim.overrides and name not in claim.optional
            ]
        return list(dict.fromkeys([*asked, *(name for test in self.tests for name in test.script.names)]))

    def _settle(self) -> None:
        """Know what is right on each row, what a mistake gives there, and what the starter does."""
        self.solution = {n: self._outcomes(n, f) for n, f in self.definition.solutions.items()}
        self._comparable()
        self.mistakes = {n: self._mistake(m) for n, m in self.definition.mistakes.items()}
        self.starter = self._starter(self.untouched)
        for claim in self.definition.checks:
            self._override(claim)

    def settled(self, live: Mapping[str, Any]) -> Reference:
        """Return the same where the learner's own names have these values; raise Unfit where no solution can be had."""
        settled = copy.copy(self)
        settled.rows = [dict(live)]
        settled._settle()
        if any(one.raised is not None for outcomes in settled.solution.values() for one in outcomes):
            raise around.Unfit(*live)
        return settled

    def _override(self, claim: Claim) -> None:
        """Prepare the rows of a check that overrides inputs of the answer: it is asked anew with them."""
        name = claim.of or next(iter(self.answers), "")
        if not self.definition.has_inputs or not claim.overrides.keys() & {n for n, _ in self.answers[name].parameters}:
            return
        rows = {battery.text({**row, **claim.overrides}): {**row, **claim.overrides} for row in self.rows}
        self.overridden[claim.name] = list(rows.values()), [self.wanted(name, row) for row in rows.values()]

    @property
    def bare(self) -> list[str]:
        """The names that the learner defines and no solution does: only tests are about them."""
        return [name for name in self.definition.answers if name not in self.answers]

    def encoded(self, name: str) -> list[Any]:
        """Return the battery as the answer `name` is asked for it, as JSON trees."""
        if name not in self._encoded:
            self._encoded[name] = [self.answers[name].encoded(row) for row in self.rows]
        return self._encoded[name]

    def wanted(self, name: str, row: Mapping[str, Any]) -> Outcome:
        """Return what the solution does on any row."""
        signature = self.answers[name]
        return outcome(self.definition.solutions[name], signature.select(row), signature.star, self.view(name))

    def _comparable(self) -> None:
        """Raise Author where a result of the solution cannot be told from another."""
        for name, outcomes in self.solution.items():
            for row, one in zip(self.rows, outcomes):
                if isinstance(one.value, Opaque):
                    inputs = printing.given(self.answers[name].select(row))
                    raise Author(
                        f"the solution {name!r} gives {one.value.type_name!r} on {inputs or 'its own'}, which cannot be"
                        " compared",
                        "add a @view that turns it into plain values",
                    )

    def _outcomes(self, name: str, function: Any) -> list[Outcome]:
        signature = self.answers[name]
        view = self.view(name)
        return [outcome(function, signature.select(row), signature.star, view) for row in self.rows]

    def view(self, name: str) -> Any:
        """Return the view of the answer `name`, None where its results are compared as they stand."""
        return self.definition.views.get(name) or self.definition.views.get(None)

    def mistaken(self, name: str, row: Mapping[str, Any]) -> Outcome:
        """Return what a mistake does on any row."""
        of, function = self._wrong(self.definition.mistakes[name])
        signature = self.answers[of]
        return outcome(function, signature.select(row), signature.star, self.view(of))

    def _mistake(self, mistake: Mistake) -> tuple[str, list[Outcome]]:
        of, function = self._wrong(mistake)
        return of, self._outcomes(of, function)

    def _wrong(self, mistake: Mistake) -> tuple[str, Any]:
        of = mistake.of or next(iter(self.definition.solutions))
        return of, mistake.function or self._edited(mistake, of)

    def _edited(self, mistake: Mistake, of: str) -> Any:
        text = inspect.cleandoc(self.source)
        old, new = mistake.edit or ("", "")
        head, mark, body = text.partition("@solution")
        if old not in body:
            raise Author(f"mistake {mistake.name!r}: the solution holds no {old!r}", "edit text that stands there")
        namespace = dict(self.namespace)
        exercise.read(head + mark + body.replace(old, new, 1), self.name, namespace)
        return namespace[of]

    def _starter(self, text: str | None) -> dict[str, list[Outcome]]:
        """Return the starter's outcomes by name; a starter that does not run counts as nothing."""
        if text is None:
            return {}
        namespace: dict[str, Any] = {"__builtins__": builtins}
        try:
            import numpy as np

            namespace["np"] = np
        except ImportError:
            pass
        try:
            exec(compile(text, "<starter>", "exec"), namespace)
        except Exception:
            return {}
        found = {}
        for name, signature in self.answers.items():
            if name in namespace:
                value = namespace[name]
                found[name] = self._outcomes(name, value if signature.callable else lambda value=value: value)
        return found


class Signature:
    """How an answer is called: the inputs it takes by name, which one is unpacked, whether it is a function."""

    def __init__(self, function: Any, definition: Definition) -> None:
        parameters = inspect.signature(function).parameters.values()
        self.callable = definition.has_inputs
        self.star = next((p.name for p in parameters if p.kind is p.VAR_POSITIONAL), None)
        self.parameters = [(p.name, p.default is not p.empty) for p in parameters]
        self.live = [] if self.callable else [name for name, has_default in self.parameters if not has_default]

    def select(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """Return the row's inputs that the answer takes; raise Author where one without default is missing."""
        chosen = {}
        for name, has_default in self.parameters:
            if name in row:
                chosen[name] = row[name]
            elif not has_default:
                raise Author(f"inputs(...) gives no {name!r}, which the solution takes", f"add {name}=… to inputs(...)")
        return chosen

    def encoded(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """Return the inputs that the answer takes as JSON trees by name."""
        return {name: encode(value) for name, value in self.select(row).items()}


def outcome(function: Any, inputs: Mapping[str, Any], star: str | None, view: Any = None) -> Outcome:
    """Call an author's function on fresh copies of one row's inputs."""
    fresh = {name: value if isinstance(value, Function) else copy.deepcopy(value) for name, value in inputs.items()}
    try:
        value = function(*answer.call_arguments(fresh, star))
        return Outcome(decode(encode(value if view is None else view(value))))
    except Exception as error:
        return Outcome(raised=type(error).__name__)


def _read(name: str, source: str, namespace: dict[str, Any]) -> Definition:
    try:
        definition = exercise.read(source, f"{name}.py", namespace)
    except Exception as error:
        raise Author(
            f"the module of {name!r} does not run: {type(error).__name__}: {error}", "mend the module"
        ) from error
    if not definition.solutions and not definition.scripts:
        raise Author(f"the module of {name!r} defines no @solution", "add one")
    return definition


def _tests(definition: Definition) -> list[scripts.Test]:
    try:
        return [scripts.Test(script, definition.answers) for script in definition.scripts]
    except transcripts.Unfit as error:
        raise Author(f"a test cannot be read: {error}", "mend it") from error


def _rows(definition: Definition, source: str, frozen: str | None) -> battery.Rows:
    try:
        found = battery.rows(definition, source, frozen)
    except battery.Stale:
        return _rows(definition, source, None)
    if not found:
        raise Author("inputs(...) holds neither a case nor a strategy", "add case(...) rows or strategies")
    return found
