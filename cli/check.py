"""The command of writers: check."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path

import click

from cli.support.printing import counted, note, result, result_json
from indexer.extraction.draft import read_draft
from search.drafts.checking import Checked, DraftReport, check_draft, report_csv, report_record
from search.room import ReadingRoom
from search.settings import Settings
from webapp.pages.draft_report import report_page

NOT_CLEAN = 3  # exit status when a quotation is altered or missing, or its reference is wrong


@click.command(
    epilog="""\b
Examples:
  findings check draft.docx                      every quotation with its verdict and source
  findings check draft.md --format html > report.html
  findings check draft.pdf --json                for programs; ends with 3 when a quotation or its reference is wrong"""
)
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "html", "csv", "json"]),
    default="text",
    help="The form of the report (default: text).",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object (like --format json).")
@click.pass_obj
def check(settings: Settings, file: Path, form: str, as_json: bool) -> None:
    """Check every quotation in a draft (.md .txt .html .docx .odt .pdf), and the reference beside it: where its words stand,
    what was changed, and whether the page, the paragraph, the document and the link that are stated are right.

    Ends with 3 when a quotation is altered or missing or its reference is wrong, so that it can stand in a build.
    """
    draft = read_draft(file)
    with closing(ReadingRoom(settings)) as room:
        opened = room.opened
        report = check_draft(
            draft, opened.quoted, opened.editions, opened.meta.generation, site_url=settings.site_url
        )
    _print(report, "json" if as_json else form, settings.site_url)
    if not report.is_clean:
        sys.exit(NOT_CLEAN)


def _print(report: DraftReport, form: str, site_url: str) -> None:
    """The report in the form that was asked for."""
    if form == "json":
        result_json(report_record(report))
    elif form == "csv":
        result(report_csv(report, site_url).rstrip("\r\n"))
    elif form == "html":
        result(report_page(report, site_url))
    else:
        _print_text(report)


def _print_text(report: DraftReport) -> None:
    """The report for people at a terminal."""
    for line in report.draft.notes:
        note(f"{report.draft.name}: {line}")
    for checked in report.checked:
        _print_checked(checked)
    counts = ", ".join(f"{count} {outcome}" for outcome, count in report.counts.items())
    result(f"{counted(len(report.checked), 'quotation')}: {counts}")
    references = ", ".join(
        f"{count} {verdict.replace('_', ' ')}" for verdict, count in report.reference_counts.items() if count
    )
    result(f"references: {references or 'none'}")
    if report.left_out:
        note(f"{counted(report.skipped, 'quotation')} of fewer than four words not looked up:")
    for left in report.left_out:
        note(f"    para. {left.paragraph}: {left.text}")


def _print_checked(checked: Checked) -> None:
    """One quotation."""
    result(f"{checked.outcome} ({checked.where}): {' '.join(checked.quotation.text.split())}")
    source = checked.source
    if checked.earlier is not None:
        result(
            f"    stood in {checked.earlier.title} until {checked.earlier.since[:10]} ({checked.earlier.passage_id})"
        )
    if source is None:
        for match in checked.answer.matches:
            result(f"    closest: {match.document.title}, {match.where}: {match.source_text}")
        return
    for difference in source.differences:
        result(f"    {difference.kind.value}: {difference.quoted or '—'} / {difference.source or '—'}")
    for side in checked.beside:
        result(f"    left out {'before' if side.side == 'before' else 'behind'} it: {side.words}")
    if checked.reference.stated:
        right = f"; right: {checked.right}" if checked.right else ""
        result(
            f"    reference {checked.reference.verdict.value.replace('_', ' ')}: {checked.reference.stated}{right}"
        )
    result(f"    {checked.citation}")
