"""Random sessions with baskets in a real Chromium, held against a model: two windows, steps in any order, nothing lost.

The model knows what each basket holds, and of each window which basket its page showed when it was loaded. A few seeded
sessions are part of the tests; `python -m tests.browser.basket_sessions 1000` runs as many as it is told.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, urlencode

from playwright.sync_api import Page, expect

from tests.browser.chromium import Look, find_chromium, open_browser, window
from tests.browser.serving import serving
from tests.webapp.library import build_library

PATIENCE = 10  # seconds
Said = tuple[str, str]
"""The note and the labels of a passage."""
ACTS = (
    "add", "add", "note", "note", "label", "bare", "down", "up", "out", "out and undo", "reload", "sent", "sent and added",
    "sent and kept", "new", "choose", "name",
)  # fmt: skip


@dataclass
class Tab:
    """A window: its page, and the key and the passages of the basket that it shows as the reader's own."""

    page: Page
    key: str | None = None
    shown: list[str] = field(default_factory=list)


def kept(page: Page) -> tuple[str, dict[str, tuple[str, dict[str, Said]]]]:
    """The key of the open basket, and by their keys the name and the passages of all that hold any."""
    stored = json.loads(page.evaluate("localStorage.getItem('baskets')") or '{"open": "1", "all": {}}')
    baskets = {key: read_basket(written) for key, written in stored["all"].items()}
    return stored["open"], {key: basket for key, basket in baskets.items() if basket[1]}


def read_basket(written: str) -> tuple[str, dict[str, Said]]:
    """Name and passages of an address."""
    values = parse_qs(written.lstrip("?"), keep_blank_values=True)
    ids = values.get("p", [])
    notes, labels = ([*values.get(name, []), *[""] * len(ids)][: len(ids)] for name in ("n", "l"))
    name = values.get("name", [""])[0]
    return name, dict(zip(ids, zip(notes, labels, strict=True), strict=True))


class Session:
    """One reader with two windows, and what the baskets must hold after each step."""

    def __init__(self, first: Page, known: Sequence[str], seed: int) -> None:
        self._chosen = random.Random(seed)
        self._known = known
        first.goto("/basket")
        first.evaluate("localStorage.clear()")
        second = first.context.new_page()
        second.goto("/basket")
        self.tabs = [Tab(first), Tab(second)]
        self.baskets: dict[str, tuple[str, dict[str, Said]]] = {}
        self.open = "1"
        self.done: list[str] = []

    def step(self, number: int) -> None:
        """One step of one window; afterwards the browser keeps what the model holds."""
        tab, act = self._chosen.choice(self.tabs), self._chosen.choice(ACTS)
        self.done.append(f"{self.tabs.index(tab)} {act}")
        if act == "add":
            self._add(tab)
        elif act.startswith("sent"):
            self._sent(tab, act, number)
        elif act == "new":
            self._new(tab)
        elif act == "choose":
            self._choose(tab)
        elif self._items(self.open) or tab.key:
            self._on_page(tab, act, number)
        self._check()

    def _items(self, key: str) -> dict[str, Said]:
        """The passages that a basket must hold."""
        return self.baskets.setdefault(key, ("", {}))[1]

    def _add(self, tab: Tab) -> None:
        """Puts a passage into the open basket by key."""
        passage_id = self._chosen.choice(self._known)
        tab.key = None
        tab.page.goto(f"/p/{passage_id}", wait_until="domcontentloaded")
        if passage_id in self._items(self.open):
            tab.page.get_by_role("link", name="In the basket").click()
            self._arrived(tab, self.open)
            return
        tab.page.keyboard.press("b")
        expect(tab.page.locator("#said")).to_contain_text("Put into")
        self._items(self.open)[passage_id] = ("", "")

    def _arrived(self, tab: Tab, key: str) -> None:
        """Waits until the page of a basket of the reader's own is there."""
        tab.page.wait_for_function(
            "([key, many]) => history.state?.basket === key && document.querySelectorAll('.basket > ol > li').length === many",
            arg=[key, len(self._items(key))],
        )
        tab.key, tab.shown = key, list(self._items(key))

    def _bare(self, tab: Tab) -> None:
        """Opens the bare address."""
        tab.page.goto("/basket")
        self._arrived(tab, self.open)

    def _sent(self, tab: Tab, act: str, number: int) -> None:
        """Opens a basket that somebody sent, and perhaps takes it over."""
        ids = self._chosen.sample(self._known, 2)
        theirs = dict.fromkeys(ids, (f"theirs {number}", "sent"))
        mine = self._items(self.open)
        tab.key = None
        pairs = [("p", i) for i in ids] + [("n", said[0]) for said in theirs.values()]
        tab.page.goto(f"/basket?{urlencode([*pairs, ('l', 'sent'), ('l', 'sent')])}")
        if not mine:
            self.baskets[self.open] = ("", theirs)
            self._arrived(tab, self.open)
        elif act == "sent and added":
            tab.page.get_by_role("button", name="Add these to mine").click()
            for passage_id, (note, labels) in theirs.items():
                before = mine.get(passage_id, ("", ""))
                mine[passage_id] = (before[0] or note, before[1] or labels)
            self._arrived(tab, self.open)
        elif act == "sent and kept":
            tab.page.get_by_role("button", name="Keep it as another of mine").click()
            tab.page.wait_for_function("history.state?.basket")
            self.open, _ = kept(tab.page)
            self.baskets[self.open] = ("", theirs)
            self._arrived(tab, self.open)

    def _new(self, tab: Tab) -> None:
        """Begins a new basket."""
        if not self._items(self.open):
            return
        self._bare(tab)
        tab.page.get_by_role("button", name="New basket").click()
        expect(tab.page.locator("main")).to_contain_text("Nothing is in it")
        self.open, _ = kept(tab.page)
        self.baskets[self.open] = ("", {})
        tab.key = None

    def _choose(self, tab: Tab) -> None:
        """Opens another basket of this browser."""
        others = [key for key, (_, items) in self.baskets.items() if items and key != self.open]
        if not others:
            return
        tab.page.goto("/basket")
        button = tab.page.locator("#baskets").get_by_role("button", name="Open").first
        button.click()
        tab.page.wait_for_function("key => JSON.parse(localStorage.baskets).open !== key", arg=self.open)
        self.open, _ = kept(tab.page)
        self._arrived(tab, self.open)

    def _on_page(self, tab: Tab, act: str, number: int) -> None:
        """A step on the page of a basket, which may show how it was before the other window changed it."""
        if tab.key is None or not tab.shown or act == "bare":
            if not self._items(self.open):
                return
            self._bare(tab)
        assert tab.key is not None
        items = self._items(tab.key)
        at = self._chosen.randrange(len(tab.shown))
        passage_id = tab.shown[at]
        if act in ("note", "label"):
            words = f"{act} {number}"
            shown = [tab.page.locator(f"input[name={name}]").nth(at).input_value() for name in "nl"]
            tab.page.locator(f"input[name={act[0]}]").nth(at).fill(words)
            note, labels = items.get(
                passage_id, shown
            )  # one that the other window took out comes back as it is shown
            items[passage_id] = (words, labels) if act == "note" else (note, words)
        elif act == "name":
            tab.page.locator("input[name=name]").fill(f"Basket {number}")
            self.baskets[tab.key] = (f"Basket {number}", items)
        elif act == "reload":
            if list(items) == tab.shown:
                tab.page.reload()
                self._arrived(tab, tab.key)
        else:
            self._move(tab, act, at)

    def _move(self, tab: Tab, act: str, at: int) -> None:
        """Moves a passage, or takes it out and perhaps back."""
        assert tab.key is not None
        items, passage_id, key = self._items(tab.key), tab.shown[at], tab.key
        row = tab.page.locator(".basket > ol > li").nth(at)
        if act in ("up", "down"):
            step = -1 if act == "up" else 1
            if not 0 <= at + step < len(tab.shown):
                return
            row.get_by_role("link", name=act.capitalize(), exact=True).click()
            wanted = list(tab.shown)
            wanted.insert(at + step, wanted.pop(at))
            order = [i for i in wanted if i in items] + [i for i in items if i not in wanted]
            self.baskets[key] = (self.baskets[key][0], {i: items[i] for i in order})
            self._land(tab, key)
            return
        row.get_by_role("link", name="Take out").click()
        said = items.pop(passage_id, None)
        self._land(tab, key)
        if act == "out and undo" and said is not None:
            tab.page.get_by_role("button", name="Undo").click()
            items[passage_id] = said
            self._arrived(tab, key)
            _, found = kept(tab.page)
            assert set(found[key][1]) == set(items)
            self.baskets[key] = (self.baskets[key][0], {i: items[i] for i in found[key][1]})
            tab.shown = list(found[key][1])

    def _land(self, tab: Tab, key: str) -> None:
        """Waits for the page that a step leads to: that of the basket, or an empty one."""
        if self._items(key):
            self._arrived(tab, key)
        else:
            expect(tab.page.locator("main")).to_contain_text("Nothing is in it")
            tab.key = None

    def _check(self) -> None:
        """The browser keeps what the model holds, notes, labels, names and all."""
        wanted = {key: basket for key, basket in self.baskets.items() if basket[1]}
        for tab in self.tabs:  # another window hears a little later of what one has written
            found: object = None
            end = time.monotonic() + PATIENCE
            while found != wanted and time.monotonic() < end:
                _, found = kept(tab.page)
            assert found == wanted, f"{found}\nwanted {wanted}"
        orders = {key: list(items) for key, (_, items) in kept(self.tabs[0].page)[1].items()}
        assert orders == {key: list(items) for key, (_, items) in wanted.items()}


def run_session(page: Page, known: Sequence[str], seed: int, steps: int) -> None:
    """One session of so many steps. Raises AssertionError with all steps so far where something is lost."""
    session = Session(page, known, seed)
    for number in range(steps):
        try:
            session.step(number)
        except Exception as error:
            error.add_note(f"seed {seed}: {session.done}")
            raise


def main(sessions: int, steps: int = 10, first: int = 0) -> None:
    """Runs sessions with seeds from `first` on, each in a window of its own; says how many have passed."""
    program = find_chromium()
    assert program is not None
    with (
        tempfile.TemporaryDirectory() as folder,
        open_browser(program, "--blink-settings=imagesEnabled=false") as browser,
    ):
        library = build_library(Path(folder))
        known = [p.passage_id for p in (*library.report, *library.speech)][:6]
        with serving(library.settings) as site:
            for seed in range(first, first + sessions):
                with window(browser, Look(), site) as page:
                    run_session(page, known, seed, steps)
                if seed % 50 == 49:
                    sys.stderr.write(f"{seed + 1} sessions of {steps} steps: nothing lost\n")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
