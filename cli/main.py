"""The `findings` command: its options, its groups of commands, and the one place that prints errors and exits."""

from __future__ import annotations

import errno
import os
import sys
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import click

from search.errors import FindingsError, UsageProblem
from search.settings import Settings
from search.store.disks import OF_THE_MACHINE

_OF_THE_MACHINE = OF_THE_MACHINE | {errno.ENOTDIR, errno.EISDIR, errno.EEXIST}
"""What a person can mend; every other OSError is a defect of ours."""


COMMANDS = {
    "index": "cli.staff.index",
    "status": "cli.staff.index",
    "undo": "cli.staff.index",
    "withdraw": "cli.staff.withdraw",
    "fetch": "cli.staff.fetch",
    "search": "cli.search",
    "batch": "cli.batch",
    "show": "cli.show",
    "similar": "cli.similar",
    "quote": "cli.quote",
    "check": "cli.check",
    "export": "cli.export",
    "themes": "cli.staff.themes",
    "train": "cli.staff.train",
    "serve": "cli.serve",
    "model": "cli.staff.index",
}
"""Each command and the file it stands in; its function has its name."""


class _Commands(click.Group):
    """Imports a command's file when it is called: `show` need not wait for the readers of PDF and HTML."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return all commands, in the order of the table."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of this name."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(COMMANDS[cmd_name]), cmd_name)
        return command


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Settings can also stand in the environment, as FINDINGS_CORPUS and so on: see docs/configuration.md.",
)
@click.option("--corpus", type=click.Path(path_type=Path), help="The folder of documents (default: corpus).")
@click.option(
    "--index", "index_dir", type=click.Path(path_type=Path), help="The folder of the index (default: index)."
)
@click.version_option(package_name="findings")
@click.pass_context
def findings(context: click.Context, corpus: Path | None, index_dir: Path | None) -> None:
    """A reading room for symposium reports and speeches.

    \b
    findings index                      bring the index up to the corpus
    findings search "trust funds"       search it
    findings serve                      open it in a browser
    """
    settings = Settings.from_env(os.environ)
    context.obj = replace(settings, corpus=corpus or settings.corpus, index=index_dir or settings.index)


def main() -> None:
    """Run the command; print an error that a person can act on as one line, and exit with its code.

    Not `findings.main`: that ends with 1, our code for a defect, when the reader of the output has gone.
    """
    try:
        with findings.make_context("findings", sys.argv[1:]) as context:
            findings.invoke(context)
        sys.stdout.flush()
    except click.exceptions.Exit as end:
        sys.exit(end.exit_code)
    except (click.exceptions.Abort, KeyboardInterrupt):
        click.echo("interrupted", err=True)
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except FindingsError as error:
        click.echo(f"findings: {error}", err=True)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        os.dup2(
            os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno()
        )  # the reader has gone: no error of ours
    except OSError as error:
        if error.errno not in _OF_THE_MACHINE:
            raise
        place = error.filename or "the disk that is written to"
        click.echo(
            f"findings: {place}: {error.strerror}; check the folder, its room and its permissions", err=True
        )
        sys.exit(UsageProblem.exit_code)
