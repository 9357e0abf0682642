"""The runner in a real kernel: bound to the run, out of the way, and without a trace. One test a trap."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

import pytest
from live import Live, exercise

from math4ml_lab import wire

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.kernel

DOUBLE = exercise(
    "double",
    textwrap.dedent('''
        """Twice as much"""
        from math4ml_lab.exercise import case, inputs, mistake, solution

        @solution
        def double(x):
            return 2 * x

        inputs(case(x=1), case(x=3), case(x=-2))

        @mistake
        def squared(x):
            """A square is something else
            - What is the square of 3?"""
            return x * x
    '''),
    ["double"],
    limit=2.0,
)
RIGHT = "def double(x):\n    return x + x"
WRONG = "def double(x):\n    y = x ** 2\n    return y"
LOOP = "def double(x):\n    while True: pass"
LOOPED = wire.Line(text="while True: pass", number=2)


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    with Live(tmp_path_factory.mktemp("kernel")) as kernel:
        kernel.watch({"a": DOUBLE, "b": DOUBLE})
        yield kernel


def failed(verdict: wire.Verdict) -> wire.CheckResult:
    return next(check for check in verdict.checks if check.state == "failed")


def outcome(job: wire.Job) -> Any:
    return job.known


def test_a_right_answer_passes_and_a_wrong_one_fails_with_all_that_helps(live: Live) -> None:
    assert live.judged(RIGHT, "a").outcome == wire.Passed(inputs=3)
    verdict = live.judged(WRONG, "a")
    assert isinstance(verdict.outcome, wire.Failed)
    assert verdict.mistake == "squared"
    claim = failed(verdict)
    assert (claim.name, claim.measurement) == ("agrees", "1, needs 2 (rtol 1e-06)")
    assert claim.smallest_input == "x=1"
    assert claim.line == wire.Line(text="return y", number=3)
    assert (claim.wrong, claim.inputs) == (3, 3)


def test_run_all_with_a_later_cell_that_rebinds_the_name(live: Live) -> None:
    live.link.runs.clear()
    live.run_all([("a", RIGHT), ("other", "double = 'something else'"), ("b", WRONG)])
    first, second = live.ran("a"), live.ran("b")
    assert first.jobs[0].basis == "run"
    assert live.verdict(first.jobs[0]).outcome == wire.Passed(inputs=3)
    assert live.verdict(second.jobs[0]).mistake == "squared"
    assert live.ran("a").execution_count + 2 == live.ran("b").execution_count


def test_an_endless_loop_times_out_while_the_next_cell_runs_at_once(live: Live) -> None:
    live.run("kept = [1, 2, 3]; address = id(kept)")
    live.link.runs.pop("a")
    live.run(LOOP, "a")
    job = live.ran("a").jobs[0]
    live.run("meanwhile = 7")
    assert job.id not in live.link._verdicts or not live.link._verdicts[job.id].done()
    verdict = live.verdict(job)
    assert verdict.outcome == wire.TimedOut(seconds=2.0, smallest_input="x=1", line=LOOPED)
    assert live.value("(kept, id(kept) == address, meanwhile)") == "([1, 2, 3], True, 7)"


def test_namespace_history_and_execution_count_are_untouched(live: Live) -> None:
    live.run(RIGHT, "a")
    state = "({k: id(v) for k, v in globals().items()}, len(In), len(Out), get_ipython().execution_count)"
    history = "[row for row in get_ipython().history_manager.get_range()]"
    before = live.value(state), live.value(history)
    for _ in range(3):
        job = live.jobs({"never-run": DOUBLE}, RIGHT)[0]
        assert job.basis == "live"
        assert live.verdict(job).outcome == wire.Passed(inputs=3)
    assert (live.value(state), live.value(history)) == before


def test_nothing_of_ours_is_importable_or_visible(live: Live) -> None:
    live.judged(RIGHT, "a")
    seen = "[name for name in __import__('sys').modules if 'math4ml' in name], [n for n in dir() if 'math4ml' in n]"
    assert live.value(seen) == "([], [])"


def test_without_a_record_the_live_state_counts_and_says_so(live: Live) -> None:
    live.run(RIGHT)
    job = live.jobs({"unrecorded": DOUBLE}, RIGHT)[0]
    assert (job.basis, job.execution_count) == ("live", None)
    assert live.verdict(job).outcome == wire.Passed(inputs=3)


def test_not_run_edited_and_raised_are_told_apart(live: Live) -> None:
    nowhere = exercise("nowhere", DOUBLE["source"] + "# other", ["no_such_name"])
    assert outcome(live.jobs({"x": nowhere}, "…")[0]) == wire.NotRun()
    live.run(RIGHT, "a")
    assert outcome(live.jobs({"a": DOUBLE}, WRONG)[0]) == wire.Edited()
    live.link.runs.pop("a")
    live.run(RIGHT + "\n1 / 0", "a")
    known = outcome(live.ran("a").jobs[0])
    assert known == wire.CellRaised(error="ZeroDivisionError: division by zero", line=wire.Line(text="1 / 0", number=3))


def test_a_check_after_an_error_is_not_aborted(live: Live) -> None:
    live.run(RIGHT, "a")
    live.run("1 / 0", stop_on_error=True)
    assert live.verdict(live.jobs({"a": DOUBLE}, RIGHT)[0]).outcome == wire.Passed(inputs=3)


def test_shadowed_builtins_do_not_reach_the_check(live: Live) -> None:
    names = [
        "list",
        "sum",
        "len",
        "exec",
        "compile",
        "dict",
        "print",
        "isinstance",
        "type",
        "range",
        "zip",
        "all",
        "any",
        "str",
        "id",
    ]
    live.run("; ".join(f"{name} = None" for name in names))
    try:
        assert live.judged(RIGHT, "a").outcome == wire.Passed(inputs=3)
    finally:
        live.run("del " + ", ".join(names))


def test_prints_of_a_background_thread_stay_with_the_learners_cell(live: Live, tmp_path: Path) -> None:
    live.run(RIGHT)
    live.run(
        "import os, threading, time\n"
        f"def chatter():\n    while not os.path.exists({str(tmp_path / 'go')!r}):\n        time.sleep(0.01)\n"
        "    print('from behind', flush=True)\n"
        "threading.Thread(target=chatter, daemon=True).start()"
    )
    begun = live.heard(lambda m: m["msg_type"] == "execute_input" and "chatter" in m["content"]["code"])
    parent = begun["parent_header"]["msg_id"]
    live.verdict(live.jobs({"unrecorded": DOUBLE}, RIGHT)[0])
    (tmp_path / "go").touch()
    said = live.heard(lambda m: m["msg_type"] == "stream" and "from behind" in m["content"]["text"])
    assert said["parent_header"]["msg_id"] == parent


def test_nothing_is_published_with_the_learners_parent(live: Live) -> None:
    live.iopub.clear()
    reply = live.judged(RIGHT + "\nprint('mine')", "a")
    live.run("1")
    assert reply.outcome == wire.Passed(inputs=3)
    kinds = {m["msg_type"] for m in live.iopub if m["parent_header"]}
    assert kinds <= {"status", "execute_input", "stream", "execute_result"}
    ours = [m for m in live.iopub if m["msg_type"] == "comm_msg"]
    assert ours
    assert all(m["parent_header"] == {} for m in ours)


def test_what_the_answer_prints_is_kept_out_of_the_notebook_and_told(live: Live) -> None:
    live.iopub.clear()
    verdict = live.judged("def double(x):\n    print('looking at', x)\n    display(x)\n    return 2 * x", "a")
    live.run("1")
    assert verdict.outcome == wire.Passed(inputs=3)
    assert verdict.printed is not None
    assert verdict.printed.startswith("looking at 1\n")
    assert not [m for m in live.iopub if m["msg_type"] in ("stream", "display_data")]


def test_no_process_and_no_descriptor_is_left_behind(live: Live) -> None:
    live.judged(RIGHT, "a")
    census = "(len(__import__('os').listdir('/proc/self/fd')), len(__import__('threading').enumerate()))"
    # The watcher holds a descriptor for a moment while it ends what it found.
    before = min(live.value(census) for _ in range(20))
    for answer in (RIGHT, WRONG, "def double(x):\n    import os; os._exit(1)", "def double(x):\n    raise SystemExit"):
        live.judged(answer, "a")
    assert live.becomes(census, before) == before
    children = (
        "[open(f'/proc/self/task/{task}/children').read() for task in __import__('os').listdir('/proc/self/task')]"
    )
    assert live.becomes(f"len(''.join({children}).split())", "1") == "1", "only the judge stays"


def test_a_grandchild_ends_with_its_answer(live: Live, tmp_path: Path) -> None:
    mark = tmp_path / "pid"
    code = f"def double(x):\n    import subprocess\n    p = subprocess.Popen(['sleep', '600'])\n    open({str(mark)!r}, 'w').write(str(p.pid))\n    return 2 * x"  # noqa: E501
    assert live.judged(code, "a").outcome == wire.Passed(inputs=3)
    pid = mark.read_text()
    stat = f"__import__('pathlib').Path('/proc/{pid}/stat')"
    # The verdict is out before the watcher has ended what is left.
    is_over = f"not {stat}.exists() or {stat}.read_text().split(')')[1].split()[0] == 'Z'"
    assert live.becomes(is_over, "True") == "True"


def test_the_answer_cannot_move_a_file_that_the_learner_holds_open(live: Live, tmp_path: Path) -> None:
    (tmp_path / "data.txt").write_text("one\ntwo\n")
    live.run(f"handle = open({str(tmp_path / 'data.txt')!r}, buffering=1)")
    verdict = live.judged("def double(x):\n    handle.read()\n    return 2 * x", "a")
    assert verdict.outcome == wire.Passed(inputs=3)
    assert live.value("handle.readline()") == r"'one\n'"


def test_a_mutated_input_is_found_and_the_learners_own_objects_stay(live: Live) -> None:
    live.run("import numpy as np; store = []; array = np.arange(3)")
    live.judged("def double(x):\n    store.append(x); array[:] = 9\n    return 2 * x", "a")
    assert live.value("(store, array.tolist())") == "([], [0, 1, 2])"


def test_memory_is_limited_for_the_answer_alone(live: Live) -> None:
    verdict = live.judged("def double(x):\n    return bytearray(10 ** 12)", "a")
    assert isinstance(verdict.outcome, wire.OutOfMemory)
    assert live.run("x = 1")["status"] == "ok"


def test_an_answer_that_asks_is_told_that_nobody_is_there(live: Live) -> None:
    claim = failed(live.judged("def double(x):\n    return int(input('?'))", "a"))
    assert claim.name == "runs"
    assert "nobody to ask" in (claim.measurement or "")
    assert claim.line == wire.Line(text="return int(input('?'))", number=2)


def test_lone_surrogates_and_nan_cross_as_text(live: Live) -> None:
    claim = failed(live.judged("def double(x):\n    return '\\ud800'", "a"))
    assert "\\ud800" in (claim.measurement or "")
    claim = failed(live.judged("def double(x):\n    return float('nan')", "a"))
    assert claim.name == "finite"


def test_a_thread_that_computes_makes_the_kernel_busy_and_never_hangs_it(live: Live) -> None:
    live.run(
        "import threading, time\nhalt = threading.Event()\n"
        "def multiply():\n    m = np.ones((900, 900))\n    while not halt.is_set():\n        m @ m\n"
        "import numpy as np\nworker = threading.Thread(target=multiply); worker.start()"
    )
    try:
        live.link.runs.pop("a", None)
        live.run(RIGHT, "a")
        for _ in range(20):
            job = live.jobs({"fresh": DOUBLE}, RIGHT)[0]
            if job.known is None:
                assert live.verdict(job).outcome == wire.Passed(inputs=3)
            else:
                assert isinstance(job.known, wire.KernelBusy)
    finally:
        live.run("halt.set(); worker.join()")
    live.run("del worker")
    assert live.verdict(live.jobs({"fresh": DOUBLE}, RIGHT)[0]).outcome == wire.Passed(inputs=3)


def test_a_thread_that_sleeps_does_not_make_the_kernel_busy(live: Live) -> None:
    live.run("import threading, time\nthreading.Thread(target=time.sleep, args=(20,), daemon=True).start()")
    assert live.judged(RIGHT, "a").outcome == wire.Passed(inputs=3)


def test_tracing_in_the_kernel_does_not_reach_the_answer(live: Live) -> None:
    live.run("import sys, os\ndef never(*_):\n    os._exit(9)\nreal = os.fork\nos.fork = lambda: os._exit(9)")
    try:
        live.run(RIGHT)
        live.run("sys.setprofile(None)")
        assert live.judged(RIGHT, "a").outcome == wire.Passed(inputs=3)
    finally:
        live.run("os.fork = real")


def test_somebody_else_reaps_our_children(live: Live) -> None:
    live.run("import signal; old = signal.signal(signal.SIGCHLD, signal.SIG_IGN)")
    try:
        assert live.judged(RIGHT, "a").outcome == wire.Passed(inputs=3)
    finally:
        live.run("signal.signal(signal.SIGCHLD, old)")


def test_a_broken_exercise_is_the_authors_fault(live: Live) -> None:
    bad = exercise("bad", "this is no python", ["double"])
    verdict = live.verdict(live.jobs({"x": bad}, RIGHT)[0])
    assert isinstance(verdict.outcome, wire.Broken)
    assert "bad" in verdict.outcome.message


def test_our_hook_comes_before_the_others(live: Live) -> None:
    assert "Runner.after_cell" in live.value("get_ipython().events.callbacks['post_run_cell'][0]")


@pytest.mark.parametrize(
    "body", ["print('\\ud800')", "print('\\ud800' * 10**5)", "import sys; sys.stderr.write('\\udfff')"]
)
def test_lone_surrogates_cross_written_out(live: Live, body: str) -> None:
    verdict = live.judged(f"def double(x):\n    {body}\n    return 2 * x", "a")
    assert verdict.outcome == wire.Passed(inputs=3)
    assert verdict.printed is not None
    assert verdict.printed.startswith("\\ud")
