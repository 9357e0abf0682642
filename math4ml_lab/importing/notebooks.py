"""Notebooks as files: read in any format, written in the newest, with images as attachments and cells that keep ids."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
import warnings
from typing import Any

import nbformat

from math4ml_lab.importing.cells import text_of
from math4ml_lab.importing.model import Cell, Notebook, Notes, SourceError, counted

_ID = re.compile(r"[a-zA-Z0-9-_]{1,64}")
_IMAGE = re.compile(r"data:(?P<mime>image/(?P<kind>[a-z0-9.+-]+));base64,(?P<data>[A-Za-z0-9+/=\s]+?)(?=[\"')\s])")
_BADGE = re.compile(
    r"\s*(?:<a\b[^>]*colab\.research\.google\.com[^>]*>\s*<img\b[^>]*>\s*</a>"
    r"|\[!\[[^\]]*\]\([^)]*\)\]\([^)]*colab\.research\.google\.com[^)]*\))\s*"
)
_COLAB = ("id", "colab", "colab_type", "outputId", "cellView", "executionInfo")


def load(text: str, path: str) -> Notebook:
    """Read a notebook of any format as format 4; raise SourceError."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what an old notebook lacks is added
            raw = json.loads(text)
            if raw.get("nbformat") != 4:  # noqa: PLR2004 (the format's number)
                newer = nbformat.reads(text, as_version=4)  # type: ignore[no-untyped-call]
                raw = json.loads(nbformat.writes(newer, version=4))  # type: ignore[no-untyped-call]
        cells = raw["cells"]
        for cell in cells:
            cell["cell_type"] = {"code": "code", "markdown": "markdown", "raw": "raw"}[cell["cell_type"]]
            cell["source"] = text_of(cell)
            cell["metadata"] = cell["metadata"] if isinstance(cell.get("metadata"), dict) else {}
        raw["metadata"] = raw["metadata"] if isinstance(raw.get("metadata"), dict) else {}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, nbformat.ValidationError) as error:
        why = (str(error).splitlines() or ["it is empty"])[0][:200]
        raise SourceError(
            f"{path} is no notebook: {why}.", "Open and save it in JupyterLab, or leave it out."
        ) from None
    notebook: Notebook = raw
    return notebook


def is_python(notebook: Notebook) -> bool:
    """Tell whether a notebook is for a Python kernel, or does not say for which."""
    metadata = notebook["metadata"]
    spec = metadata.get("kernelspec") or {}
    language = spec.get("language") or (metadata.get("language_info") or {}).get("name") or "python"
    return str(language).lower().startswith(("python", "ipython"))


def tidy(notebook: Notebook, notes: Notes) -> None:
    """Clear outputs, move images to attachments, drop badges and foreign metadata, give each cell an id."""
    outputs = images = 0
    cells: list[Cell] = []
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            outputs += bool(cell.get("outputs"))
            cell.update(outputs=[], execution_count=None)
        if cell["cell_type"] == "markdown":
            if _BADGE.fullmatch(cell["source"]):
                notes.left("a cell that only opens the notebook in Colab")
                continue
            images += _attach(cell)
        cells.append(cell)
    notebook["cells"] = cells
    if outputs:
        notes.changed(f"outputs of {counted(outputs, 'cell')} cleared")
    if images:
        notes.changed(f"{counted(images, 'picture')} moved from the text into attachments")
    version = (4, notebook.get("nbformat_minor", 0))
    if version < (4, 5):
        notes.changed(f"format {version[0]}.{version[1]} raised to 4.5, with an id for each cell")
    notebook.update(nbformat=4, nbformat_minor=5)
    _identify(cells)


def write(notebook: Notebook, course: str, unit: str) -> bytes:
    """Return a notebook's file; raise SourceError where it is none."""
    metadata = notebook["metadata"]
    spec = metadata.get("kernelspec") or {}
    name = spec.get("name") if spec.get("name") == "python3" else "python3"
    whole = {
        "cells": [_clean(cell) for cell in notebook["cells"]],
        "metadata": {
            "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": name},
            "language_info": {"name": "python"},
            "math4ml": {"course": course, "unit": unit},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    try:
        nbformat.validate(nbformat.from_dict(whole))  # type: ignore[no-untyped-call]
    except nbformat.ValidationError as error:
        why = str(error).splitlines()[0][:200]
        raise SourceError(
            f"The notebook {unit} would be none: {why}.", "Open and save the source in JupyterLab."
        ) from None
    return (json.dumps(whole, indent=1, ensure_ascii=False) + "\n").encode()


def markdown(text: str) -> Cell:
    """Return a new markdown cell."""
    return {"cell_type": "markdown", "metadata": {}, "source": text}


def _clean(cell: Cell) -> dict[str, Any]:
    kept = {key: cell[key] for key in ("cell_type", "id", "metadata", "source", "attachments") if key in cell}
    return kept | ({"outputs": [], "execution_count": None} if cell["cell_type"] == "code" else {})


def _identify(cells: list[Cell]) -> None:
    """Give each cell an id that is the same at the next import: its own, Colab's, or one made of its text."""
    seen: set[str] = set()
    for cell in cells:
        known = cell.get("id") or cell["metadata"].get("id")
        digest = hashlib.sha256(f"{cell['cell_type']}\0{cell['source']}".encode("utf-8", "replace")).hexdigest()[:12]
        chosen = known if isinstance(known, str) and _ID.fullmatch(known) else digest
        while chosen in seen:
            digest = hashlib.sha256(chosen.encode()).hexdigest()[:12]
            chosen = digest
        seen.add(chosen)
        cell["id"] = chosen
        for key in _COLAB:
            cell["metadata"].pop(key, None)


def _attach(cell: Cell) -> int:
    """Move the images of a cell's text into its attachments; return how many."""
    found = 0

    def move(match: re.Match[str]) -> str:
        nonlocal found
        data = "".join(match["data"].split())
        try:
            base64.b64decode(data, validate=True)
        except (binascii.Error, ValueError):
            return match[0]
        found += 1
        name = f"image-{found}.{match['kind'].partition('+')[0]}"
        cell.setdefault("attachments", {})[name] = {match["mime"]: data}
        return f"attachment:{name}"

    if "data:image/" in cell["source"]:
        cell["source"] = _IMAGE.sub(move, cell["source"])
    return found
