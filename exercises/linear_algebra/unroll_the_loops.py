"""Triple loop, zero loops
- Multiply out $\\|x - y\\|^2$, as you would multiply out $(a - b)^2$. Which three terms are there?
- Take $x = (1, 2)$ and $y = (4, 6)$. $\\|x\\|^2 = 5$, $\\|y\\|^2 = 52$ and $x \\cdot y = 16$, and $5 + 52 - 2 \\cdot
  16 = 25 = 3^2 + 4^2$. With many $x$ and many $y$, which of the three terms is a product of two matrices?
- Add a column with the squared lengths of the first points and a row with those of the second, and take away twice the
  product of the one table with the other one transposed. Then lift what is below 0 to 0."""

import numpy as np

from math4ml_lab.exercise import ask, case, check, exercise, inputs, mistake, solution, symptom, view

exercise(points=3, needs=["batch-is-a-loop"], video="MLG8")

ask(
    "Two tables with 1000 points each: a million distances. How much faster than a Python loop over all pairs will an "
    "answer without loops be?",
    choices=["hardly at all", "about twice as fast", "fifty times, or more"],
    right="fifty times, or more",
    follow_up={
        "hardly at all": "Both do the same arithmetic. But who looks up names, types and bounds for each number?",
        "about twice as fast": "Measure it with the cell below the exercise. What has Python to do for each single "
        "number, besides the arithmetic?",
    },
)
ask(
    "The square of a distance is never negative. Can the computer print a negative one, from the right formula?",
    choices=["yes", "no"],
    right="yes",
    follow_up={
        "no": "Say two numbers near 200 million have 16 digits each, and the last one is rounded. How well is their "
        "difference known, if it is nearly 0?",
    },
)


@solution
def pairwise(X, Y):
    lengths = (X**2).sum(axis=1)[:, None] + (Y**2).sum(axis=1)
    return np.maximum(lengths - 2 * (X @ Y.T), 0)


FAR = np.array([[10000.25, 9998.5, 10003.1], [10001.5, 10004.3, 9999.7]])
# Nothing but rounding is left of these, and it is negative on every machine, in whatever order the terms are added:
# with one feature there is no sum whose order a machine could choose.
CLOSE = np.array([[10000.1], [10000.10000003]])
CLOSER = np.array([[10000.10000004], [10000.10000014], [10000.10000017]])
MANY = (np.arange(300) * 7 % 19 - 9.0).reshape(150, 2)
MORE = (np.arange(240) * 5 % 23 - 8.0).reshape(120, 2)

inputs(
    case(X=np.array([[1.0], [4]]), Y=np.array([[2.0], [6], [-1]])),
    case(X=np.array([[1.0, 2], [0, -1]]), Y=np.array([[4.0, 6], [1, 1], [-2, 3]])),
    case(X=np.array([[1.0, 2], [3, -1], [0, 4]]), Y=np.array([[4.0, 6], [1, 1], [-2, 3]])),
    case(X=np.array([[2.0, -3, 1]]), Y=np.array([[1.0, 1, 5], [4, -2, 2]])),
    case(X=np.array([[3.0, 1, -2, 2], [1, 5, 2, -4], [2, 2, 0, 1]]), Y=np.array([[1.0, -1, 3, 2]])),
    case(X=CLOSE, Y=CLOSER),
    case(X=FAR, Y=np.array([[10002.5, 9997.2, 10001.4], [9999.1, 10001.8, 10005.6], [10004.7, 10000.2, 9996.3]])),
    case(X=MANY, Y=MORE),
)


@view
def without_noise(got):
    """What rounding leaves above 0 is as good as 0: there are many ways to get rid of what is below."""
    if not isinstance(got, np.ndarray) or got.dtype.kind not in "if":
        return got
    return np.where((got > 0) & (got < 1e-6), 0.0, got)


@check
def never_negative(got):
    """No square of a distance is negative
    - What is the smallest number in your result? What would its square root be?
    - $10000.1^2$ has more digits than a computer keeps, so each of the three terms is rounded in about its eighth digit
      behind the point. For points very close to each other hardly anything but this error is left.
    - Lift all that is below 0 to 0: the true value is that close."""
    assert np.min(got) >= 0


@check
def no_loop(lines_run):
    """For 150 and 120 points at most 100 lines of yours run
    - Which lines of yours run once for each point, or for each pair?
    - A comprehension, `map` and `np.vectorize` are loops too: Python comes back to your code for each element. An
      expression on whole arrays is left once and comes back once.
    - Let nothing of yours run per row. A column plus a row gives a table of all pairs, and so does a product of
      matrices. A loop over the features does not matter."""
    assert lines_run <= 100


def _lengths(X, Y):
    return (X**2).sum(axis=1)[:, None] + (Y**2).sum(axis=1)


@mistake
def no_cross(X, Y):
    """The mixed term is missing
    - What does your function say of the distance from a point to itself?
    - $(5 - 3)^2$ is $25 + 9 - 2 \\cdot 15 = 4$, not $25 + 9$. For vectors the mixed term is $-2\\, x \\cdot y$: it
      knows whether they point the same way.
    - Take away twice the dot products of all pairs. They are one product of matrices."""
    return _lengths(X, Y)


@mistake
def one_cross(X, Y):
    """The mixed term counts twice
    - What does your function say of the distance from a point to itself?
    - $(5 - 3)^2 = 25 - 15 - 15 + 9$: the mixed product comes up once as $x \\cdot y$ and once as $y \\cdot x$.
    - Take away the dot products twice."""
    return _lengths(X, Y) - X @ Y.T


@mistake
def not_turned(X, Y):
    """The second table went into the product as it is
    - Which axis of `X` counts the features, and which one of `Y` does? Which two axes does your product bring together?
    - A product adds up over the last axis on the left and the first one on the right. With 1 point against 2 points of
      3 features, $1 \\times 3$ and $2 \\times 3$, that is a sum over 3 on the left and over 2 on the right.
    - Transpose the second table before it is multiplied: then both sides of the product count features where they
      meet, and points are left outside."""
    return np.maximum(_lengths(X, Y) - 2 * (X @ Y), 0)


@mistake
def sqrt(X, Y):
    """These are the distances, not their squares
    - Take the points $(0, 0)$ and $(3, 4)$. What does your function say, 5 or 25?
    - The distance is 5, and its square, $3^2 + 4^2$, is 25. The square is what was asked for: it needs no root, and for
      "which one is closest?" it is as good.
    - Leave out the root at the end. A norm has one too: it is the root of a sum of squares."""
    return np.array([[np.sqrt(np.sum((x - y) ** 2)) for y in Y] for x in X])


@mistake
def negative(X, Y):
    """Less than nothing
    - What is the smallest number in your result? What does its square root say?
    - The formula is right, and your computer rounds. Where $x$ is $10000.1$ and $y$ close to it, two numbers near $2
      \\cdot 10^8$ agree in nearly all of the 16 digits that are kept. What is left of their difference is the rounding
      of the last digits, and that has either sign.
    - Lift all that is below 0 to 0, at the end, and say in a comment why it can happen."""
    return _lengths(X, Y) - 2 * (X @ Y.T)


@mistake
def broadcast_bug(X, Y):
    """The first with the first, the second with the second
    - How many distances are there between 3 points and 3 points, and how many have you got?
    - `X - Y` pairs row 0 with row 0 and row 1 with row 1, if there are as many: 3 differences out of 9. A table of all
      pairs needs the rows of one along one axis and the rows of the other along another.
    - Give the first table an axis of length 1 where the second has its rows, so that each meets all. Or multiply out
      the square: then no differences are needed."""
    return ((X - Y) ** 2).sum(axis=1)


@mistake
def no_sum(X, Y):
    """One number for each feature
    - How many axes has your result? Which of them should be gone?
    - $(1, 2)$ and $(4, 6)$ differ by 3 and by 4. 9 and 16 are the parts, and the square of the distance is their sum,
      25.
    - Add up over the last axis, that of the features."""
    return (X[:, None, :] - Y[None, :, :]) ** 2


@mistake
def turned(X, Y):
    """Rows and columns have changed places
    - How many rows has your result, and how many points has the first table?
    - With 2 points in `X` and 3 in `Y` the table has 2 rows. Its first row holds the distances from the first point of
      `X` to each point of `Y`.
    - Let the lengths of `X` be the column and those of `Y` the row, and let `X` stand on the left of the product. Or
      transpose the result."""
    return pairwise(X, Y).T


def _small(rows):
    """Keep the rows without rounding: there all ways to compute the same give the same."""
    return [row for row in rows if np.abs(row.inputs["X"]).max() < 1000]


def _is(got, want):
    return isinstance(got, np.ndarray) and got.shape == want.shape and np.allclose(got, want, atol=1e-6)


def _as_if(rows, *ways):
    """Tell whether the answer is that of one of these ways on all rows without rounding."""
    small = _small(rows)
    return any(all(_is(row.got, way(row.inputs["X"], row.inputs["Y"])) for row in small) for way in ways)


@symptom(no_cross)
def lengths_only(failing, passing):
    return _as_if(failing + passing, _lengths)


@symptom(one_cross)
def taken_away_once(failing, passing):
    ways = (one_cross, lambda X, Y: np.maximum(one_cross(X, Y), 0), lambda X, Y: np.abs(one_cross(X, Y)))
    return _as_if(failing + passing, *ways)


@symptom(not_turned)
def features_meet_points(failing, passing):
    # Some products stretch an axis of length 1; where the points on the right are as many as the features, all run.
    rows = [(row, sorted((row.inputs["X"].shape[1], len(row.inputs["Y"])))) for row in failing + passing]
    return all(list(row.clash) == sizes for row, sizes in rows if sizes[0] > 1 and sizes[0] != sizes[1])


@symptom(sqrt)
def roots(failing, passing):
    return all(_is(row.got, np.sqrt(row.want)) for row in _small(failing + passing))


@symptom(negative)
def hardly_below_nothing(failing, _passing):
    return bool(failing) and all(_is(row.got, row.want) and row.got.min() < 0 for row in failing)


@symptom(broadcast_bug)
def one_distance_per_row(failing, passing):
    def paired(row):
        X, Y = row.inputs["X"], row.inputs["Y"]
        got = np.asarray(row.got, dtype=float)
        parts = (X - Y) ** 2
        return any(_is(got, want) for want in (parts, parts.sum(1), parts.sum(1)[:, None], parts.sum(1)[None]))

    alike = [row for row in failing + passing if row.inputs["X"].shape == row.inputs["Y"].shape]
    return all(paired(row) for row in alike)


@symptom(no_sum)
def parts_of_all_pairs(failing, passing):
    return _as_if(failing + passing, no_sum, lambda X, Y: np.moveaxis(no_sum(X, Y), 2, 0))


@symptom(turned)
def the_other_way_round(failing, passing):
    return all(_is(row.got, row.want.T) for row in failing + passing)
