from __future__ import annotations

import pytest

from indexer.layout.words.speakers import find_turn, with_speakers
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
        ("Mr. Z\u0307ammit (Malta): Good morning.", "Mr. Żammit"),
        ("Ms. Tosi (Iran (Islamic Republic of)): We agree.", "Ms. Tosi"),
        ("Mme Duval (France) (parle en français) : Nous y sommes favorables.", "Mme Duval"),
        ("ANA REEF (Spokesperson): Good morning.", "ANA REEF"),
    ],
)
def test_turns_name_their_speaker(text: str, speaker: str) -> None:
    turn = find_turn(text)
    assert turn and turn.name == speaker


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
    assert find_turn(text) is None


def test_the_language_that_is_spoken_is_no_delegation() -> None:
    turn = find_turn("The President (spoke in Norwegian): The floor is yours.")
    assert turn and turn.delegation is None


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


def test_name_office_and_country_are_kept_apart() -> None:
    first, second = with_speakers(
        drafts("Mr. Reef (Norway) (spoke in Norwegian): Yes.", "Ms. Pier (Chair of the board) (Malta): No.")
    )
    assert (first.speaker, first.office, first.delegation) == ("Mr. Reef", None, "Norway")
    assert (second.speaker, second.office, second.delegation) == ("Ms. Pier", "Chair of the board", "Malta")


@pytest.mark.parametrize("other", ["Q: And when?", "Ms. 44th (Chad): No.", "The keeper of lamps (Chad): No."])
def test_a_turn_that_is_not_read_ends_the_turn_before(other: str) -> None:
    spoken = with_speakers(drafts("Mr. Reef (Norway): Yes.", "Ms. Pier (Malta): No.", other, "More of it."))
    assert [draft.speaker for draft in spoken] == ["Mr. Reef", "Ms. Pier", None, None]


def test_one_person_has_one_name_in_a_document() -> None:
    spoken = with_speakers(
        drafts("Mr. Réef (Norway): Yes.", "Ms. Pier (Malta): No.", "Mr. REEF (Norway): Indeed.")
    )
    assert [draft.speaker for draft in spoken] == ["Mr. Réef", "Ms. Pier", "Mr. Réef"]
