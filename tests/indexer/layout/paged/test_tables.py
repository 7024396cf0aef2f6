from __future__ import annotations

from indexer.layout.blocks import Cell, Line
from indexer.layout.paged.tables import (
    own_cells,
    part_tables,
    table_block,
    with_labels_gathered,
    without_contents,
)
from indexer.layout.paged.type_metrics import Shape
from search.model import PassageKind
from tests.indexer.printing import block, set_lines, sheet, typed

SHAPE = Shape(10.0, {10.0: 12.0})


def row(y: float, *texts: str, page: int = 1) -> Line:
    cells = tuple(Cell(text, 72 + 150 * place, 110 + 150 * place) for place, text in enumerate(texts))
    return typed(" ".join(texts), y, cells=cells, page=page)


def regions(lines: list[Line]) -> list[tuple[bool, int]]:
    return [(is_table, len(part)) for is_table, part in part_tables(sheet(lines))]


def test_aligned_rows_are_a_table() -> None:
    rows = [row(130 + 12 * n, "Pier", "12", "13") for n in range(4)]
    assert regions([*set_lines(["Prose before."]), *rows, typed("Prose behind.", 300)]) == [
        (False, 1),
        (True, 4),
        (False, 1),
    ]


def test_cells_that_stand_five_points_apart_are_in_no_common_column() -> None:
    rows = [
        typed("Pier 12", 100 + 12 * n, cells=(Cell("Pier", 72, 110), Cell("12", 223 + 5 * n, 261 + 5 * n)))
        for n in range(3)
    ]
    assert regions(rows) == [(False, 3)]


def test_two_rows_are_none() -> None:
    assert regions([row(100, "Pier", "12"), row(112, "Mole", "13")]) == [(False, 2)]


def test_a_list_with_hanging_marks_is_no_table() -> None:
    assert regions(
        [row(100 + 12 * n, f"({letter})", "an item of a list") for n, letter in enumerate("abcd")]
    ) == [(False, 4)]


def test_the_mark_of_an_item_is_no_cell() -> None:
    assert [cell.text for cell in own_cells(row(100, "12.", "The board", "agreed"))] == [
        "The board",
        "agreed",
    ]


def test_cells_are_parted_by_bars() -> None:
    assert table_block([row(100, "Pier", "12")]).raw == "Pier | 12"


def test_labels_of_a_chart_become_one_block() -> None:
    labels = [block(text, size=8) for text in ("North pier", "South pier", "West mole", "Tons")]
    (gathered,) = with_labels_gathered(labels, SHAPE)
    assert gathered.kind is PassageKind.TABLE


def test_few_short_lines_stay() -> None:
    assert len(with_labels_gathered([block("North pier"), block("A sentence stands here.")], SHAPE)) == 2


def test_rows_between_parts_of_a_table_join_it() -> None:
    parts = [table_block([row(100, "a", "b")]), block("Early warning"), table_block([row(130, "c", "d")])]
    assert len(with_labels_gathered(parts, SHAPE)) == 1


def contents(lines: list[str]) -> list[str]:
    return [line.text for line in without_contents(sheet(set_lines(lines))).lines]


def test_lines_with_leaders_go() -> None:
    assert (
        contents(
            [
                "I. Harbours ........ 3",
                "A long title that",
                "takes two lines ........ 4",
                "B. Piers . . . . . 5",
            ]
        )
        == []
    )


def test_entries_below_contents_go_without_leaders() -> None:
    assert contents(["Contents", "Harbours 3", "Piers 4", "Lights 7", "The text begins here."]) == [
        "The text begins here."
    ]


def test_prose_with_an_ellipsis_at_its_end_stays() -> None:
    assert contents(["The board hesitated... and agreed"]) == ["The board hesitated... and agreed"]


def test_an_ellipsis_at_a_line_end_stays() -> None:
    lines = set_lines(
        ["They may be the last pilots in the county. . . .", "Their boats still lie at the pier."]
    )
    assert without_contents(sheet(lines)).lines == tuple(lines)


def test_rows_of_figures_behind_leaders_are_a_table_and_no_contents() -> None:
    lines = [typed(f"Pier {n} ........... {n},450 {n}.5", 130 + 12 * n) for n in range(1, 5)]
    assert without_contents(sheet(lines)).lines == tuple(lines)
    assert regions(lines) == [(True, 4)]
    assert table_block(lines).first.text == "Pier 1 | 1,450 1.5"


def test_entries_with_leaders_are_contents_though_one_leads_to_nothing() -> None:
    entries = ["Lights ...... 3", "Fog signals ...... 5", "Pilots and their ......", "Storms ...... iv"]
    assert without_contents(sheet(set_lines(entries))).lines == ()


def test_a_caption_with_a_gap_behind_its_number_is_no_row() -> None:
    caption = row(118, "Table 3:", "Ships in port")
    rows = [row(130 + 12 * n, "Pier", "12", "13") for n in range(4)]
    assert regions([caption, *rows]) == [(False, 1), (True, 4)]


def test_cells_in_one_column_may_share_their_middle() -> None:
    rows = [
        typed("x", 130.0 + 12 * n, cells=(Cell("Pier", 72, 90), Cell("1" * n, 200 - 3 * n, 200 + 3 * n)))
        for n in range(1, 5)
    ]
    assert regions(rows) == [(True, 4)]


def test_the_head_of_the_columns_belongs_to_the_table() -> None:
    rows = table_block([row(130 + 12 * n, "Pier", "12") for n in range(3)])
    head = block("Pier Ships", y=118)
    assert [one.kind for one in with_labels_gathered([head, rows], SHAPE)] == [PassageKind.TABLE]


def test_lone_figures_and_the_labels_of_an_axis_are_a_table() -> None:
    assert [one.kind for one in with_labels_gathered([block("26.6")], SHAPE)] == [PassageKind.TABLE]
    axis = [block("Number of ships", slanted=True), block("Year", y=300)]
    assert [one.kind for one in with_labels_gathered(axis, SHAPE)] == [PassageKind.TABLE]


def test_figures_of_any_kind_are_a_table_but_the_number_of_a_heading() -> None:
    figures = block("10.2 5.3 1.4 2.8 3.0 9.1", kind=PassageKind.FOOTNOTE)
    assert [one.kind for one in with_labels_gathered([figures], SHAPE)] == [PassageKind.TABLE]
    assert [one.kind for one in with_labels_gathered([block("6.")], SHAPE)] == [PassageKind.PARAGRAPH]
    symbol = block("3 A/74/821.", kind=PassageKind.FOOTNOTE)
    assert [one.kind for one in with_labels_gathered([symbol], SHAPE)] == [PassageKind.FOOTNOTE]


def test_the_figures_of_an_axis_belong_to_the_labels_of_a_chart() -> None:
    axis = block("Jan-08 Jul-08 Jan-09 Jul-09 Jan-10 Jul-10", y=200, size=8)
    labels = [
        block(text, y=210 + 10 * n, size=8)
        for n, text in enumerate(("North pier", "South pier", "Depth (m)"))
    ]
    gathered = with_labels_gathered([axis, *labels, block("The pilots agreed on this.", y=300)], SHAPE)
    assert [one.kind for one in gathered] == [PassageKind.TABLE, PassageKind.PARAGRAPH]
