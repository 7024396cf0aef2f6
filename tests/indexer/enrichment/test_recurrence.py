"""Findings that recur: the same thing said again on another day, and nothing that only sounds alike."""

from __future__ import annotations

from indexer.enrichment.recurrence import find_recurrences
from search.model import Document, Passage, Recurrence
from tests.factories import make_document, make_passages

OLD = "Participants recommended that trust funds be planned for several years, with one lead nation and a light report."
NEW = "Participants again recommended that trust funds be planned for several years, with a lead nation and light reports."
OTHER = "Participants recommended that naval exercises in northern waters include rescue services of coastal towns."


def _library(*rows: tuple[str, str, str]) -> tuple[list[Passage], dict[str, Document]]:
    documents = {name: make_document(name, date=day) for name, day, _ in rows}
    return [p for name, _, text in rows for p in make_passages(name, [text])], documents


def _pairs(*rows: tuple[str, str, str], same: bool = False) -> list[tuple[str, str]]:
    found = find_recurrences(*_library(*rows), lambda a, b: same or a == b)
    return [(pair.later.partition("/")[0], pair.earlier.partition("/")[0]) for pair in found]


def test_a_finding_is_linked_to_the_earlier_one_that_it_repeats_whatever_the_order() -> None:
    rows = [("a2022", "2022-07-13", NEW), ("a2019", "2019-06-12", OLD), ("c2018", "2018", OTHER)]
    assert _pairs(*rows) == _pairs(*reversed(rows)) == [("a2022", "a2019")]


def test_nothing_recurs_on_the_same_day_in_copies_or_in_a_few_common_words() -> None:
    assert _pairs(("a", "2022", NEW), ("b", "2022", OLD)) == []
    assert _pairs(("a", "2022", NEW), ("b", "2019", OLD), same=True) == []
    short = "We must act now, together."
    assert _pairs(("a", "2022", short), ("b", "2019", short)) == []


def test_a_short_finding_within_a_long_one_is_not_the_same_finding() -> None:
    long = " ".join(
        [OLD, OTHER, "Speakers from nine ministries described budgets, calendars, ports, harvests and roads."]
    )
    assert _pairs(("a", "2022", long), ("b", "2019", OLD)) == []


def test_likeness_is_a_share() -> None:
    passages, documents = _library(("a", "2022", OLD), ("b", "2019", OLD), ("c", "2018", OTHER))
    (pair,) = find_recurrences(passages, documents, lambda a, b: a == b)
    assert pair == Recurrence(passages[0].passage_id, passages[1].passage_id, 1.0)
