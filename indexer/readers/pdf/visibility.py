"""Which letters of a text layer are shown: not those in white on white, in no ink at all, or in a layer that is switched off.

Letters that may be hidden are known by what draws them; whether they are is seen in the picture of the page, where nothing
stands in their place. So white letters in a dark box are read, and the invisible text layer over a scan, too.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium

from indexer.readers.pdf.rendering import Picture, draw_page

SHOWN_DPI = 72  # a letter of 10 points is ten dots high; drawing takes 5 to 30 ms and few pages need it
# Grey values that differ by less are one shade: the noise of compressed pictures, and white letters on paper white.
ONE_SHADE = 24
LIGHTEST = 243  # of 255, for red, green and blue alike: lighter type is white on paper
FAINTEST = 12  # of 255: more transparent type cannot be seen
_NOT_DRAWN = frozenset((3, 7))  # text rendering modes of ISO 32000-1, 9.3.6: neither filled nor stroked


@dataclass(slots=True)
class Shown:
    """Looks at one open page. `all_doubtful`: the file switches layers off, so that any letters may be hidden."""

    page: Any
    all_doubtful: bool = False
    _doubtful: dict[int, bool] = field(default_factory=dict)
    _picture: Picture | None = None

    def may_be_hidden(self, thing: Any) -> bool:
        """Return whether the text object `thing` is drawn in a way that may show nothing."""
        if not thing:
            return False
        key = ctypes.addressof(thing.contents)
        if key not in self._doubtful:
            self._doubtful[key] = self.all_doubtful or _is_unseen(thing)
        return self._doubtful[key]

    def is_shown(self, box: tuple[float, float, float, float]) -> bool:
        """Return whether anything stands in a box (left, top, right, bottom), in points of the page as shown: no single light shade."""
        if self._picture is None:
            self._picture = draw_page(self.page, SHOWN_DPI)
        dots = _dots(self._picture, box)
        return bool(dots) and (max(dots) - min(dots) >= ONE_SHADE or max(dots) < LIGHTEST)


def _is_unseen(thing: Any) -> bool:
    """Neither fill nor stroke of a text object shows on white paper."""
    mode = pdfium.FPDFTextObj_GetTextRenderMode(thing)
    if mode in _NOT_DRAWN:
        return True
    if mode in (1, 5):
        return _is_pale(thing, pdfium.FPDFPageObj_GetStrokeColor)
    pale = _is_pale(thing, pdfium.FPDFPageObj_GetFillColor)
    return pale and (mode not in (2, 6) or _is_pale(thing, pdfium.FPDFPageObj_GetStrokeColor))


def _is_pale(thing: Any, get: Callable[..., int]) -> bool:
    """A colour of an object is white, or nearly transparent; one that pdfium does not know is neither."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not get(thing, red, green, blue, alpha):
        return False
    return alpha.value < FAINTEST or min(red.value, green.value, blue.value) >= LIGHTEST


def _dots(picture: Picture, box: Sequence[float]) -> bytes:
    """The grey values in a box."""
    left, top = (max(0, int(value * picture.scale)) for value in box[:2])
    right, bottom = (
        min(size, int(value * picture.scale) + 1)
        for value, size in zip(box[2:], (picture.width, picture.height), strict=True)
    )
    return b"".join(
        picture.data[y * picture.width + left : y * picture.width + right] for y in range(top, bottom)
    )
