"""Throw away on purpose
- Of the numbers that the second step renames, which ones matter least?
- Take $M$ with the rows $(16, 13)$, $(4, 22)$ and $(14, 2)$. Its singular values are 30 and 15. With $k = 1$ the best
  you can keep is the part with the 30: the rows $(12, 16)$, $(12, 16)$ and $(6, 8)$. What is lost are the rows
  $(4, -3)$, $(-8, 6)$, $(8, -6)$. Square these six numbers and add: the root is 15.
- Compute the decomposition, cut all three factors to their first $k$ (columns of the left one, singular values, rows of
  the right one), and multiply them again."""

import numpy as np

from math4ml_lab.exercise import ask, case, check, exercise, inputs, mistake, near, solution, symptom

exercise(points=3, needs=["svd-throw-rename-insert"], video="LA@2031")

ask(
    "The singular values of `M` are 12, 4 and 3, and you keep rank 1. How far is the best you can do from `M`? (Square "
    "the differences of all entries, add them up, take the root.)",
    number=5,
    follow_up="What is thrown away has the singular values 4 and 3. How do lengths at right angles add up?",
)
ask(
    "A 1000 by 1000 array has rank 10. How many numbers do you have to store, if you keep its three factors, and of "
    "the diagonal one only the diagonal?",
    number=20010,
    within=0.001,
    follow_up="Which shapes have the three factors when r is 10? How many entries does each of them have?",
)


@solution
def best_rank(M, k):
    U, s, Vt = np.linalg.svd(M, full_matrices=False)
    return (U[:, :k] * s[:k]) @ Vt[:k]


SMALL = np.array([[16.0, 13], [4, 22], [14, 2]])  # singular values 30, 15
ODD = np.array([[1.0, 2], [4, -1], [2, 5]])
TALL = np.array([[4.0, 1, -2], [3, 5, 1], [-2, 4, 1], [5, 3, -2]])  # 9.0, 5.7, 1.4
WIDE = np.array([[1.0, 2, 0, -1, 3, 1], [0, 1, 4, 2, -1, 1], [2, -1, 1, 6, 0, 5]])
BIG = np.array([[4.0, -1, 6, 3], [1, -2, 3, 2], [3, 3, -3, -4], [3, 0, 5, 1], [1, -4, 9, 2]])
TWO = np.array([[4.0, -1, 6, 3], [1, -1, 3, 2], [3, 3, -3, -4], [3, 0, 3, 1], [1, -4, 9, 7]])  # of rank 2

inputs(
    *[case(M=SMALL, k=k) for k in (1, 0, 2)],
    *[case(M=ODD, k=k) for k in (1, 2)],
    *[case(M=TALL, k=k) for k in (1, 2, 3, 0)],
    *[case(M=WIDE, k=k) for k in (2, 1, 3)],
    *[case(M=BIG, k=k) for k in (1, 2, 3, 4)],
    *[case(M=TWO, k=k) for k in (1, 2, 3)],
    case(M=np.array([[2.0, -1, 2]]), k=1),
)


@check
def rank_at_most_k(got, M, k):
    """The rank is at most k
    - Print the singular values of your result. How many of them are not (almost) zero?
    - The rows $(12, 16)$, $(12, 16)$, $(6, 8)$ are multiples of one row, $(3, 4)$, so the rank is 1. Make the last row
      $(6, 9)$, and it is 2: one number has changed, and now two directions count.
    - Multiply only what belongs to $k$ of the singular values; each of them adds at most 1 to the rank."""
    kept = np.linalg.svd(got, compute_uv=False)
    count = int(np.count_nonzero(kept > 1e-9 * np.linalg.norm(M, 2)))
    assert count <= k, f"the rank is {count}, needs at most {k}"


@check
def loses_what_was_dropped(got, M, k):
    """The squared error is what the dropped singular values say
    - Print the singular values of $M$, and those of $M$ minus your result. What is left over?
    - With the singular values 12, 4 and 3 and $k = 1$, the part with the 4 and the part with the 3 are lost. They stand
      at right angles, so the squares add up: $16 + 9 = 25$.
    - Lose the last singular values and nothing else; what belongs to the first $k$ stays as it was."""
    s = np.linalg.svd(M, compute_uv=False)
    near(np.sum((M - got) ** 2), np.sum(s[k:] ** 2), rtol=1e-6, atol=1e-9 * np.sum(s**2))


@check
def nothing_is_closer(got, M, k):
    """Twenty matrices of rank k, found by chance, are no closer to M
    - How far is your result from $M$, and how far is a matrix of zeros?
    - For the rows $(16, 13)$, $(4, 22)$, $(14, 2)$, keeping the part with the 15 misses by 30. Dropping the second
      column misses by less than 26, without any thought.
    - Keep the largest singular values, with the rows and the columns that belong to them."""
    rng = np.random.default_rng(4)
    mine = np.linalg.norm(M - got)
    for _ in range(20):
        Q = np.linalg.qr(rng.normal(size=(len(M), max(k, 1))))[0][:, :k]
        other = np.linalg.norm(M - Q @ (Q.T @ M))
        assert mine <= other + 1e-9 * np.linalg.norm(M), (
            f"yours misses by {mine:.3g}, one found by chance by {other:.3g}"
        )


# -- What symptoms look at -----------------------------------------------------------------------------------


def _pieces(M, start, stop):
    U, s, Vt = np.linalg.svd(M, full_matrices=False)
    return (U[:, start:stop] * s[start:stop]) @ Vt[start:stop]


def _inner(failing, passing):
    """Return result, right result, M and k where something is kept and something is lost."""
    rows = [row for row in failing + passing if 0 < row.inputs["k"] < np.linalg.matrix_rank(row.inputs["M"])]
    return [(row.got, row.want, row.inputs["M"], row.inputs["k"]) for row in rows]


def _close(got, want):
    return isinstance(got, np.ndarray) and got.shape == want.shape and np.allclose(got, want)


@mistake
def smallest(M, k):
    """The wrong end was kept
    - Print `s` as `svd` returns it. Where does the largest one stand?
    - With the singular values 30 and 15 and $k = 1$, you can lose 15 or 30. You lost the 30. The singular values come
      in falling order, so what matters most comes first.
    - Take the first $k$ of each factor, not the last."""
    U, s, Vt = np.linalg.svd(M, full_matrices=False)
    end = len(s) - k
    return (U[:, end:] * s[end:]) @ Vt[end:]


@symptom(smallest)
def keeps_the_small_bits(failing, passing):
    inner = _inner(failing, passing)
    return all(_close(got, _pieces(M, min(M.shape) - k, None)) for got, _, M, k in inner) or all(
        _close(got, M - want) for got, want, M, k in inner
    )


@mistake
def slice_rows(M, k):
    """Rows or columns of M were kept, not directions
    - What does your result know about the last row of $M$, and about its last column?
    - With the rows $(16, 13)$, $(4, 22)$, $(14, 2)$ keep the first one alone: it is right, the others are lost, and the
      error is more than 26. The best matrix of rank 1 is right about no row, and its error is 15.
    - Cut the factors of the decomposition instead of the matrix: the first $k$ directions are mixtures of all rows
      and columns."""
    result = np.zeros_like(M)
    result[:k] = M[:k]
    return result


@symptom(slice_rows)
def rows_or_columns_survive(failing, passing):
    inner = _inner(failing, passing)
    return (
        all(_close(got, M[:k]) for got, _, M, k in inner)
        or all(_close(got, M[:, :k]) for got, _, M, k in inner)
        or all(_close(got, M[:k, :k]) for got, _, M, k in inner)
        or all(_whole_rows(got, M) for got, _, M, _ in inner)
        or all(_whole_rows(got.T, M.T) for got, _, M, _ in inner)
    )


def _whole_rows(got, M):
    """Tell whether each row is that of M or zero."""
    kept = np.any(got != 0, axis=1)[:, None]
    return _close(got, np.where(kept, M, 0)) and not kept.all()


@mistake
def off_by_one(M, k):
    """The count is off by one
    - Which rank has your result for $k = 1$? Print its singular values.
    - With $k = 2$ the parts number 0 and number 1 are kept: Python counts from 0, and a slice stops before its end.
      That makes two.
    - Count how many singular values go into your product for $k = 1$, and correct start or end so that it is just the
      largest one."""
    U, s, Vt = np.linalg.svd(M, full_matrices=False)
    return (U[:, : k + 1] * s[: k + 1]) @ Vt[: k + 1]


@symptom(off_by_one)
def one_more_or_one_less(failing, passing):
    inner = _inner(failing, passing)
    bounds = (lambda k: (0, k + 1)), (lambda k: (0, k - 1)), (lambda k: (1, k + 1)), (lambda k: (1, k))
    return any(all(_close(got, _pieces(M, *bound(k))) for got, _, M, k in inner) for bound in bounds)


@mistake
def threshold(M, k):
    """Small entries are zeroed, and the rank stays
    - What rank has your result? Print its singular values.
    - Zero all entries but the 3 and the 2 of a matrix with the rows $(3, 1)$ and $(1, 2)$: the rank is still 2. An
      entry that is small by itself can belong to a direction that matters, and a large one to one that does not.
    - Leave the entries alone and judge the singular values. Those after the $k$-th are what may go."""
    edge = np.sort(np.abs(M), axis=None)[::-1]
    return np.where(np.abs(M) >= edge[max(k - 1, 0)], M, 0) if k else np.zeros_like(M)


@symptom(threshold)
def entries_are_kept_or_zero(failing, passing):
    inner = _inner(failing, passing)
    fits = all(got.shape == M.shape and np.all((got == M) | (got == 0)) for got, _, M, _ in inner)
    return fits and any(np.any(got != 0) and np.any(got != M) for got, _, M, _ in inner)


@mistake
def no_sigma(M, k):
    """The singular values are missing
    - For $k$ as large as it can be, you should get $M$ again. What do you get?
    - The outer factors only turn: lengths stay what they are. Without the step in the middle a direction with the
      singular value 30 counts no more than one with 15.
    - Multiply the columns of the left factor by the singular values that belong to them, then by the rows of the
      right factor."""
    U, _, Vt = np.linalg.svd(M, full_matrices=False)
    return U[:, :k] @ Vt[:k]


@mistake
def v_not_vt(M, k):
    """The third factor is transposed already
    - For $k$ as large as it can be, you should get $M$ again. What do you get?
    - `svd` returns $V^T$, in which each direction is a row. Its first column holds the first entry of every direction,
      which is no direction at all.
    - Take the first $k$ rows of what `svd` returns in third place, and transpose nothing."""
    U, s, V = np.linalg.svd(M, full_matrices=False)
    return (U[:, :k] * s[:k]) @ V[:, :k].T


@symptom(v_not_vt)
def columns_taken_for_directions(failing, passing):
    tall = [row for row in _inner(failing, passing) if len(row[2]) > row[2].shape[1]]
    return all(_holds_columns(got, M, k) for got, _, M, k in tall)


def _holds_columns(got, M, k):
    """Tell whether columns of the right factor stand for its rows, whatever the signs."""
    U, s, Vt = np.linalg.svd(M, full_matrices=False)
    if got.shape != M.shape or not _close(got, U @ (U.T @ got)):
        return False
    return np.allclose(np.abs(U[:, :k].T @ got) / s[:k, None], np.abs(Vt[:, :k].T), atol=1e-6)


@mistake
def uncut(M, k):
    """The factors do not fit one another
    - Print the shapes of the factors that you multiply. Which two sizes should be equal, and are not?
    - For $3 \\times 2$ the decomposition has two singular values. Each of them takes one column on its left and one row
      on its right. If the left factor has three columns, the third has no singular value to go with; with $k = 1$ the
      second has none either.
    - Cut all three to the same number: columns of the left factor, singular values, rows of the right one. The reduced
      form of the decomposition makes them fit from the start."""
    U, s, Vt = np.linalg.svd(M)
    return U @ np.diag(np.where(np.arange(len(s)) < k, s, 0)) @ Vt


@symptom(uncut)
def some_are_cut_and_some_are_not(failing, passing):
    rows = failing + passing
    inner = [row for row in rows if 0 < row.inputs["k"] < min(row.inputs["M"].shape)]
    return all(_sizes_of_factors(row) for row in inner) and all(row.clash for row in failing)


def _sizes_of_factors(row):
    return bool(row.clash) and {*row.clash} <= {*row.inputs["M"].shape, row.inputs["k"]}


@mistake
def flat_s(M, k):
    """The singular values lie in a list, not on a diagonal
    - How many axes has `s`? How many has what stands between the other two factors?
    - With $s = (30, 15)$ the first column is to be stretched by 30, the second by 15, and both stay columns. A product
      with the list $(30, 15)$ adds them up instead: one column is left, and nothing fits it.
    - Put the singular values on the diagonal of an array of zeros. Or stretch the columns of the left factor, each by
      its own, before the product with the rows."""
    U, s, Vt = np.linalg.svd(M, full_matrices=False)
    return U[:, :k] @ s[:k] @ Vt[:k]


@symptom(flat_s)
def added_up_where_it_fits(failing, passing):
    rows = [row for row in failing + passing if row.inputs["k"] > 0]
    wide = [row for row in rows if row.inputs["k"] == len(row.inputs["M"])]
    tall = [row for row in rows if len(row.inputs["M"]) > row.inputs["M"].shape[1]]
    return all(_sizes_of_factors(row) and row.clash[-1] == len(row.inputs["M"]) for row in tall) and all(
        isinstance(row.got, np.ndarray) and row.got.shape == row.want.shape[1:] for row in wide
    )


@mistake
def not_inserted(M, k):
    """One of the three steps is missing
    - Which shape has your result, and which has $M$?
    - Two of the three steps give $k$ numbers for each row, or for each column: that is how one stores such a matrix. To
      compare it with $M$, all three have to be multiplied.
    - Multiply all three cut factors, left, middle and right; the result has as many rows and columns as $M$."""
    U, s, _ = np.linalg.svd(M, full_matrices=False)
    return U[:, :k] * s[:k]


@symptom(not_inserted)
def still_in_the_middle(failing, passing):
    inner = _inner(failing, passing)
    left = all(got.shape == (len(M), k) and _close(got @ got.T, want @ want.T) for got, want, M, k in inner)
    return left or all(got.shape == (k, M.shape[1]) and _close(got.T @ got, want.T @ want) for got, want, M, k in inner)
