"""The shipped marker: what it takes for a finding, how strong, and which words it gives as the reason."""

from __future__ import annotations

import pytest

from indexer.marking import DocumentText, LearnedMarker, TextUnit, find_lead_ins
from indexer.marking.learned.finding_features import read_words
from indexer.marking.learned.finding_model import SAYING
from search.analysis.words import stop_words
from search.model import Finding, FindingType, PassageKind, Theme, ThemeMark, Themes
from tests.factories import THEMES

P, L, H = PassageKind.PARAGRAPH, PassageKind.LIST_ITEM, PassageKind.HEADING
URGENT = (
    "The harbour was closed for two weeks in spring. The Ministry of Transport should therefore establish a joint "
    "maritime security centre and should fund it for at least five years."
)
GREETING = "Good morning, everyone. It is a pleasure to see so many old friends in this room."


def marked(*units: TextUnit, themes: Themes = THEMES) -> list[tuple[Finding | None, tuple[ThemeMark, ...]]]:
    """The marks of a document of these units."""
    return LearnedMarker(themes).mark(DocumentText("A report on harbours", units))


def found(text: str) -> Finding:
    """The finding of a paragraph."""
    ((finding, _),) = marked(TextUnit(P, text))
    assert finding is not None
    return finding


def test_names_and_numbers_of_the_labelled_texts_say_nothing_of_others() -> None:
    assert read_words("Norway and New Zealand will send 400 trucks.") == [
        "norway",
        "and",
        "Aa",
        "will",
        "send",
        "9",
        "trucks",
    ]


def test_a_recommendation_is_strong_and_stated_by_its_sentence() -> None:
    finding = found(URGENT)
    assert (finding.type, finding.grade) == (FindingType.RECOMMENDATION, 2)
    stated = [URGENT[start:end] for start, end in finding.spans]
    assert any("should therefore establish" in sentence for sentence in stated)
    assert finding.addressee is not None
    assert "Ministry of Transport" in finding.addressee


def test_every_reason_stands_in_the_passage() -> None:
    finding = found(URGENT)
    assert finding.because
    assert all(words in URGENT for words in finding.because)


def test_courtesies_are_no_strong_finding_and_less_sure_than_a_recommendation() -> None:
    ((greeting, _),) = marked(TextUnit(P, GREETING))
    assert greeting is None or greeting.grade == 1
    assert greeting is None or greeting.score < found(URGENT).score


@pytest.mark.parametrize("kind", [H, PassageKind.TABLE, PassageKind.FOOTNOTE, PassageKind.CAPTION])
def test_only_running_text_concludes_something(kind: PassageKind) -> None:
    ((finding, _),) = marked(TextUnit(kind, URGENT))
    assert finding is None


def test_an_item_keeps_the_line_that_opens_its_list() -> None:
    texts = [
        (P, "The Council should:"),
        (L, "Adopt a plan for joint training of all partners by next year."),
        (P, "So it ended."),
    ]
    leads = list(find_lead_ins(texts))
    assert leads == ["", "The Council should:", ""]
    units = [TextUnit(kind, text, lead_in=lead) for (kind, text), lead in zip(texts, leads, strict=True)]
    finding, _ = marked(*units)[1]
    assert finding is not None
    assert finding.lead_in == "The Council should:"


def test_items_of_a_list_that_asks_are_strong_recommendations_to_whom_it_asks() -> None:
    lead = "The road is long. To keep it open, we urge the harbour towns to:"
    finding, _ = marked(TextUnit(L, "Share the maps of the reefs with each other.", lead_in=lead))[0]
    assert finding is not None
    assert (finding.type, finding.grade) == (FindingType.RECOMMENDATION, 2)
    assert finding.addressee == "the harbour towns"


def test_an_item_without_a_subject_is_addressed_to_whom_its_section_asked_last() -> None:
    heading = ("Recommendations",)
    units = [
        TextUnit(P, "The Ministry of Transport should establish a joint centre for the harbours.", heading),
        TextUnit(P, "Establish a fund that pays for the training of all pilots.", heading),
        TextUnit(
            P, "Establish a fund that pays for the training of all pilots.", ("Recommendations", "Ships")
        ),
    ]
    named = [finding.addressee for finding, _ in marked(*units) if finding]
    assert named == ["The Ministry of Transport", "The Ministry of Transport", None]


def test_scores_lie_between_0_and_1_and_strong_ones_are_the_surer_half() -> None:
    findings = [
        finding for finding, _ in marked(*(TextUnit(P, text) for text in (URGENT, GREETING))) if finding
    ]
    assert all(0 <= finding.score <= 1 for finding in findings)
    assert all((finding.grade == 2) == (finding.score >= 0.5) for finding in findings)


def test_a_theme_nobody_labelled_works_by_its_label_scope_and_examples() -> None:
    orchards = Theme(
        "orchards",
        "Orchards",
        scope="Growing fruit trees: planting, grafting and pruning of apple and pear trees.",
        labels=("fruit trees", "apple trees"),
        examples=("The valley planted four hundred apple trees and pruned the old ones.",),
    )
    about = "Old apple trees were pruned in winter, and the orchards of the valley got new pear trees by grafting."
    ((_, themes),) = marked(TextUnit(P, about), themes=Themes.of((orchards,)))
    assert [(mark.theme_id, mark.grade) for mark in themes] == [("orchards", 2)]
    assert any("apple trees" in words for words in themes[0].because)
    ((_, others),) = marked(TextUnit(P, GREETING), themes=Themes.of((orchards,)))
    assert others == ()


def test_without_themes_findings_are_marked_all_the_same() -> None:
    ((finding, themes),) = marked(TextUnit(P, URGENT), themes=Themes())
    assert finding is not None
    assert themes == ()


def test_an_empty_document_has_no_marks() -> None:
    assert marked() == []


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        ("The Ministry should repair every bridge within a year.", ("5. References",)),
        ("Doe, Jane (2020). “Ports should share their data.” Harbour Studies, Vol. 3, pp. 4-9.", ("Ports",)),
    ],
)
def test_an_entry_of_a_list_of_sources_states_nothing(text: str, headings: tuple[str, ...]) -> None:
    ((finding, _),) = marked(TextUnit(P, text, headings))
    assert finding is None


def test_a_sentence_that_names_a_source_still_states_what_it_says() -> None:
    ((finding, _),) = marked(TextUnit(P, f"{URGENT} Jane Doe says so in a book of 2020, p. 12."))
    assert finding is not None


def test_what_is_recommended_in_so_many_words_is_a_recommendation() -> None:
    text = "The two commands still keep separate books. It is therefore recommended that both share one system by spring."
    assert found(text).type is FindingType.RECOMMENDATION


def test_no_reason_is_made_of_small_words_alone() -> None:
    finding = found(URGENT)
    small = stop_words() - SAYING
    assert all(set(words.lower().split()) - small for words in finding.because)


@pytest.mark.parametrize(
    "text",
    [
        "I should be grateful if this letter and its annex could be issued as a document of the Assembly.",
        "I should also like to take this opportunity to convey my respects to the President, who has done so much.",
        "We would like to thank the people of Sylvania, who must rebuild their towns and should be helped by all.",
    ],
)
def test_politeness_is_never_a_strong_finding(text: str) -> None:
    ((finding, _),) = marked(TextUnit(P, text))
    assert finding is None or finding.grade == 1
