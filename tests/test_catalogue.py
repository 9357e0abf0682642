import ast
import contextlib
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from math4ml_lab import catalogue, hints, module_names
from math4ml_lab.catalogue import Videos, read_exercise
from math4ml_lab.errors import CatalogueError
from math4ml_lab.hints import ClipRef

IMPORTS = (
    "from math4ml_lab.exercise import case, check, exercise, inputs, ints, mistake, near, solution, symptom, view\n"
)
RANK_K = '''"""Best rank-k approximation
- Which of the three factors decides the rank?
- Keep k singular values and what belongs to them;
  on a 3 by 2 matrix, by hand.

- Cut U's columns, the values, and Vt's rows to k; multiply."""
import numpy as np
from math4ml_lab.exercise import check, exercise, inputs, ints, matrices, mistake, near, solution, symptom

exercise(points=2, video="LA@2031-2295", needs=["svd-throw-rename-insert"], was=["best-rank"])

@solution
def rank_k(A, k=1, *more, full=False) -> "array":
    U, s, Vt = np.linalg.svd(A, full_matrices=False)
    return (U[:, :k] * s[:k]) @ Vt[:k]

inputs(A=matrices((1, 4), (1, 4)), k=lambda A: ints(1, min(A.shape)))

@check
def optimal(got, A, k):
    """The error is the next
    singular value @33:51
    - Print the singular values of A - result.
    - Whatever you do, the part after the k-th is lost."""
    near(1, 1)

@check(of=rank_k, k=np.int64(1))
def rank(got): "The rank is at most k"

@mistake
def v_not_vt(A, k):
    """svd() returns Vt, not V @KEY@473
    - Multiply all three factors, uncut."""

uncut = mistake(edit=("s[:k]", "s"), doc="""All singular values were kept
    - How many are left?""", of=rank_k)

@symptom(v_not_vt)
def _(failing, passing): return True
'''
VIDEOS = """
[LA]
title = "Linear Algebra"
url = "https://www.youtube.com/watch?v=uZeDTwWcnuY"
chapters = ["0:00 Introduction", "Somewhere"]
["KEY"]
title = "Short"
url = "https://youtu.be/abc?t=3"
["MC3.2"]
title = "A page"
url = "https://ocw.mit.edu/courses/18-s096/"
[MLG8]
title = "Audio"
url = "https://ocdevel.com/mlg/8.mp3"
"""


def module(body: str, title: str = "A title") -> str:
    return f'"""{title}"""\n{IMPORTS}{body}\n'


def problems(source: str, videos: Videos | None = None) -> list[tuple[int, str]]:
    with pytest.raises(CatalogueError) as caught:
        read_exercise(source, "an-exercise", videos)
    assert all(problem.fix and problem.line >= 1 for problem in caught.value.problems)
    assert "an_exercise.py" in str(caught.value)
    return [(problem.line, problem.message) for problem in caught.value.problems]


# -- What is read ------------------------------------------------------------------------------------------


def test_a_whole_module() -> None:
    read = read_exercise(RANK_K, "rank-k", catalogue.read_videos(VIDEOS))
    assert (read.name, read.title, read.points) == ("rank-k", "Best rank-k approximation", 2)
    assert read.rungs[1:] == (
        "Keep k singular values and what belongs to them; on a 3 by 2 matrix, by hand.",
        "Cut U's columns, the values, and Vt's rows to k; multiply.",
    )
    assert read.needs == ("svd-throw-rename-insert",)
    assert read.was == ("best-rank",)
    assert read.video == read.clip == ClipRef("LA", 2031, 2295)
    assert read.answers == (catalogue.Answer("rank_k", "function"),)
    assert read.starter == "def rank_k(A, k=1, *more, full=False) -> 'array':\n    ..."
    assert [(check.name, check.title, check.of) for check in read.checks] == [
        ("optimal", "The error is the next singular value", None),
        ("rank", "The rank is at most k", "rank_k"),
    ]
    assert read.checks[0].clip == ClipRef("LA", 2031)
    assert [(mistake.name, mistake.of, mistake.clip) for mistake in read.mistakes] == [
        ("v_not_vt", None, ClipRef("KEY", 473)),
        ("uncut", "rank_k", None),
    ]
    assert read.mistakes[1].rungs == ("How many are left?",)
    assert read.symptoms == ("v_not_vt",)
    assert len(read.digest) == 64
    assert read.wants_a_failure_first is None


def test_digests_are_those_of_the_source_and_of_the_frozen_battery() -> None:
    battery = pytest.importorskip("math4ml_lab.kernel.battery")
    read = read_exercise(RANK_K, "rank-k")
    assert read.inputs_digest == battery.digest(RANK_K)
    other = read_exercise(RANK_K + "# more\n", "rank-k")
    assert (other.digest != read.digest, other.inputs_digest) == (True, read.inputs_digest)


@pytest.mark.parametrize(
    ("statement", "prefix"),
    [
        ("from math4ml_lab.exercise import *", ""),
        ("from math4ml_lab.exercise import check, inputs, solution", ""),
        ("import math4ml_lab.exercise as m", "m."),
        ("import math4ml_lab.exercise", "math4ml_lab.exercise."),
        ("from math4ml_lab import exercise as e", "e."),
    ],
)
def test_names_are_recognised_however_they_are_imported(statement: str, prefix: str) -> None:
    source = (
        f'"""T"""\n{statement}\n@{prefix}solution\ndef f(x): ...\n{prefix}inputs(x=1)\n@{prefix}check\ndef c(): "C"\n'
    )
    read = read_exercise(source, "f")
    assert ([a.kind for a in read.answers], [c.name for c in read.checks]) == (["function"], ["c"])


def test_an_alias_is_recognised_and_a_namesake_is_not() -> None:
    source = '"""T"""\nfrom math4ml_lab.exercise import check as c, solution as s\n@s\ndef f(): ...\n'
    source += '@c\ndef one(): "One"\n@check\ndef two(): ...\n@self.check\ndef three(): ...\n'
    assert [check.name for check in read_exercise(source, "f").checks] == ["one"]


def test_answers_without_inputs_are_values() -> None:
    read = read_exercise(module("@solution\ndef V(W, X): return X @ W\n@solution\ndef W(): return 1"), "v")
    assert [(answer.name, answer.kind) for answer in read.answers] == [("V", "value"), ("W", "value")]
    assert read.starter == "V = ...\n\nW = ..."


def test_a_class_is_an_answer() -> None:
    read = read_exercise(module("@solution\nclass Dual:\n    v = 1\ninputs(x=1)"), "dual")
    assert (read.answers[0].kind, read.starter) == ("class", "class Dual:\n    ...")


def test_a_starter_is_kept_as_it_is_written() -> None:
    source = module('exercise(starter="""\n    def f(x):\n        return x\n    """)\n@solution\ndef f(x): return 2')
    assert read_exercise(source, "f").starter == "def f(x):\n    return x"


@pytest.mark.parametrize(
    ("text", "title"),
    [("True", hints.FAIL_FIRST.title), ('"Miss it\\n- Why?"', "Miss it"), ("False", None)],
)
def test_a_failure_first(text: str, title: str | None) -> None:
    ladder = read_exercise(
        module(f"exercise(wants_a_failure_first={text})\n@solution\ndef f(): ..."), "f"
    ).wants_a_failure_first
    assert (ladder and ladder.title) == title


def test_the_names_are_those_of_the_authors_module() -> None:
    authors = ast.parse(Path(catalogue.__file__).with_name("exercise.py").read_text(encoding="utf-8"))
    assigned = {ast.unparse(node.targets[0]): node.value for node in authors.body if isinstance(node, ast.Assign)}
    assert set(ast.literal_eval(assigned["__all__"])) == module_names.API, "update module_names.API"


def test_the_free_checks_are_those_of_the_kernel() -> None:
    structure = pytest.importorskip("math4ml_lab.kernel.structure")
    assert structure.TITLES == hints.FREE_CHECKS


def test_nothing_is_run(tmp_path: Path) -> None:
    target = tmp_path / "touched"
    body = f"open({str(target)!r}, 'w')\nimport no_such_module\n@solution\ndef f(): ...\nraise SystemExit"
    assert read_exercise(module(body), "f").answers
    assert not target.exists()


# -- What is refused ---------------------------------------------------------------------------------------

SOLVED = "@solution\ndef f(x): ...\ninputs(x=1)\n"


@pytest.mark.parametrize(
    ("body", "line", "message"),
    [
        ("x = 1", 1, "defines no @solution"),
        (SOLVED + "@check\ndef c(): ...", 7, "check 'c' has no title"),
        (SOLVED + '@check\ndef c(): "- a hint first"', 7, "check 'c' has no title"),
        (SOLVED + '@check\ndef c(): "@33:51"', 7, "has no title"),
        (SOLVED + '@check\ndef c(): "T @33:51"', 7, "names no video"),
        (SOLVED + '@check\ndef c(): "T @LA@20-10"', 7, "ends before it starts"),
        (SOLVED + '@mistake\ndef c():\n    """T\n    - """', 9, "empty hint"),
        (SOLVED + '@mistake\ndef c():\n    """T\n    -\n    - b"""', 9, "empty hint"),
        (SOLVED + '@mistake\ndef c():\n    """T\n    - 1\n    - 2\n    - 3\n    - 4"""', 7, "has 4 hints"),
        (SOLVED + '@check\ndef c(): "T $\\frac12$"', 7, "control character"),
        (SOLVED + "from math4ml_lab.exercise import chek", 6, "has no 'chek'"),
        ("import math4ml_lab.exercise as m\n" + SOLVED + '@m.chek\ndef c(): "T"', 7, "'chek' is no decorator"),
        (SOLVED + '@near\ndef c(): "T"', 6, "'near' is no decorator"),
        (SOLVED + '@check\ndef f(): "T"', 7, "'f' is defined twice"),
        (SOLVED + '@mistake\ndef a(): "T"\n@check\ndef a(): "T"', 9, "'a' is defined twice"),
        (SOLVED + '@check\ndef finite(got): "T"', 7, "every exercise has"),
        (SOLVED + '@check(of=g)\ndef c(): "T"', 6, "of=g names no solution"),
        (SOLVED + '@mistake(of="f")\ndef c(): "T"', 6, "of='f' names no solution"),
        ("@view(of=f)\ndef v(): ...\n" + SOLVED, 3, "of=f names no solution"),
        (SOLVED + '@check("T")\ndef c(): "T"', 6, "does not take these arguments"),
        (SOLVED + '@mistake(Z=1)\ndef c(): "T"', 6, "does not take these arguments"),
        (SOLVED + '@check(**{})\ndef c(): "T"', 6, "does not take these arguments"),
        ("@solution()\ndef f(x): ...", 3, "does not take these arguments"),
        (SOLVED + "@symptom(other)\ndef s(): ...", 6, "names no mistake"),
        (SOLVED + "@symptom\ndef s(): ...", 6, "names no mistake"),
        (SOLVED + 'm = mistake(edit="ab", doc="T")', 6, "no edit"),
        (SOLVED + 'm = mistake(edit=("a", 1), doc="T")', 6, "no edit"),
        (SOLVED + 'm = mistake(edit=("a", "b"), doc="")', 6, "mistake 'm' has no title"),
        (SOLVED + 'm = mistake(edit=("a", "b"))', 6, "mistake 'm' has no title"),
        (SOLVED + 'mistake(edit=("a", "b"), doc="T")', 6, "'mistake' is used where it is not read"),
        (SOLVED + "if True:\n    @check\n    def c(): ...", 7, "'check' is used where it is not read"),
        (SOLVED + "class C:\n    x = 1\nfor i in []: inputs(x=i)", 8, "'inputs' is used where it is not read"),
        ("e = exercise(points=2)\n" + SOLVED, 3, "'exercise' is used where it is not read"),
        ("exercise(point=2)\n" + SOLVED, 3, "has no setting 'point'"),
        ("exercise(points=-1)\n" + SOLVED, 3, "points= is not a number"),
        ("exercise(points=1e999)\n" + SOLVED, 3, "points= is not a number"),
        ("exercise(points=TWO)\n" + SOLVED, 3, "points= is not a number"),
        ("exercise(points=True)\n" + SOLVED, 3, "points= is not a number"),
        ('exercise(needs="a")\n' + SOLVED, 3, "needs= is not a list"),
        ('exercise(needs=["Not a tag"])\n' + SOLVED, 3, "needs= is not a list"),
        ("exercise(2)\n" + SOLVED, 3, "by name only"),
        ("exercise(**{})\n" + SOLVED, 3, "has no setting None"),
        ('exercise(video="a b")\n' + SOLVED, 3, "is no clip"),
        ("exercise(starter_counts=1)\n" + SOLVED, 3, "starter_counts= is not"),
    ],
)
def test_an_authors_error_has_its_line(body: str, line: int, message: str) -> None:
    found = problems(module(body))
    assert any(at == line and message in text for at, text in found), found


def test_all_problems_are_told_by_line() -> None:
    found = problems(module("exercise(point=2)\n@check\ndef c(): ...\nfrom math4ml_lab.exercise import nothing"))
    assert [line for line, _ in found] == sorted(line for line, _ in found)
    assert len(found) == 4


def test_a_long_list_of_problems_is_counted() -> None:
    body = "\n".join(f"exercise(bad{number}=1)" for number in range(20))
    with pytest.raises(CatalogueError, match="and 16 more"):
        read_exercise(module(body), "f")


@pytest.mark.parametrize(
    "source",
    [
        "", "def f(:", "x = 1\0", '"""T"""\n' + "x" * 10_000_000, "-" * 200_000 + "1", "(" * 500 + ")" * 500,
        "a" + ".a" * 100_000, "1" + "+1" * 100_000, "x = " + "[" * 90 + "]" * 90, "\ud800", "\ufeffx", "if 1:\nx",
        "lambda: " * 5_000 + "1", "9" * 5_000, "'\\N{nothing}'", "'''", "@" * 1000, "if x:\n" * 3, "exercise(",
        IMPORTS + "@solution\ndef f(x=" + "-" * 900 + "1): ...", IMPORTS + "exercise(points=" + "-" * 900 + "1)",
    ],
)  # fmt: skip
def test_whatever_stands_there_only_a_catalogue_error_is_raised(source: str) -> None:
    assert problems(source)


PARTS = [
    *"@()=,\n\"':[]x1", "    ", "- ", "check", "solution", "inputs", "exercise", "mistake", "of", "edit", "doc",
    "def f(x): ...", "\n@", "class C:", '"""T"""',
]  # fmt: skip


@given(st.lists(st.sampled_from(PARTS)))
def test_shuffled_parts_raise_nothing_else(parts: list[str]) -> None:
    with contextlib.suppress(CatalogueError):
        read_exercise(IMPORTS + "".join(parts), "f")


def test_an_unknown_video_is_a_problem_where_a_course_has_videos() -> None:
    source = module('exercise(video="NO@3")\n@solution\ndef f(): ...\n@check\ndef c(): "T @LB@4"')
    assert [line for line, _ in problems(source, catalogue.read_videos(VIDEOS))] == [3, 7]
    assert read_exercise(source, "f", Videos()).video == ClipRef("NO", 3)
    assert Videos().clip(ClipRef("NO", 3)) is None
