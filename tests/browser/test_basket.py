"""A reader's basket in a real Chromium: nothing that was collected or typed is lost, whatever is opened in between."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.basket_sessions import kept as kept_baskets
from tests.browser.basket_sessions import run_session
from tests.browser.chromium import Look, window
from tests.webapp.library import Library

LOOKS = [Look(1440)]
pytestmark = pytest.mark.parametrize("look", LOOKS, ids=str)
STEPS = 12


def put_in(page: Page, passage_id: str) -> None:
    """Opens a passage and puts it into the basket by key."""
    page.goto(f"/p/{passage_id}")
    page.keyboard.press("b")
    expect(page.locator("#said")).to_contain_text("basket")


def kept(page: Page) -> dict[str, str]:
    """The open basket that the browser keeps: notes by passage."""
    key, baskets = kept_baskets(page)
    return {passage_id: note for passage_id, (note, _) in baskets.get(key, ("", {}))[1].items()}


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
    page.goto("/help")
    page.evaluate(
        "full => localStorage.setItem('baskets', JSON.stringify({open: '1', all: {1: full}}))", full
    )
    page.goto(f"/p/{library.report[1].passage_id}")
    page.keyboard.press("b")
    expect(page.locator("#said")).to_contain_text("The basket is full: it holds 100 passages")
    assert len(kept(page)) == 100


@pytest.mark.parametrize("seed", [3, 15, 360])
def test_nothing_is_lost_in_any_order_of_steps_of_two_windows(
    page: Page, library: Library, seed: int
) -> None:
    known = [p.passage_id for p in (*library.report, *library.speech)][:6]
    run_session(page, known, seed, STEPS)


def test_several_baskets_are_kept_under_their_names(page: Page, library: Library) -> None:
    first, second = library.report[1].passage_id, library.speech[0].passage_id
    put_in(page, first)
    page.goto("/basket")
    page.locator("input[name=name]").fill("Trust funds")
    page.get_by_role("button", name="New basket").click()
    expect(page.locator("main")).to_contain_text("Nothing is in it")
    put_in(page, second)
    assert list(kept(page)) == [second]
    page.goto("/basket")
    expect(page.locator("#baskets li")).to_have_count(2)
    expect(page.locator("#baskets")).to_contain_text("Trust funds, 1 passage")
    page.locator("#baskets").get_by_role("button", name="Open").click()
    expect(page.locator("h1")).to_have_text("Trust funds")
    assert list(kept(page)) == [first]
    page.locator("#baskets").get_by_role("button", name="Delete").click()
    expect(page.locator("#baskets li")).to_have_count(1)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#baskets li")).to_have_count(2)


def test_the_basket_of_a_browser_that_kept_only_one_is_still_there(page: Page, library: Library) -> None:
    page.goto("/help")
    page.evaluate(f"localStorage.setItem('basket', '?p={library.report[1].passage_id}&n=old')")
    page.goto("/basket")
    expect(page.locator("input[name=n]")).to_have_value("old")


def test_labels_are_kept_while_typed_and_shown_as_a_table(page: Page, library: Library) -> None:
    put_in(page, library.report[1].passage_id)
    page.goto("/basket")
    page.locator("input[name=l]").fill("funding, lessons")
    page.goto("/basket")
    expect(page.locator("table.labels")).to_contain_text("funding")
    expect(page.locator("input[name=l]")).to_have_value("funding, lessons")


def test_an_old_page_in_another_window_takes_nothing_away(page: Page, library: Library) -> None:
    first, second = library.report[1].passage_id, library.speech[0].passage_id
    put_in(page, first)
    page.goto("/basket")
    page.locator("input[name=n]").fill("mine")
    other = page.context.new_page()
    put_in(other, second)
    page.get_by_role("button", name="Keep notes and labels").click()
    expect(page.locator(".basket > ol > li")).to_have_count(2)
    assert kept(page) == {first: "mine", second: ""}


def test_a_basket_that_was_saved_gives_its_notes_back_without_scripts_too(
    browser: Browser, site: str, library: Library, look: Look, tmp_path: Path
) -> None:
    with window(browser, replace(look, scripts=False), site) as bare:
        bare.goto(f"/basket?p={library.report[1].passage_id}")
        bare.locator("input[name=n]").fill("for the synthesis")
        bare.locator("input[name=l]").fill("funding")
        bare.get_by_role("button", name="Keep notes and labels").click()
        with bare.expect_download() as saved:
            bare.get_by_role("link", name="CSV").click()
        saved.value.save_as(tmp_path / "evidence.csv")
        bare.goto("/basket")
        bare.locator("input[type=file]").set_input_files(tmp_path / "evidence.csv")
        bare.get_by_role("button", name="Open").click()
        expect(bare.locator("input[name=n]")).to_have_value("for the synthesis")
        expect(bare.locator("input[name=l]")).to_have_value("funding")


def test_adding_what_was_sent_can_be_undone_and_more_than_a_page_shows_is_kept(
    page: Page, library: Library
) -> None:
    mine = [f"report/{number:010d}" for number in range(99)]
    page.goto("/help")
    page.evaluate(
        f"localStorage.setItem('basket', '?{urlencode([('p', passage_id) for passage_id in mine])}')"
    )
    sent = [library.report[1].passage_id, library.speech[0].passage_id]
    page.goto(f"/basket?{urlencode([('p', passage_id) for passage_id in sent])}")
    page.get_by_role("button", name="Add these to mine").click()
    page.wait_for_url("**p=report%2F0000000000**")
    page.locator("input[name=n]").first.fill("noted")
    assert list(kept(page)) == [*mine, *sent]
    expect(page.locator("main")).to_contain_text("1 passage more than one address can carry")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".basket > ol > li")).to_have_count(99)
    assert list(kept(page)) == mine
    assert kept(page)[mine[0]] == "noted"


def test_any_address_of_a_basket_is_kept_as_it_is(page: Page) -> None:
    odd = ["__proto__", "constructor/aaaaaaaaaa", "a b/&=?#"]
    page.goto(
        f"/basket?{urlencode([*(('p', passage_id) for passage_id in odd), ('n', 'x'), ('name', '__proto__')])}"
    )
    assert kept(page) == dict(zip(odd, ["x", "", ""], strict=True))
    assert page.evaluate("({}).note === undefined && ({}).name === undefined")
