"""Days as people write them: "12 June 2019", "11-13 July 2022", "February 2018"."""

from __future__ import annotations

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def written_date(date: str | None) -> str:
    """Return an ISO 8601 year, month or day in words; what is no such date stays as it is; "" for None."""
    if not date:
        return ""
    year, month, day = (*date.split("-"), "", "")[:3]
    if not (month.isdecimal() and 1 <= int(month) <= len(MONTHS)):
        return date
    words = f"{MONTHS[int(month) - 1]} {year}"
    return f"{int(day)} {words}" if day.isdecimal() else words


def written_span(start: str | None, end: str | None) -> str:
    """Return a first and a last day in words, with what they share said once."""
    if not start or not end or start == end:
        return written_date(start or end)
    first, last = written_date(start).split(" "), written_date(end).split(" ")
    if first[1:] == last[1:]:
        return f"{first[0]}\N{EN DASH}{' '.join(last)}"
    if first[-1] == last[-1]:
        first = first[:-1]
    return f"{' '.join(first)} \N{EN DASH} {' '.join(last)}"
