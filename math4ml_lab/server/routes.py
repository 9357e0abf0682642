"""The handlers: each decodes, calls one function of the grader, encodes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

import msgspec
from jupyter_server.auth import decorator
from jupyter_server.base.handlers import APIHandler
from jupyter_server.utils import url_path_join
from tornado import web

from math4ml_lab import wire
from math4ml_lab.server.refusals import Refused, bad_body

if TYPE_CHECKING:
    from collections.abc import Callable

    from math4ml_lab.server.clean_runs import CleanRuns
    from math4ml_lab.server.grader import Grader

AT_MOST = 2.0
"""Seconds that a request for a check or a clean run may take: proxies cut long ones, silently."""

Body = TypeVar("Body", bound=wire.Wire)
Method = TypeVar("Method", bound="Callable[..., Any]")


def allowed(action: str, resource: str) -> Callable[[Method], Method]:
    """Let only those in who may do that: signed in, and authorized."""

    def wrap(method: Method) -> Method:
        return cast("Method", web.authenticated(decorator.authorized(action, resource)(method)))

    return wrap


class GraderHandler(APIHandler):
    """What all handlers share: the grader, decoding, encoding, and what becomes of errors."""

    @property
    def grader(self) -> Grader:
        """The grader of this server."""
        grader: Grader = self.settings["math4ml_grader"]
        return grader

    @property
    def clean_runs(self) -> CleanRuns:
        """The clean runs of this server."""
        runs: CleanRuns = self.settings["math4ml_clean_runs"]
        return runs

    def body(self, kind: type[Body]) -> Body:
        """Decode the request's body; raise Refused, naming what does not fit."""
        try:
            return msgspec.json.decode(self.request.body, type=kind)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise bad_body(str(error)) from error

    def reply(self, answer: wire.Wire | list[Any], status: int = 200) -> None:
        """Encode an answer."""
        self.set_status(status)
        self.set_header("Content-Type", "application/json")
        self.finish(msgspec.json.encode(answer))

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Turn any error into a refusal in words; never show a traceback."""
        error = (kwargs.get("exc_info") or (None, None, None))[1]
        if isinstance(error, Refused):
            self.reply(wire.Refusal(message=error.message, fix=error.fix), error.status)
        elif isinstance(error, web.HTTPError) and status_code < 500:  # noqa: PLR2004
            message = error.log_message or self._reason
            self.reply(
                wire.Refusal(message=str(message), fix="Reload the page; if it stays so, sign in again."), status_code
            )
        else:
            fix = "Check again; the server's log says more."
            self.reply(wire.Refusal(message="The server could not do this.", fix=fix), status_code)

    def log_exception(self, typ: Any, value: Any, tb: Any) -> None:
        """Log refusals in a line, everything else in full."""
        if isinstance(value, Refused):
            self.log.info("math4ml refused %s: %s", self.request.path, value.message)
        else:
            super().log_exception(typ, value, tb)


class ExercisesHandler(GraderHandler):
    """`POST exercises`: what the panel shows of a notebook."""

    @allowed("read", "contents")
    async def post(self) -> None:
        """Answer with titles, checks, progress and problems."""
        self.reply(await self.grader.exercises(self.body(wire.ExercisesRequest)))


class WatchHandler(GraderHandler):
    """`POST watch`: judge these cells whenever they have run."""

    @allowed("execute", "kernels")
    async def post(self) -> None:
        """Answer when the kernel knows, or after 2 s."""
        self.reply(await self.grader.watch(self.body(wire.WatchRequest), at_most=AT_MOST))


class CheckHandler(GraderHandler):
    """`POST check`, and the checks under way in a kernel."""

    @allowed("execute", "kernels")
    async def post(self) -> None:
        """Start a check; answer when it is done, or after 2 s with what there is."""
        self.reply(await self.grader.check(self.body(wire.CheckRequest), at_most=AT_MOST))

    @allowed("execute", "kernels")
    async def get(self) -> None:
        """Answer with the checks under way, for a browser that was loaded again."""
        self.reply([check.answer() for check in self.grader.checks.of_kernel(self.get_query_argument("kernel_id", ""))])


class OneCheckHandler(GraderHandler):
    """`GET check/{id}`, `DELETE check/{id}`."""

    @allowed("execute", "kernels")
    async def get(self, check_id: str) -> None:
        """Answer when it is done, or after 2 s with what there is."""
        check = self.grader.checks.get(check_id)
        await check.wait(AT_MOST)
        self.reply(check.answer())

    @allowed("execute", "kernels")
    async def delete(self, check_id: str) -> None:
        """Cancel it; answer with its last reports."""
        self.reply(await self.grader.cancel(check_id))


class CleanRunHandler(GraderHandler):
    """`POST clean-run`: run a notebook from the top in a fresh kernel."""

    @allowed("execute", "kernels")
    async def post(self) -> None:
        """Start a run, or find the one under way; answer when it has ended, or after 2 s."""
        self.reply(await self.clean_runs.start(self.body(wire.CleanRunRequest), at_most=AT_MOST))


class OneCleanRunHandler(GraderHandler):
    """`GET clean-run/{id}`, `DELETE clean-run/{id}`."""

    @allowed("execute", "kernels")
    async def get(self, run_id: str) -> None:
        """Answer when it has ended, or after 2 s with how far it is."""
        self.reply(await self.clean_runs.answer(run_id, at_most=AT_MOST))

    @allowed("execute", "kernels")
    async def delete(self, run_id: str) -> None:
        """Cancel it and end its kernel; answer with its last reports."""
        self.reply(await self.clean_runs.cancel(run_id))


class HintHandler(GraderHandler):
    """`POST hint`: open the next rung of a ladder."""

    @allowed("execute", "kernels")
    async def post(self) -> None:
        """Answer with the ladder, one rung higher if its gate is open."""
        self.reply(await self.grader.hint(self.body(wire.HintRequest)))


class CourseHandler(GraderHandler):
    """`POST course`: the course that a notebook belongs to."""

    @allowed("read", "contents")
    async def post(self) -> None:
        """Answer with its units, and how the learner stands."""
        self.reply(await self.grader.course(self.body(wire.CourseRequest)))


class ProgressHandler(GraderHandler):
    """`GET progress`, `DELETE progress`: the learner's own record, or what it holds of `?course=`."""

    @allowed("execute", "kernels")
    async def get(self) -> None:
        """Answer with all of it."""
        self.reply(await self.grader.desk.everything(self._course))

    @allowed("execute", "kernels")
    async def delete(self) -> None:
        """Erase it; answer with what is left."""
        self.reply(await self.grader.desk.erase(self._course))

    @property
    def _course(self) -> str | None:
        return self.get_query_argument("course", None)


class PreferencesHandler(GraderHandler):
    """`POST preferences`: the learner's settings."""

    @allowed("execute", "kernels")
    async def post(self) -> None:
        """Answer with what holds now."""
        self.reply(self.grader.prefer(self.body(wire.Preferences)))


class ClipHandler(GraderHandler):
    """`POST clip`: a passage of a video was opened."""

    @allowed("execute", "kernels")
    async def post(self) -> None:
        """Answer with nothing."""
        self.grader.clip(self.body(wire.ClipOpened))
        self.set_status(204)
        self.finish()


class AnswerHandler(GraderHandler):
    """`POST answer`: what the learner says to a question."""

    @allowed("execute", "kernels")
    async def post(self) -> None:
        """Answer with the question, and what may be told of it."""
        self.reply(await self.grader.answer(self.body(wire.AnswerRequest)))


class AttemptsHandler(GraderHandler):
    """`POST attempts`: the learner's earlier answers to an exercise."""

    @allowed("read", "contents")
    async def post(self) -> None:
        """Answer with distinct texts, the newest first."""
        self.reply(await self.grader.attempts(self.body(wire.AttemptsRequest)))


class UnknownHandler(GraderHandler):
    """Any other address below ours."""

    @allowed("read", "contents")
    def get(self) -> None:
        """Refuse in JSON."""
        raise Refused(404, f"There is no {self.request.path}.", "Update the extension and the server together.")

    post = put = patch = delete = get


def routes(base_url: str) -> list[tuple[str, type[GraderHandler]]]:
    """Return addresses and handlers under the server's base address."""
    api = url_path_join(base_url, "math4ml", "api")
    return [
        (url_path_join(api, "exercises"), ExercisesHandler),
        (url_path_join(api, "watch"), WatchHandler),
        (url_path_join(api, "check"), CheckHandler),
        (url_path_join(api, r"check/([0-9a-f]+)"), OneCheckHandler),
        (url_path_join(api, "clean-run"), CleanRunHandler),
        (url_path_join(api, r"clean-run/([0-9a-f]+)"), OneCleanRunHandler),
        (url_path_join(api, "hint"), HintHandler),
        (url_path_join(api, "course"), CourseHandler),
        (url_path_join(api, "progress"), ProgressHandler),
        (url_path_join(api, "preferences"), PreferencesHandler),
        (url_path_join(api, "clip"), ClipHandler),
        (url_path_join(api, "answer"), AnswerHandler),
        (url_path_join(api, "attempts"), AttemptsHandler),
        (url_path_join(api, ".*"), UnknownHandler),
    ]
