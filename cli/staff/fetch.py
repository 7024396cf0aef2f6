"""The command that brings published documents into the corpus: fetch."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

import click

from cli.support.printing import counted, note, result, result_json
from cli.support.progress import IndexProgress
from indexer.corpus.catalogue import Entry
from indexer.fetching.fetch import choose_sources, fetch_sources
from indexer.fetching.report import FetchReport, Outcome, State
from search.settings import Settings

SOME_NOT_FETCHED = 3  # exit status: done, but some documents could not be fetched
_KILOBYTE, _MEGABYTE = 2**10, 2**20


@click.command(
    epilog="""\b
Examples:
  findings fetch --dry-run            what would be asked for?
  findings fetch                      bring what is new or has changed
  findings fetch --only 2019-chania   one source, by its address, path or title"""
)
@click.option("--only", default="", help="Only sources with this text in their address, path or title.")
@click.option("--dry-run", is_flag=True, help="Only list what would be asked for; ask nobody.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def fetch(settings: Settings, only: str, dry_run: bool, as_json: bool) -> None:
    """Download what corpus/sources.toml names into the corpus, as far as it is new or has changed."""
    sources = choose_sources(settings.corpus, only)
    report = _with_progress(settings, sources, dry_run)
    if as_json:
        result_json(report.to_json())
    else:
        _print_report(report)
    if report.brought:
        note("run `findings index --plan` to see what this changes, then `findings index`")
    if not report.is_complete:
        sys.exit(SOME_NOT_FETCHED)


def _with_progress(settings: Settings, sources: Sequence[Entry], dry_run: bool) -> FetchReport:
    """The run, with a bar; a dry run takes no time worth showing."""
    if dry_run:
        return fetch_sources(settings, sources, dry_run=True)
    progress = IndexProgress()
    progress.stage("fetching", len(sources))
    try:
        return fetch_sources(settings, sources, tell=lambda outcome: progress.step(outcome.path))
    finally:
        progress.close()


def _print_report(report: FetchReport) -> None:
    """The account of a run, for people."""
    _print_list("would ask for", report.of(State.PLANNED), _planned)
    _print_list("new", report.of(State.NEW), _brought)
    _print_list("changed", report.of(State.CHANGED), _brought)
    _print_list("could not be fetched", report.of(State.FAILED), _not_fetched)
    _print_list("not fetched, on purpose", report.of(State.REFUSED), _not_fetched)
    if not report.dry_run:
        result(f"{counted(len(report.of(State.UNCHANGED)), 'file')} unchanged ({report.seconds:.1f} s)")


def _print_list(title: str, outcomes: Sequence[Outcome], line: Callable[[Outcome], str]) -> None:
    """One list of sources, all of them."""
    if outcomes:
        result(f"{title}: {counted(len(outcomes), 'file')}")
    for outcome in outcomes:
        result(line(outcome))


def _planned(outcome: Outcome) -> str:
    """What would be asked."""
    return f"  {outcome.path}: {outcome.detail}\n    {outcome.url}"


def _brought(outcome: Outcome) -> str:
    """A file with its size, the size before, and where it came from."""
    before = f", was {_size(outcome.size_before)}" if outcome.size_before is not None else ""
    return f"  {outcome.path} ({_size(outcome.size or 0)}{before})\n    from {outcome.final_url}"


def _not_fetched(outcome: Outcome) -> str:
    """A file with the reason and what to do."""
    detail = f" ({outcome.detail})" if outcome.detail else ""
    return f"  {outcome.path}: {outcome.reason}{detail}\n    {outcome.url}\n    {outcome.remedy}"


def _size(size: int) -> str:
    """ "812 bytes", "41 KB", "3.2 MB"."""
    if size < _KILOBYTE:
        return counted(size, "byte")
    return f"{size / _KILOBYTE:,.0f} KB" if size < _MEGABYTE else f"{size / _MEGABYTE:,.1f} MB"
