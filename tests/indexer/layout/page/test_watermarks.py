from __future__ import annotations

from dataclasses import replace

from indexer.layout.blocks import Line
from indexer.layout.page.watermarks import without_watermarks
from tests.indexer.printing import sheet, typed

BODY = "The delegates met on the second day."


def across(text: str, page: int, size: float = 60) -> Line:
    """A line that runs from the lower left to the upper right."""
    return replace(typed(text, 400, x=200, right=420, size=size, page=page), slanted=True, y0=200, y1=430)


def texts(pages: list[list[Line]]) -> list[list[str]]:
    read = without_watermarks([sheet(lines, number) for number, lines in enumerate(pages, 1)], 10.0)
    return [[line.text for line in page.lines] for page in read]


def test_words_across_several_pages_are_no_text() -> None:
    assert texts([[across("DRAFT", n), typed(BODY, 100, page=n)] for n in (1, 2)]) == [[BODY], [BODY]]


def test_words_tiled_over_a_page_are_no_text() -> None:
    assert texts([[across("Reader 4711", 1, 12) for _ in range(4)] + [typed(BODY, 100)]]) == [[BODY]]


def test_large_level_words_at_one_place_of_most_pages_are_no_text() -> None:
    pages = [[typed("DRAFT", 400, size=60, page=n), typed(BODY, 100, page=n)] for n in (1, 2, 3)]
    assert texts(pages) == [[BODY]] * 3


def test_titles_of_chapters_and_upright_labels_of_charts_stay() -> None:
    label = [
        replace(typed("Per cent", 400, x=80, right=90, page=n), slanted=True, y0=350, y1=450) for n in (1, 2)
    ]
    pages = [
        [typed("Conclusion", 90, size=20, page=1), label[0]],
        [label[1]],
        [typed("Conclusion", 300, size=20, page=3)],
    ]
    assert texts(pages) == [["Conclusion", "Per cent"], ["Per cent"], ["Conclusion"]]
