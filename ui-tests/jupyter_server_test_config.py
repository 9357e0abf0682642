"""The server of the browser tests. Anybody can use it: never start it for anything else."""

# Jupyter gives `c` to a file that it runs as a script.
# ruff: noqa: F821, INP001

import os
import tempfile
from pathlib import Path

from jupyterlab.galata import configure_jupyter_server

configure_jupyter_server(c)

c.ServerApp.port = int(os.environ.get("MATH4ML_TEST_PORT", "8989"))
c.ServerApp.allow_root = True
c.JupyterNotebookApp.expose_app_in_browser = True
c.ServerApp.log_level = "WARN"
c.Math4mlApp.time_limit = 8.0
c.Math4mlApp.store = str(Path(tempfile.mkdtemp(prefix="math4ml-")) / "record.sqlite")
