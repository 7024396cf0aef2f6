"""A passage as an engine sees it: the one place where texts become terms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from search.analysis import words as text
from search.analysis.gazetteer import find_mentions
from search.engines import IndexEntry
from search.engines.addressees import addressee_names
from search.model import ABOUT_IT, Document, Finding, Passage, PassageKind
from search.query.names import UNDATED
from search.query.terms import day_number

ENTRY_VERSION = 6  # part of an index's fingerprint: raise it when the same passage gives another entry

KIND_WEIGHT = {
    PassageKind.HEADING: 0.6,
    PassageKind.TABLE: 0.5,
    PassageKind.CAPTION: 0.7,
    PassageKind.FOOTNOTE: 0.8,
}
"""Factor of a passage's score. Headings, cells and captions are short, so BM25 favours them, and they repeat the
words of the text that says more; chart labels taken for captions are a known fault of reading PDFs. Set by eye
on real reports. A heading with nothing below it repeats nobody's words and keeps its full score: on the judged
abstracts of CACM, half of which are bare titles, holding those back cost 2 % of nDCG@10."""

_REFERENCES = re.compile(
    r"(?:[\divxlc]+[.)]?\s+)?(?:sources?|references|bibliography|works cited|further reading|endnotes|notes)",
    re.I,
)
REFERENCE_WEIGHT = 0.4
"""Factor below a heading such as "Sources": entries of a bibliography are short and full of the words of titles, so
they stood before every sentence of the text for "trust funds" on the shipped corpus."""


def index_entries(passages: Iterable[Passage], document: Document) -> Iterator[IndexEntry]:
    """Yield the terms and facets of all passages of a document, in the order given."""
    listed = list(passages)
    title = _stems(document.title)
    for passage, weight in zip(listed, passage_weights(listed), strict=True):
        yield _entry(passage, document, title, weight)


def passage_weights(passages: Sequence[Passage]) -> list[float]:
    """Return the factor of each of the `passages` of one document: 1 for running text, less for what only repeats it."""
    above_text = {heading for passage in passages for heading in passage.heading_path}
    return [_weight(passage, above_text) for passage in passages]


def _entry(passage: Passage, document: Document, title: tuple[str, ...], weight: float) -> IndexEntry:
    """One passage."""
    exact = tuple(text.forms(passage.text))
    return IndexEntry(
        passage_id=passage.passage_id,
        document_id=passage.document_id,
        ordinal=passage.ordinal,
        exact=exact,
        stems=tuple(text.stem(form) for form in exact),
        heading=_stems(" ".join(passage.heading_path)),
        title=title,
        speaker=tuple(text.forms(passage.speaker or "")),
        facets={name: values for name, values in _facets(passage, document).items() if values},
        day=day_number(document.published, last=False) if document.published else 0,
        weight=weight,
        strength=_strength(passage.finding),
    )


def _weight(passage: Passage, above_text: set[str]) -> float:
    """The factor of a passage's score; `above_text` are the headings with something below them."""
    weight = KIND_WEIGHT.get(passage.kind, 1.0)
    if passage.kind is PassageKind.HEADING and passage.text not in above_text:
        weight = 1.0
    below = passage.heading_path[-1] if passage.heading_path else ""
    return weight * REFERENCE_WEIGHT if _REFERENCES.fullmatch(below.strip(" :.")) else weight


def _stems(words: str) -> tuple[str, ...]:
    """The stems of a heading or title."""
    return tuple(text.stem(form) for form in text.forms(words))


def _facets(passage: Passage, document: Document) -> dict[str, tuple[str, ...]]:
    """All that a passage can be filtered by."""
    pages = (str(passage.page or ""), passage.page_label or "")
    return {
        "theme": tuple(mark.theme_id for mark in passage.themes if mark.grade >= ABOUT_IT),
        "touches": tuple(mark.theme_id for mark in passage.themes),
        **_finding_facets(passage.finding),
        "year": (document.date[:4] if document.date else UNDATED,),
        "edition": (document.edition,) if document.edition else (),
        "kind": (document.kind,),
        "document": (document.document_id,),
        "speaker": (passage.speaker,) if passage.speaker else (),
        "organisation": (document.publisher,) if document.publisher else (),
        "lang": (document.language,) if document.language else (),
        "mentions": find_mentions(passage.text),
        "page": tuple(dict.fromkeys(page for page in pages if page)),
        "para": (str(passage.number or passage.position),) if passage.number or passage.position else (),
    }


def _strength(finding: Finding | None) -> int:
    """How strong a finding is in steps of a thousandth: its grade before its score; 0 for none."""
    return 0 if finding is None else round(1000 * (finding.grade + min(finding.score, 0.999)))


def _finding_facets(finding: Finding | None) -> dict[str, tuple[str, ...]]:
    """What a finding can be filtered by: its type, if it is strong; its type, whatever its grade; whom it addresses."""
    if finding is None:
        return {}
    kind = (finding.type.value,)
    return {
        "finding": kind if finding.is_strong else (),
        "statement": kind,
        "addressee": addressee_names(finding.addressee),
    }
