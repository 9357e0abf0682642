"""Walk up to the hole
- From how many directions can you walk up to the point `a`?
- Tabulate $|x|/x$ at $0.1$, $0.01$, $0.001$, and beside it at $-0.1$, $-0.01$, $-0.001$. Each column settles, one on 1
  and one on $-1$. So is there one number that the function is heading for?
- Shrink a step $h$ from 0.1 down to 0.00001 and keep the values at $a + h$ and at $a - h$. Both columns must settle,
  and on the same number: that is the limit. If one of the two things fails, the answer is None."""

from math4ml_lab.exercise import ask, breaks, case, check, exercise, fn, inputs, mistake, solution, symptom, view

exercise(points=2, video="CA@228")

ask(
    "The limit of `(1 - np.cos(x)) / x**2` at 0 is 0.5. What does Python say it is at `x = 1e-9`?",
    number=0,
    follow_up="How far is cos(1e-9) from 1, and how many digits does a float have to say so?",
)
ask(
    "To find a limit with a computer, is a smaller h always better?",
    choices=["always", "only down to a point"],
    right="only down to a point",
    follow_up={"always": "What is (1 + 1e-17) - 1 in Python? And what becomes of a fraction that has it on top?"},
)


@solution
def limit_at(f, a):
    left = [f(a - 10.0**-k) for k in range(1, 6)]
    right = [f(a + 10.0**-k) for k in range(1, 6)]
    for here, before, there in ((left[-1], left[-2], right[-1]), (right[-1], right[-2], left[-1])):
        if not (abs(here - before) < 1e-3 and abs(here - there) < 1e-3):
            return None
    return (left[-1] + right[-1]) / 2


DISPLACED = "x + 1 + 4 * (x == 2)"
JUMPS = {"abs(x) / x": 0.0, "x + 2 * (x > 1)": 1.0}
WILD = {"1 / x**2": 0.0, "np.cos(1 / x)": 0.0, "np.log(abs(x))": 0.0}
CANCELLING = {"(1 - np.cos(x)) / x**2": 0.5, "(np.cos(2 * x) - 1) / x**2": -2.0}

inputs(
    case(f=fn("(x**2 - 4) / (x - 2)"), a=2.0, limit=4.0),
    case(f=fn("np.sin(x) / x"), a=0.0, limit=1.0),
    case(f=fn("abs(x) / x"), a=0.0, limit=None),
    case(f=fn("1 / x"), a=0.0, limit=None),
    case(f=fn("x * np.sin(1 / x)"), a=0.0, limit=0.0),
    *[case(f=fn(text), a=0.0, limit=limit) for text, limit in CANCELLING.items()],
    case(f=fn(DISPLACED), a=2.0, limit=3.0),
    case(f=fn("x + 2 * (x > 1)"), a=1.0, limit=None),
    *[case(f=fn(text), a=a, limit=None) for text, a in WILD.items()],
    case(f=fn("(np.sqrt(x + 1) - 2) / (x - 3)"), a=3.0, limit=0.25),
    case(f=fn("(x**3 + 1) / (x + 1)"), a=-1.0, limit=3.0),
)


@view
def in_words(got):
    """To two decimals: how close is close enough is stated."""
    return "no limit" if got is None else str(round(float(got), 2) + 0.0)


@check
def finds_limits(got, limit):
    """Where there is a limit, it is found
    - Print what the function gives at $a + h$ and at $a - h$ for $h = 0.1$, $0.01$, and so on down to $0.00001$. What
      number are both columns heading for?
    - $(x^2 - 4)/(x - 2)$ is not defined at 2. At 2.01 it is 4.01, at 1.99 it is 3.99, at 2.001 it is 4.001. Nobody has
      to know it at 2 to see where it is heading.
    - Return the number on which both columns have settled, from steps that are small but not tiny."""
    if limit is not None:
        assert got is not None, f"None, needs {limit:g}"
        assert abs(got - limit) <= 2e-3, f"{float(got):.4g}, needs {limit:g} within 0.001"


@check
def both_sides_agree(got, f, limit):
    """Where the sides disagree, it is None
    - What do you get from the right of $a$, and what from the left?
    - $|x|/x$ is 1 for every positive $x$ and $-1$ for every negative one. Neither number is where the function as a
      whole is heading.
    - Compare the last values of both columns. If they differ by more than a thousandth, return None."""
    if f.text in JUMPS and limit is None:
        assert got is None, f"{got}, needs None"


@check
def both_columns_settle(got, f, limit):
    """Where one side never settles, it is None
    - Print the values on one side of $a$ for smaller and smaller steps. Do they come to rest?
    - $1/x^2$ gives 100, 10000, 1000000, the same from either side. The sides agree at every step, and still there is no
      number on which they settle.
    - Compare the last two values of each column. If they differ by more than a thousandth, return None."""
    if f.text not in JUMPS and limit is None:
        assert got is None, f"{got}, needs None"


def _said(rows):
    """Return by function what was said: a number, None, or an exception's name."""
    return {row.inputs["f"].text: _number(row.got) for row in rows}


def _number(got):
    if got == "no limit":
        return None
    try:
        return float(got)
    except (TypeError, ValueError):
        return str(got)


def _close(said, number):
    return isinstance(said, float) and abs(said - number) < 0.011


def _limits(rows, but=()):
    """Tell whether each limit was found, except at some functions."""
    return all(
        row.got == row.want for row in rows if row.inputs["limit"] is not None and row.inputs["f"].text not in but
    )


@mistake
def plug_in(f, a):
    """The value at the hole is not the question
    - What does Python say when you call `f` at `a` itself?
    - At 2, $(x^2 - 4)/(x - 2)$ is $0/0$: there is a hole. A limit asks where the values are heading on the way to the
      hole; what happens in it does not matter, not even when somebody has put another number there.
    - Never call `f` at `a`. Call it a small step to the right and a small step to the left, and let the step shrink."""
    return f(a)


@symptom(plug_in)
def takes_the_displaced_value(failing, passing):
    return _close(_said(failing + passing)[DISPLACED], 7)


@mistake
def one_sided(f, a):
    """Only one direction was walked
    - What does your function say about $|x|/x$ at 0? What would it say, had you come from the other side?
    - From the right $|x|/x$ is always 1, from the left always $-1$. Whoever walks from one side only reports a limit
      where there is none.
    - Make a second column of values, on the other side of `a`, and return None unless both columns end on the same
      number."""
    values = [f(a + 10.0**-k) for k in range(1, 6)]
    return values[-1] if abs(values[-1] - values[-2]) < 1e-3 else None


@symptom(one_sided)
def sees_one_side_of_a_jump(failing, passing):
    said = _said(failing + passing)
    steps = [said[text] for text in JUMPS]
    return (_close(steps[0], 1) and _close(steps[1], 3)) or (_close(steps[0], -1) and _close(steps[1], 1))


@mistake
def too_small(f, a):
    """The step is too small for the digits of a float
    - Print `np.cos(h)` for your smallest step. Which digits are left when you take it from 1?
    - A float has sixteen digits. $\\cos 0.01$ is 0.99995, five digits from 1; $\\cos 10^{-9}$ differs from 1 in the
      nineteenth digit, so the computer says 1, and the difference is 0.
    - Stop shrinking at about 0.00001. There the columns have settled, and enough digits are left."""
    left, right = [f(a - 10.0**-k) for k in (9, 10)], [f(a + 10.0**-k) for k in (9, 10)]
    settled = abs(left[1] - left[0]) < 1e-3 and abs(right[1] - right[0]) < 1e-3
    return right[1] if settled and abs(left[1] - right[1]) < 1e-3 else None


@symptom(too_small)
def loses_what_cancels(failing, passing):
    rows = failing + passing
    said = _said(rows)
    lost = all(row in failing for row in rows if row.inputs["f"].text in CANCELLING)
    safe = ("np.sin(x) / x", "x * np.sin(1 / x)")
    return (
        lost
        and all(row.got == row.want for row in rows if row.inputs["f"].text in safe)
        and all(said[text] is None for text in JUMPS)
    )


@mistake
def one_step(f, a):
    """Agreeing is not yet settling
    - What do you get from both sides of $1/x^2$ at one step, and at the next smaller one?
    - At $h = 0.1$ both sides of $1/x^2$ say 100. They agree, and at $h = 0.01$ they agree on 10000. A single step
      cannot tell whether a column has come to rest.
    - Use several steps that shrink. Compare the last two values of each column as well, and return None if they still
      differ."""
    left, right = f(a - 1e-5), f(a + 1e-5)
    return (left + right) / 2 if abs(left - right) < 1e-3 else None


@symptom(one_step)
def believes_one_step(failing, passing):
    rows = failing + passing
    said = _said(rows)
    wild = [said[text] for text in WILD]
    return _limits(rows, CANCELLING) and all(said[t] is None for t in JUMPS) and all(w is not None for w in wild)


@mistake
def averages(f, a):
    """The average hides that the sides disagree
    - What are the two values from which your function made one, for $|x|/x$ at 0?
    - From the right 1, from the left $-1$, on average 0: a number that $|x|/x$ never comes near.
    - Compare the two sides before you put them together. If they differ by more than a thousandth, return None."""
    middle = [(f(a - 10.0**-k) + f(a + 10.0**-k)) / 2 for k in range(1, 6)]
    return middle[-1] if abs(middle[-1] - middle[-2]) < 1e-3 else None


@symptom(averages)
def finds_the_middle_of_a_jump(failing, passing):
    said = _said(failing + passing)
    steps = [said[text] for text in JUMPS]
    return _close(steps[0], 0) and _close(steps[1], 2)


breaks(
    one_sided,
    "This answer walks up to `a` from the right only. Find a function `f` and a point `a` about which it is wrong.",
    follow_up="It is right about this one. Which function jumps, and goes on at another height than it came from?",
)
