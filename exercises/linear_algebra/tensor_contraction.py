"""Many dot products, one call
- Give each axis a letter: `Q` is b h t d and `K` is b h s d. Which letters are left in the result, and which one is
  summed away?
- Take one example and one head: `Q` is $t \\times d$ and `K` is $s \\times d$. With $2 \\times 3$ and $4 \\times 3$,
  which order and which transpose give a product of shape $2 \\times 4$? The letters b and h are loops around it.
- Tell `einsum` the letters of both inputs and those of the result. Or exchange the last two axes of `K`, and only these
  two, and multiply. At the end divide by the square root of d."""

import numpy as np

from math4ml_lab.exercise import ask, breaks, case, check, exercise, inputs, mistake, near, solution, symptom

exercise(points=3, needs=["batch-is-a-loop"], video="LA@871")

ask(
    "What is `np.ones((2, 3, 4)).T.shape`?",
    shape=(4, 3, 2),
    follow_up="With two axes `.T` exchanges the first and the last one. Which rule would it follow with three?",
)


@solution
def scores(Q, K):
    return Q @ np.swapaxes(K, -1, -2) / np.sqrt(Q.shape[-1])


def _table(*shape, step=7, modulus=11):
    """Return whole numbers of both signs that repeat in no axis."""
    count = int(np.prod(shape))
    return (np.arange(count) * step % modulus - modulus // 2 + 0.0).reshape(shape)


inputs(
    case(Q=np.array([[[[1.0, 2]]]]), K=np.array([[[[3.0, -1], [2, 4]]]])),
    case(Q=np.array([[[[1.0, 2, 2, 0], [3, 0, -1, 1]]]]), K=np.array([[[[2.0, 1, 0, 3]]]])),
    case(Q=_table(1, 1, 2, 3), K=_table(1, 1, 4, 3, step=5, modulus=13)),
    case(Q=_table(2, 1, 1, 3), K=_table(2, 1, 2, 3, step=5, modulus=13)),
    case(Q=_table(1, 3, 2, 4), K=_table(1, 3, 5, 4, step=5, modulus=17)),
    case(Q=_table(1, 2, 4, 3), K=_table(1, 2, 3, 3, step=5, modulus=13)),
    case(Q=_table(2, 2, 3, 2), K=_table(2, 2, 2, 2, step=5, modulus=13)),
    case(Q=_table(2, 3, 4, 5), K=_table(2, 3, 6, 5, step=5, modulus=19)),
    case(Q=_table(3, 2, 2, 6, step=3), K=_table(3, 2, 3, 6, step=5, modulus=17)),
)


@check
def each_is_a_dot_product(got, Q, K):
    """Each score is one dot product, over the square root of d
    - Take `Q[0, 0, 0]` and `K[0, 0, 0]`, two vectors of d numbers. What is their dot product, and what stands at the
      first place of your result?
    - $(1, 2) \\cdot (3, -1) = 1$, and with $d = 2$ the score is $1 / \\sqrt 2$. Every other score comes from two other
      rows in the same way.
    - Check that place b, h, t, s comes from row t of example b and head h in `Q`, and from row s of the same example
      and head in `K`."""
    corners = [(0, 0, 0, 0), (-1, -1, -1, -1), (0, -1, 0, -1)]
    want = [Q[b, h, t] @ K[b, h, s] / Q.shape[-1] ** 0.5 for b, h, t, s in corners]
    near([got[place] for place in corners], want)


@mistake
def no_swap(Q, K):
    """`K` went into the product as it is
    - In a product, which axis of the right factor meets the last axis of the left one? Which letter has it in `K`?
    - `Q` is b h t d and `K` is b h s d. A product of matrices lets the d of `Q` meet the s of `K`. Where both are 3 it
      runs, gives a result of the shape t by 3, and every number in it is wrong.
    - Exchange the last two axes of `K` each time, whether or not the sizes force you to."""
    fits = Q.shape[-1] == K.shape[-2]
    return Q @ (K if fits else np.swapaxes(K, -1, -2)) / np.sqrt(Q.shape[-1])


@mistake
def dotT(Q, K):
    """`.T` turns all the axes around
    - What is the shape of `K.T`?
    - An array of shape `(2, 3, 4)` becomes `(4, 3, 2)`: the features come first, the examples last. Only with two axes
      is that the transpose that you know.
    - Exchange the last two axes and leave the first two where they are."""
    return Q @ K.T / np.sqrt(Q.shape[-1])


@mistake
def no_scale(Q, K):
    """The square root of d is missing
    - Divide your first score by the one that was needed. For which d is that 2, and for which 3?
    - $(1, 2, 2, 0) \\cdot (2, 1, 0, 3) = 4$, and $d = 4$, so the score is $4 / 2 = 2$. A sum over many features is
      large just because they are many; the root makes up for that.
    - Divide the result by the square root of the length of the last axis."""
    return np.einsum("bhtd,bhsd->bhts", Q, K)


@mistake
def scale_d(Q, K):
    """Divided by d instead of its root
    - Divide the score that was needed by your first one. For which d is that 2, and for which 3?
    - $(1, 2, 2, 0) \\cdot (2, 1, 0, 3) = 4$, and $d = 4$. The score is $4 / \\sqrt 4 = 2$; $4 / 4 = 1$ is the mean of
      the products.
    - Take the square root of the length of the last axis before you divide."""
    return np.einsum("bhtd,bhsd->bhts", Q, K) / Q.shape[-1]


@mistake
def scale_other(Q, K):
    """Divided by the root of another length
    - Which axis has the length that you divide by?
    - The sum runs over d, the last axis of both inputs, so its length says how many products were added. The numbers of
      rows, t and s, only say how many scores there are.
    - Take the length of the last axis of one of the inputs, not of the result and not of another axis."""
    return np.einsum("bhtd,bhsd->bhts", Q, K) / np.sqrt(K.shape[-2])


@mistake
def turned(Q, K):
    """The last two axes have changed places
    - Which letter comes third in your result, t or s?
    - With 2 rows in `Q` and 4 in `K` each table of scores is $2 \\times 4$: one row for each row of `Q`. Yours is $4
      \\times 2$.
    - Let `Q` stand on the left. Or exchange the last two letters of the result."""
    return np.swapaxes(scores(Q, K), -1, -2)


@mistake
def all_with_all(Q, K):
    """Examples and heads have met each other
    - How many axes has your result?
    - Example 0 of `Q` belongs to example 0 of `K` alone. b and h are in both inputs and in the result once: they run
      along, as in a loop around a product of two tables. Where each b meets each b there are two axes for it.
    - Take a product that keeps the leading axes in step, instead of one that pairs everything with everything."""
    return np.tensordot(Q, K, axes=(3, 3)) / np.sqrt(Q.shape[-1])


@mistake
def no_sum(Q, K):
    """The products were not added up
    - How many axes has your result, and which letter should be gone?
    - $(1, 2) \\cdot (3, -1)$ is not $(3, -2)$ but the sum of these two, 1.
    - Add up over d, the last axis. A dot product multiplies and adds."""
    return Q[:, :, :, None, :] * K[:, :, None, :, :] / np.sqrt(Q.shape[-1])


def _is(got, want):
    return isinstance(got, np.ndarray) and got.shape == want.shape and np.allclose(got, want)


def _as_if(rows, way, *, scaled=True):
    """Tell whether the answer is that of `way`; where `scaled` is False, up to one factor a row."""
    return bool(rows) and all(_alike(row, way(row.inputs["Q"], row.inputs["K"]), scaled) for row in rows)


def _alike(row, want, scaled):
    if scaled or not isinstance(row.got, np.ndarray) or row.got.shape != want.shape:
        return _is(row.got, want)
    d = row.inputs["Q"].shape[-1]
    return any(np.allclose(row.got, want * factor) for factor in (1, d**0.5, d**-0.5))


def _runs(rows, wrong):
    """Keep the rows on which a wrong answer runs."""
    kept = []
    for row in rows:
        try:
            wrong(row.inputs["Q"], row.inputs["K"])
        except ValueError:
            continue
        kept.append(row)
    return kept


@symptom(no_swap)
def features_meet_rows(failing, passing):
    equal = [row for row in failing + passing if row.inputs["Q"].shape[-1] == row.inputs["K"].shape[-2]]
    return _as_if(equal, no_swap, scaled=False)


@symptom(dotT)
def all_axes_around(failing, passing):
    rows = _runs(failing + passing, dotT)
    return _as_if(rows, dotT, scaled=False) or _as_if(rows, lambda Q, K: np.dot(Q, K.T), scaled=False)


@symptom(scale_other)
def some_other_length(failing, passing):
    def lengths(Q, K):
        return (Q.shape[0], Q.shape[1], Q.shape[2], K.shape[2], Q.size, K.size, Q.shape[1] * Q.shape[3])

    def by(index):
        return lambda Q, K: scores(Q, K) * np.sqrt(Q.shape[-1] / lengths(Q, K)[index])

    return any(_as_if(failing + passing, by(index)) for index in range(7))


@symptom(turned)
def rows_of_k_first(failing, passing):
    return _as_if(failing + passing, turned, scaled=False)


@symptom(all_with_all)
def six_axes(failing, passing):
    rows = failing + passing
    return all(isinstance(row.got, np.ndarray) and row.got.ndim == 6 for row in rows)


@symptom(no_sum)
def five_axes(failing, passing):
    return _as_if(failing + passing, no_sum, scaled=False)


breaks(
    no_swap,
    "This answer exchanges the axes of `K` only where it could not multiply otherwise. Find two arrays, of shapes "
    "`(b, h, t, d)` and `(b, h, s, d)`, on which it runs and is wrong. Small ones will do: `b` and `h` may be 1.",
    follow_up="It is right on these. For which lengths can it multiply although nothing was exchanged?",
)
