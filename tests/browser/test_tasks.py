"""Twelve things that people come for, done in a real Chromium: with scripts and without, at a desk and on a telephone."""

from __future__ import annotations

import json
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Dialog, Page, expect

from tests.browser.chromium import Look
from tests.webapp.library import Library

LOOKS = [Look(width, scripts=scripts) for width in (1440, 390) for scripts in (True, False)]


def heading(page: Page) -> str:
    """The heading of the page, once all of it is there, which says where one is."""
    page.wait_for_load_state("domcontentloaded")
    return " ".join(page.locator("h1").inner_text().split())


def search(page: Page, words: str) -> None:
    """Types a question into the box of the page, sends it, and waits for its own answer."""
    box = page.locator("#q")
    box.fill(words)
    box.press("Enter")
    page.wait_for_url(lambda url: parse_qs(urlsplit(url).query).get("q") == [words])


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_find_passages_by_theme(page: Page) -> None:
    page.goto("/")
    page.locator(".theme-list a", has_text="Trust Funds").first.click()
    assert heading(page) == "Trust Funds"
    page.get_by_role("link", name=re.compile("passages?$")).first.click()
    assert "in the collection" in heading(page)
    themed = page.locator(".hit .signs .theme", has_text="Trust Funds")
    assert themed.count() == page.locator(".hit").count() > 0


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_narrow_by_edition(page: Page, look: Look) -> None:
    page.goto("/search?q=trust")
    if look.width < 720:
        page.locator(".filters > details > summary").click()
    page.get_by_label(re.compile("Chania 2019|Chania")).click()
    if not look.scripts:  # with them, a filter is applied when it is ticked
        page.locator(".filters button[type=submit]").click()
    page.wait_for_url("**edition=p360-2019**")
    assert heading(page) == "1 passage in 1 document matches trust"
    page.get_by_role("link", name=re.compile("^Remove")).click()
    assert heading(page).startswith("3 passages")


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_narrow_by_two_dates_one_after_the_other(page: Page, look: Look) -> None:
    page.goto("/search?q=trust")
    if look.width < 720:
        page.locator(".filters > details > summary").click()
    button = page.locator(".filters button[type=submit]")
    assert button.is_visible() is not look.scripts  # nothing is typed that it could apply
    page.get_by_label("From").fill("2019")
    page.keyboard.press("Tab")  # on the way to the other date nothing is applied
    page.get_by_label("Until").fill("2020")
    page.keyboard.press("Shift+Tab")
    assert page.url.endswith("/search?q=trust")
    button.click()
    page.wait_for_url("**since=2019&until=2020**")
    assert heading(page).startswith("1 passage")


@pytest.mark.parametrize("look", [Look(), Look(scripts=False)], ids=str)
def test_what_is_said_of_filters_is_true_with_scripts_and_without(page: Page, look: Look) -> None:
    page.goto("/search?q=trust")
    shown = page.locator(".filters form").aria_snapshot()
    assert ("What is ticked here is applied at once" in shown) is look.scripts


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_open_a_hit_on_its_page(page: Page, library: Library) -> None:
    page.goto("/search?q=discussion+of+interoperability")
    page.locator(".hit", has_text="interoperability").get_by_role("link", name="Open page").first.click()
    assert heading(page) == "Page 1 (PDF p. 2)"
    assert page.locator(".marks rect").count() > 0
    assert page.locator(".passage.chosen").inner_text().startswith("The discussion of interoperability")


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_go_on_to_the_next_hit(page: Page, look: Look) -> None:
    page.goto("/search?q=discussion")
    page.locator(".hit .where a").first.click()
    expect(page.locator(".hit-walk b")).to_have_text("Hit 1 of 2")
    first = page.url
    if look.scripts:
        page.keyboard.press("n")
    else:
        page.get_by_role("link", name="Next hit").click()
    expect(page.locator(".hit-walk b")).to_have_text("Hit 2 of 2")
    assert page.url != first and "q=discussion" in page.url
    assert page.locator("blockquote mark").count() > 0


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_copy_a_citation(page: Page, look: Look, library: Library) -> None:
    page.goto("/search?q=pays+for+defence+reform")
    if look.scripts:
        for key in ("j", "y"):
            page.keyboard.press(key)
        expect(page.locator("#said")).to_contain_text("Copied")
        copied = page.evaluate("navigator.clipboard.readText()")
    else:
        page.get_by_role("link", name="Cite").first.click()
        copied = page.locator("#cite pre.copyable").first.inner_text()
    assert "Symposium report, Geneva 2022" in copied
    assert f"/p/{library.report[2].passage_id}" in copied


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_link_to_a_sentence(page: Page, library: Library) -> None:
    page.goto(f"/p/{library.report[1].passage_id}")
    page.get_by_text("Link to one sentence").click()
    page.locator(".sentences a").nth(1).click()
    page.wait_for_url("**?s=*")
    assert page.locator("blockquote mark").all_inner_texts() == [
        "Participants recommended that trust funds be planned for several years."
    ]


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_check_a_quotation(page: Page, look: Look) -> None:
    page.goto("/")
    page.locator("nav[aria-label=Main] a[href='/quote']").click()
    box = page.locator("textarea")
    box.fill("Participants recommended that trust funds be planned for many years.")
    page.get_by_role("button", name="Look up").click()
    expect(page.locator("main h2").first).to_have_text("They were changed")
    assert page.locator(".checked del").all_inner_texts() == ["several"]
    assert page.locator(".checked ins").all_inner_texts() == ["many"]


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_collect_passages_and_export_them(page: Page, look: Look, library: Library) -> None:
    wanted = [library.report[2].passage_id, library.speech[0].passage_id]
    if look.scripts:
        for passage_id in wanted:
            page.goto(f"/p/{passage_id}")
            page.keyboard.press("b")
            expect(page.locator("#said")).to_contain_text("basket")
        expect(page.locator(".in-basket")).to_have_text("2")
        page.get_by_role("link", name=re.compile("^Basket")).click()
    else:  # without scripts the address of the basket is what is kept
        page.goto(f"/p/{wanted[0]}")
        page.get_by_role("link", name="Into the basket").click()
        page.goto(f"{page.url}&p={wanted[1]}")
    assert page.locator(".basket > ol > li").count() == 2
    with page.expect_download() as started:
        page.get_by_role("link", name="CSL-JSON").click()
    items = json.loads(started.value.path().read_text(encoding="utf-8"))
    assert [item["URL"].rpartition("/p/")[2] for item in items] == wanted


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_compare_two_editions(page: Page) -> None:
    page.goto("/themes/trust-funds")
    page.get_by_role("link", name=re.compile("[Cc]ompare")).first.click()
    page.locator("select[name=first]").select_option("p360-2019")
    page.locator("select[name=second]").select_option("p360-2022")
    page.get_by_role("button", name=re.compile("Compare")).click()
    page.wait_for_url("**first=p360-2019&second=p360-2022**")
    assert page.locator("main h2").all_inner_texts()[:2] == ["Chania 2019", "Geneva 2022"]


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_look_a_document_up(page: Page) -> None:
    page.goto("/documents/")
    page.get_by_role("link", name="Symposium report, Geneva 2022").click()
    assert heading(page) == "Symposium report, Geneva 2022"
    page.locator("#within").fill("interoperability")
    page.locator("#within").press("Enter")
    page.wait_for_url("**document=report**")
    assert heading(page).startswith("1 passage in 1 document")


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_come_from_nothing_to_a_result(page: Page) -> None:
    page.goto("/")
    search(page, "interoperabilty exercise reform")
    assert heading(page).startswith("Nothing") or page.locator(".notice").count()
    search(page, "intreoperability")
    assert heading(page).startswith("Nothing matches")
    page.locator(".meant a").first.click()
    expect(page.locator(".hit mark").first).to_be_visible()


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_print_results_as_citations_and_a_passage_on_one_sheet(
    page: Page, library: Library, look: Look
) -> None:
    page.emulate_media(media="print")
    page.goto("/search?q=discussion")
    assert page.locator(".cited").first.is_visible()
    assert "/p/report/" in page.locator(".cited").first.inner_text()
    for hidden in (".top", ".filters", ".hit .acts", ".foot"):
        assert not page.locator(hidden).first.is_visible(), hidden
    page.goto(f"/p/{library.report[2].passage_id}")
    page.evaluate("document.querySelector('.paper img').decode()")
    assert page.locator(".marks rect").count() == 1
    assert _sheets(page) == 1


def _sheets(page: Page) -> int:
    """How many sheets of A4 the page takes when it is printed."""
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4", print_background=True)))


@pytest.mark.parametrize("look", [Look()], ids=str)
def test_from_results_to_a_copied_citation_in_two_keys_wherever_the_hit_stands(
    page: Page, library: Library
) -> None:
    page.goto("/search?q=trust")
    assert page.locator(".hit").count() >= 3
    third = page.locator(".hit").nth(2).get_attribute("data-passage")
    for key in "jjjy":
        page.keyboard.press(key)
    expect(page.locator("#said")).to_contain_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()").rstrip(".").endswith(f"/p/{third}")


@pytest.mark.parametrize("look", [Look()], ids=str)
def test_the_pane_follows_the_chosen_hit_without_leaving_the_list(page: Page, library: Library) -> None:
    page.goto("/search?q=discussion")
    page.evaluate("window.same = true")
    expect(page.locator(".pane-head a")).to_contain_text("p. 2")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator(".pane-head a")).to_contain_text("p. 3")
    assert page.evaluate("window.same") is True
    expect(page.locator(".hit.beside")).to_have_attribute("data-passage", library.report[4].passage_id)
    page.wait_for_url("**beside=*")
    other = page.locator(".hit:not(.beside)").first.get_attribute("data-passage")
    page.locator("a.show-beside").first.click()
    page.wait_for_url(f"**beside={str(other).replace('/', '%2F')}*")
    page.reload()
    assert page.locator(".hit.beside").get_attribute("data-passage") == other


@pytest.mark.parametrize("look", [Look()], ids=str)
def test_keys_are_shown_by_a_question_mark_and_can_be_switched_off_for_good(page: Page) -> None:
    page.goto("/search?q=trust")
    page.keyboard.press("?")
    dialog = page.locator("dialog#keys")
    expect(dialog).to_be_visible()
    assert dialog.locator("kbd").all_inner_texts() == [
        "/",
        "j",
        "k",
        "o",
        "n",
        "p",
        "y",
        "l",
        "b",
        "?",
        "Esc",
    ]
    dialog.get_by_role("checkbox").uncheck()
    page.keyboard.press("Escape")
    expect(dialog).not_to_be_visible()
    page.goto("/d/report")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") != "q"
    page.get_by_role("button", name="Keys").click()
    page.locator("dialog#keys").get_by_role("checkbox").check()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.type("j/?")
    assert page.locator("#q").input_value() == "j/?", "what is typed into a box is no key"


@pytest.mark.parametrize("look", [Look()], ids=str)
def test_where_the_clipboard_is_forbidden_the_words_are_offered(page: Page, library: Library) -> None:
    offered: list[str] = []

    def take(dialog: Dialog) -> None:
        offered.append(dialog.default_value)
        dialog.accept()

    page.on("dialog", take)
    page.add_init_script("navigator.clipboard.writeText = () => Promise.reject(new Error('forbidden'))")
    page.goto(f"/p/{library.report[1].passage_id}")
    page.keyboard.press("l")
    page.wait_for_function("true")
    assert offered and offered[0].endswith(f"/p/{library.report[1].passage_id}")
