from __future__ import annotations

from indexer.layout.paged.reading_order import with_head_first, with_titles_first
from tests.indexer.printing import set_lines, sheet, typed


def order(*lines: str, title_at: float) -> list[str]:
    page = sheet([*set_lines(lines, 150), typed("Energy", title_at, size=16)])
    return [line.text for line in with_titles_first(page, 10.0).lines]


def test_a_title_written_last_comes_first() -> None:
    assert order("first line", "second line", title_at=90) == ["Energy", "first line", "second line"]


def test_a_title_below_the_text_stays_behind_it() -> None:
    assert order("first line", "second line", title_at=400) == ["first line", "second line", "Energy"]


def test_a_page_of_titles_stays_as_it_is() -> None:
    page = sheet(set_lines(["Harbours", "Piers"], size=20))
    assert with_titles_first(page, 10.0) == page


def test_what_is_written_last_and_stands_above_all_comes_first() -> None:
    body, head = set_lines(["first line", "second line"], 300), set_lines(["8 November", "English only"], 90)
    notes = [typed("1 See the charts.", 700, size=8)]
    ordered = with_head_first(sheet([*notes, *body, *head])).lines
    assert list(ordered) == [*head, *body, *notes]


def test_columns_stay_in_the_order_of_the_file() -> None:
    page = sheet([*set_lines(["left", "column"], 300), *set_lines(["right", "column"], 300, x=320)])
    assert with_head_first(page) == page
