"""A narrower wording stands beside its theme and does not bring it; a theme's name does."""

from __future__ import annotations

import pytest

from search.model import Theme, Themes
from search.query.expansion import THEME, Lexicon, find_expansions
from search.query.parser import parse_query as parse
from search.query.related import find_related
from search.store.glossary import Glossary

THEMES = Themes.of(
    (
        Theme("hybrid", "Hybrid threats", labels=("hybrid threat", "deepfakes", "fake news"), acronyms=("FIMI", "HT")),
        Theme("terror", "Counter-terrorism", labels=("counterterrorism", "countering terrorism", "fight against terrorism")),
        Theme("women", "Women, Peace and Security", acronyms=("WPS", "CRSV")),
    )
)  # fmt: skip
LEXICON = Lexicon(Glossary(), THEMES)


def searched(text: str) -> list[str]:
    return [e.key for e in find_expansions(parse(text), LEXICON) if e.kind == THEME]


def beside(text: str) -> list[tuple[str, str]]:
    return [(related.theme_id, related.typed) for related in find_related(parse(text), LEXICON)]


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        ("hybrid threats", "hybrid"),
        ("hybrid threat", "hybrid"),
        ("HT", "hybrid"),
        ("counterterrorism", "terror"),
        ("counter-terrorism", "terror"),
        ("countering terrorism", "terror"),
        ("WPS", "women"),
    ],
)
def test_the_name_of_a_theme_brings_its_passages(text: str, theme: str) -> None:
    assert (searched(text), beside(text)) == ([f"theme:{theme}"], [])


@pytest.mark.parametrize(
    ("text", "theme", "typed"),
    [
        ("deepfakes", "hybrid", "deepfakes"),
        ("fake news in elections", "hybrid", "fake news"),
        ("FIMI", "hybrid", "FIMI"),
        ("fight against terrorism", "terror", "fight against terrorism"),
        ("reports AND CRSV", "women", "CRSV"),
    ],
)
def test_a_narrower_wording_stands_beside_its_theme(text: str, theme: str, typed: str) -> None:
    assert (searched(text), beside(text)) == ([], [(theme, typed)])


@pytest.mark.parametrize("text", ['"deepfakes"', "NOT deepfakes", "fake", "news", "title:deepfakes"])
def test_what_is_quoted_excluded_or_only_a_part_has_no_theme_beside_it(text: str) -> None:
    assert beside(text) == []
