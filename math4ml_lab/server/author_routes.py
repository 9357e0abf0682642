"""The handlers of author mode: modules beside a notebook, and their proofs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from jupyter_core.utils import ensure_async
from jupyter_server.utils import url_path_join

from math4ml_lab import wire
from math4ml_lab.server.routes import AT_MOST, GraderHandler, allowed

if TYPE_CHECKING:
    from math4ml_lab.server.proofs import Proofs
    from math4ml_lab.server.workshop import Workshop


class _WorkshopHandler(GraderHandler):
    @property
    def workshop(self) -> Workshop:
        """The modules of this server."""
        workshop: Workshop = self.settings["math4ml_workshop"]
        return workshop

    @property
    def proofs(self) -> Proofs:
        """The proofs of this server."""
        proofs: Proofs = self.settings["math4ml_proofs"]
        return proofs

    async def may_write(self) -> bool:
        """Tell whether whoever asks may write files here."""
        return await self._may("write", "contents")

    async def may_prove(self) -> bool:
        """Tell whether whoever asks may prove exercises, and see proofs."""
        return await self._may("execute", "kernels")

    async def _may(self, action: str, resource: str) -> bool:
        return bool(await ensure_async(self.authorizer.is_authorized(self, self.current_user, action, resource)))


class AuthorHandler(_WorkshopHandler):
    """`POST author`: the modules beside a notebook."""

    @allowed("read", "contents")
    async def post(self) -> None:
        """Answer with titles, with what is wrong, and with the proofs that are known."""
        request = self.body(wire.AuthorRequest)
        answer = await self.workshop.look(request, may_write=await self.may_write())
        if await self.may_prove():
            answer = msgspec.structs.replace(answer, proofs=await self.proofs.known(request.path))
        self.reply(answer)


class ModuleHandler(_WorkshopHandler):
    """`POST module`: a new module."""

    @allowed("write", "contents")
    async def post(self) -> None:
        """Answer with the module that was written."""
        self.reply(await self.workshop.create(self.body(wire.ModuleRequest)))


class ProofHandler(_WorkshopHandler):
    """`POST proof`: prove an exercise in a fresh kernel."""

    @allowed("execute", "kernels")
    async def post(self) -> None:
        """Start a proof, or find the one under way; answer when it has ended, or after 2 s."""
        request = self.body(wire.ProofRequest)
        self.reply(await self.proofs.start(request, may_write=await self.may_write(), at_most=AT_MOST))


class OneProofHandler(_WorkshopHandler):
    """`GET proof/{id}`, `DELETE proof/{id}`."""

    @allowed("execute", "kernels")
    async def get(self, proof_id: str) -> None:
        """Answer when it has ended, or after 2 s with how far it is."""
        self.reply(await self.proofs.answer(proof_id, at_most=AT_MOST))

    @allowed("execute", "kernels")
    async def delete(self, proof_id: str) -> None:
        """Cancel it and end its kernel."""
        self.reply(await self.proofs.cancel(proof_id))


def author_routes(base_url: str) -> list[tuple[str, type[GraderHandler]]]:
    """Return addresses and handlers under the server's base address."""
    api = url_path_join(base_url, "math4ml", "api")
    return [
        (url_path_join(api, "author"), AuthorHandler),
        (url_path_join(api, "module"), ModuleHandler),
        (url_path_join(api, "proof"), ProofHandler),
        (url_path_join(api, r"proof/([0-9a-f]+)"), OneProofHandler),
    ]
