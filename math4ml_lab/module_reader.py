"""Reads the tree of one exercise module: what its decorators and docstrings state, and what is wrong with them."""

from __future__ import annotations

import ast
import hashlib
import inspect
import textwrap
from typing import TYPE_CHECKING, Any, Literal

from msgspec import structs

from math4ml_lab import sources
from math4ml_lab.course import Answer, Check, Exercise, Mistake, Videos
from math4ml_lab.errors import ModuleProblem
from math4ml_lab.hints import FAIL_FIRST, FREE_CHECKS, NEVER_FAILED, Ladder
from math4ml_lab.ladder_reader import LadderReader
from math4ml_lab.lines import Defined
from math4ml_lab.module_names import DECORATORS, SCRIPTS, TOP_LEVEL, ModuleNames
from math4ml_lab.module_settings import SETTINGS
from math4ml_lab.parameters import Asking, Given, asking, inputs_of, wants_scene
from math4ml_lab.question_reader import QUESTIONS, Known, QuestionReader
from math4ml_lab.script_reader import ScriptReader

if TYPE_CHECKING:
    from math4ml_lab.questions import Asked


class ModuleReader:
    """One reading of one module: what it finds wrong it notes, and goes on."""

    def __init__(self, videos: Videos) -> None:
        self.problems: list[ModuleProblem] = []
        self._ladders = LadderReader(self._note, videos)
        self._names = ModuleNames(self._note)
        self._api = self._names.api
        self._scripts = ScriptReader(self._note)
        self._settings: dict[str, Any] = {}
        self._first: Ladder | None = None
        self._own = Ladder(title="")
        self._solutions: dict[str, Defined] = {}
        self._starters: dict[str, Defined] = {}
        self._inputs: list[str] = []
        self._inputs_calls: list[ast.Call] = []
        self._askings: list[Asking] = []
        self._elsewhere: list[str] = []
        self._checks: dict[str, Check] = {}
        self._mistakes: dict[str, Mistake] = {}
        self._symptoms: list[str] = []
        self._wrong: dict[str, tuple[Defined | None, tuple[str, str] | None]] = {}
        self._edits: dict[str, int] = {}
        self._asked: list[tuple[str, ast.Call]] = []
        self._tested: set[str] = set()
        self._tested_answers: list[str] = []

    def read(self, tree: ast.Module) -> None:
        """Collect what the module defines: the settings first, for titles refer to the exercise's video."""
        self._names.read(tree)
        for node in tree.body:
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) and self._api(node.value) == "exercise":
                self._read_settings(node.value)
        self._own = self._ladders.of(tree, "the module")
        for node in tree.body:
            self._read_statement(node)
        self._look_whole()

    def _look_whole(self) -> None:
        """Note what is wrong with the module as a whole."""
        if not self._solutions and not self._tested:
            self._note(1, "the module defines no @solution", "put @solution above the right answer")
        elif not self._solutions and not self._answers():
            fix = 'write exercise(answers=["the_name"])'
            self._note(1, "the module does not say what the learner defines", fix)
        solutions = [asking(f"the solution {name!r}", node) for name, node in self._solutions.items()]
        self._given.look(solutions, self._askings, self._note)
        for name, node in self._starters.items():
            if name not in self._answers():
                fix = f"give it the name of an answer: {', '.join(self._answers())}"
                self._note(node.lineno, f"the starter {name!r} is of no answer", fix)
            if "starter" in self._settings:
                self._note(node.lineno, "there are two starters", "keep @starter, or exercise(starter=...)")
        self._elsewhere += self._given.elsewhere(solutions, self._askings)
        for node in self._solutions.values():
            if isinstance(node, ast.ClassDef) and not self._inputs:
                self._note(node.lineno, f"the class {node.name!r} is called with no inputs", "add inputs(case(...))")
        lone = [*(name for name in self._checks if name not in self._tested), *self._mistakes]
        for name in lone if self._tested and not self._solutions else ():
            self._note(1, f"{name!r} needs a @solution to be held against", "add one, or leave it out")

    @property
    def _given(self) -> Given:
        return Given(self._inputs_calls, self._answers(), self._settings.get("names", ()))

    def _answers(self) -> list[str]:
        """Return the names that the learner defines, those of solutions first."""
        return list(dict.fromkeys([*self._solutions, *self._settings.get("answers", ()), *self._tested_answers]))

    def _others(self) -> list[str]:
        """Return the names that other cells have to define."""
        return [name for name in dict.fromkeys(self._elsewhere) if name not in self._answers()]

    def _read_script(self, api: str, call: ast.Call) -> None:
        script = self._scripts.read(api, call)
        if script is None:
            self._tested.add("")
            return
        self._take(script.name, call.lineno)
        ladder = self._ladders.ladder(inspect.cleandoc(script.doc), call.lineno, f"{api} {script.name!r}")
        self._checks[script.name] = Check(**_parts(ladder), name=script.name, hidden=script.hidden)
        self._tested.add(script.name)
        self._tested_answers.extend(script.answers)
        self._elsewhere.extend(script.names)

    def exercise(self, source: str, name: str) -> Exercise:
        """Return what was read; of no use when there are problems."""
        keys = ("points", "limit", "isolation", "starter_counts", "stripped", "flaky")
        known = {key: self._settings[key] for key in keys if key in self._settings}
        answers = tuple(
            Answer(answer, self._kind(self._solutions[answer]) if answer in self._solutions else "any")
            for answer in self._answers()
        )
        given = self._settings.get("starter")
        starter = self._begin(source, answers) if given is None else textwrap.dedent(given).strip("\n")
        return Exercise(
            title=self._own.title, rungs=self._own.rungs, clip=self._own.clip or self._ladders.video,
            name=name, answers=answers, checks=tuple(self._checks.values()), mistakes=self._sourced(source),
            symptoms=tuple(self._symptoms), video=self._ladders.video, wants_a_failure_first=self._first,
            needs=tuple(self._settings.get("needs", ())), was=tuple(self._settings.get("was", ())),
            starter=starter,
            digest=hashlib.sha256(source.encode()).hexdigest(),
            inputs_digest=hashlib.sha256("\n".join(self._inputs).encode()).hexdigest()[:16],
            solution=self._solution(source), questions=self._questions(source),
            elsewhere=tuple(self._others()), wants_scene=wants_scene(self._askings, self._given),
            **known,
        )  # fmt: skip

    def _solution(self, source: str) -> str:
        there = {} if self._settings.get("stripped") else self._solutions
        return sources.solution(source, {name: (node, self._kind(node)) for name, node in there.items()})

    def _sourced(self, source: str) -> tuple[Mistake, ...]:
        """Return the mistakes with their texts."""
        first = next(iter(self._solutions.values()), None)
        for name, (node, edit) in self._wrong.items():
            known = self._mistakes[name]
            of = self._solutions.get(known.of or "", first)
            is_told = of is not None and not self._settings.get("stripped")
            text = sources.mistake(source, node, edit, of) if of is not None and is_told else ""
            if is_told and edit is not None and not text:
                fix = "edit text that stands in the solution itself, letter by letter"
                self._note(self._edits[name], f"mistake {name!r}: the solution holds no {edit[0]!r}", fix)
            self._mistakes[name] = structs.replace(known, source=text)
        return tuple(self._mistakes.values())

    def _questions(self, source: str) -> tuple[Asked, ...]:
        known = Known(self._mistakes, self._checks, self._solution(source), self._taken)
        reader = QuestionReader(self._note, known)
        read = [reader.read(api, call) for api, call in self._asked]
        return tuple(question for question in read if question is not None)

    def _taken(self, of: str | None) -> dict[str, str | None]:
        """Return the inputs that a learner can choose for an answer, with their defaults: its generator is none."""
        return inputs_of(self._solutions.get(of or next(iter(self._solutions), "")), self._given.inputs)

    def _kind(self, node: Defined) -> Literal["function", "class", "value"]:
        return "value" if not self._inputs else "class" if isinstance(node, ast.ClassDef) else "function"

    def _begin(self, source: str, answers: tuple[Answer, ...]) -> str:
        """Return what the learner begins with: the author's starters, a stub where there is none."""
        texts = []
        for answer in answers:
            if answer.name in self._starters:
                texts.append(sources.definition(source, answer.name, self._starters[answer.name], answer.kind))
            elif answer.name in self._solutions:
                texts.append(sources.stub(self._solutions[answer.name], answer.kind))
            else:
                texts.append(f"{answer.name} = ...")
        return "\n\n".join(texts)

    def _note(self, line: int, message: str, fix: str) -> None:
        self.problems.append(ModuleProblem(line, message, fix))

    def _take(self, name: str, line: int) -> None:
        if name in {*self._solutions, *self._checks, *self._mistakes}:
            self._note(line, f"{name!r} is defined twice", "give each solution, check and mistake a name of its own")
        if name in {*FREE_CHECKS, NEVER_FAILED}:
            self._note(line, f"{name!r} is a name that every exercise has", "take another name")

    # -- Statements --

    def _read_statement(self, node: ast.stmt) -> None:
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                for decorator in node.decorator_list:
                    self._read_decorator(node, decorator)
            case ast.Expr(value=ast.Call() as call) if self._api(call) == "inputs":
                self._inputs.append(ast.unparse(node))
                self._inputs_calls.append(call)
            case ast.Expr(value=ast.Call() as call) if self._api(call) == "exercise":
                pass  # read before
            case ast.Expr(value=ast.Call() as call) if (api := self._api(call)) in QUESTIONS and api is not None:
                self._asked.append((api, call))
            case ast.Expr(value=ast.Call() as call) if (api := self._api(call)) in SCRIPTS and api is not None:
                self._read_script(api, call)
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call() as call) if self._api(call) == "mistake":
                self._read_edit(name, call)
            case _:
                self._read_stray(node)

    def _read_stray(self, statement: ast.stmt) -> None:
        """Note what defines a part of the exercise where nobody reads it."""
        for node in ast.walk(statement):
            uses = [node] if isinstance(node, ast.Call) else node.decorator_list if isinstance(node, Defined) else []
            for use in uses:
                if (name := self._api(use)) in TOP_LEVEL:
                    fix = "write it at top level, as a statement of its own or as a decorator"
                    self._note(use.lineno, f"{name!r} is used where it is not read", fix)

    def _read_settings(self, call: ast.Call) -> None:
        for argument in call.args:
            self._note(argument.lineno, "exercise(...) takes settings by name only", "write points=2, and so on")
        for keyword in call.keywords:
            known = SETTINGS.get(keyword.arg or "")
            value = self._literal(keyword.value)
            if known is None:
                fix = f"it has {', '.join(SETTINGS)}"
                self._note(keyword.lineno, f"exercise(...) has no setting {keyword.arg!r}", fix)
            elif not known[0](value):
                self._note(keyword.lineno, f"{keyword.arg}= is not {known[1]}", f"write {known[1]}, as a literal")
            else:
                self._settings[keyword.arg or ""] = value
                if keyword.arg == "video":
                    self._ladders.video = self._ladders.ref(value, keyword.lineno)
        first = self._settings.get("wants_a_failure_first")
        if first:
            self._first = (
                FAIL_FIRST if first is True else self._ladders.ladder(first, call.lineno, "wants_a_failure_first")
            )

    def _literal(self, node: ast.expr) -> Any:
        """Return the value of a literal, None for anything else."""
        try:
            return ast.literal_eval(node)
        except (ValueError, TypeError):
            return None

    def _read_decorator(self, node: Defined, decorator: ast.expr) -> None:
        api = self._api(decorator)
        if api is None:
            return
        if api not in DECORATORS:
            self._note(decorator.lineno, f"{api!r} is no decorator", f"use one of {', '.join(DECORATORS)}")
            return
        keywords = self._keywords(decorator, api)
        if api in ("solution", "check", "mistake"):
            self._take(node.name, node.lineno)
        if api == "solution":
            self._solutions[node.name] = node
        elif api == "check":
            ladder = self._ladders.of(node, f"check {node.name!r}")
            hidden = "hidden" in keywords and self._literal(keywords["hidden"]) is True
            self._checks[node.name] = Check(**_parts(ladder), name=node.name, of=self._of(keywords), hidden=hidden)
            self._askings.append(asking(f"check {node.name!r}", node, keywords))
        elif api == "mistake":
            ladder = self._ladders.of(node, f"mistake {node.name!r}")
            self._mistakes[node.name] = Mistake(**_parts(ladder), name=node.name, of=self._of(keywords))
            self._wrong[node.name] = node, None
        elif api == "starter":
            self._starters[node.name] = node
        elif api == "view":
            self._of(keywords)

    def _keywords(self, decorator: ast.expr, api: str) -> dict[str, ast.expr]:
        """Return a decorator's arguments by name, after a look at which it may have."""
        if not isinstance(decorator, ast.Call):
            if api == "symptom":
                self._note(decorator.lineno, "symptom names no mistake", "write @symptom(the_mistake)")
            return {}
        if api == "symptom":
            self._read_symptom(decorator)
            return {}
        keywords = {keyword.arg or "**": keyword.value for keyword in decorator.keywords}
        # The further names in @check(...) are inputs that it overrides.
        strange = {"**"} & keywords.keys() if api == "check" else keywords.keys() - {"of"}
        if decorator.args or strange or api in ("solution", "starter"):
            fix = f"write @{api}" if api in ("solution", "starter") else f"write @{api} or @{api}(of=the_solution)"
            self._note(decorator.lineno, f"{api!r} does not take these arguments", fix)
        return keywords

    def _of(self, keywords: dict[str, ast.expr]) -> str | None:
        node = keywords.get("of")
        if node is None:
            return None
        if isinstance(node, ast.Name) and node.id in self._solutions:
            return node.id
        fix = "write the name of a solution that stands above, without quotes"
        self._note(node.lineno, f"of={ast.unparse(node)} names no solution", fix)
        return None

    def _read_symptom(self, call: ast.Call) -> None:
        match call:
            case ast.Call(args=[ast.Name(id=name)], keywords=[]) if name in self._mistakes:
                self._symptoms.append(name)
            case _:
                fix = "write @symptom(name) with a mistake that stands above"
                self._note(call.lineno, f"{ast.unparse(call)} names no mistake", fix)

    def _read_edit(self, name: str, call: ast.Call) -> None:
        """Read `name = mistake(edit=(old, new), doc=..., of=...)`."""
        keywords = {keyword.arg or "**": keyword.value for keyword in call.keywords}
        edit, doc = (self._literal(keywords[part]) if part in keywords else None for part in ("edit", "doc"))
        pair = edit if isinstance(edit, tuple) and [type(text) for text in edit] == [str, str] else None
        if call.args or keywords.keys() - {"edit", "doc", "of"} or pair is None:
            fix = 'write name = mistake(edit=("what stands in the solution", "what stands there instead"), doc="...")'
            self._note(call.lineno, f"mistake {name!r} is no edit of the solution", fix)
        self._take(name, call.lineno)
        ladder = self._ladders.ladder(
            inspect.cleandoc(doc) if isinstance(doc, str) else None, call.lineno, f"mistake {name!r}"
        )
        self._mistakes[name] = Mistake(**_parts(ladder), name=name, of=self._of(keywords))
        self._wrong[name] = None, pair
        self._edits[name] = call.lineno


def _parts(ladder: Ladder) -> dict[str, Any]:
    return {"title": ladder.title, "rungs": ladder.rungs, "clip": ladder.clip}
