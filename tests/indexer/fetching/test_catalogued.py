"""What sources.toml says of a fetched file counts where catalogue.toml is silent."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.corpus.catalogue import Entry, load_catalogue, load_sources
from indexer.fetching.addresses import parse_target
from indexer.fetching.content import LOOKS_RIGHT
from search.errors import BadFile
from search.formats import FORMATS, find_format
from tests.indexer.corpora import PAGE, SHIPPED, Desk, small_desk

URL = "https://www.act.nato.int/a"
EDITION = '[[editions]]\nid = "p360-2019"\ntitle = "Second"\nplace = "Chania, Greece"\n'
SOURCE = f'[[sources]]\nurl = "{URL}"\npath = "official/a.html"\n'
FACTS = 'title = "T"\nkind = "report"\nedition = "p360-2019"\ndate = 2019-07-13\npublisher = "P"\nlanguage = "en"\n'


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = small_desk(tmp_path)
    desk.write("catalogue.toml", EDITION)
    desk.write("sources.toml", SOURCE + FACTS)
    return desk


def test_a_source_that_is_not_fetched_is_neither_an_error_nor_missed(desk: Desk) -> None:
    assert load_catalogue(desk.corpus).entries == {}
    assert [item for item in desk.run().skipped if item.path == "official/a.html"] == []


def test_a_fetched_file_is_catalogued_by_its_source(desk: Desk) -> None:
    desk.write("official/a.html", PAGE)
    assert load_catalogue(desk.corpus).entries["official/a.html"] == Entry(
        "official/a.html", None, "T", "report", "p360-2019", "2019-07-13", (), (), "en", "P", URL
    )
    assert desk.run().failed == ()
    [document] = [d for d in desk.holds()["documents"] if d["path"] == "official/a.html"]
    assert (document["title"], document["kind"], document["edition"]) == ("T", "report", "p360-2019")
    assert (document["date"], document["publisher"], document["source_url"]) == ("2019-07-13", "P", URL)


def test_the_catalogue_goes_before_the_source_key_by_key(desk: Desk) -> None:
    desk.write("official/a.html", PAGE)
    desk.write(
        "catalogue.toml", f'{EDITION}[[documents]]\npath = "official/a.html"\nid = "a"\ntitle = "Better"\n'
    )
    entry = load_catalogue(desk.corpus).entries["official/a.html"]
    assert (entry.id, entry.title, entry.kind, entry.source_url) == ("a", "Better", "report", URL)


def test_a_source_of_an_unknown_edition_is_refused_once_its_file_is_there(desk: Desk) -> None:
    desk.write("sources.toml", SOURCE + 'edition = "p360-2020"\n')
    assert load_catalogue(desk.corpus).entries == {}
    desk.write("official/a.html", PAGE)
    with pytest.raises(BadFile, match=r"sources\.toml: official/a\.html: no edition 'p360-2020'"):
        load_catalogue(desk.corpus)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[[sources]\n", "not valid TOML"),
        ("[[source]]\n", "unknown key 'source'"),
        ("sources = 5\n", "written as [[sources]]"),
        ('[[sources]]\npath = "a.html"\n', "a source without url"),
        ('[[sources]]\nurl = "https://x"\n', "a source without path"),
        (SOURCE + 'id = "x"\n', "unknown key 'id'"),
        (SOURCE + 'date = "soon"\n', "date = 'soon' is no date"),
        (SOURCE + SOURCE.replace("a.html", "A.html"), "path 'official/a.html' stands twice"),
        (SOURCE.replace("official/", "../"), "path is a file below the corpus"),
    ],
)
def test_a_mistake_is_refused_with_the_reason(tmp_path: Path, text: str, reason: str) -> None:
    (tmp_path / "sources.toml").write_text(text)
    with pytest.raises(BadFile) as caught:
        load_sources(tmp_path)
    assert str(caught.value).startswith(str(tmp_path / "sources.toml"))
    assert reason in str(caught.value)


def test_the_shipped_sources_can_be_fetched() -> None:
    sources = load_sources(SHIPPED)
    editions = {edition.edition_id for edition in load_catalogue(SHIPPED).editions}
    assert {source.edition for source in sources if source.edition} == editions
    assert {source.kind for source in sources} <= {"report", "speech", "press", "background"}
    for source in sources:
        assert parse_target(source.source_url or "").host.endswith("nato.int")
        assert find_format(source.path) is not None


def test_the_first_bytes_of_every_format_are_known() -> None:
    assert {row.shape for row in FORMATS.values()} == set(LOOKS_RIGHT)
