"""Exercises that check themselves, in JupyterLab and Notebook 7: the grading panel, its server, a course.

Importing this package imports nothing of Jupyter: `math4ml_lab.exercise` is for authors and for kernels.
"""

from importlib.metadata import PackageNotFoundError, version
from typing import Any

try:
    __version__ = version("math4ml-lab")
except PackageNotFoundError:  # sources that were never installed
    __version__ = "0+unknown"


def _jupyter_labextension_paths() -> list[dict[str, str]]:
    """Where Jupyter finds the built front end."""
    return [{"src": "labextension", "dest": "math4ml-lab"}]


def _jupyter_server_extension_points() -> list[dict[str, Any]]:
    """Where Jupyter finds the server's part."""
    from math4ml_lab.server.app import Math4mlApp  # noqa: PLC0415 (stays out of kernels and of the command line)

    return [{"module": "math4ml_lab.server.app", "app": Math4mlApp}]
