"""The smallest input: shrunk below the battery, the same each time, and never at the cost of the verdict."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

import pytest
from test_judge import judged, refer

from math4ml_lab.kernel import answer, judge, shrink
from math4ml_lab.kernel.answered import Gone

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from math4ml_lab.kernel.reference import Reference

MODULE = '''
    """Sum of squares"""
    import numpy as np
    from math4ml_lab.exercise import case, check, inputs, ints, matrices, near, solution, vectors

    @solution
    def squares(A, k):
        return k * np.sum(A * A)

    inputs(A=matrices((1, 4), (1, 4)), k=lambda A: ints(1, min(A.shape) + 3))

    @check
    def grows(got, A, k):
        """It is at least the largest square"""
        assert got >= k * np.max(A * A)
'''


@pytest.fixture(scope="module")
def squares() -> Reference:
    return refer(MODULE)


def failed(verdict: Mapping[str, Any], name: str = "agrees") -> Any:
    return next(check for check in verdict["checks"] if check["name"] == name)


@pytest.fixture(autouse=True)
def _time_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the count of calls be the limit, however busy the machine is."""
    monkeypatch.setattr(shrink, "SECONDS", 60.0)


@pytest.mark.parametrize(
    ("code", "smallest"),
    [
        ("def squares(A, k): return np.sum(A)", "A=[[1]], k=2"),
        ("def squares(A, k): return np.sum(A * A)", "A=[[1]], k=2"),
        ("def squares(A, k): return k * np.sum(A * A) + (A.shape[1] > 2)", "A=[[1, 1, 1]], k=1"),
        ("def squares(A, k): return k * np.sum(A * A) + (len(A) > 1 and k > 2)", "A=[[1], [1]], k=3"),
        ("def squares(A, k): return k * np.sum(A * A) + (np.abs(A).max() > 7)", "A=[[8]], k=1"),
    ],
)
def test_the_smallest_input_is_one_that_a_person_checks_by_hand(squares: Reference, code: str, smallest: str) -> None:
    verdicts = [judged(squares, code) for _ in range(3)]
    assert failed(verdicts[0])["smallest_input"] == smallest
    assert verdicts[1:] == verdicts[:1] * 2


def test_a_failing_check_of_the_authors_is_shrunk_by_what_it_claims() -> None:
    # Compared by its sign alone, so that only the author's claim can fail.
    view = """
    @view
    def sign(got):
        return float(np.sign(got))
    """
    viewed = refer(MODULE.replace("near, solution", "near, solution, view") + view)
    claim = failed(judged(viewed, "def squares(A, k): return np.max(np.abs(A))"), "grows")
    assert claim["smallest_input"] == "A=[[1]], k=2"
    assert claim["measurement"] == "1, needs at least 2"


def test_exceptions_are_shrunk_too(squares: Reference) -> None:
    code = "def squares(A, k): return k * np.sum(A * A) / (3 not in A.shape or {}['k'])"
    claim = failed(judged(squares, code), "runs")
    assert claim["smallest_input"] in ("A=[[1, 1, 1]], k=1", "A=[[1], [1], [1]], k=1")
    assert claim["measurement"] == "KeyError: 'k'"


def test_the_answer_is_called_a_limited_number_of_times(squares: Reference) -> None:
    code = "calls = []\ndef squares(A, k):\n    calls.append(1)\n    return k * np.sum(A * A) + len(calls)"
    rows = len(squares.rows)
    measured = failed(judged(squares, code))["measurement"]
    assert float(measured.split(",")[0]) <= 9 * 81 * 16 + rows + shrink.CALLS


def test_an_answer_that_ends_while_it_is_shrunk_keeps_its_verdict(squares: Reference) -> None:
    code = textwrap.dedent("def squares(A, k):\n    return 0.0")
    namespace: dict[str, Any] = {}
    exec(code, namespace)
    respondent = answer.Respondent(namespace, code)

    def ask(question: Mapping[str, Any]) -> Iterator[Any]:
        if question.get("aside"):
            raise Gone
        return respondent.ask(question)

    verdict = judge.judge(squares, ask, code)
    assert verdict["outcome"] == {"kind": "failed"}
    assert failed(verdict)["measurement"].startswith("0, needs")
    assert failed(verdict)["line"] is None
