"""Writes `wire.schema.json`, from which `src/wire.ts` is made: `python -m math4ml_lab.wire_schema [--check]`."""

import inspect
import json
import sys
from pathlib import Path

import msgspec

from math4ml_lab import wire

SCHEMA = Path(__file__).resolve().parent.parent / "wire.schema.json"


def schema_text() -> str:
    """Return the contract between browser and server as JSON Schema, the same for the same `wire.py`."""
    roots, definitions = msgspec.json.schema_components(wire.REST, ref_template="#/$defs/{name}")
    for definition in definitions.values():
        definition["description"] = inspect.cleandoc(definition.get("description", ""))
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Wire",
        "oneOf": list(roots),
        "$defs": definitions,
    }
    return json.dumps(schema, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def is_current() -> bool:
    """Tell whether the committed file says what `wire.py` says."""
    return SCHEMA.exists() and SCHEMA.read_text(encoding="utf-8") == schema_text()


def main(arguments: list[str]) -> int:
    """Write the file, or with `--check` compare it; return 0, 1 when it is stale, 2 on bad usage."""
    if arguments not in ([], ["--check"]):
        print("usage: python -m math4ml_lab.wire_schema [--check]", file=sys.stderr)
        return 2
    if arguments == ["--check"]:
        if is_current():
            return 0
        print(f"{SCHEMA.name} is not what math4ml_lab/wire.py says: run `make wire`.", file=sys.stderr)
        return 1
    SCHEMA.write_text(schema_text(), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
