"""What stands above the title on the first page: number, date, language and session, which are no paragraphs of the text."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.layout.blocks import Block
from indexer.layout.paged.tables import table_block
from indexer.layout.words.line_patterns import ends_sentence
from search.model import PassageKind

# A piece of a masthead has at most so many words; a first page with more in one piece above a heading begins with text.
MOST_WORDS = 12
# Words from which a heading may be the title; "General Assembly" is the name of a body.
TITLE_WORDS = 3


def with_masthead(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks; the pieces above the title of the first page are one block of kind table, which ranks low."""
    if not blocks:
        return []
    page = [block for block in blocks if block.first.page == blocks[0].first.page]
    titles = [
        block for block in page if block.kind is PassageKind.HEADING and len(block.raw.split()) >= TITLE_WORDS
    ]
    if not titles:
        return list(blocks)
    title = max(titles, key=lambda block: block.first.size)
    above = page[: next(place for place, block in enumerate(page) if block is title)]
    pieces = [block for block in above if block.kind in (PassageKind.PARAGRAPH, PassageKind.TABLE)]
    if len(pieces) < 2 or not all(map(_is_piece, pieces)):
        return list(blocks)
    gone = {id(block) for block in pieces}
    masthead = table_block([line for block in pieces for line in block.lines])
    return [masthead, *(block for block in blocks if id(block) not in gone)]


def _is_piece(block: Block) -> bool:
    """Short and no sentence."""
    if block.kind is PassageKind.TABLE:
        return all(len(line.text.split()) <= MOST_WORDS for line in block.lines)
    return len(block.raw.split()) <= MOST_WORDS and not ends_sentence(block.raw)
