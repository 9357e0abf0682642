"""The files of a course's folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LEFT_OUT = {"__pycache__"}


def course_files(source: Path) -> Iterator[str]:
    """Yield the course's files in order, relative and with slashes; nothing hidden, no caches."""
    for path in sorted(source.rglob("*")):
        parts = path.relative_to(source).parts
        if path.is_file() and not any(part.startswith(".") or part in LEFT_OUT for part in parts):
            yield "/".join(parts)
