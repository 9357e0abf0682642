"""Run two matrices at once
- A matrix has two axes. Which of them counts the outputs, and which the inputs?
- One worker is $2 \\times 3$, the other one $4 \\times 3$: both read the same 3 numbers. Together they write $2 + 4$
  numbers, so what shape has the machine that holds both? And what shape has it when a $2 \\times 3$ and a $2 \\times
  4$ worker read different numbers and add what they write?
- For one input and joined outputs put the matrices one below the other; for joined inputs and added outputs put them
  side by side. Both work for any number of matrices."""

import numpy as np

from math4ml_lab.exercise import ask, case, check, exercise, inputs, mistake, near, solution, symptom

exercise(points=2, needs=["refactor-pipeline", "batch-is-a-loop"], video="LAx2")

ask(
    "`A` is 2 by 3, `B` is 2 by 1, `C` is 5 by 3, and `D` is 5 by 1. What is the shape of "
    "`fan_out(fan_in(A, B), fan_in(C, D))`?",
    shape=(7, 4),
    follow_up="Take it from the inside: how many numbers does `fan_in(A, B)` read, and how many does it write?",
)
ask(
    "The shapes fit. Is `fan_in(A, B) @ fan_out(C, D)` the same as `A @ C + B @ D`?",
    choices=["yes, always", "only if all four are square", "no"],
    right="yes, always",
    when="after",
    follow_up={
        "only if all four are square": "Try it with A of shape (2, 3), C of shape (3, 4), B and D with a 1 in "
        "place of the 3.",
        "no": "First C and D both read the input. Who reads what C has written, who reads what D has written, and "
        "what happens to their outputs?",
    },
)


@solution
def fan_out(*Ms):
    return np.concatenate(Ms, axis=0)


@solution
def fan_in(*Ns):
    return np.concatenate(Ns, axis=1)


ONE = np.array([[1.0, 2, -1]])
OTHER = np.array([[3.0, 0, 4]])
TWO = np.array([[1.0, 2, 3], [0, 1, -1]])
FOUR = np.array([[2.0, -1, 5], [4, 3, 1], [-2, 6, 1], [7, 1, -3]])

inputs(
    case(Ms=[ONE, OTHER], Ns=[np.array([[1.0], [2]]), np.array([[3.0], [-1]])]),
    case(Ms=[TWO, ONE], Ns=[TWO, np.array([[5.0], [-2]])]),
    case(Ms=[TWO, np.array([[4.0, 1, 2], [3, -5, 6]])], Ns=[TWO, np.array([[4.0, 1, 2], [3, -5, 6]])]),
    case(Ms=[TWO], Ns=[FOUR]),
    case(
        Ms=[np.array([[1.0, 3], [2, -1], [5, 4]]), np.array([[2.0, 7]]), np.array([[-3.0, 1], [4, 6]])],
        Ns=[np.array([[1.0], [4]]), np.array([[2.0, -1, 3], [5, 6, 1]]), np.array([[7.0, 2], [-4, 3]])],
    ),
    case(Ms=[TWO, FOUR], Ns=[np.array([[1.0, 2], [3, -1], [4, 5]]), FOUR[:3], np.array([[6.0], [1], [-7]])]),
    case(Ms=[TWO, 2 * TWO[::-1], TWO - 4], Ns=[TWO, 2 * TWO[::-1], TWO - 4]),
)


def _vector(n):
    return np.arange(1.0, n + 1) ** 2 + 1


@check(of=fan_out)
def everybody_answers(got, Ms):
    """fan_out: one vector goes in, all the answers come out, one after the other
    - Multiply your machine and each of the matrices by the same vector. Which answer is missing, or stands elsewhere?
    - $(1, 2)$ and $(3, 4)$, a row each, both read $v = (1, 1)$. They answer 3 and 7, so the machine has to answer
      $(3, 7)$.
    - Each row of a matrix is one output. Let the rows of the first stand above the rows of the next."""
    v = _vector(Ms[0].shape[1])
    near(got @ v, np.concatenate([M @ v for M in Ms]))


@check(of=fan_in)
def everybody_reads_his_part(got, Ns):
    """fan_in: each matrix reads its own part, and the answers are added
    - Cut a vector into the parts for the single matrices. What does each answer, and what is the sum?
    - The columns $(1, 2)$ and $(3, 4)$ are two matrices that read one number each. On the joined input $(10, 1)$ they
      give $(10, 20)$ and $(3, 4)$, so the machine has to give $(13, 24)$.
    - Each column of a matrix belongs to one input. Let the columns of the first stand before those of the next."""
    ends = np.cumsum([N.shape[1] for N in Ns])
    v = _vector(ends[-1])
    near(got @ v, sum(Ns[number] @ part for number, part in enumerate(np.split(v, ends[:-1]))))


@mistake(of=fan_out)
def swapped(*Ms):
    """fan_out has joined the inputs
    - How many numbers does your `fan_out` read, and how many does each of its matrices read?
    - Side by side, $1 \\times 3$ and $1 \\times 3$ make $1 \\times 6$: a machine that reads 6 numbers and answers with
      one sum. To read 3 and answer twice it has to be $2 \\times 3$.
    - Put the matrices one below the other. Where you have put them side by side, you have built the other machine."""
    return np.concatenate(Ms, axis=1)


@mistake(of=fan_out)
def summed(*Ms):
    """One worker with the sum of all jobs
    - How many numbers come out of your `fan_out`, and how many should?
    - Two workers answer 3 and 7. Whoever adds their matrices hires one worker that answers 10, or 5 if it takes the
      average: the single answers are gone.
    - Keep every row of every matrix. Nothing is computed here; the rows only move together."""
    return sum(Ms)


@mistake(of=fan_out)
def stacked3d(*Ms):
    """A stack has a third axis
    - How many axes has the result of your `fan_out`?
    - Two $2 \\times 3$ matrices on top of each other like sheets of paper are $2 \\times 2 \\times 3$, which only works
      for equal sheets. One machine is one sheet: $4 \\times 3$.
    - Lengthen an axis that is there, instead of adding a new one: join along the rows."""
    return np.stack(Ms)


@mistake(of=fan_out)
def flat(*Ms):
    """The rows have run together
    - How many axes has the result of your `fan_out`? How long is it?
    - $1 \\times 3$ and $1 \\times 3$ became 6 numbers in a line: nobody can tell any more where a row ends. A machine
      that reads 3 numbers and answers twice is $2 \\times 3$.
    - Say along which axis to join. Without an axis some functions flatten everything first."""
    return np.concatenate(Ms, axis=None)


@mistake(of=fan_out)
def own_input(*Ms):
    """Everybody got an input of his own
    - How many columns has your `fan_out`? Where do its zeros come from?
    - Two $1 \\times 3$ matrices on a diagonal make $2 \\times 6$: the first reads numbers 1 to 3, the second numbers 4
      to 6. Here both read the same 3 numbers, and no zero is needed.
    - Let all the matrices begin at the first column, each below the one before."""
    return _diagonal(Ms)


@mistake(of=fan_out)
def only_two(*Ms):
    """More than two may come, or a single one
    - What does your `fan_out` do with three matrices, and with one?
    - The star collects what comes, however many: three matrices of 3, 1 and 2 rows give 6 rows, and a single one stays
      what it is.
    - Hand all that came to one join, instead of picking the first and the second."""
    return np.concatenate([Ms[0], Ms[1]])


@mistake(of=fan_in)
def swapped_in(*Ns):
    """fan_in has joined the outputs
    - How many numbers does your `fan_in` read, and how many do its matrices read together?
    - One below the other, $2 \\times 1$ and $2 \\times 1$ make $4 \\times 1$: a machine that reads one number and gives
      four. To read two numbers and add the answers it has to be $2 \\times 2$.
    - Put the matrices side by side. Where you have put them one below the other, you have built the other machine."""
    return np.concatenate(Ns, axis=0)


@mistake(of=fan_in)
def summed_in(*Ns):
    """The matrices were added, not the outputs
    - How many numbers does your `fan_in` read, and how many do its matrices read together?
    - $Cu + Dw$ is $(C + D)u$ only where $u$ and $w$ are the same. The two inputs are different here, and come one after
      the other in one long vector.
    - Do not add anything yourself: side by side, each matrix meets its own part of the vector, and the product adds."""
    return sum(Ns)


@mistake(of=fan_in)
def stacked3d_in(*Ns):
    """A stack has a third axis
    - How many axes has the result of your `fan_in`?
    - Two $2 \\times 3$ matrices on top of each other like sheets of paper are $2 \\times 2 \\times 3$, which only works
      for equal sheets. One machine is one sheet: $2 \\times 6$.
    - Lengthen an axis that is there, instead of adding a new one: join along the columns."""
    return np.stack(Ns)


@mistake(of=fan_in)
def own_output(*Ns):
    """The answers stand one below the other
    - How many rows has your `fan_in`? How many numbers should come out?
    - Two $2 \\times 1$ matrices on a diagonal make $4 \\times 2$: each reads its own number, and each writes to places
      of its own. Here both write to the same 2 places, where the answers add up, and no zero is needed.
    - Let all the matrices begin at the first row, each beside the one before."""
    return _diagonal(Ns)


def _diagonal(blocks):
    whole = np.zeros((sum(len(block) for block in blocks), sum(block.shape[1] for block in blocks)))
    row = column = 0
    for block in blocks:
        whole[row : row + len(block), column : column + block.shape[1]] = block
        row, column = row + len(block), column + block.shape[1]
    return whole


def _matrices(row, name):
    return row.inputs[name]


def _several(rows, name):
    return [row for row in rows if len(_matrices(row, name)) > 1]


def _equal(rows, name):
    """Keep the rows where several matrices have one shape: there all the slips run."""
    return [row for row in _several(rows, name) if len({M.shape for M in _matrices(row, name)}) == 1]


def _is(got, want):
    return isinstance(got, np.ndarray) and got.shape == want.shape and np.allclose(got, want)


def _all_are(rows, name, *ways):
    """Tell whether one of the ways gives what the answer gave, wherever the shapes are equal."""
    found = _equal(rows, name)
    return bool(found) and any(all(_is(row.got, way(_matrices(row, name))) for row in found) for way in ways)


def _average(blocks):
    return sum(blocks) / len(blocks)


def _axes(rows, count):
    return bool(rows) and all(isinstance(row.got, np.ndarray) and row.got.ndim == count for row in rows)


def _on_the_diagonal(rows, name):
    """Tell whether nobody shares anything, in the order that came or in the other one."""
    rows = _several(rows, name)
    return all(_is(row.got, _diagonal(_matrices(row, name))) for row in rows)


@symptom(swapped)
def out_side_by_side(failing, passing):
    return _all_are(failing + passing, "Ms", np.hstack)


@symptom(summed)
def out_added(failing, passing):
    return _all_are(failing + passing, "Ms", sum, _average)


@symptom(stacked3d)
def out_like_sheets(failing, passing):
    return _axes(_equal(failing + passing, "Ms"), 3)


@symptom(flat)
def out_in_a_line(failing, passing):
    return _axes(_equal(failing + passing, "Ms"), 1)


@symptom(own_input)
def out_on_the_diagonal(failing, passing):
    return _on_the_diagonal(failing + passing, "Ms")


@symptom(only_two)
def out_for_pairs_only(failing, _passing):
    return bool(failing) and all(len(row.inputs["Ms"]) != 2 for row in failing)


@symptom(swapped_in)
def in_one_below_the_other(failing, passing):
    return _all_are(failing + passing, "Ns", np.vstack)


@symptom(summed_in)
def in_added(failing, passing):
    return _all_are(failing + passing, "Ns", sum, _average)


@symptom(stacked3d_in)
def in_like_sheets(failing, passing):
    return _axes(_equal(failing + passing, "Ns"), 3)


@symptom(own_output)
def in_on_the_diagonal(failing, passing):
    return _on_the_diagonal(failing + passing, "Ns")
