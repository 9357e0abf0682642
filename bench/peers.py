"""The others on the same exercise: otter's `check` in a kernel of theirs, `nbgrader validate` on the command line."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING, Self

from jupyter_client.manager import KernelManager
from lesson import RIGHT, write_nbgrader, write_otter
from stage import Notebook, own_folders

if TYPE_CHECKING:
    from types import TracebackType


class Otter:
    """A kernel of the peers' environment with the answer and otter's notebook in it; a context."""

    def __init__(self, environment: Path, folder: Path) -> None:
        write_otter(folder)
        self.manager = KernelManager(kernel_name="python3", connection_file=str(folder / "kernel.json"))
        assert self.manager.kernel_spec is not None  # noqa: S101 (named above)
        python = str(environment / "bin" / "python")
        self.manager.kernel_spec.argv = [python, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        self.folder = folder

    def __enter__(self) -> Self:
        self.manager.start_kernel(cwd=str(self.folder), env=_theirs(self.folder), stderr=subprocess.DEVNULL)
        self.notebook = Notebook(Path(self.manager.connection_file))
        self.notebook.run(RIGHT.format(name="rank_k"))
        # Their report is kept in a name: showing it would be measured too.
        self.notebook.run("import otter\ngrader = otter.Notebook('lesson.ipynb', tests_dir='tests')")
        self.notebook.run("assert grader.check('q1').score == 1, grader.check('q1')")
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.notebook.close()
        self.manager.shutdown_kernel(now=True)

    def check(self) -> float:
        """Return the milliseconds of one check."""
        return self.notebook.run("checked = grader.check('q1')")


class Nbgrader:
    """The command line's `validate` on a notebook with the answer in it."""

    def __init__(self, environment: Path, folder: Path) -> None:
        self.notebook = write_nbgrader(folder)
        self.python = environment / "bin" / "python"
        # Its own kernel must be the peers': the specification of that name lies in their environment.
        theirs = _theirs(folder)
        self.environment = {**theirs, "PATH": f"{environment / 'bin'}{os.pathsep}{theirs['PATH']}"}

    def validate(self) -> float:
        """Return the milliseconds of one validation; raise RuntimeError where it is no success."""
        began = time.perf_counter()
        done = subprocess.run(
            [str(self.python), "-m", "nbgrader", "validate", self.notebook.name],
            cwd=self.notebook.parent, env=self.environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        passed = (time.perf_counter() - began) * 1e3
        if done.returncode or "Success!" not in done.stdout:
            raise RuntimeError(f"nbgrader validate: {done.stdout[-300:]} {done.stderr[-600:]}")
        return passed


def _theirs(folder: Path) -> dict[str, str]:
    """Return an environment for a peer, in which nothing of this project is found."""
    return {name: value for name, value in own_folders(folder).items() if name != "PYTHONPATH"}
