"""One product instead of a `for`
- Does the table hold its examples in rows or in columns?
- For a single row $x$ of the table, $F x$ and $x F^T$ are the same numbers. With two rows one under the other, which
  of the two forms still makes sense?
- Leave the data as they are and transpose $F$: the examples stay on the left, one per row."""

import numpy as np

from math4ml_lab.exercise import ask, case, exercise, inputs, mistake, solution, symptom

exercise(points=2, needs=["shapes-are-types", "refactor-pipeline"], video="LA@473")

ask(
    "`F` and `X` are both 3 by 3, so `X @ F` runs. Is its row `i` what `F` makes of `X[i]`?",
    choices=["yes", "not in general"],
    right="not in general",
    follow_up={
        "yes": "Let x be (1, 0), and let F have the rows (1, 2) and (3, 4). What is F @ x, and what is x @ F?",
    },
)
ask(
    "`X` has shape `(0, 3)`, an empty batch, and `F` has shape `(2, 3)`. What shape should come out?",
    shape=(0, 2),
    follow_up="Two examples give (2, 2), a single one gives (1, 2). How does it go on?",
)


@solution
def apply_rows(F, X):
    return X @ F.T


THREE = np.array([[1.0, 2, -1], [3, 1, 2], [-2, 4, 5]])
FOUR = np.array([[1.0, 2, 0.5, -1], [3, -2, 1, 4], [2, 5, -3, 1], [-1, 1, 2, 6]])

inputs(
    case(F=np.array([[1.0, 2, 3], [0, 1, -1]]), X=np.array([[1.0, 1, 2]])),
    case(
        F=np.array([[1.0, 2, 3], [0, 1, -1]]), X=np.array([[1.0, 0, 0], [0, 1, 0], [1, 1, 1], [2, -1, 4], [3, 5, -2]])
    ),
    case(F=np.array([[1.0, 2], [3, 4], [5, 6], [-1, 7]]), X=np.array([[2.0, 3]])),
    case(F=THREE, X=np.array([[1.0, 0, 2], [2, 3, -1], [4, -2, 1]])),
    case(F=np.array([[1.0, 2, 3], [0, 1, -1]]), X=np.zeros((0, 3))),
    case(F=FOUR, X=np.array([[2.0, 1, 3, -1], [1, 4, -2, 5], [-3, 2, 1, 1], [6, -1, 2, 3]])),
)


def _squares(rows):
    """Keep the rows where nothing but the numbers can tell the slips apart: examples, inputs, outputs are as many."""
    return [row for row in rows if row.want.shape == row.inputs["X"].shape == row.inputs["F"].shape]


def _everywhere(rows, wrong):
    return all(
        isinstance(row.got, np.ndarray)
        and row.got.shape == row.want.shape
        and np.allclose(row.got, wrong(row.inputs["F"], row.inputs["X"]))
        for row in rows
    )


@mistake
def FX(F, X):
    """Which axis of X is the feature axis?
    - The last axis of $F$ counts inputs. Which axis of $X$ counts them too?
    - $F$ is $2 \\times 3$ and $X$ holds five examples of three features, $5 \\times 3$. In $FX$ the 3 meets the 5:
      features are compared with examples. Where it happens to run, the numbers belong to nobody.
    - Bring the two feature axes together: the examples stand on the left, and of the two arrays $F$ is the one to
      turn."""
    return F @ X


@symptom(FX)
def function_times_table(failing, passing):
    return _everywhere(_squares(failing + passing), lambda F, X: F @ X)


@mistake
def XF_when_square(F, X):
    """You applied the transpose
    - Compute the first row of the result by hand, for a $2 \\times 2$ case. Do you multiply by the rows of $F$ or by
      its columns?
    - $xF$ takes sums along the columns of $F$, and $Fx$ along its rows. When $F$ is square both run, and nobody warns
      you: the silent one is $F^T$.
    - Keep the examples on the left, and transpose $F$ before you multiply."""
    return X @ F


@symptom(XF_when_square)
def table_times_function(failing, passing):
    return _everywhere(_squares(failing + passing), lambda F, X: X @ F)


@mistake
def cols_when_square(F, X):
    """The columns were taken for examples
    - Which numbers of the table belong to the first example?
    - With the rows $(1, 2)$ and $(3, 4)$ the first example is $(1, 2)$. Whoever reads columns feeds $(1, 3)$ to the
      function, the first feature of everybody.
    - Let the function act on the rows: the table is not transposed, the function is."""
    return (F @ X).T


@symptom(cols_when_square)
def columns_as_examples(failing, passing):
    return _everywhere(_squares(failing + passing), lambda F, X: X.T @ F.T)


@mistake
def transposed(F, X):
    """Right numbers, examples in columns
    - How many rows did the table have that came in, and how many has yours?
    - $F X^T$ holds the answer for example 1 in its first column. The next stage expects it in the first row.
    - Transpose the result. Or, without a detour, put $X$ first and transpose only $F$."""
    return F @ X.T


@symptom(transposed)
def answers_in_columns(failing, passing):
    return all(
        isinstance(row.got, np.ndarray) and row.got.shape == row.want.T.shape and np.allclose(row.got, row.want.T)
        for row in failing + passing
        if len(row.inputs["X"])
    )


@mistake
def no_rows_no_shape(F, X):
    """An empty batch has a shape too
    - When no example comes in, how many rows go out, and how many columns?
    - Three examples give $3 \\times 2$, one gives $1 \\times 2$, so none gives $0 \\times 2$. A loop that collects
      results never learns that there are 2 columns.
    - Write it as a single product: it knows the shape of the result even where there is nothing to compute."""
    return np.array([F @ x for x in X])


@symptom(no_rows_no_shape)
def only_the_empty_batch_fails(failing, _passing):
    return bool(failing) and all(len(row.inputs["X"]) == 0 for row in failing)
