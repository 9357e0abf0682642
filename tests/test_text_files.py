"""What was read of a file is true as long as the file is the same, and no longer."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, Any

import pytest
from jupyter_server.services.contents.filemanager import AsyncFileContentsManager
from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager

from math4ml_lab.server.refusals import Refused
from math4ml_lab.server.text_files import TextFiles

if TYPE_CHECKING:
    from pathlib import Path

AGO = time.time() - 3600


class Counting(AsyncLargeFileManager):
    """Counts what it is asked for."""

    asked = 0

    async def get(self, *args: Any, **kwargs: Any) -> Any:
        """Count, and give."""
        self.asked += 1
        return await super().get(*args, **kwargs)  # type: ignore[no-untyped-call]


@pytest.fixture
def contents(tmp_path: Path) -> Counting:
    return Counting(root_dir=str(tmp_path))


def write(path: Path, text: str, at: float | None = None) -> None:
    path.write_text(text, encoding="utf-8")
    if at is not None:
        os.utime(path, (at, at))


def settle(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let an hour pass: no file's change time can be set."""
    now = time.time_ns()
    monkeypatch.setattr(time, "time_ns", lambda: now + 3600 * 10**9)


async def test_a_file_is_read_once_while_it_stays_the_same(
    contents: Counting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "a.py", "one")
    settle(monkeypatch)
    files = TextFiles(contents)
    assert [await files.text("a.py") for _ in range(3)] == ["one"] * 3
    assert contents.asked == 1


async def test_a_change_is_seen_at_once(contents: Counting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = TextFiles(contents)
    settle(monkeypatch)
    write(tmp_path / "a.py", "one", AGO)
    assert await files.text("a.py") == "one"
    write(tmp_path / "a.py", "two", AGO)  # the same size, and its old time was put back
    assert await files.text("a.py") == "two"
    (tmp_path / "b.py").write_text("new", encoding="utf-8")
    (tmp_path / "b.py").replace(tmp_path / "a.py")
    assert await files.text("a.py") == "new"
    (tmp_path / "a.py").unlink()
    assert await files.text("a.py") is None
    write(tmp_path / "a.py", "one")
    assert await files.text("a.py") == "one"


async def test_what_was_written_just_now_is_not_trusted(contents: Counting, tmp_path: Path) -> None:
    files = TextFiles(contents)
    for text in ("one", "two", "six"):
        write(tmp_path / "a.py", text)
        assert [await files.text("a.py") for _ in range(2)] == [text] * 2
    assert contents.asked == 6


async def test_what_is_refused_is_refused_each_time(
    contents: Counting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.py").write_bytes(b"\xff\xfe\x00")
    settle(monkeypatch)
    files = TextFiles(contents)
    for _ in range(2):
        with pytest.raises(Refused, match="cannot be read"):
            await files.text("a.py")
    assert await files.text("missing.py") is None


async def test_files_that_are_not_on_a_disk_are_read_each_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "a.py", "one")
    settle(monkeypatch)
    manager = AsyncFileContentsManager(root_dir=str(tmp_path))

    class Elsewhere:
        """Has files, and says nothing of where."""

        asked = 0

        async def get(self, *args: Any, **kwargs: Any) -> Any:
            """Count, and give."""
            self.asked += 1
            return await manager.get(*args, **kwargs)  # type: ignore[no-untyped-call]

    elsewhere = Elsewhere()
    files = TextFiles(elsewhere)
    assert [await files.text("a.py") for _ in range(2)] == ["one"] * 2
    assert elsewhere.asked == 2


async def test_the_oldest_texts_are_forgotten(
    contents: Counting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("math4ml_lab.server.text_files.KEPT", 2)
    for name in ("a.py", "b.py", "c.py"):
        write(tmp_path / name, name)
    settle(monkeypatch)
    files = TextFiles(contents)
    for name in ("a.py", "b.py", "c.py", "b.py", "c.py"):
        await files.text(name)
    assert contents.asked == 3
    await files.text("a.py")
    assert contents.asked == 4
