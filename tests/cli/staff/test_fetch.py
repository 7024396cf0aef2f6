"""`findings fetch`: what staff are told, and the exit codes. The site is on the loopback address."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest

import cli.staff.fetch
from indexer.fetching.fetch import fetch_sources
from tests.cli.conftest import Run
from tests.indexer.corpora import Desk
from tests.indexer.fetching.site import LOOPBACK, PAGE, SMALL, Page, Site, running_site


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A site, and a command that may ask it: outside of tests loopback is refused."""
    patient = partial(fetch_sources, network=LOOPBACK, limits=SMALL)
    monkeypatch.setattr(cli.staff.fetch, "fetch_sources", patient)
    with running_site() as site:
        yield site


def name(desk: Desk, *urls: str) -> None:
    """Writes sources.toml: the path of each source is the last part of its address."""
    tables = (f'[[sources]]\nurl = "{url}"\npath = "official/{url.rsplit("/")[-1]}"\n' for url in urls)
    desk.write("sources.toml", "\n".join(tables))


def test_fetch_says_what_is_new_and_what_to_run_next(fresh: Run, desk: Desk, site: Site) -> None:
    site.pages["/a.html"] = Page()
    name(desk, site.url("/a.html"))
    ran = fresh("fetch")
    assert ran.code == 0
    assert ran.out.startswith(
        f"new: 1 file\n  official/a.html ({len(PAGE)} bytes)\n    from {site.url('/a.html')}\n"
    )
    assert "run `findings index --plan`" in ran.err
    assert "fetching: 1 of 1" in ran.err


def test_fetch_again_says_that_nothing_has_changed(fresh: Run, desk: Desk, site: Site) -> None:
    site.pages["/a.html"] = Page()
    name(desk, site.url("/a.html"))
    fresh("fetch")
    ran = fresh("fetch")
    assert (ran.code, "index --plan" in ran.err) == (0, False)
    assert ran.out.startswith("1 file unchanged (")


def test_fetch_says_the_sizes_of_what_has_changed(fresh: Run, desk: Desk, site: Site) -> None:
    site.pages["/a.html"] = Page(PAGE * 50)
    name(desk, site.url("/a.html"))
    fresh("fetch")
    site.pages["/a.html"] = Page(PAGE * 30)
    assert "changed: 1 file\n  official/a.html (3 KB, was 5 KB)\n" in fresh("fetch").out


def test_what_was_fetched_is_indexed(fresh: Run, desk: Desk, site: Site) -> None:
    site.pages["/a.html"] = Page()
    name(desk, site.url("/a.html"))
    fresh("fetch")
    assert "official/a.html" in fresh("index", "--plan").out


def test_what_could_not_be_fetched_has_a_reason_and_a_remedy(fresh: Run, desk: Desk, site: Site) -> None:
    name(desk, site.url("/a.html"), "http://10.0.0.1/b.html")
    ran = fresh("fetch")
    assert ran.code == 3
    assert (
        "could not be fetched: 1 file\n  official/a.html: no longer at this address (404 Not Found)\n"
        in ran.out
    )
    assert "not fetched, on purpose: 1 file\n  official/b.html: address inside a private network" in ran.out
    assert "correct `url` in corpus/sources.toml" in ran.out
    assert "Traceback" not in ran.err


def test_the_json_of_fetch_is_one_object_with_every_source_in_one_list(
    fresh: Run, desk: Desk, site: Site
) -> None:
    site.pages["/a.html"] = Page()
    name(desk, site.url("/a.html"), site.url("/b.html"))
    ran = fresh("fetch", "--json")
    assert ran.code == 3
    lists = ("new", "changed", "unchanged", "failed", "refused", "planned")
    assert set(ran.json) == {*lists, "dry_run", "seconds"}
    assert [item["path"] for key in lists for item in ran.json[key]] == ["official/a.html", "official/b.html"]


def test_a_dry_run_lists_what_it_would_ask_for(fresh: Run, desk: Desk, site: Site) -> None:
    name(desk, site.url("/a.html"), site.url("/b.html"))
    ran = fresh("fetch", "--dry-run", "--only", "b.html")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == f"would ask for: 1 file\n  official/b.html: not there yet\n    {site.url('/b.html')}\n"
    assert site.asked == []


def test_nothing_to_fetch_is_a_matter_of_usage(fresh: Run, desk: Desk) -> None:
    ran = fresh("fetch")
    assert (ran.code, ran.out) == (2, "")
    assert "sources.toml: names no source" in ran.err
