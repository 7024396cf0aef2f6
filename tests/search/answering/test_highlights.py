"""What is shown of a passage for a question."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.answering.ask import typed_forms
from search.answering.highlights import LONGEST, SLACK, Snippet, find_marks, make_snippet
from search.query.parser import parse_lenient, parse_query
from search.query.terms import Match, analyse
from tests.strategies import questions, sentences

LONG = (
    "Opening remarks were made on behalf of the hosts. " * 6
    + "Participants held that Trust Funds remain the most visible instrument. "
    + "A fund needs patience. "
    + "The day ended with thanks to all who had come from near and far. " * 6
)


def snippet(text: str, question: str) -> Snippet:
    query = parse_query(question)
    return make_snippet(text, find_marks(text, analyse(query, Match.ALL), frozenset(typed_forms(query))))


def marked(text: str, question: str) -> list[tuple[str, str]]:
    shown = snippet(text, question)
    return [(shown.text[mark.start : mark.end], mark.reason.value) for mark in shown.marks]


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("exercise", [("exercise", "exact"), ("Exercises", "form")]),
        ('"exercise"', [("exercise", "exact")]),
        ('"an exercise"', [("an exercise", "phrase")]),
        ('"Exercises partners"~1', [("Exercises with partners", "phrase")]),
        ("partn*", [("partners", "beginning")]),
        ("partnars~", [("partners", "spelling")]),
        ("-exercise", []),
        ("exercise theme:x", [("exercise", "exact"), ("Exercises", "form")]),
    ],
)
def test_every_match_is_marked_with_its_reason(question: str, wanted: list[tuple[str, str]]) -> None:
    assert marked("After an exercise: Exercises with partners.", question) == wanted


def test_short_passage_is_shown_whole() -> None:
    assert snippet("Peace.", "peace") == snippet("Peace.", "peace")
    assert snippet("One. Two. Peace.", "peace").text == "One. Two. Peace."


def test_long_passage_is_cut_to_the_whole_sentences_that_match() -> None:
    shown = snippet(LONG, "trust funds")
    assert (
        "Participants held that Trust Funds remain the most visible instrument. A fund needs patience."
        in shown.text
    )
    assert shown.before and shown.after
    assert len(shown.text) <= LONGEST
    assert shown.text.endswith(".")


def test_one_endless_sentence_is_cut_between_words_around_the_match() -> None:
    text = "word " * 300 + "needle " + "word " * 300
    shown = snippet(text, "needle")
    assert "needle" in shown.text
    assert len(shown.text) <= LONGEST + SLACK
    assert set(shown.text.split()) == {"word", "needle"}


@given(st.text(max_size=1500), st.text(max_size=40))
def test_marks_of_any_text_lie_in_it_and_apart(text: str, question: str) -> None:
    query, _ = parse_lenient(question)
    shown = make_snippet(text, find_marks(text, analyse(query, Match.ALL), frozenset(typed_forms(query))))
    assert shown.text in text
    reached = 0
    for mark in shown.marks:
        assert reached <= mark.start < mark.end <= len(shown.text)
        reached = mark.end


@given(st.lists(sentences, min_size=1, max_size=30).map(". ".join), questions)
def test_marks_of_a_snippet_are_marks_of_the_passage(text: str, question: str) -> None:
    query = parse_query(question)
    terms, typed = analyse(query, Match.ALL), frozenset(typed_forms(query))
    shown = make_snippet(text, find_marks(text, terms, typed))
    at = text.index(shown.text)
    everywhere = {(mark.start, mark.end) for mark in find_marks(text, terms, typed)}
    assert {(mark.start + at, mark.end + at) for mark in shown.marks} <= everywhere or text.count(
        shown.text
    ) > 1


def test_words_that_caused_a_wanted_theme_are_marked_wherever_they_stand() -> None:
    text = "Trust Funds help; later Trust Funds end."
    marks = find_marks(
        text, analyse(parse_query("theme:trust-funds"), Match.ALL), frozenset(), ("Trust Funds",)
    )
    assert [(text[mark.start : mark.end], mark.reason.value) for mark in marks] == [
        ("Trust Funds", "theme")
    ] * 2


def test_a_heading_that_caused_a_theme_marks_nothing_in_the_text() -> None:
    marks = find_marks(
        "They help.", analyse(parse_query(""), Match.ALL), frozenset(), ("heading: Trust Funds",)
    )
    assert marks == ()


def test_a_sentence_with_all_words_is_shown_before_one_that_repeats_a_single_one() -> None:
    padding = "The hosts thanked all who had come from near and far to this place. " * 6
    text = f"Funds, funds, funds and funds. {padding}A trust needs funds. {padding}"
    assert "A trust needs funds." in snippet(text, "trust funds").text


@given(st.text(alphabet="ab c.é-’<&\n", min_size=300, max_size=1500))
def test_a_snippet_is_never_cut_inside_a_word(text: str) -> None:
    shown = snippet(text, "a")
    start = text.find(shown.text)
    end = start + len(shown.text)
    assert start >= 0
    assert start == 0 or not (text[start - 1].isalnum() and text[start].isalnum())
    assert end == len(text) or not (text[end - 1].isalnum() and text[end].isalnum())
    assert all(0 <= mark.start < mark.end <= len(shown.text) for mark in shown.marks)
