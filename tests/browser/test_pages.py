"""Every kind of page in a real Chromium, wide and narrow, light and dark, with and without scripts."""

from __future__ import annotations

import pytest

from tests.browser.chromium import Browser
from tests.webapp.library import Library

WIDTHS = {1440: 1000, 390: 844}
PATHS = (
    "/",
    "/search?q=trust+funds",
    "/search?q=payload",
    '/search?q=fund+"trust',
    "/search?q=zzzzzz&theme=trust-funds",
    "/search?q=" + "a" * 300,
    "/documents/",
    "/d/report",
    "/d/hostile",
    "/d/report/page/2",
    "/themes/",
    "/themes/hostile",
    "/editions/p360-2022",
    "/help",
    "/about",
    "/nothing",
)

WIDER_THAN_THE_WINDOW = """[...document.querySelectorAll("body *")]
    .filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest(".unseen, .skip, .wide, .caret, svg"))
    .map(e => `${e.tagName}.${e.className} ${Math.round(e.getBoundingClientRect().right)}`).slice(0, 5)"""

SMALL_TARGETS = """[...document.querySelectorAll("a, button, input, summary")]
    .filter(e => e.checkVisibility() && !e.closest(".unseen, .skip") && getComputedStyle(e).display !== "inline")
    .map(e => [e, e.closest("label") ?? e])
    .filter(([e, target]) => target.getBoundingClientRect().height < 23.5 || target.getBoundingClientRect().width < 23.5)
    .map(([e]) => `${e.tagName}.${e.className} "${e.textContent}" ${e.getBoundingClientRect().height}`).slice(0, 5)"""

POOR_CONTRAST = """(() => {
    const numbers = c => c.match(/[\\d.]+/g).map(Number)  // a mixed colour has parts of 1, others of 255
        .map((part, i) => c.startsWith("color(") && i < 3 ? part * 255 : part);
    const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
        .map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
        .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
    const behind = e => {
        for (; e; e = e.parentElement) {
            const colour = numbers(getComputedStyle(e).backgroundColor);
            if (colour.length === 3 || colour[3] === 1) return colour;
        }
        return [255, 255, 255];
    };
    const found = [];
    for (const e of document.querySelectorAll("body *")) {
        const words = [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
        if (!words || !e.checkVisibility() || e.closest(".unseen, .skip, svg, .anchor")) continue;
        const [a, b] = [light(numbers(getComputedStyle(e).color)), light(behind(e))].sort((x, y) => y - x);
        if ((a + .05) / (b + .05) < 4.5) found.push(`${e.tagName}.${e.className} ${((a + .05) / (b + .05)).toFixed(2)}`);
    }
    return [...new Set(found)].slice(0, 5);
})()"""


def all_paths(library: Library) -> list[str]:
    return [
        *PATHS,
        f"/p/{library.report[3].passage_id}?q=interoperability",
        f"/p/{library.hostile[0].passage_id}",
    ]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_fits_reads_and_can_be_touched(
    browser: Browser, site: str, library: Library, width: int, dark: bool
) -> None:
    browser.resize(width, WIDTHS[width], dark=dark)
    problems = []
    for path in all_paths(library):
        browser.open(site + path)
        problems += [f"{path}: {problem}" for problem in problems_of(browser, width)]
    assert problems == [], "\n".join(problems)


def problems_of(browser: Browser, width: int) -> list[str]:
    """What is wrong with the page that is open."""
    reached = browser.evaluate("document.documentElement.scrollWidth")
    problems = [f"scrolls sideways to {reached}"] if reached > width else []
    for name, check in (
        ("too wide", WIDER_THAN_THE_WINDOW),
        ("too small", SMALL_TARGETS),
        ("too pale", POOR_CONTRAST),
    ):
        problems += [f"{name}: {found}" for found in browser.evaluate(check)]
    return problems + [
        line for line in browser.complaints() if "Content Security Policy" in line or "Refused" in line
    ]


@pytest.mark.parametrize("width", WIDTHS)
def test_the_words_are_marked_where_they_stand_on_the_page(
    browser: Browser, site: str, library: Library, width: int
) -> None:
    browser.resize(width, WIDTHS[width])
    browser.open(f"{site}/p/{library.report[1].passage_id}")
    browser.evaluate("document.querySelector('.paper img').decode().then(() => 1)")
    paper, mark = (
        browser.evaluate(
            f"(r => [r.x, r.y, r.width, r.height])(document.querySelector('{what}').getBoundingClientRect())"
        )
        for what in (".paper img", ".marks rect")
    )
    scale = paper[2] / 420
    assert mark[0] - paper[0] == pytest.approx(48.5 * scale, abs=1.5)
    assert mark[1] - paper[1] == pytest.approx(98.5 * scale, abs=1.5)
    assert mark[2] == pytest.approx(253 * scale, abs=2)


def test_filters_show_at_once_where_there_is_room_and_open_where_there_is_not(
    browser: Browser, site: str
) -> None:
    shown = "document.querySelector('.filters input[type=checkbox]').checkVisibility({contentVisibilityAuto: true})"
    browser.resize(1440, 1000)
    browser.open(f"{site}/search?q=trust")
    assert browser.evaluate(shown) is True
    browser.resize(390, 844)
    browser.open(f"{site}/search?q=trust")
    assert browser.evaluate("document.querySelector('.filters > details').open") is False
    browser.evaluate("document.querySelector('.filters summary').click()")
    browser.settle()
    assert browser.evaluate(shown) is True


def test_slash_puts_the_cursor_into_the_box(browser: Browser, site: str) -> None:
    browser.resize(1440, 1000)
    browser.open(f"{site}/d/report")
    browser.press("/")
    assert browser.evaluate("document.activeElement.id") == "q"
    assert browser.evaluate("document.activeElement.value") == ""


def test_what_can_be_copied_has_a_button(browser: Browser, site: str, library: Library) -> None:
    browser.resize(1440, 1000)
    browser.open(f"{site}/p/{library.report[1].passage_id}")
    assert browser.evaluate("document.querySelectorAll('button.copy').length") == 7


def test_without_scripts_a_question_still_leads_to_a_passage(
    browser: Browser, site: str, library: Library
) -> None:
    browser.resize(1440, 1000)
    browser.switch_scripts(on=False)
    try:
        browser.open(f"{site}/")
        assert browser.evaluate("document.querySelector('form.ask').action") == f"{site}/search"
        browser.open(f"{site}/search?q=yearly+trust+funds&match=any")
        link = browser.evaluate("document.querySelector('.hit .where a').href")
        browser.open(link)
        assert browser.evaluate("document.querySelectorAll('blockquote mark').length") > 0
        assert browser.evaluate("document.querySelectorAll('button.copy').length") == 0
    finally:
        browser.switch_scripts(on=True)


def test_a_hostile_document_runs_nothing(browser: Browser, site: str, library: Library) -> None:
    browser.resize(1440, 1000)
    for path in ("/d/hostile", f"/p/{library.hostile[0].passage_id}", "/search?q=payload", "/themes/hostile"):
        browser.open(site + path)
        assert not [
            event for event in browser.events if event.get("method") == "Page.javascriptDialogOpening"
        ]
        assert browser.evaluate("document.querySelectorAll('img[onerror], main script').length") == 0
