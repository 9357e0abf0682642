"""The Hub of the tests. Everybody who knows its password can use it: never start it for anything else."""

# Jupyter gives `get_config` to a file that it runs.
# ruff: noqa: F821
# mypy: disable-error-code="name-defined"

import json
import os
from pathlib import Path

HERE = Path(__file__).resolve().parent
given = json.loads(os.environ["MATH4ML_HUB"])
folder = Path(given["folder"])
c = get_config()

c.JupyterHub.bind_url = given["address"]
c.JupyterHub.hub_bind_url = f"http://127.0.0.1:{given['hub_port']}"
c.ConfigurableHTTPProxy.api_url = f"http://127.0.0.1:{given['proxy_port']}"
c.ConfigurableHTTPProxy.command = [given["proxy"]]
c.ConfigurableHTTPProxy.pid_file = str(folder / "proxy.pid")

c.JupyterHub.authenticator_class = "dummy"
c.DummyAuthenticator.password = given["password"]
c.Authenticator.allowed_users = set(given["learners"])

# No uids: what keeps learners apart here is the Hub alone.
c.JupyterHub.spawner_class = "simple"
c.SimpleLocalProcessSpawner.home_dir_template = str(folder / "homes" / "{username}")
c.Spawner.cmd = [str(HERE / "start-learner")]
c.Spawner.args = ["--LabApp.expose_app_in_browser=True", *(["--allow-root"] if os.geteuid() == 0 else [])]
c.Spawner.environment = {
    "JUPYTER_CONFIG_PATH": str(HERE / "etc" / "jupyter"),
    "MATH4ML_COURSE": given["course"],
}
c.Spawner.http_timeout = 120
c.LocalProcessSpawner.interrupt_timeout = 5

# The tests make tokens for learners, and start and stop their servers.
c.JupyterHub.services = [{"name": "tests", "api_token": given["token"]}]
c.JupyterHub.load_roles = [
    {"name": "tests", "services": ["tests"], "scopes": ["admin:users", "admin:servers", "tokens"]},
]
