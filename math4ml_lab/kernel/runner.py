"""The runner: what stands in the learner's kernel. It watches cells run, takes snapshots, and sends verdicts.

It is told what to do by comm messages, which nothing of the learner's can shadow or abort, and answers over iopub, so
that the shell is free at once.
"""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import sys
import uuid
from typing import TYPE_CHECKING, Any

from math4ml_lab.kernel import answer, guard, limits, scene, snapshot, trial
from math4ml_lab.kernel.record import Record
from math4ml_lab.kernel.values import plain_text, well_formed
from math4ml_lab.kernel.watcher import Case, Watcher

if TYPE_CHECKING:
    from collections.abc import Mapping

TARGET = "math4ml"
_SURROGATE = re.compile(r"\\ud[89a-f]")
PATIENCE = 0.1
"""Seconds that a snapshot waits for other threads to come to rest."""
KEPT = 500
"""How many answers to requests are kept, as text, in case they did not arrive."""


class Runner:
    """One life of one kernel; `epoch` names it."""

    def __init__(self, shell: Any, sources: dict[str, str], private: str) -> None:
        self.shell = shell
        self.kernel = shell.kernel
        self.epoch = uuid.uuid4().hex
        self.version = sources["version"]
        self.exercises: dict[str, dict[str, Any]] = {}
        self.watched: dict[str, dict[str, list[dict[str, Any]]]] = {}
        self.records: dict[str, Record] = {}
        self.verdicts: dict[str, dict[str, Any]] = {}
        self.said: dict[str, str] = {}
        self.taken: dict[str, str] = {}
        self.parent: Any = None
        self.listeners: list[Any] = []
        self.scene = scene.Scene()
        self.left: dict[str, Any] | None = None
        self.isolation = guard.isolation()
        self.openmp, self.numpy = snapshot.OpenMP(), snapshot.Numpy()
        self.watcher = Watcher(sources, private, self.publish)
        if self.isolation is not None:
            self.watcher.start()

    def install(self) -> None:
        """Register the comm target and the hooks; ours comes first, before matplotlib's."""
        self.kernel.comm_manager.register_target(TARGET, self.on_comm)
        callbacks = self.shell.events.callbacks
        callbacks["pre_run_cell"].insert(0, self.before_cell)
        callbacks["post_execute"].insert(0, self.scene.look)
        callbacks["post_run_cell"].insert(0, self.after_cell)

    def remove(self) -> None:
        """Take back what `install` did."""
        callbacks = self.shell.events.callbacks
        ours = {"pre_run_cell": self.before_cell, "post_execute": self.scene.look, "post_run_cell": self.after_cell}
        for name, hook in ours.items():
            if hook in callbacks[name]:
                callbacks[name].remove(hook)
        self.kernel.comm_manager.unregister_target(TARGET, self.on_comm)
        self.watcher.close()

    # -- What goes out --------------------------------------------------------------------------------------

    def send(self, message: Mapping[str, Any]) -> None:
        """Tell who listens here, and publish it under no parent: under the learner's, Lab would keep it as output."""
        text = json.dumps({"epoch": self.epoch, **message})
        if _SURROGATE.search(text):
            text = json.dumps(well_formed(json.loads(text)))
        for listener in list(self.listeners):
            listener(text)
        content = {"comm_id": TARGET, "data": {TARGET: text}}
        self.kernel.session.send(
            self.kernel.iopub_socket, "comm_msg", content=content, parent={}, ident=b"comm-math4ml"
        )

    def hello(self) -> None:
        """Say which kernel this is."""
        version = ".".join(str(part) for part in sys.version_info[:3])
        self.send({"type": "hello", "python": version, "executable": sys.executable or "", "isolation": self.isolation})

    def publish(self, job: str, verdict: dict[str, Any]) -> None:
        """Send a verdict and keep it as long as the cell's run counts."""
        message = {"type": "verdict", "id": job, **verdict}
        if job in self.verdicts:
            self.verdicts[job] = message
        else:
            self.said[job] = json.dumps(message)
            _shorten(self.said, KEPT)
        self.send(message)

    # -- What comes in --------------------------------------------------------------------------------------

    def on_comm(self, comm: Any, message: Mapping[str, Any]) -> None:
        """Do what the server asks, then leave everything as it was before the message came."""
        try:
            self.kernel.comm_manager.unregister_comm(comm)
            comm._closed = True  # or it would publish a farewell when it is collected
            data = message["content"]["data"]
            for exercise in data.get("exercises", ()):
                self.exercises[exercise["digest"]] = exercise
                self.watcher.teach(exercise)
            getattr(self, f"do_{data['op']}")(data)
        finally:
            # A background thread's prints would follow our message instead of the learner's.
            if self.parent is not None:
                self.shell.set_parent(self.parent)

    def do_watch(self, data: Mapping[str, Any]) -> None:
        """Judge these cells of one notebook whenever they have run."""
        watched: dict[str, list[dict[str, Any]]] = {}
        for tag in data["cells"]:
            watched.setdefault(tag["cell_id"], []).append(tag)
        self.watched[data["path"]] = watched
        self.send({"type": "taken", "id": data["id"], "jobs": []})

    def do_hello(self, _: Mapping[str, Any]) -> None:
        """Say again which kernel this is."""
        self.hello()

    def do_check(self, data: Mapping[str, Any]) -> None:
        """Judge these cells: by their own run where it was recorded, by the live state otherwise."""
        if data["id"] not in self.taken:
            self.taken[data["id"]] = json.dumps([self.job(tag) for tag in data["cells"]])
            _shorten(self.taken, KEPT)
        jobs = json.loads(self.taken[data["id"]])
        self.send({"type": "taken", "id": data["id"], "jobs": jobs})
        self.do_again({"jobs": [job["id"] for job in jobs]})

    def do_again(self, data: Mapping[str, Any]) -> None:
        """Say again who we are, and what was found already: the first time may have been lost."""
        self.hello()
        for job in data["jobs"]:
            known = self.verdicts.get(job) or json.loads(self.said.get(job, "{}"))
            if known:
                self.send(known)

    def do_cancel(self, data: Mapping[str, Any]) -> None:
        """End these jobs; whoever asks again gets new ones."""
        cancelled = set(data["jobs"])
        for record in self.records.values():
            record.jobs = {digest: job for digest, job in record.jobs.items() if job["id"] not in cancelled}
        for job in cancelled:
            self.verdicts.pop(job, None)
            self.watcher.cancel(job)

    def job(self, tag: Mapping[str, Any]) -> dict[str, Any]:
        """Return the job that judges one exercise of one cell."""
        if trial.is_one(tag):
            return trial.begin(self, tag)
        for watched in self._tags(tag["cell_id"]):
            if watched["exercise"] == tag["exercise"]:
                watched["digest"] = tag["digest"]  # another editor may have changed the module since
        record = self.records.get(tag["cell_id"])
        if record is None:
            exercise = self.exercises[tag["digest"]]
            if not any(name in self.shell.user_ns for name in exercise["names"]):
                return self.known(tag, {"kind": "not_run"})
            return self.start(tag, tag["source"], "live", None)
        if record.source != tag["source"]:
            return self.known(tag, {"kind": "edited"}, record.count)
        if (ended := record.ended(self.exercises[tag["digest"]].get("stub"))) is not None:
            return self.known(tag, ended, record.count)
        bound = record.jobs.get(tag["digest"])
        if bound is not None and (bound["known"] or {}).get("kind") != "kernel_busy":
            return bound
        return self.start(tag, record.source, "live", record.count)

    # -- Hooks ----------------------------------------------------------------------------------------------

    def before_cell(self, info: Any = None) -> None:
        """Remember whose message is being answered; listen where a check wants to know what the cell does."""
        self.parent = self.shell.get_parent()
        tags = self._tags(getattr(info, "cell_id", None))
        if any(self.exercises[tag["digest"]].get("scene") for tag in tags):
            self.scene.begin()

    def _tags(self, cell_id: str | None) -> list[dict[str, Any]]:
        return [tag for cells in self.watched.values() for tag in cells.get(cell_id or "", ())]

    def after_cell(self, result: Any) -> None:
        """Record the run, and take the snapshots that are due; never let anything of ours reach the learner."""
        self.left = self.scene.end()
        try:
            self._after_cell(result)
        except Exception:
            self.kernel.log.warning("math4ml: the run of a cell could not be recorded", exc_info=True)
        self.left = None

    def _after_cell(self, result: Any) -> None:
        info = getattr(result, "info", None)
        cell_id = getattr(info, "cell_id", None)
        if info is None or cell_id is None:
            return
        for old in getattr(self.records.get(cell_id), "jobs", {}).values():
            self.verdicts.pop(old["id"], None)
        error = result.error_before_exec or result.error_in_exec
        record = self.records[cell_id] = Record(info.raw_cell, result.execution_count or 0, error, self.shell.user_ns)
        tags = self._tags(cell_id)
        for tag in tags:
            if tag["digest"] in record.jobs:  # a notebook that was renamed is watched under both names
                continue
            if (ended := record.ended(self.exercises[tag["digest"]].get("stub"))) is not None:
                record.jobs[tag["digest"]] = self.known(tag, ended, record.count)
            else:
                record.jobs[tag["digest"]] = self.start(tag, record.source, "run", record.count)
        if tags:
            jobs = list(record.jobs.values())
            ran = {"cell_id": cell_id, "source": record.source, "execution_count": record.count, "jobs": jobs}
            self.send({"type": "ran", **ran})

    # -- Snapshots ------------------------------------------------------------------------------------------

    def known(self, tag: Mapping[str, Any], outcome: dict[str, Any], count: int | None = None) -> dict[str, Any]:
        """Return a job that needs no judge."""
        return {**self._job(tag, "live" if count is None else "run", count), "known": outcome}

    def _job(self, tag: Mapping[str, Any], basis: str, count: int | None) -> dict[str, Any]:
        known = {
            "id": uuid.uuid4().hex,
            "cell_id": tag["cell_id"],
            "exercise": tag["exercise"],
            "digest": tag["digest"],
        }
        return {**known, "basis": basis, "execution_count": count, "known": None}

    def start(self, tag: Mapping[str, Any], source: str, basis: str, count: int | None) -> dict[str, Any]:
        """Have the state as it is now judged; a kernel in which that cannot begin is told so."""
        try:
            return self._start(tag, source, basis, count)
        except Exception as error:
            self.kernel.log.warning("math4ml: a check could not begin", exc_info=True)
            message = f"The check could not begin in this kernel: {plain_text(f'{type(error).__name__}: {error}', 300)}"
            return self.known(tag, {"kind": "broken", "message": message, "fix": "Restart the kernel."}, count)

    def _start(self, tag: Mapping[str, Any], source: str, basis: str, count: int | None) -> dict[str, Any]:
        """Judge on a copy, or under guard where there cannot be one."""
        exercise = self.exercises[tag["digest"]]
        isolation = self.isolation
        if isolation == "snapshot" and (exercise.get("isolation") == "guarded" or guard.dies_in_a_copy()):
            isolation = "guarded"
        if isolation is None:
            why = f"checks need a process that can be copied or interrupted, which {sys.platform} has not"
            return self.known(tag, {"kind": "no_snapshot", "why": why}, count)
        job = {**self._job(tag, basis, count), "isolation": isolation}
        case = {
            "digest": tag["digest"],
            "source": plain_text(source, 10**7),
            "limit": exercise["limit"],
            "megabytes": exercise.get("megabytes") or limits.MEGABYTES,
        }
        if basis == "run":
            self.verdicts[job["id"]] = {}
        if isolation == "guarded":
            self._guarded(job["id"], case, source, [*exercise["names"], *exercise.get("elsewhere", ())])
        elif not self._copied(job["id"], case, source):
            self.verdicts.pop(job["id"], None)
            return self.known(tag, {"kind": "kernel_busy"}, count)
        return job

    def _copied(self, job: str, case: dict[str, Any], source: str) -> bool:
        """Have a copy judged; return False where none could be taken, since another thread computes."""
        ours, theirs = socket.socketpair()
        parent = os.getpid()
        self.openmp.look()
        self.numpy.look()
        snapshot.settle(self.shell)
        pid = snapshot.fork_at_rest(self.watcher.thread, PATIENCE)
        if pid is None:
            ours.close()
            theirs.close()
            return False
        if pid == 0:
            try:
                self.openmp.alone()
                self.numpy.restore()
                snapshot.become_child(parent, theirs.fileno(), case["megabytes"])
                snapshot.mute(self.shell)
                answer.converse(theirs, answer.Respondent(self.shell.user_ns, source, left=self.left))
                while True:  # the watcher ends it, with all that it has started
                    signal.pause()
            finally:
                os._exit(0)
        try:
            os.setpgid(pid, pid)
        except OSError:
            pass  # the child was quicker, or has ended
        theirs.close()
        self.watcher.add(Case(job, pid, ours, case))
        return True

    def _guarded(self, job: str, case: dict[str, Any], source: str, names: list[str]) -> None:
        """Be the respondent until the judge hangs up: the kernel is busy for as long."""
        ours, theirs = socket.socketpair()
        self.watcher.add(Case(job, None, ours, {**case, "waits": True}))
        try:
            guard.serve(theirs, self.shell.user_ns, names, {**case, "source": source}, self.left)
        except Exception:  # the judge finds nobody there, and says so
            self.kernel.log.warning("math4ml: a guarded check broke off", exc_info=True)


def _shorten(kept: dict[str, Any], most: int) -> None:
    while len(kept) > most:
        del kept[next(iter(kept))]


def install(shell: Any, sources: dict[str, str], private: str) -> None:
    """Put a runner into this kernel, once: a second request finds it, another version replaces it."""
    target = shell.kernel.comm_manager.targets.get(TARGET)
    runner = getattr(target, "__self__", None)
    if runner is not None and runner.version != sources["version"]:
        runner.remove()
        runner = None
    if runner is None:
        runner = Runner(shell, sources, private)
        runner.install()
    runner.hello()
