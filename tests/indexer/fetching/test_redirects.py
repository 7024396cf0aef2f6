"""Redirects: followed as far as they lead to public addresses, checked at every hop."""

from __future__ import annotations

import shutil
import ssl
import subprocess
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.fetching.reasons import Reason
from indexer.fetching.report import State
from tests.indexer.fetching.site import PAGE, Desk, Page, Site, dripping, running_site


def moved(to: str, status: int = 302) -> Page:
    """A redirect."""
    return Page(b"moved", {"Location": to}, status)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_followed_and_said(desk: Desk, site: Site, status: int) -> None:
    site.pages |= {"/a": moved("/b?c=1", status), "/b?c=1": Page()}
    outcome = desk.fetch_one(site.url("/a"))
    assert (outcome.state, outcome.final_url) == (State.NEW, site.url("/b?c=1"))
    assert outcome.to_json()["final_url"] == site.url("/b?c=1")
    assert desk.file("page.html").read_bytes() == PAGE


def test_five_redirects_are_followed_and_no_more(desk: Desk, site: Site) -> None:
    site.pages |= {f"/{n}": moved(f"/{n + 1}") for n in range(1, 6)} | {"/6": Page(), "/0": moved("/1")}
    assert desk.fetch_one(site.url("/1")).state is State.NEW
    assert desk.fetch_one(site.url("/0"), "other.html").reason is Reason.REDIRECTS


def test_a_loop_ends(desk: Desk, site: Site) -> None:
    site.pages |= {"/a": moved("/b"), "/b": moved("/a")}
    assert desk.fetch_one(site.url("/a")).reason is Reason.REDIRECTS
    assert len(site.paths) == 6


@pytest.mark.parametrize(
    ("to", "reason"),
    [
        ("http://10.0.0.1/x", Reason.PRIVATE),
        ("http://169.254.169.254/latest/meta-data/", Reason.PRIVATE),
        ("http://[fd00::1]/x", Reason.PRIVATE),
        ("http://inside.example/x", Reason.PRIVATE),
        ("file:///etc/passwd", Reason.NOT_AN_ADDRESS),
        ("ftp://example.org/x", Reason.NOT_AN_ADDRESS),
        ("javascript:alert(1)", Reason.NOT_AN_ADDRESS),
        ("http://user:secret@example.org/", Reason.NOT_AN_ADDRESS),
        ("http://[broken/", Reason.NOT_AN_ADDRESS),
        ("http://-x.example/", Reason.NOT_AN_ADDRESS),
        ("http://nowhere.example/", Reason.UNKNOWN_HOST),
    ],
)
def test_a_redirect_to_what_may_not_be_asked_is_refused(
    desk: Desk, site: Site, to: str, reason: Reason
) -> None:
    desk.resolving(inside_example=["192.168.1.1"])
    site.pages["/a"] = moved(to)
    outcome = desk.fetch_one(site.url("/a"))
    assert outcome.reason is reason
    assert not desk.file("page.html").exists()


def test_a_redirect_without_an_address_is_no_document(desk: Desk, site: Site) -> None:
    site.pages["/a"] = Page(b"", {}, 302)
    assert desk.fetch_one(site.url("/a")).reason is Reason.STATUS


@pytest.mark.parametrize("location", ["/\xe9t\xe9", "/%E9t%E9", "/\xc3\xa9"])
def test_a_redirect_with_other_letters_is_followed_as_the_server_wrote_it(
    desk: Desk, site: Site, location: str
) -> None:
    site.pages |= {"/a": moved(location), "/%E9t%E9": Page(), "/%C3%A9": Page()}
    assert desk.fetch_one(site.url("/a")).state is State.NEW


def test_a_document_that_leads_to_the_front_page_is_gone(desk: Desk, site: Site) -> None:
    site.pages |= {"/a": moved("/"), "/": Page()}
    outcome = desk.fetch_one(site.url("/a"))
    assert (outcome.reason, "front page" in outcome.detail) == (Reason.NOT_THERE, True)
    assert desk.fetch_one(site.url("/")).state is State.NEW


def test_each_hop_asks_the_robots_of_its_own_site(desk: Desk, site: Site) -> None:
    with running_site() as other:
        site.pages["/a"] = moved(other.url("/b"))
        other.pages |= {"/b": Page(), "/robots.txt": Page(b"User-agent: *\nDisallow: /b", {})}
        outcome = desk.fetch_one(site.url("/a"))
        assert (outcome.state, outcome.reason) == (State.REFUSED, Reason.ROBOTS)
        assert other.paths == []


# --- https -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for reports.example with its key, made for this run."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("needs the program openssl to make a certificate")
    file = tmp_path_factory.mktemp("tls") / "site.pem"
    names = ("-subj", "/CN=reports.example", "-addext", "subjectAltName=DNS:reports.example")
    how = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2")
    command = [openssl, "req", "-x509", *how, *names, "-keyout", str(file), "-out", f"{file}.crt"]
    subprocess.run(command, check=True, capture_output=True)
    file.write_text(file.read_text() + Path(f"{file}.crt").read_text())
    return file


@pytest.fixture
def secure(certificate: Path) -> Iterator[Site]:
    """A site that speaks https."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with running_site(context) as site:
        yield site


def trusting(desk: Desk, certificate: Path) -> None:
    """Lets a desk trust the certificate, and know two names of this machine."""
    desk.resolving(reports_example=["127.0.0.1"], other_example=["127.0.0.1"])
    desk.network = replace(desk.network, tls=ssl.create_default_context(cafile=str(certificate)))


def test_https_goes_to_the_checked_address_in_the_name_of_the_host(
    desk: Desk, secure: Site, certificate: Path
) -> None:
    trusting(desk, certificate)
    secure.pages["/a"] = Page()
    assert desk.fetch_one(secure.url("/a", "reports.example", "https")).state is State.NEW
    assert secure.asked[-1][1]["Host"] == f"reports.example:{secure.port}"


def test_a_certificate_for_another_name_is_not_accepted(desk: Desk, secure: Site, certificate: Path) -> None:
    trusting(desk, certificate)
    outcome = desk.fetch_one(secure.url("/a", "other.example", "https"))
    assert outcome.reason is Reason.TLS
    assert "Hostname mismatch" in outcome.detail


def test_a_certificate_that_nobody_signed_is_not_accepted(desk: Desk, secure: Site) -> None:
    desk.resolving(reports_example=["127.0.0.1"])
    outcome = desk.fetch_one(secure.url("/a", "reports.example", "https"))
    assert outcome.reason is Reason.TLS
    assert "self-signed" in outcome.detail.replace("self signed", "self-signed")


def test_https_never_steps_down_to_http(desk: Desk, site: Site, secure: Site, certificate: Path) -> None:
    trusting(desk, certificate)
    site.pages["/b"] = Page()
    secure.pages["/a"] = moved(site.url("/b"))
    outcome = desk.fetch_one(secure.url("/a", "reports.example", "https"))
    assert (outcome.state, outcome.reason) == (State.REFUSED, Reason.DOWNGRADE)
    assert site.asked == []


def test_a_secure_server_that_drips_is_left_as_well(desk: Desk, secure: Site, certificate: Path) -> None:
    trusting(desk, certificate)
    desk.limits = replace(desk.limits, seconds=0.6)
    secure.pages["/a"] = dripping(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>")
    started = time.monotonic()
    assert desk.fetch_one(secure.url("/a", "reports.example", "https")).reason is Reason.TOO_SLOW
    assert time.monotonic() - started < 4


def test_http_may_step_up_to_https(desk: Desk, site: Site, secure: Site, certificate: Path) -> None:
    trusting(desk, certificate)
    secure.pages["/b"] = Page()
    site.pages["/a"] = moved(secure.url("/b", "reports.example", "https"))
    assert desk.fetch_one(site.url("/a")).state is State.NEW


def test_http_spoken_where_https_was_meant_is_said(desk: Desk, site: Site) -> None:
    assert desk.fetch_one(site.url("/a", scheme="https")).reason is Reason.TLS
