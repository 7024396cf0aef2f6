"""Pages of a PDF as grey pictures, through pdfium: for OCR, and to see whether anything is printed on a page."""

from __future__ import annotations

import ctypes
import math
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

POINTS_AN_INCH = 72.0
LOOK_DPI = 24  # enough to see how much of a page is dark; drawing takes 1 to 15 ms
MOST_PIXELS = 40_000_000  # an A3 page at 200 dpi has 8 million; larger pages are drawn smaller
_WHITE = 0xFFFFFFFF
_DARK = bytes(range(200))  # grey values that count as ink; paper of scans is lighter


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as rows of grey bytes (0 black, 255 white), `scale` pixels for each point."""

    width: int
    height: int
    data: bytes
    scale: float

    def pgm(self) -> bytes:
        """Return the picture as a PGM file (Netpbm, binary)."""
        return b"P5 %d %d 255\n" % (self.width, self.height) + self.data


def draw_page(page: Any, dpi: float) -> Picture:
    """Return the page as it is shown, `page` being pdfium's open one. Raises MemoryError when there is no room for it."""
    wide, high = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    scale = min(dpi / POINTS_AN_INCH, math.sqrt(MOST_PIXELS / max(wide * high, 1.0)))
    width, height = max(1, round(wide * scale)), max(1, round(high * scale))
    bitmap = pdfium.FPDFBitmap_CreateEx(width, height, pdfium.FPDFBitmap_Gray, None, 0)
    if not bitmap:
        raise MemoryError
    try:
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, _WHITE)
        pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, pdfium.FPDF_ANNOT)
        stride = pdfium.FPDFBitmap_GetStride(bitmap)
        rows = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * height)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
    data = b"".join(rows[start : start + width] for start in range(0, stride * height, stride))
    return Picture(width, height, data, scale)


def ink_share(picture: Picture) -> float:
    """Return the share of the picture that is dark, from 0 to 1."""
    light = len(picture.data.translate(None, delete=_DARK))
    return 1.0 - light / len(picture.data)
