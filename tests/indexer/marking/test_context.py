"""What a document lends to its paragraphs, and what hints can and cannot do."""

from __future__ import annotations

from indexer.marking import NO_CONTEXT, ThemeMarker
from search.model import PassageKind, Theme, Themes

THEMES = Themes.of((Theme("boats", "Boats", hints=("harbour", "sail", "crew")), Theme("trains", "Trains")))
MARKER = ThemeMarker(THEMES)
PLAIN = "The second session heard four speakers and ended with a long discussion of what to do next year."
ABOUT = [(PassageKind.PARAGRAPH, "Boats are slow and dear.", ())] * 9 + [(PassageKind.PARAGRAPH, PLAIN, ())]


def test_a_document_about_a_theme_lends_it_with_its_title_to_a_paragraph_without_a_word_of_it() -> None:
    context = MARKER.read_context("The price of boats", ABOUT)
    assert MARKER.mark(PLAIN, (), NO_CONTEXT) == ()
    (mark,) = MARKER.mark(PLAIN, (), context)
    assert mark.theme_id == "boats"
    assert mark.because == ("document: 9 of 10 paragraphs",)


def test_a_document_that_names_a_theme_once_lends_nothing() -> None:
    passages = [*ABOUT[:1], *[(PassageKind.PARAGRAPH, PLAIN, ())] * 20]
    assert MARKER.read_context("Minutes", passages).weights == {}


def test_tables_and_captions_do_not_say_what_a_document_is_about() -> None:
    assert MARKER.read_context("Minutes", [(PassageKind.TABLE, "Boats Boats", ())] * 9).weights == {}


def test_hints_alone_mark_nothing_but_tip_a_long_passage_that_names_the_theme() -> None:
    long = PLAIN * 5
    assert MARKER.mark("The crew left the harbour under sail.") == ()
    assert MARKER.mark(long + " Boats were named.") == ()
    assert (
        MARKER.mark(f"Boats were named. {long} Boats sail and their crew left the harbour; boats. Boats.")
        != ()
    )
