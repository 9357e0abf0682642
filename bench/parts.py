"""What is measured, part by part; each measurement beside the unit of the same turn in the same kernel."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

import lesson
from memory import busy_seconds, judge_of, proportional
from peers import Nbgrader, Otter

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from report import Samples
    from stage import Notebook, Panel, Server

LOOK = 0.1
"""Seconds for which we rest in each turn, and see what others do."""
FEW = 3
"""Rounds of what takes seconds."""
RIGHT, WRONG, SLOW = (text.format(name="rank_k") for text in (lesson.RIGHT, lesson.WRONG, lesson.SLOW))
NUMPY = "import numpy as np"


class Bench:
    """One run; each measured thing is a list of (milliseconds, unit of that turn) under its name."""

    def __init__(self, server: Server, path: str, rounds: int) -> None:
        self.server = server
        self.path = path
        self.rounds = rounds
        self.samples: Samples = {}
        self.profile: dict[str, dict[str, list[float]]] = {}
        self.unit = 0.0
        self.looked = 0.0
        self.worked = 0.0

    @property
    def others(self) -> float:
        """How many processors others kept busy while we rested, on average."""
        return self.worked / self.looked

    def note(self, name: str, milliseconds: float) -> None:
        """Keep one measurement beside the unit of this turn."""
        self.samples.setdefault(name, []).append((milliseconds, self.unit))

    def rest(self, notebook: Notebook) -> None:
        """Measure the unit, which the next measurements are multiples of."""
        notebook.forget()
        self.unit = notebook.unit()
        self.note("bare", self.unit)
        began, worked = time.monotonic(), busy_seconds()
        time.sleep(LOOK)
        self.looked += time.monotonic() - began
        self.worked += busy_seconds() - worked

    def turns(self, what: str, rounds: int | None = None) -> Iterator[int]:
        """Count the rounds of one part, and say which it is."""
        print(f"{what} …", flush=True)  # noqa: T201 (a command)
        yield from range(rounds or self.rounds)

    # -- One exercise ---------------------------------------------------------------------------------------

    def cold(self) -> None:
        """Measure the first check of a kernel: nothing of the exercise is known there, and the judge still starts."""
        for _ in self.turns("first checks", FEW):
            for name, code, kind in (("passing", RIGHT, "passed"), ("failing", WRONG, "failed")):
                with self.server.kernel(self.path) as (panel, notebook):
                    notebook.run(NUMPY)
                    self.rest(notebook)
                    panel.watch({"a": "rank-k"})
                    self.note(f"first {name} check", self.judged(panel, notebook, code, kind))

    def single(self) -> None:
        """Measure checks of one answer, passing and failing, in turns."""
        with self.server.kernel(self.path) as (panel, notebook):
            panel.watch({"a": "rank-k"})
            for code, kind in ((RIGHT, "passed"), (WRONG, "failed")):
                self.judged(panel, notebook, code, kind)
            for _ in self.turns("single checks"):
                notebook.run(RIGHT)
                self.rest(notebook)
                self.note("check, live", self.passing(panel, notebook))
                self.rest(notebook)
                self.note("run and verdict", self.judged(panel, notebook, RIGHT, "passed", profile=True))
                self.rest(notebook)
                self.note("run and verdict, failing", self.judged(panel, notebook, WRONG, "failed"))

    def passing(self, panel: Panel, notebook: Notebook) -> float:
        """Check a cell that was not recorded: the live state is judged."""
        began = time.time()
        took, reports = panel.check({"never": ("rank-k", RIGHT)})
        expect(reports, "passed", "live")
        self._profile("live", notebook, began, time.time(), reports[0]["seconds"])
        return took

    def judged(self, panel: Panel, notebook: Notebook, code: str, kind: str, *, profile: bool = False) -> float:
        """Run the watched cell and ask for the verdict on that run."""
        since, began = time.time(), time.perf_counter()
        notebook.run(code, "a")
        _, reports = panel.check({"a": ("rank-k", code)})
        took = (time.perf_counter() - began) * 1e3
        expect(reports, kind, "run")
        if profile:
            self._profile("run", notebook, since, time.time(), reports[0]["seconds"])
        return took

    def _profile(self, basis: str, notebook: Notebook, began: float, ended: float, asked: float) -> None:
        """Split a check at what the kernel said: it has begun, it has taken the copy, here is the verdict."""
        stamps: dict[str, float] = {}
        for at, message in notebook.heard(began):
            stamps.setdefault(_said(message), at)
            if "verdict" in stamps:
                break
        taken = stamps["taken" if basis == "live" else "ran"]
        for name, seconds in {
            "reach": stamps["busy"] - began,
            "copy": taken - stamps["busy"],
            "start": stamps["verdict"] - taken - asked,
            "ask": asked,
            "report": ended - stamps["verdict"],
        }.items():
            self.profile.setdefault(name, {}).setdefault(basis, []).append(seconds * 1e3)

    # -- The kernel's freedom -------------------------------------------------------------------------------

    def free(self) -> None:
        """Measure how soon the next cell has run, while a check of the one before computes for 5 s."""
        with self.server.kernel(self.path) as (panel, notebook):
            panel.watch({"a": "rank-k"})
            self.judged(panel, notebook, RIGHT, "passed")
            for _ in self.turns("the next cell, while a check computes", 3 * FEW):
                self.rest(notebook)
                self.note("free again, run", self.next_cell(notebook, SLOW))
                panel.ask({"a": ("rank-k", SLOW)})
                panel.cancel()
                notebook.run(SLOW)
                self.rest(notebook)
                self.note("free again, live check", self.next_to_check(panel, notebook))
                panel.cancel()

    def next_cell(self, notebook: Notebook, code: str) -> float:
        """Queue a watched cell and the next one; return the time until that one is done."""
        began = time.perf_counter()
        notebook.send(code, "a")
        notebook.reply(notebook.send("pass", silent=True))
        return (time.perf_counter() - began) * 1e3

    def next_to_check(self, panel: Panel, notebook: Notebook) -> float:
        """Ask for a live check, and run a cell behind it; return the cell's time, waiting for the copy included."""
        since = time.time()
        panel.ask({"never": ("rank-k", SLOW)})
        next(at for at, message in notebook.heard(since) if _said(message) == "busy")
        return notebook.bare()

    # -- Many, and much -------------------------------------------------------------------------------------

    def many(self, names: list[str]) -> None:
        """Measure one request for 50 exercises: of the live state, and of cells that ran."""
        cells = {name: (lesson.tag(name), lesson.RIGHT.format(name=name)) for name in names}
        for _ in self.turns("50 exercises", FEW):
            with self.server.kernel(self.path) as (panel, notebook):
                notebook.run("\n".join(text for _, text in cells.values()))
                for name in ("check all 50, first", "check all 50, live"):
                    self.rest(notebook)
                    took, reports = panel.check(cells)
                    expect(reports, "passed", "live")
                    self.note(name, took)
                panel.watch({name: tag for name, (tag, _) in cells.items()})
                self.rest(notebook)
                began = time.perf_counter()
                for key in [notebook.send(text, name) for name, (_, text) in cells.items()]:
                    notebook.reply(key)
                self.note("run all 50 cells", (time.perf_counter() - began) * 1e3)
                _, reports = panel.check(cells)
                expect(reports, "passed", "run")
                self.note("run all 50 and every verdict", (time.perf_counter() - began) * 1e3)

    def large(self) -> None:
        """Measure a check with 2 GB live in the kernel."""
        with self.server.kernel(self.path) as (panel, notebook):
            panel.watch({"a": "rank-k"})
            notebook.run(f"{NUMPY}\nbig = np.ones(2 << 27)")
            self.judged(panel, notebook, RIGHT, "passed")
            for _ in self.turns("2 GB", 2 * FEW):
                self.rest(notebook)
                self.note("run and verdict, 2 GB live", self.judged(panel, notebook, RIGHT, "passed"))
                self.rest(notebook)
                self.note("free again, 2 GB live", self.next_cell(notebook, RIGHT))
                panel.check({"a": ("rank-k", RIGHT)})

    def memory(self) -> dict[str, float]:
        """Return megabytes (proportional): a bare kernel, the same with our runner, and its judge."""
        with self.server.kernel(self.path) as (panel, notebook):
            said = self.server.folder / "pid"
            notebook.run(f"{NUMPY}, os\nopen({str(said)!r}, 'w').write(str(os.getpid()))\n{RIGHT}")
            pid = int(said.read_text(encoding="ascii"))
            bare = proportional(pid)
            panel.watch({"a": "rank-k"})
            for code, kind in ((RIGHT, "passed"), (WRONG, "failed")):
                self.judged(panel, notebook, code, kind)
            self.rest(notebook)
            return {"bare kernel": bare, "kernel with runner": proportional(pid), "judge": proportional(judge_of(pid))}

    # -- The others -----------------------------------------------------------------------------------------

    def peers(self, peers: Path, folder: Path) -> None:
        """Measure otter beside the bare round trip of its own kernel, and nbgrader beside a check of ours."""
        with self.server.kernel(self.path) as (panel, notebook), Otter(peers, folder / "otter") as otter:
            panel.watch({"a": "rank-k"})
            self.judged(panel, notebook, RIGHT, "passed")
            for _ in self.turns("otter"):
                self.rest(notebook)
                own = otter.notebook.unit()
                self.note("bare, otter's kernel", own)
                otter.notebook.forget()
                self.unit = own
                self.note("otter check", otter.check())
            nbgrader = Nbgrader(peers, folder / "nbgrader")
            for _ in self.turns("nbgrader", FEW):
                self.rest(notebook)
                self.note("nbgrader validate", nbgrader.validate())
                self.rest(notebook)
                self.note("run and verdict, beside nbgrader", self.judged(panel, notebook, RIGHT, "passed"))


def _said(message: dict[str, Any]) -> str:
    """Return what a message tells of a check: busy with it, or what the runner says of it; nothing for others."""
    content = message["content"]
    if message["msg_type"] == "status" and content["execution_state"] == "busy":
        asked = message["parent_header"].get("msg_type")
        return "busy" if asked in ("comm_open", "execute_request") else ""
    text = content.get("data", {}).get("math4ml") if message["msg_type"] == "comm_msg" else None
    return str(json.loads(text)["type"]) if text else ""


def expect(reports: list[dict[str, Any]], kind: str, basis: str) -> None:
    """Raise RuntimeError where a report is not what is measured."""
    for one in reports:
        if one["outcome"]["kind"] != kind or one["basis"] != basis:
            raise RuntimeError(f"needed a {kind} check of the {basis}, got {str(one)[:600]}")
