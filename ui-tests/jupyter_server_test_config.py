"""The server of the browser tests. Anybody can use it: never start it for anything else."""

import os

from jupyterlab.galata import configure_jupyter_server

configure_jupyter_server(c)  # noqa: F821

c.ServerApp.port = int(os.environ.get("MATH4ML_TEST_PORT", "8989"))  # noqa: F821
c.ServerApp.allow_root = True  # noqa: F821
