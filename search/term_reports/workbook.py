"""A search term report as an Excel workbook. The only file that writes one."""

from __future__ import annotations

import io
from collections.abc import Sequence

import xlsxwriter

from search.term_reports.tables import Sheet

_WIDEST, _NARROWEST = 60, 9  # characters of a column
_AS_TEXT = {
    "in_memory": True,
    "strings_to_formulas": False,  # a query may begin with "=": it is shown, never run
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def workbook_bytes(sheets: Sequence[Sheet]) -> bytes:
    """Return `sheets` as an .xlsx file: bold columns that stay in sight, texts as texts, counts as numbers."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, _AS_TEXT) as workbook:
        bold = workbook.add_format({"bold": True})
        for sheet in sheets:
            page = workbook.add_worksheet(sheet.name)
            page.freeze_panes(1, 0)
            for column, name in enumerate(sheet.columns):
                page.write_string(0, column, name, bold)
                page.set_column(column, column, _width(sheet, column))
            for number, row in enumerate(sheet.rows, 1):
                for column, cell in enumerate(row):
                    page.write(number, column, cell)
    return out.getvalue()


def _width(sheet: Sheet, column: int) -> int:
    """The width of a column in characters: that of its longest cell, within bounds."""
    cells = (sheet.columns[column], *(str(row[column]) for row in sheet.rows))
    return min(_WIDEST, max(_NARROWEST, *(len(cell) + 2 for cell in cells)))
