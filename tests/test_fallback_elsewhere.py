"""`%load_ext math4ml_lab` elsewhere: without widgets, in older kernels, beside a panel, where something is missing."""

from __future__ import annotations

import sys
import textwrap
from typing import TYPE_CHECKING

import pytest
from live import Live
from plain_notebook import ROOT, PlainNotebook, write_course
from test_environments import environment
from test_runner import DOUBLE, LOOP, RIGHT, WRONG

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.kernel, pytest.mark.timeout(120)]


def test_without_widgets_the_same_is_shown_as_html_and_text(tmp_path: Path) -> None:
    with PlainNotebook(write_course(tmp_path)) as notebook:
        notebook.run("import sys\nsys.modules['ipywidgets'] = None")
        notebook.run("%load_ext math4ml_lab")
        notebook.run(WRONG)
        page = notebook.says("double", "not yet right")
        assert "your line 3: <code>return y</code>" in page
        assert "Hint 1 of 1: %math4ml hint double" in page
        (text,) = [data["text/plain"] for data in notebook.displays.values() if "1, needs 2" in data["text/plain"]]
        assert "Twice as much: not yet right" in text
        assert "What is the square of 3?" in notebook.run("%math4ml hint double")
        assert "What is the square of 3?" in notebook.says("double", "What is the square")
        notebook.run("def double(x):\n    return '<script>'")
        assert "<script" not in notebook.says("double", "&lt;script&gt;")
        notebook.run(LOOP.replace("double", "triple"))
        assert "checking…" in notebook.page("triple")
        notebook.says("triple", "took too long")
        notebook.run(RIGHT)
        notebook.says("double", "passed")


@pytest.mark.timeout(300)
def test_the_versions_that_colab_runs_will_do(tmp_path: Path) -> None:
    packages = "ipython==7.34.*", "ipykernel==6.17.*", "numpy", "msgspec", "markdown-it-py"
    python = environment("hosted", sys.executable, *packages)
    with PlainNotebook(write_course(tmp_path), python=python) as notebook:
        assert "2 exercises" in notebook.run("%load_ext math4ml_lab")
        notebook.run(WRONG)
        notebook.says("double", "not yet right")
        assert "What is the square of 3?" in notebook.run("%math4ml hint")
        notebook.run(LOOP.replace("double", "triple"))
        assert notebook.run("print(6 * 7)") == "42\n"
        notebook.says("triple", "took too long")
        notebook.run(RIGHT)
        notebook.says("double", "first passed with 1 hint")
        assert notebook.run("%who").split() == ["double", "triple"]


def test_what_is_missing_is_named_with_the_next_step(tmp_path: Path) -> None:
    with PlainNotebook(write_course(tmp_path)) as notebook:
        notebook.run("import sys\nkept = sys.modules.pop('msgspec', None)\nsys.modules['msgspec'] = None")
        told = notebook.run("%load_ext math4ml_lab").strip()
        assert told.endswith("Run %pip install msgspec, then %load_ext math4ml_lab again.")
        assert len(told.splitlines()) == 1
        notebook.run("del sys.modules['msgspec']")
        assert "2 exercises" in notebook.run("%load_ext math4ml_lab")


def test_a_record_that_cannot_be_written_costs_no_verdict(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with PlainNotebook(write_course(tmp_path), {"JUPYTER_DATA_DIR": str(tmp_path / "file")}) as notebook:
        assert len(notebook.run("%load_ext math4ml_lab").splitlines()) == 2
        notebook.run(WRONG)
        notebook.says("double", "not yet right")
        notebook.click("Hint 1 of 1")
        notebook.says("double", "What is the square")


def test_where_the_panel_is_nothing_is_shown_twice(tmp_path: Path) -> None:
    unit = write_course(tmp_path)
    with Live(unit) as live:
        live.watch({"a": DOUBLE})
        live.run(f"import sys; sys.path.insert(0, {str(ROOT)!r})")
        live.run("%load_ext math4ml_lab")
        live.heard(lambda one: "Exercises panel checks these cells" in one["content"].get("text", ""))
        live.judged(RIGHT, "a")
        assert not any(one["msg_type"] == "display_data" for one in live.iopub)
        live.run("def triple(x):\n    return 3 * x", "another cell")
        live.heard(lambda one: one["msg_type"] == "display_data")
        live.heard(lambda one: "Three times <code>x</code></strong>: first passed" in str(one["content"].get("data")))
        assert live.judged(WRONG, "a").mistake == "squared"


def test_a_terminal_is_told_that_it_is_none_of_its_business(tmp_path: Path) -> None:
    program = textwrap.dedent("""
        from IPython.core.interactiveshell import InteractiveShell
        InteractiveShell.instance().run_cell("%load_ext math4ml_lab")
    """)
    with PlainNotebook(tmp_path) as notebook:
        code = (
            f"import subprocess, sys\nprint(subprocess.run([sys.executable, '-c', {program!r}], capture_output=True))"
        )
        assert "load it in a notebook, not in a terminal" in notebook.run(code)
