"""From a reading and the catalogue's entry to a document: whose word goes first, and what is guessed."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.build.assembly import Assembled, assemble
from indexer.corpus.catalogue import Entry
from indexer.corpus.inventory import SourceFile
from indexer.marking import LearnedMarker
from indexer.reading.reading import DraftMark, DraftPassage, FoundMetadata, Reading
from search.model import Box, FindingType, NoteSign, PassageKind
from search.permalinks import passage_ids
from tests.factories import THEMES

P, H, L = PassageKind.PARAGRAPH, PassageKind.HEADING, PassageKind.LIST_ITEM


def assembled(
    *drafts: DraftPassage,
    path: str = "x/some-file_2019.txt",
    found: FoundMetadata | None = None,
    entry: Entry | None = None,
) -> Assembled:
    """A document of these drafts."""
    reading = Reading("text/plain", found or FoundMetadata(), drafts, 7, (3,), ("note",))
    source = SourceFile(path, Path(path), "f" * 64)
    return assemble("doc", source, reading, entry or Entry(path), LearnedMarker(THEMES))


def test_passages_are_numbered_and_named_by_their_words() -> None:
    made = assembled(DraftPassage(P, "One."), DraftPassage(P, "Two."), DraftPassage(P, "one"))
    assert [p.passage_id for p in made.passages] == passage_ids("doc", ["One.", "Two.", "one"])
    assert made.passages[2].passage_id == f"{made.passages[0].passage_id}-2"
    assert [p.ordinal for p in made.passages] == [1, 2, 3]


def test_what_the_reader_found_out_stays_with_a_passage() -> None:
    box = Box(3, 1, 2, 3, 4)
    draft = DraftPassage(P, "The Trust Funds grew.", 3, 4, "iii", ("Part", "Money"), "Ms X", (box,))
    (made,) = assembled(draft).passages
    assert (made.page, made.page_end, made.page_label, made.heading_path, made.speaker, made.boxes) == (
        3, 4, "iii", ("Part", "Money"), "Ms X", (box,),
    )  # fmt: skip
    assert [mark.theme_id for mark in made.themes] == ["trust-funds"]


def test_signs_of_notes_name_the_footnote_and_the_footnote_its_passages() -> None:
    text = DraftPassage(P, "Trust grew.", marks=(DraftMark("4", 6, 1, "n1"), DraftMark("5", 11, 1)))
    note = DraftPassage(PassageKind.FOOTNOTE, "4 Survey.", mark="4", note="n1")
    again = DraftPassage(P, "It fell.", marks=(DraftMark("4", 8, 2, "n1"),))
    first, second, third = assembled(text, note, again).passages
    assert first.footnotes == (NoteSign("4", 6, second.passage_id), NoteSign("5", 11))
    assert (second.mark, second.note_of) == ("4", (first.passage_id, third.passage_id))


def test_a_passage_on_one_page_ends_there() -> None:
    assert assembled(DraftPassage(P, "Words.", 3)).passages[0].page_end == 3
    assert assembled(DraftPassage(P, "Words.")).passages[0].page_end is None


def test_counts_and_quality_are_the_document_s() -> None:
    document = assembled(DraftPassage(P, "Three plain words."), DraftPassage(H, "One")).document
    assert (document.words, document.passages, document.pages) == (4, 2, 7)
    assert (document.unread_pages, document.notes, document.sha256) == ((3,), ("note",), "f" * 64)


def test_a_file_without_passages_makes_a_document_without_passages() -> None:
    made = assembled()
    assert (made.passages, made.document.words, made.document.title) == ((), 0, "some file 2019")


FOUND = FoundMetadata("Found", "2018", ("FA",), ("FS",), "fr", "FP", "https://found", "press")
ENTRY = Entry(
    "x/some-file_2019.txt", "doc", "Said", "speech", "p360-2018", "2019-06", ("EA",), ("ES",), "en", "EP",
    "https://said", "R",
)  # fmt: skip


def test_the_catalogue_s_word_goes_before_the_file_s() -> None:
    document = assembled(found=FOUND, entry=ENTRY).document
    assert (document.title, document.kind, document.edition, document.date) == (
        "Said", "speech", "p360-2018", "2019-06",
    )  # fmt: skip
    assert (document.authors, document.speakers, document.language) == (("EA",), ("ES",), "en")
    assert (document.publisher, document.source_url, document.rights) == ("EP", "https://said", "R")
    assert document.catalogued


def test_where_the_catalogue_is_silent_the_file_speaks() -> None:
    document = assembled(found=FOUND).document
    assert (document.title, document.kind, document.edition, document.date) == (
        "Found",
        "press",
        None,
        "2018",
    )
    assert (document.authors, document.speakers, document.language) == (("FA",), ("FS",), "fr")
    assert (document.publisher, document.source_url, document.rights) == ("FP", "https://found", None)
    assert not document.catalogued


def test_an_entry_with_nothing_but_the_path_does_not_count_as_catalogued() -> None:
    assert not assembled(entry=Entry("x/some-file_2019.txt")).document.catalogued


@pytest.mark.parametrize(
    ("title", "drafts", "wanted"),
    [
        (" Given ", (DraftPassage(H, "Heading"),), "Given"),
        ("  ", (DraftPassage(P, "Text."), DraftPassage(H, "Heading")), "Heading"),
        (None, (DraftPassage(H, "x" * 401), DraftPassage(H, "Second")), "Second"),
        (None, (DraftPassage(P, "Text."),), "some file 2019"),
        ("y" * 500, (), "y" * 399 + "…"),
    ],
)
def test_a_title_is_the_file_s_own_then_a_heading_then_the_name(
    title: str | None, drafts: tuple[DraftPassage, ...], wanted: str
) -> None:
    assert assembled(*drafts, found=FoundMetadata(title=title)).document.title == wanted


@pytest.mark.parametrize(
    ("path", "found", "wanted"),
    [
        ("reports/a.txt", FoundMetadata(), "report"),
        ("Speeches/2019/a.pdf", FoundMetadata(), "speech"),
        ("press/reports/a.txt", FoundMetadata(), "report"),
        ("background/a.md", FoundMetadata(), "background"),
        ("digests/a.pdf", FoundMetadata(), "digest"),
        ("reports/a.txt", FoundMetadata(kind="press"), "press"),
        ("reports/a.txt", FoundMetadata(kind="poem"), "report"),
        ("a.txt", FoundMetadata(speakers=("Ms X",)), "speech"),
        ("a.pdf", FoundMetadata(), "report"),
        ("a.html", FoundMetadata(), "press"),
    ],
)
def test_a_kind_is_the_file_s_own_then_its_folder_s_then_a_guess(
    path: str, found: FoundMetadata, wanted: str
) -> None:
    assert assembled(path=path, found=found, entry=Entry(path)).document.kind == wanted


@pytest.mark.parametrize(
    ("date", "wanted"), [("2019-06-11", "2019-06-11"), ("2019", "2019"), ("June 2019", None), ("", None)]
)
def test_a_date_that_is_none_is_left_unknown(date: str, wanted: str | None) -> None:
    path = "x/some-file.txt"
    document = assembled(path=path, found=FoundMetadata(date=date), entry=Entry(path)).document
    assert document.date == wanted


def test_the_words_that_open_a_list_speak_for_its_items() -> None:
    opening = DraftPassage(P, "Participants recommended the following:")
    item = DraftPassage(L, "to plan exercises with partners five years ahead, and share their lessons;")
    broken = assembled(opening, DraftPassage(P, "Lunch was served."), item)
    alone, led, apart = assembled(item).passages[0], assembled(opening, item).passages[1], broken.passages[2]
    assert led.finding is not None
    assert all(other.finding is None or other.finding.score < led.finding.score for other in (alone, apart))


DIGEST = Entry("reports/a.txt", kind="digest")
ADVICE = "The Council should publish a plan for joint exercises every year."


def test_a_digest_has_no_finding_of_its_own() -> None:
    assert assembled(DraftPassage(P, ADVICE)).passages[0].finding is not None
    assert assembled(DraftPassage(P, ADVICE), entry=DIGEST).passages[0].finding is None


@pytest.mark.parametrize(("entry", "reported"), [(DIGEST, True), (Entry("reports/a.txt"), False)])
def test_what_a_digest_tells_with_its_source_is_a_finding_that_is_reported(
    entry: Entry, reported: bool
) -> None:
    finding = assembled(DraftPassage(P, ADVICE + " [3]"), entry=entry).passages[0].finding
    assert finding is not None
    assert finding.reported is reported


def test_what_a_digest_tells_has_the_type_of_the_verb_that_tells_it() -> None:
    text = "The auditors found that two of the three schools should have opened a year earlier. [3]"
    finding = assembled(DraftPassage(L, text), entry=DIGEST).passages[0].finding
    assert finding is not None
    assert (finding.type, finding.rule, finding.cue) == (FindingType.CONCLUSION, "told", "found")
    assert finding.is_strong


def test_the_line_that_opens_a_list_of_a_digest_names_the_source_of_its_items() -> None:
    def reported(opening: str) -> bool:
        drafts = (DraftPassage(P, opening), DraftPassage(L, ADVICE))
        return assembled(*drafts, entry=DIGEST).passages[1].finding is not None

    assert reported("The report of the audit has this advice [2]:")
    assert not reported("In our view this is the best advice:")
