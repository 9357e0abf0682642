"""Who wins, and where?
- Near 0, is $x^2$ bigger or smaller than $x$? And far away from 0?
- Evaluate both terms of $x + 100x^2$ at $0.001$ and at $1000$. Which of the two makes up nearly all of the sum here,
  and which there?
- Leave out the terms whose coefficient is 0. Of the exponents that survive, the smallest dominates at 0 and the largest
  at infinity. How big the coefficients are does not matter."""

from math4ml_lab.exercise import ask, breaks, case, check, exercise, inputs, mistake, same, solution, symptom

exercise(points=2, needs=["little-o"], video="CA@770")

ask(
    "`x` and `1e9 * x**2`, for positive x: at which x do they swap places?",
    number=1e-9,
    follow_up="Set the two equal, and divide both sides by x. What is left?",
)
ask(
    "Sorting in `n**2` steps loses against `n` steps for large `n`. This course asks which leftover may be dropped "
    "when a step is small. At which end is that?",
    choices=["infinity", "zero"],
    right="zero",
    follow_up={"infinity": "If the step is 0.001, which of `0.001` and `0.001**2` would you drop?"},
)


@solution
def dominant(coeffs, where):
    exponents = [exponent for exponent, coefficient in coeffs.items() if coefficient != 0]
    return min(exponents) if where == "zero" else max(exponents)


inputs(
    *[
        case(coeffs=coeffs, where=where)
        for coeffs in (
            {1: 1.0, 2: 100.0},
            {1: 3.0, 2: 1.0},
            {3: -7.0},
            {4: -2.0, 1: 3.0, 0: 0.0},
            {5: 0.0, 2: 5.0, 3: -1.0},
            {3: 2.0, 0: -4.0, 1: 6.0},
            {2: 2.0, 6: 5.0, 1: -9.0, 4: 1.0},
            {1: 1.0, 2: 1e9},
            {1: 1e9, 2: 1e-9},
            {1: 1e-15, 2: 1e15},
            {2: 1e15, 3: -1e-15},
            {7: 0.0, 5: 1e-12, 2: -3e12, 4: 1.0, 0: 0.0},
        )
        for where in ("zero", "infinity")
    ]
)


@check
def at_zero(got, coeffs, where):
    """Near 0 the lowest power wins
    - Put $x = 0.001$ into each term of the polynomial. If you make $x$ a thousand times smaller again, which term loses
      least?
    - Each further factor $x$ makes a term smaller near 0. $100x^2$ beats $x$ at $0.1$, by 1 to 0.1. At $0.001$ it has
      lost, with 0.0001 against 0.001, and a coefficient only moves the place where that happens.
    - At 0 return the smallest exponent whose coefficient is not 0."""
    if where == "zero":
        same(got, min(exponent for exponent in coeffs if coeffs[exponent]))


@check
def at_infinity(got, coeffs, where):
    """Far away the highest power wins
    - Put $x = 1000$ into each term of the polynomial. If you make $x$ a thousand times larger again, which term gains
      most?
    - Each further factor $x$ makes a term larger far away from 0. $x^2$ is behind $10^9 x$ until $x$ reaches a billion,
      and ahead of it for ever after.
    - At infinity return the largest exponent whose coefficient is not 0."""
    if where == "infinity":
        same(got, max(exponent for exponent in coeffs if coeffs[exponent]))


def _alive(row):
    """Return the exponents of a row whose coefficients are not 0."""
    return [exponent for exponent, coefficient in row.inputs["coeffs"].items() if coefficient]


def _spread(row):
    """Return how far apart the coefficients of a row are in size."""
    sizes = [abs(row.inputs["coeffs"][exponent]) for exponent in _alive(row)]
    return max(sizes) / min(sizes)


def _at(rows, where):
    return [row for row in rows if row.inputs["where"] == where]


@mistake
def highest(coeffs, _where):
    """The highest power wins at one end only
    - What are $x$ and $x^2$ at $x = 0.001$?
    - For the running time of a program $n$ is large, and $n^2$ beats $n$. Near 0 it is the other way round: $0.001^2$
      is a thousandth of $0.001$.
    - Keep the largest exponent for infinity. For zero return the smallest one that survives."""
    return max(exponent for exponent in coeffs if coeffs[exponent] != 0)


@symptom(highest)
def highest_everywhere(failing, passing):
    return all(row.got in (max(_alive(row)), max(row.inputs["coeffs"])) for row in failing + passing)


@mistake
def swapped(coeffs, where):
    """The two ends changed places
    - Which end does your function mean when it returns the smallest exponent?
    - At $x = 0.1$ the powers $x$, $x^2$, $x^3$ are $0.1$, $0.01$, $0.001$: near 0 the smallest exponent is the largest
      number. At $x = 10$ the row runs the other way.
    - Return the smallest surviving exponent for zero, and the largest for infinity."""
    exponents = [exponent for exponent in coeffs if coeffs[exponent] != 0]
    return max(exponents) if where == "zero" else min(exponents)


@symptom(swapped)
def each_end_for_the_other(failing, passing):
    rows = failing + passing
    zero = all(row.got in (max(_alive(row)), max(row.inputs["coeffs"])) for row in _at(rows, "zero"))
    return zero and all(row.got in (min(_alive(row)), min(row.inputs["coeffs"])) for row in _at(rows, "infinity"))


@mistake
def biggest_coef(coeffs, _where):
    """The coefficients decide nothing in the end
    - In $x + 100x^2$, how large are the two terms at $x = 0.001$?
    - 0.001 and 0.0001: the term with the large coefficient is the smaller one already, and it falls behind further with
      every step towards 0. A coefficient moves the place where the terms meet, not who wins beyond it.
    - Look at the exponents, not at the coefficients. All that a coefficient can do is to be 0: then its term is not
      there."""
    return max(coeffs, key=lambda exponent: abs(coeffs[exponent]))


@symptom(biggest_coef)
def goes_by_coefficients(failing, passing):
    rows = failing + passing
    by_size = all(row.got == biggest_coef(row.inputs["coeffs"], row.inputs["where"]) for row in rows)
    return by_size or all(row.got == max(_alive(row), key=row.inputs["coeffs"].get) for row in rows)


@mistake
def zeros_count(coeffs, where):
    """A term with the coefficient 0 is not there
    - Which exponent did you return for the input in the report, and what is its coefficient?
    - $0 + 3x - 2x^4$ has no constant term, although somebody has listed one. Near 0 it looks like $3x$.
    - Leave out the exponents whose coefficient is 0 before you look for the smallest or the largest."""
    return min(coeffs) if where == "zero" else max(coeffs)


@symptom(zeros_count)
def names_a_term_that_is_not_there(failing, _passing):
    return bool(failing) and all(row.inputs["coeffs"].get(row.got, 1) == 0 for row in failing)


@mistake
def too_near(coeffs, where):
    """One place is not the end
    - At which $x$ does your function look? Where do the terms in the report swap places, and which side of it is that?
    - $x$ and $10^9 x^2$ swap at a billionth. At $0.001$ the square is still a million times larger, and at 0 it has
      lost. However small an $x$ you choose, some coefficient puts the swap beyond it.
    - Evaluate nothing. The exponents alone decide, the smallest surviving one at 0 and the largest at infinity."""
    x = 1e-3 if where == "zero" else 1e3
    return max(coeffs, key=lambda exponent: abs(coeffs[exponent] * x**exponent))


@symptom(too_near)
def only_extreme_coefficients_fail(failing, _passing):
    return (
        all(_spread(row) > 50 and row.got in _alive(row) for row in failing)
        and max(_spread(row) for row in failing) > 1e6
        and len({row.inputs["where"] for row in failing}) == 2
    )


@mistake
def as_listed(coeffs, where):
    """The terms are listed in any order
    - For the input in the report, which term is listed first, and which last? Is that the order of their exponents?
    - A dictionary keeps the order in which it was written. $6x - 4 + 2x^3$ is the same polynomial, whichever term
      somebody wrote first.
    - Look for the smallest or the largest exponent, instead of the first or the last that is listed."""
    exponents = [exponent for exponent in coeffs if coeffs[exponent] != 0]
    return exponents[0] if where == "zero" else exponents[-1]


@symptom(as_listed)
def takes_the_first_or_last(failing, passing):
    rows = failing + passing
    ends = [(_alive(row), list(row.inputs["coeffs"])) for row in rows]
    return all(
        row.got in ({alive[0], listed[0]} if row.inputs["where"] == "zero" else {alive[-1], listed[-1]})
        for row, (alive, listed) in zip(rows, ends)  # noqa: B905 (Python 3.9)
    )


breaks(
    too_near,
    "This answer puts in x = 0.001 for zero and x = 1000 for infinity, and takes the largest term. Find a polynomial "
    "and an end about which it is wrong.",
    follow_up="It is right about this one. Where do two terms have to swap places, so that 0.001 is on the wrong side?",
)
