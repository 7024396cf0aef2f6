"""The evidence table: every count is that of the list behind it, in every state of the page."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from io import BytesIO, StringIO
from pathlib import Path

import docx
import pytest
from flask.testing import FlaskClient

from search.model import Document, Finding, FindingType, Passage, ThemeMark
from search.near_duplicates import LookAlike, Relation
from search.settings import Settings
from tests.factories import make_document, make_passages
from tests.webapp.library import publish
from tests.webapp.markup import read_page
from webapp.app import create_app
from webapp.evidence.selection import folded_copies

COUNTED = re.compile(
    r'<a([^>]*?)href="((?:/themes/|/findings/)[^"]*)"([^>]*)>(?:([^<]*)<span class="number">([\d,]+)</span>|(\d{1,2}))</a>'
)
SWITCHES = ("Weak ones", "Older versions")
TOTAL = re.compile(r'id="findings-title">([\d,]+) ')
KINDS = tuple(FindingType)


def shelved(document_id: str, number: int, **known: str) -> tuple[Document, tuple[Passage, ...]]:
    """A document with findings of all types, every third of them weak, addressed to one or two."""
    texts = [f"Partners of {document_id} should do thing {place}. It rained." for place in range(number)]
    passages = []
    for place, passage in enumerate(make_passages(document_id, texts)):
        finding = Finding(
            KINDS[place % 4],
            "rule",
            "should",
            ("NATO", "the Allies and NATO", None)[place % 3],
            grade=1 if place % 3 == 2 else 2,
            spans=((0, passage.text.index(" It")),),
            lead_in="We ask all:" if not place else None,
            score=(place * 7 % 10) / 10,
        )
        themes = (ThemeMark("trust-funds", ("trust",), grade=2 if place % 5 else 1),)
        passages.append(replace(passage, finding=finding, themes=themes))
    return make_document(document_id, passages=number, **known), tuple(passages)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    folder = tmp_path_factory.mktemp("evidence")
    report = shelved("report", 31, kind="report", date="2022-05-01", edition="p360-2022")
    speech = shelved("speech", 9, kind="speech", date="2019-06-12", edition="p360-2019")
    undated = shelved("undated", 5, kind="background", date=None, edition=None)  # type: ignore[arg-type]
    publish(folder / "index", [report, speech, undated], {})
    yield create_app(Settings(corpus=folder / "corpus", index=folder / "index")).test_client()


def listed(client: FlaskClient, href: str) -> int:
    """How many findings the file of a page holds."""
    path, _, state = href.partition("?")
    answer = client.get(f"{path.rstrip('/')}/evidence.csv?{state}")
    return len(list(csv.DictReader(StringIO(answer.text.lstrip("\ufeff")))))


@pytest.mark.parametrize(
    "page",
    [
        "/findings/",
        "/themes/trust-funds",
        "/themes/trust-funds?weak=1",
        "/findings/?finding=lesson&year=2022",
        "/findings/?addressee=NATO&kind=report",
        "/findings/?edition=p360-2019&weak=1",
        "/findings/?theme=trust-funds&since=2020",
    ],
)
def test_every_count_equals_the_list_behind_it(client: FlaskClient, page: str) -> None:
    text = client.get(page).text
    total = TOTAL.search(text)
    assert total and int(total[1]) == listed(client, page) > 0
    offered = [
        (unescape(href), int(count or cell))
        for before, href, after, label, count, cell in COUNTED.findall(text)
        if "aria-current" not in (marks := before + after)
        and "aria-label" not in marks
        and not label.startswith(SWITCHES)
    ]
    assert len(offered) > 5
    for href, number in offered:
        assert number == listed(client, href), href


def test_the_switch_for_weak_ones_says_how_many_it_adds(client: FlaskClient) -> None:
    text = client.get("/themes/trust-funds").text
    found = re.search(r'href="([^"]+)"[^>]*>Weak ones too <span class="number">(\d+)', text)
    assert found
    assert listed(client, unescape(found[1])) == listed(client, "/themes/trust-funds") + int(found[2])


def test_a_finding_is_shown_by_the_sentence_that_states_it_with_its_lead_in_and_the_rest_folded(
    client: FlaskClient,
) -> None:
    page = read_page(client.get("/findings/?edition=p360-2019").text)
    assert page.texts("blockquote")[0] == "Partners of speech should do thing 0."
    assert "We ask all:" in page.text
    assert "Partners of speech should do thing 0. It rained." in page.text


def test_the_table_has_twenty_a_page_the_newest_first(client: FlaskClient) -> None:
    first = read_page(client.get("/findings/").text)
    assert len(first.texts("blockquote")) == 20
    assert "/findings/?page=2" in first.links
    last = read_page(client.get("/findings/?page=2").text)
    assert last.texts("blockquote")[-1].startswith("Partners of undated")


def scores(client: FlaskClient, page: str) -> list[tuple[int, float]]:
    """Grade and score of the findings of a page, in its order."""
    shown = read_page(client.get(page).text).texts("blockquote")
    places = [int(re.findall(r"thing (\d+)", words)[0]) for words in shown]
    return [(1 if place % 3 == 2 else 2, (place * 7 % 10) / 10) for place in places]


def test_the_page_of_a_theme_has_the_strongest_first_and_the_newest_when_asked(client: FlaskClient) -> None:
    strongest = scores(client, "/themes/trust-funds?weak=1")
    assert strongest == sorted(strongest, reverse=True) and len(set(strongest)) > 3
    newest = read_page(client.get("/themes/trust-funds?weak=1&sort=newest").text).texts("blockquote")
    assert newest[0].startswith("Partners of report")
    assert scores(client, "/findings/?sort=strongest")[0] == strongest[0] > scores(client, "/findings/")[0]


def test_a_theme_of_one_year_and_several_editions_is_spread_over_the_editions(tmp_path: Path) -> None:
    first = shelved("one", 4, date="2026-01-01", edition="p360-2022")
    second = shelved("two", 4, date="2026-01-01", edition="p360-2019")
    publish(tmp_path / "index", [first, second], {})
    settings = Settings(corpus=tmp_path / "corpus", index=tmp_path / "index")
    page = create_app(settings).test_client().get("/findings/").text
    assert "Geneva 2022" in page and "edition=p360-2019" in page and "year=2026" not in page


def test_what_findings_mention_narrows_them(tmp_path: Path) -> None:
    document, passages = shelved("one", 8)
    named = [replace(p, text=p.text.replace("thing 1", "Ukraine")) for p in passages]
    publish(tmp_path / "index", [(document, tuple(named))], {})
    settings = Settings(corpus=tmp_path / "corpus", index=tmp_path / "index")
    client = create_app(settings).test_client()
    assert 'href="/findings/?mentions=UA"' in client.get("/findings/").text
    assert listed(client, "/findings/?mentions=UA") == 1


def test_the_same_table_comes_as_word_and_for_reference_managers(client: FlaskClient) -> None:
    file = docx.Document(BytesIO(client.get("/themes/trust-funds/evidence.docx?year=2019").data))
    rows = [[cell.text for cell in row.cells] for row in file.tables[0].rows]
    number = listed(client, "/themes/trust-funds?year=2019")
    assert len(rows) == number + 1 and rows[1][0].startswith("Partners of speech should")
    ris = client.get("/themes/trust-funds/evidence.ris?year=2019").text
    assert ris.count("TY  - ") == number


def test_conditions_of_a_finding_combine_on_one_line(client: FlaskClient) -> None:
    line = "finding:recommendation addressee:nato theme:trust-funds since:2020"
    hits = client.get("/api/v1/search", query_string={"q": line, "limit": 100}).get_json()
    wanted = "/findings/?finding=recommendation&addressee=NATO&theme=trust-funds&since=2020"
    assert hits["total"] == listed(client, wanted) > 0
    assert all(hit["finding"]["grade"] == 2 for hit in hits["hits"])


def test_words_narrow_the_table_and_its_counts_alike(client: FlaskClient) -> None:
    page = "/findings/?q=speech"
    total = TOTAL.search(client.get(page).text)
    assert total and int(total[1]) == listed(client, page) == len(
        read_page(client.get(page).text).texts("blockquote")
    )


def alike(document_id: str, other: str, relation: Relation) -> LookAlike:
    return LookAlike(document_id, other, relation, 0.9)


def test_later_copies_are_folded_but_not_those_of_what_is_not_listed() -> None:
    def look(document_id: str, *others: str) -> Document:
        looks = tuple(alike(document_id, other, Relation.SAME_WORDS) for other in others)
        return make_document(document_id, look_alikes=looks)

    documents = [look("a", "b"), look("b", "a", "c"), look("c", "b"), look("e", "d")]
    assert folded_copies(documents) == ("b",)
    assert folded_copies([*documents, look("d", "e")]) == ("b", "e")


@pytest.fixture(scope="module")
def versions(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """Two versions of a report, and a copy of the newer one."""
    folder = tmp_path_factory.mktemp("versions")
    old, new, copy = (shelved(name, 8) for name in ("a-old", "new", "the-copy"))
    looks = {
        "a-old": alike("a-old", "new", Relation.OLDER),
        "new": alike("new", "a-old", Relation.NEWER),
        "the-copy": alike("the-copy", "new", Relation.SAME_FILE),
    }
    shelf = [(replace(d, look_alikes=(looks[d.document_id],)), passages) for d, passages in (old, new, copy)]
    publish(folder / "index", shelf, {})
    yield create_app(Settings(corpus=folder / "corpus", index=folder / "index")).test_client()


@pytest.mark.parametrize(
    ("asked", "documents"),
    [
        ("", 1),
        ("versions=1", 3),
        ("copies=1", 3),
        ("versions=1&copies=1", 3),
        ("document=a-old", 1),
        ("document=A-Old", 1),
        ("document=the-copy", 1),
        ("document=a-old&document=the-copy", 2),
    ],
)
def test_older_versions_and_copies_are_there_when_asked_for_or_named(
    versions: FlaskClient, asked: str, documents: int
) -> None:
    one = listed(versions, "/findings/?document=new")
    assert listed(versions, f"/findings/?{asked}") == documents * one > 0


def test_a_switch_that_other_pages_carry_along_is_one_switch_here(versions: FlaskClient) -> None:
    page = versions.get("/findings/?versions=1").text
    assert "versions=1" not in page.replace('/documents/?versions=1"', "")
    number = re.search(r'href="([^"]+)"[^>]*>Older versions and copies too <span class="number">(\d+)', page)
    assert number
    assert unescape(number[1]) == "/findings/"
    assert listed(versions, "/findings/?versions=1") - listed(versions, "/findings/") == int(number[2])
    assert sum("copies=1" in link for link in read_page(page).links) > 5


def test_a_page_behind_the_last_and_an_unknown_value_are_told(client: FlaskClient) -> None:
    assert "There is no page 99" in client.get("/findings/?page=99").text
    assert client.get("/findings/?weak=maybe").status_code == 400
    assert client.get("/themes/nothing/evidence.csv").status_code == 404
