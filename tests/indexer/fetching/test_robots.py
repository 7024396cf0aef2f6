"""robots.txt: RFC 9309, and what becomes of a source where it cannot be asked."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.fetching.reasons import Reason
from indexer.fetching.report import State
from indexer.fetching.robots import LONGEST_DELAY, parse_robots
from tests.indexer.fetching.site import Answering, Desk, Page, Site

TEXT = {"Content-Type": "text/plain"}


def allowed(rules: str, path: str) -> bool:
    """Whether rules for all programs allow a path."""
    return parse_robots(f"User-agent: *\n{rules}").allows(path)


@pytest.mark.parametrize(
    ("rules", "path", "allows"),
    [
        ("", "/a", True),
        ("Disallow:", "/a", True),
        ("Disallow: /", "/a", False),
        ("Disallow: /", "/robots.txt", True),
        ("Disallow: /a", "/ab/c", False),
        ("Disallow: /a/", "/a", True),
        ("Disallow: /a\nAllow: /a/b", "/a/b", True),
        ("Allow: /a/b\nDisallow: /a", "/a/c", False),
        ("Disallow: /\nAllow: /page", "/page", True),
        ("Allow: /page\nDisallow: /page", "/page", True),
        ("Disallow: /page\nAllow: /page", "/page", True),
        ("Disallow: /*.pdf$", "/x/report.pdf", False),
        ("Disallow: /*.pdf$", "/x/report.pdf?x=1", True),
        ("Disallow: /*.pdf", "/x/report.pdf?x=1", False),
        ("Disallow: /*/x/*.gif", "/a/x/b.gif", False),
        ("Disallow: /a$", "/a", False),
        ("Disallow: /a$", "/ab", True),
        ("Disallow: /a*a$", "/a", True),
        ("Disallow: /*?", "/a?b", False),
        ("Disallow: /%7ejoe", "/~joe/x", False),
        ("Disallow: /ä", "/%C3%A4", False),
        ("Disallow: /a%2fb", "/a/b", True),
        ("disallow : /a # why", "/a", False),
        ("nonsense\nDisallow /a", "/a", False),  # the colon forgotten: the polite reading
    ],
)
def test_the_longest_rule_that_fits_counts(rules: str, path: str, allows: bool) -> None:
    assert allowed(rules, path) is allows


def test_rules_for_our_name_go_before_those_for_all() -> None:
    robots = parse_robots("User-agent: *\nDisallow: /\n\nUser-Agent: Findings\nDisallow: /x")
    assert (robots.allows("/a"), robots.allows("/x")) == (True, False)


def test_groups_for_the_same_name_count_together_and_a_group_may_have_many_names() -> None:
    robots = parse_robots(
        "User-agent: other\nUser-agent: findings\nDisallow: /a\nUser-agent: x\nDisallow: /\n"
        "User-agent: FINDINGS\nDisallow: /b"
    )
    assert [robots.allows(path) for path in ("/a", "/b", "/c")] == [False, False, True]


def test_rules_for_others_are_not_ours() -> None:
    assert parse_robots("\ufeffUser-agent: findings-of-others\nDisallow: /").allows("/a")


@pytest.mark.parametrize(
    ("delay", "seconds"), [("5", 5.0), ("0.5", 0.5), ("9999", LONGEST_DELAY), ("-1", 0.0), ("soon", 0.0)]
)
def test_a_wished_delay_is_read_within_its_bound(delay: str, seconds: float) -> None:
    assert parse_robots(f"User-agent: *\nCrawl-delay: {delay}").delay == seconds


@given(st.text(max_size=300), st.text(max_size=50))
def test_any_text_can_be_read(text: str, path: str) -> None:
    parse_robots(f"User-agent: *\n{text}").allows(f"/{path}")


def test_a_pattern_of_many_stars_takes_no_time() -> None:
    assert allowed("Disallow: /" + "*a" * 5_000 + "b$", "/" + "a" * 1_900)


# --- against a site --------------------------------------------------------------------------------------


def tried(desk: Desk, site: Site, robots: Answering) -> tuple[State, Reason | None]:
    """What becomes of a source of a site with this robots.txt."""
    site.pages |= {"/a": Page(), "/robots.txt": robots}
    outcome = desk.fetch_one(site.url("/a"))
    return outcome.state, outcome.reason


def test_a_path_that_is_not_allowed_is_not_asked_for(desk: Desk, site: Site) -> None:
    assert tried(desk, site, Page(b"User-agent: *\nDisallow: /a", TEXT)) == (State.REFUSED, Reason.ROBOTS)
    assert site.paths == []


@pytest.mark.parametrize("status", [404, 410, 401, 403])
def test_a_site_without_rules_allows_everything(desk: Desk, site: Site, status: int) -> None:
    assert tried(desk, site, Page(b"Disallow: /", TEXT, status)) == (State.NEW, None)


@pytest.mark.parametrize("status", [500, 503, 429])
def test_a_site_whose_rules_cannot_be_known_now_is_left_for_later(
    desk: Desk, site: Site, status: int
) -> None:
    assert tried(desk, site, Page(b"", TEXT, status)) == (State.FAILED, Reason.ROBOTS_UNKNOWN)
    assert site.paths == []


def test_rules_behind_a_redirect_are_read(desk: Desk, site: Site) -> None:
    site.pages["/rules"] = Page(b"User-agent: *\nDisallow: /a", TEXT)
    assert tried(desk, site, Page(b"", {"Location": "/rules"}, 301))[1] is Reason.ROBOTS


def test_rules_larger_than_the_limit_are_not_known(desk: Desk, site: Site) -> None:
    assert tried(desk, site, Page(b"#" * 600_000, TEXT))[1] is Reason.ROBOTS_UNKNOWN


def test_rules_in_no_encoding_are_read_as_far_as_they_can_be(desk: Desk, site: Site) -> None:
    assert tried(desk, site, Page(b"# \xff\xfe\nUser-agent: *\nDisallow: /a", TEXT))[1] is Reason.ROBOTS


def test_rules_are_asked_for_once(desk: Desk, site: Site) -> None:
    site.pages |= {"/a": Page(), "/b": Page()}
    desk.name(a_html=site.url("/a"), b_html=site.url("/b"))
    desk.fetch()
    assert [path for path, _ in site.asked] == ["/robots.txt", "/a", "/b"]


def test_a_wished_delay_is_kept(desk: Desk, site: Site) -> None:
    waited: list[float] = []
    desk.network = replace(desk.network, sleep=waited.append)
    assert tried(desk, site, Page(b"User-agent: *\nCrawl-delay: 50", TEXT))[0] is State.NEW
    [seconds] = waited
    assert 30 < seconds <= 50
