"""What a typo is told as, whoever makes it: a learner's is no known mistake, an author's has its line."""

from __future__ import annotations

import pytest
from test_judge import judged, refer
from test_proof import MODULE, exercise

from math4ml_lab import catalogue
from math4ml_lab.authoring.code_in_hints import findings
from math4ml_lab.authoring.freezer import freeze
from math4ml_lab.errors import CatalogueError
from math4ml_lab.kernel.running import raised_at


def test_a_typo_is_no_mistake_by_its_exception_alone() -> None:
    text = '''
        from math4ml_lab.exercise import case, inputs, mistake, solution

        @solution
        def area(r):
            return r ** 2

        inputs(case(r=2), case(r=3))

        @mistake
        def boom(r):
            """Boom
            - Why?"""
            return total

        @mistake
        def misfit(r):
            """Misfit
            - Why?"""
            raise ValueError
    '''
    module = refer(text)
    assert judged(module, "def area(r):\n    return totl")["mistake"] is None
    assert judged(module, "def area(r):\n    import no_such_module")["mistake"] is None
    assert judged(module, "def area(r):\n    raise ValueError")["mistake"] == "misfit"


def test_a_hint_is_told_at_its_own_line() -> None:
    text = MODULE.replace("- Is it?", "- Is it?\n    -\n    - Or not?")
    line = text.splitlines().index("    -") + 1
    with pytest.raises(CatalogueError, match=f"line {line}: check 'even' has an empty hint"):
        exercise(text)
    text = MODULE.replace("- Count.", "- Count.\n    - Take `FACTOR * helper(x)`.")
    (finding,) = findings(catalogue.read_exercise(text, "twice"), text, "twice.py")
    assert text.splitlines()[finding.line - 1].strip().startswith("- Take")


def test_what_a_module_raises_is_told_at_its_line() -> None:
    with pytest.raises(NameError) as raised:
        freeze("twice", MODULE.replace("inputs(x=ints", "inputs(x=int_s"), [])
    line = raised_at(raised.value.__traceback__, "twice")
    assert line is not None
    assert MODULE.splitlines()[line - 1].startswith("inputs(")
