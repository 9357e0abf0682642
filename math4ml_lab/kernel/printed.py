"""What an answer prints while it is checked: kept input by input, told of one of them."""

from __future__ import annotations

import io
from typing import Any

PRINTED = 10_000
"""How many characters are kept of what is printed on one input."""
MOST = 100 * PRINTED
"""How many are kept of all."""


class Printed(io.TextIOBase):
    """A stream that keeps the beginning of what is written on each input; `begin` names the next one."""

    encoding = "utf-8"

    def __init__(self) -> None:
        super().__init__()
        self.parts: dict[tuple[str, int], list[str]] = {}
        self.left = MOST
        self.begin("", 0)

    def begin(self, name: str, row: int) -> None:
        """Keep what is written from now on as what the answer `name` prints on a row of inputs."""
        self.key = (name, row)
        self.room = PRINTED

    def write(self, text: str) -> int:
        """Keep `text` as far as there is room."""
        room = min(self.room, self.left)
        if text and room > 0:
            part = str(text)[:room]
            self.parts.setdefault(self.key, []).append(part)
            self.room -= len(part)
            self.left -= len(part)
        return len(text)

    def on(self, name: str, row: int) -> str:
        """Return what an answer printed on one row."""
        return "".join(self.parts.get((name, row), ()))

    def writable(self) -> bool:
        """Tell that it takes text."""
        return True

    def told(self, wanted: Any) -> dict[str, Any]:
        """Return what was printed on the row `wanted`, a name and a number, or else on the first that printed at all.

        `same` of `others`, the answer's other rows on which something was printed, say the same.
        """
        texts = {key: "".join(parts) for key, parts in self.parts.items()}
        key = tuple(wanted) if wanted is not None and tuple(wanted) in texts else next(iter(texts), None)
        if key is None:
            return {"text": ""}
        text = texts[key]
        others = [texts[other] for other in texts if other != key and other[0] == key[0]]
        cut = f"\n… cut at {PRINTED} characters" if len(text) >= PRINTED else ""
        return {"text": text + cut, "of": list(key), "same": others.count(text), "others": len(others)}
