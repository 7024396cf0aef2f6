"""A date in the name of a file: `2007-08-30_report`, `minutes-2017`. A number that only looks like a year is none."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import PurePosixPath

_EARLIEST = 1700  # before it, a number in a name is hardly ever a year
_DAY = re.compile(
    r"(?<!\d)(?P<year>1[789]\d\d|20\d\d)(?P<mark>[-_.]?)(?P<month>0[1-9]|1[0-2])(?P=mark)(?P<day>0[1-9]|[12]\d|3[01])(?!\d)"
)
_YEAR = re.compile(r"(?<![\d.])(?P<year>1[789]\d\d|20\d\d)(?!\d|\.\d)")
# Words before a number that make it another one's: "resolution-1973", "room_2019", "iso-2000".
_NUMBERED = re.compile(
    r"(?:^|[^a-z])(?:resolutions?|res|scr|unscr|room|no|nr|num|number|item|items|doc|document|docs|page|pages|p|pp|part|decision|order|case|id|"
    r"flight|bill|act|directive|regulation|article|art|section|chapter|vol|volume|issue|rev|version|v|iso|din|rfc|form|route|model|lot|agenda|un|agenda21|"
    r"stanag|mc|vision|horizon|agenda|target|goals?|strategy|roadmap|until|by|to)[-_ .#]*$",
    re.IGNORECASE,
)


def find_name_date(path: str) -> str | None:
    """Return the day or the year in the name of a file as ISO 8601; None for none and for several years.

    >>> find_name_date("speeches/2007-08-30_think.md"), find_name_date("minutes-2017.txt"), find_name_date("resolution-1973.pdf")
    ('2007-08-30', '2017', None)
    """
    name = PurePosixPath(path).stem
    match = _DAY.search(name)
    if match and (day := _day(match)):
        return day
    years = [
        m for m in _YEAR.finditer(name) if not _NUMBERED.search(name[: m.start()]) and _is_past(m["year"])
    ]
    return years[0]["year"] if len(years) == 1 else None


def _day(match: re.Match[str]) -> str | None:
    """The day, where the calendar has it."""
    try:
        return date(int(match["year"]), int(match["month"]), int(match["day"])).isoformat()
    except ValueError:
        return None


def _is_past(year: str) -> bool:
    """No later than next year, and no earlier than names of files speak of."""
    return _EARLIEST <= int(year) <= datetime.now(UTC).year + 1
