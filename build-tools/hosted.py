"""Prints what opens the course on Binder and on Colab: `python build-tools/hosted.py https://github.com/OWNER/NAME`.

Without an address it takes `Repository` of `[project.urls]` in pyproject.toml. `--ref` names a branch or tag.
`--colab FOLDER` writes each unit's notebook with Colab's first cell in front; commit the folder, and Colab's links lead
there.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tomllib
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

ROOT = Path(__file__).resolve().parent.parent
COURSE = "exercises"
COLAB = "colab"
ADDRESS = re.compile(r"https://github\.com/([\w.-]+)/([\w.-]+?)(?:\.git)?/?")
NEEDED = {
    "msgspec": "msgspec",
    "hypothesis": "hypothesis",
    "markdown_it": "markdown-it-py",
    "matplotlib": "matplotlib",
    "ipywidgets": "ipywidgets",
}
"""What the checks and pictures need in the kernel: module and package. Colab has most of it."""
CELL = """\
# Run this first. It fetches the course and its checks, which takes a minute the first time.
import importlib.util, os, subprocess, sys

address, ref = ADDRESS, REF
home = os.path.expanduser("~/math4ml-lab")
if not os.path.exists(home):
    subprocess.run(["git", "clone", "--quiet", "--depth=1", "--branch", ref, address, home], check=True)
needed = NEEDED
lacking = [package for module, package in needed.items() if importlib.util.find_spec(module) is None]
if lacking:
    subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", *lacking], check=True)
if home not in sys.path:
    sys.path.append(home)
os.chdir(os.path.join(home, UNIT))
%load_ext math4ml_lab
"""


class Unit(NamedTuple):
    """A unit of the course: its title and its notebook, from the course's folder."""

    title: str
    notebook: str


class Repository(NamedTuple):
    """A repository on GitHub, and what is to be shown of it."""

    owner: str
    name: str
    ref: str

    @property
    def address(self) -> str:
        """Where it is cloned from."""
        return f"https://github.com/{self.owner}/{self.name}"

    def binder(self, unit: Unit) -> str:
        """Return the link that opens a unit on Binder."""
        path = quote(f"lab/tree/{COURSE}/{unit.notebook}", safe="")
        return f"https://mybinder.org/v2/gh/{self.owner}/{self.name}/{quote(self.ref, safe='')}?urlpath={path}"

    def colab(self, unit: Unit) -> str:
        """Return the link that opens a unit's edition for Colab."""
        path = quote(f"{self.ref}/{COLAB}/{Path(unit.notebook).name}")
        return f"https://colab.research.google.com/github/{self.owner}/{self.name}/blob/{path}"


def repository(address: str, ref: str) -> Repository:
    """Read an address; raise ValueError where Binder and Colab could not open it."""
    match = ADDRESS.fullmatch(address)
    if match is None:
        raise ValueError(f"{address!r} is no repository on GitHub: write https://github.com/OWNER/NAME")
    return Repository(match[1], match[2], ref)


def known_address(text: str) -> str | None:
    """Return the repository's address of a pyproject.toml."""
    urls = tomllib.loads(text)["project"].get("urls", {})
    return next((str(url) for name, url in urls.items() if name.lower() == "repository"), None)


def units(root: Path) -> list[Unit]:
    """Return the units whose notebooks are there."""
    course = tomllib.loads((root / COURSE / "course.toml").read_text(encoding="utf-8"))
    found = [Unit(unit["title"], unit["notebook"]) for unit in course["units"]]
    return [unit for unit in found if (root / COURSE / unit.notebook).is_file()]


def first_cell(address: str, ref: str, unit: Unit) -> str:
    """Return the cell that gets the course onto Colab."""
    folder = f"{COURSE}/{Path(unit.notebook).parent.as_posix()}"
    words = {"ADDRESS": address, "REF": ref, "NEEDED": NEEDED, "UNIT": folder}
    return re.sub("|".join(words), lambda match: json.dumps(words[match[0]]), CELL)


def edition(notebook: dict[str, Any], cell: str) -> dict[str, Any]:
    """Return a notebook with a cell in front, before which nothing else works there."""
    first: dict[str, Any] = {
        "cell_type": "code",
        "execution_count": None,
        "id": "colab-first",
        "metadata": {},
        "outputs": [],
        "source": cell.rstrip().splitlines(keepends=True),
    }
    return {**notebook, "cells": [first, *notebook["cells"]]}


def write_editions(root: Path, found: Repository, folder: Path) -> list[Path]:
    """Write each unit's edition for Colab, and return the files."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for unit in units(root):
        notebook = json.loads((root / COURSE / unit.notebook).read_text(encoding="utf-8"))
        path = folder / Path(unit.notebook).name
        made = edition(notebook, first_cell(found.address, found.ref, unit))
        path.write_text(json.dumps(made, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        written.append(path)
    return written


def links(root: Path, found: Repository) -> str:
    """Return a table with a badge for each unit and place."""
    rows = ["| | Binder | Colab |", "|---|---|---|"]
    for unit in units(root):
        binder = f"[![Binder](https://mybinder.org/badge_logo.svg)]({found.binder(unit)})"
        colab = f"[![Colab](https://colab.research.google.com/assets/colab-badge.svg)]({found.colab(unit)})"
        rows.append(f"| {unit.title} | {binder} | {colab} |")
    return "\n".join(rows)


def main(arguments: list[str], root: Path = ROOT) -> int:
    """Print links and cells, write editions where they are wanted; return the exit code."""
    parser = argparse.ArgumentParser(prog="hosted.py", description=(__doc__ or "").partition("\n\n")[0])
    parser.add_argument("address", nargs="?", help="https://github.com/OWNER/NAME")
    parser.add_argument("--ref", default="main", help="a branch or tag (main)")
    parser.add_argument("--colab", type=Path, metavar="FOLDER", help="write the editions for Colab")
    asked = parser.parse_args(arguments)
    address = asked.address or known_address((root / "pyproject.toml").read_text(encoding="utf-8"))
    if address is None:
        print("Name the repository: pyproject.toml has no [project.urls] Repository yet.", file=sys.stderr)
        return 2
    try:
        found = repository(address, asked.ref)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    if asked.colab is not None:
        for path in write_editions(root, found, asked.colab):
            print(path)
        return 0
    print(links(root, found))
    for unit in units(root):
        print(f"\nColab's first cell of {unit.title!r}:\n\n{first_cell(found.address, found.ref, unit)}", end="")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
