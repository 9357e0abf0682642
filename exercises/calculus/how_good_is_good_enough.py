"""Measure the leftover
- When you shrink $h$ tenfold, by how much does the error shrink?
- The model $9 + 6h$ of $x^2$ at 3 is off by $0.01$ at $h = 0.1$, and by $0.0001$ at $h = 0.01$: a hundredth, for a
  tenth of the step. Ten to which power is a hundred?
- Compute the error's size for several $h$ from 0.1 down to 0.001. Take the logarithm of errors and of steps, and return
  the slope of the one against the other."""

import numpy as np

from math4ml_lab.exercise import ask, case, check, exercise, fn, inputs, mistake, near, solution, symptom, view

exercise(points=3, needs=["tangent-model"], video="CA@770")

ask(
    "At a point where the slope is not 0, you model a function by its value there alone, a constant. What is p?",
    number=1,
    follow_up="How much does the function change over a step h, roughly? And over a tenth of it?",
)
ask(
    "And cos at 0, where the slope is 0, modelled by the constant 1?",
    number=2,
    follow_up="What is the straight-line model of cos at 0? How does it differ from the constant?",
)
ask(
    "A better model has a smaller p. True?",
    choices=["True", "False"],
    right="False",
    follow_up={"True": "For h = 0.1, which is the smallest error: `h`, `h**2` or `h**3`?"},
)


@solution
def remainder_order(f, model, x0):
    h = 10.0 ** -np.arange(1, 4)
    error = np.abs(f(x0 + h) - model(h))
    return np.polyfit(np.log(h), np.log(error), 1)[0]


inputs(
    case(f=fn("x**3"), model=fn("8 + 12 * x"), x0=2.0, order=2),
    case(f=fn("np.exp(x)"), model=fn("np.exp(1) + 0 * x"), x0=1.0, order=1),
    case(f=fn("1000 * np.exp(x)"), model=fn("1000 * np.exp(1) + 0 * x"), x0=1.0, order=1),
    case(f=fn("np.exp(x)"), model=fn("np.exp(1) * (1 + x)"), x0=1.0, order=2),
    case(f=fn("np.exp(x)"), model=fn("np.exp(1) * (1 + x + x**2 / 2)"), x0=1.0, order=3),
    case(f=fn("np.exp(x)"), model=fn("np.exp(1) * (1 + 1.5 * x)"), x0=1.0, order=1),
    case(f=fn("np.sin(x)"), model=fn("np.sin(2) + 0 * x"), x0=2.0, order=1),
    case(f=fn("np.sin(x)"), model=fn("np.sin(2) + np.cos(2) * x"), x0=2.0, order=2),
    case(f=fn("x**3"), model=fn("8 + 12 * x + 6 * x**2"), x0=2.0, order=3),
    case(f=fn("x**3"), model=fn("8 + 18 * x"), x0=2.0, order=1),
    case(f=fn("np.cos(x)"), model=fn("1 + 0 * x"), x0=0.0, order=2),
    case(f=fn("1 / x"), model=fn("0.5 - 0.25 * x"), x0=2.0, order=2),
    case(f=fn("1 / x"), model=fn("0.5 - 0.25 * x + x**2 / 8"), x0=2.0, order=3),
)


@view
def to_the_nearest_order(got):
    """1, 2 or 3 where it is within 0.15 of that, as the text allows."""
    p = float(got)
    return next((float(order) for order in (1, 2, 3) if abs(p - order) <= 0.15), p)


@check
def first_order(got, order):
    """A constant, or a wrong slope, leaves p = 1
    - For the function and model in the report, what is the error at $h = 0.1$, at $0.01$, and at $0.001$?
    - $8 + 18h$ has the wrong slope for $x^3$ at 2, it should be 12. The error is $0.539$, $0.0594$, $0.005994$: it
      shrinks like the step itself, so the error is not negligible against it.
    - Measure by what factor the error shrinks, and say which power of the step's factor that is."""
    if order == 1:
        near(got, order, rtol=0, atol=0.15)


@check
def second_order(got, order):
    """The right slope leaves p = 2
    - For the function and model in the report, what is the error at $h = 0.1$, at $0.01$, and at $0.001$?
    - $8 + 12h$ is the right line for $x^3$ at 2. The error is $0.061$, then $0.000601$, then $0.000006001$: a tenth of
      the step leaves a hundredth of the error.
    - Measure by what factor the error shrinks, and say which power of the step's factor that is."""
    if order == 2:
        near(got, order, rtol=0, atol=0.15)


@check
def third_order(got, order):
    """One term more leaves p = 3
    - For the function and model in the report, what is the error at $h = 0.1$, at $0.01$, and at $0.001$?
    - $8 + 12h + 6h^2$ leaves exactly $h^3$ of $x^3$ at 2: $0.001$, then $0.000001$, then $0.000000001$. Much further
      down a float has no digits left for such errors next to 8.
    - Measure by what factor the error shrinks, for steps from $0.1$ to $0.001$, and say which power of the step's
      factor that is."""
    if order == 3:
        near(got, order, rtol=0, atol=0.15)


def _finite(value):
    return isinstance(value, (int, float, np.number)) and bool(np.isfinite(value))


def _number(value):
    return float(value) if _finite(value) else np.nan


def _thousandfold(rows):
    """Return what was said of a constant model, and of the same with all heights times 1000."""
    said = {row.inputs["model"].text: _number(row.got) for row in rows}
    return said["np.exp(1) + 0 * x"], said["1000 * np.exp(1) + 0 * x"]


@mistake
def tiny_h(f, model, x0):
    """Rounding noise was measured
    - Print the errors at your steps. Do they still shrink when the step does?
    - Of $8 + 12h$ against $x^3$ at 2, an error of $6h^2$ is left. At $h = 10^{-9}$ that is $6 \\cdot 10^{-18}$, and
      next to 8 a float rounds at about $10^{-15}$: what remains is noise, and noise has no order.
    - Take steps from 0.1 down to 0.001. There the leftover is small enough to show its order, and large enough to stand
      out from the rounding."""
    with np.errstate(all="ignore"):
        wide, narrow = (np.abs(f(x0 + h) - model(h)) for h in (1e-9, 1e-10))
        return (np.log(wide) - np.log(narrow)) / np.log(10)


@symptom(tiny_h)
def small_leftovers_are_lost(failing, passing):
    rows = failing + passing
    if all(_finite(row.got) and abs(row.got * row.want - 1) < 0.15 for row in rows):
        return False
    return (
        all(row in passing for row in rows if row.want == 1)
        and all(row in failing for row in rows if row.want == 3)
        and all(not _finite(row.got) or not 2.85 <= row.got <= 4 for row in failing)
    )


@mistake
def not_log(f, model, x0):
    """The slope needs logarithms on both axes
    - When function and model are both a thousand times higher, what becomes of your result? And what of the order?
    - The errors $0.06$ and $0.0006$ at the steps $0.1$ and $0.01$ have a difference of $0.0594$, which says nothing
      about the power. Their logarithms to base 10 are $2$ apart, those of the steps $1$.
    - Take the logarithm of the errors and of the steps. Then take the slope."""
    h = 10.0 ** -np.arange(1, 4)
    return np.polyfit(h, np.abs(f(x0 + h) - model(h)), 1)[0]


@symptom(not_log)
def grows_with_the_heights(failing, passing):
    once, thousandfold = _thousandfold(failing + passing)
    return 500 < thousandfold / once < 2000


@mistake
def one_ratio(f, model, x0):
    """The factor is not yet the power
    - By what factor does your error shrink, and by what factor did the step shrink?
    - If a tenth of the step leaves a hundredth of the error, the factor is 100, and the power is 2, because $10^2 =
      100$. With half the step the same model would show the factor 4, and $2^2 = 4$.
    - Divide the logarithm of the error's factor by the logarithm of the step's factor."""
    wide, narrow = (np.abs(f(x0 + h) - model(h)) for h in (0.1, 0.01))
    return wide / narrow


@symptom(one_ratio)
def a_power_of_one_base(failing, passing):
    rows = failing + passing
    logs = np.array([np.log(_number(row.got)) / row.want for row in rows])
    base = np.median(logs)
    return abs(base) > 0.3 and bool(np.all(np.abs(logs - base) < 0.15 * abs(base)))


@mistake
def no_constant(f, model, x0):
    """One step cannot tell the power from the factor in front
    - When function and model are both a thousand times higher, what becomes of your result? And what of the order?
    - Errors of $6h^2$ have a power and a factor in front. At $h = 0.1$ the error is $0.06$; to say that this is the
      power $1.2$ of $0.1$ is to forget the 6.
    - Use two steps at least. From one to the other the factor in front stays the same, so it falls out of the
      difference of the logarithms."""
    h = 0.001
    return np.log(np.abs(f(x0 + h) - model(h))) / np.log(h)


@symptom(no_constant)
def hangs_on_the_heights(failing, passing):
    once, thousandfold = _thousandfold(failing + passing)
    return 0.2 < once - thousandfold < 3.5


@mistake
def no_abs(f, model, x0):
    """Half of the errors have no logarithm
    - What is the sign of your errors, for the function and model in the report? What is the logarithm of such a number?
    - $8 + 18h$ says too much about $x^3$ and $8 + 12h$ too little. One of the two differences is negative, and a
      negative number has no logarithm. How large an error is does not depend on its sign.
    - Take the absolute value of the difference before the logarithm."""
    with np.errstate(all="ignore"):
        wide, narrow = (f(x0 + h) - model(h) for h in (0.1, 0.001))
        return (np.log(wide) - np.log(narrow)) / np.log(100)


@symptom(no_abs)
def one_sign_fails(failing, passing):
    def sign(row):
        return np.sign(row.inputs["f"](row.inputs["x0"] + 0.01) - row.inputs["model"](0.01))

    return bool(passing) and len({sign(row) for row in failing}) == 1 and len({sign(row) for row in passing}) == 1


@mistake
def axes_swapped(f, model, x0):
    """The slope was taken the other way round
    - Where your result is a half, a hundredth of the error belongs to what part of the step?
    - From $h = 0.1$ to $0.01$ the logarithm of the step changes by 1, that of the error by 2, if the error is $6h^2$.
      The slope is rise over run, and the step is what runs: 2, not a half.
    - Let the steps be the horizontal axis, and the errors the vertical one."""
    h = 10.0 ** -np.arange(1, 4)
    return np.polyfit(np.log(np.abs(f(x0 + h) - model(h))), np.log(h), 1)[0]


@symptom(axes_swapped)
def one_over_the_order(failing, passing):
    return bool(failing) and all(abs(_number(row.got) * row.want - 1) < 0.15 for row in failing + passing)
