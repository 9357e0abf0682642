"""A real server with a real kernel, and clocks on both: the panel's requests, and a notebook's own client."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import queue
import socket
import statistics
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any, Self

from jupyter_client.blocking.client import BlockingKernelClient

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path
    from types import TracebackType

TOKEN = "measure"  # noqa: S105 (of a server that lives for this run alone)
START = 60.0
REST = 0.05
"""Seconds after which nothing of an earlier check is under way: its processes have ended."""


def own_folders(home: Path) -> dict[str, str]:
    """Return an environment in which Jupyter and IPython write below `home`, and nothing where the user has things."""
    places = {f"JUPYTER_{kind}_DIR": home / kind.lower() for kind in ("DATA", "CONFIG", "RUNTIME")}
    places["IPYTHONDIR"] = home / "ipython"
    for place in places.values():
        place.mkdir(parents=True, exist_ok=True)
    return {**os.environ, **{name: str(place) for name, place in places.items()}}


class Notebook:
    """A kernel's own client, as a notebook has it."""

    def __init__(self, connection_file: Path) -> None:
        self.client = BlockingKernelClient(connection_file=str(connection_file))
        self.client.load_connection_file()
        # On a busy machine a late heartbeat would be taken for a dead kernel.
        self.client.start_channels(hb=False)
        self.client.wait_for_ready(timeout=START)

    def send(self, code: str, cell_id: str | None = None, *, silent: bool = False) -> str:
        """Queue a cell; return the id of its request."""
        content = {
            "code": code, "silent": silent, "store_history": not silent, "user_expressions": {}, "allow_stdin": False,
            "stop_on_error": True,
        }  # fmt: skip
        metadata = {"cellId": cell_id} if cell_id else {}
        message = self.client.session.msg("execute_request", content, metadata=metadata)
        self.client.shell_channel.send(message)
        return str(message["header"]["msg_id"])

    def reply(self, key: str) -> None:
        """Wait for a reply; raise RuntimeError where the cell raised."""
        while True:
            message = self.client.get_shell_msg(timeout=START)
            if message["parent_header"].get("msg_id") == key:
                if message["content"]["status"] != "ok":
                    raise RuntimeError(str(message["content"])[:500])
                return

    def run(self, code: str, cell_id: str | None = None, *, silent: bool = False) -> float:
        """Run a cell; return the milliseconds from its request to its reply."""
        began = time.perf_counter()
        self.reply(self.send(code, cell_id, silent=silent))
        return (time.perf_counter() - began) * 1e3

    def bare(self) -> float:
        """Return the milliseconds of one bare execute round trip."""
        return self.run("pass", silent=True)

    def unit(self) -> float:
        """Return the bare execute round trip at rest, the unit of all that is measured: the median of three.

        Directly after a check it would be longer, since what the check leaves to be cleared away is in its way.
        """
        time.sleep(REST)
        self.bare()
        return statistics.median(self.bare() for _ in range(3))

    def heard(self, since: float) -> Iterator[tuple[float, dict[str, Any]]]:
        """Yield what the kernel has published since then, with the kernel's own time; wait for what is to come."""
        while True:
            message = self.client.get_iopub_msg(timeout=START)
            at = message["header"]["date"].timestamp()
            if at >= since:
                yield at, message

    def forget(self) -> None:
        """Drop what the kernel has published so far: kept too long, later messages would be lost."""
        with contextlib.suppress(queue.Empty):
            while True:
                self.client.get_iopub_msg(timeout=0)

    def close(self) -> None:
        """Hang up."""
        self.client.stop_channels()


class Server:
    """A Jupyter server of our own on `folder`, with nothing of the user's; a context."""

    def __init__(
        self, folder: Path, home: Path, *, module: str = "jupyter_server", options: Sequence[str] = (),
        env: Mapping[str, str] | None = None,
    ) -> None:  # fmt: skip
        self.folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.runtime = home / "runtime"
        settings = [f"--ServerApp.root_dir={folder}", f"--ServerApp.port={self.port}", "--ServerApp.ip=127.0.0.1"]
        settings += [f"--IdentityProvider.token={TOKEN}", "--ServerApp.open_browser=False", "--allow-root"]
        self.process = subprocess.Popen(
            [sys.executable, "-m", module, *settings, *options], env={**own_folders(home), **(env or {})},
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=START)

    def __enter__(self) -> Self:
        end = time.monotonic() + START
        while True:
            try:
                self.call("GET", "api/status")
            except (OSError, http.client.HTTPException):
                self.connection.close()
                if time.monotonic() > end or self.process.poll() is not None:
                    raise
                time.sleep(0.1)
            else:
                return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.connection.close()
        self.process.terminate()
        self.process.wait()

    def call(self, method: str, path: str, body: Any = None) -> Any:
        """Send one request; return the answer's body."""
        self.ask(method, path, body)
        return self.answer()

    def ask(self, method: str, path: str, body: Any = None) -> None:
        """Send one request; its answer has to be taken before the next."""
        data = None if body is None else json.dumps(body)
        self.connection.request(method, f"/{path}", data, {"Authorization": f"token {TOKEN}"})

    def answer(self) -> Any:
        """Return the body of the answer to `ask`; raise RuntimeError where it refuses."""
        answer = self.connection.getresponse()
        text = answer.read()
        if answer.status >= http.client.BAD_REQUEST:
            raise RuntimeError(f"the server answers {answer.status}: {text[:300]!r}")
        return json.loads(text) if text else None

    @contextlib.contextmanager
    def kernel(self, path: str) -> Iterator[tuple[Panel, Notebook]]:
        """Start a kernel for the notebook at `path`, and end it: kernels that idle would share its memory."""
        name = self.call("POST", "api/kernels", {"name": "python3"})["id"]
        notebook = Notebook(self.runtime / f"kernel-{name}.json")
        try:
            yield Panel(self, path, name), notebook
        finally:
            notebook.close()
            self.call("DELETE", f"api/kernels/{name}")


class Panel:
    """What the panel asks of the server for one notebook and its kernel."""

    def __init__(self, server: Server, path: str, kernel: str) -> None:
        self.server = server
        self.path = path
        self.kernel = kernel

    def watch(self, cells: dict[str, str]) -> None:
        """Have cells judged when they run: cell id to exercise."""
        tags = [{"cell_id": cell, "exercise": name} for cell, name in cells.items()]
        self.server.call("POST", "math4ml/api/watch", {"path": self.path, "kernel_id": self.kernel, "cells": tags})

    def ask(self, cells: dict[str, tuple[str, str]]) -> None:
        """Send the request that checks cells (id to exercise and source)."""
        tagged = [{"cell_id": cell, "exercise": name, "source": text} for cell, (name, text) in cells.items()]
        self.server.ask("POST", "math4ml/api/check", {"path": self.path, "kernel_id": self.kernel, "cells": tagged})

    def check(self, cells: dict[str, tuple[str, str]]) -> tuple[float, list[dict[str, Any]]]:
        """Check cells in one request; return milliseconds and reports."""
        began = time.perf_counter()
        self.ask(cells)
        answer = self.server.answer()
        while answer["state"] != "done":
            answer = self.server.call("GET", f"math4ml/api/check/{answer['id']}")
        return (time.perf_counter() - began) * 1e3, answer["reports"]

    def cancel(self) -> None:
        """Take the answer to `ask`, which computes by now, and cancel the check; raise RuntimeError if it had ended."""
        check = self.server.answer()["id"]
        reports = self.server.call("DELETE", f"math4ml/api/check/{check}")["reports"]
        kinds = [report["outcome"]["kind"] for report in reports]
        if set(kinds) != {"cancelled"}:
            raise RuntimeError(f"a check that should have computed for longer ended: {kinds}")
