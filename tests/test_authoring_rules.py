"""What the format promises an author, statement by statement, where no other test holds it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from test_parameters import HEAD, judged
from test_views import failed

from math4ml_lab import catalogue, wire
from math4ml_lab.errors import CatalogueError
from math4ml_lab.kernel import reference

if TYPE_CHECKING:
    from pathlib import Path

    from panel import Panel

DOUBLE = """
    @solution
    def double(x): return 2 * x
    inputs(case(x=1, bound=9), case(x=4, bound=9))
"""


def read(body: str) -> catalogue.Exercise:
    return catalogue.read_exercise(HEAD + body, "tried")


def problems(body: str) -> list[str]:
    with pytest.raises(CatalogueError) as caught:
        read(body)
    return [problem.message for problem in caught.value.problems]


# -- Answers and inputs ------------------------------------------------------------------------------------


def test_inputs_that_the_signature_lacks_go_to_the_checks_only() -> None:
    body = DOUBLE + "    @check\n    def below(got, bound):\n        'Below the bound'\n        assert got < bound"
    assert judged(body, "def double(x): return x + x")["outcome"] == {"kind": "passed", "inputs": 2}
    assert failed(judged(body, "def double(x): return x + 8"))["below"] == "9, needs less than 9"


def test_a_claim_that_asks_for_no_input_runs_once() -> None:
    body = DOUBLE + "    @check\n    def once(source):\n        'Once'\n        assert False, 'no'"
    (claim,) = (c for c in judged(body, "def double(x): return x + x")["checks"] if c["name"] == "once")
    assert (claim["inputs"], claim["wrong"], claim["smallest_input"]) == (None, None, None)


def test_generators_may_change_and_other_inputs_may_not() -> None:
    body = """
        @solution
        def shuffled(x, rng): return rng.permutation(x)
        inputs(case(x=np.arange(5), rng=1))
    """
    assert judged(body, "def shuffled(x, rng): return rng.permutation(x)")["outcome"]["kind"] == "passed"
    wrong = judged(body, "def shuffled(x, rng):\n    y = rng.permutation(x)\n    x[:] = y\n    return y")
    assert failed(wrong).keys() == {"unchanged"}


def test_an_int_is_a_float_and_a_tuple_no_list() -> None:
    body = "@solution\ndef pair(x): return (x, 2.0)\ninputs(case(x=1))"
    assert judged(body, "def pair(x): return (float(x), 2)")["outcome"]["kind"] == "passed"
    assert failed(judged(body, "def pair(x): return [x, 2.0]")).keys() == {"kind"}


# -- Starters ----------------------------------------------------------------------------------------------

STARTER = '''
@solution
def double(x):
    return 2 * x
inputs(case(x=1), case(x=4))
@starter
def double(x):
    """Return twice x."""
    y = ...  # your turn
    return y
'''


def test_a_starter_is_read_as_it_is_written() -> None:
    text = 'def double(x):\n    """Return twice x."""\n    y = ...  # your turn\n    return y'
    assert read(STARTER).starter == text
    module = reference.Reference("tried", HEAD + STARTER, None, {"__name__": "tried"}, text)
    assert module.definition.solutions["double"](4) == 8, "the solution stays what it was"
    body = STARTER + "@mistake(of=double)\ndef half(x):\n    'Half'\n    return x / 2"
    assert judged(body, "def double(x): return x / 2")["mistake"] == "half"


def test_starters_of_values_and_of_some_answers() -> None:
    body = "@solution\ndef a(): return 1\n@solution\ndef b(): return 2\n@starter\ndef b():\n    return 0"
    assert read(body).starter == "a = ...\n\nb = 0"
    tests = "script('A', 'assert f(1)', answers=['f', 'g'])\n@starter\ndef f(x):\n    pass"
    assert read(tests).starter == "def f(x):\n    pass\n\ng = ..."


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ("@starter\ndef triple(x): ...", "the starter 'triple' is of no answer"),
        ("exercise(starter='pass')", "there are two starters"),
        ("@starter(of=double)\ndef double(x): ...", "'starter' does not take these arguments"),
    ],
)
def test_what_is_wrong_with_a_starter(more: str, message: str) -> None:
    assert message in problems(STARTER + more)


def test_a_starter_can_count() -> None:
    body = "exercise(starter_counts=True)" + STARTER
    module = HEAD + body
    starter = read(body).starter
    counting = reference.Reference("tried", module, None, {"__name__": "tried"}, starter)
    assert (counting.untouched, counting.starter) == (None, {})


# -- Mistakes ----------------------------------------------------------------------------------------------


def test_an_edit_has_to_stand_in_the_solution_by_the_servers_word_too() -> None:
    body = STARTER + "m = mistake(edit=('return y', 'return x'), doc='Not doubled')"
    assert problems(body) == ["mistake 'm': the solution holds no 'return y'"]


def test_a_symptom_recognises_only_its_own_mistake() -> None:
    body = (
        DOUBLE
        + """
    @mistake
    def nudged(x):
        "Something small is added"
        return 2 * x + 1e-3
    @symptom(nudged)
    def by_a_constant(failing, passing):
        return not passing and len({round(row.got - row.want, 9) for row in failing}) == 1
    """
    )
    assert judged(body, "def double(x): return 2 * x + 0.5")["mistake"] == "nudged"
    assert judged(body, "def double(x): return 3 * x")["mistake"] is None


@pytest.mark.parametrize(
    ("code", "observation"),
    [
        ("return -A @ A", "wrong sign"), ("return (A @ A).T", "transpos"), ("return 3 * (A @ A)", "3 times"),
        ("return A @ A + 5", "5"), ("return (A @ A)[::-1]", "order"),
    ],
)  # fmt: skip
def test_free_diagnoses_hold_on_all_failing_inputs(code: str, observation: str) -> None:
    body = """
        @solution
        def squared(A): return A @ A
        inputs(case(A=np.array([[1.0, 2.0], [3.0, 5.0]])), case(A=np.array([[2.0, -1.0], [4.0, 3.0]])))
    """

    def told(code: str) -> str:
        verdict = judged(body, f"def squared(A):\n    {code}")
        return " ".join(str(check.get("observation")) for check in verdict["checks"])

    assert observation in told(code)
    assert observation not in told(code.replace("return ", "return A @ A @ A if A[0, 0] > 1 else "))


def test_where_the_right_answer_is_not_unique_no_expected_value_is_shown() -> None:
    body = """
        @solution
        def root(n): return 2.0
        inputs(case(n=4.0), case(n=4.5))
        @view
        def is_number(got): return isinstance(got, float)
        @check
        def squares(got):
            "Its square is near 4"
            near(got * got, 4.0)
    """
    assert judged(body, "def root(n): return -2.0")["outcome"]["kind"] == "passed"
    (text,) = failed(judged(body, "def root(n): return -3.0")).values()
    assert text == "9, needs 4 (rtol 1e-06)"


# -- Several tags, renames, broken modules -----------------------------------------------------------------

COURSE = (
    'name = "tried"\ntitle = "T"\n[[units]]\nname = "unit"\ntitle = "U"\nnotebook = "unit/unit.ipynb"\n'
    'exercises = ["double", "other"]\n'
)
PLAIN = HEAD + "@solution\ndef double(x): return 2 * x\ninputs(case(x=1), case(x=4))"
RIGHT = "def double(x):\n    return x + x"


@pytest.fixture
def unit(jp_root_dir: Path) -> Path:
    (jp_root_dir / "course.toml").write_text(COURSE)
    folder = jp_root_dir / "unit"
    folder.mkdir(exist_ok=True)
    (folder / "double.py").write_text(PLAIN)
    (folder / "other.py").write_text(PLAIN.replace("A title", "Another"))
    return folder


@pytest.mark.kernel
async def test_progress_follows_a_rename(panel: Panel, unit: Path) -> None:
    await panel.start()
    assert (await panel.judged(RIGHT)).outcome == wire.Passed(inputs=2)
    (unit / "double.py").rename(unit / "twice.py")
    (unit / "twice.py").write_text(PLAIN.replace("@solution", 'exercise(was=["double"])\n@solution', 1))
    (unit.parent / "course.toml").write_text(COURSE.replace('"double"', '"twice"'))
    for tag in ("double", "twice"):
        answer = await panel.exercises({"a": tag})
        (info,) = answer.exercises
        assert info.passed_at is not None, "what was learned is kept"
        assert (info.exercise, answer.problems, [one.exercise for one in answer.missing]) == ("twice", [], ["other"])
        assert (await panel.judged(RIGHT, "a", tag)).outcome == wire.Passed(inputs=2)
        assert (await panel.judged(RIGHT.replace("+", "-"), "a", tag)).outcome == wire.Failed()
        assert (await panel.hint("structure:runs", tag)).opened == []


@pytest.mark.kernel
async def test_an_old_name_that_is_in_use_is_another_exercise(panel: Panel, unit: Path) -> None:
    await panel.start()
    assert (await panel.judged(RIGHT)).outcome == wire.Passed(inputs=2)
    (unit / "other.py").write_text(PLAIN.replace("@solution", 'exercise(was=["double"])\n@solution', 1))
    first, second = (await panel.exercises({"a": "double", "b": "other"})).exercises
    assert first.passed_at is not None
    assert second.passed_at is None
