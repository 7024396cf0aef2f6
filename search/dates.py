"""How dates are written everywhere: a year, a month or a day (ISO 8601)."""

from __future__ import annotations

import re

ISO_DATE = re.compile(r"[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?")
"""What a date looks like; `fullmatch` it. Whether the month has such a day is another question."""
DATE_FORMS = "a year, a month or a day (2019, 2019-06, 2019-06-12)"
"""The same for people."""
