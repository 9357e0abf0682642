"""Walk down and keep the diary
- Before the first step is taken, what do you know already, and in which row does it belong?
- Take the height $\\frac{1}{2} x^2$, whose gradient at $x$ is $x$. Start at 1 with a learning rate of 0.1. The first
  step goes from 1 to $1 - 0.1 \\cdot 1 = 0.9$. What is the gradient there, and where does the second step lead?
- Copy the start and write it into row 0. Then repeat as often as `steps` says: take the gradient where you are now,
  subtract it times the learning rate from where you are, and write a copy of the new place into the next row."""

import numpy as np

from math4ml_lab.exercise import ask, case, check, exercise, fn, inputs, mistake, near, solution, spot, symptom, view

exercise(points=2, needs=["steepest-way-down"], video="CA@1543")

ask(
    "The height is ½x², so the gradient at x is x. You start at 1, which is row 0, with a learning rate of ½. What"
    " stands in row 3?",
    number=0.125,
    follow_up="The first step leads from 1 to 1 - ½ · 1 = ½. Go on from there, with the gradient that you find there.",
)


@solution
def descend(grad, x0, lr, steps):
    x = x0.copy()
    diary = [x]
    for _ in range(steps):
        x = x - lr * grad(x)
        diary.append(x)
    return np.array(diary)


CURVED = [[2.0, 1.0], [1.0, 3.0]]

# `decay` is there where the height is a sum of squares: each coordinate is multiplied by it in every step.
inputs(
    case(grad=fn("1 * x"), x0=np.array([1.0]), lr=0.5, steps=3, decay=[0.5]),
    case(grad=fn("d * x", d=[1, 3]), x0=np.array([8.0, -16.0]), lr=0.25, steps=2, decay=[0.75, 0.25]),
    case(grad=fn("1 * x"), x0=np.array([4.0, -2.0]), lr=0.5, steps=0, decay=[0.5, 0.5]),
    case(grad=fn("d * x", d=[2, 5, 1]), x0=np.array([2.0, 1.0, -3.0]), lr=0.3, steps=1, decay=[0.4, -0.5, 0.7]),
    case(grad=fn("d * x", d=[1, 4, 2]), x0=np.array([5.0, 2.0, -4.0]), lr=0.1, steps=6, decay=[0.9, 0.6, 0.8]),
    case(grad=fn("4 * x ** 3"), x0=np.array([1.0, -0.5]), lr=0.1, steps=4, decay=None),
    case(grad=fn("A @ x - b", A=CURVED, b=[1, -2]), x0=np.array([3.0, 5.0]), lr=0.2, steps=5, decay=None),
    case(grad=fn("np.cos(x) + 2"), x0=np.array([0.5, 2.0, 7.0]), lr=0.5, steps=4, decay=None),
)


@view
def as_array(got):
    """A list of places is as good as an array of them."""
    return np.array(got, dtype=float) if isinstance(got, (list, tuple)) else got


@check
def begins_at_the_start(got, x0):
    """Row 0 is the start
    - Print the first row of your result. Is it the place where you were put?
    - Whoever starts at 4 and takes one step to 3 has been at two places, 4 and 3. A diary of two steps has three rows.
    - Write the start into the diary before the first step, and see that no later step changes that row."""
    near(np.asarray(got, dtype=float)[0], x0)


@check
def each_step_looks_anew(got, grad, lr):
    """Each row follows from the row before
    - Take two rows that follow each other in your result. Which gradient leads from the first to the second?
    - For $\\frac{1}{2} x^2$ with a rate of 0.1: from 1 the step is $0.1$, to 0.9; from 0.9 it is $0.09$, to 0.81. The
      ground gets gentler, so the steps get shorter.
    - In every step take the gradient at the place where you are, multiply it by the learning rate, and subtract
      that."""
    rows = np.asarray(got, dtype=float)
    for number in range(1, len(rows)):
        near(rows[number], rows[number - 1] - lr * grad(rows[number - 1]), atol=1e-6)


@check
def decays(got, x0, decay):
    """On a sum of squares each coordinate shrinks by its own factor
    - Divide each row by the one before it. Do you always find the same numbers?
    - Where the gradient is $3x$ and the rate is 0.25, a step leads from $x$ to $x - 0.75 x = 0.25 x$: a quarter is
      left, each time. In a direction with gradient $x$ three quarters are left.
    - Take the full gradient, all its coordinates, and multiply it by the learning rate once in each step."""
    if decay is not None:
        rows = np.asarray(got, dtype=float)
        near(rows, x0 * np.array(decay) ** np.arange(len(rows))[:, None], atol=1e-6)


def _walk(row, step):
    """Return the diary of a walk that a learner may have taken instead: `step(x, k)` gives the next place."""
    x, rows = row.inputs["x0"].copy(), [row.inputs["x0"].copy()]
    for number in range(row.inputs["steps"]):
        x = step(x, number)
        rows.append(x)
    return np.array(rows)


def _everywhere(rows, wrong, least=1):
    """Tell whether the diary is `wrong(row)` wherever there are that many steps."""
    long = [row for row in rows if row.inputs["steps"] >= least]
    return all(_close(row.got, wrong(row)) for row in long)


def _close(got, want):
    return np.shape(got) == np.shape(want) and np.allclose(got, want)


ascent = mistake(
    edit=("x - lr * grad(x)", "x + lr * grad(x)"),
    doc="""This walk leads uphill
    - Work out the height in each row of your result. Does it grow or fall?
    - The gradient points uphill. With the height $\\frac{1}{2} x^2$ at 1 it is 1: adding it leads away from the lowest
      place, which is 0.
    - Subtract the learning rate times the gradient.""",
)


@symptom(ascent)
def goes_up(failing, passing):
    def up(row):
        return _walk(row, lambda x, _: x + row.inputs["lr"] * row.inputs["grad"](x))

    return _everywhere(failing + passing, up)


no_start = mistake(
    edit=("diary = [x]", "diary = []"),
    doc="""The start is missing
    - How many rows has your result, and how many places have you been at?
    - Start at 4, one step to 3, another one to 2.25: two steps, three places. The first of them is no step's result.
    - Write the start into the diary before the first step; then one row after each step.""",
)


@symptom(no_start)
def begins_after_the_first_step(failing, passing):
    rows = failing + passing

    def one_more(row):
        x = row.want[-1]
        return np.vstack([row.want[1:], x - row.inputs["lr"] * row.inputs["grad"](x)])

    return _everywhere(rows, lambda row: row.want[1:]) or _everywhere(rows, one_more, 0)


@mistake
def no_end(grad, x0, lr, steps):
    """The last step is missing
    - How many steps does your walk take, when two are asked for?
    - Two steps have three places: the start, the one after the first step, and the one after the second. Where the
      start takes up one of the rounds of a loop, one round is missing.
    - Let the loop run once for each step, and let the start be no part of it."""
    x = x0.copy()
    diary = []
    for _ in range(steps):
        diary.append(x)
        x = x - lr * grad(x)
    return np.array(diary)


@symptom(no_end)
def stops_one_short(failing, passing):
    rows = failing + passing

    def still_there(row):
        return np.vstack([row.want[:-1], np.zeros(row.want.shape[1])])

    return _everywhere(rows, lambda row: row.want[:-1]) or _everywhere(rows, still_there)


@mistake
def aliasing(grad, x0, lr, steps):
    """Every row is the same array
    - Print the whole diary. How many different rows has it?
    - A list keeps no numbers, it keeps addresses. If you write down ten times where one and the same array lives, and
      that array changes, all ten notes tell of what it is now.
    - Write down a copy of the place in every step. Or let each step make a new array, instead of changing the old
      one."""
    x = x0.copy()
    diary = [x]
    for _ in range(steps):
        x -= lr * grad(x)
        diary.append(x)
    return np.array(diary)


@symptom(aliasing)
def the_last_place_in_all_rows(failing, passing):
    long = [row for row in failing + passing if row.inputs["steps"] >= 2]
    return all(
        np.shape(row.got) in {row.want.shape, row.want[1:].shape}
        and _close(np.asarray(row.got)[1:], np.broadcast_to(row.want[-1], np.shape(row.got[1:])))
        for row in long
    )


@mistake
def frozen_gradient(grad, x0, lr, steps):
    """The slope was measured only once
    - How often does your walk ask for the gradient? How often should it?
    - For $\\frac{1}{2} x^2$ from 1 with a rate of 0.5, with the slope of the start alone: 1, 0.5, 0, -0.5, and on, past
      the lowest place. With a fresh look at every step: 1, 0.5, 0.25, 0.125.
    - Ask for the gradient inside the loop, at the place where you are by then."""
    x, slope = x0.copy(), grad(x0)
    diary = [x]
    for _ in range(steps):
        x = x - lr * slope
        diary.append(x)
    return np.array(diary)


@symptom(frozen_gradient)
def straight_ahead(failing, passing):
    def straight(row):
        return _walk(row, lambda x, _: x - row.inputs["lr"] * row.inputs["grad"](row.inputs["x0"]))

    return _everywhere(failing + passing, straight, 2)


from_the_start = mistake(
    edit=("x - lr * grad(x)", "x0 - lr * grad(x)"),
    doc="""Every step begins at the start again
    - From which place does your third step set out?
    - For $\\frac{1}{2} x^2$ from 1 with a rate of 0.5, the first step leads to 0.5. The second one has to set out from
      there, and leads to 0.25. Set out from 1 with the slope of 0.5 it leads to 0.75.
    - Subtract from the place where you are by now, not from the start.""",
)


@symptom(from_the_start)
def springs_back(failing, passing):
    def back(row):
        return _walk(row, lambda x, _: row.inputs["x0"] - row.inputs["lr"] * row.inputs["grad"](x))

    return _everywhere(failing + passing, back, 2)


no_rate = mistake(
    edit=("lr * grad(x)", "grad(x)"),
    doc="""The learning rate is not used
    - Give your function two different learning rates. Do you get two different walks?
    - For the gradient $3x$ a whole step leads from 1 to $1 - 3 = -2$, then to 4, and away. With a rate of 0.25 it leads
      to $1 - 0.75 = 0.25$.
    - Multiply the gradient by the learning rate before you subtract it.""",
)


@symptom(no_rate)
def whole_gradients(failing, passing):
    return _everywhere(failing + passing, lambda row: _walk(row, lambda x, _: x - row.inputs["grad"](x)))


one_too_many = mistake(
    edit=("range(steps)", "range(steps + 1)"),
    doc="""One step too many
    - How many steps does your walk take, when two are asked for? And when none is?
    - Two steps have three places, for the start is one of them. A loop that runs three times takes three steps, and
      with the start it makes four rows.
    - Let the loop run once for each step. The start is there already.""",
)


@mistake
def unit_steps(grad, x0, lr, steps):
    """The steps all have the same length
    - Print the length of each step. Do the steps get shorter where the ground gets gentler?
    - `steepest` gives a direction, of length 1, and a walk along it never comes to rest: near the lowest place it steps
      across it, and back. Gradient descent takes the gradient itself, which shrinks on the way.
    - Subtract the learning rate times the gradient, without dividing by its length."""
    x = x0.copy()
    diary = [x]
    for _ in range(steps):
        slope = grad(x)
        x = x - lr * slope / np.linalg.norm(slope)
        diary.append(x)
    return np.array(diary)


@symptom(unit_steps)
def as_long_as_the_rate(failing, passing):
    def even(row):
        def step(x, _):
            slope = row.inputs["grad"](x)
            return x - row.inputs["lr"] * slope / np.linalg.norm(slope)

        return _walk(row, step)

    # A single coordinate can land on the lowest place, where a direction is whatever one makes of 0 / 0.
    return _everywhere([row for row in failing + passing if row.inputs["x0"].size > 1], even)


last_only = mistake(
    edit=("np.array(diary)", "x"),
    doc="""The diary was thrown away
    - How many places does your result hold, and how many have you been at?
    - Where the walk ends is one row of the answer. How it went, whether it swung or crept, is in the others.
    - Collect every place on the way, the start included, and return all of them as rows.""",
)


@mistake
def overwrites(grad, x0, lr, steps):
    """The start itself was moved
    - Print $x_0$ before the call and after it. Is it the same?
    - Giving an array a second name makes no second array. A step that changes the one under its new name changes the
      other one too, and whoever called you loses the start.
    - Work on a copy of the start, or let each step make a new array."""
    x = x0
    diary = np.empty((steps + 1, len(x0)))
    diary[0] = x
    for number in range(steps):
        x -= lr * grad(x)
        diary[number + 1] = x
    return diary


@symptom(overwrites)
def x0_is_not_what_it_was(failing, passing):
    return any("x0" in row.changed for row in failing + passing)


spot(
    aliasing,
    lines={5, 6},
    text="The last row of this `descend` is always right, the others hardly ever. Which line makes it so?",
    follow_up="How many arrays of places are made in all, in three steps? Which line should have made a new one?",
)
