"""Which kernels can be checked in: known by what they are, before anything is sent to them."""

from __future__ import annotations

from typing import Any

import pytest

from math4ml_lab import wire
from math4ml_lab.server.kernels import Kernels
from math4ml_lab.server.link import Ended
from math4ml_lab.server.refusals import Refused


class Spec:
    def __init__(self, language: str) -> None:
        self.language = language


class Manager:
    """A kernel's manager of which only the kind is looked at."""

    def __init__(self, language: str = "python") -> None:
        self.kernel_spec = Spec(language)


class GatewayKernelManager(Manager):
    """Named as jupyter_server names the one whose kernels are elsewhere."""


class ServerManager(dict[str, Any]):
    def get_kernel(self, kernel_id: str) -> Any:
        return self[kernel_id]


@pytest.mark.parametrize(
    ("kernel", "outcome"),
    [
        (Manager("R"), wire.NotPython(language="R")),
        (Manager(""), wire.NotPython(language="an unknown language")),
        (GatewayKernelManager(), wire.Gateway()),
    ],
)
async def test_a_kernel_that_cannot_be_checked_in_says_why(kernel: Manager, outcome: wire.Outcome) -> None:
    with pytest.raises(Ended) as ended:
        await Kernels(ServerManager(k=kernel)).link("k")
    assert ended.value.outcome == outcome


async def test_an_unknown_kernel_is_refused_by_name() -> None:
    with pytest.raises(Refused, match="'gone'") as refused:
        await Kernels(ServerManager()).link("gone")
    assert refused.value.status == 404
