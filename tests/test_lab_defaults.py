"""JupyterLab as `jupyter math4ml start` opens it: no question about news, whatever else was chosen stays chosen."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from math4ml_lab.cli import start

SETTINGS = """
import json
from pathlib import Path
from jupyterlab.commands import get_app_dir, get_user_settings_dir
from jupyterlab_server.settings_utils import get_settings
share = Path(get_app_dir())
found, _ = get_settings(str(share / "settings"), str(share / "schemas"), get_user_settings_dir(), NAME)
print(json.dumps([found["schema"]["properties"]["fetchNews"]["default"], found["settings"]]))
"""


def settings(environment: dict[str, str]) -> Any:
    """Return JupyterLab's default for asking about news, and what the user chose, as a server there gives them."""
    program = SETTINGS.replace("NAME", repr(start.NOTIFICATIONS))
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


@pytest.fixture
def config() -> Path:
    return Path(os.environ["JUPYTER_CONFIG_DIR"])


def write(path: Path, content: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content), encoding="utf-8")


def test_nobody_is_asked_about_news() -> None:
    assert settings(dict(os.environ)) == ["none", {}], "JupyterLab would ask"
    assert settings(start.lab_environment()) == ["false", {}]


def test_what_a_user_chose_rules(config: Path) -> None:
    plugin, name = start.NOTIFICATIONS.split(":")
    write(config / "lab/user-settings" / plugin / f"{name}.jupyterlab-settings", {"fetchNews": "true"})
    assert settings(start.lab_environment()) == ["false", {"fetchNews": "true"}]


def test_other_defaults_stay(config: Path) -> None:
    write(config / "labconfig/default_setting_overrides.json", {start.NOTIFICATIONS: {"fetchNews": "true"}})
    assert settings(start.lab_environment()) == ["true", {}]


def test_other_folders_of_configuration_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", str(tmp_path))
    assert start.lab_environment()["JUPYTER_CONFIG_PATH"].split(os.pathsep) == [str(tmp_path), str(start.LAB_CONFIG)]
