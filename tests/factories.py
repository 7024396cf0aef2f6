"""Passages and documents with plain defaults, so that a test names only what it is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from search.engines.entries import index_entries
from search.engines.registry import ENGINES
from search.model import Document, Edition, Passage, PassageKind, Theme, ThemeMark, Themes
from search.permalinks import passage_ids
from search.quotes.index import ShinglesBuilder
from search.settings import Settings
from search.store.catalog import CatalogWriter
from search.store.generations import SHINGLES, Generation, Generations, build_part
from search.store.glossary import Glossary

THEMES = Themes.of(
    (
        Theme("trust-funds", "Trust Funds", labels=("trust fund",)),
        Theme("interoperability", "Interoperability"),
        Theme("defence-institution-building", "Defence Institution Building", acronyms=("DIB",)),
    )
)
EDITIONS = (
    Edition("p360-2018", "First symposium", "Berlin, Germany", "2018"),
    Edition("p360-2022", "Third symposium", "Geneva, Switzerland", "2022-07-11", "2022-07-13"),
)


def make_document(document_id: str = "report", **changes: object) -> Document:
    """A catalogued report of 2022."""
    document = Document(
        document_id=document_id,
        path=f"reports/{document_id}.txt",
        title=f"The {document_id}",
        kind="report",
        sha256="0" * 64,
        media_type="text/plain",
        edition="p360-2022",
        date="2022-07-13",
        language="en",
        catalogued=True,
    )
    return replace(document, **changes)  # type: ignore[arg-type]


def make_passages(document_id: str, texts: Sequence[str], **changes: object) -> tuple[Passage, ...]:
    """Paragraphs of one document, with the ids that the indexer would give them."""
    return tuple(
        replace(
            Passage(
                passage_id,
                document_id,
                ordinal,
                PassageKind.PARAGRAPH,
                text,
                position=None if changes.get("page") else ordinal,
            ),
            **changes,  # type: ignore[arg-type]
        )
        for ordinal, (passage_id, text) in enumerate(
            zip(passage_ids(document_id, texts), texts, strict=True), 1
        )
    )


def with_theme(passage: Passage, theme_id: str) -> Passage:
    """The passage with a theme because of its first word."""
    return replace(passage, themes=(*passage.themes, ThemeMark(theme_id, (passage.text.split()[0],))))


def publish(
    index_dir: Path,
    library: Sequence[tuple[Document, Sequence[Passage]]],
    engine: str = "whoosh",
    glossary: Glossary | None = None,
) -> Generation:
    """Builds and publishes a real generation of these documents."""
    generations = Generations(index_dir)
    with generations.writing():
        folder = generations.begin(None, engine)
        writer = CatalogWriter(folder / "catalog.sqlite")
        builder = ENGINES[engine].open_builder(Settings(), build_part(folder))
        shingles = ShinglesBuilder(None)
        for document, passages in library:
            writer.set_document(document, "digest", passages)
            shingles.set_document(document.document_id, passages)
            for entry in index_entries(passages, document):
                builder.add(entry)
        writer.set_lists(EDITIONS, THEMES)
        writer.set_glossary(glossary or Glossary())
        builder.commit()
        shingles.write(folder / SHINGLES)
        documents = writer.count_documents()
        total = len(writer.passage_ids())
        writer.close()
        facts = {"engine": engine, "fingerprint": "test", "documents": documents, "passages": total}
        sealed = generations.seal(folder, facts)
        generations.publish(sealed.meta.generation)
    return sealed
