"""Freeze batteries: `python -m math4ml_lab.authoring.battery [--check] PATH…`.

What hypothesis draws differs from version to version; what stands in `<module>.battery.json` is the same for everybody.
"""

from __future__ import annotations

import sys
from pathlib import Path

from math4ml_lab import exercise
from math4ml_lab.kernel import battery


def modules(paths: list[Path]) -> list[Path]:
    """Return the exercise modules at or below the paths."""
    found = [module for path in paths for module in (sorted(path.rglob("*.py")) if path.is_dir() else [path])]
    return [module for module in found if "math4ml_lab.exercise" in module.read_text(encoding="utf-8")]


def frozen_file(module: Path) -> Path:
    """Return where a module's frozen battery stands."""
    return module.with_suffix(".battery.json")


def is_fresh(module: Path) -> bool:
    """Tell whether the frozen battery is the one of the module's inputs, or none is needed."""
    source = module.read_text(encoding="utf-8")
    definition = exercise.read(source, str(module), {"__name__": module.stem})
    if not definition.strategies:
        return not frozen_file(module).exists()
    file = frozen_file(module)
    return file.exists() and f'"inputs": "{battery.digest(source)}"' in file.read_text(encoding="utf-8")


def freeze(module: Path) -> bool:
    """Draw and write the battery of a module whose frozen one is missing or stale; tell whether it was written."""
    if is_fresh(module):
        return False
    source = module.read_text(encoding="utf-8")
    text = battery.freeze(exercise.read(source, str(module), {"__name__": module.stem}), source)
    if text is None:
        frozen_file(module).unlink()
    else:
        frozen_file(module).write_text(text, encoding="utf-8")
    return True


def main(arguments: list[str]) -> int:
    """Freeze what is stale, or with `--check` only say so; return 1 where something is stale."""
    only_check = "--check" in arguments
    paths = [Path(argument) for argument in arguments if argument != "--check"]
    stale = [module for module in modules(paths) if (not is_fresh(module) if only_check else freeze(module))]
    for module in stale:
        sys.stdout.write(f"{'stale' if only_check else 'frozen'}: {module}\n")
    return 1 if only_check and stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
