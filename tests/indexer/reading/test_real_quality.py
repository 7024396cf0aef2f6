"""Reading quality and likeness on real reports: what a person sees on these pages, and nothing else, is named.

The data are not part of the project. They are looked for in the folder that SHARED_DATA names, else in
`../shared/data` beside the checkout.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from indexer.enrichment.near_duplicates import find_look_alikes, make_sketch
from indexer.extraction.sandbox import read_files
from indexer.reading.limits import ReadingLimits
from indexer.reading.reading import Reading
from search.analysis.words import forms
from search.near_duplicates import Relation
from tests.factories import make_document

DATA = Path(os.environ.get("SHARED_DATA") or Path(__file__).parents[3].parent / "shared" / "data")
REPORTS = DATA / "reports"
SCAN = "un/A_45_696_Add.1.en.pdf"
pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not (REPORTS / SCAN).is_file(), reason=f"no real reports in {DATA}"),
]


def reading(name: str, limits: ReadingLimits | None = None) -> Reading:
    """The reading of one report."""
    ((_, outcome),) = read_files([REPORTS / name], limits or ReadingLimits(), 1)
    assert isinstance(outcome, Reading), outcome
    return outcome


@pytest.mark.parametrize(
    ("name", "unread", "blank", "doubtful"),
    [
        ("icdar2013_gov/eu-012.pdf", (1,), (), ()),  # a map with its title alone
        ("mmlongbench/698bba535087fa9a7f9009e172a7f763.pdf", (), (2, 4), ()),
        ("un/E_2025_37.en.pdf", (), (2, 6), ()),
        ("un/A_80_29.en.pdf", (), (), ()),  # its second page has a symbol and is empty otherwise
        # English, French, Spanish and Arabic letters; the font of the Arabic one gives "\u0639\u0639\u0639\u0639" for its long strokes.
        ("un/S_2025_453.en.pdf", (), (), (68,)),
    ],
)
def test_pages_are_named_as_a_person_sees_them(
    name: str, unread: tuple[int, ...], blank: tuple[int, ...], doubtful: tuple[int, ...]
) -> None:
    quality = reading(name).quality
    assert (quality.unread_pages, quality.blank_pages) == (unread, blank)
    assert tuple(page.page for page in quality.doubtful_pages) == doubtful


def test_a_revision_is_told_from_its_first_version_and_yearly_reports_from_each_other() -> None:
    names = ("E_CN.6_2025_3.en", "E_CN.6_2025_3_Rev.1.en", "A_52_622.en", "A_53_603.en")
    documents = [make_document(n, path=f"reports/{n}.pdf", title=n, sha256=n, date=None) for n in names]
    sketches = {
        name: make_sketch([f for d in reading(f"un/{name}.pdf").passages for f in forms(d.text)])
        for name in names
    }
    facts = find_look_alikes(documents, sketches)
    assert [(f.document_id, f.other_id, f.relation) for f in facts] == [
        (names[0], names[1], Relation.OLDER),
        (names[1], names[0], Relation.NEWER),
    ]
    assert min(fact.share for fact in facts) >= 0.95


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="no tesseract on this machine")
def test_a_real_scan_is_read_by_ocr() -> None:
    found = reading(SCAN, ReadingLimits(ocr_languages="eng"))
    assert len(found.quality.ocr_pages) == found.pages == 22
    assert (found.quality.ocr_confidence or 0) >= 92
    text = " ".join(draft.text for draft in found.passages)
    assert "Climate issues reach far beyond atmospheric and oceanic sciences" in text
    assert "PART I. MAIN CONCLUSIONS AND RECOMMENDATIONS" in text
