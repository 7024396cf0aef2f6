from __future__ import annotations

from dataclasses import replace

import pytest

from indexer.layout.blocks import Page
from indexer.layout.paged.running_heads import masked, roman_value, without_running_lines
from search.model import LabelSource
from tests.indexer.printing import set_lines, sheet, typed

BODY = [
    "The delegates met on the second day to discuss the harbour.",
    "They agreed on most points before noon.",
]


def booklet(*feet: str, head: str = "Harbour Review 2019", size: float = 8.0) -> list[Page]:
    return [
        sheet(
            [
                typed(head, 40, size=size, page=number),
                *set_lines([f"{line} {number}" for line in BODY], 200, page=number),
                typed(foot, 760, size=8, page=number),
            ],
            number,
        )
        for number, foot in enumerate(feet, 1)
    ]


def remaining(pages: list[Page]) -> list[list[str]]:
    return [[line.text for line in page.lines] for page in without_running_lines(pages, 10.0)]


def test_heads_and_page_numbers_go_and_the_body_stays() -> None:
    assert remaining(booklet("1", "2", "3")) == [
        [f"{line} {number}" for line in BODY] for number in (1, 2, 3)
    ]


def test_how_a_label_was_found_is_kept() -> None:
    assert [page.label_from for page in without_running_lines(booklet("1", "2", "3"), 10.0)] == [
        LabelSource.FOOT
    ] * 3
    at_head = [
        replace(
            page,
            lines=tuple(
                replace(line, text=f"{line.text} {page.number}") if line.y1 < 60 else line
                for line in page.lines
            ),
        )
        for page in booklet("", "", "", head="Harbour Review")
    ]
    assert [page.label_from for page in without_running_lines(at_head, 10.0)] == [LabelSource.HEAD] * 3


def test_the_file_goes_first_and_a_printed_number_that_differs_is_kept() -> None:
    stated = [
        replace(page, label=label)
        for page, label in zip(booklet("7", "8", "9"), ("7", "2", "iii"), strict=True)
    ]
    pages = without_running_lines(stated, 10.0)
    assert [(page.label, page.label_other) for page in pages] == [("7", None), ("2", "8"), ("iii", "9")]
    assert {page.label_from for page in pages} == {LabelSource.FILE}


def labels(*feet: str) -> list[str | None]:
    return [page.label for page in without_running_lines(booklet(*feet), 10.0)]


@pytest.mark.parametrize(
    ("feet", "numbers"),
    [
        (("1", "2", "3"), ["1", "2", "3"]),
        (("iii", "iv", "v"), ["iii", "iv", "v"]),
        (("3/21", "4/21", "5/21"), ["3", "4", "5"]),
        (("- 41 -", "- 42 -", "- 43 -"), ["41", "42", "43"]),
        (("Page 4 of 9", "Page 5 of 9", "Page 6 of 9"), ["4", "5", "6"]),
    ],
)
def test_the_label_is_the_printed_number_without_words_and_total(
    feet: tuple[str, ...], numbers: list[str]
) -> None:
    assert labels(*feet) == numbers


def test_the_number_of_a_note_is_no_page_number() -> None:
    note = typed("12 See the charts.", 760, size=8)
    (page,) = without_running_lines(
        [Page(1, 612, 792, (typed("Prose.", 100), replace(note, marked=True)))], 10.0
    )
    assert page.label is None


def test_a_year_is_no_page_number() -> None:
    assert labels("Review of 2019 | 7", "Review of 2019 | 8", "Review of 2019 | 9") == ["7", "8", "9"]


def test_numbers_that_do_not_go_up_are_no_page_numbers() -> None:
    assert labels("12", "40", "7") == [None, None, None]


@pytest.mark.parametrize(
    "others",
    [
        ("See S/2023/568", "5 See S/2024/568", "", ""),
        ("See 568/76", "See 569/76", "", ""),
        ("12/2022", "See 2/1999", "", "4/2025"),
        ("16/04/2025", "See 0/4", "16/04/2025", "16/04/2025"),
    ],
    ids=["documents", "beyond-the-total", "another-total", "dates"],
)
def test_a_number_over_another_is_a_label_only_with_the_total_of_the_other_pages(
    others: tuple[str, ...],
) -> None:
    pages = booklet("", "2/15", "3/15", "4/15")
    pages = [
        sheet([typed(other, 60, page=page.number), *page.lines], page.number)
        for other, page in zip(others, pages, strict=True)
    ]
    found = without_running_lines(pages, 10.0)
    assert [page.label for page in found] == [None, "2", "3", "4"]
    assert [page.label_from for page in found] == [None, *[LabelSource.FOOT] * 3]


def test_a_page_and_the_year_beside_it_are_no_number_and_total() -> None:
    assert labels("6 | 3", "7 | 3", "8 | 4") == ["6", "7", "8"]


def test_tables_that_count_number_no_page_where_others_are_known() -> None:
    heads = ("Table 1", "Table 2", "Table 3", "")
    pages = [
        sheet([*page.lines, typed(head, 90, page=page.number)], page.number)
        for head, page in zip(heads, booklet("Page 38", "Page 39", "Page fcO", "Page 41"), strict=True)
    ]
    assert [page.label for page in without_running_lines(pages, 10.0)] == [
        "38",
        "39",
        None,
        "41",
    ]


@pytest.mark.parametrize("feet", [("(0", "1)"), ("(4", "(5"), ("4)", "5)"), ("0", "1")])
def test_half_a_bracket_and_nought_number_no_page(feet: tuple[str, str]) -> None:
    assert labels(*feet) == [None, None]


def test_a_number_in_brackets_is_a_label() -> None:
    assert labels("(4)", "(5)") == ["4", "5"]


def test_annexes_of_one_page_begin_anew_in_the_words_of_the_other_pages() -> None:
    feet = ("Page 1", "Page 2", "Page 3", "Page 4", "Page 1", "Page 1", "Page 1+1", "Page 9")
    assert labels(*feet) == ["1", "2", "3", "4", "1", "1", None, None]
    assert labels("1", "2", "3", "4", "1", "1") == ["1", "2", "3", "4", None, None]


def test_front_matter_keeps_its_roman_numbers() -> None:
    assert labels("i", "ii", "iii", "1", "2", "3") == ["i", "ii", "iii", "1", "2", "3"]


def test_a_label_of_the_file_stays() -> None:
    pages = [Page(page.number, page.width, page.height, page.lines, "A-1") for page in booklet("1", "2", "3")]
    assert [page.label for page in without_running_lines(pages, 10.0)] == ["A-1"] * 3


def test_session_headings_at_the_page_top_are_no_running_heads() -> None:
    pages = [
        sheet([typed(f"Session {n // 2 + 1}", 60, size=16, page=n), *set_lines(BODY, 200, page=n)], n)
        for n in (1, 3, 4)
    ]
    assert [lines[0] for lines in remaining(pages)] == ["Session 1", "Session 2", "Session 3"]


def test_a_large_running_head_with_the_page_number_goes() -> None:
    pages = [
        sheet([typed(f"Version 1.3 {n}", 760, size=16, page=n), *set_lines(BODY, 200, page=n)], n)
        for n in range(1, 5)
    ]
    assert all(len(lines) == 2 for lines in remaining(pages))


def test_a_line_that_moves_on_the_page_is_no_running_line() -> None:
    pages = [sheet([typed("Agreed by all", 40 + 20 * n, page=n)], n) for n in range(1, 4)]
    assert remaining(pages) == [["Agreed by all"]] * 3


def test_the_foot_of_the_last_page_goes_with_its_document_number() -> None:
    pages = booklet("25-11202 2/4", "25-11202 3/4", "25-11202 4/4")
    last = sheet([*set_lines(BODY, 200, page=4), typed("25-11202 (E) 150725", 760, size=8, page=4)], 4)
    assert remaining([*pages, last])[-1] == BODY


@pytest.mark.parametrize(("number", "value"), [("iv", 4), ("XIX", 19), ("iiii", 0), ("ic", 0), ("ccc", 300)])
def test_roman_numbers(number: str, value: int) -> None:
    assert roman_value(number) == value


def test_masking_makes_running_lines_equal() -> None:
    assert masked("Review 2019 | 12") == masked("review 2020 | 7")


@pytest.mark.parametrize(
    "line",
    ["27 December 2024", "The masters of vessels met, as the annex says on page 3", "Lagos, March 4"],
)
def test_dates_and_references_near_the_edge_are_no_page_numbers(line: str) -> None:
    pages = [
        sheet([typed(line if number in (1, 2) else "Lights", 60, page=number)], number)
        for number in range(1, 5)
    ]
    shifted = [line.replace("27", "28").replace("page 3", "page 4").replace("4", "5"), line]
    pages[1] = sheet([typed(shifted[0], 60, page=2)], 2)
    assert [page.label for page in without_running_lines(pages, 10.0)] == [None] * 4


def test_a_running_line_whose_number_changes_sides_goes_on_every_page() -> None:
    feet = ["4 Harbour Board", "Harbour Board 5", "6 Harbour Board"]
    assert [len(lines) for lines in remaining(booklet(*feet))] == [2, 2, 2]
    assert labels(*feet) == ["4", "5", "6"]


def test_headings_that_count_stay_at_the_page_top() -> None:
    pages = [
        sheet([typed(f"Session {n * n + 3}", 60, page=n), *set_lines(BODY, 200, page=n)], n)
        for n in (1, 2, 3, 4)
    ]
    pages = [sheet([*page.lines, typed(str(n), 760, page=n)], n) for n, page in enumerate(pages, 1)]
    assert all(lines[0].startswith("Session") for lines in remaining(pages))


def test_running_lines_and_numbers_up_the_side_of_the_page_go() -> None:
    side = {"x": 40.0, "right": 52.0, "slanted": True}
    pages = [
        sheet(
            [
                typed("Harbour Review", 600, page=n, **side),
                typed(str(n), 740, page=n, **side),
                *set_lines(BODY, 200),
            ],
            n,
        )
        for n in (1, 2, 3)
    ]
    assert remaining(pages) == [BODY] * 3
    assert [page.label for page in without_running_lines(pages, 10.0)] == ["1", "2", "3"]


@pytest.mark.parametrize(("text", "top"), [("95-12345 (E) 011295 /...", 760.0), ("Page 2k", 60.0)])
def test_print_jobs_and_misread_page_numbers_go(text: str, top: float) -> None:
    assert remaining([sheet([*set_lines(BODY, 200), typed(text, top)])]) == [BODY]
