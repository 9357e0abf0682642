"""What is known of an exercise before any answer is seen: the battery, and what solution and mistakes do on it."""

from __future__ import annotations

import ast
import builtins
import contextlib
import copy
from typing import TYPE_CHECKING, Any

from math4ml_lab import exercise
from math4ml_lab.kernel import around, battery, printing, recorded, running, scripts, transcripts, watched
from math4ml_lab.kernel.definition import Mistake
from math4ml_lab.kernel.outcomes import Outcome, asked_by, call, called, outcome
from math4ml_lab.kernel.signature import Author, Signature
from math4ml_lab.kernel.values import Opaque

if TYPE_CHECKING:
    from collections.abc import Mapping

    from math4ml_lab.kernel.definition import Claim, Definition


class Reference:
    """An exercise, its battery, and the outcomes of solution, mistakes and starter on it.

    Those of solution and mistakes are `recorded` where the module was stripped of their code.
    """

    def __init__(  # noqa: PLR0913, PLR0917 (what the server sends of an exercise)
        self, name: str, source: str, frozen: str | None, namespace: dict[str, Any], starter: str | None,
        answers: str | None = None,
    ) -> None:  # fmt: skip
        self.name = name
        self.source = source
        self.namespace = namespace
        self.definition = _read(name, source, namespace)
        self.recorded = _recorded(self.definition, source, frozen, answers)
        self.rows = _rows(self.definition, source, frozen)
        self.answers = {
            answer_name: Signature(f, self.definition) for answer_name, f in self.definition.solutions.items()
        }
        self.tells = any("printed" in claim.parameters for claim in self.definition.checks)
        self.untouched = None if starter is None or self.definition.settings.get("starter_counts") else starter
        self.tests = _tests(self.definition)
        self.overridden: dict[str, tuple[battery.Rows, list[Outcome]]] = {}
        self._encoded: dict[str, list[Any]] = {}
        if self.recorded is not None:
            self._stand_in(self.recorded)
        self.solution: dict[str, list[Outcome]] = {}
        self.mistakes: dict[str, tuple[str, list[Outcome]]] = {}
        self.starter: dict[str, list[Outcome]] = {}
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
        asked += [name for test in self.tests for name in test.script.names]
        return [name for name in dict.fromkeys(asked) if name not in self.definition.answers]

    def _settle(self) -> None:
        """Know what is right on each row, what a mistake gives there, and what the starter does."""
        self._seen()
        self.solution = self._solutions()
        self._comparable()
        self.mistakes = {n: (self._of(m), self._mistake(m)) for n, m in self.definition.mistakes.items()}
        self.starter = self._starter(self.untouched)
        for claim in self.definition.checks:
            self._override(claim)

    def settled(self, live: Mapping[str, Any]) -> Reference:
        """Return the same where the learner's own names have these values; raise Unfit where no solution can be had."""
        settled = copy.copy(self)
        settled.rows, settled._encoded = [dict(live)], {}
        settled._settle()
        if any(one.raised is not None for outcomes in settled.solution.values() for one in outcomes):
            raise around.Unfit(*live)
        return settled

    def own(self, name: str) -> Any:
        """Return the right value of an answer that is not there yet; raise Unfit where it hangs on others."""
        if self.answers[name].live:
            raise around.Unfit(name)
        return self.definition.solutions[name]()

    def _override(self, claim: Claim) -> None:
        """Prepare the rows of a check that overrides inputs of the answer: it is asked anew with them."""
        if not self._is_asked_anew(claim):
            return
        name = claim.of or next(iter(self.answers), "")
        rows = {battery.text({**row, **claim.overrides}): {**row, **claim.overrides} for row in self.rows}
        self.overridden[claim.name] = list(rows.values()), [self.wanted(name, row) for row in rows.values()]

    def _is_asked_anew(self, claim: Claim) -> bool:
        name = claim.of or next(iter(self.answers), "")
        return self.definition.has_inputs and any(n in claim.overrides for n, _ in self.answers[name].parameters)

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
        """Return what the solution does on any row; raise Author where it is not there."""
        if self.recorded is not None:
            raise Author("a stripped exercise knows its solution on its own inputs only", "ask nothing else of it")
        signature = self.answers[name]
        with _solution(name):
            return outcome(self.definition.solutions[name], signature.select(row), signature.star, self.view(name))

    def unviewed(self, name: str, row: Mapping[str, Any]) -> Any:
        """Return what the solution gives on any row, as it stands; raise what it raises."""
        signature = self.answers[name]
        with _solution(name):
            return call(self.definition.solutions[name], signature.select(row), signature.star)

    def _seen(self) -> None:
        """Raise Author where a view asks for what is no input of its answer."""
        for name, one in self.answers.items():
            if strange := {n for n in asked_by(self.view(name)) for row in self.rows if n not in one.select(row)}:
                raise Author(f"the view of {name!r} asks for {min(strange)!r}, which is no input", "take inputs only")

    def _comparable(self) -> None:
        """Raise Author where a result of the solution cannot be told from another."""
        for name, outcomes in self.solution.items():
            for row, one in zip(self.rows, outcomes):
                if isinstance(one.value, Opaque):
                    on = printing.given(self.answers[name].select(row)) or "its own"
                    what = f"the solution {name!r} gives {one.value.type_name!r} on {on}, which cannot be compared"
                    raise Author(what, "add a @view that turns it into plain values")

    def _outcomes(self, name: str, function: Any, piece: running.Piece) -> list[Outcome]:
        return [Outcome.of(told) for told in self._told(name, function, piece)]

    def _told(
        self, name: str, function: Any, piece: running.Piece, *, is_viewed: bool = True
    ) -> list[dict[str, Any]]:  # fmt: skip
        signature = self.answers[name]
        view = self.view(name) if is_viewed else None
        told = []
        for row in self.rows:
            with piece:
                told.append(called(function, signature.select(row), signature.star, view))
        return told

    def _solutions(self) -> dict[str, list[Outcome]]:
        if self.recorded is not None:
            return {name: list(map(Outcome.of, told)) for name, told in self.recorded.solutions.items()}
        return {name: self._outcomes(name, f, _solution(name)) for name, f in self.definition.solutions.items()}

    def told(self) -> tuple[recorded.Told, recorded.Told]:
        """Return what solutions and mistakes do on the battery, as a stripped exercise ships it.

        Raise Author where the solution has to work on other inputs, too.
        """
        anew = [claim.name for claim in self.definition.checks if self._is_asked_anew(claim)]
        if self.live or anew:
            asking = f"the check {anew[0]!r}" if anew else "what is right"
            of = "inputs of its own" if anew else f"the learner's {self.live[0]!r}"
            raise Author(f"{asking} needs the solution on {of}", "publish it whole: without --strip solutions")
        wrong = {name: self._wrong(mistake) for name, mistake in self.definition.mistakes.items()}
        return (
            {n: _unsaid(self._shipped(n, f, _solution(n))) for n, f in self.definition.solutions.items()},
            {n: self._shipped(of, f, _wrong(n)) for n, (of, f) in wrong.items()},
        )

    def _shipped(self, name: str, function: Any, piece: running.Piece) -> list[dict[str, Any]]:
        told = self._told(name, function, piece)
        if self.view(name) is None:
            return told
        return recorded.with_returned(told, self._told(name, function, piece, is_viewed=False))

    def _stand_in(self, recording: recorded.Recording) -> None:
        """Let checks and symptoms that call a solution or a mistake find what it did on the inputs of the battery."""
        if not recording.fits(list(self.definition.solutions), list(self.definition.mistakes), len(self.rows)):
            raise Author("the answers of a stripped exercise are not those of its battery", "publish the course again")
        of = {**{name: name for name in self.answers}, **{n: self._of(m) for n, m in self.definition.mistakes.items()}}
        for name, told in {**recording.solutions, **recording.mistakes}.items():
            is_known = self.view(of[name]) is None or any("returned" in one for one in told)
            if is_known and not isinstance(self.namespace.get(name), Mistake):
                signature = self.answers[of[name]]
                taken = [signature.select(row) for row in self.rows]
                calls = [watched.unpacked(inputs, signature.star) for inputs in taken]
                self.namespace[name] = recorded.StandIn(name, calls, told)
                if name in self.answers:
                    self.definition.solutions[name] = self.namespace[name]

    def view(self, name: str) -> Any:
        """Return the view of the answer `name`, None where its results are compared as they stand."""
        return self.definition.views.get(name) or self.definition.views.get(None)

    def mistaken(self, name: str, row: Mapping[str, Any]) -> Outcome:
        """Return what a mistake does on any row."""
        of, function = self._wrong(self.definition.mistakes[name])
        signature = self.answers[of]
        return outcome(function, signature.select(row), signature.star, self.view(of))

    def _mistake(self, mistake: Mistake) -> list[Outcome]:
        if self.recorded is not None:
            return list(map(Outcome.of, self.recorded.mistakes[mistake.name]))
        return self._outcomes(*self._wrong(mistake), _wrong(mistake.name))

    def _of(self, mistake: Mistake) -> str:
        return mistake.of or next(iter(self.definition.solutions))

    def _wrong(self, mistake: Mistake) -> tuple[str, Any]:
        of = self._of(mistake)
        return of, mistake.function or self._edited(mistake, of)

    def _edited(self, mistake: Mistake, of: str) -> Any:
        """Return the solution with one edit, among the names of the module."""
        old, new = mistake.edit or ("", "")
        tree = ast.parse(self.source)
        nodes = [node for node in tree.body if getattr(node, "name", None) == of and _is_solution(node)]
        text = ast.get_source_segment(self.source, nodes[-1]) if nodes else None
        if text is None or not old or old not in text:
            at = running.defined(self.source, mistake.name)
            raise Author(f"mistake {mistake.name!r}: the solution holds no {old!r}", "edit text that stands there", at)
        namespace = dict(self.namespace)
        try:
            exec(compile(text.replace(old, new, 1), f"{self.name}.py", "exec"), namespace)
        except SyntaxError as error:
            at = running.defined(self.source, mistake.name)
            raise Author(f"mistake {mistake.name!r} is no Python: {error}", "mend its edit", at) from error
        return namespace[of]

    def _starter(self, text: str | None) -> dict[str, list[Outcome]]:
        """Return the starter's outcomes by name; a starter that does not run counts as nothing."""
        if text is None:
            return {}
        namespace: dict[str, Any] = {"__builtins__": builtins}
        with contextlib.suppress(ImportError):
            import numpy as np

            namespace["np"] = np
        try:
            with running.Piece("the starter"):
                exec(compile(text, "<starter>", "exec"), namespace)
        except Exception:
            return {}
        found = {}
        for name, signature in self.answers.items():
            if name in namespace:
                value = namespace[name]
                value = value if signature.callable else lambda value=value: value
                found[name] = self._outcomes(name, value, running.Piece(f"starter {name!r}", name))
        return found


def _solution(name: str) -> running.Piece:
    return running.Piece(f"solution {name!r}", name)


def _unsaid(told: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return outcomes without messages: which one a right answer has is free."""
    return [{key: part for key, part in one.items() if key != "said"} for one in told]


def _wrong(name: str) -> running.Piece:
    return running.Piece(f"mistake {name!r}", name)


def _is_solution(node: Any) -> bool:
    return any(ast.unparse(decorator).rpartition(".")[2] == "solution" for decorator in node.decorator_list)


def _recorded(
    definition: Definition, source: str, frozen: str | None, answers: str | None
) -> recorded.Recording | None:
    if not definition.settings.get("stripped"):
        return None
    try:
        return recorded.Recording(answers, source, frozen)
    except recorded.Unfit as unfit:
        raise Author(str(unfit), "publish the course again, and take module, battery and answers from there") from None


def _read(name: str, source: str, namespace: dict[str, Any]) -> Definition:
    try:
        with running.Piece("the module itself"):
            definition = exercise.read(source, f"{name}.py", namespace)
    except (Author, MemoryError):
        raise
    except BaseException as error:  # a module that leaves must not take the judge with it
        text = " ".join(str(error).split())[:300]
        what = f"{type(error).__name__}: {text}" if text else type(error).__name__
        at = running.raised_at(error.__traceback__, name)
        raise Author(f"the module of {name!r} does not run: {what}", "mend the module", at) from error
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
        with running.Piece("inputs(...)"):
            found = battery.rows(definition, source, frozen)
    except battery.Stale:
        return _rows(definition, source, None)
    if not found:
        raise Author("inputs(...) holds neither a case nor a strategy", "add case(...) rows or strategies")
    return found
