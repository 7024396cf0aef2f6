"""Options that several commands have."""

from __future__ import annotations

import click

from search.dates import ISO_DATE
from search.query.terms import Match

MATCH = click.Choice([match.value for match in Match])
"""How words side by side are taken."""


def read_date(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    """Accept a year, a month or a day. Raises click.BadParameter for anything else."""
    if value is not None and not ISO_DATE.fullmatch(value):
        raise click.BadParameter(f"{value!r} is no date; write 2019, 2019-06 or 2019-06-12")
    return value
