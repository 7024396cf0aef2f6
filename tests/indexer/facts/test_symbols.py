from __future__ import annotations

import pytest

from indexer.facts.symbols import find_identifiers, is_isbn, split_symbols
from tests.indexer.facts.fronts import front


@pytest.mark.parametrize(
    "symbol",
    [
        "A/99/36", "E/CN.6/2025/3/Rev.1", "CCPR/C/21/Rev.1/Add.13", "A/52/23 (Part IV)", "AJP-3.4(A)", "STANAG 2449", "MC 0400/3", "C-M(2009)0048",
        "COM(2020) 605 final", "ENV/JM/MONO(2012)4", "DCD/DAC(2019)17/FINAL", "WT/MIN(01)/DEC/1", "PC.DEC/1117", "CM/Rec(2019)1", "arXiv:2312.10997v5",
        "GAO-21-104", "Drucksache 19/1234", "HC 123-II",
    ],
)  # fmt: skip
def test_symbols_of_many_bodies_are_read_whole(symbol: str) -> None:
    assert split_symbols(f"{symbol}") == [symbol]


@pytest.mark.parametrize(
    "text", ["and/or", "24/7", "km/h", "N/A", "A/C", "2/96", "25-10364 (E) 010725", "CR-1"]
)
def test_what_only_looks_like_one_is_none(text: str) -> None:
    assert split_symbols(text) == []


def test_joint_symbols_are_two() -> None:
    assert split_symbols("A/99/74-E/2025/53") == ["A/99/74", "E/2025/53"]


def test_the_symbol_in_the_masthead_is_the_documents_and_those_in_its_notes_are_not() -> None:
    page = front(
        (14, 50, "United Nations"), (14, 52, "A/99/385"), (10, 400, "See the earlier report (A/98/100)."), (8, 700, "* A/99/150.")
    )  # fmt: skip
    assert find_identifiers(page) == ("A/99/385",)


def test_a_symbol_at_the_head_of_several_pages_is_the_documents() -> None:
    page = front((20, 300, "Lamps on the piers"), later=((8, 40, "X/2019/7"),))
    both = front((20, 300, "Lamps on the piers"), (8, 790, "X/2019/7"), later=((8, 40, "X/2019/7"),))
    assert find_identifiers(page) == ()
    assert find_identifiers(both) == ("X/2019/7",)


def test_book_numbers_count_with_a_right_check_digit() -> None:
    assert is_isbn("978-3-16-148410-0") and not is_isbn("978-3-16-148410-1") and is_isbn("0-306-40615-2")
    assert find_identifiers(front((10, 300, "ISBN 978-3-16-148410-0 (paper)"))) == ("ISBN 978-3-16-148410-0",)


def test_of_many_object_identifiers_none_is_the_documents() -> None:
    cited = "Reef, A. Lamps. https://doi.org/10.1234/lamps.77 and Pier, B. Quays, a long entry"
    assert find_identifiers(front((10, 300, cited), (10, 320, cited.replace("77", "78")))) == ()
    assert find_identifiers(
        front((10, 300, cited), (10, 320, cited.replace("77", "78")), (10, 340, "doi:10.1234/own"))
    ) == ("10.1234/own",)


def test_symbols_listed_low_on_the_page_are_other_documents() -> None:
    page = front((14, 50, "X/2025/72"), (8, 700, "X/2019/103, X/2019/612,"), (8, 710, "X/2020/95"))
    assert find_identifiers(page) == ("X/2025/72",)
