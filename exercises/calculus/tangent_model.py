"""The good-enough answer
- What should the model say when the step is 0?
- Model $x^2$ at 3, where its slope is 6, and ask for $3.1$: the value there is about $9 + 6 \\cdot 0.1 = 9.6$. The
  truth is 9.61. Which three numbers went into the answer?
- Return a function of the step. It takes the value at the start, and adds the slope at the start times the step."""

import numpy as np

from math4ml_lab.exercise import ask, case, check, exercise, fn, inputs, mistake, near, solution, symptom, view

exercise(points=2, needs=["little-o"], video="CA@121")

ask(
    "The model of $e^x$ at 0 is the line $1 + \\epsilon$. On which side of the truth is it, for a step to the right?",
    choices=["above it", "below it"],
    right="below it",
    follow_up={"above it": "At 0 the slope is 1. Does the slope of $e^x$ grow or shrink on the way to the right?"},
)
ask(
    "A function has a minimum at `x0`. What does the best straight answer say about a small step from there?",
    choices=["it goes up a little", "it goes down a little", "nothing changes"],
    right="nothing changes",
    follow_up="What is the slope at the bottom of a valley, and what is that times a step?",
)


@solution
def tangent(f, df, x0):
    start, slope = f(x0), df(x0)

    def L(eps):
        return start + slope * eps

    return L


inputs(
    case(f=fn("x**2"), df=fn("2 * x"), x0=3.0),
    case(f=fn("x**3"), df=fn("3 * x**2"), x0=-2.0),
    case(f=fn("np.exp(x)"), df=fn("np.exp(x)"), x0=1.0),
    case(f=fn("np.sin(x)"), df=fn("np.cos(x)"), x0=2.0),
    case(f=fn("(x - 2)**2 + 5"), df=fn("2 * (x - 2)"), x0=2.0),
    case(f=fn("1 / (x**2 + 1)"), df=fn("-2 * x / (x**2 + 1)**2"), x0=-1.0),
    case(f=fn("np.exp(-3 * x)"), df=fn("-3 * np.exp(-3 * x)"), x0=0.5),
    case(f=fn("x**3 - 4 * x + 7"), df=fn("3 * x**2 - 4"), x0=0.0),
    case(f=fn("4 - 3 * x"), df=fn("0 * x - 3"), x0=5.0),
)

STEPS = (0.0, 0.1, -0.5, 2.0)


@view
def at_some_steps(got):
    """What the model says for steps of 0, 0.1, -0.5 and 2; a number is none, and stays one."""
    return got if isinstance(got, (int, float, np.number)) else [got(eps) for eps in STEPS]


@check
def starts_where_f_is(got, f, x0):
    """Without a step it says what f says
    - What does your model say for a step of 0, and what does `f` say at the start?
    - Whoever does not move at all is still at $x_0$, so the model of $x^2$ at 3 has to say 9 there.
    - Let the value at the start be the part of the model that no step changes."""
    near(got(0.0), f(x0))


@check
def is_straight(got):
    """Equal steps change it by equal amounts
    - By how much does your model change from step 0 to step 1, and from step 1 to step 2?
    - A model with one slope changes by the same amount for each further unit: 9, 15, 21, for $x^2$ at 3. If the amounts
      differ, the slope has moved along.
    - Take the slope once, at the start, and keep it for every step."""
    near(got(2.0) - got(1.0), got(1.0) - got(0.0), atol=1e-6)


@check
def leftover_is_negligible(got, f, x0):
    """What is left over is negligible against the step
    - How far is your model from `f(x0 + eps)` for a step of $0.01$, and for $0.0001$? What share of the step is that?
    - For $x^2$ at 3 the leftover is $\\epsilon^2$, so its share of the step is $\\epsilon$ and goes to 0. With any
      other slope than 6 a fixed share would remain: with 5 it is about 1.
    - Use the slope at the start as the factor of the step, and the value at the start as what the step is added to."""
    far, close = (abs(f(x0 + eps) - got(eps)) / eps for eps in (1e-2, 1e-4))
    told = f"leftover / step is {far:.3g} at a step of 0.01, and {close:.3g} at 0.0001"
    assert close <= far / 10 + 1e-6, f"{told}: needs to go to 0"


def _behaves_like(rows, *models):
    """Tell whether the answer is one of the models `model(f, df, x0, eps)`, the same one on all rows."""
    return any(all(_is(row, model) for row in rows) for model in models)


def _is(row, model):
    with np.errstate(all="ignore"):
        wrong = [model(row.inputs["f"], row.inputs["df"], row.inputs["x0"], eps) for eps in STEPS]
    return isinstance(row.got, list) and np.allclose(np.asarray(row.got, dtype=float), wrong)


@mistake
def change_only(_f, df, x0):
    """The change alone is no prediction
    - What does your model say for a step of 0? Is the function 0 there?
    - At 3 the slope of $x^2$ is 6, so a step of $0.1$ changes it by $0.6$. To predict the value at $3.1$ one has to
      know where it started: $9 + 0.6$.
    - Add the value at the start to the change that you have."""
    slope = df(x0)
    return lambda eps: slope * eps


@mistake
def absolute_x(f, df, x0):
    """The slope is multiplied by the place, not by the step
    - By what does your model multiply the slope when the step is 0? How far has one gone by then?
    - At 3 the slope of $x^2$ is 6. From 3 to $3.1$ it climbs $6 \\cdot 0.1$. $6 \\cdot 3.1$ would be the climb of a
      walk that began at 0.
    - Multiply the slope by the step alone: how far one has gone from the start."""
    return lambda eps: f(x0) + df(x0) * (x0 + eps)


@symptom(absolute_x)
def climbs_from_zero(failing, passing):
    return _behaves_like(failing + passing, lambda _f, df, x0, eps: df(x0) * (x0 + eps))


@mistake
def moving_slope(f, df, x0):
    """The slope moved along
    - At which point does your model take the slope, when the step is 1? And when it is 2?
    - With the slope of $x^2$ at the new point the model says $9 + 2 \\cdot (3 + \\epsilon) \\cdot \\epsilon$, which has
      a square in it: no longer a straight answer. It is no better either, for $3.1$ it says 9.62.
    - Take the slope at the start, once, and use it for all steps."""
    return lambda eps: f(x0) + df(x0 + eps) * eps


@symptom(moving_slope)
def slope_of_somewhere_ahead(failing, passing):
    return _behaves_like(
        failing + passing,
        lambda f, df, x0, eps: f(x0) + df(x0 + eps / 2) * eps,
        lambda f, df, x0, eps: f(x0) + (df(x0) + df(x0 + eps)) / 2 * eps,
    )


@mistake
def wrong_point(f, df, x0):
    """Value or slope were taken at another point
    - At which points does your model ask `f` and `df`?
    - The model of $x^2$ at 3 knows two things: that the value there is 9, and the slope there 6. The slope at $0.1$, or
      the value at $3.1$, belongs to other places.
    - Ask both functions at the start, and nowhere else."""
    return lambda eps: f(x0) + df(eps) * eps


@symptom(wrong_point)
def asks_elsewhere(failing, passing):
    return _behaves_like(
        failing + passing,
        lambda f, df, x0, eps: f(x0 + eps) + df(x0) * eps,
        lambda f, df, x0, eps: f(x0 + eps) + df(x0 + eps) * eps,
        lambda f, df, x0, eps: f(eps) + df(x0) * eps,
        lambda f, df, _x0, eps: f(eps) + df(eps) * eps,
        lambda f, df, _x0, eps: f(0.0) + df(0.0) * eps,
        lambda f, df, x0, eps: f(x0) + df(0.0) * eps,
        lambda f, df, x0, eps: f(0.0) + df(x0) * eps,
        lambda f, df, x0, eps: f(x0) + df(f(x0)) * eps,
    )


@mistake
def takes_x(f, df, x0):
    """The model takes the step, not the place
    - For a step of 0, which difference does your model multiply the slope by?
    - There are two ways to write the same line: for $x^2$ at 3, $9 + 6(x - 3)$ takes the place $x$, and $9 +
      6\\epsilon$ takes the step. Asked for the step $0.1$, the first one answers for the place $0.1$.
    - What comes in is how far one has gone already. Take nothing from it, and multiply it by the slope."""
    return lambda eps: f(x0) + df(x0) * (eps - x0)


@symptom(takes_x)
def subtracts_the_start(failing, passing):
    return _behaves_like(
        failing + passing,
        lambda _f, df, x0, eps: df(x0) * (eps - x0),
        lambda f, df, x0, eps: f(x0) + df(x0) * (x0 - eps),
    )


@mistake
def the_truth_itself(f, _df, x0):
    """That is the function, not a model of it
    - How often does your model call `f` after it was made? And at which points?
    - A model is to be used instead of the function. For $x^2$ at 3 it has only the two numbers 9 and 6, and says 9.6
      about $3.1$, not 9.61. That it is a little wrong is what makes it so simple.
    - Ask `f` and `df` for one number each, at the start. For a step use nothing but these two numbers."""
    return lambda eps: f(x0 + eps)


@symptom(the_truth_itself)
def follows_the_curve(failing, passing):
    return bool(failing) and all(
        abs(said - row.inputs["f"](row.inputs["x0"] + eps)) < 1e-3
        for row in failing + passing
        for said, eps in zip(row.got, STEPS)  # noqa: B905 (Python 3.9)
    )


@mistake
def no_function(f, df, x0):
    """A number is not yet a model
    - What does your function hand back, and can it be called with a step?
    - A model has to answer for any step that somebody will ask later. So the result is a function that waits for the
      step, like a `lambda` with one parameter.
    - Inside your function define another one, of the step, and return it without calling it."""
    return f(x0) + df(x0)


@symptom(no_function)
def hands_back_a_number(failing, passing):
    return not passing and all(isinstance(row.got, (int, float, np.number)) for row in failing)
