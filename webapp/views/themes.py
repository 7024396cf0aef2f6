"""All themes, and one theme with its findings through the editions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from typing import ClassVar

from flask import Blueprint, Response, request

from search.answering.answer import Answer, Question
from search.engines.request import Sort
from search.errors import ThemeNotFound
from search.model import Edition, Theme
from search.query.names import Names
from search.room import OpenGeneration
from search.themes.key_phrases import KeyPhrase, find_key_phrases
from search.themes.skos import write_skos
from webapp.addresses import address, with_values
from webapp.context import services
from webapp.evidence.selection import Selection, read_selection
from webapp.evidence.sheet import Sheet, make_sheet, table_file
from webapp.holdings import Holdings
from webapp.pages.presenters import FINDING_TYPES, theme_path
from webapp.pages.results import ShownHit, shown_hits
from webapp.pages.theme_grid import Cell, Row, chosen_two, in_time, theme_grid
from webapp.rendering import Page, render

themes = Blueprint("themes", __name__)
MOST_FINDINGS = 200  # listed on one page; the search has all
MOST_COMPARED = 1000  # passages whose words are counted for the key phrases, on the theme and off it


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemesPage(Page):
    """All themes through the editions."""

    TEMPLATE: ClassVar[str] = "themes.html"
    rows: Sequence[Row]
    editions: Sequence[Cell]
    counts_of: Mapping[str, int]
    findings_href: Callable[[str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemePage(Page):
    """A theme with its findings."""

    TEMPLATE: ClassVar[str] = "theme.html"
    theme: Theme
    sheet: Sheet
    phrases: Sequence[tuple[KeyPhrase, str]]
    csv_href: str
    feed_href: str
    compare_href: str
    whole: Answer
    hits: Sequence[ShownHit]
    near: Sequence[tuple[str, Sequence[Theme]]]
    search_href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeComparePage(Page):
    """What two editions found on a theme, side by side."""

    TEMPLATE: ClassVar[str] = "theme_compare.html"
    theme: Theme
    names: Names
    all_editions: Sequence[Edition]
    columns: Sequence[tuple[Edition, Question, Answer, Answer, str]]
    findings_href: Callable[[Question], str]
    shown: Callable[[Answer], Sequence[ShownHit]]


@themes.get("/themes/")
def all_themes() -> str:
    """Return every theme with its scope and the number of its passages."""
    holdings = services().holdings
    rows = theme_grid(holdings)
    return render(
        ThemesPage(
            rows=rows,
            editions=rows[0].cells if rows else (),
            counts_of=_findings_by_theme(),
            findings_href=lambda theme_id: address(_findings_on(theme_id)),
        )
    )


def _findings_on(theme_id: str) -> Question:
    """The findings on a theme."""
    return Question(filters=(("finding", FINDING_TYPES), ("theme", (theme_id,))))


def _findings_by_theme() -> dict[str, int]:
    """How many findings each theme has."""
    answer = services().room.ask(Question(filters=(("finding", FINDING_TYPES),), limit=1))
    return {value.value_id: value.count for value in answer.facets.get("theme", ())}


@themes.get("/themes.ttl")
def turtle() -> Response:
    """Return the themes as SKOS in Turtle."""
    return _skos("turtle", "text/turtle")


@themes.get("/themes.jsonld")
def jsonld() -> Response:
    """Return the themes as SKOS in JSON-LD."""
    return _skos("jsonld", "application/ld+json")


def _skos(form: str, mimetype: str) -> Response:
    """The themes as SKOS; the address of a concept is that of its page."""
    return Response(
        write_skos(services().holdings.themes, form, f"{services().site_url}/"), mimetype=mimetype
    )


@themes.get("/themes/<theme_id>")
def theme(theme_id: str) -> str:
    """Return the scope of a theme, how its findings spread, and the findings."""
    holdings = services().holdings
    found = _known_theme(theme_id)
    question = Question(filters=(("theme", (theme_id,)),))
    whole = services().room.ask(question)
    sheet = make_sheet(_selection(theme_id))
    return render(
        ThemePage(
            theme=found,
            sheet=sheet,
            phrases=[(p, address(replace(question, text=f'"{p.words}"'))) for p in _key_phrases(theme_id)],
            csv_href=address(question, format="csv"),
            feed_href=address(with_values(question, "finding", FINDING_TYPES), format="atom"),
            compare_href=f"{theme_path(theme_id)}/compare",
            whole=whole,
            hits=[] if sheet.total else shown_hits(whole.hits, question, holdings.names),
            near=_near(found, holdings),
            search_href=address(question),
        )
    )


@themes.get("/themes/<theme_id>/evidence.<any(csv,docx,ris):form>")
def theme_file(theme_id: str, form: str) -> Response:
    """Return the findings of a theme's page as a file."""
    return table_file(_selection(theme_id), form, f"Findings: {_known_theme(theme_id).label}")


def _known_theme(theme_id: str) -> Theme:
    """A theme. Raises ThemeNotFound."""
    found = services().holdings.themes.by_id.get(theme_id)
    if found is None:
        raise ThemeNotFound(theme_id)
    return found


def _selection(theme_id: str) -> Selection:
    """Which findings on a theme the address asks for."""
    return read_selection(
        request.args, theme_path(theme_id), theme_id, services().holdings.documents, Sort.STRONGEST
    )


def _near(theme: Theme, holdings: Holdings) -> list[tuple[str, list[Theme]]]:
    """Broader, narrower and related themes; narrower ones are those that name this one as broader."""
    narrower = tuple(other.theme_id for other in holdings.themes.all if theme.theme_id in other.broader)
    named = (("Broader", theme.broader), ("Narrower", narrower), ("See also", theme.related))
    return [(label, _known(holdings, ids)) for label, ids in named]


def _key_phrases(theme_id: str) -> tuple[KeyPhrase, ...]:
    """The key phrases of a theme in the published generation, worked out once for each."""
    return _phrases_of(services().room.opened, theme_id)


@lru_cache(maxsize=256)
def _phrases_of(opened: OpenGeneration, theme_id: str) -> tuple[KeyPhrase, ...]:
    """The key phrases, from the newest passages of the theme against an even sample of the others."""
    wanted = Question(filters=(("theme", (theme_id,)),), sort=Sort.NEWEST, limit=MOST_COMPARED)
    about = [hit.passage for hit in services().room.ask(wanted).hits]
    step = max(1, opened.catalog.count_passages() // MOST_COMPARED)
    sample = islice(opened.catalog.all_passages(), 0, None, step)
    others = [p.text for p in sample if theme_id not in {mark.theme_id for mark in p.themes}]
    return find_key_phrases([p.text for p in about], others)


@themes.get("/themes/<theme_id>/compare")
def compare(theme_id: str) -> str:
    """Return what two editions found on a theme, side by side."""
    holdings = services().holdings
    found = _known_theme(theme_id)
    editions = chosen_two(holdings, [request.args.get("first", ""), request.args.get("second", "")])
    whole = [_in_edition(theme_id, edition) for edition in editions]
    return render(
        ThemeComparePage(
            theme=found,
            names=holdings.names,
            all_editions=in_time(holdings),
            columns=[
                (edition, question, services().room.ask(question), findings_of(question), address(question))
                for edition, question in zip(editions, whole, strict=True)
            ],
            findings_href=lambda question: address(with_values(question, "finding", FINDING_TYPES)),
            shown=lambda answer: shown_hits(answer.hits, answer.question, holdings.names),
        )
    )


def _in_edition(theme_id: str, edition: Edition) -> Question:
    """The passages on a theme of one edition."""
    return Question(filters=(("theme", (theme_id,)), ("edition", (edition.edition_id,))))


def _known(holdings: Holdings, theme_ids: tuple[str, ...]) -> list[Theme]:
    """Those of the themes that there are."""
    return [holdings.themes.by_id[key] for key in theme_ids if key in holdings.themes.by_id]


def findings_of(question: Question) -> Answer:
    """Return the findings among the answers to a question, newest first."""
    wanted = with_values(question, "finding", FINDING_TYPES)
    newest = Question(filters=wanted.filters, sort=Sort.NEWEST, limit=MOST_FINDINGS)
    return services().room.ask(newest)
