from __future__ import annotations

from dataclasses import replace

from search.findings.stated import stated_words
from search.model import Finding, FindingType, Passage, PassageKind

TEXT = "It rained. Funds should be planned. Nobody came. Reports should be short."
FINDING = Finding(FindingType.RECOMMENDATION, "rule", "should")
PASSAGE = Passage("d/aaaaaaaaaa", "d", 1, PassageKind.PARAGRAPH, TEXT, finding=FINDING)


def stating(*sentences: str) -> Passage:
    spans = tuple((TEXT.index(words), TEXT.index(words) + len(words)) for words in sentences)
    return replace(PASSAGE, finding=replace(FINDING, spans=spans))


def test_a_finding_without_spans_is_stated_by_the_whole_passage() -> None:
    assert stated_words(PASSAGE) == TEXT


def test_only_the_stating_sentences_are_given() -> None:
    assert stated_words(stating("Funds should be planned.")) == "Funds should be planned."


def test_what_is_left_out_between_two_sentences_is_marked_and_nothing_is_marked_between_neighbours() -> None:
    apart = stating("Funds should be planned.", "Reports should be short.")
    assert stated_words(apart) == "Funds should be planned. … Reports should be short."
    assert (
        stated_words(stating("It rained.", "Funds should be planned."))
        == "It rained. Funds should be planned."
    )
