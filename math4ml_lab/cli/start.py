"""`jupyter math4ml start`: the course in a folder of the learner's, and JupyterLab on it; `copy`: the course alone."""

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import click

from math4ml_lab.catalogue import is_tag
from math4ml_lab.cli.course_copy import Copied, CourseCopy, first_notebook
from math4ml_lab.installed import find_course

DEFAULT_FOLDER = "math4ml-course"
LAB_CONFIG = Path(__file__).parent / "lab_config"
"""A folder of JupyterLab's defaults: it does not ask whether one wants news, which would cover the panel."""
NOTIFICATIONS = "@jupyterlab/apputils-extension:notification"
FROM = click.option("--from", "source", metavar="COURSE", callback=lambda _context, _option, text: named(text),
                    help="The name of another installed course, or its folder.")  # fmt: skip


@click.command(
    "start",
    # What is not ours is JupyterLab's: `--port 8899` has to arrive there as it was typed.
    context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False},
    options_metavar="",
)
@FROM
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED, metavar="[--from COURSE] [DIR] [-- LAB OPTIONS]")
def command(arguments: tuple[str, ...], source: Path | None) -> None:
    """Copy the course to DIR and open JupyterLab on it.

    DIR is ./math4ml-course unless you name another: after the course where --from names one. What you changed there is
    never overwritten: new files of the course are added, files that you left alone are brought up to date. All further
    options go to `jupyter lab`.

    \b
    jupyter math4ml start
    jupyter math4ml start ~/course --no-browser --port 8899
    """
    folder, lab_options = split_arguments(arguments, default_folder(source))
    bring_course(source or find_course(), folder)
    run_lab(lab_command(folder, lab_options))


@click.command("copy")
@click.argument("folder", required=False, metavar="[DIR]", type=click.Path(path_type=Path))
@FROM
def copy_command(folder: Path | None, source: Path | None) -> None:
    """Copy the course to DIR, or bring it up to date there, and open nothing.

    DIR is ./math4ml-course unless you name another: after the course where --from names one. What was changed there is
    never overwritten.
    """
    bring_course(source or find_course(), (folder or Path(default_folder(source))).expanduser().absolute())


def named(text: str | None) -> Path | None:
    """Return the course that `--from` names, a folder or an installed one; None where it names none."""
    if text is None:
        return None
    folder = Path(text).expanduser()
    if (folder / "course.toml").is_file():
        return folder
    if folder.is_dir():
        raise click.BadParameter(f"{text} is no course: there is no course.toml in it.")
    course = find_course(text) if is_tag(text) else None
    if course is None:
        raise click.BadParameter(f"There is no folder {text}, and no course of that name is installed: pip install it.")
    return course


def default_folder(source: Path | None) -> str:
    """Return the name of the folder that a course is copied to where nobody names one."""
    if source is None:
        return DEFAULT_FOLDER
    name = source.resolve().name
    return name if name.endswith("course") else f"{name}-course"


def bring_course(source: Path | None, folder: Path) -> None:
    """Copy a course to a folder, or bring it up to date there; say what was done, or why it cannot be."""
    if source is None:
        raise click.ClickException(
            "The course is not installed with math4ml-lab. Install it again: pip install --force-reinstall math4ml-lab"
        )
    try:
        copied = CourseCopy(source, folder).bring_up_to_date()
    except NotADirectoryError:
        raise click.BadParameter(f"{folder} is a file. Name a folder, or one that does not exist yet.") from None
    except OSError as error:
        raise click.ClickException(
            f"The course cannot be copied to {folder}: {error.strerror} ({error.filename})"
        ) from None
    click.echo(in_words(copied, folder))


def split_arguments(arguments: tuple[str, ...], default: str = DEFAULT_FOLDER) -> tuple[Path, list[str]]:
    """Tell the folder from the options for JupyterLab: only the first argument can be the folder."""
    rest = list(arguments)
    folder = default
    if rest and not rest[0].startswith("-"):
        folder = rest.pop(0)
        if rest and rest[0] == "--":
            rest.pop(0)
    return Path(folder).expanduser().absolute(), rest


def in_words(copied: Copied, folder: Path) -> str:
    """Say what happened to which files."""
    lines = [f"The course is in {folder}"]
    if copied.added:
        lines.append(f"  {_files(copied.added)} added")
    if copied.updated:
        lines.append(f"  {_files(copied.updated)} brought up to date: you had not changed {_them(copied.updated)}")
    if copied.kept:
        lines.append(f"  {_files(copied.kept)} of yours kept as you left {_them(copied.kept)}")
    return "\n".join(lines)


def _files(names: list[str]) -> str:
    if len(names) <= 3:  # noqa: PLR2004 (as many as one reads at a glance)
        return ", ".join(names)
    return f"{len(names)} files"


def _them(names: list[str]) -> str:
    return "it" if len(names) == 1 else "them"


def lab_command(folder: Path, lab_options: list[str]) -> list[str]:
    """Return the command that opens JupyterLab in `folder`, on the course's first notebook."""
    parts = [sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={folder}"]
    notebook = first_notebook(folder)
    if notebook is not None:
        parts.append(f"--LabApp.default_url=/lab/tree/{quote(notebook.as_posix())}")
    return parts + lab_options


def lab_environment() -> dict[str, str]:
    """Return the environment for JupyterLab: with our defaults, unless others were set; a user's settings rule both."""
    # Jupyter takes a moment to load, and no other command needs it.
    from jupyter_server.services.config.manager import ConfigManager  # noqa: PLC0415

    defaults = ConfigManager(config_dir_name="labconfig").get("default_setting_overrides")  # type: ignore[no-untyped-call]
    if "fetchNews" in defaults.get(NOTIFICATIONS, {}):
        return dict(os.environ)
    before = os.environ.get("JUPYTER_CONFIG_PATH")
    return {**os.environ, "JUPYTER_CONFIG_PATH": os.pathsep.join([*([before] if before else []), str(LAB_CONFIG)])}


def run_lab(parts: list[str]) -> None:
    """Become JupyterLab, so that signals and the exit code are its own."""
    environment = lab_environment()
    sys.stdout.flush()
    if os.name == "nt":  # exec starts a second process there and gives the console back
        sys.exit(subprocess.call(parts, env=environment))  # noqa: S603 (our own interpreter)
    os.execve(parts[0], parts, environment)  # noqa: S606 (the same)
