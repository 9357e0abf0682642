"""The tests of OK files: doctest prompts, cut into one claim for each comment among them."""

from __future__ import annotations

import ast
import re
import textwrap
from dataclasses import dataclass, field

from math4ml_lab.importing import names
from math4ml_lab.importing.model import Claim, Notes

_PROMPT = re.compile(r"(?P<indent>\s*)(?P<mark>>>>|\.\.\.)(?: (?P<code>.*)|)$")
_NOTHING = re.compile(r"#+\s*TESTS? BEGINS? HERE\b", re.IGNORECASE)
_FORMAT = re.compile(r"#\s*(?P<word>locked|choice:|explanation:)")
_PURE = frozenset((
    "all", "any", "astype", "copy", "count", "dot", "endswith", "format", "get", "index", "item", "items", "join",
    "keys", "lower", "max", "mean", "min", "reshape", "round", "split", "startswith", "std", "strip", "sum", "tolist",
    "transpose", "upper", "values", "var",
))  # fmt: skip
"""Methods that leave their object as it is."""
_LONGEST_TITLE = 100


@dataclass
class Prompt:
    """One prompt: its code, the text that is expected ("" for none), and the comment before it."""

    code: str
    want: str = ""
    comment: str = ""
    locked: bool = False
    nodes: list[ast.stmt] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The prompt as a doctest has it."""
        first, *more = self.code.split("\n")
        lines = [f">>> {first}", *(f"... {line}".rstrip() for line in more)]
        return "\n".join([*lines, self.want] if self.want else lines)


def read_prompts(text: str, notes: Notes) -> list[Prompt]:
    """Read the prompts of a case; comments belong to the prompt that follows."""
    prompts: list[Prompt] = []
    comment: list[str] = []
    current: Prompt | None = None
    indent = ""
    for line in text.expandtabs(4).split("\n"):
        match = _PROMPT.match(line)
        code = (match["code"] or "") if match else ""
        if match and match["mark"] == ">>>" and (not code.strip() or code.lstrip().startswith("#")):
            current = None
            comment += [] if _NOTHING.match(code.strip()) else [code.strip().lstrip("# ")]
        elif match and match["mark"] == ">>>":
            current = Prompt(code, comment=" ".join(filter(None, comment)))
            comment, indent = [], match["indent"]
            prompts.append(current)
        elif match and current is not None and not current.want:
            current.code += f"\n{code}"
        elif word := _FORMAT.match(line.strip()):
            _take_format(word["word"], line.strip(), prompts, notes)
        elif not line.strip():
            current = None
        elif current is not None:
            current.want += ("\n" if current.want else "") + line.removeprefix(indent).rstrip()
    if any(comment):
        notes.left(f"the comment {short(' '.join(comment))}: no test follows it")
    return prompts


def _take_format(word: str, line: str, prompts: list[Prompt], notes: Notes) -> None:
    """Read a line of OK's own: an answer that is locked, or what its client would have asked."""
    if word == "locked" and prompts:
        prompts[-1].locked = True
    else:
        notes.left(f"{short(line)}: a part of the OK format that says nothing about the answer")


def without_prompts(text: str) -> str:
    """Return the code of a setup, which is written with or without prompts."""
    lines = textwrap.dedent(text.expandtabs(4)).strip("\n").split("\n")
    if not any(line.lstrip().startswith(">>>") for line in lines):
        return "\n".join(lines).strip()
    marked = [_PROMPT.match(line) for line in lines]
    return "\n".join(match["code"] or "" for match in marked if match).strip()


def claims(text: str, setup: str, *, hidden: bool, libraries: set[str], notes: Notes) -> list[Claim]:
    """Return the claims of one case: one for each comment, where they do not depend on each other's doing.

    `libraries` are the names that the notebook imports: calling what is in them changes nothing that others use.
    """
    prompts = []
    for prompt in read_prompts(text, notes):
        tree = names.parse(prompt.code)
        if prompt.locked:
            notes.left(f"{short(prompt.code)}: its answer is locked, which only OK's server could open")
        elif tree is None:
            notes.left(f"{short(prompt.code)}: it is no Python")
        elif not prompt.want and all(_is_constant(node) for node in tree.body):
            notes.left(f"{short(prompt.code)}: it tests nothing")
        else:
            prompt.nodes = tree.body
            prompts.append(prompt)
    groups: list[list[Prompt]] = []
    for prompt in prompts:
        if prompt.comment or not groups:
            groups.append([])
        groups[-1].append(prompt)
    if len(groups) > 1 and (why := _entangled(groups, libraries | _imported(setup))):
        notes.changed(f"one check for {len(groups)} commented tests: {why}")
        groups = [prompts]
    return [
        Claim(
            kind="transcript",
            title=_title(group),
            text="\n".join(prompt.text for prompt in [*_before(groups[:index], group), *group]),
            hints=_hints(group),
            setup=setup,
            hidden=hidden,
        )
        for index, group in enumerate(groups)
    ]


def comparison(want: str) -> str:
    """Say how an expected text is compared."""
    if not want:
        return "nothing printed"
    if exception_name(want):
        return "type of an exception"
    if re.fullmatch(r"<class '[\w.]+'>", want):
        return "name of a type"
    if re.match(r"array\(", want):
        return "shape and numbers of an array"
    try:
        ast.literal_eval(want)
    except (*names.UNREADABLE, TypeError):
        return "exact text"
    return "value"


def exception_name(want: str) -> str:
    """Return the name of the exception that is expected, "" for none."""
    last = want.rsplit("\n", maxsplit=1)[-1] if want.startswith("Traceback") else want
    match = re.fullmatch(r"([\w.]*(?:Error|Exception|Exit|Interrupt|Iteration|Warning))(?::.*)?", last)
    return match[1] if match else ""


def _is_constant(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


# -- Claims that stand alone --------------------------------------------------------------------------------


def _entangled(groups: list[list[Prompt]], libraries: set[str]) -> str:
    """Say why the groups cannot be run one without the other, "" where they can."""
    for index, group in enumerate(groups):
        others = {name for other in groups[:index] + groups[index + 1 :] for prompt in other for name in _all(prompt)}
        for prompt in group:
            for node in prompt.nodes:
                if isinstance(node, ast.Delete | ast.AugAssign):
                    return f"{short(prompt.code)} changes what others use"
                if isinstance(node, ast.Expr) and not prompt.want:
                    return f"{short(prompt.code)} is run for its effect"
                for name in _touched(node):
                    if name in others - libraries:
                        return f"{short(prompt.code)} may change `{name}`, which others use"
    return ""


def _imported(setup: str) -> set[str]:
    tree = names.parse(setup)
    return {bound for _, bound in names.imports(tree.body)} if tree else set()


def _touched(node: ast.AST) -> list[str]:
    """Return the names of what a statement may change: `next(x)`, `x.method()` of no known method."""
    found = []
    for call in ast.walk(node):
        match call:
            case ast.Call(func=ast.Name(id="next"), args=[ast.Name(id=name), *_]):
                found.append(name)
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr=method)) if method not in _PURE:
                found.append(name)
    return found


def _all(prompt: Prompt) -> list[str]:
    return [*names.reads(prompt.nodes), *names.binds(prompt.nodes)]


def _before(groups: list[list[Prompt]], group: list[Prompt]) -> list[Prompt]:
    """Return the earlier prompts that a group needs: those that bind its names."""
    needed = set(names.reads([node for prompt in group for node in prompt.nodes]))
    found: list[Prompt] = []
    for prompt in reversed([prompt for earlier in groups for prompt in earlier]):
        if needed & set(names.binds(prompt.nodes)):
            found.insert(0, prompt)
            needed |= set(names.reads(prompt.nodes))
    return found


# -- Words --------------------------------------------------------------------------------------------------


def _hints(group: list[Prompt]) -> list[str]:
    said = [prompt.comment for prompt in group if prompt.comment]
    return [*said[:2], " ".join(said[2:])] if len(said) > 3 else said  # noqa: PLR2004 (a ladder's rungs)


def _title(group: list[Prompt]) -> str:
    tested = [prompt for prompt in group if prompt.want] or group
    first = tested[0]
    more = len(tested) - 1
    return _of_one(first) + (f", and {more} more" if more else "")


def _of_one(prompt: Prompt) -> str:
    code = short(prompt.code)
    name = exception_name(prompt.want)
    if name:
        return f"{code} raises `{name}`"
    if not prompt.want:
        return f"{code} runs"
    if "\n" in prompt.want or len(prompt.want) > _LONGEST_TITLE:
        return f"{code} gives the expected text"
    return f"{code} gives {short(prompt.want)}"


def short(text: str) -> str:
    """Return a text in one line, as code."""
    line = " ".join(text.split())
    line = line if len(line) <= _LONGEST_TITLE else line[: _LONGEST_TITLE - 1] + "…"
    return f"`` {line} ``" if "`" in line else f"`{line}`"
