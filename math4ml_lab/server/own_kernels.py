"""Kernels of our own, beside the server's: clean runs and proofs start them, and nobody else sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from math4ml_lab.server.clean import kernel_manager

if TYPE_CHECKING:
    from jupyter_client.kernelspec import KernelSpecManager
    from jupyter_client.multikernelmanager import AsyncMultiKernelManager


class OwnKernels:
    """Starts kernels as the server would; `server` is its own kernel manager, whose kernels are not touched."""

    def __init__(self, server: Any) -> None:
        self._server = server
        self._manager: AsyncMultiKernelManager | None = None

    @property
    def is_gateway(self) -> bool:
        """Whether the server's kernels run elsewhere, where we cannot start any."""
        return any(base.__name__ == "GatewayMappingKernelManager" for base in type(self._server).__mro__)

    @property
    def specs(self) -> KernelSpecManager:
        """The kernels that can be started."""
        specs: KernelSpecManager = self._server.kernel_spec_manager
        return specs

    @property
    def manager(self) -> AsyncMultiKernelManager:
        """A manager of our own: what it starts is in no list of kernels or sessions."""
        if self._manager is None:
            self._manager = kernel_manager(
                self.specs, config=self._server.config, connection_dir=self._server.connection_dir
            )
        return self._manager

    def launch(self, path: str) -> dict[str, Any]:
        """Return what the kernel of a notebook is started with."""
        encryption = getattr(self._server, "transport_encryption", "disabled")
        own = {} if encryption == "disabled" else {"transport_encryption": encryption}
        return {"cwd": self._server.cwd_for_path(path), **own}
