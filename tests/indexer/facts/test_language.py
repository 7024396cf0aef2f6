from __future__ import annotations

import pytest

from indexer.facts.language import find_language

SENTENCES = {
    "en": "The keepers of the lamps asked for a second boat, since the first one is often under repair in winter.",
    "fr": "Les gardiens des phares ont demandé un second bateau, car le premier est souvent en réparation pendant l'hiver.",
    "es": "Los guardianes de los faros pidieron un segundo barco, porque el primero está a menudo en reparación en invierno.",
    "de": "Die Wärter der Leuchttürme baten um ein zweites Boot, weil das erste im Winter oft in der Werft liegt.",
    "ru": "Смотрители маяков попросили вторую лодку, потому что первая зимой часто стоит на ремонте.",
}


@pytest.mark.parametrize("code", SENTENCES)
def test_words_tell_the_language_whatever_the_file_states(code: str) -> None:
    assert find_language([SENTENCES[code]], "it") == code


def test_the_stated_region_is_kept() -> None:
    assert find_language([SENTENCES["en"]], "en-GB") == "en-GB"


def test_too_few_words_tell_nothing() -> None:
    assert find_language(["Harbour"], None) is None
    assert find_language(["Harbour"], "en") == "en"
