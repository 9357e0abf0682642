"""The course's questions: each exercise asks something, and a real kernel knows right answers from wrong ones."""

from __future__ import annotations

import re
import shutil
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import msgspec
import nbformat
import pytest
from course_answers import ANSWERS
from panel import Panel
from test_course import COURSE, EXERCISES, ROOT, UNIT_OF, read

from math4ml_lab import wire

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from math4ml_lab.course import Unit


@pytest.mark.parametrize("name", EXERCISES)
def test_each_exercise_asks_and_goes_on_asking(name: str) -> None:
    asked = {question.name: question for question in read(name).questions}
    assert list(asked) == list(ANSWERS[name].said)
    for question in asked.values():
        wrong = set(question.options) - set(question.right)
        assert question.form == "explain" or question.follow_up or (wrong and set(question.follow_ups) == wrong)


@pytest.mark.parametrize("name", EXERCISES)
def test_powers_stand_in_code_lest_their_stars_be_read_as_markdown(name: str) -> None:
    for question in read(name).questions:
        told = [question.text, *question.options, *question.follow_ups.values(), question.follow_up or ""]
        assert [text for text in told if "**" in re.sub(r"`[^`]*`", "", text)] == []


def test_nothing_comes_between_the_first_run_and_the_first_report() -> None:
    assert {question.when for question in read(COURSE.units[0].exercises[0]).questions} == {"after"}


async def said(panel: Panel, name: str, question: str, value: Any) -> wire.Answered:
    reply = await panel.post("answer", panel.answering(question, value, name))
    answer = msgspec.json.decode(reply, type=wire.Question).answer
    assert answer is not None
    return answer


@pytest.mark.kernel
@pytest.mark.timeout(120)
@pytest.mark.parametrize("name", EXERCISES)
async def test_right_and_wrong_answers_to_the_questions(
    name: str, jp_fetch: Callable[..., Awaitable[Any]], jp_serverapp: Any, jp_root_dir: Path
) -> None:
    shutil.copytree(ROOT, jp_root_dir, dirs_exist_ok=True)
    panel = Panel(jp_fetch, jp_serverapp)
    panel.path = UNIT_OF[name].notebook
    forms = {question.name: question.form for question in read(name).questions}
    await panel.start()
    try:
        await panel.run("import numpy as np", "setup")
        await panel.watch({"a": name})
        # A miss comes first, so that an exercise that wants one is content.
        await panel.judged(next(iter(ANSWERS[name].wrong.values()))[0], "a", name)
        report = await panel.judged(ANSWERS[name].right[0], "a", name)
        assert [question.name for question in report.questions] == list(ANSWERS[name].said)
        for question, (right, wrong) in ANSWERS[name].said.items():
            for value in wrong:
                answer = await said(panel, name, question, value)
                assert (answer.right, bool(answer.follow_up)) == (False, True), (question, value, answer)
            answer = await said(panel, name, question, right)
            is_free = forms[question] == "explain"
            assert answer.right is (None if is_free else True), (question, right, answer)
            assert not is_free or answer.truth, "a model sentence is there to be compared with"
    finally:
        panel.client.stop_channels()


@pytest.mark.parametrize(("unit", "after"), list(pairwise(COURSE.units)), ids=lambda unit: unit.name)
def test_each_notebook_leads_to_the_next_one(unit: Unit, after: Unit) -> None:
    notebook = nbformat.read(ROOT / unit.notebook, as_version=4)  # type: ignore[no-untyped-call]
    here = (ROOT / unit.notebook).parent
    links = re.findall(r"\]\(([^):]+\.ipynb)\)", notebook.cells[-1].source)
    assert [(here / link).resolve() for link in links] == [(ROOT / after.notebook).resolve()]


@pytest.mark.parametrize("unit", COURSE.units, ids=lambda unit: unit.name)
def test_links_between_notebooks_lead_somewhere(unit: Unit) -> None:
    notebook = nbformat.read(ROOT / unit.notebook, as_version=4)  # type: ignore[no-untyped-call]
    text = "\n".join(cell.source for cell in notebook.cells)
    for link in re.findall(r"\]\(([^):]+\.ipynb)\)", text):
        assert ((ROOT / unit.notebook).parent / link).is_file(), link
