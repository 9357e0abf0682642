"""Numbers in words, and the colours: each has contrast on the card, which is the same in light and dark."""

from __future__ import annotations

CARD = "#fafaf7"
INK = "#1f2328"
GRID = "#c4c9cf"
BLUE = "#0b57a4"
RUST = "#b03a00"
GREY = "#59636e"
PURPLE = "#7a2e8e"


def said(number: float, digits: int = 3) -> str:
    """Return a number as short as it can be read out, with a real minus sign."""
    short = f"{number:.{digits}g}"
    if "e" in short:
        mantissa, power = short.split("e")
        short = f"{mantissa}e{int(power)}"
    return "0" if short == "-0" else short.replace("-", "−")


def point(x: float, y: float) -> str:
    """Return a point of the plane."""
    return f"({said(x)}, {said(y)})"
