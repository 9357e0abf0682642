"""Answers that are not comparable as they stand: functions that are returned, classes, free signs, random results."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

import pytest
from live import Live, exercise
from test_parameters import HEAD, judged, refer

from math4ml_lab import wire
from math4ml_lab.kernel.authored import BrokenClaim
from math4ml_lab.kernel.signature import Author

if TYPE_CHECKING:
    from collections.abc import Iterator

DERIVATIVE = """
    @solution
    def derivative(f, h):
        return lambda x: (f(x + h) - f(x - h)) / (2 * h)
    inputs(case(f=fn("x**2"), h=0.5), case(f=fn("x**3"), h=0.1))
    @view
    def at_some_points(got):
        return [got(0.0), got(2.0)]
    @mistake
    def one_sided(f, h):
        "One side only"
        return lambda x: (f(x + h) - f(x)) / h
    @check
    def even(got, f):
        "The derivative of a square is odd"
        if f.text == "x**2":
            near(got(-1.0), -got(1.0))
"""
DUAL = """
    @solution
    class Dual:
        def __init__(self, v, d):
            self.v, self.d = v, d
        def __mul__(self, other):
            return Dual(self.v * other.v, self.v * other.d + self.d * other.v)
        def __len__(self):
            return 2
        def __getitem__(self, index):
            return (self.v, self.d)[index]
    inputs(case(v=3.0, d=1.0), case(v=np.array([2.0, 5.0]), d=4.0))
    @view
    def squared(x):
        y = x * x
        return [x.v, x.d, y.v, y.d, len(x), x[1], list(x)]
    @mistake
    class NoProductRule(Dual):
        "Both factors change"
        def __mul__(self, other):
            return Dual(self.v * other.v, self.d * other.d)
"""
RIGHT = """
class Dual:
    def __init__(self, real, eps):
        self.v = real
        self.d = eps
    def __mul__(self, other):
        return Dual(self.v * other.v, self.d * other.v + self.v * other.d)
    def __len__(self):
        return 2
    def __getitem__(self, index):
        return [self.v, self.d][index]
"""


def failed(verdict: dict[str, Any]) -> dict[str, Any]:
    return {check["name"]: check["measurement"] for check in verdict["checks"] if check["state"] == "failed"}


def test_a_returned_function_is_asked_where_it_is() -> None:
    right = "def derivative(g, e):\n    def inner(t):\n        return (g(t + e) - g(t - e)) / e / 2\n    return inner"
    assert judged(DERIVATIVE, right)["outcome"] == {"kind": "passed", "inputs": 2}
    verdict = judged(DERIVATIVE, "def derivative(f, h): return lambda x: (f(x + h) - f(x)) / h")
    assert (verdict["outcome"]["kind"], verdict["mistake"]) == ("failed", "one_sided")
    assert failed(verdict).keys() == {"agrees", "even"}
    assert failed(verdict)["agrees"] is None, "the author's claim says it"
    twice = "def derivative(f, h): return lambda x: (f(x + h) - f(x - h)) / h"
    assert failed(judged(DERIVATIVE, twice)) == {"agrees": "item [1]: 8, needs 4 (rtol 1e-06)"}, (
        "and here nobody else says it"
    )


def test_what_a_returned_function_raises_is_its_own_failure() -> None:
    verdict = judged(DERIVATIVE, "def derivative(f, h):\n    def inner(t):\n        return t.shape\n    return inner")
    (told,) = (check for check in verdict["checks"] if check["state"] == "failed")
    assert (told["name"], told["measurement"]) == ("runs", "AttributeError: 'float' object has no attribute 'shape'")
    assert told["line"] == {"number": 3, "text": "return t.shape"}


@pytest.mark.parametrize("code", ["def derivative(f, h): return 3", "def derivative(f, h): return derivative"])
def test_something_else_is_compared_as_it_stands(code: str) -> None:
    assert judged(DERIVATIVE, code)["outcome"] == {"kind": "failed"}


def test_another_kind_is_told_of_what_was_returned_and_not_of_the_view() -> None:
    assert failed(judged(DERIVATIVE, "def derivative(f, h): return 3"))["kind"] == "3 is a number, needs a function"
    nothing = judged(DERIVATIVE, "def derivative(f, h): return lambda x: None")
    assert failed(nothing)["kind"] == "item [0]: None, needs a number"
    limit = """
        @solution
        def half(x): return x / 2 if x else None
        inputs(case(x=4), case(x=0))
        @view
        def in_words(got): return "none" if got is None else str(round(got, 2))
    """
    assert failed(judged(limit, "def half(x): return (x / 2,)"))["kind"] == "(2,) is a tuple, needs a number"
    assert failed(judged(limit, "def half(x): return x / 2"))["agrees"] == "'0.0', needs 'none'"


def test_a_class_is_computed_with_where_it_is() -> None:
    assert judged(DUAL, RIGHT)["outcome"] == {"kind": "passed", "inputs": 2}
    wrong = judged(DUAL, RIGHT.replace("self.d * other.v + self.v * other.d", "other.d * self.d"))
    assert (wrong["outcome"]["kind"], wrong["mistake"]) == ("failed", "NoProductRule")
    half = judged(DUAL, RIGHT.partition("    def __mul__")[0])
    assert "unsupported operand" in failed(half)["runs"]


def test_an_object_that_says_it_is_right_is_no_use() -> None:
    equal = RIGHT + "    def __eq__(self, other): return True\n    __hash__ = None\n"
    assert judged(DUAL, equal)["outcome"]["kind"] == "passed", "what counts are its plain values"
    liar = "class E(float):\n    def __eq__(self, _): return True\n    __hash__ = None\n"
    assert judged(DUAL, liar + RIGHT.replace("self.v = real", "self.v = E(real)"))["outcome"]["kind"] == "failed"


def test_a_class_without_a_view_is_the_authors_fault() -> None:
    with pytest.raises(Author, match="cannot be compared"):
        refer(DUAL.replace("@view", ""))


def test_free_signs() -> None:
    body = """
        @solution
        def direction(A): return np.linalg.svd(A)[2][0]
        inputs(case(A=np.array([[2.0, 1.0], [0.0, 3.0], [1.0, 1.0]])))
        @view
        def up_to_sign(v): return v * np.sign(v[0])
        @mistake
        def last(A):
            "The last one is the weakest"
            return np.linalg.svd(A)[2][-1]
    """
    for sign in ("", "-"):
        assert judged(body, f"def direction(A): return {sign}np.linalg.svd(A)[2][0]")["outcome"]["kind"] == "passed"
        assert judged(body, f"def direction(A): return {sign}np.linalg.svd(A)[2][1]")["mistake"] == "last"


def test_random_results_are_looked_at_as_a_whole() -> None:
    body = """
        @solution
        def draws(n, rng): return rng.normal(size=n)
        inputs(case(n=4000, rng=1), case(n=5000, rng=2))
        @view
        def shape_and_spread(x): return [x.shape, bool(abs(x.mean()) < 0.1), round(float(x.std()), 0)]
    """
    assert judged(body, "def draws(n, rng): return 1 * rng.standard_normal(n)")["outcome"]["kind"] == "passed"
    assert judged(body, "def draws(n, rng): return 2 * rng.standard_normal(n)")["outcome"]["kind"] == "failed"
    assert (
        judged(body, "def draws(n, rng): return np.random.default_rng(0).normal(size=n)")["outcome"]["kind"] == "passed"
    )


@pytest.mark.parametrize("view", ["", "@view\n        def text(v): return str(v)"])
def test_what_a_check_trips_over_is_the_answers_doing_where_it_works_on_the_right_one(view: str) -> None:
    body = f"""
        @solution
        def turn(n): return np.array([[0.0, 1.0], [1.0, 0.0]])
        inputs(case(n=1), case(n=2))
        @check
        def undoes_itself(got):
            "Turning twice changes nothing"
            near(got @ got, np.eye(2))
        {view}
    """
    assert judged(body, "def turn(n): return np.array([[0.0, 1.0], [1.0, 0.0]])")["outcome"]["kind"] == "passed"
    verdict = judged(body, "def turn(n): return np.ones((2, 3))")
    assert verdict["outcome"] == {"kind": "failed"}
    with pytest.raises(BrokenClaim, match="nearly"):
        judged(body.replace("near(", "nearly("), "def turn(n): return np.eye(2)")


def test_a_view_belongs_to_one_of_several_answers() -> None:
    body = """
        @solution
        def adder(n): return lambda x: x + n
        @solution
        def twice(n): return 2 * n
        inputs(case(n=1), case(n=3))
        @view(of=adder)
        def of_ten(f): return f(10)
    """
    assert (
        judged(body, "def adder(n): return lambda x: n + x\ndef twice(n): return n + n")["outcome"]["kind"] == "passed"
    )
    verdict = judged(body, "def adder(n): return lambda x: n * x\ndef twice(n): return n + n")
    assert {check["answer"] for check in verdict["checks"] if check["state"] == "failed"} == {"adder"}


ADJOINT = """
    @solution
    def adjoint(f, n):
        M = np.stack([f(e) for e in np.eye(n)], axis=1)
        return lambda y: M.T @ y
    inputs(case(f=fn("M @ x", ndim=1, M=[[1, 2, 3], [4, 5, 6]]), n=3), case(f=fn("M @ x", M=[[1], [2], [3]]), n=1))
    @view
    def on_a_basis(got, f, n, scale=1.0):
        return [got(scale * e) for e in np.eye(len(f(np.zeros(n))))]
    @check
    def twice(got, adjoint, f, n):
        "Twice is f again"
        near(adjoint(got, len(f(np.zeros(n))))(np.ones(n)), f(np.ones(n)))
"""
RIGHT_ADJOINT = "def adjoint(f, n):\n    return lambda y: np.array([f(e) @ y for e in np.eye(n)])"


def test_a_view_may_ask_for_the_inputs() -> None:
    assert judged(ADJOINT, RIGHT_ADJOINT)["outcome"] == {"kind": "passed", "inputs": 2}
    assert "agrees" in failed(judged(ADJOINT, RIGHT_ADJOINT.replace("@ y", "@ y + 1")))
    with pytest.raises(Author, match="asks for 'm', which is no input"):
        refer(ADJOINT.replace("got, f, n, scale", "got, f, n, m, scale"))


def test_an_input_that_is_returned_is_asked_like_any_function() -> None:
    told = failed(judged(ADJOINT, "def adjoint(f, n): return f"))
    assert told.keys() == {"runs"}, "it takes 3 numbers where 2 come in"
    assert told["runs"].startswith("ValueError: matmul")
    assert judged(DERIVATIVE, "def derivative(f, h): return f")["outcome"] == {"kind": "failed"}


def test_an_answer_may_be_called_with_what_it_returned() -> None:
    once = "    if not hasattr(f, 'text'): return lambda y: [0.0]\n    return"
    assert failed(judged(ADJOINT, RIGHT_ADJOINT.replace("    return", once, 1))).keys() == {"twice"}
    strict = "    if not hasattr(f, 'text'): raise ValueError('no')\n    return"
    told = failed(judged(ADJOINT, RIGHT_ADJOINT.replace("    return", strict, 1)))
    assert told == {"twice": "it raised ValueError: no"}


# -- One edited line ---------------------------------------------------------------------------------------

EDIT = """
    def helper(x): return 1 - x
    @solution
    def slope(H):
        return 1 - H**2
    inputs(case(H=0.5), case(H=0.25))
    @check
    def below_one(got):
        "Never above 1 - 0"
        assert got <= 1 - 0
    no_act = mistake(edit=("1 - H**2", "1"), doc="The activation was left out")
"""


def test_a_mistake_is_one_edit_of_the_solution() -> None:
    assert judged(EDIT, "def slope(H): return 1")["mistake"] == "no_act"


@pytest.mark.parametrize("old", ["1 - x", "1 - 0", "", "def helper"])
def test_an_edit_stands_in_the_solution_itself(old: str) -> None:
    with pytest.raises(Author, match="the solution holds no"):
        refer(EDIT.replace('"1 - H**2"', repr(old)))


def test_an_edit_has_to_be_python() -> None:
    with pytest.raises(Author, match="'no_act' is no Python"):
        refer(EDIT.replace('"1")', '"1 -")'))


def test_an_edit_of_one_of_several_answers() -> None:
    body = EDIT.replace('"1"), doc', '"1"), of=slope, doc').replace("    def helper", "    @solution\n    def helper")
    body = body.replace("case(H=0.5)", "case(H=0.5, x=2)").replace("case(H=0.25)", "case(H=0.25, x=3)")
    verdict = judged(body, "def helper(x): return 1 - x\ndef slope(H): return 1.0")
    assert verdict["mistake"] == "no_act"


# -- In a kernel -------------------------------------------------------------------------------------------

HOSTILE = {
    "an endless returned function": ("while True: pass", wire.TimedOut),
    "a returned function that ends the process": ("import os; os._exit(0)", wire.Failed),
    "a returned function that leaves": ("raise SystemExit", wire.Failed),
    "a returned function without measure": ("return [0] * 10**12", wire.OutOfMemory),
    "a returned function that gives functions": ("return inner", wire.Failed),
    "an object that equals everything": (
        "return type('E', (float,), {'__eq__': lambda *_: True, '__hash__': None})(0)",
        wire.Failed,
    ),
}


@pytest.fixture(scope="module", params=["snapshot", "guarded"])
def live(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    with Live(tmp_path_factory.mktemp("views")) as live:
        modules = {"derivative": DERIVATIVE, "Dual": DUAL}
        more: dict[str, Any] = {"limit": 3.0, "isolation": request.param}
        live.watch(
            {name: exercise(name, HEAD + textwrap.dedent(text), [name], **more) for name, text in modules.items()}
        )
        live.run("import numpy as np")
        yield live


@pytest.mark.kernel
def test_views_ask_the_learners_process(live: Live) -> None:
    right = "def derivative(f, h):\n    def inner(t):\n        return (f(t + h) - f(t - h)) / 2 / h\n    return inner"
    assert live.judged(right, "derivative").outcome == wire.Passed(inputs=2)
    assert live.judged(right.replace("t - h", "t").replace(" / 2", ""), "derivative").mistake == "one_sided"
    assert live.judged(RIGHT, "Dual").outcome == wire.Passed(inputs=2)
    assert live.judged(RIGHT.replace("return 2", "return 3"), "Dual").outcome == wire.Failed()


@pytest.mark.kernel
@pytest.mark.parametrize(("body", "kind"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_result_is_told_and_harms_nobody(live: Live, body: str, kind: type) -> None:
    code = f"def derivative(f, h):\n    def inner(t):\n        {body}\n    return inner"
    assert isinstance(live.judged(code, "derivative").outcome, kind)
    assert live.judged(RIGHT, "Dual").outcome == wire.Passed(inputs=2)
