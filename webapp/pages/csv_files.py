"""Results as CSV: one line a passage, for spreadsheets, with nothing in it that a spreadsheet would run."""

from __future__ import annotations

from flask import Response

from search.answering.answer import Answer, Hit
from search.citations.references import locator
from search.permalinks import passage_path
from search.tables import BYTE_ORDER_MARK, csv_text

COLUMNS = (
    "passage_id",
    "document_id",
    "title",
    "edition",
    "date",
    "kind",
    "where",
    "headings",
    "finding",
    "themes",
    "text",
    "link",
)


def results_csv(answer: Answer, site_url: str) -> Response:
    """Return an answer as a file to save."""
    table = csv_text([COLUMNS, *(_cells(hit, site_url) for hit in answer.hits)])
    response = Response(BYTE_ORDER_MARK + table, mimetype="text/csv")
    response.headers["Content-Disposition"] = 'attachment; filename="findings.csv"'
    return response


def _cells(hit: Hit, site_url: str) -> list[str | None]:
    """The cells of a hit, in the order of COLUMNS."""
    passage, document = hit.passage, hit.document
    return [
        passage.passage_id,
        document.document_id,
        document.title,
        document.edition,
        document.published,
        document.kind,
        locator(passage),
        " > ".join(passage.heading_path),
        passage.finding.type.value if passage.finding else None,
        ", ".join(mark.theme_id for mark in passage.themes),
        passage.text,
        site_url + passage_path(passage.passage_id),
    ]
