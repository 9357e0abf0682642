"""One term more
- The model $g \\cdot s + \\frac{1}{2} s^T H s$ is a cup with a lowest point. What is the model's own slope there?
- With one number: $g = -6$ and $h = 2$, so the model is $-6 s + s^2$, and its slope $-6 + 2 s$. For which $s$ is
  that 0?
- In many dimensions the slope is $g + H s$. Set it to zero: solve the linear system with the matrix $H$ and the right
  side $-g$. There is no need to invert $H$ for that."""

import numpy as np

from math4ml_lab.exercise import ask, case, check, exercise, inputs, mistake, near, solution, symptom, view

exercise(points=3, needs=["gradient-descent", "how-good-is-good-enough"], video="MC7.2")

ask(
    "The function is a quadratic cup, however long and narrow. How many such steps lead to its minimum?",
    number=1,
    follow_up="Of a quadratic, how good is the quadratic model? So where are the lowest points of both?",
)
ask(
    "Of `x² - y²` you start at (1, 1), near its saddle, and solve `H s = -g` all the same. Where does it lead?",
    choices=["to the saddle", "downhill, away from the saddle", "to the nearest minimum"],
    right="to the saddle",
    when="after",
    follow_up={
        "downhill, away from the saddle": "There g = (2, -2), and H has 2 and -2 on its diagonal. What is s?",
        "to the nearest minimum": "Has `x² - y²` one? There g = (2, -2), and H has 2 and -2 on its diagonal.",
    },
)


@solution
def newton(g, H):
    return np.linalg.solve(H, -g)


inputs(
    case(g=np.array([-6.0]), H=np.array([[2.0]])),
    case(g=np.array([3.0, -1.0]), H=np.array([[2.0, 1.0], [1.0, 3.0]])),
    case(g=np.array([1.0, 2.0]), H=np.array([[5.0, -2.0], [-2.0, 3.0]])),
    case(g=np.array([0.0, 0.0]), H=np.array([[4.0, 1.0], [1.0, 2.0]])),
    case(g=np.array([4.0, -3.0, 2.0]), H=np.array([[4.0, 1.0, 0.0], [1.0, 3.0, -1.0], [0.0, -1.0, 6.0]])),
    case(g=np.array([-2.0, 5.0, 1.0]), H=np.array([[7.0, 2.0, -1.0], [2.0, 4.0, 3.0], [-1.0, 3.0, 5.0]])),
    # A long, narrow valley: the second direction curves a hundred times less than the first.
    case(g=np.array([7.0, 1.0]), H=np.array([[10.0, 3.0], [3.0, 1.0]])),
    case(
        g=np.array([2.0, -1.0, 3.0, 5.0]),
        H=np.array([[30.0, 4, -6, 2], [4, 20, 5, -3], [-6, 5, 25, 1], [2, -3, 1, 12]]),
    ),
    case(
        g=np.array([1.0, 4.0, -3.0, 2.0, 6.0]),
        H=np.array([[3.0, 1, 1, 0, -1], [1, 4, 0, 1, 1], [1, 0, 5, -2, 0], [0, 1, -2, 6, 1], [-1, 1, 0, 1, 2]]),
    ),
)


@view
def as_array(got):
    """A list of numbers is as good as an array of them."""
    numbers = isinstance(got, (list, tuple)) and all(isinstance(item, (int, float, np.number)) for item in got)
    return np.asarray(got, dtype=float) if numbers and got else got


@check
def slope_is_gone(got, g, H):
    """After the step the model is flat
    - Put your step into $g + H s$. Which entries are not 0?
    - In one dimension, $-6 s + s^2$ has the slope $-6 + 2 s$. At $s = 3$ it is 0, at $s = -3$ it is $-12$: the sign
      matters, and so does the size.
    - Choose the step for which $H s$ takes away exactly what $g$ has put there."""
    near(g + H @ np.asarray(got, dtype=float), np.zeros(len(g)), atol=1e-6)


@check
def nothing_is_lower(got, g, H):
    """No other step leads lower
    - What does the model say at your step, and what does it say a little beside it?
    - $-6 s + s^2$ is $-9$ at $s = 3$, and $-8.99$ at $2.9$ and at $3.1$. At the lowest point every change is for the
      worse.
    - Go to the point where the slope of the model is 0 in every direction: of a cup, that is the lowest one."""

    def model(s):
        return g @ s + s @ H @ s / 2

    step = np.asarray(got, dtype=float)
    beside = [model(step + 0.1 * direction) for direction in (*np.eye(len(g)), *-np.eye(len(g)))]
    here, there = model(step), min(beside)
    assert here < there, f"the model is {here:.4g} at your step, and {there:.4g} a little beside it"


def _vectors(rows):
    return bool(rows) and all(isinstance(row.got, np.ndarray) and row.got.shape == row.want.shape for row in rows)


def _shows(rows, wrong, factors):
    """Tell whether the answer is that of a wrong function, but for one of the factors."""
    if not _vectors(rows):
        return False
    pairs = [(row.got, wrong(row.inputs["g"], row.inputs["H"])) for row in rows]
    return any(all(np.allclose(got, factor * want) for got, want in pairs) for factor in factors)


@mistake
def sign(g, H):
    """The step goes uphill
    - In one dimension, with $g = -6$ and $h = 2$: on which side of you is it lower? On which side is your step?
    - The slope $-6$ falls to the right, so the step has to go to the right, $+3$. What is to be solved is $-6 + 2 s =
      0$, and the 6 changes its sign when it moves to the other side.
    - Give the right side of the linear system a minus."""
    return np.linalg.solve(H, g)


@mistake
def multiply(g, H):
    """Curvature divides, it does not multiply
    - When the cup is twice as narrow, with the same slope, is its lowest point nearer or further away? And your step?
    - $-6 s + s^2$ has its lowest point at 3. In $-6 s + 2 s^2$ the curvature is twice as large, and the lowest point is
      at $1.5$.
    - Do not multiply by $H$. Look for the step that $H$ turns into $-g$: that is a linear system."""
    return -H @ g


@symptom(multiply)
def grows_with_curvature(failing, passing):
    return _shows(failing + passing, lambda g, H: H @ g, (1, 0.5, -0.5))


@mistake
def gd(g, _H):
    """The curvature is not used
    - Multiply $H$ by ten. What happens to your step, and what happens to the lowest point?
    - In a valley with curvatures 10 and $0.1$, the gradient points across, to the near wall. The bottom lies along the
      valley, and only $H$ knows how far.
    - Let the matrix decide each direction's share: solve with it, instead of going some way along $-g$."""
    return -g


@symptom(gd)
def stays_along_the_gradient(failing, passing):
    rows = [row for row in failing + passing if len(row.inputs["g"]) > 1]
    return _vectors(rows) and all(_parallel(row.got, row.inputs["g"]) for row in rows)


def _parallel(a, b):
    return bool(np.all(np.isfinite(a))) and abs(a @ b) >= (1 - 1e-9) * np.linalg.norm(a) * np.linalg.norm(b)


@mistake
def diag_only(g, H):
    """The directions are coupled
    - Put your step into $g + H s$. Is every entry 0?
    - With the rows $(2, 1)$ and $(1, 2)$ and $g = (-3, -3)$, each diagonal alone asks for $1.5$. But a move in one
      direction changes the slope in the other, and the answer is $(1, 1)$.
    - Keep the entries off the diagonal: solve for all directions at once."""
    return -g / np.diag(H)


@symptom(diag_only)
def each_on_its_own(failing, passing):
    return _shows(failing + passing, lambda g, H: g / np.diag(H), (1, -0.5))


@mistake
def lost_half(g, H):
    """The ½ and the 2 cancel
    - In one dimension, what is the slope of $\\frac{1}{2} h s^2$?
    - It is $h s$: the square brings a 2, and the half takes it away. The same with a matrix: the slope of $\\frac{1}{2}
      s^T H s$ is $H s$, not $2 H s$ and not $\\frac{1}{2} H s$.
    - Solve $H s = -g$, without any other factor."""
    return np.linalg.solve(2 * H, -g)


@symptom(lost_half)
def wrong_by_two(failing, passing):
    return _shows(failing + passing, lambda g, H: np.linalg.solve(H, -g), (0.5, 2, -0.5, -2))


@mistake
def divide(g, H):
    """Dividing by a matrix is not entry by entry
    - What shape has your step, and what shape has the point that it starts from?
    - `/` divides each entry of the one by an entry of the other, and makes a table of it. The step is one number per
      direction: the vector that $H$ turns into $-g$.
    - Solve the linear system, where every row of $H$ is an equation."""
    with np.errstate(all="ignore"):
        return -g / H


@symptom(divide)
def a_table(failing, _passing):
    return bool(failing) and all(
        isinstance(row.got, np.ndarray) and row.got.ndim == 2 and row.got.shape == row.inputs["H"].shape
        for row in failing
    )
