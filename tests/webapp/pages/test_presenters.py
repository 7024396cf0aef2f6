from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from search.answering.highlights import Mark, MarkReason, Snippet
from search.model import PassageKind, Themes
from search.query.names import Names
from tests.factories import make_document, make_passages
from webapp.pages.presenters import (
    NEIGHBOUR,
    SLACK,
    Part,
    beginning,
    causes,
    contents,
    difference,
    document_facts,
    ending,
    headings_above,
    marked_parts,
    snippet_parts,
)

PHRASE = MarkReason.PHRASE
TEXTS = st.text(st.sampled_from("ab c.\n"), max_size=60)


def test_marked_words_carry_their_reason() -> None:
    assert marked_parts("a trust fund", [Mark(2, 7, MarkReason.EXACT)]) == [
        Part("a "),
        Part("trust", "exact"),
        Part(" fund"),
    ]


@given(TEXTS, st.lists(st.tuples(st.integers(0, 60), st.integers(0, 9)), max_size=4))
def test_parts_joined_are_the_text(text: str, spans: list[tuple[int, int]]) -> None:
    marks, reached = [], 0
    for start, length in sorted(spans):
        if reached <= start < start + length <= len(text):
            marks.append(Mark(start, start + length, PHRASE))
            reached = start + length
    snippet = Snippet(text, tuple(marks))
    assert "".join(part.words for part in marked_parts(text, marks)) == text
    assert "".join(part.words for part in snippet_parts(snippet)) == text


def test_sentences_without_a_mark_are_dimmed() -> None:
    text = "One came first. A fund pays. The last one ends."
    parts = snippet_parts(Snippet(text, (Mark(18, 22, PHRASE),)))
    assert [part.words.strip() for part in parts if part.dim] == ["One came first.", "The last one ends."]


def test_a_snippet_without_marks_is_not_dimmed() -> None:
    assert snippet_parts(Snippet("One. Two.", ())) == [Part("One. Two.")]


def test_words_of_the_passage_come_before_those_of_its_headings() -> None:
    assert causes(("heading: Funds", "trust fund")) == ("“trust fund”", "the heading “Funds”")


def test_the_title_is_not_said_again_as_a_heading() -> None:
    (passage,) = make_passages("report", ["x"], heading_path=("THE REPORT", "Funds"))
    assert headings_above(passage, make_document("report")) == ("Funds",)


def test_a_difference_says_what_went_and_what_came() -> None:
    changes = [(c.kind, c.words.strip()) for c in difference("We will not pay soon", "We will pay very soon")]
    assert changes == [
        ("same", "We will"),
        ("removed", "not"),
        ("same", "pay"),
        ("added", "very"),
        ("same", "soon"),
    ]


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_out_of_their_difference(before: str, after: str) -> None:
    changes = difference(before, after)
    new = " ".join(change.words for change in changes if change.kind != "removed")
    old = " ".join(change.words for change in changes if change.kind != "added")
    assert new.split() == after.split()
    assert old.split() == before.split()


def test_very_long_texts_are_not_compared_word_by_word() -> None:
    changes = difference("a " * 6000, "b " * 6000)
    assert [change.kind for change in changes] == ["removed", "added"]


@given(st.text(st.sampled_from("ab  c"), max_size=1000))
def test_a_neighbour_is_shown_in_bounds(text: str) -> None:
    most = NEIGHBOUR + SLACK + 2
    assert len(ending(text)) <= most
    assert len(beginning(text)) <= most
    assert text.endswith(ending(text).removeprefix("… "))
    assert text.startswith(beginning(text).removesuffix(" …"))


def test_contents_are_the_headings_with_their_depth() -> None:
    title, text = make_passages("report", ["Title", "Text"])
    under = replace(text, kind=PassageKind.HEADING, heading_path=("Title",))
    entries = contents([replace(title, kind=PassageKind.HEADING), text, under])
    assert [(entry.depth, entry.passage.text) for entry in entries] == [(1, "Title"), (2, "Text")]


def test_facts_name_words_where_there_are_no_pages() -> None:
    names = Names((), Themes(), ())
    assert document_facts(make_document(words=1, date=None), names) == ["Report", "1 word"]
    assert document_facts(make_document(pages=12), names) == ["Report", "13 July 2022", "12 pages"]
