"""The folder of the course's moving pictures goes wherever the course goes, and is nowhere taken for an exercise."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import explorables
import pytest
from click.testing import CliRunner
from notebooks import exercise_cells, notebook
from plain_notebook import ROOT
from test_publish import COURSE, publish
from test_verify import GOOD, VIDEOS, told

from math4ml_lab.authoring import battery
from math4ml_lab.authoring.folders import folders
from math4ml_lab.cli import main
from math4ml_lab.course_folder import course_files
from math4ml_lab.fallback.shelf import Shelf

if TYPE_CHECKING:
    from pathlib import Path

SOURCE = ROOT / "exercises" / "explorables"
NAMES = {f"explorables/{path.name}" for path in SOURCE.glob("*.py")}
IMPORT = "import sys; sys.path.append('..')  # the course's own pictures\nimport explorables\n"
USE = f"{IMPORT}print(len(explorables.__all__))"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """Return a course of one exercise that has the pictures, imported before and so with their caches."""
    root = tmp_path / "course"
    shutil.copytree(SOURCE, root / "explorables", ignore=shutil.ignore_patterns("__pycache__"))
    (root / "explorables" / "__pycache__").mkdir()
    (root / "explorables" / "__pycache__" / "words.cpython-311.pyc").write_bytes(b"junk")
    (root / "rows").mkdir()
    (root / "course.toml").write_text(COURSE)
    (root / "videos.toml").write_text(VIDEOS)
    (root / "rows" / "row_means.py").write_text(GOOD)
    cells = exercise_cells(
        (USE, ""), ("explorables.learning_rate_cliff()", ""), ("def row_means(A):\n    ...", "row-means")
    )
    (root / "rows" / "rows.ipynb").write_text(notebook(cells))
    battery.freeze(root / "rows" / "row_means.py")
    return root


def pictures(root: Path) -> dict[str, str]:
    """Return the files in the folder of the pictures, with their digests."""
    return {name: hashlib.sha256((root / name).read_bytes()).hexdigest() for name in files(root)}


def files(root: Path) -> list[str]:
    return [path.relative_to(root).as_posix() for path in sorted((root / "explorables").rglob("*")) if path.is_file()]


def works(unit: Path) -> bool:
    """Tell whether a notebook of the unit could import the pictures."""
    done = subprocess.run([sys.executable, "-B", "-c", USE], cwd=unit, capture_output=True, text=True, check=False)
    return done.stdout == f"{len(explorables.__all__)}\n"


def test_no_picture_is_taken_for_an_exercise(course: Path) -> None:
    found, _ = folders([course])
    assert [path.name for paths in found.values() for path in paths] == ["row_means.py"]
    assert Shelf(course).names() == ["row-means"]
    assert folders([course / "explorables"]) == ({}, [course / "explorables"])
    assert not {path.parent.name for path in battery.modules([ROOT / "exercises"])} & {"explorables"}
    assert {name for name in course_files(course) if name.startswith("explorables/")} == NAMES


@pytest.mark.kernel
@pytest.mark.timeout(120)
def test_verify_proves_what_stands_beside_them(course: Path) -> None:
    code, answer = told(course)
    assert (code, [proof.exercise for proof in answer.proofs], answer.findings) == (0, ["row-means"], [])


def test_copy_brings_them_and_renews_them(course: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    for changed in (False, True):
        if changed:
            (course / "explorables" / "words.py").write_text("INK = 1\n")
        result = CliRunner().invoke(main, ["copy", "--from", str(course), str(mine)])
        assert result.exit_code == 0, result.output
        assert set(pictures(mine)) == NAMES
    assert (mine / "explorables" / "words.py").read_text() == "INK = 1\n"


def test_a_copy_and_a_published_course_can_import_them(course: Path, tmp_path: Path) -> None:
    CliRunner().invoke(main, ["copy", "--from", str(course), str(tmp_path / "mine")])
    code, answer = publish(course, tmp_path / "out")
    assert (code, answer.left_out, answer.findings) == (0, [], [])
    assert {name for name in answer.files if name.startswith("explorables/")} == NAMES
    for root in (tmp_path / "mine", tmp_path / "out"):
        assert pictures(root) == {name: digest for name, digest in pictures(course).items() if name in NAMES}
        assert works(root / "rows")


@pytest.mark.kernel
@pytest.mark.timeout(120)
def test_stripping_leaves_them_alone(course: Path, tmp_path: Path) -> None:
    code, answer = publish(course, tmp_path / "out", "--strip", "solutions")
    assert (code, [one.stripped for one in answer.exercises]) == (0, [True]), answer.findings
    assert set(pictures(tmp_path / "out")) == NAMES
    assert works(tmp_path / "out" / "rows")


@pytest.mark.kernel
@pytest.mark.timeout(120)
def test_a_copy_of_the_notebook_run_from_the_top_finds_them(course: Path) -> None:
    result = CliRunner().invoke(main, ["check", "--json", str(course / "rows" / "rows.ipynb")])
    assert result.exit_code == 1, result.output
    assert "ModuleNotFoundError" not in result.output
    assert "not_attempted" in result.output
