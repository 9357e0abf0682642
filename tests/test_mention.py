"""Whether a cell has anything to do with an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from live import Live
from test_runner import DOUBLE, RIGHT, failed

from math4ml_lab import wire
from math4ml_lab.kernel.mention import is_silent

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    with Live(tmp_path_factory.mktemp("kernel")) as kernel:
        kernel.watch({"a": DOUBLE})
        yield kernel


@pytest.mark.parametrize(
    "source",
    [
        "double = 1",
        "def double(): ...",
        "class double: ...",
        "double: int = 1",
        "(double := 1)",
        "double.x = 1",
        "double[0] = 1",
        "double",
        "for double in (1, 2): pass",
        "import numpy as double",
        "import double.part",
        "from here import double",
        "from here import *",
        "with a as double: pass",
        "try: pass\nexcept E as double: pass",
        "del double",
        "@double\ndef f(): ...",
        "global double",
        "match 1:\n    case double: pass",
        "import here\nhere.double = 3",
        "double += 1",
        "f = lambda: double",
        "exec(text)",
        "globals()['dou' + 'ble'] = 1",
        "%run answer.py",
        "!ls",
        "get_ipython().run_line_magic('run', 'a.py')",
        "def f(:",
        "import answers; answers.__dict__.update(a=1)",
    ],
)
def test_what_may_define_it_is_not_silent(source: str) -> None:
    assert not is_silent(source, ["double", "other"])


@pytest.mark.parametrize(
    "source",
    [
        "",
        "# double",
        "'double'",
        "duoble = 2",
        "doubled = 2",
        "def f(x):\n    return 2 * x",
        "import numpy as np",
        "f(double=3)",
        "x = {'double': 1}",
    ],
)
def test_what_cannot_is(source: str) -> None:
    assert is_silent(source, ["double", "other"])


@pytest.mark.kernel
@pytest.mark.parametrize("before", [RIGHT, "def double(x):\n    return 3 * x"])
def test_a_cell_that_says_nothing_of_the_answer_is_not_judged_by_an_earlier_one(live: Live, before: str) -> None:
    live.judged(before, "a")
    typo = "def duoble(x):\n    return 2 * x"
    for verdict in (live.judged(typo, "a"), live.verdict(live.jobs({"x": DOUBLE}, typo)[0])):
        claim = failed(verdict)
        told = "This cell does not define 'double': the one in the kernel is from another cell, or an earlier run."
        assert (claim.name, claim.measurement, claim.line) == ("defined", told, None)
    assert live.judged("# double", "a").outcome == wire.NotAttempted()
