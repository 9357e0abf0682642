"""Tests that came from elsewhere, as claims: each is asked of the respondent, and judged by what came back as data."""

from __future__ import annotations

import ast
import re
import sys
from typing import TYPE_CHECKING, Any

from math4ml_lab.kernel import expected, plain_words, structure
from math4ml_lab.kernel.answered import Disturbed, read_raised
from math4ml_lab.kernel.readings import Failure, Reading, compared
from math4ml_lab.kernel.transcripts import Prompt, parsed, setup_code, split

if TYPE_CHECKING:
    from collections.abc import Mapping

    from math4ml_lab.kernel.answered import Ask
    from math4ml_lab.kernel.definition import Script

_UNDEFINED = re.compile(r"name '(\w+)' is not defined")
_NO_MODULE = re.compile(r"No module named '([\w.]+)'")


class Lacks(Exception):
    """Names from elsewhere in the notebook are not defined in this kernel."""

    def __init__(self, names: list[str]) -> None:
        super().__init__(", ".join(names))
        self.names = names


class NeedsModule(Exception):
    """A test imports what the kernel's Python lacks: `str` says what, `fix` how to get it."""

    def __init__(self, module: str) -> None:
        super().__init__(f"A test of this exercise needs the module {module!r}, which the kernel's Python lacks.")
        self.fix = f"Install it there: {sys.executable} -m pip install {module.partition('.')[0]}"


class Test:
    """One script as a claim, and how it fared: `state` is held, failed or skipped.

    `standing` is the prompt that is under way: an answer may never come back from it.
    """

    def __init__(self, script: Script, answers: list[str]) -> None:
        self.script = script
        self.name = script.name
        self.answers = script.answers if script.answers is not None else answers
        self.setup = setup_code(script.setup)
        self.prompts = split(script.kind, script.text)
        self.state = "skipped"
        self.measurement: str | None = None
        self.line: Any = None
        self.notes: list[str] = []
        self.standing: str | None = None

    def fresh(self) -> Test:
        """Return the same claim, not tried yet."""
        return Test(self.script, self.answers)

    def try_it(self, ask: Ask) -> None:
        """Ask for all prompts, and know how it fared; raise Lacks, and what ends the conversation."""
        failure = self._failure(ask, legacy=False)
        if failure is not None and failure.is_text and _has_two_ways():
            again = self._failure(ask, legacy=True)
            if again is None:
                self.notes.append(f"{self.script.name} compares what numpy printed as it was before version 2.")
                failure = None
        self.state = "held" if failure is None else "failed"
        if failure is not None:
            self.measurement = "a hidden test does not hold" if self.script.hidden else failure.text
            self.line = failure.line

    def _failure(self, ask: Ask, *, legacy: bool) -> Failure | None:
        rows = [self.setup, *(prompt.code for prompt in self.prompts)]
        self.standing = None
        question = {"ask": "test", "kind": self.script.kind, "rows": rows, "legacy": legacy}
        first: Failure | None = None
        for number, reply in enumerate(ask(question)):
            prompt = self.prompts[number - 1] if number else Prompt(self.setup)
            if first is None:
                first = self._looked_at(prompt, reply, is_setup=not number)
            following = self.prompts[number] if number < len(self.prompts) else None
            self.standing = following.title if following is not None and not self.script.hidden else None
        return first

    def _looked_at(self, prompt: Prompt, reply: Mapping[str, Any], *, is_setup: bool) -> Failure | None:
        raised = read_raised(reply["raised"]) if "raised" in reply else None
        what = "the setup of this test" if is_setup else prompt.title
        if raised is not None:
            if not is_setup and prompt.exception == raised["type"]:
                return None
            self._lacking(raised)
            need = f", needs {prompt.exception}" if prompt.exception else ""
            return Failure(f"{what}: {plain_words.told(raised['type'], raised['message'], need)}", raised["line"])
        if not is_setup and prompt.exception is not None:
            if expected.is_met(prompt.want, reply, None, {}):  # the name of an exception, as a text
                return None
            return Failure(f"{what}: nothing was raised, needs {prompt.exception}")
        try:
            reading = Reading(reply)
            if is_setup or self.script.kind == "script":
                return None if reading.holds(prompt.code) else Failure(reading.why(what, prompt.code))
            return compared(prompt, reading)
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, RecursionError) as error:
            raise Disturbed from error

    def _lacking(self, raised: Mapping[str, Any]) -> None:
        """Raise Lacks or NeedsModule where the test itself, and no line of the learner's, met what is not there."""
        module = _NO_MODULE.search(raised["message"]) if raised["type"] == "ModuleNotFoundError" else None
        if module is not None and raised["line"] is None:
            raise NeedsModule(module[1])
        name = _UNDEFINED.search(raised["message"]) if raised["type"] == "NameError" else None
        if name is not None and raised["line"] is None and name[1] not in self.answers and not self._binds(name[1]):
            raise Lacks([name[1]])

    def _binds(self, name: str) -> bool:
        trees = [parsed(code) for code in (self.setup, *(prompt.code for prompt in self.prompts))]
        nodes = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Name)]
        return any(node.id == name and not isinstance(node.ctx, ast.Load) for node in nodes)

    def as_dict(self) -> dict[str, Any]:
        """Return it in the shape of `wire.CheckResult`."""
        about = self.answers[0] if self.answers else ""
        told = {"name": self.name, "answer": about, "title": "", "state": self.state}
        return {**told, "measurement": self.measurement, "line": self.line}


def require(names: list[str], states: Mapping[str, str]) -> None:
    """Raise Lacks where names from elsewhere are not defined."""
    missing = [name for name in names if states[name] == "undefined"]
    if missing:
        raise Lacks(missing)


def try_all(tests: list[Test], states: Mapping[str, str], ask: Ask) -> None:
    """Try the tests whose answers are there; raise Lacks, and what ends the conversation."""
    for test in tests:
        if all(structure.is_there(states.get(name, "value")) for name in test.answers):
            test.try_it(ask)


def defined(name: str, state: str) -> dict[str, Any]:
    """Return the claim that a name is there at all, in the shape of `wire.CheckResult`."""
    told = {"name": "defined", "answer": name, "title": structure.TITLES["defined"].format(name=name)}
    if structure.is_there(state):
        return {**told, "state": "held"}
    return {**told, "state": "failed", "measurement": structure.missing(name, state)}


def _has_two_ways() -> bool:
    """Tell whether numpy prints otherwise than it used to."""
    version = str(getattr(sys.modules.get("numpy"), "__version__", "0"))
    return int(version.partition(".")[0]) > 1
