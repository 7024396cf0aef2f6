"""The language of a document, told by its words; unknown where they are too few or tell too little. The only file that imports py3langid."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

LEAST_LETTERS = 60
"""Letters from which words tell a language; the identifier errs on one text of twenty of so few letters, on longer ones hardly ever."""
SURE = 0.9  # probability below which the language stays unknown
LOOKED_AT = 6000  # letters, from all over the text


@lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    """The model, loaded once."""
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def find_language(texts: Iterable[str], stated: str | None) -> str | None:
    """Return the language of running `texts` as a code of ISO 639-1; `stated` in the file adds its region, or stands where they do not tell.

    >>> find_language(["Der Hafen war im Winter geschlossen, und die Lotsen warteten auf besseres Wetter."], "en-US")
    'de'
    """
    sample = _sample([text for text in texts if any(map(str.isalpha, text))])
    if sum(map(str.isalpha, sample)) < LEAST_LETTERS:
        return stated
    code, probability = _identifier().classify(sample)
    if stated and stated.replace("_", "-").split("-")[0].casefold() == code:
        return stated
    return code if probability >= SURE else stated


def _sample(texts: list[str]) -> str:
    """Paragraphs from all over a text, up to LOOKED_AT letters."""
    step = max(1, sum(map(len, texts)) // LOOKED_AT)
    return " ".join(texts[::step])[: 2 * LOOKED_AT]
