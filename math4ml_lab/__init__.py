"""Exercises that check themselves, in JupyterLab and Notebook 7: the grading panel, its server, a course.

Importing this package imports nothing of Jupyter: `math4ml_lab.exercise` is for authors and for kernels.
"""

import sys
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


def load_ipython_extension(shell: Any) -> None:
    """`%load_ext math4ml_lab`: the same reports and hints in the notebook, where there is no panel."""
    from IPython.core.error import UsageError  # noqa: PLC0415 (IPython calls us, or nobody does)

    again = "then %load_ext math4ml_lab again."
    if sys.version_info < (3, 11):  # noqa: UP036 (sources on a path reach any Python)
        raise UsageError(f"math4ml-lab needs Python 3.11, this kernel has {sys.version.split()[0]}. Choose another.")
    try:
        from math4ml_lab import fallback  # noqa: PLC0415 (stays out of servers and of the command line)
    except ModuleNotFoundError as error:
        module = (error.name or "").partition(".")[0]
        if not module or module == __name__:
            raise
        package = {"markdown_it": "markdown-it-py"}.get(module, module.replace("_", "-"))
        raise UsageError(f"math4ml-lab needs {package} in this kernel. Run %pip install {package}, {again}") from None
    fallback.load(shell)


def unload_ipython_extension(shell: Any) -> None:
    """`%unload_ext math4ml_lab`."""
    fallback = sys.modules.get(f"{__name__}.fallback")
    if fallback is not None:
        fallback.unload(shell)
