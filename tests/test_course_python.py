"""The course in the oldest Python that a kernel may have: what stands in it runs there as it stands."""

from __future__ import annotations

import ast
import json
import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from test_environments import ENVIRONMENTS, environment

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
OLDEST = (3, 9)
OLDEST_KERNELS = [(name, python, packages) for name, python, packages in ENVIRONMENTS if name == "oldest"]
RUN = """
import sys
for path in sys.argv[2:]:
    with open(path, encoding="utf-8") as file:
        exec(compile(file.read(), path, "exec"), {"__name__": "tried"})
print(sys.version_info[:2] == tuple(map(int, sys.argv[1].split("."))))
"""


PICTURES = re.compile(r"\b(matplotlib|plt|explorables)\b")


def sources(*, with_pictures: bool = True) -> Iterator[tuple[str, str]]:
    """Yield all code of the course: the modules, and each notebook's cells as one program."""
    for path in sorted((ROOT / "exercises").glob("*/*.py")):
        if path.parent.name != "explorables":  # these have tests of their own
            yield path.name, path.read_text(encoding="utf-8")
    for path in sorted((ROOT / "exercises").glob("*/*.ipynb")):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        texts = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
        yield path.name, "\n".join(text for text in texts if with_pictures or not PICTURES.search(text))


def too_new(source: str) -> list[str]:
    """Return what Python 3.9 would not take: syntax, unions of types, and what later versions added to calls."""
    try:
        tree = ast.parse(source, feature_version=OLDEST)
    except SyntaxError as error:
        return [str(error)]
    nodes = [] if "from __future__ import annotations" in source else list(ast.walk(tree))
    annotations = [getattr(node, name, None) for node in nodes for name in ("annotation", "returns")]
    unions = [
        ast.unparse(annotation)
        for annotation in annotations
        if annotation is not None
        for node in ast.walk(annotation)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr)
    ]
    strict = [
        ast.unparse(node)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "zip"
        if any(keyword.arg == "strict" for keyword in node.keywords)
    ]
    return unions + strict


@pytest.mark.parametrize(("name", "source"), [pytest.param(*one, id=one[0]) for one in sources()])
def test_nothing_in_the_course_needs_a_newer_python(name: str, source: str) -> None:
    assert too_new(source) == [], name


@pytest.mark.parametrize(
    "source",
    [
        "def f(x) -> tuple | None: ...", "def f(x: int | str = 1): ...", "y: list[int | None] = []",
        "match 1:\n    case _: pass", "try: pass\nexcept* OSError: pass", "zip('a', 'b', strict=True)",
    ],
)  # fmt: skip
def test_what_is_too_new_is_found(source: str) -> None:
    assert too_new(source)


@pytest.mark.kernel
@pytest.mark.timeout(300)
@pytest.mark.parametrize(("name", "python", "packages"), OLDEST_KERNELS)
def test_all_code_of_the_course_runs_in_the_oldest_python(
    name: str, python: str, packages: tuple[str, ...], tmp_path: Path
) -> None:
    for file, source in sources(with_pictures=False):
        (tmp_path / f"{file}.txt").write_text(source, encoding="utf-8")
    files = sorted(str(path) for path in tmp_path.iterdir())
    version = ".".join(map(str, OLDEST))
    done = subprocess.run(
        [environment(name, python, *packages), "-c", RUN, version, *files],
        env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.stderr, done.stdout.splitlines()[-1:]) == ("", ["True"])
