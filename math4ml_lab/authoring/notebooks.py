"""What authors' commands do to notebooks: clear one for learners, tag a new cell. Texts in, texts out."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

import nbformat
from nbformat.v4 import new_code_cell

from math4ml_lab.server.plans import PREFIX, tags_of

if TYPE_CHECKING:
    from collections.abc import Mapping

_OF_A_RUN = frozenset((
    "ExecuteTime", "collapsed", "execution", "outputId", "output_hidden", "papermill", "scrolled", "trusted",
))  # fmt: skip
"""What running or looking at a cell leaves in its metadata."""
_OF_A_SESSION = frozenset(("papermill", "signature", "trusted", "vscode", "widgets"))
"""The same of a notebook's metadata."""
_ID = 64
"""Characters that a cell's id may have."""


class UnreadNotebookError(Exception):
    """A text is no notebook that can be worked with; the text says why."""


def cleared(text: str, course: str, starters: Mapping[str, str]) -> str:
    """Return a notebook without outputs, counts and traces of a session; tagged cells hold their starters."""
    notebook = _read(text)
    for index, cell in enumerate(notebook.cells):
        cell.metadata = {name: value for name, value in cell.metadata.items() if name not in _OF_A_RUN}
        if "id" not in cell and _has_ids(notebook):
            cell["id"] = f"cell-{index}"
        if cell.cell_type != "code":
            continue
        cell.outputs, cell.execution_count = [], None
        if isinstance(cell.metadata.get("jupyter"), dict):
            shown = {name: value for name, value in cell.metadata["jupyter"].items() if name != "outputs_hidden"}
            cell.metadata["jupyter"] = shown
        if own := [starters[name] for tag in tags_of(cell) if (name := _own(tag, course)) in starters]:
            cell.source = "\n\n".join(own)
    notebook.metadata = {name: value for name, value in notebook.metadata.items() if name not in _OF_A_SESSION}
    if isinstance(notebook.metadata.get("language_info"), dict):
        notebook.metadata["language_info"].pop("version", None)
    return _written(notebook)


def with_cell(text: str, tag: str, source: str) -> tuple[str, str | None]:
    """Return a notebook with a tagged cell at its end, and the cell's id; unchanged where a cell has the tag."""
    notebook = _read(text)
    if any(tag in tags_of(cell) for cell in notebook.cells):
        return text, None
    taken = {cell.get("id") for cell in notebook.cells}
    wanted = [tag[:_ID], *(f"{tag[: _ID - 4]}-{number}" for number in range(2, 2 + len(taken)))]
    cell: Any = new_code_cell(source, metadata={"tags": [f"{PREFIX}{tag}"]})  # type: ignore[no-untyped-call]
    cell["id"] = next(one for one in wanted if one not in taken)
    if not _has_ids(notebook):
        del cell["id"]
    notebook.cells.append(cell)
    return _written(notebook), str(cell.get("id", ""))


def tagged(text: str, tag: str) -> str | None:
    """Return the text of the first cell that has a tag."""
    return next((str(cell.source) for cell in _read(text).cells if tag in tags_of(cell)), None)


def _own(tag: str, course: str) -> str:
    """Return the exercise that a tag names, "" where it is another course's."""
    of, _, name = tag.rpartition("/")
    return name if of in ("", course) else ""


def _has_ids(notebook: Any) -> bool:
    return (notebook.nbformat, notebook.nbformat_minor) >= (4, 5)


def _read(text: str) -> Any:
    try:
        notebook: Any = nbformat.reads(text, as_version=nbformat.NO_CONVERT)  # type: ignore[no-untyped-call]
        if notebook.nbformat != 4:  # noqa: PLR2004
            raise UnreadNotebookError("it is of a format before 4: open it in JupyterLab and save it")
        _ = [(cell.cell_type, cell.source, cell.metadata) for cell in notebook.cells]
    except (ValueError, TypeError, KeyError, AttributeError, nbformat.ValidationError) as error:
        raise UnreadNotebookError(f"it is no notebook: {error}"[:300]) from error
    return notebook


def _written(notebook: Any) -> str:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what was amiss before is not ours to mend
        text: str = nbformat.writes(notebook, version=nbformat.NO_CONVERT)  # type: ignore[no-untyped-call]
    return text.rstrip("\n") + "\n"
