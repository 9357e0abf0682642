"""Tests that came from elsewhere: right answers pass as they are written, wrong ones are told what was needed."""

from __future__ import annotations

import linecache
import textwrap
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from math4ml_lab.kernel import answer, judge, reference, scripts
from math4ml_lab.kernel.signature import Author

if TYPE_CHECKING:
    from collections.abc import Mapping

HEAD = "from math4ml_lab.exercise import *\nexercise(answers=['f'])\n"
SQUARES = 'def squares(n):\n    """Squares from 1 to n"""\n    # YOUR CODE HERE\n    raise NotImplementedError()'


def refer(body: str, starter: str | None = None) -> reference.Reference:
    return reference.Reference("tried", HEAD + textwrap.dedent(body), None, {"__name__": "tried"}, starter)


def judged(module: reference.Reference, code: str, given: Mapping[str, Any] | None = None) -> dict[str, Any]:
    namespace: dict[str, Any] = {"__name__": "__main__", "np": np, **(given or {})}
    linecache.cache["<cell>"] = (len(code), None, code.splitlines(keepends=True), "<cell>")
    exec(compile(code, "<cell>", "exec"), namespace)
    before = dict(namespace)
    verdict = judge.judge(module, answer.Respondent(namespace, code).ask, code)
    assert namespace == before, "a test leaves no name behind"
    return verdict


def told(body: str, code: str, **given: Any) -> str | None:
    """Return what is measured of the only test, None where it holds."""
    verdict = judged(refer(body), code, given)
    test = verdict["checks"][-1]
    assert (test["state"] == "held") == (verdict["outcome"]["kind"] == "passed")
    return None if test["measurement"] is None else str(test["measurement"])


def prompts(*lines: str) -> str:
    return f"transcript('A title', {chr(10).join(lines)!r})"


# -- Transcripts -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "want"),
    [
        ("np.True_", "True"),
        ("True", "True"),
        ("np.float64(2.0)", "2.0"),
        ("np.int64(2)", "2"),
        ("2", "np.int64(2)"),
        ("[np.float64(1.0), 2.0]", "[1.0, 2.0]"),
        ("(1, np.int32(2))", "(1, 2)"),
        ("0.1 + 0.2", "0.3"),
        ("'a b'", "'a b'"),
        ("'a b'", '"a b"'),
        ("{'a': np.float64(1.5)}", "{'a': 1.5}"),
        ("float('nan')", "nan"),
        ("np.float64('nan')", "nan"),
        ("-np.inf", "-inf"),
        ("1 - 2j", "(1-2j)"),
        ("np.array([1.0, 2.0])", "array([1., 2.])"),
        ("np.array([1, 2, 3]) / 3", "array([0.33333333, 0.66666667, 1.        ])"),
        ("np.eye(2) > 0", "array([[ True, False],\n       [False,  True]])"),
        ("np.array([[1, np.nan]])", "array([[ 1., nan]])"),
        ("np.arange(2000)", "array([   0,    1,    2, ..., 1997, 1998, 1999])"),
        ("np.ndarray", "<class 'numpy.ndarray'>"),
        ("np.bool_", "<class 'numpy.bool_'>"),
        ("range(3)", "range(0, 3)"),
        ("None", ""),
        ("set()", "set()"),
        ("{2, 1}", "{1, 2}"),
    ],
)
def test_a_right_value_holds_however_it_is_written(value: str, want: str) -> None:
    assert told(prompts(">>> f", want) if value != "None" else prompts(">>> f"), f"f = {value}") is None


@pytest.mark.parametrize(
    ("value", "want", "measurement"),
    [
        ("np.False_", "True", "f: False, needs True"),
        ("1", "True", "f: 1, needs True"),
        ("3", "2", "f: 3, needs 2"),
        ("2.001", "2", "f: 2.001, needs 2"),
        ("[1, 2]", "(1, 2)", "f: [1, 2], needs (1, 2)"),
        ("np.array([1.0, 2.1])", "array([1., 2.])", "f: [1, 2.1], needs array([1., 2.])"),
        ("np.array([[1.0, 2.0]])", "array([1., 2.])", "f: [[1, 2]], needs array([1., 2.])"),
        ("[1.0, 2.0]", "array([1., 2.])", "f: [1, 2], needs array([1., 2.])"),
        ("np.matrix", "<class 'numpy.ndarray'>", "f: <class 'numpy.matrix'>, needs <class 'numpy.ndarray'>"),
        ("None", "2", "f: nothing, needs 2"),
        ("2", "", "f: 2, needs nothing"),
        ("'2'", "2", "f: '2', needs 2"),
        ("range(4)", "range(0, 3)", "f: range(0, 4), needs range(0, 3)"),
        ("float('nan')", "2.0", "f: nan, needs 2.0"),
        ("2", "...", "f: 2, needs ..."),
    ],
)
def test_a_wrong_value_is_told_beside_the_expected_text(value: str, want: str, measurement: str) -> None:
    assert told(prompts(">>> f", want) if want != "..." else prompts(">>> f", "<...>"), f"f = {value}") == (
        measurement if want != "..." else "f: 2, needs <...>"
    )


def test_comparisons_and_calls_are_explained_by_their_operands() -> None:
    right, wrong = "def f(x): return x * x", "def f(x): return 2 * x"
    for prompt, measurement in [
        ("f(3) == 9", "f(3) == 9: 6, needs 9"),
        ("np.allclose(f(3), 9)", "np.allclose(f(3), 9): f(3) is 6"),
        ("isinstance(f('a' if f(3) < 9 else 3), int)", "f('a' if f(3) < 9 else 3) is 'aa', a str, needs an int"),
    ]:
        assert told(prompts(f">>> {prompt}", "True"), right) is None
        assert str(told(prompts(f">>> {prompt}", "True"), wrong)).startswith(measurement)


def test_a_wrong_type_is_told_in_words() -> None:
    for value, types, measurement in [
        ("86400.0", "int", "f is 86400.0, a float, needs an int"),
        ("np.float64(2)", "(int, np.ndarray)", "f is 2.0, a float64, needs an int or an ndarray"),
        ("[1.0]", "str | None", "f is [1], a list, needs a str or None"),
    ]:
        assert told(f"script('A', 'assert isinstance(f, {types})')", f"f = {value}") == measurement


def test_several_printed_lines_are_text() -> None:
    text = prompts(">>> for n in range(2):", "...     f(n)", "...     print('and')", "0", "and", "1", "and")
    assert told(text, "def f(n): return n") is None
    assert str(told(text, "def f(n): return n + 1")).splitlines()[:3] == ["for n in range(2): …:", "1", "and"]
    assert told(prompts(">>> print(f(2)); f(3)", "2", "3"), "def f(n): return n") is None


def test_what_a_learner_prints_besides_does_not_spoil_a_value() -> None:
    assert told(prompts(">>> f(2)", "4"), "def f(n):\n    print('n is', n)\n    return 2 * n") is None


def test_directives_of_doctest_are_followed() -> None:
    assert told(prompts(">>> f  # doctest: +ELLIPSIS", "range(...)"), "f = range(9)") is None
    assert told(prompts(">>> print(f)  # doctest: +NORMALIZE_WHITESPACE", "a b"), "f = 'a   b'") is None


def test_numpy_may_print_as_it_used_to() -> None:
    verdict = judged(refer(prompts(">>> print([f, 'x'])", "[0.5, 'x']")), "f = np.float64(0.5)")
    assert verdict["outcome"]["kind"] == "passed"
    assert verdict["notes"] == ["transcript_1 compares what numpy printed as it was before version 2."]
    assert judged(refer(prompts(">>> print([f, 'x'])", "[0.5, 'x']")), "f = np.float64(0.25)")["notes"] == []


@pytest.mark.parametrize(
    "want", ["ZeroDivisionError", "Traceback (most recent call last):\n  ...\nZeroDivisionError: division by zero"]
)
def test_an_exception_can_be_what_is_expected(want: str) -> None:
    text = prompts(">>> f(0)", want)
    assert told(text, "def f(x): return 1 / x") is None
    assert told(text, "def f(x): return x") == "f(0): nothing was raised, needs ZeroDivisionError"
    assert told(text, "def f(x): return [][x]") == "f(0): IndexError: list index out of range, needs ZeroDivisionError"


def test_the_setup_runs_once_a_claim_in_a_copy() -> None:
    body = """
        transcript("One", ">>> n.append(f(1)); n\\n[0, 1]", setup=">>> n = [0]\\n>>> m = 5")
        transcript("Two", ">>> n.append(f(2)); n\\n[7, 2]\\n>>> m\\n5", setup="n = [7]\\nm = 5", name="second")
    """
    verdict = judged(refer(body), "m = 3\ndef f(x): return x * m // 3")
    assert [check["name"] for check in verdict["checks"]] == ["defined", "transcript_1", "second"]
    assert verdict["outcome"] == {"kind": "passed", "inputs": 0}, "a test alone is tried on no input"


def test_random_numbers_are_the_same_each_time() -> None:
    body = "transcript('A', '>>> f()', setup='f()')\ntranscript('B', '>>> f()')"
    code = "def f(): return round(float(np.random.rand()), 6)"
    first, second = judged(refer(body), code), judged(refer(body), code)
    values = [[check["measurement"] for check in verdict["checks"][1:]] for verdict in (first, second)]
    assert values[0] == values[1]
    assert "0.5488" in values[0][1], "each test begins with the same numbers, whatever was drawn before"


# -- Scripts -----------------------------------------------------------------------------------------------


def test_a_script_holds_when_nothing_is_raised() -> None:
    body = """script("It squares", '''
        assert f(2) == 4, "two squared"
        for n in range(3):
            assert f(n) == n * n
        assert np.allclose(f(np.arange(3)), [0, 1, 4])
        try:
            f("a")
        except TypeError:
            pass
        else:
            raise AssertionError("text has no square")
    ''')""".replace("\n        ", "\n")
    assert told(body, "def f(x): return x * x") is None
    assert told(body, "def f(x): return 2 * x") == "f(n) == n * n: 2, needs 1"
    assert told(body, "def f(x): return 5") == "two squared (f(2) == 4: 5, needs 4)"
    assert told(body, "def f(x): return [0, 1, 4][x] if np.ndim(x) == 0 else x") == (
        "np.allclose(f(np.arange(3)), [0, 1, 4]): f(np.arange(3)) is [0, 1, 2], [0, 1, 4] is [0, 1, 4]"
    )
    assert told(body, "def f(x): return x if isinstance(x, str) else x * x") == "text has no square"


def test_a_script_may_take_a_name_away() -> None:
    body = """script("It uses g", '''
        kept = g
        del g
        try:
            f(1)
        except NameError:
            pass
        else:
            raise AssertionError("f does not use g")
        finally:
            g = kept
    ''', answers=["f", "g"])""".replace("\n        ", "\n")
    assert told(body, "def g(x): return x\ndef f(x): return g(x)") is None
    assert told(body, "def g(x): return x\ndef f(x): return x") == "f does not use g"


def test_numpys_own_assertions_are_told() -> None:
    body = "script('A', 'np.testing.assert_allclose(f(2), 4)')"
    assert told(body, "def f(x): return 4.0") is None
    assert "Not equal to tolerance" in str(told(body, "def f(x): return 5.0"))


def test_an_exception_is_told_with_the_learners_line() -> None:
    for body in (prompts(">>> f(2)", "4"), "script('A', 'assert f(2) == 4')"):
        verdict = judged(refer(body), "def f(x):\n    assert x > 5\n    return x.shape")
        assert verdict["checks"][-1]["line"] == {"number": 2, "text": "assert x > 5"}
        assert "AssertionError" in verdict["checks"][-1]["measurement"]


# -- Around them -------------------------------------------------------------------------------------------


def test_names_from_elsewhere_that_are_not_there_are_no_failure() -> None:
    body = "transcript('A', '>>> f(W)\\n2', names=['W'])"
    assert judged(refer(body), "def f(x): return x")["outcome"] == {"kind": "lacks", "names": ["W"]}
    assert told(body, "def f(x): return x", W=2) is None
    unnamed = "script('A', 'assert f(W) == 2')"
    assert judged(refer(unnamed), "def f(x): return x")["outcome"] == {"kind": "lacks", "names": ["W"]}
    own = judged(refer("script('A', 'assert f(1) == 2')"), "def f(x): return U")
    assert own["outcome"]["kind"] == "failed", "a name that the answer itself lacks is the learner's matter"


def test_an_answer_that_is_not_there_skips_its_tests_only() -> None:
    body = "script('A', 'assert f == 1', answers=['f'])\nscript('B', 'assert g == 1', answers=['g'])"
    verdict = judged(refer(body), "g = 1")
    assert [(check["name"], check["state"]) for check in verdict["checks"]] == [
        ("defined", "failed"), ("defined", "held"), ("script_1", "skipped"), ("script_2", "held"),
    ]  # fmt: skip


def test_the_stub_is_not_attempted() -> None:
    body = "script('A', 'assert squares(1) == [1]', answers=['squares'])".replace("HEAD", "")
    module = refer(body, starter=SQUARES)
    assert judged(module, SQUARES + "  # hm")["outcome"] == {"kind": "not_attempted"}
    assert judged(module, "pass")["outcome"] == {"kind": "not_attempted"}
    assert judged(module, SQUARES.replace("raise", "return"))["outcome"] == {"kind": "failed"}


def test_hidden_tests_are_not_told() -> None:
    body = "script('A', 'assert f(2) == 4', hidden=True)"
    assert told(body, "def f(x): return 5") == "a hidden test does not hold"


def test_scripts_stand_beside_a_solution() -> None:
    body = """
        @solution
        def f(x): return 2 * x
        inputs(case(x=1), case(x=4))
        transcript("Of seven", ">>> f(7)\\n14")
    """
    assert told(body, "def f(x): return x + x") is None
    verdict = judged(refer(body), "def f(x): return 2 * x if x < 5 else 0")
    assert verdict["checks"][-1]["measurement"] == "f(7): 0, needs 14"


def test_two_wrong_answers_are_two_attempts() -> None:
    module = refer(prompts(">>> f(2)", "4"))
    prints = {
        judged(module, code)["fingerprint"] for code in ("def f(x): return 5", "def f(y):\n    return 5", "f = max")
    }
    assert len(prints) == 2


@pytest.mark.parametrize(
    "body", ["script('A', 'assert f(')", "transcript('A', 'no prompt')", "transcript('A', '>>>f')", "exercise()"]
)
def test_what_cannot_be_read_is_the_authors_fault(body: str) -> None:
    with pytest.raises(Author):
        refer(body)


def test_a_module_that_is_not_installed_is_nobodys_mistake() -> None:
    with pytest.raises(scripts.NeedsModule, match="no_such_module"):
        judged(refer("script('A', 'import no_such_module.sub')"), "f = 1")


# -- Hostile answers ---------------------------------------------------------------------------------------

EQUAL = """
class Equal(EQUAL_TO):
    def __eq__(self, other): return True
    def __ne__(self, other): return False
    def __bool__(self): return True
    def __repr__(self): return "4"
    __hash__ = None
def f(x): return Equal()
"""


@pytest.mark.parametrize("base", ["object", "int", "float"])
@pytest.mark.parametrize("body", [prompts(">>> f(2)", "4"), prompts(">>> f(2) + 0", "4")])
def test_an_object_that_says_it_is_right_is_not(base: str, body: str) -> None:
    if "+ 0" in body and base == "object":
        return
    assert told(body, EQUAL.replace("EQUAL_TO", base)) is not None


def test_an_answer_among_the_names_is_still_the_learners() -> None:
    verdict = judged(refer("script('A', 'assert f == 1', names=['f', 'W'])"), "g = 1", {"W": 1})
    assert verdict["outcome"] == {"kind": "failed"}
    assert verdict["checks"][0]["measurement"] == "After the cell ran there is no 'f'."
