"""Requests that cannot be met: the one place where what went wrong becomes a status and a body."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from math4ml_lab.errors import CatalogueError


class Refused(Exception):
    """A 4xx: `message` names the thing that is wrong, `fix` the next step."""

    def __init__(self, status: int, message: str, fix: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.fix = fix


def no_kernel() -> Refused:
    """Say that the notebook has no kernel."""
    return Refused(400, "The notebook has no running kernel: kernel_id is empty.", "Start a kernel, then run the cell.")


def no_exercise(name: str, folder: str) -> Refused:
    """Say that a tag names no exercise."""
    where = f"the folder {folder!r}" if folder else "the notebook's folder"
    module = f"{name.replace('-', '_')}.py"
    return Refused(
        404, f"There is no exercise {name!r}: {where} holds no {module}.", "Mend the cell's tag, or add the module."
    )


def broken_course(root: str, error: CatalogueError) -> Refused:
    """Say what is wrong with a course's own files."""
    where = f"the folder {root!r}" if root else "the notebook's folder"
    return Refused(422, f"The course in {where} is broken: {error}", "Tell the course's author.")


def bad_body(what: str) -> Refused:
    """Say what does not fit the contract."""
    return Refused(400, f"The request's body does not fit: {what}.", "Update the extension and the server together.")


def no_check(check_id: str) -> Refused:
    """Say that a check is not known (any more)."""
    return Refused(404, f"There is no check {check_id!r} on this server.", "Check again.")


def no_clean_run(run_id: str) -> Refused:
    """Say that a clean run is not known (any more)."""
    return Refused(404, f"There is no clean run {run_id!r} on this server.", "Start another one.")


def no_notebook(path: str, why: str) -> Refused:
    """Say that a path leads to no notebook that can be read."""
    mend = "Restore it, or name another one." if path.endswith(".ipynb") else "Name a notebook: a file *.ipynb."
    return Refused(400, f"{path!r} is not a notebook that can be read: {why}.", mend)


def no_exercises(path: str) -> Refused:
    """Say that there is nothing to judge in a notebook."""
    return Refused(422, f"There is no exercise in {path!r}.", "Give a code cell the tag exercise:<name>, and save.")


def no_proof(proof_id: str) -> Refused:
    """Say that a proof is not known (any more)."""
    return Refused(404, f"There is no proof {proof_id!r} on this server.", "Prove it again.")
