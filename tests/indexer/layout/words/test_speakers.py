from __future__ import annotations

import pytest

from indexer.layout.words.speakers import find_speaker, with_speakers
from indexer.reading.reading import DraftPassage
from search.model import PassageKind


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Mr. Perera (Sri Lanka): We welcome the report.", "Mr. Perera"),
        ("Ms. de la Cruz (Spain) (spoke in Spanish): We agree.", "Ms. de la Cruz"),
        ("The President: The floor is yours.", "The President"),
        ("General Ana Reef: Thank you.", "General Ana Reef"),
        ("ANA REEF: Thank you all.", "ANA REEF"),
    ],
)
def test_turns_name_their_speaker(text: str, speaker: str) -> None:
    assert find_speaker(text) == speaker


@pytest.mark.parametrize(
    "text",
    [
        "The following was agreed: pilots share soundings.",
        "Mr. Perera said: we agree.",
        "Note: the figures are from 2019.",
        "KEY RECOMMENDATION: Pilots should share.",
        "At 10:30 the meeting rose.",
        "Minister Reef met the board.",
    ],
)
def test_other_colons_name_nobody(text: str) -> None:
    assert find_speaker(text) is None


def drafts(*texts: str) -> list[DraftPassage]:
    return [DraftPassage(PassageKind.PARAGRAPH, text) for text in texts]


def test_a_turn_holds_until_the_next_in_a_record() -> None:
    spoken = with_speakers(
        drafts("Mr. Reef (Norway): We agree.", "And more.", "Ms. Pier (Malta): We do not.", "Not at all.")
    )
    assert [draft.speaker for draft in spoken] == ["Mr. Reef", "Mr. Reef", "Ms. Pier", "Ms. Pier"]


def test_a_single_turn_does_not_spread() -> None:
    spoken = with_speakers(drafts("Mr. Reef (Norway): We agree.", "The meeting rose."))
    assert [draft.speaker for draft in spoken] == ["Mr. Reef", None]


def test_a_heading_ends_a_turn() -> None:
    heading = DraftPassage(PassageKind.HEADING, "Agenda item 4")
    spoken = with_speakers(
        [*drafts("Mr. Reef: Yes.", "Ms. Pier: No."), heading, *drafts("The meeting resumed.")]
    )
    assert [draft.speaker for draft in spoken] == ["Mr. Reef", "Ms. Pier", None, None]
