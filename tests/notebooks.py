"""Notebooks made for tests, and the processes that running them starts."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

from test_link import children


def cell(index: int, source: str, *tags: str, kind: str = "code") -> dict[str, Any]:
    """Return a cell as it is saved."""
    code: dict[str, Any] = {"execution_count": None, "outputs": []} if kind == "code" else {}
    return {"cell_type": kind, "id": f"c{index}", "metadata": {"tags": tags}, "source": source, **code}


def exercise_cells(*cells: tuple[str, str]) -> list[dict[str, Any]]:
    """Return cells, given each one's text and, where it answers one, the name of an exercise."""
    return [cell(index, source, *([f"exercise:{name}"] * bool(name))) for index, (source, name) in enumerate(cells)]


def notebook(cells: list[dict[str, Any]], kernel: str = "python3") -> str:
    """Return a notebook's text."""
    spec = {"kernelspec": {"name": kernel, "display_name": kernel}}
    return json.dumps({"cells": cells, "metadata": spec, "nbformat": 4, "nbformat_minor": 5})


def family(pid: int) -> set[int]:
    """Return a process with all that descend from it."""
    found = {pid}
    for child in children(pid):
        found |= family(child)
    return found


def runs(pid: int) -> bool:
    """Tell whether a process is there, and is more than an entry that nobody has reaped."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


async def gone(processes: set[int]) -> None:
    """Wait until none of them runs any more."""
    while any(runs(pid) for pid in processes):  # noqa: ASYNC110 (no event to wait for)
        await asyncio.sleep(0.01)
