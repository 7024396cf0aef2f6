"""A reader's basket in a real Chromium: nothing that was collected or typed is lost, whatever is opened in between."""

from __future__ import annotations

import random
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chromium import Look
from tests.webapp.library import Library

LOOKS = [Look(1440)]
pytestmark = pytest.mark.parametrize("look", LOOKS, ids=str)
STEPS = 60


def put_in(page: Page, passage_id: str) -> None:
    """Opens a passage and puts it into the basket by key."""
    page.goto(f"/p/{passage_id}")
    page.keyboard.press("b")
    expect(page.locator("#said")).to_contain_text("basket")


def kept(page: Page) -> dict[str, str]:
    """The basket that the browser keeps: notes by passage."""
    written = parse_qs(
        page.evaluate("localStorage.getItem('basket') || ''").lstrip("?"), keep_blank_values=True
    )
    notes = [*written.get("n", []), *[""] * len(written.get("p", []))]
    return dict(zip(written.get("p", []), notes, strict=False))


def test_the_bare_address_opens_the_kept_basket(page: Page, library: Library) -> None:
    put_in(page, library.report[1].passage_id)
    page.goto("/basket")
    page.wait_for_url("**/basket?p=**")
    assert page.locator(".basket > ol > li").count() == 1
    assert list(kept(page)) == [library.report[1].passage_id]


def test_a_basket_that_was_sent_takes_nobodys_place(page: Page, library: Library) -> None:
    mine, theirs = library.report[1].passage_id, library.speech[0].passage_id
    put_in(page, mine)
    page.goto(f"/basket?p={theirs}&n=look")
    assert list(kept(page)) == [mine]
    page.get_by_role("button", name="Add these to mine").click()
    page.wait_for_url(f"**p={mine.replace('/', '%2F')}**")
    assert kept(page) == {mine: "", theirs: "look"}


def test_a_typed_note_is_kept_before_anything_is_pressed(page: Page, library: Library) -> None:
    first, second = library.report[1].passage_id, library.speech[0].passage_id
    put_in(page, first)
    put_in(page, second)
    page.goto("/basket")
    page.locator("input[name=n]").first.fill("for the synthesis")
    page.goto("/")
    page.goto("/basket")
    expect(page.locator("input[name=n]").first).to_have_value("for the synthesis")
    page.get_by_role("link", name="Down", exact=True).first.click()
    expect(page.locator("input[name=n]").nth(1)).to_have_value("for the synthesis")


def test_what_was_taken_out_can_be_put_back(page: Page, library: Library) -> None:
    put_in(page, library.report[1].passage_id)
    page.goto("/basket")
    page.locator("input[name=n]").first.fill("mine")
    page.get_by_role("link", name="Take out").click()
    expect(page.locator("main")).to_contain_text("Nothing is in it")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("input[name=n]").first).to_have_value("mine")


def test_a_full_basket_says_so_when_one_more_is_put_in(page: Page, library: Library) -> None:
    full = urlencode([("p", f"report/{number:010d}") for number in range(100)])
    page.goto("/")
    page.evaluate(f"localStorage.setItem('basket', '?{full}')")
    page.goto(f"/p/{library.report[1].passage_id}")
    page.keyboard.press("b")
    expect(page.locator("#said")).to_contain_text("The basket is full: it holds 100 passages")
    assert len(kept(page)) == 100


def test_nothing_is_lost_in_any_order_of_steps(page: Page, library: Library) -> None:
    chosen = random.Random(360)
    known = [p.passage_id for p in (*library.report, *library.speech)][:6]
    model: dict[str, str] = {}
    page.goto("/")
    for step in range(STEPS):
        what = chosen.choice(["add", "note", "bare", "sent", "down", "reload"])
        if what == "add":
            passage_id = chosen.choice(known)
            if passage_id in model:  # the link leads to the basket then
                page.goto(f"/p/{passage_id}")
                page.get_by_role("link", name="In the basket").click()
                page.wait_for_url("**/basket?p=**")
            else:
                put_in(page, passage_id)
                model[passage_id] = ""
        elif what == "sent":
            page.goto(f"/basket?p={chosen.choice(known)}&n=theirs")
            if not model:
                model = {parse_qs(urlsplit(page.url).query)["p"][0]: "theirs"}
        elif model:
            page.goto("/basket")
            page.wait_for_url("**/basket?p=**")
            if what == "note":
                at = chosen.randrange(len(model))
                page.locator("input[name=n]").nth(at).fill(f"note {step}")
                model[list(model)[at]] = f"note {step}"
            elif what == "down" and len(model) > 1:
                page.get_by_role("link", name="Down", exact=True).first.click()
                first, second, *rest = model
                model = {key: model[key] for key in (second, first, *rest)}
                page.wait_for_load_state()
            elif what == "reload":
                page.reload()
        assert kept(page) == model, (step, what)


def test_adding_what_was_sent_can_be_undone_and_more_than_a_page_shows_is_kept(
    page: Page, library: Library
) -> None:
    mine = [f"report/{number:010d}" for number in range(99)]
    page.goto("/")
    page.evaluate(
        f"localStorage.setItem('basket', '?{urlencode([('p', passage_id) for passage_id in mine])}')"
    )
    sent = [library.report[1].passage_id, library.speech[0].passage_id]
    page.goto(f"/basket?{urlencode([('p', passage_id) for passage_id in sent])}")
    page.get_by_role("button", name="Add these to mine").click()
    page.wait_for_url("**p=report%2F0000000000**")
    page.locator("input[name=n]").first.fill("noted")
    assert list(kept(page)) == [*mine, *sent]
    page.get_by_role("button", name="Undo").click()
    page.wait_for_load_state()
    assert list(kept(page)) == mine
