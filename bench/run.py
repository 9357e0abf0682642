"""Measure everything in one run, each thing beside its unit.

What was measured goes into bench/results.json and the table of bench/README.md, which git tracks: see --no-write.
"""

from __future__ import annotations

import argparse
import json
import platform
import tempfile
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import browser
import browser_report
import lesson
import report
from parts import Bench
from stage import Server

import math4ml_lab

HERE = Path(__file__).resolve().parent


def options() -> argparse.ArgumentParser:
    """Return what can be chosen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=25)
    parser.add_argument("--peers", type=Path, default=HERE / ".peers")
    parser.add_argument("--only", choices=("server", "browser"), help="measure this half, the other's results stay")
    parser.add_argument("--no-write", dest="write", action="store_false", help="only show the table, change no file")
    return parser


def main() -> None:
    """Measure, then show and write."""
    parser = options()
    given = parser.parse_args()
    measured = Path(math4ml_lab.__file__).resolve().parent.parent
    if measured != HERE.parent:
        parser.error(f"Python finds math4ml_lab in {measured}, not beside this bench; set PYTHONPATH={HERE.parent}")
    results = json.loads((HERE / "results.json").read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as home:
        if given.only != "browser":
            results.update(on_server(Path(home), given.rounds, given.peers))
        if given.only != "server":
            found, others = browser.measure(Path(home), given.rounds)
            about = machine(others, "ipykernel", "jupyter_server", "jupyterlab", "numpy")
            results["browser"] = browser_report.results(found, about)
    show(results, HERE if given.write else None)


def on_server(home: Path, rounds: int, peers: Path) -> Any:
    """Measure what the panel asks of the server, without a browser."""
    folder = home / "lesson"
    names = lesson.write(folder / "unit")
    with Server(folder, home) as server:
        bench = Bench(server, "unit/lesson.ipynb", rounds)
        memory = bench.memory()
        bench.cold()
        bench.single()
        bench.free()
        bench.many(names[1:])
        bench.large()
        bench.peers(peers, home)
    about = machine(bench.others, "ipykernel", "jupyter_client", "jupyter_server", "numpy", "hypothesis")
    return report.results(bench.samples, bench.profile, memory, about)


def machine(others: float, *libraries: str) -> dict[str, Any]:
    """Return what a run was measured on."""
    return {
        "date": datetime.now(tz=UTC).date().isoformat(),
        "processors": report.processors(),
        "others": round(others, 2),
        "system": f"{platform.system()} {platform.release().split('-')[0]}",
        "python": platform.python_version(),
        **{name: version(name) for name in libraries},
    }


def show(results: dict[str, Any], folder: Path | None) -> None:
    """Print the tables, and write them and the results into a folder."""
    text = report.table(results)
    if "browser" in results:
        text += f"\n\n{browser_report.table(results['browser'])}"
    if folder is not None:
        (folder / "results.json").write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
        report.insert(folder / "README.md", text)
    print(text)  # noqa: T201 (a command)


if __name__ == "__main__":
    main()
