"""The command that gives everything out: export."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import asdict

import click

from cli.support.printing import result, result_json
from search.answering.records import exported_passage, finding_records
from search.room import ReadingRoom
from search.settings import Settings
from search.store.catalog import Catalog
from search.store.records import Record, document_record
from search.tables import csv_text
from search.themes.skos import FORMATS, write_skos


def _passages(catalog: Catalog) -> Iterator[Record]:
    """All passages."""
    documents = {document.document_id: document for document in catalog.documents()}
    return (exported_passage(passage, documents[passage.document_id]) for passage in catalog.all_passages())


def _findings(catalog: Catalog) -> Iterator[Record]:
    """The passages that conclude something, with the ids of earlier ones that said the same."""
    return finding_records(catalog, {document.document_id: document for document in catalog.documents()})


def _documents(catalog: Catalog) -> Iterator[Record]:
    """All documents."""
    return (document_record(document) for document in catalog.documents())


def _themes(catalog: Catalog) -> Iterator[Record]:
    """All themes."""
    return (asdict(theme) for theme in catalog.themes().all)


_SOURCES: Mapping[str, Callable[[Catalog], Iterator[Record]]] = {
    "passages": _passages,
    "documents": _documents,
    "findings": _findings,
    "themes": _themes,
}


@click.command(
    epilog="""\b
Examples:
  findings export passages > passages.jsonl
  findings export findings --format csv > findings.csv
  findings export themes --format turtle > themes.ttl"""
)
@click.argument("what", type=click.Choice(list(_SOURCES)))
@click.option(
    "--format",
    "form",
    type=click.Choice(["jsonl", "json", "csv", *FORMATS]),
    default="jsonl",
    show_default=True,
    help="turtle and jsonld (SKOS) are for themes.",
)
@click.pass_obj
def export(settings: Settings, what: str, form: str) -> None:
    """Export all passages, documents, findings or themes."""
    with closing(ReadingRoom(settings)) as room:
        if form in FORMATS:
            if what != "themes":
                raise click.UsageError(f"--format {form} is for themes; {what} have jsonl, json and csv")
            result(
                write_skos(
                    room.opened.catalog.themes(),
                    form,
                    f"{settings.site_url}/" if settings.site_url else "urn:findings:",
                )
            )
            return
        records = _SOURCES[what](room.opened.catalog)
        if form == "csv":
            _write_csv(records)
        elif form == "json":
            result_json(list(records))
        else:
            for record in records:
                result_json(record)


def _write_csv(records: Iterator[Record]) -> None:
    """A table; lists and objects stand in their cells as JSON, and no cell begins like a formula."""
    for number, record in enumerate(records):
        if number == 0:
            sys.stdout.write(csv_text([record], "\n"))
        sys.stdout.write(csv_text([map(_cell, record.values())], "\n"))


def _cell(value: object) -> object:
    """One cell."""
    if isinstance(value, list | tuple | dict):
        return json.dumps(value, ensure_ascii=False)
    return value
