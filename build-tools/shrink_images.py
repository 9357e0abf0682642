"""Makes the pictures of docs/images smaller: at most 256 colours, where nobody can see the difference.

A picture that would lose more than `FURTHEST` anywhere keeps all its colours, and is only packed better.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

import numpy as np
from PIL import Image

COLOURS = 256
FURTHEST = 2
"""By how much red, green or blue of a point may change, of 255."""


def shrunk(data: bytes) -> bytes:
    """Return the PNG of the same picture in fewer bytes; the data itself where it has a palette already."""
    given = Image.open(io.BytesIO(data))
    if given.mode == "P":
        return data
    picture = given.convert("RGB")
    found = picture.getcolors(COLOURS)
    if found is None:
        few = picture.quantize(COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    else:
        few = picture.convert("P", palette=Image.Palette.ADAPTIVE, colors=len(found))
    lost = np.abs(np.asarray(picture, dtype=int) - np.asarray(few.convert("RGB"), dtype=int)).max()
    out = io.BytesIO()
    (few if lost <= FURTHEST else picture).save(out, "PNG", optimize=True)
    return min(out.getvalue(), data, key=len)


def main() -> None:
    """Shrink all PNG files below the folders that are named."""
    for folder in sys.argv[1:]:
        for path in sorted(Path(folder).rglob("*.png")):
            path.write_bytes(shrunk(path.read_bytes()))


if __name__ == "__main__":
    main()
