"""What a learner would read of each mistake: the report of a check, with all rungs of its ladder open."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import msgspec

from math4ml_lab import hints, wire
from math4ml_lab.attempts import AttemptStore
from math4ml_lab.authoring.proof import MAIN
from math4ml_lab.place import Loaded, Task
from math4ml_lab.server.reports import Record

if TYPE_CHECKING:
    from math4ml_lab.authoring.candidates import Candidate
    from math4ml_lab.authoring.proof import Verdicts
    from math4ml_lab.place import Place


def tried(place: Place, loaded: Loaded, verdicts: Verdicts) -> list[wire.Tried]:
    """Return each candidate with its verdict on the main battery, and mistakes with what is read of them."""
    record = Record(place, loaded.exercise, AttemptStore(), "off")  # a record of nobody: nothing is kept
    found = [(one, verdict) for one, several in verdicts.found if (verdict := several.get(MAIN)) is not None]
    return [
        msgspec.structs.replace(shown, report=_read(record, loaded, one, verdict)) if one.kind == "mistake" else shown
        for shown, (one, verdict) in zip(verdicts.tried(), found, strict=True)
    ]


def _read(record: Record, loaded: Loaded, one: Candidate, verdict: wire.Verdict) -> wire.Report:
    name = loaded.exercise.name
    job = wire.Job("", one.name, name, loaded.digest, "run")
    report = record.told(Task(wire.CellSource(one.name, name, one.text), loaded), job, verdict)
    key = hints.choose_ladder(loaded.exercise, verdict.outcome, verdict.checks, verdict.mistake)
    return msgspec.structs.replace(report, ladder=_open(record, key) if key is not None else None)


def _open(record: Record, key: str) -> wire.Ladder:
    """Return a ladder with all the rungs that its author wrote."""
    now = time.time()
    opened = [(level, now) for level, _, _ in hints.rungs(record.exercise, key)]
    ladder = hints.state(record.exercise, key, opened, [], gates="off", now=now, videos=record.place.videos)
    return msgspec.structs.replace(ladder, next=wire.HintsDone())
