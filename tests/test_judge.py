"""The verdict, without a kernel: kinds, shapes, values, claims, mistakes, in the order in which they are told."""

from __future__ import annotations

import linecache
import textwrap
from typing import Any

import numpy as np
import pytest

from math4ml_lab.kernel import answer, judge, reference, signature
from math4ml_lab.kernel.authored import BrokenClaim

SCALE = '''
    """Scale a vector"""
    import numpy as np
    from math4ml_lab.exercise import case, check, exercise, fn, inputs, mistake, near, seeds, solution, symptom

    @solution
    def scale(x, factor=2):
        return factor * x

    inputs(case(x=np.array([1.0])), case(x=np.array([1.0, -2.0, 4.0])))

    @check
    def twice_as_long(got, x):
        """Its length doubles"""
        near(np.abs(got).sum(), 2 * np.abs(x).sum())

    @check
    def bare(got):
        """It starts positive"""
        assert got[0] > 0

    @mistake
    def halved(x):
        """Half is the other way round"""
        return x / 2

    @mistake
    def shifted(x):
        """Adding is not scaling"""
        return x + 1e-3

    @symptom(shifted)
    def looks_shifted(failing, passing):
        return len({round(float(step), 9) for row in failing for step in row.got - row.inputs["x"]}) == 1
'''
STUB = "def scale(x, factor=2):\n    ..."


def refer(module: str, starter: str | None = None) -> reference.Reference:
    return reference.Reference("tried", textwrap.dedent(module), None, {"__name__": "tried"}, starter)


def judged(module: reference.Reference, code: str) -> dict[str, Any]:
    namespace: dict[str, Any] = {"np": np}
    linecache.cache["<cell>"] = (len(code), None, code.splitlines(keepends=True), "<cell>")
    exec(compile(code, "<cell>", "exec"), namespace)
    return judge.judge(module, answer.Respondent(namespace, code).ask, code)


def states(verdict: dict[str, Any]) -> dict[str, str]:
    return {check["name"]: check["state"] for check in verdict["checks"]}


@pytest.fixture(scope="module")
def scale() -> reference.Reference:
    return refer(SCALE, STUB)


@pytest.mark.parametrize(
    "code",
    [
        "def scale(x):\n    return x + x",
        "scale = lambda values: np.array([2 * v for v in values])",
        "def scale(x, *_):\n    return (2 * x).astype('f4')",
        "class scale:\n    def __new__(cls, x):\n        return x * 2",
    ],
)
def test_right_answers_written_differently(scale: reference.Reference, code: str) -> None:
    verdict = judged(scale, code)
    assert verdict["outcome"] == {"kind": "passed", "inputs": 2}
    assert set(states(verdict).values()) == {"held"}


@pytest.mark.parametrize("code", [STUB, "def scale(y):\n    pass", "", "# nothing yet", "pass"])
def test_the_starter_is_not_attempted(scale: reference.Reference, code: str) -> None:
    assert judged(scale, code) == {"outcome": {"kind": "not_attempted"}}


@pytest.mark.parametrize(
    ("code", "name", "measurement"),
    [
        ("x = 1", "defined", "After the cell ran there is no 'scale'."),
        ("scale = 3", "defined", "'scale' is a value; a function is needed."),
        ("def scale(x):\n    return y", "runs", "NameError: name 'y' is not defined"),
        ("def scale():\n    return 1", "runs", "TypeError: scale() takes 0 positional arguments but 1 was given"),
        ("def scale(x):\n    return '2'", "kind", "'2' is text (a str), needs an array"),
        ("def scale(x):\n    return [2 * v for v in x]", "kind", "[2] is a list, needs an array"),
        ("def scale(x):\n    return (v for v in x)", "kind", "a generator, needs an array"),
        ("def scale(x):\n    return 2 * x[:, None]", "shape", "shape (1, 1), needs (1,)"),
        ("def scale(x):\n    x *= 2\n    return x", "unchanged", "x was [1], is [2] after the call"),
        ("def scale(x):\n    return x * np.inf", "finite", "[inf] is not finite"),
        ("def scale(x):\n    return 3 * x", "agrees", "[3], needs [2] (rtol 1e-06)"),
    ],
)
def test_the_first_thing_that_is_wrong_is_told_first(
    scale: reference.Reference, code: str, name: str, measurement: str
) -> None:
    verdict = judged(scale, code)
    assert verdict["outcome"] == {"kind": "failed"}
    check = next(check for check in verdict["checks"] if check["state"] == "failed")
    assert check["name"] == name
    assert check["measurement"] == measurement


def test_arrays_are_printed_for_the_eye() -> None:
    module = refer("""
        import numpy as np
        from math4ml_lab.exercise import case, inputs, solution

        @solution
        def double(A):
            return 2 * A

        inputs(case(A=np.array([[1.0, -20.0], [3.5, 4.0]])))
    """)
    verdict = judged(module, "def double(A):\n    B = 2 * A\n    B[1, 0] = 0.125\n    return B")
    (check,) = (check for check in verdict["checks"] if check["state"] == "failed")
    assert check["measurement"].splitlines() == [
        "got        2  -40",
        "      *0.125    8",
        "needs      2  -40",
        "           7    8",
        "(rtol 1e-06); entries marked * differ",
    ]
    assert check["smallest_input"] == "A=[[1, -20], [3.5, 4]]"
    assert check["smallest_code"] == "A = np.array([[1.0, -20.0], [3.5, 4.0]])"
    assert check["line"] == {"number": 4, "text": "return B"}


def test_authors_claims_are_measured(scale: reference.Reference) -> None:
    verdict = judged(scale, "def scale(x):\n    return -3 * x")
    failed = {check["name"]: check["measurement"] for check in verdict["checks"] if check["state"] == "failed"}
    assert failed == {
        "agrees": "[-3], needs [2] (rtol 1e-06)",
        "twice_as_long": "3, needs 2 (rtol 1e-06)",
        "bare": "-3, needs more than 0",
    }


def test_a_mistake_is_recognised_by_behaviour(scale: reference.Reference) -> None:
    assert judged(scale, "def scale(v):\n    return np.array([0.5 * e for e in v])")["mistake"] == "halved"
    assert judged(scale, "def scale(v):\n    return v * 3")["mistake"] is None


def test_a_symptom_recognises_what_hangs_on_a_constant(scale: reference.Reference) -> None:
    assert judged(scale, "def scale(v):\n    return v + 0.25")["mistake"] == "shifted"


def test_an_attempt_is_told_by_its_outcomes_not_by_its_text(scale: reference.Reference) -> None:
    first = judged(scale, "def scale(x):\n    return 3 * x")["fingerprint"]
    assert judged(scale, "def scale(v):  # other\n    return v + v + v")["fingerprint"] == first
    assert judged(scale, "def scale(v):\n    return 4 * v")["fingerprint"] != first


def test_several_names_are_one_exercise() -> None:
    module = refer('''
        from math4ml_lab.exercise import case, check, inputs, mistake, solution

        @solution
        def up(n):
            return n + 1

        @solution
        def down(n):
            return n - 1

        inputs(case(n=1), case(n=5))

        @mistake(of=down)
        def down_twice(n):
            """Once is enough"""
            return n - 2

        @check(of=down)
        def smaller(got, n):
            """It is smaller"""
            assert got < n
    ''', "def up(n):\n    ...\n\ndef down(n):\n    ...")  # fmt: skip
    assert judged(module, "def up(n): return n + 1\ndef down(n): return n - 1")["outcome"]["kind"] == "passed"
    verdict = judged(module, "def up(n): return n + 1\ndef down(n): return n - 2")
    assert verdict["mistake"] == "down_twice"
    assert {check["answer"] for check in verdict["checks"] if check["state"] == "failed"} == {"down"}
    half = judged(module, "def up(n): return n + 1\ndef down(n): ...")
    assert half["outcome"] == {"kind": "failed"}


def test_a_value_is_judged_without_giving_it_away() -> None:
    module = refer('''
        from math4ml_lab.exercise import exercise, mistake, solution

        exercise(starter_counts=True)

        @solution
        def answer():
            return 9

        @mistake
        def string():
            """Right digits, wrong type"""
            return "9"
    ''', "answer = 41")  # fmt: skip
    assert judged(module, "answer = 9.0")["outcome"] == {"kind": "passed", "inputs": 1}
    verdict = judged(module, "a = 40\nanswer = a + 1")
    (check,) = (check for check in verdict["checks"] if check["state"] == "failed")
    assert check["measurement"] == "41 is not it"
    assert check["line"] == {"number": 2, "text": "answer = a + 1"}
    assert check.get("smallest_input") is None
    assert judged(module, "answer = str(9)")["mistake"] == "string"


def test_star_arguments_functions_that_count_and_generators() -> None:
    module = refer('''
        import numpy as np
        from math4ml_lab.exercise import case, check, fn, inputs, solution

        @solution
        def total(f, rng, *numbers):
            return f(np.array(numbers, dtype=float)) + rng.integers(10)

        inputs(case(f=fn("x.sum()", ndim=1), rng=7, numbers=[1, 2]), case(f=fn("x.max()"), rng=8, numbers=(3, 9, 4)))

        @check
        def once(got, calls):
            """One question is enough"""
            assert calls["f"] <= 1
    ''')
    right = "def total(f, r, *n):\n    return f(np.array(n) * 1.0) + r.integers(10)"
    assert judged(module, right)["outcome"]["kind"] == "passed"
    greedy = "def total(f, r, *n):\n    f(np.array(n) * 1.0)\n    return f(np.array(n) * 1.0) + r.integers(10)"
    verdict = judged(module, greedy)
    assert [c["measurement"] for c in verdict["checks"] if c["state"] == "failed"] == ["2, needs at most 1"]
    assert "numbers=[1, 2]" in next(c["smallest_input"] for c in verdict["checks"] if c["state"] == "failed")


def test_an_edit_of_the_solution_is_a_mistake() -> None:
    module = refer('''
        from math4ml_lab.exercise import case, inputs, mistake, solution

        @solution
        def area(r):
            return 3 * r ** 2

        inputs(case(r=2), case(r=5))
        forgot = mistake(edit=("r ** 2", "r"), doc="""Squares
        - Which?""")
    ''')
    assert judged(module, "def area(r):\n    return r + r + r")["mistake"] == "forgot"


@pytest.mark.parametrize(
    ("module", "message"),
    [
        ("x = ", "does not run: SyntaxError"),
        ("x = 1", "defines no @solution"),
        ("from math4ml_lab.exercise import *\n@solution\ndef f(x): return x\ninputs(case(y=1))", "gives no 'x'"),
        (
            "from math4ml_lab.exercise import *\n@solution\ndef f(x): return x\ninputs()",
            "neither a case nor a strategy",
        ),
        ("1 / 0", "does not run: ZeroDivisionError"),
    ],
)
def test_a_broken_module_is_the_authors_fault(module: str, message: str) -> None:
    with pytest.raises(signature.Author, match=message):
        refer(module)


LOOKED_AT = '''
    from math4ml_lab.exercise import case, check, inputs, solution

    @solution
    def firsts(n):
        return {"first": 1, "all": list(range(n))}

    inputs(case(n=1), case(n=3))

    @check
    def looked_at(got, n):
        """It has an end"""
        assert CLAIM
'''


def test_a_claim_that_trips_over_a_wrong_result_fails_and_is_not_broken() -> None:
    module = refer(LOOKED_AT.replace("CLAIM", 'got["all"][n - 1] == n - 1'))
    verdict = judged(module, "def firsts(n): return {'first': 1, 'all': []}")
    (claim,) = (check for check in verdict["checks"] if check["name"] == "looked_at")
    assert claim["measurement"] == "on this result the claim cannot be tried: IndexError: list index out of range"
    assert claim["smallest_input"] == "n=1"


@pytest.mark.parametrize("claim", ['got["no such"] == n', "n / 0 == got"])
def test_a_claim_that_trips_over_the_right_result_is_broken(claim: str) -> None:
    with pytest.raises(BrokenClaim, match="check 'looked_at' raised"):
        judged(refer(LOOKED_AT.replace("CLAIM", claim)), "def firsts(n): return {'first': 1, 'all': []}")


def test_a_claim_that_asks_for_what_is_not_there_is_broken() -> None:
    module = refer(LOOKED_AT.replace("(got, n)", "(got, m)").replace("CLAIM", "True"))
    with pytest.raises(BrokenClaim, match="asks for 'm', which is no input"):
        judged(module, "def firsts(n): return {'first': 1, 'all': []}")
