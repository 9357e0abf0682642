"""What an answer prints while it is checked: of one input, the simplest that failed, and how it goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from test_judge import judged, refer

from math4ml_lab.kernel import answer, judge
from math4ml_lab.kernel.printed import PRINTED, Printed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MODULE = """
    from math4ml_lab.exercise import case, inputs, solution

    @solution
    def double(n):
        return 2 * n

    inputs(*[case(n=n) for n in range(1, 61)])
"""


def printed(body: str, monkeypatch: pytest.MonkeyPatch, result: str = "2 * n") -> Any:
    """Return what is told of an answer; its prints reach our stream as they do in a copy."""
    made = answer.Respondent.__init__

    def with_streams(self: answer.Respondent, *arguments: Any) -> None:
        made(self, *arguments)
        monkeypatch.setattr("sys.stdout", self.printed)

    monkeypatch.setattr(answer.Respondent, "__init__", with_streams)
    return judged(refer(MODULE), f"def double(n):\n    {body}\n    return {result}")["printed"]


@pytest.mark.parametrize(
    ("body", "result", "said"),
    [
        ("print('a')", "2 * n", "a\n(printed on n=1; the same on 59 other inputs)"),
        ("print(n)", "2 * n", "1\n(printed on n=1; more on 59 other inputs)"),
        ("print(n)", "2 * n if n < 7 else 0", "7\n(printed on n=7; more on 59 other inputs)"),
        ("n < 3 and print(n, n)", "2 * n if n < 7 else 0", "1 1\n(printed on n=1; more on 1 other input)"),
        ("n == 3 and print(n)", "2 * n", "3\n(printed on n=3)"),
        ("pass", "0", None),
    ],
)
def test_one_input_speaks_for_all(body: str, result: str, said: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    assert printed(body, monkeypatch, result) == said


def test_a_long_text_is_cut_on_each_input(monkeypatch: pytest.MonkeyPatch) -> None:
    said = printed("print('x' * 10**6)", monkeypatch)
    assert said.count("x") == PRINTED
    assert said.endswith(f"… cut at {PRINTED} characters\n(printed on n=1; the same on 59 other inputs)")
    stream = Printed()
    for row in range(1000):
        stream.begin("double", row)
        stream.write("x" * 2 * PRINTED)
    assert sum(len(part) for parts in stream.parts.values() for part in parts) == 100 * PRINTED


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (7, None),
        ({"text": 7}, None),
        ({"text": "a", "of": ["other", 0]}, None),
        ({"text": "a", "of": ["double", 99]}, None),
        ({"text": "a", "of": 5}, None),
        ({"text": "a", "of": ["double", 0], "others": "many"}, None),
        ({"text": "a", "of": ["double", 0], "others": float("inf")}, None),
        ({"text": "a", "of": ["double", 0], "others": -4}, "a\n(printed on n=1)"),
        ({"text": "a" * 10**6, "of": ["double", 1]}, "a" * 2 * PRINTED + "\n(printed on n=2)"),
    ],
)
def test_what_is_told_of_it_is_not_believed(told: Any, said: str | None) -> None:
    code = "def double(n):\n    return 2 * n"
    namespace: dict[str, Any] = {}
    exec(code, namespace)
    respondent = answer.Respondent(namespace, code)

    def ask(question: Mapping[str, Any]) -> Iterator[Any]:
        return iter([{"printed": told}]) if question["ask"] == "printed" else respondent.ask(question)

    verdict = judge.judge(refer(MODULE), ask, code)
    assert (verdict["outcome"]["kind"], verdict["printed"]) == ("passed", said)
