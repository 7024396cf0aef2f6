"""A page as blocks: every word in its place, none glued, none lost."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup, Tag

from indexer.readers.html.blocks import PageBlock, page_blocks


def blocks(body: str) -> list[PageBlock]:
    """The blocks of a page's body."""
    found = BeautifulSoup(f"<body>{body}</body>", "lxml").find("body")
    assert isinstance(found, Tag)
    return page_blocks(found)


def texts(body: str) -> list[str]:
    """The texts of the blocks, in single blanks."""
    return [" ".join(block.text.split()) for block in blocks(body)]


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("<p>on <time>14 May</time>, <data>300</data> <nobr>crowns</nobr>, long-<wbr>term</p>", ["on 14 May, 300 crowns, long-term"]),
        ("<div>First<div>inner</div>last</div>", ["First", "inner", "last"]),
        ("Loose<ul><li>one</li></ul>again", ["Loose", "one", "again"]),
        ("<p>one<br>line<br><br>another</p>", ["one line", "another"]),
        ("<dl><dt>Bell</dt><dd>rings</dd></dl><address>Quay 2</address>", ["Bell", "rings", "Quay 2"]),
        ("<p>He said <q>no</q>.</p>", ["He said “no”."]),
        ("<p>10<sup>6</sup> m<sup>2</sup>, CO<sub>2</sub></p>", ["10⁶ m², CO₂"]),
        ("<p><ruby>port<rt>hafen</rt></ruby></p>", ["port"]),
        ("<p><math><msup><mi>x</mi><mn>2</mn></msup></math></p>", ["x²"]),
        ("<table><tr><td>Menu</td><td><h1>Gear</h1><p>Prose.</p></td></tr></table>", ["Menu", "Gear", "Prose."]),
        ("<table><tr><th>Port</th><th>Depth</th></tr><tr><td>North</td><td>9<sup>1</sup></td></tr></table>", ["Port | Depth; North | 9"]),
        ("<h2><button>Title of a panel</button></h2><button>Send</button>", ["Title of a panel"]),
    ],
)  # fmt: skip
def test_blocks_part_words_and_inline_elements_do_not(body: str, wanted: list[str]) -> None:
    assert texts(body) == wanted


def test_items_of_ordered_lists_know_the_number_they_show() -> None:
    page = '<ol start="3"><li><p>Three.</p><p>More of it.</p></li><li value="7">Seven.<ul><li>Inner.</li></ul></li><li>Eight.</li></ol>'
    assert [(block.kind.value, block.number) for block in blocks(page)] == [
        ("list_item", "3"), ("paragraph", None), ("list_item", "7"), ("list_item", None), ("list_item", "8"),
    ]  # fmt: skip


def test_signs_of_notes_leave_the_words_and_keep_their_places() -> None:
    (block,) = blocks(
        '<p>paid 45<sup><a href="#n1">1</a></sup>, <sup>2</sup> crowns <a href="#fn3">[3]</a>.</p>'
    )
    assert " ".join(block.text.split()) == "paid 45 crowns."
    assert [(sign.text, sign.target) for sign in block.signs] == [("1", "n1"), ("2", ""), ("3", "fn3")]


def test_elements_in_elements_without_end_are_read_flat() -> None:
    assert texts("<div>" * 400 + "Deep words." + "</div>" * 400) == ["Deep words."]
