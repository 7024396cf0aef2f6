"""Look-ups of quotations as plain JSON objects."""

from __future__ import annotations

from search.permalinks import passage_path
from search.quotes.lookup import QuoteAnswer, QuoteMatch
from search.store.records import Record


def quote_record(answer: QuoteAnswer, quote_id: str | None = None) -> Record:
    """Return a look-up as JSON."""
    return {
        "id": quote_id,
        "text": answer.text,
        "verdict": answer.verdict.value,
        "matches": [match_record(match) for match in answer.matches],
    }


def match_record(match: QuoteMatch) -> Record:
    """Return one match as JSON."""
    first, pages = match.passages[0], match.pages
    return {
        "verdict": match.verdict.value,
        "passage_ids": [passage.passage_id for passage in match.passages],
        "document_id": match.document.document_id,
        "path": match.document.path,
        "title": match.document.title,
        "date": match.document.published,
        "earliest": match.earliest,
        "page": pages[0] if pages else None,
        "page_end": pages[1] if pages else None,
        "page_label": match.page_label,
        "place": match.where,
        "source_text": match.source_text,
        "score": match.score,
        "folded": list(match.folded),
        "differences": [
            {"quoted": d.quoted, "source": d.source, "kind": d.kind.value} for d in match.differences
        ],
        "beside": [{"side": b.side, "words": b.words} for b in match.beside],
        "url": passage_path(first.passage_id),
    }
