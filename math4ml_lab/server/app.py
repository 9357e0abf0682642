"""The server extension: configuration, start and end."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

from jupyter_core.paths import jupyter_data_dir
from jupyter_server.extension.application import ExtensionApp
from traitlets import Enum, Float, Unicode

from math4ml_lab.attempts import PLACE, AttemptStore
from math4ml_lab.server.author_routes import author_routes
from math4ml_lab.server.clean_runs import CleanRuns
from math4ml_lab.server.courses import Courses
from math4ml_lab.server.events import Events
from math4ml_lab.server.grader import Grader
from math4ml_lab.server.kernels import Kernels
from math4ml_lab.server.own_kernels import OwnKernels
from math4ml_lab.server.proofs import Proofs
from math4ml_lab.server.routes import routes
from math4ml_lab.server.workshop import Workshop

if TYPE_CHECKING:
    from math4ml_lab import hints


class Math4mlApp(ExtensionApp):
    """Exercises in notebooks, checked against the live kernel."""

    name = "math4ml_lab"
    extension_url = "/lab"
    load_other_extensions = True

    time_limit = Float(10.0, min=0.1, help="Seconds that an answer may compute while it is checked.").tag(config=True)
    clean_run_limit = Float(300.0, min=1.0, help="Seconds that a run of a whole notebook may take.").tag(config=True)
    gates = Enum(("off", "gentle", "strict"), "gentle", help="When hints open.").tag(config=True)
    store = Unicode(help="The file of the learner's own record; by default in Jupyter's data folder.").tag(config=True)

    def initialize_settings(self) -> None:
        """Make the grader known to the handlers."""
        assert self.serverapp is not None  # noqa: S101  (it loads us)
        path = Path(self.store) if self.store else Path(jupyter_data_dir()) / PLACE
        self.grader = Grader(
            Courses(self.serverapp.contents_manager),
            Kernels(self.serverapp.kernel_manager),
            AttemptStore(path),
            time_limit=self.time_limit,
            gates=cast("hints.Gates", self.gates),
            fixed=frozenset(name for name in ("gates", "time_limit") if self._is_configured(name)),
            events=Events(self.serverapp.event_logger),
        )
        for problem in self.grader.store.problems:
            self.log.warning("math4ml: %s", problem)
        kernels = OwnKernels(self.serverapp.kernel_manager)
        self.clean_runs = CleanRuns(self.grader, kernels, run_limit=self.clean_run_limit)
        self.workshop = Workshop(self.serverapp.contents_manager, self.grader.courses)
        self.proofs = Proofs(self.workshop, kernels)
        self.settings["math4ml_grader"] = self.grader
        self.settings["math4ml_clean_runs"] = self.clean_runs
        self.settings["math4ml_workshop"] = self.workshop
        self.settings["math4ml_proofs"] = self.proofs

    def _is_configured(self, trait: str) -> bool:
        """Tell whether a file or the command line sets a trait, be it to its default."""
        return any(trait in self.config[name] for name in self.section_names() if name in self.config)

    def initialize_handlers(self) -> None:
        """Add the routes; the base address is put in front by `ExtensionApp`."""
        self.handlers.extend([*author_routes("/"), *routes("/")])  # the last one takes all that is left

    async def stop_extension(self) -> None:
        """Cancel proofs, clean runs and checks, hang up on kernels, close the store."""
        await self.proofs.close()
        await self.clean_runs.close()
        await self.grader.close()
