"""The spreadsheet times the parameter list
- Which feature, the same for every row, would make the intercept an ordinary weight?
- Draw the table for two rows and one feature: $(1, x_1)$ above $(1, x_2)$. Multiply each row by $(\\theta_0,
  \\theta_1)$ and add up.
- Put a column of ones in front of the table, then take one product of matrix and vector. Or multiply the table by all
  parameters but the first, and add the first."""

import numpy as np

from math4ml_lab.exercise import ask, case, check, exercise, inputs, mistake, near, solution, symptom, view

exercise(points=2, needs=["batch-is-a-loop"], video="MLG8")

ask(
    "Instead of adding `theta[0]` at the end, you put a column of ones in front of the table. What does that change?",
    choices=["the number of parameters", "the predictions", "both", "neither"],
    right="neither",
    follow_up={
        "the number of parameters": "How many entries has theta, and how many columns has the table with its ones?",
        "the predictions": "In a row that begins with a one, what does the product with theta begin with?",
        "both": "Multiply a row that begins with a one by theta, by hand. Which term was not there before?",
    },
)


@solution
def predict(X, theta):
    return X @ theta[1:] + theta[0]


inputs(
    case(X=np.array([[2.0], [3.0]]), theta=np.array([10.0, 4.0])),
    case(X=np.array([[1.0, 2], [3, 4], [0, 0]]), theta=np.array([1.0, 10, 100])),
    case(X=np.array([[1.0, -2, 3], [2, 0, 1], [0, 0, 0], [4, 1, -1], [2, 5, 7]]), theta=np.array([5.0, 2, -1, 3])),
    case(X=np.array([[2.0, -1, 3]]), theta=np.array([7.0, 1, 4, 2])),
    case(X=np.zeros((3, 0)), theta=np.array([6.0])),
    case(X=np.array([[1.0, 2], [3, -4]]), theta=np.array([5.0, 2, -1])),
    case(X=np.array([[2.0, 1, -3], [1, 4, 2], [-1, 2, 5], [3, 3, 1]]), theta=np.array([2.0, -1, 3, 4])),
    case(X=np.array([[1.0, 3, 2], [2, -1, 4], [5, 1, 1]]), theta=np.array([3.0, 2, -2, 1])),
)


@view
def as_array(got):
    """A list of numbers is as good as an array of them."""
    numbers = isinstance(got, list) and all(isinstance(item, (int, float, np.number)) for item in got)
    return np.asarray(got) if numbers else got


@check
def nothing_known(got, X, theta):
    """Without any features the intercept remains
    - What should be predicted for a row of zeros?
    - $\\theta_0 + 0 \\cdot \\theta_1 = \\theta_0$: the intercept is what is said about an example of which nothing is
      known.
    - Make sure that the first parameter is added once to each row, whatever the features are."""
    nothing = ~np.any(X, axis=1)
    near(np.asarray(got)[nothing], np.full(nothing.sum(), theta[0]))


def _table(X):
    return np.column_stack([np.ones(len(X)), X])


def _close(got, want):
    return isinstance(got, np.ndarray) and got.shape == want.shape and np.allclose(got, want)


def _as_if(rows, wrong):
    """Tell whether the answer is that of a wrong function on all these rows, of which there is one at least."""
    return bool(rows) and all(_close(row.got, wrong(row.inputs["X"], row.inputs["theta"])) for row in rows)


@mistake
def bias_last(X, theta):
    """The intercept comes first here
    - Which entry of `theta` did you add to every row?
    - With one feature, $x = 2$ and $\\theta = (10, 4)$, the prediction is $10 + 4 \\cdot 2 = 18$, not $4 + 10 \\cdot
      2 = 24$.
    - Let the column of ones stand before the features, or take the first entry of the parameters as the intercept."""
    return X @ theta[:-1] + theta[-1]


@mistake
def no_bias(X, theta):
    """The intercept is missing
    - What does your function predict for a row of zeros?
    - With $\\theta = (10, 4)$ and $x = 0$ the prediction is 10. Without the intercept every line goes through the
      origin.
    - Add the first parameter to each prediction, and let the others meet the features."""
    return X @ theta[1:]


@symptom(no_bias)
def no_constant_anywhere(failing, passing):
    featured = [row for row in failing + passing if row.inputs["X"].shape[1]]
    return _as_if(featured, no_bias) or _as_if(featured, lambda X, theta: X @ theta[:-1])


@mistake
def no_sum(X, theta):
    """A prediction is one number per row
    - How many numbers does your result hold per example?
    - For a row $(1, 2)$ and $\\theta = (10, 4)$ the products are 10 and 8. The prediction is their sum, 18.
    - Add up along each row. A product of matrix and vector multiplies and adds in one step."""
    return _table(X) * theta


@symptom(no_sum)
def one_number_per_feature(failing, passing):
    featured = [row for row in failing + passing if row.inputs["X"].shape[1]]
    return (
        _as_if(featured, no_sum)
        or _as_if(featured, lambda X, theta: X * theta[1:] + theta[0])
        or _as_if(featured, lambda X, theta: X * theta[1:])
    )


@mistake
def theta_first(X, theta):
    """The parameters stand on the wrong side
    - Which axis of the table does the product use up, when the parameters stand on the left?
    - With four examples of three features, $4 \\times 3$, and parameters on the left, it is the 4 that has to match:
      sums over people instead of over features.
    - Put the table on the left and the parameters on the right."""
    return theta @ X


@symptom(theta_first)
def sums_over_examples(failing, passing):
    rows = [row for row in failing + passing if row.inputs["X"].shape[1] and len(row.inputs["X"]) > 1]
    tall = [row for row in rows if len(row.inputs["X"]) == len(row.inputs["theta"])]
    square = [row for row in rows if len(row.inputs["X"]) == row.inputs["X"].shape[1]]
    return (
        _as_if(tall, theta_first)
        or _as_if(tall, lambda X, theta: theta @ _table(X))
        or _as_if(square, lambda X, theta: theta[1:] @ X + theta[0])
    )


@mistake
def all_of_theta(X, theta):
    """There is one parameter more than there are features
    - Print how many columns the table has, and how many entries `theta`. What is the one that is left over for?
    - A row $(1, 2)$ and $\\theta = (5, 10, 100)$: the 10 belongs to the 1, the 100 to the 2, and the 5 belongs to
      no feature. Two numbers cannot be paired with three.
    - Give the first parameter a column of its own, of ones, in front of the others. Or leave it out of the product, and
      add it to every row afterwards."""
    return X @ theta


@symptom(all_of_theta)
def one_too_many_for_each_row(failing, passing):
    # With one feature some products stretch it, and with none there is nothing to add up.
    rows = [row for row in failing + passing if row.inputs["X"].shape[1] > 1]
    return all(row.clash == (row.inputs["X"].shape[1], len(row.inputs["theta"])) for row in rows)


@mistake
def flat_ones(X, theta):
    """A list of ones is not yet a column
    - How many axes has what you put in front of the table, and how many has the table?
    - Three ones with the shape `(3,)` are a list. A table of three rows can be put beside a table of three rows and one
      column, `(3, 1)`; the list does not say whether it lies or stands.
    - Let the ones have two axes, as many rows as the table and one column, before you put them in front."""
    return np.hstack([np.ones(len(X)), X]) @ theta


@mistake
def column(X, theta):
    """A column is not a list of numbers
    - How many axes has your result, and how many has `(N,)`?
    - For three examples the shape `(3,)` is three numbers. `(3, 1)` is a table of three rows with one cell each, and
      a later difference with an array of shape `(3,)` would spread to nine numbers.
    - Multiply by the parameters as the 1-D array that they are, or drop the second axis at the end."""
    return (_table(X) @ theta)[:, None]


@symptom(column)
def one_cell_per_row(failing, _passing):
    return bool(failing) and all(_close(row.got, row.want[:, None]) for row in failing)
