"""A real JupyterHub on free ports in a folder of its own: proxy, single-user servers, learners with homes.

As a program it prints where the Hub is, and stops it when its standard input ends: for the browser tests.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import quote

import httpx
from processes import Process, family

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = Path(__file__).resolve().parent
PROXY = HERE.parent / "ui-tests" / "node_modules" / ".bin" / "configurable-http-proxy"
LEARNERS = ("learner-a", "learner-é@b")
"""The second name is written otherwise in an address."""
STARTS = 120.0
ENDS = 30.0


class Hub:
    """The Hub, from the `with` on; what it started has ended after it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.course = folder / "srv" / "math4ml"
        self.password = secrets.token_hex(8)
        self._token = secrets.token_hex(16)
        port, self._hub_port, self._proxy_port = free_ports(3)
        # Below a prefix, as a school's may be.
        self.address = f"http://127.0.0.1:{port}/school/"

    def __enter__(self) -> Self:
        assert PROXY.exists(), "make setup installs the proxy"
        environment = {key: value for key, value in os.environ.items() if not key.startswith(("JUPYTER", "IPYTHON"))}
        # Our own commands first, as in an activated environment.
        environment["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{environment['PATH']}"
        subprocess.run(["jupyter", "math4ml", "copy", self.course], check=True, env=environment, capture_output=True)
        set_writable(self.course, writable=False)
        environment["MATH4ML_HUB"] = json.dumps(
            {
                "folder": str(self.folder), "course": str(self.course), "learners": LEARNERS, "address": self.address,
                "password": self.password, "token": self._token, "proxy": str(PROXY), "hub_port": self._hub_port,
                "proxy_port": self._proxy_port,
            }
        )  # fmt: skip
        command = [sys.executable, "-m", "jupyterhub", "--config", str(HERE / "hub" / "jupyterhub_config.py")]
        with (self.folder / "hub.log").open("wb") as log:
            self._process = subprocess.Popen(
                command, cwd=self.folder, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        try:
            until(self._is_ready, "the Hub's answer", STARTS)
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        started = self.processes()
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(ENDS)
            until(lambda: not any(one.lives for one in started), "the end of all that the Hub started", ENDS)
        finally:
            self._end(started)
            set_writable(self.course, writable=True)

    def _end(self, started: list[Process] | None = None) -> None:
        """End what should have ended by itself, and nothing else."""
        for one in started or self.processes():
            if one.lives:
                os.kill(one.pid, signal.SIGKILL)
        self._process.wait()

    def _is_ready(self) -> bool:
        assert self._process.poll() is None, self.log()
        try:
            return httpx.get(f"{self.address}hub/health").is_success
        except httpx.TransportError:
            return False

    def log(self) -> str:
        """Return the end of what the Hub, the proxy and the single-user servers have said."""
        return (self.folder / "hub.log").read_text(errors="replace")[-8000:]

    def processes(self) -> list[Process]:
        """Return the Hub's process and all below it."""
        return family(self._process.pid)

    def home(self, learner: str) -> Path:
        """Return a learner's home folder."""
        return self.folder / "homes" / learner

    def record(self, learner: str) -> Path:
        """Return the file of a learner's record, where it is when nobody says otherwise."""
        return self.home(learner) / ".local" / "share" / "jupyter" / "math4ml" / "record.sqlite"

    def server(self, learner: str) -> str:
        """Return the address of a learner's server."""
        return f"{self.address}user/{quote(learner, safe='@')}/"

    # -- What an administrator asks of the Hub ----------------------------------------------------------------

    def _ask(self, method: str, learner: str, what: str, **more: Any) -> httpx.Response:
        address = f"{self.address}hub/api/users/{quote(learner)}{what}"
        headers = {"Authorization": f"token {self._token}"}
        reply = httpx.request(method, address, headers=headers, timeout=STARTS, **more)
        assert reply.is_success, (reply.status_code, reply.text, self.log())
        return reply

    def enrol(self, learner: str) -> str:
        """Make the learner known to the Hub; return a token that can do what the learner can."""
        if learner not in self._known():
            self._ask("POST", learner, "")
        token: str = self._ask("POST", learner, "/tokens", json={"note": "tests"}).json()["token"]
        return token

    def _known(self) -> list[str]:
        headers = {"Authorization": f"token {self._token}"}
        return [user["name"] for user in httpx.get(f"{self.address}hub/api/users", headers=headers).json()]

    def start_server(self, learner: str) -> None:
        """Start a learner's server, and wait until it answers through the proxy."""
        self._ask("POST", learner, "/server")
        # A stream of events: it ends when the server is there, or cannot be.
        events = self._ask("GET", learner, "/server/progress").text
        assert '"ready": true' in events, (events, self.log())

    def stop_server(self, learner: str) -> None:
        """Stop a learner's server, and wait until it has ended."""
        self._ask("DELETE", learner, "/server")
        until(lambda: not self._ask("GET", learner, "").json()["servers"], "the end of a server", ENDS)


def free_ports(count: int) -> list[int]:
    """Return ports that nobody uses now."""
    with ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]


def set_writable(folder: Path, *, writable: bool) -> None:
    """Let everybody only read a folder, or its owner write again."""
    for path in [folder, *folder.rglob("*")]:
        mode = path.stat().st_mode
        path.chmod(mode | 0o200 if writable else mode & ~0o222)


def until(holds: Callable[[], object], what: str, seconds: float) -> None:
    """Wait until something holds; fail with what was waited for."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, f"in {seconds} s not: {what}"
        time.sleep(0.05)


def main() -> None:
    """Run a Hub until the standard input ends."""
    folder = Path(tempfile.mkdtemp(prefix="math4ml-hub-"))
    try:
        with Hub(folder) as hub:
            told = {"address": hub.address, "password": hub.password, "learners": LEARNERS}
            sys.stdout.write(json.dumps(told) + "\n")
            sys.stdout.flush()
            sys.stdin.read()
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
