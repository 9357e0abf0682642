"""The course's notebooks as they are handed out: each runs from the top, offline, before anything was written."""

from __future__ import annotations

import re
import shutil
import socket
from typing import TYPE_CHECKING

import nbformat
import pytest
from nbclient import NotebookClient
from test_course import COURSE, EXERCISES, ROOT, UNIT_OF, read

if TYPE_CHECKING:
    from pathlib import Path

    from math4ml_lab.course import Unit

OFFLINE = """
import socket

def refuse(*_):
    raise OSError("no network here")

socket.getaddrinfo = socket.create_connection = refuse
"""
"""In a cell before the first: what asks for an address or a connection is refused."""
LIMIT = 60
"""Seconds that a cell may take; a whole notebook is to take no longer."""


@pytest.mark.kernel
@pytest.mark.timeout(240)
@pytest.mark.parametrize("unit", COURSE.units, ids=lambda unit: unit.name)
def test_a_notebook_runs_from_the_top_without_a_network(unit: Unit, tmp_path: Path) -> None:
    shutil.copytree(ROOT, tmp_path / "course")
    path = tmp_path / "course" / unit.notebook
    notebook = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    notebook.cells.insert(0, nbformat.v4.new_code_cell(OFFLINE))  # type: ignore[no-untyped-call]
    client = NotebookClient(notebook, timeout=LIMIT, resources={"metadata": {"path": str(path.parent)}})
    client.execute()
    told = [output for cell in notebook.cells for output in cell.get("outputs", []) if output.get("name") == "stderr"]
    assert told == []
    shown = [cell for cell in notebook.cells if "explorables." in cell.source]
    assert all("application/vnd.jupyter.widget-view+json" in cell.outputs[0].data for cell in shown), (
        "each explorable is a widget"
    )


@pytest.mark.parametrize("name", EXERCISES)
def test_a_section_is_headed_as_the_panel_names_its_exercise(name: str) -> None:
    notebook = nbformat.read(ROOT / UNIT_OF[name].notebook, as_version=4)  # type: ignore[no-untyped-call]
    heading = None
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            heading = [heading, *re.findall(r"^## (?:\d+\. )?(.+)$", cell.source, re.MULTILINE)][-1]
        if f"exercise:{name}" in cell.metadata.get("tags", []):
            break
    else:
        pytest.fail("no cell has the tag")
    assert heading == read(name).title


def test_the_network_is_refused_indeed() -> None:
    names = {"socket": socket}
    before = socket.getaddrinfo, socket.create_connection
    try:
        exec(OFFLINE, names)
        with pytest.raises(OSError, match="no network"):
            socket.create_connection(("127.0.0.1", 9))
    finally:
        socket.getaddrinfo, socket.create_connection = before
