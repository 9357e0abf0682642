"""Make it red, then green
- What does the report say about the value that you gave it, and what about the value it wants?
- A 2 by 2 array can be counted with one finger: two rows, two entries in each, so $2 + 2 = 4$ entries.
- Multiply the number of rows by the number of entries in a row, and store that number under the name `answer`."""

from math4ml_lab.exercise import ask, exercise, mistake, solution, symptom

exercise(
    points=1,
    video="LAx1",
    starter="answer = 41",
    starter_counts=True,
    wants_a_failure_first="""Get it wrong first
    - What would the panel tell you about an answer that you know to be wrong?
    - A red report is a measurement: it names the claim that failed and what your value was. The hints wake up after
      a miss, so a miss is the way to find out what they are like, and it never costs anything.
    - Put any wrong number into the cell, run it, read the report from top to bottom, then mend the number and run it
      again.""",
)

# After the pass: nothing comes between a learner and the first report.
ask(
    "As a count, `9` and `9.0` are the same number, and the panel takes either. Where is `9` right and `9.0` wrong?",
    choices=["in the shape of an array", "as the mean of some numbers", "nowhere"],
    right="in the shape of an array",
    when="after",
    follow_up={
        "as the mean of some numbers": "The mean of 8 and 10 is 9. Does a decimal point make it another number?",
        "nowhere": "Run `np.zeros((9.0, 3))` in a cell of your own. What does NumPy say to 9.0 rows?",
    },
)


@solution
def answer():
    return 9


@mistake
def string():
    """Right digits, wrong type
    - What would `answer + 1` give you: a number, or an exception?
    - Quotes make text. The text of the digit 4 is a picture of a number: it can be printed, but not halved.
    - Take the quotes away, or whatever else turns the number into text, so that the bare number is stored."""
    return "9"


@symptom(string)
def digits_as_text(failing, _passing):
    got = failing[0].got
    return isinstance(got, str) and float(got) == 9


@mistake
def one_side():
    """That is the length of one side
    - How many entries does a single row have, and how many rows are there?
    - `len` of an array counts along the first axis only. A 2 by 2 array has length 2 and holds four entries.
    - Count every entry, not every row: multiply the lengths of both axes."""
    return 3
