"""Tables as comma-separated values, which people open in a spreadsheet. The only file that writes them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

BYTE_ORDER_MARK = "\ufeff"
"""Goes before a table that is saved to a file: without it, Excel reads the file in the encoding of the country."""
_BEGINS_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""First characters that make spreadsheets take a cell for a formula (OWASP, CSV injection)."""


def csv_text(rows: Iterable[Iterable[object]], end: str = "\r\n") -> str:
    """Return `rows` as comma-separated values, each row closed by `end`; no cell of them is run as a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator=end)
    for row in rows:
        writer.writerow([safe_cell(cell) for cell in row])
    return out.getvalue()


def safe_cell(value: object) -> object:
    """Return a cell that no spreadsheet runs as a formula: an apostrophe goes before a text that would begin one."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_BEGINS_FORMULA) else value
