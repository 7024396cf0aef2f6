"""A typed citation leads to the place that it names, and to no other one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from search.answering.answer import Question
from search.answering.records import answer_record
from search.model import PassageKind
from search.room import ReadingRoom
from search.settings import Settings
from tests.factories import make_document, make_passages, publish


def river() -> tuple[object, tuple[object, ...]]:
    """A report of two pages, whose printed labels are one behind, with numbered paragraphs."""
    document = make_document(
        "river",
        title="Ferries and Rivers of the North",
        identifiers=("A/70/12",),
        date="2015-03-02",
        edition=None,
        pages=3,
        authors=("Jory Ash",),
        source_url="https://www.example.org/docs/river",
    )
    texts = ["The ferry ran.", "It ran at night.", "Nobody paid.", "* See the annex."]
    places = [(2, "1", "1"), (2, "1", "2"), (3, "2", "3"), (3, "2", None)]
    passages = tuple(
        replace(passage, page=page, page_end=page, page_label=label, number=number, position=None)
        for passage, (page, label, number) in zip(make_passages("river", texts), places, strict=True)
    )
    return document, (*passages[:3], replace(passages[3], kind=PassageKind.FOOTNOTE, number="9"))


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ReadingRoom]:
    """The report, an addendum to it, a speech in Geneva of 2022 without pages, and two reports of one year."""
    folder = tmp_path_factory.mktemp("places")
    others = [
        (make_document("addendum", title="Addendum on Tolls", identifiers=("A/70/12/Add.1", "Tolls Brief No. 49"), edition=None), ["Tolls rose."]),
        (make_document("talk", title="Words at the Opening", kind="speech"), ["Welcome.", "We begin."]),
        *(
            (make_document(f"paper{n}", title="Paper on Locks and Weirs", date=f"201{n}", edition=None), [f"Lock {n} is shut."])
            for n in range(5)
        ),
    ]  # fmt: skip
    library = [
        river(),
        *((document, make_passages(document.document_id, texts)) for document, texts in others),
    ]
    publish(folder, library)  # type: ignore[arg-type]
    opened = ReadingRoom(Settings(index=folder))
    yield opened
    opened.close()


def led(room: ReadingRoom, text: str) -> list[tuple[str, str]]:
    """Documents and locators that a question leads to."""
    return [(p.document.document_id, p.locator) for p in room.ask(Question(text)).places]


@pytest.mark.parametrize(
    ("typed", "document", "locator"),
    [
        ("A/70/12 para. 2", "river", "p. 1, para. 2 (PDF p. 2)"),
        ("A/70/12, p. 2", "river", "p. 2, para. 3 (PDF p. 3)"),
        ("See A/70/12, paras. 2-3.", "river", "p. 1, para. 2 (PDF p. 2)"),
        ("a/70/12", "river", ""),
        ("UN Doc. A/70/12, PDF p. 3", "river", "p. 2, para. 3 (PDF p. 3)"),
        ("UN Doc. A/70/12, ¶ 2", "river", "p. 1, para. 2 (PDF p. 2)"),
        ("A/70/12 § 2", "river", "p. 1, para. 2 (PDF p. 2)"),
        ("FERRIES AND RIVERS OF THE NORTH, p. 2", "river", "p. 2, para. 3 (PDF p. 3)"),
        ("Tolls Brief No. 49, para. 1", "addendum", "para. 1"),
        ("A/70/12/Add.1, para. 1", "addendum", "para. 1"),
        ("Ferries and Rivers of the North", "river", ""),
        ("Ash, Ferries and Rivers of the North, p. 1", "river", "p. 1, para. 1 (PDF p. 2)"),
        ("Ash 2015, para. 3", "river", "p. 2, para. 3 (PDF p. 3)"),
        ("Geneva 2022 speech para. 2", "talk", "para. 2"),
        ("https://www.example.org/docs/river", "river", ""),
        ("https://reading.example/d/river/para/3", "river", "p. 2, para. 3 (PDF p. 3)"),
        ("/d/river/page/3", "river", "p. 2, para. 3 (PDF p. 3)"),
        ("Paper on Locks and Weirs, 2013, para. 1", "paper3", "para. 1"),
    ],
)
def test_a_citation_leads_to_its_place(room: ReadingRoom, typed: str, document: str, locator: str) -> None:
    assert led(room, typed) == [(document, locator)]


@pytest.mark.parametrize(
    "typed",
    [
        "A/70/13 para. 2",  # another document
        "A/70/12/Add.2, para. 1",  # an addendum that is not here
        "A/70/12/Rev.1",
        "A/70/12 (Vol. II), para. 2",
        "A/70/12 (Resumption 1)",
        "ferries and rivers",
        "ferries at night",
        "p. 4",
        "para. 2",
        "2015 p. 2",
        "Paper on Locks and Weirs",  # five documents have that title
        "title:ferries AND night",
        "how do ferries and rivers of the north compare with those of the south?",
        "",
    ],
)
def test_what_is_no_citation_of_one_document_leads_nowhere(room: ReadingRoom, typed: str) -> None:
    assert led(room, typed) == []


def test_a_place_that_the_document_does_not_have_is_said(room: ReadingRoom) -> None:
    (place,) = room.ask(Question("A/70/12, para. 40")).places
    assert (place.passage, place.page, place.missing, place.path) == (None, None, "para. 40", "/d/river")


def test_the_number_of_a_note_is_no_paragraph(room: ReadingRoom) -> None:
    assert room.ask(Question("A/70/12, para. 9")).places[0].missing == "para. 9"


def test_an_annex_counts_for_itself(room: ReadingRoom) -> None:
    assert led(room, "A/70/12, annex, para. 2") == [("river", "")]


def test_several_citations_lead_to_several_places(room: ReadingRoom) -> None:
    assert [name for name, _ in led(room, "A/70/12, para. 2; A/70/12/Add.1, para. 1")] == [
        "river",
        "addendum",
    ]


def test_a_permanent_link_leads_to_its_passage(room: ReadingRoom) -> None:
    (place,) = room.ask(Question("A/70/12 para. 2")).places
    assert place.passage is not None
    assert led(room, f"https://reading.example/p/{place.passage.passage_id}.") == [("river", place.locator)]


def test_the_record_of_an_answer_begins_with_the_place(room: ReadingRoom) -> None:
    (place,) = answer_record(room.ask(Question("A/70/12 para. 2")))["places"]
    assert (place["number"], place["page"], place["text"], place["missing"]) == (
        "2",
        2,
        "It ran at night.",
        None,
    )
    assert place["url"].startswith("/p/river/")


def test_the_field_para_finds_paragraphs_by_their_number(room: ReadingRoom) -> None:
    answer = room.ask(Question("para:2 document:river"))
    assert [hit.passage.text for hit in answer.hits] == ["It ran at night."]


@pytest.mark.parametrize(
    "typed",
    ["http://[x", "//[x", "https://a\u2100.b/x", "A/80/36 para. \u00b2", "A/80/36 para. " + "9" * 5000],
)
def test_what_is_no_address_and_no_number_is_a_question_like_any_other(room: ReadingRoom, typed: str) -> None:
    room.ask(Question(typed[:1900]))
    assert room.opened.places.find_paragraph(next(iter(room.opened.context.documents)), typed) is None
