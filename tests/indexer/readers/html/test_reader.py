from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest

from indexer.readers import ReadingFailed, read
from indexer.readers.shared.encoding import decode_page
from indexer.reading.limits import ReadingLimits
from indexer.reading.reading import Reading, Reason
from search.model import PassageKind

PARAGRAPHS = [
    "The port towns agreed on Tuesday that pilots should share their soundings every month, and that charts be open.",
    "Several masters reported that the northern channel had shifted by forty metres since the last survey was made.",
]
PAGE = """<!DOCTYPE html><html lang="en-GB"><head><title>Pilots share soundings - Harbour News</title>
<meta property="og:site_name" content="Harbour News"><meta property="article:published_time" content="2019-06-04T09:00:00Z">
<meta name="author" content="Ana Reef"><link rel="canonical" href="https://news.example/pilots"></head>
<body><nav><a href="/">Home</a> <a href="/about">About us</a></nav><main><article><h1>Pilots share soundings</h1>
<p>{0}</p><h2>What masters said</h2><p>{1}</p><ul><li>Open charts for every vessel that enters the estuary</li>
<li>Soundings every month by each of the pilots</li></ul></article></main><footer>Copyright Harbour News</footer></body></html>"""


def read_page(folder: Path, page: str | bytes) -> Reading:
    path = folder / "a.html"
    path.write_bytes(page if isinstance(page, bytes) else page.encode())
    return read(path, ReadingLimits())


@pytest.fixture
def news(tmp_path: Path) -> Reading:
    return read_page(tmp_path, PAGE.format(*PARAGRAPHS))


def test_the_head_tells_title_date_author_language_and_address(news: Reading) -> None:
    found = news.found
    assert (found.title, found.date, found.authors) == ("Pilots share soundings", "2019-06-04", ("Ana Reef",))
    assert (found.language, found.publisher) == ("en-GB", "Harbour News")
    assert found.source_url == "https://news.example/pilots"


def test_paragraphs_stand_below_their_headings(news: Reading) -> None:
    below = {draft.text: draft.heading_path for draft in news.passages if draft.kind is PassageKind.PARAGRAPH}
    assert below[PARAGRAPHS[1]][-1] == "What masters said"
    assert "What masters said" not in below[PARAGRAPHS[0]]


def test_items_of_lists_are_passages(news: Reading) -> None:
    assert [draft.text for draft in news.passages if draft.kind is PassageKind.LIST_ITEM] == [
        "Open charts for every vessel that enters the estuary",
        "Soundings every month by each of the pilots",
    ]


def test_navigation_and_footer_are_left_out(news: Reading) -> None:
    assert not [draft for draft in news.passages if "About us" in draft.text or "Copyright" in draft.text]


def test_a_short_page_is_read_by_rules(tmp_path: Path) -> None:
    page = "<html><body><nav>Home</nav><h1>Notice</h1><p>The meeting is moved to noon.</p></body></html>"
    drafts = read_page(tmp_path, page).passages
    assert ("The meeting is moved to noon.") in [draft.text for draft in drafts]
    assert not [draft for draft in drafts if draft.text == "Home"]


def test_double_line_breaks_part_paragraphs(tmp_path: Path) -> None:
    page = f"<html><body><article><div>{PARAGRAPHS[0]}<br><br>{PARAGRAPHS[1]}</div></article></body></html>"
    assert [draft.text for draft in read_page(tmp_path, page).passages] == PARAGRAPHS


def test_the_day_below_the_headline_counts_when_the_head_is_silent(tmp_path: Path) -> None:
    page = f"<html><body><h1>Pilots</h1><p>Tuesday, 4 June 2019, 9:37 am</p><p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p></body></html>"
    assert read_page(tmp_path, page).found.date == "2019-06-04"


def test_a_day_in_the_text_is_no_date_of_the_page(tmp_path: Path) -> None:
    page = f"<html><body><h1>Pilots</h1><p>{PARAGRAPHS[0]} It was agreed on 4 June 2019 by all.</p></body></html>"
    assert read_page(tmp_path, page).found.date is None


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("<p>café</p>".encode(), "café"),
        ('<meta charset="iso-8859-1"><p>café</p>'.encode(), "café"),
        ('<meta charset="utf-8"><p>café</p>'.encode("cp1252"), "café"),
        ("<p>“café”</p>".encode("cp1252"), "“café”"),
        ("<p>café</p>".encode("utf-16"), "café"),
        ('<meta charset="koi8-r"><p>Порт открыт</p>'.encode("koi8-r"), "Порт открыт"),
    ],
)
def test_wrong_and_missing_declarations_do_no_harm(data: bytes, text: str) -> None:
    assert text in decode_page(data).text


def test_deep_nesting_ends_in_a_reading_or_a_reason(tmp_path: Path) -> None:
    page = "<html><body>" + "<div>" * 3000 + PARAGRAPHS[0] + "</div>" * 3000 + "</body></html>"
    with suppress(ReadingFailed, RecursionError):  # the child turns a RecursionError into a damaged file
        assert read_page(tmp_path, page).passages


@pytest.mark.parametrize(
    ("page", "reason"), [("<html><body></body></html>", Reason.NO_TEXT), (" \n ", Reason.NOT_THIS_FORMAT)]
)
def test_a_page_without_text_has_its_reason(tmp_path: Path, page: str, reason: Reason) -> None:
    with pytest.raises(ReadingFailed) as failed:
        read_page(tmp_path, page)
    assert failed.value.reason is reason


def test_notes_are_linked_with_the_signs_that_lead_to_them(tmp_path: Path) -> None:
    page = PAGE.format(
        PARAGRAPHS[0] + '<sup><a href="#n1">1</a></sup> All agreed.<sup>2</sup>',
        PARAGRAPHS[1] + '</p><p id="n1">1. By voice.</p><p><sup>2</sup>But one.',
    )
    drafts = read_page(tmp_path, page).passages
    marks = [mark for draft in drafts for mark in draft.marks]
    notes = {draft.note: draft.text for draft in drafts if draft.kind is PassageKind.FOOTNOTE}
    assert [(mark.text, notes[mark.note or ""]) for mark in marks] == [
        ("1", "1. By voice."),
        ("2", "But one."),
    ]


def test_what_the_main_text_lost_between_its_paragraphs_is_read(tmp_path: Path) -> None:
    lost = "<h3>Bells</h3>Loose words.<figure><img src=x><figcaption>A bell.</figcaption></figure><ul><li>Ask for <a href=/b>bells</a></li></ul>"
    page = PAGE.format(PARAGRAPHS[0] + f"</p>{lost}<p>" + PARAGRAPHS[1], PARAGRAPHS[0][::-1])
    texts = [draft.text for draft in read_page(tmp_path, page).passages]
    assert [text for text in ("Bells", "Loose words.", "A bell.", "Ask for bells") if text not in texts] == []


def test_a_misread_encoding_makes_a_page_doubtful(tmp_path: Path) -> None:
    page = PAGE.format(*PARAGRAPHS).encode() + "Café après été. ".encode() * 2 + b"d\xe9j\xe0"
    assert read_page(tmp_path, page).quality.verdict.value == "doubtful"
