"""What the course's moving pictures compute and say, without a widget and without a picture."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from explorables import cliff, little_o, plane, step_size, svd_steps, valley, words
from hypothesis import given, strategies as st
from test_environments import environment, others

if TYPE_CHECKING:
    from collections.abc import Sequence

FOLDER = Path(words.__file__).parent
FILES = sorted(FOLDER.glob("*.py"))
QUARTERS = st.integers(-8, 8).map(lambda number: number / 4)


# -- The plane -------------------------------------------------------------------------------------------------


@given(QUARTERS, QUARTERS, QUARTERS, QUARTERS)
def test_the_plane_is_said_to_be_what_the_determinant_makes_of_it(a: float, b: float, c: float, d: float) -> None:
    seen = plane.seen(a, b, c, d)
    assert seen.determinant == a * d - b * c
    assert seen.longest * seen.shortest == pytest.approx(abs(seen.determinant), abs=1e-9)
    said = {
        "one point": not seen.matrix.any(),
        "one line": seen.determinant == 0 and bool(seen.matrix.any()),
        "turned over": seen.determinant < 0,
        "keeps its face up": seen.determinant > 0,
    }
    assert {text: text in seen.sentence for text in said} == said
    assert ("stays as it is" in seen.sentence) == (abs(seen.determinant) == 1)


def test_a_turn_keeps_the_circle() -> None:
    assert "a circle of radius 1." in plane.seen(0, -1, 1, 0).sentence
    assert "(1, 0) goes to (0, 1)" in plane.seen(0, -1, 1, 0).sentence


# -- The three steps of the SVD --------------------------------------------------------------------------------


def test_the_picture_is_made_of_its_three_steps() -> None:
    throw, stretch, insert = svd_steps.STEPS
    rank = svd_steps.RANK
    assert svd_steps.PICTURE.shape == (24, 36)
    assert (throw.shape, insert.shape) == ((rank, 36), (24, rank))
    np.testing.assert_allclose(throw @ throw.T, np.eye(rank), atol=1e-12)
    np.testing.assert_allclose(insert.T @ insert, np.eye(rank), atol=1e-12)
    np.testing.assert_allclose((insert * stretch) @ throw, svd_steps.PICTURE, atol=1e-12)


def test_the_picture_is_the_same_on_every_machine() -> None:
    """No two parts are close to changing places, no sign is close to changing."""
    stretch = svd_steps.STEPS.stretch
    assert float((-np.diff(stretch)).min()) > 1e-2
    assert float(stretch.min()) > 0.1
    assert float(svd_steps.STEPS.insert.sum(axis=0).min()) > 1e-4
    assert set(np.unique(svd_steps.PICTURE)) <= set(range(10))


@given(st.integers(1, svd_steps.RANK), st.integers(1, svd_steps.COLUMNS))
def test_what_is_lost_is_what_was_dropped(keep: int, column: int) -> None:
    seen = svd_steps.seen(keep, column)
    lost = float(((seen.rebuilt - svd_steps.PICTURE) ** 2).sum())
    assert lost == pytest.approx(float((svd_steps.STEPS.stretch[keep:] ** 2).sum()), abs=1e-9)
    assert (len(seen.thrown), len(seen.renamed), len(seen.inserted)) == (keep, keep, 24)
    np.testing.assert_allclose(svd_steps.STEPS.insert[:, :keep] @ seen.renamed, seen.inserted, atol=1e-12)
    assert ("nothing is lost" in seen.sentence) == (keep == svd_steps.RANK)
    assert f"Column {column} " in seen.sentence
    assert ("stretches each by its own amount" in seen.sentence) == (keep > 1)
    assert (" pixels of it." in seen.sentence) == ("stretches it by" in seen.sentence) == (keep == 1)


# -- Little-o --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pair", "trend"),
    list(zip(little_o.PAIRS, ["falling"] * 3 + ["zero"] + ["same"] * 2 + ["growing"] * 2, strict=True)),
)
def test_the_trend_of_each_pair_is_the_same_at_every_zoom(pair: str, trend: str) -> None:
    assert [little_o.seen(pair, zoom).trend for zoom in range(1, little_o.DEEPEST + 1)] == [trend] * little_o.DEEPEST
    assert little_o.seen(pair, 0).trend == "unknown"


# -- Step size -------------------------------------------------------------------------------------------------


@given(st.sampled_from(sorted(step_size.CURVES)), st.sampled_from(step_size.WAYS), st.floats(-15, -2))
def test_the_two_parts_account_for_the_error(name: str, way: str, power: float) -> None:
    curve, h, both = step_size.CURVES[name], 10.0**power, way == step_size.WAYS[1]
    bend, lost = step_size.errors(curve, h, both=both)
    assert step_size.measured(curve, h, both=both) <= 4 * (bend + lost) + 1e-15


@pytest.mark.parametrize("name", step_size.CURVES)
@pytest.mark.parametrize("way", step_size.WAYS)
def test_smaller_steps_help_until_rounding_takes_over(name: str, way: str) -> None:
    larger = [step_size.seen(name, way, power).larger for power in range(1, 16)]
    order = ["bend", "neither", "rounding"]
    assert larger == sorted(larger, key=order.index)
    assert larger[0] == "bend"
    assert larger[-1] == "rounding"


# -- Descent ---------------------------------------------------------------------------------------------------


@given(st.integers(1, 8).map(lambda number: number / 2), st.integers(1, 90).map(lambda number: number * 0.05))
def test_the_walk_is_gradient_descent_and_said_to_end_as_it_does(a: float, rate: float) -> None:
    seen = cliff.seen(a, rate)
    x = 1.0
    for there in seen.walk:
        assert there == pytest.approx(x, rel=1e-9, abs=1e-9)
        x -= rate * a * x
    edge = rate * a - 2
    ends = "bounces" if abs(edge) < 1e-9 else "blows up" if edge > 0 else ""
    assert (seen.kind if ends else "") == ends
    assert ("comes to rest" in seen.sentence or "lands on" in seen.sentence) == (ends == "")


@given(st.integers(1, 40), st.integers(1, 44).map(lambda number: number * 0.05))
def test_the_valley_is_walked_in_as_many_steps_as_is_said(condition: int, rate: float) -> None:
    seen = valley.seen(condition, rate)
    if seen.needed is None:
        assert rate > 2 - 1e-9
        assert ("blows up" in seen.sentence) == (rate > 2 + 1e-9)
        return
    left = np.abs([seen.along, seen.across])
    assert (left**seen.needed <= 0.01 * (1 + 1e-9)).all()
    assert seen.needed == 1 or (left ** (seen.needed - 1) > 0.01 * (1 - 1e-9)).any()
    np.testing.assert_allclose(seen.walk[1], np.array(valley.START) * [1 - rate / condition, 1 - rate], atol=1e-12)


# -- All of them -----------------------------------------------------------------------------------------------


@given(st.floats(-1e300, 1e300))
def test_a_number_can_be_read_out_and_is_the_number(number: float) -> None:
    told = words.said(number)
    assert "-" not in told
    assert float(told.replace("\N{MINUS SIGN}", "-")) == pytest.approx(number, rel=6e-3)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("name", ["INK", "BLUE", "RUST", "GREY", "PURPLE"])
def test_colours_have_contrast_on_the_card(name: str) -> None:
    """The card is drawn too, so a page's theme changes nothing."""
    assert (luminance(words.CARD) + 0.05) / (luminance(getattr(words, name)) + 0.05) > 4.5


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_files_are_python_3_9_and_need_nothing_of_ours(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    ast.parse(text, feature_version=(3, 9))
    assert "math4ml_lab" not in text


def test_the_numbers_are_to_be_had_where_nothing_can_be_drawn() -> None:
    program = (
        "import sys; sys.modules['matplotlib'] = None; sys.modules['ipywidgets'] = None\n"
        "import explorables\nfrom explorables import valley\nprint(valley.seen(10, 0.5).sentence)\n"
        "print(explorables.learning_rate_cliff())"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=FOLDER.parent, capture_output=True, text=True, check=True
    )
    sentence, told = done.stdout.splitlines()
    assert sentence == valley.seen(10, 0.5).sentence
    assert told.startswith("This picture needs ipywidgets, which is not installed in this kernel.")


@pytest.mark.kernel
@pytest.mark.timeout(300)
@pytest.mark.parametrize(("name", "python", "packages"), others("oldest", "3.9", "ipykernel==6.29.*"))
def test_an_old_python_says_the_same(name: str, python: str, packages: Sequence[str]) -> None:
    modules = [cliff, little_o, plane, step_size, svd_steps, valley]
    starts = [
        (1, 0.25),
        ("f = x, g = x²", 3),
        (1, 0.5, -0.25, 1.25),
        ("sin x at 1", "to one side", 2),
        (2, 14),
        (10, 0.5),
    ]
    names = [module.__name__ for module in modules]
    program = f"import importlib\nfor name, start in zip({names}, {starts}):\n"
    program += "    print(importlib.import_module(name).seen(*start).sentence)\nimport explorables"
    line = [environment(name, python, *packages), "-B", "-X", "utf8", "-c", program]
    done = subprocess.run(line, cwd=FOLDER.parent, capture_output=True, text=True, encoding="utf-8", check=True)
    assert done.stdout.splitlines() == [
        module.seen(*start).sentence for module, start in zip(modules, starts, strict=True)
    ]


def test_a_bug_is_no_missing_package(monkeypatch: pytest.MonkeyPatch) -> None:
    import explorables

    monkeypatch.setattr(cliff, "widget", lambda: __import__("no_such_package"))
    with pytest.raises(ModuleNotFoundError, match="no_such_package"):
        explorables.learning_rate_cliff()


def test_steps_needed_are_none_where_it_never_arrives() -> None:
    assert valley.steps_needed((0.5, -1.0)) is None
    assert valley.steps_needed((0.0, 0.0)) == 1
    assert valley.steps_needed((0.1, 0.0)) == 2
