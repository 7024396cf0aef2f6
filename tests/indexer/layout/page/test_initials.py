from __future__ import annotations

import pytest

from indexer.layout.blocks import Line
from indexer.layout.page.initials import with_initials
from tests.indexer.printing import typed

PLAIN = (
    "he harbour grew for years and the",
    "towns with it, until the great",
    "storm came over the northern sea.",
)


def paragraph(*texts: str) -> list[Line]:
    return [
        typed(text, 100 + 12 * place, x=100 if place < 2 else 72, size=10) for place, text in enumerate(texts)
    ]


@pytest.mark.parametrize("is_last", [False, True])
def test_an_initial_goes_before_its_word_wherever_the_file_has_it(is_last: bool) -> None:
    initial = typed("T", 112, x=72, size=30)
    lines = paragraph(*PLAIN)
    read = with_initials([*lines, initial] if is_last else [initial, *lines])
    assert [line.text for line in read] == ["The harbour grew for years and the", *PLAIN[1:]]
    assert {line.x0 for line in read} == {72}


def test_an_initial_that_is_a_word_of_its_own_stays_one() -> None:
    lines = paragraph("harbour grows slowly, and this", "harbour grew in nine years only")
    read = with_initials([typed("A", 112, x=72, size=30), *lines])
    assert read[0].text == "A harbour grows slowly, and this"


def test_a_large_letter_beside_nothing_stays_alone() -> None:
    lines = [typed("A", 112, x=72, size=30), typed("Words far away", 400, x=300)]
    assert with_initials(lines) == tuple(lines)
