"""The text of a new exercise's module, from a signature or from the cell that is to be one. Pure.

What an author has to write says TODO, in words: `verify` finds it (`todo.py`).
"""

from __future__ import annotations

import ast
import keyword
import re
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from msgspec import Struct, structs

from math4ml_lab.authoring.candidates import used
from math4ml_lab.kernel.around import OF_THE_CELL
from math4ml_lab.lines import Defined, parsed
from math4ml_lab.module_names import API

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Kind = Literal["function", "class", "value"]
GUESSES = {
    **dict.fromkeys(("f", "func", "function", "g", "h", "loss", "phi"), 'choose(fn("2 * x + 1"), fn("x**2"))'),
    **dict.fromkeys(
        ("count", "d", "depth", "dim", "i", "index", "j", "k", "length", "m", "n", "size", "steps", "times"),
        "ints(1, 4)",
    ),
    **dict.fromkeys(
        ("a", "alpha", "beta", "c", "eps", "epsilon", "eta", "gamma", "lam", "lr", "p", "rate", "scale", "t"),
        "choose(0.5, 2.0, -1.5)",
    ),
    "rng": "seeds()",
}
"""How inputs of some names are drawn: functions, whole numbers, numbers, generators."""

_IPYTHON = ("%", "!")
"""What a line begins with that only IPython understands."""
_TAKEN = frozenset((*API, *OF_THE_CELL, "np", "got", "calls", "numpy"))


class UnfitNameError(Exception):
    """No module can be made of this: `message` says why, `fix` what would do."""

    def __init__(self, message: str, fix: str) -> None:
        super().__init__(message)
        self.message = message
        self.fix = fix


class Wanted(Struct, frozen=True):
    """A name that the learner defines; `text` is a right answer, where one stands there already.

    `starter` is what stands there to begin with, where that is more than a stub.
    """

    name: str
    kind: Kind = "function"
    parameters: str = ""
    text: str = ""
    starter: str = ""


# -- What is wanted ----------------------------------------------------------------------------------------


def of_signature(text: str) -> Wanted:
    """Return the function of a signature such as `rank_k(A, k)`; raise UnfitNameError."""
    tree = parsed(f"def {text.strip().removeprefix('def ').rstrip(': ')}: ...")
    node = tree.body[0] if tree is not None and len(tree.body) == 1 else None
    if not isinstance(node, ast.FunctionDef):
        raise UnfitNameError(f"{text!r} is no signature", 'write a name and its parameters: "rank_k(A, k)"')
    return _function(node)


def of_cell(source: str) -> list[Wanted]:
    """Return what a cell defines: its functions and classes, or its values where it has none; raise UnfitNameError.

    What is more than a stub becomes the right answer; a stub in words of its own is the starter.
    """
    tree = parsed(source)
    if tree is None:
        raise UnfitNameError("the cell is no Python", "mend the cell, or name what it should define")
    public = [node for node in tree.body if isinstance(node, Defined) and not node.name.startswith("_")]
    if public:
        return [_defined(node, source) for node in public]
    found: dict[str, Wanted] = {}
    for node in (one for one in tree.body if isinstance(one, ast.Assign | ast.AnnAssign)):
        value = node.value
        for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
            if isinstance(target, ast.Name) and not target.id.startswith("_"):
                found[target.id] = Wanted(_fit(target.id), "value", text=_value(value, source, found))
    if not found:
        raise UnfitNameError("the cell defines nothing", "write the line that a learner completes: def rank_k(A, k):")
    return list(found.values())


def _value(node: ast.expr | None, source: str, before: Iterable[str]) -> str:
    """Return the text of a value that stands there already: not of one that needs others of the cell."""
    is_open = node is None or (isinstance(node, ast.Constant) and node.value in (..., None))
    if node is None or is_open or used(node) & set(before):
        return ""
    return ast.get_source_segment(source, node) or ""


def begun(source: str, wanted: Sequence[Wanted]) -> str:
    """Return a cell's text where the learner begins with more than the definitions in it; "" where it is solved."""
    text = re.sub(r"^[ \t]+$", "", source, flags=re.MULTILINE).strip("\n")  # as a starter is read
    if any(one.text for one in wanted) or text == "\n\n".join(one.starter or _bare(one) for one in wanted):
        return ""
    return text


def imports_of(source: str) -> list[str]:
    """Return the lines of a cell that import something: a solution may need them."""
    tree = parsed(source)
    return [ast.unparse(node) for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)] if tree else []


def _defined(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef, source: str) -> Wanted:
    if isinstance(node, ast.AsyncFunctionDef):
        raise UnfitNameError(f"{node.name!r} is asynchronous", "write a plain function: def, not async def")
    there = ast.get_source_segment(source, node) or ""
    text, starter = ("", there) if _is_stub(node) else (there, "")
    if isinstance(node, ast.FunctionDef):
        return _begun(_function(node, text), starter)
    made = next((part for part in node.body if isinstance(part, ast.FunctionDef) and part.name == "__init__"), None)
    parameters = _parameters(made).partition(",")[2].strip() if made is not None else ""
    return _begun(Wanted(_fit(node.name), "class", parameters, text), starter)


def _begun(one: Wanted, starter: str) -> Wanted:
    return one if starter == _bare(one) else structs.replace(one, starter=starter)


def _bare(one: Wanted) -> str:
    """Return what the learner begins with where the author says nothing else."""
    heads = {"function": f"def {one.name}({one.parameters}):\n    ", "class": f"class {one.name}:\n    "}
    return f"{heads.get(one.kind, f'{one.name} = ')}..."


def _function(node: ast.FunctionDef, text: str = "") -> Wanted:
    return Wanted(_fit(node.name), "function", _parameters(node), text)


def _parameters(node: ast.FunctionDef) -> str:
    if any(default is None for default in node.args.kw_defaults) or node.args.kwarg is not None:
        fix = "give them a default, or write them before the star: answers are called by position"
        raise UnfitNameError(f"{node.name!r} has parameters that take a name only", fix)
    for argument in _arguments(node.args):
        if argument.arg in _TAKEN:
            raise UnfitNameError(f"{argument.arg!r} means something else in a module", "call the parameter otherwise")
    return ast.unparse(node.args)


def _arguments(arguments: ast.arguments) -> list[ast.arg]:
    """Return the parameters that need an input: those without a default, and the starred one."""
    plain = [*arguments.posonlyargs, *arguments.args]
    needed = plain[: len(plain) - len(arguments.defaults)]
    return [*needed, *([arguments.vararg] if arguments.vararg is not None else [])]


def _is_stub(node: ast.FunctionDef | ast.ClassDef) -> bool:
    """Tell whether something is still to be written: nothing stands there, or given lines with a gap."""
    if isinstance(node.body[-1], ast.Pass) or any(_is_gap(part) for part in ast.walk(node)):
        return True
    body = node.body[1:] if ast.get_docstring(node) is not None else node.body
    return all(
        isinstance(part, ast.Pass | ast.Raise) or (isinstance(part, ast.Expr) and isinstance(part.value, ast.Constant))
        for part in body
    )


def _is_gap(node: ast.AST) -> bool:
    if isinstance(node, ast.Raise):
        raised = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
        return isinstance(raised, ast.Name) and raised.id == "NotImplementedError"
    if not isinstance(node, ast.Expr | ast.Assign | ast.AugAssign | ast.AnnAssign | ast.Return):
        return False
    return isinstance(node.value, ast.Constant) and node.value.value is ...


def _fit(name: str) -> str:
    if not name.isidentifier() or keyword.iskeyword(name):
        raise UnfitNameError(f"{name!r} is no name in Python", 'name the function: --signature "rank_k(A, k)"')
    if name in _TAKEN:
        raise UnfitNameError(f"{name!r} is a name of the module's own", "take another name for the answer")
    return name


# -- The module --------------------------------------------------------------------------------------------


def of_text(source: str) -> str:
    """Return the module of a cell; raise UnfitNameError."""
    lines = source.split("\n")
    plain = "\n".join(line for line in lines if not line.startswith(_IPYTHON))
    wanted = of_cell(plain)
    return module(wanted, imports_of(plain), begun(plain, wanted), [one for one in lines if one.startswith(_IPYTHON)])


def module(
    wanted: Sequence[Wanted], imports: Sequence[str] = (), begin: str = "", dropped: Sequence[str] = ()
) -> str:  # fmt: skip
    """Return a module that the reader accepts, and in which TODO stands wherever the author has to write.

    The learner begins with the text `begin`, where there is one, else with each answer's starter. That lines of the
    cell were `dropped` is said in a comment.
    """
    is_value = all(one.kind == "value" for one in wanted)
    inputs, names = ("", set[str]()) if is_value else _inputs(wanted)
    first = wanted[0]
    starters = [] if begin else [f"\n@starter\n{one.starter}\n" for one in wanted if one.starter]
    own_starter = {"exercise"} if begin else {"starter"} if starters else set[str]()
    api = sorted({"check", "mistake", "near", "solution", *own_starter, *names})
    own = dict.fromkeys(["import numpy as np", *(line for line in imports if "math4ml_lab" not in line)])
    parts = [
        _TITLE, "\n".join([*_left_out(dropped), *own]), f"from math4ml_lab.exercise import {', '.join(api)}",
        *([f"exercise(starter={_literal(begin)})"] if begin else []),
        *(f"\n@solution\n{_solution(one, is_value=is_value)}\n" for one in wanted), *starters,
        *([inputs] if inputs else []),
        _check(first, is_value=is_value), _mistake(wanted, is_value=is_value),
    ]  # fmt: skip
    text = parts[0]
    for before, part in pairwise(parts):
        gap = "\n\n\n" if before.endswith("\n") or part.startswith("\n") else "\n\n"
        text += gap + part.strip("\n")
    return text + "\n"


def _left_out(lines: Sequence[str]) -> list[str]:
    if not lines:
        return []
    head = "# A module is plain Python: these lines of the cell are left out, here and in what learners begin with."
    return [head, *(f"#   {line.rstrip()}" for line in lines), ""]


def _literal(text: str) -> str:
    """Return a text as a literal, in its lines where that is possible."""
    for quotes in ('"""', "'''"):
        if "\n" in text and "\\" not in text and quotes not in text and not text.endswith(quotes[0]):
            return f"{quotes}{text}{quotes}"
    return repr(text)


_TITLE = '''"""TODO: a title, in a few words
- TODO: ask. What should one look at first?
- TODO: teach. Explain the idea on another example than the exercise's own.
- TODO: do. Say the next step in words, without code."""'''


def _solution(one: Wanted, *, is_value: bool) -> str:
    if one.kind == "value" and one.text:
        return f"def {one.name}():\n    return {one.text}"
    if one.text:
        return one.text
    body = 'raise NotImplementedError("TODO: the right answer")'
    if one.kind == "class":
        comma = ", " if one.parameters else ""
        return f"class {one.name}:\n    def __init__(self{comma}{one.parameters}):\n        {body}"
    return f"def {one.name}({'' if is_value else one.parameters}):\n    {body}"


def _check(first: Wanted, *, is_value: bool) -> str:
    names = [] if is_value else _names(first)
    return f'''
@check
def one_claim({", ".join(["got", *names])}):
    """TODO: one sentence that is true of every right answer
    - TODO: ask. Where does it show that the claim does not hold?
    - TODO: teach. Why does it hold of a right answer?
    - TODO: do. What is to be changed where it does not?"""
    raise NotImplementedError("TODO: near(what got gives, what it has to be)")
'''


def _mistake(wanted: Sequence[Wanted], *, is_value: bool) -> str:
    first = wanted[0]
    head = f"def one_slip({'' if is_value else first.parameters}):"
    body = 'raise NotImplementedError("TODO: the solution with this slip in it")'
    if first.kind == "class":
        head, body = f"class OneSlip({first.name}):", 'slip = "TODO: the method with this slip in it"'
    return f'''
@mistake
{head}
    """TODO: name a slip that learners make
    - TODO: ask. What would let one see it?
    - TODO: teach. Why is it wrong?
    - TODO: do. What is to be done instead?"""
    {body}'''


# -- Inputs ------------------------------------------------------------------------------------------------


def _names(one: Wanted) -> list[str]:
    tree = parsed(f"def f({one.parameters}): ...")
    node = tree.body[0] if tree is not None else None
    return [argument.arg for argument in _arguments(node.args)] if isinstance(node, ast.FunctionDef) else []


def _inputs(wanted: Sequence[Wanted]) -> tuple[str, set[str]]:
    """Return the call of `inputs`, and what it uses: sizes fit each other, and nothing is square."""
    starred = {name.lstrip("*") for one in wanted for name in re.findall(r"\*\w+", one.parameters)}
    names = list(dict.fromkeys(name for one in wanted for name in _names(one)))
    recipes: dict[str, str] = {}
    for name in names:
        recipes[name] = "choose([1.0, -2.0], [3.0, 1.0, -4.0])" if name in starred else _recipe(name, recipes)
    if not recipes:
        return "inputs(case())", {"case", "inputs"}
    text = f"inputs({', '.join(f'{name}={recipe}' for name, recipe in recipes.items())})"
    return text, {name for name in API if re.search(rf"(?<![.\w]){name}\(", text)}


def _recipe(name: str, before: dict[str, str]) -> str:
    """Return how an input is drawn, as its name suggests: a capital is a matrix, a small letter a vector."""
    if name in GUESSES:
        return GUESSES[name]
    matrices = [one for one, recipe in before.items() if "matrices(" in recipe]
    vectors = [one for one, recipe in before.items() if recipe.startswith("vectors(")]
    if not name[0].isupper():
        if matrices:
            return f"lambda {matrices[-1]}: vectors({matrices[-1]}.shape[1])"
        return f"lambda {vectors[0]}: vectors(len({vectors[0]}))" if vectors else "vectors((2, 5))"
    if matrices:
        low = 6 + 2 * (len(matrices) - 1)
        return f"lambda {matrices[-1]}: matrices({matrices[-1]}.shape[1], ({low}, {low + 1}))"
    return f"lambda {vectors[0]}: matrices((6, 7), len({vectors[0]}))" if vectors else "matrices((2, 3), (4, 5))"
