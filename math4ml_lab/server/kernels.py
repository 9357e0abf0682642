"""Which kernels there are, and one link to each that is in use."""

from __future__ import annotations

from typing import Any

from math4ml_lab import wire
from math4ml_lab.server.link import Ended, KernelLink
from math4ml_lab.server.refusals import Refused


class Kernels:
    """Hands out links; `manager` is the server's kernel manager."""

    def __init__(self, manager: Any) -> None:
        self._manager = manager
        self._links: dict[str, KernelLink] = {}

    async def link(self, kernel_id: str) -> KernelLink:
        """Return the link to a kernel; raise Refused for none, Ended for one that cannot be checked in."""
        if kernel_id not in self._manager:
            await self.drop(kernel_id)
            raise Refused(
                404,
                f"There is no kernel {kernel_id!r} on this server.",
                "Start a kernel for the notebook, then run the cell again.",
            )
        if kernel_id not in self._links:
            kernel = self._manager.get_kernel(kernel_id)
            _checkable(kernel)
            self._links[kernel_id] = KernelLink(kernel_id, kernel)
            await self._sweep()
        return self._links[kernel_id]

    async def drop(self, kernel_id: str) -> None:
        """Close the link to a kernel that is gone."""
        link = self._links.pop(kernel_id, None)
        if link is not None:
            await link.close()

    async def close(self) -> None:
        """Close all links."""
        for kernel_id in list(self._links):
            await self.drop(kernel_id)

    async def _sweep(self) -> None:
        for kernel_id in [kernel_id for kernel_id in self._links if kernel_id not in self._manager]:
            await self.drop(kernel_id)


def _checkable(kernel: Any) -> None:
    # A gateway's client sends no token of ours and would spin; its kernels are elsewhere.
    if any(base.__name__ == "GatewayKernelManager" for base in type(kernel).__mro__):
        raise Ended(wire.Gateway())
    language = getattr(getattr(kernel, "kernel_spec", None), "language", "") or ""
    if language.lower() != "python":
        raise Ended(wire.NotPython(language=language or "an unknown language"))
