"""The results page puts words first: one line of summary, hits with their words above everything else, a pane for any hit."""

from __future__ import annotations

from flask.testing import FlaskClient

from tests.webapp.markup import read_page


def test_the_words_of_a_hit_come_before_where_it_stands_and_why_it_was_found(client: FlaskClient) -> None:
    text = client.get("/search?q=trust+fund").text
    hit = text[text.index('<section class="hit') :]
    words, where, actions, why = (
        hit.index(f'class="{name}"') for name in ("words", "where", "acts", "because")
    )
    assert words < where < actions < why
    assert hit.index("<details") < why < hit.index("</details>")  # on demand


def test_what_is_to_be_said_of_an_answer_is_one_paragraph(client: FlaskClient) -> None:
    text = client.get("/search?q=the+trust+funds").text
    assert text.count('<p class="classes">') == 1
    assert '<p class="note also">' not in text


def test_the_pane_opens_the_first_hit_and_shows_the_neighbours_of_one_without_a_page(
    client: FlaskClient,
) -> None:
    for question in ("trust+fund", "funds", "kind:speech", "kind:report"):
        text = client.get(f"/search?q={question}").text
        first = text[text.index('<section class="hit') :].partition('id="')[2].partition('"')[0]
        pane = text[text.index('<aside class="pane"') :]
        assert f'href="#{first}"' in pane
        assert '<svg class="paper lines"' in pane or '<div class="context">' in pane


def test_a_control_that_excludes_says_so_in_words(client: FlaskClient) -> None:
    page = read_page(client.get("/search?q=trust").text)
    assert any(" ".join(text.split()).startswith("leave out") for text in page.texts("a"))


def test_filters_can_be_applied_without_scripts(client: FlaskClient) -> None:
    assert '<button type="submit">Narrow</button>' in client.get("/search?q=trust").text


def test_below_a_place_that_was_cited_nothing_is_said_of_how_its_words_were_read(client: FlaskClient) -> None:
    cited = client.get("/search?q=Keynote%2C+second+day%2C+para.+1").text
    place = cited.index('<p class="notice"><a href="/p/')
    hits = cited.index('<article class="document">') if "<article" in cited else len(cited)
    between = read_page(cited[place:hits]).text
    for noise in ("No passage has", "as typed", "Did you mean", "Looked through", "Nothing matches"):
        assert noise not in between, noise
    words = client.get("/search?q=Keynote+second+day+zzzz").text
    assert "No passage has" in words or "Looked through" in words  # where nothing is cited it is said
