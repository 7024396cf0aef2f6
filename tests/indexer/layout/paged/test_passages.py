from __future__ import annotations

from indexer.layout.paged.passages import build_passages
from search.model import PassageKind
from tests.indexer.printing import block, sheet


def test_a_heading_stands_below_the_headings_that_stay_open_and_below_no_sibling() -> None:
    texts = ("4. Results", "4.1 Piers", "4.2 Lights", "5. Costs")
    blocks = [block(text, kind=PassageKind.HEADING, y=60 + 40 * place) for place, text in enumerate(texts)]
    paths = [draft.heading_path for draft in build_passages(blocks, [sheet([])])]
    assert paths == [(), ("4. Results",), ("4. Results",), ()]
