"""How big is too big?
- With a single number $x$ and $f(x) = \\frac{1}{2} a x^2$, what does one step of descent multiply $x$ by?
- Take $a = 4$. A step of $0.1$ multiplies $x$ by $1 - 0.4 = 0.6$, a step of $1$ by $1 - 4 = -3$. Where between the two
  does the factor become $-1$, so that the walk stops shrinking?
- A step must suit every direction at once, and the direction that curves most allows the least. Find the largest
  eigenvalue of the matrix, and divide 2 by it."""

import numpy as np

from math4ml_lab.exercise import ask, case, check, exercise, inputs, mistake, solution, symptom, view

exercise(points=3, needs=["gradient-descent"], video="CA@1543")

ask(
    "The step size is exactly at the cliff. Along the direction that curves most, what does the walk do?",
    choices=["it creeps to the minimum", "it lands on the minimum", "it jumps to and fro for ever", "it blows up"],
    right="it jumps to and fro for ever",
    follow_up={
        "it creeps to the minimum": "Take f = ½ · 4 · x², start at 1, step ½. Where is it after one step, after two?",
        "it lands on the minimum": "Take f = ½ · 4 · x² and start at 1. Which step lands on 0? Is it ½?",
        "it blows up": "Take f = ½ · 4 · x², start at 1, step ½. How far from 0 is it after one step, after ten?",
    },
)
ask(
    "For `f(x) = ½ · 8 · x²` there is one step size that lands on the minimum at once, wherever you start. Which?",
    number=0.125,
    follow_up="A step multiplies x by 1 - 8 · lr. For which lr is that 0? So was it luck?",
)


@solution
def max_lr(A):
    return 2 / np.linalg.eigvalsh(A)[-1]


MATRICES = [
    np.array([[4.0]]),
    np.array([[2.0, 1], [1, 3]]),
    np.array([[5.0, -2], [-2, 3]]),
    np.array([[10.0, 3], [3, 1]]),
    np.array([[4.0, 1, 0], [1, 3, -1], [0, -1, 6]]),
    np.array([[7.0, 2, -1], [2, 4, 3], [-1, 3, 5]]),
    np.array([[0.04, 0.01, 0.02], [0.01, 0.03, -0.01], [0.02, -0.01, 0.06]]),
    np.array([[30.0, 4, -6, 2], [4, 20, 5, -3], [-6, 5, 25, 1], [2, -3, 1, 12]]),
    np.array([[3.0, 1, 1, 0, -1], [1, 4, 0, 1, 1], [1, 0, 5, -2, 0], [0, 1, -2, 6, 1], [-1, 1, 0, 1, 2]]),
]
ROOM = 0.01
RIGHT = [2 / np.linalg.eigvalsh(A)[-1] for A in MATRICES]

inputs(*[case(A=A) for A in MATRICES])


def _is_number(value):
    return isinstance(value, (int, float, np.integer, np.floating)) and not isinstance(value, bool)


@view
def up_to_one_percent(got):
    """A step within one percent of the right one counts as the right one."""
    if _is_number(got):
        for right in RIGHT:
            if abs(got - right) <= ROOM * right:
                return right
    return got


def _walk(A, lr, steps=400):
    """Return the height before and after a walk; one that blows up is stopped on its way."""
    x = 1 + np.arange(len(A)) % 3 * 0.7 - np.arange(len(A)) * 0.4
    start = height = x @ A @ x / 2
    for _ in range(steps):
        x = x - lr * (A @ x)
        height = x @ A @ x / 2
        if not height < 1e6 * start:
            break
    return start, height


@check
def goes_down_below(got, A):
    """A step 2 % below your answer still goes down
    - Walk 400 steps with 0.98 times your answer. Is the end lower than the start?
    - In each direction of its own, a step multiplies the distance by $1 - \\text{lr} \\cdot \\lambda$. One direction
      outside of $-1 \\dots 1$ is enough to lose everything, however well the others do.
    - Look for the direction that curves most, and let it decide."""
    start, end = _walk(A, 0.98 * got)
    assert end < start, f"the height goes from {start:.3g} to {end:.3g}, needs to fall"


@check
def blows_up_above(got, A):
    """A step 2 % above your answer blows up
    - Walk 400 steps with 1.02 times your answer. Is the end higher than the start?
    - For $f = \\frac{1}{2} \\cdot 4 x^2$, a step of $0.3$ multiplies by $-0.2$: it overshoots, and still comes closer.
      Overshooting is allowed, as long as the distance shrinks.
    - Go up to the step that multiplies some direction by exactly $-1$. It is the border."""
    start, end = _walk(A, 1.02 * got)
    assert end > start, f"the height goes from {start:.3g} to {end:.3g}, needs to grow"


def _all_about(rows, wrong):
    """Tell whether the answer is about `wrong(A)` on all these rows."""
    return bool(rows) and all(_is_number(row.got) and _about(row.got, wrong(row.inputs["A"])) for row in rows)


def _about(got, wrong):
    return abs(got - wrong) <= 2 * ROOM * wrong


def _one_factor(rows, wrong):
    """Tell whether the answer is one and the same multiple of `wrong(A)` on all these rows."""
    if not rows or not all(_is_number(row.got) and row.got > 0 for row in rows):
        return False
    factors = [row.got / wrong(row.inputs["A"]) for row in rows]
    return max(factors) - min(factors) <= 2 * ROOM * min(factors)


@mistake
def one_over(A):
    """Safe, but half of what is possible
    - With your step, what is the steepest direction multiplied by? May it be less than that?
    - For $f = \\frac{1}{2} \\cdot 4 x^2$ a step of $\\frac{1}{4}$ lands on 0 at once, and $0.4$ multiplies by $-0.6$:
      past the minimum, and yet closer than before.
    - The factor may go down to $-1$, not only to 0. Solve for the step at which it is $-1$."""
    return 1 / np.linalg.eigvalsh(A)[-1]


@symptom(one_over)
def never_overshoots(failing, passing):
    return _all_about(failing + passing, lambda A: 1 / np.linalg.eigvalsh(A)[-1])


@mistake
def lambda_min(A):
    """That listens to the flattest direction
    - Which directions does your step suit? Walk a few steps with it: which entries explode?
    - With curvatures 1 and 10, a step of 2 multiplies the first direction by $-1$ and the second by $-19$. The flat one
      is content, the steep one is gone.
    - Take the direction that curves most, the largest eigenvalue. `eigvalsh` lists them from the smallest up."""
    return 2 / np.linalg.eigvalsh(A)[0]


@symptom(lambda_min)
def asks_the_smallest(failing, passing):
    return _one_factor(failing + passing, lambda A: 1 / np.linalg.eigvalsh(A)[0])


@mistake
def trace(A):
    """The curvatures were added up
    - For the matrix with 3 and 1 on its diagonal and zeros elsewhere, what is your answer, and what is the border?
    - Directions do not share one budget. Curvatures 3 and 1 allow steps below $\\frac{2}{3}$ and below 2. Both hold
      below $\\frac{2}{3}$, and the sum 4 appears nowhere.
    - The sum of the diagonal is the sum of all eigenvalues. Only the largest of them counts."""
    return 2 / np.trace(A)


@symptom(trace)
def adds_curvatures(failing, passing):
    rows = failing + passing
    return _one_factor(rows, lambda A: 1 / np.trace(A)) or _one_factor(rows, lambda A: len(A) / np.trace(A))


@mistake
def fro(A):
    """That is the size of all entries together
    - For the matrix with 3 and 4 on its diagonal and zeros elsewhere, what does `np.linalg.norm` say?
    - It says 5, the root of $9 + 16$, and no direction curves by 5: the steepest one by 4. Without a second argument
      the norm of a matrix takes all entries together.
    - Ask for the most that the matrix stretches any direction. For such a matrix it is the largest eigenvalue."""
    return 2 / np.linalg.norm(A)


@symptom(fro)
def takes_all_entries(failing, passing):
    return _one_factor(failing + passing, np.linalg.norm) or _one_factor(
        failing + passing, lambda A: 1 / np.linalg.norm(A)
    )


@mistake
def diagonal(A):
    """The steepest direction need not be an axis
    - Walk along $(1, 1)$ for the matrix with the rows $(2, 1)$ and $(1, 2)$. How much does it curve there?
    - Along either axis that matrix curves by 2; along $(1, 1)$ it sends the vector to $(3, 3)$, three times itself. The
      entries off the diagonal lean the valley.
    - Do not read the diagonal. Ask for the eigenvalues, which are the curvatures along the valley's own directions."""
    return 2 / np.diag(A).max()


@symptom(diagonal)
def reads_the_diagonal(failing, passing):
    return _one_factor(failing + passing, lambda A: 1 / np.diag(A).max())


@mistake
def row_sum(A):
    """A bound on the curvature is not the curvature
    - Walk with 1.02 times your step. Does it blow up for every matrix?
    - With the rows $(2, 1)$ and $(1, 5)$ the largest sum of a row is 6, and the largest curvature about $5.3$. It never
      exceeds the sums, so your step is safe; but a larger one would be, too.
    - Compute the largest eigenvalue itself."""
    return 2 / np.abs(A).sum(axis=1).max()


@symptom(row_sum)
def adds_up_rows(failing, passing):
    return _one_factor(failing + passing, lambda A: 1 / np.abs(A).sum(axis=1).max())


@mistake
def best_step(A):
    """That is the fastest step, not the largest
    - For the matrix in the report, walk with 1.02 times your step. Does it blow up?
    - With curvatures 1 and 3, a step of $\\frac{1}{2}$ multiplies by $\\frac{1}{2}$ and by $-\\frac{1}{2}$: it treats
      both alike and is the quickest. A step of $0.6$ is slower, and still arrives.
    - Only the steepest direction sets the border. Leave the flattest one out of it."""
    curvatures = np.linalg.eigvalsh(A)
    return 2 / (curvatures[0] + curvatures[-1])


@symptom(best_step)
def balances_both_ends(failing, passing):
    return _all_about(failing + passing, lambda A: 2 / (np.linalg.eigvalsh(A)[0] + np.linalg.eigvalsh(A)[-1]))


@mistake
def upside_down(A):
    """More curvature, smaller step
    - Double all entries of the matrix. Does your answer grow, or does it shrink?
    - $f = \\frac{1}{2} \\cdot 4 x^2$ allows steps up to $\\frac{1}{2}$; $f = \\frac{1}{2} \\cdot 8 x^2$ is twice as
      steep, and allows only $\\frac{1}{4}$.
    - Divide by the largest curvature instead of multiplying with it."""
    return np.linalg.eigvalsh(A)[-1] / 2


@symptom(upside_down)
def grows_with_curvature(failing, passing):
    return _one_factor(failing + passing, lambda A: np.linalg.eigvalsh(A)[-1])
