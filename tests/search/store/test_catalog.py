"""The catalog: documents, passages, former ids and lists of one generation, read by many threads at once."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from search.errors import DocumentNotFound, EditionNotFound, IndexDamaged, PassageNotFound
from search.store.catalog import Catalog, CatalogWriter, Unread, copy_catalog
from tests.factories import EDITIONS, THEMES, make_document, make_passages, with_theme

TEXTS = ["Alpha speaks of peace.", "Beta speaks of trust.", "Gamma ends – “really”."]
FORMER = {"a/zzzzzzzzzz": {"state": "withdrawn", "successor": None, "text": "gone", "since": "2024-01-01"}}


def fill(path: Path) -> None:
    """Two documents, one unread file, a former id and both lists."""
    writer = CatalogWriter(path)
    writer.set_document(make_document("b"), "digest-b", make_passages("b", TEXTS))
    writer.set_document(make_document("a"), "digest-a", make_passages("a", TEXTS, page=2, page_end=2))
    writer.set_unread([Unread("z.pdf", "damaged file", "no header"), Unread("c.pdf", "empty file", "")])
    writer.set_former(FORMER)
    writer.set_lists(EDITIONS, THEMES)
    writer.close()


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    """A filled catalog, open for reading."""
    fill(tmp_path / "catalog.sqlite")
    opened = Catalog(tmp_path / "catalog.sqlite")
    yield opened
    opened.close()


def test_everything_comes_back_as_it_was_written(catalog: Catalog) -> None:
    assert catalog.documents() == [make_document("a"), make_document("b")]
    assert catalog.get_document("b") == make_document("b")
    assert catalog.passages_of("b") == list(make_passages("b", TEXTS))
    assert catalog.input_digests() == {
        "reports/a.txt": ("a", "digest-a"),
        "reports/b.txt": ("b", "digest-b"),
    }
    assert catalog.unread() == [
        Unread("c.pdf", "empty file", ""),
        Unread("z.pdf", "damaged file", "no header"),
    ]
    assert catalog.editions() == list(EDITIONS)
    assert catalog.themes() == THEMES
    assert catalog.find_former("a/zzzzzzzzzz") == FORMER["a/zzzzzzzzzz"]
    assert catalog.count_passages() == 6


def test_what_is_not_there_is_none_or_an_error_that_names_it(catalog: Catalog) -> None:
    assert catalog.find_document("x") is None
    assert catalog.find_passage("x") is None
    assert catalog.find_former("x") is None
    with pytest.raises(DocumentNotFound, match="'x'"):
        catalog.get_document("x")
    with pytest.raises(PassageNotFound, match="'x'"):
        catalog.get_passage("x")
    with pytest.raises(EditionNotFound, match="'x'"):
        catalog.get_edition("x")
    assert catalog.get_edition("p360-2022") == EDITIONS[1]


def test_passages_come_in_the_order_asked_for_without_unknown_ids(catalog: Catalog) -> None:
    ids = [passage.passage_id for passage in catalog.passages_of("a")]
    assert [p.passage_id for p in catalog.passages([ids[2], "none/aaaaaaaaaa", ids[0]])] == [ids[2], ids[0]]
    assert catalog.passages([]) == []


def test_more_ids_than_one_statement_takes_are_all_found(tmp_path: Path) -> None:
    texts = [f"Sentence number {n}." for n in range(1201)]
    writer = CatalogWriter(tmp_path / "c.sqlite")
    writer.set_document(make_document(), "", make_passages("report", texts))
    writer.close()
    catalog = Catalog(tmp_path / "c.sqlite")
    ids = [passage.passage_id for passage in catalog.passages_of("report")][::-1]
    assert [passage.text for passage in catalog.passages(ids)] == texts[::-1]
    catalog.close()


def test_a_range_of_ordinals_is_inclusive_and_may_go_beyond_the_end(catalog: Catalog) -> None:
    assert [p.ordinal for p in catalog.passages_of("a", 2, 3)] == [2, 3]
    assert [p.ordinal for p in catalog.passages_of("a", 3, 99)] == [3]
    assert catalog.passages_of("a", 4) == []


def test_a_passage_stands_on_every_page_it_reaches(tmp_path: Path) -> None:
    first, second = make_passages("report", ["One.", "Two."], page=1, page_end=1)
    writer = CatalogWriter(tmp_path / "c.sqlite")
    writer.set_document(make_document(), "", [first, replace(second, page_end=3)])
    writer.close()
    catalog = Catalog(tmp_path / "c.sqlite")
    on = {page: [p.ordinal for p in catalog.passages_on("report", page)] for page in (1, 2, 3, 4)}
    catalog.close()
    assert on == {1: [1, 2], 2: [2], 3: [2], 4: []}


def test_all_passages_come_by_document_in_reading_order(catalog: Catalog) -> None:
    assert [(p.document_id, p.ordinal) for p in catalog.all_passages()] == [
        ("a", 1), ("a", 2), ("a", 3), ("b", 1), ("b", 2), ("b", 3),
    ]  # fmt: skip


def test_a_document_is_replaced_with_all_its_passages(tmp_path: Path) -> None:
    fill(tmp_path / "c.sqlite")
    writer = CatalogWriter(tmp_path / "c.sqlite")
    changed = make_document("a", title="Another title")
    (only,) = make_passages("a", ["New words."])
    writer.set_document(changed, "digest-2", [with_theme(only, "trust-funds")])
    writer.remove_document("b")
    writer.remove_document("never there")
    assert writer.count_documents() == 1
    assert writer.passage_ids() == [only.passage_id]
    writer.close()
    catalog = Catalog(tmp_path / "c.sqlite")
    assert catalog.documents() == [changed]
    assert catalog.passages_of("a") == [with_theme(only, "trust-funds")]
    catalog.close()


def test_a_copy_is_whole_and_leaves_the_source_as_it_was(tmp_path: Path) -> None:
    fill(tmp_path / "old.sqlite")
    before = (tmp_path / "old.sqlite").read_bytes()
    copy_catalog(tmp_path / "old.sqlite", tmp_path / "new.sqlite")
    writer = CatalogWriter(tmp_path / "new.sqlite")
    writer.remove_document("a")
    writer.close()
    assert (tmp_path / "old.sqlite").read_bytes() == before
    old, new = Catalog(tmp_path / "old.sqlite"), Catalog(tmp_path / "new.sqlite")
    assert (len(old.documents()), len(new.documents())) == (2, 1)
    old.close()
    new.close()


def test_many_threads_may_read_at_once(catalog: Catalog) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: len(list(catalog.all_passages())), range(64)))
    assert found == [6] * 64


@pytest.mark.parametrize("name", ["with space.sqlite", "a?b#c%d.sqlite", "new\nline.sqlite", "été.sqlite"])
def test_the_file_may_have_any_name(tmp_path: Path, name: str) -> None:
    fill(tmp_path / name)
    catalog = Catalog(tmp_path / name)
    assert catalog.count_passages() == 6
    catalog.close()


@pytest.mark.parametrize("content", [None, b"", b"not a database at all, but long enough to look at" * 40])
def test_a_missing_or_foreign_file_is_reported_as_damaged(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "catalog.sqlite"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(IndexDamaged, match=r"catalog\.sqlite"):
        Catalog(path)
    assert path.exists() is (content is not None)


def test_damage_that_shows_only_later_is_reported_as_damage_too(tmp_path: Path) -> None:
    path = tmp_path / "catalog.sqlite"
    writer = CatalogWriter(path)
    writer.set_document(
        make_document(), "", make_passages("report", [f"Words {n}. " * 40 for n in range(400)])
    )
    writer.set_lists(EDITIONS, THEMES)
    writer.close()
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2].ljust(len(whole), b"\xa5"))
    with pytest.raises(IndexDamaged, match=r"findings undo.*findings index"):
        _read_all(path)


def _read_all(path: Path) -> None:
    """Opens and reads everything."""
    catalog = Catalog(path)
    try:
        list(catalog.all_passages())
        catalog.themes()
        catalog.documents()
    finally:
        catalog.close()
