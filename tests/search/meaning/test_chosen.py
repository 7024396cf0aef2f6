"""Which passages get vectors: long enough, in the model's language, long ones in parts."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from search.meaning.chosen import LONGEST_PIECE, chosen_passages, parted
from tests.factories import make_document, make_passages


def test_a_short_text_stays_as_it_is() -> None:
    assert parted("One sentence.  Another one.") == ["One sentence.  Another one."]


def test_a_long_text_is_parted_between_sentences_into_parts_of_like_length() -> None:
    text = " ".join(f"Sentence number {number} speaks of the harbour." for number in range(60))
    parts = parted(text)
    lengths = [len(part.split()) for part in parts]
    assert len(parts) == 3
    assert max(lengths) - min(lengths) <= 7
    assert all(part.endswith(".") for part in parts)


@given(st.lists(st.sampled_from(["harbour", "quay.", "The", "tide", "rose!"]), min_size=1, max_size=900))
def test_parts_hold_every_word_once_and_in_order(words: list[str]) -> None:
    parts = parted(" ".join(words))
    assert " ".join(parts).split() == words
    assert all(0 < len(part.split()) < 2 * LONGEST_PIECE for part in parts)


def test_the_parts_of_a_long_passage_stand_side_by_side_under_its_id() -> None:
    long = " ".join(
        f"Ship {number} came to the quay in the evening and left at noon." for number in range(40)
    )
    document = make_document("harbour", language="en")
    passages = make_passages(
        "harbour", [long, "The pilots of the port met the masters of the tugs on Monday."]
    )
    ids = [chosen.passage_id for chosen in chosen_passages(passages, document)]
    assert ids == sorted(ids, key=[passage.passage_id for passage in passages].index)
    assert sum(first == second for first, second in pairwise(ids)) == 2
