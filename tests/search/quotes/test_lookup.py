"""Where quoted words stand: exact, folded, near or not found; a changed number or a lost "not" is never the same."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from search.errors import UsageProblem
from search.quotes.alignment import DifferenceKind
from search.quotes.candidates import QuoteContext
from search.quotes.lookup import MOST_WORDS, QuoteAnswer, Verdict, find_quote
from search.quotes.records import quote_record
from search.room import ReadingRoom
from search.settings import Settings
from tests.factories import make_document, make_passages, publish

REPORT = (
    "The Alliance will not accept that any partner is left without support in 2019.",
    "Participants agreed that co-operation between 31 nations – and their partners – needs “steady funding”, not "
    "promises. Geoană said that 5% of the budget, or $3 million, goes to the Trust Fund. Nobody objected.",
    "Defence institution building takes ten years of patient work. It pays for itself in peace.",
    "The discussion of women, peace and security went on over the end of",
    "this page and came to the conclusion that resolution 1325 deserves a budget of its own.",
    "Between 10-15 officers of each nation attended the course that was held in Chania in June.",
)
SPEECH = (
    "Let me begin with a word of thanks to our hosts, who made this meeting possible.",
    "Defence institution building takes ten years of patient work. It pays for itself in peace.",
)
NUMBER = re.compile(r"\d+")


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> Iterator[QuoteContext]:
    """A report of 2022 and a speech of 2018 that share one paragraph."""
    folder = tmp_path_factory.mktemp("quotes")
    publish(
        folder,
        [
            (make_document("report"), make_passages("report", REPORT, page=4, page_end=4, page_label="iv")),
            (make_document("speech", date="2018-06-01"), make_passages("speech", SPEECH)),
        ],
    )
    room = ReadingRoom(Settings(index=folder))
    yield room.opened.quoted
    room.close()


def texts(answer: QuoteAnswer) -> list[str]:
    """The stretches of the source that were found."""
    return [match.source_text for match in answer.matches]


def kinds(answer: QuoteAnswer) -> set[DifferenceKind]:
    """The kinds of difference in the best match."""
    return {difference.kind for difference in answer.matches[0].differences}


# --- exact -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("passage", REPORT)
def test_a_whole_passage_is_exact(context: QuoteContext, passage: str) -> None:
    answer = find_quote(passage, context)
    assert answer.verdict is Verdict.EXACT
    assert answer.matches[0].score == 1.0
    assert not answer.matches[0].folded
    assert not answer.matches[0].differences


def test_white_space_and_line_ends_do_not_matter(context: QuoteContext) -> None:
    answer = find_quote("  any partner\n  is left\twithout support ", context)
    assert answer.verdict is Verdict.EXACT
    assert texts(answer) == ["any partner is left without support"]


def test_words_of_two_documents_are_found_in_both_the_earliest_first(context: QuoteContext) -> None:
    answer = find_quote("takes ten years of patient work. It pays", context)
    assert answer.verdict is Verdict.EXACT
    assert [match.document.document_id for match in answer.matches] == ["speech", "report"]


def test_words_over_the_end_of_a_passage_name_both_passages(context: QuoteContext) -> None:
    answer = find_quote("went on over the end of this page and came to the conclusion", context)
    assert answer.verdict is Verdict.EXACT
    assert [passage.ordinal for passage in answer.matches[0].passages] == [4, 5]


def test_a_single_word_can_be_looked_up(context: QuoteContext) -> None:
    assert find_quote("Chania", context).verdict is Verdict.EXACT


def test_words_that_are_all_common_can_be_looked_up(context: QuoteContext) -> None:
    assert find_quote("that any", context).verdict is Verdict.EXACT


# --- folded ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("quoted", "folded"),
    [
        ("the alliance will not accept", {"case"}),
        ("cooperation between 31 nations", {"hyphenation"}),
        ("co-\noperation between 31 nations", set()),
        ("nations — and their partners — needs", {"dashes"}),
        ('needs "steady funding", not promises', {"quotation marks"}),
        ("Geoana said that 5% of the budget", {"accents and ligatures"}),
        ("needs “steady funding” not promises.", {"punctuation"}),
        ("The Alliance will […] accept that any partner is left without support", None),
        ("Participants agreed that […] their partners", {"ellipsis"}),
        ("Participants agreed that … their partners", {"ellipsis"}),
        ("[P]articipants agreed that", {"brackets"}),
        ("[p]articipants agreed that", {"brackets", "case"}),
        ("Between 10–15 officers of each nation", {"dashes", "hyphenation"}),
    ],
)
def test_folding_is_named(context: QuoteContext, quoted: str, folded: set[str] | None) -> None:
    answer = find_quote(quoted, context)
    if folded is None:
        assert answer.verdict is Verdict.NEAR
        return
    assert answer.verdict is Verdict.FOLDED
    assert folded <= set(answer.matches[0].folded)


def test_an_ellipsis_may_leave_out_whole_sentences_even_with_a_not(context: QuoteContext) -> None:
    answer = find_quote("between 31 nations […] Geoană said that 5% of the budget", context)
    assert answer.verdict is Verdict.FOLDED
    assert texts(answer)[0].startswith("between 31 nations – and")


def test_an_ellipsis_over_the_end_of_a_passage_names_all_of_it(context: QuoteContext) -> None:
    answer = find_quote("discussion of women, peace […] resolution 1325 deserves", context)
    assert answer.verdict is Verdict.FOLDED
    assert [passage.ordinal for passage in answer.matches[0].passages] == [4, 5]


def test_a_compound_may_be_written_apart(context: QuoteContext) -> None:
    answer = find_quote("goes to the Trust-Fund", context)
    assert answer.verdict is Verdict.FOLDED
    assert answer.matches[0].folded == ("hyphenation",)


# --- near ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("quoted", "kind", "pair"),
    [
        ("Participants decided that co-operation between 31 nations", "word", ("decided", "agreed")),
        ("Participants agreed that co-operation between 30 nations", "number", ("30", "31")),
        ("any partner is left without support in 2018", "number", ("2018", "2019")),
        ("said that 5 of the budget, or $3 million", "number", ("5", "5%")),
        ("said that 5% of the budget, or €3 million", "number", ("€3", "$3")),
        ("The Alliance will accept that any partner", "negation", ("", "not")),
        ("The Alliance will … accept that any partner is left", "negation", ("", "not")),
        ("any partner is not left without support", "negation", ("not", "")),
        ("any partner is left with support", "negation", ("with", "without")),
        ("building takes years of patient work", "omission", ("", "ten")),
        ("building takes ten full years of patient work", "addition", ("full", "")),
    ],
)
def test_a_difference_is_shown_with_its_kind(
    context: QuoteContext, quoted: str, kind: str, pair: tuple[str, str]
) -> None:
    answer = find_quote(quoted, context)
    assert answer.verdict is Verdict.NEAR
    (difference,) = answer.matches[0].differences
    assert (difference.kind.value, (difference.quoted, difference.source)) == (kind, pair)
    assert 0.7 <= answer.matches[0].score < 1


def test_a_range_of_numbers_is_not_one_number(context: QuoteContext) -> None:
    answer = find_quote("Between 1015 officers of each nation attended the course", context)
    assert answer.verdict is Verdict.NEAR
    assert kinds(answer) == {DifferenceKind.NUMBER}


def test_what_changes_the_meaning_stands_first_among_the_differences(context: QuoteContext) -> None:
    answer = find_quote("Our Alliance will accept that any partner is left without support in 2019", context)
    assert [difference.kind.value for difference in answer.matches[0].differences] == ["negation", "word"]


def test_an_ellipsis_in_a_near_quotation_is_no_difference(context: QuoteContext) -> None:
    answer = find_quote("cooperation of 31 nations […] needs “steady funding”, not promises", context)
    assert answer.verdict is Verdict.NEAR
    (difference,) = answer.matches[0].differences
    assert (difference.quoted, difference.source) == ("of", "between")


def test_a_lost_negation_in_the_gap_of_a_near_quotation_is_said_first(context: QuoteContext) -> None:
    answer = find_quote("The Alliance will […] accept that any friend is left without support", context)
    assert answer.verdict is Verdict.NEAR
    assert [d.source for d in answer.matches[0].differences] == ["not", "partner"]


def test_every_place_is_listed_and_the_earliest_marked(tmp_path: Path) -> None:
    words = "Steady funding matters more to partners than any single large promise."
    folder = tmp_path
    library = [
        (make_document("b", date="2018-01-01"), make_passages("b", [words.replace("Steady", "Stable")])),
        (make_document("c", date="2017-01-01"), make_passages("c", [words.lower()])),
        *(
            (make_document(f"d{n}", date=f"20{n}-01-01"), make_passages(f"d{n}", [f"One {n}.", words]))
            for n in range(19, 60)
        ),
    ]
    publish(folder, library)
    room = ReadingRoom(Settings(index=folder))
    answer = find_quote(words, room.opened.quoted)
    room.close()
    verdicts = [match.verdict.value for match in answer.matches]
    assert verdicts == ["exact"] * 41 + ["folded", "near"]
    assert [match.document.document_id for match in answer.matches if match.earliest] == ["c"]
    assert answer.matches[0].document.document_id == "d19"


# --- not found -------------------------------------------------------------------------------------------


def test_words_that_stand_nowhere_are_not_found_and_have_no_closest(context: QuoteContext) -> None:
    answer = find_quote("Zebras graze quietly upon distant hillsides beyond", context)
    assert (answer.verdict, answer.matches) == (Verdict.NOT_FOUND, ())


def test_what_is_half_like_a_passage_is_not_found_but_shown_as_closest(context: QuoteContext) -> None:
    answer = find_quote("Institution building takes two or three years of hard, patient effort", context)
    assert answer.verdict is Verdict.NOT_FOUND
    assert answer.matches
    assert all(0.4 <= match.score < 0.7 for match in answer.matches)
    assert "institution building takes" in texts(answer)[0]


@pytest.mark.parametrize("empty", ["", "   ", "…", "“”", "[…]"])
def test_a_quotation_without_words_is_refused(context: QuoteContext, empty: str) -> None:
    with pytest.raises(UsageProblem, match="no words to look up"):
        find_quote(empty, context)


def test_a_quotation_as_long_as_a_document_is_refused(context: QuoteContext) -> None:
    assert find_quote("peace " * MOST_WORDS, context).verdict is Verdict.NOT_FOUND
    with pytest.raises(UsageProblem, match="1001 words; one quotation may have 1000"):
        find_quote("peace " * (MOST_WORDS + 1), context)


# --- laws ------------------------------------------------------------------------------------------------


@st.composite
def stretches(draw: st.DrawFn) -> str:
    """A run of six words or more from one of the passages."""
    words = draw(st.sampled_from(REPORT)).split()
    first = draw(st.integers(0, len(words) - 6))
    return " ".join(words[first : draw(st.integers(first + 6, len(words)))])


@st.composite
def stretches_around(draw: st.DrawFn, wanted: Callable[[str], object]) -> str:
    """A run of six words or more around a word that is wanted; the word stands neither first nor last."""
    texts = [passage.split() for passage in REPORT]
    places = [(words, i) for words in texts for i, word in enumerate(words[1:-1], 1) if wanted(word)]
    words, i = draw(st.sampled_from(places))
    first = draw(st.integers(0, min(i - 1, len(words) - 6)))
    return " ".join(words[first : draw(st.integers(max(first + 6, i + 2), len(words)))])


@settings(max_examples=60, deadline=None)
@given(stretches())
def test_any_stretch_of_a_passage_is_exact(context: QuoteContext, stretch: str) -> None:
    answer = find_quote(stretch, context)
    assert answer.verdict is Verdict.EXACT
    assert any(" ".join(stretch.split()) in passage.text for passage in answer.matches[0].passages)


@settings(max_examples=60, deadline=None)
@given(stretches(), st.sampled_from((str.upper, str.casefold, lambda s: s.replace("-", ""), "[{}]".format)))
def test_a_stretch_in_another_dress_is_exact_or_folded(
    context: QuoteContext, stretch: str, dress: object
) -> None:
    assume(not NUMBER.search(stretch) or "-" not in stretch)
    assert callable(dress)
    assert find_quote(dress(stretch), context).verdict in (Verdict.EXACT, Verdict.FOLDED)


@settings(max_examples=60, deadline=None)
@given(stretches_around(NUMBER.search), st.integers(1, 9))
def test_a_stretch_with_another_number_is_never_exact_or_folded(
    context: QuoteContext, stretch: str, more: int
) -> None:
    changed = NUMBER.sub(lambda match: str(int(match.group()) + more), stretch, count=1)
    assert find_quote(changed, context).verdict in (Verdict.NEAR, Verdict.NOT_FOUND)


@settings(max_examples=60, deadline=None)
@given(stretches(), st.data())
def test_a_stretch_with_a_not_put_in_is_never_exact_or_folded(
    context: QuoteContext, stretch: str, data: st.DataObject
) -> None:
    words = stretch.split()
    at = data.draw(st.integers(1, len(words) - 1))
    changed = " ".join([*words[:at], data.draw(st.sampled_from(["not", "never", "no"])), *words[at:]])
    answer = find_quote(changed, context)
    assert answer.verdict in (Verdict.NEAR, Verdict.NOT_FOUND)
    if answer.verdict is Verdict.NEAR:
        assert DifferenceKind.NEGATION in kinds(answer)


@settings(max_examples=60, deadline=None)
@given(stretches_around(re.compile("not|without").fullmatch), st.sampled_from(["", "[…] ", "... "]))
def test_a_stretch_without_its_not_is_never_exact_or_folded(
    context: QuoteContext, stretch: str, ellipsis: str
) -> None:
    lost = re.sub(r"^(.+\s)(?:not|without) ", rf"\1{ellipsis}", stretch)
    assert lost != stretch
    assert find_quote(lost, context).verdict in (Verdict.NEAR, Verdict.NOT_FOUND)


# --- JSON ------------------------------------------------------------------------------------------------


def test_the_json_of_a_look_up_has_the_keys_of_the_contract(context: QuoteContext) -> None:
    record = quote_record(
        find_quote("Participants agreed that co-operation between 30 nations", context), "q1"
    )
    (match,) = record.pop("matches")
    assert record == {
        "id": "q1",
        "text": "Participants agreed that co-operation between 30 nations",
        "verdict": "near",
    }
    assert (
        match.items()
        >= {
            "passage_ids": [make_passages("report", REPORT)[1].passage_id],
            "document_id": "report",
            "path": "reports/report.txt",
            "title": "The report",
            "page": 4,
            "page_label": "iv",
            "source_text": "Participants agreed that co-operation between 31 nations",
            "score": match["score"],
            "folded": [],
            "differences": [{"quoted": "30", "source": "31", "kind": "number"}],
            "url": f"/p/{make_passages('report', REPORT)[1].passage_id}",
        }.items()
    )
