"""Addresses: what is asked, what is refused, and that the connection goes to the address that was checked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest

from indexer.fetching.addresses import checked_addresses, parse_target, redirect_target
from indexer.fetching.reasons import NotFetched, Reason
from indexer.fetching.report import State
from tests.indexer.fetching.site import Desk, Page, Site


def refusal(url: str, *found: str, allow_loopback: bool = False) -> Reason:
    """Why an address is not asked, when its host leads to these."""
    with pytest.raises(NotFetched) as caught:
        checked_addresses(parse_target(url), lambda host, port: found, allow_loopback=allow_loopback)
    return caught.value.reason


@pytest.mark.parametrize(
    ("url", "authority", "path"),
    [
        ("https://www.nato.int", "www.nato.int", "/"),
        ("HTTPS://WWW.NATO.INT:443/a", "www.nato.int", "/a"),
        ("http://nato.int:8080/a?b=c&d=%C3%A9#e", "nato.int:8080", "/a?b=c&d=%C3%A9"),
        ("https://bücher.example/ä?ö", "xn--bcher-kva.example", "/%C3%A4?%C3%B6"),
        ("http://[2606:4700::1111]:81/", "[2606:4700::1111]:81", "/"),
    ],
)
def test_an_address_is_taken_apart(url: str, authority: str, path: str) -> None:
    target = parse_target(url)
    assert (target.authority, target.path) == (authority, path)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "nato.int/a",
        "file:///etc/passwd",
        "ftp://nato.int/",
        "gopher://nato.int/",
        "data:text/html,x",
        "http:///a",
        "http://user@nato.int/",
        "http://user:secret@nato.int/",
        "http://@nato.int/",
        "http://nato.int:0/",
        "http://nato.int:99999/",
        "http://nato.int:x/",
        "http://[::1/",
        "http://nato.int/a b",
        "http://nato.int/a\r\nX: y",
        "http://nato.int\\@10.0.0.1/",
        "http://na%74o.int/",
        "http://-nato.int/",
        "http://" + "ü" * 80 + ".example/",
        "http://nato.int/" + "a" * 2_000,
    ],
)
def test_what_is_no_plain_address_is_refused(url: str) -> None:
    with pytest.raises(NotFetched) as caught:
        parse_target(url)
    assert caught.value.reason is Reason.NOT_AN_ADDRESS


def test_a_password_in_an_address_is_not_repeated_in_the_message() -> None:
    with pytest.raises(NotFetched) as caught:
        parse_target("http://user:secret@nato.int/")
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.8.8", "10.1.2.3", "172.16.0.1", "192.168.0.1", "169.254.169.254", "100.64.0.1",
        "0.0.0.0", "224.0.0.1", "240.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1",
        "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fec0::1", "ff02::1", "2001:db8::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::10.0.0.1", "2002:a00:1::", "nonsense",
    ],
)  # fmt: skip
def test_an_address_that_is_not_public_is_refused(address: str) -> None:
    assert refusal("http://reports.example/", address) is Reason.PRIVATE
    assert refusal("http://reports.example/", "93.184.215.14", address) is Reason.PRIVATE


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:4700::1111", "64:ff9b::5db8:d70e"])
def test_a_public_address_may_be_asked(address: str) -> None:
    target = parse_target("http://reports.example/")
    assert checked_addresses(target, lambda host, port: [address]) == (address,)


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "10.0.0.1", "[::ffff:10.0.0.1]"])
def test_a_literal_address_is_checked_without_asking_for_its_name(host: str) -> None:
    assert refusal(f"http://{host}/", "93.184.215.14") is Reason.PRIVATE


@pytest.mark.parametrize("host", ["2130706433", "0x7f.1", "127.1"])
def test_an_odd_spelling_of_loopback_is_refused_after_resolving(host: str, desk: Desk) -> None:
    desk.network = replace(desk.network, allow_loopback=False)
    assert desk.fetch_one(f"http://{host}/").reason is Reason.PRIVATE


def test_the_testing_switch_allows_loopback_and_nothing_else() -> None:
    assert refusal("http://reports.example/", "127.0.0.1", "10.0.0.1", allow_loopback=True) is Reason.PRIVATE


def test_without_the_testing_switch_loopback_is_refused(desk: Desk, site: Site) -> None:
    desk.network = replace(desk.network, allow_loopback=False)
    outcome = desk.fetch_one(site.url("/a"))
    assert (outcome.state, outcome.reason, site.asked) == (State.REFUSED, Reason.PRIVATE, [])


def test_the_connection_goes_to_the_address_that_was_checked(desk: Desk, site: Site) -> None:
    """The system knows no such name: a second look-up would fail."""
    desk.resolving(reports_example=["127.0.0.1"])
    site.pages["/a"] = Page()
    assert desk.fetch_one(site.url("/a", "reports.example")).state is State.NEW
    assert site.asked[-1][1]["Host"] == f"reports.example:{site.port}"


def test_a_name_that_changes_its_address_between_two_requests_is_checked_again(
    desk: Desk, site: Site
) -> None:
    answers: Iterator[Sequence[str]] = iter([["127.0.0.1"], ["127.0.0.1"], ["10.0.0.1"]])
    desk.network = replace(desk.network, resolver=lambda host, port: next(answers))
    site.pages["/a"] = Page(b"", {"Location": "/b"}, 302)
    assert desk.fetch_one(site.url("/a", "reports.example")).reason is Reason.PRIVATE
    assert site.paths == ["/a"]


def test_the_next_address_is_tried_when_one_does_not_answer(desk: Desk, site: Site) -> None:
    desk.resolving(reports_example=["127.0.0.9", "::1", "127.0.0.1"])
    site.pages["/a"] = Page()
    assert desk.fetch_one(site.url("/a", "reports.example")).state is State.NEW


def test_a_name_without_an_address_is_not_found(desk: Desk) -> None:
    desk.resolving(empty_example=[])
    assert desk.fetch_one("http://empty.example/").reason is Reason.UNKNOWN_HOST


def test_a_redirect_may_be_relative() -> None:
    target = parse_target("https://nato.int/a/b?c")
    assert redirect_target(target, "../d").url == "https://nato.int/d"
    assert redirect_target(target, "//act.nato.int/e").url == "https://act.nato.int/e"
