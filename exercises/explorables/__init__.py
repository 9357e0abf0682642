"""The course's pictures that move: each function returns a widget with controls, a picture and a sentence.

They need numpy, matplotlib and ipywidgets, nothing else, and no network. In a notebook of a unit:

    import sys; sys.path.append("..")  # the course's own pictures
    import explorables
    explorables.learning_rate_cliff()
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

__all__ = [
    "descent_on_a_valley",
    "learning_rate_cliff",
    "little_o_by_zooming",
    "matrix_on_the_plane",
    "step_size_and_error",
    "three_steps_of_the_svd",
]


class Missing:
    """What stands in a picture's place where a package is missing: which one, and the next step."""

    def __init__(self, package: str) -> None:
        self.package = package

    def __repr__(self) -> str:
        return (
            f"This picture needs {self.package}, which is not installed in this kernel. To see it, run "
            f"%pip install {self.package}, restart the kernel, and run this cell again. No exercise needs it."
        )


def three_steps_of_the_svd() -> Any:
    """Show a small picture, rebuilt from the first few of its parts, and one column on its way through the steps."""
    return _made("svd_steps")


def matrix_on_the_plane() -> Any:
    """Show what a matrix of four numbers does to a grid and to the unit circle."""
    return _made("plane")


def little_o_by_zooming() -> Any:
    """Show two functions near 0, and what becomes of their ratio as one zooms in."""
    return _made("little_o")


def step_size_and_error() -> Any:
    """Show how wrong a finite difference is for each step size, and which of its two errors is to blame."""
    return _made("step_size")


def learning_rate_cliff() -> Any:
    """Show gradient descent in one dimension: it comes to rest, bounces, or blows up."""
    return _made("cliff")


def descent_on_a_valley() -> Any:
    """Show gradient descent in a valley that is longer than wide."""
    return _made("valley")


def _made(name: str) -> Any:
    try:
        return import_module(f"explorables.{name}").widget()
    except ModuleNotFoundError as error:
        package = (error.name or "").partition(".")[0]
        if package not in ("ipywidgets", "matplotlib"):
            raise
        return Missing(package)
