"""What a page does not show is not read."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from indexer.readers.html.shown import drop_hidden


def shown(page: str) -> str:
    """The words that are left of a page."""
    soup = BeautifulSoup(page, "lxml")
    drop_hidden(soup)
    return " ".join((soup.find("body") or soup).get_text(" ").split())


@pytest.mark.parametrize(
    "hidden",
    [
        "<span hidden>never</span>",
        '<span style="display : none">never</span>',
        '<b style="VISIBILITY:hidden">never</b>',
        '<i style="opacity:0">never</i>',
        '<span style="font-size:0">never</span>',
        '<span style="color:#FFF">never</span>',
        '<span style="color:white;background:#ffffff">never</span>',
        '<span class="sr-only">never</span>',
        '<span style="position:absolute;left:-9999px">never</span>',
        "<template>never</template>",
        "<dialog>never</dialog>",
        "<!-- never -->",
        '<span class="gone">never</span>',
    ],
)
def test_a_hidden_word_inside_a_sentence_is_not_read(hidden: str) -> None:
    page = f"<style>/* x */ .gone, .off {{ display: none; }}</style><p>The ferry is {hidden} safe for horses, as all said.</p>"
    assert shown(page) == "The ferry is safe for horses, as all said."


@pytest.mark.parametrize(
    "visible",
    [
        "<details><summary>Why</summary>always</details>",
        '<span style="color:#fff;background:navy">always</span>',
        '<div class="dark"><span style="color:white">always</span></div>',
        '<dialog open="">always</dialog>',
        '<span class="tab">always</span>',
        '<span style="opacity:0.9">always</span>',
        '<div hidden="until-found">always</div>',
    ],
)
def test_what_opens_at_a_click_or_stands_on_a_colour_is_read(visible: str) -> None:
    page = f"<style>@media print {{ .tab {{ display:none }} }} .tab:hover {{ display:none }}</style><p>Words.</p>{visible}"
    assert "always" in shown(page)


def test_a_rule_that_hides_the_whole_page_waits_for_a_script() -> None:
    page = "<style>.page { visibility: hidden }</style><div class='page'><p>The ferry is safe.</p></div>"
    assert shown(page) == "The ferry is safe."
