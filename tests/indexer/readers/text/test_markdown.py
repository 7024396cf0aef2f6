from __future__ import annotations

from pathlib import Path

import pytest

from indexer.readers import ReadingFailed, read
from indexer.readers.text.front_matter import parse_front_matter, split_front_matter
from indexer.readers.text.markdown import markdown_passages
from indexer.reading.limits import ReadingLimits
from indexer.reading.reading import FoundMetadata, Reason
from search.model import PassageKind

SPEECH = """---
title: "Opening remarks: harbours"
date: 2019-06-04
speakers: [Ana Reef, "Pier, Jon"]
authors: Ana Reef; Jon Pier
language: en
kind: speech  # a comment
source-url: https://news.example/talks
publisher: Harbour Board
---
# Opening remarks

The **delegates** met [in port](https://x.example).

## Findings

1. Pilots share
   soundings.
2. Charts are open.

- A point

| Pier | Tons |
|------|------|
| North | 12 |

> A quotation.
"""


def test_front_matter_and_body_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(SPEECH, encoding="utf-8")
    reading = read(path, ReadingLimits())
    assert reading.found == FoundMetadata(
        title="Opening remarks: harbours",
        date="2019-06-04",
        authors=("Ana Reef", "Jon Pier"),
        speakers=("Ana Reef", "Pier, Jon"),
        language="en",
        publisher="Harbour Board",
        source_url="https://news.example/talks",
        kind="speech",
    )
    assert [(draft.kind.value, draft.text, draft.heading_path) for draft in reading.passages] == [
        ("heading", "Opening remarks", ()),
        ("paragraph", "The delegates met in port.", ("Opening remarks",)),
        ("heading", "Findings", ("Opening remarks",)),
        ("list_item", "1. Pilots share soundings.", ("Opening remarks", "Findings")),
        ("list_item", "2. Charts are open.", ("Opening remarks", "Findings")),
        ("list_item", "A point", ("Opening remarks", "Findings")),
        ("table", "Pier | Tons; North | 12", ("Opening remarks", "Findings")),
        ("paragraph", "A quotation.", ("Opening remarks", "Findings")),
    ]


def test_the_first_heading_is_the_title_without_front_matter(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("Harbours\n========\n\nThe delegates met.\n", encoding="utf-8")
    assert read(path, ReadingLimits()).found.title == "Harbours"


def test_a_rule_at_the_beginning_is_no_front_matter() -> None:
    assert split_front_matter("---\n\nwords\n\n---\nmore")[1] == "---\n\nwords\n\n---\nmore"


@pytest.mark.parametrize(
    ("line", "values"),
    [
        ("authors: [a, b]", {"authors": ["a", "b"]}),
        ("author: 'A: b'", {"authors": ["A: b"]}),
        ("speakers:\n- a\n- b", {"speakers": ["a", "b"]}),
        ("title: Harbours # and piers", {"title": ["Harbours"]}),
        ("Source URL: https://x.example/#top", {"source_url": ["https://x.example/#top"]}),
        ("nothing here", {}),
        ("title:", {"title": []}),
    ],
)
def test_the_small_part_of_yaml(line: str, values: dict[str, list[str]]) -> None:
    assert parse_front_matter(line) == values


def test_pictures_and_markup_leave_no_trace() -> None:
    (draft,) = markdown_passages("![a map](map.png) The `channel` is *deep*.\nAnd <b>wide</b>.")
    assert draft.text == "The channel is deep. And wide."


def test_deeper_paragraphs_of_an_item_are_paragraphs() -> None:
    kinds = [draft.kind for draft in markdown_passages("- a point\n\n  and more on it\n- another")]
    assert kinds == [PassageKind.LIST_ITEM, PassageKind.PARAGRAPH, PassageKind.LIST_ITEM]


def test_front_matter_alone_has_no_text(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("---\ntitle: Harbours\n---\n", encoding="utf-8")
    with pytest.raises(ReadingFailed) as failed:
        read(path, ReadingLimits())
    assert failed.value.reason is Reason.NO_TEXT


def test_footnotes_leave_the_words_and_are_passages_of_their_own() -> None:
    drafts = markdown_passages("Paid 45[^a] crowns.\n\n[^a]: By both towns.\n[^b]: Never named.")
    assert [(draft.kind.value, draft.text) for draft in drafts] == [
        ("paragraph", "Paid 45 crowns."), ("footnote", "By both towns."), ("footnote", "Never named."),
    ]  # fmt: skip
    assert [(mark.text, mark.note) for mark in drafts[0].marks] == [("a", drafts[1].note)]


def test_raised_figures_and_html_are_read_as_they_are_shown() -> None:
    drafts = markdown_passages(
        "10^6^ and m<sup>2</sup>, H~2~O\n\n<div>\n<p>Raw words.</p>\n<p hidden>None.</p>\n</div>"
    )
    assert [draft.text for draft in drafts] == ["10⁶ and m², H₂O", "Raw words."]
