from __future__ import annotations

from indexer.layout.blocks import Cell, Line, NoteMark, Page
from indexer.layout.page.prose_columns import with_columns_apart

LEFT = (
    "The keepers of the lamps asked",
    "for a second boat, since the first",
    "one is often under repair when",
    "the winter storms begin and the",
    "towns cannot send another. They",
    "thanked the pilots for their help.",
)
RIGHT = ("Oil was dear in both of the years", "and the board has bought it from", "a trader in the north, who sends", "it by the ship that carries salt", "and takes back wool. Nobody has", "found a cheaper way to do it yet.")  # fmt: skip


def line(top: float, *texts: str, marks: tuple[NoteMark, ...] = ()) -> Line:
    cells = tuple(Cell(text, 60.0 + 250 * n, 60.0 + 250 * n + 5 * len(text)) for n, text in enumerate(texts))
    inside = cells if len(cells) > 1 else ()
    return Line(1, " ".join(texts), 60.0, top, cells[-1].x1, top + 10, 10.0, cells=inside, marks=marks)


def texts(*lines: Line) -> list[str]:
    return [part.text for part in with_columns_apart(Page(1, 600.0, 800.0, lines)).lines]


def test_columns_of_prose_drawn_row_by_row_are_read_one_after_the_other() -> None:
    rows = [line(100.0 + 12 * n, *pair) for n, pair in enumerate(zip(LEFT, RIGHT, strict=True))]
    assert texts(line(60.0, "The two towns"), *rows) == ["The two towns", *LEFT, *RIGHT]


def test_tables_stay_rows() -> None:
    rows = [line(100.0 + 12 * n, f"Lamp {n}", "Harbour board", "May 2020") for n in range(8)]
    assert texts(*rows) == [row.text for row in rows]


def test_the_marks_of_notes_stay_at_their_words() -> None:
    rows = [line(100.0 + 12 * n, *pair) for n, pair in enumerate(zip(LEFT, RIGHT, strict=True))]
    marked = line(100.0, LEFT[0], RIGHT[0], marks=(NoteMark(10, "1"), NoteMark(len(LEFT[0]) + 1 + 3, "2")))
    first, *_, last = (
        part for part in with_columns_apart(Page(1, 600.0, 800.0, (marked, *rows[1:]))).lines if part.marks
    )
    assert first.marks == (NoteMark(10, "1"),) and last.marks == (NoteMark(3, "2"),) and last.text == RIGHT[0]
