"""Memory that is shared with files and other processes becomes the copy's own, so that an answer writes to nobody else.

A fork copies private memory alone: `np.memmap` arrays and shared arrays would still be the learner's (Linux).
"""

from __future__ import annotations

import ctypes
import mmap
import os
from typing import Any

COPIED = 64 << 20
"""Bytes of a mapping without a file that are copied; a larger one becomes read-only."""
_FIXED = 0x10
_FAILED = ctypes.c_void_p(-1).value


def make_private() -> None:
    """Replace all mappings that are shared and writable by private ones of the same content."""
    shared = [line.split(None, 5) for line in _lines() if line.split(None, 2)[1][1:4:2] == "ws"]
    if not shared:
        return
    libc = ctypes.CDLL(None)
    libc.mmap.restype = ctypes.c_void_p
    libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, *[ctypes.c_int] * 3, ctypes.c_long]
    for addresses, _, offset, _, _, *name in shared:
        start, end = (int(address, 16) for address in addresses.split("-"))
        path = name[0].rstrip("\n") if name else ""
        if not _file(libc, start, end - start, int(offset, 16), path):
            _anonymous(libc, start, end - start)


def _lines() -> list[str]:
    with open("/proc/self/maps", encoding="utf-8", errors="surrogateescape") as file:
        return file.readlines()


def _file(libc: Any, start: int, size: int, offset: int, path: str) -> bool:
    """Map the file itself privately; return False where it cannot be opened (any more)."""
    if not path.startswith("/") or path.startswith("/dev/") or not os.path.isfile(path):
        return False
    try:
        number = os.open(path, os.O_RDONLY)
    except OSError:
        return False
    try:
        return bool(libc.mmap(start, size, 3, mmap.MAP_PRIVATE | _FIXED, number, offset) != _FAILED)
    finally:
        os.close(number)


def _anonymous(libc: Any, start: int, size: int) -> None:
    if size > COPIED:
        libc.mprotect(ctypes.c_void_p(start), ctypes.c_size_t(size), 1)
        return
    content = ctypes.string_at(start, size)
    if libc.mmap(start, size, 3, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | _FIXED, -1, 0) != _FAILED:
        ctypes.memmove(start, content, size)
