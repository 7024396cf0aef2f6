from __future__ import annotations

from dataclasses import replace

from indexer.facts.settling import Facts, find_facts
from indexer.reading.reading import DraftPassage, FoundMetadata, Front, Reading
from search.model import DateSource, PassageKind
from tests.indexer.facts.fronts import front

WORDS = (
    "The keepers of the lamps asked for a second boat, since the first one is often under repair in winter."
)


def facts(
    page: Front | None, path: str = "reports/lamps.pdf", kind: str = "report", **found: object
) -> Facts:
    passages = (DraftPassage(PassageKind.PARAGRAPH, WORDS),)
    reading = Reading("application/pdf", replace(FoundMetadata(), **found), passages, front=page)  # type: ignore[arg-type]
    return find_facts(reading, path, kind)


def dated(settled: Facts) -> tuple[str | None, DateSource | None]:
    return settled.date, settled.date_source


def test_a_date_comes_from_the_surest_place_that_has_one() -> None:
    made = {"date": "2023-01-02", "date_source": DateSource.FILE}
    printed = front((24, 100, "Lamps on the piers"), (10, 300, "May 2019"))
    bare = front((24, 100, "Lamps on the piers"))
    assert dated(facts(printed, **made)) == ("2019-05", DateSource.PRINTED)
    assert dated(facts(None, date="2018-04-04")) == ("2018-04-04", DateSource.PAGE)
    assert dated(facts(bare, "reports/lamps-2017.pdf", **made)) == ("2017", DateSource.NAME)
    assert dated(facts(bare, **made)) == ("2023-01-02", DateSource.FILE)
    assert dated(facts(bare)) == (None, None)


def test_a_stated_title_that_says_more_than_the_printed_line_counts() -> None:
    page = front(
        (24, 100, "LAMPS"),
        (14, 180, "On the piers of two towns"),
        *[(10.0, 300.0 + 12 * n, WORDS) for n in range(30)],
    )
    assert facts(page, title="Lamps: On the piers of two towns").title == "Lamps: On the piers of two towns"
    assert facts(page, title="Template for reports").title == "LAMPS"
    assert facts(page, title="Lamps").title == "Lamps"


def test_how_an_address_writes_a_name_is_no_author() -> None:
    assert facts(None, authors=("lamp-keepers-union",)).authors == ()
    assert facts(None, authors=("Ana Reef",)).authors == ("Ana Reef",)


def test_only_speeches_have_speakers_by_their_title() -> None:
    assert facts(None, kind="speech", title="Remarks by Ana Reef at the quay").speakers == ("Ana Reef",)
    assert facts(None, title="Remarks by Ana Reef at the quay").speakers == ()


def test_a_stated_title_counts_before_a_heading_like_those_of_later_pages() -> None:
    page = front(
        (14, 70, "Soundings"), (10, 110, WORDS), later=((14, 70, "Lights on the piers"), (10, 110, WORDS))
    )
    assert (
        facts(page, title="Record of the conference of the towns").title
        == "Record of the conference of the towns"
    )
    assert facts(page, title="record_final_20190302").title == "Soundings"
    assert facts(page).title == "Soundings"
