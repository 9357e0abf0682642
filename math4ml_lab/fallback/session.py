"""One notebook's session: a cell ran, the runner judges, a box below the cell shows the report and the hints."""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from jupyter_core.paths import jupyter_data_dir

from math4ml_lab import bundle, hints, progress, wire
from math4ml_lab.attempts import AttemptStore
from math4ml_lab.errors import CatalogueError, UnknownLadderError
from math4ml_lab.fallback.boxes import make_box
from math4ml_lab.fallback.cells import exercises_said, names_defined
from math4ml_lab.fallback.local import LocalRunner
from math4ml_lab.fallback.page import page
from math4ml_lab.fallback.shelf import Known, NotFound, first_shelf, matching
from math4ml_lab.place import Task
from math4ml_lab.server.reports import Record

if TYPE_CHECKING:
    from math4ml_lab.fallback.boxes import Box
    from math4ml_lab.fallback.page import Page
    from math4ml_lab.fallback.shelf import Shelf
    from math4ml_lab.place import Place

TIME_LIMIT = 10.0
"""Seconds that an answer may compute, where the exercise does not say."""
GATES: hints.Gates = "gentle"
EARLY = 100
"""How many verdicts are kept of jobs that are not known yet; those of a panel's jobs never will be."""
THERE = "The Exercises panel checks these cells already: look there, nothing is shown twice."

_log = logging.getLogger(__name__)


@dataclass
class Entry:
    """One exercise of this session: the cell that answered it last, and what was found."""

    place: Place
    task: Task
    taught: dict[str, Any]
    job: wire.Job | None = None
    report: wire.Report | None = None
    box: Box | None = None

    @property
    def name(self) -> str:
        """The exercise's name."""
        return self.task.loaded.exercise.name

    @property
    def title(self) -> str:
        """The exercise's title."""
        return self.task.loaded.exercise.title


class Session:
    """All that `%load_ext math4ml_lab` brings into one kernel."""

    def __init__(self, shell: Any, store: AttemptStore | None = None) -> None:
        self.shell = shell
        self.store = store or AttemptStore(Path(jupyter_data_dir()) / "math4ml" / "record.sqlite")
        self.shelf: Shelf | None = None
        self.is_plain = False
        self.entries: dict[tuple[str, str], Entry] = {}
        self.last: Entry | None = None
        self._runner = LocalRunner(shell, self._heard)
        self._jobs: dict[str, Entry] = {}
        self._early: dict[str, wire.Verdict] = {}
        self._told = False
        # The main thread runs cells and clicks, the watcher's brings verdicts.
        self._lock = threading.RLock()

    # -- Start and end --------------------------------------------------------------------------------------

    def start(self) -> list[str]:
        """Begin, and return what there is to say."""
        self._runner.install()
        self.shell.events.callbacks["post_run_cell"].insert(self._runner.hook_place(), self.after_cell)
        said = list(self.store.problems)
        try:
            self.shelf = first_shelf(Path.cwd())
        except (CatalogueError, OSError) as error:
            return [*said, f"The course here is broken. {error}", "Choose another one: %math4ml course PATH"]
        return [*said, self.where()]

    def where(self) -> str:
        """Say what is checked here."""
        if self._runner.is_watched():
            self._told = True
            return THERE
        if self.shelf is None or not self.shelf.names():
            return "There is no exercise in this folder. Choose a course: %math4ml course PATH"
        count = len(self.shelf.names())
        one = "run a cell that answers one" if count > 1 else "run a cell that answers it"
        return f"{count} exercise{'s' * (count != 1)} of {self.shelf.title}: {one}."

    def close(self) -> None:
        """Leave everything as it was."""
        hooks = self.shell.events.callbacks["post_run_cell"]
        if self.after_cell in hooks:
            hooks.remove(self.after_cell)
        self._runner.close()
        with self._lock:
            for entry in self.entries.values():
                if entry.box is not None:
                    entry.box.close()
            self.entries.clear()
            self._jobs.clear()
            self.store.close()

    # -- Cells ----------------------------------------------------------------------------------------------

    def after_cell(self, result: Any) -> None:
        """Have what a cell answers judged; never let anything of ours reach the learner as an error."""
        try:
            info = getattr(result, "info", None)
            if info is not None and not info.silent and isinstance(info.raw_cell, str):
                self._after_cell(info, result)
        except Exception:  # noqa: BLE001 (a hook that raises is printed over and over)
            _log.warning("math4ml: a cell could not be checked", exc_info=True)
            print("math4ml: this cell could not be checked. Run it again; %reload_ext math4ml_lab starts anew.")  # noqa: T201

    def _after_cell(self, info: Any, result: Any) -> None:
        if self.shelf is None:
            return
        found, said = self._answered(self.shelf, info.raw_cell)
        if found and self._runner.is_watched(getattr(info, "cell_id", None) or ""):
            found, said = [], [] if self._told else [THERE]
            self._told = True
        for path in found:
            try:
                self._judge(self._entry(self.shelf, path, info.raw_cell), result)
            except CatalogueError as error:
                said.append(f"The exercise is broken, not your answer. {error}")
        for line in said:
            print(f"math4ml: {line}")  # noqa: T201 (a line in the cell's output)

    def _answered(self, shelf: Shelf, source: str) -> tuple[list[Path], list[str]]:
        """Return the modules that a cell answers, by its own word or by its names, and what there is to say."""
        named = exercises_said(source)
        if not named:
            return matching(shelf, names_defined(source, self.shell.input_transformer_manager.transform_cell))
        found: list[Path] = []
        said: list[str] = []
        for name in named:
            try:
                found.append(shelf.named(name)[0])
            except NotFound as error:
                said.append(str(error))
        return found, said

    def _entry(self, shelf: Shelf, path: Path, source: str) -> Entry:
        place, loaded = shelf.load(path)
        name = loaded.exercise.name
        cell = wire.CellSource(cell_id=f"math4ml:{place.course}/{name}", exercise=name, source=source)
        known = Known(loaded.exercise, "", None, fixed=loaded.digest)
        return Entry(place, Task(cell, known), bundle.packed(loaded.for_kernel(TIME_LIMIT)))

    def _drop(self, entry: Entry) -> None:
        with self._lock:
            if entry.job is not None:
                self._jobs.pop(entry.job.id, None)
            if entry.box is not None:
                entry.box.close()
                entry.box = None

    def _judge(self, entry: Entry, result: Any) -> None:
        job = self._runner.judge(entry.task, entry.taught, result)
        key = entry.place.course, entry.name
        if key in self.entries:
            self._drop(self.entries[key])
        self.entries[key] = self.last = entry
        with self._lock:
            self._expect(entry, job)
            entry.box = make_box(entry.name, entry.title, lambda: self.hint(entry), is_plain=self.is_plain)
            entry.box.show(self.page(entry))

    # -- Verdicts -------------------------------------------------------------------------------------------

    def _expect(self, entry: Entry, job: wire.Job) -> None:
        """Keep whom a verdict is for; one that is there already counts at once."""
        entry.job = job
        if job.known is not None:
            self._report(entry, wire.Verdict(epoch="", id=job.id, outcome=job.known))
            return
        self._jobs[job.id] = entry
        early = self._early.pop(job.id, None)
        if early is not None:
            self._report(entry, early)

    def _heard(self, verdict: wire.Verdict) -> None:
        """Take a verdict; called by the watcher's thread."""
        with self._lock:
            entry = self._jobs.get(verdict.id)
            if entry is not None:
                self._report(entry, verdict)
                return
            self._early[verdict.id] = verdict
            while len(self._early) > EARLY:
                del self._early[next(iter(self._early))]

    def _report(self, entry: Entry, verdict: wire.Verdict) -> None:
        if entry.job is not None:
            entry.report = self._record(entry).report(entry.task, entry.job, verdict)
        self._update(entry)

    def _record(self, entry: Entry) -> Record:
        return Record(entry.place, entry.task.loaded.exercise, self.store, GATES)

    # -- What the learner asks for --------------------------------------------------------------------------

    def check(self, entry: Entry) -> None:
        """Check an exercise again; its box shows what comes of it."""
        job = self._runner.check(entry.task, entry.taught)
        with self._lock:
            if entry.job is not None and entry.job.id != job.id:
                self._jobs.pop(entry.job.id, None)
                entry.report = None
                self._update(entry)
            self._expect(entry, job)

    def hint(self, entry: Entry) -> wire.Ladder | None:
        """Open the next hint if its gate is open, and return the ladder; None where there is none."""
        with self._lock:
            ladder = entry.report.ladder if entry.report is not None else None
            if entry.report is None or ladder is None:
                return None
            try:
                ladder = self._record(entry).open_next(ladder.key)
            except UnknownLadderError:  # the module has changed since
                return ladder
            entry.report = msgspec.structs.replace(entry.report, ladder=ladder)
            self._update(entry)
            return ladder

    def page(self, entry: Entry) -> Page:
        """Return what is to be shown of an exercise."""
        exercise = entry.task.loaded.exercise
        clip = entry.place.videos.clip(exercise.video) if exercise.video else None
        of = entry.place.course, exercise.name
        stands = progress.progress(self.store.attempts(*of), self.store.opened_hints(*of), time.time())
        return page(exercise.name, exercise.title, entry.report, hints=stands.hints, clip=clip)

    def _update(self, entry: Entry) -> None:
        if entry.box is not None:
            entry.box.update(self.page(entry))
