"""Pointing at words: sentences by their names, text fragments, W3C annotations."""

from __future__ import annotations

from search.citations.item import Citation
from search.citations.selectors import annotation, find_sentence, sentences_of, text_fragment
from tests.factories import make_document, make_passages

TEXT = "Trust funds pay. Partners train officers. Trust funds pay."


def test_a_sentence_is_found_by_its_words_and_no_other() -> None:
    first, second, third = sentences_of(TEXT)
    assert TEXT[second.start : second.end] == "Partners train officers."
    assert third.name == first.name != second.name
    assert find_sentence(f"Something new. {TEXT}", second.name) is not None
    assert find_sentence("Partners train pilots.", second.name) is None


def test_a_fragment_has_short_words_whole_and_escaped() -> None:
    assert text_fragment("peace-keeping, here") == "#:~:text=peace%2Dkeeping%2C%20here"


def test_a_fragment_of_many_words_has_both_ends() -> None:
    words = " ".join(f"word{number}" for number in range(40))
    made = text_fragment(words)
    assert made == (
        "#:~:text=word0%20word1%20word2%20word3%20word4,word35%20word36%20word37%20word38%20word39"
    )


def test_a_fragment_takes_in_what_stands_before_where_the_words_come_twice() -> None:
    made = text_fragment("Trust funds pay.", before="Trust funds pay. Partners train officers.")
    assert made == "#:~:text=funds%20pay.%20Partners%20train%20officers.-,Trust%20funds%20pay."


def test_an_annotation_points_by_quote_position_and_page() -> None:
    before, passage, after = make_passages("report", ["One.", "Trust funds pay.", "Three."], page=3)
    citation = Citation(make_document("report"), None, passage, "https://reading.example")
    made = annotation(citation, passage, [before], [after], start=5)
    quote, position, page = made["target"]["selector"]
    assert (quote["prefix"], quote["exact"], quote["suffix"]) == ("One.", "Trust funds pay.", "Three.")
    assert (position["start"], position["end"]) == (5, 5 + len(passage.text))
    assert page["value"] == "page=3"
    assert made["id"] == f"https://reading.example/p/{passage.passage_id}"
    assert made["target"]["source"] == "https://reading.example/d/report"
