"""What stands under the highlights of marked pages: how many of the passage's words, and how many others.

    python -m benchmarks.marked_pages [--index DIR] [--corpus DIR] [--passages N]

Takes N passages (200) of PDFs by chance from a published index, makes `/p/<id>.pdf` of each as the web app does, and reads
the result as a viewer would: pypdf gives the corners of the highlights, pdfium the letters whose middle lies in one.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
from pypdf import PdfReader

from search.permalinks import word_letters
from search.room import ReadingRoom
from search.settings import Settings
from webapp.page_images.cache import PDF, PageImages

SEED = 20231018
Quad = tuple[float, float, float, float]


def main() -> None:
    """Measure and print."""
    options = _options()
    settings = replace(Settings.from_env(os.environ), index=options.index, corpus=options.corpus)
    with closing(ReadingRoom(settings)) as room, tempfile.TemporaryDirectory() as folder:
        images = PageImages(settings.corpus, Path(folder))
        documents = {d.document_id: d for d in room.opened.catalog.documents() if d.media_type == PDF}
        passages = [
            p for p in room.opened.catalog.all_passages() if p.document_id in documents and p.page and p.boxes
        ]
        chosen = random.Random(SEED).sample(passages, min(options.passages, len(passages)))
        rows = []
        for passage in chosen:
            made = images.marked_pdf(documents[passage.document_id], passage, "")
            rows.append((*compare(passage.text, " ".join(under(made))), passage.passage_id))
    held, others = [row[0] for row in rows], [row[1] for row in rows]
    print(f"{len(rows)} passages of {len(documents)} reports")
    print(
        f"words of the passage under the highlights: mean {statistics.mean(held):.4f}, least {min(held):.2f}"
    )
    print(
        f"other words under the highlights:          mean {statistics.mean(others):.4f}, most {max(others):.2f}"
    )
    good = sum(h >= 0.95 and o <= 0.10 for h, o, _ in rows)
    print(f"passages with >= .95 of their words and <= .10 others: {good / len(rows):.3f}")
    for h, o, passage_id in sorted(rows)[: options.worst]:
        print(f"  {h:.2f} held, {o:.2f} others: {passage_id}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--index", type=Path, default=Path("index"), help="a published index")
    parser.add_argument("--corpus", type=Path, default=Path("corpus"), help="its corpus")
    parser.add_argument("--passages", type=int, default=200, help="how many (default: 200)")
    parser.add_argument("--worst", type=int, default=10, help="passages to name (default: 10)")
    return parser.parse_args()


def under(content: bytes) -> Iterator[str]:
    """Yield for each page the text whose letters lie under its highlights."""
    quads = [_quads(page) for page in PdfReader(BytesIO(content)).pages]
    with closing(pypdfium2.PdfDocument(content)) as document:
        for number, boxes in enumerate(quads):
            with closing(document[number]) as page, closing(page.get_textpage()) as layer:
                yield "".join(_letters(layer, boxes))


def _quads(page: object) -> list[Quad]:
    """The highlights of a page, as left, bottom, right, top."""
    found: list[Quad] = []
    for reference in page.get("/Annots", ()):  # type: ignore[attr-defined]
        annotation = reference.get_object()
        if annotation["/Subtype"] == "/Highlight":
            corners = [float(value) for value in annotation["/QuadPoints"]]
            for at in range(0, len(corners), 8):
                xs, ys = corners[at : at + 8 : 2], corners[at + 1 : at + 8 : 2]
                found.append((min(xs), min(ys), max(xs), max(ys)))
    return found


def _letters(layer: pypdfium2.PdfTextPage, boxes: Sequence[Quad]) -> Iterator[str]:
    """Letters whose middle lies in a box, and a space where some are left out."""
    box = pdfium.FS_RECTF()
    for i in range(layer.count_chars()):
        char = chr(pdfium.FPDFText_GetUnicode(layer, i))
        if not pdfium.FPDFText_GetLooseCharBox(layer, i, box):
            continue
        x, y = (box.left + box.right) / 2, (box.bottom + box.top) / 2
        inside = any(x0 <= x <= x1 and y0 <= y <= y1 for x0, y0, x1, y1 in boxes)
        yield char if inside or char in "\r\n \x02" else "|"


def compare(wanted: str, found: str) -> tuple[float, float]:
    """Return the share of the wanted words that were found, and of the found words that were not wanted.

    A word cut by a line end, or glued to the next, counts by its letters.
    """
    have = Counter(word_letters(word) for word in found.replace("|", " ").split())
    want = Counter(word_letters(word) for word in wanted.split())
    have.pop("", None)
    want.pop("", None)
    all_have, all_want = word_letters(found), word_letters(wanted)
    missing = Counter({word: n for word, n in (want - have).items() if word not in all_have})
    others = Counter({word: n for word, n in (have - want).items() if word not in all_want})
    return (
        1 - missing.total() / max(1, want.total()),
        others.total() / max(1, have.total()),
    )


if __name__ == "__main__":
    main()
