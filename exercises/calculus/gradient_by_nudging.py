"""One nudge per number
- How many different nudges are there, when $x$ holds six numbers and each may move on its own?
- Take $f(x) = x_0^2 + 3 x_1$ at $(2, 5)$, where it is 19. Nudge only $x_0$, to $2.1$ and to $1.9$: the values are
  $19.41$ and $18.61$, so the slope in that direction is $0.8 / 0.2 = 4$. What does a nudge of $x_1$ alone give?
- Work on a copy of $x$ that holds floats. Go through its places one by one; at each, move that number up by $h$ and
  down by $h$, with all others where they were, and divide the difference of the two values by $2h$. Keep the slopes in
  an array of the shape of $x$."""

import numpy as np

from math4ml_lab.exercise import ask, breaks, case, check, exercise, fn, inputs, mistake, near, solution, symptom, view

exercise(points=3, needs=["finite-differences"], video="CA@1010")

ask(
    "A model has a million parameters. You nudge each of them up and down, with one call of `f` each. How many calls is"
    " that for one gradient?",
    number=2_000_000,
    follow_up="One number needs a nudge up and a nudge down. Can several numbers share their two calls?",
)


@solution
def ngrad(f, x, h=1e-5):
    gradient = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        up, down = x.astype(float), x.astype(float)
        up[place] += h
        down[place] -= h
        gradient[place] = (f(up) - f(down)) / (2 * h)
    return gradient


A = np.array([[1.0, 3.0], [-1.0, 2.0]])
B = np.array([[2.0, 1.0, 0.0], [4.0, -1.0, 3.0], [-2.0, 5.0, 4.0]])
HALVES = np.array([[0.5, 1.5, -1.0], [0.75, 1.25, 0.5], [1.0, -0.25, 0.75]])

# At whole numbers the slopes are not whole, so that a gradient which is cut off to whole numbers cannot be right.
inputs(
    case(f=fn("x @ A @ x", A=A), x=np.array([1.0, 2.0]), by_hand=(A + A.T) @ [1, 2]),
    case(f=fn("np.sum(x ** 3)"), x=np.array([[1.0, 2, -1], [3, -2, 4]]), by_hand=[[3, 12, 3], [27, 12, 48]]),
    case(f=fn("0.25 * x[0] ** 2 + 1.5 * x[1]"), x=np.array([3, 4]), by_hand=[1.5, 1.5]),
    case(f=fn("x @ A @ x", A=A), x=np.array([3.0, -1.0]), by_hand=(A + A.T) @ [3, -1]),
    case(f=fn("x @ B @ x", B=B), x=np.array([1.0, -2, 3]), by_hand=(B + B.T) @ [1, -2, 3]),
    case(f=fn("x @ B @ x", B=HALVES), x=np.array([1, -2, 2]), by_hand=(HALVES + HALVES.T) @ [1, -2, 2]),
    case(f=fn("x[0] * x[1] ** 2 + x[2]"), x=np.array([2.0, 3, 5]), by_hand=[9, 12, 1]),
    case(f=fn("x[0] ** 2"), x=np.array([-4.0]), by_hand=[-8]),
    case(f=fn("np.sum(x) ** 2"), x=np.array([[2.0], [1], [4]]), by_hand=[[14], [14], [14]]),
    case(f=fn("0.1 * np.sum(x ** 2)"), x=np.array([[3, -1], [2, 4], [1, 6]]),
         by_hand=[[0.6, -0.2], [0.4, 0.8], [0.2, 1.2]]),
    case(f=fn("np.sum(x ** 2) + x[0, 1, 2]"), x=np.array([[[1.0, 2, 3], [4, 5, -6]]]),
         by_hand=[[[2, 4, 6], [8, 10, -11]]]),
)  # fmt: skip


@view
def as_array(got):
    """A list of numbers is as good as an array of them."""
    return np.asarray(got, dtype=float) if isinstance(got, (list, tuple)) else got


@check
def by_hand_too(got, by_hand):
    """It is the gradient that one finds by hand
    - Take the first input of the report, and work out the slope for its first number on paper. Is it yours?
    - For $f(x) = x^T A x$ the gradient is $(A + A^T) x$: each number stands in one row and in one column of $A$. With
      the rows $(1, 3)$ and $(-1, 2)$ at $(1, 2)$ it is $(6, 10)$.
    - Compare place by place which nudge fills which place, and by what the difference of the two values is divided."""
    near(np.asarray(got, dtype=float), by_hand, atol=1e-6)


@check
def foretells(got, f, x):
    """It foretells what a small step does
    - Move $x$ by a small step in a direction of your choice, and look how much $f$ changes. What does your gradient
      say?
    - If the gradient is $(6, 10)$, a step of $(0.01, 0.02)$ should change the value by about $0.06 + 0.2$: each number
      moves by its own amount, times its own slope.
    - Let each place of the gradient hold the slope for the number that stands at the same place in $x$."""
    step = 1e-4 * np.sin(np.arange(1.0, x.size + 1)).reshape(x.shape)
    change = (f(x + step) - f(x - step)) / 2e-4
    near(np.sum(np.asarray(got, dtype=float) * step) / 1e-4, change, rtol=1e-5, atol=1e-5)


def _floats(rows):
    return [row for row in rows if row.inputs["x"].dtype.kind == "f"]


def _close(got, want, rtol=1e-6):
    return np.shape(got) == np.shape(want) and np.allclose(got, want, rtol=rtol, atol=1e-9)


def _cannot_nudge(rows):
    """Tell whether NumPy refused to add a nudge to whole numbers."""
    return any(row.error and "Cannot cast" in row.error and row.inputs["x"].dtype.kind == "i" for row in rows)


def _one_sided(row, sign):
    """Return the slopes that one finds by a nudge to one side."""
    f, x, h = row.inputs["f"], row.inputs["x"], sign * 1e-5
    slopes = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        moved = x.copy()
        moved[place] += h
        slopes[place] = (f(moved) - f(x)) / h
    return slopes


@mistake
def mutates(f, x, h=1e-5):
    """The caller's own $x$ was moved
    - Print $x$ before the call and after it. Is it the same?
    - An array that is handed to a function is not copied. Whoever writes into it writes into the caller's array; and
      turning floats into floats makes no copy either. A nudge that is added, and then taken away again, can leave a
      rounding error behind.
    - Nudge a copy. Make it anew for each place, or put the old number back before you go on."""
    x = np.asarray(x, dtype=float)
    gradient = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        x[place] += h
        up = f(x)
        x[place] -= 2 * h
        gradient[place] = (up - f(x)) / (2 * h)
        x[place] += h
    return gradient


@symptom(mutates)
def x_is_not_what_it_was(failing, passing):
    return any("x" in row.changed for row in failing + passing) and not _cannot_nudge(failing)


@mistake
def int_gradient(f, x, h=1e-5):
    """The slopes are cut to whole numbers
    - What is the dtype of your gradient, when $x$ holds whole numbers?
    - An array of ints keeps ints. Write the slope 1.5 into one, and 1 stands there; of 0.6 nothing is left. An array
      that is made in the likeness of $x$ has its shape, and its dtype as well.
    - Ask for floats when you make the array that you return."""
    gradient = np.zeros_like(x)
    for place in np.ndindex(x.shape):
        nudge = np.zeros(x.shape)
        nudge[place] = h
        gradient[place] = (f(x + nudge) - f(x - nudge)) / (2 * h)
    return gradient


@symptom(int_gradient)
def fractions_are_gone(failing, _passing):
    return not _floats(failing) and all(_close(row.got, np.trunc(row.want)) for row in failing)


@mistake
def int_dtype(f, x, h=1e-5):
    """Whole numbers cannot be nudged by a little
    - What is the dtype of the array that you write the nudge into, when $x$ holds whole numbers?
    - An array of ints keeps ints: whatever is written into it loses what stands behind the point. Of 3.00001 the 3 is
      left, of 0.00001 there is 0. The nudge is gone, and both values of $f$ are the same.
    - Make an array of floats of $x$ first, and do all nudging there."""
    gradient = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        nudge = np.zeros_like(x)
        nudge[place] = h
        gradient[place] = (f(x + nudge) - f(x - nudge)) / (2 * h)
    return gradient


@symptom(int_dtype)
def only_whole_numbers_suffer(failing, _passing):
    return _cannot_nudge(failing) or not _floats(failing)


@mistake
def all_at_once(f, x, h=1e-5):
    """Everything was nudged together
    - How many numbers move, in one of your nudges?
    - For $f(x) = x_0^2 + 3 x_1$ at $(2, 5)$ the slopes are 4 and 3. Move both numbers at once and all that you learn is
      their sum, 7.
    - Nudge one number at a time. It takes two calls of `f` for each place of $x$."""
    return np.full(x.shape, (f(x + h) - f(x - h)) / (2 * h))


@symptom(all_at_once)
def sum_of_all_slopes(failing, passing):
    rows = [row for row in _floats(failing + passing) if row.want.size > 1]
    sums = [(np.asarray(row.got, dtype=float), row.want.sum(), row.want.size) for row in rows]
    return all(
        np.allclose(got, total, rtol=1e-3) or np.allclose(got, total / size, rtol=1e-3) for got, total, size in sums
    )


@mistake
def rows_only(f, x, h=1e-5):
    """A single index is not enough
    - For an $x$ of two rows and three columns, how many nudges does your function make, and of which shape?
    - An array of shape $(2, 3)$ has a length of 2, and a single index picks a row of three numbers. Nudged together
      they give one slope, the sum of three. A nudge of shape $(2,)$ or $(6,)$ does not fit to it at all.
    - Go through all places, each with one index per axis."""
    gradient = np.zeros(x.shape)
    for number in range(len(x)):
        nudge = np.zeros(x.shape)
        nudge[number] = h
        gradient[number] = (f(x + nudge) - f(x - nudge)) / (2 * h)
    return gradient


@symptom(rows_only)
def one_slope_a_row(failing, passing):
    def by_rows(row):
        axes = tuple(range(1, row.want.ndim))
        return np.broadcast_to(row.want.sum(axis=axes, keepdims=True), row.want.shape)

    rows = _floats(failing + passing)
    stops = any(row.error and row.inputs["x"].ndim > 1 for row in failing)  # as it does where one index has to do
    as_usual = all(_close(row.got, row.want) for row in rows if row.want.ndim == 1)
    return (stops and as_usual) or all(_close(row.got, by_rows(row), 1e-4) for row in rows)


@mistake
def accumulates(f, x, h=1e-5):
    """The earlier nudges are still there
    - When you nudge the second number, where does the first one stand?
    - For $f(x) = x_0^2 + 3 x_1$ at $(2, 5)$ the slopes are 4 and 3. If $x_0$ stays nudged while $x_1$ is moved, the
      second result is not 3: it has the first nudge in it.
    - Before each place, begin with a fresh copy of $x$, or put the number back that you moved."""
    up, down = x.astype(float), x.astype(float)
    gradient = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        up[place] += h
        down[place] -= h
        gradient[place] = (f(up) - f(down)) / (2 * h)
    return gradient


def _never_put_back(row):
    """Return the slopes that one finds on a copy which is nudged up, then down, and stays there."""
    f, x, h = row.inputs["f"], row.inputs["x"].copy(), 1e-5
    slopes = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        x[place] += h
        up = f(x)
        x[place] -= 2 * h
        slopes[place] = (up - f(x)) / (2 * h)
    return slopes


@symptom(accumulates)
def earlier_slopes_come_along(failing, passing):
    rows = _floats(failing + passing)
    return all(_close(row.got, np.cumsum(row.want).reshape(row.want.shape)) for row in rows) or all(
        _close(row.got, _never_put_back(row), 1e-7) for row in rows
    )


@mistake
def flat(f, x, h=1e-5):
    """The gradient has the shape of x
    - Print the shape of $x$ and the shape of your result, for an $x$ of two rows and three columns.
    - Say you want to move $x$ against its gradient: $x$ minus a bit of the gradient. With shapes $(2, 3)$ and $(6,)$
      that does not run; with the same shape each number finds its own slope.
    - Give the result the shape that $x$ had, before you return it."""
    slopes = []
    for place in np.ndindex(x.shape):
        up, down = x.astype(float), x.astype(float)
        up[place] += h
        down[place] -= h
        slopes.append((f(up) - f(down)) / (2 * h))
    return np.array(slopes)


@symptom(flat)
def in_one_row(failing, passing):
    rows = _floats(failing + passing)
    return any(np.shape(row.got) != row.want.shape for row in rows) and all(
        _close(np.ravel(row.got), row.want.ravel(), 1e-4) for row in rows
    )


@mistake
def forward(f, x, h=1e-5):
    """Nudged to one side only
    - For $f(x) = x^2$ at 3, which slope do you get with $h = 0.5$? Which one is right?
    - Up only: $(12.25 - 9) / 0.5 = 6.5$. Down only: $(9 - 6.25) / 0.5 = 5.5$. Up and down: $(12.25 - 6.25) / 1 = 6$.
      With a small $h$ the one-sided slope is off in the fifth digit, where the other is right to nine.
    - Nudge each number up and down by the same $h$, and divide by the distance between the two, $2h$."""
    gradient = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        up = x.astype(float)
        up[place] += h
        gradient[place] = (f(up) - f(x)) / h
    return gradient


@symptom(forward)
def off_to_one_side(failing, passing):
    rows = _floats(failing + passing)
    return any(
        all(_close(row.got, _one_sided(row, sign) / part, 1e-7) for row in rows) for sign in (1, -1) for part in (1, 2)
    )


@mistake
def div_h(f, x, h=1e-5):
    """Up and down are two nudges apart
    - How far is it from the lower point to the upper one?
    - On $f(x) = 3x$ at 5 with $h = 1$: the values are 18 and 12, they differ by 6. The slope is 3, for the points are 2
      apart.
    - Divide by $2h$, the whole distance between the two points."""
    gradient = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        up, down = x.astype(float), x.astype(float)
        up[place] += h
        down[place] -= h
        gradient[place] = (f(up) - f(down)) / h
    return gradient


@symptom(div_h)
def twice_too_steep(failing, passing):
    return all(_close(row.got, 2 * row.want) for row in _floats(failing + passing))


breaks(
    int_dtype,
    "On many inputs this `ngrad` is right. Find an `f` and an `x` for which it returns nothing but zeros.",
    follow_up="Which arrays does it make itself, and what do they hold when x is [1, 2]? And when x is [1.0, 2.0]?",
)
