"""Four functions, one function
- In $h(g(f(x)))$, who touches $x$ first?
- Let $W$ turn 3 numbers into 2, and then $X$ turn 2 numbers into 4. Which of $WX$ and $XW$ has the right type, 3
  numbers in and 4 out?
- Start with the first stage. Go through the others in order, and let each new stage multiply from the left what you
  have so far."""

import numpy as np

from math4ml_lab.exercise import ask, case, check, exercise, explain, inputs, mistake, near, solution, symptom

exercise(points=2, needs=["shapes-are-types"], video="LA@1354")

ask(
    "`A` and `B` are both 2 by 2, so `A @ B` and `B @ A` both run. Do they give the same result?",
    choices=["always", "sometimes", "never"],
    right="sometimes",
    when="after",
    follow_up={
        "always": "Shear and stretch, the two in the notebook: where does each order send the vector (0, 1)?",
        "never": "And if one of the two is the identity, which leaves everything as it is?",
    },
)
explain(
    "Two stages have the shapes `(2, 3)` and `(4, 2)`. Why would the shapes alone have caught the wrong order?",
    model="In the right order 3 numbers become 2, and these 2 become 4. In the other one 4 would meet a stage for 3.",
)


@solution
def collapse(*stages):
    whole = stages[0]
    for stage in stages[1:]:
        whole = stage @ whole
    return whole


A = np.array([[1.0, 1.0], [0.0, 1.0]])
B = np.array([[2.0, 0.0], [1.0, 3.0]])
C = np.array([[1.0, -2.0], [4.0, 1.0]])
THREE_TO_TWO = np.array([[1.0, 2.0, -1.0], [0.0, 3.0, 1.0]])
TWO_TO_FOUR = np.array([[2.0, 1.0], [1.0, -1.0], [3.0, 2.0], [-2.0, 5.0]])
FOUR_TO_FIVE = np.array([[1.0, 2, 3, 4], [2, -1, 1, 3], [-3, 1, 2, -2], [4, 3, -1, 1], [1, -2, 5, 2]])
FIVE_TO_TWO = np.array([[1.0, -1, 2, 3, 1], [2, 4, -3, 1, -1]])
TWO_TO_THREE = np.array([[1.0, 2.0], [-1.0, 3.0], [2.0, 5.0]])
BIG = np.array([[1.0, 2, -1], [3, 1, 2], [-2, 4, 1]])
BIGGER = np.array([[2.0, -1, 3], [1, 4, -2], [5, 1, 1]])
BIGGEST = np.array([[1.0, 3, 2], [-1, 2, 4], [2, -3, 1]])

inputs(
    case(stages=[A, B]),
    case(stages=[THREE_TO_TWO, TWO_TO_FOUR]),
    case(stages=[THREE_TO_TWO]),
    case(stages=[THREE_TO_TWO, TWO_TO_FOUR, FOUR_TO_FIVE]),
    case(stages=[A, B, C]),
    case(stages=[TWO_TO_FOUR, FOUR_TO_FIVE, FIVE_TO_TWO]),
    case(stages=[THREE_TO_TWO, TWO_TO_THREE]),
    case(stages=[BIG, BIGGER]),
    case(stages=[BIGGEST, BIG, BIGGER]),
    case(stages=[THREE_TO_TWO, TWO_TO_FOUR, FOUR_TO_FIVE, FIVE_TO_TWO]),
    case(stages=[A, C, B, C]),
)


@check
def does_all_of_it(got, stages):
    """One product does what the stages do in turn
    - Send one vector through the stages by hand. Where does your matrix send it?
    - $X(Wv) = (XW)v$: the matrix nearest to the vector acts first, so the first stage stands furthest to the right.
    - Multiply so that the first stage ends up at the right end of the product, and the last one at the left end."""
    v = np.arange(1.0, stages[0].shape[1] + 1)
    want = v
    for stage in stages:
        want = stage @ want
    near(np.asarray(got) @ v, want)


@mistake
def reading_order(*stages):
    """The product applies the last stage first
    - If $v$ is multiplied by your product, which stage meets it first?
    - In $WXv$ the vector meets $X$ first, although $W$ is written first: the function nearest to the vector runs
      first, as in $w(x(v))$.
    - Multiply in the opposite order, each new stage from the left."""
    whole = stages[0]
    for stage in stages[1:]:
        whole = whole @ stage
    return whole


@symptom(reading_order)
def reads_from_left_to_right(failing, passing):
    return _all_equal(failing + passing, _is_square, reading_order)


@mistake
def elementwise(*stages):
    """`*` multiplies entry by entry
    - What do `*` and `@` give for the same two $2 \\times 2$ matrices?
    - With the rows $(1, 1)$ and $(0, 1)$ twice, `*` gives them back unchanged. As a function, adding the second
      number to the first and doing it again adds it twice.
    - Composing functions is the matrix product: use the operator for that, in the right order."""
    whole = stages[0]
    for stage in stages[1:]:
        whole = stage * whole
    return whole


@symptom(elementwise)
def multiplies_entries(failing, passing):
    return _all_equal(failing + passing, _is_square, elementwise)


@mistake
def first_two(*stages):
    """Only two of the stages are used
    - How many stages can there be? How many does your answer look at?
    - With three stages $W$, $X$, $Y$ the whole is $Y(XW)$: the product of the first two is one function again, and
      the third is applied to what it returns.
    - Go on until the last stage: a loop, or a fold, over all that follow the first."""
    return stages[1] @ stages[0] if len(stages) > 1 else stages[0]


@symptom(first_two)
def stops_after_two(failing, _passing):
    def is_long(row):
        return len(row.inputs["stages"]) > 2

    if any(len(row.inputs["stages"]) == 2 for row in failing):
        return False
    two_parameters = len(failing) > 1 and all(isinstance(row.got, str) and row.got == "TypeError" for row in failing)
    return two_parameters or _all_equal(failing, is_long, lambda *stages: stages[1] @ stages[0])


def _is_square(row):
    stages = row.inputs["stages"]
    return len(stages) > 1 and all(stage.shape == stages[0].shape and len(stage) == stage.shape[1] for stage in stages)


def _all_equal(rows, concerns, wrong):
    """Tell whether on all rows of one sort the answer is that of a wrong function; there it runs on any machine."""
    found = [row for row in rows if concerns(row)]
    return bool(found) and all(_close(row.got, wrong(*row.inputs["stages"])) for row in found)


def _close(got, want):
    return isinstance(got, np.ndarray) and got.shape == want.shape and np.allclose(got, want)
