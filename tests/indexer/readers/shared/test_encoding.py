"""Bytes to text, with a doubt where words may be misread."""

from __future__ import annotations

import pytest

from indexer.readers.shared.encoding import decode, decode_page

TEXTS = [
    ("Совет города решил построить новый мост через реку и отремонтировать старую пристань.", "cp1251"),
    ("Совет города решил построить новый мост через реку и отремонтировать старую пристань.", "koi8_r"),
    ("Městská rada rozhodla postavit nový most přes řeku a opravit staré přístaviště.", "cp1250"),
    (
        "Belediye meclisi nehrin üzerine yeni bir köprü yapmaya ve eski iskeleyi onarmaya karar verdi.",
        "cp1254",
    ),
    ("Το συμβούλιο της πόλης αποφάσισε να χτίσει νέα γέφυρα πάνω από το ποτάμι.", "cp1253"),
    ("The chair said “we shall see” – and the café closed at Orléans.", "mac_roman"),
    ("The clerk’s café closed at Orléans – early.", "cp1252"),
    ("市議会は川に新しい橋を架け、古い桟橋を修理することを決めた。", "euc_jp"),
]


@pytest.mark.parametrize(("text", "encoding"), TEXTS, ids=[encoding for _, encoding in TEXTS])
def test_an_encoding_that_nobody_states_is_told_by_its_letters(text: str, encoding: str) -> None:
    found = decode(text.encode(encoding))
    assert (found.text, found.doubts) == (text, ())


def test_a_few_bytes_beyond_ascii_are_the_usual_encoding() -> None:
    assert decode("The café closed.".encode("cp1252")).text == "The café closed."


def test_latin_1_means_what_the_web_takes_it_for() -> None:
    page = '<meta charset="iso-8859-1"><p>La réunion s’est tenue – à Orléans.</p>'
    assert "s’est tenue –" in decode_page(page.encode("cp1252")).text


def test_a_label_with_a_slip_in_its_markup_still_counts() -> None:
    page = (
        '<meta http-equiv=content-type content="text/html;charset = windows-1250><p>Ministar Đorđe Čičak</p>'
    )
    assert "Đorđe Čičak" in decode_page(page.encode("cp1250")).text


def test_pasted_bytes_of_another_encoding_are_read_and_doubted() -> None:
    found = decode("Café après été, ".encode() * 3 + "déjà".encode("cp1252"))
    assert found.text.endswith("déjà")
    assert "2 bytes are not in the encoding of the rest" in found.doubts[0]


def test_letters_that_were_saved_wrongly_before_are_doubted() -> None:
    spoilt = "Café, après l’été".encode().decode("cp1252").encode()
    assert decode(spoilt).doubts


def test_words_that_no_writer_writes_are_doubted() -> None:
    assert "'t¤n' may be misread" in decode(b"The Kapit\xa4n of the ferry.").doubts[0]
