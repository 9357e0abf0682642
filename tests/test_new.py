"""`jupyter math4ml new`: a module to fill in, from a signature or a cell, and the way from there to a proof."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from click.testing import CliRunner
from notebooks import cell, notebook

from math4ml_lab import catalogue, exercise, wire
from math4ml_lab.authoring import scaffold, todo
from math4ml_lab.cli import main
from math4ml_lab.kernel import battery

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result


def run(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(main, list(map(str, arguments)))
    assert isinstance(result.exception, SystemExit | None), result.exception
    return result


# -- The text of a module ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("signature", "inputs"), [
    ("rank_k(A, k)", "inputs(A=matrices((2, 3), (4, 5)), k=ints(1, 4))"),
    ("predict(X, theta)", "inputs(X=matrices((2, 3), (4, 5)), theta=lambda X: vectors(X.shape[1]))"),
    ("chain(A, B)", "inputs(A=matrices((2, 3), (4, 5)), B=lambda A: matrices(A.shape[1], (6, 7)))"),
    ("apply(x, A)", "inputs(x=vectors((2, 5)), A=lambda x: matrices((6, 7), len(x)))"),
    ("dot(u, v)", "inputs(u=vectors((2, 5)), v=lambda u: vectors(len(u)))"),
    ("collapse(*stages)", "inputs(stages=choose([1.0, -2.0], [3.0, 1.0, -4.0]))"),
    ("is_linear(f, n, rng, trials=20)", 'inputs(f=choose(fn("2 * x + 1"), fn("x**2")), n=ints(1, 4), rng=seeds())'),
    ("step(x, lr)", "inputs(x=vectors((2, 5)), lr=choose(0.5, 2.0, -1.5))"),
    ("constant()", "inputs(case())"),
])  # fmt: skip
def test_inputs_are_guessed_from_names(signature: str, inputs: str) -> None:
    text = scaffold.module([scaffold.of_signature(signature)])
    assert inputs in text.splitlines()
    read = catalogue.read_exercise(text, "new")
    assert read.starter == f"def {signature}:\n    ..."
    rows = battery.rows(exercise.read(text, "new.py", {"__name__": "new"}), text, None)
    assert rows
    shapes = [value.shape for row in rows for value in row.values() if getattr(value, "ndim", 0) == 2]
    assert all(high != wide for high, wide in shapes)


def test_a_cell_that_is_solved_brings_its_solution() -> None:
    cell = "import math\n\n\ndef area(r):\n    return math.pi * r**2\n\n\ndef ring(A, r):\n    pass\n"
    text = scaffold.of_text(cell)
    read = catalogue.read_exercise(text, "new")
    assert [answer.name for answer in read.answers] == ["area", "ring"]
    assert "    return math.pi * r**2\n" in text
    assert "import math\n" in text
    assert [finding.message for finding in todo.findings(text, "new.py") if "'ring'" in finding.message] == [
        "something is still to be written in 'ring': the right answer"
    ]


def test_a_cell_of_values() -> None:
    wanted = scaffold.of_cell("W = ...\nangle: float = 0.5\n_own = 3\nV = W * 2\n")
    assert [(one.name, one.kind, one.text) for one in wanted] == [
        ("W", "value", ""), ("angle", "value", "0.5"), ("V", "value", "")
    ]  # fmt: skip
    assert catalogue.read_exercise(scaffold.module(wanted), "new").starter == "W = ...\n\nangle = ...\n\nV = ..."


def test_a_class() -> None:
    read = catalogue.read_exercise(scaffold.module(scaffold.of_cell("class Net:\n    pass\n")), "new")
    assert [(answer.name, answer.kind) for answer in read.answers] == [("Net", "class")]


@pytest.mark.parametrize(("source", "message"), [
    ("1 +", "the cell is no Python"),
    ("print(3)", "the cell defines nothing"),
    ("async def f(x): ...", "'f' is asynchronous"),
    ("def f(x, *, key): ...", "'f' has parameters that take a name only"),
    ("def near(x): ...", "'near' is a name of the module's own"),
    ("def f(got): ...", "'got' means something else in a module"),
])  # fmt: skip
def test_a_cell_of_which_no_module_can_be_made(source: str, message: str) -> None:
    with pytest.raises(scaffold.UnfitNameError) as caught:
        scaffold.of_cell(source)
    assert caught.value.message == message
    assert caught.value.fix


STUBS = [
    'def area(r):\n    """The area of a disc.\n\n    TODO: use math.pi\n    """\n    # r is the radius\n    ...',
    "def area(r, n=3):\n    total = 0\n    for i in range(n):\n        total += ...\n    return ...",
    "def area(r):\n    two = 2 * r\n\n\n\n\n    raise NotImplementedError()",
    'import math\n\ndef area(r):\n    ...  # your code, say """pi""" and \'\\n\'',
    "# TODO: both\ndef area(r):\n    ...\n\n\ndef ring(r, s):\n    pass\n\nprint(area(2))",
    "class Net:\n    def forward(self, x):\n        ...",
    "# the weights\nW = ...\nV = W * 2",
]


@pytest.mark.parametrize("stub", STUBS)
def test_what_the_learner_begins_with_is_kept_to_the_byte(stub: str) -> None:
    text = scaffold.of_text(stub + "\n")
    read = catalogue.read_exercise(text, "new")
    assert read.starter == stub
    assert "TODO: the right answer" in text
    starter = text.find("starter")
    told = [finding.message for finding in todo.findings(text, "new.py")]
    assert starter > 0
    assert not any("math.pi" in message or message.endswith("both") for message in told)


@pytest.mark.parametrize("stub", ["def area(r):\n    ...", "class Net:\n    ...", "W = ...", "f = ...\n\ng = ..."])
def test_a_bare_stub_needs_no_starter(stub: str) -> None:
    text = scaffold.of_text(stub)
    assert catalogue.read_exercise(text, "new").starter == stub
    assert "starter" not in text


def test_lines_of_ipython_are_left_out_and_named() -> None:
    text = scaffold.of_text("%%time\n%matplotlib inline\nimport math\n!ls\ndef area(r):\n    # of a disc\n    ...\n")
    said = [line.removeprefix("#   ") for line in text.splitlines() if line.startswith("#   ")]
    assert said == ["%%time", "%matplotlib inline", "!ls"]
    starter = catalogue.read_exercise(text, "area").starter
    assert starter == "import math\ndef area(r):\n    # of a disc\n    ..."
    assert "left out" not in scaffold.of_text("def area(r):\n    return 10 % 3")


def test_a_cell_that_is_solved_in_part_gives_away_nothing() -> None:
    text = scaffold.of_text("def area(r):\n    return 3 * r**2\n\ndef ring(r, s):\n    # area(r) - ...\n    ...")
    expected = "def area(r):\n    ...\n\ndef ring(r, s):\n    # area(r) - ...\n    ..."
    assert catalogue.read_exercise(text, "new").starter == expected


# -- The command ---------------------------------------------------------------------------------------------


def page(folder: Path, *cells: dict[str, Any]) -> Path:
    path = folder / "unit.ipynb"
    path.write_text(notebook([cell(0, "import numpy as np"), *cells]))
    return path


def test_a_cell_is_added_and_nothing_else_changed(tmp_path: Path) -> None:
    path = page(tmp_path, cell(1, "Some *words*", kind="markdown"))
    before = json.loads(path.read_text())
    result = run("new", "rank-k", "--signature", "rank_k(A, k)", "--notebook", path)
    assert result.exit_code == 0, result.output
    after = json.loads(path.read_text())
    added = after["cells"].pop()
    for one in (*before["cells"], *after["cells"], added):
        one["source"] = "".join(one["source"])
    assert after == before
    assert (added["id"], added["metadata"], added["source"]) == (
        "rank-k", {"tags": ["exercise:rank-k"]}, "def rank_k(A, k):\n    ...",
    )  # fmt: skip
    assert catalogue.read_exercise((tmp_path / "rank_k.py").read_text(), "rank-k").answers[0].name == "rank_k"


def test_a_tagged_cell_makes_the_module(tmp_path: Path) -> None:
    path = page(tmp_path, cell(1, "def middle(X):\n    ...", "exercise:rank-k"))
    before = path.read_bytes()
    told = json.loads(run("new", "rank-k", "--notebook", path, "--json").stdout)
    assert (told["exercise"], told["module"], told["cell_id"]) == ("rank-k", str(tmp_path / "rank_k.py"), None)
    assert path.read_bytes() == before
    assert "def middle(X):" in (tmp_path / "rank_k.py").read_text()


def test_the_starter_of_a_tagged_cell_comes_along(tmp_path: Path) -> None:
    run("new", "rank-k", "--notebook", page(tmp_path, cell(1, STUBS[0], "exercise:rank-k")))
    assert f"@starter\n{STUBS[0]}\n" in (tmp_path / "rank_k.py").read_text()


def test_values(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("new", "my_value", "--values").exit_code == 0
    read = catalogue.read_exercise((tmp_path / "my_value.py").read_text(), "my-value")
    assert (read.answers[0].kind, read.starter) == ("value", "my_value = ...")


@pytest.mark.parametrize(("arguments", "said"), [
    (["Not a name"], "is no name of an exercise"),
    (["there"], "there.py is there already"),
    (["2norm"], "is no signature"),
    (["a", "--signature", "f("], "is no signature"),
    (["a", "--values", "--signature", "f(A)"], "a value has no signature"),
    (["check"], "is a name of the module's own"),
    (["agrees", "--notebook", "none.ipynb"], "cannot be read"),
    (["a", "--notebook", "there.py"], "it is no notebook"),
    (["a", "--notebook", "nowhere/unit.ipynb"], "There is no folder"),
])  # fmt: skip
def test_what_cannot_be_made_is_told_and_nothing_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "there.py").write_text("mine")
    result = run("new", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
    told = json.loads(run("new", *arguments, "--json").stdout)
    assert said in told["message"]
    assert told["fix"]
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("there.py", "mine")]


# -- From there to a proof -----------------------------------------------------------------------------------

WORDS = {
    r"TODO: a title.*": "Sums of rows",
    r'raise NotImplementedError\("TODO: the right answer"\)': "return A.sum(axis=1) * k",
    r'raise NotImplementedError\("TODO: near.*': "near(got.sum(), A.sum() * k)",
    r'raise NotImplementedError\("TODO: the solution with.*': "return A.sum(axis=0) * k",
    r"TODO: one sentence.*": "They add up to the whole",
    r"TODO: name a slip.*": "Columns, not rows",
    r"TODO: [a-z]+\. ": "Say: ",
}


@pytest.mark.kernel
def test_an_author_fills_it_in_and_it_is_proven(tmp_path: Path) -> None:
    path = page(tmp_path)
    run("new", "row-sums", "--signature", "row_sums(A, k)", "--notebook", path)
    module = tmp_path / "row_sums.py"
    open_ = run("verify", "--json", module)
    told = msgspec.json.decode(open_.stdout, type=wire.Proofs)
    lines = [number for number, line in enumerate(module.read_text().splitlines(), 1) if "TODO" in line]
    assert (open_.exit_code, [finding.line for finding in told.every()]) == (1, lines)
    assert not module.with_suffix(".battery.json").exists()
    text = module.read_text()
    for old, new in WORDS.items():
        text, count = re.subn(old, new, text)
        assert count, old
    module.write_text(text)
    result = run("verify", "--json", "--seeds", "3", tmp_path)
    assert result.exit_code == 0, result.stdout
    (proof,) = msgspec.json.decode(result.stdout, type=wire.Proofs).proofs
    assert (proof.findings, [one.recognised for one in proof.tried if one.kind == "mistake"]) == ([], ["one_slip"])
