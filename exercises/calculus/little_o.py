"""Negligible, or merely small?
- What should happen to $f(x)/g(x)$ as you zoom in on 0?
- Tabulate the ratio for $x^2$ against $x$, at $x = 0.1$, $0.01$, $0.001$. Then do the same for $10^{-9} x$ against $x$.
  One column of ratios keeps falling, the other never changes, small as it is.
- Take the size of the ratio at some $x$ and again at a much smaller one. It has to fall, and to keep falling towards 0,
  whatever constant stands in front: compare the two with each other, not with a number of your own."""

import numpy as np

from math4ml_lab.exercise import ask, case, check, exercise, fn, inputs, mistake, same, solution, spot, symptom

exercise(points=2, needs=["limits-by-shrinking"], video="CA@770")

ask(
    "`f(x) = 1e-100 * x` and `g(x) = x`. Is `f` negligible against `g` as x goes to 0?",
    choices=["yes", "no"],
    right="no",
    follow_up={"yes": "What is f/g at x = 0.1, and what is it at x = 0.000001?"},
)
ask(
    "Two of these are true. Which one is not?",
    choices=["`x**3` is o(`x**2`)", "`1e6 * x**2` is o(`x`)", "`x` is o(`x**2`)"],
    right="`x` is o(`x**2`)",
    follow_up="Divide the first by the second, and put in x = 0.1, 0.001, 0.00001. Where does the ratio go?",
)


@solution
def is_little_o(f, g):
    x = np.array([1e-4, 1e-8])
    ratio = np.abs(f(x) / g(x))
    return bool(ratio[1] <= ratio[0] / 10)


inputs(
    case(f=fn("x**2"), g=fn("x"), small=True),
    case(f=fn("5 * x"), g=fn("x"), small=False),
    case(f=fn("1e6 * x**3"), g=fn("x**2"), small=True),
    case(f=fn("abs(x)**1.5"), g=fn("x"), small=True),
    case(f=fn("0 * x"), g=fn("x"), small=True),
    case(f=fn("1e-9 * x"), g=fn("x"), small=False),
    case(f=fn("np.exp(x)"), g=fn("x"), small=False),
    case(f=fn("x"), g=fn("x**2"), small=False),
    case(f=fn("x / 2"), g=fn("x"), small=False),
    case(f=fn("1e-100 * x"), g=fn("x"), small=False),
    case(f=fn("x + 100 * x**2"), g=fn("x"), small=False),
    case(f=fn("-(x**2)"), g=fn("x"), small=True),
    case(f=fn("-5 * x"), g=fn("x"), small=False),
    case(f=fn("x**3"), g=fn("-20 * x**2"), small=True),
    case(f=fn("np.sin(x)**2"), g=fn("x"), small=True),
    case(f=fn("np.sin(x)"), g=fn("3 * x"), small=False),
    case(f=fn("2000 * x**1.5"), g=fn("x"), small=True),
)


@check
def negligible_is_found(got, small):
    """What shrinks faster is negligible
    - Print the ratio $f/g$ at $0.0001$ and at $0.00000001$ for the pair in the report. By what factor did it fall?
    - $10^6 x^3$ against $x^2$: the ratio is $10^6 x$, which is 100 at $0.0001$ and 0.01 at $0.00000001$. It starts
      high, and it still goes to 0.
    - Accept whatever falls on the way to 0, by comparing the ratio at a smaller $x$ with the ratio at a larger one."""
    if small:
        same(got, small)


@check
def merely_small_is_not(got, small):
    """What keeps its share is not negligible
    - Print the ratio $f/g$ at $0.0001$ and at $0.00000001$ for the pair in the report. Does it go to 0?
    - One cent of a hundred euros is a small share. If both shrink together, it stays a hundredth for ever: $0.01x$
      against $x$ keeps the ratio 0.01, however close to 0 you look.
    - Return False unless the ratio itself goes to 0 as $x$ does."""
    if not small:
        same(got, small)


def _said(rows):
    """Return by texts of both functions what was said: True, False, or an exception's name."""
    return {
        (row.inputs["f"].text, row.inputs["g"].text): bool(row.got) if not isinstance(row.got, str) else row.got
        for row in rows
    }


LEVELS_OFF = ("x + 100 * x**2", "x")
TINY = (("1e-9 * x", "x"), ("1e-100 * x", "x"))
HALF = ("x / 2", "x")
BIGGER = ("x", "x**2")


@mistake
def backwards(f, g):
    """The two functions changed places
    - At $x = 0.001$, which of $x^2$ and $x^3$ is the smaller one?
    - $0.001^2$ is a millionth, $0.001^3$ a thousandth of that. Far from 0 the higher power wins, near 0 it is the small
      one: $x^3/x^2 = x$ falls to 0, and $x^2/x^3 = 1/x$ grows.
    - Divide `f` by `g`, the first by the second, and say True when that ratio falls to 0."""
    x = np.array([1e-4, 1e-8])
    ratio = np.abs(g(x) / f(x))
    return bool(ratio[1] <= ratio[0] / 10)


@symptom(backwards)
def takes_the_larger_for_the_smaller(failing, passing):
    said = _said(failing + passing)
    return said["x", "x**2"] is True and said["x**2", "x"] is False


def _a_number_decides(rows):
    """Tell whether a ratio counts as negligible as soon as it is below some number that is well below one half."""
    said = _said(rows)
    return (
        any(said[pair] is True for pair in TINY)
        and all(said[pair] is False for pair in (HALF, LEVELS_OFF, BIGGER, ("5 * x", "x")))
        and all(isinstance(answer, bool) for answer in said.values())
    )


def _looks(rows):
    return max(row.calls["f"] for row in rows)


@mistake
def one_point(f, g):
    """Small is not the same as shrinking faster
    - Your function looks at the ratio and finds it small. What is the ratio for the same pair at a thousand times
      smaller $x$?
    - $10^{-9} x$ against $x$ has the ratio $0.000000001$, at every $x$. It is tiny, and it never gets any smaller, so
      the two shrink side by side.
    - Look at two places at least, one much closer to 0 than the other, and compare the ratios with each other."""
    x = 0.1
    return bool(abs(f(x) / g(x)) < 0.05)


@symptom(one_point)
def small_at_a_glance(failing, passing):
    rows = failing + passing
    return _a_number_decides(rows) and _looks(rows) < 2


@mistake
def constants(f, g):
    """A fixed number decides
    - With what do you compare the ratio? What happens to that comparison when `f` is multiplied by a billion, or by a
      billionth?
    - $10^{-9} x$ passes under any threshold that you would think of, and is not negligible against $x$. $10^6 x^3$ is
      negligible against $x^2$ and stays above many of them. A constant in front must not change the answer.
    - Compare each ratio with the one before it, closer to 0 against further away. Take no fixed number."""
    ratios = [abs(f(x) / g(x)) for x in (1e-2, 1e-6, 1e-10, 1e-14)]
    return bool(ratios[-1] < 1e-2)


@symptom(constants)
def small_at_several_places(failing, passing):
    rows = failing + passing
    return _a_number_decides(rows) and _looks(rows) > 1


@mistake
def smaller(f, g):
    """Which one is smaller is another question
    - What does your function say about $x/2$ against $x$? And what does the ratio do there as you zoom in?
    - $x/2$ is smaller than $x$ everywhere, and always exactly half of it. Negligible means: at last less than a tenth
      of it, less than a thousandth, less than any share you name.
    - Do not compare the values. Divide them, at several $x$, and see whether the ratio goes to 0."""
    return bool(all(abs(f(x)) < abs(g(x)) for x in (1e-6, 1e-8)))


@symptom(smaller)
def compares_the_values(failing, passing):
    rows = failing + passing
    said = _said(rows)
    return all(said[pair] is True for pair in (HALF, *TINY, ("x**2", "x"))) and all(
        said[pair] is False for pair in (BIGGER, ("5 * x", "x"), ("np.exp(x)", "x"))
    )


@mistake
def still_falling(f, g):
    """It falls, but not to 0
    - What is the ratio of $x + 100x^2$ and $x$ at $0.1$, $0.01$, $0.001$ and $0.0001$? Where does it stop?
    - The ratio is $1 + 100x$: 11, then 2, then 1.1, then 1.01. It falls at every step, and it settles on 1. Falling is
      not yet falling to 0.
    - Ask for more than a decrease: with each step of $x$ towards 0 the ratio must lose a good part of what it still
      has."""
    far, near = abs(f(1e-2) / g(1e-2)), abs(f(1e-6) / g(1e-6))
    return bool(near < 0.99 * far or near == 0)


@symptom(still_falling)
def believes_any_decrease(failing, passing):
    said = _said(failing + passing)
    return (
        said[LEVELS_OFF] is True
        and said["x**2", "x"] is True
        and not any(said[pair] is True for pair in (HALF, BIGGER, ("5 * x", "x"), ("np.exp(x)", "x")))
    )


@mistake
def no_abs(f, g):
    """A negative ratio is not a small one
    - What is the ratio for $-5x$ against $x$, and is it smaller than yours has to be?
    - $-5$ is less than $0.001$, but it is not closer to 0. How much of `g` there is in `f` is a question of size,
      whatever the sign.
    - Take the absolute value of the ratio before you compare it with anything."""
    x = np.array([1e-4, 1e-8])
    ratio = f(x) / g(x)
    return bool(ratio[1] <= ratio[0] / 10)


@symptom(no_abs)
def only_negative_ratios_fail(failing, _passing):
    return bool(failing) and all(np.sign(row.inputs["f"](1e-6) / row.inputs["g"](1e-6)) < 0 for row in failing)


spot(
    backwards,
    lines={3},
    text="This one says that `x` is negligible against `x**2`. Which line makes it say so?",
    follow_up="Go through it with `f = x` and `g = x**2`. What is the ratio at 0.0001: 0.0001, or 10000?",
)
