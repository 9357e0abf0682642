"""A notebook without our server: a kernel, a client that runs cells, the widgets that it hears of; and a course."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from jupyter_client.manager import KernelManager
from test_runner import DOUBLE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 40.0
VIEW = "application/vnd.jupyter.widget-view+json"

COURSE = """
name = "tried"
title = "A tried course"

[[units]]
name = "unit"
title = "A unit"
notebook = "unit/unit.ipynb"
exercises = ["double", "triple", "other-double", "careful"]
"""
VIDEOS = """
[GOOD]
title = "A video <b>bold</b>"
url = "https://www.youtube.com/watch?v=abc"
"""
TRIPLE = '''
"""Three times `x`"""
from math4ml_lab.exercise import case, check, exercise, inputs, solution

exercise(limit=1.0, video="GOOD@61")

@solution
def triple(x):
    secret = "never to be found in the memory"
    return 3 * x

inputs(case(x=1), case(x=3))

@check
def a_third(got, x):
    """A third of it is `x`"""
    assert got / 3 == x
'''
CAREFUL = '''
"""Done with care
- Which sum?"""
from math4ml_lab.exercise import case, exercise, inputs, solution

exercise(isolation="guarded")

@solution
def careful(x):
    return x + 1

inputs(case(x=1), case(x=3))
'''


def write_course(folder: Path, **modules: str) -> Path:
    """Write a course and return the folder of its unit."""
    unit = folder / "unit"
    unit.mkdir()
    (folder / "course.toml").write_text(COURSE)
    (folder / "videos.toml").write_text(VIDEOS)
    for name, source in {"double": DOUBLE["source"], "triple": TRIPLE, **modules}.items():
        (unit / f"{name}.py").write_text(source)
    return unit


class PlainNotebook:
    """One kernel in a folder, with this package on its path."""

    def __init__(self, folder: Path, env: Mapping[str, str] | None = None, python: str | None = None) -> None:
        self.manager = KernelManager(kernel_name="python3")
        if python is not None:
            assert self.manager.kernel_spec is not None
            self.manager.kernel_spec.argv = [python, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        self.manager.start_kernel(cwd=str(folder), env={**os.environ, "PYTHONPATH": str(ROOT), **(env or {})})
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=30)
        self.models: dict[str, dict[str, Any]] = {}
        self.displays: dict[str, dict[str, str]] = {}
        self.heard: list[dict[str, Any]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)

    # -- What the learner does ------------------------------------------------------------------------------

    def run(self, code: str, cell_id: str | None = None) -> str:
        """Run a cell and return what it printed; an exception's text counts as printed."""
        content = {
            "code": code, "silent": False, "store_history": True, "user_expressions": {}, "allow_stdin": False,
            "stop_on_error": False,
        }  # fmt: skip
        return self._send("execute_request", content, {"cellId": cell_id} if cell_id else {})

    def value(self, expression: str) -> str:
        """Return the repr of an expression, seen without a trace."""
        key = self.client.execute("", silent=True, store_history=False, user_expressions={"it": expression})
        while True:
            reply = self.client.get_shell_msg(timeout=PATIENCE)
            if reply["parent_header"].get("msg_id") == key:
                return str(reply["content"]["user_expressions"]["it"]["data"]["text/plain"])

    def click(self, label: str) -> None:
        """Click the button whose label begins so, as a front end does."""
        (button,) = [key for key, model in self.models.items() if model.get("description", "").startswith(label)]
        self._send("comm_msg", {"comm_id": button, "data": {"method": "custom", "content": {"event": "click"}}}, {})

    def _send(self, kind: str, content: dict[str, Any], metadata: dict[str, str]) -> str:
        message = self.client.session.msg(kind, content, metadata=metadata)
        self.client.shell_channel.send(message)
        start = len(self.heard)
        ours = message["header"]["msg_id"]

        def is_idle() -> bool:
            return any(
                one["msg_type"] == "status"
                and one["content"]["execution_state"] == "idle"
                and one["parent_header"].get("msg_id") == ours
                for one in self.heard[start:]
            )

        self.until(is_idle)
        mine = [one for one in self.heard[start:] if one["parent_header"].get("msg_id") == ours]
        texts = [one["content"]["text"] for one in mine if one["msg_type"] == "stream"]
        return "".join(texts + [one["content"]["evalue"] for one in mine if one["msg_type"] == "error"])

    # -- What the front end shows ---------------------------------------------------------------------------

    def until(self, holds: Callable[[], bool]) -> None:
        """Listen until that holds."""
        end = time.monotonic() + PATIENCE
        while not holds():
            assert time.monotonic() < end, (self.pages(), self.displays)
            self._hear(self.client.get_iopub_msg(timeout=PATIENCE))

    def _hear(self, message: dict[str, Any]) -> None:
        self.heard.append(message)
        kind, content = message["msg_type"], message["content"]
        if kind == "comm_open":
            self.models[content["comm_id"]] = dict(content["data"].get("state", {}))
        elif kind == "comm_msg" and content["comm_id"] in self.models:
            self.models[content["comm_id"]].update(content["data"].get("state", {}))
        elif kind == "comm_close":
            self.models.pop(content["comm_id"], None)
        elif kind in ("display_data", "update_display_data"):
            self.displays[content["transient"].get("display_id") or str(len(self.heard))] = content["data"]

    def boxes(self) -> list[list[dict[str, Any]]]:
        """Return the boxes that are shown, each as the models in it."""
        views = [data[VIEW]["model_id"] for data in self.displays.values() if VIEW in data]  # type: ignore[index]
        shown = [self.models[view] for view in views if view in self.models]
        return [[self.models[child.removeprefix("IPY_MODEL_")] for child in box["children"]] for box in shown]

    def pages(self) -> list[str]:
        """Return all that the boxes say, as HTML; of plain ones too."""
        widgets = ["".join(str(model.get("value", "")) for model in box) for box in self.boxes()]
        return widgets + [data["text/html"] for data in self.displays.values() if data.get("text/html")]

    def page(self, exercise: str) -> str:
        """Return what the one box of an exercise says."""
        (found,) = [page for page in self.pages() if f'data-math4ml="{exercise}"' in page]
        return found

    def says(self, exercise: str, text: str) -> str:
        """Wait until the box of an exercise says that, and return its page."""
        self.until(lambda: any(f'data-math4ml="{exercise}"' in page and text in page for page in self.pages()))
        return self.page(exercise)
