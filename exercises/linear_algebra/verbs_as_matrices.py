"""Name your matrix after what it does
- How many numbers go in, and how many come out? So how many columns and rows has the matrix?
- Take $n = 2$. The running total of $(a, b)$ is $(a, a + b)$: output 1 needs input 1 only, output 2 needs both. Write
  a 1 in each row for an input that is needed, a 0 for one that is not.
- Start from the rows of the identity: row $i$ fetches input $i$. Sum some of them, leave one out, or put them in
  another order."""

import numpy as np

from math4ml_lab.exercise import case, check, exercise, explain, inputs, mistake, near, solution, spot, symptom

exercise(points=2, needs=["matrix-from-function"], video="LA@473")


@solution
def running_total(n):
    return np.tril(np.ones((n, n)))


@solution
def drop_first(n):
    return np.eye(n)[1:]


@solution
def swap_ends(n):
    matrix = np.eye(n)
    matrix[[0, -1]] = matrix[[-1, 0]]
    return matrix


inputs(case(n=2), case(n=3), case(n=4), case(n=1), case(n=6))


def _vector(n):
    return np.arange(1.0, n + 1) ** 2 + 1


@check(of=running_total)
def totals(got, n):
    """running_total adds up from the front
    - Which inputs are in the first total, and which in the last?
    - For $(1, 2, 3)$ the totals are $1$, $3$ and $6$. Each total contains the one before it, so each row has one more
      1.
    - Let row $i$ have ones up to and including place $i$, and zeros behind it."""
    near(got @ _vector(n), np.cumsum(_vector(n)))


@check(of=drop_first)
def drops(got, n):
    """drop_first hands on all but the first
    - Which input should arrive in output 1?
    - $(5, 7, 9)$ has to become $(7, 9)$: output 1 fetches input 2, output 2 fetches input 3.
    - Take the identity without its first row; its columns all stay."""
    near(got @ _vector(n), _vector(n)[1:])


@check(of=swap_ends)
def swaps(got, n):
    """swap_ends swaps the ends and nothing else
    - Which outputs should be the same as their inputs?
    - $(5, 7, 8, 9)$ has to become $(9, 7, 8, 5)$: only the outermost two move.
    - Take the identity, exchange its first and its last row, and leave the rest in place."""
    want = _vector(n)
    want[0], want[-1] = want[-1], want[0]
    near(got @ _vector(n), want)


@mistake(of=running_total)
def upper(n):
    """It adds up from the wrong end
    - What is the first entry of a running total, when the numbers are 1, 2, 3?
    - The totals of $(1, 2, 3)$ are $(1, 3, 6)$, not $(6, 5, 3)$ and not $(3, 5, 6)$: at the first place only the
      first number has been seen.
    - Fill the triangle on the other side, so that row 1 has a single 1, in column 1."""
    return np.triu(np.ones((n, n)))


@symptom(upper)
def from_the_other_end(failing, passing):
    def turned(row, way):
        return np.array_equal(np.asarray(row.got, dtype=float), way(row.want))

    ways = (lambda m: m.T, lambda m: m[:, ::-1], lambda m: m[::-1])
    return any(all(turned(row, way) for row in failing + passing) for way in ways)


@mistake(of=running_total)
def two_lengths(n):
    """A shape is one argument
    - Read the last line of the error. What was taken for a "data type", and what did you mean by it?
    - NumPy makes arrays of any number of axes, so it takes all lengths together, as one tuple such as `(2, 3)`. What
      comes second is the kind of number: whole, with a point, true or false.
    - Put the number of rows and the number of columns into one pair of brackets of their own."""
    return np.tril(np.ones(n, n))


@mistake(of=drop_first)
def drop_last(n):
    """The last one was dropped
    - In your matrix, what does row 1 fetch?
    - $(5, 7, 9)$ should become $(7, 9)$. The identity without its last row gives $(5, 7)$.
    - Leave out the row of the identity that fetches the first input."""
    return np.eye(n)[: n - 1]


@mistake(of=drop_first)
def zeroed(n):
    """Zero is a number too
    - How many numbers come out of your matrix when $n$ go in?
    - $(5, 7, 9)$ should become $(7, 9)$, two numbers; $(0, 7, 9)$ is three. An output of $n - 1$ numbers needs $n -
      1$ rows.
    - Remove the row, do not blank it: the matrix is one row shorter than it is wide."""
    matrix = np.eye(n)
    matrix[0] = 0
    return matrix


@symptom(zeroed)
def one_blank_row(failing, _passing):
    def blank(row):
        n = row.inputs["n"]
        got = np.asarray(row.got, dtype=float)
        kept = got[np.any(got != 0, axis=1)]
        return got.shape == (n, n) and np.array_equal(kept, row.want)

    return all(blank(row) for row in failing) and len(failing) > 1


@mistake(of=drop_first)
def nothing_left(n):
    """Nothing left is a shape as well
    - When one number goes in and the first one is dropped, how many come out?
    - For $n = 3$ the matrix is $2 \\times 3$, for $n = 2$ it is $1 \\times 2$. Go on: for $n = 1$ it is $0 \\times
      1$, a matrix with a column and no row. NumPy has such arrays, of shape `(0, 1)`.
    - Build the matrix for $n = 1$ in the same way as for the others, with $n - 1$ rows, and treat nothing as
      special."""
    return np.eye(n)[1:] if n > 1 else np.zeros((1, 1))


@symptom(nothing_left)
def only_one_number_fails(failing, _passing):
    return [row.inputs["n"] for row in failing] == [1]


@mistake(of=swap_ends)
def reverse(n):
    """Everything was reversed
    - Try it with four numbers. Where do the two in the middle go?
    - For $n = 2$ and $n = 3$ reversing and swapping the ends are the same. $(1, 2, 3, 4)$ tells them apart: $(4, 2,
      3, 1)$ against $(4, 3, 2, 1)$; with $n = 6$ it is plainer still.
    - Keep the inner rows of the identity where they are."""
    order = list(range(n))
    order.reverse()
    return np.eye(n)[order]


spot(
    reverse,
    lines={3},
    text="This `swap_ends` is right for n = 2 and for n = 3. Which line makes it wrong for n = 4?",
    follow_up="Go through it with n = 4 and write down `order` after each line. After which one have 1 and 2 moved?",
)
explain(
    "What does `drop_first(4) @ running_total(4)` do to a vector? Say it in words.",
    model="It adds up as it goes and leaves out the first total: 4 numbers become the sums of the first 2, 3 and 4.",
)
