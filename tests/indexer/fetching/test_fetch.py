"""A whole run: what comes into the corpus, what is asked again, what is never overwritten."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.fetching.fetch import STATE_FILE
from indexer.fetching.reasons import Reason
from indexer.fetching.report import State
from search.errors import BadFile, CorpusMissing, NoSource
from tests.indexer.fetching.site import HTML, PAGE, PDF, Desk, Handler, Page, Site, small_pdf

ETAG = {**HTML, "ETag": '"one"', "Last-Modified": "Fri, 16 Nov 2023 10:00:00 GMT"}


def conditional(handler: Handler) -> None:
    """A page that says 304 to whoever has it."""
    known = handler.headers.get("If-None-Match") == ETAG["ETag"]
    handler.give(Page(b"", {"ETag": ETAG["ETag"]}, 304) if known else Page(headers=ETAG))


def test_pages_and_pdfs_come_into_the_corpus_as_they_are(desk: Desk, site: Site) -> None:
    site.pages |= {"/a": Page(), "/b": Page(small_pdf(), PDF)}
    desk.name(a_html=site.url("/a"), b_pdf=site.url("/b"))
    report = desk.fetch()
    assert [(o.path, o.state, o.size) for o in report.outcomes] == [
        ("official/a.html", State.NEW, len(PAGE)),
        ("official/b.pdf", State.NEW, len(small_pdf())),
    ]
    assert desk.file("a.html").read_bytes() == PAGE
    assert desk.file("b.pdf").read_bytes() == small_pdf()
    assert (report.brought, report.is_complete) == (True, True)
    assert sorted(p.name for p in desk.file("a.html").parent.iterdir()) == ["a.html", "b.pdf"]


def test_a_request_says_who_asks(desk: Desk, site: Site) -> None:
    site.pages["/a?x=1"] = Page()
    assert desk.fetch_one(site.url("/a?x=1#part")).state is State.NEW
    path, headers = site.asked[-1]
    assert path == "/a?x=1"
    assert headers["User-Agent"].startswith("findings/0.")
    assert headers["Host"] == f"127.0.0.1:{site.port}"


def test_what_has_not_changed_is_asked_for_with_conditions_and_not_touched(desk: Desk, site: Site) -> None:
    site.pages["/a"] = conditional
    assert desk.fetch_one(site.url("/a")).state is State.NEW
    os.utime(desk.file("page.html"), ns=(1, 1))
    outcome = desk.fetch_one(site.url("/a"))
    assert (outcome.state, outcome.size) == (State.UNCHANGED, None)
    assert site.asked[-1][1]["If-None-Match"] == '"one"'
    assert site.asked[-1][1]["If-Modified-Since"] == ETAG["Last-Modified"]
    assert desk.file("page.html").stat().st_mtime_ns == 1


def test_the_same_bytes_are_unchanged_where_a_server_knows_no_conditions(desk: Desk, site: Site) -> None:
    site.pages["/a"] = Page()
    desk.fetch_one(site.url("/a"))
    os.utime(desk.file("page.html"), ns=(1, 1))
    assert desk.fetch_one(site.url("/a")).state is State.UNCHANGED
    assert desk.file("page.html").stat().st_mtime_ns == 1


def test_a_new_version_takes_the_place_of_the_old_one(desk: Desk, site: Site) -> None:
    site.pages["/a"] = Page()
    desk.fetch_one(site.url("/a"))
    site.pages["/a"] = Page(PAGE + b"<!-- 2 -->")
    outcome = desk.fetch_one(site.url("/a"))
    assert (outcome.state, outcome.size, outcome.size_before) == (
        State.CHANGED,
        len(PAGE) + 10,
        len(PAGE),
    )
    assert desk.file("page.html").read_bytes() == PAGE + b"<!-- 2 -->"


def test_a_file_that_was_deleted_here_is_fetched_again_without_conditions(desk: Desk, site: Site) -> None:
    site.pages["/a"] = conditional
    desk.fetch_one(site.url("/a"))
    desk.file("page.html").unlink()
    assert desk.fetch_one(site.url("/a")).state is State.NEW
    assert "If-None-Match" not in site.asked[-1][1]


def test_conditions_go_only_to_the_address_that_gave_the_file(desk: Desk, site: Site) -> None:
    site.pages |= {"/a": conditional, "/b": conditional}
    desk.fetch_one(site.url("/a"))
    outcome = desk.fetch_one(site.url("/b"))
    assert "If-None-Match" not in site.asked[-1][1]
    assert outcome.state is State.UNCHANGED  # the same bytes


def test_conditions_do_not_travel_with_a_redirect(desk: Desk, site: Site) -> None:
    site.pages["/a"] = conditional
    desk.fetch_one(site.url("/a"))
    site.pages |= {"/a": Page(b"", {"Location": "/b"}, 302), "/b": conditional}
    assert desk.fetch_one(site.url("/a")).state is State.UNCHANGED  # the same bytes
    assert ["If-None-Match" in headers for _, headers in site.asked[-2:]] == [True, False]


def test_a_file_that_staff_put_there_is_not_overwritten(desk: Desk, site: Site) -> None:
    site.pages["/a"] = Page()
    desk.file("page.html").parent.mkdir(parents=True)
    desk.file("page.html").write_bytes(b"<p>ours</p>")
    outcome = desk.fetch_one(site.url("/a"))
    assert (outcome.state, outcome.reason) == (State.REFUSED, Reason.OCCUPIED)
    assert "not known to come from this address" in outcome.detail
    assert "move or delete" in outcome.remedy
    assert desk.file("page.html").read_bytes() == b"<p>ours</p>"


def test_a_fetched_file_that_was_changed_here_is_not_overwritten(desk: Desk, site: Site) -> None:
    site.pages["/a"] = conditional
    desk.fetch_one(site.url("/a"))
    desk.file("page.html").write_bytes(PAGE + b"<!-- corrected -->")
    outcome = desk.fetch_one(site.url("/a"))
    assert (outcome.reason, "changed here since" in outcome.detail) == (Reason.OCCUPIED, True)
    assert desk.file("page.html").read_bytes().endswith(b"<!-- corrected -->")


def test_a_path_that_got_another_address_is_not_overwritten(desk: Desk, site: Site) -> None:
    site.pages |= {"/a": Page(), "/b": Page(b"<p>other</p>")}
    desk.fetch_one(site.url("/a"))
    assert desk.fetch_one(site.url("/b")).reason is Reason.OCCUPIED


def test_the_same_file_from_elsewhere_is_taken_as_fetched(desk: Desk, site: Site) -> None:
    site.pages["/a"] = Page()
    desk.file("page.html").parent.mkdir(parents=True)
    desk.file("page.html").write_bytes(PAGE)
    assert desk.fetch_one(site.url("/a")).state is State.UNCHANGED
    site.pages["/a"] = Page(PAGE + b" ")
    assert desk.fetch_one(site.url("/a")).state is State.CHANGED


@pytest.mark.parametrize(
    "damage", [None, b"", b"{", b"[]", b'{"format": 1, "files": {"x": 5}}', b'{"format": 0}']
)
def test_a_lost_state_costs_a_download_and_nothing_else(desk: Desk, site: Site, damage: bytes | None) -> None:
    site.pages["/a"] = conditional
    desk.fetch_one(site.url("/a"))
    state = desk.settings.index / STATE_FILE
    state.unlink() if damage is None else state.write_bytes(damage)
    assert desk.fetch_one(site.url("/a")).state is State.UNCHANGED
    assert json.loads(state.read_text("utf-8"))["files"]["official/page.html"]["etag"] == '"one"'


def test_validators_that_are_none_are_not_kept(desk: Desk, site: Site) -> None:
    site.pages["/a"] = Page(headers={**HTML, "ETag": "no quotes", "Last-Modified": "caf\xe9 {}"})
    desk.fetch_one(site.url("/a"))
    desk.fetch_one(site.url("/a"))
    assert {"If-None-Match", "If-Modified-Since"} & set(site.asked[-1][1]) == set()


def test_an_answer_304_that_nobody_asked_for_is_no_document(desk: Desk, site: Site) -> None:
    site.pages["/a"] = Page(b"", status=304)
    assert desk.fetch_one(site.url("/a")).reason is Reason.STATUS


def test_one_failure_does_not_stop_the_others(desk: Desk, site: Site) -> None:
    site.pages["/b"] = Page()
    desk.name(a_html=site.url("/a"), b_html=site.url("/b"))
    report = desk.fetch()
    assert [o.state for o in report.outcomes] == [State.FAILED, State.NEW]
    assert not report.is_complete


def test_a_dry_run_asks_nobody_and_writes_nothing(desk: Desk, site: Site) -> None:
    site.pages["/a"] = Page()
    desk.name(a_html=site.url("/a"), b_html="ftp://example.org/b")
    report = desk.fetch(dry_run=True)
    assert [(o.state, o.detail) for o in report.outcomes] == [
        (State.PLANNED, "not there yet"),
        (State.REFUSED, "the scheme is ftp"),
    ]
    assert (site.asked, desk.settings.index.exists(), desk.file("a.html").exists()) == ([], False, False)
    desk.fetch("a.html")
    assert desk.fetch("a.html", dry_run=True).outcomes[0].detail == "ask whether it has changed"


def test_only_chooses_by_address_path_or_title_in_either_case(desk: Desk, site: Site) -> None:
    site.pages |= {"/a": Page(), "/b": Page()}
    desk.name(a_html=site.url("/a"), b_html=site.url("/b"))
    assert [o.path for o in desk.fetch("OFFICIAL/B").outcomes] == ["official/b.html"]
    assert [o.path for o in desk.fetch(site.url("/a")).outcomes] == ["official/a.html"]
    with pytest.raises(NoSource, match=r"no source with 'zzz' in its address"):
        desk.fetch("zzz")


def test_without_sources_the_message_says_what_to_write(desk: Desk) -> None:
    with pytest.raises(CorpusMissing):
        desk.fetch()
    desk.settings.corpus.mkdir()
    with pytest.raises(NoSource, match=r"sources\.toml: names no source; add one"):
        desk.fetch()


def test_an_ending_that_is_not_read_is_refused_before_anything_is_asked(desk: Desk, site: Site) -> None:
    desk.name(a_exe=site.url("/a"))
    with pytest.raises(BadFile, match=r"official/a\.exe: endings that are fetched are \.pdf, \.docx"):
        desk.fetch()


@pytest.mark.parametrize(
    "path",
    [
        "../a.html",
        "/a.html",
        "a/../../b.html",
        "a\\\\b.html",
        "C:/a.html",
        ".git/a.html",
        "a//b.html",
        "./a.html",
    ],
)
def test_a_path_that_leads_elsewhere_is_refused(desk: Desk, path: str) -> None:
    desk.settings.corpus.mkdir()
    text = f'[[sources]]\nurl = "http://example.org/"\npath = "{path}"\n'
    (desk.settings.corpus / "sources.toml").write_text(text)
    with pytest.raises(BadFile, match="path is a file below the corpus"):
        desk.fetch()


def test_a_folder_that_is_a_link_out_of_the_corpus_is_refused(desk: Desk, site: Site, tmp_path: Path) -> None:
    site.pages["/a"] = Page()
    desk.settings.corpus.mkdir()
    (tmp_path / "elsewhere").mkdir()
    (desk.settings.corpus / "official").symlink_to(tmp_path / "elsewhere")
    assert desk.fetch_one(site.url("/a")).reason is Reason.OUTSIDE
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_file_that_is_a_link_is_refused(desk: Desk, site: Site, tmp_path: Path) -> None:
    site.pages["/a"] = Page()
    desk.file("x").parent.mkdir(parents=True)
    desk.file("page.html").symlink_to(tmp_path / "target.html")
    assert desk.fetch_one(site.url("/a")).reason is Reason.OUTSIDE


def test_a_folder_or_a_file_in_the_way_is_said(desk: Desk, site: Site) -> None:
    desk.file("page.html").mkdir(parents=True)
    assert desk.fetch_one(site.url("/a")).detail == "it is a folder"
    desk.file("page.html").rmdir()
    desk.file("page.html").parent.rmdir()
    desk.file("page.html").parent.write_text("a file")
    assert desk.fetch_one(site.url("/a")).detail == "official is a file"


def test_a_name_that_is_too_long_for_the_disk_is_said(desk: Desk, site: Site) -> None:
    site.pages["/a"] = Page()
    desk.file("x").parent.mkdir(parents=True)
    desk.name(**{"x" * 300 + "_html": site.url("/a")})
    for dry_run in (True, False):
        [outcome] = desk.fetch(dry_run=dry_run).outcomes
        assert outcome.reason is Reason.NOT_WRITTEN
        assert "File name too long" in outcome.detail


def test_a_write_that_fails_leaves_nothing_behind(
    desk: Desk, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    site.pages["/a"] = Page()
    monkeypatch.setattr(os, "fsync", full)
    outcome = desk.fetch_one(site.url("/a"))
    assert (outcome.reason, "No space left" in outcome.detail) == (Reason.NOT_WRITTEN, True)
    assert list(desk.file("x").parent.iterdir()) == []


def test_between_two_requests_to_one_host_there_is_a_pause(desk: Desk, site: Site) -> None:
    waited: list[float] = []
    desk.network = replace(desk.network, pause=60.0, sleep=waited.append)
    site.pages |= {"/a": Page(), "/b": Page()}
    desk.name(a_html=site.url("/a"), b_html=site.url("/b"))
    desk.fetch()
    assert len(waited) == 2  # robots.txt, pause, a, pause, b
    assert all(30 < seconds <= 60 for seconds in waited)


def test_the_report_as_json_leaves_out_what_says_nothing(desk: Desk, site: Site) -> None:
    site.pages["/a"] = Page()
    desk.name(a_html=site.url("/a"), b_html=site.url("/b"))
    report = desk.fetch().to_json()
    assert report["new"] == [{"path": "official/a.html", "url": site.url("/a"), "bytes": len(PAGE)}]
    assert set(report["failed"][0]) == {"path", "url", "reason", "detail", "remedy"}
    assert (report["changed"], report["unchanged"], report["refused"], report["planned"]) == ([], [], [], [])
    assert report["dry_run"] is False
    assert report["seconds"] >= 0
