"""Flat is not the same as finished
- Does it curve up in *every* direction, or only along the axes?
- Take the matrix with the rows $(1, 3)$ and $(3, 1)$. It curves up along both axes. Walk along $v = (1, -1)$ and
  compute $v^T H v$: which way does it curve there?
- Compute the eigenvalues, which are the curvatures along the matrix's own directions. Those within the tolerance of 0
  count as flat. One clearly up and one clearly down is a saddle. Else something flat leaves it open. Else all go up,
  or all go down."""

import numpy as np

from math4ml_lab.exercise import ask, breaks, case, check, exercise, inputs, mistake, same, solution, symptom

exercise(points=3, needs=["quadratic-model"], video="OCW-18.06-L27")

ask(
    "At 0 the function `x⁴` has slope 0 and second derivative 0. What can its second derivative alone tell?",
    choices=["min", "max", "saddle", "unknown"],
    right="unknown",
    follow_up={
        "min": "It is a minimum, but which second derivative has -x⁴ at 0, and x³?",
        "max": "Which second derivative has -x⁴ at 0, and which has x⁴ itself?",
        "saddle": "Which second derivatives have x⁴, -x⁴ and x³ at 0? Can one number tell the three apart?",
    },
)


@solution
def classify(H, tol=1e-9):
    curvatures = np.linalg.eigvalsh(H)
    up, down = curvatures[-1] > tol, curvatures[0] < -tol
    if up and down:
        return "saddle"
    if np.any(np.abs(curvatures) <= tol):
        return "unknown"
    return "min" if up else "max"


CASES = [
    ([[2, 1], [1, 3]], "min", 1e-9),
    ([[-2, 1], [1, -3]], "max", 1e-9),
    ([[1, 3], [3, 1]], "saddle", 1e-9),
    ([[2, 1], [1, -3]], "saddle", 1e-9),
    ([[-1, 3], [3, -2]], "saddle", 1e-9),
    ([[4]], "min", 1e-9),
    ([[-3]], "max", 1e-9),
    ([[0]], "unknown", 1e-9),
    ([[1, 2], [2, 4]], "unknown", 1e-9),
    ([[-1, 2], [2, -4]], "unknown", 1e-9),
    ([[0, 0], [0, 0]], "unknown", 1e-9),
    ([[4, 1, 0], [1, 3, -1], [0, -1, 6]], "min", 1e-9),
    ([[-4, 1, 0], [1, -3, -1], [0, -1, -6]], "max", 1e-9),
    ([[5, 4, -4], [4, 5, 4], [-4, 4, 5]], "saddle", 1e-9),
    ([[-2, 1, 0], [1, 5, 2], [0, 2, -3]], "saddle", 1e-9),
    ([[-2, 3, 0], [3, -2, 0], [0, 0, -5]], "saddle", 1e-9),
    ([[2, 3, 1], [3, -1, 2], [1, 2, 4]], "saddle", 1e-9),
    # One up, one down, and one flat: what is flat cannot undo the other two.
    ([[1, 3, 0], [3, 1, 0], [0, 0, 0]], "saddle", 1e-9),
    ([[0, 1, 0], [1, 0, 0], [0, 0, 0]], "saddle", 1e-9),
    ([[1, 2, 0], [2, 4, 0], [0, 0, 3]], "unknown", 1e-9),
    ([[-1, 2, 0], [2, -4, 0], [0, 0, -3]], "unknown", 1e-9),
    ([[0, 0, 0], [0, 2, 1], [0, 1, 3]], "unknown", 1e-9),
    # Flat exactly, whatever computes the eigenvalues.
    ([[2, 0], [0, 0]], "unknown", 1e-9),
    ([[0, 0], [0, -3]], "unknown", 1e-9),
    # Almost flat, on either side: the tolerance decides.
    ([[3, 0], [0, 1e-12]], "unknown", 1e-9),
    ([[3, 0], [0, -1e-12]], "unknown", 1e-9),
    ([[-3, 0], [0, 1e-12]], "unknown", 1e-9),
    ([[2, 0], [0, 0.01]], "unknown", 0.1),
    ([[2, 0], [0, -0.01]], "unknown", 0.1),
    ([[2, 1], [1, 3]], "unknown", 2.0),
    ([[0.0002, 0.0001], [0.0001, 0.0003]], "min", 1e-9),
    ([[6, 1, 0, 1], [1, 5, -1, 0], [0, -1, 4, 1], [1, 0, 1, 3]], "min", 1e-9),
    ([[-6, 1, 0, 1], [1, -5, -1, 0], [0, -1, -4, 1], [1, 0, 1, -3]], "max", 1e-9),
    ([[1, 2, 0, 0], [2, 1, 0, 0], [0, 0, 1, 3], [0, 0, 3, 1]], "saddle", 1e-9),
]

inputs(*[case(H=np.array(rows, dtype=float), tol=tol, verdict=verdict) for rows, verdict, tol in CASES])


@check
def valleys_and_peaks(got, verdict):
    """Up in every direction is a min, down in every direction a max
    - Take $-1$ on the diagonal and 0 elsewhere. Which way does it curve, and what do you say about it?
    - A bowl curves up whichever way one walks, a hill down. All eigenvalues positive, or all of them negative: nothing
      in between will do.
    - Say min when every eigenvalue is clearly above 0, and max when every one is clearly below."""
    if verdict in ("min", "max"):
        same(str(got), verdict)


@check
def saddles(got, verdict):
    """Up in one direction and down in another is a saddle
    - For the matrix in the report, find a direction $v$ with $v^T H v > 0$, and another one with $v^T H v < 0$.
    - On a saddle both sides are there: the horse's back goes up in front of the rider, and down beside. A third
      direction, flat or not, changes nothing about that.
    - Look first whether one eigenvalue is clearly positive and one is clearly negative."""
    if verdict == "saddle":
        same(str(got), verdict)


@check
def open_cases(got, verdict):
    """What is flat somewhere, and never changes sides, is unknown
    - Which second derivatives do $x^4$ and $-x^4$ have at 0?
    - $x^2 + y^4$ has a valley at 0, and $x^2 - y^4$ has none, with the same matrix: 2 and 0 on the diagonal. The
      matrix cannot tell, so neither can you.
    - An eigenvalue within the tolerance of 0 is flat. With one of them, and no saddle, the answer is unknown."""
    if verdict == "unknown":
        same(str(got), verdict)


# -- The slips, and how they show however they are written --


def _clear(rows, *verdicts):
    """Keep the rows where nothing hangs on the tolerance, those of some verdicts where they are named."""
    kept = verdicts or ("min", "max", "saddle")
    return [row for row in rows if row.inputs["verdict"] in kept]


def _is_right(rows):
    return bool(rows) and all(str(row.got) == row.want for row in rows)


def _says(rows, wrong):
    return bool(rows) and all(str(row.got) == wrong(row.inputs["H"]) for row in rows)


@mistake
def det(H, tol=1e-9):
    """The determinant forgets how many signs there were
    - What is the determinant of the $2 \\times 2$ matrix with $-1$ twice on its diagonal, and which way does it curve?
    - The determinant is the product of the eigenvalues. $(-1) \\cdot (-1)$ is $+1$, like $1 \\cdot 1$: a peak and a
      valley look the same.
    - Look at each eigenvalue's sign, not at the sign of their product."""
    product = np.linalg.det(H)
    if abs(product) <= tol:
        return "unknown"
    return "min" if product > 0 else "saddle"


@symptom(det)
def follows_the_product(failing, passing):
    rows = [row for row in _clear(failing + passing) if abs(np.linalg.det(row.inputs["H"])) > 1e-4]
    return any(
        _says(rows, lambda H, below=below: "min" if np.linalg.det(H) > 0 else below) for below in ("saddle", "max")
    )


@mistake
def det_in_3d(H, tol=1e-9):
    """The rule for two directions does not hold for three
    - What does your rule say for three directions with $-1$ on the diagonal and 0 elsewhere?
    - In two dimensions a negative determinant means one up, one down. In three, $(-1)(-1)(-1)$ is negative as well, and
      nothing goes up.
    - Give up the determinant: take the eigenvalues, and look at all of their signs."""
    product = np.linalg.det(H) if len(H) > 1 else float(H[0, 0]) ** 2
    if abs(product) <= tol:
        return "unknown"
    if product < 0:
        return "saddle"
    return "min" if H[0, 0] > 0 else "max"


@symptom(det_in_3d)
def right_in_two_dimensions(failing, passing):
    rows = _clear(failing + passing)
    small = [row for row in rows if len(row.inputs["H"]) == 2 and row.inputs["tol"] < 1e-3]
    large = [row for row in rows if len(row.inputs["H"]) == 3 and abs(np.linalg.det(row.inputs["H"])) > 1e-4]

    def rule(H):
        return "saddle" if np.linalg.det(H) < 0 else "min" if H[0, 0] > 0 else "max"

    def upright(H):
        return "min" if np.linalg.det(H) > 0 and H[0, 0] > 0 else "max" if np.linalg.det(H) > 0 else "saddle"

    return all(str(row.got) == row.want for row in small) and (_says(large, rule) or _says(large, upright))


@mistake
def diag(H, tol=1e-9):
    """The axes are not all the directions there are
    - Walk along $v = (1, -1)$ for the matrix with the rows $(1, 3)$ and $(3, 1)$. What is $v^T H v$?
    - It is $1 - 3 - 3 + 1 = -4$: down, although the diagonal says up and up. Between the axes the entries off the
      diagonal have their say.
    - Take the eigenvalues instead of the diagonal."""
    entries = np.diag(H)
    if np.any(entries > tol) and np.any(entries < -tol):
        return "saddle"
    if np.any(np.abs(entries) <= tol):
        return "unknown"
    return "min" if entries[0] > 0 else "max"


@symptom(diag)
def looks_along_the_axes(failing, passing):
    rows = [row for row in _clear(failing + passing) if np.all(np.diag(row.inputs["H"]) != 0)]
    return _says(
        rows,
        lambda H: "min" if np.all(np.diag(H) > 0) else "max" if np.all(np.diag(H) < 0) else "saddle",
    )


@mistake
def psd_is_min(H, tol=1e-9):
    """Nothing goes down, and yet it may be no valley
    - Which matrix of second derivatives has $x^2 - y^4$ at 0? Is it a valley there?
    - Along the flat direction the second derivative is silent, and what comes after it decides: $y^4$ goes up, $-y^4$
      down. Not below 0 is not the same as above 0.
    - Ask that every eigenvalue lies clearly beyond the tolerance, and say unknown where one of them is flat."""
    curvatures = np.linalg.eigvalsh(H)
    if curvatures[0] >= -tol:
        return "min"
    return "max" if curvatures[-1] <= tol else "saddle"


def _exactly_flat(rows):
    """Return what was said of a single 2 beside 0, and of a single -3: there nobody's rounding matters."""
    pairs = [row for row in rows if np.array_equal(np.abs(row.inputs["H"]).sum(axis=0) == 0, [False, True])]
    pairs += [row for row in rows if np.array_equal(np.abs(row.inputs["H"]).sum(axis=0) == 0, [True, False])]
    return [str(row.got) for row in pairs]


@symptom(psd_is_min)
def takes_flat_for_up(failing, passing):
    rows = failing + passing
    up, down = _exactly_flat(rows)
    return _is_right(_clear(rows)) and up == "min" and down in ("max", "saddle", "unknown")


@mistake
def flat_comes_first(H, tol=1e-9):
    """A flat direction does not undo a saddle
    - Is there a way up from here, and is there a way down?
    - With curvatures 4, $-2$ and 0 there are both, whatever happens along the third direction. That is what makes a
      saddle.
    - Ask for up and down first, and only then for what is flat."""
    curvatures = np.linalg.eigvalsh(H)
    if np.any(np.abs(curvatures) <= tol):
        return "unknown"
    return "min" if curvatures[0] > 0 else "max" if curvatures[-1] < 0 else "saddle"


@symptom(flat_comes_first)
def gives_up_at_flat(failing, passing):
    rows = _clear(failing + passing)
    flat = [row for row in rows if not np.all(np.any(row.inputs["H"], axis=0))]
    return all(str(row.got) == "unknown" for row in flat) and _is_right([row for row in rows if row not in flat])


@mistake
def flat_is_saddle(H, tol=1e-9):
    """What is neither up nor down is not yet a saddle
    - For the matrix in the report, find a direction that goes up, and one that goes down. Are there both?
    - $x^2 + y^4$ is flat along $y$ to second order, and it is a valley: nothing ever goes down. A saddle needs a clear
      up and a clear down.
    - Say saddle only where one eigenvalue is clearly positive and one clearly negative, and unknown for the rest."""
    curvatures = np.linalg.eigvalsh(H)
    if curvatures[0] > tol:
        return "min"
    return "max" if curvatures[-1] < -tol else "saddle"


@symptom(flat_is_saddle)
def calls_the_rest_saddle(failing, passing):
    rows = failing + passing
    return _is_right(_clear(rows)) and _exactly_flat(rows) == ["saddle", "saddle"]


@mistake
def no_tol(H, _tol=1e-9):
    """Almost flat counts as flat
    - Which eigenvalue of the matrix in the report is closest to 0, and how does it compare with `tol`?
    - Computers round: where the truth is 0, they may find $10^{-17}$ or $-10^{-17}$, and its sign means nothing. The
      tolerance says up to where that is to be expected.
    - Compare with `tol` and with its negative, wherever you compare with 0 now."""
    curvatures = np.linalg.eigvalsh(H)
    if curvatures[0] < 0 < curvatures[-1]:
        return "saddle"
    if np.any(curvatures == 0):
        return "unknown"
    return "min" if curvatures[0] > 0 else "max"


@symptom(no_tol)
def takes_every_sign_for_real(failing, passing):
    rows = failing + passing
    nearly = [str(row.got) for row in rows if row.inputs["tol"] == 0.1]
    return _is_right(_clear(rows)) and nearly == ["min", "saddle"]


@mistake
def upside_down(H, tol=1e-9):
    """Valley and peak have changed places
    - Which second derivative has $x^2$, which is a valley?
    - It is $2$: positive, since the slope grows as one walks to the right, from falling to rising. Where it curves up,
      both sides are higher.
    - Say min where all eigenvalues are positive, and max where they are negative."""
    verdict = classify(H, tol)
    return {"min": "max", "max": "min"}.get(verdict, verdict)


@symptom(upside_down)
def peaks_for_valleys(failing, passing):
    swapped = {"min": "max", "max": "min", "saddle": "saddle"}
    return all(str(row.got) == swapped[row.want] for row in _clear(failing + passing))


breaks(
    det,
    "This answer trusts the sign of the determinant. Find a matrix `H`, 2 by 2, about which it is wrong.",
    follow_up="It is right about this one. For which two signs of the eigenvalues is their product positive?",
)
