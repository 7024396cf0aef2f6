"""What reading one file may cost. A file that needs more is listed with a reason, never waited for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReadingLimits:
    """Limits for one file; all of them are part of the reading fingerprint.

    seconds, seconds_per_page, max_seconds
        Wall time: 20 s plus half a second a page, 10 minutes at most. Honest pages take about 0.02 s; files made to
        loop never end, so the allowance only bounds what they cost.
    memory_mb
        Address space beyond what the parent already has. The most that a child needed for any of 51 reports was
        120 MB; decompression bombs ask for gigabytes.
    max_mb
        File size. The largest of 51 reports has 3 MB; full-page pictures make a report ten times as large.
    max_pages
        The longest of 51 reports has 126 pages; proceedings in several volumes reach thousands.
    max_characters
        Twenty million characters are about 6,000 printed pages; more is a dump of data, not a report.
    ocr_languages, ocr_seconds
        Languages in which OCR reads pages without a text layer, as `tesseract -l` takes them; "" reads none. A page of
        a scan takes 2 to 8 s; each may take 30 s, which come on top of the wall time above.
    """

    seconds: float = 20.0
    seconds_per_page: float = 0.5
    max_seconds: float = 600.0
    memory_mb: int = 1500
    max_mb: int = 200
    max_pages: int = 5000
    max_characters: int = 20_000_000
    ocr_languages: str = ""
    ocr_seconds: float = 30.0

    def allowed_seconds(self, pages: int) -> float:
        """Return the wall time for a file with so many pages."""
        pages = max(pages, 0)
        for_ocr = self.ocr_seconds * pages if self.ocr_languages else 0.0
        return min(self.max_seconds, self.seconds + self.seconds_per_page * pages) + for_ocr
