from __future__ import annotations

import re
from html import unescape

import pytest
from flask.testing import FlaskClient

from tests.webapp.library import HOSTILE, Library
from tests.webapp.markup import read_page
from webapp.addresses import FILTERS


def test_the_count_is_the_heading(client: FlaskClient) -> None:
    page = read_page(client.get("/search?q=trust+funds").text)
    assert page.texts("h1") == ["3 passages in 2 documents match trust funds"]
    assert page.texts("title") == ["trust funds: 3 passages · Findings"]


def test_hits_stand_together_by_document_with_place_and_headings(client: FlaskClient) -> None:
    page = read_page(client.get("/search?q=trust+funds").text)
    assert sorted(page.texts("h2")) == ["Keynote, second day", "Symposium report, Geneva 2022"]
    assert "p. 1 (PDF p. 2) Instruments of partnership" in page.texts("h3")
    assert "para. 1" in page.texts("h3")


def test_words_are_marked_with_their_reason(client: FlaskClient) -> None:
    page = read_page(client.get("/search?q=fund").text)
    assert {mark["class"] for mark in page.all("mark")} == {"exact", "form"}
    assert set(page.texts("mark")) == {"fund", "funds", "funding"}


def test_a_finding_is_told_by_word_and_sign_and_a_theme_by_its_cause(client: FlaskClient) -> None:
    text = " ".join(read_page(client.get("/search?q=planned").text).text.split())
    assert "◆ Recommendation" in text
    assert "Trust Funds for “trust funds”" in text


def test_filters_are_a_form_with_counts_that_keeps_the_question(client: FlaskClient) -> None:
    page = read_page(client.get("/search?q=trust&kind=speech&sort=newest").text)
    boxes = {
        (box["name"], box["value"]): "checked" in box
        for box in page.all("input")
        if box.get("type") == "checkbox"
    }
    assert boxes["kind", "speech"]
    assert boxes["kind", "report"] is False
    hidden = {(box["name"], box["value"]) for box in page.all("input") if box.get("type") == "hidden"}
    assert {("q", "trust"), ("sort", "newest")} <= hidden


def test_each_choice_can_be_taken_back_alone(client: FlaskClient) -> None:
    page = read_page(client.get("/search?q=trust&kind=speech&edition=2019&since=2019").text)
    assert "/search?q=trust&edition=2019&since=2019" in page.links
    assert "/search?q=trust&kind=speech&since=2019" in page.links
    assert "/search?q=trust&edition=2019&kind=speech" in page.links


def test_values_of_one_filter_are_alternatives(client: FlaskClient) -> None:
    both = client.get("/search?kind=speech&kind=report&format=json").json
    assert both
    assert both["total"] == 5 + 2 + 3


def test_wider_results_say_that_they_are_wider(client: FlaskClient) -> None:
    page = read_page(client.get("/search?q=trust+unheardof").text)
    assert "No passage has all of these words" in page.text
    asked = read_page(client.get("/search?q=trust+unheardof&match=any").text)
    assert "No passage has all of these words" not in asked.text


def test_words_that_were_left_out_are_named(client: FlaskClient) -> None:
    assert "Too common to search for: the." in read_page(client.get("/search?q=the+trust").text).text


def test_a_mistake_is_shown_with_a_caret_and_a_way_out(client: FlaskClient) -> None:
    html = client.get('/search?q=fund+"trust').text
    page = read_page(html)
    assert "a quotation mark that is not closed" in page.text
    assert page.texts("pre") == ['fund "trust ^']
    assert "fund &#34;trust\n     ^</pre>" in html
    assert "/search?q=fund%20trust" in page.links


def test_the_caret_of_a_long_question_stays_near_its_mistake(client: FlaskClient) -> None:
    page = read_page(client.get("/search", query_string={"q": "word " * 200 + '"'}).text)
    assert len(page.texts("pre")[0]) < 200


def test_a_misspelt_word_gets_a_proposal(client: FlaskClient) -> None:
    assert "/search?q=partnership" in read_page(client.get("/search?q=partnershop").text).links


def test_nothing_found_says_where_it_looked_and_how_to_go_on(client: FlaskClient) -> None:
    page = read_page(client.get("/search?q=zzzzzz&theme=trust-funds").text)
    text = " ".join(page.text.split())
    assert (
        "Looked through 662 passages of 7 documents dated from 12 June 2019 to 13 July 2022 for zzzzzz"
        in text
    )
    assert "could not be read: 1 file and 1 page" in text
    assert "/search?q=zzzzzz" in page.links
    assert "/about#unread" in page.links


def test_an_unknown_filter_offers_the_known_ones(client: FlaskClient) -> None:
    response = client.get("/search?q=fund&theme=trust-fonds&kind=report")
    page = read_page(response.text)
    assert response.status_code == 400
    assert "/search?q=fund&kind=report" in page.links
    assert "/search?q=fund&theme=trust-funds&kind=report" in page.links


def test_long_results_have_pages(client: FlaskClient) -> None:
    first = read_page(client.get("/search?q=paragraph&document=long").text)
    assert "/search?q=paragraph&document=long&page=2" in first.links
    last = read_page(client.get("/search?q=paragraph&document=long&page=33").text)
    assert len(last.all("section")) == 10
    assert not [link for link in last.all("a") if link.get("rel") == "next"]


def test_a_page_behind_the_last_leads_back(client: FlaskClient) -> None:
    page = read_page(client.get("/search?q=paragraph&document=long&page=34").text)
    assert "/search?q=paragraph&document=long&page=33" in page.links


def test_more_in_one_document_is_a_link_that_counts(client: FlaskClient) -> None:
    page = read_page(client.get("/search?q=paragraph").text)
    assert "648 more in this document" in page.texts("a")
    assert "/search?q=paragraph&document=long" in page.links


def test_the_page_of_a_hit_stands_beside_the_list(client: FlaskClient, library: Library) -> None:
    wanted = library.report[2].passage_id
    page = read_page(client.get("/search", query_string={"q": "trust", "beside": wanted}).text)
    (image,) = page.all("img")
    assert image["src"].startswith("/d/report/page/2.png?v=")
    assert page.all("rect")[-1] == {"x": "48.5", "y": "138.5", "width": "253.0", "height": "17.0", "rx": "1"}


def test_bars_over_the_years_lead_to_the_answers_of_a_year(client: FlaskClient) -> None:
    page = read_page(client.get("/search?q=trust").text)
    assert "/search?q=trust&since=2019&until=2019" in page.links
    chosen = read_page(client.get("/search?q=trust&since=2019&until=2019").text)
    assert page.texts("h1")[0].startswith("3 passages")
    assert chosen.texts("h1") == ["1 passage in 1 document matches trust"]
    assert "/search?q=trust&until=2019" in chosen.links, "each end of the time can be taken back"


def test_the_table_of_years_and_kinds_has_the_counts_of_its_links(client: FlaskClient) -> None:
    page = client.get("/search?q=trust").text
    cells = re.findall(r'<td><a href="(/search\?[^"]*since=[^"]*)" rel="nofollow">([0-9,]+)</a></td>', page)
    assert len(cells) >= 3
    for href, count in cells:
        heading = read_page(client.get(unescape(href)).text).texts("h1")[0]
        assert heading.startswith(f"{count} passage"), (href, heading)


def test_answers_of_one_year_are_shown_by_edition(client: FlaskClient) -> None:
    page = read_page(client.get("/search?q=trust&since=2022&until=2022").text)
    assert not [tag for tag, attributes in page.elements if attributes.get("class") == "strip"], (
        "one bar is no strip"
    )


def test_ticks_stand_where_a_document_answers_and_lead_there(client: FlaskClient, library: Library) -> None:
    page = read_page(client.get("/search?q=discussion").text)
    (line,) = [attributes for tag, attributes in page.elements if attributes.get("class") == "ticks"]
    assert line["aria-label"] == "Where in this document: 2 places"
    assert [a["aria-label"] for a in page.all("a") if a.get("tabindex") == "-1"] == [
        "PDF page 2",
        "PDF page 3",
    ]
    assert "ticks" not in client.get("/search?q=zebra").text, "one place needs no line"


def test_hits_take_the_question_along_to_the_passage(client: FlaskClient, library: Library) -> None:
    links = read_page(client.get("/search?q=trust&sort=newest").text).links
    passage = f"/p/{library.speech[0].passage_id}?q=trust&sort=newest"
    assert passage in links
    page = read_page(client.get(passage).text)
    assert page.texts("mark") == ["trust"]
    assert "/search?q=trust&sort=newest" in page.links


def test_the_classes_of_an_answer_are_counted_and_exact_ones_are_one_click_away(client: FlaskClient) -> None:
    page = read_page(client.get("/search?q=trust+fund").text)
    text = " ".join(page.text.split())
    assert "1 as typed (only these)" in text
    (href,) = [link for link in page.links if "exact=1" in link]
    exact = read_page(client.get(href).text)
    assert "1 passage in 1 document" in exact.text
    assert "/search?q=trust%20fund" in exact.links


def test_what_was_also_searched_is_said_and_can_be_switched_off(client: FlaskClient) -> None:
    page = read_page(client.get("/search?q=trust+funds").text)
    assert "Also searched: the theme Trust Funds." in " ".join(page.text.split())
    off = "/search?q=trust%20funds&without=theme%3Atrust-funds"
    assert off in page.links
    without = read_page(client.get(off).text)
    assert "Not searched: the theme Trust Funds." in " ".join(without.text.split())
    assert "/search?q=trust%20funds" in without.links


def test_every_hit_says_why(client: FlaskClient) -> None:
    for query in ("trust fund", "kind:speech", "theme:trust-funds", "", "trus*"):
        text = client.get("/search", query_string={"q": query}).text
        assert text.count('<p class="because">') == text.count('<section class="hit') > 0
        assert '<p class="because"><span class="unseen">Found by: </span></p>' not in text


def test_a_value_can_be_left_out_and_taken_back(client: FlaskClient) -> None:
    page = read_page(client.get("/search?q=trust").text)
    out = "/search?q=trust&not-kind=speech"
    assert out in page.links
    less = read_page(client.get(out).text)
    assert "Not kind: Speech" in less.text
    assert "/search?q=trust" in less.links
    assert {"type": "hidden", "name": "not-kind", "value": "speech"} in less.all("input")


def test_counts_on_the_page_for_nothing_are_what_the_links_give(client: FlaskClient) -> None:
    for query in (
        '"funds trust"',
        "trust zebra AND reform",
        "trvst",
        "reform&theme=interoperability&since=2022",
    ):
        page = read_page(client.get(f"/search?q={query}&match=all").text)
        rows = _rows_with_links(client.get(f"/search?q={query}&match=all").text)
        assert "Nothing matches" in page.text
        assert rows
        for href, count in rows:
            assert f"{count} passage" in read_page(client.get(href).text).text


def _rows_with_links(text: str) -> list[tuple[str, str]]:
    """(address, number) of every row of the tables for nothing, and of the spellings."""
    rows = re.findall(r'<th scope="row"><a href="([^"]+)">.*?</th><td>([0-9,]+)</td>', text)
    meant = re.findall(r'<a href="([^"]+)">[^<]*</a> <span class="number">\(([0-9,]+) passage', text)
    return [(unescape(href), count) for href, count in (*rows, *meant)]


def test_the_oldest_can_stand_first(client: FlaskClient) -> None:
    page = read_page(client.get("/search?q=trust&sort=oldest").text)
    assert page.texts("h2")[0].startswith("Keynote")


@pytest.mark.parametrize("query", ["exact=2", "exact=yes"])
def test_a_switch_that_is_neither_on_nor_off_is_refused(client: FlaskClient, query: str) -> None:
    assert client.get(f"/search?{query}").status_code == 400


def test_what_a_date_leaves_out_for_want_of_a_date_is_said_with_the_way_to_it(client: FlaskClient) -> None:
    page = read_page(client.get("/search?since=1900").text)
    assert "Search without the date" in page.texts("a")
    assert re.search(r"[0-9]+ passages? that would match ha(s|ve) no known date", " ".join(page.text.split()))


@pytest.mark.parametrize(
    ("name", "value", "label"),
    [
        ("lang", "en", "language"),
        ("speaker", "General Example", "speaker"),
        ("organisation", HOSTILE, "organisation"),
    ],
)
def test_what_a_filter_leaves_out_for_want_of_a_value_is_said_with_the_way_to_it(
    client: FlaskClient, name: str, value: str, label: str
) -> None:
    page = read_page(client.get("/search", query_string={name: value}).text)
    said = rf"([0-9,]+) passages? that would match ha(?:s|ve) no known {label}"
    counted = re.search(said, " ".join(page.text.split()))
    answer = client.get("/api/v1/search", query_string={name: value}).get_json()
    assert counted is not None and answer["unknown"] == {name: int(counted[1].replace(",", ""))}
    assert f"Search without the {label}" in page.texts("a")


@pytest.mark.parametrize("name", FILTERS)
def test_forty_values_of_a_filter_are_an_answer_or_a_short_message(client: FlaskClient, name: str) -> None:
    """Names nobody has are told with the nearest one, or find nothing; never with a list of all there are."""
    values = [f"nobody {number}" for number in range(40)]
    response = client.get("/search", query_string={name: values})
    assert response.status_code in (200, 400)
    said = client.get("/api/v1/search", query_string={name: values})
    assert said.status_code == response.status_code
    assert said.status_code == 200 or len(said.get_json()["detail"]) < 400


def test_words_that_stand_nowhere_are_named_where_any_of_the_words_was_searched(client: FlaskClient) -> None:
    page = read_page(client.get("/search?q=trust+xylophones").text)
    assert "No passage at all has xylophones" in " ".join(page.text.split())
