"""Measure everything in one run, the bare execute round trip beside it, and write results.json and the table."""

from __future__ import annotations

import argparse
import json
import platform
import tempfile
import time
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import lesson
import report
from memory import judge_of, proportional
from peers import Nbgrader, Otter
from stage import Notebook, Panel, Server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HERE = Path(__file__).parent
Samples = dict[str, list[float]]


class Bench:
    """One run; each measured thing is a list of milliseconds under its name."""

    def __init__(self, rounds: int) -> None:
        self.rounds = rounds
        self.samples: Samples = {}

    def note(self, name: str, milliseconds: float) -> None:
        """Keep one measurement."""
        self.samples.setdefault(name, []).append(milliseconds)

    def live(self, server: Server, path: str) -> None:
        """Measure single checks: passing, failing, blocking, in turns with the bare round trip."""
        kernel, notebook = server.kernel()
        panel = Panel(server, path, kernel)
        panel.watch({"a": "rank-k"})
        codes = {name: text.format(name="rank_k") for name, text in vars(lesson).items() if name in _CODES}
        notebook.run(codes["RIGHT"])
        self.note("first check of a kernel", self.passing(panel, codes["RIGHT"], "passed"))
        for _ in self.turns("single checks"):
            self.note("bare", notebook.bare())
            notebook.run(codes["RIGHT"])
            self.note("check, live", self.passing(panel, codes["RIGHT"], "passed"))
            self.note("bare", notebook.bare())
            self.note("run and verdict", self.judged(panel, notebook, codes["RIGHT"], "passed"))
            self.note("bare", notebook.bare())
            self.note("run and verdict, failing", self.judged(panel, notebook, codes["WRONG"], "failed"))
        for _ in range(3):
            self.note("bare", notebook.bare())
            self.note("free again, run", self.free(notebook, codes["SLOW"]))
            server.call("DELETE", f"math4ml/api/check/{self.started(panel, codes['SLOW'])}")
            notebook.run(codes["SLOW"])
            check = self.started(panel, codes["SLOW"])
            self.note("free again, live check", notebook.bare())
            server.call("DELETE", f"math4ml/api/check/{check}")
        notebook.close()

    def passing(self, panel: Panel, code: str, kind: str) -> float:
        """Check a cell that was not recorded: the live state is judged."""
        took, reports = panel.check({"never": ("rank-k", code)})
        _expect(reports, kind.lower(), "live")
        return took

    def judged(self, panel: Panel, notebook: Notebook, code: str, kind: str) -> float:
        """Run the watched cell and ask for the verdict on that run."""
        began = time.perf_counter()
        notebook.run(code, "a")
        _, reports = panel.check({"a": ("rank-k", code)})
        took = (time.perf_counter() - began) * 1e3
        _expect(reports, kind, "run")
        return took

    def free(self, notebook: Notebook, code: str) -> float:
        """Run a cell whose check computes for 5 s, and the next cell; return the time until that one is done."""
        began = time.perf_counter()
        notebook.send(code, "a")
        notebook.reply(notebook.send("pass", silent=True))
        return (time.perf_counter() - began) * 1e3

    def started(self, panel: Panel, code: str) -> str:
        """Return the id of a check that has been begun and computes."""
        tagged = [{"cell_id": "never", "exercise": "rank-k", "source": code}]
        answer = panel.server.call(
            "POST", "math4ml/api/check", {"path": panel.path, "kernel_id": panel.kernel, "cells": tagged}
        )
        return str(answer["id"])

    def all_at_once(self, server: Server, path: str, names: list[str]) -> None:
        """Measure one request for 50 exercises: of cells that ran, and of the live state."""
        kernel, notebook = server.kernel()
        panel = Panel(server, path, kernel)
        cells = {name: (lesson.tag(name), lesson.RIGHT.format(name=name)) for name in names}
        notebook.run("\n".join(text for _, text in cells.values()))
        for _ in self.turns("50 exercises", 3):
            self.note("bare", notebook.bare())
            took, reports = panel.check(cells)
            _expect(reports, "passed", "live")
            self.note("check all 50, live", took)
        panel.watch({name: tag for name, (tag, _) in cells.items()})
        for _ in self.turns("50 runs", 3):
            began = time.perf_counter()
            sent = [notebook.send(text, name) for name, (_, text) in cells.items()]
            for key in sent:
                notebook.reply(key)
            ran = (time.perf_counter() - began) * 1e3
            _, reports = panel.check(cells)
            _expect(reports, "passed", "run")
            self.note("run all 50 cells", ran)
            self.note("run all 50 and every verdict", (time.perf_counter() - began) * 1e3)
        notebook.close()

    def large(self, server: Server, path: str) -> None:
        """Measure a check with 2 GB live in the kernel."""
        kernel, notebook = server.kernel()
        panel = Panel(server, path, kernel)
        panel.watch({"a": "rank-k"})
        code = lesson.RIGHT.format(name="rank_k")
        notebook.run("import numpy as np\nbig = np.ones(2 << 27)")
        self.judged(panel, notebook, code, "passed")
        for _ in self.turns("2 GB", 5):
            self.note("bare", notebook.bare())
            self.note("run and verdict, 2 GB live", self.judged(panel, notebook, code, "passed"))
            self.note("free again, 2 GB live", self.free(notebook, code))
        notebook.close()

    def others(self, peers: Path, folder: Path) -> None:
        """Measure otter and nbgrader."""
        nbgrader = Nbgrader(peers, folder / "nbgrader")
        with Otter(peers, folder / "otter") as otter:
            for _ in self.turns("otter"):
                self.note("bare, otter's kernel", otter.notebook.bare())
                self.note("otter check", otter.check())
        for _ in self.turns("nbgrader", 3):
            self.note("nbgrader validate", nbgrader.validate())

    def turns(self, what: str, rounds: int | None = None) -> Iterator[int]:
        """Count the rounds of one part, and say which it is."""
        print(f"{what} …", flush=True)  # noqa: T201 (a command)
        yield from range(rounds or self.rounds)


_CODES = ("RIGHT", "WRONG", "SLOW")


def _expect(reports: list[dict[str, object]], kind: str, basis: str) -> None:
    """Raise RuntimeError where a report is not what is measured."""
    for one in reports:
        outcome = one["outcome"]
        if not isinstance(outcome, dict) or outcome["kind"] != kind or one["basis"] != basis:
            raise RuntimeError(f"needed a {kind} check of the {basis}, got {str(one)[:600]}")


def measured_memory(server: Server, path: str) -> dict[str, float]:
    """Return megabytes (proportional): a bare kernel, the same with our runner, and its judge."""
    kernel, notebook = server.kernel()
    code = lesson.RIGHT.format(name="rank_k")
    said = server.folder / "pid"
    notebook.run(f"import numpy as np, os\nopen({str(said)!r}, 'w').write(str(os.getpid()))\n{code}")
    pid = int(said.read_text(encoding="ascii"))
    bare = proportional(pid)
    panel = Panel(server, path, kernel)
    panel.watch({"a": "rank-k"})
    notebook.run(code, "a")
    panel.check({"a": ("rank-k", code)})
    found = {"bare kernel": bare, "kernel with runner": proportional(pid), "judge": proportional(judge_of(pid))}
    notebook.close()
    return found


def main() -> None:
    """Measure, then write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=25)
    parser.add_argument("--peers", type=Path, default=HERE / ".peers")
    given = parser.parse_args()
    bench = Bench(given.rounds)
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home) / "lesson"
        names = lesson.write(folder / "unit")
        path = "unit/lesson.ipynb"
        with Server(folder, Path(home)) as server:
            parts: list[Callable[[], None]] = [
                lambda: bench.live(server, path),
                lambda: bench.all_at_once(server, path, names[1:]),
                lambda: bench.large(server, path),
            ]
            for part in parts:
                part()
            memory = measured_memory(server, path)
        bench.others(given.peers, Path(home))
    machine = {
        "date": datetime.now(tz=UTC).date().isoformat(),
        "processors": report.processors(),
        "system": f"{platform.system()} {platform.release().split('-')[0]}",
        "python": platform.python_version(),
        **{name: version(name) for name in ("ipykernel", "jupyter_client", "jupyter_server", "numpy", "hypothesis")},
    }
    results = report.results(bench.samples, memory, machine)
    (HERE / "results.json").write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    text = report.table(results)
    report.insert(HERE / "README.md", text)
    print(text)  # noqa: T201 (a command)


if __name__ == "__main__":
    main()
