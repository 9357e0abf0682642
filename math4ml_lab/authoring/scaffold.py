"""The text of a new module, from what a cell defines. Pure: nothing is run."""

from __future__ import annotations

import ast

from math4ml_lab.lines import parsed

_INTS = frozenset("nkmpqd")


def module(name: str, cell_source: str) -> str:
    """Return a module whose solution is the first function of a cell, with inputs guessed from its parameters."""
    tree = parsed(cell_source)
    function = next((node for node in (tree.body if tree else ()) if isinstance(node, ast.FunctionDef)), None)
    title = name.replace("-", " ").capitalize()
    answer = name.replace("-", "_")
    text = f"def {answer}():\n    return 0.0" if function is None else ast.get_source_segment(cell_source, function)
    taken = [argument.arg for argument in function.args.args] if function is not None else []
    drawn = {argument: _strategy(argument) for argument in taken}
    names = sorted({strategy.partition("(")[0] for strategy in drawn.values()} | {"solution"} | {"inputs"} & {
        "inputs" for _ in drawn
    })  # fmt: skip
    given = ", ".join(f"{argument}={strategy}" for argument, strategy in drawn.items())
    return (
        f'"""{title}\n- TODO: what should one look at first?\n- TODO: what does one have to know?\n'
        f'- TODO: what is to be done, in words?"""\n'
        f"import numpy as np\n\nfrom math4ml_lab.exercise import {', '.join(names)}\n\n\n@solution\n{text}\n"
        + (f"\n\ninputs({given})\n" if drawn else "")
    )


def _strategy(parameter: str) -> str:
    if parameter in _INTS:
        return "ints(1, 4)"
    return "matrices((1, 3), (4, 5))" if parameter[:1].isupper() else "vectors((2, 4))"
