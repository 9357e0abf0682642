"""What the importers are made of: names in code, cells with IPython's lines, hints, modules as text."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from foreign import book, imported, ok_test, write

from math4ml_lab.catalogue import read_exercise
from math4ml_lab.importing import asking, cells, draws, modules, names, notebooks, prompts
from math4ml_lab.importing.folder import Folder
from math4ml_lab.importing.model import Claim, Notes, Question


@pytest.mark.parametrize(
    ("code", "read", "bound"),
    [
        ("y = x + 1\nz = y", ["x"], ["y", "z"]),
        ("x = x + 1", ["x"], ["x"]),
        ("x += 1", ["x"], ["x"]),
        ("def f(a, b=c):\n    return a + d", ["c", "d"], ["f"]),
        ("class A(B):\n    e = 1\n    def g(self):\n        return e, h", ["B", "e", "h"], ["A"]),
        ("[i * k for i in rows]", ["k", "rows"], []),
        ("for i in rows:\n    print(i)", ["rows"], ["i"]),
        ("import a.b\nimport c as d\nfrom e import f", [], ["a", "d", "f"]),
        ("del f\nf()", ["f"], ["f"]),
        ("try:\n    f()\nexcept E as e:\n    pass", ["f", "E"], ["e"]),
        ("f = lambda x: x + w\nlen(f)", ["w"], ["f"]),
        ("with open(p) as q:\n    q", ["p"], ["q"]),
        ("def f(n):\n    return f(n - 1)", [], ["f"]),
        ("y = [i for i in a if (j := i)]\nj", ["a"], ["j", "y"]),
        ("class A:\n    s = [1]\n    t = [q for q in s]\n    def g(self):\n        return s", ["s"], ["A"]),
        ("def f():\n    global g\n    g = h\n    return g", ["g", "h"], ["f"]),
        ("f = lambda *a, k=b, **c: (a, k, c, e)", ["b", "e"], ["f"]),
        ("match v:\n    case [x, *y]:\n        x\n    case {'a': z, **w}:\n        pass", ["v"], ["w", "x", "y", "z"]),
        ("x: int\nprint(x)", ["x"], []),
        ("from a import *", [], []),
    ],
)
def test_names_that_code_reads_and_binds(code: str, read: list[str], bound: list[str]) -> None:
    nodes = ast.parse(code).body
    assert (sorted(names.reads(nodes)), sorted(names.binds(nodes))) == (sorted(read), sorted(bound))


@pytest.mark.parametrize("text", ["(" * 2000, "x = (", "a\0b", "return 3", "-" * 20_000 + "1"])
def test_text_that_is_no_program_needs_nothing(text: str) -> None:
    assert names.reads_text(text) == []


@pytest.mark.parametrize(
    ("text", "program"),
    [
        ("x = 1", "x = 1"),
        ("%matplotlib inline\nx = 1", "pass\nx = 1"),
        ("if a:\n    !ls\n    %cd b", "if a:\n    pass\n    pass"),
        ("files = !ls\nx = %time f()", "files = None\nx = None"),
        ("%%capture out\nx = 1", "pass\nx = 1"),
        ("f?\nx", "pass\nx"),
        ("x = (5\n% 3)", "x = (5\n% 3)"),
        ("%%bash\nls", None),
        ("def (", None),
    ],
)
def test_cells_are_read_past_ipythons_lines(text: str, program: str | None) -> None:
    assert cells.plain(text) == program


@pytest.mark.parametrize(
    ("text", "hints"),
    [
        ("> _Hint:_ look\n> twice.\n\nNo more.", ["look twice."]),
        ("**Hint**: a\n\n**Hint:** b", ["a", "b"]),
        ("hints: try\n```python\nf(1)\n  [2]\n```\nor not", ["try `f(1) [2]` or not"]),
        ("A hint: none\n\n> _Note:_ none", []),
        ("> Hint: an open\n```\nfence", ["an open"]),
    ],
)
def test_hints_are_found_in_texts(text: str, hints: list[str]) -> None:
    assert asking.hints([notebooks.markdown(text)]) == hints


@pytest.mark.parametrize(
    ("texts", "title"),
    [
        (["#### First", "#### Second ####\n\nmore"], "Second"),
        (["**Question 1.** What is *x*?\n\n_Points:_ 3"], "Question 1. What is *x*?"),
        (["### Part B\n\nDefine it.", "Some words."], "Part B"),
        (["<!-- BEGIN QUESTION -->\n---\n- Find it"], "Find it"),
        (["---"], ""),
        ([], ""),
    ],
)
def test_titles_are_what_is_asked(texts: list[str], title: str) -> None:
    assert asking.title([notebooks.markdown(text) for text in texts]) == title


def test_a_long_title_ends_between_words_and_outside_of_code() -> None:
    title = asking.one_line("word " * 58 + "`some code that is long` and more")
    assert (len(title) <= 302, title.endswith("word …"), title.count("`")) == (True, True, 0)


@pytest.mark.parametrize(
    "text",
    [
        "plain",
        'say "x"',
        'it\'s "x"',
        "back\\slash",
        'ends "',
        'has """ three',
        "'''\"\"\" both\\",
        "two\nlines",
        "\x00\x1b!",
    ],
)
def test_any_text_can_stand_in_a_module(text: str) -> None:
    claim = Claim("script", text, f"assert f == {text!r}", hints=[text, "second"], setup=f"x = {text!r}")
    question = Question("q", title=text, claims=[claim], flaky=text, answers=["f"], solution=text)
    question.cell = {"cell_type": "code", "metadata": {}, "source": f"f = {text!r}"}
    exercise = read_exercise(modules.module_text(question), "q")
    assert exercise.checks[0].rungs[1] == "second"
    assert exercise.starter == f"f = {text!r}"


def test_prompts_are_read_with_continuations_blank_lines_and_old_indentation() -> None:
    notes = Notes()
    read = prompts.read_prompts(
        "\n   >>> def f():\n   ...     return 1\n   ...\n   >>> f()\n   1\n\n   >>> print('a')\n   a\n     b\n   >>>\n",
        notes,
    )
    assert [(prompt.code, prompt.want) for prompt in read] == [
        ("def f():\n    return 1\n", ""),
        ("f()", "1"),
        ("print('a')", "a\n  b"),
    ]
    assert not notes


@pytest.mark.parametrize(
    ("code", "eased"),
    [
        ("np.less_equal(a, b)", "np.less_equal(a, b + 1e-09 * abs(b))"),
        ("a >= b", "a >= b - 1e-09 * abs(b)"),
        ("x = [a == b]", "x = [abs(a - b) <= 1e-09 * abs(b)]"),
        ("a < b", "a < b"),
    ],
)
def test_a_comparison_gets_room_for_rounding(code: str, eased: str) -> None:
    assert draws.eased(code, ["np.less_equal(a, b)", "a >= b", "a == b"]) == eased


def test_where_a_source_came_from_is_read_from_its_repository(tmp_path: Path) -> None:
    git = '[remote "origin"]\n\turl = https://someone:secret@example.org/course.git\n'
    files = {
        ".git/config": git,
        ".git/HEAD": "ref: refs/heads/main\n",
        ".git/packed-refs": "# x\nabc123 refs/heads/main\n",
    }
    text = book(("code", "f = 1"), ("code", 'ok.grade("q1")'))
    write(tmp_path, {**files, "math/a.ipynb": text, "math/tests/q1.py": ok_test(">>> f\n1")})
    made = imported(tmp_path / "math")
    assert made.origin == {"kind": "okpy", "url": "https://example.org/course.git", "commit": "abc123", "path": "math"}
    assert 'commit = "abc123"' in made.files["course.toml"].decode()
    write(tmp_path, {".git/refs/heads/main": "def456\n"})
    assert imported(tmp_path / "math").origin["commit"] == "def456"


def test_files_outside_of_the_source_are_not_read(tmp_path: Path) -> None:
    write(tmp_path, {"secret.py": "x = 1", "course/a.ipynb": "{}"})
    (tmp_path / "course" / "link.py").symlink_to(tmp_path / "secret.py")
    folder = Folder(tmp_path / "course")
    assert [folder.text(path) for path in ("../secret.py", "link.py", "missing.py", "a.ipynb")] == [
        None,
        None,
        None,
        "{}",
    ]
    assert folder.below(".") == ["a.ipynb"]


def test_no_importer_can_run_what_it_reads() -> None:
    folder = Path(notebooks.__file__).parent
    running = {"exec", "eval", "compile", "__import__", "import_module", "run_path", "Popen", "system", "call"}
    for path in folder.glob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        calls = [ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)]
        assert {call for call in calls if call.split(".")[-1] in running and call != "re.compile"} == set(), path
        modules_used = {module.partition(".")[0] for module, _ in names.imports(tree.body)}
        assert not modules_used & {"importlib", "runpy", "subprocess", "pickle", "nbclient", "code"}, path
