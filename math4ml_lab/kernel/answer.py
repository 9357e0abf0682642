"""The learner's side of a check: answers the judge's questions from a copy of the live state.

It runs in a fork of the kernel and holds the learner's objects and the inputs; the right answers never come here.
"""

from __future__ import annotations

import ast
import hashlib
import linecache
import os
import signal
import sys
import traceback
from typing import TYPE_CHECKING, Any

from math4ml_lab.kernel import prompts, scene, values, watched
from math4ml_lab.kernel.kept import Kept
from math4ml_lab.kernel.line import Line
from math4ml_lab.kernel.printed import Printed
from math4ml_lab.kernel.watched import call_arguments, data, is_function

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_getpid, _exit = os.getpid, os._exit
_getrefcount = sys.getrefcount


class Respondent:
    """Answers questions about the learner's names.

    Questions: `names` (which are defined, and how), `value`, `evaluate` (call an answer on rows of inputs: one reply
    a row), `use` (something that is kept), `trace` (call an answer on one row and tell the line that returned),
    `writes` (the line that wrote into an input), `lines_run` (how many lines ran on one row), `line` (that binds a
    name), `figures` (that the cell drew), `printed` (on a row, if anything was), `test` (prompts: one reply each).
    """

    def __init__(
        self, namespace: Mapping[str, Any], source: str, guard: Any = None, left: Mapping[str, Any] | None = None
    ) -> None:
        self.namespace = namespace
        self.source = source
        self.guard = guard
        self.left = left  # what the cell printed and drew, None where its run was not recorded
        self.printed = Printed()
        self.at_work = False
        self.kept = Kept(namespace)
        self._gone: dict[str, Any] = {}
        if guard is not None:
            guard.place = self.place

    def place(self, frame: Any) -> tuple[str, int] | None:
        """Return where the learner's own code stands in `frame`; no builtin is called, an answer may have any."""
        while frame is not None and frame.f_globals is not self.namespace:
            frame = frame.f_back
        return None if frame is None else (frame.f_code.co_filename, frame.f_lineno)

    def ask(self, question: Mapping[str, Any]) -> Iterator[Any]:
        """Give the replies to one question as JSON trees."""
        if question["ask"] == "evaluate":
            name, star = question["name"], question["star"]
            for number, row in enumerate(question["rows"]):
                self.printed.begin(name, number)
                reply = self.guarded(lambda row=row: self._evaluate(name, row, star))
                yield {**reply, "printed": self.printed.on(name, number)} if question.get("tells") else reply
        elif question["ask"] == "test":
            _seed()
            yield from prompts.replies(self, question)
        else:
            yield self._reply(question)

    def _reply(self, question: Mapping[str, Any]) -> Any:
        what = question["ask"]
        if what == "names":
            return {"names": {name: self._describe(name) for name in question["names"]}}
        if what == "value":
            self.printed.begin(question["name"], 0)
            reply = self.guarded(lambda: self.kept.told(self.namespace[question["name"]]))
            return {**reply, "printed": self.left["printed"]} if self.left is not None else reply
        if what == "use":
            return self.guarded(lambda: self.kept.use(question))
        if what == "figures":
            return self.guarded(self._figures)
        if what == "trace":
            return {"line": watched.returning(self, question["name"], question["row"], question["star"])}
        if what == "writes":
            return {"line": watched.writing(self, question["name"], question["row"], question["star"])}
        if what == "lines_run":
            return {"count": watched.lines_run(self, question["name"], question["row"], question["star"])}
        if what == "line":
            return {"line": self._assignment(question["name"])}
        return {"printed": self.printed.told(question["of"])}

    def _figures(self) -> Any:
        figures = None if self.left is None else [scene.drawn(figure) for figure in self.left["figures"]]
        return {"figures": figures}

    def _describe(self, name: str) -> str:
        if name not in self.namespace:
            return "undefined"
        return "callable" if callable(self.namespace[name]) else "value"

    def guarded(self, work: Any) -> Any:
        """Return what the learner's code comes to: a reply, an exception, the end of its time or memory."""
        if self.guard is None:
            self.at_work = True
            try:
                return self._outcome(work)
            finally:
                self.at_work = False
        try:
            return self.guard.call(lambda: self._outcome(work))
        except BaseException:
            if self.guard.over is None:
                raise
            return {"stopped": self.guard.over, "at": self.line(self.guard.stopped_at)}

    def _outcome(self, work: Any) -> Any:
        try:
            return work()
        except MemoryError:
            return {"memory": True}
        except BaseException as error:  # SystemExit and KeyboardInterrupt of an answer are its own failures
            if self.guard is not None and self.guard.over:
                raise
            return {"raised": self.describe(error)}

    def _evaluate(self, name: str, row: Mapping[str, Any], star: str | None) -> Any:
        inputs = {key: self._again(key, values.decode(tree)) for key, tree in row.items()}
        arguments = call_arguments(inputs, star)
        before = data(inputs, star)
        result = self.namespace[name](*arguments)
        tree = values.encode(result)
        changed = {key: after for key, after in data(inputs, star).items() if after != before[key]}
        calls = {
            key: value.calls for key, value in zip(_names(inputs, star, arguments), arguments) if is_function(value)
        }
        self._gone = inputs
        return {**self.kept.told(result, tree), "changed": changed, "calls": calls}

    def _again(self, key: str, value: Any) -> Any:
        """Return `value` in the array of the row before, if it fits and nobody else holds it.

        Python may give what is new the identity of what is gone. Here it always does, so that an answer which goes by
        identity is found wrong each time.
        """
        gone = self._gone.pop(key, None)
        # The names here and in `getrefcount` are the only ones.
        if type(gone) is not type(value) or not hasattr(value, "dtype") or _getrefcount(gone) > 2:  # noqa: PLR2004
            return value
        plain = all(
            array.flags.owndata and array.flags.c_contiguous and array.flags.writeable for array in (gone, value)
        )
        if not plain or gone.dtype != value.dtype:
            return value
        gone.resize(value.shape, refcheck=False)
        gone[...] = value
        return gone

    def line(self, place: tuple[str, int] | None) -> Any:
        """Return the line at a place."""
        return None if place is None else self._line(*place)

    def _line(self, filename: str, number: int) -> Any:
        text = linecache.getline(filename, number).strip()
        own = self.source.splitlines()
        here = 0 < number <= len(own) and own[number - 1].strip() == text
        return {"text": values.plain_text(text, 200), "number": number if here else None} if text else None

    def _assignment(self, name: str) -> Any:
        """Return the last line of the cell that binds `name` at its top level."""
        try:
            statements = ast.parse(self.source).body
        except SyntaxError:
            return None
        own = self.source.splitlines()
        for statement in reversed(statements):
            bound = {
                node.id
                for node in ast.walk(statement)
                if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
            }
            if name in bound or getattr(statement, "name", None) == name:
                text = own[statement.lineno - 1].strip()
                return {"text": values.plain_text(text, 200), "number": statement.lineno}
        return None

    def describe(self, error: BaseException) -> Any:
        """Return the type, the message and the learner's own deepest line."""
        line = None
        for frame, number in traceback.walk_tb(error.__traceback__):
            if frame.f_globals is self.namespace:
                line = self._line(frame.f_code.co_filename, number) or line
        return {"type": values.type_name(type(error)), "message": values.message(error), "line": line}


def _names(inputs: Mapping[str, Any], star: str | None, arguments: list[Any]) -> list[str]:
    plain = [name for name in inputs if name != star]
    return plain + [star or ""] * (len(arguments) - len(plain))


def normalised(source: str) -> str:
    """Return a fingerprint of a cell's code that comments, blank lines and spaces do not change."""
    try:
        text = ast.dump(ast.parse(source))
    except (SyntaxError, ValueError, RecursionError):
        text = " ".join(source.split())
    return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()[:16]


def _seed() -> None:
    """Give answers that draw from the global generators the same numbers in every check."""
    random, numbers = sys.modules.get("random"), getattr(sys.modules.get("numpy"), "random", None)
    for seed in (getattr(random, "seed", None), getattr(numbers, "seed", None)):
        try:
            seed(0)  # type: ignore[misc]
        except Exception:  # not there, or no longer what it was
            continue


def _teller(line: Line, respondent: Respondent) -> Any:
    """Return the handler of the signal that asks, when time is up, where the answer stands."""
    process = _getpid()

    def tell(_: int, frame: Any) -> None:
        try:
            if respondent.at_work and _getpid() == process:  # between two replies there is nothing to tell
                line.send({"at": respondent.line(respondent.place(frame))})
        except BaseException:  # whatever the answer made of our surroundings
            return

    return tell


def converse(sock: Any, respondent: Respondent) -> None:
    """Answer the judge's questions until it hangs up."""
    _seed()
    sys.stdout = sys.stderr = respondent.printed
    line, process = Line(sock), _getpid()
    if respondent.guard is None:
        signal.signal(signal.SIGUSR1, _teller(line, respondent))
    while True:
        try:
            question, _ = line.receive()
        except (EOFError, OSError, ValueError):
            return
        try:
            for reply in respondent.ask(question):
                if _getpid() != process:  # an answer that forked: the other one replies
                    _exit(0)
                line.send(reply)
        except MemoryError:
            line.send({"memory": True})
        except OSError:
            return
