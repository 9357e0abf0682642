"""Which way is down?
- You stand where the gradient is $g$ and move by a small $v$. By how much does the height change, to first order?
- Take $g = (3, 4)$, and directions of length 1. Along $(1, 0)$ the height changes by 3 per step, along $(0, 1)$ by 4.
  Along $(-1, 0)$ by $-3$. Is there a direction in between, along which it falls by 5?
- Take the opposite of $g$ and divide it by the length of $g$, the root of the sum of its squares. Where the gradient is
  zero no way leads down: return zeros there."""

import numpy as np

from math4ml_lab.exercise import ask, case, check, exercise, inputs, mistake, near, solution, symptom, vectors, view

exercise(points=2, needs=["gradient-by-nudging", "shapes-are-types"], video="CA@1543")

ask(
    "East is the first coordinate, north the second, and the gradient of the height is `(1, 3)`. Of the eight"
    " directions of the compass, along which one does the ground fall fastest?",
    choices=["N", "NE", "E", "SE", "S", "SW", "W", "NW"],
    right="S",
    follow_up={
        "N": "(0, 1) times (1, 3): does the height grow or fall on this way?",
        "NE": "Both numbers of the gradient are positive. What does the height do when both coordinates grow?",
        "E": "(1, 0) times (1, 3): does the height grow or fall on this way?",
        "SE": "One step to the south-east goes 0.71 east and 0.71 south. By how much does each change the height?",
        "SW": "One step to the south-west goes 0.71 west and 0.71 south. Add up both changes: is it more than 3?",
        "W": "(-1, 0) times (1, 3) is -1. Is there a direction along which it falls by more?",
        "NW": "One step to the north-west goes 0.71 west and 0.71 north. By how much does each change the height?",
    },
)
ask(
    "You stand on one of the long sides of a long, narrow valley. Does the steepest way down point to the lowest"
    " place of the valley?",
    choices=["yes, always", "hardly ever"],
    right="hardly ever",
    follow_up={
        "yes, always": "At (10, 1) the height x² + 100 y² has the gradient (20, 200). Compare the opposite of that with"
        " the way from (10, 1) to (0, 0).",
    },
)


@solution
def steepest(g):
    length = np.linalg.norm(g)
    return -g / length if length > 0 else np.zeros(len(g))


inputs(
    case(g=np.array([3.0, 4.0])),
    case(g=np.array([0.0, 0.0, 0.0])),
    case(g=np.array([2.0, -1.0, 2.0])),
    case(g=np.array([0.0, -5.0])),
    case(g=np.array([-7.0])),
    case(g=np.array([0.0])),
    case(g=np.array([3e-9, -4e-9])),
    case(g=np.array([1.0, -2.0, 4.0, -2.0])),
    case(g=np.array([3.0, -5.0, 2.0])),
    case(g=np.array([-2.0, 2.0])),
    g=vectors((2, 5)),
    size=20,
)


@view
def as_array(got):
    """A list of numbers is as good as an array of them."""
    return np.asarray(got, dtype=float) if isinstance(got, (list, tuple)) else got


@check
def one_long(got, g):
    """It is one step long
    - What is the sum of the squares of your result?
    - $(3, 4)$ has the length $\\sqrt{9 + 16} = 5$. Divided by 5 it is $(0.6, 0.8)$, and $0.36 + 0.64 = 1$.
    - Divide by the length of the gradient, however small that length is."""
    if np.any(g):
        near(np.sum(np.asarray(got, dtype=float) ** 2), 1.0)


@check
def beats_chance(got, g, rng):
    """No other direction of length 1 leads down faster
    - Take a direction of length 1 at random, and multiply it with $g$. Is the result ever below yours?
    - With $g = (3, 4)$ one step along $(-0.6, -0.8)$ changes the height by $-1.8 - 3.2 = -5$. One along $(-0.8, -0.6)$
      only by $-4.8$.
    - Give each coordinate its share of the way in proportion to its slope, with the opposite sign."""
    others = rng.normal(size=(500, g.size))
    others /= np.linalg.norm(others, axis=1, keepdims=True)
    length = np.linalg.norm(g)
    mine, best = np.asarray(got, dtype=float) @ g, np.min(others @ g)
    assert mine <= best + 1e-6 * length, f"your direction changes the height by {mine:.4g}, another one by {best:.4g}"


@check
def level_ground(got, g):
    """On level ground it stays where it is
    - What does your function return for a gradient of zeros?
    - At the bottom, at the top, and on a plain, the gradient is $(0, 0)$. Its length is 0, and nothing can be divided
      by that.
    - Ask first whether the length is 0, and return zeros if so."""
    if not np.any(g):
        near(np.asarray(got, dtype=float), np.zeros(g.size))


def _sloping(rows):
    return [row for row in rows if np.any(row.inputs["g"])]


def _everywhere(rows, wrong):
    """Tell whether the answer is that of a wrong function wherever the ground is not level."""
    return all(
        np.shape(row.got) == row.want.shape and np.allclose(row.got, wrong(row.inputs["g"]), rtol=1e-6, atol=1e-15)
        for row in _sloping(rows)
    )


@mistake
def ascent(g):
    """This is the way up
    - With $g = (3, 4)$, does a step along your result make $3 x + 4 y$ larger or smaller?
    - The gradient points to where the height grows fastest. A step along $(0.6, 0.8)$ changes it by $1.8 + 3.2 = 5$,
      upwards.
    - Turn the sign of each number."""
    length = np.linalg.norm(g)
    return g / length if length > 0 else np.zeros(len(g))


@symptom(ascent)
def straight_up(failing, passing):
    return _everywhere(failing + passing, lambda g: g / np.linalg.norm(g))


@mistake
def unnormalised(g):
    """A direction has length 1
    - How long is your result for $g = (3, 4)$? And for $g = (30, 40)$?
    - $(3, 4)$ and $(30, 40)$ are two slopes, one ten times as steep as the other; but the way down is the same. A
      direction tells where to, not how far.
    - Divide by the length of the gradient, so that the result has length 1 on steep ground and on gentle ground."""
    return -g


@symptom(unnormalised)
def the_right_way_but_too_far(failing, passing):
    rows = _sloping(failing + passing)
    factors = [float(np.dot(row.got, row.want) / np.linalg.norm(row.inputs["g"])) for row in rows]
    return np.allclose(factors, factors[0]) and _everywhere(rows, lambda g: -factors[0] * g)


@mistake
def other_length(g):
    """Another length than the one on the ruler
    - How long is your result, measured by the root of the sum of its squares?
    - From $(0, 0)$ to $(3, 4)$ it is 7 for a taxi that keeps to the streets, 4 for the longer street alone, and 5 for a
      bird. The length of a vector is that of the bird: $\\sqrt{9 + 16}$.
    - Square the numbers, add them up, take the root, and divide by that."""
    total = np.sum(np.abs(g))
    return -g / total if total > 0 else np.zeros(len(g))


@symptom(other_length)
def taxi_or_longest_street(failing, passing):
    rows = failing + passing
    ways = (lambda g: np.sum(np.abs(g)), lambda g: np.max(np.abs(g)), lambda g: g @ g, lambda g: np.linalg.norm(g) / 2)
    means = (lambda g: np.sqrt(np.mean(g**2)), lambda g: np.mean(np.abs(g)), np.std, np.sum)
    with np.errstate(all="ignore"):
        return any(_everywhere(rows, lambda g, way=way: -g / way(g)) for way in (*ways, *means))


@mistake
def sign(g):
    """The sign alone is not the steepest way
    - For $g = (3, 4)$, your direction treats both coordinates alike. Is it worth as much to go along the first as along
      the second?
    - With $g = (1, 100)$ and one step of length 1: along $(-0.71, -0.71)$ the height falls by 71.4, along $(0, -1)$ by
      100.
    - Keep the numbers of the gradient, not only their signs: each coordinate gets its share in proportion to its
      slope."""
    return -np.sign(g)


@symptom(sign)
def all_coordinates_alike(failing, passing):
    rows = failing + passing
    return _everywhere(rows, lambda g: -np.sign(g)) or _everywhere(
        rows, lambda g: -np.sign(g) / np.linalg.norm(np.sign(g))
    )


@mistake
def one_coordinate(g):
    """Only the steepest coordinate was used
    - For $g = (3, 4)$, by how much does the height change along your direction? And along $(-0.6, -0.8)$?
    - Straight along the second coordinate it falls by 4. Along $(-0.6, -0.8)$, a step of the same length, by $1.8 +
      3.2 = 5$: the first coordinate has something to give as well.
    - Let all coordinates take part, each in proportion to its slope."""
    down = np.zeros(len(g))
    steepest_place = np.argmax(np.abs(g))
    down[steepest_place] = -np.sign(g[steepest_place])
    return down


@symptom(one_coordinate)
def along_an_axis(failing, passing):
    rows = [row for row in _sloping(failing + passing) if len(set(np.abs(row.inputs["g"]))) == row.inputs["g"].size]
    return _everywhere(rows, lambda g: np.where(np.abs(g) == np.max(np.abs(g)), -np.sign(g), 0.0))


@mistake
def nan(g):
    """Nothing can be divided by zero
    - What does your function return for a gradient of zeros?
    - On level ground the length is 0, and $0 / 0$ is no number: NumPy writes nan, and each later step that meets it
      becomes nan as well.
    - Look at the length first. Where it is 0, return zeros; nowhere is down."""
    return -g / np.linalg.norm(g)


@symptom(nan)
def trips_on_level_ground(failing, passing):
    def trips(row):
        return isinstance(row.got, str) or not np.all(np.isfinite(row.got))

    return not _sloping(failing) and all(trips(row) for row in failing) and bool(passing)


@mistake
def padded(g):
    """Small is not zero
    - What does your function return for the gradient $(3 \\cdot 10^{-9}, -4 \\cdot 10^{-9})$? How long is that?
    - Something small, added to the length, keeps 0 out of the denominator. But when the length itself is small, it
      counts: $5 / (5 + 1)$ is not 1. In the same way a length below a threshold is not 0.
    - Add nothing to the length, and compare it with 0 itself."""
    return -g / (np.linalg.norm(g) + 1e-9)


@symptom(padded)
def only_gentle_slopes_suffer(failing, _passing):
    steep = [row for row in failing if np.linalg.norm(row.inputs["g"]) > 0.1]
    return bool(_sloping(failing)) and not steep


@mistake
def called_level(g):
    """A slope was taken for level ground
    - What does your function return for the gradient $(-2, 2)$? Is the ground level there?
    - $(-2, 2)$ adds up to 0, and $(0, -5)$ holds a 0, but both are slopes. Level ground is where every number of the
      gradient is 0.
    - Return zeros only where the length of the gradient is 0: squares cannot cancel each other."""
    return -g / np.linalg.norm(g) if np.sum(g) != 0 else np.zeros(len(g))


@symptom(called_level)
def zeros_on_slopes(failing, _passing):
    return bool(failing) and all(
        np.shape(row.got) == row.want.shape and not np.any(row.got) and np.linalg.norm(row.inputs["g"]) > 0.1
        for row in failing
    )


@mistake
def overwrites(g):
    """The gradient itself was written over
    - Print $g$ before the call and after it. Is it the same?
    - An array that is handed to a function is not copied: whoever divides it in place divides the caller's array.
    - Compute a new array, and leave $g$ alone."""
    length = np.linalg.norm(g)
    if length > 0:
        g /= -length
    return g


@symptom(overwrites)
def g_is_not_what_it_was(failing, passing):
    return any("g" in row.changed for row in failing + passing)
