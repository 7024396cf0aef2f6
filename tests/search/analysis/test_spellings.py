"""British and American spelling."""

from __future__ import annotations

import pytest

from search.analysis.spellings import american
from search.analysis.words import data_lines, stem

PAIRS = [
    ("organisation", "organization"), ("mobilised", "mobilized"), ("analyse", "analyze"), ("paralysing", "paralyzing"),
    ("harbours", "harbors"), ("neighbourhood", "neighborhood"), ("honourable", "honorable"), ("centre", "center"),
    ("theatres", "theaters"), ("manoeuvring", "maneuvering"), ("defence", "defense"), ("offences", "offenses"),
    ("licence", "license"), ("travelled", "traveled"), ("counsellors", "counselors"), ("signalling", "signaling"),
    ("catalogues", "catalogs"), ("dialogue", "dialog"), ("programme", "program"), ("anaesthetist", "anesthetist"),
    ("archaeology", "archeology"), ("leukaemia", "leukemia"), ("ploughs", "plows"), ("sceptical", "skeptical"),
    ("ageing", "aging"), ("fulfil", "fulfill"), ("judgement", "judgment"), ("grey", "gray"), ("tyres", "tires"),
    ("enquiries", "inquiries"), ("artefact", "artifact"), ("towards", "toward"),
]  # fmt: skip


@pytest.mark.parametrize(("british", "other"), PAIRS)
def test_both_spellings_are_one(british: str, other: str) -> None:
    assert stem(american(british)) == stem(american(other))


@pytest.mark.parametrize(
    ("first", "second"),
    [("four", "for"), ("hour", "hor"), ("fence", "fense"), ("filled", "filed"), ("entre", "enter"), ("stalled", "staled"),
     ("prise", "prize"), ("lettre", "letter"), ("pour", "por"), ("tour", "tor")],
)  # fmt: skip
def test_words_that_only_look_alike_stay_apart(first: str, second: str) -> None:
    assert american(first) != american(second)


def test_the_list_is_in_order_and_has_every_beginning_once() -> None:
    beginnings = [line.split()[0] for line in data_lines("spellings.txt")]
    assert len(set(beginnings)) == len(beginnings)
    assert beginnings == sorted(beginnings)
