"""How much memory an answer may take: beyond what its process held at birth, and within its control group (Linux)."""

from __future__ import annotations

import os

MEGABYTES = 512
"""How much memory an answer may take beyond what the kernel holds."""
SHARE = 0.8
"""The part of what the control group has left that an answer may take: the kernel needs some too."""
LEAST = 32 << 20
"""Bytes that are left to an answer however full the group is: without them nothing runs."""
NONE = 1 << 62
"""More bytes than there are: what a group without limit has left."""
_V1 = ("memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file")
_V2 = ("memory.max", "memory.current", "inactive_file")


def limit_memory(megabytes: int) -> None:
    """Limit what this process may add to its size, and to what its control groups have left."""
    import resource

    with open("/proc/self/statm", encoding="ascii") as file:
        born = int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    room = min(megabytes << 20, max(LEAST, int(group_room() * SHARE)))
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    limit = born + room if hard == resource.RLIM_INFINITY else min(born + room, hard)
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))


def group_room(root: str = "/sys/fs/cgroup", membership: str = "/proc/self/cgroup") -> int:
    """Return the bytes that are left in the tightest of this process' control groups, version 1 or 2."""
    try:
        with open(membership, encoding="utf-8", errors="replace") as file:
            lines = [line.rstrip("\n").split(":", 2) for line in file if line.count(":") > 1]
    except OSError:
        return NONE
    rooms = [NONE]
    for _, controllers, group in lines:
        if controllers == "":
            rooms += [_rooms(base, group, _V2) for base in (root, f"{root}/unified")]
        elif "memory" in controllers.split(","):
            rooms.append(_rooms(f"{root}/memory", group, _V1))
    return min(rooms)


def _rooms(base: str, group: str, files: tuple[str, str, str]) -> int:
    """Return the least that is left in a group and those above it: a limit holds for all below."""
    parts = [part for part in group.split("/") if part and part != ".."]
    rooms = [_room("/".join([base, *parts[:count]]), files) for count in range(len(parts) + 1)]
    return min(rooms)


def _room(folder: str, files: tuple[str, str, str]) -> int:
    most, now, cache = files
    try:
        left = _number(f"{folder}/{most}") - _number(f"{folder}/{now}")
    except (OSError, ValueError):  # no such group here, or "max": no limit
        return NONE
    return max(0, left + _cached(folder, cache))


def _cached(folder: str, name: str) -> int:
    """Return the bytes of files that count as used, but are given back when they are needed."""
    try:
        with open(f"{folder}/memory.stat", encoding="ascii") as file:
            return next((int(line.split()[1]) for line in file if line.split()[0] == name), 0)
    except (OSError, ValueError, IndexError):
        return 0


def _number(path: str) -> int:
    with open(path, encoding="ascii") as file:
        return int(file.read())
