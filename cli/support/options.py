"""Options that several commands have."""

from __future__ import annotations

from pathlib import Path

import click

from search.dates import ISO_DATE
from search.errors import UsageProblem
from search.query.terms import Match
from search.store.disks import find_problem

MATCH = click.Choice([match.value for match in Match])
"""How words side by side are taken."""


def read_date(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    """Accept a year, a month or a day. Raises click.BadParameter for anything else."""
    if value is not None and not ISO_DATE.fullmatch(value):
        raise click.BadParameter(f"{value!r} is no date; write 2019, 2019-06 or 2019-06-12")
    return value


def refuse_unwritable(file: Path) -> None:
    """Raise UsageProblem for a file that cannot be written, before the work whose result goes there."""
    if not file.parent.is_dir():
        raise UsageProblem(f"{file}: there is no folder {file.parent}; make it, or name another file")
    if problem := find_problem(file.parent):
        raise UsageProblem(f"{file}: {problem}; name a file in a folder that can be written to")
