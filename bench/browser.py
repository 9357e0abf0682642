"""The same in a real JupyterLab, in one browser: its lessons, its two servers, and what the browser's script found."""

from __future__ import annotations

import contextlib
import gzip
import json
import os
import shutil
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import lesson
import nbformat
from memory import busy_seconds
from nbformat.v4 import new_code_cell, new_notebook
from stage import TOKEN, Server

from math4ml_lab.authoring import battery

if TYPE_CHECKING:
    from collections.abc import Sequence

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
NAME = "math4ml-lab"
MANY = 200
FEW = 11
"""Inputs of an exercise such as the course has."""
KEYS = 20
"""Keys typed in each round."""
OUTPUTS = 3
"""Plain cells that are run in each round of the notebook of 200 exercises."""
QUIET = 1500
"""Milliseconds after which nothing is under way in the page; Lab follows a scroll with frames for 1.3 seconds."""
LOOK = 2.0
"""Seconds for which we look what others do, before and after."""
SETTINGS = {
    "apputils-extension/notification": {"checkForUpdates": False, "fetchNews": "false", "doNotDisturbMode": True},
    "docmanager-extension/plugin": {"autosave": False},
}
"""Of Lab, so that nothing happens in a page but what is measured."""
VALUE = '''"""Value {index}
- Which number is it?"""
from math4ml_lab.exercise import solution


@solution
def value_{index}():
    return {index}
'''


def measure(home: Path, rounds: int) -> tuple[Any, float]:
    """Return what was found in the browser, and how many processors others kept busy."""
    bundle = build(home / "bundle")
    before, at = busy_seconds(), time.monotonic()
    time.sleep(LOOK)
    others = (busy_seconds() - before) / (time.monotonic() - at)
    with contextlib.ExitStack() as stack:
        labs = {}
        for name in ("with", "without"):
            # Of a file that two servers save, each page would ask which one is meant.
            folder = home / "browser" / name
            notebooks = write(folder / "unit")
            server = stack.enter_context(lab(folder, home / name, bundle if name == "with" else None))
            labs[name] = {"address": f"http://127.0.0.1:{server.port}", "token": TOKEN, "notebooks": notebooks}
        plan = {
            **labs, "rounds": rounds, "keys": KEYS, "outputs": OUTPUTS, "quiet": QUIET,
            "chromium": os.environ.get("CHROMIUM_PATH"),
            "exercises": {lesson.tag(name): lesson.RIGHT.format(name=name) for name in ("rank_k", "rank_few")},
        }  # fmt: skip
        command = ["node", str(HERE / "browser.mjs"), json.dumps(plan)]
        done = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True)
    return {**json.loads(done.stdout), "bundle": compressed(bundle)}, others


# -- What is opened ----------------------------------------------------------------------------------------


def write(folder: Path) -> dict[str, str]:
    """Write two notebooks with `1 + 1` and the exercises that are timed on top; the second has 200 exercises."""
    folder.mkdir(parents=True)
    ranks = {"rank_k": lesson.INPUTS, "rank_few": FEW}
    names = [f"value_{index}" for index in range(MANY - len(ranks))]
    for index, name in enumerate(names):
        (folder / f"{name}.py").write_text(VALUE.format(index=index), encoding="utf-8")
    for name, size in ranks.items():
        (folder / f"{name}.py").write_text(lesson.MODULE.format(name=name, size=size), encoding="utf-8")
        battery.freeze(folder / f"{name}.py")
    return {"few": notebook(folder, "few", [*ranks]), "many": notebook(folder, "many", [*ranks, *names])}


def notebook(folder: Path, name: str, exercises: Sequence[str]) -> str:
    """Write a notebook; return its path for the server."""
    cells = [new_code_cell("1 + 1")]  # type: ignore[no-untyped-call]
    for exercise in exercises:
        cell = new_code_cell(f"{exercise} = 0")  # type: ignore[no-untyped-call]
        cell.metadata["tags"] = [f"exercise:{lesson.tag(exercise)}"]
        cells.append(cell)
    written = new_notebook(cells=cells)  # type: ignore[no-untyped-call]
    written.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(written, folder / f"{name}.ipynb")  # type: ignore[no-untyped-call]
    return f"{folder.name}/{name}.ipynb"


def lab(folder: Path, home: Path, bundle: Path | None) -> Server:
    """Return a server of JupyterLab with the extension as it was built, or with none of it."""
    for name, values in SETTINGS.items():
        setting = home / "config" / "lab" / "user-settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
        setting.parent.mkdir(parents=True)
        setting.write_text(json.dumps(values), encoding="utf-8")
    options = ["--LabApp.expose_app_in_browser=True", "--LabApp.extension_manager=readonly"]
    if bundle is None:
        page = home / "config" / "labconfig" / "page_config.json"
        page.parent.mkdir(parents=True)
        page.write_text(json.dumps({"disabledExtensions": {NAME: True}}), encoding="utf-8")
        options.append('--ServerApp.jpserver_extensions={"math4ml_lab": False}')
    else:
        place = home / "share" / "labextensions" / NAME
        place.parent.mkdir(parents=True)
        place.symlink_to(bundle)
    # What stands here is found before the environment's.
    return Server(folder, home, module="jupyterlab", options=options, env={"JUPYTER_PATH": str(home / "share")})


# -- The bundle --------------------------------------------------------------------------------------------


def build(folder: Path) -> Path:
    """Build the front end as a wheel has it, beside the one for developers; return where it is."""
    folder.mkdir()
    described = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    described["jupyterlab"]["outputDir"] = "built"
    (folder / "package.json").write_text(json.dumps(described), encoding="utf-8")
    for name in ("lib", "style", "schema", "node_modules", "yarn.lock"):
        (folder / name).symlink_to(ROOT / name)
    command = ["jupyter-builder", "build", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    built = folder / "built"
    if done.returncode or not (built / "static" / "style.js").exists():
        raise RuntimeError(f"the front end could not be built: {done.stdout[-600:]} {done.stderr[-600:]}")
    shutil.copy(ROOT / "install.json", built)
    return built


def compressed(bundle: Path) -> int:
    """Return the bytes of all scripts of the bundle, each compressed."""
    return sum(len(gzip.compress(script.read_bytes())) for script in sorted((bundle / "static").glob("*.js")))
