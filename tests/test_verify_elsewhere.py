"""Proofs of exercises with tests from elsewhere, and of what takes names of other cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from test_verify import messages, module, told, unit, verify

from math4ml_lab import wire

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["unit"]
pytestmark = pytest.mark.kernel

HEAD = "from math4ml_lab.exercise import *\n"
WEIGHTS = f'''"""Weights
- Which?"""
import numpy as np
{HEAD}

@solution
def W():
    return np.array([1.0, 2.0])
'''
LOSS = f'''"""Loss
- Of what?"""
{HEAD}
exercise(needs=["weights"])


@solution
def loss(W):
    if W.size == 0:
        return 0.0
    return float((W**2).sum())


@check
def of_the_weights(got, W):
    """It is the sum of their squares
    - Which?"""
    near(got, W @ W)


@mistake
def plain_sum(W):
    """The sum without squares
    - What is squared?"""
    return float(W.sum())


mean = mistake(edit=("W**2).sum", "W**2).mean"), doc="The mean\\n- Divide?")
'''
TESTED = f'''"""Doubled
- What comes out?"""
{HEAD}
exercise(answers=["double"])
transcript("It doubles", """
>>> double(2)
4
""")
script("It doubles the rest", "assert double(1) == 2", hidden=True)
'''
BOTH = (
    TESTED
    + '''
@solution
def double(x):
    return 2 * x


@starter
def double(x):
    """Twice."""
    ...


inputs(case(x=2), case(x=5))


@mistake
def thrice(x):
    """Three times
    - Count."""
    return 3 * x
'''
)


def test_values_of_other_cells_are_those_of_the_solutions_that_it_needs(unit: Path) -> None:
    module(unit, WEIGHTS, "weights")
    code, answer = told(module(unit, LOSS, "loss"))
    (proof,) = answer.proofs
    assert (code, proof.findings) == (0, [])
    assert [type(one.outcome) for one in proof.tried[:2]] == [wire.NotAttempted, wire.Passed]
    assert {one.name: one.recognised for one in proof.tried[2:4]} == {"plain_sum": "plain_sum", "mean": "mean"}


@pytest.mark.parametrize(("weights", "found"), [
    (None, "it takes 'W' of other cells, which neither it nor an exercise that it needs defines: "),
    (WEIGHTS.replace("[1.0, 2.0]", "None.size"), "the proof ended early: what it needs of 'weights' raises "),
])  # fmt: skip
def test_values_that_are_not_there_are_said_to_be_missing(unit: Path, weights: str | None, found: str) -> None:
    if weights is not None:
        module(unit, weights, "weights")
    assert messages(module(unit, LOSS, "loss"))[0].startswith(found)


def test_an_import_that_tests_take_of_another_cell_may_stand_in_the_module(unit: Path) -> None:
    text = BOTH.replace("hidden=True", 'names=["np"], hidden=True').replace("double(1) == 2", "np.all(double(1) == 2)")
    assert messages(module(unit, text, "double"))[-1].startswith("it takes 'np' of other cells, ")
    assert messages(module(unit, text.replace(HEAD, HEAD + "import numpy as np\n"), "double")) == []


def test_where_there_are_only_tests_the_starter_is_tried(unit: Path) -> None:
    code, answer = told(module(unit, TESTED, "double"))
    (proof,) = answer.proofs
    assert [finding.severity for finding in proof.findings] == ["warning"]
    assert proof.findings[0].message == "it has no @solution for 'double': only its starter was tried"
    assert (code, [type(one.outcome) for one in proof.tried]) == (0, [wire.NotAttempted])
    words = verify(unit / "double.py").stdout
    assert words.startswith("· double  nothing could be proven: no solution was tried\n")
    assert "\n0 of 1 proven; 0 errors, 1 warning." in words


def test_tests_from_elsewhere_are_claims_like_others(unit: Path) -> None:
    code, answer = told(module(unit, BOTH, "double"))
    (proof,) = answer.proofs
    assert (code, proof.findings) == (0, [])
    assert set(proof.tried[2].failed) == {"agrees", "transcript_1", "script_2"}
