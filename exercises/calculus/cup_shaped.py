"""Is it a cup?
- Draw a chord between two points of the graph. On which side of it does a cup stay?
- Sketch $|x|$ and $x^3$ from $-1$ to $1$, with a few chords each. One of the two crosses a chord of its own. Which
  one, and where?
- Many times: draw $a$ and $b$ between `lo` and `hi`, and a $t$ between 0 and 1. The function at the mix $t a + (1 - t)
  b$ may not lie above the same mix of $f(a)$ and $f(b)$, but for a small allowance. One crossed chord decides."""

import numpy as np

from math4ml_lab.exercise import ask, breaks, case, check, exercise, fn, inputs, mistake, same, solution, symptom

exercise(points=3, needs=["tangent-model"], video="MLG8")

ask(
    "`f(x) = |x|` has no derivative at 0. Is it a cup?",
    choices=["yes", "no", "that cannot be said without a derivative"],
    right="yes",
    follow_up={
        "no": "Draw a chord from (-1, 1) to (2, 2), and another one on one side of 0. Does |x| ever lie above?",
        "that cannot be said without a derivative": "What does a chord need to know about f: slopes, or values?",
    },
)
ask(
    "A function has a single valley: first it falls, then it rises. Is it a cup?",
    choices=["always", "not always"],
    right="not always",
    when="after",
    follow_up={
        "always": "A valley can flatten out towards its rim, as (1 - sigmoid(x))² does. Draw a chord up there.",
    },
)


@solution
def cup(f, lo, hi, rng, trials=400):
    for _ in range(trials):
        a, b, t = rng.uniform(lo, hi), rng.uniform(lo, hi), rng.uniform()
        if f(t * a + (1 - t) * b) > t * f(a) + (1 - t) * f(b) + 1e-9:
            return False
    return True


NOTHING = "0 * x"
PARABOLA, EXP, LOGISTIC = "x ** 2", "np.exp(x)", "np.log(1 + np.exp(-x))"
CUBE, SQUARED_ERROR, TWO_VALLEYS, PEAK = "x ** 3", "(1 - 1 / (1 + np.exp(-x))) ** 2", "x ** 4 - 2 * x ** 2", "-(x ** 2)"
CORNER = "np.minimum(x, 0.4)"
# The last two are no cups as a whole, and cups between their two ends.
CUPS = [
    (PARABOLA, -1, 3), (EXP, -2, 3), ("abs(x)", -1, 4), ("1.7 * x - 0.3", -3, 2),
    ("np.maximum(1 - x, 0.3 * x + 0.1)", -2, 4), (LOGISTIC, -4, 3), (NOTHING, -1, 2), ("np.sin(x)", 3.5, 6),
    (CUBE, 0.5, 2),
]  # fmt: skip
IMPOSTORS = [
    ("np.sin(x)", 0.5, 9), (CUBE, -1, 3), (TWO_VALLEYS, -1, 3), (TWO_VALLEYS, -2, 2), (SQUARED_ERROR, -4, 6),
    (PEAK, -1, 3), (CORNER, -1, 3),
]  # fmt: skip
SEEDS = (1, 2, 3)

inputs(
    *[case(f=fn(text), lo=lo, hi=hi, rng=seed, honest=True) for text, lo, hi in CUPS for seed in SEEDS],
    *[case(f=fn(text), lo=lo, hi=hi, rng=seed, honest=False) for text, lo, hi in IMPOSTORS for seed in SEEDS],
)


@check
def lets_cups_in(got, honest):
    """Every cup is accepted
    - Which chord did your test find crossed, and by how much?
    - A straight line lies *on* each of its chords, and a computer rounds: there the two sides may differ in the
      sixteenth digit, either way. What counts as crossed has to be clearly more than that.
    - Stay between the two ends, let the function touch its chord, and allow for a little more, such as $10^{-9}$."""
    if honest:
        same(got, honest)


@check
def keeps_impostors_out(got, honest):
    """What is no cup is not accepted
    - Sketch the function in the report between its two ends. Where does it bulge above a chord?
    - From $-1$ to $3$, $x^3$ is a cup on the right side only. A chord that lies at the left of 0 shows it; one from end
      to end does not.
    - Draw the chords' ends, and the place in between, from the generator, as often as `trials` says."""
    if not honest:
        same(got, honest)


@mistake
def curvature_one_point(f, lo, hi, _rng, _trials=400):
    """One point does not see the whole
    - At how many places did your test look at the function?
    - At $x = 1$, $x^3$ curves up, and at $x = -1$ it curves down. To be a cup it would have to curve up everywhere; and
      $|x|$, which is one, has no curvature to be looked at in its corner.
    - Compare chords instead of curvatures, with ends that chance has picked from the whole range."""
    middle, h = (lo + hi) / 2, 1e-3
    return bool(f(middle + h) - 2 * f(middle) + f(middle - h) >= -1e-9)


@mistake
def strict(f, lo, hi, rng, trials=400):
    """A straight line is a cup, too
    - Where does a straight line lie, above its chords or below them?
    - The line and its chord are the same, so the two sides are equal. $|x|$ has long straight pieces as well. A cup may
      touch its chords; it may not rise above them.
    - Say no only when the function lies clearly above the chord, and let equal sides pass."""
    for _ in range(trials):
        a, b, t = rng.uniform(lo, hi), rng.uniform(lo, hi), rng.uniform()
        if not f(t * a + (1 - t) * b) < t * f(a) + (1 - t) * f(b):
            return False
    return True


@mistake
def no_allowance(f, lo, hi, rng, trials=400):
    """Rounding is taken for a bulge
    - What does Python say to `0.1 + 0.2 <= 0.3`?
    - On a straight line both sides are equal, but they are computed in different ways and rounded on the way. About
      every other time the wrong one is larger, by $10^{-16}$.
    - Give the chord a small allowance, such as $10^{-9}$, before you compare."""
    for _ in range(trials):
        a, b, t = rng.uniform(lo, hi), rng.uniform(lo, hi), rng.uniform()
        if f(t * a + (1 - t) * b) > t * f(a) + (1 - t) * f(b):
            return False
    return True


@mistake
def upside_down(f, lo, hi, rng, trials=400):
    """That is the test for a cap
    - Try your test on $x^2$ and on $-x^2$. Which of the two does it like?
    - The chord of $x^2$ from $(0, 0)$ to $(2, 4)$ passes $(1, 2)$, and the function there is 1. In a cup the chord is
      above, and the function below.
    - Turn the comparison round."""
    for _ in range(trials):
        a, b, t = rng.uniform(lo, hi), rng.uniform(lo, hi), rng.uniform()
        if f(t * a + (1 - t) * b) < t * f(a) + (1 - t) * f(b) - 1e-9:
            return False
    return True


@mistake
def one_valley(f, lo, hi, _rng, _trials=400):
    """One valley is not enough
    - What does your test say about $x^3$, which has no valley at all, only a slope?
    - Squared error on a probability, $(1 - \\sigma(x))^2$, falls all the way and still bulges: far out it is nearly
      flat, so that descent learns nothing where it is most wrong. A cup has to be below its chords, too.
    - Do not count valleys. Compare the function with its chords."""
    heights = f(np.linspace(lo, hi, 401))
    lowest = np.argmin(heights)
    return bool(np.all(np.diff(heights[: lowest + 1]) <= 0) and np.all(np.diff(heights[lowest:]) >= 0))


@mistake
def ends_only(f, lo, hi, rng, trials=400):
    """Only one chord was looked at
    - How many different chords did your test draw?
    - The chord from end to end passes high above $x^4 - 2x^2$ between $-2$ and $2$, where that function has two
      valleys with a hill between them. A chord from one valley to the other would have met the hill.
    - Draw both ends of the chord anew in every trial, not only the place between them."""
    for _ in range(trials):
        t = rng.uniform()
        if f(t * lo + (1 - t) * hi) > t * f(lo) + (1 - t) * f(hi) + 1e-9:
            return False
    return True


@mistake
def one_trial(f, lo, hi, rng, _trials=400):
    """A single trial proves little
    - Run your test on the same impostor several times. Is the answer the same each time?
    - Most chords of $x^3$ between $-1$ and $3$ behave: the bulge is at the left of 0. One lucky draw misses it, four
      hundred hardly will.
    - Repeat the draw as often as `trials` says, and return True only after the last one."""
    a, b, t = rng.uniform(lo, hi), rng.uniform(lo, hi), rng.uniform()
    return bool(f(t * a + (1 - t) * b) <= t * f(a) + (1 - t) * f(b) + 1e-9)


@mistake
def close_by(f, lo, hi, rng, trials=400):
    """Close by, every line looks straight
    - How far apart are the ends of your chords?
    - $\\min(x, 0.4)$ has a corner between two straight pieces. The chord from 0 to 1 passes well below the corner; one
      that is a ten-thousandth long notices nothing, unless it happens to lie right there.
    - Draw both ends of each chord anywhere between `lo` and `hi`: most of them are long, and long chords see more."""
    x, h = rng.uniform(lo + 1e-4, hi - 1e-4, trials), 1e-4
    return bool(np.all(f(x + h) - 2 * f(x) + f(x - h) >= -1e-9))


@mistake
def outside(f, _lo, _hi, rng, trials=400):
    """The chords leave the range
    - Between which two numbers do the ends of your chords lie, and between which two your shares `t`?
    - $x^3$ is a cup from $0.5$ to $2$, and none from $-1$ to $1$: the answer depends on where one looks. `lo` and `hi`
      say where; and a share of 2 leads beyond the end of a chord, where the line goes on and a cup rises above it.
    - Draw both ends of a chord between `lo` and `hi`, and mix them with shares that lie between 0 and 1."""
    for _ in range(trials):
        a, b, t = rng.uniform(-10, 10), rng.uniform(-10, 10), rng.uniform()
        if f(t * a + (1 - t) * b) > t * f(a) + (1 - t) * f(b) + 1e-9:
            return False
    return True


# -- How the slips show, however they are written --


def _answers(rows, text, lo=None):
    """Return the answers for a function, those from one lower end where it is given."""
    return [bool(row.got) for row in rows if row.inputs["f"].text == text and lo in (None, row.inputs["lo"])]


def _all_bool(rows):
    return all(isinstance(row.got, (bool, np.bool_)) for row in rows)


def _likes_steep_cups(rows):
    return all(all(_answers(rows, text)) for text in (PARABOLA, EXP, LOGISTIC))


def _wavers(rows):
    """Tell whether some function is a cup with one seed and none with another."""
    answers = {}
    for row in rows:
        answers.setdefault((row.inputs["f"].text, row.inputs["lo"]), set()).add(bool(row.got))
    return any(len(found) > 1 for found in answers.values())


def _follows(rows, place):
    """Tell whether the answers follow the curvature at one place; where there is none, they are all the same."""
    flat = set()
    for row in rows:
        f, x = row.inputs["f"], place(row.inputs["lo"], row.inputs["hi"])
        bend = f(x + 1e-3) - 2 * f(x) + f(x - 1e-3)
        if abs(bend) < 1e-8:
            flat.add(bool(row.got))
        elif bool(row.got) != (bend > 0):
            return False
    return len(flat) < 2


def _is_straight(row):
    return row.inputs["f"].text in (NOTHING, "1.7 * x - 0.3", "abs(x)", "np.maximum(1 - x, 0.3 * x + 0.1)", CORNER)


@symptom(curvature_one_point)
def follows_one_curvature(failing, passing):
    rows = [row for row in failing + passing if not _is_straight(row)]
    places = (
        lambda lo, hi: (lo + hi) / 2, lambda _lo, _hi: 0.0, lambda _lo, _hi: 1.0, lambda lo, _hi: lo, lambda _lo, hi: hi
    )  # fmt: skip
    return _all_bool(rows) and any(_follows(rows, place) for place in places)


@symptom(close_by)
def misses_corners(failing, _passing):
    return _all_bool(failing) and all(row.inputs["f"].text == CORNER for row in failing)


@symptom(upside_down)
def likes_caps(failing, passing):
    rows = failing + passing
    steep = [answer for text in (PARABOLA, EXP, LOGISTIC) for answer in _answers(rows, text)]
    return _all_bool(rows) and all(_answers(rows, PEAK)) and not any(steep)


@symptom(strict)
def no_straight_line(failing, passing):
    rows = failing + passing
    return (
        _all_bool(rows)
        and _likes_steep_cups(rows)
        and all(_is_straight(row) for row in failing)
        and not any(_answers(rows, NOTHING))
    )


@symptom(no_allowance)
def some_straight_lines(failing, passing):
    rows = failing + passing
    return (
        _all_bool(rows)
        and _likes_steep_cups(rows)
        and all(_is_straight(row) for row in failing)
        and all(_answers(rows, NOTHING))
    )


@symptom(one_valley)
def likes_every_slope(failing, passing):
    rows = failing + passing
    return (
        _all_bool(rows)
        and _likes_steep_cups(rows)
        and all(_answers(rows, CUBE) + _answers(rows, SQUARED_ERROR) + _answers(rows, "np.sin(x)", 3.5))
        and not any(_answers(rows, TWO_VALLEYS, -2))
        and not _wavers(rows)
    )


@symptom(ends_only)
def passes_over_hills(failing, passing):
    rows = failing + passing
    hills = _answers(rows, TWO_VALLEYS, -2) + _answers(rows, TWO_VALLEYS, -1) + _answers(rows, CUBE, -1)
    return _all_bool(rows) and _likes_steep_cups(rows) and all(hills) and not any(_answers(rows, PEAK))


@symptom(outside)
def looks_elsewhere(failing, passing):
    rows = failing + passing
    beyond_its_ends = all(_answers(rows, NOTHING)) and not any(_answers(rows, PARABOLA) + _answers(rows, PEAK))
    elsewhere = _likes_steep_cups(rows) and not any(_answers(rows, "np.sin(x)", 3.5))
    return _all_bool(rows) and (beyond_its_ends or elsewhere)


@symptom(one_trial)
def not_always_the_same(failing, passing):
    rows = failing + passing
    return (
        _all_bool(rows)
        and _likes_steep_cups(rows)
        and not any(row.inputs["honest"] for row in failing)
        and _wavers(rows)
        and max(row.calls["f"] for row in rows) < 10
    )


breaks(
    ends_only,
    "This test draws one chord only, from `lo` to `hi`. Find a function `f` and its two ends about which it is wrong.",
    follow_up="It is right about this one. Which function crosses a short chord, and stays below the long one?",
)
