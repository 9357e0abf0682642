"""The rules of the house that a machine can check (ARCHITECTURE.md says why)."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from math4ml_lab.catalogue import read_exercise

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "math4ml_lab"
DOMAIN = sorted(path.stem for path in PACKAGE.glob("*.py") if path.stem != "__init__")
FOREIGN = re.compile(r"^(jupyter\w*|notebook|tornado|ipykernel|IPython|nbformat|nbclient|traitlets|zmq)$", re.MULTILINE)
LONGEST = 330
GENERATED = {"src/wire.ts"}
IN_ONE_PIECE = {"math4ml_lab/wire.py"}  # the contract is one file, so that it is looked for in one place

# Put together here, or this file would be the first to break the rule.
HOSTS = [
    ("registry", "npmjs"), ("registry", "yarnpkg"), ("pypi", "org/simple"), ("files", "pythonhosted"),
    ("deb", "debian", "org"),
]  # fmt: skip
MACHINE_PATHS = [("/work", "main"), ("/work", ".library"), ("/opt", "pypi"), ("/opt", "wheels"), ("/root", ".pyenv")]
FORBIDDEN = re.compile(
    "|".join([re.escape(".".join(parts)) for parts in HOSTS] + [re.escape("/".join(parts)) for parts in MACHINE_PATHS])
)


def project_files() -> list[str]:
    """Return what is committed or could be: nothing that git ignores."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listing = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return sorted(name for name in set(listing.split("\0")) if name and (ROOT / name).is_file())


def imported_modules(path: Path) -> set[str]:
    """Return every module that a file of the package imports, relative ones resolved."""
    package = list(path.relative_to(ROOT).parent.parts)
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            found.update([base, *(f"{base}.{alias.name}" for alias in node.names)])
    return found


@pytest.mark.parametrize("module", ["", *DOMAIN])
def test_domain_modules_import_nothing_of_jupyter(module: str) -> None:
    name = f"math4ml_lab.{module}".rstrip(".")
    program = f"import sys, {name}; print(*sys.modules, sep='\\n')"
    command = [sys.executable, "-c", program]
    loaded = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    foreign = re.compile(
        r"^(jupyter\w*|notebook|tornado|ipykernel|IPython|nbformat|nbclient|traitlets|zmq)$", re.MULTILINE
    )
    assert foreign.findall(loaded) == []


@pytest.mark.parametrize(("folder", "other"), [("kernel", "server"), ("server", "kernel")])
def test_kernel_and_server_never_import_each_other(folder: str, other: str) -> None:
    forbidden = f"math4ml_lab.{other}"
    offenders = {
        str(path.relative_to(ROOT)): name
        for path in (PACKAGE / folder).rglob("*.py")
        for name in imported_modules(path)
        if name == forbidden or name.startswith(f"{forbidden}.")
    }
    assert offenders == {}


def test_no_file_is_too_long_to_read_in_one_go() -> None:
    sources = [name for name in project_files() if name.endswith((".py", ".ts", ".tsx"))]
    lengths = {name: len((ROOT / name).read_text(encoding="utf-8").splitlines()) for name in sources}
    excused = GENERATED | IN_ONE_PIECE
    assert {name: length for name, length in lengths.items() if length > LONGEST and name not in excused} == {}


def test_no_file_names_a_registry_or_a_path_of_one_machine() -> None:
    offenders = []
    for name in project_files():
        text = (ROOT / name).read_bytes().decode(errors="replace")
        offenders += [f"{name}: {found.group()}" for found in FORBIDDEN.finditer(text)]
    assert offenders == []


def test_the_readmes_exercise_is_one() -> None:
    code = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    exercise = read_exercise(code[0], "double-it")
    assert exercise.title == "Twice as much"
    assert [check.title for check in exercise.checks][-1] == "Half of the result is the input"


def test_no_linter_of_the_front_end_looks_into_what_make_made() -> None:
    made = (ROOT / ".gitignore").read_text(encoding="utf-8").partition("\n\n")[0].splitlines()[1:]
    eslint = re.findall(r"'([^']+)'", (ROOT / "eslint.config.mjs").read_text(encoding="utf-8").partition("]")[0])
    prettier = (ROOT / ".prettierignore").read_text(encoding="utf-8").splitlines()
    for folder in (line.strip("/") for line in made):
        above = {folder, f"**/{folder}", folder.partition("/")[0]}
        assert above & set(eslint), f"eslint would read {folder}"
        assert above & set(prettier), f"prettier would read {folder}"
