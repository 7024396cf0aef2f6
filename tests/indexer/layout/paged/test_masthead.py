from __future__ import annotations

from indexer.layout.paged.masthead import with_masthead
from search.model import PassageKind
from tests.indexer.printing import block

TITLE = block("Report of the harbour board", kind=PassageKind.HEADING, y=200, size=16)
TEXT = block("The pilots agreed on the charts.", y=300)
PIECES = [block("General Assembly Distr.: General", y=60), block("26 October 1998", y=80)]


def test_pieces_above_the_title_of_the_first_page_are_one_table() -> None:
    masthead, *rest = with_masthead([*PIECES, TITLE, TEXT])
    assert (masthead.kind, [line.text for line in masthead.lines]) == (
        PassageKind.TABLE,
        ["General Assembly Distr.: General", "26 October 1998"],
    )
    assert rest == [TITLE, TEXT]


def test_prose_above_the_first_large_heading_stays() -> None:
    blocks = [TEXT, *PIECES, TITLE]
    assert with_masthead(blocks) == blocks


def test_a_page_without_a_title_stays() -> None:
    assert with_masthead([*PIECES, TEXT]) == [*PIECES, TEXT]
    assert with_masthead([]) == []
