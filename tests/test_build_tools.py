"""The scripts behind the Makefile: what they say, and when."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parent.parent / "build-tools" / "install-packages"
NOISE = "➤ YN0002: │ root doesn't provide react (p1234), requested by other"
ERROR = "➤ YN0028: │ The lockfile would have been modified by this install, which is explicitly forbidden."


def install(tmp_path: Path, folder: str, code: int) -> subprocess.CompletedProcess[str]:
    """Run the script with an installer that says a warning and an error, and ends with `code`."""
    installer = tmp_path / "bin" / "jlpm"
    installer.parent.mkdir()
    installer.write_text(f'#!/bin/sh\necho "$@" > asked\necho "{NOISE}"\necho \'{ERROR}\' >&2\nexit {code}\n')
    installer.chmod(0o755)
    (tmp_path / "ui-tests").mkdir()
    path = f"{installer.parent}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        [SCRIPT, folder], cwd=tmp_path, env={**os.environ, "PATH": path}, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(
    ("folder", "what"), [(".", "the front end's packages"), ("ui-tests", "the packages of the browser tests")]
)
def test_packages_that_could_be_installed_need_one_line(tmp_path: Path, folder: str, what: str) -> None:
    done = install(tmp_path, folder, 0)
    assert (done.returncode, done.stderr, len(done.stdout.splitlines())) == (0, "", 1)
    assert what in done.stdout
    assert (tmp_path / folder / "asked").read_text() == "install --immutable\n"


def test_packages_that_could_not_be_installed_say_why(tmp_path: Path) -> None:
    done = install(tmp_path, ".", 1)
    assert done.returncode == 1
    assert ERROR in done.stderr
    assert "YN0002" not in done.stderr
    assert f"run jlpm install in {tmp_path}" in done.stderr
