"""Assignments as otter's authors write them: raw cells around questions, solutions and tests."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import yaml

from math4ml_lab.importing import asking, cells, names, notebooks, okfile, prompts, scripts, settle
from math4ml_lab.importing.model import Claim, Question
from math4ml_lab.importing.solutions import solution_only, without_solution

if TYPE_CHECKING:
    from math4ml_lab.importing.model import Book, Cell

WRITTEN_STUB = "_Type your answer here, replacing this text._"
_FENCE = re.compile(r"\s*```+\s*otter\s*\n(?P<text>.*?)\n\s*```+\s*", re.DOTALL)
_MARK = re.compile(
    r"#\s*(?P<mark>ASSIGNMENT CONFIG|(?:BEGIN|END) (?:QUESTION|SOLUTION|PROMPT|TESTS))\s*$", re.IGNORECASE
)
_CONFIG = re.compile(
    r"\s*(?P<q>\"\"\"|''')\s*#\s*BEGIN TEST CONFIG\s*\n(?P<text>.*?)(?P=q)\s*;?\s*#\s*END TEST CONFIG[^\n]*\n?",
    re.DOTALL | re.IGNORECASE,
)
_HIDDEN = re.compile(r"\s*#+\s*HIDDEN(?:\s+TEST)?\s*#*\s*\n", re.IGNORECASE)
_IGNORED = re.compile(r"^.*#\s*IGNORE\s*$\n?", re.MULTILINE | re.IGNORECASE)
_PLUGIN = re.compile(r"^(?P<q>\"\"\"|''')\s*#\s*BEGIN PLUGIN.*?(?P=q)\s*;?\s*#\s*END PLUGIN[^\n]*$\n?",
                     re.DOTALL | re.MULTILINE | re.IGNORECASE)  # fmt: skip
_TRUE = (
    "isinstance",
    "isclose",
    "allclose",
    "array_equal",
    "all",
    "any",
    "issubclass",
    "callable",
    "hasattr",
    "equals",
)
"""Calls that give a truth."""


@dataclass
class _Open:
    """The question that is being read."""

    question: Question
    said: dict[str, Any]
    text: list[Cell] = field(default_factory=list)
    answers: list[Cell] = field(default_factory=list)
    tests: list[Cell] = field(default_factory=list)
    solution: list[str] = field(default_factory=list)
    prompted: bool = False


def is_source(book: Book) -> bool:
    """Tell whether a notebook is what an author wrote, and not what learners get."""
    return any(mark in {"BEGIN QUESTION", "ASSIGNMENT CONFIG"} for mark, _ in map(_mark, book.cells))


def read(book: Book) -> None:
    """Turn an author's notebook into the learners', with its questions."""
    known = settle.libraries(book)
    kept: list[Cell] = []
    place = ""
    current: _Open | None = None
    for number, cell in enumerate(book.cells, 1):
        mark, config = _mark(cell)
        if mark == "ASSIGNMENT CONFIG":
            _tell_config(book, config)
        elif mark == "BEGIN QUESTION":
            said = config if isinstance(config, dict) else {}
            current = _Open(Question(str(said.get("name") or f"cell-{number}")), said)
            book.questions.append(current.question)
        elif mark == "END QUESTION" and current is not None:
            _close(current, known)
            current, place = None, ""
        elif mark:
            place = mark.partition(" ")[2] if mark.startswith("BEGIN") else ""
        elif re.match(r"\s*#\s*IGNORE\b", cell["source"], re.IGNORECASE):
            book.notes.left(f"cell {number}, which its author has learners not see (# IGNORE)")
        elif current is None:
            cell["source"] = _without_plugins(cell["source"], book, number)
            kept.append(cell)
        elif place == "TESTS":
            current.tests.append(cell)
        else:
            kept += _taken(current, cell, place)
    if current is not None:
        book.notes.changed(f"the question {current.question.name!r} has no end: it was ended with the notebook")
        _close(current, known)
    book.notebook["cells"] = kept
    settle.share(book.questions)


def _mark(cell: Cell) -> tuple[str, Any]:
    """Return what a boundary cell says, "" for others, and its configuration."""
    fenced = _FENCE.fullmatch(cell["source"]) if cell["cell_type"] == "markdown" else None
    if cell["cell_type"] != "raw" and fenced is None:
        return "", None
    text = fenced["text"] if fenced else cell["source"]
    text = re.sub(r"<[^>\n]*>\s*", "", text).strip()
    first, _, rest = text.partition("\n")
    match = _MARK.match(first.strip())
    return (match["mark"].upper(), _yaml(rest)) if match else ("", None)


def _yaml(text: str) -> Any:
    try:
        return yaml.safe_load(text)
    except (yaml.YAMLError, RecursionError, ValueError):
        return None


def _tell_config(book: Book, config: Any) -> None:
    said = config if isinstance(config, dict) else {}
    if said:
        book.notes.left(f"the assignment's configuration ({', '.join(map(str, said))}): it is otter's")
    known = settle.defined(book.cells)
    if isinstance(said.get("seed"), dict) and said["seed"].get("variable") in known:
        book.notes.changed(f"`{said['seed']['variable']}` keeps the value that the notebook gives it")


def _taken(current: _Open, cell: Cell, place: str) -> list[Cell]:
    """Return what learners see of a cell inside of a question."""
    if place == "PROMPT":
        current.prompted = True
        return [cell]
    if place != "SOLUTION":
        current.text.append(cell)
        return [cell]
    if cell["cell_type"] == "code":
        current.solution.append(solution_only(cell["source"]))
        cell["source"] = without_solution(cell["source"])
        current.answers.append(cell)
        return [cell]
    if "otter_include" in cell["metadata"].get("tags", []):
        return [cell]
    current.question.notes.left("the written solution, which learners must not see")
    if current.said.get("manual") and not current.prompted:
        current.prompted = True
        return [notebooks.markdown(WRITTEN_STUB)]
    return []


def _close(current: _Open, known: set[str]) -> None:
    question, said = current.question, current.said
    if said.get("manual"):
        question.by_hand = True
        question.title = asking.title(current.text)
        question.points = okfile.points(said.get("points"), [], question.notes)
        question.notes.left("graded by hand: its cells are left as they are")
        return
    question.solution = "\n\n".join(current.solution)
    if any(re.search(r"#\s*SEED\s*$", cell["source"], re.MULTILINE) for cell in current.answers):
        question.notes.changed("the line that sets a seed stays in the notebook: the tests expect its numbers")
    given = [_test(question, cell, known) for cell in current.tests]
    question.points = okfile.points(said.get("points"), given, question.notes)
    if not said.get("all_or_nothing") and len(question.claims) > 1:
        question.notes.changed("points count for the whole question, and not for each of its tests")
    cell = asking.answer_cell(current.answers, asking.used(question), settle.defined(current.answers)) or next(
        iter(current.answers[-1:]), None
    )
    if cell is not None:
        if len(current.answers) > 1:
            question.notes.changed(
                f"answered in {len(current.answers)} cells: the one that is checked is the last of them"
            )
        settle.describe(question, cell, current.text, [])
    okfile.tell_draws(question)


def _test(question: Question, cell: Cell, known: set[str]) -> Any:
    """Add the claim of a test cell, and return the points that it states."""
    text, settings = cell["source"], {}
    if found := _CONFIG.match(text):
        settings = _yaml(found["text"])
        settings = settings if isinstance(settings, dict) else {}
        text = text[found.end() :]
    if found := _HIDDEN.match(text):
        settings["hidden"] = True
        text = text[found.end() :]
    text = _IGNORED.sub("", text).strip("\n")
    tree = names.parse(text)
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)] if tree else []
    if tree is None or cell["cell_type"] != "code":
        question.notes.left(f"a test that is no Python: {prompts.short(text)}")
    elif len(functions) == 1 and functions[0].name.startswith("test") and _only_calls(tree, functions[0]):
        question.claims.append(scripts.function_claim(text, functions[0], settings, question))
    else:
        made = _by_output(question, text, tree, _output(cell), known)
        for claim in made:
            claim.hidden = bool(settings.get("hidden"))
            claim.hints = (claim.hints + okfile.messages(settings, question.notes))[:3]
        question.claims += made
    return settings.get("points")


def _only_calls(tree: ast.Module, function: ast.FunctionDef) -> bool:
    """Tell whether a cell only defines a test function and calls it."""
    return all(
        node is function
        or (
            isinstance(node, ast.Expr)
            and isinstance(node.value, ast.Call)
            and ast.unparse(node.value.func).startswith("test")
        )
        for node in tree.body
    )


def _by_output(question: Question, text: str, tree: ast.Module, want: str, known: set[str]) -> list[Claim]:
    """Return the claims of a cell of which `want` is the saved output."""
    last = tree.body[-1] if tree.body else None
    if want:
        shown = [prompts.Prompt(cells.segment(text, node)) for node in tree.body]
        shown[-1].want = want
        case = "\n".join(prompt.text for prompt in shown)
        return prompts.claims(case, "", hidden=False, libraries=known, notes=question.notes)
    if last is None or (isinstance(last, ast.Expr) and isinstance(last.value, ast.Constant)):
        question.notes.left(f"a test that tests nothing: {prompts.short(text or 'an empty cell')}")
        return []
    if not isinstance(last, ast.Expr) or any(isinstance(node, ast.Assert) for node in ast.walk(tree)):
        return [Claim("script", scripts.script_title(tree.body), text)]
    code = cells.segment(text, last)
    if not _is_truth(last.value):
        question.notes.left(f"{prompts.short(text)}: its output was not saved, so nobody knows what is expected")
        return []
    question.notes.changed(f"{prompts.short(code)}: its output was not saved; read as what must hold")
    code = "\n".join([*text.split("\n")[: last.lineno - 1], f"assert {code}"])
    return [Claim("script", scripts.script_title(ast.parse(code).body), code)]


def _is_truth(node: ast.expr) -> bool:
    if isinstance(node, ast.Call):
        return ast.unparse(node.func).split(".")[-1] in _TRUE
    return isinstance(node, ast.Compare | ast.BoolOp) or (
        isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not)
    )


def _output(cell: Cell) -> str:
    """Return the saved output of a cell as text: what was printed, then its value."""
    parts = []
    for output in cell.get("outputs") or []:
        if output.get("output_type") == "stream" and output.get("name") == "stdout":
            parts.append(_joined(output.get("text")))
        elif output.get("output_type") == "execute_result":
            parts.append(_joined((output.get("data") or {}).get("text/plain")) + "\n")
    return "\n".join(line.rstrip() for line in "".join(parts).strip("\n").split("\n"))


def _joined(text: Any) -> str:
    return "".join(map(str, text)) if isinstance(text, list) else str(text or "")


def _without_plugins(text: str, book: Book, number: int) -> str:
    if _PLUGIN.search(text):
        book.notes.left(f"cell {number}: a call of one of otter's plugins")
    return _PLUGIN.sub("", text).strip("\n") if _PLUGIN.search(text) else text
