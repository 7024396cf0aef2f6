"""Which passages get a vector, and of what words it is made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from search.engines.entries import passage_weights
from search.model import Document, Passage, PassageKind

FEWEST_WORDS = 8  # of a passage: on real reports a fifth has fewer, and their vectors only get in the way
TITLE = 0.3
"""How much of the title's vector is added to that of a passage. Over 695 passages with the answers to 25 questions in other words, nDCG@10 of
likeness alone is .849 without the title, .826 with the title before the text, .863 to .865 with a tenth to three tenths of its vector."""
LANGUAGES = ("en", "eng")  # that the model was made for; what is not known counts as English


class Chosen(NamedTuple):
    """A passage that gets a vector: its text, the title of its document, and the factor of its likeness (1 for running text)."""

    passage_id: str
    document_id: str
    text: str
    title: str
    weight: float


def chosen_passages(passages: Iterable[Passage], document: Document) -> Iterator[Chosen]:
    """Yield the passages of `document` that get a vector, none where the model does not know its language.

    A document without any passage long enough is found by its longest one.
    """
    if not is_model_language(document.language):
        return
    listed = list(passages)
    weights = dict(zip((p.passage_id for p in listed), passage_weights(listed), strict=True))
    for passage in _long_enough(listed):
        title = document.title.strip() or passage.text
        yield Chosen(
            passage.passage_id, document.document_id, passage.text, title, weights[passage.passage_id]
        )


def is_model_language(language: str | None) -> bool:
    """Whether the model was made for a language such as "en" or "en-GB"."""
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
