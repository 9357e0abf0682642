"""Takes an author's solution out of a cell, by the marks that otter documents."""

from __future__ import annotations

import ast
import re

from math4ml_lab.importing import names

_BEGIN = re.compile(r"(?P<indent>\s*)#\s*BEGIN SOLUTION(?P<quiet> NO PROMPT)?\s*$", re.IGNORECASE)
_END = re.compile(r"\s*#\s*END SOLUTION\s*$", re.IGNORECASE)
_LINE = re.compile(r"(?P<indent>\s*)(?P<code>.*?)\s*#\s*SOLUTION\s*$", re.IGNORECASE)
_GONE = re.compile(r".*#\s*(?:SOLUTION NO PROMPT|IGNORE)\s*$", re.IGNORECASE)
_PROMPT = re.compile(r"\s*(?:\"\"\"|''')\s*#\s*BEGIN PROMPT\s*$", re.IGNORECASE)
_PROMPT_END = re.compile(r"\s*(?:\"\"\"|''')\s*;?\s*#\s*END PROMPT\s*$", re.IGNORECASE)
_IGNORE = re.compile(r"\s*#\s*BEGIN IGNORE\s*$", re.IGNORECASE)
_IGNORE_END = re.compile(r"\s*#\s*END IGNORE\s*$", re.IGNORECASE)


def without_solution(text: str) -> str:
    """Return what learners get: `...` for what is marked as solution, and the prompts that stand in quotes."""
    kept: list[str] = []
    until: re.Pattern[str] | None = None
    for line in text.split("\n"):
        if until is not None:
            until = None if until.match(line) else until
        elif begin := _BEGIN.match(line):
            until = _END
            if not begin["quiet"]:
                kept.append(f"{begin['indent']}...")
        elif _IGNORE.match(line):
            until = _IGNORE_END
        elif _PROMPT.match(line) or _PROMPT_END.match(line) or _GONE.match(line):
            continue
        elif found := _LINE.match(line):
            kept.append(f"{found['indent']}{_target(found['code'])}...")
        else:
            kept.append(line)
    # Of several in a row one says enough.
    return "\n".join(line for number, line in enumerate(kept)
                     if not (number and line.strip() == "..." and kept[number - 1] == line))  # fmt: skip


def solution_only(text: str) -> str:
    """Return the solution without otter's marks, and without what is only shown to learners."""
    kept: list[str] = []
    until: re.Pattern[str] | None = None
    for line in text.split("\n"):
        if until is not None:
            until = None if until.match(line) else until
        elif _PROMPT.match(line):
            until = _PROMPT_END
        elif _IGNORE.match(line):
            until = _IGNORE_END
        elif not (_BEGIN.match(line) or _END.match(line) or re.search(r"#\s*IGNORE\s*$", line)):
            kept.append(re.sub(r"\s*#\s*SOLUTION(?: NO PROMPT)?\s*$", "", line, flags=re.IGNORECASE))
    return "\n".join(kept)


def _target(code: str) -> str:
    """Return what stands before the value of an assignment, "" for other code."""
    tree = names.parse(code)
    node = tree.body[0] if tree and len(tree.body) == 1 else None
    if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign) and node.value is not None:
        return code.encode()[: node.value.col_offset].decode()
    return ""
