"""What a digest tells: the verb says that somebody found, advised or promised it, and which of these."""

from __future__ import annotations

import pytest

from indexer.marking import find_told
from search.model import FindingType


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The auditors (2018) found that the fund paid late.", FindingType.CONCLUSION),
        ("The auditors found only slow progress in both countries.", FindingType.CONCLUSION),
        (
            "Harbour masters concluded in 2019, after a dry summer, that the channel is too shallow.",
            FindingType.CONCLUSION,
        ),
        ("The review recommended that the ministry should publish its accounts.", FindingType.RECOMMENDATION),
        ("The board called for a shorter form.", FindingType.RECOMMENDATION),
        ("At the meeting in May the ministers agreed to open the school to all.", FindingType.COMMITMENT),
        ("Norway agreed with the school to pay its teachers.", FindingType.COMMITMENT),
        ("The navy is committed to share its charts.", FindingType.COMMITMENT),
        ("The minister stated that the school will open in 2031.", FindingType.COMMITMENT),
        ("The council agreed to what the auditors recommended.", FindingType.COMMITMENT),
        ("The staff learned that maps have to be printed early.", FindingType.LESSON),
    ],
)
def test_the_verb_of_telling_says_the_type(text: str, wanted: FindingType) -> None:
    told = find_told(text)
    assert told is not None
    assert told.type is wanted
    assert told.cue in text


@pytest.mark.parametrize(
    "text",
    [
        "The conference concluded on 4 May.",
        "A copy of the report was found in the archive.",
        "The plan is to be found under several names.",
        "It gives training in a package agreed with each partner.",
        "Innovation means new ways of using what there is.",
        "The published page names eight topics and gives no wording.",
        "The members had been recently urged to act.",
        "He held office until the report that closed it.",
        "A noted author said that much was new.",
        "The agreed text says that it stays.",
    ],
)
def test_a_sentence_in_which_nobody_finds_anything_tells_no_finding(text: str) -> None:
    assert find_told(text) is None


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "The Court of Auditors recommended that the Commission should publish its accounts.",
            "the Commission",
        ),
        (
            "The auditors recommended in May that the Department of Roads should say what it spends.",
            "the Department of Roads",
        ),
        ("The admiral recommended in Kiel in 2019 that cooperation should reach the civil side.", None),
    ],
)
def test_a_told_recommendation_says_whom_it_addresses_and_not_who_gave_it(
    text: str, wanted: str | None
) -> None:
    told = find_told(text)
    assert told is not None
    assert told.addressee == wanted
