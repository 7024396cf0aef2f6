from __future__ import annotations

from indexer.layout.blocks import Cell, Line, NoteMark
from indexer.layout.page.wrapped_cells import with_rows_together
from tests.indexer.printing import sheet, typed

ROWS = (
    (("North quay with", "both ladders"), ("Guild of", "rope makers"), ("8 crowns",)),
    (("South quay",), ("Widow of the", "harbour clerk"), ("2 crowns",)),
    (("Shed behind", "the old scales"), ("nobody",), ("none", "this year")),
)


def drawn(rows: tuple[tuple[tuple[str, ...], ...], ...] = ROWS, top: float = 200.0) -> list[Line]:
    return [
        typed(text, top + 36 * down + 12 * place, x=72.0 + 150 * across)
        for down, row in enumerate(rows)
        for across, cell in enumerate(row)
        for place, text in enumerate(cell)
    ]


def texts(lines: list[Line]) -> list[str]:
    return [line.text for line in with_rows_together(sheet(lines)).lines]


def test_cells_drawn_one_after_the_other_with_all_their_lines_are_rows() -> None:
    lines = with_rows_together(sheet(drawn())).lines
    assert [[cell.text for cell in line.cells] for line in lines] == [
        ["North quay with both ladders", "Guild of rope makers", "8 crowns"],
        ["South quay", "Widow of the harbour clerk", "2 crowns"],
        ["Shed behind the old scales", "nobody", "none this year"],
    ]


def test_a_row_of_single_lines_between_them_stays_in_the_table() -> None:
    plain = typed("West quay", 308.0)
    cells = tuple(
        Cell(text, 72.0 + 150 * n, 110.0 + 150 * n)
        for n, text in enumerate(("West quay", "the mill", "9 crowns"))
    )
    row = typed("West quay the mill 9 crowns", plain.baseline, cells=cells)
    lines = with_rows_together(sheet([*drawn(), row])).lines
    assert len(lines) == 4 and lines[-1].cells == cells


def test_two_boxes_side_by_side_are_no_table() -> None:
    lines = drawn(ROWS[:2])
    assert texts(lines) == [line.text for line in lines]


def test_boxes_of_prose_are_read_one_after_the_other() -> None:
    said = tuple(
        f"the pilots of the outer light {word} for a boat with"
        for word in ("asked", "wrote", "paid", "begged")
    )
    rows = ((said, said),) * 3
    lines = [
        typed(text, 100.0 + 80 * down + 12 * place, x=72.0 + 260 * across, right=300.0 + 260 * across)
        for down, row in enumerate(rows)
        for across, cell in enumerate(row)
        for place, text in enumerate(cell)
    ]
    assert texts(lines) == [line.text for line in lines]


def test_columns_of_prose_stay_columns() -> None:
    left = [typed(f"line {n} of the left column", 100.0 + 12 * n) for n in range(6)]
    right = [typed(f"line {n} of the right column", 100.0 + 12 * n, x=320.0) for n in range(6)]
    assert texts([*left, *right]) == [line.text for line in [*left, *right]]


def test_signs_of_notes_stay_at_their_words() -> None:
    lines = drawn()
    marked = [
        Line(
            **{name: getattr(line, name) for name in Line.__slots__}
            | {"marks": (NoteMark(len(line.text), "4"),)}
        )
        if line.text == "rope makers"
        else line
        for line in lines
    ]
    first = with_rows_together(sheet(marked)).lines[0]
    (mark,) = first.marks
    assert first.text[: mark.place].endswith("Guild of rope makers") and mark.text == "4"
