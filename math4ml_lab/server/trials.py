"""An input that is to show a mistake: the judge beside the learner's kernel tries it, for the server runs no course."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from math4ml_lab import questions, wire
from math4ml_lab.errors import UnfitAnswerError
from math4ml_lab.server.link import Ended
from math4ml_lab.server.refusals import Refused, no_kernel

if TYPE_CHECKING:
    from math4ml_lab.server.courses import Loaded
    from math4ml_lab.server.kernels import Kernels
    from math4ml_lab.server.link import KernelLink

PATIENCE = 10.0
"""Seconds that a kernel has to be free and its judge to answer."""


async def tried(
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
    try:
        verdict = await asyncio.wait_for(_verdict(link, loaded, asked, values, time_limit), PATIENCE)
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
    link: KernelLink, loaded: Loaded, asked: questions.Asked, values: dict[str, str], time_limit: float
) -> wire.Verdict:
    tag = {
        "cell_id": asked.name,
        "exercise": loaded.exercise.name,
        "digest": loaded.digest,
        "source": "",
        # Before a pass it would be a way to ask for the solution's values.
        "breaks": {"mistake": asked.about, "inputs": values, "is_told": asked.when == "after"},
    }
    (job,) = await link.check([tag], [loaded.for_kernel(time_limit)])
    if job.known is not None:
        raise Ended(job.known)
    try:
        return await link.verdict(job.id)
    finally:
        link.forget(job.id)
