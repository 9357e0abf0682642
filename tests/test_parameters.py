"""What a check may ask for by the names of its parameters, and values that hang on the learner's own names."""

from __future__ import annotations

import linecache
import textwrap
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from math4ml_lab import catalogue, wire
from math4ml_lab.errors import CatalogueError
from math4ml_lab.kernel import answer, judge, reference
from math4ml_lab.kernel.authored import BrokenClaim

if TYPE_CHECKING:
    from pathlib import Path

    from panel import Panel

HEAD = '"""A title"""\nimport ast\nimport numpy as np\nfrom math4ml_lab.exercise import *\n'
SQUARE = """
    @solution
    def square(x, n=1): return n * x * x
    inputs(case(x=1), case(x=3), case(x=4))
    CHECK
"""


def refer(body: str) -> reference.Reference:
    return reference.Reference("tried", HEAD + textwrap.dedent(body), None, {"__name__": "tried"}, None)


def judged(body: str, code: str, left: dict[str, Any] | None = None, **given: Any) -> dict[str, Any]:
    source = HEAD + textwrap.dedent(body)
    catalogue.read_exercise(source, "tried")  # what the server says of it
    namespace: dict[str, Any] = {"__name__": "__main__", "np": np, **given}
    linecache.cache["<cell>"] = (len(code), None, code.splitlines(keepends=True), "<cell>")
    exec(compile(code, "<cell>", "exec"), namespace)
    return judge.judge(refer(body), answer.Respondent(namespace, code, left=left).ask, code)


def measured(check: str, code: str = "def square(x, n=1): return n * x * x", body: str = SQUARE) -> str | None:
    """Return what the author's check measures, None where it holds."""
    verdict = judged(body.replace("CHECK", check.replace("\n", "\n    ")), code)
    text = verdict["checks"][-1].get("measurement")
    return None if text is None else str(text)


# -- The answer itself -------------------------------------------------------------------------------------

CALLS = "@check\ndef scales(square, x):\n    'It scales'\n    near(square(2 * x), 4 * square(x))"


def test_a_check_may_call_the_answer() -> None:
    assert measured(CALLS) is None
    assert measured(CALLS, "def square(x, n=1): return x * x if x < 5 else 0") == "0, needs 36 (rtol 1e-06)"
    arrays = "@check\ndef each(square):\n    'Entry by entry'\n    same(square(np.array([1, 2])), [1, 4])"
    assert measured(arrays) is None
    assert measured(arrays, "def square(x, n=1): return int(np.sum(x)) ** 2") == "9, needs [1, 4]"


REFUSES = """@check
def refuses(square):
    "It refuses text"
    try: square("a")
    except TypeError as error: assert "multiply" in str(error)
    else: assert False, "text was squared"
"""


def test_an_exception_of_the_answer_comes_as_one() -> None:
    assert measured(REFUSES) is None
    assert measured(REFUSES, "def square(x, n=1): return n * x ** 2 if x != 'a' else 'aa'") == "text was squared"
    assert measured(REFUSES, "def square(x, n=1):\n    if x == 'a': raise KeyError('no')\n    return x * x") == (
        "it raised KeyError: 'no'"
    )


def test_calls_of_the_answer_have_a_limit_and_take_plain_values() -> None:
    for check, message in [
        ("[square(1) for _ in range(99999)]", "10000 times at most"),
        ("square(lambda: 0)", "plain values"),
    ]:
        with pytest.raises(BrokenClaim, match=message):
            measured(f"@check\ndef wrong(square):\n    'It is wrong'\n    {check}")


def test_what_an_answer_gives_to_a_check_is_plain() -> None:
    equal = "class E(int):\n    def __eq__(self, _): return True\n    __hash__ = None\n"
    code = equal + "def square(x, n=1): return x * x if x < 5 else E()"
    assert "the claim cannot be tried" in str(measured(CALLS, code))


# -- Overrides ---------------------------------------------------------------------------------------------


def test_an_override_of_an_input_asks_the_answer_anew() -> None:
    check = "@check(x=10)\ndef of_ten(got, x):\n    'Of ten'\n    assert got == x * x"
    assert measured(check) is None
    verdict = judged(
        SQUARE.replace("CHECK", check.replace("\n", "\n    ")), "def square(x, n=1): return min(x * x, 99)"
    )
    told = verdict["checks"][-1]
    assert (told["measurement"], told["smallest_input"]) == ("99, needs 100", "x=10")
    assert (told["wrong"], told["inputs"]) == (1, 1), "equal rows count once"
    assert [check["state"] for check in verdict["checks"][:-1]] == ["held"] * 7


def test_an_override_that_is_no_input_of_the_answer_is_only_the_checks() -> None:
    assert measured("@check(bound=16)\ndef small(got, bound):\n    'Small'\n    assert got <= bound") is None
    assert measured("@check(bound=15)\ndef small(got, bound):\n    'Small'\n    assert got <= bound") == (
        "16, needs at most 15"
    )


# -- The cell ----------------------------------------------------------------------------------------------


def test_the_source_is_a_tree() -> None:
    check = """@check
def no_loops(source):
    "No loop"
    assert not any(isinstance(node, ast.For) for node in ast.walk(source))
"""
    assert measured(check) is None
    loop = "def square(x, n=1):\n    y = 0\n    for _ in range(x): y += x\n    return y"
    assert "does not hold" in str(measured(check, loop))


def test_rng_is_fresh_for_a_check() -> None:
    rng = "@check\ndef free(rng):\n    'Drawn'\n    assert rng.integers(100) == 85"
    assert measured(rng) is None
    body = """
        @solution
        def draw(rng, n): return rng.random(n)
        inputs(case(rng=7, n=2))
        @check
        def same_numbers(got, rng, n):
            "The same numbers"
            near(got, rng.random(n))
    """
    assert judged(body, "def draw(rng, n): return rng.random(n)")["outcome"]["kind"] == "passed"


def test_what_is_not_recorded_is_not_run() -> None:
    body = "@solution\ndef a(): return 1\n@check\ndef c(CHECK):\n    'It has one'\n    assert len(CHECK) == 1"
    for name in ("figures", "printed"):
        assert judged(body.replace("CHECK", name), "a = 1")["outcome"] == {"kind": "not_run"}
    left = {"printed": "x", "figures": []}
    assert judged(body.replace("CHECK", "printed"), "a = 1", left)["outcome"]["kind"] == "passed"
    assert judged(body.replace("CHECK", "figures"), "a = 1", left)["outcome"]["kind"] == "failed"


# -- Live names --------------------------------------------------------------------------------------------

PRODUCT = """
    @solution
    def V(W, X): return X @ W
    @mistake
    def swapped(W, X):
        "The other way round"
        return W @ X
"""
W, X = np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[0.0, 1.0], [1.0, 1.0]])


def test_a_value_may_hang_on_the_learners_own_names() -> None:
    for scale in (1, 2):
        given: dict[str, Any] = {"W": scale * W, "X": X}
        assert judged(PRODUCT, "V = X @ W", **given)["outcome"] == {"kind": "passed", "inputs": 1}
        verdict = judged(PRODUCT, "V = W @ X", **given)
        assert (verdict["outcome"], verdict["mistake"]) == ({"kind": "failed"}, "swapped")
        assert "is not it" in verdict["checks"][-1]["measurement"], "the right value is not given away"


def test_a_missing_name_is_no_failed_attempt() -> None:
    assert judged(PRODUCT, "V = 1", X=X)["outcome"] == {"kind": "lacks", "names": ["W"]}
    assert judged(PRODUCT, "V = 1")["outcome"] == {"kind": "lacks", "names": ["W", "X"]}


@pytest.mark.parametrize("unfit", [np.ones(5), object(), "text", iter("")])
def test_a_name_that_holds_something_else_is_none_either(unfit: object) -> None:
    outcome = judged(PRODUCT, "V = 1", W=unfit, X=X)["outcome"]
    assert (outcome["kind"], outcome["reason"]) == ("lacks", "unfit")
    assert "W" in outcome["names"]


def test_a_live_function_can_be_called() -> None:
    body = "@solution\ndef total(pipeline, W): return pipeline(W) + 1"
    live: dict[str, Any] = {"pipeline": lambda A: A.sum(), "W": W}
    assert judged(body, "total = pipeline(W) + 1.0", **live)["outcome"]["kind"] == "passed"
    assert judged(body, "total = pipeline(W)", **live)["outcome"]["kind"] == "failed"


def test_a_check_of_a_value_may_ask_for_live_names() -> None:
    body = "@solution\ndef a(): return 4\n@check\ndef c(got, W, half=2):\n    'As W'\n    assert got == W * half"
    assert judged(body, "a = 4", W=2)["outcome"]["kind"] == "passed"
    assert judged(body, "a = 4", W=3)["checks"][-1]["measurement"] == "4, needs 6"
    assert judged(body, "a = 4")["outcome"] == {"kind": "lacks", "names": ["W"]}


def test_with_inputs_live_names_are_declared() -> None:
    body = "exercise(names=['W'])\n" + textwrap.dedent(SQUARE)
    check = "@check\ndef c(got, W):\n    'Below W'\n    assert got < W"
    code = "def square(x, n=1): return n * x * x"
    assert judged(body.replace("CHECK", check), code, W=17)["outcome"]["kind"] == "passed"
    assert judged(body.replace("CHECK", check), code)["outcome"] == {"kind": "lacks", "names": ["W"]}


def test_several_values_are_known_to_each_others_checks() -> None:
    body = """
        @solution
        def a(): return 4
        @solution
        def b(): return 8
        @check
        def twice(a, b):
            "b is twice a"
            assert b == 2 * a
    """
    assert judged(body, "a = 4\nb = 8.0")["outcome"]["kind"] == "passed"
    assert judged(body, "a = 4\nb = 9")["checks"][-1]["measurement"] is not None
    states = {(check["name"], check["answer"]): check["state"] for check in judged(body, "a = 4")["checks"]}
    assert (states["defined", "b"], states["twice", "a"]) == ("failed", "skipped")


@pytest.mark.parametrize(
    ("check", "line", "message"),
    [
        ("@check\ndef c(got, y): 'Right'", 10, "check 'c' asks for 'y', which is no input"),
        ("@solution\ndef other(x, z): return 1", 10, "inputs(...) gives no 'z', which the solution 'other' takes"),
    ],
)
def test_a_name_that_nobody_gives_is_told_by_line(check: str, line: int, message: str) -> None:
    with pytest.raises(CatalogueError) as caught:
        catalogue.read_exercise(HEAD + textwrap.dedent(SQUARE).replace("CHECK", check), "tried")
    assert [(problem.line, problem.message) for problem in caught.value.problems] == [(line, message)]


@pytest.mark.parametrize(
    ("body", "elsewhere", "scene"),
    [
        (PRODUCT, ("W", "X"), False),
        ("@solution\ndef a(): return 1\n@check\ndef c(got, figures, W, k=1): 'It'", ("W",), True),
        ("@solution\ndef f(x): return 1\ninputs(case(x=1))\n@check\ndef c(printed, f): 'It'", (), False),
        ("exercise(names=['g'])\nscript('A', 'f', answers=['f'], names=['W'])", ("W", "g"), False),
        ("ROWS = [dict(x=1)]\n@solution\ndef f(x): return 1\ninputs(*[case(**row) for row in ROWS])", (), False),
    ],
)
def test_the_server_knows_what_other_cells_define(body: str, elsewhere: tuple[str, ...], scene: bool) -> None:  # noqa: FBT001
    read = catalogue.read_exercise(HEAD + textwrap.dedent(body), "tried")
    assert (read.elsewhere, read.wants_scene) == (elsewhere, scene)


@pytest.mark.kernel
async def test_the_panel_is_told_which_exercise_defines_what_is_lacking(panel: Panel, jp_root_dir: Path) -> None:
    (jp_root_dir / "course.toml").write_text(
        'name = "tried"\ntitle = "T"\n[[units]]\nname = "unit"\ntitle = "U"\nnotebook = "unit/unit.ipynb"\n'
        'exercises = ["first", "double"]\n'
    )
    (jp_root_dir / "unit").mkdir(exist_ok=True)
    (jp_root_dir / "unit" / "first.py").write_text(HEAD + "@solution\ndef W(): return 1")
    needing = HEAD + "exercise(needs=['gone', 'first'])\n@solution\ndef V(W): return 2 * W"
    (jp_root_dir / "unit" / "double.py").write_text(needing)
    await panel.start()
    report = await panel.judged("V = 2")
    assert report.outcome == wire.Lacks(names=["W"], exercise="first")
    (info,) = (await panel.exercises({"a": "double"})).exercises
    assert (info.attempts, info.latest) == (0, None), "it is no attempt"
    await panel.run("W = 1", "b")
    assert (await panel.judged("V = 2")).outcome == wire.Passed(inputs=1)


def test_one_value_may_hang_on_another_of_the_same_exercise() -> None:
    body = "@solution\ndef a(): return 3\n@solution\ndef b(a): return 2 * a"
    assert judged(body, "a = 3\nb = 6")["outcome"]["kind"] == "passed"
    half = judged(body, "b = 6")
    assert [check["answer"] for check in half["checks"] if check["state"] == "failed"] == ["a"]
    follows = judged(body, "a = 4\nb = 8")
    assert [check["answer"] for check in follows["checks"] if check["state"] == "failed"] == ["a"]


def test_a_class_needs_inputs() -> None:
    with pytest.raises(CatalogueError, match="'C' is called with no inputs"):
        catalogue.read_exercise(HEAD + "@solution\nclass C:\n    def __init__(self, x): pass", "tried")


# -- The lines that ran ------------------------------------------------------------------------------------

LINES = """
    @solution
    def total(x): return x.sum()
    inputs(case(x=np.arange(3.0)), case(x=np.arange(300.0)))
    @check
    def no_loop(lines_run):
        "As many lines, however much there is"
        assert lines_run < 50
"""
LOOPS = {
    "for": "def total(x):\n    s = 0.0\n    for a in x:\n        s += a\n    return s",
    "while": "def total(x):\n    s, i = 0.0, 0\n    while i < len(x): s += x[i]; i += 1\n    return s",
    "comprehension": "def total(x): return np.sum([a for a in x])",
    "generator": "def total(x): return sum(float(a) for a in x)",
    "map": "def total(x): return sum(map(lambda a: float(a), x))",
    "vectorize": "def total(x): return np.vectorize(lambda a: 2 * a)(x).sum() / 2",
    "helper": "def add(s, a):\n    return s + a\nimport functools\ndef total(x): return functools.reduce(add, x)",
    "recursion": "def total(x): return 0.0 if len(x) == 0 else x[0] + total(x[1:])",
}


@pytest.mark.parametrize("code", LOOPS.values(), ids=LOOPS)
def test_a_check_may_ask_how_many_lines_ran(code: str) -> None:
    verdict = judged(LINES, code)
    told = {check["name"]: check["measurement"] for check in verdict["checks"] if check["state"] == "failed"}
    assert told.keys() == {"no_loop"}
    assert "needs less than 50" in told["no_loop"]


@pytest.mark.parametrize(
    "code", ["def total(x): return np.add.reduce(x)", "def total(x):\n    return np.ones(len(x)) @ x"]
)
def test_what_numpy_does_is_no_line_of_the_learners(code: str) -> None:
    assert judged(LINES, code)["outcome"]["kind"] == "passed"


def test_lines_are_counted_up_to_a_limit() -> None:
    endless = "def total(x):\n    for _ in range(10**5): pass\n    return x.sum()"
    assert judged(LINES, endless)["checks"][-1]["measurement"] == "10000, needs less than 50"
