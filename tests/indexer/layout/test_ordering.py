from __future__ import annotations

from indexer.layout.ordering import with_titles_first
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
