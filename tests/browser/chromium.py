"""The Chromium of this machine, driven by Playwright: fresh windows of any size and look, with scripts or without."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Browser, Page, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
SWITCHES = (
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
)
HEIGHTS = {1440: 1000, 390: 844}
"""Heights of windows by their width, in CSS pixels: a desk and a telephone."""


def find_chromium() -> str | None:
    """The program on this machine, or None."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


@contextmanager
def open_browser(program: str, *more: str) -> Iterator[Browser]:
    """A browser with a fresh profile, and `more` switches, gone with all its processes afterwards."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=[*SWITCHES, *more])
        try:
            yield browser
        finally:
            browser.close()


@dataclass(frozen=True, slots=True)
class Look:
    """How a reader looks at pages: width of the window, dark or light, with scripts or without, enlarged how often."""

    width: int = 1440
    dark: bool = False
    scripts: bool = True
    zoom: int = 1

    def __str__(self) -> str:
        words = [str(self.width), "dark" if self.dark else "light", "" if self.scripts else "no scripts"]
        return " ".join(word for word in (*words, f"zoom {self.zoom}" if self.zoom > 1 else "") if word)


@contextmanager
def window(browser: Browser, look: Look, site: str = "") -> Iterator[Page]:
    """An empty window that follows paths of a site. Enlarging a page means that it has so many CSS pixels less."""
    height = HEIGHTS.get(look.width, 900)
    context = browser.new_context(
        base_url=site or None,
        viewport={"width": look.width // look.zoom, "height": height // look.zoom},
        device_scale_factor=look.zoom,
        color_scheme="dark" if look.dark else "light",
        reduced_motion="reduce",
        java_script_enabled=look.scripts,
        permissions=["clipboard-read", "clipboard-write"],
    )
    try:
        yield context.new_page()
    finally:
        context.close()
