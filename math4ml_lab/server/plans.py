"""What a clean run is about to do: a notebook's copy, the exercises in it, the kernel to run it in."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import nbformat
from jupyter_client.kernelspec import NoSuchKernel
from nbformat.validator import iter_validate

from math4ml_lab import wire
from math4ml_lab.errors import CatalogueError
from math4ml_lab.server.checks import Task
from math4ml_lab.server.refusals import Refused, no_exercises, no_notebook

if TYPE_CHECKING:
    from jupyter_client.kernelspec import KernelSpecManager

    from math4ml_lab.server.courses import Courses, Place

PREFIX = "exercise:"
DEFAULT_KERNEL = "python3"


@dataclass(frozen=True)
class Plan:
    """A notebook's copy and, in the order of the cells, its exercises; one that cannot be judged has its report."""

    path: str
    place: Place
    notebook: Any
    kernel_name: str
    is_ipykernel: bool
    entries: list[Task | wire.Report]
    notes: list[str]

    @property
    def titles(self) -> list[str]:
        """The exercises' titles; the tag's name where there is none."""
        return [
            entry.exercise if isinstance(entry, wire.Report) else entry.loaded.exercise.title for entry in self.entries
        ]

    @staticmethod
    def unjudged(cell: wire.CellSource, outcome: wire.Outcome) -> wire.Report:
        """Return the report on an exercise that no judge has seen."""
        return wire.Report(
            cell_id=cell.cell_id,
            exercise=cell.exercise,
            outcome=outcome,
            checks=[],
            basis="run",
            source=cell.source,
            at=time.time(),
        )


async def make_plan(
    courses: Courses, specs: KernelSpecManager, path: str, content: Any, kernel_name: str | None = None
) -> Plan:
    """Return the plan for a notebook that was read; raise Refused where there is nothing to run or to judge."""
    notebook = _copy(path, content)
    notes: list[str] = []
    name, is_ipykernel = _kernel(specs, notebook, kernel_name, notes)
    place = await courses.place(path)
    entries: list[Task | wire.Report] = []
    seen: set[str] = set()
    for cell in notebook.cells:
        for tag in tags_of(cell):
            if tag in seen:
                notes.append(f"Two cells have the tag {PREFIX}{tag}: only the first one is judged.")
                continue
            seen.add(tag)
            entries.append(await _entry(courses, place, wire.CellSource(cell["id"], tag, cell.source)))
    if not entries:
        raise no_exercises(path)
    return Plan(path, place, notebook, name, is_ipykernel, entries, notes)


def exercises_in(path: str, content: Any) -> list[str]:
    """Return the names of the exercises in a notebook that was read, in the order of its cells; raise Refused."""
    tags = (tag for cell in _copy(path, content).cells for tag in tags_of(cell))
    return list(dict.fromkeys(tag.rpartition("/")[2] for tag in tags))


def tags_of(cell: Any) -> list[str]:
    """Return the names of the exercises that a cell answers."""
    if cell.cell_type != "code":
        return []
    return [well_formed(tag[len(PREFIX) :]) for tag in cell.metadata.get("tags", ()) if tag.startswith(PREFIX)]


def is_run(cell: Any) -> bool:
    """Tell whether nbclient runs a cell."""
    skipped = "skip-execution" in cell.metadata.get("tags", ())
    return cell.cell_type == "code" and bool(cell.source.strip()) and not skipped


def well_formed(text: str) -> str:
    """Return a text without lone surrogates, which are not JSON."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _copy(path: str, content: Any) -> Any:
    """Return a copy in the format of today, every code cell with an id of its own."""
    try:
        notebook: Any = nbformat.from_dict(content)  # type: ignore[no-untyped-call]
        notebook.nbformat_minor = max(5, notebook.nbformat_minor)
        seen: set[str] = set()
        for cell in notebook.cells:
            if not isinstance(cell.get("id"), str) or cell["id"] in seen:
                cell["id"] = f"cell-{len(seen)}-of-a-clean-run"
            seen.add(cell["id"])
            cell.source = well_formed(cell.source)
        error = next(iter_validate(notebook, relax_add_props=True), None)  # type: ignore[no-untyped-call]
    except (AttributeError, TypeError, KeyError, nbformat.ValidationError) as malformed:
        raise no_notebook(path, "it has no cells as a notebook has them") from malformed
    if error is not None:
        raise no_notebook(path, well_formed(str(error.message)[:200]))
    return notebook


async def _entry(courses: Courses, place: Place, cell: wire.CellSource) -> Task | wire.Report:
    try:
        return Task(cell, await courses.load(place, cell.exercise))
    except Refused as refused:
        return Plan.unjudged(cell, wire.Broken(message=refused.message, fix=refused.fix))
    except CatalogueError as error:
        broken = wire.Broken(message=f"The exercise is broken: {error}", fix="Tell the course's author.")
        return Plan.unjudged(cell, broken)


def _kernel(specs: KernelSpecManager, notebook: Any, wanted: str | None, notes: list[str]) -> tuple[str, bool]:
    """Return the kernel's name and whether it is ipykernel; raise Refused for one that is not of Python."""
    own = notebook.metadata.get("kernelspec", {}).get("name")
    name = wanted or own or DEFAULT_KERNEL
    try:
        spec = specs.get_kernel_spec(name)
    except NoSuchKernel:
        there = ", ".join(sorted(specs.find_kernel_specs())) or "none"
        if wanted is not None or DEFAULT_KERNEL not in specs.find_kernel_specs():
            raise Refused(
                400, f"There is no kernel named {name!r} here.", f"Take one that is installed: {there}."
            ) from None
        notes.append(f"The notebook's kernel {name!r} is not installed here: {DEFAULT_KERNEL} ran instead.")
        name, spec = DEFAULT_KERNEL, specs.get_kernel_spec(DEFAULT_KERNEL)
    if spec.language.lower() != "python":
        raise Refused(
            422, f"The kernel {name!r} speaks {spec.language}, not Python.", "Exercises need a Python kernel."
        )
    return name, any("ipykernel" in argument for argument in spec.argv)
