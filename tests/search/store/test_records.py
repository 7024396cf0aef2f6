"""Model values as JSON and back: nothing is lost, and what comes out is plain JSON."""

from __future__ import annotations

import json
from dataclasses import asdict

from hypothesis import given
from hypothesis import strategies as st

from indexer.reading.reading import DraftMark, DraftPassage, FoundMetadata, Reading
from search.model import (
    Box,
    Document,
    Edition,
    Finding,
    FindingType,
    LabelSource,
    NoteSign,
    Passage,
    PassageKind,
    Theme,
    ThemeMark,
)
from search.store.records import (
    document_of,
    document_record,
    edition_of,
    passage_of,
    passage_record,
    theme_of,
)

texts = st.text(st.characters(codec="utf-8"), max_size=12)
tuples = st.lists(texts, max_size=3).map(tuple)
maybe = st.none() | texts
pages = st.none() | st.integers(1, 9999)
points = st.floats(0, 2000, allow_nan=False)
boxes = st.lists(st.builds(Box, st.integers(1, 99), points, points, points, points), max_size=3).map(tuple)
grades, scores = st.integers(1, 2), st.floats(0, 1)
spans = st.lists(st.tuples(st.integers(0, 99), st.integers(0, 999)), max_size=3).map(tuple)
findings = st.none() | st.builds(
    Finding,
    st.sampled_from(FindingType),
    texts,
    texts,
    maybe,
    st.booleans(),
    grades,
    scores,
    spans,
    maybe,
    tuples,
)
marks = st.lists(st.builds(ThemeMark, texts, tuples, grades, scores), max_size=3).map(tuple)
signs = st.lists(st.builds(NoteSign, texts, st.integers(0, 999), maybe), max_size=3).map(tuple)
passages = st.builds(
    Passage, texts, texts, st.integers(1, 9999), st.sampled_from(PassageKind), texts, pages, pages, maybe,
    tuples, maybe, findings, marks, boxes, maybe, pages, st.none() | st.sampled_from(LabelSource), maybe, signs, maybe, tuples,
)  # fmt: skip
documents = st.builds(
    Document, texts, texts, texts, texts, texts, texts, maybe, maybe, tuples, tuples, maybe, maybe, maybe,
    maybe, pages, st.integers(0, 10**6), st.integers(0, 10**6), st.lists(st.integers(1, 99)).map(tuple),
    tuples, st.booleans(),
)  # fmt: skip
drafts = st.builds(
    DraftPassage, st.sampled_from(PassageKind), texts, pages, pages, maybe, tuples, maybe, boxes, maybe,
    st.lists(st.builds(DraftMark, texts, st.integers(0, 999), pages, maybe), max_size=3).map(tuple), maybe, maybe,
    st.none() | st.sampled_from(LabelSource), maybe,
)  # fmt: skip


def through_json(record: object) -> dict[str, object]:
    """A record written and read again."""
    read: dict[str, object] = json.loads(json.dumps(record, ensure_ascii=False))
    return read


@given(passages)
def test_a_passage_comes_back_from_json_as_it_was(passage: Passage) -> None:
    assert passage_of(through_json(passage_record(passage))) == passage


@given(documents)
def test_a_document_comes_back_from_json_as_it_was(document: Document) -> None:
    assert document_of(through_json(document_record(document))) == document


@given(st.builds(Edition, texts, texts, texts, maybe, maybe, maybe, tuples, maybe, tuples))
def test_an_edition_comes_back_from_json_as_it_was(edition: Edition) -> None:
    assert edition_of(through_json(asdict(edition))) == edition


@given(st.builds(Theme, texts, texts, texts, tuples, tuples, tuples, tuples, tuples, tuples, tuples))
def test_a_theme_comes_back_from_json_as_it_was(theme: Theme) -> None:
    assert theme_of(through_json(asdict(theme))) == theme


@given(st.lists(drafts, max_size=3), pages, st.lists(st.integers(1, 99)), tuples, maybe)
def test_a_reading_comes_back_from_the_cache_as_it_was(
    found: list[DraftPassage], count: int | None, unread: list[int], notes: tuple[str, ...], title: str | None
) -> None:
    metadata = FoundMetadata(title=title, authors=notes)
    reading = Reading("text/plain", metadata, tuple(found), count, tuple(unread), notes)
    assert Reading.from_json(through_json(reading.to_json())) == reading


def test_a_passage_has_the_keys_of_the_contract() -> None:
    passage = Passage(
        "d/aaaaaaaaaa", "d", 1, PassageKind.TABLE, "words", 2, 3, "ii", ("Part",), "Ms X",
        Finding(FindingType.LESSON, "rule", "cue", "Allies", True, 1, 0.25, ((0, 5),), "They learned:", ("w",)),
        (ThemeMark("t", ("w",), 1, 0.5),), (Box(2, 1, 2, 3, 4),),
    )  # fmt: skip
    assert (
        passage_record(passage).items()
        >= {
            "passage_id": "d/aaaaaaaaaa",
            "document_id": "d",
            "ordinal": 1,
            "kind": "table",
            "page": 2,
            "page_end": 3,
            "page_label": "ii",
            "heading_path": ["Part"],
            "text": "words",
            "finding": {
                "type": "lesson",
                "addressee": "Allies",
                "rule": "rule",
                "cue": "cue",
                "reported": True,
                "grade": 1,
                "score": 0.25,
                "spans": [[0, 5]],
                "lead_in": "They learned:",
                "because": ["w"],
            },
            "themes": [{"id": "t", "because": ["w"], "grade": 1, "score": 0.5}],
            "speaker": "Ms X",
            "number": None,
            "boxes": [[2, 1, 2, 3, 4]],
        }.items()
    )


def test_unknown_keys_of_a_newer_version_are_passed_over() -> None:
    edition = Edition("e", "Title", "Place")
    assert edition_of({**asdict(edition), "invented_later": 1}) == edition
