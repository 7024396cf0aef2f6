"""Which passages get vectors, and of what words each is made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from search.analysis.words import sentences
from search.engines.entries import passage_weights
from search.model import Document, Passage, PassageKind

FEWEST_WORDS = 8  # of a passage: on real reports a fifth has fewer, and their vectors only get in the way
TITLE = 0.15
"""How much of the title's vector is added to that of a passage. Of 0, .15 and .3 it is the best on judged abstracts (ratios to the better reference
engine 1.105, 1.135, 1.121 on CACM and 1.150, 1.158, 1.157 on Cranfield) and on 28 questions in other words over 26,695 passages (nDCG@10 .532, .543,
.527)."""
LANGUAGES = ("en", "eng")  # that the model was made for; what is not known counts as English


LONGEST_PIECE = 180
"""Words of a text that get one vector: about as many as the 256 pieces of words that the model looks at. A longer passage gets a vector for
each of its parts: of its end nothing would be known otherwise."""


class Chosen(NamedTuple):
    """What gets a vector, a passage or a part of a long one: its text, the title of its document, and the factor of its likeness (1 for running text)."""

    passage_id: str
    document_id: str
    text: str
    title: str
    weight: float


def chosen_passages(passages: Iterable[Passage], document: Document) -> Iterator[Chosen]:
    """Yield the passages of `document` that get vectors, part by part; none where the model does not know its language.

    A document without any passage long enough is found by its longest one.
    """
    if not is_model_language(document.language):
        return
    listed = list(passages)
    weights = dict(zip((p.passage_id for p in listed), passage_weights(listed), strict=True))
    for passage in _long_enough(listed):
        title = document.title.strip() or passage.text
        for text in parted(passage.text):
            yield Chosen(passage.passage_id, document.document_id, text, title, weights[passage.passage_id])


def parted(text: str) -> list[str]:
    """Return `text` as parts of whole sentences and at most LONGEST_PIECE words, of about the same length; a short one as it is."""
    words = len(text.split())
    if words <= LONGEST_PIECE:
        return [text]
    length = words / -(-words // LONGEST_PIECE)
    ends = groupby(_runs(text), lambda run: int(run[0] / length))
    return [" ".join(word for _, found in runs for word in found) for _, runs in ends]


def _runs(text: str) -> Iterator[tuple[int, list[str]]]:
    """The sentences of a text as words, those that are too long in runs; with the number of words before the middle of each."""
    before = 0
    for start, end in sentences(text):
        words = text[start:end].split()
        for place in range(0, len(words), LONGEST_PIECE):
            run = words[place : place + LONGEST_PIECE]
            yield before + len(run) // 2, run
            before += len(run)


def is_model_language(language: str | None) -> bool:
    """Return whether the model was made for a language such as "en" or "en-GB"."""
    return not language or language.lower().replace("_", "-").split("-")[0] in LANGUAGES


def _long_enough(passages: Sequence[Passage]) -> list[Passage]:
    """The passages with enough words that are no headings of others; else the longest."""
    above = {heading for passage in passages for heading in passage.heading_path}
    found = [
        passage
        for passage in passages
        if len(passage.text.split()) >= FEWEST_WORDS
        and not (passage.kind is PassageKind.HEADING and passage.text in above)
    ]
    return found or sorted(passages, key=lambda passage: -len(passage.text.split()))[:1]
