"""`[[sites]]` of the catalogue, and the hints that a job carries to its reader."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.build.plan import Job, make_jobs
from indexer.corpus.catalogue import Catalogue, Entry, load_catalogue
from indexer.corpus.hints import hints_for
from indexer.corpus.inventory import SourceFile
from indexer.corpus.sites import sites_for
from indexer.reading.hints import NO_HINTS, ReadingHints, Site, find_site
from search.errors import BadFile

PORT = Site(host="port.example", body="article")
PRESS = Site(path="press/port/", body="main")


def catalogue(folder: Path, text: str) -> Catalogue:
    (folder / "catalogue.toml").write_text(text, encoding="utf-8")
    return load_catalogue(folder)


def test_a_site_is_read_from_the_catalogue(tmp_path: Path) -> None:
    text = '[[sites]]\nhost = "Port.example"\nbody = "article .text"\ndrop = [".share"]\ndate = "time"\n'
    assert catalogue(tmp_path, text).sites == (
        Site(host="port.example", body="article .text", drop=(".share",), date="time"),
    )


@pytest.mark.parametrize(
    ("table", "wanted"),
    [
        ('host = "port.example"\nbody = "div[["', "site port.example: 'div[['"),
        ('host = "port.example"\ndrop = ["p", ":nonsense("]', "site port.example: ':nonsense('"),
        ('host = "port.example"\ndrop = ".share"', "drop is a list"),
        ('host = "port.example"\nbody = 3', "body is a text"),
        ('host = "port.example"\nselector = "p"', "unknown key 'selector'"),
        ('body = "p"', "site (unnamed)"),
        ('host = "https://port.example/"', "wanted is host"),
    ],
)
def test_a_mistake_in_a_site_is_refused_with_its_name(tmp_path: Path, table: str, wanted: str) -> None:
    with pytest.raises(BadFile) as refused:
        catalogue(tmp_path, f"[[sites]]\n{table}\n")
    assert wanted in str(refused.value)


def test_a_file_belongs_to_a_site_by_its_path_or_its_address() -> None:
    assert [site.name for site in sites_for("press/port/a.html", None, (PORT, PRESS))] == ["press/port/"]
    told = sites_for("a.html", "https://www.port.example/a", (PRESS, PORT))
    assert find_site(told, ()) == Site(path="port.example", body="article")
    assert sites_for("a.html", None, (PORT, PRESS)) == (PORT,)


def test_a_page_belongs_to_the_site_that_its_address_names() -> None:
    assert find_site((PORT,), ("", "https://port.example/speech")) == PORT
    assert find_site((PORT,), ("https://other.example/port.example", "https://[")) is None


def test_a_password_shows_nowhere_and_changes_what_a_reading_is_kept_by(tmp_path: Path) -> None:
    plain = catalogue(tmp_path, '[[documents]]\npath = "a.pdf"\n')
    locked = catalogue(tmp_path, '[[documents]]\npath = "a.pdf"\npassword = "tides"\n')
    source = SourceFile("a.pdf", tmp_path / "a.pdf", "1" * 64)
    jobs: list[Job] = [make_jobs([source], each, "t", "s", ids={"a.pdf": "a"})[0] for each in (plain, locked)]
    assert jobs[0].content != jobs[1].content
    assert jobs[0].digest != jobs[1].digest
    assert jobs[1].hints.password == "tides"
    assert "tides" not in repr((locked, jobs[1])) + str(jobs[1].content) + jobs[1].digest


def test_an_entry_without_path_does_not_show_its_password(tmp_path: Path) -> None:
    with pytest.raises(BadFile) as refused:
        catalogue(tmp_path, '[[documents]]\ntitle = "A"\npassword = "tides"\n')
    assert "tides" not in str(refused.value)


def test_hints_are_given_to_the_formats_that_can_use_them() -> None:
    known = Catalogue(sites=(PORT,))
    assert hints_for(Entry("a.txt", password="tides"), known) == NO_HINTS
    assert hints_for(Entry("a.pdf", password="tides"), known) == ReadingHints(password="tides")
    assert hints_for(Entry("a.html"), known) == ReadingHints(sites=(PORT,))
    assert NO_HINTS.digest == ""
    assert hints_for(Entry("a.html"), known).digest
