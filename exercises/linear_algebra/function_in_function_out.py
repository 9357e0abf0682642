"""A function that makes functions
- `f` takes $n$ numbers and gives $m$. What must `g` accept, and what must it give, so that both dot products exist?
- Let $M$ be the matrix of $f$. Then $f(x) \\cdot y$ is $(M x)^T y$, which is $x^T$ times something. With $M$ having the
  rows $(1, 2)$ and $(3, 5)$, $x = (1, 0)$ and $y = (a, b)$: which numbers of $M$ are left?
- Read the matrix off `f`, by its answers on the standard basis. Then define a function inside your function, which
  multiplies what it gets by the transpose, and return it without calling it."""

import numpy as np

from math4ml_lab.exercise import ask, case, check, exercise, fn, inputs, mistake, near, solution, symptom, view

exercise(points=3, needs=["matrix-from-function"], video="LA@473")

ask(
    "`f` takes 5 numbers and gives 3. What is `adjoint_of(f, 5)`?",
    choices=[
        "a function that takes 5 numbers and gives 3",
        "a function that takes 3 numbers and gives 5",
        "an array of shape (5, 3)",
        "a number",
    ],
    right="a function that takes 3 numbers and gives 5",
    follow_up={
        "a function that takes 5 numbers and gives 3": "y is multiplied by f(x), entry by entry. How long is it?",
        "an array of shape (5, 3)": "In the promise stands g(y). What can be called like that?",
        "a number": "A dot product is a number. But on the right one factor of it is g(y): what is g?",
    },
)
ask(
    "The adjoint of a rotation is the rotation back, its inverse. Are adjoint and inverse the same idea?",
    choices=["yes", "no"],
    right="no",
    when="after",
    follow_up={"yes": "Take the function that doubles every number. What is its inverse, and what is its adjoint?"},
)


@solution
def adjoint_of(f, n):
    columns = [f(basis) for basis in np.eye(n)]
    return lambda y: np.array([column @ y for column in columns])


FOUR = [[1, 4, -2, 0], [2, -3, 5, 1], [7, 6, 8, -1], [3, 0, 2, 2]]

inputs(
    case(f=fn("M @ x", ndim=1, M=[[1, 2], [3, 5]]), n=2),
    case(f=fn("M @ x", ndim=1, M=[[1, 2], [3, 4], [5, -1]]), n=2),
    case(f=fn("M @ x", ndim=1, M=[[1, -2, 4], [3, 5, -1]]), n=3),
    case(f=fn("M @ x", ndim=1, M=[[3, -1, 2]]), n=3),
    case(f=fn("np.cumsum(x)[1:]", ndim=1), n=4),
    case(f=fn("M @ x", ndim=1, M=[[3], [-1], [4]]), n=1),
    case(f=fn("M @ x", ndim=1, M=FOUR), n=4),
    case(f=fn("M @ x", ndim=1, M=[[2, -1, 0, 3, 1], [4, 5, -2, 1, 6], [1, 0, 7, -3, 2]]), n=5),
)


def _outputs(f, n):
    return len(f(np.zeros(n)))


def _plain(number):
    number = round(float(number), 6)
    return int(number) if number.is_integer() else number


@view
def written_out(got, f, n):
    """A linear function is known by its answers on the basis: write it as the matrix that does the same."""
    if not callable(got):
        return got
    answers = np.array([np.asarray(got(basis), dtype=float) for basis in np.eye(_outputs(f, n))]).T
    return fn("M @ x", M=np.vectorize(_plain, otypes=[object])(answers).tolist())


def _numbers(count, shift):
    return (np.arange(1.0, count + 1) + shift) ** 2 - 5


@check
def keeps_the_promise(got, f, n):
    """The two dot products agree
    - Take $x = (1, 0, \\dots)$ and $y = (1, 0, \\dots)$. Which number of the matrix is the left side, and which one has
      your `g` returned?
    - If $f(1, 0) = (1, 3)$, then $f(1, 0) \\cdot y = y_1 + 3 y_2$. So the first entry of $g(y)$ is $y_1 + 3 y_2$: the
      dot product of $y$ and the first column.
    - Entry $j$ of $g(y)$ has to be the dot product of $y$ with what `f` says about the $j$-th basis vector."""
    x, y = _numbers(n, 1), _numbers(_outputs(f, n), 2)
    answer = np.asarray(got(y))
    assert answer.shape == x.shape
    near(x @ answer, f(x) @ y)


@check
def twice_is_back(adjoint_of, got, f, n):
    """The adjoint of the adjoint behaves as `f` does
    - Call your function on what it returned. How many numbers does that one take?
    - Transposing twice changes nothing: if $g$ is the adjoint of $f$, then $f$ is the adjoint of $g$.
    - Make sure that `g` is a function like any other: it takes one 1-D array, gives a 1-D array, and can be asked as
      often as one likes."""
    x = _numbers(n, 3)
    back = adjoint_of(got, _outputs(f, n))
    assert callable(back)
    near(np.asarray(back(x)), f(x))


def _matrix_of(f, n):
    return np.array([f(basis) for basis in np.eye(n)]).T


@mistake
def itself(f, _n):
    """That is `f` once more
    - How many numbers does your `g` take, when `f` takes 3 and gives 2?
    - With the rows $(1, 2)$ and $(3, 5)$ for $M$, $x = (1, 0)$ and $y = (0, 1)$: $Mx \\cdot y = 3$, but $x \\cdot My =
      2$. Only where $M$ is its own mirror image both sides agree.
    - Multiply by the transpose: columns where you had rows. Then 2 numbers go in and 3 come out."""
    return f


@mistake
def all_at_once(f, n):
    """`f` was given the whole basis at once
    - What did you give to `f`, and what does it say that it takes?
    - Its promise is about one vector: $f(1, 0)$ is one column of the matrix, $f(0, 1)$ is the next. About a table with
      both vectors in it nothing was promised.
    - Ask `f` about one vector of the standard basis after the other, and keep the answers. In your function of `y` only
      products with these answers are left to do."""
    M = f(np.eye(n))
    return lambda y: M.T @ y


@mistake
def inverse(f, n):
    """Undoing is a different promise
    - What do you get from your `g` for `f(x)`? Has anybody asked for that?
    - The function $f(x) = 10 x$ is undone by $x / 10$. But $(10 x) \\cdot y = x \\cdot (10 y)$: its adjoint makes
      things ten times as large as well.
    - Nothing has to be solved or inverted. Turn the matrix over: its rows become the columns."""
    undo = np.linalg.pinv(_matrix_of(f, n))
    return lambda y: undo @ y


@mistake
def number(f, n):
    """That is an array, not a function
    - What does Python say when you write a pair of brackets with a vector behind your result?
    - $g(y)$ can only be worked out when $y$ is there, and that is later, when somebody calls `g`. What is returned now
      is the recipe.
    - Put the product into a function of $y$, inside of yours, and return that function."""
    return _matrix_of(f, n).T


@mistake
def one_number(f, n):
    """All the entries were added up
    - How many numbers does your `g` give, and how many has $x$?
    - $f(x) \\cdot y$ is one number, but it depends on $x$. For $x = (1, 0)$ and $x = (0, 1)$ it is another one each
      time: these two are the entries of $g(y)$.
    - Take one dot product for each vector of the standard basis, instead of one for all of them together."""
    everything = f(np.ones(n))
    return lambda y: float(np.dot(everything, y))


@mistake
def asks_for_x(f, _n):
    """`g` gets `y` alone
    - How many arguments does your `g` take? How many does it get in $x \\cdot g(y)$?
    - Like $f(x)$, which knows nothing of $y$, $g(y)$ knows nothing of $x$. The two meet only in the dot product.
    - Let `g` take one vector. In its place for $x$ use what you know of `f`: its answers on the basis."""
    return lambda x, y: np.dot(f(x), y)


def _shown(row):
    """Return the matrix that the answer acts as, None where it is no such function."""
    given = getattr(row.got, "given", None)
    return None if given is None else np.array(given["M"], dtype=float)


def _is(got, want):
    return got is not None and got.shape == want.shape and np.allclose(got, want, atol=1e-5)


def _squares(rows):
    """Keep the rows where as many numbers come out as go in, with what is right: there all the slips run."""
    found = [(row, np.array(row.want.given["M"], dtype=float)) for row in rows]
    return [(row, want) for row, want in found if want.shape[0] == want.shape[1]]


@symptom(itself)
def the_same_matrix(failing, passing):
    return all(_is(_shown(row), want.T) for row, want in _squares(failing + passing))


@symptom(inverse)
def the_inverse_matrix(failing, passing):
    return all(_is(_shown(row), np.linalg.inv(want.T)) for row, want in _squares(failing + passing))


@symptom(number)
def nothing_to_call(failing, passing):
    rows = failing + passing
    plain = all(isinstance(row.got, (np.ndarray, np.number, float, int, list)) for row in rows)
    return plain or all(row.got == "TypeError" and "is not callable" in row.error for row in rows)


@symptom(one_number)
def a_number_for_each(failing, passing):
    answers = [_shown(row) for row in failing + passing]
    return all(answer is not None and answer.ndim == 1 for answer in answers)


@symptom(asks_for_x)
def one_argument_too_many(failing, _passing):
    return bool(failing) and all(row.got == "TypeError" and "missing" in row.error for row in failing)
