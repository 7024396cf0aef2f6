"""A checked draft as a page that stands alone: for `findings check --format html`, and to be saved."""

from __future__ import annotations

from flask import Flask

from search.drafts.checking import Checked, DraftReport
from search.permalinks import passage_path
from search.quotes.words import quote_words
from webapp.pages.presenters import Change, difference

STANDALONE = "draft_report.html"


def shown(report: DraftReport) -> list[tuple[Checked, list[Change]]]:
    """Each quotation with the words that differ; what is altered, missing or wrongly referred to comes first, else in reading order."""
    ordered = sorted(report.checked, key=lambda checked: checked.is_right)
    return [(checked, changes(checked)) for checked in ordered]


def changes(checked: Checked) -> list[Change]:
    """The word-level difference to the source; empty where the words stand there."""
    source = checked.source
    if source is None or checked.outcome == "found":
        return []
    return quoted_difference(source.source_text, checked.quotation.text)


def quoted_difference(source: str, quoted: str) -> list[Change]:
    """The words that a quotation changes; what a look-up folds is no change."""
    return difference(source, quoted, lambda word: "".join(w.form for w in quote_words(word)))


def report_page(report: DraftReport, site_url: str) -> str:
    """The report as an HTML file without anything from elsewhere."""
    environment = Flask("webapp").jinja_env  # whose templates these are
    environment.trim_blocks = environment.lstrip_blocks = True
    template = environment.get_template(STANDALONE)
    return template.render(
        report=report,
        shown=shown(report),
        link=lambda p: site_url + passage_path(p.passage_id),
    )
