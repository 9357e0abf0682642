"""The exercises that are measured: the same mathematics for everybody, written for us, for otter and for nbgrader."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

from math4ml_lab.authoring import battery

if TYPE_CHECKING:
    from pathlib import Path

MODULE = '''"""Best rank-k approximation
- Which of the three factors decides the rank?"""
import numpy as np
from math4ml_lab.exercise import inputs, ints, matrices, solution


@solution
def {name}(A, k):
    U, s, Vt = np.linalg.svd(A, full_matrices=False)
    return (U[:, :k] * s[:k]) @ Vt[:k]


inputs(A=matrices((1, 4), (1, 4)), k=lambda A: ints(1, min(A.shape)), size={size})
'''
RIGHT = """import numpy as np
def {name}(A, k):
    U, s, Vt = np.linalg.svd(A, full_matrices=False)
    return U[:, :k] @ np.diag(s[:k]) @ Vt[:k]
"""
WRONG = """import numpy as np
def {name}(A, k):
    U, s, Vt = np.linalg.svd(A, full_matrices=False)
    B = (U[:, :k] * s[:k]) @ Vt[:k]
    return B if A.shape[0] >= A.shape[1] else 2 * B
"""
SLOW = """import time
def {name}(A, k):
    end = time.monotonic() + 5
    while time.monotonic() < end:
        pass
"""
INPUTS = 60
MANY = 50


def write(folder: Path) -> list[str]:
    """Write the exercise of 60 inputs and 50 of 20 inputs beside a notebook; return the names of their answers."""
    folder.mkdir(parents=True, exist_ok=True)
    names = ["rank_k", *(f"rank_{index}" for index in range(MANY))]
    for name in names:
        module = folder / f"{name}.py"
        module.write_text(MODULE.format(name=name, size=INPUTS if name == "rank_k" else 20), encoding="utf-8")
        battery.freeze(module)
    return names


def tag(name: str) -> str:
    """Return the tag's name of an answer."""
    return name.replace("_", "-")


# -- The same for the others -------------------------------------------------------------------------------

_REFERENCE = """import numpy as np
def reference(A, k):
    U, s, Vt = np.linalg.svd(A, full_matrices=False)
    return (U[:, :k] * s[:k]) @ Vt[:k]
rng = np.random.default_rng(1)
rows = [(rng.integers(-9, 10, size=rng.integers(1, 5, size=2)).astype(float), 1) for _ in range(60)]
"""


def write_otter(folder: Path) -> None:
    """Write a test in otter's format: one case that compares 60 inputs."""
    lines = [line for line in _REFERENCE.splitlines() if line]
    prompts = [(">>> " if not line.startswith(" ") else "... ") + line for line in lines]
    # A doctest ends a function by an empty continuation line.
    prompts.insert(4, "...")
    prompts.append(">>> all(np.allclose(rank_k(A, k), reference(A, k)) for A, k in rows)")
    case = {"code": "\n".join([*prompts, "True"]), "hidden": False, "locked": False}
    suites = [{"cases": [case], "scored": True, "setup": "", "teardown": "", "type": "doctest"}]
    test = {"name": "q1", "points": 1, "suites": suites}
    tests = folder / "tests"
    tests.mkdir(parents=True, exist_ok=True)
    (tests / "q1.py").write_text(f"OK_FORMAT = True\n\ntest = {test!r}\n", encoding="utf-8")
    nbformat.write(new_notebook(), folder / "lesson.ipynb")  # type: ignore[no-untyped-call]


def write_nbgrader(folder: Path) -> Path:
    """Write a notebook with an answer and an autograded cell that compares 60 inputs."""
    folder.mkdir(parents=True, exist_ok=True)
    compare = "for A, k in rows:\n    assert np.allclose(rank_k(A, k), reference(A, k))"
    cells = [
        _cell("answer", RIGHT.format(name="rank_k"), solution=True, grade=False),
        _cell("test", _REFERENCE + compare, solution=False, grade=True, points=1, locked=True),
    ]
    notebook = new_notebook(cells=cells)  # type: ignore[no-untyped-call]
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    path = folder / "lesson.ipynb"
    nbformat.write(notebook, path)  # type: ignore[no-untyped-call]
    return path


def _cell(name: str, source: str, **settings: Any) -> Any:
    cell = new_code_cell(source)  # type: ignore[no-untyped-call]
    known = {"grade_id": name, "schema_version": 3, "task": False, "locked": False, **settings}
    cell.metadata["nbgrader"] = known
    return cell
