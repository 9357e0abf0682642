"""What hints say where the author said nothing: texts of ladders, each a title and its rungs."""

from __future__ import annotations

STRUCTURE = {
    "defined": """The name is not there
        - Which name does the exercise ask for, and which names does your cell define?
        - A cell leaves behind the names that it assigns, spelled exactly so, once it has run to its end.
        - Give your function or value the exercise's own name, letter by letter, and run the cell again.""",
    "runs": """It ends with an exception
        - Read the error first: it says what Python could not do. Then look at your own line, which the report names
          under it, and at the shape and type of each value on it.
        - Take the smallest input from the report, run your lines on it one by one, and print what goes into the line
          that fails. Change what arrives there, or the line itself.""",
    "syntax": """Python could not read the cell
        - Python reads a whole cell before it runs any of it, and stops where the text makes no sense any more. In the
          cell's output the caret under the line points there: what is wrong stands at the caret or before it, often at
          the end of the line above.
        - Go back from the caret. Look for a bracket or a quote that never closes, a missing colon after the head of a
          function, a condition or a loop, and lines of one block that are not indented alike. Mend the first of these,
          and run the cell again.""",
    "kind": """Another kind of thing was expected
        - What does your code hand back: a number, an array, several things, or nothing?
        - `print` shows a value and hands nothing back, and a function without `return` gives None. An array with one
          entry is not yet a number, and a list is not yet an array.
        - Look at the type of the result on the smallest input. Turn it into the kind that the report names, in the
          line that returns it.""",
    "shape": """The shape is another one
        - Which axes should the result have, and what does each of them count?
        - A product uses up the axes that meet, a sum the axis it runs along, and an axis of length 1 is still an axis.
          Write down the shape after every step on the smallest input.
        - Find the first step whose shape is not what you wrote down. Change the axis, the order of the factors or the
          transpose there.""",
    "unchanged": """An input was changed
        - After the call, are the arrays that went in still what they were?
        - A function gets the caller's own array, not a copy: `+=`, `*=`, assigning to entries and sorting in place all
          write into it.
        - Find the line that writes into an argument. Let it make a new array, or copy the argument first.""",
    "finite": """There is a nan or an infinity
        - Which step turns ordinary numbers into nan or inf: a division, a logarithm, a power?
        - Floats end near 1e308 and vanish near 1e-308: exp of a large number overflows, a product of many small ones
          becomes 0, and 0/0 or inf - inf is nan.
        - Evaluate the steps on the smallest input until one is not finite. Rearrange the formula so that nothing there
          gets that large or that small, or treat the special case apart.""",
}
"""By the structural check that failed; `syntax` is for a cell that could not run at all."""
WITHOUT_QUESTION = ("runs", "syntax")
"""Those without a level 1: a question does not help with a traceback."""
FAIL_FIRST = """It has to fail once first
    - What would the panel say about a wrong answer? Find out: here a miss is part of the exercise.
    - A failed check names the claim, what it measured, and your own line. A miss costs nothing, ever.
    - Make your answer wrong on purpose, run the cell, read the report, and put it right again."""
"""What an exercise says that wants a failure first, unless its author says it."""
