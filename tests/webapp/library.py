"""A small reading room on disk: real PDFs, a real index, and a document whose every field is hostile."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from reportlab.pdfgen.canvas import Canvas

import webapp
from search.engines.entries import index_entries
from search.engines.registry import ENGINES
from search.model import (
    Box,
    Document,
    Edition,
    Finding,
    FindingType,
    LabelSource,
    NoteSign,
    Passage,
    PassageKind,
    Theme,
    ThemeMark,
    Themes,
)
from search.permalinks import passage_ids
from search.quotes.index import ShinglesBuilder
from search.settings import Settings
from search.store.catalog import CatalogWriter, Unread
from search.store.generations import SHINGLES, Generations, build_part
from search.store.glossary import Acronym, Glossary
from tests.factories import make_document, make_passages
from webapp.http.caching import code_version

STATIC = f"/static/{code_version(Path(webapp.__path__[0]))}/"
"""What stands before the names of static files in addresses."""
WIDTH, HEIGHT = 420.0, 595.0  # points
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>&{{7*7}}"
EDITIONS = (
    Edition(
        "p360-2019", "Second symposium", "Chania, Greece", "2019-06-11", "2019-06-13", hosts=("A centre",)
    ),
    Edition(
        "p360-2022", "Third symposium", "Geneva, Switzerland", "2022-07-11", "2022-07-13", motto="Together"
    ),
    Edition(
        "hostile",
        HOSTILE,
        HOSTILE,
        "2023",
        motto=HOSTILE,
        attendance=HOSTILE,
        sources=("javascript:alert(3)",),
    ),
)
THEMES = Themes.of(
    (
        Theme(
            "trust-funds",
            "Trust Funds",
            "Money for partners.",
            labels=("trust fund",),
            related=("interoperability",),
        ),
        Theme("interoperability", "Interoperability", "Working together."),
        Theme("hostile", HOSTILE, HOSTILE, labels=(HOSTILE,)),
        Theme("unused", "Never seen"),
    )
)
GLOSSARY = Glossary(
    (Acronym("WPS", ("women, peace and security",), 1),), (("defence reform", 2), (HOSTILE, 1))
)
REPORT_TEXTS = (
    "Instruments of partnership",
    "Partners described uneven funding from year to year. Participants recommended that trust funds be planned for several years. Reporting should stay light.",
    "A trust fund pays for defence reform in a partner country.",
    "The discussion of interoperability went on over the end of this page and came to no conclusion.",
    "The discussion of women, peace and security filled the last session.",
)
MOVED, REWORDED, WITHDRAWN, LOOK_ALIKE = "aaaaaaaaaa", "bbbbbbbbbb", "cccccccccc", "dddddddddd"


@dataclass(frozen=True)
class Library:
    """Where it lies, and the ids that tests ask for."""

    settings: Settings
    report: tuple[Passage, ...]
    speech: tuple[Passage, ...]
    hostile: tuple[Passage, ...]


def draw_pdf(path: Path, pages: Sequence[str]) -> str:
    """A PDF with one line of text on each page; returns its sha256."""
    path.parent.mkdir(parents=True, exist_ok=True)
    canvas = Canvas(str(path), pagesize=(WIDTH, HEIGHT), invariant=True)
    for words in pages:
        canvas.drawString(50, HEIGHT - 100, words)
        canvas.showPage()
    canvas.save()
    return hashlib.sha256(path.read_bytes()).hexdigest()


def write_text(path: Path, paragraphs: Sequence[str]) -> str:
    """A text; returns the sha256 of the file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n\n".join(paragraphs), encoding="utf-8")
    return hashlib.sha256(path.read_bytes()).hexdigest()


def build_library(folder: Path) -> Library:
    """Writes the corpus and publishes its index."""
    settings = Settings(corpus=folder / "corpus", index=folder / "index")
    report, speech, hostile = _report(settings.corpus), _speech(settings.corpus), _hostile(settings.corpus)
    shelf = [
        report,
        speech,
        hostile,
        _long(settings.corpus),
        _changed(settings.corpus),
        _gone(),
        _outside(settings.corpus),
    ]
    publish(settings.index, shelf, _former(report[1], speech[1]))
    return Library(settings, report[1], speech[1], hostile[1])


Shelved = tuple[Document, tuple[Passage, ...]]


def publish(
    index: Path,
    shelf: Sequence[Shelved],
    former: dict[str, dict[str, object]],
    editions: Sequence[Edition] = EDITIONS,
    themes: Themes = THEMES,
    glossary: Glossary = GLOSSARY,
) -> None:
    """A real generation."""
    generations = Generations(index)
    with generations.writing():
        building = generations.begin(None, "whoosh")
        writer = CatalogWriter(building / "catalog.sqlite")
        builder = ENGINES["whoosh"].open_builder(Settings(), build_part(building))
        shingles = ShinglesBuilder(None)
        for document, passages in shelf:
            writer.set_document(document, "digest", passages)
            shingles.set_document(document.document_id, passages)
            for entry in index_entries(passages, document):
                builder.add(entry)
        writer.set_lists(editions, themes)
        writer.set_former(former)
        writer.set_glossary(glossary)
        writer.set_unread([Unread("reports/broken.pdf", "damaged", HOSTILE)])
        writer.close()
        builder.commit()
        shingles.write(building / SHINGLES)
        total = sum(len(passages) for _, passages in shelf)
        facts = {"engine": "whoosh", "fingerprint": "test", "documents": len(shelf), "passages": total}
        generations.publish(generations.seal(building, facts).meta.generation)


def _report(corpus: Path) -> Shelved:
    """A PDF of three pages, printed as i, 1, 2; the fourth passage crosses a page end."""
    sha256 = draw_pdf(corpus / "reports" / "report.pdf", ["Instruments", "A trust fund pays", "Women, peace"])
    document = make_document(
        "report",
        path="reports/report.pdf",
        title="Symposium report, Geneva 2022",
        sha256=sha256,
        media_type="application/pdf",
        pages=3,
        words=60,
        passages=5,
        unread_pages=(1,),
        source_url="https://example.org/report",
    )
    heading, advice, fund, across, last = make_passages("report", REPORT_TEXTS)
    path = (REPORT_TEXTS[0],)
    finding = Finding(FindingType.RECOMMENDATION, "cue-verb", "recommended that", "Allies")
    theme = ThemeMark("trust-funds", ("trust funds",))
    passages = (
        replace(heading, kind=PassageKind.HEADING, **_on(1, "i", 1, 90)),
        replace(advice, heading_path=path, finding=finding, themes=(theme,), **_on(2, "1", 2, 100)),
        replace(
            fund,
            heading_path=path,
            themes=(theme,),
            footnotes=(NoteSign("7", len("A trust fund"), last.passage_id),),
            label_from=LabelSource.FILE,
            label_other="3",
            **_on(2, "1", 2, 140),
        ),
        replace(
            across,
            heading_path=path,
            themes=(ThemeMark("interoperability", ("interoperability",)),),
            **_on(2, "1", 3, 500),
        ),
        replace(last, heading_path=path, mark="7", note_of=(fund.passage_id,), **_on(3, "2", 3, 100)),
    )
    return document, passages


def _on(page: int, label: str, page_end: int, top: float) -> dict[str, Any]:
    """Where a passage stands; a passage over two pages has a box on each."""
    boxes = [Box(page, 50, top, 300, top + 14)]
    if page_end != page:
        boxes.append(Box(page_end, 50, 60, 200, 74))
    return {"page": page, "page_label": label, "page_end": page_end, "boxes": tuple(boxes)}


def _speech(corpus: Path) -> Shelved:
    """A text without pages, of the earlier edition."""
    texts = ("We will double what we put into the trust funds that carry defence reform.", "Thank you.")
    document = make_document(
        "speech",
        path="speeches/speech.md",
        title="Keynote, second day",
        kind="speech",
        edition="p360-2019",
        date="2019-06-12",
        media_type="text/markdown",
        sha256=write_text(corpus / "speeches/speech.md", texts),
        speakers=("General Example",),
        words=40,
    )
    first, second = make_passages("speech", texts, speaker="General Example")
    promise = Finding(FindingType.COMMITMENT, "promise", "We will", None)
    mark = ThemeMark("trust-funds", ("trust funds",))
    return document, (replace(first, finding=promise, themes=(mark,)), second)


def _hostile(corpus: Path) -> Shelved:
    """Markup and formulas in every field."""
    sha256 = draw_pdf(corpus / "hostile.pdf", ["hostile"])
    document = make_document(
        "hostile",
        path="hostile.pdf",
        title=HOSTILE,
        kind=f"kind{HOSTILE}",
        edition="hostile",
        authors=(HOSTILE,),
        speakers=(HOSTILE,),
        publisher=HOSTILE,
        rights=HOSTILE,
        language=None,
        notes=(HOSTILE,),
        source_url="javascript:alert(4)",
        sha256=sha256,
        media_type="application/pdf",
        pages=1,
        catalogued=False,
    )
    texts = (f"=cmd() payload {HOSTILE}", f"payload again {HOSTILE}")
    first, second = make_passages(
        "hostile", texts, page=1, page_end=1, page_label=HOSTILE, heading_path=(HOSTILE,)
    )
    finding = Finding(FindingType.LESSON, HOSTILE, HOSTILE, HOSTILE)
    marked = replace(
        first,
        speaker=HOSTILE,
        finding=finding,
        themes=(ThemeMark("hostile", (HOSTILE,)),),
        footnotes=(NoteSign(HOSTILE, 5, second.passage_id), NoteSign(HOSTILE, 9)),
        label_from=LabelSource.FOOT,
        label_other=HOSTILE,
    )
    return document, (marked, replace(second, mark=HOSTILE, note_of=(first.passage_id,)))


def _long(corpus: Path) -> Shelved:
    """More passages than one part of a document page."""
    texts = [f"Paragraph number {number} of a long text about partners." for number in range(650)]
    sha256 = write_text(corpus / "long.txt", texts)
    document = make_document(
        "long", path="long.txt", sha256=sha256, title="A long text", edition=None, kind="background"
    )
    return document, make_passages("long", texts)


def _changed(corpus: Path) -> Shelved:
    """A PDF that is not the one that was indexed."""
    draw_pdf(corpus / "changed.pdf", ["other words"])
    return _one_page("changed", "changed.pdf", "0" * 64)


def _gone() -> Shelved:
    """A PDF that is not there any more."""
    return _one_page("gone", "gone.pdf", "1" * 64)


def _outside(corpus: Path) -> Shelved:
    """A link that leads out of the corpus."""
    sha256 = draw_pdf(corpus.parent / "secret.pdf", ["secret"])
    (corpus / "outside.pdf").symlink_to(corpus.parent / "secret.pdf")
    return _one_page("outside", "outside.pdf", sha256)


def _one_page(document_id: str, path: str, sha256: str) -> Shelved:
    document = make_document(
        document_id, path=path, pages=1, sha256=sha256, media_type="application/pdf", date=None
    )
    passages = make_passages(document_id, [f"The words of {document_id}."], page=1, page_end=1)
    return document, passages


def _former(report: tuple[Passage, ...], speech: tuple[Passage, ...]) -> dict[str, dict[str, object]]:
    """Ids that name no passage any more."""

    def record(state: str, text: str, successor: str | None) -> dict[str, object]:
        return {"state": state, "text": text, "successor": successor, "since": "2024-05-02", "history": []}

    fund = report[2].passage_id
    return {
        f"report/{MOVED}": record("moved", report[2].text, fund),
        f"report/{REWORDED}": record(
            "reworded", "A trust fund pays for old defence reform in a country.", fund
        ),
        f"speech/{WITHDRAWN}": record("withdrawn", f"We promise nothing {HOSTILE}.", None),
        f"speech/{LOOK_ALIKE}": record("moved", speech[0].text, None),
    }


def first_id(document_id: str, text: str) -> str:
    """The id that a text has in a document."""
    return passage_ids(document_id, [text])[0]
