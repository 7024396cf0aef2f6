from __future__ import annotations

from indexer.layout.blocks import Cell
from indexer.layout.paged.type_metrics import find_body_size, with_weight_told
from tests.indexer.printing import set_lines, sheet, typed

WORDS = ["The delegates met on the second day.", "They agreed before noon."]


def test_the_body_is_the_type_of_the_prose_not_of_the_rows() -> None:
    cells = tuple(Cell("12,450", 72 + 60 * n, 100 + 60 * n) for n in range(4))
    rows = [typed("12,450 " * 9, 300 + 12 * n, size=8, cells=cells) for n in range(20)]
    assert find_body_size([sheet([*set_lines(WORDS), *rows])]) == 10.0


def test_weight_tells_nothing_where_nearly_all_is_heavy() -> None:
    lines = [*set_lines(WORDS, bold=True, font="Sansa"), typed("Lights", 90, bold=True, font="Sansa-Bold")]
    (page,) = with_weight_told([sheet(lines)])
    assert [line.bold for line in page.lines] == [False, False, True]


def test_heavy_type_among_plain_type_stays_heavy() -> None:
    lines = [*set_lines(WORDS), typed("Lights", 90, bold=True, font="Sansa")]
    assert with_weight_told([sheet(lines)]) == (sheet(lines),)
