"""`%load_ext math4ml_lab` in real kernels: what a learner sees where there is no server extension."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from plain_notebook import CAREFUL, PlainNotebook, write_course
from test_runner import DOUBLE, LOOP, RIGHT, WRONG

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = [pytest.mark.kernel, pytest.mark.timeout(120)]


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PlainNotebook]:
    folder = tmp_path_factory.mktemp("course")
    unit = write_course(folder, careful=CAREFUL)
    with PlainNotebook(unit, {"JUPYTER_DATA_DIR": str(folder / "data")}) as notebook:
        said = notebook.run("%load_ext math4ml_lab")
        assert said == "math4ml: 3 exercises of A tried course: run a cell that answers one.\n"
        yield notebook


@pytest.fixture
def notebook(tmp_path: Path) -> Iterator[PlainNotebook]:
    with PlainNotebook(write_course(tmp_path)) as own:
        yield own


# -- Reports -----------------------------------------------------------------------------------------------


def test_a_wrong_answer_is_explained_below_its_cell_and_a_right_one_passes(shared: PlainNotebook) -> None:
    shared.run(WRONG)
    page = shared.says("double", "not yet right")
    assert "1, needs 2 (rtol 1e-06)" in page
    assert "x=1" in page
    assert "your line 3: <code>return y</code>" in page
    assert "This looks like a known slip." in page
    shared.run(RIGHT)
    assert "Every claim holds, on 3 inputs." in shared.says("double", "passed")


def test_a_new_run_replaces_the_box_wherever_it_stands(shared: PlainNotebook) -> None:
    for code in (WRONG, RIGHT, WRONG):
        shared.run(code)
        shared.says("double", "passed" if code == RIGHT else "not yet right")
    assert len([page for page in shared.pages() if 'data-math4ml="double"' in page]) == 1
    widgets = sum(model.get("_model_name") == "ButtonModel" for model in shared.models.values())
    assert widgets == len(shared.boxes())


def test_the_kernel_is_free_while_an_endless_loop_is_checked(shared: PlainNotebook) -> None:
    shared.run(LOOP.replace("double", "triple"))
    assert "checking…" in shared.page("triple")
    assert shared.run("print(6 * 7)") == "42\n"
    assert "checking…" in shared.page("triple")
    assert "still computing after 1 s" in shared.says("triple", "took too long")


def test_a_cell_that_raises_or_is_no_python_is_a_state_of_its_own(shared: PlainNotebook) -> None:
    shared.run("triple = 3\nraise ValueError('<b>no</b>')")
    page = shared.says("triple", "the cell raised an error")
    assert "ValueError: &lt;b&gt;no&lt;/b&gt;" in page
    shared.run("def triple(x)\n    return 3 * x")
    assert "SyntaxError" in shared.says("triple", "SyntaxError")


def test_what_a_learner_writes_is_never_markup(shared: PlainNotebook) -> None:
    evil = "<script>alert(1)</script>"
    shared.run(f"def double(x):  # {evil}\n    print({evil!r})\n    return {evil!r}")
    shared.says("double", "not yet right")
    shared.run(f"class Evil(Exception): pass\ndef triple(x):\n    raise Evil({evil!r})")
    shared.says("triple", "not yet right")
    shared.run(f"class Odd:\n    def __repr__(self): return {evil!r}\ndef careful(x):\n    return Odd()")
    shared.says("careful", "not yet right")
    pages = "".join(shared.pages())
    assert "<script" not in pages
    assert pages.count("&lt;script&gt;") >= 2


def test_clips_are_links_that_open_a_new_tab(shared: PlainNotebook) -> None:
    shared.run("def triple(x):\n    return 3 * x")
    link = 'href="https://www.youtube.com/watch?v=abc&amp;t=61s" target="_blank" rel="noopener noreferrer"'
    page = shared.says("triple", "passed")
    assert link in page
    assert "Watch 1:01 — A video &lt;b&gt;bold&lt;/b&gt;" in page
    assert "A third of it is <code>x</code>" in page


def test_an_exercise_that_asks_for_it_is_checked_under_guard(shared: PlainNotebook) -> None:
    shared.run("def careful(x):\n    return x + 1")
    assert "inside the kernel itself" in shared.says("careful", "passed")


def test_two_exercises_in_one_cell_have_a_box_each(shared: PlainNotebook) -> None:
    shared.run(f"{RIGHT}\n\ndef triple(x):\n    return 0 * x")
    assert "passed" in shared.says("double", "passed")
    assert "not yet right" in shared.says("triple", "not yet right")


def test_a_cell_says_which_exercise_it_answers(shared: PlainNotebook) -> None:
    shared.run("# exercise: triple\ndel triple")
    assert "not yet right" in shared.says("triple", "triple is defined")
    shared.run("%exercise double\ndef helper(x):\n    return x\ndouble = helper")
    shared.says("double", "not yet right")
    assert "no exercise 'nowhere'" in shared.run("%exercise nowhere\nkept = 3")
    assert shared.value("kept") == "3"


def test_other_cells_and_cell_magics_are_left_alone(shared: PlainNotebook) -> None:
    boxes = len(shared.boxes())
    assert shared.run("a = 1\nprint(a)") == "1\n"
    shared.run("?")
    assert len(shared.boxes()) == boxes
    shared.run(f"%%time\n{RIGHT}", cell_id="an id of the front end's own")
    shared.says("double", "passed")


# -- Hints -------------------------------------------------------------------------------------------------


def test_hints_open_by_the_button_through_their_gates(notebook: PlainNotebook) -> None:
    notebook.run("%load_ext math4ml_lab")
    notebook.run(WRONG)
    notebook.says("double", "not yet right")
    assert "What is the square of 3?" not in notebook.page("double")
    notebook.click("Hint 1 of 1")
    assert "<p>What is the square of 3?</p>" in notebook.says("double", "What is the square")
    notebook.run("%reload_ext math4ml_lab")
    notebook.run(WRONG)
    page = notebook.says("double", "What is the square")
    assert "not yet right" in page


def test_a_closed_gate_says_when_it_opens(notebook: PlainNotebook) -> None:
    notebook.run("%load_ext math4ml_lab")
    notebook.run("def double(x):\n    return 'no number'")
    notebook.says("double", "not yet right")
    notebook.click("Hint 1 of 3")
    notebook.says("double", "hand back")
    (waiting,) = [model["description"] for box in notebook.boxes() for model in box if model.get("description")]
    assert waiting == "Hint 2 of 3, opens after an attempt that behaves differently, or in 60 s"
    notebook.click("Hint 2 of 3")
    assert "Hint 2" not in notebook.page("double")
    assert re.fullmatch(
        r"double: Hint 2 of 3 opens after an attempt that behaves differently, or in \d+ s\.\n",
        notebook.run("%math4ml hint"),
    )


# -- Without a trace ---------------------------------------------------------------------------------------


def test_nothing_is_left_in_the_namespace_nor_of_the_solution(notebook: PlainNotebook) -> None:
    names = "sorted(set(globals()) - {'_i', '_ii', '_iii'} - {f'_i{n}' for n in range(99)})"
    before = notebook.run("%who"), notebook.value(names)
    notebook.run("%load_ext math4ml_lab")
    assert (notebook.run("%who"), notebook.value(names)) == before
    notebook.run("def triple(x):\n    return 3 * x")
    notebook.says("triple", "passed")
    assert notebook.run("%who").split() == ["triple"]
    notebook.run("del triple")
    assert notebook.value(names) == before[1]
    search = (
        "sum(' '.join(['never', 'to', 'be', 'found']) in text for it in __import__('gc').get_objects() for text in "
    )
    search += "__import__('gc').get_referents(it) if type(text) is str)"
    assert notebook.value(search) == "0"


def test_it_can_be_taken_away(notebook: PlainNotebook) -> None:
    hooks = "{name: len(hooks) for name, hooks in get_ipython().events.callbacks.items()}"
    notebook.run("%load_ext math4ml_lab")
    notebook.run(WRONG)
    notebook.says("double", "not yet right")
    there = notebook.value(hooks)
    notebook.run("%unload_ext math4ml_lab")
    assert notebook.boxes() == []
    assert notebook.value(hooks) != there
    assert "not found" in notebook.run("%math4ml status")
    notebook.run(WRONG)
    assert notebook.boxes() == []
    notebook.run("%load_ext math4ml_lab")
    assert notebook.value(hooks) == there


# -- Magics ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("%math4ml", "Write %math4ml followed by status"),
        ("%math4ml wat", "does not know 'wat'"),
        ("%math4ml status please", "takes nothing behind it, not 'please'"),
        ("%math4ml check nothing", "The exercise 'nothing' has not run in this session."),
        ("%math4ml hint nothing", "The exercise 'nothing' has not run in this session."),
        ("%math4ml course", "names no course"),
        ("%math4ml course /no/such/folder", "There is no folder, course or unit '/no/such/folder'."),
        ("%exercise", "names no exercise"),
        ("%exercise ../etc/passwd", "'../etc/passwd' names no exercise of A tried course. It has careful, double"),
        ("# exercise: other/double\nx = 1", "'other/double' names no exercise of A tried course."),
    ],
)
def test_a_wrong_magic_gets_one_clear_line(shared: PlainNotebook, line: str, said: str) -> None:
    told = shared.run(line)
    assert said in told
    assert len(told.strip().splitlines()) == 1
    assert "Traceback" not in told


def test_check_and_status_tell_how_all_stand(notebook: PlainNotebook) -> None:
    notebook.run("%load_ext math4ml_lab")
    assert "Run the cell of one" in notebook.run("%math4ml check")
    notebook.run(RIGHT)
    notebook.says("double", "passed")
    told = notebook.run("%math4ml status")
    assert told.splitlines()[1:] == ["  double: passed", "  not run yet: triple"]
    assert "Checking double" in notebook.run("%math4ml check")
    notebook.says("double", "passed")
    assert len(notebook.boxes()) == 1
    assert "nothing to hint at" in notebook.run("%math4ml hint double")
    notebook.run("%reload_ext math4ml_lab")
    told = notebook.run("%math4ml status")
    assert told.splitlines()[1:] == ["  passed before; not run in this kernel: double", "  not run yet: triple"]


def test_a_name_that_two_exercises_ask_for_has_to_be_told_apart(tmp_path: Path) -> None:
    other = DOUBLE["source"].replace("Twice as much", "The other one")
    with PlainNotebook(write_course(tmp_path, other_double=other)) as notebook:
        notebook.run("%load_ext math4ml_lab")
        told = notebook.run(RIGHT)
        assert "'double' is asked for by 2 exercises: double, other-double." in told
        assert "Write # exercise: double in the cell's first line" in told
        assert notebook.boxes() == []
        assert notebook.run(f"# exercise: other-double\n{RIGHT}") == ""
        assert "The other one" in notebook.says("other-double", "passed")


def test_the_course_of_this_package_is_there_where_no_other_is(tmp_path: Path) -> None:
    course = write_course(tmp_path).parent
    empty = tmp_path / "empty" / "folder"
    empty.mkdir(parents=True)
    with PlainNotebook(empty) as notebook:
        assert "Mathematics for machine learning" in notebook.run("%load_ext math4ml_lab")
        notebook.run("answer = 41")
        assert "41 is not it" in notebook.says("fail-on-purpose", "not yet right")
        assert "3 exercises" not in notebook.run(f"%math4ml course {course}")
        notebook.run(RIGHT)
        notebook.says("double", "passed")
        assert "Mathematics" in notebook.run("%math4ml course math4ml")
        (course / "course.toml").write_text("name = 3")
        assert "is broken. course.toml, line 1" in notebook.run(f"%math4ml course {course}")


def test_a_broken_exercise_is_the_authors_fault(tmp_path: Path) -> None:
    broken = "from math4ml_lab.exercise import solution\n\n@solution\ndef quarter(x):\n    return x / 4\n"
    with PlainNotebook(write_course(tmp_path, quarter=broken)) as notebook:
        notebook.run("%load_ext math4ml_lab")
        told = notebook.run("def quarter(x):\n    return x / 4")
        assert told.startswith("math4ml: An exercise is broken. quarter.py, line 1")
