"""Themes through SKOS and back: nothing is lost, and thesauri of others become themes."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from indexer.corpus.themes import load_themes
from indexer.corpus.themes_text import themes_text
from search.errors import BadFile
from search.model import Theme, Themes
from search.themes.skos import load_skos, write_skos

SHIPPED = load_themes(Path(__file__).resolve().parents[3] / "corpus" / "themes.toml")
OTHERS = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<http://example.org/t/Peace_Support> a skos:Concept ; skos:prefLabel "Peace support"@en, "Friedenshilfe"@de ;
    skos:altLabel "peace help"@en ; skos:definition "What keeps the peace." ; skos:narrower <http://example.org/t/monitors> .
<http://example.org/t/monitors> a skos:Concept ; skos:prefLabel "Monitors" ; skos:hiddenLabel "monitros" .
"""


def _sets(themes: Themes) -> list[dict[str, object]]:
    """Themes with their lists as sets: RDF keeps no order of labels. Related holds both ways in SKOS, so it is left."""
    named = [f.name for f in fields(Theme) if f.name != "related"]
    return [
        {n: set(v) if isinstance(v := getattr(theme, n), tuple) else v for n in named} for theme in themes.all
    ]


@pytest.mark.parametrize(("form", "suffix"), [("turtle", ".ttl"), ("jsonld", ".jsonld")])
def test_a_round_trip_loses_nothing(tmp_path: Path, form: str, suffix: str) -> None:
    file = tmp_path / f"themes{suffix}"
    file.write_text(write_skos(SHIPPED, form), encoding="utf-8")
    back = load_skos(file)
    assert _sets(back) == _sets(SHIPPED)
    for before, after in zip(SHIPPED.all, back.all, strict=True):
        assert set(before.related) <= set(after.related)
    text = tmp_path / "themes.toml"
    text.write_text(themes_text(back), encoding="utf-8")
    assert load_themes(text) == back


def test_the_text_of_themes_reads_as_the_same_themes(tmp_path: Path) -> None:
    odd = Themes.of(
        (Theme("a", 'Quote " and \\', scope="two\nlines", labels=("é" * 130, "x\x7f"), french=("l'été",)),)
    )
    (tmp_path / "t.toml").write_text(themes_text(odd), encoding="utf-8")
    assert load_themes(tmp_path / "t.toml") == odd
    (tmp_path / "t.toml").write_text(themes_text(SHIPPED), encoding="utf-8")
    assert load_themes(tmp_path / "t.toml") == SHIPPED


def test_a_thesaurus_of_others_becomes_themes_in_english(tmp_path: Path) -> None:
    (tmp_path / "o.ttl").write_text(OTHERS, encoding="utf-8")
    peace, monitors = load_skos(tmp_path / "o.ttl").all
    assert (peace.theme_id, peace.label, peace.labels) == ("peace-support", "Peace support", ("peace help",))
    assert peace.scope == "What keeps the peace."
    assert (monitors.labels, monitors.broader) == (("monitros",), ("peace-support",))


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("t.ttl", "a b c d", "is not turtle"),
        ("t.jsonld", "{", "is not json-ld"),
        ("t.txt", "", "the ending says no format"),
        ("t.ttl", "", "holds no skos:Concept"),
        ("t.ttl", OTHERS.replace('"Monitors"', '"Beobachter"@de'), "has no English skos:prefLabel"),
    ],
)
def test_what_is_not_skos_is_refused_with_the_reason(
    tmp_path: Path, name: str, text: str, reason: str
) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(BadFile) as caught:
        load_skos(tmp_path / name)
    assert reason in str(caught.value)
