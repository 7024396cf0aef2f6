"""Signs of figures and signs that nobody sees: what is folded is named, and no figure becomes another one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from search.quotes.lookup import Verdict, find_quote
from search.room import ReadingRoom
from search.settings import Settings
from tests.factories import make_document, make_passages, publish

Find = Callable[[str], tuple[Verdict, set[str], set[str]]]

SOURCE = (
    "Output grew to 10⁶ units on 40 m² of 2½ acres while CO₂ fell by 7³ tons a year.",
    "The fund paid 12 500 crowns to 1,900 owners of boats between 2019–2021 for nets.",
    "The clerk recieved nine letters and the board decides on them before the feast.",
    "The canal will not be dredged before the herons leave. It shall be widened, never closed, by the town.",
    "The bridge is not only a way to the market but a place where people meet.",
    "The ferry was no longer used by the bakers of the island. The tollkeeper hardly saw anybody in winter.",
)


@pytest.fixture(scope="module")
def find(tmp_path_factory: pytest.TempPathFactory) -> Find:
    """Looks words up in one document: the verdict, what was folded, and the words beside negations."""
    folder = tmp_path_factory.mktemp("signs")
    publish(folder, [(make_document("note"), make_passages("note", SOURCE))])
    context = ReadingRoom(Settings(index=folder)).opened.quoted

    def look_up(text: str) -> tuple[Verdict, set[str], set[str]]:
        answer = find_quote(text, context)
        best = answer.matches[0] if answer.matches else None
        return (
            answer.verdict,
            set(best.folded if best else ()),
            {b.words for b in best.beside} if best else set(),
        )

    return look_up


@pytest.mark.parametrize(
    "text",
    [
        "Output grew to 106 units on 40 m² of",
        "units on 40 m2 of 2½ acres while",
        "on 40 m² of 21/2 acres while",
        "fell by 73 tons a year",
        "owners of boats between 20192021 for nets",
        "The fund paid 12 600 crowns to 1,900 owners",
    ],
)
def test_another_figure_is_never_the_same(find: Find, text: str) -> None:
    assert find(text)[0] not in (Verdict.EXACT, Verdict.FOLDED)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The fund paid 12,500 crowns to 1 900 owners", "thousands marks"),
        ("The fund paid 12500 crowns to 1\u202f900 owners", "thousands marks"),
        ("Output grew to 10^6 units on", "raised figures"),
        ("acres while CO2 fell by", "lowered figures"),
        ("The clerk re\u200bcieved nine let\u00adters", "invisible characters"),
        ("\ufeffThe clerk recieved\u200e nine letters", "invisible characters"),
        ("The clerk recieved⁴ nine letters", "note signs"),
        ("The clerk recieved[4] nine letters", "note signs"),
        ("The clerk recieved [sic] nine letters", "editorial remarks"),
        ("nine letters and the board (emphasis added) decides on them", "editorial remarks"),
        ("nine letters and the board decides on them [Hervorhebung hinzugefügt]", "editorial remarks"),
        ("nine letters and [the council] decides on them", "brackets"),
        ("the board decides [once a year] on them before the feast", "brackets"),
    ],
)
def test_what_is_folded_is_named(find: Find, text: str, name: str) -> None:
    verdict, folded, _ = find(text)
    assert verdict is Verdict.FOLDED
    assert name in folded


def test_the_signs_as_printed_are_exact(find: Find) -> None:
    assert find(SOURCE[0])[0] is Verdict.EXACT
    assert find("paid 12 500 crowns to 1,900 owners of boats between 2019–2021")[0] is Verdict.EXACT


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("be dredged before the herons leave", {"not"}),
        ("closed, by the town", {"never"}),
        ("used by the bakers of the island", {"no longer"}),
        ("saw anybody in winter", {"hardly"}),
        ("The ferry was no longer used by the bakers", set()),
        ("It shall be widened, never closed, by the town", set()),
        ("a way to the market but a place", set()),
        ("The canal will not be dredged", set()),
        ("The canal will", {"not"}),
    ],
)
def test_a_negation_that_is_left_out_beside_a_quotation_is_named(
    find: Find, text: str, words: set[str]
) -> None:
    assert find(text)[2] == words
