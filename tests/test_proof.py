"""What verdicts prove, candidates that run on their own, mutants, and hints that hold code."""

from __future__ import annotations

import pytest

from math4ml_lab import catalogue, wire
from math4ml_lab.authoring import mutants
from math4ml_lab.authoring.candidates import Candidate, candidates
from math4ml_lab.authoring.code_in_hints import findings
from math4ml_lab.authoring.proof import Verdicts

MODULE = '''"""Twice
- How often?"""
import math

from math4ml_lab.exercise import check, inputs, ints, mistake, solution

FACTOR = 2


def helper(x):
    return unused(x) if x is None else x


def unused(x):
    return math.nan


@solution
def twice(x):
    return FACTOR * helper(x)


inputs(x=ints(1, 5))


@check
def even(got):
    """It is even
    - Is it?"""
    assert got % 2 == 0


@mistake
def thrice(x):
    """Three times
    - Count."""
    return twice(x) + x


less = mistake(edit=("FACTOR * helper(x)", "FACTOR + x"), doc="A sum\\n- What is done twice?")
'''


def exercise(text: str = MODULE) -> catalogue.Exercise:
    return catalogue.read_exercise(text, "twice")


def names(text: str) -> dict[str, object]:
    space: dict[str, object] = {}
    exec(text, space)
    return space


def test_each_candidate_runs_alone_and_is_what_it_says() -> None:
    found = {one.name: one.text for one in candidates(exercise(), MODULE)}
    assert list(found) == ["starter", "solution", "thrice", "less"]
    results = {name: names(text)["twice"](5) for name, text in found.items() if name != "starter"}  # type: ignore[operator]
    assert results == {"solution": 10, "thrice": 15, "less": 7}
    assert "import math" in found["solution"]  # by way of two helpers
    assert "helper" not in found["less"]
    assert "@" not in found["thrice"]


def test_values_and_several_answers() -> None:
    text = MODULE.split("inputs(", maxsplit=1)[0].replace(
        "twice(x):\n    return FACTOR * helper(x)", "twice():\n    return FACTOR"
    )
    text += "@solution\ndef other():\n    return 1\n\n\n"
    text += '@mistake(of=other)\ndef wrong():\n    """No\n    - Why?"""\n    return 2\n'
    found = {one.name: names(one.text) for one in candidates(exercise(text), text) if one.kind != "starter"}
    assert [(one["twice"], one["other"]) for one in found.values()] == [(2, 1), (2, 2)]


def test_mutants_differ_from_the_text_and_from_each_other() -> None:
    text = "def f(a, b):\n    '''doc'''\n    c = a[1:] @ b.T\n    if c > 2:\n        c = -c\n    return g(c, axis=1)"
    found = mutants.of(text, 100)
    assert len({one.text for one in found}) == len(found) > 10
    changes = {one.change for one in found}
    assert {"line 3: the factors of @ change places", "line 3: .T is left out", "line 4: > becomes >="} <= changes
    assert {"line 6: g loses axis=1", "line 6: g(…) is left out", "line 5: -c becomes c"} <= changes
    for one in found:
        compile(one.text, "<mutant>", "exec")
    assert [one.change for one in mutants.of(text, 3)] == [found[i * len(found) // 3].change for i in range(3)]


def verdict(outcome: wire.Outcome, mistake: str | None = None) -> wire.Verdict:
    return wire.Verdict(epoch="e", id="i", outcome=outcome, mistake=mistake)


def told(kind: str, *verdicts: wire.Verdict) -> list[str]:
    about = Verdicts(exercise(), MODULE, "twice.py")
    about.found = [(Candidate(kind, "thrice", ""), dict(enumerate(verdicts)))]  # type: ignore[arg-type]
    return [f"{one.line}: {one.message}" for one in about.findings()]


def test_verdicts_have_to_hold_on_inputs_drawn_anew() -> None:
    passed, failed = verdict(wire.Passed(3)), verdict(wire.Failed(), "thrice")
    assert told("mistake", failed, failed) == []
    assert told("mistake", failed, passed) == ["34: the mistake 'thrice' passes on inputs drawn anew (seed 1)"]
    none = verdict(wire.Failed())
    assert told("mistake", failed, failed, none)[0].endswith("is not recognised on inputs drawn anew (seed 2)")
    assert told("solution", passed, verdict(wire.TimedOut(1.0, None)))[0] == (
        "1: the solution still computes after 1 s on inputs drawn anew (seed 1)"
    )


def raising(raised: str, mistake: str | None, wrong: int = 3) -> wire.Verdict:
    check = wire.CheckResult("runs", "twice", "twice runs", "failed", raised, inputs=3, wrong=wrong)
    return wire.Verdict(epoch="e", id="i", outcome=wire.Failed(), mistake=mistake, checks=[check])


def test_a_mistake_that_never_runs_is_told() -> None:
    typo = "NameError: name 'total' is not defined"
    assert told("mistake", raising(typo, None)) == [f"34: the mistake 'thrice' raises on every input: {typo}"]
    assert told("mistake", raising(typo, "thrice")) == [f"34: the mistake 'thrice' raises on every input: {typo}"]
    assert told("mistake", raising("KeyError: 1", "thrice"))[0].endswith("raises on every input: KeyError: 1")
    assert told("mistake", raising("KeyError: 1", "thrice", wrong=2)) == []
    assert told("mistake", raising("ValueError: shapes", "thrice")) == []


def test_a_broken_check_is_told_once_at_its_line_to_its_author() -> None:
    broken = verdict(wire.Broken(message="check 'even' raised X.", fix="Not for you.", line=27, mend="mend the check"))
    about = Verdicts(exercise(), MODULE, "twice.py")
    about.found = [(Candidate("solution", "solution", ""), {0: verdict(wire.Passed(3)), 2: broken, 3: broken})]
    (finding,) = about.findings()
    on = "on inputs drawn anew (seed 2)"
    assert (finding.line, finding.message, finding.fix) == (27, f"check 'even' raised X {on}", "mend the check")


@pytest.mark.parametrize(("rung", "found"), [
    ("Look at `FACTOR * helper(x)`.", "stands in the solution"),
    ("Look at `FACTOR*helper( x )`.", "stands in the solution"),
    ("Write `y = 3`.", "is a statement"),
    ("Then `return x`.", "is a statement"),
    ("As in ```1 + 1```", "stands in a block"),
    ("Look at `x`, and at `helper()`: what is `2 + 2`?", None),
    ("What is $2 * x$?", None),
])  # fmt: skip
def test_hints_lead_in_words(rung: str, found: str | None) -> None:
    text = MODULE.replace("- Is it?", f"- {rung}")
    messages = [one.message for one in findings(exercise(text), text, "twice.py")]
    assert (len(messages) == 1 and messages[0].endswith(found)) if found else messages == []
