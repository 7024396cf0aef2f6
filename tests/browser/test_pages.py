"""Every kind of page in a real Chromium: wide, narrow and enlarged, light and dark, read by axe and by our own rules."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page

from tests.browser.chromium import Look
from tests.webapp.library import REWORDED, WITHDRAWN, Library

PATHS = (
    "/",
    "/search?q=trust+funds",
    "/search?q=discussion",
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
    "/themes/trust-funds",
    "/themes/trust-funds/compare",
    "/findings/",
    "/findings/?weak=1&sort=strongest",
    "/editions/",
    "/editions/p360-2022",
    "/quote",
    "/quote?text=the+discussion+of+interoperability+went+on+for+ever",
    "/check",
    "/batch",
    "/basket",
    "/suggest?q=tr",
    "/help",
    "/help/api",
    "/about",
    "/nothing",
    f"/p/report/{REWORDED}",
    f"/p/speech/{WITHDRAWN}",
)

WIDER_THAN_THE_WINDOW = """[...document.querySelectorAll("body *")]
    .filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest(".unseen, .skip, .wide, .caret, svg, #said"))
    .map(e => `${e.tagName}.${e.className} ${Math.round(e.getBoundingClientRect().right)}`).slice(0, 5)"""

SMALL_TARGETS = """[...document.querySelectorAll("a, button, input, summary")]
    .filter(e => e.checkVisibility() && !e.closest(".unseen, .skip, svg") && getComputedStyle(e).display !== "inline")
    .map(e => [e, e.closest("label") ?? e])
    .filter(([e, target]) => target.getBoundingClientRect().height < 23.5 || target.getBoundingClientRect().width < 23.5)
    .map(([e]) => `${e.tagName}.${e.className} "${e.textContent}" ${e.getBoundingClientRect().height}`).slice(0, 5)"""

HIDDEN_FOCUS = """(e => {
    if (!e || e === document.body) return "";
    const box = e.getClientRects()[0] ?? e.getBoundingClientRect(), style = getComputedStyle(e);
    const name = `${e.tagName}.${e.className} "${(e.textContent || "").trim().slice(0, 40)}"`;
    if (!box.width || !box.height) return `${name}: nothing to be seen`;
    if (style.outlineStyle === "none" || !parseFloat(style.outlineWidth)) return `${name}: no outline`;
    const x = Math.min(Math.max(box.left + 5, 0), innerWidth - 1);
    const y = Math.min(Math.max(box.top + Math.min(box.height / 2, 9), 0), innerHeight - 1);
    const there = document.elementFromPoint(x, y);
    const shown = there && (e.contains(there) || there.contains(e) || there.closest("label")?.contains(e));
    return shown ? "" : `${name}: covered by ${there?.tagName}.${there?.className}`;
})(document.activeElement)"""

LOOKS = [Look(), Look(dark=True), Look(390), Look(390, dark=True), Look(1280, zoom=2), Look(1280, zoom=4)]
"""The last one is what WCAG 1.4.10 asks for: at 400 % a page is 320 CSS pixels wide and still needs no scrolling sideways."""


def all_paths(library: Library) -> list[str]:
    """Every kind of page, with one passage of each kind of document."""
    report, hostile = library.report, library.hostile
    return [
        *PATHS,
        f"/p/{report[3].passage_id}?q=interoperability",
        f"/p/{report[1].passage_id}?view=lines&context=0",
        f"/p/{hostile[0].passage_id}",
        f"/p/{library.speech[0].passage_id}",
        f"/basket?p={report[1].passage_id}&n=mine&p=report/{REWORDED}",
        f"/search?q=trust&beside={report[2].passage_id}",
    ]


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_every_page_fits_and_can_be_touched(page: Page, library: Library, look: Look) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.extend(_refusals(message)))
    problems = []
    for path in all_paths(library):
        page.goto(path)
        problems += [f"{path}: {problem}" for problem in problems_of(page, look)]
    assert problems + complaints == [], "\n".join(problems + complaints)


def _refusals(message: ConsoleMessage) -> list[str]:
    """What the content policy refused."""
    words = message.text
    return [words] if "Content Security Policy" in words or "Refused" in words else []


def problems_of(page: Page, look: Look) -> list[str]:
    """What is wrong with the page that is open."""
    reached = page.evaluate("document.documentElement.scrollWidth")
    problems = [f"scrolls sideways to {reached}"] if reached > look.width // look.zoom else []
    for name, check in (("too wide", WIDER_THAN_THE_WINDOW), ("too small", SMALL_TARGETS)):
        problems += [f"{name}: {found}" for found in page.evaluate(check)]
    return problems


@pytest.mark.parametrize("look", LOOKS[:4], ids=str)
def test_axe_finds_nothing_on_any_page(page: Page, library: Library) -> None:
    axe = Axe()
    problems = []
    for path in all_paths(library):
        page.goto(path)
        for violation in axe.run(page).response["violations"]:
            places = [node["html"][:160] for node in violation["nodes"]][:3]
            problems.append(f"{path}: {violation['id']}: {violation['help']}: {places}")
    assert problems == [], "\n".join(problems)


@pytest.mark.parametrize("look", [Look(), Look(390, dark=True)], ids=str)
def test_the_focus_can_always_be_seen(page: Page, library: Library) -> None:
    problems = []
    passage = f"/p/{library.report[3].passage_id}?q=interoperability"
    for path in ("/", "/search?q=trust+funds", passage, "/d/report", "/themes/trust-funds", "/check"):
        page.goto(path)
        for _ in range(60):
            page.keyboard.press("Tab")
            problem = page.evaluate(HIDDEN_FOCUS)
            problems += [f"{path}: {problem}"] if problem else []
    assert problems == [], "\n".join(dict.fromkeys(problems))


@pytest.mark.parametrize("look", [Look(), Look(390)], ids=str)
def test_nothing_moves_while_a_page_comes(page: Page, library: Library) -> None:
    watching = """window.moved = 0;
        new PerformanceObserver(list => { for (const e of list.getEntries()) window.moved += e.value; })
            .observe({type: "layout-shift", buffered: true});"""
    page.add_init_script(watching)
    for path in ("/", "/search?q=trust", f"/p/{library.report[1].passage_id}", "/d/report/page/2"):
        page.goto(path, wait_until="networkidle")
        assert page.evaluate("window.moved") == 0, path


@pytest.mark.parametrize("look", [Look(), Look(390)], ids=str)
def test_the_words_are_marked_where_they_stand_on_the_page(page: Page, library: Library) -> None:
    page.goto(f"/p/{library.report[1].passage_id}")
    page.evaluate("document.querySelector('.paper img').decode()")
    paper, mark = page.locator(".paper img").bounding_box(), page.locator(".marks rect").first.bounding_box()
    assert paper and mark
    scale = paper["width"] / 420
    assert mark["x"] - paper["x"] == pytest.approx(48.5 * scale, abs=1.5)
    assert mark["y"] - paper["y"] == pytest.approx(98.5 * scale, abs=1.5)
    assert mark["width"] == pytest.approx(253 * scale, abs=2)


@pytest.mark.parametrize("look", [Look(), Look(390)], ids=str)
def test_filters_show_at_once_where_there_is_room_and_open_where_there_is_not(page: Page, look: Look) -> None:
    page.goto("/search?q=trust")
    box = page.locator(".filters input[type=checkbox]").first
    assert box.is_visible() is (look.width > 720)
    if look.width <= 720:
        page.locator(".filters > details > summary").click()
        assert box.is_visible()


@pytest.mark.parametrize("look", [Look()], ids=str)
def test_a_hostile_document_runs_nothing(page: Page, library: Library) -> None:
    opened: list[str] = []
    page.on("dialog", lambda dialog: opened.append(dialog.message))
    for path in ("/d/hostile", f"/p/{library.hostile[0].passage_id}", "/search?q=payload", "/themes/hostile"):
        page.goto(path)
        assert page.locator("img[onerror], main script:not([type='application/ld+json'])").count() == 0
        if path.startswith("/search"):
            page.keyboard.press("j")
            page.keyboard.press("b")
            page.keyboard.press("y")
    assert opened == []
