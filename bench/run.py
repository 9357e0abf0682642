"""Measure everything in one run, the bare execute round trip beside it.

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
    parser.add_argument("--no-write", dest="write", action="store_false", help="only show the table, change no file")
    return parser


def main() -> None:
    """Measure, then show and write."""
    parser = options()
    given = parser.parse_args()
    measured = Path(math4ml_lab.__file__).resolve().parent.parent
    if measured != HERE.parent:
        parser.error(f"Python finds math4ml_lab in {measured}, not beside this bench; set PYTHONPATH={HERE.parent}")
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home) / "lesson"
        names = lesson.write(folder / "unit")
        with Server(folder, Path(home)) as server:
            bench = Bench(server, "unit/lesson.ipynb", given.rounds)
            memory = bench.memory()
            bench.cold()
            bench.single()
            bench.free()
            bench.many(names[1:])
            bench.large()
            bench.peers(given.peers, Path(home))
    machine = {
        "date": datetime.now(tz=UTC).date().isoformat(),
        "processors": report.processors(),
        "others": round(bench.others, 2),
        "system": f"{platform.system()} {platform.release().split('-')[0]}",
        "python": platform.python_version(),
        **{name: version(name) for name in ("ipykernel", "jupyter_client", "jupyter_server", "numpy", "hypothesis")},
    }
    results = report.results(bench.samples, bench.profile, memory, machine)
    show(results, HERE if given.write else None)


def show(results: dict[str, Any], folder: Path | None) -> None:
    """Print the table, and write it and the results into a folder."""
    text = report.table(results)
    if folder is not None:
        (folder / "results.json").write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
        report.insert(folder / "README.md", text)
    print(text)  # noqa: T201 (a command)


if __name__ == "__main__":
    main()
