"""Two errors pulling on one h
- A slope is read off two points that lie a little apart. When the step $h$ shrinks, which error shrinks with it? And
  which one grows?
- For $x^2$ at 3, by hand: with $h = 0.1$ the two points at 2.9 and 3.1 give $(9.61 - 8.41) / 0.2 = 6$, the one-sided
  $(9.61 - 9) / 0.1$ gives $6.1$. Now keep only three digits of each value, with $h = 0.001$: what is left of the
  difference? Somewhere in between lies the best step.
- Take one point on either side of $x$, at the same distance $h$, and divide the difference of the two values by the
  distance between the points. If no step is given, take the cube root of the machine epsilon, times the size of $x$
  where that is larger than 1."""

import numpy as np

from math4ml_lab.exercise import ask, case, check, exercise, fn, inputs, mistake, near, solution, spot, symptom

exercise(points=3, needs=["how-good-is-good-enough"], video="MC3.2")

ask(
    "You measure the slope of sin at 1 by one point on either side, at distance `h`. Which `h` comes closest?",
    choices=["1e-1", "1e-5", "1e-10", "1e-15"],
    right="1e-5",
    follow_up={
        "1e-1": "The curve bends between the two points. Does it still bend as much between points that are closer?",
        "1e-10": "sin is stored with 16 digits. In how many of them do its values at two points so close differ?",
        "1e-15": "What is the next number after 1 that a computer has? How many such steps is 1e-15?",
    },
)


@solution
def cdiff(f, x, h=None):
    if h is None:
        h = np.finfo(float).eps ** (1 / 3) * max(1, abs(x))
    return (f(x + h) - f(x - h)) / (2 * h)


# Where no step is given, `slope` is the exact one. The last rows give a step: on parabolas every formula that is of
# second order, or better, is exact, so that they fix what is right; on stairs only the step that was asked for will do,
# and around 8 none that is much larger.
STAIRS, NEARBY = "np.round(100 * x) / 100", "x * (abs(x - 8) < 5)"
inputs(
    case(f=fn("x * x"), x=3, slope=6.0),
    case(f=fn("x * x * x"), x=-2.0, slope=12.0),
    case(f=fn("np.exp(x)"), x=1.0, slope=float(np.exp(1.0))),
    case(f=fn("np.sin(x)"), x=1.0, slope=float(np.cos(1.0))),
    case(f=fn("np.exp(x)"), x=0.0, slope=1.0),
    case(f=fn("np.sin(x)"), x=0.0, slope=1.0),
    case(f=fn("x * x + 40"), x=1.1, slope=2.2),
    case(f=fn("x * x + 40"), x=1.3, slope=2.6),
    case(f=fn("x * x + 30"), x=-1.7, slope=-3.4),
    case(f=fn("x * x * x"), x=1000.0, slope=3e6),
    case(f=fn("np.sqrt(x)"), x=1e6, slope=5e-4),
    case(f=fn("x * x"), x=-1e6, slope=-2e6),
    case(f=fn("np.sqrt(-x)"), x=-1e6, slope=-5e-4),
    case(f=fn("x * x * x"), x=1e6, slope=3e12),
    case(f=fn("x * x"), x=3.0, h=0.5, slope=6.0),
    case(f=fn("2 * x * x - x"), x=-1.0, h=0.25, slope=-5.0),
    case(f=fn(STAIRS), x=2.0, h=1.0, slope=1.0),
    case(f=fn(NEARBY), x=8.0, h=1.0, slope=1.0),
)


@check
def eight_digits(got, slope):
    """Eight digits are right
    - Compare your slope with the exact one: how many digits agree? Do more agree with a larger step, or a smaller one?
    - Two errors add up. The bend of the curve costs about $h^2$; rounding costs about $10^{-16} / h$. For $h = 10^{-2}$
      that is $10^{-4}$ and $10^{-14}$. What is it for $h = 10^{-5}$?
    - Where no step is given, take one of about $10^{-5}$, and let it grow with $x$ where $x$ is large."""
    near(got, slope, rtol=1e-8, atol=0)


@check
def second_order(cdiff):
    """Half the step, a quarter of the error
    - Ask for the slope of the exponential function at 1, with the steps 0.2 and 0.1. By which factor does the error
      shrink?
    - With a point on one side only, half the step is half the error. With one on either side the errors of first order
      cancel: $e^h - e^{-h} = 2h + h^3 / 3 + \\dots$, so half the step is a quarter of the error.
    - Use the step that you are given, with one point on either side, and divide by the distance between the points."""
    first, second = [abs(float(cdiff(fn("np.exp(x)"), 1.0, h)) - np.exp(1.0)) for h in (0.2, 0.1)]
    factor = first / max(second, 1e-9)
    assert factor > 2**1.9 or first < 1e-6, f"half the step leaves {1 / factor:.2g} of the error, needs about 0.25"


def _off(row):
    """Return the relative error of a result; infinity for what is no number."""
    off = np.inf if isinstance(row.got, str) else abs(row.got - row.inputs["slope"]) / abs(row.inputs["slope"])
    return off if np.isfinite(off) else np.inf


def _worst(rows, keep):
    return max(_off(row) for row in rows if "h" not in row.inputs and keep(row.inputs["f"].text, abs(row.inputs["x"])))


def _flat(text, size):
    """Keep the parabolas near the origin: no step is too big there, so what goes wrong is rounding."""
    return "x * x" in text and "x * x * x" not in text and 0 < size < 10


def _bent(text, size):
    return "x * x" not in text and 0 < size < 10


def _given(rows, value):
    """Tell whether on all parabolas with a given step the result is `value(f, x, h)`."""
    rows = [row for row in rows if "h" in row.inputs and "x * x" in row.inputs["f"].text]
    return all(np.isclose(row.got, value(row.inputs["f"], row.inputs["x"], row.inputs["h"])) for row in rows)


@mistake
def div_h(f, x, h=None):
    """The points are two steps apart
    - How far is it from $x - h$ to $x + h$?
    - On the line $f(x) = x$ at 3, with $h = 1$: the values are 2 and 4, they differ by 2. Divided by 1 that is a slope
      of 2; but the line climbs 1 per step.
    - Divide by the whole distance between the two points, not by the distance from the middle."""
    if h is None:
        h = np.finfo(float).eps ** (1 / 3) * max(1, abs(x))
    return (f(x + h) - f(x - h)) / h


@symptom(div_h)
def twice_the_slope(failing, passing):
    return _given(failing + passing, lambda f, x, h: (f(x + h) - f(x - h)) / h)


@mistake
def times_h(f, x, h=None):
    """It was multiplied by h
    - Print your slope of $x^2$ at 3 for the steps 1, 0.1 and 0.01. Why does it shrink?
    - What stands behind a slash is divided by only up to the next sign: 8 / 2 * 4 is 16, for 8 is halved first, and the
      half is multiplied by 4.
    - Divide by the whole distance: put $2h$ in brackets, or divide twice."""
    if h is None:
        h = np.finfo(float).eps ** (1 / 3) * max(1, abs(x))
    return (f(x + h) - f(x - h)) / 2 * h


@symptom(times_h)
def shrinks_with_h(failing, passing):
    return _given(failing + passing, lambda f, x, h: (f(x + h) - f(x - h)) / 2 * h)


@mistake
def forward(f, x, h=None):
    """A step to one side only
    - At which two points do you look at the function? Where does $x$ lie between them?
    - For $x^2$ at 3 with $h = 0.1$, forward: $(9.61 - 9) / 0.1 = 6.1$, off by $h$. Backward: $5.9$, off by $-h$. The
      mean of the two is 6.
    - Let $x$ lie in the middle: one point at distance $h$ on either side. What the bend adds on one side it then takes
      away on the other."""
    if h is None:
        h = np.finfo(float).eps ** (1 / 2) * max(1, abs(x))
    return (f(x + h) - f(x)) / h


@symptom(forward)
def looks_to_one_side(failing, passing):
    right, left = (lambda f, x, h: (f(x + h) - f(x)) / h), (lambda f, x, h: (f(x) - f(x - h)) / h)
    halved = [lambda f, x, h, way=way: way(f, x, h) / 2 for way in (right, left)]
    return any(_given(failing + passing, way) for way in (right, left, *halved))


@mistake
def vanishing_h(f, x, h=None):
    """At 0 the step is 0 as well
    - How large is your step at $x = 0$?
    - If the step is a fixed part of $x$, say $x / 1000$, it is 1 at 1000, 0.001 at 1, and 0 at 0. The two points then
      are the same, and 0 is divided by 0.
    - Let the step grow with $x$ only where $x$ is larger than 1; below, keep it as it is at 1."""
    if h is None:
        h = np.finfo(float).eps ** (1 / 3) * abs(np.float64(x))
    return (f(x + h) - f(x - h)) / (2 * h)


@symptom(vanishing_h)
def nothing_at_zero(failing, passing):
    rows = [row for row in failing + passing if "h" not in row.inputs]
    return all((_off(row) < np.inf) == (row.inputs["x"] != 0) for row in rows)


@mistake
def big_h(f, x, h=None):
    """The step is too big
    - Print the error for sin at 1 with your step, and with one ten times smaller. Which is better?
    - With $h = 0.1$ the curve bends between the points, and the slope between them is off by about $h^2 / 6 = 0.0017$.
      With $h = 0.01$ it is a hundred times less. A parabola does not show it: there the two sides cancel.
    - Where no step is given, take a smaller one. It may shrink until rounding, about $10^{-16} / h$, costs as much."""
    if h is None:
        h = 0.1
    return (f(x + h) - f(x - h)) / (2 * h)


@symptom(big_h)
def only_bends_suffer(failing, passing):
    rows = failing + passing
    return _worst(rows, _flat) < 1e-8 < _worst(rows, _bent) and _worst(rows, _bent) < 1


@mistake
def tiny_h(f, x, h=None):
    """The subtraction lost the digits
    - Print the two values that you subtract. In how many digits do they differ?
    - Say that numbers have 4 digits. $f(x + h) = 9.001$ and $f(x - h) = 8.999$ differ by $0.002$: of four digits one is
      left, and it is rounded. The closer the points, the fewer digits the difference has.
    - Take a larger step: the one where what rounding costs, about $10^{-16} / h$, is as small as what the bend costs,
      about $h^2$."""
    if h is None:
        h = 1e-14
    return (f(x + h) - f(x - h)) / (2 * h)


@symptom(tiny_h)
def even_parabolas_suffer(failing, passing):
    rows = failing + passing
    is_sound = _given(rows, lambda f, x, h: (f(x + h) - f(x - h)) / (2 * h))
    return is_sound and _worst(rows, _flat) > 1e-8 and _worst(rows, _bent) < 2


@mistake
def unscaled(f, x, h=None):
    """One step for all x
    - Print the relative error at 1, at 1000 and at a million. What happens to it?
    - Numbers near 1 are about $10^{-16}$ apart, numbers near a million about $10^{-10}$. A step of a
      hundred-thousandth is eleven digits long near 1, and only five near a million.
    - Let the step grow in proportion to the size of $x$, where that is larger than 1."""
    if h is None:
        h = 1e-5
    return (f(x + h) - f(x - h)) / (2 * h)


@symptom(unscaled)
def far_away_digits_go(failing, passing):
    far = [row for row in failing + passing if row.inputs["x"] == 1e6]
    return _near_is_fine(failing + passing) and any(_off(row) > 1e-8 for row in far)


def _near_is_fine(rows):
    return max(_worst(rows, _flat), _worst(rows, _bent)) < 1e-8


@mistake
def loses_the_sign(f, x, h=None):
    """Below zero the step does not grow
    - Print the relative error at a million, and at minus a million. Which one is larger?
    - The larger of 1 and $-1000000$ is 1. But numbers near $-1000000$ lie as far apart as those near $1000000$.
    - Let the step grow with the size of $x$, whatever its sign is."""
    if h is None:
        h = 1e-5 * max(1, x)
    return (f(x + h) - f(x - h)) / (2 * h)


@symptom(loses_the_sign)
def only_far_below_zero(failing, passing):
    rows = failing + passing
    far = [row for row in rows if abs(row.inputs["x"]) > 10]
    signs = {np.sign(row.inputs["x"]) for row in far if _off(row) > 1e-8}
    return _near_is_fine(rows) and signs == {-1}


@mistake
def ignores_h(f, x, _h=None):
    """The step that was asked for is not used
    - What does your function do with `h` when somebody gives it?
    - A thermometer shows 20.00, then 20.01, nothing in between. Its slope over an hour can be read, its slope over a
      thousandth of a second is 0. So whoever gives a step has a reason.
    - Choose a step of your own only if none is given; otherwise take the one that is given, as it is."""
    h = np.finfo(float).eps ** (1 / 3) * max(1, abs(x))
    return (f(x + h) - f(x - h)) / (2 * h)


@symptom(ignores_h)
def stairs_look_level(failing, passing):
    return {row.inputs["f"].text for row in failing} == {STAIRS} and _worst(failing + passing, lambda *_: True) < 1e-8


@mistake
def scales_h(f, x, h=None):
    """The step that was asked for has grown
    - Which two points does your function look at, for $x = 8$ and $h = 1$?
    - Somebody knows that a road is smooth from 3 to 13, asks for its slope at 8 with a step of 1, and is told of the
      points 0 and 16. Only a step of your own has to grow with $x$.
    - Let the size of $x$ have a say only where no step is given."""
    h = (h or np.finfo(float).eps ** (1 / 3)) * max(1, abs(x))
    return (f(x + h) - f(x - h)) / (2 * h)


@symptom(scales_h)
def looks_too_far(failing, _passing):
    return NEARBY in {row.inputs["f"].text for row in failing} <= {NEARBY, STAIRS}


spot(
    unscaled,
    lines={3},
    text="This `cdiff` is right to ten digits at x = 1, and only to five at x = 1 000 000. Which line makes it so?",
    follow_up="Numbers near a million lie about 1e-10 apart. Which line settles how far apart the two points lie?",
)
