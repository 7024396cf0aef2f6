"""Pages of a site that the catalogue describes."""

from __future__ import annotations

from pathlib import Path

from indexer.readers import read
from indexer.reading.hints import ReadingHints, Site
from indexer.reading.limits import ReadingLimits
from indexer.reading.reading import Reading

PAGE = """<html><head><title>Port news | Port</title><link rel="canonical" href="https://port.example/1"></head><body>
<div class="menu"><p>Tides and charts of all ports, every day, for every vessel on the coast.</p></div>
<div class="kicker">Opening of the harbour talks</div><p class="on">Given on 12 June 2019</p><p class="who">Ana Reyes</p>
<div class="text"><h2>Soundings</h2>Pilots share <b>their</b> soundings.<br>Every month.<p>Charts are open.</p>
<div class="share">Share this</div><ul><li>First port</li><li>Second port</li></ul>
<table><tr><td>Port</td><td>Depth</td></tr><tr><td>Northhaven</td><td>9 m</td></tr></table></div></body></html>"""
PORT = Site(host="port.example", body=".text", drop=(".share",), title=".kicker", date=".on", speaker=".who")


def page(folder: Path, *sites: Site, text: str = PAGE) -> Reading:
    (folder / "a.html").write_text(text, encoding="utf-8")
    return read(folder / "a.html", ReadingLimits(), hints=ReadingHints(sites=sites))


def test_the_selectors_find_text_title_date_and_speaker(tmp_path: Path) -> None:
    reading = page(tmp_path, PORT)
    assert [(draft.kind.value, draft.text) for draft in reading.passages] == [
        ("heading", "Soundings"),
        ("paragraph", "Pilots share their soundings. Every month."),
        ("paragraph", "Charts are open."),
        ("list_item", "First port"),
        ("list_item", "Second port"),
        ("table", "Port | Depth; Northhaven | 9 m"),
    ]
    found = reading.found
    assert (found.title, found.date, found.speakers) == (
        "Opening of the harbour talks",
        "2019-06-12",
        ("Ana Reyes",),
    )
    assert reading.notes == ()


def test_a_page_of_another_host_is_read_by_the_general_rules(tmp_path: Path) -> None:
    other = page(tmp_path, PORT, text=PAGE.replace("https://port.example", "https://other.example"))
    assert other == page(tmp_path, text=PAGE.replace("https://port.example", "https://other.example"))
    assert other.found.speakers == ()


def test_a_selector_in_vain_falls_back_with_a_note(tmp_path: Path) -> None:
    reading = page(tmp_path, Site(host="port.example", body=".gone", title="h1.gone"))
    general = page(tmp_path)
    assert (reading.passages, reading.found) == (general.passages, general.found)
    assert reading.notes == (
        "port.example: the selector '.gone' for body finds nothing on this page",
        "port.example: the selector 'h1.gone' for title finds nothing on this page",
    )


def test_what_is_dropped_is_also_dropped_for_the_general_rules(tmp_path: Path) -> None:
    reading = page(tmp_path, Site(path="press/", drop=(".menu", ".share")))
    text = " ".join(draft.text for draft in reading.passages)
    assert "Charts are open." in text
    assert "Tides and charts" not in text
    assert "Share this" not in text


def test_nested_matches_are_read_once(tmp_path: Path) -> None:
    reading = page(tmp_path, Site(host="port.example", body="div"))
    assert sum("Charts are open." in draft.text for draft in reading.passages) == 1
