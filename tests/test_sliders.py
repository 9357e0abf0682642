"""Checks while somebody moves a slider whose callback multiplies matrices: where a careless fork would deadlock."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from test_runner import RIGHT, WRONG

from math4ml_lab import wire

if TYPE_CHECKING:
    from panel import Panel

pytestmark = [pytest.mark.kernel, pytest.mark.timeout(600)]

BURSTS = """
import threading, time
import numpy as np
A = np.ones((400, 400)) / 400
bursts, halt = 0, threading.Event()
def drag():
    global bursts
    while not halt.wait(0.02):
        for _ in range(3):
            A @ A
        bursts += 1
dragger = threading.Thread(target=drag, daemon=True)
dragger.start()
"""
SLIDER = """
import ipywidgets
moved = []
slider = ipywidgets.IntSlider(min=0, max=1000)
def multiply(change):
    for _ in range(3):
        A @ A
    moved.append(change["new"])
slider.observe(multiply, "value")
"""


async def value(panel: Panel, expression: str) -> str:
    key = panel.client.execute("", silent=True, user_expressions={"it": expression})
    while True:
        reply = await panel.client.get_shell_msg(timeout=30)
        if reply["parent_header"].get("msg_id") == key:
            return str(reply["content"]["user_expressions"]["it"]["data"]["text/plain"])


def move(panel: Panel, comm: str, to: int) -> None:
    """Send what a browser sends when a slider is moved; nobody waits for its end."""
    data = {"method": "update", "state": {"value": to}, "buffer_paths": []}
    message = panel.client.session.msg("comm_msg", {"comm_id": comm, "data": data})
    panel.client.shell_channel.send(message)


async def test_two_hundred_checks_while_matrices_are_multiplied(panel: Panel) -> None:
    await panel.start()
    await panel.watch({"a": "double"})
    await panel.run(BURSTS, "other")
    await panel.run(SLIDER, "other")
    pid = await value(panel, "__import__('os').getpid()")
    comm = (await value(panel, "slider.comm.comm_id")).strip("'")
    before = int(await value(panel, "bursts"))
    for turn in range(100):
        source, outcome = (WRONG, wire.Failed) if turn % 3 == 0 else (RIGHT, wire.Passed)
        await panel.run(source, "a")
        for number, cell in enumerate(("a", "never-run")):
            for step in range(3):
                move(panel, comm, turn * 10 + number * 5 + step)
            (report,) = await panel.check((cell, "double", source))
            assert isinstance(report.outcome, outcome), (turn, cell, report)
    assert await value(panel, "__import__('os').getpid()") == pid
    assert await value(panel, "dragger.is_alive()") == "True"
    assert int(await value(panel, "bursts")) > before + 100
    moves = [turn * 10 + number * 5 + step for turn in range(100) for number in range(2) for step in range(3)]
    assert await value(panel, f"moved == {moves[1:]}") == "True", "each move but the first, which changed nothing"
    await panel.run("halt.set(); dragger.join()", "other")
