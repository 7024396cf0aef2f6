"""From a question to an answer: match modes, filters, counts, what was left out, mistakes and proposals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.analysis.gazetteer import find_mentions
from search.answering.answer import Answer, Counts, Question
from search.answering.records import answer_record
from search.engines.addressees import addressee_names
from search.engines.request import FACETS, Sort
from search.errors import UnknownValue
from search.model import DateSource, Document, Finding, FindingType, Passage
from search.query.terms import Match
from search.room import ReadingRoom
from search.settings import Settings
from tests.factories import make_document, make_passages, publish, with_theme

LESSON = Finding(FindingType.LESSON, "rule", "cue")


def library() -> list[tuple[Document, tuple[Passage, ...]]]:
    """Three documents of three kinds, two editions and three dates."""
    report = make_passages(
        "report",
        [
            "Trust funds need steady funding.",
            "Women, peace and security is an agenda of all Allies.",
            "Exercises build interoperability among partners.",
            "The peace of mind of partners rests on trust.",
        ],
    )
    speech = make_passages("speech", ["We trust our partners.", "Peace needs patience."], speaker="Ms Ana")
    note = make_passages("note", ["Nothing of the kind.", "Partners exercise every year."])
    return [
        (
            make_document("report"),
            (with_theme(report[0], "trust-funds"), replace(report[1], finding=LESSON), *report[2:]),
        ),
        (
            make_document("speech", kind="speech", edition="p360-2018", date="2018"),
            (with_theme(speech[0], "trust-funds"), with_theme(speech[1], "interoperability")),
        ),
        (make_document("note", kind="background", edition=None, date=None, language=None), note),
    ]


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ReadingRoom]:
    """The library, open."""
    folder = tmp_path_factory.mktemp("asking")
    publish(folder, library())
    opened = ReadingRoom(Settings(index=folder))
    yield opened
    opened.close()


def ask(room: ReadingRoom, text: str, **more: object) -> Answer:
    """The answer to a text."""
    return room.ask(Question(text, **more))  # type: ignore[arg-type]


def words_found(answer: Answer) -> list[str]:
    """The first words of the hits."""
    return [hit.passage.text.split()[0] for hit in answer.hits]


# --- match modes -----------------------------------------------------------------------------------------


def test_auto_wants_all_words_where_some_passage_has_them(room: ReadingRoom) -> None:
    answer = ask(room, "peace partners")
    assert (answer.match, answer.total, answer.understood) == (Match.ALL, 1, "peace AND partners")


def test_auto_falls_back_to_any_word_and_says_so(room: ReadingRoom) -> None:
    answer = ask(room, "patience interoperability", without=("all",))
    assert (answer.match, answer.total, answer.fell_back) == (Match.ANY, 2, True)
    assert answer.understood == "patience OR interoperability"


def test_all_never_falls_back(room: ReadingRoom) -> None:
    answer = ask(room, "patience interoperability", match=Match.ALL, without=("all",))
    assert (answer.match, answer.total) == (Match.ALL, 0)


def test_any_takes_any_at_once(room: ReadingRoom) -> None:
    answer = ask(room, "peace partners", match=Match.ANY)
    assert answer.match is Match.ANY
    assert answer.total == 6


def test_a_fallback_that_finds_nothing_stays_with_all(room: ReadingRoom) -> None:
    assert ask(room, "zebra giraffe").match is Match.ALL


def test_a_fallback_keeps_conditions_and_exclusions(room: ReadingRoom) -> None:
    answer = ask(room, "patience interoperability kind:speech -zebra", without=("all",))
    assert (answer.match, words_found(answer)) == (Match.ANY, ["Peace"])


def test_the_empty_question_is_everything(room: ReadingRoom) -> None:
    answer = ask(room, "")
    assert (answer.total, answer.documents, answer.understood) == (8, 3, "")


def test_plain_text_holds_no_operators(room: ReadingRoom) -> None:
    plain = ask(room, 'NOT peace "trust OR -partners', plain=True)
    assert plain.mistake is None
    assert plain.understood == "peace AND trust AND partners"
    assert words_found(plain) == ["The"]


# --- filters ---------------------------------------------------------------------------------------------


def test_a_filter_takes_people_s_names(room: ReadingRoom) -> None:
    answer = ask(room, "", filters=(("theme", ("Trust Funds",)), ("edition", ("2018",))))
    assert words_found(answer) == ["We"]


def test_values_of_a_filter_are_alternatives_and_filters_narrow_each_other(room: ReadingRoom) -> None:
    both = ask(room, "", filters=(("theme", ("trust-funds", "interoperability")),))
    assert both.total == 3
    assert ask(room, "", filters=(("theme", ("trust-funds",)), ("kind", ("speech",)))).total == 1


@pytest.mark.parametrize(
    ("name", "value", "proposal"),
    [
        ("theme", "trust-fnds", "trust-funds"),
        ("edition", "p360-2020", "p360-202"),
        ("kind", "reports", "report"),
    ],
)
def test_an_unknown_filter_is_refused_with_a_proposal(
    room: ReadingRoom, name: str, value: str, proposal: str
) -> None:
    with pytest.raises(UnknownValue, match=f"no {name} '{value}'; did you mean '{proposal}"):
        ask(room, "peace", filters=((name, (value,)),))
    with pytest.raises(UnknownValue, match=proposal):
        ask(room, f"peace {name}:{value}")


def test_a_filter_without_values_is_none(room: ReadingRoom) -> None:
    assert ask(room, "", filters=(("theme", ()),)).total == 8


def test_an_unknown_speaker_finds_nothing_because_speakers_are_no_closed_list(room: ReadingRoom) -> None:
    assert ask(room, "", filters=(("speaker", ("Mr Nobody",)),)).total == 0
    assert ask(room, "", filters=(("speaker", ("Ms Ana",)),)).total == 2


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(["", "peace", "trust OR partners", "-peace", '"trust funds"', "part*"]),
    st.sampled_from(
        [("theme", "trust-funds"), ("kind", "speech"), ("finding", "lesson"), ("edition", "p360-2022")]
    ),
)
def test_a_filter_never_adds_a_passage(room: ReadingRoom, text: str, chosen: tuple[str, str]) -> None:
    whole = {hit.passage.passage_id for hit in ask(room, text, limit=99).hits}
    narrowed = {
        hit.passage.passage_id for hit in ask(room, text, limit=99, filters=((chosen[0], (chosen[1],)),)).hits
    }
    assert narrowed <= whole


@pytest.mark.parametrize("text", ["", "peace", "trust OR partners", "-peace", "zebra"])
@pytest.mark.parametrize(
    "filters",
    [(), (("kind", ("speech",)),), (("kind", ("report",)), ("theme", ("trust-funds", "interoperability")))],
)
def test_counts_are_those_of_looking_at_every_passage(
    room: ReadingRoom, text: str, filters: tuple[tuple[str, tuple[str, ...]], ...]
) -> None:
    answer = ask(room, text, filters=filters)
    documents = {document.document_id: document for document, _ in library()}
    for facet in FACETS:
        others = tuple(pair for pair in filters if pair[0] != facet)
        hits = ask(room, text, filters=others, limit=99).hits
        wanted = Counter(
            v for hit in hits for v in _values(facet, hit.passage, documents[hit.passage.document_id])
        )
        assert {v.value_id: v.count for v in answer.facets[facet] if v.count} == dict(wanted)


def _values(facet: str, passage: Passage, document: Document) -> list[str]:
    """The values of a facet that a passage has."""
    found = {
        "theme": [mark.theme_id for mark in passage.themes],
        "finding": [passage.finding.type.value] if passage.finding else [],
        "addressee": list(addressee_names(passage.finding.addressee)) if passage.finding else [],
        "speaker": [passage.speaker] if passage.speaker else [],
        "edition": [document.edition] if document.edition else [],
        "kind": [document.kind],
        "document": [document.document_id],
        "mentions": list(find_mentions(passage.text)),
        "organisation": [document.publisher] if document.publisher else [],
    }
    return found[facet]


def test_a_chosen_value_is_shown_even_where_it_has_no_answers(room: ReadingRoom) -> None:
    answer = ask(room, "patience", filters=(("theme", ("defence-institution-building",)),))
    (chosen,) = [value for value in answer.facets["theme"] if value.chosen]
    assert (chosen.label, chosen.count) == ("Defence Institution Building", 0)


def test_counted_values_have_labels_and_the_most_frequent_stand_first(room: ReadingRoom) -> None:
    kinds = ask(room, "partners").facets["kind"]
    assert [(value.label, value.count) for value in kinds] == [
        ("Report", 2), ("Background paper", 1), ("Speech", 1),
    ]  # fmt: skip


# --- dates -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("since", "until", "total"),
    [
        (None, None, 8),
        ("2018", None, 6),
        ("2019", None, 4),
        (None, "2018", 2),
        (None, "2018-01-01", 2),
        ("2022-07", "2022-07", 4),
        ("2022-07-14", None, 0),
        ("2022", "2018", 0),
    ],
)
def test_dates_are_inclusive_and_leave_out_documents_without_a_date(
    room: ReadingRoom, since: str | None, until: str | None, total: int
) -> None:
    assert ask(room, "", since=since, until=until).total == total


def test_what_a_wanted_date_leaves_out_for_want_of_a_date_is_counted(room: ReadingRoom) -> None:
    free = ask(room, "nothing OR partners", filters=(("kind", ("background",)),))
    assert free.total > 0
    assert free.unknown == ()
    for question in (
        replace(free.question, since="1900"),
        replace(free.question, until="2030"),
        replace(free.question, text=f"({free.question.text}) date:2019"),
    ):
        answer = room.ask(question)
        assert answer.total == 0
        assert answer.undated == free.total
        assert room.ask(answer.unknown[0].question).total == free.total
        assert answer_record(answer)["undated"] == free.total


@pytest.mark.parametrize("text", ["peace OR date:2019", "peace -date:2019", "peace"])
def test_a_date_that_is_not_wanted_of_every_answer_leaves_out_nothing(room: ReadingRoom, text: str) -> None:
    assert ask(room, text).unknown == ()


def test_the_newest_come_first_when_asked_for(room: ReadingRoom) -> None:
    answer = ask(room, "partners", sort=Sort.NEWEST)
    assert [hit.document.document_id for hit in answer.hits] == ["report", "report", "speech", "note"]


# --- pages and groups ------------------------------------------------------------------------------------


def test_pages_of_an_answer_hold_every_hit_once_and_ranks_go_on(room: ReadingRoom) -> None:
    pages = [ask(room, "", limit=3, offset=offset).hits for offset in (0, 3, 6, 9)]
    assert [hit.rank for page in pages for hit in page] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert len({hit.passage.passage_id for page in pages for hit in page}) == 8


def test_by_document_each_document_comes_once_with_its_count(room: ReadingRoom) -> None:
    answer = ask(room, "partners", per_document=1)
    assert {hit.document.document_id: hit.in_document for hit in answer.hits} == {
        "report": 2,
        "speech": 1,
        "note": 1,
    }
    assert (answer.total, answer.documents) == (4, 3)


def test_by_document_the_limit_counts_documents(room: ReadingRoom) -> None:
    first = ask(room, "partners", per_document=1, limit=2)
    rest = ask(room, "partners", per_document=1, limit=2, offset=2)
    assert len({hit.document.document_id for hit in (*first.hits, *rest.hits)}) == 3
    assert [hit.rank for hit in rest.hits] == [3]


# --- what is said beside the hits ------------------------------------------------------------------------


def test_stop_words_beside_others_are_left_out_and_named(room: ReadingRoom) -> None:
    answer = ask(room, "the peace of partners")
    assert answer.left_out == ("the", "of")
    assert answer.understood == "peace AND partners"


def test_stop_words_in_capitals_are_names_and_looked_for(room: ReadingRoom) -> None:
    answer = ask(room, "OF trust the")
    assert answer.understood == "OF AND trust"
    assert answer.left_out == ("the",)


def test_any_of_the_words_is_said_beside_what_every_answer_must_have(room: ReadingRoom) -> None:
    answer = ask(room, "trust date:2000..2030 zebra")
    assert answer.fell_back
    assert answer.understood == "(trust OR zebra) AND date:2000..2030"
    assert ask(room, answer.understood).total == answer.total


def test_a_language_is_all_its_kinds_and_one_that_nobody_speaks_here_is_an_error(room: ReadingRoom) -> None:
    assert ask(room, "lang:en").total == ask(room, "lang:EN").total == 6
    with pytest.raises(UnknownValue, match="lang"):
        ask(room, "lang:e")


def test_what_is_spelt_nearly_so_is_not_counted_as_typed(room: ReadingRoom) -> None:
    answer = ask(room, "partnres~2 peace")
    assert answer.total == 1
    assert answer.counts == Counts(exact=0, form=0, spelling=1, acronym=0, theme=0)
    assert ask(room, "partnres~2 peace", exact=True, match=Match.ALL).total == 0
    right = ask(room, "partners~")
    assert right.counts is not None
    assert (
        right.counts.exact
        == ask(room, "partners", exact=True).total
        == ask(room, "partners~", exact=True).total
    )


def test_a_question_of_stop_words_alone_looks_for_them(room: ReadingRoom) -> None:
    answer = ask(room, "of the")
    assert answer.left_out == ()
    assert answer.total == 2


def test_a_question_with_a_mistake_is_answered_by_its_plain_words_and_the_mistake_is_shown(
    room: ReadingRoom,
) -> None:
    answer = ask(room, 'peace "of mind')
    assert answer.mistake is not None
    assert (answer.mistake.position, answer.mistake.proposal) == (6, "peace of mind")
    assert answer.total == 1
    assert answer_record(answer)["mistake"] == {
        "problem": "a quotation mark that is not closed",
        "position": 6,
        "proposal": "peace of mind",
    }


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("partnrs", "partners"),
        ("interopreability", "interoperability"),
        ("pecae", "peace"),
        ("trukt", "trust"),
        ("pxcxe", None),
    ],
)
def test_a_word_that_stands_nowhere_has_the_nearest_as_a_proposal(
    room: ReadingRoom, typed: str, meant: str | None
) -> None:
    assert ask(room, typed).did_you_mean == meant


def test_where_all_words_were_found_nothing_is_proposed(room: ReadingRoom) -> None:
    assert ask(room, "peace").did_you_mean is None


def test_where_no_passage_has_all_words_those_that_stand_nowhere_are_named_and_corrected(
    room: ReadingRoom,
) -> None:
    answer = ask(room, "partners peice")
    assert answer.fell_back
    assert answer.nothing is not None
    assert [word.words for word in answer.nothing.words if not word.count] == ["peice"]
    (spelling,) = answer.nothing.spellings
    assert (spelling.change, spelling.count) == ("partners peace", room.ask(spelling.question).total)
    assert answer.did_you_mean == "partners peace"


def test_a_proposal_finds_something(room: ReadingRoom) -> None:
    assert ask(room, '"steady fundng"').did_you_mean == '"steady funding"'
    assert ask(room, '"agenda fundng"').did_you_mean is None  # the words stand nowhere side by side


def test_marks_of_a_snippet_lie_in_its_text(room: ReadingRoom) -> None:
    (hit,) = ask(room, '"steady funding"').hits
    (mark,) = hit.snippet.marks
    assert hit.snippet.text[mark.start : mark.end] == "steady funding"


def test_the_answer_says_what_there_was_to_search(room: ReadingRoom) -> None:
    searched = ask(room, "zebra").searched
    assert (searched.documents, searched.passages, searched.unread_files) == (3, 8, 0)


# --- JSON ------------------------------------------------------------------------------------------------


def test_the_json_of_an_answer_has_the_keys_of_the_contract(room: ReadingRoom) -> None:
    record = answer_record(ask(room, "agenda", filters=(("kind", ("report",)),)))
    assert set(record) >= {
        "query", "understood", "match", "total", "documents", "hits", "facets", "did_you_mean", "generation",
        "took_ms",
    }  # fmt: skip
    (hit,) = record["hits"]
    assert {"type", "addressee", "rule", "cue", "reported", "grade", "score", "spans"} <= set(hit["finding"])
    passage_id = library()[0][1][1].passage_id
    assert (
        hit.items()
        >= {
            "rank": 1,
            "score": hit["score"],
            "passage_id": passage_id,
            "document_id": "report",
            "path": "reports/report.txt",
            "title": "The report",
            "edition": "p360-2022",
            "date": "2022-07-13",
            "kind": "report",
            "passage_kind": "paragraph",
            "page": None,
            "page_label": None,
            "heading_path": [],
            "speaker": None,
            "finding": hit["finding"],
            "themes": [],
            "snippet": {
                "text": "Women, peace and security is an agenda of all Allies.",
                "marks": [[32, 38, "exact"]],
            },
            "in_document": 1,
            "url": f"/p/{passage_id}",
        }.items()
    )
    assert record["facets"]["kind"] == [{"id": "report", "label": "Report", "count": 1, "chosen": True}]


def test_an_answer_that_was_cut_says_so(room: ReadingRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    searcher = room.opened.context.searcher
    search = searcher.search
    monkeypatch.setattr(searcher, "search", lambda request: replace(search(request), complete=False))
    assert answer_record(room.ask(Question("trust")))["complete"] is False
    monkeypatch.undo()
    assert room.ask(Question("trust")).complete


def test_other_spellings_and_forms_are_counted_apart_marked_and_switched_off(tmp_path: Path) -> None:
    texts = (
        "The organization of peace.",
        "An organisation for peace.",
        "Organisations of peace.",
        "One woman of peace.",
        "Women of peace.",
    )
    publish(tmp_path, [(make_document("d"), list(make_passages("d", texts)))])
    opened = ReadingRoom(Settings(index=tmp_path))
    answer = ask(opened, "organization")
    assert answer.counts == Counts(exact=1, form=1, spelling=1, acronym=0, theme=0)
    reasons = {hit.passage.ordinal: [mark.reason.value for mark in hit.marks] for hit in answer.hits}
    assert reasons == {1: ["exact"], 2: ["spelling"], 3: ["spelling"]}
    assert ask(opened, "organization", without=("spelling",)).total == 1
    assert ask(opened, "organization", without=("form",)).total == 2
    assert ask(opened, "woman").counts == Counts(exact=1, form=1, spelling=0, acronym=0, theme=0)
    assert ask(opened, "woman", without=("form",)).total == 1
    assert ask(opened, "organization", exact=True).total == 1
    opened.close()


@pytest.fixture(scope="module")
def symbols(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ReadingRoom]:
    """A report with a symbol that stands in none of its passages, and a speech that cites it twice."""
    folder = tmp_path_factory.mktemp("symbols")
    report = make_document("report", identifiers=("X/2019/7", "arXiv:1901.00001v2"))
    cites = make_passages("speech", ["X/2019/7 says so, and X/2019/7 is right.", "We trust our partners."])
    publish(
        folder,
        [
            (report, make_passages("report", ["Lamps need oil.", "Oil needs care."])),
            (make_document("speech"), cites),
        ],
    )
    opened = ReadingRoom(Settings(index=folder))
    yield opened
    opened.close()


@pytest.mark.parametrize("symbol", ["X/2019/7", "x/2019/7", "arXiv:1901.00001v2", "1901.00001v2"])
def test_a_symbol_puts_its_own_document_first(symbols: ReadingRoom, symbol: str) -> None:
    answer = symbols.ask(Question(symbol))
    assert [hit.document.document_id for hit in answer.hits][:2] == ["report", "report"]
    assert answer.mistake is None


def test_a_symbol_beside_other_words_is_announced_and_can_be_switched_off(symbols: ReadingRoom) -> None:
    answer = symbols.ask(Question("oil X/2019/7"))
    assert [expansion.kind for expansion in answer.expansions] == ["symbol"]
    assert {hit.document.document_id for hit in answer.hits} == {"report"}
    assert (
        symbols.ask(Question("oil X/2019/7", match=Match.ALL, without=(answer.expansions[0].key,))).total == 0
    )


def test_a_date_that_only_the_file_has_filters_nothing(tmp_path: Path) -> None:
    document = make_document("report", date="2022-07-13", date_source=DateSource.FILE)
    publish(tmp_path, [(document, make_passages("report", ["Lamps need oil."]))])
    room = ReadingRoom(Settings(index=tmp_path))
    assert room.ask(Question("lamps", since="2022")).total == 0
    assert room.ask(Question("lamps")).total == 1
    room.close()


def test_between_all_words_and_any_stand_tiers_with_counts(tmp_path: Path) -> None:
    texts = [f"Mentors prepare recruits for duty number {n}." for n in range(12)]
    texts += [f"Recruits arrive on day {n}." for n in range(30)]
    texts += [f"The harbour lies at pier {n}." for n in range(12)]
    publish(tmp_path, [(make_document("d"), list(make_passages("d", tuple(texts))))])
    opened = ReadingRoom(Settings(index=tmp_path))
    answer = ask(opened, "mentors prepare recruits harbour", limit=100)
    tiers = {tier.label: (tier.count, tier.shown) for tier in answer.tiers}
    assert tiers == {
        "all words": (0, False),
        "most of the words": (12, True),
        "any of the words": (54, False),
    }
    assert (answer.match, answer.total, answer.fell_back) == (Match.MOST, 12, True)
    assert sum(value.count for value in answer.facets["kind"]) == 12
    for tier in answer.tiers:
        assert ask(opened, tier.text, match=tier.match).total == tier.count
    opened.close()


def test_words_that_only_ask_give_way_first_and_are_named(tmp_path: Path) -> None:
    texts = tuple(f"Mentors prepare recruits for duty number {n}." for n in range(12))
    publish(tmp_path, [(make_document("d"), list(make_passages("d", texts)))])
    opened = ReadingRoom(Settings(index=tmp_path))
    answer = ask(opened, "role of mentors")
    assert (answer.match, answer.total, answer.left_out) == (
        Match.ALL,
        12,
        ("of", "role"),
    ) or answer.left_out == ("role",)
    assert [tier.label for tier in answer.tiers if tier.shown] == ["all words but those that only ask"]
    opened.close()
