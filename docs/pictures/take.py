"""Takes the pictures of the reading room that the README shows: `python -m docs.pictures.take` in the project's folder.

Needs a Chromium and an index of the corpus that is shipped (`findings index`).
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from urllib.parse import quote

from PIL import Image
from playwright.sync_api import Page

from search.answering.answer import Question
from search.model import PassageKind
from search.room import ReadingRoom
from search.settings import Settings
from tests.browser.chromium import Look, find_chromium, open_browser, window
from tests.browser.serving import serving

HERE = Path(__file__).parent
LOOKS = [Look(width, dark) for width in (1440, 390) for dark in (False, True)]
QUESTION = "trust funds"
THEME = "trust-funds"
COLOURS = 200  # of a picture; keeps each below 300 kB
DRAWN = (
    "Promise.all([...document.images].filter(i => i.checkVisibility()).map(i => i.decode().catch(() => 0)))"
)


def pages_to_take(room: ReadingRoom) -> dict[str, str]:
    """Name of the picture: path of the page."""
    best = room.ask(Question(QUESTION, limit=20)).hits
    prose = (hit for hit in best if hit.passage.boxes and hit.passage.kind is PassageKind.PARAGRAPH)
    shown = next(prose, best[0]).passage
    asked = f"q={quote(QUESTION)}"
    misquoted = " ".join(word for place, word in enumerate(shown.text.split()[:24]) if place != 5)
    return {
        "home": "/",
        "search": f"/search?{asked}&beside={quote(shown.passage_id)}",
        "passage": f"/p/{shown.passage_id}?{asked}",
        "document": f"/d/{shown.document_id}",
        "theme": f"/themes/{THEME}",
        "quote": f"/quote?text={quote(misquoted)}",
    }


def take(page: Page, path: str, target: Path) -> None:
    """One picture, with few enough colours to be small."""
    page.goto(path)
    page.evaluate(f"{DRAWN}.then(() => 1)")
    page.screenshot(path=target)
    with Image.open(target) as picture:
        picture.convert("RGB").quantize(COLOURS).save(target, optimize=True)


def main() -> int:
    """Takes all pictures."""
    program = find_chromium()
    if program is None:
        sys.stderr.write("there is no Chromium on this machine\n")
        return 2
    settings = Settings.from_env(os.environ)
    pages = pages_to_take(ReadingRoom(settings))
    with serving(settings) as site, open_browser(program) as browser:
        for look in LOOKS:
            with window(browser, look, site) as page:
                for name, path in pages.items():
                    shade = "dark" if look.dark else "light"
                    take(page, path, HERE / f"{name}-{look.width}-{shade}.png")
    return 0


if __name__ == "__main__":
    sys.exit(main())
