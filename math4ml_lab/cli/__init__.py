"""The command `jupyter math4ml`. Exit codes: 0 good, 1 something failed, 2 bad usage or input."""

import click

from math4ml_lab import __version__
from math4ml_lab.cli import check, importing, new, progress, publish, start, verify


@click.group(name="jupyter math4ml", context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="%(version)s")
def main() -> None:
    """Exercises that check themselves in JupyterLab."""


main.add_command(start.command)
main.add_command(start.copy_command)
main.add_command(check.command)
main.add_command(progress.command)
main.add_command(verify.command)
main.add_command(new.command)
main.add_command(publish.command)
main.add_command(importing.command)
