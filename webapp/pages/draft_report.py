"""A checked draft as a page that stands alone: for `findings check --format html`, and to be saved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from flask import Flask

from search.drafts.checking import Checked, DraftReport
from search.model import Passage
from search.permalinks import passage_path
from search.quotes.words import quote_words
from webapp.pages.presenters import Change, difference
from webapp.rendering import Page, values_of


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftReportPage(Page):
    """A checked draft as a page that stands alone."""

    TEMPLATE: ClassVar[str] = "draft_report.html"
    report: DraftReport
    shown: Sequence[tuple[Checked, Sequence[Change]]]
    link: Callable[[Passage], str]


def shown(report: DraftReport) -> list[tuple[Checked, list[Change]]]:
    """Return each quotation with the words that differ; what is altered, missing or wrongly referred to comes first, else in reading order."""
    ordered = sorted(report.checked, key=lambda checked: checked.is_right)
    return [(checked, changes(checked)) for checked in ordered]


def changes(checked: Checked) -> list[Change]:
    """Return the word-level difference to the source; empty where the words stand there."""
    source = checked.source
    if source is None or checked.outcome == "found":
        return []
    return quoted_difference(source.source_text, checked.quotation.text)


def quoted_difference(source: str, quoted: str) -> list[Change]:
    """Return the words that a quotation changes; what a look-up folds is no change."""
    return difference(source, quoted, lambda word: "".join(w.form for w in quote_words(word)))


def report_page(report: DraftReport, site_url: str) -> str:
    """Return the report as an HTML file without anything from elsewhere."""
    environment = Flask("webapp").jinja_env  # whose templates these are
    environment.trim_blocks = environment.lstrip_blocks = True
    page = DraftReportPage(
        report=report,
        shown=shown(report),
        link=lambda passage: site_url + passage_path(passage.passage_id),
    )
    return environment.get_template(page.TEMPLATE).render(values_of(page))
