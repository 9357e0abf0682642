"""Answers that write into their inputs: which input, what became of it, and by which line; relations to values."""

from __future__ import annotations

import pytest
from test_judge import judged, refer

DOUBLE = """
    import numpy as np
    from math4ml_lab.exercise import case, check, fn, inputs, solution

    @solution
    def double(x, f, *others):
        return 2 * x

    f = fn("x.sum()", given={"w": [1]})
    inputs(case(x=np.array([1.0, 3.0]), f=f, others=([1.0, 2.0], [3.0, 4.0])), case(x=np.arange(300.0), f=f, others=()))

    @check
    def asked_once(calls):
        \"""The function is asked once\"""
        assert calls["f"] == 1
"""


@pytest.mark.parametrize(
    ("body", "measurement", "line"),
    [
        ("x /= 2\n    return x", "x was [1, 3], is [0.5, 1.5] after the call", (2, "x /= 2")),
        (
            "def halve(v):\n        v[1:] = 9\n    y = x.copy()\n    halve(x)\n    halve(y)\n    return y",
            "x was [1, 3], is [1, 9] after the call",
            (3, "v[1:] = 9"),
        ),
        (
            "for other in others:\n        other[0] = 7\n    return x",
            "others was ([1, 2], [3, 4]), is ([7, 2], [7, 4]) after the call",
            (3, "other[0] = 7"),
        ),
        (
            "x.sort()\n    if len(x) > 2: x[250] = 0\n    return x",
            "x[250] was 250, is 0 after the call",
            (3, "if len(x) > 2: x[250] = 0"),
        ),
        (
            "x.shape = (-1, 1)\n    return x.ravel()",
            "x was [1, 3], is [[1], [3]] after the call",
            (2, "x.shape = (-1, 1)"),
        ),
    ],
)
def test_an_input_that_was_written_into_is_told_with_the_line_that_wrote(
    body: str, measurement: str, line: tuple[int, str]
) -> None:
    verdict = judged(refer(DOUBLE), f"def double(x, f, *others):\n    {body}")
    check = next(check for check in verdict["checks"] if check["name"] == "unchanged")
    assert check["measurement"] == measurement
    assert (check["line"]["number"], check["line"]["text"]) == line
    assert check.get("observation") is None


def test_a_symptom_sees_which_inputs_were_written_to() -> None:
    module = """
        import numpy as np
        from math4ml_lab.exercise import case, inputs, mistake, solution, symptom

        @solution
        def double(x):
            return 2 * x

        inputs(case(x=np.array([1.0, 3.0])), case(x=np.array([4.0])))

        @mistake
        def overwrites(x):
            \"""The input is still needed\"""
            x *= 2
            return x + 0.5

        @symptom(overwrites)
        def wrote_to_x(failing, passing):
            return all((row.changed["x"] != row.inputs["x"]).all() for row in failing + passing)
    """
    assert judged(refer(module), "def double(x):\n    x += 1\n    return x")["mistake"] == "overwrites"
    assert judged(refer(module), "def double(x):\n    return x + 1")["mistake"] is None


def test_a_relation_to_the_right_value_is_told_of_claims_about_the_value_alone() -> None:
    verdict = judged(refer(DOUBLE), "def double(x, *_):\n    return x")
    failed = {check["name"]: check["observation"] for check in verdict["checks"] if check["state"] == "failed"}
    assert failed == {"agrees": "Every number is 0.5 times what is needed.", "asked_once": None}
