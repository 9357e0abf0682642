"""Text files as the contents manager gives them, read again only when they have changed."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from jupyter_core.utils import ensure_async
from tornado import web

from math4ml_lab.server.refusals import Refused

KEPT = 1000
"""How many texts are kept."""
SETTLED = 1_000_000_000
"""Nanoseconds without a change after which a file's times tell the next one: clocks of disks are coarse."""

Stamp = tuple[int, ...]


class TextFiles:
    """Reads text through `contents`; what it gave is kept as long as the file on the disk is the same.

    Every check asks for its exercise's module. Where the manager's files are not on a disk of ours, each is a read.
    """

    def __init__(self, contents: Any) -> None:
        self._contents = contents
        self._kept: dict[str, tuple[Stamp, str]] = {}

    async def text(self, path: str) -> str | None:
        """Return the text of the file at `path`, None where there is none; raise Refused where it cannot be read."""
        stamp = self._stamp(path)
        known = self._kept.get(path)
        if known is not None and known[0] == stamp:
            return known[1]
        try:
            model = await ensure_async(self._contents.get(path, content=True, type="file", format="text"))
        except web.HTTPError as error:
            if error.status_code == 404:  # noqa: PLR2004
                return None
            raise Refused(400, f"{path!r} cannot be read: {error.log_message}", "Look at the file.") from error
        text = str(model["content"])
        if stamp is not None and stamp == self._stamp(path):
            self._keep(path, stamp, text)
        return text

    def _keep(self, path: str, stamp: Stamp, text: str) -> None:
        self._kept.pop(path, None)
        if time.time_ns() - max(stamp[:2]) > SETTLED:
            self._kept[path] = (stamp, text)
            if len(self._kept) > KEPT:
                del self._kept[next(iter(self._kept))]

    def _stamp(self, path: str) -> Stamp | None:
        """Return what changes whenever the file does, None where it is not on a disk of ours."""
        place = getattr(self._contents, "_get_os_path", None)
        if place is None:
            return None
        try:
            found = Path(place(path)).stat()
        except (OSError, ValueError, web.HTTPError):
            return None
        return found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino, found.st_dev
