"""A search term report counts what anybody counts who looks at every passage, and says what was searched."""

from __future__ import annotations

import csv
import io
import random
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path

import pytest

from search.analysis.words import forms
from search.answering.answer import Question
from search.answering.batch import Asked
from search.answering.prepared import words_of
from search.engines.entries import index_entries
from search.engines.reference.engine import MemorySearcher
from search.engines.request import SearchRequest, Sort
from search.errors import UnknownValue
from search.near_duplicates import LookAlike, Relation
from search.query.parser import parse_query
from search.query.terms import Match, analyse
from search.room import ReadingRoom
from search.settings import Settings
from search.term_reports.report import OLDER_LEFT_OUT, make_report, recorded, report_question, years_of
from search.term_reports.tables import CSV_COLUMNS, report_csv, report_record, report_sheets
from search.term_reports.workbook import workbook_bytes
from tests.factories import make_document, make_passages, publish

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
QUERIES = 200
DATES = ("2016-06", "2017", None, "2018-01-31", "2018-12", "2020", "2021-03-04", "2024")


@pytest.fixture(scope="module")
def room(shipped_index: Settings) -> Iterator[ReadingRoom]:
    room = ReadingRoom(shipped_index)
    yield room
    room.close()


@pytest.fixture(scope="module")
def dated(room: ReadingRoom, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ReadingRoom]:
    """The texts of the shipped corpus, of many years; two documents are older versions of their neighbours."""
    folder, catalog = tmp_path_factory.mktemp("dated"), room.opened.catalog
    listed = list(catalog.documents())
    older = {listed[at].document_id: listed[at + 1].document_id for at in (1, 5)}
    library = []
    for document, date in zip(listed, cycle(DATES)):
        name = document.document_id
        looks = (LookAlike(name, older[name], Relation.OLDER, 0.9),) if name in older else ()
        library.append((replace(document, date=date, look_alikes=looks), catalog.passages_of(name)))
    publish(folder, library)
    opened = ReadingRoom(Settings(index=folder))
    yield opened
    opened.close()


def asked(*texts: str) -> list[Asked]:
    return [Asked(f"q{number}", text, number) for number, text in enumerate(texts, 1)]


def random_queries(room: ReadingRoom, chance: random.Random) -> list[str]:
    """Queries with every operator, over words, pairs of words and values that stand in the corpus."""
    passages = [forms(passage.text) for passage in room.opened.catalog.all_passages()]
    long = [words for words in passages if len(words) > 8]
    themes = [theme.theme_id for theme in room.opened.catalog.themes().all]

    def word() -> str:
        return chance.choice(chance.choice(long))

    def pair() -> str:
        words = chance.choice(long)
        place = chance.randrange(len(words) - 6)
        return f'"{words[place]} {words[place + chance.randint(1, 5)]}"~{chance.randint(1, 8)}'

    def phrase() -> str:
        words = chance.choice(long)
        place = chance.randrange(len(words) - 2)
        return f'"{words[place]} {words[place + 1]}"'

    def prefix() -> str:
        return next((w[:4] for w in (word() for _ in range(50)) if len(w) > 5 and w.isalpha()), "secu") + "*"

    def nearly() -> str:
        return next((w for w in (word() for _ in range(50)) if len(w) > 5 and w.isalpha()), "peace") + "~"

    def condition() -> str:
        some = (
            f"theme:{chance.choice(themes)}",
            f"date:{chance.randint(2016, 2024)}..",
            "kind:digest",
            "heading:security",
        )
        return chance.choice(some)

    def leaf() -> str:
        return chance.choice((word, word, pair, pair, phrase, prefix, nearly, condition))()

    def query(depth: int) -> str:
        if depth == 0 or chance.random() < 0.2:
            return leaf()
        parts = [query(depth - 1) for _ in range(chance.randint(2, 3))]
        joined = chance.choice((" ", " AND ", " OR ", " AND NOT ")).join(parts)
        return f"({joined})"

    return [query(chance.randint(1, 3)) for _ in range(QUERIES)]


def test_counts_of_200_random_queries_equal_those_of_looking_at_every_passage(dated: ReadingRoom) -> None:
    """The years and versions that count are chosen here by looking at each document, without a word to the engine."""
    context = dated.opened.context
    texts = random_queries(dated, random.Random(20260301))
    base = Question(since="2017", until="2021")
    report = make_report(asked(*texts), base, context, NOW)
    wanted = {d: document for d, document in context.documents.items() if _counts(document.date)}
    shown = wanted.keys() - context.superseded.keys()
    assert wanted.keys() & context.superseded.keys()
    oracle = _looks_at_everything(dated)
    found = [{pair for pair in oracle(text) if pair[1] in shown} for text in texts]
    many = Counter(pair for hits in found for pair in hits)
    in_queries = Counter(document for hits in found for document in {d for _, d in hits})
    assert sum(bool(hits) for hits in found) > QUERIES / 2  # or equal counts would say nothing
    assert report.passages == len(many)
    assert report.documents == len(in_queries)
    assert years_of(report) == ("2017", "2018", "2020", "2021")
    for one, hits, shared in zip(report.counts, found, report.overlap, strict=True):
        assert not one.problem, one
        assert one.complete, one
        assert one.passages == len(hits), one.asked.text
        assert one.by_document == Counter(document for _, document in hits)
        assert one.documents == len({document for _, document in hits})
        assert one.only_passages == sum(many[pair] == 1 for pair in hits)
        assert one.only_documents == sum(in_queries[d] == 1 for d in {d for _, d in hits})
        assert one.years == Counter(str(wanted[d].date)[:4] for _, d in hits)
        assert list(one.years) == sorted(one.years)
        assert list(shared) == [len(hits & other) for other in found]


def _counts(date: str | None) -> bool:
    """Whether a document of this date is of 2017 to 2021."""
    return date is not None and "2017" <= date[:4] <= "2021"


def _looks_at_everything(room: ReadingRoom) -> Callable[[str], set[tuple[str, str]]]:
    """What gives each passage, with its document, that matches a query by the language of queries alone."""
    opened = room.opened
    entries = [
        entry
        for document in opened.catalog.documents()
        for entry in index_entries(opened.catalog.passages_of(document.document_id), document)
    ]
    searcher = MemorySearcher(entries)

    def matching(text: str) -> set[tuple[str, str]]:
        written = opened.context.names.resolve(parse_query(text))
        words = words_of(report_question(text, Question()), opened.context)
        terms = analyse(written, Match.ALL, words)
        hits = searcher.search(SearchRequest(terms, sort=Sort.READING, limit=len(entries), facets=())).hits
        return {(hit.passage_id, hit.document_id) for hit in hits}

    return matching


def test_documents_without_a_date_are_counted_by_year_as_undated_ones_last(dated: ReadingRoom) -> None:
    report = dated.report_terms(asked("partners OR peace OR trust"), Question())
    assert years_of(report) == ("2016", "2017", "2018", "2020", "2021", "2024", "undated")
    assert tuple(report.counts[0].years) == years_of(report)
    assert sum(report.counts[0].years.values()) == report.passages


def test_a_query_that_names_an_older_version_counts_all_of_its_passages(tmp_path: Path) -> None:
    """Also where older versions have more passages than all that is searched as a rule."""
    older = tuple(LookAlike(f"old-{n}", "new", Relation.OLDER, 0.9) for n in range(3))
    texts = [f"The ferry was late in the week {week}." for week in range(4)]
    library = [
        (
            make_document(look.document_id, look_alikes=(look,), passages=4),
            make_passages(look.document_id, texts),
        )
        for look in older
    ]
    library.append((make_document("new", passages=1), make_passages("new", ["The ferry was early."])))
    publish(tmp_path, library)
    room = ReadingRoom(Settings(index=tmp_path))
    report = room.report_terms(
        asked("ferry", "ferry AND (document:old-0 OR document:old-1 OR document:old-2)"),
        Question(versions=True),
    )
    totals = [room.ask(one.question).total for one in report.counts]
    room.close()
    assert [one.passages for one in report.counts] == totals == [1, 12]
    assert all(one.complete for one in report.counts)
    assert dict(recorded(report.record))["Older versions of documents"] == OLDER_LEFT_OUT


def test_counts_that_more_passages_have_than_were_given_are_the_least_there_is(
    dated: ReadingRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(dated.opened.catalog), "count_passages", lambda _self: 1)
    assert not dated.report_terms(asked("peace"), Question()).counts[0].complete


def test_what_cannot_be_read_is_named_and_counts_nothing(room: ReadingRoom) -> None:
    report = room.report_terms(asked('"trust fund', "theme:nonsense", "  ", "trust fund"), Question())
    problems = [one.problem for one in report.counts]
    assert "character" in problems[0]
    assert "nonsense" in problems[1]
    assert problems[2] == "empty query"
    assert problems[3] == ""
    assert [one.passages for one in report.counts[:3]] == [0, 0, 0]
    assert report.passages == report.counts[3].passages > 0


def test_nothing_is_searched_beside_the_words(room: ReadingRoom) -> None:
    """Neither acronyms nor themes nor any of the words where no passage has all."""
    searched = room.ask(Question("DIB"))
    report = room.report_terms(asked("DIB", "trust zzzz"), Question())
    assert searched.expansions
    assert report.counts[0].passages < searched.total
    assert report.counts[1].passages == 0


def test_the_results_of_a_query_are_as_many_as_it_is_counted(room: ReadingRoom) -> None:
    report = room.report_terms(
        asked('"security sector"~3 AND NOT women', "exercises OR training"), Question()
    )
    for one in report.counts:
        assert room.ask(one.question).total == one.passages > 0


def test_filters_hold_for_all_queries_and_one_that_names_nothing_is_refused(room: ReadingRoom) -> None:
    everywhere = room.report_terms(asked("security"), Question()).counts[0]
    within = room.report_terms(asked("security"), Question(filters=(("kind", ("digest",)),))).counts[0]
    assert 0 < within.passages < everywhere.passages
    with pytest.raises(UnknownValue):
        room.report_terms(asked("security"), Question(filters=(("theme", ("nonsense",)),)))


def test_every_file_says_what_was_searched(room: ReadingRoom) -> None:
    base = Question(filters=(("kind", ("digest",)),), since="2018", exact=True)
    report = make_report(asked("=trust", "fund"), base, room.opened.context, NOW)
    said = dict(recorded(report.record))
    assert said["Asked"] == "2026-03-01 12:00:00 UTC"
    assert said["Generation of the index"] == room.opened.meta.generation
    assert said["Filters"] == "kind: digest"
    assert said["From"] == "2018"
    rows = list(csv.DictReader(io.StringIO(report_csv(report))))
    assert tuple(rows[0]) == CSV_COLUMNS
    assert {row["key"]: row["label"] for row in rows if row["part"] == "record"} == said
    assert [row["query"] for row in rows if row["part"] == "query"] == ["'=trust", "fund"]
    record = report_record(report)
    assert record["record"]["generation"] == room.opened.meta.generation
    assert [one["query"] for one in record["queries"]] == ["=trust", "fund"]
    book = zipfile.ZipFile(io.BytesIO(workbook_bytes(report_sheets(report))))
    texts = book.read("xl/sharedStrings.xml").decode()
    assert said["Generation of the index"] in texts
    assert "=trust" in texts
    assert not any(b"<f>" in book.read(name) for name in book.namelist())  # no cell is run as a formula


def test_a_table_has_the_same_figures_as_the_report(dated: ReadingRoom) -> None:
    report = dated.report_terms(asked("security", "women", "exercises"), Question())
    assert len(years_of(report)) > 4
    rows = list(csv.DictReader(io.StringIO(report_csv(report))))
    for one, shared in zip(report.counts, report.overlap, strict=True):
        mine = [row for row in rows if row["id"] == one.asked.id]
        by_year = {row["key"]: int(row["passages"]) for row in mine if row["part"] == "year"}
        assert by_year == one.years
        by_document = {row["key"]: int(row["passages"]) for row in mine if row["part"] == "document"}
        assert by_document == one.by_document
        pairs = [int(row["passages"]) for row in mine if row["part"] == "overlap"]
        assert sorted(pairs) == sorted(
            many for other, many in zip(report.counts, shared, strict=True) if other is not one
        )
