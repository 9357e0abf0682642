"""Read the array off a function
- What does $M \\begin{pmatrix} 1 \\\\ 0 \\\\ 0 \\end{pmatrix}$ pick out of $M$?
- Say $f$ sends $(1, 0)$ to $(1, 3)$ and $(0, 1)$ to $(2, 4)$. Every other vector is a mix of these two, so nothing
  about $f$ is left to ask. Where do the four numbers stand in the matrix?
- Call `f` on each vector of the standard basis, one 1-D vector at a time. Each result is one column; put the columns
  side by side."""

import numpy as np

from math4ml_lab.exercise import ask, case, check, exercise, fn, inputs, mistake, near, solution, symptom

exercise(points=2, needs=["is-it-linear"], video="LA@871")

ask(
    "How many questions does one have to ask a linear function of 5 numbers, to know it completely?",
    number=5,
    follow_up="Which vectors is every vector of 5 numbers a mix of, and how many of them does that take?",
)
ask(
    "And how many does one have to ask a function of 5 numbers of which nothing is known?",
    choices=["5", "6", "25", "no number is enough"],
    right="no number is enough",
    follow_up="Between two answers that you know, what keeps such a function from doing as it likes?",
)


@solution
def matrix_of(f, n):
    return np.stack([f(basis) for basis in np.eye(n)], axis=1)


inputs(
    case(f=fn("M @ x", ndim=1, M=[[1, 2], [3, 4], [5, 6]]), n=2),
    case(f=fn("M @ x", ndim=1, M=[[1, -2, 4], [3, 5, -1]]), n=3),
    case(f=fn("M @ x", ndim=1, M=[[2, 5], [-1, 3]]), n=2),
    case(f=fn("M @ x", ndim=1, M=[[1, 4, -2], [2, -3, 5], [7, 6, 8]]), n=3),
    case(f=fn("M @ x", ndim=1, M=[[3, -1, 2, 5]]), n=4),
    case(f=fn("M @ x", ndim=1, M=[[3], [-1], [4]]), n=1),
    case(f=fn("np.cumsum(x)[1:]", ndim=1), n=4),
    case(f=fn("M @ x", ndim=1, M=[[0.5, -1.5, 2.25, 1], [1.75, 3, -0.5, -2], [4, 0.25, 1.5, 6],
                                  [-3, 2.5, 0.75, 1.25], [2, -0.75, 5, 3.5], [1, -4, 0.5, 2.75]]), n=4),
)  # fmt: skip


@check
def acts_alike(got, f, n):
    """Times any vector it gives what the function gives
    - Take the vector $(1, 1, \\dots, 1)$ and compare both. Which entries differ?
    - A linear function is known once its answers on a basis are known: $f(2, 3) = 2 f(1, 0) + 3 f(0, 1)$. A product
      of matrix and vector mixes the columns in just that way.
    - Check that the $j$-th column of your array is what `f` says about the $j$-th basis vector."""
    v = np.arange(1.0, n + 1) ** 2 - 2.5
    near(np.asarray(got) @ v, f(v))


@check
def few_questions(calls, n):
    """It asks at most n + 1 questions
    - How many questions does one need to know a linear function of $n$ numbers?
    - A function of two numbers is known after two answers, $f(1, 0)$ and $f(0, 1)$. One more question, to learn how
      long the answers are, is allowed.
    - Call `f` once per basis vector and keep what it says, instead of asking again for every entry."""
    assert calls["f"] <= n + 1


@mistake
def rows(f, n):
    """Right numbers, lying on their side
    - What shape must the array have, so that it can be multiplied with a vector of length $n$?
    - If $f(1, 0) = (1, 3)$, the product with $(1, 0)$ has to return $(1, 3)$: the first column. Stacked as rows the
      numbers are the same, but the product reads them the other way round; a symmetric case would hide it.
    - Put each answer into its own column. Or stack as you do now, and transpose at the end."""
    return np.array([f(basis) for basis in np.eye(n)])


@mistake
def ones(f, n):
    """A vector of ones mixes all columns
    - Your probe returns one vector. How many different matrices would have returned the same?
    - $M$ with the rows $(1, 2)$, $(3, 4)$ and $M$ with the rows $(2, 1)$, $(0, 7)$ both send $(1, 1)$ to $(3, 7)$:
      you only learn the sum of the columns.
    - Ask with vectors that have a single 1 and zeros elsewhere: each then shows you one column alone."""
    return np.tile(f(np.ones(n))[:, None], (1, n))


@symptom(ones)
def only_sums_of_columns(failing, passing):
    return all(_repeats(row.got, row.want.sum(axis=1)) for row in failing + passing)


def _repeats(got, sums):
    """Tell whether `got` is nothing but the vector `sums`, once or many times, as columns or as rows, or shared out."""
    if not isinstance(got, np.ndarray) or got.ndim not in (1, 2) or got.size == 0:
        return False
    columns = got[:, None] if got.ndim == 1 else got
    for table in (columns, columns.T):
        for factor in (1, table.shape[1]):
            if table.shape[0] == len(sums) and np.allclose(factor * table, sums[:, None]):
                return True
    return False


@mistake
def all_at_once(f, n):
    """It takes one vector at a time
    - Print the shape of what you give to `f`. What does `f` say that it takes?
    - A table of two vectors, $2 \\times 2$, is not a vector of 2 numbers. Some functions would read its rows, some its
      columns, and some would give one answer for all of them: nothing was promised about tables.
    - Go through the vectors of the standard basis one after the other, give each of them to `f` alone, and collect the
      answers."""
    return f(np.eye(n))


@mistake
def probes_with_two_axes(f, n):
    """A vector has one axis here
    - Print the shape of what you give to `f`. How many axes has it, and what does `f` say that it takes?
    - Three numbers can have the shape `(3,)`, `(3, 1)` or `(1, 3)`. Only the first one is a vector; the other two are
      tables with a single column or row.
    - Give each vector of the standard basis to `f` as a 1-D array. An index in place of a slice takes an axis away."""
    return np.hstack([f(np.eye(n)[:, j : j + 1]) for j in range(n)])


@symptom(probes_with_two_axes)
def columns_or_rows_refused(failing, passing):
    rows = failing + passing
    return all(_refused(row, (row.inputs["n"], 1)) for row in rows) or all(
        _refused(row, (1, row.inputs["n"])) for row in rows
    )


def _refused(row, shape):
    return row.error is not None and row.error.endswith(f"an array of shape {shape}")


@mistake
def diag(f, n):
    """Nothing mixes, it was assumed
    - When the function gets $(1, 0)$, is its second output always 0?
    - In a diagonal matrix output 1 depends on input 1 alone, output 2 on input 2 alone. A function such as $f(x, y) =
      (x + 2y, 3x + 4y)$ mixes them, and needs all four numbers.
    - Keep the whole answer for each basis vector, not only the entry at its own place."""
    return np.diag(f(np.ones(n)))


@symptom(diag)
def nothing_off_the_diagonal(failing, passing):
    squares = [row for row in failing + passing if row.want.shape[0] == row.want.shape[1]]
    return all(_is_diagonal(row.got) for row in squares)


def _is_diagonal(got):
    return (
        isinstance(got, np.ndarray)
        and got.ndim == 2
        and got.shape[0] == got.shape[1]
        and np.array_equal(got, np.diag(np.diag(got)))
    )
