"""Dates that a text states: `18 October 2024`, `October 18, 2024`, `2024-10-18`. Nothing is guessed."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = {
    name: number
    for number, name in enumerate(
        [
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
        ],
        1,
    )
}
_NAME = "(?P<month>" + "|".join(rf"{name}|{name[:3]}\.?" for name in _MONTHS) + ")"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        r"\b(?P<year>(?:1[89]|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)",
        rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{_NAME},?\s+(?P<year>(?:1[89]|20)\d\d)\b",
        rf"\b{_NAME}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>(?:1[89]|20)\d\d)\b",
    )
)
# Words around a date on a line that holds little else: day of the week, clock time, "Posted on".
_AROUND = re.compile(
    r"(?i)\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\d{1,2}[:.]\d\d|\b(?:am|pm|posted|on|date|published)\b"
)


def find_date(text: str) -> str | None:
    """Return the first day that the text states, as ISO 8601; None when it states none.

    >>> find_date("Geneva, July 11th, 2022")
    '2022-07-11'
    """
    matches = [match for form in _FORMS if (match := form.search(text))]
    for match in sorted(matches, key=lambda match: match.start()):
        month = match["month"]
        number = int(month) if month.isdigit() else _month(month)
        try:
            return date(int(match["year"]), number, int(match["day"])).isoformat()
        except ValueError:
            continue
    return None


def _month(name: str) -> int:
    """The number of a month by its English name or the first three letters."""
    return next(number for full, number in _MONTHS.items() if full.startswith(name.casefold().rstrip(".")))


def is_date_line(text: str) -> bool:
    """Return hardly anything but a date stands in the line."""
    if len(text) > 60 or not find_date(text):
        return False
    for form in _FORMS:
        text = form.sub("", text)
    return sum(char.isalpha() for char in _AROUND.sub("", text)) <= 3
