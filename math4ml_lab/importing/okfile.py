"""OK tests: the dictionary `test = {...}` of a file, or of a notebook's metadata, as claims."""

from __future__ import annotations

import ast
from collections import Counter
from typing import Any

from math4ml_lab.importing import draws, names, prompts
from math4ml_lab.importing.model import Claim, Notes, Question


def literal(text: str) -> dict[str, Any] | str:
    """Return the dictionary that a file assigns to `test`, or why there is none."""
    tree = names.parse(text)
    if tree is None:
        return "it is no Python"
    found = [
        node.value
        for node in tree.body
        if isinstance(node, ast.Assign | ast.AnnAssign)
        and node.value is not None
        and any(isinstance(one, ast.Name) and one.id == "test" for one in _targets(node))
    ]
    if len(found) != 1:
        return f"it assigns to `test` {len(found)} times, not once"
    try:
        value = ast.literal_eval(found[0])
    except (*names.UNREADABLE, TypeError):
        return "what it assigns to `test` is no literal, and nothing of a source is run"
    return value if isinstance(value, dict) else "what it assigns to `test` is no dictionary"


def fill(question: Question, test: dict[str, Any], libraries: set[str]) -> None:
    """Add the claims of an OK test to a question; `libraries` are the names that its notebook imports."""
    notes = question.notes
    question.points = points(test.get("points"), [], notes)
    suites = test.get("suites")
    if not isinstance(suites, list):
        notes.left("the test has no list of suites")
        return
    said: list[Any] = []
    for number, suite in enumerate(suites, 1):
        if not isinstance(suite, dict) or not isinstance(suite.get("cases"), list):
            notes.left(f"suite {number} is no dictionary with cases")
        elif suite.get("type", "doctest") != "doctest":
            notes.left(f"suite {number} is of the type {suite.get('type')!r}: only doctest can be imported")
        else:
            said += _suite(question, suite, libraries)
    question.points = points(test.get("points"), said, notes)
    if isinstance(test.get("description"), str) and test["description"].strip():
        notes.left("the test's description: the notebook says what is asked")
    if test.get("all_or_nothing") is False:
        notes.changed("points count for the whole question, and not for each of its tests")
    _tell(question)


def points(whole: Any, cases: list[Any], notes: Notes) -> float:
    """Return the points of a question, from what is said of it and of its cases; 1 where nothing is said."""
    if isinstance(whole, list | tuple):
        cases, whole = list(whole), None
    if isinstance(whole, int | float) and not isinstance(whole, bool) and whole >= 0:
        return whole
    if whole is not None:
        notes.changed(f"1 point: {whole!r} is no number of points")
    numbers = [one for one in cases if isinstance(one, int | float) and not isinstance(one, bool) and one >= 0]
    return sum(numbers) if numbers else 1


def messages(case: dict[str, Any], notes: Notes) -> list[str]:
    """Return what a case says when it fails, as hints; what it says when it passes has no place."""
    if case.get("success_message"):
        notes.left(f"the message of a test that passes: {prompts.short(str(case['success_message']))}")
    failed = case.get("failure_message")
    return [" ".join(str(failed).split())] if failed else []


def _suite(question: Question, suite: dict[str, Any], libraries: set[str]) -> list[Any]:
    """Add the claims of a suite, and return the points that its cases state."""
    notes = question.notes
    setup = prompts.without_prompts(str(suite.get("setup") or ""))
    if setup and names.parse(setup) is None:
        notes.left("a suite whose setup is no Python")
        return []
    if prompts.without_prompts(str(suite.get("teardown") or "")):
        notes.left("the teardown: each check works in a copy, so there is nothing to tidy up")
    if suite.get("scored") is False:
        notes.changed("a suite that was not scored counts like the others")
    cases = [case for case in suite["cases"] if isinstance(case, dict)]
    for number, case in enumerate(cases, 1):
        if not isinstance(case.get("code"), str):
            notes.left(f"case {number} has no code")
        elif case.get("locked") is True:
            notes.left(f"case {number} is locked: its answers cannot be read, so it cannot be checked")
        else:
            hints = messages(case, notes)
            hidden = bool(case.get("hidden"))
            made = prompts.claims(case["code"], setup, hidden=hidden, libraries=libraries, notes=notes)
            for claim in made:
                if hidden and claim.hints:
                    notes.left("the comments of hidden tests: they would tell what is tested")
                claim.hints = ([] if hidden else claim.hints) + hints
                claim.hints = claim.hints[:3]
            question.claims += made
    return [case.get("points") for case in cases]


def _tell(question: Question) -> None:
    """Say how the claims compare, what they draw, and whether a verdict may hang on the draw."""
    different = {(claim.setup, claim.text): claim for claim in reversed(question.claims)}
    kept = [claim for claim in question.claims if different[claim.setup, claim.text] is claim]
    if len(kept) < len(question.claims):
        question.notes.changed(f"{len(question.claims) - len(kept)} of the tests are told once: they are repeated")
    question.claims = kept
    asked = {(prompt.code, prompt.want) for one in kept for prompt in prompts.read_prompts(one.text, Notes())}
    kinds = Counter(prompts.comparison(want) for _, want in sorted(asked))
    if kinds:
        question.notes.came("compared by " + ", ".join(f"{kind} ({count})" for kind, count in kinds.most_common()))
    tell_draws(question)


def tell_draws(question: Question) -> None:
    """Say what is drawn without a seed; where a verdict could hang on rounding, mark it, and allow for rounding."""
    programs = [_program(claim) for claim in question.claims]
    if any(draws.unseeded(program) for program in programs):
        question.notes.changed("random numbers that were drawn without a seed are the same in each check")
    found = [comparison for program in programs for comparison in draws.flaky(program)]
    if not found:
        return
    told = ", ".join(prompts.short(comparison) for comparison in dict.fromkeys(found))
    question.flaky = (
        f"{told} compared two results of the answer exactly, on random numbers without a seed, so rounding decided."
        f" A difference below {draws.ROOM:g} of the numbers no longer counts."
    )
    question.notes.changed(f"marked as flaky: {question.flaky}")
    for claim in question.claims:
        claim.text = _eased(claim, found)


def _eased(claim: Claim, comparisons: list[str]) -> str:
    if claim.kind == "script":
        return draws.eased(claim.text, comparisons)
    asked = prompts.read_prompts(claim.text, Notes())
    for prompt in asked:
        prompt.code = draws.eased(prompt.code, comparisons)
    return "\n".join(prompt.text for prompt in asked)


def _program(claim: Claim) -> str:
    codes = [prompt.code for prompt in prompts.read_prompts(claim.text, Notes())]
    return "\n".join([claim.setup, *(codes if claim.kind == "transcript" else [claim.text])])


def _targets(node: ast.Assign | ast.AnnAssign) -> list[ast.expr]:
    return node.targets if isinstance(node, ast.Assign) else [node.target]
