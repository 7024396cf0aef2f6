"""Pointing at words: sentences by their names, text fragments, W3C annotations."""

from __future__ import annotations

import random
from urllib.parse import unquote

import pytest

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


def first_place(fragment: str, page: str) -> tuple[int, int]:
    """Where a browser that follows `fragment` marks `page`: the first place that fits, by a reading of its own."""
    parts = fragment.removeprefix("#:~:text=").split(",")
    prefix = unquote(parts.pop(0)[:-1]) if parts[0].endswith("-") else ""
    suffix = unquote(parts.pop()[1:]) if parts[-1].startswith("-") else ""
    start, end = unquote(parts[0]), unquote(parts[-1])
    at = page.find(start)
    while at >= 0:
        last = at + len(start) if len(parts) == 1 else page.find(end, at + len(start)) + len(end)
        if page[:at].rstrip().endswith(prefix) and page[last:].lstrip().startswith(suffix):
            return at, last
        at = page.find(start, at + 1)
    raise AssertionError(fragment)


@pytest.mark.parametrize("seed", range(30))
def test_a_fragment_leads_to_its_sentence_and_no_other_of_its_page(seed: int) -> None:
    """Pages of sentences that repeat each other's words: what is marked first is the sentence itself."""
    chance = random.Random(seed)
    words = ["funds", "pay", "for", "peace", "in", "time"]
    sentences = [" ".join(chance.choices(words, k=chance.randint(3, 30))) + "." for _ in range(25)]
    page = " ".join(sentences)
    at = 0
    for sentence in sentences:
        fragment = text_fragment(sentence, page[:at].strip(), page[at + len(sentence) :].strip())
        assert first_place(fragment, page) == (at, at + len(sentence))
        at += len(sentence) + 1


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
