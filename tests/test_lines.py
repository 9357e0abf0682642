"""Code as lines: which there are, which orders are right, and the puzzles that a solution makes."""

from __future__ import annotations

import ast
import itertools

import pytest
from hypothesis import given, strategies as st

from math4ml_lab.catalogue import read_exercise
from math4ml_lab.lines import code_lines, misplaced, normalised
from math4ml_lab.puzzles import puzzle

IMPORTS = '"""A title"""\nfrom math4ml_lab.exercise import *\n'
LONG = """def f(A, k):
    left = A @ A.T
    right = k + 1
    for _ in range(k):
        left = left * right
    return left"""


# -- Lines of code -----------------------------------------------------------------------------------------


def test_lines_are_code_only() -> None:
    text = '''
def f(a,
      b):  # comment
    """Doc
    more"""

    # comment
    c = g(
        a, "# none",
        b)
    d = a \\
        + b
    return """one
  two"""
'''
    assert code_lines(text) == [
        "def f(a, b):", '    c = g(a, "# none", b)', "    d = a + b", '    return """one\n  two"""',
    ]  # fmt: skip
    assert code_lines("%time x\n\n  y = (") == ["%time x", "  y = ("]


def test_lines_lose_nothing_but_layout() -> None:
    text = "class A:\n    'doc'\n    def b(self, x):\n        'doc'\n        if x:\n            return {1:\n 2}\n"
    text += "        return f'{x}'\n"
    assert normalised("\n".join(code_lines(text))) == normalised(text)


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("def f(x): return 2*x", 'def f(x: int) -> int:\n    "doc"\n    return (2 * x)  # twice', True),
        ("def f(x): return 2*x", "def f(x): return x*2", False),
        ("def f(x): return 2*x", "def f(y): return 2*y", False),
    ],
)
def test_normalised_texts(one: str, other: str, is_same: bool) -> None:  # noqa: FBT001
    assert (normalised(one) == normalised(other)) is is_same


STATEMENTS = [
    "a = x",
    "b = y",
    "c = a + b",
    "a = a + 1",
    "b[0] = 2",
    "log.append(a)",
    "d = rng.normal()",
    "e = rng.f()",
]
programs = st.lists(st.sampled_from(STATEMENTS), min_size=2, max_size=5)


def swaps(order: tuple[str, ...]) -> set[tuple[str, ...]]:
    """Return all orders that swaps of independent neighbours lead to: the definition, step by step."""
    found, new = {order}, [order]
    while new:
        one = new.pop()
        for place in range(len(one) - 1):
            if not depends(one[place], one[place + 1]):
                other = (*one[:place], one[place + 1], one[place], *one[place + 2 :])
                if other not in found:
                    found.add(other)
                    new.append(other)
    return found


def depends(one: str, other: str) -> bool:
    reads = {"a = x": "x", "b = y": "y", "c = a + b": "ab", "a = a + 1": "a", "b[0] = 2": "b", "log.append(a)": "al"}
    writes = {"a = x": "a", "b = y": "b", "c = a + b": "c", "a = a + 1": "a", "b[0] = 2": "b", "log.append(a)": "al"}
    sides = [(set(reads.get(text, "r")), set(writes.get(text, text[0] + "r"))) for text in (one, other)]
    return bool(sides[0][1] & (sides[1][0] | sides[1][1]) or sides[0][0] & sides[1][1])


@given(programs)
def test_an_order_is_right_when_swaps_of_independent_statements_lead_to_it(program: list[str]) -> None:
    right = swaps(tuple(program))
    for order in set(itertools.permutations(program)):
        wrong = misplaced(program, order)
        assert wrong is not None
        assert (wrong == []) == (order in right), (order, wrong)


@given(st.permutations(range(6)))
def test_of_lines_that_depend_on_each_other_as_few_as_may_be_are_wrong(order: list[int]) -> None:
    lines = [f"line number {number}" for number in range(6)]
    wrong = misplaced(lines, [lines[number] for number in order])
    assert wrong is not None
    kept = [number for place, number in enumerate(order) if place not in wrong]
    assert kept == sorted(kept)
    longest = max(
        size for size in range(7) for some in itertools.combinations(order, size) if list(some) == sorted(some)
    )
    assert len(kept) == longest


def test_blocks_stay_where_they_are_and_definitions_follow_in_any_order() -> None:
    lines = code_lines(
        "def f(x):\n  a = 1\n  b = 2\n  for i in x:\n    c = i\n    d = x\n  e = 3\n  return a\ndef g(x):\n  return 4"
    )
    assert misplaced(lines, [*lines[:1], lines[2], lines[1], *lines[3:]]) == []
    assert misplaced(lines, [*lines[:4], lines[5], lines[4], *lines[6:]]) == []
    assert misplaced(lines, [*lines[8:], *lines[:8]]) == []
    assert misplaced(lines, [lines[0], lines[6], *lines[1:6], *lines[7:]]) == [1]
    assert misplaced(lines, [*lines[:7], lines[8], lines[7], lines[9]])
    assert misplaced(lines, lines[1:]) is None


@pytest.mark.parametrize("lines", [["encode", "move", "decode"], ["A", "A.T", "A.T @ A"], ["(1)", "(2)", "(3)"]])
def test_words_stay_where_they_are_though_python_reads_them(lines: list[str]) -> None:
    for order in itertools.permutations(lines):
        assert bool(misplaced(lines, order)) is (list(order) != lines)


def test_equal_lines_change_places() -> None:
    lines = ["if a:", "    return 1", "if b:", "    return 1"]
    assert misplaced(lines, [lines[0], lines[3], lines[2], lines[1]]) == []


# -- Puzzles -----------------------------------------------------------------------------------------------


@given(st.text(min_size=1))
def test_a_long_solution_is_shuffled_and_never_in_order(seed: str) -> None:
    solution = LONG
    made = puzzle(solution, [], seed)
    assert sorted(made.lines) == sorted(made.right) == sorted(code_lines(solution))
    assert misplaced(made.right, made.lines)
    assert made == puzzle(solution, [], seed)


SHORT = "def f(X, k):\n    {}"
statements = st.sampled_from(
    ["return X.T @ X", "return np.sum(X, axis=1) - k", "return X[k]", "return k ** 2", "return False",
     "return X if k else -X"]
)  # fmt: skip


@given(statements, st.lists(statements, max_size=2), st.text())
def test_a_short_solution_is_chosen_line_by_line(right: str, wrong: list[str], seed: str) -> None:
    made = puzzle(SHORT.format(right), [SHORT.format(text).replace("f(", "slip(") for text in wrong], seed)
    assert made.slots[0] == ["def f(X, k):"]
    assert made.right[1].strip() == ast.unparse(ast.parse(right))
    assert made.slots[1].count(made.right[1]) == 1
    assert 2 <= len(made.slots[1]) == len(set(made.slots[1])) <= 4
    for line in made.slots[1]:
        ast.parse(f"{made.right[0]}\n{line}")
        assert line.startswith("    ")
    for text in {ast.unparse(ast.parse(text)) for text in wrong if text != right}:
        assert f"    {text}" in made.slots[1], "a mistake's own line comes first"


def test_a_mistake_speaks_the_solutions_names() -> None:
    wrong = "def ones(B, _j):\n    return np.ones(B) + _help(B)"
    other = "def ones(B, _j):\n    return np.ones(B) + _j"
    made = puzzle(SHORT.format("return np.ones(k) + X"), [wrong, other], "seed")
    assert "    return np.ones(X) + k" in made.slots[1]
    assert not any("_help" in line for line in made.slots[1])


def test_a_switch_the_other_way_round_is_no_wrong_line() -> None:
    made = puzzle(SHORT.format("return np.linalg.svd(X, full_matrices=False)[k + 1]"), [], "seed")
    assert len(made.slots[1]) > 1
    assert all("full_matrices=False" in line for line in made.slots[1])


def test_values_are_no_functions() -> None:
    text = (
        IMPORTS
        + '@solution\ndef V(W, X):\n    "Doc"\n    half = X / 2\n    return half @ (\n        W)\n'
        + "@solution\ndef n(): return 2\n"
    )
    assert read_exercise(text, "v").solution == "half = X / 2\nV = half @ (\n    W)\nn = 2"
