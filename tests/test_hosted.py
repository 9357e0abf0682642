"""The course on Binder and Colab: links, the image's configuration, and Colab's first cell in a kernel of its own."""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import nbformat
import pytest
import yaml
from course_answers import ANSWERS
from plain_notebook import ROOT, PlainNotebook

from math4ml_lab import catalogue
from math4ml_lab.fallback.shelf import Shelf

DOC = ROOT / "docs" / "binder-and-colab.md"
ADDRESS = "https://github.com/someone/some.thing"
UNITS = [
    unit
    for unit in catalogue.read_course((ROOT / "exercises" / "course.toml").read_text(encoding="utf-8")).units
    if (ROOT / "exercises" / unit.notebook).is_file()
]


@pytest.fixture
def hosted(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(ROOT / "build-tools"))
    import hosted

    return hosted


# -- Links -----------------------------------------------------------------------------------------------------


def test_links_lead_to_each_notebook(hosted: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert hosted.main([f"{ADDRESS}.git", "--ref", "v1"]) == 0
    out = capsys.readouterr().out
    for unit in UNITS:
        (row,) = [line for line in out.splitlines() if line.startswith(f"| {unit.title} |")]
        binder, colab = re.findall(r"\)\]\((https://[^)]+)\)", row)
        assert unquote(binder) == (
            f"https://mybinder.org/v2/gh/someone/some.thing/v1?urlpath=lab/tree/exercises/{unit.notebook}"
        )
        name = Path(unit.notebook).name
        assert colab == f"https://colab.research.google.com/github/someone/some.thing/blob/v1/colab/{name}"
    assert out.count("%load_ext math4ml_lab") == len(UNITS)


@pytest.mark.parametrize(
    "address",
    ["http://github.com/a/b", "https://gitlab.com/a/b", "https://github.com/a", "https://github.com/a/b/c", ""],
)
def test_an_address_elsewhere_is_refused(hosted: Any, address: str) -> None:
    with pytest.raises(ValueError, match="no repository on GitHub"):
        hosted.repository(address, "main")
    assert not address or hosted.main([address]) == 2


def test_the_address_stands_in_one_place(hosted: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(ROOT / "exercises", tmp_path / "exercises")
    project = tmp_path / "pyproject.toml"
    project.write_text('[project]\nname = "x"\n')
    assert hosted.main([], tmp_path) == 2
    assert "Name the repository" in capsys.readouterr().err
    project.write_text(f'[project]\nname = "x"\n[project.urls]\nRepository = "{ADDRESS}"\n')
    assert hosted.main([], tmp_path) == 0
    assert f'address, ref = "{ADDRESS}", "main"' in capsys.readouterr().out


def test_the_editions_begin_with_the_cell(hosted: Any, tmp_path: Path) -> None:
    assert hosted.main([ADDRESS, "--colab", str(tmp_path / "colab")]) == 0
    for unit in UNITS:
        made = nbformat.read(tmp_path / "colab" / Path(unit.notebook).name, as_version=4)  # type: ignore[no-untyped-call]
        nbformat.validate(made)
        given = nbformat.read(ROOT / "exercises" / unit.notebook, as_version=4)  # type: ignore[no-untyped-call]
        assert made.cells[1:] == given.cells
        source = made.cells[0].source
        assert source.splitlines()[-1] == "%load_ext math4ml_lab"
        assert (ROOT / "exercises" / unit.notebook).parent == ROOT / source.split('os.path.join(home, "')[1].split('"')[
            0
        ]
        ast.parse(source.replace("%load_ext", "# "), feature_version=(3, 9))
    before = {path.name: path.read_bytes() for path in (tmp_path / "colab").iterdir()}
    hosted.main([ADDRESS, "--colab", str(tmp_path / "colab")])
    assert {path.name: path.read_bytes() for path in (tmp_path / "colab").iterdir()} == before


# -- Binder ----------------------------------------------------------------------------------------------------


def test_binders_environment_has_what_the_build_needs() -> None:
    wanted = yaml.safe_load((ROOT / "binder" / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    versions = dict(text.split("=") for text in wanted if "=" in text)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert f"Programming Language :: Python :: {versions['python']}" in project["classifiers"]
    assert int(versions["nodejs"]) >= 20
    extra = {re.split(r"\W", name)[0] for name in project["optional-dependencies"]["course"]}
    assert extra == {"ipywidgets", "matplotlib"}


@pytest.mark.parametrize(("panels", "code"), [("math4ml-lab v0.1.0 enabled OK", 0), ("other v1 enabled OK", 1)])
def test_binders_script_installs_and_looks_for_the_panel(tmp_path: Path, panels: str, code: int) -> None:
    script = ROOT / "binder" / "postBuild"
    assert os.access(script, os.X_OK)
    (tmp_path / "node_modules").mkdir()
    defaults = "math4ml_lab/cli/lab_config/labconfig/default_setting_overrides.json"
    (tmp_path / defaults).parent.mkdir(parents=True)
    shutil.copy(ROOT / defaults, tmp_path / defaults)
    commands = tmp_path / "bin"
    commands.mkdir()
    prefix = tmp_path / "prefix"
    for name, says in {
        "python": f'echo "$*" >>asked; case "$*" in *sys.prefix*) echo {prefix};; esac',
        "jupyter": f'echo "{panels}"',
        "jlpm": "exit 1",
    }.items():
        (commands / name).write_text(f"#!/bin/sh\n{says}\n")
        (commands / name).chmod(0o755)
    path = f"{commands}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        [script], cwd=tmp_path, env={**os.environ, "PATH": path}, capture_output=True, text=True, check=False
    )
    assert (done.returncode, "panel was not installed" in done.stderr) == (code, bool(code)), done.stderr
    assert (tmp_path / "asked").read_text().splitlines()[0] == "-m pip install --quiet --no-cache-dir .[course]"
    assert not (tmp_path / "node_modules").exists()
    assert json.loads((prefix / "etc/jupyter/labconfig/default_setting_overrides.json").read_text())


# -- Colab -----------------------------------------------------------------------------------------------------


def judged(notebook: PlainNotebook, name: str) -> None:
    """Answer an exercise wrong in a known way, then right; each has to be seen for what it is."""
    notebook.run("import numpy as np")
    answers = ANSWERS[name]
    notebook.run(f"# exercise: {name}\n{next(iter(answers.wrong.values()))[0]}")
    notebook.says(name, "not yet right")
    notebook.run(f"# exercise: {name}\n{answers.right[0]}")
    notebook.until(lambda: any(f'data-math4ml="{name}"' in page and "passed" in page for page in notebook.pages()))


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a repository on the disk: what Colab's cell reads of the real one, in one commit."""
    folder = tmp_path_factory.mktemp("repository")
    for part in ("math4ml_lab", "exercises"):
        ignored = shutil.ignore_patterns("__pycache__", "labextension")
        shutil.copytree(ROOT / part, folder / part, ignore=ignored)
    who = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
    for command in (["init", "-q", "-b", "main"], ["add", "-A"], [*who, "commit", "-qm", "all"]):
        subprocess.run(["git", *command], cwd=folder, check=True)
    return folder


@pytest.mark.kernel
@pytest.mark.timeout(180)
@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_colabs_cell_brings_the_course_into_an_empty_folder(
    hosted: Any, unit: catalogue.Unit, repository: Path, tmp_path: Path
) -> None:
    content = tmp_path / "content"
    content.mkdir()
    cell = hosted.first_cell(repository.as_uri(), "main", hosted.Unit(unit.title, unit.notebook))
    outside = {"HOME": str(tmp_path), "PYTHONPATH": "", "JUPYTER_DATA_DIR": str(tmp_path / "data")}
    with PlainNotebook(content, outside) as notebook:
        # As where nothing of ours was ever installed.
        notebook.run("import os, sys\nsys.path = [p for p in sys.path if not os.path.isdir(f'{p}/math4ml_lab')]")
        assert "No module named" in notebook.run("import math4ml_lab")
        told = notebook.run(cell)
        assert f"{len(Shelf(ROOT / 'exercises').names())} exercises" in told, told
        assert notebook.value("__import__('math4ml_lab').__file__") == repr(
            str(tmp_path / "math4ml-lab" / "math4ml_lab" / "__init__.py")
        )
        assert "Error" not in notebook.run(cell), "it may be run again"
        notebook.run(
            "import sys; sys.path.append('..')\nimport explorables\npicture = explorables.learning_rate_cliff()"
        )
        assert "each step multiplies x" in notebook.value("picture.sentence.value")
        judged(notebook, unit.exercises[0])


@pytest.mark.kernel
@pytest.mark.timeout(180)
def test_the_released_package_does_the_same(tmp_path: Path) -> None:
    blocks = re.findall(r"^```\n(.*?)^```", DOC.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    (snippet,) = [block for block in blocks if "jupyter math4ml copy" in block]
    offline = re.sub(r"^%pip .*\n", "", snippet, flags=re.MULTILINE)
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    with PlainNotebook(tmp_path, {"PATH": path, "JUPYTER_DATA_DIR": str(tmp_path / "data")}) as notebook:
        told = notebook.run(offline)
        assert "The course is in" in told
        assert notebook.value("__import__('os').getcwd()") == repr(str(tmp_path / "math4ml-course" / "linear_algebra"))
        judged(notebook, "shapes-are-types")


def test_the_guide_leads_somewhere() -> None:
    text = DOC.read_text(encoding="utf-8")
    for command in re.findall(r"python (build-tools/\S+)", text):
        assert (ROOT / command).is_file()
    assert "docs/binder-and-colab.md" in (ROOT / "README.md").read_text(encoding="utf-8")
