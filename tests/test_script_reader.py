"""Tests that came from elsewhere, read as text: what is known of them, and what is wrong with them, by line."""

from __future__ import annotations

import pytest

from math4ml_lab import catalogue
from math4ml_lab.course import Answer
from math4ml_lab.errors import CatalogueError

IMPORTED = '''"""Squares
- What is a square?"""
from math4ml_lab.exercise import exercise, script, transcript

exercise(answers=["squares"], flaky="rounding decides")

transcript("""Two squares @0:12
    - Try it with two.
    - Multiply.""", r"""
>>> squares(2)
[1, 4]
""", setup="n = 3", names=["W"])

script("It refuses text", "assert squares(1) == [1]", answers=["refuses"], hidden=True, name="text")
'''
HEAD = '"""A title"""\nfrom math4ml_lab.exercise import *\nexercise(answers=["f"])\n'


def problems(body: str, head: str = HEAD) -> list[tuple[int, str]]:
    with pytest.raises(CatalogueError) as caught:
        catalogue.read_exercise(head + body, "tried")
    assert all(problem.fix for problem in caught.value.problems)
    return [(problem.line, problem.message) for problem in caught.value.problems]


def test_a_module_of_tests_needs_no_solution() -> None:
    read = catalogue.read_exercise(IMPORTED.replace(" @0:12", ""), "squares")
    assert read.answers == (Answer("squares", "any"), Answer("refuses", "any"))
    assert [(check.name, check.title, check.rungs, check.hidden) for check in read.checks] == [
        ("transcript_1", "Two squares", ("Try it with two.", "Multiply."), False),
        ("text", "It refuses text", (), True),
    ]
    assert (read.solution, read.flaky) == ("", "rounding decides")
    assert read.starter == "squares = ...\n\nrefuses = ..."


def test_tests_stand_beside_a_solution() -> None:
    body = "@solution\ndef f(x): return x\ninputs(case(x=1))\ntranscript('One', '>>> f(1)\\n1')"
    read = catalogue.read_exercise(HEAD + body, "tried")
    assert [answer.kind for answer in read.answers] == ["function"]
    assert read.solution


@pytest.mark.parametrize(
    ("body", "line", "message"),
    [
        ("script('A')", 4, "does not take these arguments"),
        ("script('A', '1', '2')", 4, "does not take these arguments"),
        ("script('A', '1', steup='')", 4, "does not take these arguments"),
        ("script('A', some_text)", 4, "text= of script(...) is not a text"),
        ("script(\n'A', 'f = (')", 5, "the text of script(...) cannot be read"),
        ("script('A', '''f = 1\ng = (''')", 5, "the text of script(...) cannot be read"),
        ("script('A', '%matplotlib inline')", 4, "the text of script(...) cannot be read"),
        ("script('A', '1', setup='import')", 4, "the setup of script(...) cannot be read"),
        ("script('', '1')", 4, "script 'script_1' has no title"),
        ("script('A\\n- ', '1')", 4, "has an empty hint"),
        ("script('A', '1', names='W')", 4, "names= of script(...) is not a list of names"),
        ("script('A', '1', answers=['a b'])", 4, "answers= of script(...) is not a list of names"),
        ("script('A', '1', hidden=1)", 4, "hidden= of script(...) is not True or False"),
        ("script('A', '1', name='a b')", 4, "name= of script(...) is not a name"),
        ("script('A', '1', name='agrees')", 4, "'agrees' is a name that every exercise has"),
        ("script('A', '1', name='b')\nscript('A', '1', name='b')", 5, "'b' is defined twice"),
        ("transcript('A', 'f(1)')", 4, "the text of transcript(...) cannot be read: there is no prompt in it"),
        ("transcript('A', '>>>f(1)')", 4, "the text of transcript(...) cannot be read"),
        ("transcript('A', '>>> f(')", 4, "the text of transcript(...) cannot be read"),
        ("if True:\n    script('A', '1')", 5, "'script' is used where it is not read"),
        ("@script\ndef f(): ...", 4, "'script' is no decorator"),
        ("script('A', '1')\n@mistake\ndef m(): 'Wrong'", 1, "'m' needs a @solution"),
        ("script('A', '1')\n@check\ndef c(): 'Right'", 1, "'c' needs a @solution"),
        ("exercise(flaky='')\nscript('A', '1')", 4, "flaky= is not a text that says why"),
        ("exercise(answers='f')\nscript('A', '1')", 4, "answers= is not a list of names"),
    ],
)
def test_what_is_wrong_is_told_by_line(body: str, line: int, message: str) -> None:
    found = problems(body)
    assert any(at == line and message in text for at, text in found), found


def test_what_the_learner_defines_has_to_be_said() -> None:
    found = problems("script('A', '1')", HEAD.replace("exercise(", "# exercise("))
    assert found == [(1, "the module does not say what the learner defines")]
