from __future__ import annotations

import pytest

from indexer.facts.printed_date import find_printed_date
from tests.indexer.facts.fronts import front, text_front


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("15 July 2025", "2025-07-15"),
        ("Brussels, 27.5.2020", "2020-05-27"),
        ("Genève, le 1er février 2020", "2020-02-01"),
        ("Ginebra, 3 de mayo de 2018", "2018-05-03"),
        ("Stand: März 2019", "2019-03"),
        ("October 2009", "2009-10"),
        ("FOR RELEASE MARCH 9, 2020", "2020-03-09"),
        ("Revised May 2016", "2016-05"),
        ("Policy brief No. 12, 2024", "2024"),
        ("New York, 2021", "2021"),
        ("© 2014 Harbour Institute", "2014"),
        ("[29 July 2025]", "2025-07-29"),
        ("m a r c h 2 0 1 0", "2010-03"),
    ],
)
def test_a_date_that_stands_for_itself_is_the_documents(line: str, date: str) -> None:
    assert find_printed_date(front((24, 100, "Lamps on the piers"), (10, 300, line))) == date


@pytest.mark.parametrize(
    "line",
    [
        "Held in Port Elsewhere, 7-11 April 2025",
        "Letter dated 9 May 2025 from the harbour master",
        "Received 3 March 2019; accepted 4 May 2019",
        "Last updated 12 March 2021",
        "and December 31, 2008,",
        "The board met on 4 June 2011 and agreed on the depths of the channel, as the towns had asked.",
        "19 April 2023-9 April 2025",
        "Resolution 1973 (2011)",
        "12 to 14 May 2009",
    ],
)
def test_the_date_of_an_event_or_of_another_text_is_not(line: str) -> None:
    assert find_printed_date(front((24, 100, "Lamps on the piers"), (10, 300, line))) is None


def test_the_date_below_distr_counts_before_all_others() -> None:
    page = front((10, 100, "Distr.: General"), (10, 114, "2 June 2025"), (10, 90, "4 July 2024"))
    assert find_printed_date(page) == "2025-06-02"


def test_the_first_page_counts_before_the_next() -> None:
    assert find_printed_date(front((10, 100, "May 2018"), later=((10, 100, "3 June 2019"),))) == "2018-05"


def test_a_slashed_date_is_read_by_the_language_or_at_its_year() -> None:
    page = text_front("Lampes sur les quais", "05/06/2019")
    assert find_printed_date(page, "fr") == "2019-06-05"
    assert find_printed_date(front((20, 90, "Lamps"), (10, 200, "05/06/2019")), "en") == "2019"


def test_a_dateline_opens_a_text() -> None:
    page = text_front(
        "Port Elsewhere, 18 October 2024 – The towns agreed to share the lamps and to pay the keepers."
    )
    assert find_printed_date(page) == "2024-10-18"


def test_dates_in_figures_amid_the_text_of_later_pages_are_data() -> None:
    text = tuple((10.0, 100.0 + 14 * n, "The lamps were lit by hand until the war.") for n in range(30))
    data = (10.0, 530.0, "2004-01-05")
    assert find_printed_date(front((20, 50, "Lamps"), later=(*text, data))) is None
    assert (
        find_printed_date(front((20, 50, "Lamps"), later=(*text, (10.0, 530.0, "[5 January 2004]"))))
        == "2004-01-05"
    )


def test_a_version_does_not_hide_its_date() -> None:
    assert find_printed_date(front((20, 50, "Lamps"), (11, 90, "v1.1a 2015/08/13"))) == "2015-08-13"
    assert find_printed_date(front((20, 50, "Lamps"), (11, 90, "2007–02–08 version 3.0"))) == "2007-02-08"


def test_spaced_figures_of_a_year_are_read() -> None:
    assert find_printed_date(front((20, 50, "Lamps"), (7, 90, "march 2 0 1 0"))) == "2010-03"


def test_a_copyright_line_with_the_days_of_an_event_tells_its_year() -> None:
    line = "December 6-10, 2023 ©2023 Association for Lamps"
    assert find_printed_date(front((20, 50, "Lamps"), (8, 770, line))) == "2023"


def test_a_season_dates_a_newsletter_to_the_year() -> None:
    assert find_printed_date(front((20, 50, "Lamps"), (8, 90, "Fall 2016"))) == "2016"


def test_a_sentence_of_a_text_without_pages_does_not_date_it() -> None:
    assert find_printed_date(text_front("Lamps", "They came on a peaceful Sunday, 7 December 1941.")) is None
    assert (
        find_printed_date(
            text_front("Lamps", f"{'The distribution of oil was slow, and ' * 4}it ended in 2017")
        )
        is None
    )
    assert find_printed_date(text_front("Visit to the northern quay, 17 July 2002")) == "2002-07-17"
