"""The same three steps, in matrices
- How many numbers does $M$ really keep apart?
- Take $M$ with the rows $(1, 2)$, $(2, 4)$ and $(3, 6)$. Whatever the vector is, all three outputs are multiples of the
  one number $x + 2y$: two numbers in, three out, and one in the middle. Print the singular values of this $M$. How many
  of them are not (almost) zero?
- Compute the singular value decomposition. Count how many singular values are greater than `rtol` times the largest;
  that is $r$. Keep the first $r$ rows of the right factor for the first step, the first $r$ singular values as a
  diagonal matrix for the second, and the first $r$ columns of the left factor for the third."""

import numpy as np

from math4ml_lab.exercise import ask, case, check, exercise, inputs, mistake, near, solution, symptom, view

exercise(points=4, needs=["any-function-in-three-steps", "function-in-function-out"], video="LA@1696")

ask(
    "`np.ones((5, 4))` takes four numbers and gives five. How many numbers, r, are there in the middle?",
    number=1,
    follow_up="What do the five outputs for (1, 2, 3, 4) look like? How many numbers does it take to tell them?",
)
ask(
    "You divide every entry of `M` by 10⁹: metres instead of nanometres. What happens to its rank?",
    choices=["it becomes smaller", "it becomes 0", "it stays the same"],
    right="it stays the same",
    follow_up={
        "it becomes smaller": "Which two vectors does M keep apart, and M divided by 10⁹ does not?",
        "it becomes 0": "Rank 0 means that every vector is sent to zero. Was every output zero before, or is it now?",
    },
)
ask(
    "And what is r for `1e-12 * np.eye(3)`?",
    number=3,
    when="after",
    follow_up="Its singular values are all equal. Which of them is small compared with the largest?",
)


@solution
def three_steps(M, rtol=1e-10):
    U, s, Vt = np.linalg.svd(M, full_matrices=False)
    r = np.count_nonzero(s > rtol * s[0])
    return Vt[:r], np.diag(s[:r]), U[:, :r]


TWO = np.array([[4.0, -1, 6, 3], [1, -1, 3, 2], [3, 3, -3, -4], [3, 0, 3, 1], [1, -4, 9, 7]])
WIDE = np.array([[1.0, 2, 0, -1, 3, 1], [0, 1, 4, 2, -1, 1], [2, -1, 1, 3, 0, 5]])  # singular values 6.9, 4.3, 3.6
TALL = np.array([[4.0, 1, -2], [3, 5, 1], [-2, 4, 1], [5, 3, -2]])  # singular values 9.0, 5.7, 1.4
DUST = np.array([[1.0, -2, 1, 3], [2, 1, -1, 1], [-1, 1, 2, -2], [3, 1, 1, -1], [1, 2, -3, 1]])
SMALL = ([[1, 2], [2, 4], [3, 6]], [[1, 2, 0], [0, 1, 3]], [[3], [0], [4], [12]], [[2, -1, 2, 4]])

inputs(
    *[case(M=np.array(M, dtype=float), rtol=1e-10, sort="plain") for M in (*SMALL, TWO, WIDE, TALL)],
    *[case(M=M, rtol=1e-10, sort="tiny") for M in (TWO * 1e-9, 1e-12 * np.eye(3), TWO * 1e-18)],
    *[case(M=M, rtol=rtol, sort="asked") for M, rtol in ((TALL, 0.3), (WIDE, 0.55), (TWO + 1e-5 * DUST, 1e-4))],
    *[case(M=np.zeros(shape), rtol=1e-10, sort="zero") for shape in ((4, 3), (2, 5))],
    case(M=np.eye(3), rtol=1e-10, sort="identity"),
    case(M=TWO + 1e-12 * DUST, rtol=1e-10, sort="dust"),
)


def _array(part):
    try:
        return np.asarray(part, dtype=float)
    except (TypeError, ValueError):
        return None


def _three(got):
    arrays = [_array(part) for part in got]
    for number, name in enumerate(("throw", "rename", "insert")):
        assert arrays[number] is not None, f"{name} is no array of numbers"
        assert arrays[number].ndim == 2, f"{name} has shape {arrays[number].shape}, needs two axes"
    return arrays


def _rank(M, rtol, **_):
    s = np.linalg.svd(M, compute_uv=False)
    return int(np.count_nonzero(s > rtol * s[0]))


def _is_diagonal(S):
    rest = np.abs(S - np.eye(*S.shape) * S)
    return bool(rest.max(initial=0) <= 1e-9 * np.abs(S).max(initial=0))


def _product(throw, rename, insert):
    fits = insert.shape[1] == rename.shape[0] and rename.shape[1] == throw.shape[0]
    return insert @ rename @ throw if fits else "does not fit"


@view
def without_signs_and_order(got):
    """Signs, order and, where values repeat, bases are free: what counts are shapes, angles, and what the three do."""
    if not isinstance(got, (tuple, list)) or len(got) != 3:
        return got
    rows, is_diagonal, columns, product = None, False, None, "does not fit"
    try:
        throw, rename, insert = _three(got)
        rows, columns, is_diagonal = throw @ throw.T, insert.T @ insert, _is_diagonal(rename)
        product = _product(throw, rename, insert)
    except AssertionError:
        pass
    shapes = [str(np.shape(_array(part))) for part in got]
    return (
        {"shape": shapes[0], "rows": rows},
        {"shape": shapes[1], "diagonal": is_diagonal},
        {"shape": shapes[2], "columns": columns, "product": product},
    )


@check
def shapes(got, M, rtol):
    """Their shapes are (r, n), (r, r) and (m, r)
    - How many singular values of $M$ are greater than `rtol` times the largest? And how many did you keep?
    - For $M$ with the rows $(1, 2)$, $(2, 4)$, $(3, 6)$ one is left, so $r = 1$: from 2 numbers to 1, from 1 to 1, from
      1 to 3. The shapes are `(1, 2)`, `(1, 1)`, `(3, 1)`; for a matrix of zeros, $r = 0$.
    - Cut all three to the same $r$: rows of the first, both axes of the second, columns of the third."""
    r = _rank(M, rtol)
    needs = {"throw": (r, M.shape[1]), "rename": (r, r), "insert": (M.shape[0], r)}
    for number, (name, shape) in enumerate(needs.items()):
        found = np.shape(_array(got[number]))
        assert found == shape, f"{name} has shape {found}, needs {shape}"


@check
def right_angles(got):
    """Rows of throw and columns of insert are orthonormal
    - How long is the first row of your `throw`? And what do two of its rows give, multiplied entry by entry and added?
    - $(0.6, 0.8)$ and $(-0.8, 0.6)$ are orthonormal: each has length 1, and their dot product is 0. Such vectors turn
      things and stretch nothing; all the stretching is left to the step in the middle.
    - Take rows and columns as the decomposition gives them, and multiply neither by the singular values."""
    throw, _, insert = _three(got)
    near(throw @ throw.T, np.eye(len(throw)))
    near(insert.T @ insert, np.eye(insert.shape[1]))


@check
def only_renames(got):
    """rename is a diagonal matrix
    - What stands off the diagonal of your `rename`? Does it have two axes?
    - A diagonal matrix with 5 and 2 sends $(a, b)$ to $(5a, 2b)$: each number goes on alone, in another unit. Nothing
      is mixed and nothing is lost.
    - Put the singular values on the diagonal of a square matrix, and zeros elsewhere."""
    rename = _three(got)[1]
    assert _is_diagonal(rename), "rename has numbers off its diagonal"


@check
def together_they_are_M(got, M, rtol):
    """insert @ rename @ throw is M, up to rtol
    - Multiply your three matrices. Which entries differ from those of $M$?
    - For $M$ with the rows $(1, 2)$, $(2, 4)$, $(3, 6)$ the three steps take $(1, 0)$ to one number, stretch it, and
      spread it out to $(1, 2, 3)$, the first column of $M$.
    - Check that the first step holds *rows* of the right factor as they came, and the third *columns* of the left."""
    product, largest = _product(*_three(got)), np.linalg.norm(M, 2)
    assert np.shape(product) == M.shape, "their shapes do not allow to multiply them to the shape of M"
    off = np.linalg.norm(M - product, 2)
    assert off <= (rtol + 1e-9) * largest, f"it differs from M by {off:.2g}, needs at most {rtol:g} times {largest:.2g}"


def _rows(sort, *parts):
    return [row for rows in parts for row in rows if row.inputs["sort"] == sort]


def _said(row):
    """Return the three shapes, as text."""
    return tuple(part["shape"] for part in row.got)


def _more(row):
    """Return by how much the r that all three shapes agree on is too large; fail where they do not agree."""
    m, n = row.inputs["M"].shape
    r = next(r for r in range(9) if _said(row) == (f"({r}, {n})", f"({r}, {r})", f"({m}, {r})"))
    return r - _rank(**row.inputs)


untrimmed = mistake(
    edit=("Vt[:r], np.diag(s[:r]), U[:, :r]", "Vt, np.diag(s), U"),
    doc="""Rows that carry nothing are still there
    - How many rows has your `throw`, and how many numbers does $M$ really keep apart?
    - For $M$ with the rows $(1, 2)$, $(2, 4)$, $(3, 6)$ the singular values are about 8.4 and 0. What the second row
      fetches is multiplied by 0 in the next step: it need not be fetched.
    - Count the singular values that are greater than `rtol` times the largest, and cut all three matrices to that
      number.""",
)


@symptom(untrimmed)
def keeps_useless_rows(failing, passing):
    rows = _rows("zero", failing, passing) + [row for row in failing if row.inputs["sort"] == "plain"]
    return len(rows) > 3 and all(_is_whole(row, *row.inputs["M"].shape) for row in rows)


def _is_whole(row, m, n):
    """Tell whether nothing was cut from either decomposition, the thin one or the full one."""
    k = min(m, n)
    thin, full = (f"({k}, {n})", f"({k}, {k})", f"({m}, {k})"), (f"({n}, {n})", f"({m}, {n})", f"({m}, {m})")
    return _said(row) in (thin, full)


abs_tol = mistake(
    edit=("rtol * s[0]", "1e-10"),
    doc="""The cut-off does not know the units
    - Did the function change, or only its units?
    - $10^{-12}$ times the identity has three singular values, each $10^{-12}$: small, but all alike, and
      three numbers in come out as three. Against a fixed $10^{-10}$ all of them would count as nothing.
    - Compare each singular value with the largest one times `rtol`, so that a common factor drops out.""",
)


@symptom(abs_tol)
def small_copies_are_killed(failing, passing):
    plain, tiny = ([_more(row) for row in _rows(sort, failing, passing)] for sort in ("plain", "tiny"))
    return not any(plain) and min(tiny) < 0 and max(tiny) <= 0


own_cutoff = mistake(
    edit=("rtol * s[0]", "1e-10 * s[0]"),
    doc="""The cut-off is not `rtol`
    - Call your function with an `rtol` of 0.3 instead of the usual one. What changes?
    - With the singular values 10, 5, 2 and an `rtol` of 0.3 the cut-off is 3, so two remain. A cut-off of your own, or
      one that only drops exact zeros, keeps all three.
    - Multiply the largest singular value by the `rtol` that was passed in, and keep what is greater.""",
)


@symptom(own_cutoff)
def rtol_is_not_used(failing, passing):
    # Whoever drops exact zeros only keeps more of others too, as rounding has it; of zeros nothing.
    plain, tiny, asked, zero = (
        [_more(row) for row in _rows(sort, failing, passing)] for sort in ("plain", "tiny", "asked", "zero")
    )
    return min(asked) > 0 and min(plain + tiny) >= 0 and not any(zero)


vector_sigma = mistake(
    edit=("np.diag(s[:r])", "s[:r]"),
    doc="""A list of numbers is no matrix
    - How many axes has your `rename`?
    - `svd` gives the singular values as a list, say 5 and 2. As a function on two numbers, $(a, b) \\mapsto (5a, 2b)$,
      they are a matrix: the rows $(5, 0)$ and $(0, 2)$.
    - Put the singular values that you keep on the diagonal of a square matrix of zeros.""",
)


@symptom(vector_sigma)
def one_axis(failing, passing):
    return all(_said(row)[1].endswith(",)") for row in failing + passing)


V_not_VT = mistake(
    edit=("Vt[:r]", "Vt[:, :r].T"),
    doc="""The third factor is transposed already
    - Multiply your three matrices, or look at their shapes. Which of the three does not do its part?
    - The first step asks for vectors of length $n$, one in each *row*. `svd` returns them just so: its third factor is
      $V^T$, whose first row belongs to the largest singular value.
    - Take the first $r$ rows of what `svd` returns in third place, and transpose nothing.""",
)


@symptom(V_not_VT)
def rows_taken_for_columns(failing, passing):
    rows = [(row, *row.inputs["M"].shape, _rank(**row.inputs)) for row in _rows("plain", failing, passing)]
    if all(_said(row)[0] == f"({n}, {r})" for row, _, n, r in rows if n > r):
        return True
    return all(_more(row) == 0 and _holds_columns(row, r) for row, m, n, r in rows if m > n > 1)


def _holds_columns(row, r):
    """Tell whether the first step holds columns of the right factor, whatever the signs, by what the product is."""
    U, s, Vt = np.linalg.svd(row.inputs["M"], full_matrices=False)
    throw = (U[:, :r].T @ row.got[2]["product"]) / s[:r, None]
    return np.allclose(np.abs(throw[:, :r]), np.abs(Vt[:r, :r].T), atol=1e-6)


svd_order = mistake(
    edit=("Vt[:r], np.diag(s[:r]), U[:, :r]", "U[:, :r], np.diag(s[:r]), Vt[:r]"),
    doc="""They stand in the order of the formula, not in that of the steps
    - Which of your three matrices meets the vector first?
    - In $U \\Sigma V^T x$ the factor next to $x$ is at work first, although it is written last. The three steps are
      listed as they happen: throw away, rename, insert.
    - Return the right factor first and the left factor last.""",
)


@symptom(svd_order)
def last_step_first(failing, passing):
    rows = _rows("plain", failing, passing)
    ends = [(*row.inputs["M"].shape, _said(row)[0], _said(row)[2]) for row in rows]
    return all(first.startswith(f"({m}, ") and last.endswith(f", {n})") for m, n, first, last in ends)


stretched = mistake(
    edit=("Vt[:r], np.diag(s[:r])", "s[:r, None] * Vt[:r], np.eye(r)"),
    doc="""The outer steps stretch as well
    - How long are the rows of your `throw`, and the columns of your `insert`?
    - $(3, 4)$ is $(0.6, 0.8)$ five times as long. The direction $(0.6, 0.8)$ belongs to the first step; the 5 belongs
      into the second. There it can be seen how much each number matters.
    - Leave rows and columns of length 1, at right angles, and let the singular values stand in `rename` alone.""",
)


@symptom(stretched)
def only_the_angles_are_wrong(failing, passing):
    def is_the_same(row):
        want = row.want[2]["product"]
        fits = _said(row) == tuple(part["shape"] for part in row.want) and row.got[1]["diagonal"]
        return fits and np.allclose(row.got[2]["product"], want, rtol=1e-6, atol=1e-9 * np.abs(want).max())

    return all(is_the_same(row) for row in failing + passing)


zero_keeps = mistake(
    edit=("s > rtol", "s >= rtol"),
    doc="""Of zeros nothing is kept
    - Call your function with a matrix of zeros. How many numbers does such a matrix keep apart?
    - Everything is sent to 0, so nothing need be known of the vector: $r = 0$. For four rows and three columns the
      shapes are `(0, 3)`, `(0, 0)`, `(4, 0)`. The largest singular value is 0, and none is *greater* than `rtol` times
      that.
    - Let the comparison be a strict one, divide by nothing that may be 0, and let the same slices do the rest.""",
)


@symptom(zero_keeps)
def only_zeros_fail(failing, passing):
    return len(failing) == len(_rows("zero", failing)) == len(_rows("zero", failing, passing))
