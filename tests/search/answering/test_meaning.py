"""Hits by meaning stand beside those by words: marked, counted apart, switched off with a key, and never for operators."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from search.answering.answer import Answer, Question
from search.answering.ask import ask as ask_shelf
from search.answering.prepared import parse_question
from search.answering.records import answer_record
from search.engines.request import Sort
from search.meaning import loading
from search.meaning.context import MeaningState, vectors_sentence
from search.meaning.encoder import Floats
from search.meaning.vectors import VECTORS_FILE, Row, quantised, write_vectors
from search.model import Document, Passage
from search.query.terms import Match
from search.room import ReadingRoom
from search.settings import Settings
from tests.factories import make_document, make_passages, publish, with_theme
from tests.search.meaning.toy_model import ToyModel, toy_room

TEXTS = {
    "seats": [
        "The hall was cold that day. Women hold a third of all seats in the parliament of the country.",
        "Nothing was said of the budget of the committee for the year to come.",
    ],
    "coast": ["Sea, sea, nothing but the sea: year after year the sea takes one more village."],
    "short": ["Females and lawmakers."],
    "french": ["Les femmes tiennent un tiers des sièges women parliament dans le parlement du pays."],
}

SYMBOLS = {"short": ("Sea/Village/7",)}


def library() -> list[tuple[Document, tuple[Passage, ...]]]:
    languages = {"french": "fr"}
    made = [
        (
            make_document(name, language=languages.get(name, "en"), identifiers=SYMBOLS.get(name, ())),
            make_passages(name, texts),
        )
        for name, texts in TEXTS.items()
    ]
    made[0] = (made[0][0], (with_theme(made[0][1][0], "interoperability"), *made[0][1][1:]))
    return made


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ReadingRoom]:
    """The library, open, with a model of a few words."""
    yield from toy_room(tmp_path_factory.mktemp("meaning"), library())


def ask(room: ReadingRoom, text: str, **more: object) -> Answer:
    return room.ask(Question(text, **more))  # type: ignore[arg-type]


def found(answer: Answer) -> list[tuple[str, bool]]:
    return [(hit.document.document_id, hit.by_meaning) for hit in answer.hits]


ASKED = "females among lawmakers"


def test_a_symbol_brings_its_document_first_whatever_its_words_mean(room: ReadingRoom) -> None:
    answer = ask(room, "Sea/Village/7")
    assert answer.meaning is MeaningState.NOT_ASKED
    assert found(answer) == [("short", False)]


@pytest.mark.parametrize("text", ["A/49/624", "EC 130 A 38", "ISBN 92 845 0211", "1325 women"])
def test_figures_and_codes_are_not_asked_by_meaning(room: ReadingRoom, text: str) -> None:
    assert ask(room, text).meaning is MeaningState.NOT_ASKED


def test_a_passage_that_says_it_in_other_words_is_found_and_marked(room: ReadingRoom) -> None:
    answer = ask(room, ASKED)
    assert found(answer) == [("short", False), ("seats", True)]
    hit = answer.hits[1]
    assert hit.nearest is not None
    assert hit.passage.text[slice(*hit.nearest)].startswith("Women hold")
    assert hit.snippet.text.startswith("Women hold") or "Women hold" in hit.snippet.text
    assert [(why.reason, why.words) for why in hit.why] == [("meaning", ())]


def test_totals_and_facets_stay_those_of_the_words(room: ReadingRoom) -> None:
    with_it, without = ask(room, ASKED), ask(room, ASKED, without=("meaning",))
    assert (with_it.total, with_it.documents, with_it.facets) == (
        without.total,
        without.documents,
        without.facets,
    )
    assert with_it.by_meaning == len([hit for hit in with_it.hits if hit.by_meaning])
    assert (without.by_meaning, without.meaning) == (0, MeaningState.SWITCHED_OFF)


def test_the_record_says_which_hits_are_by_meaning_and_where(room: ReadingRoom) -> None:
    record = answer_record(ask(room, ASKED))
    words, meaning = record["hits"]
    assert (words["by"], words["nearest"]) == ("words", None)
    assert (meaning["by"], meaning["nearest"]) == ("meaning", [28, 93])
    assert (record["by_meaning"], record["meaning"]) == (1, "on")


@pytest.mark.parametrize(
    "text",
    ['"females among lawmakers"', "females AND lawmakers", "females NOT lawmakers", "femal* lawmakers", "females~ lawmakers",
     "kind:report females", "title:seats females lawmakers", "females", "the females", "females date:2022"],
)  # fmt: skip
def test_operators_fields_and_single_words_give_what_they_gave(room: ReadingRoom, text: str) -> None:
    assert ask(room, text).meaning is MeaningState.NOT_ASKED
    assert as_bytes(room, text) == without_model(room, text)


def as_bytes(room: ReadingRoom, text: str, **more: object) -> bytes:
    """An answer as programs get it, but for the time that it took."""
    return json.dumps({**answer_record(ask(room, text, **more)), "took_ms": 0}).encode()


def without_model(room: ReadingRoom, text: str, **more: object) -> bytes:
    """The same answer by somebody who has no model."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loading, "_opened", lambda _folder: (None, "not there"))
        other = ReadingRoom(room.settings)
        answer = as_bytes(other, text, **more)
        other.close()
    return answer


def test_exact_words_and_other_orders_give_what_they_gave(room: ReadingRoom) -> None:
    assert ask(room, ASKED, exact=True).meaning is MeaningState.NOT_ASKED
    assert ask(room, ASKED, sort=Sort.NEWEST).meaning is MeaningState.NOT_ASKED
    for more in ({"exact": True}, {"sort": Sort.NEWEST}, {"sort": Sort.READING}):
        assert as_bytes(room, ASKED, **more) == without_model(room, ASKED, **more)
    assert as_bytes(room, ASKED) != without_model(room, ASKED)  # or equal bytes would say nothing


def test_an_older_version_that_a_newer_stands_for_does_not_come_back_by_meaning(room: ReadingRoom) -> None:
    context = replace(room.opened.context, superseded={"seats": "coast"})

    def documents(**more: object) -> list[str]:
        question = Question(ASKED, **more)  # type: ignore[arg-type]
        answer = ask_shelf(parse_question(question, context), context, 0.0)
        return [hit.document.document_id for hit in answer.hits]

    assert documents() == ["short"]
    assert documents(since="2020") == ["short"]
    assert documents(versions=True) == ["short", "seats"]


def test_a_question_in_another_language_is_answered_by_words_and_says_so(room: ReadingRoom) -> None:
    assert ask(room, "les femmes dans le parlement").meaning is MeaningState.LANGUAGE


def test_a_passage_in_another_language_has_no_vector(room: ReadingRoom) -> None:
    assert ("french", True) not in found(ask(room, ASKED))


def test_filters_dates_and_exclusions_hold_for_meaning_too(room: ReadingRoom) -> None:
    assert ("seats", True) in found(ask(room, ASKED, filters=(("theme", ("interoperability",)),)))
    assert ("seats", True) not in found(ask(room, ASKED, filters=(("document", ("coast",)),)))
    assert ("seats", True) not in found(ask(room, ASKED, excluded=(("theme", ("interoperability",)),)))
    assert ("seats", True) not in found(ask(room, ASKED, until="2001"))


def test_where_no_word_stands_anywhere_meaning_still_finds(room: ReadingRoom) -> None:
    answer = ask(room, "ocean warlords")
    assert answer.total == 0
    assert found(answer)[0] == ("coast", True)


def test_by_document_a_document_is_found_once(room: ReadingRoom) -> None:
    answer = ask(room, ASKED, per_document=1, plain=True, match=Match.ANY)
    assert ("seats", True) in found(answer)
    assert [hit.rank for hit in answer.hits] == list(range(1, len(answer.hits) + 1))
    assert len({hit.document.document_id for hit in answer.hits}) == len(answer.hits)


def test_a_question_is_encoded_once_whatever_is_asked_beside_it(
    room: ReadingRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    encoded: list[str] = []
    encode = ToyModel.encode

    def counted(model: ToyModel, texts: list[str]) -> Floats:
        encoded.extend(texts)
        return encode(model, texts)

    monkeypatch.setattr(ToyModel, "encode", counted)
    asked = "lawmakers and females of all countries"
    ask(room, asked)
    ask(room, asked, since="2020")
    ask(room, asked, limit=1, offset=1)
    assert encoded == [asked]


def test_pages_go_on_where_the_one_before_ended(room: ReadingRoom) -> None:
    whole = [hit.passage.passage_id for hit in ask(room, "women lawmakers sea year").hits]
    pages = [ask(room, "women lawmakers sea year", limit=1, offset=at).hits for at in range(len(whole))]
    assert [hit.passage.passage_id for page in pages for hit in page] == whole


def test_a_generation_without_vectors_answers_by_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "_opened", lambda _folder: (ToyModel(), ""))
    generation = publish(tmp_path, library())
    room = ReadingRoom(Settings(index=tmp_path))
    answer = ask(room, ASKED)
    room.close()
    assert (answer.meaning, found(answer)) == (MeaningState.NO_VECTORS, [("short", False)])
    assert "run `findings index`" in vectors_sentence(generation.folder, Settings(index=tmp_path))


def test_until_nearly_all_vectors_are_made_words_answer_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "_opened", lambda _folder: (ToyModel(), ""))
    generation = publish(tmp_path, library())
    made = quantised(ToyModel().encode([TEXTS["seats"][0]]))
    passage_id = library()[0][1][0].passage_id
    write_vectors(
        generation.folder / VECTORS_FILE,
        [Row(passage_id, "seats", made.rows[0], float(made.scales[0]))],
        ToyModel.name,
        4,
    )
    room = ReadingRoom(Settings(index=tmp_path))
    answer = ask(room, ASKED)
    room.close()
    assert (answer.meaning, found(answer)) == (MeaningState.NO_VECTORS, [("short", False)])


def test_the_setting_switches_it_off(room: ReadingRoom) -> None:
    off = ReadingRoom(replace(room.settings, meaning=False))
    answer = ask(off, ASKED)
    off.close()
    assert (answer.meaning, answer.by_meaning) == (MeaningState.NO_MODEL, 0)


def test_walking_through_the_answers_takes_those_by_meaning_along(room: ReadingRoom) -> None:
    question = Question(ASKED)
    hits = room.ask(question).hits
    place = room.find_place(question, hits[0].passage.passage_id)
    assert place is not None
    assert (place.number, place.total, place.next) == (1, len(hits), hits[1].passage.passage_id)
