"""What is made of an answer to a question: some say at once whether they are right, others have to be tried.

An input that is to show a mistake, and a puzzle's lines in another order than the author's, are tried by the judge
beside the learner's kernel, for the server runs no course.
"""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Any

from math4ml_lab import questions, reveal, wire
from math4ml_lab.errors import UnfitAnswerError
from math4ml_lab.server.link import Ended
from math4ml_lab.server.refusals import Refused, no_kernel

if TYPE_CHECKING:
    from math4ml_lab.server.courses import Loaded
    from math4ml_lab.server.kernels import Kernels
    from math4ml_lab.server.link import KernelLink

PATIENCE = 10.0
"""Seconds that a kernel has to be free and its judge to answer."""
MOMENT = 6.0
"""Seconds that it has where an answer can be told without it."""


async def answered(
    kernels: Kernels, loaded: Loaded, asked: questions.Asked, request: wire.AnswerRequest, time_limit: float
) -> wire.Answered:
    """Return what is to be kept of an answer; raise Refused for what is none."""
    if asked.form == "breaks" and request.value is not None:
        return await _tried(kernels, loaded, asked, request, time_limit)
    seed = reveal.seed(loaded.exercise)
    try:
        answer = questions.answered(asked, seed, request.value, time.time())
    except UnfitAnswerError as error:
        raise Refused(400, error.message, error.fix) from error
    if answer.right is False:
        program = questions.program(asked, seed, request.value, loaded.exercise.solution)
        if program is not None and await _is_right(kernels, loaded, asked, program, request, time_limit):
            return questions.accepted(asked, answer)
    return answer


async def _is_right(  # noqa: PLR0913, PLR0917 (what was asked, and where it is tried)
    kernels: Kernels, loaded: Loaded, asked: questions.Asked, program: str, request: wire.AnswerRequest,
    time_limit: float,
) -> bool:  # fmt: skip
    """Tell whether a program passes every check of its exercise; what cannot be tried now counts as wrong."""
    if not (request.kernel_id or "").strip():
        return False
    try:
        link = await kernels.link(str(request.kernel_id))
        verdict = await asyncio.wait_for(_verdict(link, loaded, asked, {"arranged": program}, time_limit), MOMENT)
    except (TimeoutError, Ended, Refused):
        return False
    return isinstance(verdict.outcome, wire.Passed)


async def _tried(
    kernels: Kernels, loaded: Loaded, asked: questions.Asked, request: wire.AnswerRequest, time_limit: float
) -> wire.Answered:
    """Return whether the mistake differs from the solution on the learner's input; raise Refused."""
    try:
        values = questions.input_texts(asked, request.value)
    except UnfitAnswerError as error:
        raise Refused(400, error.message, error.fix) from error
    if not (request.kernel_id or "").strip():
        raise no_kernel()
    link = await kernels.link(str(request.kernel_id))
    # Before a pass it would be a way to ask for the solution's values.
    wanted = {"breaks": {"mistake": asked.about, "inputs": values, "is_told": asked.when == "after"}}
    try:
        verdict = await asyncio.wait_for(_verdict(link, loaded, asked, wanted, time_limit), PATIENCE)
    except TimeoutError as error:
        raise Refused(409, "The kernel is busy, and cannot try this now.", "Answer again when it is free.") from error
    except Ended as ended:
        message = f"This kernel cannot try it: {type(ended.outcome).__name__}."
        raise Refused(409, message, "Restart the kernel, or skip the question.") from ended
    notes = [*verdict.notes, ""]
    match verdict.outcome:
        case wire.Passed() | wire.Failed():
            differs = isinstance(verdict.outcome, wire.Passed)
            return questions.broken(asked, values, time.time(), differs=differs, note=notes[0])
        case wire.NotAttempted():
            raise Refused(400, notes[0], notes[1])
        case wire.TimedOut() | wire.OutOfMemory():
            raise Refused(400, "This input takes too long or too much memory.", "Take a smaller one.")
        case wire.Broken(message=message, fix=fix):
            raise Refused(422, message, fix)
        case other:
            raise Refused(409, f"This kernel cannot try it: {type(other).__name__}.", "Skip the question.")


async def _verdict(
    link: KernelLink, loaded: Loaded, asked: questions.Asked, wanted: dict[str, Any], time_limit: float
) -> wire.Verdict:
    tag = {
        "cell_id": asked.name,
        "exercise": loaded.exercise.name,
        "digest": loaded.digest,
        "source": "",
        **wanted,
    }
    (job,) = await link.check([tag], [loaded.for_kernel(time_limit)])
    if job.known is not None:
        raise Ended(job.known)
    try:
        return await link.verdict(job.id)
    finally:
        link.forget(job.id)
