"""Ways to point at words: sentences of a passage, text fragments of addresses, W3C selectors.

A link to a sentence names it by its words: `?s=` and six letters of their hash. So it holds when other sentences come or
go, follows a passage that moved, and marks nothing at all when its own words were changed; it can never mark others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from search.analysis.words import sentences
from search.citations.references import Citation, cite
from search.model import Passage
from search.permalinks import words_digest
from search.store.records import Record

LETTERS = 6  # of a sentence's hash: 30 bits, among the few sentences of one passage
AROUND = 32  # characters of prefix and suffix, as annotation tools keep them
FRAGMENT_WORDS = 5  # at each end of a text fragment; the browser takes what stands between


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a passage: its name in addresses, and its half-open span in the text."""

    name: str
    start: int
    end: int


def sentences_of(text: str) -> list[Sentence]:
    """The sentences of a text with their names; a repeat has the name of the first."""
    return [Sentence(words_digest(text[start:end])[:LETTERS], start, end) for start, end in sentences(text)]


def find_sentence(text: str, name: str) -> Sentence | None:
    """The sentence of this name; None when its words do not stand in the text."""
    return next((sentence for sentence in sentences_of(text) if sentence.name == name), None)


def text_fragment(words: str) -> str:
    """`#:~:text=…`, which browsers scroll to and mark (WICG, URL Fragment Text Directives)."""
    listed = words.split()
    if len(listed) <= 2 * FRAGMENT_WORDS:
        return f"#:~:text={_encoded(' '.join(listed))}"
    first, last = " ".join(listed[:FRAGMENT_WORDS]), " ".join(listed[-FRAGMENT_WORDS:])
    return f"#:~:text={_encoded(first)},{_encoded(last)}"


def _encoded(words: str) -> str:
    """Words in a text directive, where dash, comma and ampersand have a meaning of their own."""
    return quote(words, safe="").replace("-", "%2D")


def annotation(
    citation: Citation, passage: Passage, before: Sequence[Passage], after: Sequence[Passage], start: int
) -> Record:
    """A passage as a W3C Web Annotation (JSON-LD): its words in the document, by quote, position and page.

    `start` is the position of the passage in the text of its document: all passages in reading order, a line end between.
    """
    selectors: list[Record] = [
        {
            "type": "TextQuoteSelector",
            "exact": passage.text,
            "prefix": "\n".join(p.text for p in before)[-AROUND:],
            "suffix": "\n".join(p.text for p in after)[:AROUND],
        },
        {"type": "TextPositionSelector", "start": start, "end": start + len(passage.text)},
    ]
    if passage.page is not None:
        fragment = {"conformsTo": "http://tools.ietf.org/rfc/rfc3778", "value": f"page={passage.page}"}
        selectors.append({"type": "FragmentSelector", **fragment})
    document = citation.document
    source = document.source_url or f"{citation.site_url}/d/{quote(document.document_id)}"
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": citation.link,
        "type": "Annotation",
        "motivation": "identifying",
        "body": {"type": "TextualBody", "value": cite(citation), "format": "text/plain"},
        "target": {"source": source, "selector": selectors},
    }
