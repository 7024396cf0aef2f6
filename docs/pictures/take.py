"""Takes the pictures of the reading room that the README shows: `python -m docs.pictures.take` in the project's folder.

Needs a Chromium and an index of the corpus that is shipped (`findings index`).
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from urllib.parse import quote

from PIL import Image

from search.answers import Question
from search.model import PassageKind
from search.room import ReadingRoom
from search.settings import Settings
from tests.browser.chromium import Browser, find_chromium, open_browser
from tests.browser.serving import serving

HERE = Path(__file__).parent
SIZES = {1440: 1000, 390: 844}  # width: height of the window
LOOKS = {"light": False, "dark": True}
QUESTION = "trust funds"
COLOURS = 200  # of a picture; keeps each below 300 kB


def pages_to_take(room: ReadingRoom) -> dict[str, str]:
    """Name of the picture: path of the page."""
    best = room.ask(Question(QUESTION, limit=20)).hits
    prose = (hit for hit in best if hit.passage.boxes and hit.passage.kind is PassageKind.PARAGRAPH)
    shown = next(prose, best[0])
    asked = f"q={quote(QUESTION)}"
    return {
        "home": "/",
        "search": f"/search?{asked}&beside={quote(shown.passage.passage_id)}",
        "passage": f"/p/{shown.passage.passage_id}?{asked}",
    }


def take(browser: Browser, address: str, target: Path) -> None:
    """One picture, with few enough colours to be small."""
    browser.open(address)
    browser.take_picture(target)
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
        for width, height in SIZES.items():
            for look, dark in LOOKS.items():
                browser.resize(width, height, dark=dark)
                for name, path in pages.items():
                    take(browser, site + path, HERE / f"{name}-{width}-{look}.png")
    return 0


if __name__ == "__main__":
    sys.exit(main())
