from __future__ import annotations

from indexer.facts.authors import find_authors, find_orator, find_orator_in_name, find_signatures
from indexer.facts.title import find_printed_title
from indexer.reading.reading import Front
from tests.indexer.facts.fronts import front

COMMON = frozenset(("lamps", "piers", "executive", "summary"))


def authors(page: Front) -> tuple[str, ...]:
    return find_authors(page, find_printed_title(page), COMMON)


def test_names_below_the_title_are_authors() -> None:
    page = front(
        (24, 100, "Lamps on the piers"),
        (10, 140, "Ana B. Reef, Jón van der Pier and Li Wei"),
        (10, 200, "Executive Summary"),
    )
    assert authors(page) == ("Ana B. Reef", "Jón van der Pier", "Li Wei")


def test_labelled_names_are_authors() -> None:
    assert authors(front((24, 100, "Lamps"), (10, 500, "BY Ana Reef and Bo Pier, PhD"))) == (
        "Ana Reef",
        "Bo Pier",
    )


def test_other_words_with_capitals_below_a_title_are_none() -> None:
    assert authors(front((24, 100, "Lamps on the piers"), (10, 140, "Executive Summary"))) == ()


def test_letters_are_signed() -> None:
    assert find_signatures(["(Signed) Ana Žbog", "Ambassador"]) == ("Ana Žbog",)


def test_the_title_of_a_speech_names_who_speaks() -> None:
    assert (
        find_orator("A speech by The Warden of Blythe at the opening of the quay") == "The Warden of Blythe"
    )
    assert find_orator("Ana Reef - Address to the Harbour Board") == "Ana Reef"
    assert find_orator("An address to the board") is None


def test_the_name_of_a_file_may_name_who_speaks() -> None:
    assert find_orator_in_name("x/1931-Marlow-2.txt") == "Marlow"
    assert find_orator_in_name("x/TheWardenofBlythe_2016_Visit.txt") == "The Warden of Blythe"
    assert find_orator_in_name("x/2019-Report-1.txt") is None
    assert find_orator_in_name("x/AFG_74_2019.txt") is None


def test_letters_behind_a_whole_name_are_a_degree() -> None:
    page = front((20, 50, "Lamps on the piers"), (10, 90, "By G. A. REEF, M.A., F.G.S.,"))
    assert find_authors(page, find_printed_title(page), frozenset()) == ("G. A. REEF",)


def test_particles_of_names_are_no_common_words_and_towns_no_persons() -> None:
    page = front(
        (20, 50, "Lamps on the piers"),
        (12, 80, "Bo van der Pier"),
        (12, 96, "17 Harbour Road"),
        (12, 112, "Quay Town, MA 01002"),
    )
    assert find_authors(page, find_printed_title(page), frozenset(["van", "der"])) == ("Bo van der Pier",)
