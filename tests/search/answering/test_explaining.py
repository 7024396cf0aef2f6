"""Answers that explain themselves: classes of hits, reasons, exact only, exclusions, expansions, and nothing found."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from itertools import chain

import pytest

from search.analysis.irregular import related
from search.analysis.words import forms, stem
from search.answering.answer import Answer, Question
from search.answering.records import answer_record
from search.engines.request import FACETS, Sort
from search.model import Document, Passage, ThemeMark
from search.query.terms import Match
from search.room import ReadingRoom
from search.settings import Settings
from search.store.glossary import Acronym, Glossary
from tests.factories import make_document, make_passages, publish, with_theme

WORDS = [
    "trust",
    "fund",
    "funds",
    "funding",
    "exercise",
    "exercises",
    "exercised",
    "partner",
    "partners",
    "partnership",
    "peace",
    "security",
    "woman",
    "women",
    "defence",
    "institution",
    "institutions",
    "building",
    "builds",
    "integrity",
    "reform",
    "reforms",
    "lesson",
    "lessons",
    "report",
    "reports",
]
GLOSSARY = Glossary((Acronym("DEEP", ("Defence Education Enhancement Programme",), 2),))


def library() -> list[tuple[Document, Sequence[Passage]]]:
    """Forty passages of words in random order, and some that are written for their case."""
    dice = random.Random(7)
    drawn = [" ".join(dice.choices(WORDS, k=dice.randint(3, 9))).capitalize() + "." for _ in range(40)]
    written = [
        "DEEP supports academies.",
        "The Defence Education Enhancement Programme supports academies.",
        "Voluntary contributions pay for demining.",
        "Academies need teachers.",
    ]
    first = list(make_passages("first", drawn[:20]))
    first[3] = with_theme(first[3], "trust-funds")
    second = list(make_passages("second", [*drawn[20:], *written]))
    paid = second[22]
    second[22] = paid.__class__(
        **{
            **{name: getattr(paid, name) for name in paid.__slots__},
            "themes": (ThemeMark("trust-funds", ("Voluntary contributions",)),),
        }
    )
    return [
        (make_document("first", publisher="The Alliance"), first),
        (make_document("second", kind="speech", edition="p360-2018", date="2018", publisher="Alliance press"), second),
    ]  # fmt: skip


PASSAGES = [passage for _, passages in library() for passage in passages]


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ReadingRoom]:
    folder = tmp_path_factory.mktemp("explaining")
    publish(folder, library(), glossary=GLOSSARY)
    opened = ReadingRoom(Settings(index=folder))
    yield opened
    opened.close()


def ask(room: ReadingRoom, text: str, **more: object) -> Answer:
    return room.ask(Question(text, limit=200, **more))  # type: ignore[arg-type]


def found(answer: Answer) -> set[str]:
    return {hit.passage.passage_id for hit in answer.hits}


# --- exact only, and the classes ---------------------------------------------------------------------------


def hundred_questions() -> list[list[str]]:
    dice = random.Random(11)
    return [dice.sample(WORDS, dice.randint(1, 3)) for _ in range(100)]


@pytest.mark.parametrize("words", hundred_questions(), ids=" ".join)
def test_exact_only_is_what_a_scan_of_the_texts_finds(room: ReadingRoom, words: list[str]) -> None:
    scanned = {p.passage_id for p in PASSAGES if set(words) <= set(forms(p.text))}
    exact = ask(room, " ".join(words), match=Match.ALL, exact=True)
    assert found(exact) == scanned
    whole = ask(room, " ".join(words), match=Match.ALL)
    assert whole.counts is not None
    assert whole.counts.exact == len(scanned)
    wanted = [{stem(form) for form in (word, *chain(*related(word)))} for word in words]
    by_form = {
        p.passage_id
        for p in PASSAGES
        if all(stems & {stem(form) for form in forms(p.text)} for stems in wanted)
    }
    assert whole.counts.exact + whole.counts.form == len(by_form)
    counts = whole.counts
    assert counts.exact + counts.form + counts.acronym + counts.theme == whole.total


@pytest.mark.parametrize(
    "text",
    ["trust -funds", "fund OR exercise", '"trust fund" partner', "NOT NOT funds", "trus* fund", "funds kind:speech"],
)  # fmt: skip
def test_the_number_of_exact_ones_is_what_exact_only_gives(room: ReadingRoom, text: str) -> None:
    whole = ask(room, text)
    assert whole.counts is not None
    exact = ask(room, text, exact=True)
    assert exact.total == whole.counts.exact
    assert found(exact) <= found(whole)


def test_without_words_there_is_nothing_to_tell_apart(room: ReadingRoom) -> None:
    assert ask(room, "kind:speech").counts is None
    assert ask(room, "").counts is None


@pytest.mark.parametrize("words", hundred_questions()[::4], ids=" ".join)
@pytest.mark.parametrize("match", [Match.ANY, Match.AUTO])
def test_every_hit_has_a_reason_and_every_mark_is_one(
    room: ReadingRoom, words: list[str], match: Match
) -> None:
    for hit in ask(room, " ".join(words), match=match).hits:
        reasons = {why.reason for why in hit.why}
        assert reasons
        assert {mark.reason.value for mark in hit.snippet.marks} <= reasons
        assert all(word in hit.passage.text for why in hit.why for word in why.words)


def test_a_hit_by_conditions_alone_says_so(room: ReadingRoom) -> None:
    assert {why.reason for hit in ask(room, "kind:speech -trust").hits for why in hit.why} == {"condition"}


# --- expansions --------------------------------------------------------------------------------------------


def test_an_acronym_stands_for_its_long_form_and_the_other_way_round(room: ReadingRoom) -> None:
    for text in ("DEEP", "deep academies", "defence education enhancement programme"):
        answer = ask(room, text)
        assert answer.total == 2, text
        assert [e.key for e in answer.expansions] == ["acronym:DEEP"]
        assert answer.counts is not None
        assert (answer.counts.exact, answer.counts.acronym) == (1, 1)
        assert {why.reason for hit in answer.hits for why in hit.why} >= {"exact", "acronym"}


def test_the_label_of_a_theme_brings_its_passages_and_they_say_why(room: ReadingRoom) -> None:
    answer = ask(room, "trust funds")
    assert [e.key for e in answer.expansions] == ["theme:trust-funds"]
    (paid,) = [hit for hit in answer.hits if hit.passage.text.startswith("Voluntary")]
    assert [(why.reason, why.words) for why in paid.why] == [("theme", ("Voluntary contributions",))]


@pytest.mark.parametrize("off", ["acronym:DEEP", "all"])
def test_an_expansion_is_switched_off_by_its_key(room: ReadingRoom, off: str) -> None:
    answer = ask(room, "DEEP", without=(off,))
    assert answer.total == 1
    assert answer.expansions == ()
    assert [e.key for e in answer.switched_off] == ["acronym:DEEP"]


@pytest.mark.parametrize(
    "more",
    [{"exact": True}, {"plain": True}, {"match": Match.ANY}],
)
def test_nothing_is_expanded_where_that_is_not_wanted(room: ReadingRoom, more: dict[str, object]) -> None:
    assert ask(room, "DEEP", **more).expansions == ()


@pytest.mark.parametrize("text", ['"DEEP"', "NOT deep", "education programme", "title:DEEP", "deep*"])
def test_quoted_excluded_and_partial_names_are_not_expanded(room: ReadingRoom, text: str) -> None:
    assert ask(room, text).expansions == ()


# --- exclusions --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", "trust", "fund OR women"])
@pytest.mark.parametrize(
    "excluded",
    [(("theme", ("trust-funds",)),), (("kind", ("report",)),), (("edition", ("p360-2018",)), ("kind", ("x",)))],
)  # fmt: skip
def test_an_excluded_value_leaves_out_exactly_its_passages(
    room: ReadingRoom, text: str, excluded: tuple[tuple[str, tuple[str, ...]], ...]
) -> None:
    excluded = tuple((name, values) for name, values in excluded if values != ("x",))
    whole, less = ask(room, text), ask(room, text, excluded=excluded)
    barred = set(chain.from_iterable(found(ask(room, text, filters=(pair,))) for pair in excluded))
    assert found(less) == found(whole) - barred
    for facet in FACETS:
        for value in less.facets[facet]:
            under = ask(room, text, excluded=excluded, filters=((facet, (value.value_id,)),))
            assert value.count == under.total
    marked = {(f, v.value_id) for f in FACETS for v in less.facets[f] if v.excluded}
    assert marked == {(name, value) for name, values in excluded for value in values}


# --- order, organisations ----------------------------------------------------------------------------------


def test_the_oldest_come_first_when_asked_for(room: ReadingRoom) -> None:
    dates = [hit.document.date for hit in ask(room, "", sort=Sort.OLDEST).hits]
    assert dates == sorted(dates, key=str)


@pytest.mark.parametrize(
    ("text", "documents"),
    [
        ("organisation:alliance", {"first", "second"}),
        ('organisation:"The Alliance"', {"first"}),
        ("organisation:press", {"second"}),
        ("-organisation:press", {"first"}),
    ],
)
def test_an_organisation_is_found_by_words_of_its_name(
    room: ReadingRoom, text: str, documents: set[str]
) -> None:
    assert {hit.document.document_id for hit in ask(room, text).hits} == documents


def test_an_organisation_narrows_where_any_of_the_words_will_do(room: ReadingRoom) -> None:
    whole = found(ask(room, "trust women", match=Match.ANY))
    assert found(ask(room, "trust women organisation:alliance", match=Match.ANY)) == whole


# --- nothing found -----------------------------------------------------------------------------------------

LOST = [
    Question("zebra trust", match=Match.ALL),
    Question('"funds trust women"'),
    Question("academies AND demining"),
    Question("demining", filters=(("kind", ("report",)),)),
    Question("demining", since="2020"),
    Question("demining", excluded=(("kind", ("speech",)),)),
    Question("academy", exact=True),
    Question("parnter"),
    Question("partnerz funnd -women"),
    Question("theme:interoperability trust"),
]


@pytest.mark.parametrize("question", LOST, ids=lambda q: q.text)
def test_every_count_beside_nothing_is_what_its_question_finds(room: ReadingRoom, question: Question) -> None:
    answer = room.ask(question)
    assert answer.total == 0
    assert answer.nothing is not None
    for word in answer.nothing.words:
        assert word.count == room.ask(word.question).total
    ways = (*answer.nothing.spellings, *answer.nothing.relaxed)
    assert ways
    for way in ways:
        assert way.count == room.ask(way.question).total > 0
    assert answer_record(answer)["nothing"]["relaxed"] == [
        entry for entry in answer_record(answer)["nothing"]["relaxed"] if entry["count"]
    ]


def test_spellings_are_words_of_the_corpus(room: ReadingRoom) -> None:
    nothing = room.ask(Question("excercise")).nothing
    assert nothing is not None
    assert [spelling.change for spelling in nothing.spellings] == ["exercise"]
    nothing = room.ask(Question("parnter")).nothing  # two letters have changed places
    assert nothing is not None
    assert [spelling.change for spelling in nothing.spellings] == ["partner"]


def test_where_something_is_found_nothing_is_explained(room: ReadingRoom) -> None:
    assert room.ask(Question("trust")).nothing is None
