"""Texts become the pieces that the reference tokenizer gives."""

from __future__ import annotations

import pytest

from search.meaning.wordpiece import WordPiece, split_words

PIECES = ["[CLS]", "[SEP]", "[UNK]", "peace", "##keep", "##ers", "naive", "do", "n", "'", "t", "日", "."]


@pytest.fixture
def wordpiece() -> WordPiece:
    return WordPiece({piece: number for number, piece in enumerate(PIECES)})


def pieces(wordpiece: WordPiece, text: str, most: int = 64) -> list[str]:
    return [PIECES[number] for number in wordpiece.encode(text, most)]


def test_a_word_is_cut_into_the_longest_pieces_from_the_left(wordpiece: WordPiece) -> None:
    assert pieces(wordpiece, "Peacekeepers") == ["[CLS]", "peace", "##keep", "##ers", "[SEP]"]


def test_a_word_whose_rest_has_no_piece_is_unknown_as_a_whole(wordpiece: WordPiece) -> None:
    assert pieces(wordpiece, "peaceful peace") == ["[CLS]", "[UNK]", "peace", "[SEP]"]


def test_accents_capitals_and_invisible_signs_do_not_matter(wordpiece: WordPiece) -> None:
    assert pieces(wordpiece, "NA\u00cfVE na\u200bive") == ["[CLS]", "naive", "naive", "[SEP]"]


def test_punctuation_and_cjk_signs_stand_alone() -> None:
    assert list(split_words("Don't, 日日.")) == ["don", "'", "t", ",", "日", "日", "."]


def test_what_is_too_long_is_cut_with_its_end_marked(wordpiece: WordPiece) -> None:
    assert pieces(wordpiece, "peace " * 50, most=5) == ["[CLS]", "peace", "peace", "peace", "[SEP]"]


def test_a_text_without_words_has_start_and_end(wordpiece: WordPiece) -> None:
    assert pieces(wordpiece, " \n") == ["[CLS]", "[SEP]"]
