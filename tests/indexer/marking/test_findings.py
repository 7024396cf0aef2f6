"""Findings: what concludes something, of which type, by which words, and whom it asks."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.marking import find_finding
from indexer.marking.finding_rules import RULES, find_candidates
from indexer.marking.rule_triggers import TRIGGERS
from indexer.marking.section_types import find_section
from search.model import Finding, FindingType, PassageKind

PARAGRAPH, ITEM = PassageKind.PARAGRAPH, PassageKind.LIST_ITEM
R, C = FindingType.RECOMMENDATION, FindingType.CONCLUSION
L, M = FindingType.LESSON, FindingType.COMMITMENT


def _type(
    text: str, *headings: str, kind: PassageKind = PARAGRAPH, speaker: str | None = None
) -> FindingType | None:
    finding = find_finding(kind, text, headings, speaker)
    return finding.type if finding else None


def _get(text: str, *headings: str, kind: PassageKind = PARAGRAPH, lead_in: str = "") -> Finding:
    finding = find_finding(kind, text, headings, None, lead_in)
    assert finding is not None
    return finding


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("We urge all partners to report within a year.", "We urge"),
        ("12. Calls upon all States to share their plans;", "Calls upon"),
        ("The Alliance should consult partners before it decides.", "The Alliance should consult"),
        ("Partners must be told early.", "Partners must be"),
        ("Participants recommended that the courses be merged.", "Participants recommended"),
        ("Speakers called for fewer meetings.", "Speakers called for"),
        ("Donors are invited to pay by March.", "are invited to"),
        ("It is recommended that every course end with an exercise.", "It is recommended that"),
    ],
)
def test_a_request_to_act_is_a_recommendation_by_its_words(text: str, cue: str) -> None:
    finding = _get(text)
    assert finding.type is R
    assert finding.cue.strip() == cue


@pytest.mark.parametrize(
    "text",
    [
        "NATO will open a liaison office in the capital next year.",
        "The two governments agreed to hold joint exercises every spring.",
        "Both sides have decided to share their maps.",
        "The Command remains committed to yearly reviews.",
        "The ministers signed a Memorandum of Understanding on training.",
        "We reaffirm our commitment to open reporting.",
    ],
)
def test_a_decision_or_promise_is_a_commitment(text: str) -> None:
    assert _type(text) is M


@pytest.mark.parametrize(
    "text",
    [
        "One key lesson is that advisers need more time in the country.",
        "Lessons learned: start with the budget office.",
        "Experience has shown that short courses are soon forgotten.",
        "A good practice was identified in the port of the island.",
    ],
)
def test_a_lesson_is_what_calls_itself_one(text: str) -> None:
    assert _type(text) is L


@pytest.mark.parametrize(
    "text",
    [
        "Participants stressed that trust grows slowly.",
        "The panel noted a gap between plans and money.",
        "I welcome the progress made since last spring.",
        "Recognizing the role of women in every phase of planning,",
        "Lack of data remains a serious challenge.",
        "It is clear that small staffs cannot do it all.",
    ],
)
def test_a_judgement_is_a_conclusion(text: str) -> None:
    assert _type(text) is C


@pytest.mark.parametrize(
    "text",
    [
        "The symposium took place in Berlin in 2018.",
        "On 5 May the team visited three villages and met the mayor.",
        "Recalling resolution 12 of 3 March and all earlier ones on the matter,",
        "My gratitude goes to the hosts, who gave us such a warm welcome.",
        "The following recommendation is expected to lower costs.",
        "The meeting was attended by the following countries:",
        "Whoever needs the text will have to ask the library.",
        "It should be noted here",
    ],
)
def test_narrative_courtesy_recitals_and_lead_ins_are_no_findings(text: str) -> None:
    assert _type(text) is None


def test_a_section_makes_findings_of_plain_sentences() -> None:
    plain = "Shorter courses with more practice on the ground."
    assert _type(plain) is None
    assert _get(plain, "4. Recommendations") == Finding(R, "section", "4. Recommendations")
    assert _get(plain, "A. Lessons learned").type is L
    assert _get(plain, "Key takeaways").type is C
    assert _get(plain, "Commitments made by Allies").type is M


def test_the_nearest_heading_that_names_a_kind_decides() -> None:
    assert find_section(("Recommendations", "Good practices", "Ports")).type is L
    assert find_section(("Recommendations", "Background")).type is None


@pytest.mark.parametrize(
    "heading", ["Report ratings, audit issues, and recommendations", "Follow-up", "", "1."]
)
def test_a_heading_that_only_lists_the_word_is_no_section_of_findings(heading: str) -> None:
    assert find_section((heading,)).type is None


def test_a_call_outweighs_the_praise_before_it() -> None:
    text = "I welcome the ceasefire. I commend the mediators. I am encouraged by the talks. I urge both sides to go on."
    assert _type(text, "Observations") is R


def test_a_modal_verb_in_a_section_of_conclusions_still_asks() -> None:
    assert _type("Governments should publish their budgets.", "Conclusions") is R


def test_sure_words_only_count_in_a_background_section() -> None:
    text = "Reliable data are important and a lack of them is a challenge."
    assert _type(text) is C
    assert _type(text, "1. Introduction") is None


@pytest.mark.parametrize(
    "text", ["(a) Ensure that every post is filled;", "(iv) To publish the results each year;"]
)
def test_an_imperative_or_infinitive_list_item_is_a_recommendation(text: str) -> None:
    assert _type(text, kind=ITEM) is R


def test_a_list_item_takes_type_and_addressee_of_the_line_that_opens_the_list() -> None:
    finding = _get(
        "(b) a second office in the south.", kind=ITEM, lead_in="We call upon the Council to open:"
    )
    assert (finding.type, finding.addressee) == (R, "the Council")


@pytest.mark.parametrize(
    "kind", [PassageKind.HEADING, PassageKind.TABLE, PassageKind.CAPTION, PassageKind.FOOTNOTE]
)
def test_only_running_text_concludes(kind: PassageKind) -> None:
    assert _type("Allies should consult partners.", kind=kind) is None


def test_what_somebody_says_in_his_own_name_needs_fewer_words_to_be_a_judgement() -> None:
    text = "Our partnership can do more."
    assert _type(text) is None
    assert _type(text, speaker="Ms Example") is C


@given(st.text(max_size=300), st.lists(st.text(max_size=30), max_size=2))
def test_any_text_can_be_asked_and_the_cue_stands_in_it_or_in_a_heading(
    text: str, headings: list[str]
) -> None:
    finding = find_finding(PARAGRAPH, text, tuple(headings), None)
    if finding:
        assert finding.cue in text or finding.cue in headings


def test_letters_that_are_looked_for_first_hide_no_rule() -> None:
    tree = ast.parse(Path(__file__).read_text(encoding="utf-8"))
    nodes = [node for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    texts = [node.value for node in nodes if isinstance(node.value, str)]
    fired = [(rule.name, text) for text in texts for rule in RULES if rule.pattern.search(text)]
    hidden = [(name, text) for name, text in fired if name not in {r.name for r in find_candidates(text)}]
    assert hidden == []
    assert len({name for name, _ in fired}) >= 25  # of the rules the sentences of this file show most


def test_letters_are_given_for_rules_that_there_are() -> None:
    assert set(TRIGGERS) <= {rule.name for rule in RULES}
    assert len({rule.name for rule in RULES}) == len(RULES)
