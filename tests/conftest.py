"""What all tests share."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from panel import Panel

    from math4ml_lab.attempts import AttemptStore

ROOT = Path(__file__).resolve().parent.parent

# No deadlines: machines are slow at times. CI repeats itself; at home every run tries other inputs.
settings.register_profile("home", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "home")

pytest_plugins = ("pytest_jupyter.jupyter_server",)


@pytest.fixture
def jp_server_config() -> dict[str, object]:
    """Return the configuration of a server with our extension that lets nobody in without credentials."""
    return {
        "ServerApp": {
            "jpserver_extensions": {"math4ml_lab": True},
            "allow_unauthenticated_access": False,
        }
    }


@pytest.fixture(autouse=True)
def _own_jupyter_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep every test away from the configuration, data and records of whoever runs it."""
    for kind in ("CONFIG", "DATA", "RUNTIME"):
        monkeypatch.setenv(f"JUPYTER_{kind}_DIR", str(tmp_path / "jupyter" / kind.lower()))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))


@pytest.fixture
def panel(jp_fetch: Callable[..., Awaitable[Any]], jp_serverapp: Any, jp_root_dir: Path) -> Iterator[Panel]:
    """Give a panel on a notebook beside the exercise `double`."""
    from panel import Panel
    from test_runner import DOUBLE

    (jp_root_dir / "unit").mkdir()
    (jp_root_dir / "unit" / "double.py").write_text(DOUBLE["source"])
    panel = Panel(jp_fetch, jp_serverapp)
    yield panel
    if panel.client is not None:
        panel.client.stop_channels()


@pytest.fixture
def course_panel(jp_fetch: Callable[..., Awaitable[Any]], jp_serverapp: Any, jp_root_dir: Path) -> Iterator[Panel]:
    """Give a panel on the first notebook of a course of two units."""
    from learning import make_course
    from panel import Panel

    make_course(jp_root_dir)
    panel = Panel(jp_fetch, jp_serverapp)
    yield panel
    if panel.client is not None:
        panel.client.stop_channels()


@pytest.fixture
def store(course_panel: Panel) -> AttemptStore:
    """Give that server's record."""
    found: AttemptStore = course_panel.server.web_app.settings["math4ml_grader"].store
    return found
