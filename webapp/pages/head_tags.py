"""What the head of a page tells reference managers and search engines: Highwire tags, COinS, schema.org."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from urllib.parse import urlencode

from search.citations.item import csl_item
from search.citations.names import name_words, sorted_name
from search.citations.references import Citation
from webapp.originals import PDF

SCHEMA_TYPES: Mapping[str, str] = {"report": "Report", "speech": "Article", "article": "NewsArticle"}


def citation_tags(citation: Citation, original: str | None) -> Iterator[tuple[str, str]]:
    """Yield Highwire Press tags (`citation_*`) as names and contents, in the order Google Scholar and Zotero document.

    `original` is the path of the file itself, None where readers cannot open it.
    """
    item = csl_item(citation)
    yield "citation_title", item["title"]
    for name in item.get("author", ()):
        yield "citation_author", sorted_name(name)
    if "issued" in item:
        yield "citation_publication_date", "/".join(f"{part:02}" for part in item["issued"]["date-parts"][0])
    if "publisher" in item:
        report = item["type"] == "report"
        yield "citation_technical_report_institution" if report else "citation_publisher", item["publisher"]
    if "language" in item:
        yield "citation_language", item["language"]
    if "page" in item:
        yield "citation_firstpage", item["page"]
    yield "citation_public_url", item["URL"]
    if original and citation.document.media_type == PDF:
        yield "citation_pdf_url", f"{citation.site_url}{original}"


def coins(citation: Citation) -> str:
    """Return the title of a COinS span (ContextObject in Span, Z39.88-2004, Dublin Core)."""
    item = csl_item(citation)
    pairs = [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:dc"),
        ("rft.type", item["type"]),
        ("rft.title", item["title"]),
        *(("rft.creator", sorted_name(name)) for name in item.get("author", ())),
        *((f"rft.{key}", item[name]) for key, name in (("publisher", "publisher"), ("language", "language")) if name in item),
        *((("rft.date", item["status"]),) if "status" in item else ()),
    ]  # fmt: skip
    return f"{_encoded(tuple(pairs))}&{urlencode([('rft.identifier', item['URL'])])}"


@lru_cache(maxsize=512)
def _encoded(pairs: tuple[tuple[str, str], ...]) -> str:
    """What all passages of a document have in common, encoded once: a page of results has a dozen of them."""
    return urlencode(pairs)


def schema(citation: Citation) -> dict[str, object]:
    """Return a document, or a quotation from it, in the words of schema.org (JSON-LD)."""
    whole = Citation(citation.document, citation.edition, None, citation.site_url)
    item = csl_item(whole)
    document: dict[str, object] = {
        "@type": SCHEMA_TYPES[item["type"]],
        "@id": whole.link,
        "url": whole.link,
        "name": item["title"],
        "author": [
            {"@type": "Person" if "family" in name else "Organization", "name": name_words(name)}
            for name in item.get("author", ())
        ],
        "datePublished": item.get("status"),
        "publisher": {"@type": "Organization", "name": item["publisher"]} if "publisher" in item else None,
        "inLanguage": item.get("language"),
    }
    document = {name: value for name, value in document.items() if value}
    passage = citation.passage
    if passage is None:
        return {"@context": "https://schema.org", **document}
    spoken = {"spokenByCharacter": {"@type": "Person", "name": passage.speaker}} if passage.speaker else {}
    return {
        "@context": "https://schema.org",
        "@type": "Quotation",
        "@id": citation.link,
        "url": citation.link,
        "text": passage.text,
        **spoken,
        "isPartOf": document,
    }
