"""The arithmetic of the bench's browser part: ratios, bars, and whose a long task is."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "bench"))
import browser_report

TRACE = Path(browser_report.__file__).with_name("trace.mjs")
OURS = "http://localhost/lab/extensions/math4ml-lab/static/lib.js"
REACT = "http://localhost/static/lab/vendors-node_modules_react-dom.js"
THEIRS = "http://localhost/static/lab/main.js"
MACHINE = {"date": "2000-01-01", "processors": 2, "others": 0.04}


def found(**changed: Any) -> Any:
    taken = {name: [10.0, 20.0, 60.0] for name in browser_report.ROWS}
    longest = {"type": {"task": 120.0, "ours": 60.0, "react": 30.0}}
    made = {**taken, "longest": longest, "bundle": 40_000, "browser": "1.2", **changed}
    return browser_report.results(made, MACHINE)


def test_a_ratio_is_that_of_the_medians() -> None:
    measured = found(**{"verdict, rank-few": [90.0, 30.0, 50.0]})["measured"]
    assert (measured["verdict, rank-few"]["ratio"], measured["verdict, rank-few"]["bar"]) == (2.5, 3)
    assert measured["output"]["ratio"] == 1.0


def test_a_bar_that_is_missed_is_seen() -> None:
    kept = browser_report.table(found())
    assert "✗" not in kept
    assert "| type | 90 | 100 ✓ | 120 |" in kept
    assert "**40 kB** (bar: at most 150 ✓)" in kept
    slow = {"type": {"task": 120.0, "ours": 60.0, "react": 50.0}}
    missed = browser_report.table(found(**{"output, with": [25.0], "longest": slow, "bundle": 160_000}))
    assert "| 1.25 | 1.2 ✗ |" in missed
    assert "| type | 110 | 100 ✗ | 120 |" in missed
    assert "**160 kB** (bar: at most 150 ✗)" in missed


def longest(events: list[dict[str, Any]]) -> Any:
    program = f"import {{ longest }} from {json.dumps(TRACE.as_uri())};"
    program += "console.log(JSON.stringify(longest(JSON.parse(process.argv[1]))))"
    command = ["node", "--input-type=module", "-e", program, json.dumps(events)]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def trace(tasks: list[tuple[int, int]], samples: list[tuple[int, int]], thread: str = "CrRendererMain") -> Any:
    """Return a trace: tasks (begin, length) and samples (time, node) in µs; node 3 is below ours, 4 is React's."""
    at = {"pid": 1, "tid": 1}
    nodes = [
        {"id": 1, "callFrame": {"url": THEIRS}},
        {"id": 2, "parent": 1, "callFrame": {"url": OURS}},
        {"id": 3, "parent": 2, "callFrame": {"url": THEIRS}},
        {"id": 4, "parent": 1, "callFrame": {"url": REACT}},
    ]
    times = [0, *(time for time, _ in samples)]
    chunk = {
        "cpuProfile": {"nodes": nodes, "samples": [node for _, node in samples]},
        "timeDeltas": [after - before for before, after in pairwise(times)],
    }
    return [
        {**at, "name": "thread_name", "args": {"name": thread}},
        *({**at, "name": "RunTask", "ts": began, "dur": length, "args": {}} for began, length in tasks),
        {**at, "name": "Profile", "id": "p", "args": {"data": {"startTime": 0}}},
        {**at, "tid": 2, "name": "ProfileChunk", "id": "p", "args": {"data": chunk}},
    ]


def test_what_ours_called_is_ours_and_what_others_did_is_not() -> None:
    events = trace([(1000, 9000)], [(1000, 1), (2000, 2), (5000, 3), (7000, 1)])
    assert longest(events) == {"task": 9, "ours": 5, "react": 0}


def test_react_is_ours_only_in_a_task_of_ours() -> None:
    events = trace([(0, 5000), (6000, 5000)], [(1000, 2), (2000, 4), (6000, 4)])
    assert longest(events) == {"task": 5, "ours": 1, "react": 3}
    assert longest(trace([(0, 5000)], [(1000, 4)])) == {"task": 0, "ours": 0, "react": 0}


def test_a_task_within_another_is_not_counted_twice() -> None:
    events = trace([(0, 9000), (2000, 3000)], [(1000, 2), (8000, 1)])
    assert longest(events) == {"task": 9, "ours": 7, "react": 0}


def test_only_a_pages_own_thread_counts() -> None:
    assert longest(trace([(0, 5000)], [(1000, 2)], "DedicatedWorker thread"))["ours"] == 0
