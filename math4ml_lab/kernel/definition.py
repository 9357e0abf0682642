"""What a module says of its exercise, as it is collected: inputs, claims, mistakes, scripts, and the whole."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any, Callable

from math4ml_lab.kernel.messages import clash

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Answer = Callable[..., Any]


class Case:
    """One row of inputs, fixed by the author."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self.values = dict(values)


class Draw:
    """A recipe for drawn inputs; hypothesis is imported only when something is drawn."""

    def __init__(self, kind: str, *arguments: Any) -> None:
        self.kind = kind
        self.arguments = arguments


class Raised(Exception):
    """What the learner's code raised when a check or a view called it; `told` is its type, message and line."""

    told: Mapping[str, Any]


class Claim:
    """A check: one claim about an answer. `overrides` replace inputs."""

    def __init__(self, function: Answer, of: str | None, overrides: Mapping[str, Any]) -> None:
        self.name = function.__name__
        self.function = function
        self.of = of
        self.overrides = dict(overrides)
        parameters = inspect.signature(function).parameters.values()
        self.parameters = [parameter.name for parameter in parameters]
        self.optional = {parameter.name for parameter in parameters if parameter.default is not parameter.empty}


class Mistake:
    """A known wrong solution of the answer `of`; `edit` is an (old, new) pair that makes it from the solution."""

    def __init__(self, name: str, function: Answer | None, of: str | None, edit: Any = None, doc: Any = None) -> None:
        self.name = name
        self.function = function
        self.of = of
        self.edit: tuple[str, str] | None = edit
        self.__doc__ = doc or getattr(function, "__doc__", None)


class Row:
    """What a symptom sees of one input: `inputs` by name, `got` and `want`, `calls` of function inputs.

    `changed` holds the inputs that the call left otherwise than it found them, by name, as they are after it.
    Where the answer raised, `got` is the exception's type by name and `error` its message, which is None otherwise;
    `clash` are the sizes that did not fit one another, in rising order, where the message names them.
    """

    def __init__(  # noqa: PLR0913, PLR0917 (fields in order)
        self, inputs: Mapping[str, Any], got: Any, want: Any, calls: Mapping[str, int], error: str | None = None,
        changed: Mapping[str, Any] | None = None,
    ) -> None:  # fmt: skip
        self.inputs = dict(inputs)
        self.got = got
        self.want = want
        self.calls = dict(calls)
        self.error = error
        self.clash = clash(error)
        self.changed = dict(changed or {})


class Script:
    """Tests that came from elsewhere, as one claim: a `transcript` of prompts, or a `script` that must not raise.

    `names` come from other cells of the notebook; `answers` are what the learner defines, None for the exercise's own.
    """

    def __init__(  # noqa: PLR0913 (fields by name)
        self,
        kind: str,
        text: str,
        *,
        setup: str,
        names: Sequence[str],
        answers: Sequence[str] | None,
        name: str,
        hidden: bool,
    ) -> None:
        self.kind = kind
        self.text = text
        self.setup = setup
        self.names = list(names)
        self.answers = None if answers is None else list(answers)
        self.name = name
        self.hidden = hidden


class Definition:
    """An exercise as its module defines it."""

    def __init__(self) -> None:
        self.solutions: dict[str, Answer] = {}
        self.cases: list[Case] = []
        self.strategies: dict[str, Any] = {}
        self.has_inputs = False
        self.size = 60
        self.checks: list[Claim] = []
        self.mistakes: dict[str, Mistake] = {}
        self.shown: list[tuple[Any, Answer]] = []
        self.symptoms: dict[str, Answer] = {}
        self.views: dict[str | None, Answer] = {}
        self.settings: dict[str, Any] = {}
        self.scripts: list[Script] = []

    @property
    def answers(self) -> list[str]:
        """All names that the learner defines: those of solutions, and those that the tests are about."""
        named = [*self.settings.get("answers", ()), *(name for one in self.scripts for name in one.answers or ())]
        return list(dict.fromkeys([*self.solutions, *named]))
