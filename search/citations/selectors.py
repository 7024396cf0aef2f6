"""Ways to point at words: sentences of a passage, text fragments of addresses, W3C selectors.

A link to a sentence names it by its words: `?s=` and six letters of their hash. So it holds when other sentences come or
go, follows a passage that moved, and marks nothing at all when its own words were changed; it can never mark others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from search.analysis.words import sentences
from search.citations.references import Citation, cite
from search.model import Passage
from search.permalinks import words_digest
from search.store.records import Record

LETTERS = 6  # of a sentence's hash: 30 bits, among the few sentences of one passage
AROUND = 32  # characters of prefix and suffix, as annotation tools keep them
FRAGMENT_SIZES = (5, 8, 12, 20)
"""Words at each end of a text fragment, and around it where that does not do; the browser takes what stands between."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a passage: its name in addresses, and its half-open span in the text."""

    name: str
    start: int
    end: int


def sentences_of(text: str) -> list[Sentence]:
    """Return the sentences of a text with their names; a repeat has the name of the first."""
    return [Sentence(words_digest(text[start:end])[:LETTERS], start, end) for start, end in sentences(text)]


def find_sentence(text: str, name: str) -> Sentence | None:
    """Return the sentence of this name; None when its words do not stand in the text."""
    return next((sentence for sentence in sentences_of(text) if sentence.name == name), None)


def text_fragment(words: str, before: str = "", after: str = "") -> str:
    """Return `#:~:text=…`, which browsers scroll to and mark (WICG, URL Fragment Text Directives).

    Browsers take the first place that fits. So of the text that stands before and after the words, as much is taken in as
    makes the first place the right one: first more of the words themselves, then what is around them.
    """
    return next(
        (made for made in _directives(words, before, after) if _marks(made, words, before, after)),
        _Directive(words.split()),
    ).written


@dataclass(frozen=True, slots=True)
class _Directive:
    """A text directive in words: the whole text or its two ends, with what stands around it."""

    start: Sequence[str]
    end: Sequence[str] = ()
    prefix: Sequence[str] = ()
    suffix: Sequence[str] = ()

    @property
    def written(self) -> str:
        """The directive in an address."""
        parts = [_encoded(" ".join(part)) for part in (self.start, self.end) if part]
        before = [f"{_encoded(' '.join(self.prefix))}-"] if self.prefix else []
        behind = [f"-{_encoded(' '.join(self.suffix))}"] if self.suffix else []
        return f"#:~:text={','.join([*before, *parts, *behind])}"

    @property
    def pattern(self) -> re.Pattern[str]:
        """What a browser looks for, in normalised text."""
        ends = [re.escape(_normal(" ".join(part))) for part in (self.start, self.end) if part]
        prefix, suffix = (re.escape(_normal(" ".join(part))) for part in (self.prefix, self.suffix))
        return re.compile(rf"{prefix}\s*({'.*?'.join(ends)})\s*{suffix}")


def _directives(words: str, before: str, after: str) -> Iterator[_Directive]:
    """Directives for some words, the shortest first. What stands around is taken from the neighbouring block only."""
    listed = words.split()
    above, below = before.rpartition("\n")[2].split(), after.partition("\n")[0].split()
    sizes = [size for size in FRAGMENT_SIZES if len(listed) > 2 * size]
    ways = [(listed[:size], listed[-size:]) for size in sizes]
    whole: tuple[list[str], list[str]] = (listed, [])
    for start, end in (*ways, whole) if sizes else (whole,):
        yield _Directive(start, end)
    for size in FRAGMENT_SIZES:
        for start, end in (ways[-1] if ways else whole, whole):
            yield _Directive(start, end, above[-size:])
            yield _Directive(start, end, above[-size:], below[:size])


def _marks(made: _Directive, words: str, before: str, after: str) -> bool:
    """Whether the first place that fits is that of the words."""
    above, wanted, below = (_normal(part) for part in (before, words, after))
    start = len(above) + 1 if above else 0
    found = made.pattern.search(" ".join(part for part in (above, wanted, below) if part))
    return found is not None and found.span(1) == (start, start + len(wanted))


def _normal(text: str) -> str:
    """A text as browsers compare it: without regard to case and white space."""
    return " ".join(text.split()).lower()


def _encoded(words: str) -> str:
    """Words in a text directive, where dash, comma and ampersand have a meaning of their own."""
    return quote(words, safe="").replace("-", "%2D")


def annotation(
    citation: Citation, passage: Passage, before: Sequence[Passage], after: Sequence[Passage], start: int
) -> Record:
    """Return a passage as a W3C Web Annotation (JSON-LD): its words in the document, by quote, position and page.

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
