"""All themes, and one theme with its findings through the editions."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from flask import Blueprint, render_template

from search.answers import Answer, Hit, Question
from search.errors import ThemeNotFound
from search.model import Edition, Theme
from search.results import Sort
from webapp.desk import desk
from webapp.holdings import Holdings
from webapp.params import address, with_values
from webapp.presenters import FINDING_TYPES
from webapp.result_list import ShownHit, edition_bars, shown_hits

themes = Blueprint("themes", __name__)
MOST_FINDINGS = 200  # listed on one page; the search has all


@themes.get("/themes/")
def all_themes() -> str:
    """Every theme with its scope and the number of its passages."""
    stock = desk().holdings
    listed = [(theme, stock.count("theme", theme.theme_id)) for theme in stock.themes.all]
    return render_template("themes.html", themes=sorted(listed, key=lambda pair: pair[0].label))


@themes.get("/themes/<theme_id>")
def theme(theme_id: str) -> str:
    """The scope of a theme, how it spreads, and what was found on it, edition by edition."""
    stock = desk().holdings
    found = stock.themes.by_id.get(theme_id)
    if found is None:
        raise ThemeNotFound(theme_id)
    question = Question(filters=(("theme", (theme_id,)),))
    whole = desk().room.ask(question)
    findings = findings_of(question)
    return render_template(
        "theme.html",
        theme=found,
        names=stock.names,
        whole=whole,
        findings=findings,
        hits=shown_hits(whole.hits, question, stock.names),
        shelves=by_edition(findings, stock),
        bars=edition_bars(whole, stock),
        near=[
            (label, _known(stock, ids))
            for label, ids in (("Broader", found.broader), ("See also", found.related))
        ],
        search_href=address(question),
        findings_href=address(with_values(question, "finding", FINDING_TYPES)),
    )


def _known(stock: Holdings, theme_ids: tuple[str, ...]) -> list[Theme]:
    """Those of the themes that there are."""
    return [stock.themes.by_id[key] for key in theme_ids if key in stock.themes.by_id]


def findings_of(question: Question) -> Answer:
    """The findings among the answers to a question, newest first."""
    wanted = with_values(question, "finding", FINDING_TYPES)
    newest = Question(filters=wanted.filters, sort=Sort.NEWEST, limit=MOST_FINDINGS)
    return desk().room.ask(newest)


@dataclass(frozen=True, slots=True)
class Shelf:
    """Findings of one edition (None: of documents that belong to none)."""

    edition: Edition | None
    hits: list[ShownHit]


def by_edition(answer: Answer, stock: Holdings) -> list[Shelf]:
    """Hits by edition, the latest edition first, those of none at the end."""

    def start(hit: Hit) -> str:
        edition = stock.editions.get(hit.document.edition or "")
        return edition.start or "" if edition else ""

    ordered = sorted(answer.hits, key=start, reverse=True)
    return [
        Shelf(stock.editions.get(edition or ""), shown_hits(together, answer.question, stock.names))
        for edition, together in groupby(ordered, key=lambda hit: hit.document.edition)
    ]
