"""What the tables of hostile and clumsy answers are made of: exercises, and rows of answers."""

from __future__ import annotations

import re
import textwrap
from typing import Any, NamedTuple

from live import exercise


class Row(NamedTuple):
    """An answer and what has to be said of it.

    `of` names the exercise, `outcome` is the kind on the wire, `told` a part of what the learner reads. `undo` is run
    in the kernel afterwards, where the cell itself changed what everybody shares.
    """

    name: str
    of: str
    source: str
    outcome: str
    told: str = ""
    undo: str = ""


def body(of: str, text: str) -> str:
    """Return a cell that defines the answer to `of` with this body."""
    return f"def {of}({SIGNATURES[of]}):\n" + textwrap.indent(text, "    ")


def table(of: str, text: str) -> list[Row]:
    """Read rows: `--- name | outcome | told` above an answer's body, `===` for a whole cell, `--- undo` between."""
    rows = []
    for part in re.split(r"^(?=--- (?!undo)|=== )", text.strip("\n"), flags=re.MULTILINE)[1:]:
        head, _, source = part.partition("\n")
        name, outcome, told = [item.strip() for item in (head[4:] + " | ").split("|")][:3]
        source, _, undo = source.rstrip("\n").partition("\n--- undo\n")
        rows.append(Row(name, of, source if head[0] == "=" else body(of, source), outcome, told, undo))
    return rows


SIGNATURES = {
    "means": "X",
    "loops": "X",
    "norm": "v",
    "ends": "v",
    "slope": "f, x",
    "draws": "n, rng",
    "volume": "A",
    "tally": "text",
}
RIGHT = {
    "means": body("means", "return X.sum(axis=0) / X.shape[0]"),
    "loops": body("loops", "return X.sum(axis=0) / X.shape[0]"),
    "norm": body("norm", "return (v @ v) ** 0.5"),
    "ends": "def low(v):\n    return v.min()\ndef high(v):\n    return v.max()",
    "golden": "golden = (1 + 5**0.5) / 2",
    "slope": body("slope", "return (f(x + 1e-5) - f(x - 1e-5)) / 2e-5"),
    "draws": body("draws", "return rng.normal(size=n)"),
    "volume": body("volume", "import numpy\nreturn tuple(numpy.linalg.slogdet(A))"),
    "tally": body("tally", "return {letter: text.count(letter) for letter in text}"),
}
"""Right answers that use no name of the kernel's: whatever an earlier answer did to one, they hold."""

_MEANS = '''
    """The mean of each column"""
    import numpy as np
    from math4ml_lab.exercise import case, check, inputs, mistake, near, solution

    @solution
    def means(X):
        return X.mean(axis=0)

    inputs(
        case(X=np.array([[1.0, 2.0], [3.0, 5.0], [6.0, 7.0]])),
        case(X=np.array([[1.0, 2.0, 4.0], [4.0, 5.0, 9.0]])),
        case(X=np.array([[-2.5, 8.0]])),
    )

    @check
    def balanced(X, got):
        """The deviations from the means cancel out"""
        near((X - got).sum(), 0.0, atol=1e-2)

    @mistake
    def rows(X):
        """Rows and columns
        - Along which axis?"""
        return X.mean(axis=1)
'''
_SOURCES = {
    "means": (_MEANS, ["means"]),
    "loops": (_MEANS.replace("def means", "def loops"), ["loops"]),
    "norm": ('''
        """The length of a vector"""
        import numpy as np
        from math4ml_lab.exercise import case, inputs, solution

        @solution
        def norm(v):
            return float(np.sqrt((v**2).sum()))

        inputs(case(v=np.array([3.0, 4.0])), case(v=np.array([1.0, 2.0, 2.0])), case(v=np.array([-1.5, 0.5])))
    ''', ["norm"]),
    "ends": ('''
        """The smallest and the largest"""
        import numpy as np
        from math4ml_lab.exercise import case, inputs, solution

        @solution
        def low(v):
            return v.min()

        @solution
        def high(v):
            return v.max()

        inputs(case(v=np.array([3.0, 4.0])), case(v=np.array([1.0, -2.0, 2.5])))
    ''', ["low", "high"]),
    "golden": ('''
        """The golden ratio"""
        from math4ml_lab.exercise import solution

        @solution
        def golden():
            return (1 + 5**0.5) / 2
    ''', ["golden"]),
    "slope": ('''
        """The central difference"""
        from math4ml_lab.exercise import case, check, fn, inputs, solution

        @solution
        def slope(f, x):
            return (f(x + 1e-5) - f(x - 1e-5)) / 2e-5

        inputs(case(f=fn("x**2"), x=1.5), case(f=fn("np.sin(x)"), x=0.5))

        @check
        def thrifty(calls):
            """The function is called twice"""
            assert calls["f"] == 2
    ''', ["slope"]),
    "draws": ('''
        """Normal numbers"""
        from math4ml_lab.exercise import inputs, ints, seeds, solution

        @solution
        def draws(n, rng):
            return rng.standard_normal(n)

        inputs(n=ints(1, 5), rng=seeds(), size=8)
    ''', ["draws"]),
    "volume": ('''
        """The sign and the logarithm of a determinant"""
        import numpy as np
        from math4ml_lab.exercise import case, inputs, solution

        @solution
        def volume(A):
            sign, size = np.linalg.slogdet(A)
            return sign, size

        inputs(case(A=np.array([[2.0, 1.0], [1.0, -3.0]])), case(A=np.array([[1.5, 0.0], [4.0, 2.0]])))
    ''', ["volume"]),
    "tally": ('''
        """How often each letter occurs"""
        from math4ml_lab.exercise import case, inputs, solution

        @solution
        def tally(text):
            return {letter: text.count(letter) for letter in text}

        inputs(case(text="ab"), case(text="abba"), case(text=""))
    ''', ["tally"]),
}  # fmt: skip
LIMITS = {"loops": 1.5}
EXERCISES: dict[str, dict[str, Any]] = {
    name: exercise(name, textwrap.dedent(source), names, limit=LIMITS.get(name, 10.0))
    for name, (source, names) in _SOURCES.items()
}
"""By name, which is also the id of the cell. Answers that never end are given to `loops`, whose limit is short."""
