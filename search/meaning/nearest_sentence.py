"""The sentence of a passage that is nearest to a question, told by single words: quick enough for every hit of a page.

Each word piece of the question is compared with each of a sentence by the model's own table of pieces, and the nearest one
counts (the late interaction of Khattab and Zaharia, "ColBERT", 2020, over plain pieces). Running the model over every
sentence of a page of hits would take longer than all the rest of the answer.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from search.analysis.words import sentences, stop_words
from search.meaning.encoder import Floats
from search.meaning.model_file import Model
from search.meaning.wordpiece import split_words


def nearest_sentence(model: Model, question: str, text: str) -> tuple[int, int]:
    """Return the half-open span in `text` of its sentence nearest to `question`; the first one where nothing tells them apart."""
    spans = sentences(text)
    if len(spans) < 2:
        return spans[0] if spans else (0, len(text))
    asked = model.pieces(" ".join(_telling(question)) or question)
    likeness = [_likeness(model, asked, text[start:end]) for start, end in spans]
    return spans[int(np.argmax(likeness))]


def _telling(text: str) -> Sequence[str]:
    """The words of a text but for stop words and signs."""
    return [word for word in split_words(text) if word not in stop_words() and word.isalnum()]


def _likeness(model: Model, asked: Floats, sentence: str) -> float:
    """The mean over the pieces asked for of the cosine with the nearest piece of a sentence."""
    words = _telling(sentence)
    if not words or not len(asked):
        return 0.0
    return float((asked @ model.pieces(" ".join(words)).T).max(axis=1).mean())
