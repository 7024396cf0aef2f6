"""From pages of lines to passages: the steps of a paged document in their order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from indexer.layout.blocks import Block, Page, Structure
from indexer.layout.page.line_numbers import without_line_numbers
from indexer.layout.page.prose_columns import with_columns_apart
from indexer.layout.page.watermarks import without_watermarks
from indexer.layout.page.wrapped_cells import with_rows_together
from indexer.layout.paged.block_kinds import with_kinds
from indexer.layout.paged.footnotes import with_notes_last, with_raised_marks, with_typed_marks
from indexer.layout.paged.headings import with_headings
from indexer.layout.paged.masthead import with_masthead
from indexer.layout.paged.page_joins import join_across
from indexer.layout.paged.paragraphs import page_blocks
from indexer.layout.paged.passages import build_passages
from indexer.layout.paged.reading_order import with_head_first, with_titles_first
from indexer.layout.paged.running_heads import without_running_lines
from indexer.layout.paged.tables import (
    part_tables,
    table_block,
    with_labels_gathered,
    without_boxes,
    without_contents,
)
from indexer.layout.paged.type_metrics import Shape, find_body_size, find_shape, with_weight_told
from indexer.reading.reading import DraftPassage


def read_layout(pages: Sequence[Page], structure: Structure) -> tuple[DraftPassage, ...]:
    """Return the passages of a paged document. Labels that the file states go before those found printed."""
    pages = without_watermarks(without_line_numbers(with_weight_told(pages)), find_body_size(pages))
    labelled = [replace(page, label=structure.labels.get(page.number)) for page in pages]
    bare = without_running_lines(labelled, find_body_size(pages))
    body_size = find_body_size(bare)
    prose = [
        with_titles_first(
            with_head_first(without_contents(without_boxes(with_rows_together(with_columns_apart(page))))),
            body_size,
        )
        for page in bare
    ]
    shape = find_shape(prose)
    blocks = [block for page in prose for block in _blocks(page, shape)]
    told = with_typed_marks(with_raised_marks(with_headings(blocks, shape, structure.outline)))
    return build_passages(join_across(with_masthead(told)), bare)


def _blocks(page: Page, shape: Shape) -> list[Block]:
    """The blocks of one page with their kinds, headings excepted."""
    blocks: list[Block] = []
    for is_table, lines in part_tables(page):
        if is_table:
            blocks.append(table_block(lines))
        else:
            blocks.extend(page_blocks(replace(page, lines=lines), shape))
    return with_notes_last(with_labels_gathered(with_kinds(blocks, page, shape), shape))
