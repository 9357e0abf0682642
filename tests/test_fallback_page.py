"""The fallback's pure parts: the words of all states, what a page may hold, which exercise a cell answers."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import pytest
from IPython.core.error import UsageError
from msgspec import structs

import math4ml_lab
from math4ml_lab import wire
from math4ml_lab.errors import CatalogueError
from math4ml_lab.fallback import words
from math4ml_lab.fallback.cells import exercises_said, names_defined
from math4ml_lab.fallback.page import markdown, page
from math4ml_lab.fallback.shelf import NotFound, Shelf, chosen_shelf, first_shelf, matching, shelf_at

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
VALUES: dict[type, Any] = {int: 3, float: 2.5, str: "why"}
UNITS = "".join(
    f'[[units]]\nname = "{name}"\ntitle = "U"\nnotebook = "{name}/{name}.ipynb"\nexercises = []\n'
    for name in ("one", "two")
)
EVIL = "<script>alert('1')</script> & \"more\""


def outcomes() -> list[wire.Outcome]:
    """Return one outcome of each kind."""
    found = []
    for kind in get_args(wire.Outcome):
        fields = kind.__struct_fields__[: len(kind.__struct_fields__) - len(kind.__struct_defaults__)]
        annotations = {name: {"int": 3, "float": 2.5}.get(kind.__annotations__[name], "why") for name in fields}
        found.append(kind(**annotations))
    return found


def report(outcome: wire.Outcome, **more: Any) -> wire.Report:
    defaults: dict[str, Any] = {
        "cell_id": "a", "exercise": "double", "checks": [], "basis": "run", "source": "", "at": 0.0,
    }  # fmt: skip
    return wire.Report(outcome=outcome, **{**defaults, **more})


def whole(of: wire.Report | None, title: str = "Twice") -> str:
    told = page("double", title, of, hints=0, clip=None)
    return told.report + told.hints


# -- Words -------------------------------------------------------------------------------------------------


def test_every_outcome_has_words_and_a_page() -> None:
    assert len(outcomes()) == len(get_args(wire.Outcome))
    for outcome in outcomes():
        label, text = words.outcome_words(outcome, 0)
        assert label
        assert "%" not in label + text
        assert label in whole(report(outcome))


def all_words() -> Iterator[str]:
    """Yield every text that the panel shows too."""
    for value in (value for name, value in vars(words).items() if name.isupper()):
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            for texts in value.values():
                yield from [texts] if isinstance(texts, str) else texts


def test_the_words_are_the_panels() -> None:
    sources = [
        path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.ts*") if "__tests__" not in str(path)
    ]
    panel = "\n".join(sources)
    ours = {text for text in all_words() if re.search(r"[a-z]{3}", text)}
    assert len(ours) > 50
    assert {text for text in ours if f"'{text}'" not in panel} == set()


@pytest.mark.parametrize(
    ("hints", "label"),
    [
        (None, "passed"),
        (0, "first passed without help"),
        (1, "first passed with 1 hint"),
        (2, "first passed with 2 hints"),
    ],
)
def test_a_pass_tells_how_it_came(hints: int | None, label: str) -> None:
    assert words.outcome_words(wire.Passed(inputs=1), hints) == (label, "Every claim holds, on 1 input.")


# -- Pages -------------------------------------------------------------------------------------------------


def test_nothing_of_a_report_is_markup() -> None:
    line, clip = wire.Line(text=EVIL, number=1), wire.Clip(title=EVIL, url=f"https://youtu.be/{EVIL}")
    check = wire.CheckResult(
        name=EVIL, answer=EVIL, title=EVIL, state="failed", measurement=EVIL, smallest_input=EVIL, observation=EVIL,
        line=line, wrong=1, inputs=2, clip=clip,
    )  # fmt: skip
    hint = wire.Hint(level=1, text=f"{EVIL} ${EVIL}$ `{EVIL}` [x](javascript:alert)", clip=clip, code=EVIL)
    ladder = wire.Ladder(key="exercise", levels=1, opened=[hint], next=wire.HintsDone(), title=EVIL)
    full = {"checks": [check], "ladder": ladder, "notes": [EVIL], "printed": EVIL, "known_slip": True}
    stopped: list[wire.Outcome] = [
        wire.CellRaised(EVIL, line),
        wire.TimedOut(1.0, EVIL),
        wire.NoSnapshot(EVIL),
        wire.Broken(EVIL, EVIL),
    ]
    for outcome in stopped:
        told = whole(report(outcome, **full), title=f"{EVIL} `{EVIL}`")
        assert "<script" not in told
        assert 'href="javascript' not in told
        assert set(re.findall(r"<([a-z]+)", told)) <= {
            "div", "strong", "code", "pre", "ul", "li", "span", "details", "summary", "section", "p", "a",
        }  # fmt: skip


@pytest.mark.parametrize(
    ("url", "is_link"),
    [
        ("https://youtu.be/abc", True),
        ("http://youtu.be/abc", False),
        ("https://evil.example/abc", False),
        ("javascript:alert(1)", False),
        ('https://youtu.be/"onmouseover="x', True),
    ],
)
def test_only_known_hosts_become_links(url: str, is_link: bool) -> None:  # noqa: FBT001
    told = page("double", "Twice", None, hints=0, clip=wire.Clip(title="A talk", url=url, start=3661)).report
    assert ("<a " in told) is is_link
    assert "Watch 1:01:01 — A talk" in told
    assert 'onmouseover="' not in told


def test_hints_are_markdown_whose_formulas_stay() -> None:
    told = markdown("Is $a_1 * b_1 * c < d$ *right*? Look at `x*y*z`.\n\n- one\n- $$\\|x\\|$$ ![x](https://a.b/c)")
    assert "$a_1 * b_1 * c &lt; d$ <em>right</em>" in told
    assert "<code>x*y*z</code>" in told
    assert "$$\\|x\\|$$" in told
    assert "<img" not in told


def test_hints_of_another_ladder_are_folded_until_it_is_their_turn() -> None:
    own, puzzle = wire.Hint(level=1, text="What is dropped?"), wire.Hint(level=4, text="Put the lines in order.")
    ladder = wire.Ladder(key="exercise", levels=5, opened=[own, puzzle], next=wire.HintReady(level=2))
    asked = report(wire.Failed())

    def hints(ladder: wire.Ladder) -> str:
        told = structs.replace(asked, ladder=ladder)
        return page("double", "Twice", told, hints=0, clip=None).hints

    shown, folded = hints(ladder).split("<details>")
    assert ("dropped" in shown, "dropped" in folded) == (True, False)
    assert folded.startswith("<summary>Opened with an earlier verdict</summary>")
    assert "in order" in folded
    for later in (wire.HintReady(level=5), wire.HintsDone()):
        assert "<details>" not in hints(structs.replace(ladder, next=later))


def test_structure_that_holds_shares_a_line_and_one_failure_is_open() -> None:
    states = {
        "defined": "held",
        "runs": "held",
        "shape": "failed",
        "finite": "skipped",
        "own": "failed",
        "next": "held",
    }
    checks = [wire.CheckResult(name=name, answer="f", title=f"{name}!", state=state) for name, state in states.items()]  # type: ignore[arg-type]
    told = whole(report(wire.Failed(), checks=checks))
    rows = re.findall(r"<li [^>]*>(.*?)</li>", told)
    assert [re.sub(r"<[^>]*>", "", row) for row in rows] == [
        "✓ defined, runs", "✗ shape!", "✗ own!", "✓ next!", "○ finite",
    ]  # fmt: skip
    assert told.count("<details open>") == 1
    assert told.count('aria-label="does not hold:"') == 2


# -- Cells -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("def f(x): return x\nclass C: pass\nasync def g(): pass", ["f", "C", "g"]),
        ("a = b = 1\n(c, [d]) = 1, [2]\ne: int = 3\nn: int\no.p = 1\nq[0] = 2", ["a", "b", "c", "d", "e"]),
        ("if True:\n    f = 1\nelse:\n    g = 2\ntry:\n    h = 3\nfinally:\n    i = 4", ["f", "g", "h", "i"]),
        ("def f(x):\n    inner = 1\nprint(f == 1)", ["f"]),
        ("def f(x)\n    return x\nvalue = (\n==", ["f", "value"]),
        ("%%time\n\ndef f(x): return x", ["f"]),
        ("\n%%capture out\n%%time\nf = 1", ["f"]),
        ("%%bash\nf=1", []),
        ("%%", []),
        ("", []),
    ],
)
def test_a_cell_answers_what_it_binds(source: str, names: list[str]) -> None:
    assert names_defined(source, lambda text: text) == names


def test_a_cell_may_say_what_it_answers() -> None:
    source = (
        "# exercise: a-b\n%exercise c\n  #exercise:course/d\n# exercise: a-b\n# an exercise: e\n%exercises f\nx = 1"
    )
    assert exercises_said(source) == ["a-b", "c", "course/d"]


# -- Shelves -----------------------------------------------------------------------------------------------


def module(*answers: str) -> str:
    functions = "".join(f"\n@solution\ndef {name}():\n    return 1\n" for name in answers)
    return f'"""A title\n- One hint."""\nfrom math4ml_lab.exercise import solution\n{functions}'


@pytest.fixture
def course(tmp_path: Path) -> Path:
    (tmp_path / "course.toml").write_text('name = "c"\ntitle = "C"\n' + UNITS)
    for unit, name, answers in [
        ("one", "first", ["f"]), ("one", "both", ["f", "g"]), ("two", "third", ["f"]), ("two", "last", ["h"]),
    ]:  # fmt: skip
        (tmp_path / unit).mkdir(exist_ok=True)
        (tmp_path / unit / f"{name}.py").write_text(module(*answers))
    (tmp_path / "one" / "helper.py").write_text("def f(): pass")
    (tmp_path / ".ipynb_checkpoints").mkdir()
    (tmp_path / ".ipynb_checkpoints" / "h_copy.py").write_text(module("h"))
    return tmp_path


def test_a_folders_own_exercises_come_before_those_of_its_course(course: Path) -> None:
    shelf = shelf_at(course / "two")
    assert shelf is not None
    assert shelf.names() == ["last", "third", "both", "first"]
    assert matching(shelf, ["f"])[0] == [course / "two" / "third.py"]
    assert matching(shelf, ["h", "nobody"]) == ([course / "two" / "last.py"], [])
    assert shelf.named("first") == [course / "one" / "first.py"]
    assert shelf.named("c/both") == [course / "one" / "both.py"]
    place, loaded = shelf.load(course / "one" / "both.py")
    assert (place.course, place.unit, loaded.exercise.title) == ("c", "one", "A title")


def test_the_exercise_that_fits_best_is_meant(course: Path) -> None:
    shelf = Shelf(course, unit=course / "one")
    assert matching(shelf, ["f", "g"])[0] == [course / "one" / "both.py"]
    assert matching(shelf, ["f"])[0] == [course / "one" / "first.py"]
    found, said = matching(Shelf(course), ["f"])
    assert found == []
    assert "'f' is asked for by 2 exercises: first, third" in said[0]


def test_a_folder_without_exercises_gives_way_to_the_course_of_this_package(tmp_path: Path) -> None:
    (tmp_path / "notes.py").write_text("x = 1")
    assert shelf_at(tmp_path) is None
    shelf = first_shelf(tmp_path)
    assert shelf is not None
    assert "fail-on-purpose" in shelf.names()


def test_a_course_is_chosen_by_folder_name_or_unit(course: Path, tmp_path: Path) -> None:
    assert chosen_shelf(str(course), tmp_path, None).names()[:2] == ["both", "first"]
    assert chosen_shelf("two", course, None).names()[:2] == ["last", "third"]
    assert chosen_shelf("two", Path("/"), Shelf(course)).names()[:2] == ["last", "third"]
    assert chosen_shelf("math4ml", Path("/"), None).title.startswith("Mathematics")
    (course / "empty" / "deep").mkdir(parents=True)
    for wrong, fix in [("nothing", "Name a folder"), (str(course / "empty" / "deep"), "Name one with course.toml")]:
        with pytest.raises(NotFound, match=fix):
            chosen_shelf(wrong, course, None)
    (course / "course.toml").write_text("title = 1")
    with pytest.raises(CatalogueError):
        chosen_shelf(str(course), tmp_path, None)


@pytest.mark.parametrize("wrong", ["", "../one/first", "d/first", "A", "first/", "\ud800"])
def test_a_name_that_is_none_is_refused_with_the_names_there_are(course: Path, wrong: str) -> None:
    with pytest.raises(NotFound, match="It has both, first, last, third"):
        Shelf(course).named(wrong)


# -- Imports -----------------------------------------------------------------------------------------------


def test_a_python_that_is_too_old_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 13))
    with pytest.raises(UsageError, match=r"needs Python 3\.11, this kernel has 3"):
        math4ml_lab.load_ipython_extension(None)


def test_the_fallback_loads_nothing_of_a_server() -> None:
    program = "import sys, math4ml_lab.fallback; print(*sys.modules, sep='\\n')"
    command = [sys.executable, "-c", program]
    loaded = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.splitlines()
    heavy = {
        "jupyter_server",
        "jupyterlab",
        "tornado",
        "nbformat",
        "nbclient",
        "click",
        "ipywidgets",
        "hypothesis",
        "numpy",
    }
    assert heavy & set(loaded) == set()
    # Of the server only what is as plain as a domain module: how a verdict becomes a report.
    plain = {f"math4ml_lab.server.{name}" for name in ("answers", "refusals", "reports")}
    assert {name for name in loaded if name.startswith("math4ml_lab.server.")} == plain
