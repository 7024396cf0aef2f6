"""Draws pages of a PDF as PNG files, or tells the sizes of all pages: a program of its own, so that it can be killed.

    python -m webapp.page_images.render_page sizes FILE.pdf             prints [[width, height], ...] in points
    python -m webapp.page_images.render_page draw FILE.pdf PAGE OUT.png  draws a page (from 1) at DPI
    python -m webapp.page_images.render_page small FILE.pdf FOLDER PAGE ...  draws pages small, as FOLDER/PAGE.png, while there is time

pdfium may be used by one thread at a time only, and a damaged or hostile file can crash it or keep it busy for ever.
Here it can do neither to the server: `webapp.page_images.cache` starts this program with limits. It leaves with 0, or with
1 and one line on stderr. This is the one file of the web app that imports pypdfium2.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

DPI = 110  # letters of 8 points are easy to read, and an A4 page is 909 x 1286 pixels and about 150 kB
POINTS_AN_INCH = 72
SMALL = 168  # pixels of the longer side of a small picture: what stands where on the page can be told, 4 kB
SMALL_SECONDS = 6  # after which no further small picture is begun
MOST_PIXELS = 12_000_000  # a page as large as a poster is drawn smaller
MEMORY = 1_500_000_000  # bytes of address space; the libraries take 0.5 GB, MOST_PIXELS 48 MB
SECONDS = 20  # of processor time
LARGEST_FILE = 64_000_000  # bytes written


def limit_resources() -> None:
    """Set the limits of this process; the kernel ends it when it goes beyond them.

    At the soft limit of time it sends SIGXCPU, which tells it from a process that the system killed for want of memory.
    """
    for kind, soft, hard in (
        (resource.RLIMIT_AS, MEMORY, MEMORY),
        (resource.RLIMIT_CPU, SECONDS, SECONDS + 1),
        (resource.RLIMIT_FSIZE, LARGEST_FILE, LARGEST_FILE),
        (resource.RLIMIT_CORE, 0, 0),
    ):
        resource.setrlimit(kind, (soft, hard))


def drawing_scale(width: float, height: float) -> float:
    """Return pixels a point: DPI, or less for a page that would have more than MOST_PIXELS."""
    scale = DPI / POINTS_AN_INCH
    pixels = width * height * scale * scale
    return scale if pixels <= MOST_PIXELS else scale * (MOST_PIXELS / pixels) ** 0.5


def page_sizes(path: str) -> list[tuple[float, float]]:
    """Return width and height of every page in points, as shown (a turned page has them exchanged)."""
    import pypdfium2  # noqa: PLC0415 - after the limits are set

    with pypdfium2.PdfDocument(path) as pdf:
        return [(round(w, 2), round(h, 2)) for w, h in (pdf.get_page_size(n) for n in range(len(pdf)))]


def draw_page(path: str, page: int, target: str) -> None:
    """Draw a page (from 1) into a PNG file."""
    import pypdfium2  # noqa: PLC0415 - after the limits are set

    with pypdfium2.PdfDocument(path) as pdf:
        loaded = pdf[page - 1]
        scale = drawing_scale(*loaded.get_size())
        drawn = loaded.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")
    _save(drawn, target)


def draw_small(path: str, folder: str, pages: Sequence[int]) -> None:
    """Draw pages (from 1) into a folder, as small pictures; those that cannot be drawn or for which time runs out are left out."""
    import pypdfium2  # noqa: PLC0415 - after the limits are set

    until = time.monotonic() + SMALL_SECONDS
    with pypdfium2.PdfDocument(path) as pdf:
        for page in pages:
            try:
                loaded = pdf[page - 1]
                scale = SMALL / max(*loaded.get_size(), 1.0)
                drawn = loaded.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")
                _save(drawn, f"{folder}/{page}.png")
            except Exception as error:  # noqa: BLE001 - one broken page must not cost the others their pictures
                sys.stderr.write(f"page {page}: {type(error).__name__}: {error}\n")
            if time.monotonic() > until:
                return


def _save(drawn: Image, target: str) -> None:
    """Writes a PNG file; a page without colour takes half the space."""
    grey = drawn.convert("L")
    colourless = grey.convert("RGB").tobytes() == drawn.tobytes()
    (grey if colourless else drawn).save(target, "PNG")


def main(arguments: list[str]) -> int:
    """Do what the arguments say; return the exit status."""
    limit_resources()
    try:
        match arguments:
            case ["sizes", path]:
                json.dump(page_sizes(path), sys.stdout)
            case ["draw", path, page, target]:
                draw_page(path, int(page), target)
            case ["small", path, folder, *pages]:
                draw_small(path, folder, [int(page) for page in pages])
            case _:
                sys.stderr.write(
                    "usage: render_page sizes FILE | draw FILE PAGE OUT | small FILE FOLDER PAGE ...\n"
                )
                return 2
    except Exception as error:  # noqa: BLE001 - whatever a broken file does to the library is one line here
        sys.stderr.write(f"{type(error).__name__}: {error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
