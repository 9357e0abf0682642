"""Catch the impostor
- Which two promises does a linear function keep?
- Try both promises on relu, which replaces negative numbers by 0, with $x = 1$ and $y = -2$: compare relu of the sum
  with the sum of the relus.
- Draw random vectors $x$, $y$ and a random number $a$, many times. Each time test $f(x + y)$ against $f(x) + f(y)$
  and $f(ax)$ against $a f(x)$, with a tolerance. One failure decides; only if none is found the answer is True."""

import numpy as np

from math4ml_lab.exercise import ask, breaks, case, check, exercise, fn, inputs, mistake, same, solution, symptom

exercise(points=2, needs=["shapes-are-types"], video="LA@1081")

ask(
    "`f(x) = 3x + 1` is the function of a straight line, so it is linear. True?",
    choices=["True", "False"],
    right="False",
    follow_up={"True": "What is f(1 + 1), and what is f(1) + f(1)?"},
)


@solution
def is_linear(f, n, rng, trials=20):
    for _ in range(trials):
        x, y, a = rng.normal(size=n), rng.normal(size=n), rng.normal()
        if not np.allclose(f(x + y), f(x) + f(y)) or not np.allclose(f(a * x), a * f(x)):
            return False
    return True


M = [[1.1, -0.7, 2.3, 0.1], [0.3, 1.9, -1.3, 0.7], [-2.1, 0.6, 0.9, 1.7]]
K = [[0.37, -1.21, 0.83], [1.43, 0.59, -0.71], [-0.29, 2.17, 1.03], [0.91, -0.13, 0.47], [1.7, 0.31, -2.3]]
# Within a cone this impostor is a plain multiple, so it scales as it should, and a single pair of vectors often stays
# within one. Chosen so that of 1500 obvious hand-picked probes none unmasks all of them.
CONES = [
    ([1, 2, -1, 1], [2, -1, 1, 3]),
    ([3, 1, 1, 2], [1, -2, 2, -1]),
    ([1, -1, 3, 1], [2, 1, -1, 1]),
    ([2, 3, -1, -2], [1, 1, 2, -1]),
    ([-1, 1, 1, 2], [3, 1, -2, 1]),
    ([3, 2, 1, -3], [3, 1, 1, -2]),
]
SEEDS = (1, 2, 3, 4, 5)

inputs(
    *[case(f=fn("2 * x[::-1]"), n=2, rng=seed, honest=True) for seed in SEEDS],
    *[case(f=fn("np.maximum(x, 0)"), n=2, rng=seed, honest=False) for seed in SEEDS],
    *[case(f=fn("abs(x)"), n=3, rng=seed, honest=False) for seed in SEEDS],
    *[case(f=fn("x ** 2"), n=3, rng=seed, honest=False) for seed in SEEDS],
    *[case(f=fn("M @ x + 1", M=M), n=4, rng=seed, honest=False) for seed in SEEDS],
    *[case(f=fn("M @ x", M=M), n=4, rng=seed, honest=True) for seed in SEEDS],
    *[case(f=fn("M @ x", M=K), n=3, rng=seed, honest=True) for seed in SEEDS],
    *[case(f=fn("np.zeros(2)"), n=5, rng=seed, honest=True) for seed in SEEDS],
    *[case(f=fn("np.cumsum(0.7 * x)"), n=9, rng=seed, honest=True) for seed in SEEDS],
    *[case(f=fn("-0.3 * x[::-1]"), n=6, rng=seed, honest=True) for seed in SEEDS],
    *[case(f=fn("np.mean(x, keepdims=True)"), n=7, rng=seed, honest=True) for seed in SEEDS],
    *[case(f=fn("np.cbrt(np.sum(x ** 3, keepdims=True))"), n=4, rng=seed, honest=False) for seed in SEEDS],
    *[
        case(f=fn("np.where(abs(u @ x) < abs(v @ x), 2, 1) * x", u=u, v=v), n=4, rng=seed, honest=False)
        for number, (u, v) in enumerate(CONES)
        for seed in (2 * number, 2 * number + 1)
    ],
    *[case(f=fn("x + (x[0] - 2 * x[1] + x[2]) ** 2"), n=5, rng=seed, honest=False) for seed in SEEDS],
)


@check
def lets_honest_functions_in(got, honest):
    """Every linear function is accepted
    - Which promise did your test find broken, and by how much?
    - Computers round: $0.1 + 0.2$ is not exactly $0.3$, and a matrix adds its products in an order of its own. Both
      sides of a promise may differ in the sixteenth digit although the promise is kept.
    - Compare both sides with a tolerance, and return False only when they differ by more than that."""
    if honest:
        same(got, honest)


@check
def keeps_impostors_out(got, honest):
    """No impostor is accepted
    - Which of the two promises does the function in the report break? For which vectors?
    - $|x|$ doubles when $x$ doubles. Only a negative factor, or adding $1$ and $-1$, shows what it is.
    - Test both promises, with vectors and factors of either sign, drawn anew in every trial."""
    if not honest:
        same(got, honest)


@mistake
def zero_only(f, n, _rng, _trials=20):
    """Sending zero to zero is not enough
    - Which functions send zero to zero and are still not linear?
    - Squaring sends 0 to 0, yet $(1 + 1)^2 = 4$ while $1^2 + 1^2 = 2$. A linear function has to do it; not everything
      that does it is linear.
    - Keep the idea, but test the two promises themselves, on vectors that are not zero."""
    return bool(np.allclose(f(np.zeros(n)), 0))


@mistake
def pos_scale_only(f, n, rng, trials=20):
    """Positive scaling alone is tested
    - What do relu and $|x|$ do when their input is doubled? And when it is multiplied by $-1$?
    - $|2x| = 2|x|$ always holds, $|-x| = -|x|$ hardly ever, and $|1 + (-1)|$ is not $|1| + |-1|$.
    - Draw the factor so that it may be negative, draw vectors of mixed signs, and test sums as well as scaling."""
    for _ in range(trials):
        x, a = rng.normal(size=n), rng.uniform(0.5, 3)
        if not np.allclose(f(a * x), a * f(x)):
            return False
    return True


@mistake
def never_adds(f, n, rng, trials=20):
    """Sums are never tested
    - Can a function keep the promise about scaling and break the one about sums?
    - Take the cube root of $x_1^3 + x_2^3$. Scaling both entries by $a$ scales the result by $a$. But it sends $(1,
      0)$ and $(0, 1)$ to 1 each, and their sum to something smaller than 2.
    - Draw a second vector, and compare what the function does to the sum with the sum of what it does."""
    for _ in range(trials):
        x, a = rng.normal(size=n), rng.normal()
        if not np.allclose(f(a * x), a * f(x)):
            return False
    return True


@mistake
def exact_eq(f, n, rng, trials=20):
    """`==` turns honest matrices away
    - What does Python say to `0.1 + 0.2 == 0.3`?
    - Floating point rounds after each step, and the two sides of a promise take their steps in a different order. So
      they agree to about sixteen digits and hardly ever to the last.
    - Ask whether the two sides are close, not whether they are the same: allow a small relative and absolute
      error."""
    for _ in range(trials):
        x, y, a = rng.normal(size=n), rng.normal(size=n), rng.normal()
        if not np.array_equal(f(x + y), f(x) + f(y)) or not np.array_equal(f(a * x), a * f(x)):
            return False
    return True


@mistake
def one_easy_probe(f, n, _rng, _trials=20):
    """The probes are hand-picked
    - Would an impostor that knows your probes get past you?
    - Ones and small positive numbers are where impostors behave: relu is the identity there. A function can be linear
      along every vector that comes to mind, and nowhere else.
    - Let chance choose: draw both vectors and the factor from the generator, and repeat it as often as `trials`
      says."""
    x, y, a = np.ones(n), np.arange(1.0, n + 1), 2.0
    return bool(np.allclose(f(x + y), f(x) + f(y)) and np.allclose(f(a * x), a * f(x)))


_SMOOTH = "x + (x[0] - 2 * x[1] + x[2])"


@mistake
def one_trial(f, n, rng, _trials=20):
    """A single trial proves little
    - Run your function on the same impostor several times. Is the answer the same each time?
    - relu keeps both promises whenever all the numbers that meet it are positive, and by chance they may be. Two
      positive numbers in a row are no rarity; twenty lucky draws are.
    - Repeat the draw and the tests as often as `trials` says, and return True only after the last of them."""
    x, y, a = rng.normal(size=n), rng.normal(size=n), rng.normal()
    return bool(np.allclose(f(x + y), f(x) + f(y)) and np.allclose(f(a * x), a * f(x)))


def _accepts(rows, *parts):
    """Tell whether every function whose text has one of the parts was found linear."""
    return all(bool(row.got) for row in rows if any(part in row.inputs["f"].text for part in parts))


def _rejects(rows, *parts):
    return not any(bool(row.got) for row in rows if any(part in row.inputs["f"].text for part in parts))


def _all_bool(rows):
    return all(isinstance(row.got, (bool, np.bool_)) for row in rows)


def _questions(rows):
    """Return the most calls that a linear function got: only there every trial is made."""
    return max(row.calls["f"] for row in rows if row.inputs["honest"])


def _wavers(rows):
    """Tell whether some function is found linear with one seed and not with another."""
    answers = {}
    for row in rows:
        function = row.inputs["f"]
        answers.setdefault((function.text, str(function.given)), set()).add(bool(row.got))
    return any(len(found) > 1 for found in answers.values())


@symptom(exact_eq)
def only_honest_ones_suffer(failing, passing):
    # Doubling and reversing is exact, so whoever compares exactly lets it pass. Whoever subtracts first does not,
    # but gets through some trials; a wrong promise fails in the first one.
    rows = failing + passing
    doubling = [row for row in rows if "2 * x[::-1]" in row.inputs["f"].text]
    rounding = [row for row in rows if row.inputs["honest"] and "M @ x" in row.inputs["f"].text]
    return (
        _all_bool(rows)
        and all(row.inputs["honest"] or "np.where" in row.inputs["f"].text for row in failing)
        and sum(bool(row.got) for row in rounding) <= 2
        and _accepts(rows, "np.zeros")
        and (all(row.got for row in doubling) or len({row.calls["f"] for row in doubling}) > 1)
    )


@symptom(pos_scale_only)
def positive_numbers_only(failing, passing):
    rows = failing + passing
    return (
        _all_bool(rows)
        and not any(row.inputs["honest"] for row in failing)
        and _accepts(rows, "np.maximum", "abs(x)")
        and _rejects(rows, "x ** 2", "M @ x + 1")
        # Scaling takes two calls a trial. With more, the probes were drawn if they find what is smooth on 1, 2, 3.
        and (_questions(rows) in (2, *range(20, 46)) or (_questions(rows) > 45 and _rejects(rows, _SMOOTH)))
    )


@symptom(one_easy_probe)
def few_questions_and_always_the_same(failing, passing):
    rows = failing + passing
    return (
        _all_bool(rows)
        and not any(row.inputs["honest"] for row in failing)
        and not _wavers(rows)
        and _questions(rows) > 2
        and (_questions(rows) < 20 or _accepts(rows, _SMOOTH))
    )


@symptom(one_trial)
def few_questions_and_not_always_the_same(failing, passing):
    rows = failing + passing
    return (
        _all_bool(rows)
        and not any(row.inputs["honest"] for row in failing)
        and _wavers(rows)
        and 2 < _questions(rows) < 10
    )


breaks(
    zero_only,
    "This test only asks whether zero is sent to zero. Find a function `f` of `n` numbers about which it is wrong.",
    follow_up="It is right about this one. Which functions send zero to zero, and break one of the two promises?",
)
