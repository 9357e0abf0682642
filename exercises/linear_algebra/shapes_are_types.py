"""Type-check a product
- Which two of the numbers in the shapes have to match?
- Write `(4, 3) @ (3,)` and `(3,) @ (3, 5)` on paper as two boxes side by side. Which axis do the two share, and which
  axes are left when it is gone?
- Compare the last axis on the left with the second-to-last on the right (or its only one). If they differ, the answer
  is None. Else drop that pair, join what is left, and put the broadcast of the leading (batch) axes in front."""

import numpy as np

from math4ml_lab.exercise import ask, breaks, case, check, exercise, inputs, mistake, same, solution, symptom

exercise(points=1, needs=["fail-on-purpose"], video="LA@473")

ask(
    "What is the shape of `(3,) @ (3,)`?",
    shape=(),
    follow_up="The axis that both share is gone. How many axes are left, and is there one of length 1 among them?",
)


@solution
def matmul_shape(left: tuple, right: tuple):
    inner = right[-2] if len(right) > 1 else right[0]
    if left[-1] != inner:
        return None
    try:
        batch = np.broadcast_shapes(left[:-2], right[:-2])
    except ValueError:
        return None
    return tuple(batch) + left[-2:-1] + (right[-1:] if len(right) > 1 else ())


inputs(
    case(left=(2, 3), right=(3, 4)),
    case(left=(2, 3), right=(2, 3)),
    case(left=(2, 3), right=(4, 2)),
    case(left=(3,), right=(3,)),
    case(left=(3,), right=(2,)),
    case(left=(2, 3), right=(3,)),
    case(left=(2, 3), right=(2,)),
    case(left=(3,), right=(3, 5)),
    case(left=(3,), right=(5, 3)),
    case(left=(3, 2), right=(2, 3)),
    case(left=(4, 4), right=(4, 4)),
    case(left=(5, 2), right=(2, 4)),
    case(left=(5, 2), right=(4, 5)),
    # Axes of length 1: the matched pair does not stretch, batch axes do.
    case(left=(1, 3), right=(3, 1)),
    case(left=(4, 1), right=(1, 5)),
    case(left=(4, 1), right=(3, 5)),
    case(left=(4, 3), right=(1, 5)),
    case(left=(1,), right=(1,)),
    case(left=(1,), right=(3,)),
    case(left=(4, 1), right=(1,)),
    case(left=(4, 1), right=(4,)),
    case(left=(1,), right=(1, 4)),
    # Batches.
    case(left=(7, 2, 3), right=(3, 4)),
    case(left=(2, 3), right=(7, 3, 4)),
    case(left=(7, 2, 3), right=(7, 3, 4)),
    case(left=(7, 2, 3), right=(6, 3, 4)),
    case(left=(7, 2, 3), right=(7, 2, 3)),
    case(left=(1, 2, 3), right=(7, 3, 4)),
    case(left=(7, 2, 3), right=(1, 3, 4)),
    case(left=(7, 2, 3), right=(3,)),
    case(left=(7, 2, 3), right=(2,)),
    case(left=(3,), right=(7, 3, 4)),
    case(left=(6, 1, 2, 3), right=(7, 3, 4)),
    # No machine could hold these arrays: the shapes alone have to do.
    case(left=(4_000_000_000, 3_000_000_000), right=(3_000_000_000, 5)),
)


@check
def batches(got, left, right):
    """Batch axes broadcast, and come first
    - In `(7, 2, 3) @ (3, 4)`, how many small products are computed?
    - The 7 is a loop around the product: seven times `(2, 3) @ (3, 4)`, so seven results of shape `(2, 4)`. The right
      side has no such axis and is used again each time.
    - Split each shape into batch axes (all but the last two) and the rest. Broadcast the batch axes: missing ones and
      ones of length 1 stretch, other lengths have to agree. Write the result in front."""
    if got is not None and max(len(left), len(right)) > 2:
        kept = len(got) - (len(left) > 1) - (len(right) > 1)
        try:
            batch = np.broadcast_shapes(left[:-2], right[:-2])
        except ValueError:
            batch = None
        assert batch is not None, f"{left[:-2]} and {right[:-2]} do not broadcast, and the result is no None"
        same(tuple(got[:kept]), batch)


def _small(rows):
    """Keep the rows without batch axes: a slip shows there, whatever was done about batches."""
    return [row for row in rows if len(row.inputs["left"]) < 3 and len(row.inputs["right"]) < 3]


def _lengths(row):
    return len(row.inputs["left"]), len(row.inputs["right"])


@mistake
def outer(left, right):
    """The outer sizes were compared
    - Say aloud what the left factor expects for its input. Which of its numbers is that?
    - $(2 \\times 3)$ times $(3 \\times 4)$ fits although 2 and 4 have nothing in common: the 3s face each other, they
      are the shared, inner sizes, and they are the ones that vanish.
    - Compare the last number on the left with the number on the right that stands next to it, and keep the outer two
      for the result."""
    if left[0] != right[-1]:
        return None
    return left[1:] + right[:-1]


@symptom(outer)
def fits_where_the_outside_fits(failing, passing):
    pairs = [row for row in _small(failing + passing) if _lengths(row) == (2, 2)]
    return all((row.got is not None) == (row.inputs["left"][0] == row.inputs["right"][1]) for row in pairs)


@mistake
def vec_is_col(left, right):
    """A vector was taken for a column
    - How many axes does an array of shape `(3,)` have? And one of shape `(3, 1)`?
    - A 1-D array is neither row nor column. `(2, 3) @ (3,)` uses up its only axis and leaves `(2,)`; there is no
      second axis on the right from which a 1 could come.
    - Treat a single axis as the matched one and nothing else: when it is dropped, the vector adds no axis to the
      result."""
    left = (*left, 1) if len(left) == 1 else left
    right = (*right, 1) if len(right) == 1 else right
    return matmul_shape(left, right)


@symptom(vec_is_col)
def vectors_leave_an_axis(failing, passing):
    wrong = _small(failing)
    if not wrong or any(_lengths(row) == (2, 2) for row in wrong):
        return False
    pairs = [row for row in _small(failing + passing) if row.want is not None and 1 in _lengths(row)]
    matrix_times_vector = [row for row in pairs if _lengths(row) == (2, 1)]
    vector_times_matrix = [row for row in pairs if _lengths(row) == (1, 2)]
    column = all(row.got == (*row.want, 1) for row in matrix_times_vector)
    line = all(row.got == (1, *row.want) for row in vector_times_matrix)
    upright = all(row.got == vec_is_col(row.inputs["left"], row.inputs["right"]) for row in vector_times_matrix)
    return column or line or upright


@mistake
def dot_is_1(left, right):
    """A number has the empty shape
    - What does `np.float64(2.5).shape` say?
    - Two vectors of length 2 give one number, $1 \\cdot 3 + 2 \\cdot 4 = 11$. Both axes met and are gone. `(1,)`
      would be a list that holds the number, not the number.
    - When both factors have one axis and it matches, nothing is left over: return the tuple with nothing in it."""
    result = matmul_shape(left, right)
    return (1,) if result == () else result


@symptom(dot_is_1)
def a_list_of_one(failing, _passing):
    wrong = _small(failing)
    return bool(wrong) and all(_lengths(row) == (1, 1) and row.got == (1,) for row in wrong)


@mistake
def broadcast(left, right):
    """That is the rule for `*`, not for `@`
    - Which of the two operators compares the shapes place by place?
    - `(2, 3) * (2, 3)` works and `(2, 3) @ (2, 3)` does not; for `(2, 3)` and `(3, 4)` it is the other way round. `@`
      and `*` are different type systems.
    - Do not line the shapes up from the right. Let the last axis of the left face the second-to-last of the right;
      only what stands before these two pairs broadcasts."""
    try:
        return tuple(np.broadcast_shapes(left, right))
    except ValueError:
        return None


@symptom(broadcast)
def fits_where_equal_shapes_meet(failing, passing):
    pairs = _small(failing + passing)
    equal = [row for row in pairs if row.inputs["left"] == row.inputs["right"]]
    return all(row.got == row.inputs["left"] for row in equal) and all(
        row.got in (None, broadcast(row.inputs["left"], row.inputs["right"])) for row in pairs
    )


@mistake
def too_big_to_build(left, right):
    """The arrays were built after all
    - How many bytes would an array of four billion by three billion numbers take?
    - To know that `(2, 3) @ (3, 4)` is `(2, 4)` nobody has to multiply twenty-four numbers. A type checker does not
      run the program either.
    - Decide from the tuples alone: compare, drop, join. Make no array, not even one of zeros."""
    if max(left) > 1_000_000:
        return None
    return matmul_shape(left, right)


@mistake
def longer_batch(left, right):
    """The batch axes of one side were taken as they are
    - What is the shape of `(1, 2, 3) @ (7, 3, 4)`? How often is the left factor used?
    - A loop of 1 beside a loop of 7 runs seven times: the one that has to wait is used again. A loop of 6 beside a loop
      of 7 runs not at all.
    - Broadcast the batch axes of both sides, place by place from the right: a 1 gives way, equal lengths stay, all else
      is None."""
    batches = sorted((left[:-2], right[:-2]), key=len)
    small = matmul_shape(left[-2:], right[-2:])
    return None if small is None else batches[-1] + small


breaks(
    broadcast,
    "This answer applies the rule of `*` to `@`. Find two shapes on which it shows.",
    follow_up="Where both rules agree nothing shows. Which shapes can be multiplied with `@` but not with `*`?",
)
