"""What a symptom of a stripped exercise finds behind a view."""

from __future__ import annotations

from test_strip import reference, told

from math4ml_lab.kernel.definition import Row

VIEWED = '''"""Sorted
- Which order?"""
from math4ml_lab.exercise import case, inputs, mistake, solution, symptom, view


@solution
def arranged(v):
    return sorted(v)


inputs(case(v=[3, 1, 2]), case(v=[2, 1]))


@view
def as_text(got):
    return str(got)


@mistake
def backwards(v):
    """Backwards
    - Which end?"""
    return sorted(v)[::-1]


@symptom(backwards)
def ends_alike(failing, passing):
    return all(row.got[1] == str(backwards(row.inputs["v"])[0]) for row in failing)
'''


def test_a_symptom_under_a_view_finds_what_was_returned() -> None:
    text, answers = told(VIEWED)
    assert "[::-1]" not in text
    found = reference(text, answers)
    assert [one.value for one in found.solution["arranged"]] == ["[1, 2, 3]", "[1, 2]"], "the view's"
    assert (found.namespace["arranged"]([2, 1]), found.namespace["backwards"]([2, 1])) == ([1, 2], [2, 1])
    shows = found.definition.symptoms["backwards"]
    assert shows([Row({"v": [3, 1, 2]}, "[3, 1]", "", {})], [])
    assert not shows([Row({"v": [3, 1, 2]}, "[2, 1]", "", {})], [])


def test_what_is_no_plain_data_stays_behind_its_view() -> None:
    source = VIEWED.replace("return sorted(v)\n", "return [lambda: sorted(v)]\n").replace("str(got)", "str(got[0]())")
    source = source.replace("sorted(v)[::-1]", "[lambda: sorted(v)[::-1]]")
    text, answers = told(source)
    assert "returned" not in answers
    assert [one.value for one in reference(text, answers).solution["arranged"]] == ["[1, 2, 3]", "[1, 2]"]
