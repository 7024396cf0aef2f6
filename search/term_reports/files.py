"""A search term report as a file: one row each for every form in which it can be saved."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from search.tables import BYTE_ORDER_MARK
from search.term_reports.report import TermReport
from search.term_reports.tables import report_csv, report_record, report_sheets
from search.term_reports.workbook import workbook_bytes


@dataclass(frozen=True, slots=True)
class ReportFile:
    """A form of file: its media type, and what writes a report in it."""

    media_type: str
    write: Callable[[TermReport], bytes]


def _as_json(report: TermReport) -> bytes:
    """A report as one JSON object."""
    return json.dumps(report_record(report), ensure_ascii=False).encode("utf-8", "replace")


REPORT_FILES: Mapping[str, ReportFile] = {
    "json": ReportFile("application/json", _as_json),
    "csv": ReportFile(
        "text/csv", lambda report: (BYTE_ORDER_MARK + report_csv(report)).encode("utf-8", "replace")
    ),
    "xlsx": ReportFile(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        lambda report: workbook_bytes(report_sheets(report)),
    ),
}
"""The forms by the ending of a file's name."""
