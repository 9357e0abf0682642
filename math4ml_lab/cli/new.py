"""`jupyter math4ml new`: a module to fill in, and a cell for it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from math4ml_lab import catalogue, wire
from math4ml_lab.cli.counted import counted
from math4ml_lab.course import is_tag, module_file
from math4ml_lab.errors import CatalogueError

if TYPE_CHECKING:
    from math4ml_lab.authoring.scaffold import Wanted


class Made(wire.Wire, frozen=True):
    """What was written: the module, the cell that was added (None where a cell had the tag), and what to do next."""

    exercise: str
    module: str
    notebook: str | None
    cell_id: str | None
    todo: list[str]


class NotMade(wire.Wire, frozen=True):
    """Why nothing was written, and what to do instead."""

    message: str
    fix: str


class _StopError(Exception):
    def __init__(self, message: str, fix: str) -> None:
        super().__init__(message)
        self.told = NotMade(message, fix)


@click.command("new")
@click.argument("name")
@click.option("--notebook", type=click.Path(path_type=Path), metavar="UNIT.ipynb",
              help="Add a tagged cell at its end; a cell that has the tag makes the module instead.")  # fmt: skip
@click.option("--function/--values", "is_function", default=True, show_default=True,
              help="What learners write: a function, which is called on inputs, or a value.")  # fmt: skip
@click.option("--signature", metavar='"NAME(A, k)"', help="What learners define, with its parameters.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of words.")
def command(*, name: str, notebook: Path | None, is_function: bool, signature: str | None, as_json: bool) -> None:
    """Write the module of a new exercise, to be filled in: in the notebook's folder, or here.

    What is to be written says TODO, and jupyter math4ml verify finds it. Inputs are guessed from the names of the
    parameters: capitals are matrices, small letters vectors, n and k whole numbers. No file is ever written over.
    Exit codes: 0 written, 2 bad usage or input, and nothing was written.

    \b
    jupyter math4ml new rank-k --signature "rank_k(A, k)" --notebook unit.ipynb
    """
    try:
        made = _make(name.replace("_", "-"), notebook, signature, is_function=is_function)
    except _StopError as stop:
        if as_json:
            click.echo(msgspec.json.format(msgspec.json.encode(stop.told), indent=1).decode())
        else:
            click.echo(f"{stop.told.message}\n  {stop.told.fix}", err=True)
        sys.exit(2)
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(made), indent=1).decode())
        return
    verb = "says" if len(made.todo) == 1 else "say"
    click.echo(f"{made.module} is to be filled in: {counted(len(made.todo), 'place')} {verb} TODO.")
    if made.cell_id is not None:
        click.echo(f"A cell with the tag exercise:{made.exercise} stands at the end of {made.notebook}.")
    click.echo(f"Then run: jupyter math4ml verify {made.module}")


def _make(name: str, notebook: Path | None, signature: str | None, *, is_function: bool) -> Made:
    # nbformat takes a moment to load, and no other command needs it.
    from math4ml_lab.authoring import notebooks, scaffold, todo  # noqa: PLC0415

    if not is_tag(name):
        raise _StopError(f"{name!r} is no name of an exercise", "take small letters, digits and hyphens: rank-k")
    path = (notebook.parent if notebook is not None else Path()) / module_file(name)
    if os.path.lexists(path):
        raise _StopError(f"{path} is there already", "take another name, or fill in that module")
    if not path.parent.is_dir():
        raise _StopError(f"There is no folder {path.parent}", "make it, or name a notebook that is there")
    page, cell_id = None, None
    try:
        page = notebook.read_text(encoding="utf-8") if notebook is not None else None
        cell = notebooks.tagged(page, name) if page is not None else None
        if cell is not None and signature is None:
            text = scaffold.of_text(cell)
        else:
            text = scaffold.module([_wanted(name, signature, is_function=is_function)])
        starter = catalogue.read_exercise(text, name).starter
        filled, cell_id = notebooks.with_cell(page, name, starter) if page is not None else (None, None)
    except scaffold.UnfitNameError as unfit:
        raise _StopError(unfit.message, unfit.fix) from None
    except (OSError, UnicodeDecodeError, notebooks.UnreadNotebookError) as error:
        raise _StopError(f"{notebook} cannot be read: {error}", "name a notebook that JupyterLab opens") from None
    except CatalogueError as error:  # of a cell whose names a module cannot have
        raise _StopError(str(error), 'name what learners define: --signature "rank_k(A, k)"') from None
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
        if notebook is not None and filled is not None and cell_id is not None:
            notebook.write_text(filled, encoding="utf-8")
    except OSError as error:
        raise _StopError(f"{error.filename} cannot be written: {error.strerror}", "look at its folder") from None
    still = [f"line {finding.line}: {finding.message}" for finding in todo.findings(text, str(path))]
    return Made(name, str(path), str(notebook) if notebook is not None else None, cell_id, still)


def _wanted(name: str, signature: str | None, *, is_function: bool) -> Wanted:
    from math4ml_lab.authoring import scaffold  # noqa: PLC0415 (as above)

    answer = name.replace("-", "_")
    if not is_function:
        if signature is not None:
            raise scaffold.UnfitNameError("a value has no signature", "leave --values or --signature out")
        return scaffold.of_cell(f"{answer} = ...")[0] if answer.isidentifier() else scaffold.of_signature(answer)
    return scaffold.of_signature(signature if signature is not None else f"{answer}(A)")
