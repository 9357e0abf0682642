"""Two knobs, one loss
- When $b$ goes up by $0.01$, how much does one residual $a x + b - y$ change? And when $a$ goes up by $0.01$?
- One data point, $x = 3$ and $y = 10$, with $a = 2$ and $b = 1$: the residual is $-3$, the loss 9. Nudge $b$ to $1.01$
  and the loss is $8.9401$; nudge $a$ instead, and it is $8.8209$. What are the two slopes, about?
- Compute all the residuals. The slope for $a$ is twice the mean of residual times $x$, the slope for $b$ twice the mean
  of the residuals. Return them in this order."""

import numpy as np

from math4ml_lab.exercise import ask, case, check, exercise, inputs, mistake, near, solution, symptom, view

exercise(points=2, needs=["gradient-by-nudging", "gradient-descent", "features-times-theta"], video="CA@1543")

ask(
    "All `x` are near 100, and the line lies too low everywhere. Which of the two slopes is larger in size?",
    choices=["the one for a", "the one for b", "they are equal"],
    right="the one for a",
    follow_up={
        "the one for b": "At x = 100, what does a nudge of 0.01 to a do to the prediction, and the same nudge to b?",
        "they are equal": "At x = 100, what does a nudge of 0.01 to a do to the prediction, and the same nudge to b?",
    },
)
ask(
    "You update `a`, and then compute the slope for `b` with the new `a`. Is that still gradient descent?",
    choices=["yes, the same", "no, another algorithm"],
    right="no, another algorithm",
    when="after",
    follow_up={
        "yes, the same": "Take x = 1, y = 2, both knobs at 0, and lr = ¼. Where is b after one step, either way?",
    },
)


@solution
def line_grad(a, b, x, y):
    residual = a * x + b - y
    return 2 * np.mean(residual * x), 2 * np.mean(residual)


inputs(
    case(a=2.0, b=1.0, x=np.array([3.0]), y=np.array([10.0])),
    case(a=1.0, b=0.0, x=np.array([1.0, 2.0]), y=np.array([3.0, 7.0])),
    case(a=3.0, b=-1.0, x=np.array([1.0, 2.0, 4.0]), y=np.array([5.0, 3.0, 2.0])),
    case(a=-2.0, b=4.0, x=np.array([-1.0, 3.0, 5.0, 2.0]), y=np.array([2.0, -6.0, 1.0, 8.0])),
    case(a=0.0, b=0.0, x=np.array([2.0, 5.0, -1.0, 3.0, 4.0]), y=np.array([1.0, -3.0, 6.0, 2.0, 9.0])),
    case(a=0.5, b=-3.0, x=np.array([10.0, -20.0, 30.0]), y=np.array([7.0, 1.0, -4.0])),
    # The line goes through all of the points: nothing is left to turn.
    case(a=2.0, b=-3.0, x=np.array([1.0, 4.0, -2.0, 5.0]), y=np.array([-1.0, 5.0, -7.0, 7.0])),
    case(a=1.5, b=2.5, x=np.array([0.5, -1.5, 2.0, 4.5, -3.0, 1.0, 2.5]), y=np.array([1.0, 0, -2, 6, 3, 8, -1])),
)


def _is_number(value):
    return isinstance(value, (int, float, np.number)) and not isinstance(value, bool)


@view
def as_pair(got):
    """Two numbers in a list or an array are as good as in a tuple."""
    if isinstance(got, (tuple, list)) and len(got) == 2 and all(map(_is_number, got)):
        return tuple(float(number) for number in got)
    if isinstance(got, np.ndarray) and got.shape == (2,) and got.dtype.kind in "iuf":
        return tuple(float(number) for number in got)
    return got


@check
def as_a_nudge_says(got, a, b, x, y):
    """Both slopes are those that a nudge measures
    - Nudge $a$ by $0.001$, compute the loss before and after, and divide the change by $0.001$. Which of your two
      numbers differs from what you find? And when you nudge $b$?
    - With one residual $r$, a nudge $h$ to $b$ turns $r^2$ into $(r + h)^2$: about $2 r h$ more. A nudge to $a$ moves
      the residual by $h x$, so it is about $2 r x h$.
    - Take the mean of $2 r x$ over the data for $a$, and the mean of $2 r$ for $b$."""

    def loss(a, b):
        return np.mean((a * x + b - y) ** 2)

    h = 1e-3
    slopes = (loss(a + h, b) - loss(a - h, b)) / (2 * h), (loss(a, b + h) - loss(a, b - h)) / (2 * h)
    near(np.array([float(slope) for slope in got]), np.array(slopes), atol=1e-6)


X = np.array([-1.0, 0.0, 1.0, 2.0, 3.0, -2.0])
Y = np.array([-4.0, 0.0, 1.0, 3.0, 8.0, -5.0])


@check
def the_walk_arrives(line_grad):
    """Walking down your slopes fits a line
    - Where does a walk end that follows your two numbers: at a line through the middle of the data, or far away?
    - Fit $(0, 1)$ and $(1, 3)$ by hand: at $a = 0$ and $b = 0$ both slopes have to be negative, since the line has to
      rise, and to be lifted.
    - Check the sign first, then the size: with a sum for the mean, the steps grow with the number of data, and soon
      overshoot."""
    a = b = 0.0
    for _ in range(60):
        slope_a, slope_b = line_grad(a, b, X, Y)
        a, b = a - 0.2 * float(slope_a), b - 0.2 * float(slope_b)
        if not abs(a) + abs(b) < 1e6:
            break
    best = np.polyfit(X, Y, 1)
    near(np.array([a, b]), best, rtol=0, atol=1e-3)


# -- How the slips show, however they are written --


def _pairs(rows):
    """Return what was got, as an array with a row for each input; None where an answer is no pair of numbers."""
    if not all(isinstance(row.got, tuple) and len(row.got) == 2 and all(map(_is_number, row.got)) for row in rows):
        return None
    return np.array([row.got for row in rows], dtype=float)


def _parts(row):
    given = row.inputs
    residual = given["a"] * given["x"] + given["b"] - given["y"]
    return residual, given["x"]


def _shows(rows, wrong, factors):
    """Tell whether the answer is that of a wrong function, but for one of the factors."""
    got = _pairs(rows)
    if got is None:
        return False
    want = np.array([wrong(*_parts(row)) for row in rows])
    return any(np.allclose(got, factor * want) for factor in factors)


@mistake
def no_two(a, b, x, y):
    """A square brings a 2 with it
    - Nudge $b$ by $0.01$ where a single residual is 3. How much does the loss change, and what does your slope say?
    - $3.01^2 = 9.0601$, so the loss grows by about $0.06$: the slope is 6, twice the residual.
    - Multiply both slopes by 2. (Whoever defines the loss with a $\\frac{1}{2}$ in front gets rid of it; this one has
      none.)"""
    residual = a * x + b - y
    return np.mean(residual * x), np.mean(residual)


@mistake
def summed(a, b, x, y):
    """The sum grows with the data, the mean does not
    - Write all the data down twice. Does the loss change? Do your slopes?
    - Two data points with residual 3 each have the mean square 9, as one alone has. With sums the slope doubles,
      and the safe step size shrinks with each new data point.
    - Divide by the number of data points: a mean in the loss is a mean in its slopes."""
    residual = a * x + b - y
    return 2 * np.sum(residual * x), 2 * np.sum(residual)


@symptom(summed)
def grows_with_the_data(failing, passing):
    rows = failing + passing
    return _shows(rows, lambda r, x: (np.sum(r * x), np.sum(r)), (1, 2, -1, -2))


@mistake
def sign(a, b, x, y):
    """Uphill and downhill are swapped
    - The line lies too low everywhere, and you lift it a little. Does the loss grow or shrink? What is the sign of your
      slope for $b$?
    - With $y = 10$ and the prediction 7, raising $b$ helps, so the loss falls and its slope is negative: $2 \\cdot (7 -
      10) = -6$.
    - Take prediction minus data. Or keep data minus prediction, and give both slopes a minus. The step downhill comes
      later, in the walk."""
    residual = y - (a * x + b)
    return 2 * np.mean(residual * x), 2 * np.mean(residual)


@symptom(sign)
def points_downhill(failing, passing):
    return _shows(failing + passing, lambda r, x: (np.mean(r * x), np.mean(r)), (-1, -2))


@mistake
def b_uses_x(a, b, x, y):
    """The intercept does not know x
    - Nudge $b$ by $0.01$. By how much does the prediction at $x = 5$ change, and at $x = 100$?
    - $a x + b$ moves by $0.01$ at every $x$, when $b$ does. Only $a$ has a lever: its nudge counts $x$ times.
    - Leave out the $x$ in the slope for $b$."""
    slope = 2 * np.mean((a * x + b - y) * x)
    return slope, slope


@symptom(b_uses_x)
def twice_the_slope_of_a(failing, passing):
    rows = failing + passing
    return _shows(rows, lambda r, x: (np.mean(r * x), np.mean(r * x)), (1, 2, -2)) or _shows(
        rows, lambda r, x: (np.sum(r * x), np.sum(r * x)), (1, 2)
    )


@mistake
def a_forgets_x(a, b, x, y):
    """The lever of a is missing
    - Nudge $a$ by $0.01$. By how much does the prediction at $x = 5$ change, and at $x = 100$?
    - At $x = 5$ it moves by $0.05$, at $x = 100$ by 1: far out, a turn of the line is felt more. So each residual
      counts as often as its $x$ says.
    - Multiply each residual by its own $x$ before you take the mean for $a$."""
    slope = 2 * np.mean(a * x + b - y)
    return slope, slope


@symptom(a_forgets_x)
def twice_the_slope_of_b(failing, passing):
    rows = failing + passing
    return _shows(rows, lambda r, _: (np.mean(r), np.mean(r)), (1, 2, -2)) or _shows(
        rows, lambda r, _: (np.sum(r), np.sum(r)), (1, 2)
    )


@mistake
def swapped(a, b, x, y):
    """The two slopes have changed places
    - Which knob comes first in `line_grad(a, b, x, y)`, and which slope comes first in your answer?
    - With $x = 3$ and the residual $-3$ the slopes are $-18$ for $a$ and $-6$ for $b$: the answer is $(-18, -6)$, in
      the order of the knobs.
    - Return the slope for $a$ first."""
    residual = a * x + b - y
    return 2 * np.mean(residual), 2 * np.mean(residual * x)


@symptom(swapped)
def b_comes_first(failing, passing):
    return _shows(failing + passing, lambda r, x: (np.mean(r), np.mean(r * x)), (1, 2))


@mistake
def product_of_means(a, b, x, y):
    """The mean came too early
    - For two residuals 1 and $-1$ at $x = 0$ and $x = 10$, what is the mean of the products, and what is the product of
      the means?
    - The products are 0 and $-10$, with the mean $-5$. The mean residual is 0, so the product of the means says that
      there is nothing to do, although the line should be turned.
    - Multiply residual by $x$ point by point, and take the mean at the end."""
    residual = a * x + b - y
    return 2 * np.mean(residual) * np.mean(x), 2 * np.mean(residual)


@symptom(product_of_means)
def averages_first(failing, passing):
    return _shows(failing + passing, lambda r, x: (np.mean(r) * np.mean(x), np.mean(r)), (1, 2))


@mistake
def per_point(a, b, x, y):
    """A slope for each point, and not for the loss
    - How many numbers are in each of your two slopes, and how many losses are there?
    - For residuals 1 and 3, $2r$ is 2 and 6: that is how each point pulls at $b$. The loss is a mean, so its slope is
      the mean of the pulls, 4.
    - Take the mean over all points, for both knobs."""
    residual = a * x + b - y
    return 2 * residual * x, 2 * residual


@symptom(per_point)
def as_many_as_points(failing, passing):
    return all(_pulls(row.got, len(row.inputs["x"])) for row in failing + passing)


def _pulls(got, count):
    if isinstance(got, np.ndarray):
        return got.shape in ((2, count), (count, 2)) and got.dtype.kind in "iuf"
    return (
        isinstance(got, (tuple, list))
        and len(got) == 2
        and all(isinstance(part, (list, np.ndarray)) and np.shape(part) == (count,) for part in got)
    )
