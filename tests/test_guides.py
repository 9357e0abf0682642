"""The guides: what they have the reader write is proven, and what they show is what is printed."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from math4ml_lab.cli import main

if TYPE_CHECKING:
    from collections.abc import Iterator

DOCS = Path(__file__).resolve().parent.parent / "docs"


def blocks(guide: str, language: str) -> list[str]:
    text = (DOCS / f"{guide}.md").read_text(encoding="utf-8")
    found = re.findall(r"^```(\w*)\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    return [block for said, block in found if said == language]


def printed(text: str) -> Iterator[str]:
    """Yield lines as one sees them, without the time that a proof took."""
    for line in text.splitlines():
        yield re.sub(r", [\d.]+ s$", "", " ".join(line.split()))


@pytest.mark.kernel
@pytest.mark.timeout(180)
def test_the_first_exercise_is_proven_at_each_step(tmp_path: Path) -> None:
    module = tmp_path / "centre.py"
    steps = blocks("first-exercise", "python")
    assert len(steps) == 3
    told = ""
    for step in range(len(steps)):
        module.write_text("\n\n".join(steps[: step + 1]), encoding="utf-8")
        seeds = "20" if step + 1 == len(steps) else "1"
        result = CliRunner().invoke(main, ["verify", "--seeds", seeds, str(module)])
        told = result.stdout
        assert (result.exit_code, "1 of 1 proven; 0 errors, 0 warnings." in told) == (0, True), told
    shown = next(block for block in blocks("first-exercise", "") if block.startswith("✓"))
    assert list(printed(shown)) == list(printed(told))[:-1]


def test_the_starter_of_the_first_exercise_answers_nothing() -> None:
    starter = blocks("first-exercise", "")[0]
    assert starter == "def centre(X):\n    ...\n"


@pytest.mark.parametrize("guide", ["first-exercise", "good-hints", "good-probes"])
def test_code_of_the_guides_is_python_and_links_lead_somewhere(guide: str) -> None:
    for block in blocks(guide, "python"):
        ast.parse(block)
    for target in re.findall(r"\]\(([^)#:]+)\)", (DOCS / f"{guide}.md").read_text(encoding="utf-8")):
        assert (DOCS / target).exists(), target
